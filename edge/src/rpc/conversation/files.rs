//! Files on their way into a conversation and out of it. A file's bytes come beside the request.

use super::session::{ConversationKey, StaffSession, VisitorSession};
use serde::{Deserialize, Serialize};
use wire::Id;

/// What is said of a file that comes beside a request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IncomingFile {
    /// The id it is to have.
    pub id: Id,
    /// What its sender calls it, up to [`IncomingFile::MAX_NAME_CHARS`] characters.
    pub name: String,
    /// Where the agency fetches it.
    pub url: String,
}

impl IncomingFile {
    /// Longest name that is passed on, in characters; no file system has longer ones.
    pub const MAX_NAME_CHARS: usize = 1_000;
}

/// A file of the visitor's. Answered with a [`wire::File`], or a [`wire::PublicError`] and its status.
#[derive(Serialize, Deserialize)]
pub struct UploadFile {
    /// From whom.
    pub visit: VisitorSession,
    /// The file.
    pub file: IncomingFile,
}

/// A file from the desk, for the visitor. Answered as [`UploadFile`].
#[derive(Serialize, Deserialize)]
pub struct UploadStaffFile {
    /// From whom.
    pub visit: StaffSession,
    /// The file.
    pub file: IncomingFile,
}

/// A file for a question of a form.
#[derive(Serialize, Deserialize)]
pub struct UploadDocument {
    /// From whom.
    pub visit: VisitorSession,
    /// Which form.
    pub form: String,
    /// Which question.
    pub field: String,
    /// The file.
    pub file: IncomingFile,
}

/// A file is to be given to the visitor or to the agency. Answered with the file, or a [`wire::PublicError`] and its
/// status.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FetchFile {
    /// Whose conversation.
    pub whose: ConversationKey,
    /// Which file.
    pub file: Id,
    /// The generation of the visitor's ticket; nothing if the agency asks.
    pub generation: Option<u32>,
    /// Only a file that belongs to this; nothing: any.
    #[serde(default)]
    pub result: Option<String>,
    /// Under which name the visitor's address is counted.
    #[serde(default)]
    pub address: Option<String>,
}

/// A file is to be given to somebody at the desk. Answered as [`FetchFile`].
#[derive(Serialize, Deserialize)]
pub struct FetchStaffFile {
    /// To whom, of which conversation.
    pub visit: StaffSession,
    /// Which file.
    pub file: Id,
}
