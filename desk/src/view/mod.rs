//! What is drawn: one component a file, its style sheet beside it.
//!
//! Views read a [`Desk`] and tell `host::dispatch` what the person at the desk does. They decide nothing. What visitors wrote
//! becomes text nodes and nothing else: there is no markup in this folder that is made from a value.

mod about;
mod actions;
mod attach;
mod audit;
mod block;
mod canned;
mod chart;
mod composer;
mod dialog;
mod draft;
mod help;
mod icon;
mod list;
mod log;
mod menu;
mod message;
mod notice;
mod person;
mod questions;
mod reports;
mod row;
mod tags;
mod talk;
mod top;
mod transfer;
mod trouble;
mod ui;

use crate::desk::{self, Desk, DeskPage, Pane};
use crate::host::{self, announce};
use leptos::prelude::*;
use ui::{DeskUi, desk_memo, use_ui};

/// Takes the document over.
pub fn start() {
    let (desk, effects) = desk::start(host::page::site_id(), host::load_initial_state(), host::clock::now());
    let Some(root) = host::page::mount_point() else { return };
    let owner = Owner::new();
    let desk = owner.with(|| RwSignal::new(desk));
    // The desk lives as long as the window.
    std::mem::forget(owner);
    leptos::mount::mount_to(root, move || view! { <DeskRoot desk/> }).forget();
    host::run_desk(desk, effects);
}

/// All of it, drawn anew when the language changes.
#[component]
fn DeskRoot(desk: RwSignal<Desk>) -> impl IntoView {
    let lang = Memo::new(move |_| desk.with(|desk| desk.settings.lang));
    Effect::new(move |_| {
        desk.track();
        host::restore_focus();
    });
    let all = move || {
        provide_context(DeskUi { desk, words: lang.get().desk() });
        view! { <DeskLayout/> }.into_any()
    };
    view! {
        <div id={announce::POLITE_ID} class="hoi-hidden" role="status"></div>
        <div id={announce::URGENT_ID} class="hoi-hidden" role="alert"></div>
        {all}
    }
}

#[component]
fn DeskLayout() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let page = desk_memo(|desk| desk.page);
    let pane = desk_memo(|desk| match desk.pane {
        Pane::List => "list",
        Pane::Talk => "talk",
        Pane::About => "about",
    });
    let shown = move || match page.get() {
        DeskPage::Chats => view! {
            <div class="desk-chats" data-pane=pane>
                <h1 class="hoi-hidden">{words.conversations}</h1>
                <list::ConversationList/>
                <talk::Conversation/>
                <about::AboutVisitor/>
            </div>
        }
        .into_any(),
        DeskPage::Questions => view! { <questions::QuestionsPage/> }.into_any(),
        DeskPage::Reports => view! { <reports::ReportsPage/> }.into_any(),
        DeskPage::Audit => view! { <audit::AuditPage/> }.into_any(),
    };
    view! {
        <a class="desk-skip" href="#desk-heading">{words.skip}</a>
        <top::TopBar/>
        <notice::NoticeStrips/>
        <main class="desk-main">{shown}</main>
        <dialog::DeskDialog/>
    }
}
