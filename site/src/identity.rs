//! Who may say who a visitor is.

use serde::{Deserialize, Serialize};

/// The table `[identity]` of `site.toml`: how the host's signed statements about visitors are checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The one way of signing that is accepted, whatever a statement says of itself.
    pub algorithm: Algorithm,
    /// For `HS256`: the *name* of the secret; else empty.
    #[serde(default)]
    pub secret: String,
    /// For `RS256` and `ES256`: the public key, as a PEM block `PUBLIC KEY`; else empty.
    #[serde(default)]
    pub public_key: String,
    /// Who must have issued it, where the site says so.
    #[serde(default)]
    pub issuer: Option<String>,
}

/// A way of signing (RFC 7518, 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Algorithm {
    /// A secret that the host and the edge share.
    #[default]
    #[serde(rename = "HS256")]
    Hs256,
    /// An RSA key of the host's.
    #[serde(rename = "RS256")]
    Rs256,
    /// A key on the curve P-256 of the host's.
    #[serde(rename = "ES256")]
    Es256,
}
