//! What a conversation lets in: the visitor's own budget, the day's books, what the address may use in all its conversations.

use super::{context::Inner, sql_store::SqlStore};
use crate::{
    cache::{sites, usage},
    platform::now,
    rpc::conversation::VisitorSession as Visit,
};
use hoi_core::{
    conversation::{AdmissionRefusal, Bounds, admit_frame, take_token},
    decide::Published,
    limits::address_limit::AddressLimits,
};
use std::cell::RefCell;
use wire::Up;
use worker::Result;

thread_local! {
    /// What internet addresses may still use, in all conversations of this isolate.
    static ADDRESSES: RefCell<AddressLimits> = RefCell::default();
}

impl Inner {
    /// Takes one out of what the visitor may send, and one of what the address may.
    ///
    /// # Errors
    /// The inner one: how long to wait, in milliseconds; nothing is written then.
    pub fn spend_token(&self, published: &Published, visit: &Visit) -> Result<std::result::Result<(), u64>> {
        self.with_bounds(visit, |bounds| {
            self.store.transact(|store| take_token(store, published, bounds, now()))
        })
    }

    /// Whether `up` is heard.
    ///
    /// # Errors
    /// The inner one: why it is kept out.
    pub fn check_admission(
        &self,
        published: &Published,
        visit: &Visit,
        up: &Up,
    ) -> Result<std::result::Result<(), AdmissionRefusal>> {
        self.with_bounds(visit, |bounds| {
            self.store.read(|store| admit_frame(store, published, up, bounds, now()))
        })
    }

    fn with_bounds<T>(&self, visit: &Visit, decide: impl FnOnce(&mut Bounds<'_>) -> Result<T>) -> Result<T> {
        let (site, address) = (&visit.whose.site, visit.address.as_deref());
        let begun = self.store.read(SqlStore::exists)?;
        let usage_wait = usage::must_wait(site, visit.address.as_ref(), begun);
        let is_off = sites::cached_status(site).standing.off;
        let rates = &mut self.rates.borrow_mut();
        ADDRESSES.with_borrow_mut(|addresses| {
            decide(&mut Bounds { rates, addresses, address, usage_wait, is_off })
        })
    }
}

/// Takes so many messages that are to be sent (again) to the visitor's address.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn charge_resend(published: &Published, visit: &Visit, messages: u64) -> std::result::Result<(), u64> {
    let (limits, address) = (&published.site.settings.limits, visit.address.as_deref());
    ADDRESSES.with_borrow_mut(|addresses| addresses.take_resends(address, messages, limits, now()))
}
