//! What a site's board keeps: which conversations people are wanted in, what was done, what was not answered.

use crate::{
    platform::{now, random_bytes},
    rpc::board::{FORGET, QuestionDecision},
};
use hoi_core::{
    board::{self, AuditEvent, Keys, Trail, TrailEnd, UnansweredBatch, listed_chats},
    crypto::encryption::Lock,
};
use serde::{Deserialize, de::DeserializeOwned};
use wire::{
    Id,
    desk::{Act, Chat, GroupDecision, Wondered},
};
use worker::{Result, SqlStorage, SqlStorageValue};

const DAY_MS: u64 = 86_400_000;
/// So many of the latest waits say how long the next one takes.
const WAITS: u64 = 20;
/// Waits older than this say nothing any more, in milliseconds.
const WAITS_MS: u64 = 7 * DAY_MS;
/// What a question is sealed for.
const QUESTION: &str = "question";
/// Most questions that are kept, the newest ones.
const MAX_QUESTIONS: u64 = 2_000;
/// Most questions that are grouped at once: their likeness is looked at in pairs.
const MAX_GROUPED: u64 = 400;
/// Acts sent to a desk at once.
const PAGE: u64 = 200;
/// How soon what remains of deleted rows is wiped, in milliseconds; one time for all that are deleted meanwhile.
const WIPE_MS: u64 = 3_000;
/// So many bytes of rows put that off by a millisecond.
const WIPED_A_MS: u64 = 100;
/// Bytes written over at once.
const FILLER_BYTES: u64 = 64 * 1024;
/// Acts read at once when the whole trail is followed.
const STRETCH: u64 = 1_000;

/// The tables.
pub struct BoardStore {
    sql: SqlStorage,
}

#[derive(Deserialize)]
struct BoardJsonRow {
    json: String,
}

#[derive(Deserialize)]
struct QuestionRow {
    n: u64,
    json: String,
    choice: Option<String>,
}

impl QuestionRow {
    /// What was asked; nothing if the edge has another secret by now. Older edges kept it unsealed.
    fn decrypt(&self, lock: &Lock) -> Option<Wondered> {
        let json =
            if self.json.starts_with('{') { self.json.clone() } else { lock.open(QUESTION, &self.json)? };
        let question = serde_json::from_str(&json).ok()?;
        Some(Wondered { n: self.n, ..question })
    }
}

#[derive(Deserialize)]
struct BoardNumberRow {
    n: u64,
}

impl BoardStore {
    /// The tables, made if they aren't there.
    pub fn open(sql: SqlStorage) -> Result<BoardStore> {
        for table in [
            "CREATE TABLE IF NOT EXISTS chat (id TEXT PRIMARY KEY, until INTEGER, json TEXT)",
            "CREATE TABLE IF NOT EXISTS act (n INTEGER PRIMARY KEY, json TEXT)",
            "CREATE TABLE IF NOT EXISTS trail_end (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS question (n INTEGER PRIMARY KEY AUTOINCREMENT, until INTEGER, json TEXT, choice TEXT)",
            "CREATE TABLE IF NOT EXISTS wait (at INTEGER, ms INTEGER)",
            // By which conversation's hash a question goes when that is erased. A table of its own: older boards have the other.
            "CREATE TABLE IF NOT EXISTS asked_by (n INTEGER PRIMARY KEY, tag TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS remains (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL)",
        ] {
            sql.exec(table, None)?;
        }
        Ok(BoardStore { sql })
    }

    /// All that is listed: those that are going on, and the newest of the others.
    pub fn list_chats(&self) -> Result<Vec<Chat>> {
        Ok(listed_chats(self.query_json("SELECT json FROM chat ORDER BY until DESC", vec![])?))
    }

    /// One of them.
    pub fn find_chat(&self, id: Id) -> Result<Option<Chat>> {
        Ok(self.query_json("SELECT json FROM chat WHERE id = ?", vec![id.to_string().into()])?.pop())
    }

    /// Keeps it for `keep_days` after it was last written in.
    pub fn put_chat(&self, chat: &Chat, keep_days: u32) -> Result<()> {
        let until = chat.last_at + u64::from(keep_days) * DAY_MS;
        let row = vec![chat.id.to_string().into(), sql_integer(until), serde_json::to_string(chat)?.into()];
        self.sql.exec("INSERT OR REPLACE INTO chat VALUES (?, ?, ?)", row)?;
        Ok(())
    }

    /// It is gone; what remains of it on the disk is wiped by [`BoardStore::wipe_deleted_rows`].
    pub fn remove_chat(&self, id: Id) -> Result<()> {
        self.mark_for_wipe()?;
        self.sql.exec("DELETE FROM chat WHERE id = ?", vec![id.to_string().into()])?;
        Ok(())
    }

    /// Something is about to be deleted: how large everything is now, so that as much is wiped later.
    fn mark_for_wipe(&self) -> Result<()> {
        let bytes = vec![sql_integer(self.sql.database_size() as u64)];
        let most = "INSERT INTO remains VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET bytes = max(bytes, excluded.bytes)";
        self.sql.exec(most, bytes).map(drop)
    }

    /// After how many milliseconds what remains of deleted rows is to be wiped: the more there is to copy for it, the later.
    pub fn wipe_after(&self) -> Result<Option<u64>> {
        let bytes: Vec<BoardNumberRow> = self.sql.exec("SELECT bytes AS n FROM remains", None)?.to_array()?;
        Ok(bytes.first().map(|bytes| WIPE_MS + bytes.n / WIPED_A_MS))
    }

    /// Wipes what remains of deleted rows in the file. SQLite leaves their bytes where they were, and this runtime lets
    /// nobody change that (`PRAGMA secure_delete`, `VACUUM`): so the conversations that are left are written anew, and all
    /// free pages are written over.
    pub fn wipe_deleted_rows(&self) -> Result<()> {
        let bytes: Vec<BoardNumberRow> = self.sql.exec("SELECT bytes AS n FROM remains", None)?.to_array()?;
        let Some(bytes) = bytes.first().map(|bytes| bytes.n) else { return Ok(()) };
        for statement in [
            // Should the disk have been full in the middle of it.
            "DROP TABLE IF EXISTS chat_anew",
            "DROP TABLE IF EXISTS filler",
            "CREATE TABLE chat_anew (id TEXT PRIMARY KEY, until INTEGER, json TEXT)",
            "INSERT INTO chat_anew SELECT id, until, json FROM chat",
            "DROP TABLE chat",
            "ALTER TABLE chat_anew RENAME TO chat",
            "CREATE TABLE filler (zeros BLOB)",
        ] {
            self.sql.exec(statement, None)?;
        }
        // A quarter more than there ever was: some pages hold less than they could.
        for _ in 0..=(bytes + bytes / 4) / FILLER_BYTES + 4 {
            self.sql.exec("INSERT INTO filler VALUES (zeroblob(?))", vec![sql_integer(FILLER_BYTES)])?;
        }
        self.sql.exec("DROP TABLE filler", None)?;
        self.sql.exec("DELETE FROM remains", None).map(drop)
    }

    /// Somebody has waited.
    pub fn record_wait(&self, ms: u64) -> Result<()> {
        self.sql.exec("INSERT INTO wait VALUES (?, ?)", vec![sql_integer(now()), sql_integer(ms)])?;
        let old = vec![sql_integer(now().saturating_sub(WAITS_MS))];
        self.sql.exec("DELETE FROM wait WHERE at < ?", old)?;
        Ok(())
    }

    /// The latest waits, in milliseconds.
    pub fn recent_waits(&self) -> Result<Vec<u64>> {
        let query = "SELECT ms AS n FROM wait WHERE at >= ? ORDER BY at DESC LIMIT ?";
        let bindings = vec![sql_integer(now().saturating_sub(WAITS_MS)), sql_integer(WAITS)];
        let rows: Vec<BoardNumberRow> = self.sql.exec(query, bindings)?.to_array()?;
        Ok(rows.into_iter().map(|row| row.n).collect())
    }

    /// Something was done: the trail's new end.
    pub fn append_act(&self, done: AuditEvent, keys: &Keys) -> Result<TrailEnd> {
        let last = self.query_json::<Act>("SELECT json FROM act ORDER BY n DESC LIMIT 1", vec![])?.pop();
        let act = board::next_act(&trail_end(last.as_ref()), done, keys);
        let end = keys.sign_end(&trail_end(Some(&act)));
        let row = vec![sql_integer(act.n), serde_json::to_string(&act)?.into()];
        self.sql.exec("INSERT INTO act VALUES (?, ?)", row)?;
        let row = vec![serde_json::to_string(&end)?.into()];
        self.sql.exec("INSERT OR REPLACE INTO trail_end VALUES (1, ?)", row)?;
        Ok(end)
    }

    /// The newest act.
    pub fn newest_act(&self) -> Result<Option<Act>> {
        Ok(self.query_json::<Act>("SELECT json FROM act ORDER BY n DESC LIMIT 1", vec![])?.pop())
    }

    /// The act of this, if it is in the trail already.
    pub fn find_act(&self, done: &AuditEvent) -> Result<Option<Act>> {
        let query =
            "SELECT json FROM act WHERE json_extract(json, '$.about') = ? AND json_extract(json, '$.at') = ?";
        Ok(self.query_json(query, vec![done.about.clone().into(), sql_integer(done.at)])?.pop())
    }

    /// A conversation was erased: what is here of it goes.
    pub fn erase_conversation(&self, id: Id, tag: &str) -> Result<()> {
        self.remove_chat(id)?;
        let own = "DELETE FROM question WHERE n IN (SELECT n FROM asked_by WHERE tag = ?)";
        self.sql.exec(own, vec![tag.into()])?;
        self.sql.exec("DELETE FROM asked_by WHERE tag = ?", vec![tag.into()]).map(drop)
    }

    /// The conversations that are listed.
    pub fn listed_conversations(&self) -> Result<Vec<Id>> {
        let rows: Vec<BoardJsonRow> =
            self.sql.exec("SELECT id AS json FROM chat ORDER BY id", None)?.to_array()?;
        Ok(rows.iter().filter_map(|row| row.json.parse().ok()).collect())
    }

    /// The end of the trail.
    pub fn audit_end(&self) -> Result<Trail> {
        Ok(trail_end(self.newest_act()?.as_ref()))
    }

    /// The act with which the site was forgotten, if nothing has been done since.
    pub fn forgotten_act(&self) -> Result<Option<Act>> {
        Ok(self.newest_act()?.filter(|act| act.n == 1 && act.act == FORGET))
    }

    /// The newest acts before the number `before`, newest first; 0: the newest of all.
    pub fn acts_before(&self, before: u64) -> Result<Vec<Act>> {
        let query = "SELECT json FROM act WHERE n < ?1 OR ?1 = 0 ORDER BY n DESC LIMIT ?2";
        self.query_json(query, vec![sql_integer(before), sql_integer(PAGE)])
    }

    /// The conversations that this account has opened since then, in milliseconds since 1970.
    pub fn conversations_opened_by(&self, name: &str, since: u64) -> Result<Vec<Id>> {
        let query = "SELECT DISTINCT json_extract(json, '$.about') AS json FROM act WHERE json_extract(json, '$.who') = ? \
                     AND json_extract(json, '$.act') = 'open' AND json_extract(json, '$.at') >= ?";
        let rows: Vec<BoardJsonRow> =
            self.sql.exec(query, vec![name.to_owned().into(), sql_integer(since)])?.to_array()?;
        Ok(rows.iter().filter_map(|row| row.json.parse().ok()).collect())
    }

    /// Whether each act follows from the one before it, from the first to the last, and goes as far as it is known to have
    /// gone: by what is kept here, and `elsewhere`.
    pub fn is_audit_whole(&self, keys: &Keys, elsewhere: Option<TrailEnd>) -> Result<bool> {
        let Some(end) = self.verify_trail(keys)? else { return Ok(false) };
        let own = self.query_json::<TrailEnd>("SELECT json FROM trail_end", vec![])?.pop();
        for known in own.into_iter().chain(elsewhere) {
            let there =
                self.query_json::<Act>("SELECT json FROM act WHERE n = ?", vec![sql_integer(known.n)])?.pop();
            if !board::reaches_end(&end, &known, there.as_ref().map(|act| act.digest.as_str()), keys) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The end of the trail, if each act follows from the one before it.
    fn verify_trail(&self, keys: &Keys) -> Result<Option<Trail>> {
        let mut end = Trail::default();
        loop {
            let query = "SELECT json FROM act WHERE n > ? ORDER BY n LIMIT ?";
            let acts: Vec<Act> = self.query_json(query, vec![sql_integer(end.n), sql_integer(STRETCH)])?;
            if acts.is_empty() {
                return Ok(Some(end));
            }
            if !board::is_whole(&end, &acts, keys) {
                return Ok(None);
            }
            end = trail_end(acts.last());
        }
    }

    /// Something was not answered.
    pub fn record_unanswered(&self, asked: UnansweredBatch, lock: &Lock) -> Result<()> {
        let UnansweredBatch { questions, keep_days, tag } = asked;
        for question in questions {
            let until = question.at + u64::from(keep_days) * DAY_MS;
            // What was deleted leaves its bytes in the file: let nobody read them.
            let sealed = lock.seal(QUESTION, &serde_json::to_string(&question)?, random_bytes()?);
            let row = vec![sql_integer(until), sealed.into()];
            self.sql.exec("INSERT INTO question (until, json) VALUES (?, ?)", row)?;
            let by = "INSERT OR REPLACE INTO asked_by SELECT max(n), ? FROM question";
            self.sql.exec(by, vec![tag.clone().into()])?;
        }
        let most = "DELETE FROM question WHERE n <= (SELECT max(n) FROM question) - ?";
        self.sql.exec(most, vec![sql_integer(MAX_QUESTIONS)])?;
        Ok(())
    }

    /// The newest questions that nobody has decided about.
    pub fn open_questions(&self, lock: &Lock) -> Result<Vec<Wondered>> {
        let query = "SELECT n, json, choice FROM question WHERE choice IS NULL ORDER BY n DESC LIMIT ?";
        let rows: Vec<QuestionRow> = self.sql.exec(query, vec![sql_integer(MAX_GROUPED)])?.to_array()?;
        Ok(rows.into_iter().filter_map(|row| row.decrypt(lock)).collect())
    }

    /// What becomes of these.
    pub fn decide_questions(&self, questions: &[u64], choice: &GroupDecision) -> Result<()> {
        let choice = serde_json::to_string(choice)?;
        for n in questions {
            let row = vec![choice.clone().into(), sql_integer(*n)];
            self.sql.exec("UPDATE question SET choice = ? WHERE n = ?", row)?;
        }
        Ok(())
    }

    /// Every question that something becomes of.
    pub fn list_decisions(&self, lock: &Lock) -> Result<Vec<QuestionDecision>> {
        let query = "SELECT n, json, choice FROM question WHERE choice IS NOT NULL ORDER BY n";
        let rows: Vec<QuestionRow> = self.sql.exec(query, None)?.to_array()?;
        let learned = rows.into_iter().filter_map(|row| {
            let choice = serde_json::from_str(row.choice.as_deref()?);
            row.decrypt(lock).map(|question| Ok(QuestionDecision { question, choice: choice? }))
        });
        learned.collect()
    }

    /// Forgets what is past its time; whether anything is left that will be.
    pub fn delete_expired(&self) -> Result<bool> {
        let mut left = 0;
        for table in ["chat", "question"] {
            let old = format!("SELECT count(*) AS n FROM {table} WHERE until < ?");
            let old: Vec<BoardNumberRow> = self.sql.exec(&old, vec![sql_integer(now())])?.to_array()?;
            if old.first().is_some_and(|old| old.n > 0) {
                self.mark_for_wipe()?;
                self.sql.exec(&format!("DELETE FROM {table} WHERE until < ?"), vec![sql_integer(now())])?;
            }
            let rows: Vec<BoardNumberRow> =
                self.sql.exec(&format!("SELECT count(*) AS n FROM {table}"), None)?.to_array()?;
            left += rows.first().map_or(0, |row| row.n);
        }
        self.sql.exec("DELETE FROM asked_by WHERE n NOT IN (SELECT n FROM question)", None)?;
        Ok(left > 0)
    }

    fn query_json<T: DeserializeOwned>(&self, query: &str, bindings: Vec<SqlStorageValue>) -> Result<Vec<T>> {
        let rows: Vec<BoardJsonRow> = self.sql.exec(query, bindings)?.to_array()?;
        rows.into_iter().map(|row| Ok(serde_json::from_str(&row.json)?)).collect()
    }
}

fn trail_end(last: Option<&Act>) -> Trail {
    last.map_or_else(Trail::default, |act| Trail { n: act.n, digest: act.digest.clone() })
}

/// Numbers and times stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
