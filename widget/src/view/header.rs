//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    block::contact::render_contact,
    dom::{ViewNode, element_with_text, new_button, new_element},
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
        new_element("img", "hoi-logo")
            .with_attribute("src", &src)
            .with_attribute("alt", "")
            .with_attribute("width", "40")
            .with_attribute("height", "40")
    });
    let reach = (look.contact != Contact::default()).then(|| contact_menu(texts));
    let close = ui.chat.with_untracked(|chat| chat.framed).then(|| close_button(texts));
    new_element("header", "hoi-header")
        .with_children(logo)
        .with_child(
            texts
                .mark_site_lang(new_element("div", "hoi-who"))
                .with_child(element_with_text("h1", "hoi-name", &look.name))
                .with_child(element_with_text("p", "hoi-assistant", &look.assistant)),
        )
        .with_child(
            new_element("div", "hoi-tools")
                .with_children(reach)
                .with_child(render_menu(ui, texts))
                .with_children(close),
        )
}

fn contact_menu(texts: &UiTexts) -> ViewNode {
    let summary =
        icon::icon_only(new_element("summary", "hoi-tool"), "phone", texts.word_text(Word::ReachUs));
    let drop = new_element("div", "hoi-drop").with_child(render_contact(&texts.look().contact, texts));
    new_element("details", "hoi-menu").with_child(summary).with_child(drop)
}

fn close_button(texts: &UiTexts) -> ViewNode {
    let close = new_button("hoi-tool hoi-close", || dispatch(ChatEvent::Escaped));
    icon::icon_only(close, "close", texts.word_text(Word::Close))
}

/// The menu for text size, simple view and language; what is in it comes when it is first opened.
fn render_menu(ui: Ui, texts: &UiTexts) -> ViewNode {
    let summary = icon::icon_only(new_element("summary", "hoi-tool"), "menu", texts.word_text(Word::Display));
    let texts = texts.clone();
    // As a list: things in it change by themselves.
    let wanted = move || Vec::from_iter((ui.chat.with(|chat| chat.menu) && ui.is_lazy_ready()).then_some(0));
    new_element("details", "hoi-menu")
        .with_listener("toggle", |_: web_sys::Event| dispatch(ChatEvent::MenuOpened))
        .with_child(summary)
        .keyed_list(Box::new(wanted), Box::new(move |_| lazy_load::menu::render_dropdown(ui, &texts)))
}
