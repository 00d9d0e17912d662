//! One clock a [`Timer`]; setting it again moves it.

use super::dispatcher::dispatch;
use crate::chat::{ChatEvent, Timer};
use browser::timers::{clear_timeout, now, set_timeout};
use std::cell::RefCell;

/// A clock that rings this much too late has slept, in milliseconds: whatever line there was is probably dead.
const SLEPT_MS: u64 = 5_000;

thread_local! {
    static SET: RefCell<[Option<i32>; Timer::COUNT]> = const { RefCell::new([None; Timer::COUNT]) };
}

/// Rings `timer` in `ms` milliseconds.
pub fn set_timer(ms: u64, timer: Timer) {
    let due = now() + ms;
    let handle = set_timeout(ms, move || {
        SET.with_borrow_mut(|set| set.get_mut(timer as usize).map(Option::take));
        if now() > due + SLEPT_MS {
            dispatch(ChatEvent::Woke);
        }
        dispatch(ChatEvent::Rang(timer));
    });
    let before = SET.with_borrow_mut(|set| {
        set.get_mut(timer as usize).and_then(|place| std::mem::replace(place, handle))
    });
    if let Some(before) = before {
        clear_timeout(before);
    }
}
