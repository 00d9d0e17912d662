//! The one desk of a window. It lives as long as the window: so it stands in a thread-local, and whatever hears of something just
//! calls [`dispatch`].

use super::clock;
use crate::desk::{Desk, DeskEffect, DeskEvent, update};
use client::EventQueue;
use leptos::prelude::*;
use std::cell::RefCell;

struct DeskShell {
    desk: RwSignal<Desk>,
    events: EventQueue<DeskEvent>,
    // Handed in: what performs effects tells of events, and so stands above this file.
    perform: fn(DeskEffect),
}

thread_local! {
    static SHELL: RefCell<Option<DeskShell>> = const { RefCell::new(None) };
}

/// From now on events go to `desk`, and what it says is done by `perform`.
pub fn install(desk: RwSignal<Desk>, perform: fn(DeskEffect)) {
    let shell = DeskShell { desk, events: EventQueue::default(), perform };
    SHELL.with_borrow_mut(|slot| *slot = Some(shell));
}

/// Tells the desk what happened and does what it says. What happens while it does so waits its turn.
pub fn dispatch(event: DeskEvent) {
    let handles = SHELL.with_borrow_mut(|shell| {
        let shell = shell.as_mut()?;
        shell.events.push(event).then_some((shell.desk, shell.perform))
    });
    let Some((desk, perform)) = handles else { return };
    while let Some(event) = next_event() {
        let effects = desk.try_update(|desk| update(desk, clock::now(), event));
        effects.unwrap_or_default().into_iter().for_each(perform);
    }
}

fn next_event() -> Option<DeskEvent> {
    SHELL.with_borrow_mut(|shell| shell.as_mut()?.events.next_event())
}
