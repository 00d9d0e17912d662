//! What a conversation lets in: the visitor's own budget, the day's books, what the address may use in all its conversations.

use super::{conversation_object::Visit, conversing::Inner, frame::VISITOR, platform::now, quota, sites};
use crate::{address_limit::AddressLimits, conversation, standing::OFF_MS, turn::Published};
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
    pub fn afford(&self, published: &Published, visit: &Visit) -> Result<std::result::Result<(), u64>> {
        // Who has used up his own uses up nothing of what others at his address have.
        let own = conversation::budget_wait(&*self.log.borrow(), published, now());
        if let Some(wait) = own.or_else(|| self.take_from_address(published, visit).err()) {
            self.rates.borrow_mut().charge_refusal(VISITOR, &published.site.settings.limits, now());
            return Ok(Err(wait));
        }
        let mut log = self.log.borrow_mut();
        let afforded = conversation::afford(&mut *log, published, now());
        log.check()?;
        Ok(afforded)
    }

    /// How long `up` has to wait before it is heard, in milliseconds, if a budget or a switch keeps it out. What tells of danger
    /// is kept out by none of them; of what would be, only so much is read as somebody in danger writes: reading costs more
    /// than all else about a message that is refused.
    pub fn kept_out(&self, published: &Published, visit: &Visit, up: &Up) -> Option<u64> {
        let chars = conversation::typed_chars(&*self.log.borrow(), up);
        if chars == 0 {
            return None;
        }
        let wait = self.wait(published, visit, up)?;
        let limits = &published.site.settings.limits;
        let is_read = self.rates.borrow_mut().may_read(VISITOR, chars, limits, now());
        if is_read && conversation::is_urgent(published, up) {
            return None;
        }
        self.rates.borrow_mut().charge_refusal(VISITOR, limits, now());
        Some(wait)
    }

    fn wait(&self, published: &Published, visit: &Visit, up: &Up) -> Option<u64> {
        let site = &visit.whose.site;
        if matches!(up, Up::Say { .. }) {
            let begun = self.log.borrow().exists();
            if let Some(wait) = quota::must_wait(site, visit.address.as_ref(), begun) {
                return Some(wait);
            }
            if sites::standing(site).standing.off {
                return Some(OFF_MS);
            }
        }
        let own = conversation::budget_wait(&*self.log.borrow(), published, now());
        own.or_else(|| self.take_from_address(published, visit).err())
    }

    fn take_from_address(&self, published: &Published, visit: &Visit) -> std::result::Result<(), u64> {
        let limits = &published.site.settings.limits;
        ADDRESSES.with_borrow_mut(|addresses| addresses.take(visit.address.as_deref(), limits, now()))
    }
}

/// Takes so many messages that are to be sent (again) to the visitor's address.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn resend(published: &Published, visit: &Visit, messages: u64) -> std::result::Result<(), u64> {
    let (limits, address) = (&published.site.settings.limits, visit.address.as_deref());
    ADDRESSES.with_borrow_mut(|addresses| addresses.resend(address, messages, limits, now()))
}
