//! Times, as the browser tells them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

pub use browser::timers::now;

/// `at` as hours and minutes where the desk is; with the day in front if it isn't today.
pub fn short(at: u64, lang: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let today = date.to_date_string() == Date::new_0().to_date_string();
    written(&date, lang, if today { &[] } else { &[("day", "2-digit"), ("month", "2-digit")] })
}

/// `at` with its day and year.
pub fn full(at: u64, lang: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    written(&date, lang, &[("day", "2-digit"), ("month", "2-digit"), ("year", "numeric")])
}

/// `at` as `2026-01-31T08:15:00.000Z`.
pub fn iso(at: u64) -> String {
    String::from(Date::new(&JsValue::from_f64(at as f64)).to_iso_string())
}

/// The day `date`, `2026-01-31`, as it is said in `lang`.
pub fn day(date: &str, lang: &str) -> String {
    let options = Object::new();
    for (name, value) in [("day", "2-digit"), ("month", "2-digit"), ("year", "numeric"), ("timeZone", "UTC")]
    {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(Date::new(&JsValue::from_str(date)).to_locale_date_string(region(lang), &options))
}

fn written(date: &Date, lang: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    // Not `hour12`: that says 24:05 shortly after midnight in some languages.
    let time = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    for (name, value) in parts.iter().chain(&time) {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    String::from(date.to_locale_string(region(lang), &options))
}

/// `lang` as dates are written in it: the day first, as agencies write it that are not American.
fn region(lang: &str) -> &str {
    if lang == "en" { "en-GB" } else { lang }
}
