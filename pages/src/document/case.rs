//! The receipt of a case, and the page that looks one up.

use super::{
    block,
    direction::text_direction,
    elsewhere::qr_code,
    file,
    link::draw_link,
    sheet::{PageContext, draw_breakable_address, draw_unsent_notice},
};
use hoi_core::{
    application::case::{self, Case, CaseState, format_time, ownership_proof},
    conversation::{PAPERS_FORM, state_word},
    hours, rich,
};
use i18n::{Lang, Msg};
use maud::{Markup, html};
use site::Site;
use wire::Word;

/// What whoever handed a case in takes along. `second` is the question whose answer, `proof`, is asked for later.
pub(crate) fn draw_receipt(
    sheet: &PageContext<'_>,
    case: &Case,
    site: &Site,
    second: &str,
    proof: &str,
) -> Markup {
    let address = format!("{}/s/{}/status", sheet.origin, sheet.look.site);
    let link = format!("{address}?lang={}#{}", sheet.lang, case.number);
    html! {
        (draw_case_facts(sheet, case, site))
        p { (sheet.page_word(Msg::ReceiptNote)) }
        dl.hoi-answers { div { dt { (mark_language(second, &case.lang)) } dd { span dir="ltr" { "… " (ownership_proof(proof)) } } } }
        @if let Some(picture) = qr_code(&link) { (picture) }
        p { a.hoi-address href=(link) { (draw_breakable_address(&address)) } }
        // For whoever has a script, which shows it.
        button #hoi-print.hoi-other type="button" hidden { (sheet.page_word(Msg::Print)) }
    }
}

/// What whoever added papers to a case is told.
pub(crate) fn draw_documents_added(sheet: &PageContext<'_>, case: &Case, site: &Site) -> Markup {
    let address = format!("{}/s/{}/status", sheet.origin, sheet.look.site);
    let link = format!("{address}?lang={}#{}", sheet.lang, case.number);
    html! {
        p.hoi-state-now { (state_word(case.state, sheet.lang)) }
        (draw_case_facts(sheet, case, site))
        p { a.hoi-address href=(link) { (sheet.page_word(Msg::LookUp)) } }
        button #hoi-print.hoi-other type="button" hidden { (sheet.page_word(Msg::Print)) }
    }
}

/// How far a case is, to whoever has the `pass` that opens it for more: its papers, its files.
pub fn case_page(sheet: &PageContext<'_>, case: &Case, site: &Site, pass: Option<&str>) -> String {
    let heading = mark_language(&case.title, &case.lang);
    sheet.draw_titled_page(&case.title, heading, draw_case_state(sheet, case, site, pass))
}

/// The same to who wanted to add papers that nobody wants now.
pub(crate) fn not_asked(sheet: &PageContext<'_>, case: &Case, site: &Site, pass: Option<&str>) -> String {
    let content = html! {
        p { (sheet.page_word(Msg::NoDocumentsRequested)) }
        (draw_case_state(sheet, case, site, pass))
    };
    sheet.draw_titled_page(&case.title, mark_language(&case.title, &case.lang), content)
}

fn draw_case_state(sheet: &PageContext<'_>, case: &Case, site: &Site, pass: Option<&str>) -> Markup {
    let note = rich::parse_markdown(&case.note);
    html! {
        p.hoi-state-now { (state_word(case.state, sheet.lang)) }
        @if !note.is_empty() {
            h2 { (sheet.page_word(Msg::AgencyNote)) }
            div.hoi-note-body lang=(case.lang) dir=(text_direction(&case.lang)) { (block::draw_blocks_apart(&note, sheet.look, &Lang::for_tag(sheet.lang).words())) }
        }
        (draw_requested_documents(sheet, case, pass))
        (draw_appointment(sheet, case, pass))
        (draw_agency_files(sheet, case, pass))
        (draw_case_facts(sheet, case, site))
    }
}

/// Which papers the agency wants, and the way to add them.
fn draw_requested_documents(sheet: &PageContext<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let Some(wants) = case.wants.as_ref().filter(|_| case.state == CaseState::NeedsPapers) else {
        return html! {};
    };
    html! {
        h2 { (sheet.page_word(Msg::RequestedDocuments)) }
        ul.hoi-wanted lang=(case.lang) dir=(text_direction(&case.lang)) { @for paper in &wants.papers {
            li { (paper.label) @if let Some(help) = &paper.help { p.hoi-hint { (help) } } }
        } }
        @if let Some(day) = &wants.until { p { (sheet.page_word(Msg::DocumentsDueBy)) ": " strong { (case::format_day(day)) } } }
        @if let Some(pass) = pass {
            form method="post" action={ "/s/" (sheet.look.site) "/form" } data-stays="" {
                (case_pass_field(sheet, pass))
                (draw_unsent_notice(sheet))
                button.hoi-go type="submit" name="procedure" value={ (PAPERS_FORM) (case.number) } {
                    (Lang::for_tag(sheet.lang).word(Word::AddPapers))
                }
            }
        }
    }
}

/// When and where to come.
fn draw_appointment(sheet: &PageContext<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let Some(appointment) = &case.appointment else { return html! {} };
    html! {
        h2 { (sheet.page_word(Msg::Appointment)) }
        p.hoi-meeting { strong { (appointment.format_time()) } }
        @if !appointment.place.is_empty() {
            p { (sheet.page_word(Msg::MeetAt)) ": " (mark_language(&appointment.place, &case.lang)) }
        }
        @if let Some(pass) = pass {
            form method="post" action={ "/s/" (sheet.look.site) "/calendar" } {
                (case_pass_field(sheet, pass))
                button.hoi-other type="submit" { (sheet.page_word(Msg::AddToCalendar)) }
            }
        }
    }
}

/// What the agency has sent with its last word.
fn draw_agency_files(sheet: &PageContext<'_>, case: &Case, pass: Option<&str>) -> Markup {
    let words = Lang::for_tag(sheet.lang).words();
    html! {
        @if !case.files.is_empty() {
            h2 { (sheet.page_word(Msg::SentFiles)) }
            @for each in &case.files { (file::draw_downloadable_file(each, &words, &format!("/s/{}/file/", sheet.look.site), pass.map(|pass| case_pass_field(sheet, pass)))) }
        }
        @for link in &case.links { p { (draw_link(&link.href, "hoi-address", mark_language(&link.label, &case.lang), &words)) } }
    }
}

/// What a form carries that opens the case.
fn case_pass_field(sheet: &PageContext<'_>, pass: &str) -> Markup {
    html! {
        input type="hidden" name="pass" value=(pass);
        input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
    }
}

/// Words of the case's own language among those of the page.
fn mark_language(text: &str, lang: &str) -> Markup {
    html! { span lang=(lang) dir=(text_direction(lang)) { (text) } }
}

fn draw_case_facts(sheet: &PageContext<'_>, case: &Case, site: &Site) -> Markup {
    let clock = &hours::time_zone(&site.settings);
    let row = |word, text: &str| html! { div { dt { (sheet.page_word(word)) } dd { (text) } } };
    html! {
        dl.hoi-answers {
            div { dt { (sheet.page_word(Msg::CaseNumber)) } dd { strong.hoi-number dir="ltr" translate="no" { (case.number) } } }
            (row(Msg::Recipient, site.text_in(&site.settings.name, &case.lang)))
            (row(Msg::SentAt, &format_time(case.filed_at, clock)))
            @if let Some(day) = &case.promised { (row(Msg::ExpectedOn, &case::format_day(day))) }
            @if let Some(at) = case.added_at { (row(Msg::DocumentsAddedAt, &format_time(at, clock))) }
            @if case.changed_at > case.filed_at { (row(Msg::ChangedAt, &format_time(case.changed_at, clock))) }
        }
    }
}

/// Asks for a case's number and the fact that proves whose it is; `refused` says why an earlier try found nothing.
pub fn lookup_page(sheet: &PageContext<'_>, number: &str, refused: Option<&str>) -> String {
    let described = refused.map(|_| "hoi-wrong");
    let invalid = refused.map(|_| "true");
    let content = html! {
        form.hoi-question method="post" action={ "/s/" (sheet.look.site) "/status" } data-stays="status" {
            input type="hidden" name="lang" value={ (sheet.lang) "," (sheet.look.lang) };
            @if let Some(sentence) = refused { p.hoi-wrong #hoi-wrong role="alert" { (sentence) } }
            div.hoi-group {
                label for="hoi-code" { (sheet.page_word(Msg::CaseNumber)) }
                input #hoi-code.hoi-field.hoi-field-code name="number" value=(number) required maxlength="40" dir="ltr"
                    autocomplete="off" autocapitalize="characters" spellcheck="false"
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            div.hoi-group {
                label for="hoi-fact" { (sheet.page_word(Msg::LookUpDigits)) }
                input #hoi-fact.hoi-field.hoi-field-code name="fact" required maxlength="20" dir="ltr"
                    inputmode="numeric" autocomplete="off" aria-describedby=[described] aria-invalid=[invalid];
            }
            (draw_unsent_notice(sheet))
            button.hoi-go type="submit" { (sheet.page_word(Msg::LookUpGo)) }
        }
        // Whoever is not let in is not left alone.
        @if refused.is_some() { (block::draw_contact(&sheet.look.contact, &Lang::for_tag(sheet.lang).words())) }
    };
    sheet.draw_page(sheet.page_word(Msg::LookUp), content)
}
