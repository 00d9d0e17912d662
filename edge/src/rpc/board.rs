//! What the Board object is asked, one a site.

use super::{
    requests::requests,
    transport::{ObjectCall as _, ObjectClass},
};
use hoi_core::board::{AuditEvent, BoardUpdate, Placed, StaffMember, UnansweredBatch};
use serde::{Deserialize, Serialize};
use wire::{
    Id,
    desk::{Act, GroupDecision, Wondered},
};
use worker::Env;

/// Name of the act with which a site is forgotten.
pub const FORGET: &str = "forget";

/// A site's board; its key is the site's name.
pub struct BoardObject;

impl ObjectClass for BoardObject {
    const BINDING: &'static str = "BOARD";
    type Key = str;
    type Request = BoardRequest;

    fn object_name(site: &str) -> String {
        site.to_owned()
    }
}

requests! {
    /// All that a board can be asked.
    BoardRequest: BoardObject {
        OpenBoardSocket,
        UpdateHandoff -> Option<Placed>,
        RemoveConversation -> (),
        RecordErasure -> Act,
        ListConversations -> Vec<Id>,
        ForgetBoard -> Act,
        RecordUnanswered -> (),
        SignOutStaff -> (),
        AppendAudit -> Act,
        ListDecisions -> Vec<QuestionDecision>,
        ReadAudit -> (bool, Vec<Act>),
    }
}

/// Somebody at a desk opens a socket to the board.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenBoardSocket(pub BoardSession);

/// Somebody who is signed in, at a site's board. Sockets carry it through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BoardSession {
    /// At which site.
    pub site: String,
    /// Who comes.
    pub who: StaffMember,
    /// Digest of the session, to ask for it again.
    pub session: String,
    /// All sites of the account.
    pub sites: Vec<String>,
}

/// A conversation says how it stands; the reply is its place in the queue, if it waits.
#[derive(Serialize, Deserialize)]
pub struct UpdateHandoff(pub BoardUpdate);

/// A conversation is listed no longer.
#[derive(Serialize, Deserialize)]
pub struct RemoveConversation(pub Id);

/// A conversation was erased; the reply is the act in the trail.
#[derive(Serialize, Deserialize)]
pub struct RecordErasure {
    /// Which conversation.
    pub id: Id,
    /// The conversation's hash, under which its questions are kept.
    pub tag: String,
    /// What the trail says of it.
    pub done: AuditEvent,
}

/// Gives the conversations that are listed.
#[derive(Serialize, Deserialize)]
pub struct ListConversations;

/// The site is forgotten, and all of the board with it; the reply is the act with which the trail begins anew.
#[derive(Serialize, Deserialize)]
pub struct ForgetBoard(pub AuditEvent);

/// Questions that a conversation could not answer.
#[derive(Serialize, Deserialize)]
pub struct RecordUnanswered(pub UnansweredBatch);

/// Sockets of an account close, here and in the conversations that it has open.
#[derive(Serialize, Deserialize)]
pub struct SignOutStaff(pub SignedOut);

/// Whose sockets close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOut {
    /// The account.
    pub name: String,
    /// Digest of the one session that has ended; nothing: all of them.
    pub session: Option<String>,
}

impl SignedOut {
    /// Whether a socket of this account and session is meant.
    pub fn matches_session(&self, name: &str, session: &str) -> bool {
        self.name == name && self.session.as_deref().is_none_or(|only| only == session)
    }

    /// Tells the boards of `sites`; they tell the conversations. One that can't be told finds out by itself, as soon as
    /// it asks for the session again.
    pub async fn tell_boards(&self, env: &Env, sites: impl IntoIterator<Item = &String>) {
        for site in sites {
            if let Err(error) = SignOutStaff(self.clone()).call(env, site).await {
                worker::console_warn!("site {site}: the board was not told who is out: {error}");
            }
        }
    }
}

/// Something was done; the reply is the act in the trail.
#[derive(Serialize, Deserialize)]
pub struct AppendAudit(pub AuditEvent);

/// Gives every question that something becomes of.
#[derive(Serialize, Deserialize)]
pub struct ListDecisions;

/// A question that was not answered, and what becomes of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct QuestionDecision {
    /// The question.
    pub question: Wondered,
    /// What becomes of it.
    pub choice: GroupDecision,
}

/// Gives whether the trail is whole, and its newest acts.
#[derive(Serialize, Deserialize)]
pub struct ReadAudit {
    /// Only acts with a lower number; 0: the newest of all.
    pub before: u64,
}
