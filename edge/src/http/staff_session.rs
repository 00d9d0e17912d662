//! Who makes a request of the desk's, by the session in its cookie.

use super::connection_quota::read_address_header;
use crate::{
    platform::{config::Config, now, random_bytes},
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, StaffSession},
        staff::{ReadSession, SessionInfo},
    },
};
use hoi_core::{
    accounts::{SignInStage, cookie, redirect::quote_path, session},
    board::StaffMember,
    limits::usage::{ClientAddress, hash_address},
};
use wire::desk::Role;
use worker::{Env, Headers, Request, Response, Result};

/// Somebody who is signed in, at one of the account's sites.
#[derive(Debug, Clone)]
pub struct SignedInStaff {
    /// The account's name.
    pub name: String,
    /// As visitors and colleagues see it.
    pub shown: String,
    /// What it may do at the site.
    pub role: Role,
    /// All sites of the account, in order of their names.
    pub sites: Vec<String>,
    /// The digest of the session, for [`crate::rpc::staff::current_role`].
    pub session: String,
}

impl SignedInStaff {
    /// As whom they act.
    pub fn actor(&self) -> StaffMember {
        StaffMember { name: self.name.clone(), shown: self.shown.clone(), role: self.role }
    }

    /// Their session in a conversation of the site.
    pub fn in_conversation(self, key: ConversationKey) -> StaffSession {
        StaffSession { whose: key, who: self.actor(), session: self.session }
    }
}

/// Who makes `request`, if it is somebody who may be at the desk of `site`.
pub async fn find_signed_in(
    env: &Env,
    config: &Config,
    request: &Request,
    site: &str,
) -> Result<Option<SignedInStaff>> {
    let Some((session, seen)) = complete_session(env, config, request).await? else { return Ok(None) };
    let account = seen.account;
    let Some(role) = account.roles.get(site).copied() else { return Ok(None) };
    let sites = account.roles.into_keys().collect();
    Ok(Some(SignedInStaff { name: account.name, shown: account.shown, role, sites, session }))
}

/// Leads to the page for signing in, and from there to `next`, a path of the desk's.
pub fn redirect_to_sign_in(next: &str) -> Result<Response> {
    redirect_to(&format!("/desk/sign-in?next={}", quote_path(next)))
}

/// Leads to a path of the edge's own.
pub fn redirect_to(path: &str) -> Result<Response> {
    let headers = Headers::new();
    headers.set("location", path)?;
    headers.set("cache-control", "no-store")?;
    Ok(Response::empty()?.with_status(303).with_headers(headers))
}

/// `/desk`: the desk of the account's first site.
pub async fn redirect_home(env: &Env, config: &Config, request: &Request) -> Result<Response> {
    match complete_session(env, config, request).await? {
        None => redirect_to_sign_in("/desk"),
        Some((_, seen)) => match seen.account.roles.keys().next() {
            Some(site) => redirect_to(&format!("/desk/s/{site}")),
            None => redirect_to("/desk/account"),
        },
    }
}

/// The session of a whole sign-in: its digest, and whose it is.
pub async fn complete_session(
    env: &Env,
    config: &Config,
    request: &Request,
) -> Result<Option<(String, SessionInfo)>> {
    let seen = read_session(env, config, request, false).await?;
    Ok(seen.filter(|(_, seen)| seen.stage == SignInStage::In))
}

/// The session of `request`, however far the sign-in is. `enrol`: one-time codes are to be set up.
pub async fn read_session(
    env: &Env,
    config: &Config,
    request: &Request,
    enrol: bool,
) -> Result<Option<(String, SessionInfo)>> {
    let cookies = request.headers().get("cookie")?.unwrap_or_default();
    let token = cookie::read_session(&cookies, config.is_secure());
    let Some(digest) = token.and_then(session::token_digest) else { return Ok(None) };
    let seen = ReadSession { digest: digest.clone(), acted: true, enrol }.call(env, &()).await?;
    Ok(seen.map(|seen| (digest, seen)))
}

/// A new token, and its digest.
pub fn new_token() -> Result<(String, String)> {
    let token = session::new_token(random_bytes()?);
    let digest = session::token_digest(&token).unwrap_or_default();
    Ok((token, digest))
}

/// `answer`, which gives the browser this token.
pub fn with_session_cookie(answer: Response, config: &Config, token: &str) -> Result<Response> {
    answer.headers().set("set-cookie", &cookie::set_session(token, config.is_secure()))?;
    Ok(answer)
}

/// The name under which the request's address is counted today, if the edge is told it.
pub fn client_address(env: &Env, config: &Config, request: &Request) -> Result<Option<String>> {
    let Some(said) = read_address_header(env, request)? else { return Ok(None) };
    let day = now() / 86_400_000;
    // No site has a space in its name.
    Ok(ClientAddress::from_header(&said)
        .map(|address| hash_address(config.secret.as_bytes(), "desk staff", address, day)))
}
