//! What a message holds. The edge parses whatever an agency wrote; the widget only draws these shapes.

use crate::{File, Input, Word};
use serde::{Deserialize, Serialize};

/// The content of a message.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Body {
    /// From top to bottom.
    pub blocks: Vec<Block>,
    /// What the visitor may press instead of typing; at most [`crate::limits::MAX_BUTTONS`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// One block of a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// Its runs, to be joined without a space.
        runs: Vec<Run>,
    },
    /// A short heading inside a message.
    Heading {
        /// Its runs.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// The first item's number; left out where it is 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u32>,
        /// The items, each a row of runs. Where `contents` says more of one, this is the same for clients that don't know
        /// `contents`, and nothing inside of `contents`, which they don't read.
        items: Vec<Vec<Run>>,
        /// What each item holds, where that is more than a row of runs: nothing for one that `items` says. Left out if
        /// all are like that.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        contents: Vec<Vec<Block>>,
    },
    /// Rows and columns.
    Table {
        /// What stands over each column.
        head: Vec<Vec<Run>>,
        /// The rows, each a cell for every column.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// A picture. Shown only if its host is one of [`crate::Look::pictures`], else its description is.
    Image {
        /// `https:`, checked by the edge.
        src: String,
        /// What it shows, for those who don't see it.
        alt: String,
    },
    /// Something not to be missed.
    Notice {
        /// Its runs.
        runs: Vec<Run>,
    },
    /// Where the answer comes from.
    Source(Link),
    /// A card with a title and a link.
    Card(Card),
    /// An administrative procedure at a glance.
    Procedure(Procedure),
    /// How to reach the agency without this chat.
    Contact(Contact),
    /// Asks for a date, one of a few, or a place.
    Input(Input),
    /// A file.
    File(File),
    /// A block of a newer edge. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Run {
    /// The words; a line break stands as `\n`.
    pub text: String,
    /// Important.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    /// Stressed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub em: bool,
    /// A code, a number to copy.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub code: bool,
    /// Where it leads: `https:`, `mailto:` or `tel:`, checked by the edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// Something to press under a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Button {
    /// What stands on it; also what is said when it is pressed, unless it is a link.
    pub label: String,
    /// The intent it stands for, to go into `pick`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pick: Option<String>,
    /// A link instead of something said: `https:`, `mailto:` or `tel:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
}

/// A title, some words and a way on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Card {
    /// The title.
    pub title: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub runs: Vec<Run>,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// A link with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What stands on it.
    pub label: String,
    /// `https:`, `mailto:` or `tel:`.
    pub href: String,
}

/// What a citizen needs to know before doing a procedure. An empty field is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Procedure {
    /// Its official name.
    pub title: String,
    /// What to bring, one paper an item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// What to do, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<String>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fee: String,
    /// How long it takes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time: String,
    /// Where it is done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The laws and decrees it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legal: Vec<String>,
    /// Where to do it online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// The procedure's name, where it can be done in the chat; `case:` and a number, where papers can be added to a case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form: String,
}

impl Procedure {
    /// What stands on the button that leads to its form.
    pub fn button_word(&self) -> Word {
        if self.form.starts_with("case:") { Word::AddPapers } else { Word::DoItHere }
    }
}

/// The agency's counter: what is left when nothing else answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Telephone numbers with what each is for; `href` is a `tel:` link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Link>,
    /// An address to write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the counter is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When it is open, one line an item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<String>,
}
