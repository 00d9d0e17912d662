//! Everything that is sent: the composer, the buttons under the last message, and the way to an answer still coming.
//! Each is a form of its own, so that all of it works without a script.

use super::{
    chat_page::ChatPage,
    icon::{draw_icon, draw_labelled_icon},
    link::draw_link,
    opinion::draw_survey,
};
use hoi_core::files::format_kinds;
use maud::{Markup, html};
use wire::{Button, Fault, FileRules, Word, format_size, limits::MAX_SAY_CHARS};

/// The privacy note and the composer.
pub fn draw_composer(page: &ChatPage<'_>) -> Markup {
    let look = &page.boot.look;
    let fault = page.fault.map(|fault| fault_sentence(page, fault));
    html! {
        div.hoi-foot {
            @let own = page.foreign_text_attributes();
            @if let Some(privacy) = &look.privacy {
                p.hoi-note lang=[own.map(|own| own.0)] dir=[own.map(|own| own.1)] { (privacy.text) }
            }
            @if page.ended { div.hoi-bar { p.hoi-bar-text { (page.widget_word(Word::Ended)) } } }
            form #hoi-composer.hoi-composer method="post" action=(page.form_action())
                enctype=[page.file_rules().map(|_| "multipart/form-data")] {
                (page.hidden_fields())
                label.hoi-hidden for="hoi-text" { (page.widget_word(Word::YourQuestion)) }
                textarea #hoi-text.hoi-text name="text" rows="1" required[page.file_rules().is_none()] placeholder=(page.widget_word(Word::TypeHere))
                    autocomplete="off" enterkeyhint="send" aria-describedby="hoi-fault"
                    aria-invalid=[fault.as_ref().map(|_| "true")] {
                    // The parser drops the first line break of a textarea: one to drop.
                    "\n" (page.draft)
                }
                @if let Some(rules) = page.file_rules() { (draw_file_input(page, rules)) }
                button.hoi-send type="submit" aria-label=(page.widget_word(Word::Send)) title=(page.widget_word(Word::Send)) {
                    (draw_labelled_icon("send", page.widget_word(Word::Send)))
                }
            }
            p #hoi-fault.hoi-fault { @if let Some(text) = fault { (text) } }
            @if page.fault == Some(Fault::Personal) { (draw_personal_data_choices(page)) }
            (draw_survey(page))
            @if look.credit { div.hoi-below { p.hoi-credit { "Hoi" } } }
        }
    }
}

/// A file to go with what is written.
fn draw_file_input(page: &ChatPage<'_>, rules: &FileRules) -> Markup {
    let accept = rules.allow.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    html! {
        label.hoi-attach {
            span { (page.widget_word(Word::Attach)) }
            input type="file" name="file" accept=(accept);
        }
    }
}

/// What may be done about personal data in what was written. The buttons belong to the composer's form: what stands
/// there by now is what is sent.
fn draw_personal_data_choices(page: &ChatPage<'_>) -> Markup {
    let way = |value: &str, word| {
        html! {
            button.hoi-choice form="hoi-composer" type="submit" name="personal" value=(value) { (page.widget_word(word)) }
        }
    };
    html! {
        div.hoi-choices.hoi-personal role="group" aria-labelledby="hoi-fault" {
            (way("hide", Word::HideAndSend))
            @if !page.asked.refused { (way("as_is", Word::SendAsIs)) }
        }
    }
}

/// The buttons under the last message, which is in `lang`: each says its label, or leads away.
pub fn draw_choices(page: &ChatPage<'_>, buttons: &[Button], lang: &str) -> Markup {
    html! {
        @if !buttons.is_empty() && !page.boot.look.off {
            div.hoi-choices lang=(lang) role="group" aria-label=(page.widget_word(Word::Choices)) {
                @for button in buttons { (draw_choice(page, button)) }
            }
        }
    }
}

fn draw_choice(page: &ChatPage<'_>, button: &Button) -> Markup {
    if let Some(href) = &button.href {
        return draw_link(href, "hoi-choice hoi-choice-link", html! { (button.label) }, page.widget_words());
    }
    html! {
        form.hoi-say method="post" action=(page.form_action()) {
            (page.hidden_fields())
            input type="hidden" name="text" value=(button.label);
            @if let Some(pick) = &button.pick { input type="hidden" name="pick" value=(pick); }
            button.hoi-choice type="submit" { (button.label) }
        }
    }
}

/// Posts nothing: the answer is the same page with what has come since.
pub fn show_reply(page: &ChatPage<'_>) -> Markup {
    html! {
        form.hoi-say method="post" action=(page.form_action()) {
            (page.hidden_fields())
            button.hoi-choice type="submit" { (page.widget_word(Word::ShowReply)) }
        }
    }
}

/// The way to another device.
pub fn draw_device_handoff_link(page: &ChatPage<'_>) -> Markup {
    html! {
        form method="post" action={ "/s/" (page.boot.look.site) "/elsewhere" } {
            (page.hidden_fields())
            button.hoi-switch type="submit" { (page.widget_word(Word::Elsewhere)) (draw_icon("elsewhere")) }
        }
    }
}

/// Leads to deleting the conversation.
pub fn draw_erase_link(page: &ChatPage<'_>) -> Markup {
    html! {
        form method="post" action={ "/s/" (page.boot.look.site) "/erase" } {
            (page.hidden_fields())
            button.hoi-switch type="submit" { (page.widget_word(Word::EraseChat)) (draw_icon("delete")) }
        }
    }
}

/// What the visitor is told about `fault`.
fn fault_sentence(page: &ChatPage<'_>, fault: Fault) -> String {
    let words = page.widget_words();
    match fault {
        Fault::TooLong if page.draft.chars().count() <= MAX_SAY_CHARS => {
            let most = page.file_rules().map_or(0, |rules| rules.max_bytes);
            words.text_with(Word::FileTooLarge, &format_size(most, page.page_lang()))
        }
        Fault::TooLong => {
            let excess = page.draft.chars().count().saturating_sub(MAX_SAY_CHARS);
            words.counted_form(Word::TooLong, i18n::plural::category(page.page_lang(), excess), excess)
        }
        Fault::TooFast => words.word_text(Word::TooFast).to_owned(),
        Fault::Ticket => {
            words.word_text(if page.erased { Word::ErasedChat } else { Word::Expired }).to_owned()
        }
        Fault::Personal => words.personal_data_sentence(page.asked.kinds, page.asked.refused),
        Fault::Origin => words.word_text(Word::NotHere).to_owned(),
        Fault::NoSite => words.word_text(Word::NoSite).to_owned(),
        Fault::Version => words.word_text(Word::Reload).to_owned(),
        Fault::FileKind => {
            words.text_with(Word::FileKind, &page.file_rules().map(format_kinds).unwrap_or_default())
        }
        Fault::FilesFull => words.word_text(Word::FilesFull).to_owned(),
        Fault::Malformed
        | Fault::IdReused
        | Fault::Identity
        | Fault::Stranger
        | Fault::Internal
        | Fault::Unknown => words.word_text(Word::Broken).to_owned(),
    }
}
