//! What pages may know of a site without a conversation.

use super::{
    answers::{json, shared_with},
    pages::Guest,
    platform::now,
    sites,
};
use worker::{Request, Response, Result};

/// The public half of its settings.
pub fn look(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let lang = named(guest, request)?;
    let published = guest.published;
    shared(guest, request, json(&published.site.look(lang, published.version))?)
}

/// How it stands: a notice, switched off.
pub fn standing(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    let (published, lang) = (guest.published, named(guest, request)?);
    let stands = sites::standing(&published.site.settings.site);
    shared(guest, request, json(&stands.standing.told(published, lang, now()))?)
}

/// The site's language for the one that the URL names.
fn named<'a>(guest: &'a Guest<'_>, request: &Request) -> Result<&'a str> {
    let url = request.url()?;
    let wanted = url.query_pairs().find(|(key, _)| key == "lang").map(|(_, lang)| lang.into_owned());
    Ok(guest.published.site.language(&wanted.unwrap_or_default()))
}

/// `answer`, readable for pages of the site's origins, too.
fn shared(guest: &Guest<'_>, request: &Request, answer: Response) -> Result<Response> {
    match guest.allowed(request)? {
        Some(from) => shared_with(answer, &from),
        None => Ok(answer),
    }
}
