//! Carries a question to the agency and its reply back, as it grows.
//!
//! The question stands in the outbox until it has its answer. Should the object die on the way, its alarm takes the
//! question up again with the same idempotency key.

use super::{
    config::text,
    conversation_object::Inner,
    platform::{jitter, now},
    sites,
    sql_log::Whose,
};
use crate::{
    connector::{Ask, ConnectorError, Endpoint, Line, Outbound, Part, Reader, Reply, connector},
    conversation::{self, Log, Pending},
    rich,
    turn::Published,
};
use futures_util::{
    StreamExt as _,
    future::{Either, select},
};
use std::{pin::pin, rc::Rc, time::Duration};
use wire::AuthorKind;
use worker::{
    AbortController, ByteStream, Delay, Error, Fetch, Headers, Method, Request, RequestInit, RequestRedirect,
    Result,
};

/// How often one question is sent at most.
const MAX_TRIES: u32 = 2;
/// How long to wait before the second try, in milliseconds; as much again is added at random.
const RETRY_AFTER_MS: u64 = 500;
/// A growing reply is written and shown at most this often, in milliseconds.
const BATCH_MS: u64 = 80;
/// How long after a delivery should have ended the alarm looks after it, in milliseconds.
const GRACE_MS: u64 = 10_000;
/// How many earlier messages the agency is told.
const HISTORY: usize = 12;

/// Delivers the question `seq`; whatever happens, the visitor gets an answer.
pub async fn deliver(inner: &Rc<Inner>, whose: &Whose, seq: u64) {
    if !inner.in_flight.borrow_mut().insert(seq) {
        return;
    }
    if let Err(error) = attempt(inner, whose, seq).await {
        worker::console_error!("delivery of message {seq} broke off: {error}");
    }
    inner.in_flight.borrow_mut().remove(&seq);
    inner.stopped.borrow_mut().remove(&seq);
}

async fn attempt(inner: &Rc<Inner>, whose: &Whose, seq: u64) -> Result<()> {
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    loop {
        let Some(mut pending) = inner.log.borrow().pending().into_iter().find(|p| p.seq == seq) else {
            return Ok(());
        };
        // A reply that had begun when the object died is not begun again: its first half was shown.
        if pending.tries >= MAX_TRIES || pending.reply.is_some() {
            return settle(inner, |log| conversation::fail(log, &published, seq, now()));
        }
        pending.tries += 1;
        inner.log.borrow_mut().put_pending(&pending);
        let delivery = Delivery { inner, whose, published: &published, pending: &pending };
        let trouble = match delivery.run().await {
            Ok(()) => return Ok(()),
            Err(trouble) => trouble,
        };
        worker::console_warn!("site {}: try {} of message {seq}: {trouble}", whose.site, pending.tries);
        let began = inner.log.borrow().pending().iter().any(|p| p.seq == seq && p.reply.is_some());
        if began || !trouble.may_retry() {
            return settle(inner, |log| conversation::fail(log, &published, seq, now()));
        }
        Delay::from(Duration::from_millis(RETRY_AFTER_MS + jitter(RETRY_AFTER_MS))).await;
    }
}

/// Why one try came to nothing.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("{0}")]
    Connector(#[from] ConnectorError),
    #[error("the agency can't be reached: {0}")]
    Network(Error),
    #[error("the agency took longer than {0} s")]
    Timeout(u32),
    #[error("here: {0}")]
    Own(#[from] Error),
}

impl Trouble {
    fn may_retry(&self) -> bool {
        match self {
            Trouble::Connector(error) => error.may_retry(),
            Trouble::Network(_) => true,
            Trouble::Timeout(_) | Trouble::Own(_) => false,
        }
    }
}

struct Delivery<'a> {
    inner: &'a Rc<Inner>,
    whose: &'a Whose,
    published: &'a Published,
    pending: &'a Pending,
}

impl Delivery<'_> {
    async fn run(&self) -> std::result::Result<(), Trouble> {
        let Some(agency) = &self.published.site.settings.agency else {
            return Err(ConnectorError::Secret.into());
        };
        let connector = connector(&agency.connector).ok_or(ConnectorError::Garbage("no such connector"))?;
        let secret = text(&self.inner.env, &agency.secret).unwrap_or_default();
        let request = connector.request(&self.ask(), &Endpoint { url: &agency.url, secret: &secret })?;
        let deadline = now() + u64::from(agency.timeout_seconds) * 1000;
        let abort = AbortController::default();
        let result = self.exchange(connector, request, &abort, deadline, agency.timeout_seconds).await;
        // Whatever is still open towards the agency is of no more use.
        abort.abort();
        result
    }

    async fn exchange(
        &self,
        connector: &dyn crate::connector::Connector,
        request: Outbound,
        abort: &AbortController,
        deadline: u64,
        seconds: u32,
    ) -> std::result::Result<(), Trouble> {
        let request = Fetch::Request(outgoing(&request)?);
        let signal = abort.signal();
        let sending = pin!(request.send_with_signal(&signal));
        let left = Duration::from_millis(deadline.saturating_sub(now()));
        let mut response = match select(sending, Delay::from(left)).await {
            Either::Left((response, _)) => response.map_err(Trouble::Network)?,
            Either::Right(_) => return Err(Trouble::Timeout(seconds)),
        };
        let content_type = response.headers().get("content-type")?.unwrap_or_default();
        let reader = connector.reader(response.status_code(), &content_type)?;
        self.read(response.stream()?, reader, deadline, seconds).await
    }

    /// Reads the body as it comes; shows what there is every [`BATCH_MS`].
    async fn read(
        &self,
        mut body: ByteStream,
        mut reader: Box<dyn Reader>,
        deadline: u64,
        seconds: u32,
    ) -> std::result::Result<(), Trouble> {
        let mut growing = Growing::default();
        loop {
            if self.inner.stopped.borrow().contains(&self.pending.seq) {
                return Ok(self.finish(growing, false)?);
            }
            let parts = match select(body.next(), Delay::from(Duration::from_millis(BATCH_MS))).await {
                Either::Left((Some(chunk), _)) => reader.feed(&chunk.map_err(Trouble::Network)?)?,
                Either::Left((None, _)) => {
                    let parts = reader.end()?;
                    growing.take(parts);
                    let whole = growing.done;
                    return Ok(self.finish(growing, whole)?);
                }
                Either::Right(_) => Vec::new(),
            };
            growing.take(parts);
            if growing.done {
                return Ok(self.finish(growing, true)?);
            }
            if now() >= deadline {
                return Err(Trouble::Timeout(seconds));
            }
            if growing.is_due(now()) {
                growing.shown(now());
                let (published, seq) = (self.published, self.pending.seq);
                let text = &growing.reply.text;
                settle(self.inner, |log| conversation::grow(log, published, seq, text, now()))?;
            }
        }
    }

    fn finish(&self, growing: Growing, whole: bool) -> Result<()> {
        let (published, seq) = (self.published, self.pending.seq);
        if growing.reply.text.trim().is_empty() {
            return settle(self.inner, |log| conversation::fail(log, published, seq, now()));
        }
        let reply = growing.reply;
        settle(self.inner, |log| conversation::finish(log, published, seq, reply, whole, now()))
    }

    fn ask(&self) -> Ask {
        let log = self.inner.log.borrow();
        let seq = self.pending.seq;
        let question = log.at(seq);
        let words = |message: &wire::Message| rich::words(&message.body.blocks);
        let from = seq.saturating_sub(HISTORY as u64 + 1);
        let earlier = log.after(from, HISTORY + 1).into_iter().filter(|message| message.seq < seq);
        Ask {
            site: self.whose.site.clone(),
            conversation: self.whose.conversation,
            id: question.as_ref().and_then(|message| message.id).unwrap_or(self.whose.conversation),
            seq,
            text: question.as_ref().map(words).unwrap_or_default(),
            lang: question.as_ref().map(|message| message.lang.clone()).unwrap_or_default(),
            at: question.as_ref().map_or(0, |message| message.at),
            history: earlier
                .filter(|message| message.author.kind != AuthorKind::Unknown)
                .map(|message| Line { author: message.author.kind, text: words(&message) })
                .collect(),
            candidates: self.pending.candidates.clone(),
            now: now() / 1000,
        }
    }
}

/// A reply as far as it has come.
#[derive(Default)]
struct Growing {
    reply: Reply,
    done: bool,
    unseen: bool,
    shown: u64,
}

impl Growing {
    fn take(&mut self, parts: Vec<Part>) {
        for part in parts {
            self.unseen = true;
            match part {
                Part::More(text) => self.reply.text.push_str(&text),
                Part::Whole(reply) => self.reply = reply,
                Part::Done => self.done = true,
            }
        }
    }

    fn is_due(&self, now: u64) -> bool {
        self.unseen && now.saturating_sub(self.shown) >= BATCH_MS
    }

    fn shown(&mut self, now: u64) {
        (self.unseen, self.shown) = (false, now);
    }
}

/// Lets the core write, and tells everybody connected. Nothing is told that was not written.
fn settle(
    inner: &Inner,
    decide: impl FnOnce(&mut super::sql_log::SqlLog) -> Vec<conversation::Effect>,
) -> Result<()> {
    let effects = {
        let mut log = inner.log.borrow_mut();
        let effects = decide(&mut log);
        log.check()?;
        effects
    };
    inner.tell(effects)
}

fn outgoing(request: &Outbound) -> Result<Request> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_body(Some(request.body.as_str().into()))
        // A redirect could lead a signed question anywhere: it is taken for what it is, no answer.
        .with_redirect(RequestRedirect::Manual);
    Request::new_with_init(&request.url, &init)
}

/// The object's alarm: takes up questions that were left lying, and ends conversations whose time is over.
pub async fn alarm(inner: &Rc<Inner>) -> Result<()> {
    let Some(whose) = inner.log.borrow().whose()? else { return Ok(()) };
    for pending in inner.log.borrow().pending() {
        let (inner, whose) = (inner.clone(), whose.clone());
        let state = inner.clone();
        state.state.wait_until(async move { deliver(&inner, &whose, pending.seq).await });
    }
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    if now() >= expiry(inner, &published) {
        return inner.erase().await;
    }
    set_alarm(inner, &whose).await
}

/// When the conversation has been silent for as long as the site keeps it, in milliseconds since 1970.
fn expiry(inner: &Inner, published: &Published) -> u64 {
    let log = inner.log.borrow();
    let last = log.at(log.last()).map_or(0, |message| message.at);
    last + super::conversation_object::ticket_life(published) * 1000
}

/// Sets the alarm to whatever comes first: a delivery that should have ended, or the conversation's end.
pub async fn set_alarm(inner: &Rc<Inner>, whose: &Whose) -> Result<()> {
    let Some(published) = sites::published(&inner.env, &whose.site).await? else { return Ok(()) };
    let timeout =
        published.site.settings.agency.as_ref().map_or(0, |agency| u64::from(agency.timeout_seconds) * 1000);
    let waiting = !inner.log.borrow().pending().is_empty();
    let end = expiry(inner, &published).saturating_sub(now()).max(GRACE_MS);
    let from_now = if waiting { timeout * u64::from(MAX_TRIES) + GRACE_MS } else { end };
    inner.state.storage().set_alarm(Duration::from_millis(from_now)).await
}
