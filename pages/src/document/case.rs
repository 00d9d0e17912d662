//! The receipt of a case, and the page that looks one up.

use super::{
    Sheet, block, direction,
    elsewhere::picture,
    file,
    sheet::{breakable, unsent},
};
use hoi_core::{
    application::case::{self, Case, CaseState, fact, moment},
    conversation::{PAPERS_FORM, state_word},
    hours, rich,
};
use i18n::{Lang, Msg};
use maud::{Markup, html};
use site::Site;
use wire::Word;

/// What whoever handed a case in takes along. `second` is the question whose answer, `proof`, is asked for later.
pub(crate) fn receipt(sheet: &Sheet<'_>, case: &Case, site: &Site, second: &str, proof: &str) -> Markup {
    let address = format!("{}/s/{}/status", sheet.origin, sheet.look.site);
    let link = format!("{address}?lang={}#{}", sheet.lang, case.number);
    html! {
        (facts(sheet, case, site))
        p { (sheet.word(Msg::ReceiptNote)) }
        dl.hoi-answers { div { dt { (theirs(second, &case.lang)) } dd { span dir="ltr" { "… " (fact(proof)) } } } }
        @if let Some(picture) = picture(&link) { (picture) }
        p { a.hoi-address href=(link) { (breakable(&address)) } }
        // For whoever has a script, which shows it.
        button #hoi-print.hoi-other type="button" hidden { (sheet.word(Msg::Print)) }
    }
}

/// What whoever added papers to a case is told.
pub(crate) fn added(sheet: &Sheet<'_>, case: &Case, site: &Site) -> Markup {
    let address = format!("{}/s/{}/status", sheet.origin, sheet.look.site);
    let link = format!("{address}?lang={}#{}", sheet.lang, case.number);
    html! {
        p.hoi-state-now { (state_word(case.state, sheet.lang)) }
        (facts(sheet, case, site))
        p { a.hoi-address href=(link) { (sheet.word(Msg::LookUp)) } }
        button #hoi-print.hoi-other type="button" hidden { (sheet.word(Msg::Print)) }
    }
}

/// How far a case is, to whoever has the `pass` that opens it for more: its papers, its files.
pub fn show(sheet: &Sheet<'_>, case: &Case, site: &Site, pass: Option<&str>) -> String {
    let heading = theirs(&case.title, &case.lang);
    sheet.titled(&case.title, heading, state(sheet, case, site, pass))
}

/// The same to who wanted to add papers that nobody wants now.
pub(crate) fn not_asked(sheet: &Sheet<'_>, case: &Case, site: &Site, pass: Option<&str>) -> String {
    let content = html! {
        p { (sheet.word(Msg::NoDocumentsRequested)) }
        (state(sheet, case, site, pass))
    };
    sheet.titled(&case.title, theirs(&case.title, &case.lang), content)
}

fn state(sheet: &Sheet<'_>, case: &Case, site: &Site, pass: Option<&str>) -> Markup {
    let note = rich::blocks(&case.note);
    html! {
        p.hoi-state-now { (state_word(case.state, sheet.lang)) }
        @if !note.is_empty() {
            h2 { (sheet.word(Msg::AgencyNote)) }
            div.hoi-note-body lang=(case.lang) dir=(direction(&case.lang)) { (block::apart(&note, sheet.look, &Lang::of(sheet.lang).words())) }
        }
        (wanted(sheet, case, pass))
        (meeting(sheet, case, pass))
        (sent(sheet, case, pass))
        (facts(sheet, case, site))
    }
}

/// Which papers the agency wants, and the way to add them.
fn wanted(sheet: &Sheet<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let Some(wants) = case.wants.as_ref().filter(|_| case.state == CaseState::NeedsPapers) else {
        return html! {};
    };
    html! {
        h2 { (sheet.word(Msg::RequestedDocuments)) }
        ul.hoi-wanted lang=(case.lang) dir=(direction(&case.lang)) { @for paper in &wants.papers {
            li { (paper.label) @if let Some(help) = &paper.help { p.hoi-hint { (help) } } }
        } }
        @if let Some(day) = &wants.until { p { (sheet.word(Msg::DocumentsDueBy)) ": " strong { (case::day(day)) } } }
        @if let Some(pass) = pass {
            form method="post" action={ "/s/" (sheet.look.site) "/form" } data-stays="" {
                (opens(sheet, pass))
                (unsent(sheet))
                button.hoi-go type="submit" name="procedure" value={ (PAPERS_FORM) (case.number) } {
                    (Lang::of(sheet.lang).word(Word::AddPapers))
                }
            }
        }
    }
}

/// When and where to come.
fn meeting(sheet: &Sheet<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let Some(appointment) = &case.appointment else { return html! {} };
    html! {
        h2 { (sheet.word(Msg::Appointment)) }
        p.hoi-meeting { strong { (appointment.moment()) } }
        @if !appointment.place.is_empty() {
            p { (sheet.word(Msg::MeetAt)) ": " (theirs(&appointment.place, &case.lang)) }
        }
        @if let Some(pass) = pass {
            form method="post" action={ "/s/" (sheet.look.site) "/calendar" } {
                (opens(sheet, pass))
                button.hoi-other type="submit" { (sheet.word(Msg::AddToCalendar)) }
            }
        }
    }
}

/// What the agency has sent with its last word.
fn sent(sheet: &Sheet<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let words = Lang::of(sheet.lang).words();
    html! {
        @if !case.files.is_empty() {
            h2 { (sheet.word(Msg::SentFiles)) }
            @for each in &case.files { (file::brought(each, &words, &format!("/s/{}/file/", sheet.look.site), pass.map(|pass| opens(sheet, pass)))) }
        }
        @for link in &case.links { p { (block::link(&link.href, "hoi-address", theirs(&link.label, &case.lang), &words)) } }
    }
}

/// What a form carries that opens the case.
fn opens(sheet: &Sheet<'_>, pass: &str) -> Markup {
    html! {
        input type="hidden" name="pass" value=(pass);
        input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
    }
}

/// Words of the case's own language among those of the page.
fn theirs(text: &str, lang: &str) -> Markup {
    html! { span lang=(lang) dir=(direction(lang)) { (text) } }
}

fn facts(sheet: &Sheet<'_>, case: &Case, site: &Site) -> Markup {
    let clock = &hours::clock(&site.settings);
    let row = |word, text: &str| html! { div { dt { (sheet.word(word)) } dd { (text) } } };
    html! {
        dl.hoi-answers {
            div { dt { (sheet.word(Msg::CaseNumber)) } dd { strong.hoi-number dir="ltr" translate="no" { (case.number) } } }
            (row(Msg::Recipient, site.say(&site.settings.name, &case.lang)))
            (row(Msg::SentAt, &moment(case.filed_at, clock)))
            @if let Some(day) = &case.promised { (row(Msg::ExpectedOn, &case::day(day))) }
            @if let Some(at) = case.added_at { (row(Msg::DocumentsAddedAt, &moment(at, clock))) }
            @if case.changed_at > case.filed_at { (row(Msg::ChangedAt, &moment(case.changed_at, clock))) }
        }
    }
}

/// Asks for a case's number and the fact that proves whose it is; `refused` says why an earlier try found nothing.
pub fn ask(sheet: &Sheet<'_>, number: &str, refused: Option<&str>) -> String {
    let described = refused.map(|_| "hoi-wrong");
    let invalid = refused.map(|_| "true");
    let content = html! {
        form.hoi-question method="post" action={ "/s/" (sheet.look.site) "/status" } data-stays="status" {
            input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
            @if let Some(sentence) = refused { p.hoi-wrong #hoi-wrong role="alert" { (sentence) } }
            div.hoi-group {
                label for="hoi-code" { (sheet.word(Msg::CaseNumber)) }
                input #hoi-code.hoi-field.hoi-field-code name="number" value=(number) required maxlength="40" dir="ltr"
                    autocomplete="off" autocapitalize="characters" spellcheck="false"
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            div.hoi-group {
                label for="hoi-fact" { (sheet.word(Msg::LookUpDigits)) }
                input #hoi-fact.hoi-field.hoi-field-code name="fact" required maxlength="20" dir="ltr"
                    inputmode="numeric" autocomplete="off" aria-describedby=[described] aria-invalid=[invalid];
            }
            (unsent(sheet))
            button.hoi-go type="submit" { (sheet.word(Msg::LookUpGo)) }
        }
        // Whoever is not let in is not left alone.
        @if refused.is_some() { (block::contact(&sheet.look.contact, &Lang::of(sheet.lang).words())) }
    };
    sheet.page(sheet.word(Msg::LookUp), content)
}
