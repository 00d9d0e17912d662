//! Where a conversation goes: to somebody else, or to its end.

use super::ui::{DeskUi, desk_memo, use_ui};
use crate::{
    desk::{ConversationAction, DeskEvent},
    host::dispatch,
};
use leptos::prelude::*;
use wire::desk::{EndReason, Presence, Target};

fn choice_button(label: String, more: &'static str, action: ConversationAction) -> impl IntoView {
    view! {
        <li><button type="button" class="desk-row-button" on:click=move |_| dispatch(DeskEvent::Action(action.clone()))>
            {label}" "<span class="desk-small">{more}</span>
        </button></li>
    }
}

/// Colleagues and departments.
#[component]
pub fn TransferChoices() -> impl IntoView {
    let DeskUi { desk, words } = use_ui();
    let people = desk_memo(|desk| {
        let others = desk.people.iter().filter(|person| !desk.is_me(&person.name));
        others.map(|person| (person.name.clone(), person.shown.clone(), person.presence)).collect::<Vec<_>>()
    });
    let departments = desk
        .with_untracked(|desk| desk.info.as_ref().map(|info| info.departments.clone()).unwrap_or_default());
    let nobody = departments.is_empty();
    let persons = move || {
        let people = people.get();
        if people.is_empty() && nobody {
            return Some(view! { <p class="desk-empty">{words.nobody_to}</p> }.into_any());
        }
        (!people.is_empty()).then(|| {
            let rows = people.into_iter().map(|(name, shown, presence)| {
                let more = if presence == Presence::Here { words.here } else { words.away };
                choice_button(shown, more, ConversationAction::Transfer(Target::Person(name)))
            });
            view! { <h3 class="desk-part-name">{words.to_person}</h3><ul>{rows.collect_view()}</ul> }
                .into_any()
        })
    };
    let queues = (!departments.is_empty()).then(|| {
        let rows = departments.into_iter().map(|each| {
            choice_button(each.name, "", ConversationAction::Transfer(Target::Department(each.id)))
        });
        view! { <h3 class="desk-part-name">{words.to_department}</h3><ul>{rows.collect_view()}</ul> }
    });
    view! { {persons}{queues} }
}

/// How it went.
#[component]
pub fn EndChoices() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let reasons = [
        (words.end_answered, EndReason::Answered),
        (words.end_left, EndReason::Left),
        (words.end_not_ours, EndReason::NotOurs),
        (words.end_abuse, EndReason::Abuse),
    ];
    let rows =
        reasons.map(|(label, reason)| choice_button(label.to_owned(), "", ConversationAction::End(reason)));
    view! { <ul>{rows.into_iter().collect_view()}</ul> }
}
