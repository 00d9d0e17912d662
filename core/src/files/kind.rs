//! What kind of file something is: by its bytes, not by what it says it is.

use site::KINDS;

/// A kind that sites may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// The ending it goes by in `site.toml` and in names.
    pub ending: &'static str,
    /// Its media type.
    pub media: &'static str,
}

/// The kind of `bytes`; nothing if it is none that can be taken. What a browser would run (HTML, SVG, scripts) never is.
pub fn detect_kind(bytes: &[u8]) -> Option<FileKind> {
    let found = infer::get(bytes)?.mime_type();
    let (ending, media) = KINDS.iter().find(|(_, media)| *media == found)?;
    Some(FileKind { ending, media })
}
