//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{Mode, Page, block, composer};
use i18n::endonym;
use maud::{Markup, html};
use wire::{Contact, Word};

/// The header.
pub fn header(page: &Page<'_>) -> Markup {
    let look = &page.boot.look;
    html! {
        header.hoi-header {
            @if let Some(logo) = &look.logo {
                img.hoi-logo src=(logo) alt="" width="40" height="40";
            }
            @let own = page.foreign();
            div.hoi-who lang=[own.map(|own| own.0)] dir=[own.map(|own| own.1)] {
                h1.hoi-name { (look.name) }
                p.hoi-assistant { (look.assistant) }
            }
            div.hoi-tools {
                @if has_contact(&look.contact) { (reach(page)) }
                (languages(page))
                @if page.mode == Mode::Frame {
                    // Keeps its place until the widget, which alone can close, is there.
                    @let close = page.word(Word::Close);
                    button.hoi-tool.hoi-close.hoi-later type="button" disabled aria-label=(close) title=(close) {
                        (only("close", close))
                    }
                }
            }
        }
    }
}

/// A drawing that says nothing of its own.
pub fn icon(name: &str) -> Markup {
    html! { svg.hoi-icon viewBox="0 0 24 24" aria-hidden="true" { path d=(wire::icon(name)) {} } }
}

/// The same as all that is to be seen of something called `label`; without style, in a text browser, that is what is seen.
pub fn only(name: &str, label: &str) -> Markup {
    html! { (icon(name)) span.hoi-hidden { (label) } }
}

fn has_contact(contact: &Contact) -> bool {
    *contact != Contact::default()
}

fn reach(page: &Page<'_>) -> Markup {
    html! {
        details.hoi-menu {
            summary.hoi-tool aria-label=(page.word(Word::ReachUs)) title=(page.word(Word::ReachUs)) {
                (only("phone", page.word(Word::ReachUs)))
            }
            div.hoi-drop { (block::contact(&page.boot.look.contact, page.words())) }
        }
    }
}

/// Links to the same page in another language. The widget's menu, which this one keeps the place of, has more.
fn languages(page: &Page<'_>) -> Markup {
    let look = &page.boot.look;
    let all = look.languages.iter().chain(&look.interface);
    html! {
        details.hoi-menu {
            summary.hoi-tool aria-label=(page.word(Word::Display)) title=(page.word(Word::Display)) {
                (only("menu", page.word(Word::Display)))
            }
            div.hoi-drop.hoi-display {
                @if !page.boot.messages.is_empty() { (composer::elsewhere(page)) (composer::erase(page)) }
                h2.hoi-part { (page.word(Word::Language)) }
                ul.hoi-langs {
                    @for other in all.filter(|lang| *lang != page.lang()) {
                        li { a href=(page.address(other)) hreflang=(other) lang=(other) { (endonym(other)) } }
                    }
                }
            }
        }
    }
}
