//! Who connects, by his address, and whether that address has connections left: asked of the Site object before anything is made.

use super::site_context::SiteContext;
use crate::{
    platform::{config::read_binding, now},
    rpc::{ObjectCall as _, site::CheckConnectionQuota},
};
use hoi_core::{
    hours,
    limits::usage::{ClientAddress, ConnectionKind, ConnectionRequest, UsageDay, hash_address},
};
use worker::{Env, Request, Result};

/// The visitor's address, as the operator's proxy writes it; `None` where it isn't bound which header says it.
pub fn read_address_header(env: &Env, request: &Request) -> Result<Option<String>> {
    let Some(header) = read_binding(env, "HOI_ADDRESS_HEADER") else { return Ok(None) };
    Ok(Some(request.headers().get(&header)?.unwrap_or_default()))
}

impl SiteContext<'_> {
    /// The name under which the request's address is counted today; `None` where the operator's proxy doesn't say it.
    pub fn client_address(&self, request: &Request) -> Result<Option<String>> {
        let settings = &self.published.site.settings;
        let Some(said) = read_address_header(self.env, request)? else { return Ok(None) };
        let day = UsageDay::from_millis(now(), hours::offset_minutes(settings, now())).number;
        let secret = self.config.secret.as_bytes();
        Ok(ClientAddress::from_header(&said)
            .map(|address| hash_address(secret, &settings.site, address, day)))
    }

    /// Whether somebody may connect, before anything is made for him: how long to wait, in milliseconds, if not. `begun`: to
    /// a conversation that was there before.
    pub async fn check_connection_quota(
        &self,
        kind: ConnectionKind,
        begun: bool,
        address: Option<&String>,
    ) -> Result<Option<u64>> {
        // Without an address there is nobody to tell apart; the site's own day is looked at with each message.
        let Some(address) = address.cloned() else { return Ok(None) };
        let settings = &self.published.site.settings;
        let (limits, utc_offset_minutes) = (settings.limits, hours::offset_minutes(settings, now()));
        let request = ConnectionRequest { kind, address, begun, limits, utc_offset_minutes };
        Ok(CheckConnectionQuota(request).call(self.env, &settings.site).await?.wait_ms)
    }
}
