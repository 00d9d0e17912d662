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

/// The key of `identity`; `secret` is the value behind its secret's name. Nothing for one that can't be used.
pub fn parse_key(identity: &Identity, secret: &str) -> Option<IdentityKey> {
    match identity.algorithm {
        Algorithm::Hs256 if secret.len() >= MIN_SECRET => Some(IdentityKey::Hs256(Hs256Key::new(secret))),
        Algorithm::Hs256 => None,
        Algorithm::Rs256 => {
            let key = RsaPublicKey::from_public_key_pem(&identity.public_key).ok()?;
            let strong = StrongKey::try_from(key).ok()?;
            Some(IdentityKey::Rs256(strong.into_inner()))
        }
        Algorithm::Es256 => {
            let key = p256::ecdsa::VerifyingKey::from_public_key_pem(&identity.public_key).ok()?;
            Some(IdentityKey::Es256(key))
        }
    }
}
