//! Looking a case up: `/s/<site>/status`, and its appointment as a file, `POST /s/<site>/calendar`.

use super::{
    form,
    pages::{Guest, tell},
    pairing::claim,
    platform::now,
    quota,
    site_pairing::Claimed,
    sql_log::Whose,
};
use crate::{
    case::{Case, fact},
    code::Code,
    document::{ask_case, show_case},
    files::disposition,
    hours,
    pass::{self, Pass},
    words::{PageWord, page_word},
};
use wire::Fault;
use worker::{Headers, Request, Response, Result};

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
        Ok((case, pass)) => {
            guest.alone(&lang, |sheet| show_case(sheet, &case, &guest.published.site, Some(&pass)))
        }
        Err(wait) => {
            let why = page_word(&lang.words, PageWord::NotFound);
            guest.again(&lang, wait, why, |sheet, why| ask_case(sheet, number, Some(why)))
        }
    }
}

/// A case's appointment, as calendars read it.
pub async fn calendar(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let fields = match form::own(&mut request, guest.config).await? {
        Ok(fields) => fields,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(fields.field("lang"));
    let Some(pass) = guest.passes(fields.field("pass")) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let settings = &guest.published.site.settings;
    let whose = Whose { site: settings.site.clone(), conversation: pass.conversation };
    let number = pass.case.to_string();
    let case: Option<Case> = tell(guest.env, &whose, "case", &number).await?.json().await?;
    let (clock, host) = (hours::clock(settings), guest.config.host());
    let text = case.and_then(|case| case.appointment?.calendar(&case.title, &number, host, clock, now()));
    let Some(text) = text else { return guest.sorry(Fault::NoSite, &lang, 404) };
    let headers = Headers::new();
    headers.set("content-type", "text/calendar; charset=utf-8")?;
    headers.set("content-disposition", &disposition(&format!("{number}.ics")))?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    Ok(Response::from_bytes(text.into_bytes())?.with_headers(headers))
}

/// The case and a pass for it, or how long to wait before another try, in milliseconds, if that is why there is none.
async fn found(
    guest: &Guest<'_>,
    number: &str,
    said: &str,
    address: Option<String>,
) -> Result<std::result::Result<(Case, String), Option<u64>>> {
    let code = Code::read(number);
    let Claimed { opens, wait_ms } = claim(guest, code, &fact(said), false, address).await?;
    let (Some((conversation, _)), Some(code)) = (opens, code) else { return Ok(Err(wait_ms)) };
    let whose = Whose { site: guest.published.site.settings.site.clone(), conversation };
    let case: Option<Case> = tell(guest.env, &whose, "case", &code.to_string()).await?.json().await?;
    let pass = Pass { conversation, case: code, expires: now() / 1000 + pass::LIFE_SECONDS };
    let sealed = pass::seal(guest.config.secret.as_bytes(), &whose.site, pass);
    Ok(case.map(|case| (case, sealed)).ok_or(None))
}
