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
    limits::usage::{Tally, UsageCounts, UsageDay},
    metrics::Happened,
};
use site::Settings;
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, HashSet},
    rc::Rc,
    time::Duration,
};
use wire::Id;
use worker::{Delay, Env};

/// Between two trips to a site's books, in milliseconds.
const PAUSE_MS: u64 = 20;
/// A trip that takes longer will never end, in milliseconds.
const GIVEN_UP_MS: u64 = 5_000;

/// What an isolate knows of a site's books.
#[derive(Default)]
struct Book {
    /// Used, and not counted there yet.
    used: BTreeMap<Option<String>, UsageCounts>,
    /// Happened, and not counted there yet.
    happened: BTreeMap<(&'static str, String), u32>,
    /// Since when somebody is bringing it there, in milliseconds since 1970.
    since: Option<u64>,
    /// Who has used up his day, and until when, in milliseconds since 1970: for everything, and for new conversations.
    spent: BTreeMap<Option<String>, (u64, u64)>,
}

thread_local!(static BOOKS: RefCell<HashMap<String, Book>> = RefCell::default());

/// Most conversations that are remembered as counted.
const MAX_COUNTED: usize = 20_000;

thread_local! {
    /// Conversations that were counted as begun, on which day since 1970: who comes back to an empty one, because the
    /// network is bad, has not begun another.
    static COUNTED: RefCell<(u64, HashSet<Id>)> = RefCell::default();
}

/// Whether this conversation was not counted yet, as far as is known here.
pub fn is_new(conversation: Id) -> bool {
    let today = now() / 86_400_000;
    COUNTED.with_borrow_mut(|(day, counted)| {
        if *day != today || counted.len() >= MAX_COUNTED {
            (*day, *counted) = (today, HashSet::new());
        }
        counted.insert(conversation)
    })
}

/// Which day it is for the agency.
pub fn current_day(settings: &Settings) -> UsageDay {
    UsageDay::from_millis(now(), hours::offset_minutes(settings, now()))
}

/// How long `address` has to wait before it may say more at `site`, in milliseconds, as far as is known here; `begun`: in a
/// conversation that was there before.
pub fn must_wait(site: &str, address: Option<&String>, begun: bool) -> Option<u64> {
    BOOKS.with_borrow(|books| {
        let (all, new) = books.get(site)?.spent.get(&address.cloned()).copied()?;
        let until = if begun { all } else { new };
        until.checked_sub(now()).filter(|ms| *ms > 0)
    })
}

/// Counts what an address used, and what happened. Gives what brings the counts to the site's books, if nobody is at that already: it takes
/// along what everybody in this isolate uses meanwhile, so that a busy site is not asked once a message.
pub fn record_usage(
    env: &Env,
    published: &Rc<Published>,
    used: Option<(Option<String>, UsageCounts)>,
    happened: &[Happened],
) -> Option<impl Future<Output = ()> + use<>> {
    let idle = BOOKS.with_borrow_mut(|books| {
        let book = books.entry(published.site.settings.site.clone()).or_default();
        if let Some((address, counts)) = used {
            book.used.entry(address).or_default().add(counts);
        }
        for each in happened {
            *book.happened.entry(each.name()).or_default() += 1;
        }
        // Should an object die at it, another goes on.
        let idle = book.since.is_none_or(|since| now().saturating_sub(since) > GIVEN_UP_MS);
        book.since = if idle { Some(now()) } else { book.since };
        idle
    });
    let (env, published) = (env.clone(), published.clone());
    idle.then_some(async move { while flush_usage(&env, &published).await {} })
}

/// Brings what is counted to the site's books; whether there was anything.
async fn flush_usage(env: &Env, published: &Published) -> bool {
    let settings = &published.site.settings;
    let used = BOOKS.with_borrow_mut(|books| {
        let book = books.get_mut(&settings.site)?;
        let used: Vec<_> = std::mem::take(&mut book.used).into_iter().collect();
        let happened = std::mem::take(&mut book.happened).into_iter();
        let happened: Vec<_> = happened.map(|((event, about), n)| (event.to_owned(), about, n)).collect();
        let nothing = used.is_empty() && happened.is_empty();
        book.since = (!nothing).then(now);
        (!nothing).then_some((used, happened))
    });
    let Some((used, happened)) = used else { return false };
    let (limits, utc_offset_minutes) = (settings.limits, hours::offset_minutes(settings, now()));
    let addresses: Vec<_> = used.iter().map(|(address, _)| address.clone()).collect();
    let tally = Tally { used, happened, limits, utc_offset_minutes };
    match RecordUsage(tally).call(env, &settings.site).await {
        Ok(verdicts) => BOOKS.with_borrow_mut(|books| {
            let book = books.entry(settings.site.clone()).or_default();
            book.spent.retain(|_, (all, new)| (*all).max(*new) > now());
            let until = |wait: Option<u64>| wait.map_or(0, |wait| now() + wait);
            let waits = addresses
                .into_iter()
                .zip(verdicts)
                .map(|(address, verdict)| (address, (until(verdict.wait_ms), until(verdict.begin_ms))));
            book.spent.extend(waits.filter(|(_, (all, new))| (*all).max(*new) > 0));
        }),
        Err(error) => {
            worker::console_error!("site {}: what was used could not be counted: {error}", settings.site)
        }
    }
    Delay::from(Duration::from_millis(PAUSE_MS)).await;
    true
}
