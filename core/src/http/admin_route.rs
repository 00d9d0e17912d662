//! What operators want, by the paths under `/admin`.

/// What an operator wants to know of accounts, or to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRoute {
    /// Which there are.
    List,
    /// An order about one of them.
    Order,
}

/// What an operator wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminRoute {
    /// Which version is live.
    Status,
    /// Make a new version live.
    Publish,
    /// Make the version before live again.
    Rollback,
    /// Tell everybody something, switch the chat off or on.
    Standing,
    /// What happened, day by day.
    Report,
    /// The same in all, as Prometheus reads it.
    Metrics,
    /// What the desk has decided about questions that were not answered.
    Learned,
    /// What staff and operators did.
    Trail,
    /// Erase what is kept of a visitor, a case or a conversation.
    Erase,
    /// A copy of that.
    Export,
    /// Delete everything of the site.
    Forget,
}
