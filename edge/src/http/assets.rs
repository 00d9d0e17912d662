//! Static files and the loader.

use crate::platform::{config::Config, response::fault_response};
use hoi_core::{decide::Published, http::headers};
use pages::document::{inline_script, site_loader};
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wire::{Fault, Look};
use worker::{EncodeBody, Env, Headers, Request, Response, ResponseBody, Result};

/// A file with a hash in its name, in the smallest form that the visitor's browser takes.
pub async fn serve_asset(request: &Request, env: &Env, config: &Config, path: &str) -> Result<Response> {
    let Some(asset) = config.assets.served_at(path) else { return fault_response(Fault::NoSite, 404) };
    let encoding = headers::choose_encoding(&request.headers().get("accept-encoding")?.unwrap_or_default());
    let ending = encoding.map_or("", |(ending, _)| ending);
    let stored = env.service("ASSETS")?.fetch(format!("https://assets{path}{ending}"), None).await?;
    if stored.status_code() != 200 {
        worker::console_error!("the manifest names {path}{ending}, but there is no such file");
        return fault_response(Fault::NoSite, 404);
    }
    let answer = public_headers(&asset.content_type, headers::IMMUTABLE, encoding)?;
    let (_, body) = stored.into_parts();
    // The bytes are compressed already: they must go out as they are.
    Ok(Response::from_body(body)?.with_headers(answer).with_encode_body(EncodeBody::Manual))
}

/// The site's logo.
pub fn serve_logo(published: &Published) -> Result<Response> {
    let Some(logo) = &published.site.settings.look.logo else { return fault_response(Fault::NoSite, 404) };
    let sent = Headers::new();
    sent.set("content-type", &logo.content_type)?;
    sent.set("cache-control", headers::IMMUTABLE)?;
    sent.set("x-content-type-options", "nosniff")?;
    // An SVG opened by itself is a document: it gets nothing to run and nothing to load.
    sent.set("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")?;
    Ok(Response::from_bytes(logo.bytes.clone())?.with_headers(sent))
}

/// The loader, with the look of `published` in it; without one it finds its site in the tag.
pub async fn serve_loader(
    request: &Request,
    env: &Env,
    config: &Config,
    published: Option<&Published>,
) -> Result<Response> {
    let source = load_script(env, config, "loader.js").await?;
    let looks: Vec<Look> = published.map_or_else(Vec::new, |published| {
        let languages = &published.site.settings.languages;
        languages.iter().map(|lang| published.site.public_look(lang, published.version)).collect()
    });
    let encoding = headers::choose_encoding(&request.headers().get("accept-encoding")?.unwrap_or_default());
    let answer = public_headers("text/javascript; charset=utf-8", headers::SHORT, encoding)?;
    let body = ResponseBody::Body(site_loader(&source, &config.origin, &looks).into_bytes());
    Ok(Response::from_body(body)?.with_headers(answer))
}

/// The script that puts the panel of `published` into the page itself.
pub async fn serve_inline_script(
    request: &Request,
    env: &Env,
    config: &Config,
    published: &Published,
) -> Result<Response> {
    let source = load_script(env, config, "inline.js").await?;
    let widget = format!("{}{}", config.origin, config.assets.path("widget.js"));
    let text = inline_script(&source, &config.origin, &published.site.settings.site, &widget);
    let encoding = headers::choose_encoding(&request.headers().get("accept-encoding")?.unwrap_or_default());
    let answer = public_headers("text/javascript; charset=utf-8", headers::SHORT, encoding)?;
    Ok(Response::from_body(ResponseBody::Body(text.into_bytes()))?.with_headers(answer))
}

/// The headers of a file that every page on the web may load.
pub fn public_headers(content_type: &str, kept: &str, encoding: Option<(&str, &str)>) -> Result<Headers> {
    let answer = Headers::new();
    answer.set("content-type", content_type)?;
    answer.set("cache-control", kept)?;
    answer.set("access-control-allow-origin", "*")?;
    answer.set("cross-origin-resource-policy", "cross-origin")?;
    answer.set("x-content-type-options", "nosniff")?;
    answer.set("vary", "accept-encoding")?;
    if let Some((_, name)) = encoding {
        answer.set("content-encoding", name)?;
    }
    Ok(answer)
}

/// A built script that the edge fills in, read once an isolate.
pub async fn load_script(env: &Env, config: &Config, name: &'static str) -> Result<Rc<str>> {
    thread_local!(static SOURCES: RefCell<HashMap<&'static str, Rc<str>>> = RefCell::default());
    if let Some(source) = SOURCES.with_borrow(|sources| sources.get(name).cloned()) {
        return Ok(source);
    }
    let path = config.assets.path(name);
    let mut stored = env.service("ASSETS")?.fetch(format!("https://assets{path}"), None).await?;
    let text: Rc<str> = stored.text().await?.into();
    if stored.status_code() == 200 {
        SOURCES.with_borrow_mut(|sources| sources.insert(name, text.clone()));
    } else {
        worker::console_error!("the built {name} is missing: {path}");
    }
    Ok(text)
}
