//! Why a store was not read or written.

use crate::quote::quote_text;
use serde::{Serialize, de::DeserializeOwned};

/// Why a store was not read or written. The text is for the operator's log: it names records, and says nothing of what is
/// in them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database refused a query; in its own words.
    #[error("the conversation's database refuses: {0}")]
    Unavailable(String),
    /// A record is there and does not parse: another version wrote it, or the disk is bad.
    #[error("the record {} does not parse, at column {column}", quote_text(record))]
    Corrupt {
        /// The record's key, or the message's place.
        record: String,
        /// Where reading stopped, counted from 1.
        column: usize,
    },
    /// A value can't be written as JSON.
    #[error("the record {} can't be written as JSON", quote_text(record))]
    Unwritable {
        /// The record's key, or the message's place.
        record: String,
    },
}

impl StoreError {
    /// Reads the record called `record` from `json`.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub fn parse_record<T: DeserializeOwned>(record: &str, json: &str) -> Result<T, StoreError> {
        // What the parser says quotes what it found.
        serde_json::from_str(json)
            .map_err(|error| StoreError::Corrupt { record: record.to_owned(), column: error.column() })
    }

    /// The record called `record` as JSON.
    ///
    /// # Errors
    /// [`StoreError::Unwritable`].
    pub fn write_json<T: Serialize>(record: &str, value: &T) -> Result<String, StoreError> {
        serde_json::to_string(value).map_err(|_| StoreError::Unwritable { record: record.to_owned() })
    }
}
