//! What can happen.

use super::{
    effect::{ConnectionTarget, DeskTimer, PersonalDataRequest},
    screen::{DeskPage, Dialog, Filter},
    settings::DeskSettings,
};
use wire::{
    Down, Fault, File, Id,
    desk::{BoardDown, ChatDown, EndReason, GroupDecision, Presence, Target},
};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum DeskEvent {
    /// A line is open.
    Opened(ConnectionTarget),
    /// A line is closed, or could not be opened.
    Closed {
        /// Which.
        place: ConnectionTarget,
        /// The close code.
        code: u16,
        /// Uniform over all of `u32`, to spread the next try.
        chance: u32,
    },
    /// The far end of a line is there.
    Ponged(ConnectionTarget),
    /// A clock rang.
    Rang(DeskTimer),
    /// The edge doesn't know who this is any more.
    SignedOut,
    /// A frame of the board.
    Board(BoardDown),
    /// A frame of a conversation, for desks only.
    Chat(Id, ChatDown),
    /// A frame of a conversation, as the visitor gets it.
    Message(Id, Down),
    /// Somebody looks at this window, or no longer.
    Watched(bool),
    /// The browser was asked whether it shows notifications.
    Notifies(bool),
    /// A key, wherever it was pressed.
    Pressed(Pressed),
    /// A button.
    Button(DeskButton),
    /// The composer holds other text now.
    Wrote(String),
    /// What is written is for colleagues only, or no longer.
    Internal(bool),
    /// What the composer holds is to be sent, under this id.
    Submitted(Id),
    /// What was refused is to be sent again.
    Retried(Id),
    /// What was refused is not to be sent.
    Discarded(Id),
    /// Files were chosen for the visitor.
    FilesChosen(Vec<File>),
    /// A file has come to its end.
    UploadFinished {
        /// The conversation it is for.
        talk: Id,
        /// Which.
        file: Id,
        /// What the edge says of it, or why it doesn't take it; nothing if that is not known.
        result: Result<File, Option<Fault>>,
    },
    /// A file is not to go with what is written.
    FileRemoved(Id),
    /// A file is to be sent again.
    FileRetried(Id),
    /// This text is to go into the composer.
    Inserted(String),
    /// Something is searched for among the site's answers.
    Searched(String),
    /// The answer at this place of what was found is to go into the composer.
    Picked(usize),
    /// An answer to what a dialog asks, or something else that goes to the edge as it is.
    Action(ConversationAction),
    /// The data of the visitor whose conversation is shown is to be erased, or a copy of it saved.
    PersonalDataRequested(PersonalDataRequest),
    /// What the edge says to that.
    PersonalDataAnswered {
        /// Of which conversation.
        id: Id,
        /// Whether it was to be erased.
        erases: bool,
        /// Its answer; nothing if it was not done.
        answer: Option<String>,
    },
    /// What becomes of questions.
    Decided {
        /// Which, by their numbers.
        questions: Vec<u64>,
        /// What.
        choice: GroupDecision,
    },
    /// Reports are to cover so many days.
    Days(u64),
    /// The report is to be saved as a table.
    Export,
    /// Another part of the list is wanted.
    Filtered(Filter),
    /// Other settings are wanted.
    Set(DeskSettings),
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskButton {
    /// Shows a conversation.
    Open(Id),
    /// Back to the list.
    Back,
    /// What is known of the visitor, or back from it.
    About,
    /// Shows another page.
    Page(DeskPage),
    /// Takes the conversation.
    Take,
    /// Gives it to the assistant.
    HandBack,
    /// Chooses files for the visitor.
    Attach,
    /// Opens a dialog.
    Ask(Dialog),
    /// Closes it.
    Cancel,
    /// Takes the notice away.
    Dismiss,
    /// I take conversations, or don't.
    Presence(Presence),
    /// Asks the browser for notifications.
    RequestNotifications,
    /// Acts from before the oldest one shown.
    Older,
}

/// What goes to the edge about the conversation that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConversationAction {
    /// It goes to somebody else.
    Transfer(Target),
    /// It is done.
    End(EndReason),
    /// It is called this, too.
    Tag(String),
    /// It is not called this any more.
    Untag(String),
    /// The visitor may see this draft, in these words if there are any.
    Approve(u64, Option<String>),
    /// The visitor must not see it.
    Reject(u64),
}

/// A key that was pressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pressed {
    /// Its name, as browsers say it.
    pub key: String,
    /// Whether it was pressed where text is typed, or something is chosen with keys.
    pub typing: bool,
    /// The conversation whose row has the focus.
    pub row: Option<Id>,
    /// Whether the composer has it.
    pub composer: bool,
}
