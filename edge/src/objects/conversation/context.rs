//! What a Conversation object does, whichever way somebody speaks to it.

use super::{
    alarm, board_sync, documents,
    event_streams::Streams,
    execute::{ByPost, Nobody, Speaker, execute_effects},
    identity,
    site_index::{self, IndexEntry},
    sql_store::SqlStore,
    transaction::TransactionalStore,
    visitor_socket,
};
use crate::{
    cache::{attach_data, sites, usage},
    objects::confirmed_session::HeldFrames as Held,
    platform::now,
    rpc::conversation::{
        ConversationSnapshot as Shown, DeliverCallback as Arriving, JoinConversation as Joining,
        PostMessage as Posted, VisitorSession as Visit,
    },
};
use hoi_core::{
    conversation::{
        self, ConversationStore as _, Effect, NotTaken, PersonalDataWarning, announce_device,
        handle_callback, handle_frame,
    },
    decide::Published,
    limits::{rate_limit::RateLimits, usage::UsageCounts},
};
use intent::Scratch;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    time::Duration,
};
use wire::{Down, Fault, Up, limits};
use worker::{Delay, Env, Result, State, WebSocket};

/// How long a page without the widget waits for the agency before it is shown as it is, in milliseconds.
const PAGE_WAIT_MS: u64 = 8_000;

/// What the object and its deliveries share.
pub struct Inner {
    pub state: State,
    pub env: Env,
    pub store: TransactionalStore,
    /// Questions being delivered right now, so that an alarm doesn't deliver them twice.
    pub in_flight: RefCell<BTreeSet<u64>>,
    /// Questions whose reply the visitor stopped.
    pub stopped: RefCell<BTreeSet<u64>>,
    /// When the alarm will go off, in milliseconds since 1970, if that is known.
    pub alarm: Cell<Option<u64>>,
    /// Widgets that listen without a socket.
    pub streams: Streams,
    pub scratch: RefCell<Scratch>,
    /// Since when the board is being told, in milliseconds since 1970.
    pub telling: Cell<Option<u64>>,
    /// What the site's index was last told, if that is known.
    pub listed: RefCell<Option<IndexEntry>>,
    /// What visitors and desks may still send here.
    pub rates: RefCell<RateLimits>,
    /// Whether this conversation was counted as begun before anything was written in it.
    pub counted: Cell<bool>,
    /// Frames for desks whose session is being looked at.
    pub held: Held,
}

impl Inner {
    /// Whether the ticket that `visit` came with still opens the conversation.
    pub fn is_current(&self, visit: &Visit) -> Result<bool> {
        Ok(visit.generation >= self.generation()?)
    }

    /// The generation whose tickets open the conversation.
    pub fn generation(&self) -> Result<u32> {
        self.store.read(|store| {
            // No ticket opens what was erased. A pass for one of its cases still does.
            if store.is_erased()? { Ok(u32::MAX) } else { conversation::ticket_generation(store) }
        })
    }

    /// Somebody who is known says something.
    pub async fn handle_frame(
        this: &Rc<Inner>,
        published: &Rc<Published>,
        visit: &Visit,
        up: Up,
        speaker: &impl Speaker<Down>,
    ) -> Result<()> {
        match up {
            Up::Identify { token } => identity::identify_visitor(this, published, visit, &token, speaker)?,
            Up::Context { values } => {
                identity::store_context(this, published, visit, &values.into_iter().collect(), speaker)?;
            }
            Up::Hello { .. }
            | Up::Say { .. }
            | Up::Stop { .. }
            | Up::Rate { .. }
            | Up::Survey { .. }
            | Up::Typing { .. }
            | Up::Read { .. }
            | Up::Unknown => {
                let effects = Inner::apply_frame(this, published, visit, up)?;
                return execute_effects(this, &visit.whose, effects, speaker).await;
            }
        }
        alarm::update_if_written(this).await
    }

    /// Lets the core decide and write. Runs without a pause, so all of it is written or none is acknowledged. The
    /// day's books follow a moment later: they refuse the next message, never delay this one.
    pub fn apply_frame(
        this: &Rc<Inner>,
        published: &Rc<Published>,
        visit: &Visit,
        up: Up,
    ) -> Result<Vec<Effect<Down>>> {
        match this.check_admission(published, visit, &up)? {
            Ok(()) => Inner::take_in(this, published, visit, up),
            Err(refusal) => Ok(vec![refusal.to_reply(&up)]),
        }
    }

    /// The same with what nothing keeps out.
    fn take_in(
        this: &Rc<Inner>,
        published: &Rc<Published>,
        visit: &Visit,
        up: Up,
    ) -> Result<Vec<Effect<Down>>> {
        if let Some(effects) = conversation::reply_unbegun(&up)
            && !this.store.read(SqlStore::exists)?
        {
            return Ok(effects);
        }
        this.create_conversation(published, visit)?;
        let (said, effects) = this.store.transact(|store| {
            if !visit.status.is_empty() {
                conversation::set_status_url(store, &visit.status)?;
            }
            let before = store.last_seq()?;
            let effects = handle_frame(store, published, up, now(), &mut this.scratch.borrow_mut())?;
            Ok((store.last_seq()? > before, effects))
        })?;
        let counts = UsageCounts { conversations: 0, messages: 1 };
        this.record_usage(published, said.then(|| (visit.address.clone(), counts)));
        Ok(effects)
    }

    /// Has what was used counted, and what happened.
    pub fn record_usage(&self, published: &Rc<Published>, used: Option<(Option<String>, UsageCounts)>) {
        let (happened, wondered) = self.store.take_events();
        if !wondered.is_empty() {
            let settings = &published.site.settings;
            let asked = hoi_core::board::UnansweredBatch {
                questions: wondered,
                keep_days: settings.retention_days,
                tag: site_index::conversation_tag(self, &settings.site).unwrap_or_default(),
            };
            self.state.wait_until(board_sync::record_unanswered(
                self.env.clone(),
                settings.site.clone(),
                asked,
            ));
        }
        if used.is_none() && happened.is_empty() {
            return;
        }
        if let Some(bringing) = usage::record_usage(&self.env, published, used, &happened) {
            self.state.wait_until(bringing);
        }
    }

    /// The agency says something of its own accord; gives its place. `None`: nothing was ever said here.
    pub async fn handle_callback(self: &Rc<Inner>, arriving: Arriving) -> Result<Option<u64>> {
        let Arriving { whose, mut callback } = arriving;
        // Of an erased conversation only its cases are there.
        let is_case = callback.case.is_some();
        let is_there = |store: &SqlStore| Ok(store.is_of(&whose)? && (is_case || !store.is_erased()?));
        if !self.store.read(is_there)? {
            return Ok(None);
        }
        let Some(published) = sites::find_published(&self.env, &whose.site).await? else { return Ok(None) };
        documents::store_enclosed(self, &whose, &mut callback)?;
        let arrived = self.store.transact(|store| handle_callback(store, &published, callback, now()))?;
        self.record_usage(&published, None);
        let Some(arrived) = arrived else { return Ok(None) };
        documents::delete_outlived(self)?;
        execute_effects(self, &whose, arrived.effects, &Nobody).await?;
        Ok(Some(arrived.seq))
    }

    /// Somebody comes with a code: the conversation, if it still opens that.
    pub async fn join_by_code(self: &Rc<Inner>, joining: Joining) -> Result<Option<Shown>> {
        let Joining { whose, generation } = joining;
        if !self.store.read(|store| Ok(store.is_of(&whose)? && !store.is_erased()?))? {
            return Ok(None);
        }
        let Some(published) = sites::find_published(&self.env, &whose.site).await? else { return Ok(None) };
        let effects = self.store.transact(|store| announce_device(store, &published, generation, now()))?;
        let Some(effects) = effects else { return Ok(None) };
        execute_effects(self, &whose, effects, &Nobody).await?;
        self.store.read(|store| {
            let waiting = store.pending()?.iter().any(|pending| pending.left.is_none());
            let messages = store.messages_after(0, limits::MAX_RESUME)?;
            let rated = conversation::rated_answers(store)?.unwrap_or_default();
            Ok(Some(Shown { messages, waiting, rated, ..Shown::default() }))
        })
    }

    /// Sends a frame, as text, to every connection of the visitor's but one.
    pub fn to_visitors(&self, frame: &str, but: Option<&WebSocket>) {
        self.streams.broadcast(frame);
        for socket in self.state.get_websockets() {
            if visitor_socket::is_known(&socket) && but.is_none_or(|but| but.as_ref() != socket.as_ref()) {
                // A socket that is closing has missed nothing: it will say where it left off.
                let _closing = socket.send_with_str(frame);
            }
        }
    }

    /// A page without the widget: takes what was said, waits a little for the agency, and gives the whole
    /// conversation.
    pub async fn handle_post(self: &Rc<Inner>, posted: Posted) -> Result<Shown> {
        let Posted { visit, up, unasked } = posted;
        let whose = &visit.whose;
        let (mut fault, mut retry_ms, mut asked) = (None, None, PersonalDataWarning::default());
        if !self.is_current(&visit)? {
            let (fault, erased) = (Some(Fault::Ticket), self.store.read(SqlStore::is_erased)?);
            return Ok(Shown { fault, erased, ..Shown::default() });
        }
        let Some(published) = sites::find_published(&self.env, &whose.site).await? else {
            let fault = Some(Fault::NoSite);
            return Ok(Shown { fault, ..Shown::default() });
        };
        self.look_into(&published, &visit)?;
        if let Some(up) = up {
            if let Err(error) = attach_data(&self.env, &published).await {
                worker::console_error!("what was posted could not be handled: {error}");
                return Ok(Shown { fault: Some(Fault::Internal), ..Shown::default() });
            }
            let taken = match self.check_admission(&published, &visit, &up)? {
                Err(refusal) => Err(NotTaken::TooFast(refusal.retry_ms())),
                Ok(()) => self
                    .store
                    .transact(|store| conversation::check_post(store, &published, up, unasked, now()))?,
            };
            let effects = match taken {
                Ok(up) => Inner::take_in(self, &published, &visit, up)?,
                Err(NotTaken::Ask(found)) => {
                    (fault, asked) = (Some(Fault::Personal), found);
                    Vec::new()
                }
                Err(NotTaken::TooFast(wait)) => {
                    (fault, retry_ms) = (Some(Fault::TooFast), Some(wait));
                    Vec::new()
                }
            };
            let answer = ByPost::default();
            execute_effects(self, whose, effects, &answer).await?;
            for frame in answer.0.into_inner() {
                if let Down::Fault { code, retry_ms: wait, .. } = frame {
                    (fault, retry_ms) = (Some(code), wait);
                }
            }
        } else if let Some(published) = sites::find_published(&self.env, &whose.site).await? {
            let effects =
                self.store.transact(|store| conversation::withdraw_place(store, &published, now()))?;
            execute_effects(self, whose, effects, &Nobody).await?;
        }
        let until = now() + PAGE_WAIT_MS;
        // Who has asked for a person is about to be told how it stands.
        let waits = || {
            self.store.read(|store| {
                let is_awaited = store.pending()?.iter().any(|pending| pending.left.is_none());
                Ok(is_awaited || conversation::awaits_place(store)?)
            })
        };
        while waits()? && now() < until {
            Delay::from(Duration::from_millis(100)).await;
        }
        let waiting = waits()?;
        self.store.read(|store| {
            let rated = conversation::rated_answers(store)?.unwrap_or_default();
            let messages = store.messages_after(0, limits::MAX_RESUME)?;
            let queue = conversation::queue_line(store)?;
            Ok(Shown { messages, waiting, fault, retry_ms, asked, rated, queue, erased: false })
        })
    }
}
