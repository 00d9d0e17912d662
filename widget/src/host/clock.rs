//! Times and plurals, as the visitor's browser tells them.

use js_sys::{Array, Date, Function, Object, Reflect};
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

/// The day `date`, `2026-01-31`, as it is said in `lang`.
pub fn day(date: &str, lang: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
    // A date without a time is one of UTC.
    let _ = Reflect::set(&options, &"timeZone".into(), &"UTC".into());
    String::from(Date::new(&date.into()).to_locale_date_string(lang, &options))
}
