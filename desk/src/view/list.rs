//! The conversations, part by part.

use super::{
    row::ConversationRow,
    ui::{DeskUi, desk_memo, use_ui},
};
use crate::{
    desk::{DeskEvent, Filter, QueueSection, queue_sections},
    host::{dispatch, field_value},
    words::Words,
};
use leptos::prelude::*;
use wire::Id;

/// The list with its filter.
#[component]
pub fn ConversationList() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let listed = desk_memo(|desk| {
        let parts = queue_sections(desk).into_iter();
        parts
            .map(|(part, chats)| (part, chats.iter().map(|chat| chat.id).collect()))
            .collect::<Vec<(QueueSection, Vec<Id>)>>()
    });
    let ready = desk_memo(|desk| desk.board.is_online() || !desk.chats.is_empty());
    let empty = move || {
        let text = if !ready.get() { words.connecting } else { words.nothing_listed };
        listed.with(Vec::is_empty).then(|| view! { <p class="desk-empty">{text}</p> })
    };
    let nobody = move || {
        let waits = listed.with(|all| all.first().is_some_and(|(part, _)| *part <= QueueSection::Waiting));
        (!waits && !listed.with(Vec::is_empty))
            .then(|| view! { <p class="desk-calm">{words.nobody_waits}</p> })
    };
    let parts = move || listed.with(|all| all.iter().map(|(part, _)| *part).collect::<Vec<_>>());
    view! {
        <section class="desk-list" aria-labelledby="desk-list-heading">
            <h2 class="hoi-hidden" id="desk-list-heading" tabindex="-1">{words.list}</h2>
            <ListFilter/>
            <div class="desk-rows">
                {empty}{nobody}
                <For each=parts key=|part| *part as u8 let(part)><ListSection part listed/></For>
            </div>
        </section>
    }
}

/// One part. Rows that stay are not drawn anew.
#[component]
fn ListSection(part: QueueSection, listed: Memo<Vec<(QueueSection, Vec<Id>)>>) -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let ids = Memo::new(move |_| {
        let own = listed.with(|all| all.iter().find(|(other, _)| *other == part).map(|(_, ids)| ids.clone()));
        own.unwrap_or_default()
    });
    view! {
        <section class="desk-part">
            <h3 class="desk-part-name">{section_name(part, words)}<span>{move || ids.with(Vec::len)}</span></h3>
            <ul><For each=move || ids.get() key=|id| *id let(id)><ConversationRow id/></For></ul>
        </section>
    }
}

fn section_name(part: QueueSection, words: &'static Words) -> &'static str {
    match part {
        QueueSection::Danger => words.somebody_in_danger,
        QueueSection::Waiting => words.waiting,
        QueueSection::Drafts => words.drafts,
        QueueSection::Mine => words.mine,
        QueueSection::Others => words.others,
        QueueSection::Over => words.over,
    }
}

#[component]
fn ListFilter() -> impl IntoView {
    let DeskUi { desk, words } = use_ui();
    let departments =
        desk_memo(|desk| desk.info.as_ref().map(|info| info.departments.clone()).unwrap_or_default());
    let mine = desk_memo(|desk| desk.filter.mine);
    let filter = move || desk.with_untracked(|desk| desk.filter.clone());
    let chosen = move |event: web_sys::Event| {
        let department = Some(field_value(&event)).filter(|id| !id.is_empty());
        dispatch(DeskEvent::Filtered(Filter { department, ..filter() }));
    };
    let toggled = move |_| dispatch(DeskEvent::Filtered(Filter { mine: !filter().mine, ..filter() }));
    let choice = move || {
        let departments = departments.get();
        (!departments.is_empty()).then(|| {
            view! {
                <select aria-label=words.department on:change=chosen>
                    <option value="">{words.all_departments}</option>
                    {departments.into_iter().map(|each| {
                        let chosen = filter().department.as_ref() == Some(&each.id);
                        view! { <option value=each.id selected=chosen>{each.name}</option> }
                    }).collect_view()}
                </select>
            }
        })
    };
    view! {
        <div class="desk-filters">
            {choice}
            <label class="desk-check">
                <input type="checkbox" prop:checked=mine on:change=toggled/>
                <span>{words.only_mine}</span>
            </label>
        </div>
    }
}
