//! What the chat decides. Values in, values out: no clock, no network, no DOM, no random numbers of its own.
//!
//! # Where to start
//! [`start`] makes a [`Chat`] from what the document carries and what the browser kept. From then on everything that
//! happens is an [`Event`], and [`update`] answers each with the [`Effect`]s the shell (`crate::host`) performs.
//! Views (`crate::view`) only read the `Chat`.
//!
//! # What always holds
//! - What a visitor said is drawn at once, kept in storage, and sent again until it is acknowledged or refused.
//! - `lines` is ordered: numbered ones by `seq`, each number once, then the unsent ones as they were said.
//! - Nothing is stored before the visitor writes.
//! - Nothing here moves the focus because a message came.

mod checklist;
mod connection;
mod display;
mod effect;
mod event;
mod feedback;
mod identity;
mod inbox;
mod input_values;
mod lazy_load;
mod lazy_state;
mod message_row;
mod navigation;
mod notice;
mod outbox;
mod page;
mod people;
mod personal;
mod push_subscription;
mod session_refresh;
mod speech;
mod standing;
mod start;
mod stream_timeout;
mod tab_sync;
#[cfg(test)]
mod tests;
mod transport;
mod uploads;
mod window;

pub use checklist::Tick;
pub use display::{Display, DisplayAction, SIZES};
pub use effect::{ChatEffect, FetchReason, StorageKey, ToPage};
pub use event::{ChatEvent, FromPage, Timer};
pub use feedback::{FeedbackAction, FeedbackSubject, Opinion, is_asked};
pub use input_values::Locating;
pub use lazy_state::{LazyEvent, LazyState, is_lazy_block};
pub use message_row::{MessageRow, OutgoingMessage, RowKey};
pub use notice::ChatNotice;
pub use personal::{Asking, PersonalDataDecision, PersonalDataResult, PersonalDataSearch};
pub use start::{Saved, SavedConversation, start};
pub use uploads::upload_error;

pub use client::{ConnectionState, DeliveryState, TimelineEntry, Transport, Upload, UploadState};

use client::{Connection, Timeline, TransportSelector, Uploads};
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
    read: u64,
    /// Up to where a person was told that the visitor has seen it.
    seen: u64,
    /// What the bar above the composer says.
    pub notice: Option<ChatNotice>,
    /// What the visitor is asked about before it is sent.
    pub asking: Option<Asking>,
    /// What is being searched before it is sent.
    searching: Option<personal::Searching>,
    /// The part that searches was asked for.
    primed: bool,
    /// How many characters too many the composer holds; 0 unless sending was tried.
    pub excess: usize,
    /// What stands in the composer.
    pub draft: String,
    /// How many messages came while the panel was closed.
    pub unread: u32,
    /// Whether something new lies below what is seen.
    pub below: bool,
    /// What just came is of the past, and more of it follows_language: not worth drawing by itself.
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
    telling: Option<Box<push_subscription::Telling>>,
    /// How it stands with what comes late.
    pub lazy: LazyState,
    /// How often in a row it could not be had, while something waited for it.
    lazy_failures: u8,
    /// The connection to the edge.
    pub connection: Connection,

    /// What has happened and needs what comes late.
    lazy_events: Vec<LazyEvent>,
    identity: identity::PageIdentity,
    transport: TransportSelector,
    conversation: Id,
    ticket: String,
    /// Whether the conversation is the visitor's: it was written in, and so it is stored.
    kept: bool,
    /// Whether the first `Welcome` is still to come for a conversation that has a past.
    catching_up: bool,
    /// Messages up to here are kept, but not drawn.
    undrawn: u64,
    /// Messages up to here were there before this page: neither announced nor counted.
    past: u64,
    /// Whether the end of the list is in view, and so is kept in view.
    following: bool,
    /// A new ticket is needed before connecting again.
    renewing: bool,
    /// The edge asked to wait before sending more.
    held: bool,
    /// The visitor was told that the line is bad, and not long enough ago to be told again.
    told: bool,
    /// Nobody has said which language the panel is to be in: the first answer in another one does.
    follows_language: bool,
    /// "Answering" was announced for the reply under way.
    announced: bool,
    /// The edge was asked about a reply that had stopped growing, or was told to stop it.
    asked: bool,
}

/// Takes `event` in and says what is to be done about it, in order.
pub fn update(chat: &mut Chat, event: ChatEvent) -> Vec<ChatEffect> {
    chat.behind = false;
    let mut effects = match event {
        ChatEvent::Typed(text) => outbox::on_input(chat, text),
        ChatEvent::Submitted { id, at } => outbox::on_submit(chat, id, at),
        ChatEvent::Pressed { button, id, at } => outbox::on_button_press(chat, &button, id, at),
        ChatEvent::Searched { text, found } => personal::on_search_result(chat, &text, found),
        ChatEvent::Stopped { seq } => stream_timeout::stop_reply(chat, seq),
        ChatEvent::Scrolled { at_end } => inbox::on_scroll(chat, at_end),
        ChatEvent::ToEnd => inbox::to_end(chat),
        ChatEvent::Escaped => page::on_escape(chat),
        ChatEvent::AskedToStartOver => notice::ask_to_start_over(chat),
        ChatEvent::Dismissed => notice::on_dismiss(chat),
        ChatEvent::StartedOver => session_refresh::start_over(chat),
        ChatEvent::Fetched { why, boot } => session_refresh::on_session(chat, why, *boot),
        ChatEvent::FetchFailed { why, chance } => session_refresh::on_failure(chat, why, chance),
        ChatEvent::Opened => connection::on_open(chat),
        ChatEvent::Closed { chance } => connection::on_close(chat, chance),
        ChatEvent::Received(frame) => inbox::on_frame(chat, frame),
        ChatEvent::Ponged => connection::on_pong(chat),
        ChatEvent::Rang(timer) => connection::on_timer(chat, timer),
        ChatEvent::Woke => connection::on_wake(chat),
        ChatEvent::Froze => connection::on_freeze(chat),
        ChatEvent::Elsewhere(kept) => tab_sync::join_conversation(chat, kept),
        ChatEvent::Standing(standing) => standing::on_status(chat, standing),
        ChatEvent::FromPage(message) => page::from_page(chat, message),
        ChatEvent::Thumbed(seq, good) => feedback::rate_answer(chat, seq, good),
        ChatEvent::MenuOpened => lazy_state::open_menu(chat),
        ChatEvent::Lazy(rare) => lazy_state::handle_event(chat, rare),
        ChatEvent::LazyLoaded(there) => lazy_state::on_loaded(chat, there),
    };
    effects.extend(lazy_state::load_if_wanted(chat));
    effects
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
    fn langs(&self) -> String {
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
