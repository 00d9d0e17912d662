//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{Ui, block::contact::contact, icon::icon, texts::Texts};
use crate::chat::Event;
use crate::host::{clock::endonym, dispatch, root};
use leptos::prelude::*;
use wire::{Contact, Word};

/// The header. Another language also changes what the document says of itself.
pub fn header(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let look = texts.look();
    root::speak(&look.lang, &look.name);
    let logo =
        look.logo.clone().map(|src| view! { <img class="hoi-logo" src=src alt="" width="40" height="40"/> });
    let reach = (look.contact != Contact::default()).then(|| reach(texts));
    let languages = (look.languages.len() > 1).then(|| languages(texts));
    let close = ui.chat.with_untracked(|chat| chat.framed).then(|| close(texts));
    view! {
        <header class="hoi-header">
            {logo}
            <div class="hoi-who">
                <h1 class="hoi-name">{look.name.clone()}</h1>
                <p class="hoi-assistant">{look.assistant.clone()}</p>
            </div>
            <div class="hoi-tools">{reach} {languages} {close}</div>
        </header>
    }
}

fn reach(texts: &Texts) -> impl IntoView + use<> {
    let label = texts.word(Word::ReachUs);
    view! {
        <details class="hoi-menu">
            <summary class="hoi-tool" aria-label=label.clone() title=label>{icon("phone")}</summary>
            <div class="hoi-drop">{contact(&texts.look().contact, texts)}</div>
        </details>
    }
}

fn close(texts: &Texts) -> impl IntoView + use<> {
    let label = texts.word(Word::Close);
    view! {
        <button class="hoi-tool hoi-close" type="button" aria-label=label on:click=|_| dispatch(Event::Escaped)>
            {icon("close")}
        </button>
    }
}

/// With two languages the other one, else a menu.
fn languages(texts: &Texts) -> AnyView {
    let look = texts.look();
    let others: Vec<&String> = look.languages.iter().filter(|lang| **lang != look.lang).collect();
    if let [other] = others.as_slice() {
        let name = endonym(other);
        let inner = (code(other), view! { <span class="hoi-hidden">{format!(" {name}")}</span> }).into_any();
        return language(other, "hoi-tool hoi-lang", name, inner);
    }
    let items = others.into_iter().map(|lang| {
        let name = endonym(lang);
        view! { <li>{language(lang, "", name.clone(), name.into_any())}</li> }
    });
    view! {
        <details class="hoi-menu">
            <summary class="hoi-tool hoi-lang" title=texts.word(Word::Language)>
                {code(&look.lang)}
                <span class="hoi-hidden">{format!(" {}", texts.word(Word::Language))}</span>
            </summary>
            <ul class="hoi-drop hoi-langs">{items.collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// A link, as in the document; here it needs no other page.
fn language(lang: &str, class: &'static str, name: String, inner: AnyView) -> AnyView {
    let chosen = lang.to_owned();
    let choose = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        dispatch(Event::ChoseLanguage(chosen.clone()));
    };
    let lang = lang.to_owned();
    let id = if class.is_empty() { None } else { Some("hoi-lang") };
    view! {
        <a id=id class=class href=format!("?lang={lang}") hreflang=lang.clone() lang=lang title=name on:click=choose>
            {inner}
        </a>
    }
    .into_any()
}

fn code(lang: &str) -> String {
    lang.split('-').next().unwrap_or(lang).to_uppercase()
}
