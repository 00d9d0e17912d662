//! Reading aloud and listening: `widget/parts/voice.js`, which comes with the simple view.

use crate::chat::{ChatEvent, LazyEvent};
use crate::host::{dispatcher::dispatch, inline::current_inline, shell};
use std::cell::Cell;
use wasm_bindgen::JsValue;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Reports what this browser can do, now and whenever that changes. Voices come later than the page.
#[inline(never)]
pub fn report_support() {
    if HERE.replace(true) {
        return;
    }
    let told = |what: JsValue| {
        let what = what.as_string().unwrap_or_default();
        let mut words = what.split(' ');
        let ears = words.next() == Some("ears");
        dispatch(ChatEvent::Lazy(LazyEvent::Voices { voices: words.map(str::to_owned).collect(), ears }));
    };
    let signal = current_inline().map_or(JsValue::UNDEFINED, |inline| inline.end.signal().into());
    call_part("tell", vec![shell::js_callback(Box::new(told)), signal], || {});
}

/// Reads `words` out; reports when it is done.
#[inline(never)]
pub fn read_aloud(words: &str, lang: &str) {
    let ended = shell::js_callback(Box::new(|_| dispatch(ChatEvent::Lazy(LazyEvent::ReadOut))));
    call_part("read", vec![words.into(), lang.into(), ended], || {
        dispatch(ChatEvent::Lazy(LazyEvent::ReadOut))
    });
}

/// Stops reading.
#[inline(never)]
pub fn stop_reading() {
    call_part("hush", Vec::new(), || {});
}

/// Listens to one sentence in `lang`.
#[inline(never)]
pub fn start_listening(lang: &str) {
    let heard = |said: JsValue| {
        if let Some(said) = said.as_string() {
            dispatch(ChatEvent::Lazy(LazyEvent::Heard(Some(said))));
        }
    };
    let ended = shell::js_callback(Box::new(|_| dispatch(ChatEvent::Lazy(LazyEvent::Heard(None)))));
    let values = vec![lang.into(), shell::js_callback(Box::new(heard)), ended];
    call_part("hear", values, || dispatch(ChatEvent::Lazy(LazyEvent::Heard(None))));
}

/// Stops listening.
#[inline(never)]
pub fn stop_listening() {
    call_part("deafen", Vec::new(), || {});
}

fn call_part(verb: &str, values: Vec<JsValue>, failed: fn()) {
    shell::call_part("voice", verb, values, move |done| {
        if done != JsValue::TRUE {
            failed();
        }
    });
}
