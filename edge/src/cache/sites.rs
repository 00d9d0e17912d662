//! Published sites, kept in memory by version.

use super::registry;
use crate::{
    platform::{config::has_studio, now},
    rpc::{
        ObjectCall as _,
        site::{ReadStatus, SiteListing, SnapshotReply, VersionedStatus, read_snapshot},
    },
};
use hoi_core::{decide::Published, quote::quote_text, site_registry::SiteDiscovery};
use intent::Model;
use pages::studio;
use site::Bundle;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use worker::{Env, Error, Result};

/// How long a version is used before its Site object is asked for a newer one, in milliseconds.
const FRESH_MS: u64 = 1_000;
/// Most sites kept in one isolate's memory.
const MAX_KEPT: usize = 64;

/// Why a model is not as sure as it was when it was trained.
pub const OTHER_TABLE: &str = "the matcher was trained with another table of word meaning than this edge has: publish again with the edge's own hoi";

struct CachedSite {
    published: Rc<Published>,
    status: Rc<VersionedStatus>,
    checked: u64,
    /// Whether the log says that its matcher was trained with another table.
    warned: bool,
}

thread_local!(static KEPT: RefCell<HashMap<String, CachedSite>> = RefCell::default());

/// The live version of `site`, or `None` if nothing was published under that name.
///
/// A site that can't be reached for a moment goes on with the version at hand.
pub async fn find_published(env: &Env, site: &str) -> Result<Option<Rc<Published>>> {
    let at_hand = KEPT.with_borrow(|kept| kept.get(site).map(|k| (k.published.clone(), k.checked)));
    if let Some((published, checked)) = &at_hand
        && now().saturating_sub(*checked) < FRESH_MS
    {
        return Ok(Some(published.clone()));
    }
    if let Some(trial) = studio_trial(env, site).await? {
        return Ok(Some(trial));
    }
    let listing = match at_hand {
        Some(_) => SiteListing::Known,
        None => registry::look_up(env, site).await?,
    };
    if listing == SiteListing::Absent {
        return Ok(None);
    }
    let have = at_hand.as_ref().map_or(0, |(published, _)| published.version);
    match read_snapshot(env, site, have).await {
        Ok(reply) => {
            let kept = cache_snapshot(env, site, reply, at_hand.map(|(published, _)| published)).await?;
            if kept.is_some() && listing == SiteListing::Ask {
                registry::register(env, site, SiteDiscovery::Older).await?;
            }
            Ok(kept)
        }
        Err(error) => match at_hand {
            Some((published, _)) => Ok(Some(published)),
            None => Err(error),
        },
    }
}

/// The site that `name` tries a colour on, in that colour; nothing if it is no such name, or there is no studio.
async fn studio_trial(env: &Env, name: &str) -> Result<Option<Rc<Published>>> {
    let Some((site, brand)) = studio::parse_trial_name(name).filter(|_| has_studio(env)) else {
        return Ok(None);
    };
    let Some(real) = Box::pin(find_published(env, site)).await? else { return Ok(None) };
    let site = studio::apply_trial(real.site.clone(), name, brand);
    Ok(Some(Rc::new(Published::new(real.version, site, real.model.clone()))))
}

/// Says in the log, once a version, that the matcher of `site` was trained with another table of word meaning.
pub fn warn_of_other_table(site: &str) {
    let first = KEPT.with_borrow_mut(|kept| {
        kept.get_mut(site).is_some_and(|kept| !std::mem::replace(&mut kept.warned, true))
    });
    if first {
        worker::console_warn!("{site}: {OTHER_TABLE}");
    }
}

/// Forgets what is kept of `site`, so that the next request asks.
pub fn invalidate(site: &str) {
    KEPT.with_borrow_mut(|kept| {
        if let Some(kept) = kept.get_mut(site) {
            kept.checked = 0;
        }
    });
}

async fn cache_snapshot(
    env: &Env,
    site: &str,
    reply: SnapshotReply,
    at_hand: Option<Rc<Published>>,
) -> Result<Option<Rc<Published>>> {
    let (published, stamp) = match (reply, at_hand) {
        (SnapshotReply::Unchanged { stamp }, Some(published)) => (published, stamp),
        (SnapshotReply::Bundle { version, stamp, bytes }, _) => {
            (Rc::new(read_bundle(version, &bytes)?), stamp)
        }
        (SnapshotReply::Unchanged { .. } | SnapshotReply::Missing, _) => return Ok(None),
    };
    let status = status_at(env, site, stamp).await?;
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT && !kept.contains_key(site) {
            let oldest = kept.iter().min_by_key(|(_, k)| k.checked).map(|(name, _)| name.clone());
            oldest.and_then(|name| kept.remove(&name));
        }
        // A version is warned of once.
        let same = |kept: &&CachedSite| kept.published.version == published.version;
        let warned = kept.get(site).filter(same).is_some_and(|kept| kept.warned);
        let fresh = CachedSite { published: published.clone(), status, checked: now(), warned };
        kept.insert(site.to_owned(), fresh);
    });
    Ok(Some(published))
}

/// The status of `site`, as of its last [`published`].
pub fn cached_status(site: &str) -> Rc<VersionedStatus> {
    KEPT.with_borrow(|kept| kept.get(site).map(|kept| kept.status.clone())).unwrap_or_default()
}

/// The status of this stamp: the one at hand, or else what the Site object has.
async fn status_at(env: &Env, site: &str, stamp: u64) -> Result<Rc<VersionedStatus>> {
    let at_hand = cached_status(site);
    if at_hand.stamp == stamp {
        return Ok(at_hand);
    }
    Ok(Rc::new(ReadStatus.call(env, site).await?))
}

/// A bundle's site and model, checked to belong together. The model has no table of word meaning yet: see
/// [`super::meaning::attach`].
pub fn read_bundle(version: u64, bytes: &[u8]) -> Result<Published> {
    let bundle = Bundle::read_bundle(bytes).map_err(|error| Error::RustError(error.to_string()))?;
    let model =
        Model::read(&bundle.model).map_err(|error| Error::RustError(format!("the model: {error}")))?;
    let strangers = model.intents().iter().find(|id| bundle.site.intent_by_id(id).is_none());
    match strangers {
        Some(id) => Err(Error::RustError(format!(
            "the model knows an intent {} that the site has not",
            quote_text(id)
        ))),
        None => Ok(Published::new(version, bundle.site, model)),
    }
}
