//! What is shown and what is asked.

/// Which conversations are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those of this department.
    pub department: Option<String>,
    /// Only mine, and those that wait.
    pub mine: bool,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeskPage {
    /// Conversations.
    #[default]
    Chats,
    /// What was not answered.
    Questions,
    /// What happened.
    Reports,
    /// Who did what.
    Audit,
}

/// Which part of the conversations' page is seen where there is room for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The conversation.
    Talk,
    /// What is known of the visitor.
    About,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// Who is to take it.
    Transfer,
    /// How it went.
    End,
    /// Why the visitor's data is erased.
    Erase,
    /// Why a copy of it is saved.
    Copy,
    /// Which answer.
    Canned,
    /// Nothing: it says which keys do what.
    Help,
}
