//! Telling this device of news: `widget/parts/push.js`.

use crate::chat::{ChatEvent, LazyEvent};
use crate::host::{connection, dispatcher::dispatch, root, shell};
use wasm_bindgen::JsValue;

/// Does something about it; reports what came of it.
#[inline(never)]
pub fn run_action(verb: &'static str, values: Vec<(&'static str, String)>) {
    // Only a page of the edge's own says this, and only where the edge has a key.
    if root::root_element().is_none_or(|root| root.get_attribute("data-push").is_none()) {
        return;
    }
    let values = values.into_iter().map(|(_, value)| value);
    let values = [connection::base_url()].into_iter().chain(values).map(JsValue::from).collect();
    let told =
        |what: JsValue| dispatch(ChatEvent::Lazy(LazyEvent::Told(what.as_string().unwrap_or_default())));
    shell::call_part("push", verb, values, told);
}
