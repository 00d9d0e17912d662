//! Going on elsewhere: `POST /s/<site>/elsewhere` gives a code, `/s/<site>/continue` takes it.

use super::{
    conversation_object::{Joining, Shown},
    form,
    pages::{Drawn, Guest, tell},
    platform::{now, random},
    quota,
    site_pairing::{Claim, Claimed, Offer},
    sites,
    sql_log::Whose,
};
use crate::{
    code::Code,
    document::{Place, ask_code, show_code},
    pairing::LIFE_MS,
    quota::What,
    ticket::Ticket,
    words::{PageWord, page_word},
};
use wire::{Fault, limits};
use worker::{Request, Response, Result};

/// A code for the conversation that the posted ticket opens.
pub async fn offer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let form = match form::any(&mut request, limits::MAX_UP_BYTES).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(form.field("lang"));
    let Some(known) = guest.opens(form.field("ticket")) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let Ticket { conversation, generation, .. } = known;
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    if let Some(wait) =
        quota::knock(guest.env, guest.published, What::Connection, known.begun, address.as_ref()).await?
    {
        return guest.sorry_for(Fault::TooFast, Some(wait), &lang);
    }
    let visit = guest.visit(known, address);
    let site = visit.whose.site.clone();
    let offered = tell(guest.env, &visit.whose, "offered", &visit).await?.json().await?;
    if let Some((fault, wait)) = offered {
        return guest.sorry_for(fault, wait, &lang);
    }
    let code = Code::of(&random()?);
    let digest = code.digest(guest.config.secret.as_bytes(), &site, "");
    let offer = Offer { digest, conversation, generation, expires: now() + LIFE_MS, once: true };
    sites::ask(guest.env, &site, "offer", Some(serde_json::to_vec(&offer)?)).await?;
    let address = format!("{}/s/{site}/continue", guest.config.origin);
    let place = (Place::of(form.field("mode")), form.field("scheme"));
    guest.sheet(&lang, place, Some(form.field("ticket")), 200, |sheet| show_code(sheet, code, &address))
}

/// The page where a code is typed.
pub fn ask(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = guest.asked(request)?;
    guest.alone(&lang, |sheet| ask_code(sheet, "", None))
}

/// Opens the conversation of the posted code. Whatever keeps it from that, the answer is the same.
pub async fn redeem(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let form = match form::own(&mut request, guest.config).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let (lang, typed) = (guest.chosen(form.field("lang")), form.field("code"));
    let refused = |wait| {
        let why = page_word(&lang.words, PageWord::CodeRefused);
        guest.again(&lang, wait, why, |sheet, why| ask_code(sheet, typed, Some(why)))
    };
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let claimed = claim(guest, Code::read(typed), "", true, address).await?;
    let Some((conversation, generation)) = claimed.opens else { return refused(claimed.wait_ms) };
    let site = &guest.published.site.settings.site;
    let whose = Whose { site: site.clone(), conversation };
    let joining = Joining { whose: whose.clone(), generation };
    let joined: Option<Shown> = tell(guest.env, &whose, "joined", &joining).await?.json().await?;
    let Some(Shown { messages, waiting, rated, .. }) = joined else { return refused(None) };
    let boot = guest.boot(&lang, conversation, generation, messages);
    let scheme = guest.published.site.settings.look.scheme;
    guest.draw(Drawn { boot, scheme, waiting, rated, ..Drawn::default() }, 200)
}

/// What `code` opens for who also knows `with`. Whatever is no code counts as a try, too.
pub async fn claim(
    guest: &Guest<'_>,
    code: Option<Code>,
    with: &str,
    once: bool,
    address: Option<String>,
) -> Result<Claimed> {
    let site = &guest.published.site.settings.site;
    let digest_with = |with| code.map(|code| code.digest(guest.config.secret.as_bytes(), site, with));
    let (digest, number) = (digest_with(with).unwrap_or_default(), digest_with("number\n").filter(|_| !once));
    let claim = serde_json::to_vec(&Claim { digest, address, once, number })?;
    sites::ask(guest.env, site, "claim", Some(claim)).await?.json().await
}
