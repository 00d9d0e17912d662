//! Procedures' forms and their cases: `POST /s/<site>/form`, `/s/<site>/status`.

use super::{
    filing::Filling,
    form,
    pages::{Guest, tell},
    pairing::claim,
    quota,
    site_pairing::Claimed,
    sites,
    sql_log::Whose,
};
use crate::{
    case::{Case, fact},
    code::Code,
    document::{FormSheet, Place, Sheet, ask_case, show_case, switched_off},
    form::{Filled, posted},
    quota::What,
    words::{PageWord, page_word},
};
use wire::Fault;
use worker::{Request, Response, Result};

/// Longest page of a form, in bytes: a few texts of the longest kind, each character of them escaped.
const MAX_PAGE_BYTES: usize = 256 * 1024;

/// Takes a page of a form, and gives the next one.
pub async fn answer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let fields = match form::any(&mut request, MAX_PAGE_BYTES).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(fields.field("lang"));
    let Some(known) = guest.opens(fields.field("ticket")) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let place = (Place::of(fields.field("mode")), fields.field("scheme"));
    let ticket = Some(fields.field("ticket"));
    let site = &guest.published.site;
    if sites::standing(&site.settings.site).standing.off {
        let contact = site.contact(&lang.site);
        return guest.sheet(&lang, place, ticket, 503, |sheet| switched_off(sheet, &contact));
    }
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    if let Some(wait) = quota::knock(guest.env, guest.published, What::Look, address.as_ref()).await? {
        return guest.sorry_for(Fault::TooFast, Some(wait), &lang);
    }
    let name = fields.field("procedure").to_owned();
    let procedure = guest.published.site.procedures.get(&name);
    let Some((procedure, form)) = procedure.and_then(|p| Some((p, p.form.as_ref()?))) else {
        return guest.sorry(Fault::NoSite, &lang, 404);
    };
    let visit = guest.visit(known, address);
    let whose = visit.whose.clone();
    let posted = posted(form, |name| fields.field(name));
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
            name: &name,
            procedure,
            form,
            one_each: posted.one_each,
        }
        .draw(&filled, &posted.typed)
    };
    let status = match &filled {
        Filled::Refused(fault, wait) => return guest.sorry_for(*fault, *wait, &lang),
        Filled::Ask { wrong, .. } if !wrong.is_empty() => 422,
        Filled::Ask { .. } | Filled::Review(_) | Filled::Sent { .. } | Filled::Deleted => 200,
    };
    guest.sheet(&lang, place, ticket, status, draw)
}

/// The page that looks a case up.
pub fn status(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = guest.asked(request)?;
    guest.alone(&lang, |sheet| ask_case(sheet, "", None))
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
        Ok(case) => guest.alone(&lang, |sheet| show_case(sheet, &case, &guest.published.site)),
        Err(wait) => {
            let why = page_word(&lang.words, PageWord::NotFound);
            guest.again(&lang, wait, why, |sheet, why| ask_case(sheet, number, Some(why)))
        }
    }
}

/// The case, or how long to wait before another try, in milliseconds, if that is why there is none.
async fn found(
    guest: &Guest<'_>,
    number: &str,
    said: &str,
    address: Option<String>,
) -> Result<std::result::Result<Case, Option<u64>>> {
    let code = Code::read(number);
    let Claimed { opens, wait_ms } = claim(guest, code, &fact(said), false, address).await?;
    let (Some((conversation, _)), Some(code)) = (opens, code) else { return Ok(Err(wait_ms)) };
    let whose = Whose { site: guest.published.site.settings.site.clone(), conversation };
    let case: Option<Case> = tell(guest.env, &whose, "case", &code.to_string()).await?.json().await?;
    Ok(case.ok_or(None))
}
