//! What a text holds, told by a part that comes when it is first wanted: `widget/src/bin/personal.rs`.

use super::{dispatcher::dispatch, shell};
use crate::chat::{ChatEvent, PersonalDataResult, PersonalDataSearch};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wire::Kinds;

/// Has the part come: a text is being typed that it may have to look through.
pub fn preload_search() {
    find_personal_data(PersonalDataSearch {
        text: String::new(),
        earlier: Vec::new(),
        year: 0,
        hide: Kinds::default(),
    });
}

/// Searches; reports what was found, or that nobody could.
pub fn find_personal_data(search: PersonalDataSearch) {
    let PersonalDataSearch { text, earlier, year, hide } = search;
    let earlier: Array = earlier.iter().map(JsValue::from).collect();
    let values = vec![JsValue::from(&text), earlier.into(), year.into(), hide.0.into()];
    shell::call_part("personal", "search", values, move |said| {
        let said = said.as_string();
        let found = said.as_deref().and_then(|said| said.split_once('\n'));
        let found = found.and_then(|(kinds, hidden)| {
            Some(PersonalDataResult { kinds: Kinds(kinds.parse().ok()?), hidden: hidden.to_owned() })
        });
        dispatch(ChatEvent::Searched { text, found });
    });
}
