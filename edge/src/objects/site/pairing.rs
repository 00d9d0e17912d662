//! The codes of a site that open conversations elsewhere, and the numbers of its cases, where they live: in the Site
//! object.

use crate::{
    platform::now,
    rpc::site::{IssueCode, RedeemCode, RedeemedCode},
};
use hoi_core::{
    application::case::lookup::{self, By, MAX_KEPT},
    crypto::pairing_code::Tries,
    erasure::Listing,
    limits::attempts::Attempts,
};
use serde::Deserialize;
use std::{cell::RefCell, panic::AssertUnwindSafe};
use worker::{Result, SqlStorage, SqlStorageValue};

/// Who tried lately. Forgotten when the object sleeps, which it doesn't while somebody tries.
#[derive(Default)]
pub struct SitePairing {
    codes: AssertUnwindSafe<RefCell<Tries>>,
    cases: AssertUnwindSafe<RefCell<Tries>>,
}

#[derive(Deserialize)]
struct CodeRow {
    conversation: String,
    generation: u32,
}

impl SitePairing {
    /// Keeps a code.
    pub fn issue_code(&self, sql: &SqlStorage, issued: &IssueCode) -> Result<()> {
        create_tables(sql)?;
        let conversation = issued.conversation.to_string();
        let old = vec![sql_integer(now()), sql_bool(issued.once), conversation.clone().into()];
        sql.exec("DELETE FROM code WHERE expires <= ? OR (once AND ? AND conversation = ?)", old)?;
        let row = vec![
            issued.digest.clone().into(),
            conversation.into(),
            sql_integer(u64::from(issued.generation)),
            sql_integer(issued.expires),
            sql_bool(issued.once),
        ];
        // A case that is filed again because nobody heard that it was is the same case.
        let insert = "INSERT OR REPLACE INTO code (digest, conversation, generation, expires, once) \
                      VALUES (?, ?, ?, ?, ?)";
        sql.exec(insert, row)?;
        Ok(())
    }

    /// A conversation was erased: what opens it goes. Without hashes in `listing` none of its cases was kept either.
    pub fn remove_erased(&self, sql: &SqlStorage, listing: &Listing) -> Result<()> {
        if listing.erased {
            create_tables(sql)?;
            let of = vec![listing.conversation.to_string().into(), sql_bool(!listing.tags.is_empty())];
            sql.exec("DELETE FROM code WHERE conversation = ?1 AND (once OR NOT ?2)", of)?;
        }
        Ok(())
    }

    /// What it opens; a code is used up by that.
    pub fn redeem_code(&self, sql: &SqlStorage, redeem: &RedeemCode) -> Result<RedeemedCode> {
        let attempts = if redeem.once { &self.codes } else { &self.cases };
        if let Err(wait) = attempts.borrow_mut().count_attempt(redeem.address.as_deref(), now()) {
            return Ok(RedeemedCode { wait_ms: Some(wait), ..RedeemedCode::default() });
        }
        create_tables(sql)?;
        let guessed = if redeem.once { Vec::new() } else { attempt_keys(redeem) };
        if let Err(wait) = count_guess(sql, &guessed)? {
            return Ok(RedeemedCode { wait_ms: Some(wait), ..RedeemedCode::default() });
        }
        let query = if redeem.once {
            "DELETE FROM code WHERE once AND digest = ? AND expires > ? RETURNING conversation, generation"
        } else {
            "SELECT conversation, generation FROM code WHERE NOT once AND digest = ? AND expires > ?"
        };
        let rows: Vec<CodeRow> =
            sql.exec(query, vec![redeem.digest.clone().into(), sql_integer(now())])?.to_array()?;
        let opens =
            rows.into_iter().next().and_then(|row| Some((row.conversation.parse().ok()?, row.generation)));
        if opens.is_some() {
            take_back(sql, &guessed)?;
        }
        Ok(RedeemedCode { opens, wait_ms: None })
    }
}

/// Under what a guess at a case's second fact is counted.
fn attempt_keys(redeem: &RedeemCode) -> Vec<(By, String)> {
    let number = redeem.number.as_ref();
    let address = redeem.address.as_ref();
    let both = number.map(|number| format!("{number} {}", address.map_or("", String::as_str)));
    [(By::Both, both), (By::Number, number.cloned()), (By::Address, address.cloned())]
        .into_iter()
        .filter_map(|(by, key)| Some((by, key?)))
        .collect()
}

/// Counts a guess, or says how long to wait before it, in milliseconds.
fn count_guess(sql: &SqlStorage, keys: &[(By, String)]) -> Result<std::result::Result<(), u64>> {
    let mut attempts = Vec::new();
    for (by, key) in keys {
        attempts.push((*by, read_attempts(sql, key)?));
    }
    match lookup::count_attempts(&attempts, now()) {
        Ok(more) => {
            for ((_, key), attempts) in keys.iter().zip(more) {
                store_attempts(sql, key, attempts)?;
            }
            Ok(Ok(()))
        }
        Err(wait) => Ok(Err(wait)),
    }
}

/// It was none.
fn take_back(sql: &SqlStorage, keys: &[(By, String)]) -> Result<()> {
    for (by, key) in keys {
        let attempts =
            if *by == By::Both { Attempts::default() } else { read_attempts(sql, key)?.take_back() };
        store_attempts(sql, key, attempts)?;
    }
    Ok(())
}

fn read_attempts(sql: &SqlStorage, key: &str) -> Result<Attempts> {
    let rows: Vec<Attempts> =
        sql.exec("SELECT n, last FROM wrong WHERE who = ?", vec![key.into()])?.to_array()?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

fn store_attempts(sql: &SqlStorage, key: &str, attempts: Attempts) -> Result<()> {
    if attempts.n == 0 {
        return sql.exec("DELETE FROM wrong WHERE who = ?", vec![key.into()]).map(drop);
    }
    let row = vec![key.into(), sql_integer(u64::from(attempts.n)), sql_integer(attempts.last)];
    sql.exec("INSERT OR REPLACE INTO wrong (who, n, last) VALUES (?, ?, ?)", row)?;
    let old = vec![sql_integer(now().saturating_sub(By::Number.policy().forgotten_ms))];
    sql.exec("DELETE FROM wrong WHERE last < ?", old)?;
    let least = "DELETE FROM wrong WHERE (SELECT count(*) FROM wrong) > ?1 AND who IN \
                 (SELECT who FROM wrong ORDER BY n, last LIMIT ?2)";
    sql.exec(least, vec![sql_integer(MAX_KEPT), sql_integer(MAX_KEPT / 4)]).map(drop)
}

fn create_tables(sql: &SqlStorage) -> Result<()> {
    let table = "CREATE TABLE IF NOT EXISTS code (digest TEXT PRIMARY KEY, conversation TEXT NOT NULL, \
                 generation INTEGER NOT NULL, expires INTEGER NOT NULL, once INTEGER NOT NULL)";
    let wrong =
        "CREATE TABLE IF NOT EXISTS wrong (who TEXT PRIMARY KEY, n INTEGER NOT NULL, last INTEGER NOT NULL)";
    [table, wrong].into_iter().try_for_each(|table| sql.exec(table, None).map(drop))
}

fn sql_bool(set: bool) -> SqlStorageValue {
    sql_integer(u64::from(set))
}

/// Times and generations stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
