//! What a Conversation object does for who goes on elsewhere: whether there may be a code, and what it opens.

use super::{
    alarm,
    conversation_object::{Joining, Shown, Visit},
    conversing::Inner,
    platform::now,
    sites,
};
use crate::conversation::{self, Log as _, afford, joined};
use std::rc::Rc;
use wire::{Fault, limits};
use worker::Result;

impl Inner {
    /// Whether the visitor may have a code that opens the conversation elsewhere; else why not, and how long to wait in
    /// milliseconds, if waiting helps. It costs as much as a message.
    pub async fn offered(&self, visit: &Visit) -> Result<Option<(Fault, Option<u64>)>> {
        let begun = self.log.borrow().whose()?.as_ref() == Some(&visit.whose);
        let Some(published) = sites::published(&self.env, &visit.whose.site).await? else {
            return Ok(Some((Fault::NoSite, None)));
        };
        self.look_into(&published, visit);
        if !begun || !self.is_current(visit) {
            return Ok(Some((Fault::Ticket, None)));
        }
        let mut log = self.log.borrow_mut();
        let afforded = afford(&mut *log, &published, now());
        log.check()?;
        Ok(afforded.err().map(|wait| (Fault::TooFast, Some(wait))))
    }

    /// Somebody comes with a code: the conversation, if it still opens that.
    pub async fn joined(self: &Rc<Inner>, joining: Joining) -> Result<Option<Shown>> {
        let Joining { whose, generation } = joining;
        if self.log.borrow().whose()?.as_ref() != Some(&whose) || self.log.borrow().is_erased() {
            return Ok(None);
        }
        let Some(published) = sites::published(&self.env, &whose.site).await? else { return Ok(None) };
        let effects = {
            let mut log = self.log.borrow_mut();
            let effects = joined(&mut *log, &published, generation, now());
            log.check()?;
            effects
        };
        let Some(effects) = effects else { return Ok(None) };
        self.tell(effects)?;
        alarm::set(self, &whose).await?;
        let log = self.log.borrow();
        let waiting = log.pending().iter().any(|pending| pending.left.is_none());
        let messages = log.after(0, limits::MAX_RESUME);
        let rated = conversation::rated(&*log).unwrap_or_default();
        Ok(Some(Shown { messages, waiting, rated, ..Shown::default() }))
    }
}
