//! The only way to a conversation's store: to read it, and to write all that one decision writes, or nothing.

use super::sql_store::SqlStore;
use hoi_core::{conversation::StoreError, metrics::Happened};
use std::{cell::RefCell, panic::AssertUnwindSafe};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wire::{Id, desk::Wondered};
use worker::{Error, Result, Storage};

#[wasm_bindgen]
extern "C" {
    /// What the platform's storage can do and `worker` has no name for.
    type SyncStorage;

    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &SyncStorage,
        callback: &mut dyn FnMut() -> std::result::Result<(), JsValue>,
    ) -> std::result::Result<(), JsValue>;
}

/// A conversation's store in the object's storage.
pub struct TransactionalStore {
    storage: Storage,
    store: RefCell<SqlStore>,
}

impl TransactionalStore {
    /// The one in `storage`. `epoch` is used if there is none yet.
    pub fn new(storage: Storage, epoch: Id) -> TransactionalStore {
        let store = RefCell::new(SqlStore::new(storage.sql(), epoch));
        TransactionalStore { storage, store }
    }

    /// Reads.
    ///
    /// # Errors
    /// What the store says, for the log: which record does not parse, or why the database refuses.
    pub fn read<T>(&self, read: impl FnOnce(&SqlStore) -> std::result::Result<T, StoreError>) -> Result<T> {
        read(&self.store.borrow()).map_err(|error| Error::RustError(error.to_string()))
    }

    /// Runs `decide`: all that it writes is written, or nothing is. Runs without a pause.
    ///
    /// # Errors
    /// As [`TransactionalStore::read`]. Nothing may be acknowledged then.
    pub fn transact<T>(
        &self,
        decide: impl FnOnce(&mut SqlStore) -> std::result::Result<T, StoreError>,
    ) -> Result<T> {
        let (mut decide, mut decided) = (Some(decide), None);
        // A panic in between ends the object's call: nobody sees what it left half done.
        let mut parts = AssertUnwindSafe((&mut decide, &mut decided, &self.store));
        let mut run = move || {
            let whole = &mut parts;
            let AssertUnwindSafe((decide, decided, store)) = whole;
            let result = decide.take().map(|decide| decide(&mut store.borrow_mut()));
            let kept = result.as_ref().is_some_and(std::result::Result::is_ok);
            **decided = result;
            // Thrown, it has the platform take everything back.
            if kept { Ok(()) } else { Err(JsValue::UNDEFINED) }
        };
        let storage: &JsValue = self.storage.as_raw().as_ref();
        let committed = storage.unchecked_ref::<SyncStorage>().transaction_sync(&mut run);
        let error = match (decided, committed) {
            (Some(Ok(value)), Ok(())) => return Ok(value),
            (Some(Err(error)), _) => Error::RustError(error.to_string()),
            (_, Err(error)) => Error::from(error),
            (None, Ok(())) => Error::RustError("the platform ran no transaction".into()),
        };
        // What is in memory may not be what is on the disk any more.
        self.store.borrow().invalidate_cache();
        Err(error)
    }

    /// What happened and what was not answered well since the last call.
    pub fn take_events(&self) -> (Vec<Happened>, Vec<Wondered>) {
        let store = self.store.borrow();
        (store.take_happened(), store.take_unanswered())
    }

    /// Whether anything was written since the last call.
    pub fn take_written(&self) -> bool {
        self.store.borrow().take_written()
    }

    /// Has [`TransactionalStore::take_written`] say so once more.
    pub fn mark_written(&self) {
        self.store.borrow().mark_written();
    }

    /// Begins anew where everything was deleted.
    pub fn reset(&self, epoch: Id) {
        self.store.replace(SqlStore::new(self.storage.sql(), epoch));
    }
}
