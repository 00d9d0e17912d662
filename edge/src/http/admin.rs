//! The admin API: publish, roll back, ask which version is live.

use super::{erasure, response::plain_text};
use crate::{
    cache::{meaning, registry, sites},
    platform::{
        body::read_bounded,
        config::Config,
        now,
        request_url::RequestUrl,
        response::{fault_response, json_response},
    },
    rpc::{
        ObjectCall as _,
        board::{AppendAudit, ListDecisions, ReadAudit},
        site::{
            ChangeStatus, Publish, ReadCounts, ReadForgotten, ReadVersions, Rollback, VersionRefusal,
            Versions,
        },
    },
};
use hmac::{Hmac, Mac};
use hoi_core::{
    board::{AuditEvent, OPERATOR},
    http::route::AdminRoute,
    metrics::format_prometheus,
    quote::quote_text,
    site_registry::SiteDiscovery,
    site_status::StatusRequest,
};
use serde::Serialize;
use sha2::Sha256;
use site::MAX_BUNDLE_BYTES;
use wire::{Fault, desk::Count};
use worker::{Env, Request, Response, Result};

/// Longest order, in bytes: a notice in each language.
const MAX_ORDER_BYTES: usize = 16 * 1024;

#[derive(Serialize)]
struct VersionsAnswer<'a> {
    site: &'a str,
    version: u64,
    previous: u64,
}

/// Answers an operator who knows the key; to everybody else this API does not exist.
pub async fn handle(
    mut request: Request,
    env: &Env,
    config: &Config,
    site: &str,
    wanted: AdminRoute,
) -> Result<Response> {
    if !is_authorized(&request, config)? {
        return fault_response(Fault::NoSite, 404);
    }
    let act = match wanted {
        AdminRoute::Publish => Some("publish"),
        AdminRoute::Rollback => Some("rollback"),
        AdminRoute::Status | AdminRoute::Standing | AdminRoute::Report => None,
        AdminRoute::Metrics | AdminRoute::Learned | AdminRoute::Trail => None,
        AdminRoute::Erase | AdminRoute::Export | AdminRoute::Forget => None,
    };
    let versions = match wanted {
        AdminRoute::Status => ReadVersions.call(env, site).await?.ok_or(VersionRefusal::NotPublished),
        AdminRoute::Rollback => Rollback.call(env, site).await?,
        AdminRoute::Standing => return change_status(request, env, site).await,
        AdminRoute::Erase => return erasure::handle_erase(request, env, site).await,
        AdminRoute::Export => return erasure::handle_export(request, env, site).await,
        AdminRoute::Forget => return erasure::handle_forget(request, env, site).await,
        AdminRoute::Report => return counts_response(&request, env, site).await,
        AdminRoute::Metrics => return metrics_response(env, site).await,
        AdminRoute::Learned => return list_decisions(env, site).await,
        AdminRoute::Trail => return read_audit(&request, env, site).await,
        AdminRoute::Publish => {
            let length = request.headers().get("content-length")?.and_then(|n| n.parse::<usize>().ok());
            if length.is_none_or(|length| length > MAX_BUNDLE_BYTES) {
                return plain_text(
                    &format!("send a content-length of at most {MAX_BUNDLE_BYTES} bytes\n"),
                    413,
                );
            }
            let bytes = request.bytes().await?;
            // The operator may know what is wrong: this is his own bundle.
            let published = sites::read_bundle(0, &bytes);
            if let Ok(published) = &published {
                meaning::attach_table(env, published).await;
            }
            match published {
                Err(error) => return plain_text(&format!("{error}\n"), 422),
                Ok(published) if published.site.settings.site != site => {
                    let (own, site) = (quote_text(&published.site.settings.site), quote_text(site));
                    return plain_text(&format!("this bundle is of the site {own}, not {site}\n"), 422);
                }
                Ok(published) if !published.model.is_whole() => {
                    return plain_text(&format!("{}\n", sites::OTHER_TABLE), 422);
                }
                Ok(_) => Publish.call_with_bytes(env, site, &bytes).await?,
            }
        }
    };
    sites::invalidate(site);
    versions_response(env, site, act, versions).await
}

/// What happened since the day that the URL names, `?from=` in days since 1970.
async fn counts_response(request: &Request, env: &Env, site: &str) -> Result<Response> {
    match read_counts(env, site, query_number(request, "from")?.unwrap_or(1)).await? {
        Some(counts) => json_response(&counts),
        None => not_published(),
    }
}

/// What the URL says for `name`.
fn query_number(request: &Request, name: &str) -> Result<Option<u64>> {
    Ok(RequestUrl::from_request(request)?.query_value(name).and_then(|value| value.parse().ok()))
}

/// What the desk made of questions that were not answered.
async fn list_decisions(env: &Env, site: &str) -> Result<Response> {
    if sites::find_published(env, site).await?.is_none() {
        return not_published();
    }
    json_response(&ListDecisions.call(env, site).await?)
}

/// Whether the site's trail is whole, and its newest acts before the one that the URL names, `?before=`. Of a site that was
/// forgotten the trail alone is left: it proves that it was.
async fn read_audit(request: &Request, env: &Env, site: &str) -> Result<Response> {
    let there = sites::find_published(env, site).await?.is_some() || ReadForgotten.call(env, site).await?;
    if !there {
        return not_published();
    }
    json_response(&ReadAudit { before: query_number(request, "before")?.unwrap_or(0) }.call(env, site).await?)
}

fn not_published() -> Result<Response> {
    plain_text("nothing was published under this name yet\n", 404)
}

/// The operator did something: it stands in the site's trail.
pub async fn append_audit(env: &Env, site: &str, act: &str, about: String) -> Result<()> {
    let done = AuditEvent { at: now(), who: OPERATOR.to_owned(), act: act.to_owned(), about };
    AppendAudit(done).call(env, site).await.map(drop)
}

async fn metrics_response(env: &Env, site: &str) -> Result<Response> {
    let Some(counts) = read_counts(env, site, 0).await? else {
        return not_published();
    };
    let answer = plain_text(&format_prometheus(site, &counts), 200)?;
    answer.headers().set("content-type", "text/plain; version=0.0.4; charset=utf-8")?;
    Ok(answer)
}

async fn read_counts(env: &Env, site: &str, from: u64) -> Result<Option<Vec<Count>>> {
    if sites::find_published(env, site).await?.is_none() {
        return Ok(None);
    }
    ReadCounts { from }.call(env, site).await.map(Some)
}

/// Does what the operator wants at once, and says how the site stands then.
async fn change_status(mut request: Request, env: &Env, site: &str) -> Result<Response> {
    let Some(body) = read_bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return plain_text(&format!("send at most {MAX_ORDER_BYTES} bytes\n"), 413);
    };
    let Ok(order) = wire::parse_json::<StatusRequest>(&body) else {
        return plain_text("this is no order that this edge understands\n", 422);
    };
    let Some(published) = sites::find_published(env, site).await? else {
        return not_published();
    };
    let order = match order.validate(&published.site, now()) {
        Ok(order) => order,
        Err(reason) => return plain_text(&format!("{reason}\n"), 422),
    };
    let status = ChangeStatus(order).call(env, site).await?;
    sites::invalidate(site);
    append_audit(env, site, "standing", serde_json::to_string(&status.standing)?).await?;
    json_response(&status.standing)
}

async fn versions_response(
    env: &Env,
    site: &str,
    act: Option<&str>,
    versions: std::result::Result<Versions, VersionRefusal>,
) -> Result<Response> {
    match versions {
        Ok(Versions { version, previous }) => {
            let is_first = act == Some("publish") && version == 1 && previous == 0;
            let how = if is_first { SiteDiscovery::New } else { SiteDiscovery::Older };
            registry::register(env, site, how).await?;
            if let Some(act) = act {
                append_audit(env, site, act, format!("version {version}")).await?;
            }
            json_response(&VersionsAnswer { site, version, previous })
        }
        Err(VersionRefusal::BeingForgotten) => {
            plain_text("the site is being forgotten: run `hoi forget` until it is done\n", 423)
        }
        Err(VersionRefusal::NoPrevious) => plain_text("there is no version before this one\n", 409),
        Err(VersionRefusal::NotPublished) => not_published(),
    }
}

/// Whether `request` brings the operator's key.
pub fn is_authorized(request: &Request, config: &Config) -> Result<bool> {
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
