//! The studio, where the operator wants one.

use super::response;
use crate::{
    cache::sites,
    platform::{
        config::{Config, has_studio},
        request_url::RequestUrl,
        response::fault_response,
    },
};
use hoi_core::http::headers;
use pages::studio::{self, SiteTrial};
use site::Colour;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// `/studio`, or with `host` the page around the chat in it.
pub async fn handle(request: &Request, env: &Env, config: &Config, host: bool) -> Result<Response> {
    if !has_studio(env) {
        return fault_response(Fault::NoSite, 404);
    }
    let query = RequestUrl::from_request(request)?.query_map();
    let get = |name: &str, usual: &'static str| query.get(name).map_or(usual, String::as_str).to_owned();
    let site = get("site", "ward");
    let named = hoi_core::http::route::is_site(&site);
    let Some(published) = (if named { sites::find_published(env, &site).await? } else { None }) else {
        return fault_response(Fault::NoSite, 404);
    };
    let settings = &published.site.settings;
    let (launcher, position, scheme) =
        (get("launcher", "bar"), get("position", "end"), get("scheme", "auto"));
    let lang = published.site.match_language(&get("lang", "")).to_owned();
    let trial =
        SiteTrial { site: &site, launcher: &launcher, position: &position, scheme: &scheme, lang: &lang };
    let own = ["'self'".to_owned()];
    let policy = headers::document_policy("none", config.host(), config.is_secure(), &own, &[]);
    // The chat stands in a frame of the page, and the page in one of the studio.
    let policy = format!("{policy}; frame-src 'self'");
    let html = if host {
        studio::trial_host_page(&trial, config.assets.path("tools.css"))
    } else {
        let brand = get("brand", "").parse::<Colour>().unwrap_or(settings.look.brand);
        studio::studio_page(&trial, brand, &settings.languages, &config.origin, &config.assets)
    };
    response::html_response(html, &policy, 200)
}
