//! How often somebody has tried to sign in, in the Staff object. Whatever strangers type for a name is not written down.

use super::store::Store;
use crate::platform::now;
use hoi_core::{
    accounts::{
        attempt_keys::{StrangerKeys, account_keys, attempt_key, device_key},
        sign_in_attempts,
    },
    limits::token_bucket::TokenBucket,
};
use std::cell::RefCell;
use worker::Result;

/// An attempt was counted: how long it is held, in milliseconds, and the how many-th it is. Or it was not: how long to
/// wait, in milliseconds.
pub type AttemptCount = std::result::Result<(u64, u32), u64>;

/// Counts attempts.
pub struct AttemptCounter<'a> {
    /// Keeps the counts.
    pub store: &'a Store,
    /// Keys the names under which they are kept.
    pub secret: Vec<u8>,
    /// What strangers may still try, all together.
    pub all: &'a RefCell<Option<TokenBucket>>,
}

impl AttemptCounter<'_> {
    /// Counts an attempt at a password: how long it is held, in milliseconds, and the how many-th it is; or how long to wait
    /// before it.
    pub fn count_password(
        &self,
        name: &str,
        address: Option<&str>,
        device: Option<&str>,
    ) -> Result<AttemptCount> {
        if let Some(device) = device {
            return self
                .count_one(&device_key(&self.secret, name, device), sign_in_attempts::AttemptKind::Device);
        }
        let now = now();
        let keys = StrangerKeys::new(&self.secret, name, address);
        let stranger = sign_in_attempts::StrangerAttempts {
            account: self.store.read_attempts(&keys.account)?,
            address: keys.address.as_ref().map(|key| self.store.read_attempts(key)).transpose()?,
            everywhere: self.store.read_attempts(&keys.everywhere)?,
        };
        let mut all = self.all.borrow_mut();
        let all = all.get_or_insert_with(|| TokenBucket::new_full(sign_in_attempts::STRANGERS_RATE, now));
        let sign_in_attempts::AdmittedAttempt { stranger, delay_ms } = match stranger.count_attempt(all, now)
        {
            Ok(go) => go,
            Err(wait) => return Ok(Err(wait)),
        };
        self.store.store_attempts(&keys.account, stranger.account, now)?;
        self.store.store_attempts(&keys.everywhere, stranger.everywhere, now)?;
        if let (Some(key), Some(attempts)) = (keys.address, stranger.address) {
            self.store.store_attempts(&key, attempts, now)?;
        }
        Ok(Ok((delay_ms, stranger.everywhere.n)))
    }

    /// Counts an attempt under one key: nothing to wait for, or how long to wait before it, in milliseconds.
    fn count_one(&self, key: &str, who: sign_in_attempts::AttemptKind) -> Result<AttemptCount> {
        match self.store.read_attempts(key)?.count_attempt(who.policy(), now()) {
            Ok(more) => self.store.store_attempts(key, more, now()).map(|()| Ok((0, more.n))),
            Err(wait) => Ok(Err(wait)),
        }
    }

    /// Counts an attempt of somebody who is known by other means; `kind` names what is tried.
    ///
    /// # Errors
    /// If the database fails.
    pub fn count_own(
        &self,
        kind: &str,
        name: &str,
        who: sign_in_attempts::AttemptKind,
    ) -> Result<AttemptCount> {
        self.count_one(&attempt_key(&self.secret, kind, name), who)
    }

    /// A password was right: that was no guess.
    pub fn take_back(&self, name: &str, address: Option<&str>, device: Option<&str>) -> Result<()> {
        if let Some(device) = device {
            return self.store.clear_attempts(&device_key(&self.secret, name, device));
        }
        let keys = StrangerKeys::new(&self.secret, name, address);
        self.store.clear_attempts(&keys.account)?;
        for key in keys.address.iter().chain([&keys.everywhere]) {
            self.store.store_attempts(key, self.store.read_attempts(key)?.take_back(), now())?;
        }
        Ok(())
    }

    /// What was tried at this account from nowhere in particular. What was tried from an address stays with that.
    pub fn reset(&self, name: &str) -> Result<()> {
        account_keys(&self.secret, name).iter().try_for_each(|key| self.store.clear_attempts(key))
    }
}
