//! One conversation that was opened.

use super::{Desk, DeskEffect, OutboxItem, alerts, board, composer, outbox};
use client::{Connection, Timeline, Uploads};
use wire::{
    Author, AuthorKind, Id, Message,
    desk::{ChatDown, Draft, Note, Refusal, Stage, Suggestion, Tried},
};

/// Who writes and has said nothing more for so long has stopped, in milliseconds.
const TYPING_MS: u64 = 60_000;

/// What is less likely is no help, of 1.
const LEAST_LIKELY: f32 = 0.05;

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
    pub fn lang(&self) -> Option<&str> {
        let visitors = |message: &&Message| message.author.kind == AuthorKind::Visitor;
        self.timeline.entries.iter().rev().find(visitors).map(|message| message.lang.as_str())
    }
}

/// A frame came about the conversation `id`.
pub fn on_frame(desk: &mut Desk, id: Id, frame: ChatDown) -> Vec<DeskEffect> {
    let now = desk.now;
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    talk.connection.on_frame();
    match frame {
        ChatDown::Stands { stage, with, department, tags, about } => {
            on_status(desk, id, Stands { stage, with, department, tags, about })
        }
        ChatDown::Notes { notes } => {
            talk.outbox.retain(|out| !out.note || notes.iter().all(|note| note.id != out.id));
            talk.notes = notes;
            outbox::on_change(desk, id)
        }
        ChatDown::Drafts { drafts } => {
            talk.drafts = drafts;
            Vec::new()
        }
        ChatDown::Ack { id: said, seq } => outbox::on_ack(desk, id, said, seq),
        ChatDown::Typing { on } => {
            talk.typing = on.then_some(now);
            Vec::new()
        }
        ChatDown::Read { seq } => {
            talk.read = talk.read.max(seq);
            Vec::new()
        }
        ChatDown::Suggestions { items } => {
            talk.suggestions = items.into_iter().filter(|item| item.p >= LEAST_LIKELY).collect();
            Vec::new()
        }
        ChatDown::Refused { why, tried } => on_refusal(desk, id, &why, tried),
        ChatDown::Unknown => Vec::new(),
    }
}

/// Something was not done: it says so where it was tried, and for the whole desk where that is not known.
fn on_refusal(desk: &mut Desk, id: Id, why: &Refusal, tried: Option<Tried>) -> Vec<DeskEffect> {
    let text = board::refusal_text(desk.words(), why);
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    talk.taking = false;
    let mut effects = match tried {
        None => board::on_refusal(desk, why),
        // Nobody has pressed anything.
        Some(Tried::Other) => Vec::new(),
        Some(Tried::Say(said) | Tried::Note(said)) => {
            outbox::mark_failed(talk, said, why);
            vec![DeskEffect::Announce { text, urgent: true }]
        }
        Some(tried) => {
            talk.trouble = Some((tried, text.clone()));
            vec![DeskEffect::Announce { text, urgent: true }]
        }
    };
    effects.extend(outbox::on_change(desk, id));
    effects
}

fn on_status(desk: &mut Desk, id: Id, stands: Stands) -> Vec<DeskEffect> {
    let mine = stands.with.as_ref().is_some_and(|(name, _)| desk.is_me(name));
    let text = desk.words().yours_now;
    let shown = desk.open == Some(id);
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    let took = mine && std::mem::take(&mut talk.taking);
    if !(mine && stands.stage == Stage::With) {
        talk.suggestions.clear();
        talk.writes = false;
    }
    talk.stands = Some(stands);
    let mut effects = Vec::new();
    if took && shown {
        effects.push(DeskEffect::Announce { text: text.to_owned(), urgent: false });
        effects.push(DeskEffect::Focus(super::Spot::Composer));
    }
    effects.extend(alerts::send_read_receipt(desk));
    effects.extend(composer::request_suggestions(desk, id));
    effects
}

/// Nobody writes for ever without a word: the frame that said so may be lost.
pub fn forget_typing(desk: &mut Desk) {
    let now = desk.now;
    for talk in desk.talks.values_mut() {
        talk.typing = talk.typing.filter(|since| since + TYPING_MS > now);
    }
}
