//! One clock a [`Timer`]; setting it again moves it.

use super::{clock, dispatch, root::window, shell};
use crate::chat::{Event, Timer};
use std::cell::RefCell;
use wasm_bindgen::JsCast;

/// A clock that rings this much too late has slept, in milliseconds: whatever line there was is probably dead.
const SLEPT_MS: u64 = 5_000;

thread_local! {
    static SET: RefCell<[Option<i32>; Timer::COUNT]> = const { RefCell::new([None; Timer::COUNT]) };
}

/// Rings `timer` in `ms` milliseconds.
pub fn after(ms: u64, timer: Timer) {
    let Some(window) = window() else { return };
    let due = clock::now() + ms;
    let handle = later(ms, move || {
        SET.with_borrow_mut(|set| set.get_mut(timer as usize).map(Option::take));
        if clock::now() > due + SLEPT_MS {
            dispatch(Event::Woke);
        }
        dispatch(Event::Rang(timer));
    });
    let before = SET.with_borrow_mut(|set| {
        set.get_mut(timer as usize).and_then(|place| std::mem::replace(place, handle))
    });
    if let Some(before) = before {
        window.clear_timeout_with_handle(before);
    }
}

/// Calls `then` once, in `ms` milliseconds.
pub fn later(ms: u64, then: impl FnOnce() + 'static) -> Option<i32> {
    let then = shell::once(Box::new(|_| then()));
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), ms).ok()
}
