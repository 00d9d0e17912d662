//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    Ui,
    block::contact::contact,
    icon::icon,
    piece::{Piece, button, el, text, with_text},
    texts::Texts,
};
use crate::chat::Event;
use crate::host::{dispatch, root};
use leptos::prelude::*;
use wire::{Contact, Word};

/// The header. Another language also changes what the document says of itself.
pub fn header(ui: Ui, texts: &Texts) -> Piece {
    let look = texts.look();
    root::speak(texts.lang(), &look.name);
    let logo = look.logo.as_ref().map(|src| {
        let src = [&root::edge(), src.as_str()].concat();
        el("img", "hoi-logo").attr("src", &src).attr("alt", "").attr("width", "40").attr("height", "40")
    });
    let reach = (look.contact != Contact::default()).then(|| reach(texts));
    let languages = (look.languages.len() + look.interface.len() > 1).then(|| languages(texts));
    let close = ui.chat.with_untracked(|chat| chat.framed).then(|| close(texts));
    el("header", "hoi-header")
        .children(logo)
        .child(
            texts.own(el("div", "hoi-who")).child(with_text("h1", "hoi-name", &look.name)).child(with_text(
                "p",
                "hoi-assistant",
                &look.assistant,
            )),
        )
        .child(el("div", "hoi-tools").children(reach).children(languages).children(close))
}

fn reach(texts: &Texts) -> Piece {
    let label = texts.word(Word::ReachUs);
    let summary =
        el("summary", "hoi-tool").attr("aria-label", label).attr("title", label).child(icon("phone"));
    let drop = el("div", "hoi-drop").child(contact(&texts.look().contact, texts));
    el("details", "hoi-menu").child(summary).child(drop)
}

fn close(texts: &Texts) -> Piece {
    button("hoi-tool hoi-close", || dispatch(Event::Escaped))
        .attr("aria-label", texts.word(Word::Close))
        .child(icon("close"))
}

/// With two languages the other one, else a menu.
fn languages(texts: &Texts) -> Piece {
    let look = texts.look();
    let all = look.languages.iter().chain(&look.interface);
    let others: Vec<&String> = all.filter(|lang| *lang != texts.lang()).collect();
    if let [other] = others.as_slice() {
        let name = endonym(other);
        return language(other, "hoi-tool hoi-lang", name)
            .attr("id", "hoi-lang")
            .child(text(&code(other)))
            .child(hidden(name));
    }
    let items = others.into_iter().map(|lang| {
        let name = endonym(lang);
        el("li", "").child(language(lang, "", name).child(text(name)))
    });
    let label = texts.word(Word::Language);
    let summary = with_text("summary", "hoi-tool hoi-lang", &code(texts.lang())).attr("title", label);
    el("details", "hoi-menu")
        .child(summary.child(hidden(label)))
        .child(el("ul", "hoi-drop hoi-langs").children(items))
}

/// What only assistive technology is told, after a space.
fn hidden(words: &str) -> Piece {
    with_text("span", "hoi-hidden", &[" ", words].concat())
}

/// A link, as in the document; here it needs no other page.
fn language(lang: &str, class: &str, name: &str) -> Piece {
    let chosen = lang.to_owned();
    el("a", class)
        .attr("href", &["?lang=", lang].concat())
        .attr("hreflang", lang)
        .attr("lang", lang)
        .attr("title", name)
        .on("click", move |event: web_sys::Event| {
            event.prevent_default();
            dispatch(Event::ChoseLanguage(chosen.clone()));
        })
}

fn code(lang: &str) -> String {
    lang.split('-').next().unwrap_or(lang).to_ascii_uppercase()
}

/// What speakers of `lang` call it. Browsers know that of some languages only.
fn endonym(lang: &str) -> &str {
    wire::LANGUAGES.iter().find(|(code, _)| *code == lang).map_or(lang, |(_, name)| name)
}
