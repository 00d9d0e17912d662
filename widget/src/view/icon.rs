//! Drawings, which say nothing of their own. Their shapes are in `icon.css`.

use leptos::prelude::*;

/// The drawing called `name`.
pub fn icon(name: &'static str) -> impl IntoView {
    view! { <span class=format!("hoi-icon hoi-icon-{name}") aria-hidden="true"></span> }
}
