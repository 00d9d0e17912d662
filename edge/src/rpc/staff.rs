//! What the Staff object is asked, one for the whole edge: accounts, sessions, sign-ins.

use super::{
    requests::requests,
    transport::{ObjectCall as _, ObjectClass},
};
use hoi_core::accounts::{AccountCommand, AccountSummary, SignInStage, oidc::OidcUser, sign_in::SessionStep};
use serde::{Deserialize, Serialize};
use wire::desk::Role;
use worker::{Env, Result};

/// The accounts of the edge.
pub struct StaffObject;

impl ObjectClass for StaffObject {
    const BINDING: &'static str = "STAFF";
    type Key = ();
    type Request = StaffRequest;

    fn object_name((): &()) -> String {
        "staff".to_owned()
    }
}

requests! {
    /// All that the Staff object can be asked.
    StaffRequest: StaffObject {
        CheckStorage -> (),
        CheckAttempt -> AttemptCheck,
        OpenSession -> Option<OpenedSession>,
        OpenProviderSession -> Option<OpenedSession>,
        ReadSession -> Option<SessionInfo>,
        AdvanceSession -> SessionAdvance,
        EndSession -> (),
        ListAccounts -> Vec<AccountSummary>,
        RemoveSiteRoles -> Vec<String>,
        ChangeAccount -> std::result::Result<Option<AccountSummary>, String>,
    }
}

/// Something is written down and read again: for who asks whether the edge is well.
#[derive(Serialize, Deserialize)]
pub struct CheckStorage;

/// Somebody is about to try a password.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckAttempt {
    /// Of this account.
    pub account: AccountRef,
    /// From this address, under its name of today.
    pub address: Option<String>,
    /// In this browser, in which somebody has signed in so before.
    pub device: Option<String>,
    /// Whether it counts: not where the password was right a moment ago, and a new one must only not be the same.
    pub counts: bool,
}

/// An account, by its name or by the digest of one of its sessions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum AccountRef {
    /// The account's name.
    Name(String),
    /// A session's digest.
    Session(String),
}

/// Whether a password may be tried, and against what.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct AttemptCheck {
    /// How long to wait before it may be, in milliseconds.
    pub wait_ms: Option<u64>,
    /// How long it is held first, in milliseconds.
    pub delay_ms: u64,
    /// Hash that it is checked against, if there is such an account.
    pub hash: Option<String>,
    /// Whether the password is one that was handed over.
    pub once: bool,
    /// How many attempts in a row this is, should it be wrong.
    pub n: u32,
    /// The sites of the account, if there is one: their trails tell of a wrong attempt.
    pub sites: Vec<String>,
}

/// The password that belongs to `hash` was typed: a session may begin.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenSession {
    /// The account's name.
    pub name: String,
    /// Hash that the password was checked against.
    pub hash: String,
    /// Digest of the session's token.
    pub digest: String,
    /// The address that the right password came from.
    pub address: Option<String>,
    /// The browser that it came from.
    pub device: Option<String>,
}

/// Somebody has signed in at the agency's provider: a session may begin.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenProviderSession {
    /// Who, as the provider says.
    pub person: OidcUser,
    /// Digest of the session's token.
    pub digest: String,
}

/// A session that has begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenedSession {
    /// How far the sign-in is.
    pub stage: SignInStage,
    /// The account's name.
    pub name: String,
    /// The sites where it has a role.
    pub sites: Vec<String>,
}

/// A session is looked at.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadSession {
    /// Digest of its token.
    pub digest: String,
    /// Whether that is a use of it.
    pub acted: bool,
    /// Whether the secret for one-time codes is to be set up.
    pub enrol: bool,
}

/// A session that holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct SessionInfo {
    /// How far the sign-in is.
    pub stage: SignInStage,
    /// Whose it is.
    pub account: AccountSummary,
    /// How many recovery codes are left.
    pub recovery: usize,
    /// The secret that is being set up, as it is typed.
    pub secret: Option<String>,
    /// Whether it began at the agency's provider.
    #[serde(default)]
    pub by_provider: bool,
}

/// A session comes a step further. It gets a new token by that: what a neighbour may have seen or set before is worth
/// nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdvanceSession {
    /// Digest of its token so far.
    pub digest: String,
    /// Digest of the new token.
    pub new: String,
    /// What is done in it.
    pub step: SessionStep,
}

/// What came of a step.
#[derive(Debug, Serialize, Deserialize)]
pub enum SessionAdvance {
    /// The new token holds, and this is how far the sign-in is.
    Advanced(SignInStage),
    /// It was not the right code.
    WrongCode,
    /// How long to wait, in milliseconds.
    Wait(u64),
    /// There is no such session, or nothing of the kind to do in it.
    Ended,
}

/// A session ends.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndSession {
    /// Digest of its token.
    pub digest: String,
    /// Whether all sessions of its account end with it.
    pub everywhere: bool,
}

/// Gives all accounts.
#[derive(Serialize, Deserialize)]
pub struct ListAccounts;

/// A site is no more: nobody has a role there. The reply names the accounts that had one.
#[derive(Serialize, Deserialize)]
pub struct RemoveSiteRoles {
    /// The site's name.
    pub site: String,
}

/// The operator decides about an account; the reply is the account, if it is still there, or why nothing was done.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeAccount {
    /// What.
    pub order: AccountCommand,
    /// Hash of the password that it gets.
    pub hash: String,
}

/// The role of a session's account at `site`: nothing if the session has ended, the account was shut or has no role there
/// any more. `acted`: its owner has just done something, so that it goes on; a look by the clock keeps nobody signed in.
///
/// # Errors
/// If the Staff object can't be asked.
pub async fn current_role(env: &Env, digest: &str, site: &str, acted: bool) -> Result<Option<Role>> {
    let session = ReadSession { digest: digest.to_owned(), acted, enrol: false }.call(env, &()).await?;
    let session = session.filter(|session| session.stage == SignInStage::In);
    Ok(session.and_then(|session| session.account.roles.get(site).copied()))
}
