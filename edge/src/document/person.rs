//! The pages of deleting a conversation: what that means, and that it was done. And a copy of it to read.

use super::{Sheet, direction, header::icon, sheet::breakable};
use crate::{
    case::moment,
    erasure::export::Export,
    rich,
    words::{PageWord, page_word, word},
};
use jiff::tz::TimeZone;
use maud::{DOCTYPE, Markup, html};
use wire::{AuthorKind, Word};

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

/// A copy to read, as a file that needs nothing else. `name` is the agency's.
pub fn copy_to_read(copy: &Export, name: &str, lang: &str, clock: &TimeZone) -> String {
    let say = |word| page_word(lang, word);
    let title = format!("{} – {name}", say(PageWord::CopyTitle));
    let at = |ms| moment(ms, clock);
    let who = |kind, name: &Option<String>| match (kind, name) {
        (AuthorKind::Visitor, _) => word(lang, Word::You).to_owned(),
        (_, Some(name)) => name.clone(),
        (AuthorKind::Staff, None) => word(lang, Word::Staff).to_owned(),
        (_, None) => word(lang, Word::Assistant).to_owned(),
    };
    let rest = serde_json::to_value(copy).unwrap_or_default();
    let rest = rest.as_object().into_iter().flatten().filter(|(key, value)| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        !empty && !value.as_object().is_some_and(serde_json::Map::is_empty) && key.as_str() != "messages"
    });
    html! {
        (DOCTYPE)
        html lang=(lang) dir=(direction(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { "body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:0 auto;padding:1rem}dt{font-weight:600;margin-top:1rem}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}" }
            }
            body {
                h1 { (title) }
                p { (at(copy.made_at)) }
                dl { @for message in &copy.messages {
                    dt { (who(message.author.kind, &message.author.name)) ", " (at(message.at)) }
                    dd lang=(message.lang) dir="auto" { (rich::words(&message.body.blocks)) }
                } }
                @for (key, value) in rest {
                    h2 { (key) }
                    pre translate="no" dir="auto" { (serde_json::to_string_pretty(value).unwrap_or_default()) }
                }
            }
        }
    }
    .into_string()
}
