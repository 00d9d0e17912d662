//! What the shell is to do.

use crate::words::Lang;
use wire::{
    Id, Scheme,
    desk::{BoardUp, ChatUp},
};

/// Something to be done in the browser.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskEffect {
    /// Open a line, in place of an older one to the same place.
    Connect(ConnectionTarget),
    /// Close a line and say that it is closed.
    Disconnect(ConnectionTarget),
    /// Close a line that is not needed any more, without a word.
    HangUp(ConnectionTarget),
    /// Send a frame to the board.
    SendBoard(BoardUp),
    /// Send a frame to a conversation.
    SendChat(Id, ChatUp),
    /// See whether a line works.
    Ping(ConnectionTarget),
    /// Ring in so many milliseconds; a timer that is set again is moved.
    After {
        /// When.
        ms: u64,
        /// Which.
        timer: DeskTimer,
    },
    /// See whether the edge still knows who this is.
    CheckSession,
    /// Have assistive technology say this, at once if it is urgent.
    Announce {
        /// What.
        text: String,
        /// Whether it can't wait.
        urgent: bool,
    },
    /// Move the focus, after everything is drawn.
    Focus(Spot),
    /// Bring the newest message into view, after everything is drawn.
    ScrollToEnd,
    /// The page's language.
    SetLanguage(Lang),
    /// Light or dark.
    SetScheme(Scheme),
    /// The window's title.
    SetTitle(String),
    /// A short sound.
    Beep,
    /// A notification of the system's.
    Notify {
        /// Its only line.
        title: String,
        /// The conversation to show when it is pressed.
        id: Id,
    },
    /// Ask the browser for notifications.
    RequestNotifications,
    /// Keep this in the browser.
    Store(DeskStorageKey, String),
    /// Save a file.
    SaveFile {
        /// Its name.
        name: String,
        /// What is in it.
        text: String,
    },
    /// Have a visitor's data erased, or fetch a copy.
    RequestPersonalData(Id, PersonalDataRequest),
    /// Have the browser ask for files.
    ChooseFiles,
    /// Send a file that was chosen.
    Upload {
        /// The conversation it is for.
        talk: Id,
        /// Which.
        file: Id,
    },
    /// Stop sending a file, and forget it.
    AbortUpload(Id),
    /// Ask before the page is left, or no longer.
    GuardUnload(bool),
}

/// Where the focus can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The text that is being written.
    Composer,
    /// The head of the conversation, or of the page.
    Heading,
    /// A row of the list.
    Row(Id),
    /// The list itself.
    List,
    /// The field in which answers are searched.
    Search,
    /// The settings.
    Menu,
    /// The field for a reason.
    Reason,
}

/// What is kept in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskStorageKey {
    /// The settings, in a line.
    Settings,
}

/// A clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskTimer {
    /// Waiting times are shown, so they have to move.
    Tick,
    /// Nothing was written for a while.
    Idle(Id),
    /// A line must be open by now, or is to be opened.
    Connect(ConnectionTarget),
    /// A line has been silent.
    Ping(ConnectionTarget),
    /// Its far end must have answered by now.
    Pong(ConnectionTarget),
}

/// Where a connection leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConnectionTarget {
    /// To the site's board.
    Board,
    /// To a conversation.
    Chat(Id),
}

/// What is asked of the edge about the data of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalDataRequest {
    /// Whether it is to be erased; else a copy is wanted.
    pub erases: bool,
    /// Why.
    pub reason: String,
    /// Whether all conversations are meant that the host's server signs as this visitor's.
    pub everything: bool,
    /// Whether cases that were handed in are erased, too.
    pub cases: bool,
}
