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
struct IndexRow {
    conversation: String,
}

#[derive(Deserialize)]
struct IndexCount {
    n: u64,
}

/// Lists a conversation, in place of what was listed of it before, or takes it out.
pub fn update_listing(sql: &SqlStorage, listing: &Listing) -> Result<()> {
    create_tables(sql)?;
    let id = || SqlStorageValue::from(listing.conversation.to_string());
    sql.exec("DELETE FROM listed WHERE conversation = ? OR until < ?", vec![id(), sql_integer(now())])?;
    if listing.until > 0 {
        // The one without a hash says that it is there.
        for tag in listing.tags.iter().map(String::as_str).chain([""]) {
            let row = vec![tag.into(), id(), sql_integer(listing.until)];
            sql.exec("INSERT OR REPLACE INTO listed (tag, conversation, until) VALUES (?, ?, ?)", row)?;
        }
    }
    Ok(())
}

/// The next conversations, in the order of their ids.
pub fn find_conversations(sql: &SqlStorage, find: &FindConversations) -> Result<Vec<Id>> {
    create_tables(sql)?;
    let (tag, after) = match find {
        FindConversations::Tag(tag, after) => (tag.as_str(), *after),
        FindConversations::Any => ("", None),
    };
    let after = after.map(|after| after.to_string()).unwrap_or_default();
    let query =
        "SELECT conversation FROM listed WHERE tag = ? AND conversation > ? ORDER BY conversation LIMIT ?";
    let rows: Vec<IndexRow> =
        sql.exec(query, vec![tag.into(), after.into(), sql_integer(PAGE)])?.to_array()?;
    Ok(rows.iter().filter_map(|row| row.conversation.parse().ok()).collect())
}

/// How many conversations are listed.
pub fn count_conversations(sql: &SqlStorage) -> Result<u64> {
    create_tables(sql)?;
    let rows: Vec<IndexCount> =
        sql.exec("SELECT count(*) AS n FROM listed WHERE tag = ''", None)?.to_array()?;
    Ok(rows.first().map_or(0, |row| row.n))
}

fn create_tables(sql: &SqlStorage) -> Result<()> {
    let table = "CREATE TABLE IF NOT EXISTS listed (tag TEXT NOT NULL, conversation TEXT NOT NULL, \
                 until INTEGER NOT NULL, PRIMARY KEY (tag, conversation))";
    sql.exec(table, None)?;
    sql.exec("CREATE INDEX IF NOT EXISTS listed_conversation ON listed (conversation)", None).map(drop)
}

/// Times stay far below 2^53.
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
