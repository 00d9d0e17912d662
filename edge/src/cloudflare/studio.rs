//! The studio, where the operator wants one.

use super::{
    answers::{self, fault},
    config::Config,
    sites,
};
use crate::{
    headers,
    studio::{self, Trial},
    turn::Published,
};
use site::Colour;
use std::{collections::BTreeMap, rc::Rc};
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Whether this edge has a studio.
pub fn open(env: &Env) -> bool {
    super::config::text(env, "HOI_STUDIO").is_some()
}

/// The site that `name` tries a colour on, in that colour; nothing if it is no such name, or there is no studio.
pub async fn tried(env: &Env, name: &str) -> Result<Option<Rc<Published>>> {
    let Some((site, brand)) = studio::parts(name).filter(|_| open(env)) else { return Ok(None) };
    let Some(real) = Box::pin(sites::published(env, site)).await? else { return Ok(None) };
    let site = studio::dressed(real.site.clone(), name, brand);
    Ok(Some(Rc::new(Published::new(real.version, site, real.model.clone()))))
}

/// `/studio`, or with `host` the page around the chat in it.
pub async fn answer(request: &Request, env: &Env, config: &Config, host: bool) -> Result<Response> {
    if !open(env) {
        return fault(Fault::NoSite, 404);
    }
    let url = request.url()?;
    let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    let get = |name: &str, usual: &'static str| query.get(name).map_or(usual, String::as_str).to_owned();
    let site = get("site", "ward");
    let named = crate::route::is_site(&site);
    let Some(published) = (if named { sites::published(env, &site).await? } else { None }) else {
        return fault(Fault::NoSite, 404);
    };
    let settings = &published.site.settings;
    let (launcher, position, scheme) =
        (get("launcher", "bar"), get("position", "end"), get("scheme", "auto"));
    let lang = published.site.language(&get("lang", "")).to_owned();
    let trial = Trial { site: &site, launcher: &launcher, position: &position, scheme: &scheme, lang: &lang };
    let own = ["'self'".to_owned()];
    let policy = headers::document_policy("none", config.host(), config.is_secure(), &own, &[]);
    // The chat stands in a frame of the page, and the page in one of the studio.
    let policy = format!("{policy}; frame-src 'self'");
    let html = if host {
        studio::host(&trial, config.assets.path("tools.css"))
    } else {
        let brand = get("brand", "").parse::<Colour>().unwrap_or(settings.look.brand);
        studio::page(&trial, brand, &settings.languages, &config.origin, &config.assets)
    };
    answers::html_answer(html, &policy, 200)
}
