//! Times and languages, as the visitor's browser tells them.

use js_sys::{Array, Date, Function, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Now, in milliseconds since 1970.
pub fn now() -> u64 {
    Date::now() as u64
}

/// `at` as hours and minutes where the visitor is; with the day in front if it isn't today.
pub fn short(at: u64, lang: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let options = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value);
    let _ = set("hour", "2-digit".into());
    let _ = set("minute", "2-digit".into());
    let _ = set("hour12", false.into());
    if date.to_date_string() != Date::new_0().to_date_string() {
        let _ = set("day", "numeric".into());
        let _ = set("month", "numeric".into());
    }
    String::from(date.to_locale_string(lang, &options))
}

/// `at` as `2026-01-31T08:15:00.000Z`.
pub fn iso(at: u64) -> String {
    String::from(Date::new(&JsValue::from_f64(at as f64)).to_iso_string())
}

/// The plural category of `n` in `lang`, by CLDR's names; empty where the browser doesn't know.
pub fn plural(lang: &str, n: usize) -> String {
    let category = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let rules = Reflect::get(&intl, &"PluralRules".into()).ok()?.dyn_into::<Function>().ok()?;
        let rules: JsValue = Reflect::construct(&rules, &Array::of1(&lang.into())).ok()?;
        let select = Reflect::get(&rules, &"select".into()).ok()?.dyn_into::<Function>().ok()?;
        select.call1(&rules, &(n as u32).into()).ok()?.as_string()
    };
    category().unwrap_or_default()
}

/// What speakers of `lang` call their language, or the code itself where the browser doesn't know.
pub fn endonym(lang: &str) -> String {
    let name = endonym_of(lang).unwrap_or_else(|| lang.to_owned());
    let mut letters = name.chars();
    // The browser knows the letters of every script; the wasm needs no table of them.
    let first = letters.next().map(|first| String::from(JsString::from(first).to_upper_case()));
    first.map(|first| [&first, letters.as_str()].concat()).unwrap_or_default()
}

fn endonym_of(lang: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let names = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into::<Function>().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let names: JsValue = Reflect::construct(&names, &Array::of2(&lang.into(), &options)).ok()?;
    let of = Reflect::get(&names, &"of".into()).ok()?.dyn_into::<Function>().ok()?;
    of.call1(&names, &lang.into()).ok()?.as_string()
}
