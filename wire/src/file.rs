//! Files that visitors and agencies send.

use crate::{Fault, Id, format_decimal};
use serde::{Deserialize, Serialize};

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// One that the edge keeps; the visitor fetches it by `POST /s/<site>/file/<id>` with the ticket, somebody at the desk by
    /// `GET /desk/s/<site>/chat/<conversation>/file/<id>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// Its name, made safe.
    pub name: String,
    /// Its size in bytes; 0 if nobody said.
    #[serde(default)]
    pub size: u64,
    /// Its media type; empty if nobody said.
    #[serde(default)]
    pub kind: String,
    /// Where an agency's file lies: `https:`, checked by the edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// `bytes` as people say it, in `lang` (BCP 47).
///
/// ```
/// assert_eq!(wire::format_size(1_572_864, "vi"), "1,5 MB");
/// assert_eq!(wire::format_size(1_572_864, "en"), "1.5 MB");
/// assert_eq!(wire::format_size(300, "en"), "1 KB");
/// ```
pub fn format_size(bytes: u64, lang: &str) -> String {
    const MB: u64 = 1024 * 1024;
    if bytes < MB {
        return [&format_decimal(bytes.div_ceil(1024)), " KB"].concat();
    }
    let tenths = (bytes * 10).div_ceil(MB);
    let (whole, rest) = (tenths / 10, tenths % 10);
    if rest == 0 {
        return [&format_decimal(whole), " MB"].concat();
    }
    let mark = if matches!(lang, "vi" | "fr" | "es" | "uk" | "ru") { "," } else { "." };
    [&format_decimal(whole), mark, &format_decimal(rest), " MB"].concat()
}

/// Which files a site takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileRules {
    /// The endings of those it takes, lower case, without a dot.
    pub allow: Vec<String>,
    /// The largest, in bytes.
    pub max_bytes: u64,
}

impl FileRules {
    /// Why `file` is not taken, as far as its name and size tell: nobody has to send it to learn that.
    pub fn refusal_reason(&self, file: &File) -> Option<Fault> {
        let ending = file.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let ending = if ending == "jpeg" { "jpg" } else { &ending };
        if !self.allow.iter().any(|allowed| allowed == ending) {
            return Some(Fault::FileKind);
        }
        (file.size > self.max_bytes).then_some(Fault::TooLong)
    }
}
