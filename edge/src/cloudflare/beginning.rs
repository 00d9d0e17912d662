//! How a conversation begins: nothing of it is there before somebody with a good ticket asks for it, and whoever begins
//! one has it counted.

use super::{
    alarm, conversation_object::Visit, conversing::Inner, erasing::Wish, platform::now, quota, sites,
};
use crate::{quota::Counts, turn::Published};
use std::rc::Rc;
use wire::Fault;
use worker::Result;

impl Inner {
    /// Makes the tables, if there are none: that counts as a conversation begun, whatever it is begun with, and its end
    /// is set with it.
    pub fn begin(self: &Rc<Inner>, published: &Rc<Published>, visit: &Visit) -> Result<()> {
        if self.log.borrow().found(&visit.whose, now())? {
            self.count_begun(published, visit);
            let (inner, whose) = (self.clone(), visit.whose.clone());
            self.state.wait_until(async move {
                if let Err(error) = alarm::set(&inner, &whose).await {
                    worker::console_error!("the conversation's end could not be set: {error}");
                }
            });
        }
        Ok(())
    }

    /// Somebody with a good ticket asks for a conversation in which nothing was written yet. The object is there by
    /// that, and on a server its file: it counts as begun, once.
    pub fn look_into(&self, published: &Rc<Published>, visit: &Visit) {
        if !self.log.borrow().exists() {
            self.count_begun(published, visit);
        }
    }

    /// The same where nobody has looked yet how the site stands.
    pub async fn asked(&self, visit: &Visit) -> Result<()> {
        if self.log.borrow().exists() {
            return Ok(());
        }
        if let Some(published) = sites::published(&self.env, &visit.whose.site).await? {
            self.look_into(&published, visit);
        }
        Ok(())
    }

    /// The same of a visitor who wishes to erase the conversation, to have a copy, or to know what there is.
    pub async fn wished(&self, wish: Wish) -> Result<Wish> {
        if let Some(generation) = wish.generation {
            let (whose, address) = (wish.whose.clone(), wish.address.clone());
            self.asked(&Visit { whose, generation, address, status: String::new() }).await?;
        }
        Ok(wish)
    }

    fn count_begun(&self, published: &Rc<Published>, visit: &Visit) {
        if !self.counted.replace(true) && quota::is_new(visit.whose.conversation) {
            let counts = Counts { conversations: 1, messages: 0 };
            self.count(published, Some((visit.address.clone(), counts)));
        }
    }

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
        let afforded = self.afford(&published, visit)?;
        Ok(afforded.err().map(|wait| (Fault::TooFast, Some(wait))))
    }
}
