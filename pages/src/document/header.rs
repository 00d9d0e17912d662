//! The top of the panel: whose chat this is, who answers, how to reach them otherwise, languages, the way out.

use super::{
    block,
    chat_page::{ChatPage, Mode},
    composer,
    icon::draw_labelled_icon,
};
use i18n::endonym;
use maud::{Markup, html};
use wire::{Contact, Word};

/// The header.
pub fn draw_header(page: &ChatPage<'_>) -> Markup {
    let look = &page.boot.look;
    html! {
        header.hoi-header {
            @if let Some(logo) = &look.logo {
                img.hoi-logo src=(logo) alt="" width="40" height="40";
            }
            @let own = page.foreign_text_attributes();
            div.hoi-who lang=[own.map(|own| own.0)] dir=[own.map(|own| own.1)] {
                h1.hoi-name { (look.name) }
                p.hoi-assistant { (look.assistant) }
            }
            div.hoi-tools {
                @if has_contact(&look.contact) { (draw_contact_button(page)) }
                (draw_languages(page))
                @if page.mode == Mode::Frame {
                    // Keeps its place until the widget, which alone can close, is there.
                    @let close = page.widget_word(Word::Close);
                    button.hoi-tool.hoi-close.hoi-later type="button" disabled aria-label=(close) title=(close) {
                        (draw_labelled_icon("close", close))
                    }
                }
            }
        }
    }
}

fn has_contact(contact: &Contact) -> bool {
    *contact != Contact::default()
}

fn draw_contact_button(page: &ChatPage<'_>) -> Markup {
    html! {
        details.hoi-menu {
            summary.hoi-tool aria-label=(page.widget_word(Word::ReachUs)) title=(page.widget_word(Word::ReachUs)) {
                (draw_labelled_icon("phone", page.widget_word(Word::ReachUs)))
            }
            div.hoi-drop { (block::draw_contact(&page.boot.look.contact, page.widget_words())) }
        }
    }
}

/// Links to the same page in another language. The widget's menu, which this one keeps the place of, has more.
fn draw_languages(page: &ChatPage<'_>) -> Markup {
    let look = &page.boot.look;
    let all = look.languages.iter().chain(&look.interface);
    html! {
        details.hoi-menu {
            summary.hoi-tool aria-label=(page.widget_word(Word::Display)) title=(page.widget_word(Word::Display)) {
                (draw_labelled_icon("menu", page.widget_word(Word::Display)))
            }
            div.hoi-drop.hoi-display {
                @if !page.boot.messages.is_empty() { (composer::draw_device_handoff_link(page)) (composer::draw_erase_link(page)) }
                h2.hoi-part { (page.widget_word(Word::Language)) }
                ul.hoi-langs {
                    @for other in all.filter(|lang| *lang != page.page_lang()) {
                        li { a href=(page.address_in(other)) hreflang=(other) lang=(other) { (endonym(other)) } }
                    }
                }
            }
        }
    }
}
