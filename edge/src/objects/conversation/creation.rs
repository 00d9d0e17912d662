//! How a conversation begins: nothing of it is there before somebody with a good ticket asks for it, and whoever begins
//! one has it counted.

use super::{context::Inner, sql_store::SqlStore};
use crate::{
    cache::{sites, usage},
    platform::now,
    rpc::conversation::{DataRequest as Wish, VisitorSession as Visit},
};
use hoi_core::{decide::Published, limits::usage::UsageCounts};
use std::rc::Rc;
use wire::Fault;
use worker::Result;

impl Inner {
    /// Makes the tables, if there are none: that counts as a conversation begun, whatever it is begun with, and its end
    /// is set with it.
    pub fn create_conversation(self: &Rc<Inner>, published: &Rc<Published>, visit: &Visit) -> Result<()> {
        if self.store.read(SqlStore::exists)? {
            return Ok(());
        }
        if self.store.transact(|store| store.create_tables(&visit.whose, now()))? {
            self.count_begun(published, visit);
        }
        Ok(())
    }

    /// Somebody with a good ticket asks for a conversation in which nothing was written yet. The object is there by
    /// that, and on a server its file: it counts as begun, once.
    pub fn look_into(&self, published: &Rc<Published>, visit: &Visit) -> Result<()> {
        if !self.store.read(SqlStore::exists)? {
            self.count_begun(published, visit);
        }
        Ok(())
    }

    /// The same where nobody has looked yet how the site stands.
    pub async fn count_if_new(&self, visit: &Visit) -> Result<()> {
        if self.store.read(SqlStore::exists)? {
            return Ok(());
        }
        if let Some(published) = sites::find_published(&self.env, &visit.whose.site).await? {
            self.look_into(&published, visit)?;
        }
        Ok(())
    }

    /// The same of a visitor who wishes to erase the conversation, to have a copy, or to know what there is.
    pub async fn count_request(&self, wish: Wish) -> Result<Wish> {
        if let Some(generation) = wish.generation {
            let (whose, address) = (wish.whose.clone(), wish.address.clone());
            self.count_if_new(&Visit { whose, generation, address, status: String::new() }).await?;
        }
        Ok(wish)
    }

    fn count_begun(&self, published: &Rc<Published>, visit: &Visit) {
        if !self.counted.replace(true) && usage::is_new(visit.whose.conversation) {
            let counts = UsageCounts { conversations: 1, messages: 0 };
            self.record_usage(published, Some((visit.address.clone(), counts)));
        }
    }

    /// Whether the visitor may have a code that opens the conversation elsewhere; else why not, and how long to wait in
    /// milliseconds, if waiting helps. It costs as much as a message.
    pub async fn check_code_offer(&self, visit: &Visit) -> Result<Option<(Fault, Option<u64>)>> {
        let begun = self.store.read(|store| store.is_of(&visit.whose))?;
        let Some(published) = sites::find_published(&self.env, &visit.whose.site).await? else {
            return Ok(Some((Fault::NoSite, None)));
        };
        self.look_into(&published, visit)?;
        if !begun || !self.is_current(visit)? {
            return Ok(Some((Fault::Ticket, None)));
        }
        let afforded = self.spend_token(&published, visit)?;
        Ok(afforded.err().map(|wait| (Fault::TooFast, Some(wait))))
    }
}
