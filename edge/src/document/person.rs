//! The pages of deleting a conversation: what that means, and that it was done.

use super::{Sheet, header::icon, sheet::breakable};
use crate::words::{PageWord, word};
use maud::{Markup, html};
use wire::Word;

/// What there is to delete, in figures.
#[derive(Debug, Default)]
pub struct Held<'a> {
    /// Messages of both sides.
    pub messages: usize,
    /// Files.
    pub files: usize,
    /// Devices that are told of news.
    pub devices: usize,
    /// Cases that stay: their numbers and titles.
    pub cases: &'a [(String, String)],
    /// Whether a person has the conversation.
    pub with_people: bool,
    /// For how many days backups are kept, if the operator says so.
    pub backup_days: Option<u32>,
    /// What opens the conversation.
    pub ticket: &'a str,
}

/// What deleting means, a copy to be had before, and the button that does it.
pub fn ask_erase(sheet: &Sheet<'_>, held: &Held<'_>) -> String {
    let say = |word| sheet.word(word);
    let counted = |word, n: usize| say(word).replacen("{}", &n.to_string(), 1);
    let content = html! {
        h2 { (say(PageWord::EraseWhat)) }
        ul.hoi-held {
            li { (counted(PageWord::EraseMessages, held.messages)) }
            @if held.files > 0 { li { (counted(PageWord::EraseFiles, held.files)) } }
            li { (say(PageWord::EraseRest)) }
            @if held.devices > 0 { li { (say(PageWord::EraseDevices)) } }
        }
        @if !held.cases.is_empty() {
            p { (say(PageWord::EraseCases)) }
            (cases(held.cases))
        }
        p { (say(PageWord::EraseAgency)) }
        p { @match held.backup_days {
            Some(days) => { (say(PageWord::EraseBackups).replacen("{}", &days.to_string(), 1)) }
            None => { (say(PageWord::EraseBackupsSome)) }
        } }
        @if held.with_people { p { (say(PageWord::ErasePerson)) } }
        p { strong { (say(PageWord::EraseForever)) } }
        form.hoi-erase method="post" action=(path(sheet, "erase")) {
            (hidden(sheet, held.ticket))
            input type="hidden" name="go" value="erase";
            p.hoi-wrong.hoi-waits role="alert" hidden { (say(PageWord::EraseWaits)) }
            button.hoi-go type="submit" { (say(PageWord::EraseGo)) }
        }
        p { (say(PageWord::CopyFirst)) }
        (copy(sheet, held.ticket, "html", PageWord::CopyRead))
        (copy(sheet, held.ticket, "json", PageWord::CopyJson))
    };
    sheet.page(word(sheet.lang, Word::EraseChat), content)
}

fn path(sheet: &Sheet<'_>, path: &str) -> String {
    format!("/s/{}/{path}", sheet.look.site)
}

fn hidden(sheet: &Sheet<'_>, ticket: &str) -> Markup {
    html! {
        input type="hidden" name="ticket" value=(ticket);
        input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
        input type="hidden" name="mode" value=(sheet.place.mode());
        input type="hidden" name="scheme" value=(sheet.scheme.name());
    }
}

fn copy(sheet: &Sheet<'_>, ticket: &str, format: &str, label: PageWord) -> Markup {
    html! {
        form.hoi-copy method="post" action=(path(sheet, "export")) {
            (hidden(sheet, ticket))
            input type="hidden" name="format" value=(format);
            button.hoi-other type="submit" { (icon("save")) " " (sheet.word(label)) }
        }
    }
}

fn cases(cases: &[(String, String)]) -> Markup {
    html! { ul.hoi-held { @for (number, title) in cases {
        li { span translate="no" { (number) } " – " (title) }
    } } }
}

/// It was deleted: from the server, and by this page from the device. `kept` can still be looked up, at `status`.
pub fn show_erased(sheet: &Sheet<'_>, kept: &[String], status: &str) -> String {
    let content = html! {
        // What finds this deletes what the device has kept.
        p #hoi-erased data-site=(sheet.look.site) { (sheet.word(PageWord::ErasedNow)) }
        @if !kept.is_empty() {
            p { (sheet.word(PageWord::EraseCases)) }
            ul.hoi-held { @for number in kept { li { a href={ (status) "?lang=" (sheet.lang) "#" (number) } translate="no" { (breakable(number)) } } } }
        }
        (onward(sheet))
    };
    sheet.page(sheet.word(PageWord::Erased), content)
}

/// There is nothing to delete.
pub fn show_nothing(sheet: &Sheet<'_>) -> String {
    let content = html! {
        p #hoi-erased data-site=(sheet.look.site) { (sheet.word(PageWord::ErasedNothing)) }
        (onward(sheet))
    };
    sheet.page(word(sheet.lang, Word::EraseChat), content)
}

fn onward(sheet: &Sheet<'_>) -> Markup {
    let label = sheet.word(PageWord::NewChat);
    // In a window of its own the chat is still there behind it, and has begun anew by itself.
    html! { @if sheet.place != super::Place::Window { p { a.hoi-go href=(sheet.chat()) { (label) } } } }
}
