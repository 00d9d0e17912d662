//! The panel as a whole: takes the document over, and keeps what views read up to date.

use super::{
    composer, dom, header, log, standing,
    texts::UiTexts,
    ui::{RowSignal, Ui, make_signal},
};
use crate::chat::{self, Chat, MessageRow};
use crate::host;
use leptos::prelude::*;
use web_sys::Element;

thread_local! {
    static UI: std::cell::Cell<Option<Ui>> = const { std::cell::Cell::new(None) };
}

/// Takes the document over, as soon as nobody is in the middle of a word there.
pub fn start() {
    host::field::after_composition(take_over);
}

/// Takes the document over, with all that the visitor has in hand.
///
/// Without a readable boot the document stays as it is: it works by itself.
fn take_over() {
    let Some(boot) = host::root::read_boot() else { return };
    host::set_site(&boot.look.site);
    let mut saved = host::storage::load(&boot.look.site);
    saved.lang = saved.lang.or_else(host::root::pinned_lang);
    let held = host::field::take_snapshot();
    if !held.text.is_empty() {
        saved.draft.clone_from(&held.text);
    }
    if !boot.messages.is_empty() {
        host::root::replace_url(&boot.look.site);
    }
    let (chat, effects) = chat::start(boot, saved, host::root::is_framed());
    let Some(root) = host::root::clear_root() else { return };
    let ui = Ui {
        texts: make_signal(UiTexts::from_chat(&chat)),
        opinion: make_signal(chat.opinion.clone()),
        rows: make_signal(chat.visible_rows().iter().map(RowSignal::new).collect()),
        chat: make_signal(chat),
    };
    UI.set(Some(ui));
    host::start_signal_effects();
    let owner = Owner::new();
    owner.with(|| render_panel(ui, root.into()));
    // The panel lives as long as the frame.
    std::mem::forget(owner);
    host::field::restore_snapshot(&held);
    host::scroll::watch_size();
    host::run(ui.chat, sync_views, effects);
}

/// Draws the panel into `root`, and anew when the language changes.
fn render_panel(ui: Ui, root: Element) {
    dom::run_effect(Box::new(move || {
        let texts = ui.texts.get();
        let top = || [header::render_header(ui, &texts), standing::render_banner(ui, &texts)];
        let draw =
            || top().into_iter().chain([log::render_log(ui, &texts), composer::render_footer(ui, &texts)]);
        dom::replace_children(&root, untrack(draw));
    }));
}

/// Brings what views read up to date with the chat.
fn sync_views(chat: &Chat) {
    let Some(ui) = UI.get() else { return };
    let others = ui.texts.with_untracked(|texts| !texts.are_of(chat));
    // All is drawn anew then, the composer's field too: not in the middle of a word, but at its end.
    if others && host::field::is_composing() {
        host::field::after_composition(|| host::dispatch(chat::ChatEvent::Typed(host::field::read_text())));
    } else if others {
        let held = host::field::take_snapshot();
        ui.texts.set(UiTexts::from_chat(chat));
        host::scroll::before_paint(move || {
            host::field::restore_snapshot(&held);
            host::scroll::watch_size();
        });
    }
    if ui.opinion.with_untracked(|opinion| *opinion != chat.opinion) {
        ui.opinion.set(chat.opinion.clone());
    }
    let same = ui.rows.with_untracked(|rows| {
        rows.iter().map(|row| row.key).eq(chat.visible_rows().iter().map(|line| line.key))
    });
    if !same {
        ui.rows.update(|rows| sync_rows(rows, chat));
    }
    ui.rows.with_untracked(|rows| {
        for (row, line) in rows.iter().zip(chat.visible_rows()) {
            if row.line.with_untracked(|shown| shown.version != line.version) {
                row.line.set(line.clone());
            }
        }
    });
}

/// The rows for the chat's lines, those that are there already taken over.
fn sync_rows(rows: &mut Vec<RowSignal>, chat: &Chat) {
    // Last one first: what is kept is mostly next, and a long list must not cost its square.
    let mut old = std::mem::take(rows);
    old.reverse();
    let mut row = |line: &MessageRow| {
        let kept = old.iter().rposition(|row| row.key == line.key).map(|place| old.remove(place));
        kept.unwrap_or_else(|| RowSignal::new(line))
    };
    *rows = chat.visible_rows().iter().map(&mut row).collect();
}
