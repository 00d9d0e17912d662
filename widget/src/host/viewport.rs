//! The keyboard of a phone covers part of the page on some systems: the panel then takes only what is left.

use super::{root, shell};
use web_sys::Event;

/// Keeps the panel as high as what can be seen.
pub fn listen() {
    if let Some(viewport) = root::window().and_then(|window| window.visual_viewport()) {
        root::add_listener(&viewport, "resize", |_: Event| {
            if let Some(root) = root::root_element() {
                shell::fit(&root);
            }
        });
    }
}
