//! What is known of the visitor.

use super::{
    icon::Icon,
    person::PersonalDataButtons,
    tags::TagList,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::{
    desk::{Desk, DeskButton},
    host::clock,
    words::Words,
};
use leptos::prelude::*;

/// The right side; on a phone, a page of its own.
#[component]
pub fn AboutVisitor() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let open = desk_memo(|desk| desk.open.is_some());
    let facts = desk_memo(move |desk| visitor_facts(desk, words));
    let nothing = desk_memo(|desk| {
        desk.talk().and_then(|talk| talk.stands.as_ref()).is_some_and(|stands| stands.about.is_empty())
    });
    let rows = move || {
        let facts = facts.get();
        facts
            .into_iter()
            .map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> })
            .collect_view()
    };
    move || {
        open.get().then(|| view! {
        <aside class="desk-about" aria-labelledby="desk-about-heading">
            <div class="desk-about-head">
                <button type="button" class="desk-tool desk-back" aria-label=words.back on:click=move |_| press_button(DeskButton::Back)>
                    <Icon name="back"/>
                </button>
                <h2 id="desk-about-heading">{words.about}</h2>
            </div>
            <dl class="desk-facts">{rows}</dl>
            {move || nothing.get().then(|| view! { <p class="desk-small">{words.nothing_known}</p> })}
            <TagList/>
            <PersonalDataButtons/>
        </aside>
    })
    }
}

/// Names and values, what the desk itself knows first.
fn visitor_facts(desk: &Desk, words: &Words) -> Vec<(String, String)> {
    let lang = desk.settings.lang.tag();
    let mut facts =
        vec![(words.name.to_owned(), desk.open.map(|id| desk.visitor_name(id)).unwrap_or_default())];
    let mut add =
        |name: &str, value: Option<String>| facts.extend(value.map(|value| (name.to_owned(), value)));
    let chat = desk.open.and_then(|id| desk.chat(id));
    add(words.danger, chat.and_then(|chat| chat.danger).map(|kind| words.danger_kind(kind).to_owned()));
    add(words.language_of, chat.map(|chat| chat.lang.clone()));
    add(words.since, chat.map(|chat| clock::format_short(chat.since, lang)));
    let stands = desk.talk().and_then(|talk| talk.stands.as_ref());
    add(words.assigned, stands.and_then(|stands| stands.with.as_ref()).map(|(_, shown)| shown.clone()));
    let department = stands.and_then(|stands| stands.department.as_deref());
    add(words.department, department.map(|id| desk.department_name(id).to_owned()));
    add(words.opening_hours, opening_hours(desk, lang));
    facts.extend(stands.into_iter().flat_map(|stands| stands.about.iter().cloned()));
    facts
}

/// When the site is open, in the desk's language; in the site's from an edge that says it only so.
fn opening_hours(desk: &Desk, lang: &str) -> Option<String> {
    let info = desk.info.as_ref()?;
    let own = info.hours_in.iter().find(|(other, _)| other == lang).map(|(_, line)| line.clone());
    own.or_else(|| info.hours.clone())
}
