//! Everything the widget knows, and what can be read of it. What changes it is in the modules beside this one.

pub mod checklist;
pub mod display;
pub mod identity;
pub mod lazy;
pub mod notice;
pub mod opinion;
pub mod personal_data;
pub mod push_subscription;
pub mod saved;

use super::{event::LazyEvent, message_row::MessageRow};
use checklist::Tick;
use client::{Connection, Timeline, TransportSelector, Uploads};
use display::Display;
use identity::PageIdentity;
use lazy::LazyState;
use notice::ChatNotice;
use opinion::Opinion;
use personal_data::{Asking, Searching};
use push_subscription::PushSubscription;
use wire::{Author, AuthorKind, Button, Id, Look, State, Word, Words};

/// Everything the widget knows.
#[derive(Debug, Clone)]
pub struct Chat {
    /// The public half of the site's settings, in the visitor's language.
    pub look: Look,
    /// The widget's own words, in the same language.
    pub words: Words,
    /// Whether a loader holds this frame, so that there is something to close.
    pub framed: bool,
    /// Whether the visitor sees the panel.
    pub open: bool,
    /// What was said, in order.
    pub timeline: Timeline<MessageRow>,
    /// Who is at work on an answer, and what there is to say about it.
    pub working: Option<(Author, Option<String>)>,
    /// Up to where a person has read what the visitor said.
    pub(super) read: u64,
    /// Up to where a person was told that the visitor has seen it.
    pub(super) seen: u64,
    /// What the bar above the composer says.
    pub notice: Option<ChatNotice>,
    /// What the visitor is asked about before it is sent.
    pub asking: Option<Asking>,
    /// What is being searched before it is sent.
    pub(super) searching: Option<Searching>,
    /// The part that searches was asked for.
    pub(super) primed: bool,
    /// How many characters too many the composer holds; 0 unless sending was tried.
    pub excess: usize,
    /// What stands in the composer.
    pub draft: String,
    /// How many messages came while the panel was closed.
    pub unread: u32,
    /// Whether something new lies below what is seen.
    pub below: bool,
    /// What just came is of the past, and more of it follows: not worth drawing by itself.
    pub behind: bool,
    /// How the visitor wants the panel.
    pub display: Display,
    /// What the visitor thinks of answers and of the chat.
    pub opinion: Opinion,
    /// What the visitor has ticked off.
    pub ticks: Vec<Tick>,
    /// How it stands with finding out where the visitor is.
    pub locating: Locating,
    /// Files that go with what is being written.
    pub uploads: Uploads,
    /// Whether the menu was opened.
    pub menu: bool,
    /// How it stands with telling this device of news, once that was looked at.
    pub(super) telling: Option<Box<PushSubscription>>,
    /// How it stands with what comes late.
    pub lazy: LazyState,
    /// How often in a row it could not be had, while something waited for it.
    pub(super) lazy_failures: u8,
    /// The connection to the edge.
    pub connection: Connection,

    /// What has happened and needs what comes late.
    pub(super) lazy_events: Vec<LazyEvent>,
    pub(super) identity: PageIdentity,
    pub(super) transport: TransportSelector,
    pub(super) conversation: Id,
    pub(super) ticket: String,
    /// Whether the conversation is the visitor's: it was written in, and so it is stored.
    pub(super) kept: bool,
    /// Whether the first `Welcome` is still to come for a conversation that has a past.
    pub(super) catching_up: bool,
    /// Messages up to here are kept, but not drawn.
    pub(super) undrawn: u64,
    /// Messages up to here were there before this page: neither announced nor counted.
    pub(super) past: u64,
    /// Whether the end of the list is in view, and so is kept in view.
    pub(super) following: bool,
    /// A new ticket is needed before connecting again.
    pub(super) renewing: bool,
    /// The edge asked to wait before sending more.
    pub(super) held: bool,
    /// The visitor was told that the line is bad, and not long enough ago to be told again.
    pub(super) told: bool,
    /// Nobody has said which language the panel is to be in: the first answer in another one does.
    pub(super) follows_language: bool,
    /// "Answering" was announced for the reply under way.
    pub(super) announced: bool,
    /// The edge was asked about a reply that had stopped growing, or was told to stop it.
    pub(super) asked: bool,
}

/// How it stands with finding out where the visitor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locating {
    /// Nobody asked.
    #[default]
    Idle,
    /// The browser is at it, or asks the visitor whether it may.
    Waits,
    /// It can't say, or may not.
    Failed,
}

impl Chat {
    /// What can be pressed now: the last message's buttons, or the first ones while nothing has been said.
    pub fn choices(&self) -> &[Button] {
        match self.timeline.entries.last() {
            _ if self.look.off => &[],
            None if self.catching_up => &[],
            None => &self.look.start,
            Some(line) if line.message.author.kind == AuthorKind::Visitor => &[],
            Some(line) if line.message.state == State::Growing => &[],
            Some(line) => &line.message.body.buttons,
        }
    }

    /// The language of [`Chat::choices`].
    pub fn choices_lang(&self) -> &str {
        self.timeline.entries.last().map_or(&self.look.lang, |line| &line.message.lang)
    }

    /// What the visitor reads, best first: the words' language, then the texts'.
    pub(super) fn preferred_languages(&self) -> String {
        [self.words.word_text(Word::Lang), ",", &self.look.lang].concat()
    }

    /// What opens the conversation.
    pub fn ticket(&self) -> &str {
        &self.ticket
    }

    /// The name of `author`, as shown.
    pub fn author_name<'a>(&'a self, author: &'a Author) -> &'a str {
        match (&author.name, author.kind) {
            (Some(name), _) => name,
            (None, AuthorKind::Assistant) => &self.look.assistant,
            (None, kind) => self.words.word_text(kind_word(kind)),
        }
    }

    /// What kind of being `author` is, where its name doesn't say so already: a person is always marked as one.
    pub fn author_kind<'a>(&'a self, author: &Author) -> Option<&'a str> {
        let marked = matches!(author.kind, AuthorKind::Agency | AuthorKind::Staff) && author.name.is_some();
        marked.then(|| self.words.word_text(kind_word(author.kind)))
    }
}

fn kind_word(kind: AuthorKind) -> Word {
    match kind {
        AuthorKind::Visitor => Word::You,
        AuthorKind::Assistant => Word::Assistant,
        AuthorKind::Staff => Word::Staff,
        AuthorKind::Agency | AuthorKind::Unknown => Word::Agency,
    }
}
