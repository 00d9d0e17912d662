//! The languages that staff work in.

use crate::{Counted, DeskMessages, Lang, SignInMessages, fill};
use wire::desk::Danger;

/// A language of the desk and of the pages for signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StaffLang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// French.
    Fr,
}

impl StaffLang {
    /// All of them.
    pub const ALL: [StaffLang; 3] = [StaffLang::Vi, StaffLang::En, StaffLang::Fr];

    /// The same among the visitors' languages.
    pub fn lang(self) -> Lang {
        match self {
            StaffLang::Vi => Lang::Vi,
            StaffLang::En => Lang::En,
            StaffLang::Fr => Lang::Fr,
        }
    }

    /// As BCP 47.
    pub fn tag(self) -> &'static str {
        self.lang().code()
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        self.lang().endonym()
    }

    /// The first of `tags` (BCP 47, best first) that there is.
    pub fn from_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<StaffLang> {
        let find =
            |tag: &str| StaffLang::ALL.into_iter().find(|lang| Some(lang.lang()) == Lang::from_tag(tag));
        tags.into_iter().find_map(find)
    }

    /// The first language of `accepted` (as in `Accept-Language`) that there is; else English.
    pub fn from_accept_language(accepted: &str) -> StaffLang {
        let tags = accepted.split(',').map(|item| item.split(';').next().unwrap_or(item).trim());
        StaffLang::from_tags(tags).unwrap_or(StaffLang::En)
    }
}

impl DeskMessages {
    /// The form of `message` for the number `n`.
    pub fn format_count(&self, message: Counted, n: usize) -> String {
        fill::format_count(message.0, self.lang.tag(), n as u64)
    }

    /// What a kind of danger is called.
    pub fn danger_kind(&self, kind: Danger) -> &'static str {
        let [self_harm, violence, child, fire, medical, drowning, wires, scam, other] = self.danger_kinds;
        match kind {
            Danger::SelfHarm => self_harm,
            Danger::Violence => violence,
            Danger::Child => child,
            Danger::Fire => fire,
            Danger::Medical => medical,
            Danger::Drowning => drowning,
            Danger::Wires => wires,
            Danger::Scam => scam,
            Danger::Other => other,
        }
    }
}

impl SignInMessages {
    /// How long to wait before the next try.
    pub fn format_wait(&self, ms: u64) -> String {
        let seconds = ms.div_ceil(1000);
        if seconds < 90 {
            self.wait_seconds.fill(seconds)
        } else {
            self.wait_minutes.fill(seconds.div_ceil(60))
        }
    }
}
