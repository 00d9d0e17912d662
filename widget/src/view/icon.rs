//! Drawings, which say nothing of their own.

use super::dom::{ViewNode, svg, with_text};

/// The drawing called `name`.
pub fn icon(name: &str) -> ViewNode {
    let drawing =
        svg("svg").attr("class", "hoi-icon").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
    drawing.child(svg("path").attr("d", wire::icon_path(name)))
}

/// `node` with nothing to be seen but the drawing called `name`. It is called `label`: when it is pointed at, read out, or shown
/// without any style.
pub fn icon_only(node: ViewNode, name: &str, label: &str) -> ViewNode {
    let named = node.attr("aria-label", label).attr("title", label);
    named.child(icon(name)).child(with_text("span", "hoi-hidden", label))
}
