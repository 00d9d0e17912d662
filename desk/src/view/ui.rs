//! What every view reads, and how it says that something was pressed.

use crate::desk::{Desk, DeskButton, DeskEvent};
use crate::host::dispatch;
use crate::words::Words;
use leptos::prelude::*;

/// What views read.
#[derive(Clone, Copy)]
pub struct DeskUi {
    /// Everything.
    pub desk: RwSignal<Desk>,
    /// The words of the language that was chosen. Another language draws everything anew.
    pub words: &'static Words,
}

/// What views read, inside of the desk.
pub fn use_ui() -> DeskUi {
    expect_context::<DeskUi>()
}

/// What `read` finds in the desk, followed.
pub fn desk_memo<T, F>(read: F) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
    F: Fn(&Desk) -> T + Send + Sync + 'static,
{
    let desk = use_ui().desk;
    Memo::new(move |_| desk.with(&read))
}

/// Something pressed.
pub fn press_button(button: DeskButton) {
    dispatch(DeskEvent::Button(button));
}
