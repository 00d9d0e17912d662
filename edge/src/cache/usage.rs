//! What is used at sites, on its way to their objects, and who has used up his day.
//!
//! What a message uses is counted a moment later: that refuses the next one, and never delays this one.

use crate::{
    platform::now,
    rpc::{ObjectCall as _, site::RecordUsage},
};
use hoi_core::{
    decide::Published,
    hours,
    limits::usage::{AddressCounts, CountedConversations, PendingUsage, UsageBatch, UsageDay, UsageReport},
    metrics::Happened,
};
use site::Settings;
use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};
use wire::Id;
use worker::{Delay, Env};

/// Between two trips to a site's usage ledger, in milliseconds.
const PAUSE_MS: u64 = 20;

thread_local! {
    /// What this isolate knows of sites' usage ledgers.
    static USAGE: RefCell<HashMap<String, PendingUsage>> = RefCell::default();
    static COUNTED: RefCell<CountedConversations> = RefCell::default();
}

/// Whether this conversation was not counted yet, as far as is known here.
pub fn is_new(conversation: Id) -> bool {
    COUNTED.with_borrow_mut(|counted| counted.insert(conversation, now()))
}

/// Which day it is for the agency.
pub fn current_day(settings: &Settings) -> UsageDay {
    UsageDay::from_millis(now(), hours::offset_minutes(settings, now()))
}

/// How long `address` has to wait before it may say more at `site`, in milliseconds, as far as is known here; `begun`: in a
/// conversation that was there before.
pub fn must_wait(site: &str, address: Option<&String>, begun: bool) -> Option<u64> {
    USAGE.with_borrow(|sites| sites.get(site)?.remaining_wait(address, begun, now()))
}

/// Counts what an address used, and what happened. Gives what brings the counts to the site's usage ledger, if nobody is at that already: it takes
/// along what everybody in this isolate uses meanwhile, so that a busy site is not asked once a message.
pub fn record_usage(
    env: &Env,
    published: &Rc<Published>,
    used: Option<AddressCounts>,
    happened: &[Happened],
) -> Option<impl Future<Output = ()> + use<>> {
    let site = &published.site.settings.site;
    let idle =
        USAGE.with_borrow_mut(|sites| sites.entry(site.clone()).or_default().add(used, happened, now()));
    let (env, published) = (env.clone(), published.clone());
    idle.then_some(async move { while flush_usage(&env, &published).await {} })
}

/// Brings what is counted to the site's usage ledger; whether there was anything.
async fn flush_usage(env: &Env, published: &Published) -> bool {
    let settings = &published.site.settings;
    let batch = USAGE.with_borrow_mut(|sites| sites.get_mut(&settings.site)?.take_batch(now()));
    let Some(UsageBatch { used, happened }) = batch else { return false };
    let (limits, utc_offset_minutes) = (settings.limits, hours::offset_minutes(settings, now()));
    let addresses: Vec<_> = used.iter().map(|(address, _)| address.clone()).collect();
    let report = UsageReport { used, happened, limits, utc_offset_minutes };
    match RecordUsage(report).call(env, &settings.site).await {
        Ok(verdicts) => USAGE.with_borrow_mut(|sites| {
            let usage = sites.entry(settings.site.clone()).or_default();
            usage.apply_verdicts(addresses, verdicts, now());
        }),
        Err(error) => {
            worker::console_error!("site {}: what was used could not be counted: {error}", settings.site)
        }
    }
    Delay::from(Duration::from_millis(PAUSE_MS)).await;
    true
}
