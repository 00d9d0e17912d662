//! What goes along with words between an edge and an agency that speaks `webhook`: files both ways, buttons, inputs.

use super::Reply;
use crate::files::Stored;
use serde::{Deserialize, Serialize};
use wire::{Author, Button, File, Id, Input};

/// A file the visitor has sent; see [`super::Wanted`] for how it is fetched.
#[derive(Serialize)]
pub struct Sent<'a> {
    id: Id,
    name: &'a str,
    r#type: &'a str,
    size: u64,
    sha256: &'a str,
    url: &'a str,
}

impl Sent<'_> {
    /// As it is told.
    pub fn of(file: &Stored) -> Sent<'_> {
        let Stored { id, name, kind, size, sha256, url, .. } = file;
        Sent { id: *id, name, r#type: kind, size: *size, sha256, url }
    }
}

/// What may come with the words.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Along {
    buttons: Vec<Button>,
    author: Option<Author>,
    input: Option<Input>,
    files: Vec<Lying>,
}

/// A file that lies with the agency.
#[derive(Deserialize)]
struct Lying {
    name: String,
    url: String,
    #[serde(default)]
    size: u64,
    #[serde(default, rename = "type")]
    kind: String,
}

impl Along {
    /// Whether nothing does.
    pub fn is_empty(&self) -> bool {
        self.buttons.is_empty() && self.author.is_none() && self.input.is_none() && self.files.is_empty()
    }

    /// The reply that says `text`.
    pub fn reply(self, text: String) -> Reply {
        let file = |file: Lying| File {
            id: None,
            name: file.name,
            size: file.size,
            kind: file.kind,
            href: Some(file.url),
        };
        let files = self.files.into_iter().map(file).collect();
        Reply::safe(text, self.buttons, self.author).with(self.input, files)
    }
}
