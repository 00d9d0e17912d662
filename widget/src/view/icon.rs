//! Drawings, which say nothing of their own.

use super::dom::{ViewNode, element_with_text, new_svg};

/// The drawing called `name`.
pub fn icon(name: &str) -> ViewNode {
    let drawing = new_svg("svg")
        .with_attribute("class", "hoi-icon")
        .with_attribute("viewBox", "0 0 24 24")
        .with_attribute("aria-hidden", "true");
    drawing.with_child(new_svg("path").with_attribute("d", wire::icon_path(name)))
}

/// `node` with nothing to be seen but the drawing called `name`. It is called `label`: when it is pointed at, read out, or shown
/// without any style.
pub fn icon_only(node: ViewNode, name: &str, label: &str) -> ViewNode {
    let named = node.with_attribute("aria-label", label).with_attribute("title", label);
    named.with_child(icon(name)).with_child(element_with_text("span", "hoi-hidden", label))
}
