//! Going on elsewhere: `POST /s/<site>/elsewhere` gives a code, `/s/<site>/continue` takes it.

use super::{
    conversation_object::{Joining, Offering, Shown},
    form,
    pages::{Drawn, Guest, later, tell},
    platform::{now, random, random_id},
    quota,
    site_pairing::{Claim, Claimed, Offer},
    sites,
    sql_log::Whose,
};
use crate::{
    code::Code,
    document::{Place, Sheet, ask_code, show_code},
    headers,
    pairing::LIFE_MS,
    ticket::Ticket,
    words::Chosen,
};
use wire::{Fault, Look};
use worker::{Request, Response, Result};

/// A code for the conversation that the posted ticket opens.
pub async fn offer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let form = match form::any(&mut request).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let lang = guest.chosen(form.field("lang"));
    let Some(known) = guest.opens(form.field("ticket")) else {
        return guest.sorry(Fault::Ticket, &lang, 422);
    };
    let Ticket { conversation, generation, .. } = known;
    let visit = guest.visit(known, None);
    let site = visit.whose.site.clone();
    let offered = tell(guest.env, &visit.whose.clone(), "offered", &Offering { visit }).await?.json().await?;
    match offered {
        Some((Fault::TooFast, wait)) => return later(guest.sorry(Fault::TooFast, &lang, 429)?, wait),
        Some((fault, _)) => return guest.sorry(fault, &lang, 422),
        None => {}
    }
    let code = Code::of(&random()?);
    let digest = code.digest(guest.config.secret.as_bytes(), &site, "");
    let offer = Offer { digest, conversation, generation, expires: now() + LIFE_MS, once: true };
    sites::ask(guest.env, &site, "offer", Some(serde_json::to_vec(&offer)?)).await?;
    let address = format!("{}/s/{site}/continue", guest.config.origin);
    guest.sheet(&lang, Place::of(form.field("mode")), Some(form.field("ticket")), 200, |sheet| {
        show_code(sheet, code, &address)
    })
}

/// The page where a code is typed.
pub fn ask(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = guest.asked(request)?;
    guest.sheet(&lang, Place::Page, None, 200, |sheet| ask_code(sheet, "", None))
}

/// Opens the conversation of the posted code. Whatever keeps it from that, the answer is the same.
pub async fn redeem(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let form = match form::own(&mut request, guest.config).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let (lang, typed) = (guest.chosen(form.field("lang")), form.field("code"));
    let refused = |fault, status| {
        guest.sheet(&lang, Place::Page, None, status, |sheet| ask_code(sheet, typed, Some(fault)))
    };
    let site = &guest.published.site.settings.site;
    let digest = Code::read(typed).map(|code| code.digest(guest.config.secret.as_bytes(), site, ""));
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let claim = serde_json::to_vec(&Claim { digest: digest.unwrap_or_default(), address, once: true })?;
    let claimed: Claimed = sites::ask(guest.env, site, "claim", Some(claim)).await?.json().await?;
    if let Some(wait) = claimed.wait_ms {
        return later(refused(Fault::TooFast, 429)?, wait);
    }
    let Some((conversation, generation)) = claimed.opens else { return refused(Fault::Ticket, 422) };
    let whose = Whose { site: site.clone(), conversation };
    let joining = Joining { whose: whose.clone(), generation };
    let joined: Option<Shown> = tell(guest.env, &whose, "joined", &joining).await?.json().await?;
    let Some(Shown { messages, waiting, rated, .. }) = joined else { return refused(Fault::Ticket, 422) };
    let boot = guest.boot(&lang, conversation, generation, messages);
    let scheme = guest.published.site.settings.look.scheme;
    guest.draw(Drawn { boot, scheme, waiting, rated, ..Drawn::default() }, 200)
}

impl Guest<'_> {
    /// A page beside the chat.
    pub fn sheet(
        &self,
        lang: &Chosen,
        place: Place,
        ticket: Option<&str>,
        status: u16,
        draw: impl FnOnce(&Sheet<'_>) -> String,
    ) -> Result<Response> {
        let look: Look = self.published.site.look(&lang.site, self.published.version);
        let nonce = random_id()?.to_string();
        let html = draw(&Sheet {
            look: &look,
            lang: &lang.words,
            assets: &self.config.assets,
            scheme: look.scheme,
            nonce: &nonce,
            place,
            origin: &self.config.origin,
            ticket,
        });
        let (host, secure) = (self.config.host(), self.config.is_secure());
        let origins = &self.published.site.settings.origins;
        let ancestors = if place == Place::Frame { origins.as_slice() } else { &[] };
        let policy = headers::document_policy(&nonce, host, secure, ancestors, &[]);
        super::answers::html_answer(html, &policy, status)
    }
}
