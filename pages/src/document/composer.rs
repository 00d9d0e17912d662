//! Everything that is sent: the composer, the buttons under the last message, and the way to an answer still coming.
//! Each is a form of its own, so that all of it works without a script.

use super::{Page, block::link, opinion::survey};
use hoi_core::files::kinds;
use maud::{Markup, html};
use wire::{Button, Fault, FileRules, Word, limits::MAX_SAY_CHARS, size};

/// The privacy note and the composer.
pub fn foot(page: &Page<'_>) -> Markup {
    let look = &page.boot.look;
    let fault = page.fault.map(|fault| sentence(page, fault));
    html! {
        div.hoi-foot {
            @let own = page.foreign();
            @if let Some(privacy) = &look.privacy {
                p.hoi-note lang=[own.map(|own| own.0)] dir=[own.map(|own| own.1)] { (privacy.text) }
            }
            @if page.ended { div.hoi-bar { p.hoi-bar-text { (page.word(Word::Ended)) } } }
            form #hoi-composer.hoi-composer method="post" action=(action(page))
                enctype=[page.files().map(|_| "multipart/form-data")] {
                (hidden(page))
                label.hoi-hidden for="hoi-text" { (page.word(Word::YourQuestion)) }
                textarea #hoi-text.hoi-text name="text" rows="1" required[page.files().is_none()] placeholder=(page.word(Word::TypeHere))
                    autocomplete="off" enterkeyhint="send" aria-describedby="hoi-fault"
                    aria-invalid=[fault.as_ref().map(|_| "true")] {
                    // The parser drops the first line break of a textarea: one to drop.
                    "\n" (page.draft)
                }
                @if let Some(rules) = page.files() { (attach(page, rules)) }
                button.hoi-send type="submit" aria-label=(page.word(Word::Send)) title=(page.word(Word::Send)) {
                    (super::header::only("send", page.word(Word::Send)))
                }
            }
            p #hoi-fault.hoi-fault { @if let Some(text) = fault { (text) } }
            @if page.fault == Some(Fault::Personal) { (personal(page)) }
            (survey(page))
            @if look.credit { div.hoi-below { p.hoi-credit { "Hoi" } } }
        }
    }
}

/// A file to go with what is written.
fn attach(page: &Page<'_>, rules: &FileRules) -> Markup {
    let accept = rules.allow.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    html! {
        label.hoi-attach {
            span { (page.word(Word::Attach)) }
            input type="file" name="file" accept=(accept);
        }
    }
}

/// What may be done about personal data in what was written. The buttons belong to the composer's form: what stands
/// there by now is what is sent.
fn personal(page: &Page<'_>) -> Markup {
    let way = |value: &str, word| {
        html! {
            button.hoi-choice form="hoi-composer" type="submit" name="personal" value=(value) { (page.word(word)) }
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
pub fn choices(page: &Page<'_>, buttons: &[Button], lang: &str) -> Markup {
    html! {
        @if !buttons.is_empty() && !page.boot.look.off {
            div.hoi-choices lang=(lang) role="group" aria-label=(page.word(Word::Choices)) {
                @for button in buttons { (choice(page, button)) }
            }
        }
    }
}

fn choice(page: &Page<'_>, button: &Button) -> Markup {
    if let Some(href) = &button.href {
        return link(href, "hoi-choice hoi-choice-link", html! { (button.label) }, page.words());
    }
    html! {
        form.hoi-say method="post" action=(action(page)) {
            (hidden(page))
            input type="hidden" name="text" value=(button.label);
            @if let Some(pick) = &button.pick { input type="hidden" name="pick" value=(pick); }
            button.hoi-choice type="submit" { (button.label) }
        }
    }
}

/// Posts nothing: the answer is the same page with what has come since.
pub fn show_reply(page: &Page<'_>) -> Markup {
    html! {
        form.hoi-say method="post" action=(action(page)) {
            (hidden(page))
            button.hoi-choice type="submit" { (page.word(Word::ShowReply)) }
        }
    }
}

/// The way to another device.
pub fn elsewhere(page: &Page<'_>) -> Markup {
    html! {
        form method="post" action={ "/s/" (page.boot.look.site) "/elsewhere" } {
            (hidden(page))
            button.hoi-switch type="submit" { (page.word(Word::Elsewhere)) (super::header::icon("elsewhere")) }
        }
    }
}

/// Leads to deleting the conversation.
pub fn erase(page: &Page<'_>) -> Markup {
    html! {
        form method="post" action={ "/s/" (page.boot.look.site) "/erase" } {
            (hidden(page))
            button.hoi-switch type="submit" { (page.word(Word::EraseChat)) (super::header::icon("delete")) }
        }
    }
}

/// Where the forms of a page go.
pub fn action(page: &Page<'_>) -> String {
    site_path(page, "say")
}

/// `path` below the page's site.
pub fn site_path(page: &Page<'_>, path: &str) -> String {
    format!("/s/{}/{path}", page.boot.look.site)
}

/// What every form carries.
pub fn hidden(page: &Page<'_>) -> Markup {
    html! {
        input type="hidden" name="ticket" value=(page.boot.ticket);
        input type="hidden" name="conversation" value=(page.boot.conversation);
        input type="hidden" name="lang" value={ (page.lang()) "," (page.boot.look.lang) };
        input type="hidden" name="mode" value=(page.mode.name());
        input type="hidden" name="scheme" value=(page.scheme.name());
        @if page.lang_pinned { input type="hidden" name="lang_pinned" value="1"; }
    }
}

/// What the visitor is told about `fault`.
fn sentence(page: &Page<'_>, fault: Fault) -> String {
    let words = page.words();
    match fault {
        Fault::TooLong if page.draft.chars().count() <= MAX_SAY_CHARS => {
            let most = page.files().map_or(0, |rules| rules.max_bytes);
            words.with(Word::FileTooLarge, &size(most, page.lang()))
        }
        Fault::TooLong => {
            let excess = page.draft.chars().count().saturating_sub(MAX_SAY_CHARS);
            words.count(Word::TooLong, i18n::plural::category(page.lang(), excess), excess)
        }
        Fault::TooFast => words.get(Word::TooFast).to_owned(),
        Fault::Ticket => words.get(if page.erased { Word::ErasedChat } else { Word::Expired }).to_owned(),
        Fault::Personal => words.personal(page.asked.kinds, page.asked.refused),
        Fault::Origin => words.get(Word::NotHere).to_owned(),
        Fault::NoSite => words.get(Word::NoSite).to_owned(),
        Fault::Version => words.get(Word::Reload).to_owned(),
        Fault::FileKind => words.with(Word::FileKind, &page.files().map(kinds).unwrap_or_default()),
        Fault::FilesFull => words.get(Word::FilesFull).to_owned(),
        Fault::Malformed
        | Fault::IdReused
        | Fault::Identity
        | Fault::Stranger
        | Fault::Internal
        | Fault::Unknown => words.get(Word::Broken).to_owned(),
    }
}
