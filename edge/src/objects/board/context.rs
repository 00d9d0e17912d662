//! What a board's requests, sockets and alarm share: its tables, its sockets, and what follows from a change.

use super::{connections::Connections, store::BoardStore};
use crate::{
    platform::{
        config::{encryption_lock, read_binding},
        now,
    },
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, UpdateQueuePosition},
        site::{KeepAuditEnd, ReadAuditEnd},
    },
};
use hoi_core::{
    board::{AuditEvent, BoardUpdate, Keys, Placed, changed_places, place_waiting, queue_change},
    crypto::encryption::Lock,
    limits::frame_rate_limit::FrameRateLimits,
};
use std::{cell::RefCell, collections::BTreeMap, time::Duration};
use wire::{
    Id,
    desk::{Act, BoardDown, Chat},
};
use worker::{Env, Error, Result, State};

/// How often it is looked for what is past its time.
const LOOK: Duration = Duration::from_secs(6 * 3_600);

/// A site's board, while its object is awake.
pub struct BoardContext {
    /// Desks' sockets.
    pub connections: Connections,
    /// Whose board it is, once somebody has come.
    pub site: RefCell<String>,
    /// What desks may still send here.
    pub rates: RefCell<FrameRateLimits>,
    store: RefCell<Option<BoardStore>>,
    /// What those who wait were last told.
    positions: RefCell<BTreeMap<Id, Placed>>,
}

impl BoardContext {
    /// The board of the object with this state.
    pub fn new(state: State, env: Env) -> BoardContext {
        BoardContext {
            connections: Connections::new(state, env),
            site: RefCell::default(),
            rates: RefCell::default(),
            store: RefCell::default(),
            positions: RefCell::default(),
        }
    }

    /// What seals questions.
    pub fn encryption_lock(&self) -> Lock {
        encryption_lock(&self.connections.env, &self.site.borrow())
    }

    /// The tables, opened once.
    pub fn with_store<T>(&self, act: impl FnOnce(&BoardStore) -> Result<T>) -> Result<T> {
        let mut store = self.store.borrow_mut();
        let store = match store.as_mut() {
            Some(store) => store,
            None => store.insert(BoardStore::open(self.connections.state.storage().sql())?),
        };
        act(store)
    }

    /// What tags of this site's trail are made with.
    fn audit_keys(&self) -> Keys {
        let secret = read_binding(&self.connections.env, "HOI_SECRET").unwrap_or_default();
        let before = read_binding(&self.connections.env, "HOI_SECRET_BEFORE");
        Keys::new(&self.site.borrow(), secret.as_bytes(), before.as_ref().map(|before| before.as_bytes()))
    }

    /// One thing was done: the act.
    pub fn append_audit_entry(&self, done: AuditEvent) -> Result<Act> {
        self.append_audit([done])?;
        self.with_store(BoardStore::newest_act)?
            .ok_or_else(|| Error::RustError("an act was not written".into()))
    }

    /// Something was done. How far the trail goes is kept in the site's object, too: who cuts this one short is found out.
    pub fn append_audit(&self, done: impl IntoIterator<Item = AuditEvent>) -> Result<()> {
        let keys = self.audit_keys();
        let mut end = None;
        for done in done {
            end = Some(self.with_store(|store| store.append_act(done, &keys))?);
        }
        let Some(end) = end else { return Ok(()) };
        let (env, site) = (self.connections.env.clone(), self.site.borrow().clone());
        self.connections.state.wait_until(async move {
            if let Err(error) = KeepAuditEnd(end).call(&env, &site).await {
                worker::console_warn!("site {site}: the trail's end could not be kept: {error}");
            }
        });
        Ok(())
    }

    /// Whether the trail is whole, and the newest acts before the number `before`.
    pub async fn read_audit(&self, before: u64) -> Result<(bool, Vec<Act>)> {
        let site = self.site.borrow().clone();
        let elsewhere = ReadAuditEnd.call(&self.connections.env, &site).await?;
        let keys = self.audit_keys();
        self.with_store(|store| Ok((store.is_audit_whole(&keys, elsewhere)?, store.acts_before(before)?)))
    }

    /// Forgets what is past its time, and sees to it that this happens however quiet it is here.
    pub async fn forget_expired(&self) -> Result<()> {
        let left = self.with_store(BoardStore::delete_expired)?;
        self.set_alarm(left).await
    }

    /// Sees to it that what was deleted is wiped, and that what is `left` is forgotten in time.
    pub async fn set_alarm(&self, left: bool) -> Result<()> {
        let storage = self.connections.state.storage();
        let wipe = self.with_store(BoardStore::wipe_after)?.map(Duration::from_millis);
        let Some(wait) = wipe.or_else(|| left.then_some(LOOK)) else { return Ok(()) };
        let due = now() + u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let set = storage.get_alarm().await?.and_then(|at| u64::try_from(at).ok());
        // One that goes off sooner looks again.
        if set.is_none_or(|at| at > due) {
            storage.set_alarm(wait).await?;
        }
        Ok(())
    }

    /// The site goes, and with it all that is here: the trail begins anew with the act that says so, and how the one before ended.
    pub async fn forget_site(&self, done: AuditEvent) -> Result<Act> {
        self.connections.close_all();
        if let Some(before) = self.with_store(|store| store.forgotten_act())? {
            return Ok(before);
        }
        let end = self.with_store(|store| store.audit_end())?;
        self.store.take();
        self.positions.take();
        self.connections.state.storage().delete_alarm().await?;
        self.connections.state.storage().delete_all().await?;
        let about =
            format!("{}; the trail before had {} acts, the last digest {}", done.about, end.n, end.digest);
        self.append_audit_entry(AuditEvent { about, ..done })
    }

    /// A conversation says how it stands: where it waits, if it does.
    pub fn update_handoff(&self, told: BoardUpdate) -> Result<Option<Placed>> {
        let BoardUpdate { chat, done, keep_days } = told;
        let before = self.with_store(|store| store.find_chat(chat.id))?;
        self.append_audit(done)?;
        let Some(change) = queue_change(before.as_ref(), &chat, now()) else { return Ok(None) };
        self.with_store(|store| store.put_chat(&chat, keep_days))?;
        if let Some(waited_ms) = change.waited_ms {
            self.with_store(|store| store.record_wait(waited_ms))?;
        }
        let own = chat.id;
        self.broadcast_frame(&BoardDown::Chat { chat })?;
        if change.moved {
            self.update_queue(Some(own))?;
        }
        Ok(self.positions.borrow().get(&own).copied())
    }

    /// The queue has changed: whoever waits in another place now is told, but for `own`, who is told otherwise.
    pub fn update_queue(&self, own: Option<Id>) -> Result<()> {
        let (chats, waits) = self.with_store(|store| Ok((store.list_chats()?, store.recent_waits()?)))?;
        let new = place_waiting(&chats, self.connections.available_staff(), waits);
        let changed = changed_places(&self.positions.borrow(), &new, own);
        self.positions.replace(new);
        for (id, placed) in changed {
            let env = self.connections.env.clone();
            let key = ConversationKey { site: self.site.borrow().clone(), conversation: id };
            self.connections.state.wait_until(async move {
                if let Err(error) = UpdateQueuePosition(placed).call(&env, &key).await {
                    worker::console_warn!("{id} was not told its place: {error}");
                }
            });
        }
        Ok(())
    }

    /// Shows it on every desk.
    pub fn broadcast_frame(&self, down: &BoardDown) -> Result<()> {
        self.connections.broadcast(&serde_json::to_string(down)?);
        Ok(())
    }

    /// All that is listed.
    pub fn list_chats(&self) -> Result<Vec<Chat>> {
        self.with_store(BoardStore::list_chats)
    }
}
