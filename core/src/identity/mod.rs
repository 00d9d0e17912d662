//! Who a visitor is, as the host's own server says: a JSON Web Token (RFC 7519) that it signed for this site.
//!
//! The site's settings name the one algorithm; what a token says of itself chooses nothing. The visitor is answered alike
//! whatever is wrong with a token, so that nobody learns from trying; the reason is for the edge's log.

mod key;
mod refusal;
#[cfg(test)]
mod tests;

use crate::{limits::sanitize, time::Seconds};
use jwt_compact::{Algorithm, AlgorithmExt as _, Claims, TimeOptions, UntrustedToken, ValidationError};
use jwt_compact::{alg::Es256, alg::Hs256, alg::Rsa};
use key::IdentityKey;
pub use key::{KeyError, check_public_key};
pub use refusal::IdentityRefusal;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;
use site::Identity;

/// Longest token that is looked at, in bytes.
pub const MAX_BYTES: usize = 4096;
/// A token may hold for so long at most: it travels through a page.
pub const MAX_LIFE: Seconds = Seconds::from_days(1);
/// Clocks may differ by so much.
pub const LEEWAY: Seconds = Seconds(60);
/// Longest `sub` and `name`, in characters.
const MAX_CHARS: usize = 128;

/// Who a visitor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visitor {
    /// The host's own name for him, `sub`.
    pub id: String,
    /// What to call him.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct IdentityClaims {
    #[serde(deserialize_with = "deserialize_subject")]
    sub: String,
    aud: TokenAudience,
    #[serde(default)]
    iss: Option<String>,
    #[serde(default)]
    name: Option<String>,
}

/// One name, or a list of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum TokenAudience {
    One(String),
    Many(Vec<String>),
}

impl TokenAudience {
    pub(crate) fn contains(&self, name: &str) -> bool {
        match self {
            TokenAudience::One(one) => one == name,
            TokenAudience::Many(many) => many.iter().any(|one| one == name),
        }
    }
}

/// Whom `token` speaks of, if it is a good one for `site` at `now`. `secret` is the value behind
/// the secret's name, for `HS256`.
///
/// # Errors
/// [`IdentityRefusal`], for the log alone.
pub fn verify_identity_token(
    token: &str,
    identity: &Identity,
    secret: &str,
    site: &str,
    now: Seconds,
) -> Result<Visitor, IdentityRefusal> {
    if token.len() > MAX_BYTES {
        return Err(IdentityRefusal::Size);
    }
    let token = UntrustedToken::new(token).map_err(|_| IdentityRefusal::Format)?;
    let claims = match key::parse_key(identity, secret).map_err(|_| IdentityRefusal::Key)? {
        IdentityKey::Hs256(key) => verify_claims(&Hs256, &key, &token)?,
        IdentityKey::Rs256(key) => verify_claims(&Rsa::rs256(), &key, &token)?,
        IdentityKey::Es256(key) => verify_claims(&Es256, &key, &token)?,
    };
    let time = to_datetime(now).ok_or(IdentityRefusal::Expired)?;
    let options = TimeOptions::new(clock_leeway(), move || time);
    let expires = claims.expiration.ok_or(IdentityRefusal::Claims)?;
    claims.validate_expiration(&options).map_err(|_| IdentityRefusal::Expired)?;
    if claims.not_before.is_some() {
        claims.validate_maturity(&options).map_err(|_| IdentityRefusal::Early)?;
    }
    let expires = Seconds(u64::try_from(expires.timestamp()).map_err(|_| IdentityRefusal::Expired)?);
    if expires > now + MAX_LIFE + LEEWAY {
        return Err(IdentityRefusal::Life);
    }
    let said = claims.custom;
    if identity.issuer.is_some() && identity.issuer != said.iss {
        return Err(IdentityRefusal::Issuer);
    }
    if !said.aud.contains(site) {
        return Err(IdentityRefusal::Audience);
    }
    // The host compares its own names byte by byte; what to call somebody is text like any other.
    let id = bounded_name(sanitize::visible_text(&said.sub)).ok_or(IdentityRefusal::Subject)?;
    let name = said.name.as_deref().and_then(|name| bounded_name(sanitize::clean_text(name)));
    Ok(Visitor { id, name })
}

fn verify_claims<A: Algorithm>(
    algorithm: &A,
    key: &A::VerifyingKey,
    token: &UntrustedToken<'_>,
) -> Result<Claims<IdentityClaims>, IdentityRefusal> {
    // Refuses a token whose header names another algorithm.
    let token = algorithm.validator::<IdentityClaims>(key).validate(token).map_err(|error| match error {
        ValidationError::AlgorithmMismatch { .. } => IdentityRefusal::Algorithm,
        ValidationError::MalformedClaims(_) => IdentityRefusal::Claims,
        _ => IdentityRefusal::Signature,
    })?;
    Ok(token.into_parts().1)
}

/// A `sub`. RFC 7519 asks for a text; servers whose own names for people are numbers sign numbers. One that is no whole number of 64 bits
/// has more than one spelling, and would let two people be one.
pub(crate) fn deserialize_subject<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        _ => Err(D::Error::custom("sub is neither a text nor a whole number")),
    }
}

pub(crate) fn to_datetime(now: Seconds) -> Option<chrono::DateTime<chrono::Utc>> {
    chrono::DateTime::from_timestamp(i64::try_from(now.0).ok()?, 0)
}

pub(crate) fn clock_leeway() -> chrono::Duration {
    chrono::Duration::seconds(LEEWAY.0 as i64)
}

/// A name that may be shown and sent on.
fn bounded_name(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().nth(MAX_CHARS).is_none()).then(|| text.to_owned())
}
