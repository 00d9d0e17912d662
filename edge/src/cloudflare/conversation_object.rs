//! The Conversation object, one a conversation: its sockets, its log, its questions on their way to the agency.
//!
//! It sleeps whenever nothing is going on; sockets stay open meanwhile. Whatever matters is in the log or in the
//! sockets' attachments, never only in memory.

use super::{
    alarm,
    config::text,
    delivery,
    pages::upgraded,
    platform::{now, random_id},
    sites,
    sql_log::{SqlLog, Whose},
};
use crate::{
    connector::Callback,
    conversation::{Effect, Log, arrive, hear, hello},
    ticket,
    turn::Published,
};
use intent::Scratch;
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, collections::BTreeSet, panic::AssertUnwindSafe, rc::Rc, time::Duration};
use wire::{Down, Fault, Id, Message, Up, limits};
use worker::{
    Delay, DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    WebSocketPair, durable_object,
};

/// Close code for a visitor who sent too much at once (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;
/// Close code for a ticket that doesn't open; the widget gets a new conversation then.
pub const REFUSED: u16 = 4401;
/// Close code for frames that no widget sends (RFC 6455, 7.4.1).
const NOT_OURS: u16 = 1008;
/// So many frames that can't be read close a socket: somebody is trying things out.
const MAX_MALFORMED: u8 = 5;
/// A ticket with less than this share of its life left is renewed: one part in two.
const RENEW: u64 = 2;
/// How long a page without the widget waits for the agency before it is shown as it is, in milliseconds.
const PAGE_WAIT_MS: u64 = 8_000;

/// One visitor's conversation.
#[durable_object]
pub struct Conversation {
    inner: AssertUnwindSafe<Rc<Inner>>,
}

/// What the object and its deliveries share.
pub struct Inner {
    pub state: State,
    pub env: Env,
    pub log: RefCell<SqlLog>,
    /// Questions being delivered right now, so that an alarm doesn't deliver them twice.
    pub in_flight: RefCell<BTreeSet<u64>>,
    /// Questions whose reply the visitor stopped.
    pub stopped: RefCell<BTreeSet<u64>>,
    pub scratch: RefCell<Scratch>,
}

/// What a socket carries through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Attachment {
    whose: Whose,
    /// Whether its hello was good.
    known: bool,
    /// How many frames of it could not be read.
    malformed: u8,
}

/// What the worker posts for a page without the widget.
#[derive(Debug, Serialize, Deserialize)]
pub struct Posted {
    /// Which conversation.
    pub whose: Whose,
    /// Something said, or nothing: just show what there is.
    pub say: Option<Up>,
}

/// What the worker brings from the agency.
#[derive(Debug, Serialize, Deserialize)]
pub struct Arriving {
    /// Which conversation.
    pub whose: Whose,
    /// What is said; its signature was checked.
    pub callback: Callback,
}

/// What comes back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shown {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// Whether a reply is still to come.
    pub waiting: bool,
    /// Why nothing was taken.
    pub fault: Option<Fault>,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let epoch = random_id().unwrap_or(Id(0));
        let log = SqlLog::open(state.storage().sql(), epoch);
        if let Ok(ping) = worker::worker_sys::WebSocketRequestResponsePair::new("ping", "pong") {
            state.set_websocket_auto_response(&ping);
        }
        let log = log.unwrap_or_else(|error| {
            // A constructor can't fail. The next write will, and nothing will be acknowledged.
            worker::console_error!("the conversation's log can't be opened: {error}");
            SqlLog::broken(state.storage().sql(), epoch)
        });
        let inner = Inner {
            state,
            env,
            log: RefCell::new(log),
            in_flight: RefCell::default(),
            stopped: RefCell::default(),
            scratch: RefCell::default(),
        };
        Conversation { inner: AssertUnwindSafe(Rc::new(inner)) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let url = request.url()?;
        match url.path() {
            "/socket" => {
                let whose =
                    url.query_pairs().find(|(key, _)| key == "whose").map(|(_, json)| json.into_owned());
                self.inner.accept(serde_json::from_str(&whose.unwrap_or_default())?)
            }
            "/posted" => {
                let posted: Posted = request.json().await?;
                Response::from_json(&self.inner.posted(posted).await?)
            }
            "/callback" => {
                let arriving: Arriving = request.json().await?;
                match self.inner.arrive(arriving).await? {
                    Some(seq) => Response::from_json(&serde_json::json!({ "seq": seq })),
                    None => Response::error("", 404),
                }
            }
            _ => Response::error("", 404),
        }
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let heard = Inner::frame(&self.inner, &socket, message).await;
        heard.or_else(|error| {
            // Nothing was acknowledged, so the widget will say it again.
            worker::console_error!("a frame could not be handled: {error}");
            send(&socket, &Down::Fault { id: None, code: Fault::Internal, retry_ms: Some(2_000) })
        })
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        _reason: String,
        _clean: bool,
    ) -> Result<()> {
        // 1005 and 1006 say how a close came about; they can't be sent.
        let code =
            u16::try_from(code).ok().filter(|code| !matches!(code, 1004..=1006 | 1015)).unwrap_or(1000);
        // The far end may be gone for good: then there is nobody to tell.
        let _gone = socket.close(Some(code), Some(""));
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: Error) -> Result<()> {
        Ok(())
    }

    async fn alarm(&self) -> Result<Response> {
        alarm::fired(&self.inner).await?;
        Response::empty()
    }
}

impl Inner {
    fn accept(&self, whose: Whose) -> Result<Response> {
        let WebSocketPair { client, server } = WebSocketPair::new()?;
        self.state.accept_web_socket(&server);
        server.serialize_attachment(Attachment { whose, known: false, malformed: 0 })?;
        upgraded(client, wire::SUBPROTOCOL)
    }

    async fn frame(this: &Rc<Inner>, socket: &WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        let refuse = |code, id| send(socket, &Down::Fault { id, code, retry_ms: None });
        let Some(attachment) = socket.deserialize_attachment::<Attachment>()? else {
            return Err(Error::RustError("a socket without an attachment".into()));
        };
        let WebSocketIncomingMessage::String(text) = message else { return malformed(socket, attachment) };
        if text.len() > limits::MAX_UP_BYTES {
            refuse(Fault::TooLong, None)?;
            return socket.close(Some(TOO_BIG), Some("too long"));
        }
        let Ok(up) = serde_json::from_str::<Up>(&text) else { return malformed(socket, attachment) };
        let whose = attachment.whose.clone();
        let Some(published) = sites::published(&this.env, &whose.site).await? else {
            return refuse(Fault::NoSite, None);
        };
        if let Up::Hello { v, ticket, epoch, after, .. } = up {
            this.hello(socket, attachment, &published, Hello { v, ticket, epoch, after })?;
            // Should the object have died since, somebody who waits is reason enough to go on at once.
            alarm::resume(this, &whose);
            return Ok(());
        }
        if !attachment.known {
            refuse(Fault::Ticket, None)?;
            return socket.close(Some(REFUSED), Some("hello first"));
        }
        let effects = this.hear(&published, &whose, up)?;
        Inner::perform(this, &whose, effects, Some(socket)).await
    }

    fn hello(
        &self,
        socket: &WebSocket,
        attachment: Attachment,
        published: &Published,
        said: Hello,
    ) -> Result<()> {
        let Whose { site, conversation } = &attachment.whose;
        let secret = text(&self.env, "HOI_SECRET").unwrap_or_default();
        let seconds = now() / 1000;
        let Some(expires) = ticket::open(secret.as_bytes(), site, *conversation, &said.ticket, seconds)
        else {
            send(socket, &Down::Fault { id: None, code: Fault::Ticket, retry_ms: None })?;
            return socket.close(Some(REFUSED), Some("ticket"));
        };
        if said.v > wire::VERSION {
            return send(socket, &Down::Fault { id: None, code: Fault::Version, retry_ms: None });
        }
        let life = ticket_life(published);
        let old = expires.saturating_sub(seconds) < life / RENEW;
        let fresh = old.then(|| ticket::seal(secret.as_bytes(), site, *conversation, seconds + life));
        socket.serialize_attachment(Attachment { known: true, ..attachment })?;
        for effect in hello(&*self.log.borrow(), said.epoch, said.after, fresh) {
            if let Effect::Send(down) = effect {
                send(socket, &down)?;
            }
        }
        Ok(())
    }

    /// Lets the core decide and write. Runs without a pause, so all of it is written or none is acknowledged.
    fn hear(&self, published: &Published, whose: &Whose, up: Up) -> Result<Vec<Effect>> {
        let mut log = self.log.borrow_mut();
        log.found(whose)?;
        let effects = hear(&mut *log, published, up, now(), &mut self.scratch.borrow_mut());
        log.check()?;
        Ok(effects)
    }

    /// Does what the core decided. `speaker` is the socket that spoke.
    async fn perform(
        this: &Rc<Inner>,
        whose: &Whose,
        effects: Vec<Effect>,
        speaker: Option<&WebSocket>,
    ) -> Result<()> {
        let wrote = effects.iter().any(|effect| matches!(effect, Effect::All(_) | Effect::Others(_)));
        for effect in effects {
            match effect {
                Effect::Send(down) => speaker.map_or(Ok(()), |socket| send(socket, &down))?,
                Effect::Others(down) => this.broadcast(&down, speaker)?,
                Effect::All(down) => this.broadcast(&down, None)?,
                Effect::Stop(seq) => {
                    this.stopped.borrow_mut().insert(seq);
                }
                Effect::Forward(seq) => {
                    let (inner, whose) = (this.clone(), whose.clone());
                    this.state.wait_until(async move { delivery::deliver(&inner, &whose, seq).await });
                }
            }
        }
        if wrote { alarm::set(this, whose).await } else { Ok(()) }
    }

    /// Tells everybody connected what a delivery brought.
    pub fn tell(&self, effects: Vec<Effect>) -> Result<()> {
        effects.into_iter().try_for_each(|effect| match effect {
            Effect::All(down) | Effect::Others(down) | Effect::Send(down) => self.broadcast(&down, None),
            // Deliveries end questions; they never begin or stop one.
            Effect::Forward(_) | Effect::Stop(_) => Ok(()),
        })
    }

    /// The agency says something of its own accord; gives its place. `None`: nothing was ever said here.
    async fn arrive(self: &Rc<Inner>, arriving: Arriving) -> Result<Option<u64>> {
        let Arriving { whose, callback } = arriving;
        if self.log.borrow().whose()?.as_ref() != Some(&whose) {
            return Ok(None);
        }
        let Some(published) = sites::published(&self.env, &whose.site).await? else { return Ok(None) };
        let arrived = {
            let mut log = self.log.borrow_mut();
            let arrived = arrive(&mut *log, &published, callback, now());
            log.check()?;
            arrived
        };
        self.tell(arrived.effects)?;
        alarm::set(self, &whose).await?;
        Ok(Some(arrived.seq))
    }

    /// The conversation's time is over: everything said is deleted, and whoever is connected starts over.
    pub async fn erase(&self) -> Result<()> {
        for socket in self.state.get_websockets() {
            let _closing = socket.close(Some(REFUSED), Some("expired"));
        }
        self.state.storage().delete_alarm().await?;
        self.state.storage().delete_all().await?;
        *self.log.borrow_mut() = SqlLog::open(self.state.storage().sql(), random_id()?)?;
        Ok(())
    }

    fn broadcast(&self, down: &Down, but: Option<&WebSocket>) -> Result<()> {
        let frame = serde_json::to_string(down)?;
        for socket in self.state.get_websockets() {
            let known = socket.deserialize_attachment::<Attachment>().ok().flatten().is_some_and(|a| a.known);
            if known && but.is_none_or(|but| but.as_ref() != socket.as_ref()) {
                // A socket that is closing has missed nothing: it will say where it left off.
                let _closing = socket.send_with_str(&frame);
            }
        }
        Ok(())
    }

    /// A page without the widget: takes what was said, waits a little for the agency, and gives the whole
    /// conversation.
    async fn posted(self: &Rc<Inner>, posted: Posted) -> Result<Shown> {
        let Posted { whose, say } = posted;
        let mut fault = None;
        if let Some(up) = say {
            let Some(published) = sites::published(&self.env, &whose.site).await? else {
                return Ok(Shown { messages: Vec::new(), waiting: false, fault: Some(Fault::NoSite) });
            };
            let effects = self.hear(&published, &whose, up)?;
            fault = effects.iter().find_map(|effect| match effect {
                Effect::Send(Down::Fault { code, .. }) => Some(*code),
                _ => None,
            });
            Inner::perform(self, &whose, effects, None).await?;
        }
        let until = now() + PAGE_WAIT_MS;
        let waits = || self.log.borrow().pending().iter().any(|pending| pending.left.is_none());
        while waits() && now() < until {
            Delay::from(Duration::from_millis(100)).await;
        }
        let waiting = waits();
        let log = self.log.borrow();
        Ok(Shown { messages: log.after(0, limits::MAX_RESUME), waiting, fault })
    }
}

struct Hello {
    v: u32,
    ticket: String,
    epoch: Option<Id>,
    after: u64,
}

/// How long a ticket lasts, in seconds: as long as the conversation is kept.
pub fn ticket_life(published: &Published) -> u64 {
    u64::from(published.site.settings.retention_days) * 86_400
}

/// A frame that can't be read. Each costs a little of the socket's credit.
fn malformed(socket: &WebSocket, attachment: Attachment) -> Result<()> {
    send(socket, &Down::Fault { id: None, code: Fault::Malformed, retry_ms: None })?;
    let malformed = attachment.malformed + 1;
    if malformed >= MAX_MALFORMED {
        return socket.close(Some(NOT_OURS), Some("malformed"));
    }
    socket.serialize_attachment(Attachment { malformed, ..attachment })
}

fn send(socket: &WebSocket, down: &Down) -> Result<()> {
    socket.send_with_str(serde_json::to_string(down)?)
}
