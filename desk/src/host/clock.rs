//! Times, as the browser tells them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

pub use browser::timers::now;

/// `at` as hours and minutes where the desk is; with the day in front if it isn't today.
pub fn format_short(at: u64, lang: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    let today = date.to_date_string() == Date::new_0().to_date_string();
    format_date(&date, lang, if today { &[] } else { &[("day", "2-digit"), ("month", "2-digit")] })
}

/// `at` with its day and year.
pub fn format_full(at: u64, lang: &str) -> String {
    let date = Date::new(&JsValue::from_f64(at as f64));
    format_date(&date, lang, &[("day", "2-digit"), ("month", "2-digit"), ("year", "numeric")])
}

/// `at` as `2026-01-31T08:15:00.000Z`.
pub fn format_iso(at: u64) -> String {
    String::from(Date::new(&JsValue::from_f64(at as f64)).to_iso_string())
}

/// The day `date`, `2026-01-31`, as it is said in `lang`.
pub fn format_day(date: &str, lang: &str) -> String {
    let options = Object::new();
    for (name, value) in [("day", "2-digit"), ("month", "2-digit"), ("year", "numeric"), ("timeZone", "UTC")]
    {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(Date::new(&JsValue::from_str(date)).to_locale_date_string(date_locale(lang), &options))
}

fn format_date(date: &Date, lang: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    // Not `hour12`: that says 24:05 shortly after midnight in some languages.
    let time = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    for (name, value) in parts.iter().chain(&time) {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    String::from(date.to_locale_string(date_locale(lang), &options))
}

/// `lang` as dates are written in it: the day first, as agencies write it that are not American.
fn date_locale(lang: &str) -> &str {
    if lang == "en" { "en-GB" } else { lang }
}
