//! The network is back, the tab is looked at again, the page is put into the browser's cache and comes out of it.

use super::{dispatcher::dispatch, root};
use crate::chat;
use web_sys::Event;

/// Reports each of them.
pub fn listen() {
    let (Some(window), Some(document)) = (root::window(), root::document()) else { return };
    root::add_listener(&window, "online", |_: Event| dispatch(chat::ChatEvent::Woke));
    root::add_listener(&window, "pageshow", |_: Event| dispatch(chat::ChatEvent::Woke));
    // `freeze` and `resume` are Chromium's; the others tell of the cache only.
    root::add_listener(&window, "pagehide", |_: Event| dispatch(chat::ChatEvent::Froze));
    root::add_listener(&document, "freeze", |_: Event| dispatch(chat::ChatEvent::Froze));
    root::add_listener(&document, "resume", |_: Event| dispatch(chat::ChatEvent::Woke));
    root::add_listener(&document, "visibilitychange", |_: Event| {
        if browser::dom::is_visible() {
            dispatch(chat::ChatEvent::Woke);
        }
    });
}
