//! The receipt of a case, and the page that looks one up.

use super::{Sheet, block, direction, elsewhere::picture, sheet::breakable};
use crate::{
    case::{self, Case, fact, moment},
    conversation::state_word,
    rich,
    words::{PageWord, words},
};
use maud::{Markup, html};
use site::Site;

/// What whoever handed a case in takes along. `second` is the question whose answer, `proof`, is asked for later.
pub(super) fn receipt(sheet: &Sheet<'_>, case: &Case, site: &Site, second: &str, proof: &str) -> Markup {
    let address = format!("{}/s/{}/status", sheet.origin, sheet.look.site);
    let link = format!("{address}?lang={}#{}", sheet.lang, case.number);
    html! {
        (facts(sheet, case, site))
        p { (sheet.word(PageWord::ReceiptNote)) }
        dl.hoi-answers { div { dt { (theirs(second, &case.lang)) } dd { span dir="ltr" { "… " (fact(proof)) } } } }
        @if let Some(picture) = picture(&link) { (picture) }
        p { a.hoi-address href=(link) { (breakable(&address)) } }
        // For whoever has a script, which shows it.
        button #hoi-print.hoi-other type="button" hidden { (sheet.word(PageWord::Print)) }
    }
}

/// How far a case is.
pub fn show(sheet: &Sheet<'_>, case: &Case, site: &Site) -> String {
    let note = rich::blocks(&case.note);
    let content = html! {
        p.hoi-state-now { (state_word(case.state, sheet.lang)) }
        @if !note.is_empty() {
            h2 { (sheet.word(PageWord::AgencyNote)) }
            div.hoi-note-body lang=(case.lang) dir=(direction(&case.lang)) { (block::apart(&note, sheet.look, &words(sheet.lang))) }
        }
        (facts(sheet, case, site))
    };
    sheet.titled(&case.title, theirs(&case.title, &case.lang), content)
}

/// Words of the case's own language among those of the page.
fn theirs(text: &str, lang: &str) -> Markup {
    html! { span lang=(lang) dir=(direction(lang)) { (text) } }
}

fn facts(sheet: &Sheet<'_>, case: &Case, site: &Site) -> Markup {
    let offset = site.settings.utc_offset_minutes;
    let row = |word, text: &str| html! { div { dt { (sheet.word(word)) } dd { (text) } } };
    html! {
        dl.hoi-answers {
            div { dt { (sheet.word(PageWord::CaseNumber)) } dd { strong.hoi-number dir="ltr" translate="no" { (case.number) } } }
            (row(PageWord::Recipient, site.say(&site.settings.name, &case.lang)))
            (row(PageWord::SentAt, &moment(case.filed_at, offset)))
            @if let Some(day) = &case.promised { (row(PageWord::Promised, &case::day(day))) }
            @if case.changed_at > case.filed_at { (row(PageWord::ChangedAt, &moment(case.changed_at, offset))) }
        }
    }
}

/// Asks for a case's number and the fact that proves whose it is; `refused` says why an earlier try found nothing.
pub fn ask(sheet: &Sheet<'_>, number: &str, refused: Option<&str>) -> String {
    let described = refused.map(|_| "hoi-wrong");
    let invalid = refused.map(|_| "true");
    let content = html! {
        form.hoi-question method="post" action={ "/s/" (sheet.look.site) "/status" } {
            input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
            @if let Some(sentence) = refused { p.hoi-wrong #hoi-wrong role="alert" { (sentence) } }
            div.hoi-group {
                label for="hoi-code" { (sheet.word(PageWord::CaseNumber)) }
                input #hoi-code.hoi-field.hoi-field-code name="number" value=(number) required maxlength="40" dir="ltr"
                    autocomplete="off" autocapitalize="characters" spellcheck="false"
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            div.hoi-group {
                label for="hoi-fact" { (sheet.word(PageWord::Fact)) }
                input #hoi-fact.hoi-field.hoi-field-code name="fact" required maxlength="20" dir="ltr"
                    inputmode="numeric" autocomplete="off" aria-describedby=[described] aria-invalid=[invalid];
            }
            button.hoi-go type="submit" { (sheet.word(PageWord::LookUpGo)) }
        }
    };
    sheet.page(sheet.word(PageWord::LookUp), content)
}
