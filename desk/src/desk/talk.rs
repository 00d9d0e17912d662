//! One conversation that was opened.

use client::{Connection, DeliveryState, Timeline, Uploads};
use wire::{
    Author, AuthorKind, File, Id, Message,
    desk::{ChatUp, Draft, Note, Refusal, Stage, Suggestion, Tried},
};

/// A conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Talk {
    /// Which.
    pub id: Id,
    /// The connection to it.
    pub connection: Connection,
    /// What was said.
    pub timeline: Timeline<Message>,
    /// Whether the next message may begin anywhere: the edge leaves out old ones of a long conversation.
    pub fresh: bool,
    /// How it stands; nothing before the edge has said so.
    pub stands: Option<Stands>,
    /// What colleagues noted, oldest first.
    pub notes: Vec<Note>,
    /// Answers that wait to be let through.
    pub drafts: Vec<Draft>,
    /// What was said here and is not acknowledged.
    pub outbox: Vec<OutboxItem>,
    /// Since when the visitor has been writing.
    pub typing: Option<u64>,
    /// Up to where the visitor has read.
    pub read: u64,
    /// Up to where I have told that I have.
    pub told: u64,
    /// Who or what is at work on an answer.
    pub working: Option<Author>,
    /// What the assistant would answer.
    pub suggestions: Vec<Suggestion>,
    /// The visitor's message for which that was asked.
    pub suggested: u64,
    /// What is being written.
    pub text: String,
    /// Files that go with it.
    pub uploads: Uploads,
    /// Whether that is for colleagues only.
    pub internal: bool,
    /// Whether the visitor has been told that I write.
    pub writes: bool,
    /// Whether I have just asked to take it: then the focus follows.
    pub taking: bool,
    /// What was tried last and not done, and why.
    pub trouble: Option<(Tried, String)>,
}

/// How a conversation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// How far it is.
    pub stage: Stage,
    /// Who has it: the account's name, and as it is shown.
    pub with: Option<(String, String)>,
    /// Which department it is for.
    pub department: Option<String>,
    /// What staff call it.
    pub tags: Vec<String>,
    /// What is known of the visitor.
    pub about: Vec<(String, String)>,
}

/// Something said to the visitor, or noted for colleagues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxItem {
    /// Made by the desk.
    pub id: Id,
    /// The words, as Markdown.
    pub text: String,
    /// The files that go with them.
    pub files: Vec<File>,
    /// Whether they are for colleagues only.
    pub note: bool,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// How far they have come.
    pub delivery: DeliveryState<Refusal>,
    /// Their place, once they are written down.
    pub seq: Option<u64>,
}

impl OutboxItem {
    /// Whether it is drawn by itself: a message with its number takes its place.
    pub fn is_shown(&self) -> bool {
        !self.delivery.is_sent()
    }

    /// As it goes to the edge.
    pub fn to_frame(&self) -> ChatUp {
        let (id, text) = (self.id, self.text.clone());
        let files = self.files.iter().filter_map(|file| file.id).collect();
        if self.note { ChatUp::Note { id, text } } else { ChatUp::Say { id, text, files } }
    }
}

/// Something in the list of what was said.
#[derive(Debug, Clone, PartialEq)]
pub enum TimelineItem {
    /// A message.
    Message(Message),
    /// A note.
    Note(Note),
    /// An answer that waits to be let through.
    Draft(Draft),
    /// What is not acknowledged.
    Out(OutboxItem),
}

impl TimelineItem {
    /// Names it among the others.
    pub fn key(&self) -> String {
        match self {
            TimelineItem::Message(message) => format!("m{}", message.seq),
            TimelineItem::Note(note) => format!("n{}", note.id),
            TimelineItem::Draft(draft) => format!("d{}", draft.draft),
            TimelineItem::Out(out) => format!("o{}", out.id),
        }
    }
}

/// What was said, with notes where they were written; then what waits.
pub fn timeline_items(talk: &Talk) -> Vec<TimelineItem> {
    let mut items = Vec::with_capacity(talk.timeline.entries.len() + talk.notes.len());
    let mut notes = talk.notes.iter().peekable();
    for message in &talk.timeline.entries {
        while let Some(note) = notes.next_if(|note| note.at < message.at) {
            items.push(TimelineItem::Note(note.clone()));
        }
        items.push(TimelineItem::Message(message.clone()));
    }
    items.extend(notes.cloned().map(TimelineItem::Note));
    items.extend(talk.drafts.iter().cloned().map(TimelineItem::Draft));
    items.extend(talk.outbox.iter().filter(|out| out.is_shown()).cloned().map(TimelineItem::Out));
    items
}

impl Talk {
    /// The conversation `id`, of which nothing is known yet.
    pub fn new(id: Id) -> Talk {
        Talk {
            id,
            connection: Connection::default(),
            timeline: Timeline::default(),
            fresh: true,
            stands: None,
            notes: Vec::new(),
            drafts: Vec::new(),
            outbox: Vec::new(),
            typing: None,
            read: 0,
            told: 0,
            working: None,
            suggestions: Vec::new(),
            suggested: 0,
            text: String::new(),
            uploads: Uploads::default(),
            internal: false,
            writes: false,
            taking: false,
            trouble: None,
        }
    }

    /// The number of what the visitor said last; 0 if that is nothing.
    pub fn last_visitor_seq(&self) -> u64 {
        let visitors = |message: &&Message| message.author.kind == AuthorKind::Visitor;
        self.timeline.entries.iter().rev().find(visitors).map_or(0, |message| message.seq)
    }

    /// The visitor's language.
    pub fn visitor_lang(&self) -> Option<&str> {
        let visitors = |message: &&Message| message.author.kind == AuthorKind::Visitor;
        self.timeline.entries.iter().rev().find(visitors).map(|message| message.lang.as_str())
    }
}
