//! One clock a [`Timer`]; setting it again moves it.

use super::dispatch;
use crate::desk::{Event, Timer};
use browser::timers::{clear_timeout, set_timeout};
use std::cell::RefCell;

thread_local! {
    static SET: RefCell<Vec<(Timer, i32)>> = const { RefCell::new(Vec::new()) };
}

/// Rings `timer` in `ms` milliseconds.
pub fn after(ms: u64, timer: Timer) {
    take(timer);
    let handle = set_timeout(ms, move || {
        SET.with_borrow_mut(|set| set.retain(|(other, _)| *other != timer));
        dispatch(Event::Rang(timer));
    });
    if let Some(handle) = handle {
        SET.with_borrow_mut(|set| set.push((timer, handle)));
    }
}

fn take(timer: Timer) {
    let handle = SET.with_borrow_mut(|set| {
        let place = set.iter().position(|(other, _)| *other == timer)?;
        Some(set.swap_remove(place).1)
    });
    if let Some(handle) = handle {
        clear_timeout(handle);
    }
}
