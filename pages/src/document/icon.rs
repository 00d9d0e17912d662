//! The drawings on buttons.

use maud::{Markup, html};

/// A drawing that says nothing of its own.
pub fn draw_icon(name: &str) -> Markup {
    html! { svg.hoi-icon viewBox="0 0 24 24" aria-hidden="true" { path d=(wire::icon_path(name)) {} } }
}

/// The same as all that is to be seen of something called `label`; without style, in a text browser, that is what is seen.
pub fn draw_labelled_icon(name: &str, label: &str) -> Markup {
    html! { (draw_icon(name)) span.hoi-hidden { (label) } }
}
