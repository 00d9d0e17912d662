//! One clock a [`DeskTimer`]; setting it again moves it.

use super::shell::dispatch;
use crate::desk::{DeskEvent, DeskTimer};
use browser::timers::{clear_timeout, set_timeout};
use std::cell::RefCell;

thread_local! {
    static SET: RefCell<Vec<(DeskTimer, i32)>> = const { RefCell::new(Vec::new()) };
}

/// Rings `timer` in `ms` milliseconds.
pub fn set_timer(ms: u64, timer: DeskTimer) {
    cancel_timer(timer);
    let handle = set_timeout(ms, move || {
        SET.with_borrow_mut(|set| set.retain(|(other, _)| *other != timer));
        dispatch(DeskEvent::Rang(timer));
    });
    if let Some(handle) = handle {
        SET.with_borrow_mut(|set| set.push((timer, handle)));
    }
}

fn cancel_timer(timer: DeskTimer) {
    let handle = SET.with_borrow_mut(|set| {
        let place = set.iter().position(|(other, _)| *other == timer)?;
        Some(set.swap_remove(place).1)
    });
    if let Some(handle) = handle {
        clear_timeout(handle);
    }
}
