//! What is in the menu.

use crate::chat::{ChatEvent, DisplayAction, FeedbackAction, LazyEvent};
use crate::host::dispatch;
use crate::view::{
    dom::{ViewNode, element_with_text, new_button, new_element, new_text, watch_number},
    icon::icon,
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::Word;

/// Text size, simple view, language, and what may be done with a chat that has begun.
#[inline(never)]
pub fn render_dropdown(ui: Ui, texts: &UiTexts) -> ViewNode {
    let look = texts.look();
    let all = look.languages.iter().chain(&look.interface);
    let items = all.filter(|lang| *lang != texts.lang()).map(|lang| {
        let name = endonym(lang);
        new_element("li", "").with_child(language_link(lang).with_child(new_text(name)))
    });
    let drop = new_element("div", "hoi-drop hoi-display")
        .with_child(size_buttons(texts))
        .with_child(plain_switch(ui, texts));
    let begun = move || ui.chat.with(|chat| !chat.timeline.entries.is_empty());
    let labels = [Word::Save, Word::Elsewhere, Word::EraseChat].map(|word| texts.word_text(word).to_owned());
    let items_of_begun = move || {
        let [save, elsewhere, erase] = &labels;
        let item = |label: &str, drawing, event: fn() -> ChatEvent| {
            new_button("hoi-switch", move || dispatch(event()))
                .with_child(new_text(label))
                .with_child(icon(drawing))
        };
        new_element("div", "")
            .with_child(item(save, "save", || ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Save))))
            .with_child(item(elsewhere, "elsewhere", || ChatEvent::Lazy(LazyEvent::Leaves)))
            .with_child(item(erase, "delete", || ChatEvent::Lazy(LazyEvent::Erases)))
    };
    let drop = drop.show_when(Box::new(begun), Box::new(items_of_begun));
    let end = look.survey.then(|| texts.word_text(Word::EndChat).to_owned());
    let end_of_begun = move |begun| {
        let end = end.as_ref().filter(|_| begun != 0)?;
        Some(
            new_button("hoi-switch", || dispatch(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::End))))
                .with_child(new_text(end))
                .with_child(icon("close")),
        )
    };
    let drop = drop.reactive_by_number(Box::new(move || begun().into()), Box::new(end_of_begun));
    drop.with_child(element_with_text("h2", "hoi-part", texts.word_text(Word::Language)))
        .with_child(new_element("ul", "hoi-langs").with_children(items))
}

fn size_buttons(texts: &UiTexts) -> ViewNode {
    let size = |wish, word, class, shown| {
        let label = texts.word_text(word);
        new_button(class, move || dispatch(ChatEvent::Lazy(LazyEvent::Wished(wish))))
            .with_attribute("aria-label", &[shown, " ", label].concat())
            .with_attribute("title", label)
            .with_child(new_text(shown))
    };
    new_element("div", "hoi-sizes")
        .with_child(size(DisplayAction::Smaller, Word::Smaller, "hoi-size", "A−"))
        .with_child(size(DisplayAction::Larger, Word::Larger, "hoi-size hoi-larger", "A+"))
}

/// The switch of the simple view.
fn plain_switch(ui: Ui, texts: &UiTexts) -> ViewNode {
    let switch =
        new_button("hoi-switch", || dispatch(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Plain))))
            .with_child(new_text(texts.word_text(Word::Plain)))
            .with_child(icon("check"));
    let shown = switch.clone();
    watch_number(
        Box::new(move || ui.chat.with(|chat| chat.display.plain).into()),
        Box::new(move |on| {
            let _ = shown.as_element().set_attribute("aria-pressed", if on != 0 { "true" } else { "false" });
        }),
    );
    switch
}

/// A link, as in the document; here it needs no other page.
fn language_link(lang: &str) -> ViewNode {
    let chosen = lang.to_owned();
    new_element("a", "")
        .with_attribute("href", &["?lang=", lang].concat())
        .with_attribute("hreflang", lang)
        .with_attribute("lang", lang)
        .with_listener("click", move |event: web_sys::Event| {
            event.prevent_default();
            dispatch(ChatEvent::Lazy(LazyEvent::ChoseLanguage(chosen.clone())));
        })
}

/// What speakers of `lang` call it. Browsers know that of some languages only.
fn endonym(lang: &str) -> &str {
    wire::LANGUAGES.iter().find(|(code, _)| *code == lang).map_or(lang, |(_, name)| name)
}
