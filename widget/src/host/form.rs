//! What stands in small forms.

use js_sys::Reflect;
use web_sys::Element;

/// The id of the field for one's own words.
pub const WORDS: &str = "hoi-words";

/// The id of the field that files are chosen in.
pub const FILES_ID: &str = "hoi-files";

/// What the first element for `css` in `form` holds.
pub fn field_value(form: &Element, css: &str) -> String {
    let element = form.query_selector(css).ok().flatten();
    let value = element.and_then(|element| Reflect::get(&element, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// The value of the option that is chosen; nothing if none is.
pub fn chosen_value(form: &Element) -> String {
    field_value(form, ":checked")
}

/// The visitor's own words.
pub fn textarea_value(form: &Element) -> String {
    field_value(form, "textarea")
}

/// Whether a box is ticked.
pub fn is_ticked(element: &Element) -> bool {
    element.matches(":checked").unwrap_or(false)
}
