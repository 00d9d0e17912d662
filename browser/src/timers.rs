//! Something to be done later, and the time it is now.

use crate::{callback, dom::window};
use wasm_bindgen::JsCast;

/// Now, in milliseconds since 1970.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Calls `then` once, in `ms` milliseconds. Gives what [`clear_timeout`] takes.
pub fn set_timeout(ms: u64, then: impl FnOnce() + 'static) -> Option<i32> {
    let then = callback::js_callback_once(Box::new(|_| then()));
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), ms).ok()
}

/// Has what was to be done later left undone.
pub fn clear_timeout(handle: i32) {
    if let Some(window) = window() {
        window.clear_timeout_with_handle(handle);
    }
}
