//! What a conversation lets in: the visitor's own rate limit, what the address and the site may use in a day, the rate limit of
//! the address in all its conversations. [`hoi_core::conversation`] decides.

use super::{context::ConversationContext, sql_store::SqlStore};
use crate::{
    cache::{sites, usage},
    platform::now,
    rpc::conversation::VisitorSession,
};
use hoi_core::{
    conversation::{self, AdmissionRefusal, VisitorLimits, admit_frame},
    decide::Published,
    limits::address_rate_limit::AddressRateLimits,
};
use std::cell::RefCell;
use wire::Up;
use worker::Result;

thread_local! {
    /// What internet addresses may still use, in all conversations of this isolate.
    static ADDRESSES: RefCell<AddressRateLimits> = RefCell::default();
}

/// Charges the visitor for one message, and his address for one.
///
/// # Errors
/// Within: how long to wait, in milliseconds; nothing is written then.
pub fn charge_visitor(
    context: &ConversationContext,
    published: &Published,
    visit: &VisitorSession,
) -> Result<std::result::Result<(), u64>> {
    with_bounds(context, visit, |bounds| {
        context.store.transact(|store| conversation::charge_visitor(store, published, bounds, now()))
    })
}

/// Whether `up` is heard.
///
/// # Errors
/// Within: why it is kept out.
pub fn check_admission(
    context: &ConversationContext,
    published: &Published,
    visit: &VisitorSession,
    up: &Up,
) -> Result<std::result::Result<(), AdmissionRefusal>> {
    with_bounds(context, visit, |bounds| {
        context.store.read(|store| admit_frame(store, published, up, bounds, now()))
    })
}

fn with_bounds<T>(
    context: &ConversationContext,
    visit: &VisitorSession,
    decide: impl FnOnce(&mut VisitorLimits<'_>) -> Result<T>,
) -> Result<T> {
    let (site, address) = (&visit.whose.site, visit.address.as_deref());
    let begun = context.store.read(SqlStore::exists)?;
    let usage_wait = usage::must_wait(site, visit.address.as_ref(), begun);
    let is_off = sites::cached_status(site).standing.off;
    let rates = &mut context.rates.borrow_mut();
    ADDRESSES.with_borrow_mut(|addresses| {
        decide(&mut VisitorLimits { rates, addresses, address, usage_wait, is_off })
    })
}

/// Takes so many messages that are to be sent (again) to the visitor's address.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn charge_resend(
    published: &Published,
    visit: &VisitorSession,
    messages: u64,
) -> std::result::Result<(), u64> {
    let (limits, address) = (&published.site.settings.limits, visit.address.as_deref());
    ADDRESSES.with_borrow_mut(|addresses| addresses.take_resends(address, messages, limits, now()))
}
