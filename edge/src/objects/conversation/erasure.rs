//! What a Conversation object does when its data is to be erased or handed out as a copy.
//!
//! First everything here is deleted, with the file it lies in; what stays of cases is written anew. Then the board and the
//! site's index hear of it, and the trail has its act. Should that fail, whoever asked is told that it failed, and the
//! alarm tries again: the tombstone knows what is owed.

use super::{
    alarm, board_sync,
    context::Inner,
    file_store, site_index,
    sql_store::{SqlStore, Whose},
    staff_socket::DESK,
    tombstone::Erasure,
};
use crate::{
    cache::sites,
    platform::{
        config::{edge_secret, encryption_lock},
        now, random_id,
    },
    rpc::{
        ObjectCall as _,
        board::{AppendAudit, RecordErasure},
        conversation::{
            DataRequest as Wish, DataSummary as Holding, ErasureOutcome as Erased, ExportOutcome as Exported,
            REFUSED,
        },
        site::IndexConversation,
    },
};
use hoi_core::{
    application::case::LIFE_MS,
    board::AuditEvent,
    conversation::{ConversationStore as _, RecordSpace, list_devices, take_budget},
    decide::Published,
    erasure::{
        self, Listing, Removed, RetainedData,
        export::{Export, ExportRecipient},
    },
};
use std::{rc::Rc, time::Duration};
use wire::{Down, Fault, Id, desk::GONE};
use worker::Result;

/// The board and the index are told again after this long, in milliseconds.
const AGAIN_MS: u64 = 30_000;

impl Inner {
    /// The conversation's time is over: everything said is deleted, and whoever is connected starts over.
    pub async fn expire(&self) -> Result<()> {
        for socket in self.state.get_websockets() {
            let _closing = socket.close(Some(REFUSED), Some("expired"));
        }
        self.streams.close_all();
        board_sync::remove_listing(self).await;
        site_index::remove_listing(self).await;
        self.wipe_storage().await?;
        self.store.transact(|store| store.write_tombstone(now(), None))
    }

    /// Deletes everything, the file it lies in with it; the store begins there anew.
    pub async fn wipe_storage(&self) -> Result<()> {
        self.alarm.set(None);
        self.listed.take();
        self.state.storage().delete_alarm().await?;
        self.state.storage().delete_all().await?;
        self.store.reset(random_id()?);
        Ok(())
    }
}

/// Erases everything.
pub async fn erase_conversation(inner: &Rc<Inner>, wish: Wish) -> Result<Erased> {
    if let Some(fault) = request_refusal(inner, &wish)? {
        return Ok(Erased::Refused(fault, None));
    }
    // What stayed of it the first time may go now; where nothing did, it is done.
    let (again, here, more) = inner.store.read(|store| {
        let more = wish.cases && !store.records(RecordSpace::Cases)?.is_empty();
        Ok((store.is_erased()?, store.is_of(&wish.whose)?, more))
    })?;
    if here && (!again || more) {
        wipe_conversation(inner, &wish).await?;
    }
    // Whoever answers for the site may have them told again: their memory may be older than this, from a backup.
    notify_erasure(inner, wish.generation.is_none()).await?;
    let erased = inner.store.read(SqlStore::read_erasure)?;
    Ok(match erased {
        Some((_, Erasure { removed, act, .. })) => Erased::Done { removed, act: act.map(Box::new) },
        None => Erased::Nothing,
    })
}

/// Why the visitor who asks may not.
fn request_refusal(inner: &Inner, wish: &Wish) -> Result<Option<Fault>> {
    let Some(generation) = wish.generation else { return Ok(None) };
    // Whoever had it erased may hear so again: the first answer may have been lost.
    let is_old = inner.store.read(|store| {
        Ok(generation < hoi_core::conversation::ticket_generation(store)? && !store.is_erased()?)
    })?;
    Ok(is_old.then_some(Fault::Ticket))
}

async fn wipe_conversation(inner: &Rc<Inner>, wish: &Wish) -> Result<()> {
    let Wish { whose, who, reason, cases, .. } = wish;
    let (kept, removed) = inner.store.read(|store| {
        let kept = if *cases { RetainedData::default() } else { RetainedData::from_store(store)? };
        let removed = erasure::count_removed(store, &kept)?;
        Ok((kept, removed))
    })?;
    let ids: Vec<Id> = kept.files.iter().map(|file| file.id).collect();
    let pieces = file_store::raw_chunks(inner, &ids)?;
    // What is on its way is told to stop; its answer finds no question any more.
    let flying = inner.in_flight.borrow().clone();
    let stays = |seq: &u64| kept.pending.iter().any(|pending| pending.seq == *seq);
    inner.stopped.borrow_mut().extend(flying.into_iter().filter(|seq| !stays(seq)));

    let secret = edge_secret(&inner.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let at = now();
    let about = erasure::describe_removal(&tag, &removed, reason, privacy::year_of_ms(at));
    let done = AuditEvent { at, who: who.clone(), act: "erase".to_owned(), about };
    let done = (!wish.site).then_some(done);
    inner.wipe_storage().await?;
    let erasure = Erasure { whose: whose.clone(), removed, done, act: None };
    inner.store.transact(|store| store.write_tombstone(at, Some(erasure)))?;
    if !kept.is_empty() {
        inner.store.transact(|store| {
            store.create_tables(whose, at)?;
            kept.restore_into(store)
        })?;
        file_store::put_pieces(inner, pieces)?;
    }
    tell_all(inner)
}

/// Everybody connected is told, now that it is done, and has to go.
fn tell_all(inner: &Inner) -> Result<()> {
    inner.to_visitors(&serde_json::to_string(&Down::Erased)?, None);
    inner.streams.close_all();
    for socket in inner.state.get_websockets() {
        let of_desk = inner.state.get_tags(&socket).iter().any(|tag| tag == DESK);
        let code = if of_desk { GONE } else { REFUSED };
        let _closing = socket.close(Some(code), Some("erased"));
    }
    Ok(())
}

/// Whether the board or the index has still to hear of an erasure.
pub fn is_owed(inner: &Inner) -> Result<bool> {
    Ok(inner.store.read(SqlStore::read_erasure)?.is_some_and(|(_, erasure)| erasure.is_owed()))
}

/// Tells them, and again later should that fail.
pub async fn settle_later(inner: &Rc<Inner>) {
    if let Err(error) = notify_erasure(inner, false).await {
        worker::console_error!("an erasure is not in the trail yet: {error}");
    }
}

/// Tells them, if they have not heard, or `again`.
async fn notify_erasure(inner: &Rc<Inner>, again: bool) -> Result<()> {
    let erased = inner.store.read(SqlStore::read_erasure)?;
    let Some((at, erasure)) = erased.filter(|(_, erasure)| again || erasure.is_owed()) else { return Ok(()) };
    let (whose, Some(done)) = (&erasure.whose, &erasure.done) else { return Ok(()) };
    // Should this break off, it is taken up again.
    let soon = Duration::from_millis(AGAIN_MS);
    inner.alarm.set(None);
    inner.state.storage().set_alarm(soon).await?;
    let secret = edge_secret(&inner.env);
    let (tags, until) = inner
        .store
        .read(|store| Ok((erasure::index_tags(store, &secret, &whose.site)?, store.held_until()?)))?;
    let until = if tags.is_empty() { 0 } else { until.max(at + LIFE_MS) };
    let listing = Listing { conversation: whose.conversation, tags, until, erased: true };
    IndexConversation(listing).call(&inner.env, &whose.site).await?;
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let erased = RecordErasure { id: whose.conversation, tag, done: done.clone() };
    let act = erased.call(&inner.env, &whose.site).await?;
    let whose = whose.clone();
    let erasure = Erasure { act: Some(act), ..erasure };
    inner.store.transact(|store| store.write_tombstone(at, Some(erasure)))?;
    if inner.store.read(SqlStore::conversation_key)?.is_some() {
        return alarm::set(inner, &whose).await;
    }
    inner.state.storage().delete_alarm().await
}

/// A copy of everything.
pub async fn export_conversation(inner: &Rc<Inner>, wish: Wish) -> Result<Exported> {
    let Wish { whose, who, generation, reason, .. } = &wish;
    if let Some(fault) = request_refusal(inner, &wish)? {
        return Ok(Exported::Refused(fault, None));
    }
    if !inner.store.read(|store| store.is_of(whose))? {
        return Ok(Exported::Nothing);
    }
    let published = sites::find_published(&inner.env, &whose.site).await?;
    let by_visitor = generation.is_some();
    if let Some(published) = published.as_ref().filter(|_| by_visitor) {
        if inner.store.read(SqlStore::is_erased)? {
            return Ok(Exported::Nothing);
        }
        if let Err(wait) = inner.store.transact(|store| take_budget(store, published, now()))? {
            return Ok(Exported::Refused(Fault::TooFast, Some(wait)));
        }
    }
    let reader = if by_visitor { ExportRecipient::Visitor } else { ExportRecipient::Agency };
    let copy = build_export(inner, published.as_deref(), whose, reader)?;
    if by_visitor {
        return Ok(Exported::Copy(Box::new(copy), None));
    }
    let secret = edge_secret(&inner.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let removed = Removed {
        messages: copy.messages.len() as u64,
        files: copy.files.len() as u64,
        ..Removed::default()
    };
    let about = erasure::describe_removal(&tag, &removed, reason, privacy::year_of_ms(now()));
    let done = AuditEvent { at: now(), who: who.clone(), act: "export".to_owned(), about };
    // Without its act nothing is handed out.
    let act = AppendAudit(done).call(&inner.env, &whose.site).await?;
    Ok(Exported::Copy(Box::new(copy), Some(act)))
}

fn build_export(
    inner: &Inner,
    published: Option<&Published>,
    whose: &Whose,
    reader: ExportRecipient,
) -> Result<Export> {
    let site = published.map(|published| &published.site);
    let of = (site, whose.site.as_str(), whose.conversation);
    let lock = encryption_lock(&inner.env, &whose.site);
    inner.store.read(|store| erasure::export::export_conversation(store, of, &lock, reader, now()))
}

/// Who the host's server says the visitor is.
pub fn find_owner(inner: &Inner, whose: &Whose) -> Result<Option<String>> {
    inner.store.read(|store| {
        let own = store.is_of(whose)?;
        Ok(store.owner()?.filter(|_| own).map(|owner| owner.visitor.id))
    })
}

/// What there is, for the page that asks whether to erase it.
pub fn summarize_data(inner: &Inner, wish: Wish) -> Result<Holding> {
    if let Some(fault) = request_refusal(inner, &wish)? {
        return Ok(Holding { fault: Some(fault), ..Holding::default() });
    }
    inner.store.read(|store| {
        if store.is_erased()? || !store.is_of(&wish.whose)? {
            return Ok(Holding::default());
        }
        let cases = RetainedData::from_store(store)?
            .cases
            .into_iter()
            .map(|case| (case.number, case.title))
            .collect();
        Ok(Holding {
            fault: None,
            any: true,
            messages: store.messages_after(0, usize::MAX)?.len(),
            files: store.files()?.len(),
            devices: list_devices(store)?.len(),
            cases,
            with_people: hoi_core::conversation::is_with_people(store)?,
        })
    })
}
