//! Everything the shell does for the chat.

use super::state::personal_data::PersonalDataSearch;
use client::Transport;
use wire::{AuthorKind, Fault, Id, Scheme, Up};

/// To be performed in the order given. None of them answers at once: what comes of it arrives as an event.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatEffect {
    /// Open a line to a conversation, in place of any other one.
    Connect {
        /// How.
        transport: Transport,
        /// Which.
        conversation: Id,
        /// What opens it.
        ticket: String,
    },
    /// Close the line and report `Closed`, whatever state it is in.
    Disconnect,
    /// Send a frame over the open line.
    Send(Up),
    /// See whether the open line works.
    Ping,
    /// Get a fresh session in this language.
    Fetch {
        /// BCP 47.
        lang: String,
        /// Comes back with the answer.
        why: FetchReason,
    },
    /// Ask how the site stands, in this language; what comes is a [`super::ChatEvent::Standing`].
    Watch(String),
    /// Have what [`ChatEffect::Search`] needs come: it may be wanted soon.
    SearchSoon,
    /// Search a text for personal data; what comes is a [`super::ChatEvent::Searched`].
    Search(PersonalDataSearch),
    /// Keep a text under a key.
    Store(StorageKey, String),
    /// Keep this conversation, a [`super::SavedConversation`], unless another tab has kept one meanwhile; that one then comes back
    /// as [`super::ChatEvent::Elsewhere`].
    Claim(String),
    /// Keep nothing under a key.
    Forget(StorageKey),
    /// Ring later. The same timer, set before, no longer rings.
    After {
        /// In how many milliseconds.
        ms: u64,
        /// Which.
        timer: Timer,
    },
    /// Have assistive technology say this, once.
    Announce {
        /// What.
        text: String,
        /// At once, rather than when it suits.
        urgent: bool,
    },
    /// The same, at once, of so many characters too many: the shell knows the plural.
    AnnounceExcess(usize),
    /// Find out where the visitor is, for the input of this name; what comes is an [`super::LazyEvent::Located`].
    Locate(String),
    /// Look at what was chosen in the browser's list of files; it comes as [`super::LazyEvent::Chose`].
    Pick,
    /// Have what comes late come; [`super::ChatEvent::LazyLoaded`] says how that went.
    LoadLazy,
    /// Send the file called so to the edge; how it goes comes as [`super::LazyEvent::FileGoes`].
    Upload {
        /// Which.
        id: Id,
        /// What opens the conversation.
        ticket: String,
    },
    /// Do something about telling this device of news: "look" whether it can be and is, and get the words for it; "on", for which the
    /// browser asks the visitor, who has just pressed; "off". What comes of it is a [`super::LazyEvent::Told`].
    Device {
        /// What.
        verb: &'static str,
        /// With what.
        values: Vec<(&'static str, String)>,
    },
    /// Stop sending that file, and forget it.
    Abort(Id),
    /// Tell the host page's loader.
    Tell(ToPage),
    /// Put this into the composer.
    Draft(String),
    /// Bring the newest message into view, its beginning first if it is longer than the view.
    Reveal,
    /// More comes above what is seen: keep that where it is.
    KeepPlace,
    /// Bring the very end into view.
    ScrollToEnd,
    /// Move the focus into the panel, which has just been opened: to where a visitor would begin.
    FocusPanel,
    /// Move the focus into the composer.
    FocusComposer,
    /// Move the focus to the first answer of a question that has just come up.
    FocusChoice,
    /// Move the focus to the element of this id, which has just come up.
    FocusId(&'static str),
    /// Move the focus to the list: what had it is gone.
    FocusLog,
    /// Wear these colours.
    Wear(Scheme),
    /// Show the panel as [`super::Display`] says.
    Show,
    /// Find out what this browser can do with speech; that comes as [`super::LazyEvent::Voices`], now and whenever it changes.
    Voices,
    /// Read this out.
    Read {
        /// What.
        text: String,
        /// In which language.
        lang: String,
    },
    /// Stop reading.
    Hush,
    /// Listen to a sentence in this language.
    Hear(String),
    /// Stop listening.
    Deafen,
    /// Go to a page of the edge's beside the chat.
    Visit {
        /// The last part of its address.
        page: &'static str,
        /// What is posted to it.
        fields: Vec<(&'static str, String)>,
    },
    /// Give the visitor a text as a file.
    Save {
        /// The file's name, without its ending.
        name: String,
        /// What is in it.
        text: String,
    },
}

/// What can be waited for. Setting one again moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The edge should have welcomed us by now.
    Connect,
    /// Time to connect again.
    Reconnect,
    /// The line has been down long enough to say so.
    Bar,
    /// The line has been up long enough to call it good.
    Calm,
    /// Time to see whether the line still works.
    Ping,
    /// The answer to a ping should be here by now.
    Pong,
    /// What was said should be acknowledged by now.
    Ack,
    /// The edge takes more now.
    Flush,
    /// Time to ask for what is new.
    Poll,
    /// A growing reply should have grown by now.
    Stall,
    /// Time to ask how the site stands.
    Watch,
    /// What was to be sent should have been searched by now.
    Search,
    /// What comes late may be tried to be had again.
    RetryLazy,
}

impl Timer {
    /// How many there are.
    pub const COUNT: usize = 13;
}

/// What a fresh session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchReason {
    /// The ticket is no longer taken.
    Ticket,
    /// The visitor starts over.
    StartOver,
    /// Another language was chosen; the conversation goes on.
    Language,
}

/// Where something is kept. The shell adds the site's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageKey {
    /// Conversation, ticket and epoch: a [`super::SavedConversation`].
    Conversation,
    /// What stands in the composer.
    Draft,
    /// The language the visitor chose.
    Lang,
    /// The size of text and the simple view.
    Display,
    /// What was ticked off.
    Ticks,
    /// What was said of answers, and not yet said back.
    Ratings,
    /// The name of the [`Transport`] that works, for as long as the browser's session lasts.
    Transport,
    /// Something said and not yet acknowledged: a [`super::OutgoingMessage`]. One key each, so that two tabs don't
    /// overwrite each other's.
    Outgoing(Id),
}

/// What the host page's loader is told. Never what was said.
#[derive(Debug, Clone, PartialEq)]
pub enum ToPage {
    /// The visitor wants the panel closed.
    Close,
    /// So many messages came unseen.
    Unread(u32),
    /// A message came.
    Message {
        /// From whom.
        author: AuthorKind,
        /// Its place in the conversation.
        seq: u64,
    },
    /// A person answers from now on.
    Handoff,
    /// Something is wrong.
    Error(Fault),
}

impl ChatEffect {
    /// A polite [`ChatEffect::Announce`].
    pub fn announce(text: impl Into<String>) -> ChatEffect {
        ChatEffect::Announce { text: text.into(), urgent: false }
    }
}
