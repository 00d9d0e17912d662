//! Reading aloud and listening, by the Web Speech API: where it is, and as far as it goes.

use super::{dispatch, root};
use crate::chat::Event;
use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::EventTarget;

/// Reports what this browser can do. Voices come later than the page.
pub fn listen() {
    report();
    if let Some(target) = speaker().and_then(|speaker| speaker.dyn_into::<EventTarget>().ok()) {
        root::listen(&target, "voiceschanged", |_: web_sys::Event| report());
    }
}

fn report() {
    let voices = speaker().and_then(|speaker| call(&speaker, "getVoices", &[]));
    let voices = voices.map(|voices| Array::from(&voices)).unwrap_or_default();
    let lang = |voice: JsValue| text(&voice, "lang")?.split(['-', '_']).next().map(str::to_owned);
    dispatch(Event::Voices { voices: voices.iter().filter_map(lang).collect(), ears: ears().is_some() });
}

/// Reads `words` out; reports when it is done.
pub fn read(words: &str, lang: &str) {
    let made = global("SpeechSynthesisUtterance").and_then(|made| {
        Reflect::construct(made.unchecked_ref::<Function>(), &Array::of1(&words.into())).ok()
    });
    let (Some(speaker), Some(utterance)) = (speaker(), made) else { return dispatch(Event::ReadOut) };
    set(&utterance, "lang", &lang.into());
    for end in ["onend", "onerror"] {
        set(&utterance, end, &Closure::once_into_js(|| dispatch(Event::ReadOut)));
    }
    call(&speaker, "cancel", &[]);
    call(&speaker, "speak", &[&utterance]);
}

/// Stops reading.
pub fn hush() {
    if let Some(speaker) = speaker() {
        call(&speaker, "cancel", &[]);
    }
}

thread_local! {
    static LISTENING: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Listens to one sentence in `lang`.
pub fn hear(lang: &str) {
    let made = ears().and_then(|made| Reflect::construct(&made, &Array::new()).ok());
    let Some(listener) = made else { return dispatch(Event::Heard(None)) };
    set(&listener, "lang", &lang.into());
    let heard = Closure::<dyn FnMut(JsValue)>::new(|event: JsValue| {
        let at = |value: &JsValue, index: u32| Reflect::get_u32(value, index).ok();
        let results = Reflect::get(&event, &"results".into()).ok();
        let best = results.and_then(|results| at(&at(&results, 0)?, 0));
        if let Some(said) = best.and_then(|best| text(&best, "transcript")) {
            dispatch(Event::Heard(Some(said)));
        }
    });
    set(&listener, "onresult", &heard.into_js_value());
    set(&listener, "onend", &Closure::once_into_js(|| dispatch(Event::Heard(None))));
    call(&listener, "start", &[]);
    LISTENING.set(Some(listener));
}

/// Stops listening.
pub fn deafen() {
    if let Some(listener) = LISTENING.take() {
        call(&listener, "stop", &[]);
    }
}

fn speaker() -> Option<JsValue> {
    global("speechSynthesis")
}

fn ears() -> Option<Function> {
    let made = global("SpeechRecognition").or_else(|| global("webkitSpeechRecognition"));
    made.map(JsCast::unchecked_into)
}

fn global(name: &str) -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &name.into()).ok().filter(|value| !value.is_undefined())
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string()
}

fn set(value: &JsValue, name: &str, to: &JsValue) {
    let _ = Reflect::set(value, &name.into(), to);
}

fn call(value: &JsValue, name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(value, &name.into()).ok()?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().copied().collect();
    function.apply(value, &arguments).ok()
}
