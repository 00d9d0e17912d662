//! Notifications of the system's.

use super::{page::window, shell::dispatch};
use crate::desk::{DeskButton, DeskEvent};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Notification, NotificationOptions, NotificationPermission};
use wire::Id;

/// Whether the browser shows them; nothing if it can't, or nobody has asked it.
pub fn is_allowed() -> Option<bool> {
    if !is_supported() {
        return None;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Some(true),
        NotificationPermission::Denied => Some(false),
        _ => None,
    }
}

fn is_supported() -> bool {
    window().is_some_and(|window| js_sys::Reflect::has(&window, &"Notification".into()).unwrap_or(false))
}

/// Asks for them. Only in answer to a press: browsers take no other.
pub fn request_permission() {
    let Some(asked) = is_supported().then(|| Notification::request_permission().ok()).flatten() else {
        return dispatch(DeskEvent::Notifies(false));
    };
    let answered =
        Closure::once_into_js(|_: JsValue| dispatch(DeskEvent::Notifies(is_allowed() == Some(true))));
    let _ = js_sys::Reflect::get(&asked, &"then".into())
        .and_then(|then| then.unchecked_into::<js_sys::Function>().call1(&asked, &answered));
}

/// Shows one; a press brings the desk and the conversation to the front. A newer one about the same takes its place.
pub fn show_notification(title: &str, id: Id) {
    let options = NotificationOptions::new();
    options.set_tag(&id.to_string());
    // Some phones let only service workers show any.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let shown = notification.clone();
    let pressed = Closure::once_into_js(move || {
        if let Some(window) = window() {
            let _ = window.focus();
        }
        shown.close();
        dispatch(DeskEvent::Button(DeskButton::Open(id)));
    });
    notification.set_onclick(Some(pressed.unchecked_ref()));
}
