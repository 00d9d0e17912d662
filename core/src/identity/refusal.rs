//! Why a visitor's token is refused, for the edge's log.

/// Why, as a short code without anything of the token; `docs/identity.md` explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityRefusal {
    /// Longer than any.
    #[error("size")]
    Size,
    /// No JSON Web Token.
    #[error("format")]
    Format,
    /// The site's own key or secret can't be used: `hoi check` says more of a key.
    #[error("key")]
    Key,
    /// Signed in another way than the site says.
    #[error("algorithm")]
    Algorithm,
    /// Signed by somebody else, or changed.
    #[error("signature")]
    Signature,
    /// `sub`, `aud` or `exp` is missing, or a claim is of another kind.
    #[error("claims")]
    Claims,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// Its time has not come.
    #[error("early")]
    Early,
    /// It would hold for longer than a token may.
    #[error("life")]
    Life,
    /// Not the issuer that the site names.
    #[error("issuer")]
    Issuer,
    /// For another site.
    #[error("audience")]
    Audience,
    /// `sub` is empty or too long.
    #[error("subject")]
    Subject,
}
