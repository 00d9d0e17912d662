//! The two pages of going on elsewhere: one shows a code, the other takes it.

use super::sheet::{PageContext, draw_breakable_address};
use hoi_core::crypto::code::Code;
use i18n::{Lang, Msg};
use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};
use wire::Word;

/// The light border that readers need around a code, in its own squares.
const BORDER: i32 = 4;

/// Shows `code`, and where it is typed: `address` is the page of [`code_form_page`].
pub fn code_page(sheet: &PageContext<'_>, code: Code, address: &str) -> String {
    let link = format!("{address}?lang={}#{code}", sheet.lang);
    // The address has markup of its own, where the line break stands.
    let type_it = sheet.interface_lang().continue_by_code('\n');
    let (before, after) = type_it.split_once('\n').unwrap_or((&type_it, ""));
    let content = html! {
        p { (sheet.page_word(Msg::ContinueByLink)) }
        @if let Some(picture) = qr_code(&link) { (picture) }
        p { a.hoi-address href=(link) { (draw_breakable_address(&link)) } }
        p { (before) strong.hoi-address dir="ltr" { (draw_breakable_address(address)) } (after) }
        p.hoi-code dir="ltr" translate="no" { (code) }
        p.hoi-hint { (sheet.page_word(Msg::CodeOnceNote)) }
    };
    sheet.draw_page(Lang::for_tag(sheet.lang).word(Word::Elsewhere), content)
}

/// Takes a code; `refused` says why an earlier one was not taken. `typed` stays in its field.
pub fn code_form_page(sheet: &PageContext<'_>, typed: &str, refused: Option<&str>) -> String {
    let here = sheet.page_word(Msg::ContinueHere);
    let content = html! {
        form.hoi-question method="post" action={ "/s/" (sheet.look.site) "/continue" } {
            input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
            label for="hoi-code" { (sheet.page_word(Msg::Code)) }
            p.hoi-hint #hoi-hint { (sheet.page_word(Msg::CodeHint)) }
            @if let Some(sentence) = refused { p.hoi-wrong #hoi-wrong role="alert" { (sentence) } }
            input #hoi-code.hoi-field.hoi-field-code name="code" value=(typed) required maxlength="40" dir="ltr"
                autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"
                aria-describedby=(if refused.is_some() { "hoi-hint hoi-wrong" } else { "hoi-hint" })
                aria-invalid=[refused.map(|_| "true")];
            button.hoi-go type="submit" { (here) }
        }
    };
    sheet.draw_page(here, content)
}

/// `text` as a picture that cameras read. Nothing for a text that doesn't fit into one.
pub(crate) fn qr_code(text: &str) -> Option<Markup> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{},{}h1v1h-1z", x + BORDER, y + BORDER));
        }
    }
    let size = code.size() + 2 * BORDER;
    // Dark on light in every scheme: many readers know no other way round. Who can't see it has the link below.
    Some(html! {
        svg.hoi-qr viewBox={ "0 0 " (size) " " (size) } aria-hidden="true" shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}
