//! How it stands with what comes late.

/// How it stands with what comes late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LazyState {
    /// Nobody has wanted it.
    #[default]
    NotLoaded,
    /// It is on its way.
    Loading,
    /// It could not be had a moment ago.
    Failed,
    /// It is there.
    Ready,
}
