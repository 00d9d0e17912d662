//! The site's own answers, searched.

use super::ui::{DeskUi, desk_memo, use_ui};
use crate::{
    desk::{DeskEvent, in_language, search_answers},
    host::{dispatch, field_value},
};
use leptos::prelude::*;

/// One answer as listed: its title, and its words in the visitor's language.
type ListedAnswer = (String, String);

/// The field and what it finds. Arrows pick and Enter takes, without leaving the field.
#[component]
pub fn CannedAnswers() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let search = desk_memo(|desk| desk.search.0.clone());
    let picked = desk_memo(|desk| desk.search.1);
    let listed = desk_memo(|desk| {
        let lang = desk.open.and_then(|id| desk.chat(id)).map(|chat| chat.lang.clone()).unwrap_or_default();
        let info = desk.info.as_ref();
        let found = info.map(|info| search_answers(&info.canned, &desk.search.0)).unwrap_or_default();
        let text = |canned| in_language(canned, &lang).map(|(_, text)| text.clone()).unwrap_or_default();
        found.into_iter().map(|canned| (canned.title.clone(), text(canned))).collect::<Vec<ListedAnswer>>()
    });
    let row = move |(place, (title, text)): (usize, ListedAnswer)| {
        view! {
            <li role="option" id=format!("desk-found-{place}") class="desk-found"
                aria-selected=move || if picked.get() == place { "true" } else { "false" }
                on:click=move |_| dispatch(DeskEvent::Picked(place))>
                <strong>{title}</strong><span class="desk-small desk-two-lines">{text}</span>
            </li>
        }
    };
    let none =
        move || listed.with(Vec::is_empty).then(|| view! { <p class="desk-empty">{words.canned_none}</p> });
    view! {
        <label class="desk-field" for="desk-search">{words.canned_search}</label>
        <input id="desk-search" type="text" autocomplete="off" role="combobox" aria-expanded="true" aria-controls="desk-found"
            aria-autocomplete="list" aria-activedescendant=move || format!("desk-found-{}", picked.get())
            prop:value=search on:input=move |event| dispatch(DeskEvent::Searched(field_value(&event)))/>
        {none}
        <ul id="desk-found" class="desk-founds" role="listbox" aria-label=words.canned>
            {move || listed.get().into_iter().enumerate().map(row).collect_view()}
        </ul>
    }
}
