//! Procedures' forms and their cases: `POST /s/<site>/form`, `/s/<site>/status`.

use super::{
    filing::Filling,
    form::{self, Form as Fields},
    pages::{Guest, later, tell},
    quota,
    site_pairing::{Claim, Claimed},
    sites,
    sql_log::Whose,
};
use crate::{
    case::{Case, fact},
    code::Code,
    document::{FormSheet, Place, Sheet, ask_case, show_case},
    form::{Answers, Filled, Go, Posted, page},
    quota::What,
    words::Chosen,
};
use site::{FieldKind, Form};
use wire::Fault;
use worker::{Request, Response, Result};

/// Takes a page of a form, and gives the next one.
pub async fn answer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let fields = match form::any(&mut request).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(fields.field("lang"));
    let Some(known) = guest.opens(fields.field("ticket")) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    if let Some(wait) = quota::knock(guest.env, guest.published, What::Look, address.as_ref()).await? {
        return later(guest.sorry(Fault::TooFast, &lang, 429)?, wait);
    }
    let name = fields.field("procedure").to_owned();
    let procedure = guest.published.site.procedures.get(&name);
    let Some((procedure, form)) = procedure.and_then(|p| Some((p, p.form.as_ref()?))) else {
        return guest.sorry(Fault::NoSite, &lang, 404);
    };
    let visit = guest.visit(known, address);
    let whose = visit.whose.clone();
    let posted = posted(form, &fields);
    let deleted = fields.field("go") == "delete";
    let filling = Filling {
        visit,
        procedure: name.clone(),
        lang: lang.site.clone(),
        posted: (!deleted).then(|| posted.clone()),
        status: format!("{}/s/{}/status", guest.config.origin, whose.site),
    };
    let filled: Filled = tell(guest.env, &whose, "form", &filling).await?.json().await?;
    let draw = |sheet: &Sheet<'_>| {
        FormSheet {
            sheet,
            site: &guest.published.site,
            lang: &lang.site,
            ticket: fields.field("ticket"),
            name: &name,
            procedure,
            form,
            one_each: posted.one_each,
        }
        .draw(&filled, &posted.typed)
    };
    match &filled {
        Filled::Refused(fault, wait) => {
            let status = if *fault == Fault::TooFast { 429 } else { 422 };
            let sorry = guest.sorry(*fault, &lang, status)?;
            if let Some(wait) = wait { later(sorry, *wait) } else { Ok(sorry) }
        }
        Filled::Ask { wrong, .. } if !wrong.is_empty() => {
            guest.sheet(&lang, place(&fields), Some(fields.field("ticket")), 422, draw)
        }
        Filled::Ask { .. } | Filled::Review(_) | Filled::Sent { .. } | Filled::Deleted => {
            guest.sheet(&lang, place(&fields), Some(fields.field("ticket")), 200, draw)
        }
    }
}

fn place(fields: &Fields) -> Place {
    Place::of(fields.field("mode"))
}

/// What was typed: a date stands in three fields.
fn posted(form: &Form, fields: &Fields) -> Posted {
    let go = fields.field("go");
    // "edit:<id>" stands on a button that leads back to one question.
    let (go, edited) = go.split_once(':').unwrap_or((go, fields.field("page")));
    let one_each = fields.field("view") == "plain";
    let known = page(form, &Answers::new(), one_each, edited).is_some() || form.field(edited).is_some();
    let typed = form.fields.iter().map(|field| {
        let part = |part: &str| fields.field(&format!("f.{}.{part}", field.id)).trim().to_owned();
        let text = match field.kind {
            FieldKind::Date { .. } => [part("day"), part("month"), part("year")].join("/"),
            FieldKind::Text { .. }
            | FieldKind::Long { .. }
            | FieldKind::Number { .. }
            | FieldKind::Choice { .. }
            | FieldKind::YesNo
            | FieldKind::Phone
            | FieldKind::NationalId
            | FieldKind::Email
            | FieldKind::Address
            | FieldKind::Consent => fields.field(&format!("f.{}", field.id)).to_owned(),
        };
        (field.id.clone(), text)
    });
    let page = if known { edited.to_owned() } else { String::new() };
    Posted { go: Go::read(go), page, typed: typed.collect(), one_each }
}

/// The page that looks a case up.
pub fn status(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = guest.asked(request)?;
    guest.sheet(&lang, Place::Page, None, 200, |sheet| ask_case(sheet, "", None))
}

/// Looks a case up. Whatever doesn't fit, the answer is the same.
pub async fn look_up(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let fields = match form::own(&mut request, guest.config).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(fields.field("lang"));
    let number = fields.field("number");
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    match found(guest, number, fields.field("fact"), address).await? {
        Found::Case(case) => {
            guest.sheet(&lang, Place::Page, None, 200, |sheet| show_case(sheet, &case, &guest.published.site))
        }
        Found::Nothing => refused(guest, &lang, number, Fault::Ticket, 422),
        Found::Later(wait) => later(refused(guest, &lang, number, Fault::TooFast, 429)?, wait),
    }
}

fn refused(guest: &Guest<'_>, lang: &Chosen, number: &str, fault: Fault, status: u16) -> Result<Response> {
    guest.sheet(lang, Place::Page, None, status, |sheet| ask_case(sheet, number, Some(fault)))
}

enum Found {
    Case(Case),
    Nothing,
    Later(u64),
}

async fn found(guest: &Guest<'_>, number: &str, said: &str, address: Option<String>) -> Result<Found> {
    let site = &guest.published.site.settings.site;
    let code = Code::read(number);
    let digest = code.map(|code| code.digest(guest.config.secret.as_bytes(), site, &fact(said)));
    let claim = Claim { digest: digest.unwrap_or_default(), address, once: false };
    let claimed: Claimed =
        sites::ask(guest.env, site, "claim", Some(serde_json::to_vec(&claim)?)).await?.json().await?;
    if let Some(wait) = claimed.wait_ms {
        return Ok(Found::Later(wait));
    }
    let (Some((conversation, _)), Some(code)) = (claimed.opens, code) else { return Ok(Found::Nothing) };
    let whose = Whose { site: site.clone(), conversation };
    let case: Option<Case> = tell(guest.env, &whose, "case", &code.to_string()).await?.json().await?;
    Ok(case.map_or(Found::Nothing, Found::Case))
}
