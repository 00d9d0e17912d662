//! Somebody who works at the desk.

use super::oidc::OidcUser;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::desk::Role;

/// Longest name, in bytes.
pub const MAX_NAME: usize = 32;
/// Longest name as it is shown, in characters.
pub const MAX_SHOWN: usize = 60;
/// Most sites of one account.
pub const MAX_SITES: usize = 64;
/// How long a password that the operator hands over opens, in milliseconds.
pub const ONCE_MS: u64 = 7 * 86_400_000;

/// An account as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What is typed to sign in; see [`is_name`].
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// What it may do, by site.
    pub roles: BTreeMap<String, Role>,
    /// The password's hash, as [`super::password::hash`] writes it.
    pub password: String,
    /// The password is the operator's, holds until then (in milliseconds since 1970), and is to be replaced.
    #[serde(default)]
    pub once_until: Option<u64>,
    /// What makes its one-time codes, if it has that.
    #[serde(default)]
    pub second: Option<Second>,
    /// Digests of the recovery codes that are left.
    #[serde(default)]
    pub recovery: Vec<String>,
    /// Nobody can sign in with it.
    #[serde(default)]
    pub disabled: bool,
    /// Who it is at the agency's own provider: the e-mail address or the user name there.
    #[serde(default)]
    pub oidc: Option<String>,
    /// The provider's own name for who has signed in so first: from then on nobody else does, whatever they are called there.
    #[serde(default)]
    pub subject: Option<String>,
    /// When it last signed in, in milliseconds since 1970.
    #[serde(default)]
    pub signed_in: Option<u64>,
}

/// What makes one-time codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    /// The secret, sealed.
    pub sealed: String,
    /// The step of the last code that was taken: that one and all before it are used up.
    pub last: u64,
}

/// An account as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSummary {
    /// What is typed to sign in.
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// What it may do, by site.
    pub roles: BTreeMap<String, Role>,
    /// Whether its owner has not chosen a password yet.
    pub one_time: bool,
    /// Whether it asks for one-time codes.
    pub codes: bool,
    /// Whether nobody can sign in with it.
    pub disabled: bool,
    /// Who it is at the agency's own provider.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oidc: Option<String>,
    /// When it last signed in, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in: Option<u64>,
}

impl Account {
    /// What a password may be checked against at `now`: nothing if none opens this account.
    pub fn password_hash(&self, now: u64) -> Option<&str> {
        let late = self.once_until.is_some_and(|until| until <= now);
        (!self.disabled && !late && !self.password.is_empty()).then_some(&self.password)
    }

    /// Whether it is the account of `person`, as the provider knows them.
    pub fn is_person(&self, person: &OidcUser) -> bool {
        match (&self.oidc, &self.subject) {
            (None, _) => false,
            (Some(_), Some(subject)) => *subject == person.sub,
            (Some(name), None) => person.names.contains(name),
        }
    }

    /// What it may do at `site`.
    pub fn role_at(&self, site: &str) -> Option<Role> {
        self.roles.get(site).copied().filter(|_| !self.disabled)
    }

    /// What the operator may see of it.
    pub fn summary(&self) -> AccountSummary {
        AccountSummary {
            name: self.name.clone(),
            shown: self.shown.clone(),
            roles: self.roles.clone(),
            one_time: self.once_until.is_some(),
            codes: self.second.is_some(),
            disabled: self.disabled,
            oidc: self.oidc.clone(),
            signed_in: self.signed_in,
        }
    }
}

/// Whether this can be an account's name: lower-case letters, digits, `.` and `-`, beginning with a letter or a digit.
pub fn is_name(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let begins = text.bytes().next().is_some_and(plain);
    begins && text.len() <= MAX_NAME && text.bytes().all(|b| plain(b) || b == b'.' || b == b'-')
}

/// What was typed for a name, as accounts are called: phones begin with a capital letter.
pub fn typed_name(text: &str) -> String {
    text.trim().chars().take(MAX_NAME + 1).collect::<String>().to_lowercase()
}
