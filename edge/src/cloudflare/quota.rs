//! Asks the site's books whether there is more, and has them count.

use super::{
    config::{Config, text},
    platform::now,
    sites,
};
use crate::{
    quota::{Address, Day, Spend, Verdict, What, named},
    turn::Published,
};
use worker::{Env, Request, Result};

/// The name under which the request's address is counted today; `None` where the operator's proxy doesn't say it.
pub fn address(
    env: &Env,
    config: &Config,
    published: &Published,
    request: &Request,
) -> Result<Option<String>> {
    let settings = &published.site.settings;
    let Some(header) = text(env, "HOI_ADDRESS_HEADER") else { return Ok(None) };
    let said = request.headers().get(&header)?.unwrap_or_default();
    let day = Day::at(now(), settings.utc_offset_minutes).number;
    Ok(Address::read(&said).map(|address| named(config.secret.as_bytes(), &settings.site, address, day)))
}

/// Whether somebody may come in, before anything is made for him: how long to wait, in milliseconds, if not.
/// `what` is a connection or a look.
pub async fn knock(
    env: &Env,
    published: &Published,
    what: What,
    address: Option<&String>,
) -> Result<Option<u64>> {
    // Without an address there is nobody to tell apart; the site's own day is looked at with each message.
    let Some(address) = address else { return Ok(None) };
    spend(env, published, what, Some(address.clone())).await
}

/// Counts `what`; how long to wait before more of it, in milliseconds.
pub async fn spend(
    env: &Env,
    published: &Published,
    what: What,
    address: Option<String>,
) -> Result<Option<u64>> {
    let settings = &published.site.settings;
    let (limits, utc_offset_minutes) = (settings.limits, settings.utc_offset_minutes);
    let body = serde_json::to_vec(&Spend { what, address, limits, utc_offset_minutes })?;
    let verdict: Verdict = sites::ask(env, &settings.site, "spend", Some(body)).await?.json().await?;
    Ok(verdict.wait_ms)
}
