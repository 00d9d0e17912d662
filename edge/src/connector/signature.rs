//! Signatures by the Standard Webhooks scheme (standardwebhooks.com, version 1): HMAC-SHA256 over
//! `id.timestamp.body`, base64, marked `v1,`.

use super::ConnectorError;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// How long a key may be, in bytes; the scheme's own limits.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// The key in a secret of the form `whsec_<base64>`.
///
/// # Errors
/// [`ConnectorError::Secret`] for anything else.
pub fn signing_key(secret: &str) -> Result<Vec<u8>, ConnectorError> {
    let encoded = secret.trim().strip_prefix("whsec_").ok_or(ConnectorError::Secret)?;
    let key = STANDARD.decode(encoded).map_err(|_| ConnectorError::Secret)?;
    if KEY_BYTES.contains(&key.len()) { Ok(key) } else { Err(ConnectorError::Secret) }
}

/// The value of the header `webhook-signature`.
pub fn sign(key: &[u8], id: &str, timestamp: u64, body: &str) -> String {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC keys have any length"));
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_own_example() {
        // The worked example of the specification, "Signature scheme".
        let key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = sign(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn bad_secrets_are_refused() {
        for bad in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%"] {
            assert_eq!(signing_key(bad), Err(ConnectorError::Secret), "{bad}");
        }
    }
}
