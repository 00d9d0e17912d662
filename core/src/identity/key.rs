//! The key that a site's statements are checked with.

use jwt_compact::alg::{Hs256Key, StrongKey};
use p256::pkcs8::DecodePublicKey as _;
use rsa::RsaPublicKey;
use site::{Algorithm, Identity};

/// Shortest secret for HS256, in bytes (RFC 7518, 3.2).
const MIN_SECRET: usize = 32;

/// A key, by what it is for.
pub enum IdentityKey {
    /// A shared secret.
    Hs256(Hs256Key),
    /// An RSA key of 2048 bits at least.
    Rs256(RsaPublicKey),
    /// A point on P-256.
    Es256(p256::ecdsa::VerifyingKey),
}

/// Why a key can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No such secret is bound, or a short one.
    #[error("is a secret of fewer than 32 bytes, or none")]
    ShortSecret,
    /// One of another kind, of RSASSA-PSS alone, too long, or nothing that can be read.
    #[error(
        "holds no RSA key that RS256 is checked with (one for RSASSA-PSS or on a curve is of another kind), or one of more than 4096 bits"
    )]
    NoRsa,
    /// What signs with it can be forged.
    #[error("is an RSA key of fewer than 2048 bits")]
    ShortRsa,
    /// One of another kind, on another curve, or nothing that can be read.
    #[error("holds no key on the curve P-256, which ES256 is checked with")]
    NoP256,
}

/// Whether tokens can be checked with the public key of `identity`: whatever the edge would find wrong with it. `HS256` has none, and its secret is known to
/// the edge alone.
///
/// # Errors
/// [`KeyError`].
pub fn check_public_key(identity: &Identity) -> Result<(), KeyError> {
    match identity.algorithm {
        Algorithm::Hs256 => Ok(()),
        Algorithm::Rs256 | Algorithm::Es256 => parse_key(identity, "").map(drop),
    }
}

/// The key of `identity`; `secret` is the value behind its secret's name.
///
/// # Errors
/// [`KeyError`] for one that can't be used.
pub fn parse_key(identity: &Identity, secret: &str) -> Result<IdentityKey, KeyError> {
    match identity.algorithm {
        Algorithm::Hs256 if secret.len() >= MIN_SECRET => Ok(IdentityKey::Hs256(Hs256Key::new(secret))),
        Algorithm::Hs256 => Err(KeyError::ShortSecret),
        Algorithm::Rs256 => {
            let key = RsaPublicKey::from_public_key_pem(&identity.public_key).map_err(|_| KeyError::NoRsa)?;
            let strong = StrongKey::try_from(key).map_err(|_| KeyError::ShortRsa)?;
            Ok(IdentityKey::Rs256(strong.into_inner()))
        }
        Algorithm::Es256 => {
            let key = p256::ecdsa::VerifyingKey::from_public_key_pem(&identity.public_key);
            key.map(IdentityKey::Es256).map_err(|_| KeyError::NoP256)
        }
    }
}
