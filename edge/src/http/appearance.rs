//! What pages may know of a site without a conversation.

use super::{response::with_cors, site_context::SiteContext};
use crate::{
    cache::sites,
    platform::{now, request_url::RequestUrl, response::json_response},
};
use worker::{Request, Response, Result};

/// The public half of its settings.
pub fn look_response(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    let lang = named_language(context, request)?;
    let published = context.published;
    with_site_cors(context, request, json_response(&published.site.public_look(lang, published.version))?)
}

/// How it stands: a notice, switched off.
pub fn status_response(context: &SiteContext<'_>, request: &Request) -> Result<Response> {
    let (published, lang) = (context.published, named_language(context, request)?);
    let stands = sites::cached_status(&published.site.settings.site);
    with_site_cors(context, request, json_response(&stands.standing.public_status(published, lang, now()))?)
}

/// The site's language for the one that the URL names.
fn named_language<'a>(context: &'a SiteContext<'_>, request: &Request) -> Result<&'a str> {
    let wanted = RequestUrl::from_request(request)?.query_value("lang");
    Ok(context.published.site.match_language(&wanted.unwrap_or_default()))
}

/// `answer`, readable for pages of the site's origins, too.
fn with_site_cors(context: &SiteContext<'_>, request: &Request, answer: Response) -> Result<Response> {
    match context.allowed_origin(request)? {
        Some(from) => with_cors(answer, &from),
        None => Ok(answer),
    }
}
