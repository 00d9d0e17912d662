//! What kinds of personal data a message may hold, and what a site does about them.

use serde::{Deserialize, Serialize};

/// A kind of personal data that `privacy` can tell by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Personal {
    /// Vietnam's identity number of twelve digits (CCCD, căn cước).
    CitizenId,
    /// Vietnam's earlier one of nine (CMND).
    OldId,
    /// A social insurance number, or that of a health insurance card (BHXH, BHYT).
    Insurance,
    /// A Vietnamese tax code (MST).
    TaxCode,
    /// A passport.
    Passport,
    /// A Vietnamese vehicle's plate.
    Plate,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A bank card.
    Card,
    /// An account at a bank.
    BankAccount,
    /// A code that opens something once (OTP), or a PIN.
    OneTimeCode,
}

impl Personal {
    /// All that can be found.
    pub const ALL: &[Personal] = &[
        Personal::CitizenId,
        Personal::OldId,
        Personal::Insurance,
        Personal::TaxCode,
        Personal::Passport,
        Personal::Plate,
        Personal::Phone,
        Personal::Email,
        Personal::Card,
        Personal::BankAccount,
        Personal::OneTimeCode,
    ];

    /// Its name in `site.toml`.
    pub fn setting_name(self) -> &'static str {
        match self {
            Personal::CitizenId => "citizen_id",
            Personal::OldId => "old_id",
            Personal::Insurance => "insurance",
            Personal::TaxCode => "tax_code",
            Personal::Passport => "passport",
            Personal::Plate => "plate",
            Personal::Phone => "phone",
            Personal::Email => "email",
            Personal::Card => "card",
            Personal::BankAccount => "bank_account",
            Personal::OneTimeCode => "one_time_code",
        }
    }
}

/// Some kinds: a bit each, by their places in [`Personal::ALL`]. What a reader doesn't know is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kinds(pub u32);

impl Kinds {
    /// Every kind there is.
    ///
    /// ```
    /// use wire::{Kinds, Personal};
    /// // What was published before a kind existed says nothing of it, and stays readable.
    /// let before = Kinds(0x1ff);
    /// assert!(before.contains_kind(Personal::Card) && !before.contains_kind(Personal::OneTimeCode));
    /// assert_eq!(Kinds::ALL, before.union_with(Kinds::only_kind(Personal::BankAccount)).union_with(Kinds::only_kind(Personal::OneTimeCode)));
    /// ```
    pub const ALL: Kinds = Kinds((1 << Personal::ALL.len()) - 1);

    /// Whether `kind` is one of them.
    pub fn contains_kind(self, kind: Personal) -> bool {
        self.0 & Kinds::only_kind(kind).0 != 0
    }

    /// Just this one.
    pub fn only_kind(kind: Personal) -> Kinds {
        Kinds(1 << kind as u32)
    }

    /// These and those.
    pub fn union_with(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Those that are in both.
    pub fn intersection_with(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }
}

/// What is done about personal data in what a visitor writes. A kind in neither set may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// The visitor is asked first, and may have it hidden.
    pub warn: Kinds,
    /// It is not taken: hidden or not at all.
    pub refuse: Kinds,
}
