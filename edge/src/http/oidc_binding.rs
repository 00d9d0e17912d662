//! The agency's own provider for signing in, as the operator has bound it.

use crate::platform::config::read_binding;
use worker::Env;

/// The bindings `HOI_OIDC_…`.
pub struct OidcBinding {
    /// The provider's name for itself.
    pub issuer: String,
    /// The edge's name at the provider.
    pub client: String,
    /// The edge's secret there; empty: it has none.
    pub secret: String,
}

/// What is bound, if staff may sign in so.
pub fn read_oidc_binding(env: &Env) -> Option<OidcBinding> {
    let (issuer, client) = (read_binding(env, "HOI_OIDC_ISSUER")?, read_binding(env, "HOI_OIDC_CLIENT_ID")?);
    Some(OidcBinding {
        issuer,
        client,
        secret: read_binding(env, "HOI_OIDC_CLIENT_SECRET").unwrap_or_default(),
    })
}
