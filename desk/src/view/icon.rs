//! Drawings, which say nothing of their own.

use leptos::prelude::*;

/// The drawing called `name`: the desk's own, or one of the widget's.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    let path = match name {
        "back" => "M19 12H5M11 5.5L4.5 12l6.5 6.5",
        "people" => {
            "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6M16 5a3.2 3.2 0 0 1 0 6.2M18 14.4c2 .8 \
             3.3 2.7 3.5 5.6"
        }
        "settings" => {
            "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0 2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
        }
        "note" => "M5 4h14v11l-5 5H5zM14 20v-5h5",
        "book" => "M5 4.5h9.5a3 3 0 0 1 3 3V20H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h9.5",
        "info" => "M3.5 12a8.5 8.5 0 1 0 17 0 8.5 8.5 0 1 0-17 0M12 11v5M12 7.6v.4",
        other => wire::icon_path(other),
    };
    view! { <svg class="hoi-icon" viewBox="0 0 24 24" aria-hidden="true"><path d={path}/></svg> }
}
