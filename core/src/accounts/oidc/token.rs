//! What a provider's ID token says, checked as OpenID Connect Core 1.0, 3.1.3.7 asks.

use super::PersonClaims;
use crate::{
    identity::{MAX_BYTES, TokenAudience, clock_leeway, to_datetime},
    time::Seconds,
};
use jwt_compact::{
    Algorithm, AlgorithmExt as _, Claims, TimeOptions, UntrustedToken, ValidationError,
    alg::{Es256, Rsa, StrongAlg, StrongKey},
    jwk::JsonWebKey,
};
use p256::ecdsa::VerifyingKey;
use rsa::RsaPublicKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Somebody, as the provider knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OidcUser {
    /// The provider's own name for them, which never changes hands.
    pub sub: String,
    /// What an account may name them by, in lower case; see [`PersonClaims::to_user`].
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
    /// The signature is another's: the key may have changed under its old name.
    #[error("its signature is wrong")]
    Signature,
    /// It does not say what it must.
    #[error("it lacks iss, sub or aud, or one of its claims is of another kind")]
    Claims,
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
    aud: TokenAudience,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(flatten)]
    person: PersonClaims,
}

impl TokenError {
    /// Whether newer keys of the provider's may help.
    pub fn may_need_new_keys(self) -> bool {
        matches!(self, TokenError::Key | TokenError::Signature)
    }
}

/// Whom `token` speaks of at `now`. `keys` is what stands at the provider's `jwks_uri`.
///
/// # Errors
/// [`TokenError`]; see [`TokenError::may_need_new_keys`].
pub fn verify_id_token(
    token: &str,
    keys: &Value,
    issuer: &str,
    client: &str,
    nonce: &str,
    now: Seconds,
) -> Result<PersonClaims, TokenError> {
    // A provider may put more into it than a page does.
    if token.len() > 8 * MAX_BYTES {
        return Err(TokenError::NoToken);
    }
    let token = UntrustedToken::new(token).map_err(|_| TokenError::NoToken)?;
    let claims = verify_signature(&token, keys)?;
    let time = to_datetime(now).ok_or(TokenError::Time)?;
    let options = TimeOptions::new(clock_leeway(), move || time);
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
    Ok(said.person)
}

fn verify_signature(token: &UntrustedToken<'_>, keys: &Value) -> Result<Claims<IdTokenClaims>, TokenError> {
    let listed = keys.get("keys").and_then(Value::as_array).ok_or(TokenError::Key)?;
    let named = token.header().key_id.as_deref();
    let mut found = TokenError::Key;
    for key in listed {
        let string_field = |field| key.get(field).and_then(Value::as_str);
        let for_more = string_field("use").is_some_and(|what| what != "sig");
        if for_more || (named.is_some() && string_field("kid") != named) {
            continue;
        }
        // Kinds of keys that nobody here knows may stand beside those that fit.
        let Ok(key) = JsonWebKey::deserialize(key) else { continue };
        // The algorithm is the key's; what the token says of itself chooses nothing.
        let claims = match token.algorithm() {
            "RS256" => strong_rsa_key(&key).map(|key| verify_claims(&StrongAlg(Rsa::rs256()), &key, token)),
            "ES256" => VerifyingKey::try_from(&key).ok().map(|key| verify_claims(&Es256, &key, token)),
            _ => None,
        };
        match claims {
            // Another key would not have it say more.
            Some(Ok(claims)) => return Ok(claims),
            Some(Err(TokenError::Claims)) => return Err(TokenError::Claims),
            Some(Err(refusal)) => found = refusal,
            None => {}
        }
    }
    Err(found)
}

/// An RSA key of 2048 bits at least: reading one asks no length.
fn strong_rsa_key(key: &JsonWebKey<'_>) -> Option<StrongKey<RsaPublicKey>> {
    StrongKey::try_from(RsaPublicKey::try_from(key).ok()?).ok()
}

fn verify_claims<A: Algorithm>(
    algorithm: &A,
    key: &A::VerifyingKey,
    token: &UntrustedToken<'_>,
) -> Result<Claims<IdTokenClaims>, TokenError> {
    let token = algorithm.validator::<IdTokenClaims>(key).validate(token).map_err(|error| match error {
        // The signature is checked before the claims are read.
        ValidationError::MalformedClaims(_) => TokenError::Claims,
        _ => TokenError::Signature,
    })?;
    Ok(token.into_parts().1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jwt_compact::Header;
    use p256::ecdsa::SigningKey;
    use rsa::BigUint;
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
            .map(|person| person.to_user())
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
    fn a_key_that_cannot_be_read_hides_no_good_one() {
        let set = |field: &str, value: Value| {
            let mut key = listed(1, "a");
            key[field] = value;
            key
        };
        let unreadable = [
            Value::Null,
            json!("key"),
            json!([]),
            json!({ "kid": "a" }),
            json!({ "kid": "a", "kty": "RSA", "n": "", "e": "" }),
            json!({ "kid": "a", "kty": "RSA", "n": "AQAB" }),
            json!({ "kid": "a", "kty": "oct", "k": "AQAB" }),
            set("kty", json!("OKP")),
            set("crv", json!("P-384")),
            set("x", json!("AQAB")),
            set("y", json!("not base64url")),
            set("y", json!(7)),
            // Not on the curve.
            set("y", listed(1, "a")["x"].clone()),
            set("use", json!("enc")),
        ];
        let token = signs(1, "a", |_| {});
        for key in unreadable {
            assert_eq!(read(&token, &json!({ "keys": [key] })), Err(TokenError::Key), "{key}");
            let beside = json!({ "keys": [key, listed(1, "a")] });
            assert_eq!(read(&token, &beside).map(|person| person.sub), Ok("42".to_owned()), "{key}");
        }
    }

    #[test]
    fn a_short_rsa_key_is_none() {
        let token = signs(1, "a", |_| {});
        // {"alg":"RS256"}
        let token = format!("eyJhbGciOiJSUzI1NiJ9.{}", token.split_once('.').unwrap().1);
        for (bytes, why) in [(128, TokenError::Key), (255, TokenError::Key), (256, TokenError::Signature)] {
            let modulus = BigUint::from_bytes_be(&vec![0xff; bytes]);
            let key = RsaPublicKey::new(modulus, BigUint::from(65_537_u32)).unwrap();
            let keys = json!({ "keys": [JsonWebKey::from(&key)] });
            assert_eq!(read(&token, &keys), Err(why), "{bytes}");
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
            (signs(1, "a", |claims| drop(claims.as_object_mut().unwrap().remove("sub"))), TokenError::Claims),
            (signs(1, "a", set("sub", json!([]))), TokenError::Claims),
            (signs(1, "a", set("aud", json!(7))), TokenError::Claims),
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
        assert!(TokenError::Key.may_need_new_keys() && TokenError::Signature.may_need_new_keys());
        assert!(!TokenError::Claims.may_need_new_keys() && !TokenError::Nonce.may_need_new_keys());
    }
}
