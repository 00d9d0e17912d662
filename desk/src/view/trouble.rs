//! Why something was not done, beside what was pressed.

use super::ui::desk_memo;
use leptos::prelude::*;
use wire::desk::Tried;

/// The sentence, should what was tried last be one `of` these. It is read out as it comes; here it stays for the eyes.
#[component]
pub fn Trouble<F>(of: F) -> impl IntoView
where
    F: Fn(&Tried) -> bool + Copy + Send + Sync + 'static,
{
    let text = desk_memo(move |desk| {
        let (_, text) = desk.talk()?.trouble.as_ref().filter(|(tried, _)| of(tried))?;
        Some(text.clone())
    });
    move || text.get().map(|text| view! { <p class="desk-small desk-bad desk-trouble">{text}</p> })
}
