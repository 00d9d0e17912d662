//! Everything that can happen to the chat.

use super::{
    effect::{FetchReason, Timer},
    state::{
        checklist::Tick,
        display::DisplayAction,
        opinion::{FeedbackAction, FeedbackSubject},
        personal_data::{PersonalDataDecision, PersonalDataResult},
        saved::SavedConversation,
    },
};
use client::UploadState;
use wire::{Boot, Button, Down, File, Given, Id, Scheme, Standing};

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
    /// A [`super::ChatEffect::Search`] is over.
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
    /// A [`super::ChatEffect::Fetch`] came back.
    Fetched {
        /// What it was for.
        why: FetchReason,
        /// What came.
        boot: Box<Boot>,
    },
    /// A [`super::ChatEffect::Fetch`] failed.
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
    /// A time set by [`super::ChatEffect::After`] is over.
    Rang(Timer),
    /// The network is back, the page is looked at again, or the machine has slept.
    Woke,
    /// The page is put aside: nothing runs until it wakes, and an open line would keep the browser from doing so.
    Froze,
    /// Another tab of this browser keeps this conversation for the site.
    Elsewhere(SavedConversation),
    /// The answer to a [`super::ChatEffect::Watch`].
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

/// Something happened that few visitors do. Values as in [`super::ChatEvent`].
#[derive(Debug, Clone, PartialEq)]
pub enum LazyEvent {
    /// The visitor wants to ask again what a reply that broke off was about.
    AskedAgain {
        /// Which reply.
        seq: u64,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor chose a language of the site's.
    ChoseLanguage(String),
    /// The visitor wants to do this procedure here.
    Begins(String),
    /// The visitor wants to go on on another device.
    Leaves,
    /// The visitor wants the conversation deleted.
    Erases,
    /// The visitor wants the panel otherwise.
    Wished(DisplayAction),
    /// What this browser can do with speech.
    Voices {
        /// The languages it has a voice for, without their regions.
        voices: Vec<String>,
        /// Whether it writes down what is spoken.
        ears: bool,
    },
    /// An answer was read out, or could not be.
    ReadOut,
    /// What was spoken; nothing when the microphone is off.
    Heard(Option<String>),
    /// The visitor says what becomes of personal data in what was to be sent.
    Answered {
        /// What.
        answer: PersonalDataDecision,
        /// For what is then said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor wants something sent again that was refused.
    Retried {
        /// What.
        id: Id,
        /// Its new id, should the old one be used up.
        fresh: Id,
    },
    /// A box was ticked, or not any more.
    Ticked(Tick, bool),
    /// The visitor does something about a question what an answer or the chat was like.
    Judged(FeedbackAction),
    /// The visitor says more about it.
    Opined {
        /// About what.
        about: FeedbackSubject,
        /// In the visitor's own words; may be empty.
        text: String,
        /// Now.
        at: u64,
    },
    /// The visitor gives what a message asks for.
    Gave {
        /// For software.
        value: Given,
        /// In words.
        text: String,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor wants to say where he is, for the input of this name.
    Locate(String),
    /// The answer to a [`super::ChatEffect::Locate`].
    Located {
        /// For which input.
        name: String,
        /// Latitude and longitude, in degrees; nothing if it could not be found out.
        place: Option<[String; 2]>,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor has chosen files in the browser's own list.
    Picked,
    /// The same, with what there is to know of them; each has an id.
    Chose(Vec<File>),
    /// A file has come so far.
    FileGoes {
        /// Which.
        id: Id,
        /// How far.
        state: UploadState,
        /// What the edge says of it, once it is there.
        file: Option<File>,
    },
    /// The visitor takes a file out.
    FileDropped(Id),
    /// The visitor has a file sent again.
    FileRetried(Id),
    /// The visitor wants this device told of news, or no more.
    PressedTell,
    /// What came of a [`super::ChatEffect::Device`]: how it stands, and perhaps words, a line each.
    Told(String),
}
