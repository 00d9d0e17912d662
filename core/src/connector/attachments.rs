//! What goes along with words from an agency that speaks `webhook`: files, buttons, inputs.

use super::{Enclosed, Reply};
use serde::Deserialize;
use wire::{Author, Button, File, Input};

/// What may come with the words.
#[derive(Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Along {
    /// What the visitor may press next.
    buttons: Vec<Button>,
    /// Who speaks: a person of the agency's, or the agency itself.
    author: Option<Author>,
    /// What is asked for besides words.
    input: Option<Input>,
    /// Files.
    files: Vec<Lying>,
}

/// A file of the agency's: it lies there, or comes along.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Lying {
    /// Its name, as the visitor reads it.
    name: String,
    /// Where it lies, `https:`. The visitor's browser opens it there.
    #[serde(default)]
    url: String,
    /// Its size in bytes, if it lies there.
    #[serde(default)]
    size: u64,
    /// Its media type, if it lies there.
    #[serde(default, rename = "type")]
    kind: String,
    /// Its bytes in base64, in place of an address. In callbacks only; the edge keeps them.
    #[serde(default)]
    data: String,
}

impl Along {
    /// Whether nothing does.
    pub fn is_empty(&self) -> bool {
        self.buttons.is_empty() && self.author.is_none() && self.input.is_none() && self.files.is_empty()
    }

    /// Takes the files that came along, and leaves those that lie with the agency.
    pub fn take_enclosed(&mut self) -> Vec<Enclosed> {
        let (here, there): (Vec<Lying>, Vec<Lying>) =
            std::mem::take(&mut self.files).into_iter().partition(|file| !file.data.is_empty());
        self.files = there;
        here.into_iter().map(|file| Enclosed { name: file.name, data: file.data }).collect()
    }

    /// The reply that says `text`.
    pub fn into_reply(self, text: String) -> Reply {
        let file = |file: Lying| File {
            id: None,
            name: file.name,
            size: file.size,
            kind: file.kind,
            href: Some(file.url),
        };
        let files = self.files.into_iter().map(file).collect();
        Reply::from_untrusted(text, self.buttons, self.author).with_input_and_files(self.input, files)
    }
}
