//! Who is signed in at the desk.

use wire::desk::Role;
use worker::{Env, Request, Result};

/// Somebody who is signed in.
pub struct Signed {
    pub name: String,
    pub shown: String,
    pub role: Role,
    pub sites: Vec<String>,
    pub session: String,
}

pub async fn signed_in(_env: &Env, _request: &Request, _site: &str) -> Result<Option<Signed>> {
    Ok(None)
}

pub async fn still(_env: &Env, _session: &str, _site: &str) -> Result<Option<Role>> {
    Ok(None)
}
