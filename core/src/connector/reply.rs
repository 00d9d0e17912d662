//! What the agency answers, made safe to show.

use crate::limits::sanitize::clean_label;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use wire::{Author, AuthorKind, Block, Button, File, Input, limits};

/// A piece of a reply.
#[derive(Debug, Clone, PartialEq)]
pub enum ReplyPart {
    /// More Markdown, to be appended.
    More(String),
    /// The whole reply; whatever came before is replaced.
    Whole(Reply),
    /// The reply is complete. A body that ends without this was cut.
    Done,
    /// The agency has the question and answers by itself, later; see [`super::Connector::parse_callback`].
    Later,
    /// The agency understood, and has nothing to say to this. Asking again would not help.
    Declined,
    /// To be kept with the conversation under this name, for [`super::Ask::remembered`].
    Remember(&'static str, String),
    /// This was a preparation: ask the connector for the next request.
    Again,
    /// A language model's whole answer held no thoughts: its next ones can be shown as they grow.
    NoReasoning,
}

/// What the agency answers.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct Reply {
    /// Markdown.
    pub text: String,
    /// What to press next.
    pub buttons: Vec<Button>,
    /// Who answers, if the agency says so.
    pub author: Option<Author>,
    /// What it asks for besides words.
    #[serde(default)]
    pub input: Option<Input>,
    /// Files: they lie with the agency, or were kept here.
    #[serde(default)]
    pub files: Vec<File>,
}

/// A file that came with a callback.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// Its bytes in base64.
    pub data: String,
}

impl Enclosed {
    /// Its bytes; nothing if that is no base64, or they are of no kind that may be shown to visitors.
    pub fn decode_bytes(&self) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(&self.data).ok()?;
        crate::files::detect_kind(&bytes).map(|_| bytes)
    }
}

impl Reply {
    /// The reply with everything taken out of it that must not reach a visitor.
    pub fn from_untrusted(text: String, buttons: Vec<Button>, author: Option<Author>) -> Reply {
        let safe = |button: &Button| button.href.as_deref().is_none_or(crate::rich::safe_link);
        let short = |button: Button| Button { label: clean_label(&button.label), ..button };
        let buttons = buttons.into_iter().filter(safe).map(short).filter(|b| !b.label.trim().is_empty());
        // Only people and the agency itself may speak through this door: never in the visitor's name.
        let author = author
            .filter(|author| matches!(author.kind, AuthorKind::Staff | AuthorKind::Agency))
            .map(|author| Author { name: author.name.map(|name| clean_label(&name)), ..author });
        Reply { text, buttons: buttons.take(limits::MAX_BUTTONS).collect(), author, ..Reply::default() }
    }

    /// The same with what else the agency sends along, made safe as well.
    pub fn with_input_and_files(self, input: Option<Input>, files: Vec<File>) -> Reply {
        let file = |file: File| {
            let href =
                file.href.filter(|href| href.starts_with("https://") && crate::rich::safe_link(href))?;
            let (name, kind) = (clean_label(&file.name), clean_label(&file.kind));
            let named = !name.trim().is_empty();
            named.then_some(File { id: None, name, size: file.size, kind, href: Some(href) })
        };
        let files = files.into_iter().filter_map(file).take(limits::MAX_FILES).collect();
        Reply { input: input.and_then(crate::input::sanitize_input), files, ..self }
    }

    /// What follows the words.
    pub fn extra_blocks(&self) -> Vec<Block> {
        let files = self.files.iter().cloned().map(Block::File);
        files.chain(self.input.clone().map(Block::Input)).collect()
    }

    /// What a visitor may say helped or not: anything but what a person said.
    pub fn rating_topic(author: &Author) -> Option<String> {
        (author.kind != AuthorKind::Staff).then(String::new)
    }
}

/// As much of an agency's text as is kept, and whether that is all.
pub(crate) fn truncate_reply(mut text: String) -> (String, bool) {
    let fits = text.len() <= limits::MAX_REPLY_BYTES;
    text.truncate(text.floor_char_boundary(limits::MAX_REPLY_BYTES));
    (text, fits)
}
