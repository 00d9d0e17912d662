//! The site's gatekeeper, where it lives: in the Site object, one a site, so that every conversation of the site
//! asks the same one.

use crate::{
    platform::{log::write_event, now},
    rpc::site::{Admission, LeaveAgency},
};
use hoi_core::{
    agency::{Call, Guard},
    log::{LogLevel, LogValue},
};
use serde::Deserialize;
use std::{cell::RefCell, panic::AssertUnwindSafe};
use worker::{Result, SqlStorage};

/// The guard and what was last written of it.
#[derive(Default)]
pub struct SiteGuard {
    inner: AssertUnwindSafe<RefCell<Option<GuardState>>>,
}

struct GuardState {
    guard: Guard,
    written: Guard,
}

#[derive(Deserialize)]
struct GuardRow {
    json: String,
}

impl SiteGuard {
    /// Whether `call` may be made now.
    pub fn enter_agency(&self, sql: &SqlStorage, site: &str, call: &Call) -> Result<Admission> {
        self.with_guard(sql, site, |guard| Admission {
            entry: guard.admit_call(call, now()),
            shut_until: guard.shut_until(),
        })
    }

    /// A call has ended.
    pub fn leave_agency(&self, sql: &SqlStorage, site: &str, left: &LeaveAgency) -> Result<()> {
        self.with_guard(sql, site, |guard| guard.finish_call(&left.key, left.outcome, now()))
    }

    /// Whether only probes are let through.
    pub fn is_open(&self, sql: &SqlStorage, site: &str) -> Result<bool> {
        self.with_guard(sql, site, |guard| guard.is_open())
    }

    /// Lets the guard of `site` decide, and writes down what must outlive this object.
    fn with_guard<T>(&self, sql: &SqlStorage, site: &str, decide: impl FnOnce(&mut Guard) -> T) -> Result<T> {
        let mut kept = self.inner.borrow_mut();
        let kept = match kept.as_mut() {
            Some(kept) => kept,
            None => kept.insert(read_guard(sql)?),
        };
        let decided = decide(&mut kept.guard);
        if kept.guard.needs_saving(&kept.written) {
            let json = serde_json::to_string(&kept.guard)?;
            sql.exec("INSERT OR REPLACE INTO guard VALUES (1, ?)", vec![json.into()])?;
            let is_open = kept.guard.is_open();
            if is_open != kept.written.is_open() {
                let state = if is_open { "open" } else { "closed" };
                let fields = [("site", LogValue::Text(site)), ("state", LogValue::Text(state))];
                write_event(LogLevel::Warn, "agency.breaker", &fields);
            }
            kept.written = kept.guard.clone();
        }
        Ok(decided)
    }
}

fn read_guard(sql: &SqlStorage) -> Result<GuardState> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS guard (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
        None,
    )?;
    let rows: Vec<GuardRow> = sql.exec("SELECT json FROM guard", None)?.to_array()?;
    // One that a newer or older edge wrote is no reason to stop asking the agency.
    let guard: Guard = rows.first().and_then(|row| wire::parse_json_text(&row.json).ok()).unwrap_or_default();
    Ok(GuardState { written: guard.clone(), guard })
}
