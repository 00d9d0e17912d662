//! What a provider's ID token says, checked as OpenID Connect Core 1.0, 3.1.3.7 asks.

use crate::{
    identity::{MAX_BYTES, TokenAudience, leeway, to_datetime},
    time::Seconds,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jwt_compact::{
    Algorithm, AlgorithmExt as _, Claims, TimeOptions, UntrustedToken,
    alg::{Es256, Rsa, StrongKey},
};
use p256::{EncodedPoint, ecdsa::VerifyingKey};
use rsa::{BigUint, RsaPublicKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Somebody, as the provider knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OidcUser {
    /// The provider's own name for them, which never changes hands.
    pub sub: String,
    /// What an account may name them by, in lower case: the e-mail address, unless the provider says that nobody has seen it work, and the user name.
    pub names: Vec<String>,
}

/// Why a token is not taken. For the edge's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// No token at all, or longer than any.
    #[error("this is no token")]
    NoToken,
    /// No key of the provider's fits: there may be a new one.
    #[error("no key at the provider's jwks_uri fits (RS256 and ES256 are understood)")]
    Key,
    /// The signature is another's, or it does not say what it must.
    #[error("its signature is wrong, or it lacks a claim")]
    Signature,
    /// Another provider's.
    #[error("its issuer is not HOI_OIDC_ISSUER")]
    Issuer,
    /// For somebody else.
    #[error("it is not for HOI_OIDC_CLIENT_ID")]
    Audience,
    /// Too old, or from the future.
    #[error("its time is over, or the clocks differ")]
    Time,
    /// Not from this sign-in.
    #[error("its nonce is another one")]
    Nonce,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct IdTokenClaims {
    iss: String,
    sub: String,
    aud: TokenAudience,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: Option<Value>,
    #[serde(default)]
    preferred_username: Option<String>,
}

/// Whom `token` speaks of at `now`. `keys` is what stands at the provider's `jwks_uri`.
///
/// # Errors
/// [`TokenError`]; with [`TokenError::Key`] newer keys may help.
pub fn verify_id_token(
    token: &str,
    keys: &Value,
    issuer: &str,
    client: &str,
    nonce: &str,
    now: Seconds,
) -> Result<OidcUser, TokenError> {
    // A provider may put more into it than a page does.
    if token.len() > 8 * MAX_BYTES {
        return Err(TokenError::NoToken);
    }
    let token = UntrustedToken::new(token).map_err(|_| TokenError::NoToken)?;
    let claims = verify_signature(&token, keys)?;
    let time = to_datetime(now).ok_or(TokenError::Time)?;
    let options = TimeOptions::new(leeway(), move || time);
    claims.validate_expiration(&options).map_err(|_| TokenError::Time)?;
    if claims.not_before.is_some() {
        claims.validate_maturity(&options).map_err(|_| TokenError::Time)?;
    }
    let said = claims.custom;
    if said.iss != issuer {
        return Err(TokenError::Issuer);
    }
    if !said.aud.contains(client) || said.azp.is_some_and(|party| party != client) {
        return Err(TokenError::Audience);
    }
    if said.nonce.as_deref() != Some(nonce) {
        return Err(TokenError::Nonce);
    }
    // Some say it as a text.
    let unseen = matches!(&said.email_verified, Some(Value::Bool(false)))
        || said.email_verified == Some("false".into());
    let names = [said.email.filter(|_| !unseen), said.preferred_username];
    let names =
        names.into_iter().flatten().map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty());
    Ok(OidcUser { sub: said.sub, names: names.collect() })
}

fn verify_signature(token: &UntrustedToken<'_>, keys: &Value) -> Result<Claims<IdTokenClaims>, TokenError> {
    let listed = keys.get("keys").and_then(Value::as_array).ok_or(TokenError::Key)?;
    let named = token.header().key_id.as_deref();
    let mut found = TokenError::Key;
    for key in listed.iter().map(Jwk) {
        let for_more = key.string_field("use").is_some_and(|what| what != "sig");
        if for_more || (named.is_some() && key.string_field("kid") != named) {
            continue;
        }
        // The algorithm is the key's; what the token says of itself chooses nothing.
        let claims = match token.algorithm() {
            "RS256" => key.rsa_key().map(|key| verify_claims(&Rsa::rs256(), &key, token)),
            "ES256" => key.p256_key().map(|key| verify_claims(&Es256, &key, token)),
            _ => None,
        };
        match claims {
            Some(Some(claims)) => return Ok(claims),
            Some(None) => found = TokenError::Signature,
            None => {}
        }
    }
    Err(found)
}

/// A JSON Web Key (RFC 7517, RFC 7518, 6) as far as it is used.
struct Jwk<'a>(&'a Value);

impl Jwk<'_> {
    fn string_field(&self, field: &str) -> Option<&str> {
        self.0.get(field).and_then(Value::as_str)
    }

    fn bytes_field(&self, field: &str) -> Option<Vec<u8>> {
        URL_SAFE_NO_PAD.decode(self.string_field(field)?).ok()
    }

    /// An RSA key of 2048 bits at least.
    fn rsa_key(&self) -> Option<RsaPublicKey> {
        self.string_field("kty").filter(|kind| *kind == "RSA")?;
        let [modulus, exponent] =
            ["n", "e"].map(|field| self.bytes_field(field).map(|bytes| BigUint::from_bytes_be(&bytes)));
        let key = RsaPublicKey::new(modulus?, exponent?).ok()?;
        Some(StrongKey::try_from(key).ok()?.into_inner())
    }

    /// A point on P-256.
    fn p256_key(&self) -> Option<VerifyingKey> {
        self.string_field("crv").filter(|curve| *curve == "P-256")?;
        let [x, y] = ["x", "y"]
            .map(|field| self.bytes_field(field).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()));
        let point = EncodedPoint::from_affine_coordinates(&x?.into(), &y?.into(), false);
        VerifyingKey::from_encoded_point(&point).ok()
    }
}

fn verify_claims<A: Algorithm>(
    algorithm: &A,
    key: &A::VerifyingKey,
    token: &UntrustedToken<'_>,
) -> Option<Claims<IdTokenClaims>> {
    let token = algorithm.validator::<IdTokenClaims>(key).validate(token).ok()?;
    Some(token.into_parts().1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jwt_compact::{Header, jwk::JsonWebKey};
    use p256::ecdsa::SigningKey;
    use serde_json::json;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_slice(&[seed; 32]).unwrap()
    }

    fn listed(seed: u8, kid: &str) -> Value {
        let mut jwk = serde_json::to_value(JsonWebKey::from(key(seed).verifying_key())).unwrap();
        jwk["kid"] = kid.into();
        jwk
    }

    fn signs(seed: u8, kid: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut claims = json!({
            "iss": "https://id.example", "sub": "42", "aud": "hoi", "exp": 2_000, "iat": 1_000, "nonce": "n",
            "email": "Lan@Ward.example", "preferred_username": "lan",
        });
        change(&mut claims);
        let claims: Claims<Value> = serde_json::from_value(claims).unwrap();
        Es256.token(&Header::empty().with_key_id(kid), &claims, &key(seed)).unwrap()
    }

    fn read(token: &str, keys: &Value) -> Result<OidcUser, TokenError> {
        verify_id_token(token, keys, "https://id.example", "hoi", "n", Seconds(1_500))
    }

    #[test]
    fn a_good_token_says_who_it_is() {
        let keys =
            json!({ "keys": [{ "kty": "unheard of", "kid": "a" }, listed(7, "other"), listed(1, "a")] });
        let lan = OidcUser { sub: "42".into(), names: vec!["lan@ward.example".into(), "lan".into()] };
        assert_eq!(read(&signs(1, "a", |_| {}), &keys), Ok(lan.clone()));
        let list = |claims: &mut Value| {
            claims["aud"] = json!(["x", "hoi"]);
            claims["azp"] = json!("hoi");
        };
        assert_eq!(read(&signs(1, "a", list), &keys), Ok(lan));
        for unseen in [json!(false), json!("false")] {
            let token = signs(1, "a", |claims| claims["email_verified"] = unseen);
            assert_eq!(read(&token, &keys).map(|person| person.names), Ok(vec!["lan".to_owned()]));
        }
    }

    #[test]
    fn bad_tokens_are_refused_for_their_reasons() {
        let keys = json!({ "keys": [listed(1, "a")] });
        let set = |field: &'static str, value: Value| move |claims: &mut Value| claims[field] = value;
        let cases = [
            (signs(2, "a", |_| {}), TokenError::Signature),
            (signs(1, "b", |_| {}), TokenError::Key),
            (signs(1, "a", set("iss", json!("https://evil.example"))), TokenError::Issuer),
            (signs(1, "a", set("aud", json!("other"))), TokenError::Audience),
            (signs(1, "a", set("azp", json!("other"))), TokenError::Audience),
            (signs(1, "a", set("exp", json!(1_000))), TokenError::Time),
            (signs(1, "a", set("nbf", json!(9_000))), TokenError::Time),
            (signs(1, "a", set("nonce", json!("m"))), TokenError::Nonce),
            (
                signs(1, "a", |claims| drop(claims.as_object_mut().unwrap().remove("nonce"))),
                TokenError::Nonce,
            ),
            ("x".to_owned(), TokenError::NoToken),
            ("x".repeat(99_999), TokenError::NoToken),
            // {"alg":"none"}
            (
                format!("eyJhbGciOiJub25lIn0.{}.", signs(1, "a", |_| {}).split('.').nth(1).unwrap()),
                TokenError::Key,
            ),
        ];
        for (token, why) in cases {
            assert_eq!(read(&token, &keys), Err(why), "{token}");
        }
        assert_eq!(read(&signs(1, "a", |_| {}), &json!({})), Err(TokenError::Key));
    }
}
