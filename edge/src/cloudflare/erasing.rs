//! What a Conversation object does when its data is to be erased or handed out as a copy.
//!
//! First everything here is deleted, with the file it lies in; what stays of cases is written anew. Then the board and the
//! site's index hear of it, and the trail has its act. Should that fail, whoever asked is told that it failed, and the
//! alarm tries again: the tombstone knows what is owed.

use super::{
    alarm,
    board_object::board,
    config::lock,
    conversing::Inner,
    file_store, frame, listing,
    platform::{now, random_id},
    sites,
    sql_log::{SqlLog, Whose},
    staff_frame::DESK,
    telling,
    tombstone::Erasure,
};
use crate::{
    case::LIFE_MS,
    conversation::{Log as _, afford, devices},
    desk::Done,
    erasure::{
        self, Kept, Listing, Removed,
        export::{Export, Reader},
    },
    turn::Published,
};
use serde::{Deserialize, Serialize};
use std::{cell::Ref, rc::Rc, time::Duration};
use wire::{
    Down, Fault, Id,
    desk::{Act, GONE},
};
use worker::Result;

/// Who stands in the trail for a visitor.
pub const VISITOR: &str = "visitor";
/// The board and the index are told again after this long, in milliseconds.
const AGAIN_MS: u64 = 30_000;

/// Somebody wants everything here erased, or a copy of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Wish {
    pub whose: Whose,
    /// The account's name, [`crate::desk::OPERATOR`], or [`VISITOR`].
    pub who: String,
    /// The generation of the visitor's ticket.
    pub generation: Option<u32>,
    /// Why.
    pub reason: String,
    /// Whether cases that were handed in are erased, too.
    pub cases: bool,
    /// Whether the whole site goes: then that is one act, and nobody else is told of this conversation.
    #[serde(default)]
    pub site: bool,
    /// Under which name the visitor's address is counted.
    #[serde(default)]
    pub address: Option<String>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub enum Erased {
    /// Nothing was ever written here, or its time was over.
    Nothing,
    /// The ticket opens nothing any more, or it is asked too often: why, and how long to wait, in milliseconds.
    Refused(Fault, Option<u64>),
    /// It is erased, now or before.
    Done { removed: Removed, act: Option<Box<Act>> },
}

/// A copy, or why there is none.
#[derive(Debug, Serialize, Deserialize)]
pub enum Exported<T = serde_json::Value> {
    Nothing,
    Refused(Fault, Option<u64>),
    /// The act is there but for the visitor's own copies.
    Copy(T, Option<Act>),
}

/// What there is, in figures.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Holding {
    /// Why the visitor isn't told.
    pub fault: Option<Fault>,
    /// Whether anything is kept at all: a form that was begun counts, too.
    pub any: bool,
    pub messages: usize,
    pub files: usize,
    /// Devices that are told of news.
    pub devices: usize,
    /// Cases that were handed in: their numbers, and what they are called.
    pub cases: Vec<(String, String)>,
    /// Whether a person has the conversation.
    pub with_people: bool,
}

/// What is told of an erasure to the site's board.
#[derive(Debug, Serialize, Deserialize)]
pub struct AtBoard {
    pub id: Id,
    /// The conversation's hash, under which its questions are kept.
    pub tag: String,
    pub done: Done,
}

impl Inner {
    /// The conversation's time is over: everything said is deleted, and whoever is connected starts over.
    pub async fn erase(&self) -> Result<()> {
        for socket in self.state.get_websockets() {
            let _closing = socket.close(Some(frame::REFUSED), Some("expired"));
        }
        self.streams.end();
        telling::gone(self).await;
        listing::gone(self).await;
        self.wipe().await?.bury(now(), None)
    }

    /// Deletes everything, the file it lies in with it; gives the log that begins there anew.
    pub async fn wipe(&self) -> Result<Ref<'_, SqlLog>> {
        self.alarm.set(None);
        self.listed.take();
        self.state.storage().delete_alarm().await?;
        self.state.storage().delete_all().await?;
        self.log.replace(SqlLog::open(self.state.storage().sql(), random_id()?)?);
        Ok(self.log.borrow())
    }
}

/// Erases everything.
pub async fn erase(inner: &Rc<Inner>, wish: Wish) -> Result<Erased> {
    if let Some(fault) = refusal(inner, &wish)? {
        return Ok(Erased::Refused(fault, None));
    }
    let again = inner.log.borrow().is_erased();
    let here = inner.log.borrow().whose()?.as_ref() == Some(&wish.whose);
    // What stayed of it the first time may go now; where nothing did, it is done.
    let more = wish.cases && !Kept::of(&*inner.log.borrow()).is_empty();
    if here && (!again || more) {
        wipe(inner, &wish).await?;
    }
    // Whoever answers for the site may have them told again: their memory may be older than this, from a backup.
    settle(inner, wish.generation.is_none()).await?;
    let erased = inner.log.borrow().erased();
    Ok(match erased {
        Some((_, Erasure { removed, act, .. })) => Erased::Done { removed, act: act.map(Box::new) },
        None => Erased::Nothing,
    })
}

/// Why the visitor who asks may not.
fn refusal(inner: &Inner, wish: &Wish) -> Result<Option<Fault>> {
    let log = inner.log.borrow();
    let old = wish.generation.is_some_and(|generation| generation < crate::conversation::generation(&*log));
    // Whoever had it erased may hear so again: the first answer may have been lost.
    Ok((old && !log.is_erased()).then_some(Fault::Ticket))
}

async fn wipe(inner: &Rc<Inner>, wish: &Wish) -> Result<()> {
    let Wish { whose, who, reason, cases, .. } = wish;
    let (kept, removed) = {
        let log = inner.log.borrow();
        let kept = if *cases { Kept::default() } else { Kept::of(&*log) };
        let removed = erasure::removed(&*log, &kept);
        log.check()?;
        (kept, removed)
    };
    let ids: Vec<Id> = kept.files.iter().map(|file| file.id).collect();
    let pieces = file_store::pieces(inner, &ids)?;
    // What is on its way is told to stop; its answer finds no question any more.
    let flying = inner.in_flight.borrow().clone();
    let stays = |seq: &u64| kept.pending.iter().any(|pending| pending.seq == *seq);
    inner.stopped.borrow_mut().extend(flying.into_iter().filter(|seq| !stays(seq)));

    let secret = listing::secret(&inner.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let at = now();
    let about = erasure::about(&tag, &removed, reason, privacy::year(at));
    let done = Done { at, who: who.clone(), act: "erase".to_owned(), about };
    let done = (!wish.site).then_some(done);
    let log = inner.wipe().await?;
    log.bury(at, Some(Erasure { whose: whose.clone(), removed, done, act: None }))?;
    if !kept.is_empty() {
        log.found(whose, at)?;
        drop(log);
        kept.restore(&mut *inner.log.borrow_mut());
        inner.log.borrow().check()?;
        file_store::put_pieces(inner, pieces)?;
    }
    tell_all(inner)
}

/// Everybody connected is told, now that it is done, and has to go.
fn tell_all(inner: &Inner) -> Result<()> {
    inner.to_visitors(&serde_json::to_string(&Down::Erased)?, None);
    inner.streams.end();
    for socket in inner.state.get_websockets() {
        let of_desk = inner.state.get_tags(&socket).iter().any(|tag| tag == DESK);
        let code = if of_desk { GONE } else { frame::REFUSED };
        let _closing = socket.close(Some(code), Some("erased"));
    }
    Ok(())
}

/// Whether the board or the index has still to hear of an erasure.
pub fn is_owed(inner: &Inner) -> bool {
    inner.log.borrow().erased().is_some_and(|(_, erasure)| erasure.is_owed())
}

/// Tells them, and again later should that fail.
pub async fn settle_later(inner: &Rc<Inner>) {
    if let Err(error) = settle(inner, false).await {
        worker::console_error!("an erasure is not in the trail yet: {error}");
    }
}

/// Tells them, if they have not heard, or `again`.
async fn settle(inner: &Rc<Inner>, again: bool) -> Result<()> {
    let erased = inner.log.borrow().erased();
    let Some((at, erasure)) = erased.filter(|(_, erasure)| again || erasure.is_owed()) else { return Ok(()) };
    let (whose, Some(done)) = (&erasure.whose, &erasure.done) else { return Ok(()) };
    // Should this break off, it is taken up again.
    let soon = Duration::from_millis(AGAIN_MS);
    inner.alarm.set(None);
    inner.state.storage().set_alarm(soon).await?;
    let secret = listing::secret(&inner.env);
    let tags = erasure::tags(&*inner.log.borrow(), &secret, &whose.site);
    let until = inner.log.borrow().held_until();
    let until = if tags.is_empty() { 0 } else { until.max(at + LIFE_MS) };
    let listing = Listing { conversation: whose.conversation, tags, until, erased: true };
    listing::tell(&inner.env, &whose.site, &listing).await?;
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let told = AtBoard { id: whose.conversation, tag, done: done.clone() };
    let act: Act = board(&inner.env, &whose.site, "erased", &told).await?.json().await?;
    let whose = whose.clone();
    inner.log.borrow().bury(at, Some(Erasure { act: Some(act), ..erasure }))?;
    if inner.log.borrow().whose()?.is_some() {
        return alarm::set(inner, &whose).await;
    }
    inner.state.storage().delete_alarm().await
}

/// A copy of everything.
pub async fn export(inner: &Rc<Inner>, wish: Wish) -> Result<Exported<Export>> {
    let Wish { whose, who, generation, reason, .. } = &wish;
    if let Some(fault) = refusal(inner, &wish)? {
        return Ok(Exported::Refused(fault, None));
    }
    if inner.log.borrow().whose()?.as_ref() != Some(whose) {
        return Ok(Exported::Nothing);
    }
    let published = sites::published(&inner.env, &whose.site).await?;
    let by_visitor = generation.is_some();
    if let Some(published) = published.as_ref().filter(|_| by_visitor) {
        if inner.log.borrow().is_erased() {
            return Ok(Exported::Nothing);
        }
        let mut log = inner.log.borrow_mut();
        let afforded = afford(&mut *log, published, now());
        log.check()?;
        if let Err(wait) = afforded {
            return Ok(Exported::Refused(Fault::TooFast, Some(wait)));
        }
    }
    let reader = if by_visitor { Reader::Visitor } else { Reader::Agency };
    let copy = copied(inner, published.as_deref(), whose, reader)?;
    if by_visitor {
        return Ok(Exported::Copy(copy, None));
    }
    let secret = listing::secret(&inner.env);
    let tag = erasure::conversation_tag(&secret, &whose.site, whose.conversation);
    let removed = Removed {
        messages: copy.messages.len() as u64,
        files: copy.files.len() as u64,
        ..Removed::default()
    };
    let about = erasure::about(&tag, &removed, reason, privacy::year(now()));
    let done = Done { at: now(), who: who.clone(), act: "export".to_owned(), about };
    // Without its act nothing is handed out.
    let act: Act = board(&inner.env, &whose.site, "done", &done).await?.json().await?;
    Ok(Exported::Copy(copy, Some(act)))
}

fn copied(inner: &Inner, published: Option<&Published>, whose: &Whose, reader: Reader) -> Result<Export> {
    let log = inner.log.borrow();
    let site = published.map(|published| &published.site);
    let of = (site, whose.site.as_str(), whose.conversation);
    let copy = erasure::export::export(&*log, of, &lock(&inner.env, &whose.site), reader, now());
    log.check()?;
    Ok(copy)
}

/// Who the host's server says the visitor is.
pub fn owner(inner: &Inner, whose: &Whose) -> Result<Option<String>> {
    let log = inner.log.borrow();
    let own = log.whose()?.as_ref() == Some(whose);
    Ok(log.owner().filter(|_| own).map(|owner| owner.visitor.id))
}

/// What there is, for the page that asks whether to erase it.
pub fn holding(inner: &Inner, wish: Wish) -> Result<Holding> {
    if let Some(fault) = refusal(inner, &wish)? {
        return Ok(Holding { fault: Some(fault), ..Holding::default() });
    }
    let log = inner.log.borrow();
    if log.is_erased() || log.whose()?.as_ref() != Some(&wish.whose) {
        return Ok(Holding::default());
    }
    let cases = Kept::of(&*log).cases.into_iter().map(|case| (case.number, case.title)).collect();
    let holding = Holding {
        fault: None,
        any: true,
        messages: log.after(0, usize::MAX).len(),
        files: log.files().len(),
        devices: devices(&*log).len(),
        cases,
        with_people: crate::conversation::is_with_people(&*log),
    };
    log.check()?;
    Ok(holding)
}
