//! Kinds of danger.

/// What somebody is in danger of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum DangerKind {
    /// Suicide, self-harm.
    SelfHarm,
    /// Violence at home, assault, threats, kidnapping, sexual violence, trafficking.
    Violence,
    /// Abuse of a child.
    Child,
    /// Fire, smoke, gas, explosion, people trapped.
    Fire,
    /// A medical emergency.
    Medical,
    /// Drowning, swept away.
    Drowning,
    /// Live wires, somebody electrocuted.
    Wires,
    /// A scam under way or just done.
    Scam,
}

impl DangerKind {
    /// All, in the order of the documentation.
    pub const ALL: [DangerKind; 8] = [
        DangerKind::SelfHarm,
        DangerKind::Violence,
        DangerKind::Child,
        DangerKind::Fire,
        DangerKind::Medical,
        DangerKind::Drowning,
        DangerKind::Wires,
        DangerKind::Scam,
    ];

    /// Its name in files and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            DangerKind::SelfHarm => "self_harm",
            DangerKind::Violence => "violence",
            DangerKind::Child => "child",
            DangerKind::Fire => "fire",
            DangerKind::Medical => "medical",
            DangerKind::Drowning => "drowning",
            DangerKind::Wires => "wires",
            DangerKind::Scam => "scam",
        }
    }

    /// The kind called `name`.
    pub fn from_name(name: &str) -> Option<DangerKind> {
        DangerKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Of two kinds that are equally sure, the one with the higher rank is answered: what kills soonest, and what is easily
    /// taken for another kind, come first.
    pub(crate) fn urgency_rank(self) -> u8 {
        match self {
            DangerKind::Scam => 0,
            DangerKind::Medical => 1,
            DangerKind::Violence => 2,
            DangerKind::Child => 3,
            DangerKind::Fire => 4,
            DangerKind::Wires => 5,
            DangerKind::Drowning => 6,
            DangerKind::SelfHarm => 7,
        }
    }
}

/// A set of kinds: one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct KindSet(pub u8);

impl KindSet {
    /// Every kind.
    pub const ALL: KindSet = KindSet(u8::MAX);

    /// The set of `kind` alone.
    pub fn from_kind(kind: DangerKind) -> KindSet {
        KindSet(1 << (kind as u8))
    }

    /// Whether `kind` is in it.
    pub fn contains(self, kind: DangerKind) -> bool {
        self.0 & KindSet::from_kind(kind).0 != 0
    }
}
