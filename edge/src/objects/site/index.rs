//! Which conversations a site has, and by which keyed hashes of visitors and cases they are found, where it lives: in the
//! Site object. Ids and hashes, nothing else; filled since there is such an index, by every conversation that is used.

use crate::{platform::now, rpc::site::FindConversations};
use hoi_core::erasure::Listing;
use serde::Deserialize;
use wire::Id;
use worker::{Result, SqlStorage, SqlStorageValue};

/// Most conversations that are found at once.
const PAGE: u64 = 50;

#[derive(Deserialize)]
struct Row {
    conversation: String,
}

#[derive(Deserialize)]
struct Count {
    n: u64,
}

/// Lists a conversation, in place of what was listed of it before, or takes it out.
pub fn list(sql: &SqlStorage, listing: &Listing) -> Result<()> {
    exists(sql)?;
    let id = || SqlStorageValue::from(listing.conversation.to_string());
    sql.exec("DELETE FROM listed WHERE conversation = ? OR until < ?", vec![id(), number(now())])?;
    if listing.until > 0 {
        // The one without a hash says that it is there.
        for tag in listing.tags.iter().map(String::as_str).chain([""]) {
            let row = vec![tag.into(), id(), number(listing.until)];
            sql.exec("INSERT OR REPLACE INTO listed (tag, conversation, until) VALUES (?, ?, ?)", row)?;
        }
    }
    Ok(())
}

/// The next conversations, in the order of their ids.
pub fn find(sql: &SqlStorage, find: &FindConversations) -> Result<Vec<Id>> {
    exists(sql)?;
    let (tag, after) = match find {
        FindConversations::Tag(tag, after) => (tag.as_str(), *after),
        FindConversations::Any => ("", None),
    };
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let query =
        "SELECT conversation FROM listed WHERE tag = ? AND conversation > ? ORDER BY conversation LIMIT ?";
    let rows: Vec<Row> = sql.exec(query, vec![tag.into(), after.into(), number(PAGE)])?.to_array()?;
    Ok(rows.iter().filter_map(|row| row.conversation.parse().ok()).collect())
}

/// How many conversations are listed.
pub fn count(sql: &SqlStorage) -> Result<u64> {
    exists(sql)?;
    let rows: Vec<Count> = sql.exec("SELECT count(*) AS n FROM listed WHERE tag = ''", None)?.to_array()?;
    Ok(rows.first().map_or(0, |row| row.n))
}

fn exists(sql: &SqlStorage) -> Result<()> {
    let table = "CREATE TABLE IF NOT EXISTS listed (tag TEXT NOT NULL, conversation TEXT NOT NULL, \
                 until INTEGER NOT NULL, PRIMARY KEY (tag, conversation))";
    sql.exec(table, None)?;
    sql.exec("CREATE INDEX IF NOT EXISTS listed_conversation ON listed (conversation)", None).map(drop)
}

/// Times stay far below 2^53.
fn number(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
