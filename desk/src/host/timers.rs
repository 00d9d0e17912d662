//! One clock a [`Timer`]; setting it again moves it.

use super::{dispatch, page::window};
use crate::desk::{Event, Timer};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, prelude::Closure};

thread_local! {
    static SET: RefCell<Vec<(Timer, i32)>> = const { RefCell::new(Vec::new()) };
}

/// Rings `timer` in `ms` milliseconds.
pub fn after(ms: u64, timer: Timer) {
    take(timer);
    let handle = later(ms, move || {
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
    if let (Some(window), Some(handle)) = (window(), handle) {
        window.clear_timeout_with_handle(handle);
    }
}

/// Calls `then` once, in `ms` milliseconds.
pub fn later(ms: u64, then: impl FnOnce() + 'static) -> Option<i32> {
    let then = Closure::once_into_js(then);
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), ms).ok()
}
