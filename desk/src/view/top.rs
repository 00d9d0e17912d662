//! Whose desk this is, the pages, who is there, the settings.

use super::{
    icon::Icon,
    menu::SettingsMenu,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::desk::{Desk, DeskButton, DeskPage, waiting_count};
use leptos::prelude::*;
use wire::desk::Presence;

/// The bar over everything.
#[component]
pub fn TopBar() -> impl IntoView {
    let name = desk_memo(|desk| desk.info.as_ref().map_or_else(String::new, |info| info.name.clone()));
    let DeskUi { words, .. } = use_ui();
    view! {
        <header class="desk-top">
            <p class="desk-name"><span class="desk-agency">{name}</span>" "<span class="desk-what">{words.desk}</span></p>
            <PageTabs/>
            <PresenceSwitch/>
            <Colleagues/>
            <SettingsMenu/>
        </header>
    }
}

#[component]
fn PageTabs() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let waits = desk_memo(waiting_count);
    let teach = desk_memo(Desk::may_teach);
    let review = desk_memo(Desk::may_review);
    let mark = move || (waits.get() > 0).then(|| view! { <span class="desk-count">{waits}</span> });
    view! {
        <nav class="desk-pages" aria-label=words.pages>
            <PageTab page=DeskPage::Chats label=words.conversations>{mark}</PageTab>
            {move || teach.get().then(|| view! { <PageTab page=DeskPage::Questions label=words.questions_short/> })}
            {move || review.get().then(|| view! {
                <PageTab page=DeskPage::Reports label=words.reports/>
                <PageTab page=DeskPage::Audit label=words.audit_short/>
            })}
        </nav>
    }
}

#[component]
fn PageTab(
    page: DeskPage,
    label: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let here = desk_memo(move |desk| (desk.page == page).then_some("page"));
    view! {
        <button type="button" class="desk-tab" aria-current=here on:click=move |_| press_button(DeskButton::Page(page))>
            <span>{label}</span>{children.map(|children| children())}
        </button>
    }
}

#[component]
fn PresenceSwitch() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let works = desk_memo(Desk::may_work);
    let here = desk_memo(|desk| desk.presence == Presence::Here);
    let other = move |_| {
        press_button(DeskButton::Presence(if here.get_untracked() { Presence::Away } else { Presence::Here }))
    };
    move || {
        works.get().then(|| {
            view! {
                <button type="button" id={"desk-presence"} class="desk-presence"
                    data-here=move || if here.get() { "yes" } else { "no" } on:click=other>
                    <span class={"desk-dot"} aria-hidden="true"></span>
                    <span class="hoi-hidden">{words.presence}": "</span>
                    <span>{move || if here.get() { words.here } else { words.away }}</span>
                </button>
            }
        })
    }
}

/// One colleague, as listed: the name, whether there, how many conversations.
type ListedColleague = (String, bool, String);

#[component]
fn Colleagues() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let people = desk_memo(move |desk| {
        let others = desk.people.iter().filter(|person| !desk.is_me(&person.name));
        let listed = others.map(|person| {
            let chats = words.format_count(words.has_chats, person.chats as usize);
            (person.shown.clone(), person.presence == Presence::Here, chats)
        });
        listed.collect::<Vec<ListedColleague>>()
    });
    let row = move |(shown, here, chats): ListedColleague| {
        view! {
            <li class="desk-person" data-here=if here { "yes" } else { "no" }>
                <span class={"desk-dot"} aria-hidden="true"></span>
                <span class="desk-who">{shown}</span>
                <span class="desk-small">{if here { words.here } else { words.away }}", "{chats}</span>
            </li>
        }
    };
    let body = move || {
        let people = people.get();
        if people.is_empty() {
            return view! { <p class="desk-small">{words.nobody_else}</p> }.into_any();
        }
        view! { <ul class="desk-people">{people.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <details class="desk-drop">
            <summary class="desk-tool">
                <Icon name="people"/><span class="desk-label">{words.colleagues}</span>
            </summary>
            <div class="desk-sheet">{body}</div>
        </details>
    }
}
