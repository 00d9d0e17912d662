//! What a Conversation object does when its data is to be erased or handed out as a copy.
//!
//! First everything here is deleted, with the file it lies in; what stays of cases is written anew. Then the board and the
//! site's index hear of it, and the trail has its act. Should that fail, whoever asked is told that it failed, and the
//! alarm tries again: the tombstone knows what is owed.

use super::{
    alarm, board_sync,
    context::ConversationContext,
    file_store, site_index,
    sockets::{broadcast_to_visitor, is_desk},
    sql_store::{SqlStore, tombstone::Erasure},
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
        conversation::{ConversationKey, DataRequest, DataSummary, ErasureOutcome, ExportOutcome, REFUSED},
        site::IndexConversation,
    },
};
use hoi_core::{
    application::case::LIFE_MS,
    board::AuditEvent,
    conversation::{ConversationStore as _, RecordSpace, apply_message_rate_limit, list_devices},
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

/// The conversation's time is over: everything said is deleted, and whoever is connected starts over.
pub async fn expire_conversation(context: &ConversationContext) -> Result<()> {
    for socket in context.state.get_websockets() {
        let _closing = socket.close(Some(REFUSED), Some("expired"));
    }
    context.streams.close_all();
    board_sync::remove_listing(context).await;
    site_index::remove_listing(context).await;
    wipe_storage(context).await?;
    context.store.transact(|store| store.write_tombstone(now(), None))
}

/// Deletes everything, the file it lies in with it; the store begins there anew.
async fn wipe_storage(context: &ConversationContext) -> Result<()> {
    context.alarm.set(None);
    context.listed.take();
    context.state.storage().delete_alarm().await?;
    context.state.storage().delete_all().await?;
    context.store.reset(random_id()?);
    Ok(())
}

/// Erases everything.
pub async fn erase_conversation(
    context: &Rc<ConversationContext>,
    wish: DataRequest,
) -> Result<ErasureOutcome> {
    if let Some(fault) = request_refusal(context, &wish)? {
        return Ok(ErasureOutcome::Refused(fault, None));
    }
    // What stayed of it the first time may go now; where nothing did, it is done.
    let (again, here, more) = context.store.read(|store| {
        let more = wish.cases && !store.records(RecordSpace::Cases)?.is_empty();
        Ok((store.is_erased()?, store.is_of(&wish.whose)?, more))
    })?;
    if here && (!again || more) {
        wipe_conversation(context, &wish).await?;
    }
    // Whoever answers for the site may have them told again: their memory may be older than this, from a backup.
    notify_erasure(context, wish.generation.is_none()).await?;
    let erased = context.store.read(SqlStore::read_erasure)?;
    Ok(match erased {
        Some((_, Erasure { removed, act, .. })) => ErasureOutcome::Done { removed, act: act.map(Box::new) },
        None => ErasureOutcome::Nothing,
    })
}

/// Why the visitor who asks may not.
fn request_refusal(context: &ConversationContext, wish: &DataRequest) -> Result<Option<Fault>> {
    let Some(generation) = wish.generation else { return Ok(None) };
    // Whoever had it erased may hear so again: the first answer may have been lost.
    let is_old = context.store.read(|store| {
        Ok(generation < hoi_core::conversation::ticket_generation(store)? && !store.is_erased()?)
    })?;
    Ok(is_old.then_some(Fault::Ticket))
}

async fn wipe_conversation(context: &Rc<ConversationContext>, wish: &DataRequest) -> Result<()> {
    let DataRequest { whose, who, reason, cases, .. } = wish;
    let (kept, removed) = context.store.read(|store| {
        let kept = if *cases { RetainedData::default() } else { RetainedData::from_store(store)? };
        let removed = erasure::count_removed(store, &kept)?;
        Ok((kept, removed))
    })?;
    let ids: Vec<Id> = kept.files.iter().map(|file| file.id).collect();
    let pieces = file_store::raw_chunks(context, &ids)?;
    // What is on its way is told to stop; its answer finds no question any more.
    let flying = context.in_flight.borrow().clone();
    let stays = |seq: &u64| kept.pending.iter().any(|pending| pending.seq == *seq);
    context.stopped.borrow_mut().extend(flying.into_iter().filter(|seq| !stays(seq)));

    let secret = edge_secret(&context.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let at = now();
    let about = erasure::describe_removal(&tag, &removed, reason, privacy::year_of_ms(at));
    let done = AuditEvent { at, who: who.clone(), act: "erase".to_owned(), about };
    let done = (!wish.site).then_some(done);
    wipe_storage(context).await?;
    let erasure = Erasure { whose: whose.clone(), removed, done, act: None };
    context.store.transact(|store| store.write_tombstone(at, Some(erasure)))?;
    if !kept.is_empty() {
        context.store.transact(|store| {
            store.create_tables(whose, at)?;
            kept.restore_into(store)
        })?;
        file_store::put_pieces(context, pieces)?;
    }
    tell_all(context)
}

/// Everybody connected is told, now that it is done, and has to go.
fn tell_all(context: &ConversationContext) -> Result<()> {
    broadcast_to_visitor(context, &serde_json::to_string(&Down::Erased)?, None);
    context.streams.close_all();
    for socket in context.state.get_websockets() {
        let code = if is_desk(&context.state, &socket) { GONE } else { REFUSED };
        let _closing = socket.close(Some(code), Some("erased"));
    }
    Ok(())
}

/// Whether the board or the index has still to hear of an erasure.
pub fn is_owed(context: &ConversationContext) -> Result<bool> {
    Ok(context.store.read(SqlStore::read_erasure)?.is_some_and(|(_, erasure)| erasure.is_owed()))
}

/// Tells them, and again later should that fail.
pub async fn settle_later(context: &Rc<ConversationContext>) {
    if let Err(error) = notify_erasure(context, false).await {
        worker::console_error!("an erasure is not in the trail yet: {error}");
    }
}

/// Tells them, if they have not heard, or `again`.
async fn notify_erasure(context: &Rc<ConversationContext>, again: bool) -> Result<()> {
    let erased = context.store.read(SqlStore::read_erasure)?;
    let Some((at, erasure)) = erased.filter(|(_, erasure)| again || erasure.is_owed()) else { return Ok(()) };
    let (whose, Some(done)) = (&erasure.whose, &erasure.done) else { return Ok(()) };
    // Should this break off, it is taken up again.
    let soon = Duration::from_millis(AGAIN_MS);
    context.alarm.set(None);
    context.state.storage().set_alarm(soon).await?;
    let secret = edge_secret(&context.env);
    let (tags, until) = context
        .store
        .read(|store| Ok((erasure::index_tags(store, &secret, &whose.site)?, store.held_until()?)))?;
    let until = if tags.is_empty() { 0 } else { until.max(at + LIFE_MS) };
    let listing = Listing { conversation: whose.conversation, tags, until, erased: true };
    IndexConversation(listing).call(&context.env, &whose.site).await?;
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let erased = RecordErasure { id: whose.conversation, tag, done: done.clone() };
    let act = erased.call(&context.env, &whose.site).await?;
    let whose = whose.clone();
    let erasure = Erasure { act: Some(act), ..erasure };
    context.store.transact(|store| store.write_tombstone(at, Some(erasure)))?;
    if context.key()?.is_some() {
        return alarm::schedule_alarm(context, &whose).await;
    }
    context.state.storage().delete_alarm().await
}

/// A copy of everything.
pub async fn export_conversation(
    context: &Rc<ConversationContext>,
    wish: DataRequest,
) -> Result<ExportOutcome> {
    let DataRequest { whose, who, generation, reason, .. } = &wish;
    if let Some(fault) = request_refusal(context, &wish)? {
        return Ok(ExportOutcome::Refused(fault, None));
    }
    if !context.store.read(|store| store.is_of(whose))? {
        return Ok(ExportOutcome::Nothing);
    }
    let published = sites::find_published(&context.env, &whose.site).await?;
    let by_visitor = generation.is_some();
    if let Some(published) = published.as_ref().filter(|_| by_visitor) {
        if context.store.read(SqlStore::is_erased)? {
            return Ok(ExportOutcome::Nothing);
        }
        if let Err(wait) =
            context.store.transact(|store| apply_message_rate_limit(store, published, now()))?
        {
            return Ok(ExportOutcome::Refused(Fault::TooFast, Some(wait)));
        }
    }
    let reader = if by_visitor { ExportRecipient::Visitor } else { ExportRecipient::Agency };
    let copy = build_export(context, published.as_deref(), whose, reader)?;
    if by_visitor {
        return Ok(ExportOutcome::Copy(Box::new(copy), None));
    }
    let secret = edge_secret(&context.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let removed = Removed {
        messages: copy.messages.len() as u64,
        files: copy.files.len() as u64,
        ..Removed::default()
    };
    let about = erasure::describe_removal(&tag, &removed, reason, privacy::year_of_ms(now()));
    let done = AuditEvent { at: now(), who: who.clone(), act: "export".to_owned(), about };
    // Without its act nothing is handed out.
    let act = AppendAudit(done).call(&context.env, &whose.site).await?;
    Ok(ExportOutcome::Copy(Box::new(copy), Some(act)))
}

fn build_export(
    context: &ConversationContext,
    published: Option<&Published>,
    whose: &ConversationKey,
    reader: ExportRecipient,
) -> Result<Export> {
    let site = published.map(|published| &published.site);
    let of = (site, whose.site.as_str(), whose.conversation);
    let lock = encryption_lock(&context.env, &whose.site);
    context.store.read(|store| erasure::export::export_conversation(store, of, &lock, reader, now()))
}

/// Who the host's server says the visitor is.
pub fn find_owner(context: &ConversationContext, whose: &ConversationKey) -> Result<Option<String>> {
    context.store.read(|store| {
        let own = store.is_of(whose)?;
        Ok(store.owner()?.filter(|_| own).map(|owner| owner.visitor.id))
    })
}

/// What there is, for the page that asks whether to erase it.
pub fn summarize_data(context: &ConversationContext, wish: DataRequest) -> Result<DataSummary> {
    if let Some(fault) = request_refusal(context, &wish)? {
        return Ok(DataSummary { fault: Some(fault), ..DataSummary::default() });
    }
    context.store.read(|store| {
        if store.is_erased()? || !store.is_of(&wish.whose)? {
            return Ok(DataSummary::default());
        }
        let cases = RetainedData::from_store(store)?
            .cases
            .into_iter()
            .map(|case| (case.number, case.title))
            .collect();
        Ok(DataSummary {
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
