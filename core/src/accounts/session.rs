//! How long somebody stays signed in, and how far a sign-in has come.

use super::Account;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Longest session, in milliseconds.
pub const LIFE_MS: u64 = 12 * 3_600_000;
/// Longest pause in one, in milliseconds.
pub const IDLE_MS: u64 = 2 * 3_600_000;
/// How long a sign-in may take from one step to the next, in milliseconds: time enough to fetch a phone and install something.
pub const STEP_MS: u64 = 30 * 60_000;
/// The use of a session is written down at most this often, in milliseconds.
pub const NOTED_MS: u64 = 60_000;
/// Most sessions of one account; the oldest ends.
pub const MAX_SESSIONS: usize = 16;

/// How far a sign-in has come. Only [`SignInStage::In`] opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInStage {
    /// The password was right; a one-time code is awaited.
    Code,
    /// The password is the operator's; an own one is awaited.
    Renew,
    /// One-time codes are to be set up.
    Enrol,
    /// Signed in.
    In,
}

/// A session as it is kept, under the digest of its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Whose.
    pub account: String,
    /// How far.
    pub stage: SignInStage,
    /// Since when, in milliseconds since 1970.
    pub made: u64,
    /// When it was last used, in milliseconds since 1970.
    pub used: u64,
    /// The secret for one-time codes that is being set up, sealed.
    #[serde(default)]
    pub enrol: Option<String>,
    /// It began at the agency's provider, where its owner is signed in too.
    #[serde(default)]
    pub by_provider: bool,
}

impl Session {
    /// One that begins now.
    pub fn new(account: &str, stage: SignInStage, now: u64) -> Session {
        Session { account: account.to_owned(), stage, made: now, used: now, enrol: None, by_provider: false }
    }

    /// Whether it has ended by itself.
    pub fn is_over(&self, now: u64) -> bool {
        let age = now.saturating_sub(self.made);
        match self.stage {
            SignInStage::In => age >= LIFE_MS || now.saturating_sub(self.used) >= IDLE_MS,
            SignInStage::Code | SignInStage::Renew | SignInStage::Enrol => age >= STEP_MS,
        }
    }

    /// Whether its use at `now` is worth a write.
    pub fn is_to_be_noted(&self, now: u64) -> bool {
        now.saturating_sub(self.used) >= NOTED_MS
    }
}

/// What comes next for who has given the right password and, if `coded`, the right code too. `enforced`: nobody works
/// here without one-time codes.
pub fn sign_in_stage(account: &Account, coded: bool, enforced: bool) -> SignInStage {
    if account.second.is_some() && !coded {
        SignInStage::Code
    } else if account.once_until.is_some() {
        SignInStage::Renew
    } else if account.second.is_none() && enforced {
        SignInStage::Enrol
    } else {
        SignInStage::In
    }
}

/// A session's token from 256 random bits, in hex.
pub fn new_token(random: [u8; 32]) -> String {
    base16ct::lower::encode_string(&random)
}

/// What the edge keeps of a token: who reads the disk can't become anybody. Nothing for what can't be one.
pub fn token_digest(token: &str) -> Option<String> {
    let good = token.len() == 64 && token.bytes().all(|b| b.is_ascii_hexdigit());
    good.then(|| base16ct::lower::encode_string(&Sha256::digest(token.as_bytes())))
}
