//! The pages of deleting a conversation: what that means, and that it was done.

use super::{
    icon::draw_icon,
    sheet::{PageContext, PagePlacement, draw_breakable_address},
};
use i18n::{Lang, Msg};
use maud::{Markup, html};
use wire::Word;

/// What there is to delete, in figures.
#[derive(Debug, Default)]
pub struct ErasureSummary<'a> {
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
pub fn ask_erase(sheet: &PageContext<'_>, held: &ErasureSummary<'_>) -> String {
    let say = |word| sheet.page_word(word);
    let content = html! {
        h2 { (say(Msg::EraseWhat)) }
        ul.hoi-held {
            li { (sheet.interface_lang().erase_messages(held.messages)) }
            @if held.files > 0 { li { (sheet.interface_lang().erase_files(held.files)) } }
            li { (say(Msg::EraseRest)) }
            @if held.devices > 0 { li { (say(Msg::EraseDevices)) } }
        }
        @if !held.cases.is_empty() {
            p { (say(Msg::EraseCases)) }
            (draw_cases(held.cases))
        }
        p { (say(Msg::EraseAgency)) }
        p { @match held.backup_days {
            Some(days) => { (sheet.interface_lang().erase_backups(days)) }
            None => { (say(Msg::EraseBackupsSome)) }
        } }
        @if held.with_people { p { (say(Msg::ErasePerson)) } }
        p { strong { (say(Msg::EraseForever)) } }
        form.hoi-erase method="post" action=(site_path(sheet, "erase")) {
            (hidden_fields(sheet, held.ticket))
            input type="hidden" name="go" value="erase";
            p.hoi-wrong.hoi-waits role="alert" hidden { (say(Msg::EraseWaits)) }
            button.hoi-go type="submit" { (say(Msg::EraseGo)) }
        }
        p { (say(Msg::CopyFirst)) }
        (draw_copy_form(sheet, held.ticket, "html", Msg::CopyRead))
        (draw_copy_form(sheet, held.ticket, "json", Msg::CopyJson))
    };
    sheet.draw_page(Lang::for_tag(sheet.lang).word(Word::EraseChat), content)
}

fn site_path(sheet: &PageContext<'_>, path: &str) -> String {
    format!("/s/{}/{path}", sheet.look.site)
}

fn hidden_fields(sheet: &PageContext<'_>, ticket: &str) -> Markup {
    html! {
        input type="hidden" name="ticket" value=(ticket);
        input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
        input type="hidden" name="mode" value=(sheet.place.mode_name());
        input type="hidden" name="scheme" value=(sheet.scheme.name());
    }
}

fn draw_copy_form(sheet: &PageContext<'_>, ticket: &str, format: &str, label: Msg) -> Markup {
    html! {
        form.hoi-copy method="post" action=(site_path(sheet, "export")) {
            (hidden_fields(sheet, ticket))
            input type="hidden" name="format" value=(format);
            button.hoi-other type="submit" { (draw_icon("save")) " " (sheet.page_word(label)) }
        }
    }
}

fn draw_cases(cases: &[(String, String)]) -> Markup {
    html! { ul.hoi-held { @for (number, title) in cases {
        li { span translate="no" { (number) } " – " (title) }
    } } }
}

/// It was deleted: from the server, and by this page from the device. `kept` can still be looked up, at `status`.
pub fn show_erased(sheet: &PageContext<'_>, kept: &[String], status: &str) -> String {
    let content = html! {
        // What finds this deletes what the device has kept.
        p #hoi-erased data-site=(sheet.look.site) { (sheet.page_word(Msg::ErasedNow)) }
        @if !kept.is_empty() {
            p { (sheet.page_word(Msg::EraseCases)) }
            ul.hoi-held { @for number in kept { li { a href={ (status) "?lang=" (sheet.lang) "#" (number) } translate="no" { (draw_breakable_address(number)) } } } }
        }
        (draw_way_on(sheet))
    };
    sheet.draw_page(sheet.page_word(Msg::Erased), content)
}

/// There is nothing to delete.
pub fn show_nothing(sheet: &PageContext<'_>) -> String {
    let content = html! {
        p #hoi-erased data-site=(sheet.look.site) { (sheet.page_word(Msg::ErasedNothing)) }
        (draw_way_on(sheet))
    };
    sheet.draw_page(Lang::for_tag(sheet.lang).word(Word::EraseChat), content)
}

fn draw_way_on(sheet: &PageContext<'_>) -> Markup {
    let label = sheet.page_word(Msg::NewChat);
    // In a window of its own the chat is still there behind it, and has begun anew by itself.
    html! { @if sheet.place != PagePlacement::Window { p { a.hoi-go href=(sheet.chat_address()) { (label) } } } }
}
