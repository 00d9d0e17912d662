//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    block::contact::render_contact,
    dom::{ViewNode, button, el, with_text},
    icon, lazy_load,
    texts::UiTexts,
    ui::Ui,
};
use crate::chat::ChatEvent;
use crate::host::{dispatch, root};
use leptos::prelude::*;
use wire::{Contact, Word};

/// The header. Another language also changes what the document says of itself.
pub fn render_header(ui: Ui, texts: &UiTexts) -> ViewNode {
    let look = texts.look();
    root::set_lang(texts.lang(), &look.name);
    let logo = look.logo.as_ref().map(|src| {
        let src = [&root::edge_origin(), src.as_str()].concat();
        el("img", "hoi-logo").attr("src", &src).attr("alt", "").attr("width", "40").attr("height", "40")
    });
    let reach = (look.contact != Contact::default()).then(|| contact_menu(texts));
    let close = ui.chat.with_untracked(|chat| chat.framed).then(|| close_button(texts));
    el("header", "hoi-header")
        .children(logo)
        .child(
            texts
                .mark_site_lang(el("div", "hoi-who"))
                .child(with_text("h1", "hoi-name", &look.name))
                .child(with_text("p", "hoi-assistant", &look.assistant)),
        )
        .child(el("div", "hoi-tools").children(reach).child(render_menu(ui, texts)).children(close))
}

fn contact_menu(texts: &UiTexts) -> ViewNode {
    let summary = icon::icon_only(el("summary", "hoi-tool"), "phone", texts.word_text(Word::ReachUs));
    let drop = el("div", "hoi-drop").child(render_contact(&texts.look().contact, texts));
    el("details", "hoi-menu").child(summary).child(drop)
}

fn close_button(texts: &UiTexts) -> ViewNode {
    let close = button("hoi-tool hoi-close", || dispatch(ChatEvent::Escaped));
    icon::icon_only(close, "close", texts.word_text(Word::Close))
}

/// The menu for text size, simple view and language; what is in it comes when it is first opened.
fn render_menu(ui: Ui, texts: &UiTexts) -> ViewNode {
    let summary = icon::icon_only(el("summary", "hoi-tool"), "menu", texts.word_text(Word::Display));
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let wanted = move || Vec::from_iter((ui.chat.with(|chat| chat.menu) && ui.is_lazy_ready()).then_some(0));
    el("details", "hoi-menu")
        .on("toggle", |_: web_sys::Event| dispatch(ChatEvent::MenuOpened))
        .child(summary)
        .keyed_list(Box::new(wanted), Box::new(move |_| lazy_load::menu::render_dropdown(ui, &texts)))
}
