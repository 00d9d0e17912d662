//! What the Conversation object is asked, one a visitor's conversation.

mod data;
mod files;
mod session;

pub use data::{
    DataRequest, DataSummary, EraseConversation, ErasureOutcome, ExportConversation, ExportOutcome,
    ReadDataSummary, VISITOR,
};
pub use files::{FetchFile, FetchStaffFile, IncomingFile, UploadDocument, UploadFile, UploadStaffFile};
pub use session::{ConversationKey, StaffSession, VisitorSession};

use super::{board::SignedOut, requests::requests, transport::ObjectClass};
use hoi_core::{
    application::{
        case::Case,
        form::{self, FormResponse, FormUploadOutcome},
    },
    board::Placed,
    connector::Callback,
    conversation::{PersonalDataHandling, PersonalDataWarning},
    decide::Published,
    time::Seconds,
};
use serde::{Deserialize, Serialize};
use wire::{Fault, Message, Rated, Up};

/// Close code for a ticket that doesn't open; the widget gets a new conversation then.
pub const REFUSED: u16 = 4401;

/// A conversation.
pub struct ConversationObject;

impl ObjectClass for ConversationObject {
    const BINDING: &'static str = "CONVERSATION";
    type Key = ConversationKey;
    type Request = ConversationRequest;

    fn object_name(key: &ConversationKey) -> String {
        format!("{}/{}", key.site, key.conversation)
    }
}

requests! {
    /// All that a conversation can be asked.
    ConversationRequest: ConversationObject {
        OpenVisitorSocket,
        OpenStaffSocket,
        PostFrames,
        PostMessage -> ConversationSnapshot,
        CheckPairing -> Option<(Fault, Option<u64>)>,
        JoinConversation -> Option<ConversationSnapshot>,
        DeliverCallback -> Option<u64>,
        SubmitPage -> FormResponse,
        ReadCase -> Option<Case>,
        UploadDocument -> FormUploadOutcome,
        UploadFile,
        UploadStaffFile,
        FetchFile,
        FetchStaffFile,
        SetPushSubscription -> bool,
        UpdateQueuePosition -> (),
        CloseStaffSockets -> (),
        EraseConversation -> ErasureOutcome,
        ExportConversation -> ExportOutcome,
        ReadDataSummary -> DataSummary,
        ReadVisitorId -> Option<String>,
    }
}

/// Opens a visitor's socket.
#[derive(Serialize, Deserialize)]
pub struct OpenVisitorSocket(pub VisitorSession);

/// Opens a socket for somebody at the desk; answered 404 where nothing was said yet.
#[derive(Serialize, Deserialize)]
pub struct OpenStaffSocket(pub StaffSession);

/// Frames of a widget that gets no socket through. The answer holds the edge's frames, a line each, or is a stream of
/// events.
#[derive(Debug, Serialize, Deserialize)]
pub struct PostFrames {
    /// Whose.
    pub visit: VisitorSession,
    /// The frames.
    pub up: Vec<Up>,
    /// Whether the answer is to go on.
    pub stream: bool,
}

/// What is posted by a page without the widget.
#[derive(Debug, Serialize, Deserialize)]
pub struct PostMessage {
    /// Whose.
    pub visit: VisitorSession,
    /// What the visitor does, or nothing: just show what there is.
    pub up: Option<Up>,
    /// What is to be done about personal data in it.
    pub unasked: PersonalDataHandling,
}

/// A conversation as a page without the widget shows it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ConversationSnapshot {
    /// The messages so far.
    pub messages: Vec<Message>,
    /// Whether a reply is still to come.
    pub waiting: bool,
    /// Why nothing was taken.
    pub fault: Option<Fault>,
    /// When trying again makes sense, in milliseconds.
    pub retry_ms: Option<u64>,
    /// What the visitor is asked about, if the fault is [`Fault::Personal`].
    #[serde(default)]
    pub asked: PersonalDataWarning,
    /// Which answers helped.
    #[serde(default)]
    pub rated: Rated,
    /// The place in the queue, in words, of a visitor who waits for a person.
    #[serde(default)]
    pub queue: Option<String>,
    /// Whether the conversation was deleted; the fault is then [`Fault::Ticket`].
    #[serde(default)]
    pub erased: bool,
}

/// Whether the visitor may have a code that opens the conversation elsewhere; else why not, and how long to wait, in
/// milliseconds, if waiting helps. It costs as much as a message.
#[derive(Serialize, Deserialize)]
pub struct CheckPairing(pub VisitorSession);

/// Somebody comes with a code; the reply is the conversation, if the code still opens it.
#[derive(Debug, Serialize, Deserialize)]
pub struct JoinConversation {
    /// Which conversation.
    pub whose: ConversationKey,
    /// The generation that the code was made for.
    pub generation: u32,
}

/// The agency says something of its own accord; the reply is the message's place, or nothing if nothing was ever said in
/// this conversation.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeliverCallback {
    /// Which conversation.
    pub whose: ConversationKey,
    /// What is said; its signature was checked.
    pub callback: Callback,
}

/// A page of a form.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubmitPage {
    /// By whom.
    pub visit: VisitorSession,
    /// Of which procedure, or `case:` and the number of the case that papers are added to.
    pub procedure: String,
    /// The site's language it was read in.
    pub lang: String,
    /// What was posted; nothing: the whole form is to be deleted.
    pub posted: Option<form::Posted>,
    /// Where cases are looked up.
    pub status: String,
}

/// Gives a case, without what was answered in it.
#[derive(Serialize, Deserialize)]
pub struct ReadCase {
    /// Its number.
    pub number: String,
}

/// A device is to be told of news, or no more. The reply says whether it was taken: not where nothing was ever said, nor
/// with a ticket of before.
#[derive(Serialize, Deserialize)]
pub struct SetPushSubscription {
    /// Whose device.
    pub visit: VisitorSession,
    /// Where its push service takes pushes for it.
    pub endpoint: String,
    /// Whether it is to be told.
    pub on: bool,
    /// The edge's origin, as the device reached it.
    pub edge: String,
}

/// The queue has moved for a visitor who waits for a person.
#[derive(Serialize, Deserialize)]
pub struct UpdateQueuePosition(pub Placed);

/// Sockets of an account close.
#[derive(Serialize, Deserialize)]
pub struct CloseStaffSockets(pub SignedOut);

/// Gives who the host's server says the visitor is.
#[derive(Serialize, Deserialize)]
pub struct ReadVisitorId(pub ConversationKey);

/// How long a ticket lasts: as long as the conversation is kept.
pub fn ticket_life(published: &Published) -> Seconds {
    Seconds::from_days(published.site.settings.retention_days)
}
