//! What a Conversation object does, whichever way somebody speaks to it.

use super::{
    alarm,
    confirmed::Held,
    conversation_object::{Arriving, Joining, Posted, Shown, Visit},
    delivery, frame, identify,
    listing::{self, Listed},
    meaning, papers,
    platform::now,
    push, quota, sites,
    sql_log::{SqlLog, Whose},
    staff_frame,
    streams::Streams,
    telling,
};
use crate::{
    conversation::{self, Asked, Effect, Log, NotTaken, arrive, hear, is_news, joined},
    quota::Counts,
    rate_limit::RateLimits,
    turn::Published,
};
use intent::Scratch;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    time::Duration,
};
use wire::{Down, Fault, Up, desk::ChatDown, limits};
use worker::{Delay, Env, Result, State, WebSocket};

/// How long a page without the widget waits for the agency before it is shown as it is, in milliseconds.
const PAGE_WAIT_MS: u64 = 8_000;

/// What the object and its deliveries share.
pub struct Inner {
    pub state: State,
    pub env: Env,
    pub log: RefCell<SqlLog>,
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
    pub listed: RefCell<Option<Listed>>,
    /// What visitors and desks may still send here.
    pub rates: RefCell<RateLimits>,
    /// Whether this conversation was counted as begun before anything was written in it.
    pub counted: Cell<bool>,
    /// Frames for desks whose session is being looked at.
    pub held: Held,
}

/// Who has spoken, and so is told what concerns only him.
pub enum Speaker<'a> {
    /// Somebody at a socket.
    Socket(&'a WebSocket),
    /// Somebody who posts, and finds this in the answer.
    Post(&'a RefCell<Vec<Down>>),
    /// Somebody at the agency's desk.
    Desk(&'a WebSocket),
    /// Somebody who is answered otherwise.
    Nobody,
}

impl Inner {
    /// Whether the ticket that `visit` came with still opens the conversation.
    pub fn is_current(&self, visit: &Visit) -> bool {
        visit.generation >= self.generation()
    }

    /// The generation whose tickets open the conversation.
    pub fn generation(&self) -> u32 {
        let log = self.log.borrow();
        // No ticket opens what was erased. A pass for one of its cases still does.
        if log.is_erased() { u32::MAX } else { conversation::generation(&*log) }
    }

    /// Somebody who is known says something.
    pub async fn say(
        this: &Rc<Inner>,
        published: &Rc<Published>,
        visit: &Visit,
        up: Up,
        speaker: &Speaker<'_>,
    ) -> Result<()> {
        match up {
            Up::Identify { token } => identify::identify(this, published, visit, &token, speaker),
            Up::Context { values } => {
                identify::learn(this, published, visit, &values.into_iter().collect(), speaker)
            }
            Up::Hello { .. }
            | Up::Say { .. }
            | Up::Stop { .. }
            | Up::Rate { .. }
            | Up::Survey { .. }
            | Up::Typing { .. }
            | Up::Read { .. }
            | Up::Unknown => {
                let effects = Inner::hear(this, published, visit, up)?;
                Inner::perform(this, &visit.whose, effects, speaker).await
            }
        }
    }

    /// Lets the core decide and write. Runs without a pause, so all of it is written or none is acknowledged. The
    /// day's books follow a moment later: they refuse the next message, never delay this one.
    pub fn hear(this: &Rc<Inner>, published: &Rc<Published>, visit: &Visit, up: Up) -> Result<Vec<Effect>> {
        if let Some(wait) = this.kept_out(published, visit, &up) {
            let id = if let Up::Say { id, .. } = up { Some(id) } else { None };
            let fault = Down::Fault { id, code: Fault::TooFast, retry_ms: Some(wait) };
            return Ok(vec![Effect::Send(fault)]);
        }
        Inner::take_in(this, published, visit, up)
    }

    /// The same with what nothing keeps out.
    fn take_in(this: &Rc<Inner>, published: &Rc<Published>, visit: &Visit, up: Up) -> Result<Vec<Effect>> {
        // What makes no sense before something was said makes no tables either.
        if !this.log.borrow().exists() && !matches!(up, Up::Say { .. }) {
            return Ok(match up {
                Up::Stop { .. } | Up::Typing { .. } | Up::Read { .. } => Vec::new(),
                _ => vec![Effect::Send(Down::Fault { id: None, code: Fault::Malformed, retry_ms: None })],
            });
        }
        this.begin(published, visit)?;
        let mut log = this.log.borrow_mut();
        if !visit.status.is_empty() {
            conversation::set_status_url(&mut *log, &visit.status);
        }
        let before = log.last();
        let effects = hear(&mut *log, published, up, now(), &mut this.scratch.borrow_mut());
        log.check()?;
        let said = log.last() > before;
        drop(log);
        let counts = Counts { conversations: 0, messages: 1 };
        this.count(published, said.then(|| (visit.address.clone(), counts)));
        Ok(effects)
    }

    /// Has what was used counted, and what happened.
    pub fn count(&self, published: &Rc<Published>, used: Option<(Option<String>, Counts)>) {
        let (happened, wondered) = (self.log.borrow().happened(), self.log.borrow().wondered());
        if !wondered.is_empty() {
            let settings = &published.site.settings;
            let asked = crate::desk::Asked {
                questions: wondered,
                keep_days: settings.retention_days,
                tag: listing::tag(self, &settings.site).unwrap_or_default(),
            };
            self.state.wait_until(telling::wonder(self.env.clone(), settings.site.clone(), asked));
        }
        if used.is_none() && happened.is_empty() {
            return;
        }
        if let Some(bringing) = quota::count(&self.env, published, used, &happened) {
            self.state.wait_until(bringing);
        }
    }

    /// Does what the core decided.
    pub async fn perform(
        this: &Rc<Inner>,
        whose: &Whose,
        effects: Vec<Effect>,
        speaker: &Speaker<'_>,
    ) -> Result<()> {
        let wrote = effects.iter().any(|effect| matches!(effect, Effect::All(_) | Effect::Others(_)));
        // What answers the visitor is seen by who asked.
        let has_news = matches!(speaker, Speaker::Desk(_)) && has_news(&effects);
        for effect in effects {
            match effect {
                Effect::Send(down) => speaker.tell(&down)?,
                Effect::Others(down) => this.broadcast(&down, speaker.socket())?,
                Effect::All(down) => this.broadcast(&down, None)?,
                Effect::Visitors(down) => this.to_visitors(&serde_json::to_string(&down)?, None),
                Effect::Desks(down) => staff_frame::broadcast(this, &serde_json::to_string(&down)?),
                Effect::Desk(down) => speaker.answer(&down)?,
                Effect::Board => telling::tell(this),
                Effect::Stop(seq) => {
                    this.stopped.borrow_mut().insert(seq);
                }
                Effect::Forward(seq) => {
                    let (inner, whose) = (this.clone(), whose.clone());
                    this.state.wait_until(async move { delivery::deliver(&inner, &whose, seq).await });
                }
            }
        }
        if has_news {
            push::news(this);
        }
        if wrote { alarm::set(this, whose).await } else { Ok(()) }
    }

    /// Tells everybody connected what a delivery brought.
    pub fn tell(self: &Rc<Inner>, effects: Vec<Effect>) -> Result<()> {
        let has_news = has_news(&effects);
        for effect in effects {
            match effect {
                Effect::All(down) | Effect::Others(down) | Effect::Send(down) => {
                    self.broadcast(&down, None)?;
                }
                Effect::Visitors(down) => self.to_visitors(&serde_json::to_string(&down)?, None),
                Effect::Desks(down) => {
                    staff_frame::broadcast(self, &serde_json::to_string(&down)?);
                }
                Effect::Board => telling::tell(self),
                // Deliveries end questions; they never begin or stop one, and no desk has asked for them.
                Effect::Forward(_) | Effect::Stop(_) | Effect::Desk(_) => {}
            }
        }
        if has_news {
            push::news(self);
        }
        Ok(())
    }

    /// The agency says something of its own accord; gives its place. `None`: nothing was ever said here.
    pub async fn arrive(self: &Rc<Inner>, arriving: Arriving) -> Result<Option<u64>> {
        let Arriving { whose, mut callback } = arriving;
        if self.log.borrow().whose()?.as_ref() != Some(&whose) {
            return Ok(None);
        }
        // Of an erased conversation only its cases are there.
        if self.log.borrow().is_erased() && callback.case.is_none() {
            return Ok(None);
        }
        let Some(published) = sites::published(&self.env, &whose.site).await? else { return Ok(None) };
        papers::enclosed(self, &whose, &mut callback)?;
        let arrived = {
            let mut log = self.log.borrow_mut();
            let arrived = arrive(&mut *log, &published, callback, now());
            log.check()?;
            arrived
        };
        self.count(&published, None);
        let Some(arrived) = arrived else { return Ok(None) };
        papers::sweep(self)?;
        self.tell(arrived.effects)?;
        alarm::set(self, &whose).await?;
        Ok(Some(arrived.seq))
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

    fn broadcast(&self, down: &Down, but: Option<&WebSocket>) -> Result<()> {
        let frame = serde_json::to_string(down)?;
        self.to_visitors(&frame, but);
        staff_frame::broadcast(self, &frame);
        Ok(())
    }

    pub fn to_visitors(&self, frame: &str, but: Option<&WebSocket>) {
        self.streams.tell(frame);
        for socket in self.state.get_websockets() {
            if frame::is_known(&socket) && but.is_none_or(|but| but.as_ref() != socket.as_ref()) {
                // A socket that is closing has missed nothing: it will say where it left off.
                let _closing = socket.send_with_str(frame);
            }
        }
    }

    /// A page without the widget: takes what was said, waits a little for the agency, and gives the whole
    /// conversation.
    pub async fn posted(self: &Rc<Inner>, posted: Posted) -> Result<Shown> {
        let Posted { visit, up, unasked } = posted;
        let whose = &visit.whose;
        let (mut fault, mut retry_ms, mut asked) = (None, None, Asked::default());
        if !self.is_current(&visit) {
            let (fault, erased) = (Some(Fault::Ticket), self.log.borrow().is_erased());
            return Ok(Shown { fault, erased, ..Shown::default() });
        }
        let Some(published) = sites::published(&self.env, &whose.site).await? else {
            let fault = Some(Fault::NoSite);
            return Ok(Shown { fault, ..Shown::default() });
        };
        self.look_into(&published, &visit);
        if let Some(up) = up {
            meaning::attach(&self.env, &published).await;
            let taken = match self.kept_out(&published, &visit, &up) {
                Some(wait) => Err(NotTaken::TooFast(wait)),
                None => conversation::posted(&mut *self.log.borrow_mut(), &published, up, unasked, now()),
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
            for effect in &effects {
                if let Effect::Send(Down::Fault { code, retry_ms: wait, .. }) = effect {
                    (fault, retry_ms) = (Some(*code), *wait);
                }
            }
            Inner::perform(self, whose, effects, &Speaker::Nobody).await?;
        } else if let Some(published) = sites::published(&self.env, &whose.site).await? {
            let effects = {
                let mut log = self.log.borrow_mut();
                let effects = conversation::withdraw_place(&mut *log, &published, now());
                log.check()?;
                effects
            };
            self.tell(effects)?;
        }
        let until = now() + PAGE_WAIT_MS;
        // Who has asked for a person is about to be told how it stands.
        let waits = || {
            let log = self.log.borrow();
            log.pending().iter().any(|pending| pending.left.is_none()) || conversation::awaits_place(&*log)
        };
        while waits() && now() < until {
            Delay::from(Duration::from_millis(100)).await;
        }
        let waiting = waits();
        let log = self.log.borrow();
        let rated = conversation::rated(&*log).unwrap_or_default();
        let (messages, queue) = (log.after(0, limits::MAX_RESUME), conversation::queue_line(&*log));
        Ok(Shown { messages, waiting, fault, retry_ms, asked, rated, queue, erased: false })
    }
}

fn has_news(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::All(Down::Message(message)) if is_news(message)))
}

impl<'a> Speaker<'a> {
    /// Tells him.
    pub fn tell(&self, down: &Down) -> Result<()> {
        match self {
            Speaker::Socket(socket) | Speaker::Desk(socket) => frame::send(socket, down),
            Speaker::Post(answer) => {
                answer.borrow_mut().push(down.clone());
                Ok(())
            }
            Speaker::Nobody => Ok(()),
        }
    }

    /// Tells him, at the desk.
    pub fn answer(&self, down: &ChatDown) -> Result<()> {
        match self {
            Speaker::Desk(socket) => staff_frame::send(socket, down),
            Speaker::Socket(_) | Speaker::Post(_) | Speaker::Nobody => Ok(()),
        }
    }

    /// The visitor's socket he speaks through.
    pub fn socket(&self) -> Option<&'a WebSocket> {
        match self {
            Speaker::Socket(socket) => Some(socket),
            Speaker::Post(_) | Speaker::Desk(_) | Speaker::Nobody => None,
        }
    }
}
