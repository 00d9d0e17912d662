//! What is in the menu.

use crate::chat::{Event, FeedbackAction, LazyEvent, Wish};
use crate::host::dispatch;
use crate::view::{
    Ui,
    icon::icon,
    piece::{Piece, button, el, follow_number, text, with_text},
    texts::Texts,
};
use leptos::prelude::*;
use wire::Word;

/// Text size, simple view, language, and what may be done with a chat that has begun.
#[inline(never)]
pub fn drop(ui: Ui, texts: &Texts) -> Piece {
    let look = texts.look();
    let all = look.languages.iter().chain(&look.interface);
    let items = all.filter(|lang| *lang != texts.lang()).map(|lang| {
        let name = endonym(lang);
        el("li", "").child(language(lang).child(text(name)))
    });
    let drop = el("div", "hoi-drop hoi-display").child(sizes(texts)).child(plain(ui, texts));
    let begun = move || ui.chat.with(|chat| !chat.timeline.entries.is_empty());
    let labels = [Word::Save, Word::Elsewhere, Word::EraseChat].map(|word| texts.word(word).to_owned());
    let items_of_begun = move || {
        let [save, elsewhere, erase] = &labels;
        let item = |label: &str, drawing, event: fn() -> Event| {
            button("hoi-switch", move || dispatch(event())).child(text(label)).child(icon(drawing))
        };
        el("div", "")
            .child(item(save, "save", || Event::Lazy(LazyEvent::Wished(Wish::Save))))
            .child(item(elsewhere, "elsewhere", || Event::Lazy(LazyEvent::Leaves)))
            .child(item(erase, "delete", || Event::Lazy(LazyEvent::Erases)))
    };
    let drop = drop.when(Box::new(begun), Box::new(items_of_begun));
    let end = look.survey.then(|| texts.word(Word::EndChat).to_owned());
    let end_of_begun = move |begun| {
        let end = end.as_ref().filter(|_| begun != 0)?;
        Some(
            button("hoi-switch", || dispatch(Event::Lazy(LazyEvent::Judged(FeedbackAction::End))))
                .child(text(end))
                .child(icon("close")),
        )
    };
    let drop = drop.numbered(Box::new(move || begun().into()), Box::new(end_of_begun));
    drop.child(with_text("h2", "hoi-part", texts.word(Word::Language)))
        .child(el("ul", "hoi-langs").children(items))
}

fn sizes(texts: &Texts) -> Piece {
    let size = |wish, word, class, shown| {
        let label = texts.word(word);
        button(class, move || dispatch(Event::Lazy(LazyEvent::Wished(wish))))
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
    let switch = button("hoi-switch", || dispatch(Event::Lazy(LazyEvent::Wished(Wish::Plain))))
        .child(text(texts.word(Word::Plain)))
        .child(icon("check"));
    let shown = switch.clone();
    follow_number(
        Box::new(move || ui.chat.with(|chat| chat.display.plain).into()),
        Box::new(move |on| {
            let _ = shown.as_element().set_attribute("aria-pressed", if on != 0 { "true" } else { "false" });
        }),
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
            dispatch(Event::Lazy(LazyEvent::ChoseLanguage(chosen.clone())));
        },
    )
}

/// What speakers of `lang` call it. Browsers know that of some languages only.
fn endonym(lang: &str) -> &str {
    wire::LANGUAGES.iter().find(|(code, _)| *code == lang).map_or(lang, |(_, name)| name)
}
