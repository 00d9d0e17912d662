//! Signatures by the Standard Webhooks scheme (standardwebhooks.com, version 1): HMAC-SHA256 over
//! `id.timestamp.body`, base64, marked `v1,`.

use super::{CallbackError, ConnectorError};
use crate::time::Seconds;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How far the sender's clock may be off, either way; the scheme's own choice.
pub const CLOCK_TOLERANCE: Seconds = Seconds(300);
/// How long a key may be, in bytes; the scheme's own limits.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Most keys of one secret, and most signatures of one message.
const MAX_KEYS: usize = 4;

/// The keys in a secret: one or more `whsec_<base64>`, parted by spaces. While a key is being replaced both stand
/// there: everything is signed with each, and either is taken.
///
/// # Errors
/// [`ConnectorError::Secret`] for anything else.
pub fn signing_keys(secret: &str) -> Result<Vec<Vec<u8>>, ConnectorError> {
    let keys: Vec<Vec<u8>> = secret.split_whitespace().map(signing_key).collect::<Result<_, _>>()?;
    if (1..=MAX_KEYS).contains(&keys.len()) { Ok(keys) } else { Err(ConnectorError::Secret) }
}

fn signing_key(secret: &str) -> Result<Vec<u8>, ConnectorError> {
    let encoded = secret.strip_prefix("whsec_").ok_or(ConnectorError::Secret)?;
    let key = STANDARD.decode(encoded).map_err(|_| ConnectorError::Secret)?;
    if KEY_BYTES.contains(&key.len()) { Ok(key) } else { Err(ConnectorError::Secret) }
}

/// The value of the header `webhook-signature`: one signature by each key.
pub fn sign_webhook(keys: &[Vec<u8>], id: &str, timestamp: Seconds, body: &[u8]) -> String {
    let one = |key: &Vec<u8>| {
        let tag = mac(key, id, &timestamp.0.to_string(), body).finalize().into_bytes();
        format!("v1,{}", STANDARD.encode(tag))
    };
    keys.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Checks the signature of something that came in at `now`. Every signature is compared with
/// every key, each in constant time.
///
/// # Errors
/// [`CallbackError::BadSignature`] if no signature fits or the time is off by more than [`CLOCK_TOLERANCE`].
pub fn verify_webhook(
    keys: &[Vec<u8>],
    id: &str,
    timestamp: &str,
    body: &[u8],
    signatures: &str,
    now: Seconds,
) -> Result<(), CallbackError> {
    let at = Seconds(timestamp.parse().map_err(|_| CallbackError::BadSignature)?);
    if at.abs_diff(now) > CLOCK_TOLERANCE || id.is_empty() {
        return Err(CallbackError::BadSignature);
    }
    let tags = signatures.split_whitespace().filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
    let mut good = false;
    for tag in tags.take(MAX_KEYS) {
        for key in keys {
            good |= mac(key, id, timestamp, body).verify_slice(&tag).is_ok();
        }
    }
    if good { Ok(()) } else { Err(CallbackError::BadSignature) }
}

fn mac(key: &[u8], id: &str, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = new_hmac(key);
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    mac
}

/// HMAC-SHA256 with `key`.
pub fn new_hmac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC keys have any length"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // The worked example of the specification, "Signature scheme".
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: Seconds = Seconds(1_614_265_330);
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn check(signature: &str, body: &[u8], now: Seconds) -> bool {
        let keys = signing_keys(SECRET).unwrap();
        verify_webhook(&keys, ID, &AT.0.to_string(), body, signature, now).is_ok()
    }

    #[test]
    fn the_schemes_own_example() {
        assert_eq!(sign_webhook(&signing_keys(SECRET).unwrap(), ID, AT, BODY), SIGNATURE);
        assert!(check(SIGNATURE, BODY, AT));
        assert!(check(&format!("v1a,x v1,AAAA {SIGNATURE}"), BODY, AT), "one of several");
    }

    #[test]
    fn every_change_is_seen() {
        for at in 0..SIGNATURE.len() {
            let mut bad = SIGNATURE.as_bytes().to_vec();
            bad[at] ^= 1;
            let bad = String::from_utf8_lossy(&bad).into_owned();
            // The last digit of this base64 holds two bits that are no part of the tag.
            assert!(!check(&bad, BODY, AT) || at >= SIGNATURE.len() - 2, "changed at {at}");
        }
        assert!(!check(SIGNATURE, br#"{"test":2432232314}"#, AT), "the same JSON, written anew");
        assert!(!check("", BODY, AT) && !check("v1,", BODY, AT) && !check("v2,x", BODY, AT));
        assert!(
            check(SIGNATURE, BODY, AT + CLOCK_TOLERANCE)
                && check(SIGNATURE, BODY, AT.saturating_sub(CLOCK_TOLERANCE))
        );
        assert!(!check(SIGNATURE, BODY, AT + CLOCK_TOLERANCE + Seconds(1)), "too old");
        assert!(!check(SIGNATURE, BODY, AT.saturating_sub(CLOCK_TOLERANCE + Seconds(1))), "from the future");
    }

    #[test]
    fn a_key_can_be_replaced_without_a_gap() {
        let other = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        let (old, new) = (signing_keys(SECRET).unwrap(), signing_keys(other).unwrap());
        let both = signing_keys(&format!("{other} {SECRET}")).unwrap();
        for keys in [&old, &new] {
            let signed = sign_webhook(&both, ID, AT, BODY);
            assert!(
                verify_webhook(keys, ID, &AT.0.to_string(), BODY, &signed, AT).is_ok(),
                "signed with both"
            );
            let signed = sign_webhook(keys, ID, AT, BODY);
            assert!(
                verify_webhook(&both, ID, &AT.0.to_string(), BODY, &signed, AT).is_ok(),
                "taken from either"
            );
        }
        assert!(
            verify_webhook(&new, ID, &AT.0.to_string(), BODY, &sign_webhook(&old, ID, AT, BODY), AT).is_err()
        );
    }

    #[test]
    fn bad_secrets_are_refused() {
        let five = [SECRET; 5].join(" ");
        for bad in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%", &five] {
            assert_eq!(signing_keys(bad), Err(ConnectorError::Secret), "{bad}");
        }
    }
}
