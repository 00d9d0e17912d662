//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    Ui,
    block::contact::contact,
    icon::icon,
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
};
use crate::chat::{Event, Judge, Wish};
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
        .child(el("div", "hoi-tools").children(reach).child(menu(ui, texts)).children(close))
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

/// The menu for text size, simple view and language.
fn menu(ui: Ui, texts: &Texts) -> Piece {
    let look = texts.look();
    let all = look.languages.iter().chain(&look.interface);
    let items = all.filter(|lang| *lang != texts.lang()).map(|lang| {
        let name = endonym(lang);
        el("li", "").child(language(lang).child(text(name)))
    });
    let label = texts.word(Word::Display);
    let summary =
        el("summary", "hoi-tool").attr("aria-label", label).attr("title", label).child(icon("menu"));
    let drop = el("div", "hoi-drop hoi-display").child(sizes(texts)).child(plain(ui, texts));
    let begun = move || ui.chat.with(|chat| !chat.lines.is_empty());
    let labels = [Word::Save, Word::Elsewhere].map(|word| texts.word(word).to_owned());
    let drop = drop.live(begun, move |begun| {
        let [save, elsewhere] = &labels;
        let item = |label: &str, drawing, event: fn() -> Event| {
            button("hoi-switch", move || dispatch(event())).child(text(label)).child(icon(drawing))
        };
        begun.then(|| {
            el("div", "").child(item(save, "save", || Event::Wished(Wish::Save))).child(item(
                elsewhere,
                "elsewhere",
                || Event::Leaves,
            ))
        })
    });
    let end = look.survey.then(|| texts.word(Word::EndChat).to_owned());
    let drop = drop.live(begun, move |begun| {
        let end = end.as_ref().filter(|_| *begun)?;
        Some(
            button("hoi-switch", || dispatch(Event::Judged(Judge::End)))
                .child(text(end))
                .child(icon("close")),
        )
    });
    el("details", "hoi-menu").child(summary).child(
        drop.child(with_text("h2", "hoi-part", texts.word(Word::Language)))
            .child(el("ul", "hoi-langs").children(items)),
    )
}

fn sizes(texts: &Texts) -> Piece {
    let size = |wish, word, class, shown| {
        let label = texts.word(word);
        button(class, move || dispatch(Event::Wished(wish)))
            .attr("aria-label", &[shown, " ", label].concat())
            .attr("title", label)
            .child(text(shown))
    };
    el("div", "hoi-sizes").child(size(Wish::Smaller, Word::Smaller, "hoi-size", "A−")).child(size(
        Wish::Larger,
        Word::Larger,
        "hoi-size hoi-larger",
        "A+",
    ))
}

/// The switch of the simple view.
fn plain(ui: Ui, texts: &Texts) -> Piece {
    let switch = button("hoi-switch", || dispatch(Event::Wished(Wish::Plain)))
        .child(text(texts.word(Word::Plain)))
        .child(icon("check"));
    let shown = switch.clone();
    follow(
        move || ui.chat.with(|chat| chat.display.plain),
        move |on| {
            let _ = shown.as_element().set_attribute("aria-pressed", if *on { "true" } else { "false" });
        },
    );
    switch
}

/// A link, as in the document; here it needs no other page.
fn language(lang: &str) -> Piece {
    let chosen = lang.to_owned();
    el("a", "").attr("href", &["?lang=", lang].concat()).attr("hreflang", lang).attr("lang", lang).on(
        "click",
        move |event: web_sys::Event| {
            event.prevent_default();
            dispatch(Event::ChoseLanguage(chosen.clone()));
        },
    )
}

/// What speakers of `lang` call it. Browsers know that of some languages only.
fn endonym(lang: &str) -> &str {
    wire::LANGUAGES.iter().find(|(code, _)| *code == lang).map_or(lang, |(_, name)| name)
}
