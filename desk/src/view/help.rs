//! Which keys do what. The same list as in `docs/desk.md`.

use super::ui::{DeskUi, use_ui};
use leptos::prelude::*;

/// The table.
#[component]
pub fn KeyHelp() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let keys = [
        ("↑ ↓ · j k", words.key_move),
        ("Enter", words.key_open),
        ("Esc", words.key_back),
        ("t", words.take),
        ("r", words.reply_mode),
        ("n", words.note),
        ("/", words.key_search),
        ("f", words.attach),
        ("m", words.transfer),
        ("b", words.hand_back),
        ("x", words.end),
        ("1 – 4", words.key_pages),
        ("?", words.key_help),
    ];
    let rows =
        keys.map(|(key, does)| view! { <tr><th scope="row"><kbd>{key}</kbd></th><td>{does}</td></tr> });
    view! {
        <table class="desk-table desk-keys">
            <thead><tr><th scope="col">{words.key}</th><th scope="col">{words.does}</th></tr></thead>
            <tbody>{rows.into_iter().collect_view()}</tbody>
        </table>
        <p class="desk-small">{words.enter_sends}". "{words.key_letters_off}</p>
    }
}
