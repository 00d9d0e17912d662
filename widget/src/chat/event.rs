//! Everything that can happen to the chat.

use super::{FetchReason, LazyEvent, PersonalDataResult, SavedConversation};
use wire::{Boot, Button, Down, Id, Scheme, Standing};

/// Something happened. Random numbers and times come along as values: `chance` is uniform over all of `u32`, `at` is
/// in milliseconds since 1970, an [`Id`] is 128 fresh random bits.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatEvent {
    /// The composer now holds this text.
    Typed(String),
    /// The visitor sends what the composer holds.
    Submitted {
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// An [`super::Effect::Search`] is over.
    Searched {
        /// The text.
        text: String,
        /// What it holds, if anybody could tell.
        found: Option<PersonalDataResult>,
    },
    /// The visitor pressed a button that says something.
    Pressed {
        /// Which.
        button: Button,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor doesn't need the rest of a growing reply.
    Stopped {
        /// Which.
        seq: u64,
    },
    /// The list was scrolled.
    Scrolled {
        /// Whether its end is in view now.
        at_end: bool,
    },
    /// The visitor wants to see what is new.
    ToEnd,
    /// Escape was pressed, and nothing smaller than the panel was open.
    Escaped,
    /// The visitor pressed "start over".
    AskedToStartOver,
    /// The visitor answered no, or closed the bar.
    Dismissed,
    /// The visitor answered yes: start over.
    StartedOver,
    /// An [`super::Effect::Fetch`] came back.
    Fetched {
        /// What it was for.
        why: FetchReason,
        /// What came.
        boot: Box<Boot>,
    },
    /// An [`super::Effect::Fetch`] failed.
    FetchFailed {
        /// What it was for.
        why: FetchReason,
        /// For the time to the next try.
        chance: u32,
    },
    /// The line is open.
    Opened,
    /// The line is closed, by either side or by nobody.
    Closed {
        /// For the time to the next try.
        chance: u32,
    },
    /// A frame came.
    Received(Down),
    /// The answer to a ping came.
    Ponged,
    /// A time set by [`super::Effect::After`] is over.
    Rang(Timer),
    /// The network is back, the page is looked at again, or the machine has slept.
    Woke,
    /// The page is put aside: nothing runs until it wakes, and an open line would keep the browser from doing so.
    Froze,
    /// Another tab of this browser keeps this conversation for the site.
    Elsewhere(SavedConversation),
    /// The answer to an [`super::Effect::Watch`].
    Standing(Standing),
    /// The page around the frame wants something.
    FromPage(FromPage),
    /// The visitor says whether the answer at this place helped. The same again: nothing is said any more.
    Thumbed(u64, bool),
    /// The menu was opened.
    MenuOpened,
    /// Something that few visitors do.
    Lazy(LazyEvent),
    /// What comes late has come, or can't be had.
    LazyLoaded(bool),
}

/// What the host page's loader may ask for.
#[derive(Debug, Clone, PartialEq)]
pub enum FromPage {
    /// The panel is shown.
    Open,
    /// The panel is hidden.
    Close,
    /// Put this into the composer.
    Prefill(String),
    /// Ask this, as if the visitor had typed it.
    Ask {
        /// What.
        text: String,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// Speak this language.
    Locale(String),
    /// Wear these colours.
    Scheme(Scheme),
    /// Who the visitor is: a token that the host's server signed.
    Identify(String),
    /// What the visitor is about.
    Context(Vec<(String, String)>),
    /// Forget the conversation.
    Reset,
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
