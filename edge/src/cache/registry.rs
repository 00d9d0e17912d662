//! Names of sites that are known to be there, or not to be: asked for before a site's object is touched.

use crate::{
    platform::now,
    rpc::{
        ObjectCall as _,
        site::{LookUpSite, RegisterSite, SiteListing},
    },
};
use hoi_core::site_registry::SiteDiscovery;
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
};
use worker::{Env, Result};

/// Most names that are remembered here, of each kind.
const MAX_REMEMBERED: usize = 4_096;
/// How long a name is not asked for again that wasn't there, in milliseconds.
const ABSENT_MS: u64 = 2_000;

thread_local! {
    /// Names that were published. Never taken back: their objects say what there is.
    static KNOWN: RefCell<HashSet<String>> = RefCell::default();
    /// Names that were not, and until when that is believed, in milliseconds since 1970.
    static ABSENT: RefCell<HashMap<String, u64>> = RefCell::default();
}

/// What is known of `site`.
///
/// # Errors
/// If the registry can't be asked.
pub async fn look_up(env: &Env, site: &str) -> Result<SiteListing> {
    if KNOWN.with_borrow(|known| known.contains(site)) {
        return Ok(SiteListing::Known);
    }
    if ABSENT.with_borrow(|absent| absent.get(site).is_some_and(|until| *until > now())) {
        return Ok(SiteListing::Absent);
    }
    let listing = LookUpSite { name: site.to_owned() }.call(env, &()).await?;
    match listing {
        SiteListing::Known => remember_site(site),
        SiteListing::Ask => {}
        SiteListing::Absent => ABSENT.with_borrow_mut(|absent| {
            if absent.len() >= MAX_REMEMBERED {
                absent.clear();
            }
            absent.insert(site.to_owned(), now() + ABSENT_MS);
        }),
    }
    Ok(listing)
}

/// Has the registry know that `site` is there.
///
/// # Errors
/// If it can't be told.
pub async fn register(env: &Env, site: &str, how: SiteDiscovery) -> Result<()> {
    if KNOWN.with_borrow(|known| known.contains(site)) {
        return Ok(());
    }
    RegisterSite { name: site.to_owned(), how }.call(env, &()).await?;
    remember_site(site);
    Ok(())
}

fn remember_site(site: &str) {
    ABSENT.with_borrow_mut(|absent| absent.remove(site));
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= MAX_REMEMBERED {
            known.clear();
        }
        known.insert(site.to_owned());
    });
}
