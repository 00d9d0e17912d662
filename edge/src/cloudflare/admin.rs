//! The admin API: publish, roll back, ask which version is live.

use super::{
    answers::{fault, json, plain},
    board_object::board,
    callback::bounded,
    config::Config,
    meaning, person,
    platform::now,
    registry,
    site_standing::Stamped,
    sites,
};
use crate::{
    desk::{Done, OPERATOR},
    report::metrics,
    route::AdminRoute,
    site_registry::Found,
    standing::Order,
};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use site::MAX_BUNDLE_BYTES;
use wire::{Fault, desk::Count};
use worker::{Env, Request, Response, Result};

/// Longest order, in bytes: a notice in each language.
const MAX_ORDER_BYTES: usize = 16 * 1024;

#[derive(Deserialize)]
struct Versions {
    version: u64,
    previous: u64,
}

#[derive(Serialize)]
struct Status<'a> {
    site: &'a str,
    version: u64,
    previous: u64,
}

/// Answers an operator who knows the key; to everybody else this API does not exist.
pub async fn answer(
    mut request: Request,
    env: &Env,
    config: &Config,
    site: &str,
    wanted: AdminRoute,
) -> Result<Response> {
    if !opens(&request, config)? {
        return fault(Fault::NoSite, 404);
    }
    let act = match wanted {
        AdminRoute::Publish => Some("publish"),
        AdminRoute::Rollback => Some("rollback"),
        AdminRoute::Status | AdminRoute::Standing | AdminRoute::Report => None,
        AdminRoute::Metrics | AdminRoute::Learned | AdminRoute::Trail => None,
        AdminRoute::Erase | AdminRoute::Export | AdminRoute::Forget => None,
    };
    let answered = match wanted {
        AdminRoute::Status => sites::ask(env, site, "status", None).await?,
        AdminRoute::Rollback => sites::ask(env, site, "rollback", Some(Vec::new())).await?,
        AdminRoute::Standing => return order(request, env, site).await,
        AdminRoute::Erase => return person::erase(request, env, site).await,
        AdminRoute::Export => return person::export(request, env, site).await,
        AdminRoute::Forget => return person::forget(request, env, site).await,
        AdminRoute::Report => return happened(&request, env, site).await,
        AdminRoute::Metrics => return measured(env, site).await,
        AdminRoute::Learned => return asked_of_board(env, site, "learned", 0).await,
        AdminRoute::Trail => {
            return asked_of_board(env, site, "trail", number(&request, "before")?.unwrap_or(0)).await;
        }
        AdminRoute::Publish => {
            let length = request.headers().get("content-length")?.and_then(|n| n.parse::<usize>().ok());
            if length.is_none_or(|length| length > MAX_BUNDLE_BYTES) {
                return plain(&format!("send a content-length of at most {MAX_BUNDLE_BYTES} bytes\n"), 413);
            }
            let bytes = request.bytes().await?;
            // The operator may know what is wrong: this is his own bundle.
            let published = sites::read(0, &bytes);
            if let Ok(published) = &published {
                meaning::attach(env, published).await;
            }
            match published {
                Err(error) => return plain(&format!("{error}\n"), 422),
                Ok(published) if published.site.settings.site != site => {
                    let own = &published.site.settings.site;
                    return plain(&format!("this bundle is of the site {own:?}, not {site:?}\n"), 422);
                }
                Ok(published) if !published.model.is_whole() => {
                    return plain(&format!("{}\n", sites::OTHER_TABLE), 422);
                }
                Ok(_) => sites::ask(env, site, "publish", Some(bytes)).await?,
            }
        }
    };
    sites::forget(site);
    report(env, site, act, answered).await
}

/// What happened since the day that the URL names, `?from=` in days since 1970.
async fn happened(request: &Request, env: &Env, site: &str) -> Result<Response> {
    match counts(env, site, number(request, "from")?.unwrap_or(0)).await? {
        Some(counts) => json(&counts),
        None => plain("nothing was published under this name yet\n", 404),
    }
}

/// What the URL says for `name`.
fn number(request: &Request, name: &str) -> Result<Option<u64>> {
    let url = request.url()?;
    Ok(url.query_pairs().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok()))
}

/// What the site's board says.
async fn asked_of_board(env: &Env, site: &str, path: &str, body: u64) -> Result<Response> {
    let there = match path {
        // Of a site that was forgotten the trail alone is left: it proves that it was.
        "trail" => sites::published(env, site).await?.is_some() || sites::is_forgotten(env, site).await?,
        _ => sites::published(env, site).await?.is_some(),
    };
    if !there {
        return plain("nothing was published under this name yet\n", 404);
    }
    json(&board(env, site, path, &body).await?.json::<serde_json::Value>().await?)
}

/// The operator did something: it stands in the site's trail.
pub async fn done(env: &Env, site: &str, act: &str, about: String) -> Result<()> {
    let done = Done { at: now(), who: OPERATOR.to_owned(), act: act.to_owned(), about };
    board(env, site, "done", &done).await.map(drop)
}

async fn measured(env: &Env, site: &str) -> Result<Response> {
    let Some(counts) = counts(env, site, 0).await? else {
        return plain("nothing was published under this name yet\n", 404);
    };
    let answer = plain(&metrics(site, &counts), 200)?;
    answer.headers().set("content-type", "text/plain; version=0.0.4; charset=utf-8")?;
    Ok(answer)
}

async fn counts(env: &Env, site: &str, from: u64) -> Result<Option<Vec<Count>>> {
    if sites::published(env, site).await?.is_none() {
        return Ok(None);
    }
    let body = serde_json::to_vec(&from)?;
    Ok(Some(sites::ask(env, site, "report", Some(body)).await?.json().await?))
}

/// Does what the operator wants at once, and says how the site stands then.
async fn order(mut request: Request, env: &Env, site: &str) -> Result<Response> {
    let Some(body) = bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return plain(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413);
    };
    let Ok(order) = serde_json::from_slice::<Order>(&body) else {
        return plain("this is no order that this edge understands\n", 422);
    };
    let Some(published) = sites::published(env, site).await? else {
        return plain("nothing was published under this name yet\n", 404);
    };
    let order = match order.checked(&published.site, now()) {
        Ok(order) => order,
        Err(reason) => return plain(&format!("{reason}\n"), 422),
    };
    let stamped: Stamped =
        sites::ask(env, site, "order", Some(serde_json::to_vec(&order)?)).await?.json().await?;
    sites::forget(site);
    done(env, site, "standing", serde_json::to_string(&stamped.standing)?).await?;
    json(&stamped.standing)
}

async fn report(env: &Env, site: &str, act: Option<&str>, mut answered: Response) -> Result<Response> {
    match answered.status_code() {
        200 => {
            let Versions { version, previous } = answered.json().await?;
            let how = if act == Some("publish") && version == 1 && previous == 0 {
                Found::New
            } else {
                Found::Older
            };
            registry::register(env, site, how).await?;
            if let Some(act) = act {
                done(env, site, act, format!("version {version}")).await?;
            }
            json(&Status { site, version, previous })
        }
        423 => plain("the site is being forgotten: run `hoi forget` until it is done\n", 423),
        409 => plain("there is no version before this one\n", 409),
        404 => plain("nothing was published under this name yet\n", 404),
        other => plain(&format!("the site's object answered {other}\n"), 502),
    }
}

/// Whether `request` brings the operator's key.
pub fn opens(request: &Request, config: &Config) -> Result<bool> {
    let given = request.headers().get("authorization")?.unwrap_or_default();
    let known = knows_key(config, given.strip_prefix("Bearer ").unwrap_or_default());
    if !known && !given.is_empty() {
        worker::console_warn!("somebody came to the admin API with a key that is not the edge's");
    }
    Ok(known)
}

/// Compares in constant time: both sides go through a MAC first, so that not even their lengths show.
fn knows_key(config: &Config, given: &str) -> bool {
    let Some(key) = &config.admin_key else { return false };
    let mac = |text: &str| {
        let mac = <Hmac<Sha256> as Mac>::new_from_slice(config.secret.as_bytes()).ok();
        mac.map(|mut mac| {
            mac.update(text.as_bytes());
            mac
        })
    };
    let (Some(given), Some(key)) = (mac(given), mac(key)) else { return false };
    given.verify(&key.finalize().into_bytes()).is_ok()
}
