//! The self-check: the page at `/check`, and the script behind `Hoi.check()`.

use super::{assets, response};
use crate::{
    cache::sites,
    platform::{config::Config, request_url::RequestUrl},
};
use hoi_core::{decide::Published, http::headers};
use pages::check::{self, CheckForm, EmbedQuestion};
use worker::{Env, Request, Response, ResponseBody, Result};

/// The page, with an answer if something was asked.
pub async fn serve_page(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let query = RequestUrl::from_request(request)?.query_map();
    let get = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let question = EmbedQuestion { site: get("site").trim(), page: get("page"), policy: get("policy") };
    let lang = response::language_tag(request)?;
    let named = hoi_core::http::route::is_site(question.site);
    let published = if named { sites::find_published(env, question.site).await? } else { None };
    let settings = published.as_ref().map(|published| &published.site.settings);
    let findings = if question.site.is_empty() {
        Vec::new()
    } else {
        check::check_page(&question, settings, &config.origin)
    };
    let html = check::check_form_page(&CheckForm {
        question,
        findings: &findings,
        edge: &config.origin,
        lang: &lang,
        assets: &config.assets,
    });
    response::html_response(
        html,
        &headers::document_policy("none", config.host(), config.is_secure(), &[], &[]),
        200,
    )
}

/// The script. What it says depends on the page that asks, so nobody keeps it.
pub async fn serve_script(
    request: &Request,
    env: &Env,
    config: &Config,
    published: &Published,
) -> Result<Response> {
    let source = assets::load_script(env, config, "check.js").await?;
    let from = request.headers().get("origin")?;
    let text = check::for_page(&source, &published.site.settings, &config.origin, from.as_deref());
    let answer = assets::public_headers("text/javascript; charset=utf-8", "no-store", None)?;
    answer.set("vary", "origin")?;
    Ok(Response::from_body(ResponseBody::Body(text.into_bytes()))?.with_headers(answer))
}
