//! The visitor deletes the conversation, or saves a copy of it: `POST /s/<site>/erase` and `POST /s/<site>/export`. Both work
//! without a script.

use super::{
    config::text,
    erasing::{Erased, Exported, Holding, VISITOR, Wish},
    form,
    pages::{Guest, tell},
    quota,
};
use crate::{
    document::{Held, Place, ask_erase, copy_to_read, show_erased, show_nothing},
    erasure::export::Export,
    files::disposition,
    quota::What,
    words::Chosen,
};
use wire::{Fault, limits};
use worker::{Headers, Request, Response, Result};

/// What was posted: who wants something, how the page is to look, what stands in it.
struct Posted {
    wish: Wish,
    lang: Chosen,
    form: form::Form,
}

/// Says what deleting means; with `go=erase` does it. Once it is deleted the same again says so again.
pub async fn erase(guest: &Guest<'_>, request: Request) -> Result<Response> {
    let Posted { wish, lang, form } = match posted(guest, request).await? {
        Ok(posted) => posted,
        Err(answer) => return Ok(answer),
    };
    let ticket = form.field("ticket");
    let place = (Place::of(form.field("mode")), form.field("scheme"));
    let site = &wish.whose.site;
    if form.field("go") != "erase" {
        let holding: Holding = tell(guest.env, &wish.whose, "holding", &wish).await?.json().await?;
        if let Some(fault) = holding.fault {
            return guest.sorry(fault, &lang, 422);
        }
        let Holding { any, messages, files, devices, cases, with_people, .. } = &holding;
        if !any {
            return guest.sheet(&lang, place, None, 200, show_nothing);
        }
        let held = Held {
            messages: *messages,
            files: *files,
            devices: *devices,
            cases,
            with_people: *with_people,
            backup_days: text(guest.env, "HOI_BACKUP_DAYS").and_then(|days| days.parse().ok()),
            ticket,
        };
        return guest.sheet(&lang, place, Some(ticket), 200, |sheet| ask_erase(sheet, &held));
    }
    let erased: Erased = tell(guest.env, &wish.whose, "erase", &wish).await?.json().await?;
    let status = format!("{}/s/{site}/status", guest.config.origin);
    match erased {
        Erased::Done { removed, .. } => {
            guest.sheet(&lang, place, None, 200, |sheet| show_erased(sheet, &removed.cases_kept, &status))
        }
        Erased::Nothing => guest.sheet(&lang, place, None, 200, show_nothing),
        Erased::Refused(fault, wait) => guest.sorry_for(fault, wait, &lang),
    }
}

/// A copy, as a file: `format=html` to read, `format=json` for software.
pub async fn export(guest: &Guest<'_>, request: Request) -> Result<Response> {
    let Posted { wish, lang, form } = match posted(guest, request).await? {
        Ok(posted) => posted,
        Err(answer) => return Ok(answer),
    };
    let exported: Exported<Export> = tell(guest.env, &wish.whose, "export", &wish).await?.json().await?;
    let copy = match exported {
        Exported::Copy(copy, _) => copy,
        Exported::Nothing => return guest.sorry(Fault::Ticket, &lang, 404),
        Exported::Refused(fault, wait) => return guest.sorry_for(fault, wait, &lang),
    };
    let settings = &guest.published.site.settings;
    let (body, kind, ending) = if form.field("format") == "html" {
        let text = copy_to_read(&copy, &guest.published.site, &lang.words, &lang.site);
        (text, "text/html; charset=utf-8", "html")
    } else {
        (serde_json::to_string_pretty(&copy)?, "application/json", "json")
    };
    let headers = Headers::new();
    let name = format!("{}-{}.{ending}", settings.site, copy.conversation);
    for (header, value) in [
        ("content-type", kind),
        ("content-disposition", disposition(&name).as_str()),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        headers.set(header, value)?;
    }
    Ok(Response::from_bytes(body.into_bytes())?.with_headers(headers))
}

async fn posted(guest: &Guest<'_>, mut request: Request) -> Result<std::result::Result<Posted, Response>> {
    let form = match form::any(&mut request, limits::MAX_UP_BYTES).await? {
        Ok(form) => form,
        Err(answer) => return Ok(Err(answer)),
    };
    let lang = guest.chosen(form.field("lang"));
    let Some(known) = guest.opens(form.field("ticket")) else {
        return Ok(Err(guest.sorry(Fault::Ticket, &lang, 422)?));
    };
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    if let Some(wait) =
        quota::knock(guest.env, guest.published, What::Look, known.begun, address.as_ref()).await?
    {
        return Ok(Err(guest.sorry_for(Fault::TooFast, Some(wait), &lang)?));
    }
    let visit = guest.visit(known, address);
    let wish = Wish {
        whose: visit.whose,
        who: VISITOR.to_owned(),
        generation: Some(visit.generation),
        reason: String::new(),
        cases: false,
        site: false,
        address: visit.address,
    };
    Ok(Ok(Posted { wish, lang, form }))
}
