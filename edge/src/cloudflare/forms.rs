//! Procedures' forms, and papers for their cases: `POST /s/<site>/form`.

use super::{
    conversation_object::Visit,
    filing::Filling,
    form,
    pages::{Guest, tell},
    papers::{self, Bringing},
    quota, sites,
    sql_log::Whose,
};
use crate::{
    case::{Case, papers_form},
    conversation::{PAPERS_FORM, danger_in_answers},
    document::{FormSheet, Place, Sheet, form_again, switched_off},
    form::{Brought, Filled, Wrong, posted},
    quota::What,
};
use site::{FieldKind, Form};
use wire::{Fault, limits::MAX_PAGE_FILES_BYTES};
use worker::{FormData, Request, Response, Result};

/// Longest page of a form, in bytes: a few texts of the longest kind, each character of them escaped.
const MAX_PAGE_BYTES: usize = 256 * 1024;

/// What stands in a page with files, beside them.
const FIELDS: &[&str] = &["ticket", "pass", "lang", "mode", "procedure", "page", "only", "go", "view"];

/// A form's address wanted again: the tab was reloaded, thrown out of memory, or somebody went back and on. The page holds nothing;
/// its script knows which form it was.
pub fn again(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = guest.asked(request)?;
    let url = request.url()?;
    let own = |name: &str| {
        let found = url.query_pairs().find(|(each, _)| each == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    guest.sheet(&lang, (Place::of(&own("mode")), &own("scheme")), None, 200, form_again)
}

/// Takes a page of a form, and gives the next one.
pub async fn answer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let (fields, data) = match form::in_parts(&mut request, FIELDS, MAX_PAGE_FILES_BYTES).await? {
        Some(Ok((fields, data))) => (fields, Some(data)),
        Some(Err(_)) => return guest.too_large(&request, MAX_PAGE_FILES_BYTES),
        None => match form::any(&mut request, MAX_PAGE_BYTES).await? {
            Ok(fields) => (fields, None),
            Err(answer) => return Ok(answer),
        },
    };
    let lang = guest.chosen(fields.field("lang"));
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let name = fields.field("procedure");
    let Some((visit, opened)) = opened(guest, &fields, address.clone()) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let place = (Place::of(fields.field("mode")), fields.field("scheme"));
    let site = &guest.published.site;
    if sites::standing(&site.settings.site).standing.off {
        let contact = site.contact(&lang.site);
        return guest.sheet(&lang, place, opened.ticket(), 503, |sheet| switched_off(sheet, &contact));
    }
    if let Some(wait) = quota::knock(guest.env, guest.published, What::Look, false, address.as_ref()).await? {
        return guest.sorry_for(Fault::TooFast, Some(wait), &lang);
    }
    let Some(asked) = asked(guest, &visit.whose, name, &lang.site).await? else {
        return guest.sorry(Fault::NoSite, &lang, 404);
    };
    let mut posted = posted(&asked.form, |name| fields.field(name));
    if let Some(data) = &data {
        posted.refused = match brought(guest, &visit, name, &asked.form, data).await? {
            Ok(refused) => refused,
            Err((fault, wait)) => return guest.sorry_for(fault, wait, &lang),
        };
    }
    let whose = visit.whose.clone();
    let deleted = fields.field("go") == "delete";
    let filling = Filling {
        visit,
        procedure: name.to_owned(),
        lang: lang.site.clone(),
        posted: (!deleted).then(|| posted.clone()),
        status: guest.status(),
    };
    let filled: Filled = tell(guest.env, &whose, "form", &filling).await?.json().await?;
    let urgent = danger_in_answers(guest.published, &asked.form, &posted.typed, &asked.lang);
    let draw = |sheet: &Sheet<'_>| {
        FormSheet {
            sheet,
            site,
            lang: &asked.lang,
            name,
            title: &asked.title,
            form: &asked.form,
            one_each: posted.one_each,
            adds: asked.adds,
            pass: opened.pass(),
            urgent: urgent.as_ref(),
        }
        .draw(&filled, &posted.typed)
    };
    let status = match &filled {
        Filled::Refused(fault, wait) => return guest.sorry_for(*fault, *wait, &lang),
        Filled::Ask { wrong, .. } if !wrong.is_empty() => 422,
        Filled::Ask { .. }
        | Filled::Review(_)
        | Filled::Sent { .. }
        | Filled::Added(_)
        | Filled::NotAsked(_)
        | Filled::Deleted => 200,
    };
    guest.sheet(&lang, place, opened.ticket(), status, draw)
}

/// What opened a form.
enum Opened<'a> {
    /// The conversation's ticket.
    Ticket(&'a str),
    /// A pass for one case.
    Pass(&'a str),
}

impl<'a> Opened<'a> {
    fn ticket(&self) -> Option<&'a str> {
        if let Opened::Ticket(ticket) = self { Some(ticket) } else { None }
    }

    fn pass(&self) -> Option<&'a str> {
        if let Opened::Pass(pass) = self { Some(pass) } else { None }
    }
}

/// Who posts a page, and what opens it for him.
fn opened<'a>(
    guest: &Guest<'_>,
    fields: &'a form::Form,
    address: Option<String>,
) -> Option<(Visit, Opened<'a>)> {
    let sealed = fields.field("pass");
    if sealed.is_empty() {
        let ticket = fields.field("ticket");
        return Some((guest.visit(guest.opens(ticket)?, address), Opened::Ticket(ticket)));
    }
    let pass = guest
        .passes(sealed)
        .filter(|pass| fields.field("procedure") == format!("{PAPERS_FORM}{}", pass.case))?;
    let whose = Whose { site: guest.published.site.settings.site.clone(), conversation: pass.conversation };
    // Whoever proves that a case is his may add to it, whosever the conversation is by now.
    let (generation, status) = (u32::MAX, guest.status());
    Some((Visit { whose, generation, address, status }, Opened::Pass(sealed)))
}

/// What is asked, and under which title.
struct Questions {
    /// The language of both.
    lang: String,
    title: String,
    form: Form,
    adds: bool,
}

/// The form called `name`: a procedure's, or that of a case which papers are added to.
async fn asked(guest: &Guest<'_>, whose: &Whose, name: &str, lang: &str) -> Result<Option<Questions>> {
    let site = &guest.published.site;
    let Some(number) = name.strip_prefix(PAPERS_FORM) else {
        let procedure = site.procedures.get(name);
        let asked = procedure.and_then(|procedure| {
            let (title, form) = (site.say(&procedure.title, lang).to_owned(), procedure.form.clone()?);
            Some(Questions { lang: lang.to_owned(), title, form, adds: false })
        });
        return Ok(asked);
    };
    let case: Option<Case> = tell(guest.env, whose, "case", &number).await?.json().await?;
    Ok(case.map(|case| {
        // Where nothing is wanted any more, the object says so.
        let none = || Form { intro: None, days: None, second: String::new(), fields: Vec::new() };
        let form = papers_form(&case, site).unwrap_or_else(none);
        Questions { lang: case.lang, title: case.title, form, adds: true }
    }))
}

/// Why nothing at all is taken, and how long to wait, in milliseconds, if that helps.
type Refused = (Fault, Option<u64>);

/// Brings the files in `data` to their conversation; gives what is wrong with those that weren't taken.
async fn brought(
    guest: &Guest<'_>,
    visit: &Visit,
    name: &str,
    form: &Form,
    data: &FormData,
) -> Result<std::result::Result<Vec<(String, Wrong)>, Refused>> {
    let mut refused: Vec<(String, Wrong)> = Vec::new();
    for field in form.fields.iter().filter(|field| matches!(field.kind, FieldKind::File(_))) {
        let bringing = Bringing { visit: visit.clone(), form: name.to_owned(), field: field.id.clone() };
        for file in form::files(data, &format!("f.{}", field.id)) {
            match papers::carry(guest, &bringing, &file).await? {
                Brought::Kept => {}
                Brought::Wrong(wrong) => refused.push((field.id.clone(), wrong)),
                Brought::Refused(fault, wait) => return Ok(Err((fault, wait))),
            }
        }
    }
    refused.dedup();
    Ok(Ok(refused))
}
