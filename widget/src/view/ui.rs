//! What views read: a handful of signals, kept up to date with the chat.

use super::texts::UiTexts;
use crate::chat::{Chat, LazyState, MessageRow, Opinion, RowKey};
use leptos::prelude::*;

/// A signal for as long as the page: not looked up by a number and by its type, as `RwSignal` is.
pub type PageSignal<T> = &'static ArcRwSignal<T>;

/// The signal for `value`.
pub fn make_signal<T>(value: T) -> PageSignal<T> {
    Box::leak(Box::new(ArcRwSignal::new(value)))
}

/// What views read. Copied freely: it is a handful of handles.
#[derive(Clone, Copy)]
pub struct Ui {
    /// Everything; for what changes rarely or is read in one place.
    pub chat: PageSignal<Chat>,
    /// The list, each line with a signal of its own: a growing reply must not redraw the others.
    pub rows: PageSignal<Vec<RowSignal>>,
    /// What the visitor thinks of answers: every answer reads it, so it changes with nothing else.
    pub opinion: PageSignal<Opinion>,
    /// The site's and the widget's texts. Another language draws the panel anew.
    pub texts: PageSignal<UiTexts>,
}

impl Ui {
    /// Whether what comes late is there. Once it is, nothing is read for this any more.
    pub fn is_lazy_ready(self) -> bool {
        let here = |chat: &Chat| chat.lazy == LazyState::Ready;
        self.chat.with_untracked(here) || self.chat.with(here)
    }
}

/// One line of the list.
#[derive(Clone)]
pub struct RowSignal {
    /// Which.
    pub key: RowKey,
    /// What it is now.
    pub line: ArcRwSignal<MessageRow>,
}

impl RowSignal {
    /// The one for `line`.
    pub fn new(line: &MessageRow) -> RowSignal {
        RowSignal { key: line.key, line: ArcRwSignal::new(line.clone()) }
    }
}
