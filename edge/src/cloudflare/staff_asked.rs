//! What the Staff object is asked, and what it answers.

use crate::staff::{Listed, Order, Stage, oidc::Person};
use serde::{Deserialize, Serialize};

/// Somebody is about to try a password.
#[derive(Debug, Serialize, Deserialize)]
pub struct Try {
    /// Of this account; or of the one that this session is of.
    pub whose: Whose,
    /// From this address, under its name of today.
    pub address: Option<String>,
    /// In this browser, in which somebody has signed in so before.
    pub device: Option<String>,
    /// Whether it counts: not where the password was right a moment ago, and a new one must only not be the same.
    pub counts: bool,
}

/// An account, by its name or by one of its sessions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Whose {
    Name(String),
    Session(String),
}

/// Whether it may be tried, and against what.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Tried {
    /// Not now: how long to wait, in milliseconds.
    pub wait_ms: Option<u64>,
    /// Held first for so long, in milliseconds.
    pub delay_ms: u64,
    /// The hash that it is checked against, if there is such an account.
    pub hash: Option<String>,
    /// Whether the password is one that was handed over.
    pub once: bool,
    /// How many tries in a row this is, should it be wrong.
    pub n: u32,
    /// The sites of the account, if there is one: their trails tell of a wrong try.
    pub sites: Vec<String>,
}

/// How far a sign-in is, and at which sites somebody works who is in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    pub stage: Stage,
    pub name: String,
    pub sites: Vec<String>,
}

/// The password that belongs to `hash` was typed: a session may begin.
#[derive(Debug, Serialize, Deserialize)]
pub struct Open {
    pub name: String,
    pub hash: String,
    pub digest: String,
    /// The try that was right: from this address, in this browser.
    pub address: Option<String>,
    pub device: Option<String>,
}

/// Somebody has signed in at the agency's provider: a session may begin.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    pub person: Person,
    pub digest: String,
}

/// What is done with a session. Whoever comes a step further gets a new token: what a neighbour may have seen or set before is worth nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Step {
    pub digest: String,
    /// The digest of the new token.
    pub new: String,
    pub what: What,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum What {
    /// A code was typed, of the app or from the paper.
    Code(String),
    /// An own password was chosen in place of the one with the hash `seen`.
    Password { seen: String, hash: String },
    /// A code of the secret that is being set up was typed; these are the digests of new recovery codes.
    Enrol { typed: String, recovery: Vec<String> },
    /// New recovery codes.
    Recovery(Vec<String>),
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub enum Stepped {
    /// The new token holds, and this is how far the sign-in is.
    On(Stage),
    /// It was not the right code.
    Wrong,
    /// How long to wait, in milliseconds.
    Wait(u64),
    /// There is no such session, or nothing of the kind to do in it.
    Over,
}

/// A session is looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look {
    pub digest: String,
    /// Whether that is a use of it.
    pub acted: bool,
    /// Whether the secret for one-time codes is to be set up.
    pub enrol: bool,
}

/// A session that holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    pub stage: Stage,
    pub account: Listed,
    /// How many recovery codes are left.
    pub recovery: usize,
    /// The secret that is being set up, as it is typed.
    pub secret: Option<String>,
}

/// A session ends, or all of its account's.
#[derive(Debug, Serialize, Deserialize)]
pub struct Out {
    pub digest: String,
    pub everywhere: bool,
}

/// An order, and the hash of the password that the account gets.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ordered {
    pub order: Order,
    pub hash: String,
}
