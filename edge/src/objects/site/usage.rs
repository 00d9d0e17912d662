//! The site's usage ledger of the day, where they live: in the Site object. Each count is written before it is told.

use crate::platform::now;
use hoi_core::limits::usage::{
    ConnectionRequest, UsageCounts, UsageDay, UsageLedger, UsageReport, UsageVerdict,
};
use serde::Deserialize;
use std::{cell::RefCell, collections::BTreeMap, panic::AssertUnwindSafe};
use wire::desk::Count;
use worker::{Result, SqlStorage, SqlStorageValue};

/// How long is kept what happened, in days: a year and the days to compare it with.
const KEEP_DAYS: u64 = 400;

/// The day that stands for all that are not kept any more.
const BEFORE: u64 = 0;

/// The ledger, once it was read.
#[derive(Default)]
pub struct SiteLedger {
    inner: AssertUnwindSafe<RefCell<Option<UsageLedger>>>,
}

#[derive(Deserialize)]
struct UsageRow {
    name: String,
    conversations: u32,
    messages: u32,
}

impl SiteLedger {
    /// Whether who asks may connect.
    pub fn check_connection_quota(
        &self,
        sql: &SqlStorage,
        request: &ConnectionRequest,
    ) -> Result<UsageVerdict> {
        self.with_ledger(sql, request.utc_offset_minutes, |ledger| {
            Ok(ledger.check_connection_quota(request, now()))
        })
    }

    /// Counts, and says of each whether there is more.
    pub fn record_usage(&self, sql: &SqlStorage, report: &UsageReport) -> Result<Vec<UsageVerdict>> {
        self.with_ledger(sql, report.utc_offset_minutes, |ledger| {
            let verdicts = ledger.record_usage(report, now());
            let addresses = report.used.iter().filter_map(|(address, _)| address.as_deref());
            for name in [""].into_iter().chain(addresses) {
                let UsageCounts { conversations, messages } = ledger.counts(name);
                let counts = [ledger.day(), u64::from(conversations), u64::from(messages)].map(sql_integer);
                let row = [counts.to_vec(), vec![name.to_owned().into()]].concat();
                let insert =
                    "INSERT OR REPLACE INTO spent (day, conversations, messages, name) VALUES (?, ?, ?, ?)";
                sql.exec(insert, row)?;
            }
            for (event, about, n) in &report.happened {
                let row = vec![
                    sql_integer(ledger.day()),
                    event.clone().into(),
                    about.clone().into(),
                    sql_integer(u64::from(*n)),
                ];
                let add = "INSERT INTO happened (day, event, about, n) VALUES (?, ?, ?, ?) \
                           ON CONFLICT (day, event, about) DO UPDATE SET n = n + excluded.n";
                sql.exec(add, row)?;
            }
            Ok(verdicts)
        })
    }

    /// What happened on each day since `from`, in days since 1970; day 0 stands for all that are not kept any more.
    pub fn read_counts(&self, sql: &SqlStorage, from: u64) -> Result<Vec<Count>> {
        create_tables(sql)?;
        let query = "SELECT day, event, about, n FROM happened WHERE day >= ? ORDER BY day, event, about";
        sql.exec(query, vec![sql_integer(from)])?.to_array()
    }

    /// The ledger, read once, of today.
    fn with_ledger<T>(
        &self,
        sql: &SqlStorage,
        utc_offset_minutes: i32,
        act: impl FnOnce(&mut UsageLedger) -> Result<T>,
    ) -> Result<T> {
        let mut kept = self.inner.borrow_mut();
        let today = UsageDay::from_millis(now(), utc_offset_minutes).number;
        let ledger = match kept.as_mut() {
            Some(ledger) => ledger,
            None => kept.insert(read_ledger(sql, today)?),
        };
        if ledger.day() != today {
            sql.exec("DELETE FROM spent WHERE day <> ?", vec![sql_integer(today)])?;
            drop_old_days(sql, today.saturating_sub(KEEP_DAYS))?;
        }
        act(ledger)
    }
}

/// Drops the days before `first`; what they count goes into [`BEFORE`], because totals that fall read as a restart.
fn drop_old_days(sql: &SqlStorage, first: u64) -> Result<()> {
    let days = || vec![sql_integer(BEFORE), sql_integer(BEFORE), sql_integer(first)];
    let add = "INSERT INTO happened (day, event, about, n) \
               SELECT ?, event, about, SUM(n) FROM happened WHERE day > ? AND day < ? GROUP BY event, about \
               ON CONFLICT (day, event, about) DO UPDATE SET n = n + excluded.n";
    sql.exec(add, days())?;
    sql.exec("DELETE FROM happened WHERE day > ? AND day < ?", days().split_off(1))?;
    Ok(())
}

fn create_tables(sql: &SqlStorage) -> Result<()> {
    for table in [
        "CREATE TABLE IF NOT EXISTS spent (day INTEGER, name TEXT, conversations INTEGER, messages INTEGER, \
         PRIMARY KEY (day, name))",
        "CREATE TABLE IF NOT EXISTS happened (day INTEGER, event TEXT, about TEXT, n INTEGER, \
         PRIMARY KEY (day, event, about))",
    ] {
        sql.exec(table, None)?;
    }
    Ok(())
}

fn read_ledger(sql: &SqlStorage, day: u64) -> Result<UsageLedger> {
    create_tables(sql)?;
    let query = "SELECT name, conversations, messages FROM spent WHERE day = ?";
    let rows: Vec<UsageRow> = sql.exec(query, vec![sql_integer(day)])?.to_array()?;
    let counts = rows.into_iter().map(|row| {
        let UsageRow { name, conversations, messages } = row;
        (name, UsageCounts { conversations, messages })
    });
    Ok(UsageLedger::from_rows(day, counts.collect::<BTreeMap<_, _>>()))
}

/// Days and counts stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
