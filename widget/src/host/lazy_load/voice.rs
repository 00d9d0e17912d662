//! Reading aloud and listening: `widget/parts/voice.js`, which comes with the simple view.

use crate::chat::{Event, LazyEvent};
use crate::host::{dispatch, inline::inline, shell};
use std::cell::Cell;
use wasm_bindgen::JsValue;

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Reports what this browser can do, now and whenever that changes. Voices come later than the page.
#[inline(never)]
pub fn listen() {
    if HERE.replace(true) {
        return;
    }
    let told = |what: JsValue| {
        let what = what.as_string().unwrap_or_default();
        let mut words = what.split(' ');
        let ears = words.next() == Some("ears");
        dispatch(Event::Lazy(LazyEvent::Voices { voices: words.map(str::to_owned).collect(), ears }));
    };
    let signal = inline().map_or(JsValue::UNDEFINED, |inline| inline.end.signal().into());
    run("tell", vec![shell::always(Box::new(told)), signal], || {});
}

/// Reads `words` out; reports when it is done.
#[inline(never)]
pub fn read(words: &str, lang: &str) {
    let ended = shell::always(Box::new(|_| dispatch(Event::Lazy(LazyEvent::ReadOut))));
    run("read", vec![words.into(), lang.into(), ended], || dispatch(Event::Lazy(LazyEvent::ReadOut)));
}

/// Stops reading.
#[inline(never)]
pub fn hush() {
    run("hush", Vec::new(), || {});
}

/// Listens to one sentence in `lang`.
#[inline(never)]
pub fn hear(lang: &str) {
    let heard = |said: JsValue| {
        if let Some(said) = said.as_string() {
            dispatch(Event::Lazy(LazyEvent::Heard(Some(said))));
        }
    };
    let ended = shell::always(Box::new(|_| dispatch(Event::Lazy(LazyEvent::Heard(None)))));
    let values = vec![lang.into(), shell::always(Box::new(heard)), ended];
    run("hear", values, || dispatch(Event::Lazy(LazyEvent::Heard(None))));
}

/// Stops listening.
#[inline(never)]
pub fn deafen() {
    run("deafen", Vec::new(), || {});
}

fn run(verb: &str, values: Vec<JsValue>, failed: fn()) {
    shell::part("voice", verb, values, move |done| {
        if done != JsValue::TRUE {
            failed();
        }
    });
}
