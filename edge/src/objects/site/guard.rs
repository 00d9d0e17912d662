//! The site's gatekeeper, where it lives: in the Site object, one a site, so that every conversation of the site
//! asks the same one.

use crate::{
    platform::now,
    rpc::site::{Admission, LeaveAgency},
};
use hoi_core::agency::{Call, Guard};
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
    pub fn enter_agency(&self, sql: &SqlStorage, call: &Call) -> Result<Admission> {
        self.with_guard(sql, |guard| Admission {
            entry: guard.admit_call(call, now()),
            shut_until: guard.shut_until(),
        })
    }

    /// A call has ended.
    pub fn leave_agency(&self, sql: &SqlStorage, left: &LeaveAgency) -> Result<()> {
        self.with_guard(sql, |guard| guard.finish_call(&left.key, left.outcome, now()))
    }

    /// Lets the guard decide, and writes down what must outlive this object.
    fn with_guard<T>(&self, sql: &SqlStorage, decide: impl FnOnce(&mut Guard) -> T) -> Result<T> {
        let mut kept = self.inner.borrow_mut();
        let kept = match kept.as_mut() {
            Some(kept) => kept,
            None => kept.insert(read_guard(sql)?),
        };
        let decided = decide(&mut kept.guard);
        if kept.guard.needs_saving(&kept.written) {
            let json = serde_json::to_string(&kept.guard)?;
            sql.exec("INSERT OR REPLACE INTO guard VALUES (1, ?)", vec![json.into()])?;
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
    let guard: Guard = rows.first().and_then(|row| serde_json::from_str(&row.json).ok()).unwrap_or_default();
    Ok(GuardState { written: guard.clone(), guard })
}
