//! Which files visitors may send.

use serde::{Deserialize, Serialize};
use wire::FileRules;

/// `[files]` in `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// Kinds that are taken, by the endings in [`KINDS`].
    pub allow: Vec<String>,
    /// The largest file, in megabytes.
    pub max_mb: u32,
}

/// Every kind that can be taken: the ending it goes by, and its media type. Nothing that a browser would run.
pub const KINDS: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("heic", "image/heif"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
];

/// The kinds that papers come in, unless a form says otherwise: what scanners and phones make.
pub const PAPERS: &[&str] = &["pdf", "jpg", "png", "webp", "heic"];

impl Files {
    /// The largest file that can be allowed, in megabytes.
    pub const MOST_MB: u32 = 20;
    /// The largest unless the site says otherwise.
    pub const USUAL_MB: u32 = 10;

    /// What papers are taken as, where nobody says otherwise.
    pub fn default_document_rules() -> Files {
        Files { allow: PAPERS.iter().map(|&ending| ending.to_owned()).collect(), max_mb: Files::USUAL_MB }
    }

    /// The largest file, in bytes.
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.max_mb) * 1024 * 1024
    }

    /// As those who send files are told.
    pub fn file_rules(&self) -> FileRules {
        FileRules { allow: self.allow.clone(), max_bytes: self.max_bytes() }
    }
}
