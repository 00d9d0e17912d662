//! What staff call a conversation.

use super::{
    icon::Icon,
    trouble::Trouble,
    ui::{DeskUi, desk_memo, use_ui},
};
use crate::{
    desk::{ConversationAction, DeskEvent},
    host::{dispatch, field_value},
};
use leptos::prelude::*;
use wire::desk::{MAX_TAG_CHARS, Tried};

/// The tags; who may work can add and remove some.
#[component]
pub fn TagList() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let works = desk_memo(|desk| desk.may_work());
    let tags = desk_memo(|desk| {
        desk.talk()
            .and_then(|talk| talk.stands.as_ref())
            .map(|stands| stands.tags.clone())
            .unwrap_or_default()
    });
    let typed = RwSignal::new(String::new());
    let added = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        dispatch(DeskEvent::Action(ConversationAction::Tag(typed.get_untracked())));
        typed.set(String::new());
    };
    let row = move |tag: String| {
        let gone = tag.clone();
        let label = words.remove_tag.fill(&tag);
        let button = move |_| dispatch(DeskEvent::Action(ConversationAction::Untag(gone.clone())));
        let button = works.get().then(|| {
            view! {
                <button type="button" aria-label=label on:click=button><Icon name="close"/></button>
            }
        });
        view! { <li class="desk-tag">{tag}{button}</li> }
    };
    let form = move || {
        works.get().then(|| view! {
        <form class="desk-inline" on:submit=added>
            <input type="text" aria-label=words.add_tag placeholder=words.add_tag maxlength=MAX_TAG_CHARS.to_string()
                prop:value=typed on:input=move |event| typed.set(field_value(&event))/>
            <button type="submit" class="desk-button">{words.add}</button>
        </form>
    })
    };
    view! {
        <h3 class="desk-part-name">{words.tags}</h3>
        <ul class="desk-tags">{move || tags.get().into_iter().map(row).collect_view()}</ul>
        {form}
        <Trouble of={|tried: &Tried| *tried == Tried::Tag}/>
    }
}
