//! Published sites, kept in memory by version.

use super::{
    platform::now,
    registry::{self, Standing},
    site_standing::Stamped,
};
use crate::{site_registry::Found, turn::Published};
use intent::Model;
use site::Bundle;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use worker::{Env, Error, Method, Request, RequestInit, Response, Result};

/// How long a version is used before its Site object is asked for a newer one, in milliseconds.
const FRESH_MS: u64 = 1_000;
/// Most sites kept in one isolate's memory.
const MAX_KEPT: usize = 64;

/// Why a model is not as sure as it was when it was trained.
pub const OTHER_TABLE: &str = "the matcher was trained with another table of word meaning than this edge has: publish again with the edge's own hoi";

struct Kept {
    published: Rc<Published>,
    standing: Rc<Stamped>,
    checked: u64,
    /// Whether the log says that its matcher was trained with another table.
    warned: bool,
}

thread_local!(static KEPT: RefCell<HashMap<String, Kept>> = RefCell::default());

/// The live version of `site`, or `None` if nothing was published under that name.
///
/// A site that can't be reached for a moment goes on with the version at hand.
pub async fn published(env: &Env, site: &str) -> Result<Option<Rc<Published>>> {
    let at_hand = KEPT.with_borrow(|kept| kept.get(site).map(|k| (k.published.clone(), k.checked)));
    if let Some((published, checked)) = &at_hand
        && now().saturating_sub(*checked) < FRESH_MS
    {
        return Ok(Some(published.clone()));
    }
    if let Some(tried) = super::studio::tried(env, site).await? {
        return Ok(Some(tried));
    }
    let standing = match at_hand {
        Some(_) => Standing::Known,
        None => registry::standing(env, site).await?,
    };
    if standing == Standing::Absent {
        return Ok(None);
    }
    let have = at_hand.as_ref().map_or(0, |(published, _)| published.version);
    match ask(env, site, &format!("live?have={have}"), None).await {
        Ok(response) => {
            let kept = keep(env, site, response, at_hand.map(|(published, _)| published)).await?;
            if kept.is_some() && standing == Standing::Ask {
                registry::register(env, site, Found::Older).await?;
            }
            Ok(kept)
        }
        Err(error) => match at_hand {
            Some((published, _)) => Ok(Some(published)),
            None => Err(error),
        },
    }
}

/// Asks the Site object of `site`; with a `body`, by POST.
pub async fn ask(env: &Env, site: &str, path: &str, body: Option<Vec<u8>>) -> Result<Response> {
    let stub = env.durable_object("SITE")?.get_by_name(site)?;
    let mut init = RequestInit::new();
    if let Some(body) = body {
        init.with_method(Method::Post)
            .with_body(Some(worker::js_sys::Uint8Array::from(body.as_slice()).into()));
    }
    stub.fetch_with_request(Request::new_with_init(&format!("https://site/{path}"), &init)?).await
}

/// Whether `site` was there and was forgotten, with everything that was said in it.
pub async fn is_forgotten(env: &Env, site: &str) -> Result<bool> {
    ask(env, site, "is-forgotten", None).await?.json().await
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
pub fn forget(site: &str) {
    KEPT.with_borrow_mut(|kept| {
        if let Some(kept) = kept.get_mut(site) {
            kept.checked = 0;
        }
    });
}

async fn keep(
    env: &Env,
    site: &str,
    mut response: Response,
    at_hand: Option<Rc<Published>>,
) -> Result<Option<Rc<Published>>> {
    let published = match (response.status_code(), at_hand) {
        (204, Some(published)) => published,
        (200, _) => {
            let version = response.headers().get("x-version")?.and_then(|v| v.parse().ok()).unwrap_or(0);
            Rc::new(read(version, &response.bytes().await?)?)
        }
        _ => return Ok(None),
    };
    let stamp = response.headers().get("x-stamp")?.and_then(|stamp| stamp.parse().ok()).unwrap_or(0);
    let standing = standing_at(env, site, stamp).await?;
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MAX_KEPT && !kept.contains_key(site) {
            let oldest = kept.iter().min_by_key(|(_, k)| k.checked).map(|(name, _)| name.clone());
            oldest.and_then(|name| kept.remove(&name));
        }
        // A version is warned of once.
        let same = |kept: &&Kept| kept.published.version == published.version;
        let warned = kept.get(site).filter(same).is_some_and(|kept| kept.warned);
        let fresh = Kept { published: published.clone(), standing, checked: now(), warned };
        kept.insert(site.to_owned(), fresh);
    });
    Ok(Some(published))
}

/// How `site` stands, as of its last [`published`].
pub fn standing(site: &str) -> Rc<Stamped> {
    KEPT.with_borrow(|kept| kept.get(site).map(|kept| kept.standing.clone())).unwrap_or_default()
}

/// The standing of this stamp: the one at hand, or else what the Site object has.
async fn standing_at(env: &Env, site: &str, stamp: u64) -> Result<Rc<Stamped>> {
    let at_hand = standing(site);
    if at_hand.stamp == stamp {
        return Ok(at_hand);
    }
    Ok(Rc::new(ask(env, site, "standing", None).await?.json().await?))
}

/// A bundle's site and model, checked to belong together. The model has no table of word meaning yet: see
/// [`super::meaning::attach`].
pub fn read(version: u64, bytes: &[u8]) -> Result<Published> {
    let bundle = Bundle::read(bytes).map_err(|error| Error::RustError(error.to_string()))?;
    let model =
        Model::read(&bundle.model).map_err(|error| Error::RustError(format!("the model: {error}")))?;
    let strangers = model.intents().iter().find(|id| bundle.site.intent(id).is_none());
    match strangers {
        Some(id) => Err(Error::RustError(format!("the model knows an intent {id:?} that the site has not"))),
        None => Ok(Published::new(version, bundle.site, model)),
    }
}
