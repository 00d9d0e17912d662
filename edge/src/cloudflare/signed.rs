//! Who is signed in at the desk. [`signed_in`] asks at a request, [`still`] later, for a socket that stays open.

use super::{
    config::{Config, text},
    platform::{now, random},
    staff_asked::{Look, Seen},
};
use crate::{
    quota::{Address, named},
    staff::{Stage, cookie, session, way::quoted},
};
use serde::{Serialize, de::DeserializeOwned};
use wire::desk::Role;
use worker::{Env, Headers, Method, Request, RequestInit, Response, Result};

/// Somebody who is signed in, at one of the account's sites.
#[derive(Debug, Clone)]
pub struct Signed {
    /// The account's name.
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// What it may do at the site.
    pub role: Role,
    /// All sites of the account, in order of their names.
    pub sites: Vec<String>,
    /// The digest of the session, for [`still`].
    pub session: String,
}

/// Who makes `request`, if it is somebody who may be at the desk of `site`.
pub async fn signed_in(env: &Env, config: &Config, request: &Request, site: &str) -> Result<Option<Signed>> {
    let Some((session, seen)) = whole(env, config, request).await? else { return Ok(None) };
    let account = seen.account;
    let Some(role) = account.roles.get(site).copied() else { return Ok(None) };
    let sites = account.roles.into_keys().collect();
    Ok(Some(Signed { name: account.name, shown: account.shown, role, sites, session }))
}

/// What the session may do at `site` by now: nothing if it has ended, the account was shut or has no role there any more. `acted`: its
/// owner has just done something, so that it goes on; a look by the clock keeps nobody signed in.
pub async fn still(env: &Env, session: &str, site: &str, acted: bool) -> Result<Option<Role>> {
    let look = Look { digest: session.to_owned(), acted, enrol: false };
    let seen: Option<Seen> = ask(env, "look", &look).await?;
    let seen = seen.filter(|seen| seen.stage == Stage::In);
    Ok(seen.and_then(|seen| seen.account.roles.get(site).copied()))
}

/// Leads to the page for signing in, and from there to `next`, a path of the desk's.
pub fn to_sign_in(next: &str) -> Result<Response> {
    to(&format!("/desk/sign-in?next={}", quoted(next)))
}

/// Leads to a path of the edge's own.
pub fn to(path: &str) -> Result<Response> {
    let headers = Headers::new();
    headers.set("location", path)?;
    headers.set("cache-control", "no-store")?;
    Ok(Response::empty()?.with_status(303).with_headers(headers))
}

/// `/desk`: the desk of the account's first site.
pub async fn home(env: &Env, config: &Config, request: &Request) -> Result<Response> {
    match whole(env, config, request).await? {
        None => to_sign_in("/desk"),
        Some((_, seen)) => match seen.account.roles.keys().next() {
            Some(site) => to(&format!("/desk/s/{site}")),
            None => to("/desk/account"),
        },
    }
}

/// The session of a whole sign-in: its digest, and whose it is.
pub async fn whole(env: &Env, config: &Config, request: &Request) -> Result<Option<(String, Seen)>> {
    let seen = any(env, config, request, false).await?;
    Ok(seen.filter(|(_, seen)| seen.stage == Stage::In))
}

/// The session of `request`, however far the sign-in is. `enrol`: one-time codes are to be set up.
pub async fn any(
    env: &Env,
    config: &Config,
    request: &Request,
    enrol: bool,
) -> Result<Option<(String, Seen)>> {
    let cookies = request.headers().get("cookie")?.unwrap_or_default();
    let token = cookie::read(&cookies, config.is_secure());
    let Some(digest) = token.and_then(session::digest) else { return Ok(None) };
    let look = Look { digest: digest.clone(), acted: true, enrol };
    let seen: Option<Seen> = ask(env, "look", &look).await?;
    Ok(seen.map(|seen| (digest, seen)))
}

/// A new token, and its digest.
pub fn fresh() -> Result<(String, String)> {
    let token = session::token(random()?);
    let digest = session::digest(&token).unwrap_or_default();
    Ok((token, digest))
}

/// `answer`, which gives the browser this token.
pub fn with_token(answer: Response, config: &Config, token: &str) -> Result<Response> {
    answer.headers().set("set-cookie", &cookie::set(token, config.is_secure()))?;
    Ok(answer)
}

/// The name under which the request's address is counted today, if the edge is told it.
pub fn address(env: &Env, config: &Config, request: &Request) -> Result<Option<String>> {
    let Some(header) = text(env, "HOI_ADDRESS_HEADER") else { return Ok(None) };
    let said = request.headers().get(&header)?.unwrap_or_default();
    let day = now() / 86_400_000;
    // No site has a space in its name.
    Ok(Address::read(&said).map(|address| named(config.secret.as_bytes(), "desk staff", address, day)))
}

/// Asks the Staff object.
pub async fn ask<T: DeserializeOwned>(env: &Env, path: &str, asked: &impl Serialize) -> Result<T> {
    Ok(serde_json::from_str(&answer(env, path, serde_json::to_string(asked)?).await?)?)
}

async fn answer(env: &Env, path: &str, asked: String) -> Result<String> {
    let stub = env.durable_object("STAFF")?.get_by_name("staff")?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(asked.into()));
    let request = Request::new_with_init(&format!("https://staff/{path}"), &init)?;
    stub.fetch_with_request(request).await?.text().await
}
