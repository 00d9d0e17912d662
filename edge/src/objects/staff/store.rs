//! What the Staff object keeps, in its tables.

use hoi_core::{
    accounts::{
        Account, Session,
        session::{LIFE_MS, MAX_SESSIONS},
        sign_in_attempts::{FORGOTTEN_MS, MAX_KEPT},
    },
    limits::attempts::Attempts,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use worker::{Result, SqlStorage, SqlStorageValue};

/// What is done in a statement each, so that nothing is done by halves.
pub struct Store(SqlStorage);

#[derive(Deserialize)]
struct StaffRow {
    data: String,
}

#[derive(Deserialize)]
struct HealthRow {
    at: String,
}

#[derive(Deserialize)]
struct AccountCount {
    n: u64,
}

impl Store {
    pub fn new(sql: SqlStorage) -> Store {
        Store(sql)
    }

    /// Makes the tables.
    pub fn create_tables(&self) -> Result<()> {
        for table in [
            "account (name TEXT PRIMARY KEY, data TEXT NOT NULL)",
            "session (digest TEXT PRIMARY KEY, account TEXT NOT NULL, made INTEGER NOT NULL, data TEXT NOT NULL)",
            "tries (who TEXT PRIMARY KEY, last INTEGER NOT NULL, data TEXT NOT NULL)",
        ] {
            self.0.exec(&format!("CREATE TABLE IF NOT EXISTS {table}"), None)?;
        }
        Ok(())
    }

    /// Writes `at` down and reads it again.
    pub fn check_storage(&self, at: u64) -> Result<()> {
        self.0.exec("CREATE TABLE IF NOT EXISTS health (one INTEGER PRIMARY KEY, at TEXT NOT NULL)", None)?;
        self.0.exec("INSERT OR REPLACE INTO health VALUES (1, ?)", vec![at.to_string().into()])?;
        let kept: Vec<HealthRow> = self.0.exec("SELECT at FROM health", None)?.to_array()?;
        match kept.first() {
            Some(row) if row.at == at.to_string() => Ok(()),
            _ => Err("what was written is not what is read".into()),
        }
    }

    pub fn find_account(&self, name: &str) -> Result<Option<Account>> {
        self.query_one("SELECT data FROM account WHERE name = ?", name)
    }

    pub fn list_accounts(&self) -> Result<Vec<Account>> {
        let rows: Vec<StaffRow> = self.0.exec("SELECT data FROM account ORDER BY name", None)?.to_array()?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.data)?)).collect()
    }

    pub fn store_account(&self, account: &Account) -> Result<()> {
        let row = vec![account.name.clone().into(), to_json(account)?];
        self.0.exec("INSERT OR REPLACE INTO account VALUES (?, ?)", row).map(|_| ())
    }

    pub fn remove_account(&self, name: &str) -> Result<()> {
        self.0.exec("DELETE FROM account WHERE name = ?", vec![name.into()]).map(|_| ())
    }

    pub fn find_session(&self, digest: &str) -> Result<Option<Session>> {
        self.query_one("SELECT data FROM session WHERE digest = ?", digest)
    }

    pub fn store_session(&self, digest: &str, session: &Session) -> Result<()> {
        let row =
            vec![digest.into(), session.account.clone().into(), sql_integer(session.made), to_json(session)?];
        self.0.exec("INSERT OR REPLACE INTO session VALUES (?, ?, ?, ?)", row).map(|_| ())
    }

    pub fn end_session(&self, digest: &str) -> Result<()> {
        self.0.exec("DELETE FROM session WHERE digest = ?", vec![digest.into()]).map(|_| ())
    }

    /// Ends all sessions of an account.
    pub fn end_all(&self, name: &str) -> Result<()> {
        self.0.exec("DELETE FROM session WHERE account = ?", vec![name.into()]).map(|_| ())
    }

    /// Takes out sessions that are over, and the oldest ones of an account that has too many.
    pub fn remove_old_sessions(&self, name: &str, now: u64) -> Result<()> {
        self.0.exec("DELETE FROM session WHERE made < ?", vec![sql_integer(now.saturating_sub(LIFE_MS))])?;
        self.0
            .exec("DELETE FROM tries WHERE last < ?", vec![sql_integer(now.saturating_sub(FORGOTTEN_MS))])?;
        let many = "DELETE FROM session WHERE account = ?1 AND digest NOT IN \
                    (SELECT digest FROM session WHERE account = ?1 ORDER BY made DESC, rowid DESC LIMIT ?2)";
        self.0.exec(many, vec![name.into(), sql_integer(MAX_SESSIONS as u64)]).map(|_| ())
    }

    pub fn read_attempts(&self, who: &str) -> Result<Attempts> {
        Ok(self.query_one("SELECT data FROM tries WHERE who = ?", who)?.unwrap_or_default())
    }

    pub fn store_attempts(&self, who: &str, attempts: Attempts, now: u64) -> Result<()> {
        let row = vec![who.into(), sql_integer(attempts.last), to_json(&attempts)?];
        self.0.exec("INSERT OR REPLACE INTO tries VALUES (?, ?, ?)", row)?;
        let kept: Vec<AccountCount> = self.0.exec("SELECT count(*) AS n FROM tries", None)?.to_array()?;
        if kept.first().is_some_and(|kept| kept.n > MAX_KEPT) {
            let oldest =
                "DELETE FROM tries WHERE who IN (SELECT who FROM tries WHERE last < ? ORDER BY last LIMIT ?)";
            self.0.exec(oldest, vec![sql_integer(now), sql_integer(MAX_KEPT / 4)])?;
        }
        Ok(())
    }

    pub fn clear_attempts(&self, who: &str) -> Result<()> {
        self.0.exec("DELETE FROM tries WHERE who = ?", vec![who.into()]).map(|_| ())
    }

    fn query_one<T: DeserializeOwned>(&self, query: &str, key: &str) -> Result<Option<T>> {
        let rows: Vec<StaffRow> = self.0.exec(query, vec![key.into()])?.to_array()?;
        rows.first().map(|row| Ok(serde_json::from_str(&row.data)?)).transpose()
    }
}

fn to_json<T: Serialize>(value: &T) -> Result<SqlStorageValue> {
    Ok(serde_json::to_string(value)?.into())
}

/// Times stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
