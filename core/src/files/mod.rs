//! Files that visitors and people at the desk send: what is taken, under which name, and how large. No I/O; the bytes are kept by
//! the shell.

mod kind;
mod name;
#[cfg(test)]
mod tests;
mod zip;

pub use crate::application::document::Paper;
pub use kind::{FileKind, detect_kind};
pub use name::{content_disposition, safe_name};

use serde::{Deserialize, Serialize};
use site::Files;
use wire::{Fault, File, FileRules, Id, limits::MAX_FILES_BYTES};

/// Bytes of one piece of a file on the disk: a row holds two megabytes.
pub const CHUNK_BYTES: usize = 1024 * 1024;
/// A file that was sent and never said goes after this long, in milliseconds, when room is needed.
pub const UNSAID_MS: u64 = 3_600_000;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its name.
    pub id: Id,
    /// The file's own, made safe.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Its media type, by what is in it.
    pub kind: String,
    /// SHA-256 of its bytes, in 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// When it came, in milliseconds since 1970.
    pub at: u64,
    /// Where the agency fetches it.
    pub url: String,
    /// The message it is part of; nothing while it was not said.
    pub seq: Option<u64>,
    /// The record it belongs to, if it is a paper of a form or a case. Its bytes are then sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The account that sent it from the desk; nothing if the visitor did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

impl Stored {
    /// As it stands in a message.
    pub fn to_file(&self) -> File {
        let Stored { id, name, size, kind, .. } = self.clone();
        File { id: Some(id), name, size, kind, href: None }
    }

    /// Whether it was said in the chat. What belongs to a form or a case, results included, is between visitor and agency.
    pub fn is_said(&self) -> bool {
        self.owner.is_none() && self.seq.is_some()
    }
}

/// What is to be kept of a file called `name` that holds `bytes`.
///
/// # Errors
/// [`Fault::TooLong`] if it is larger than the site allows or empty, [`Fault::FileKind`] if it is of no kind the site
/// takes, whatever it is called.
pub fn accept_upload(
    rules: &Files,
    id: Id,
    name: &str,
    bytes: &[u8],
    url: &str,
    now: u64,
) -> Result<Stored, Fault> {
    let size = bytes.len() as u64;
    if size == 0 || size > rules.max_bytes() {
        return Err(Fault::TooLong);
    }
    let kind = detect_kind(bytes).filter(|kind| rules.allow.iter().any(|ending| ending == kind.ending));
    let FileKind { ending, media } = kind.ok_or(Fault::FileKind)?;
    let sha256 = sha256_hex(bytes);
    let name = safe_name(name, ending);
    let (kind, url) = (media.to_owned(), url.to_owned());
    Ok(Stored { id, name, size, kind, sha256, at: now, url, seq: None, owner: None, by: None })
}

/// A file of the agency's that is kept for the visitor, called `name`, of this `kind`; `owner` is what it belongs to.
pub fn taken_as(id: Id, name: String, kind: FileKind, bytes: &[u8], owner: &str, now: u64) -> Stored {
    let (size, sha256, kind) = (bytes.len() as u64, sha256_hex(bytes), kind.media.to_owned());
    let owner = Some(owner.to_owned());
    Stored { id, name, size, kind, sha256, at: now, url: String::new(), seq: None, owner, by: None }
}

/// Which of `kept` must go so that `size` more bytes fit: those that were never said, if they are old.
///
/// # Errors
/// [`Fault::FilesFull`] if that is not enough.
pub fn make_room(kept: &[Stored], size: u64, now: u64) -> Result<Vec<Id>, Fault> {
    let own = || kept.iter().filter(|file| file.owner.is_none());
    let stale = |file: &&Stored| file.seq.is_none() && now.saturating_sub(file.at) > UNSAID_MS;
    let gone: Vec<Id> = own().filter(stale).map(|file| file.id).collect();
    let held: u64 = own().filter(|file| !gone.contains(&file.id)).map(|file| file.size).sum();
    if held.saturating_add(size) > MAX_FILES_BYTES { Err(Fault::FilesFull) } else { Ok(gone) }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    base16ct::lower::encode_string(&Sha256::digest(bytes))
}

/// The endings of `rules` as a list.
pub fn format_kinds(rules: &FileRules) -> String {
    rules.allow.join(", ")
}
