//! What the operator bound to the worker.

use super::request_url::RequestUrl;
use hoi_core::{crypto::encryption::Lock, http::assets::Assets, push::VapidKey};
use worker::{Env, Error, Request, Result};

/// The operator's settings, and where this request came in.
pub struct Config {
    /// Seals tickets.
    pub secret: String,
    /// Opens the admin API; absent: it stays shut.
    pub admin_key: Option<String>,
    /// The static files.
    pub assets: Assets,
    /// The edge's own origin as visitors see it, `https://hoi.example`.
    pub origin: String,
}

/// Shortest secret that is taken, in bytes.
const MIN_SECRET: usize = 32;

impl Config {
    /// Reads the bindings `HOI_SECRET`, `HOI_ADMIN_KEY`, `HOI_ASSETS` and `HOI_ORIGIN`.
    ///
    /// # Errors
    /// A sentence for the operator's log, if a binding is missing or can't be used.
    pub fn from_env(env: &Env, request: &Request) -> Result<Config> {
        let secret = read_binding(env, "HOI_SECRET").unwrap_or_default();
        if secret.len() < MIN_SECRET {
            return Err(Error::RustError(format!(
                "HOI_SECRET must be bound, with at least {MIN_SECRET} characters"
            )));
        }
        let assets = read_binding(env, "HOI_ASSETS").unwrap_or_default();
        let assets = serde_json::from_str(&assets)
            .map_err(|error| Error::RustError(format!("HOI_ASSETS is not the build's manifest: {error}")))?;
        // Behind a proxy that ends TLS the request's own scheme is not what visitors see.
        let origin = match read_binding(env, "HOI_ORIGIN") {
            Some(origin) => origin,
            None => RequestUrl::from_request(request)?.read_origin(),
        };
        let admin_key = read_binding(env, "HOI_ADMIN_KEY").filter(|key| key.len() >= MIN_SECRET);
        Ok(Config { secret, admin_key, assets, origin })
    }

    /// The edge's host, with its port.
    pub fn host(&self) -> &str {
        self.origin.split_once("://").map_or(&self.origin, |(_, host)| host)
    }

    /// Whether visitors reach the edge over TLS.
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }
}

/// The value behind the name of a site's secret. A bundle that was made by hand could name one of the edge's own, and have it sent as a token:
/// those are never given out.
pub fn site_secret(env: &Env, name: &str) -> String {
    let name = Some(name).filter(|name| !site::Agency::is_reserved(name));
    name.and_then(|name| read_binding(env, name)).unwrap_or_default()
}

/// What seals the answers to `site`'s forms.
pub fn encryption_lock(env: &Env, site: &str) -> Lock {
    Lock::for_site(&edge_secret(env), site)
}

/// What signs and keys everything that only this edge is to read.
pub fn edge_secret(env: &Env) -> Vec<u8> {
    read_binding(env, "HOI_SECRET").unwrap_or_default().into_bytes()
}

/// The edge's own key towards push services; without one there is no word of all this.
pub fn push_key(env: &Env) -> Option<VapidKey> {
    let key = VapidKey::parse(&read_binding(env, "HOI_PUSH_KEY")?);
    if key.is_none() {
        worker::console_error!("HOI_PUSH_KEY is no key: it must be 32 random bytes in base64");
    }
    key
}

/// Whether devices can be told of news: the operator has bound a key towards push services.
pub fn has_push_key(env: &Env) -> bool {
    read_binding(env, "HOI_PUSH_KEY").is_some()
}

/// Whether this edge has a studio.
pub fn has_studio(env: &Env) -> bool {
    read_binding(env, "HOI_STUDIO").is_some()
}

/// A text binding, if there is one that says something.
pub fn read_binding(env: &Env, name: &str) -> Option<String> {
    let value = env.var(name).ok()?.to_string();
    Some(value).filter(|value| !value.is_empty())
}
