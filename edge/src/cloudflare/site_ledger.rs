//! The site's books of the day, where they live: in the Site object. Each count is written before it is told.

use super::platform::now;
use crate::quota::{Counts, Day, Ledger, Spend, Verdict, What};
use serde::Deserialize;
use std::{cell::RefCell, collections::BTreeMap, panic::AssertUnwindSafe};
use worker::{Result, SqlStorage, SqlStorageValue};

/// The books, once they were read.
#[derive(Default)]
pub struct SiteLedger {
    inner: AssertUnwindSafe<RefCell<Option<Ledger>>>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    conversations: u32,
    messages: u32,
}

impl SiteLedger {
    /// Counts, and says whether there is more.
    pub fn spend(&self, sql: &SqlStorage, spend: &Spend) -> Result<Verdict> {
        let mut kept = self.inner.borrow_mut();
        let today = Day::at(now(), spend.utc_offset_minutes).number;
        let ledger = match kept.as_mut() {
            Some(ledger) => ledger,
            None => kept.insert(read(sql, today)?),
        };
        if ledger.day() != today {
            sql.exec("DELETE FROM spent WHERE day <> ?", vec![number(today)])?;
        }
        let verdict = ledger.spend(spend, now());
        if !matches!(spend.what, What::Connection | What::Look) {
            for name in [Some(""), spend.address.as_deref()].into_iter().flatten() {
                let Counts { conversations, messages } = ledger.counts(name);
                let counts = [today, u64::from(conversations), u64::from(messages)].map(number);
                let row = [counts.to_vec(), vec![name.to_owned().into()]].concat();
                sql.exec(
                    "INSERT OR REPLACE INTO spent (day, conversations, messages, name) VALUES (?, ?, ?, ?)",
                    row,
                )?;
            }
        }
        Ok(verdict)
    }
}

fn read(sql: &SqlStorage, day: u64) -> Result<Ledger> {
    sql.exec(
        "CREATE TABLE IF NOT EXISTS spent (day INTEGER, name TEXT, conversations INTEGER, messages INTEGER, \
         PRIMARY KEY (day, name))",
        None,
    )?;
    let query = "SELECT name, conversations, messages FROM spent WHERE day = ?";
    let rows: Vec<Row> = sql.exec(query, vec![number(day)])?.to_array()?;
    let counts = rows.into_iter().map(|row| {
        let Row { name, conversations, messages } = row;
        (name, Counts { conversations, messages })
    });
    Ok(Ledger::of(day, counts.collect::<BTreeMap<_, _>>()))
}

/// Days and counts stay far below 2^53.
fn number(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
