//! The keyboard of a phone covers part of the page on some systems: the panel then takes only what is left.

use super::root;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

/// Keeps the panel as high as what can be seen.
pub fn listen() {
    let Some(window) = root::window() else { return };
    if let Some(viewport) = window.visual_viewport() {
        root::listen(&viewport, "resize", |_: Event| fit());
    }
}

fn fit() {
    let Some((window, viewport)) =
        root::window().and_then(|window| Some((window.clone(), window.visual_viewport()?)))
    else {
        return;
    };
    let Some(root) = root::root_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let whole = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    // Zoomed in by fingers: the visitor looks at a part of the page, which must not shrink to it.
    if viewport.scale() > 1.01 || whole - viewport.height() < 1.0 {
        let _ = root.style().remove_property("--hoi-height");
    } else {
        // The browser writes the number: the library's way of doing so would be two kilobytes.
        let height = js_sys::Number::from(viewport.height()).to_string_with_radix(10).map(String::from);
        let _ = root.style().set_property("--hoi-height", &[&height.unwrap_or_default(), "px"].concat());
    }
}
