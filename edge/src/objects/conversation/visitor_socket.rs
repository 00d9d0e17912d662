//! A socket's frames: who it is, what it says, and what it is told.

use super::{
    admission, alarm,
    context::Inner,
    execute::{AtSocket, Nobody, execute_effects},
    push_delivery,
    sql_store::{SqlStore, Whose},
};
use crate::{
    cache::{attach_data, preload_data, sites},
    platform::{
        config::read_binding,
        now, now_seconds,
        socket::{accept_upgrade, close_flood, is_open},
    },
    rpc::conversation::{REFUSED, VisitorSession as Visit, ticket_life},
};
use hoi_core::{
    conversation::{ConversationStore as _, VISITOR_LINE, handle_hello, withdraw_place},
    crypto::conversation_token::{self, Ticket},
    decide::Published,
    limits::rate_limit::{Excess, frame_cost},
    time::Seconds,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wire::{Down, Fault, Id, Up, limits};
use worker::{Error, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

/// Close code for a visitor who sent too much at once (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;
/// Close code for frames that no widget sends (RFC 6455, 7.4.1).
const NOT_OURS: u16 = 1008;
/// So many frames that can't be read close a socket: somebody is trying things out.
const MAX_MALFORMED: u8 = 5;
/// A ticket with less than this share of its life left is renewed: one part in two.
const RENEW: u64 = 2;

/// What a socket carries through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VisitorAttachment {
    pub visit: Visit,
    /// Whether its hello was good.
    pub known: bool,
    /// How many frames of it could not be read.
    pub malformed: u8,
    /// When it last said hello, in milliseconds since 1970.
    #[serde(default)]
    pub since: u64,
}

/// Why a hello is not taken, and how long to wait, in milliseconds, if waiting helps.
pub type HelloRefusal = (Fault, Option<u64>);

/// A visitor's first words.
pub struct Hello {
    /// The protocol it speaks.
    pub v: u32,
    /// What opens the conversation.
    pub ticket: String,
    /// The epoch it knows.
    pub epoch: Option<Id>,
    /// How far it has everything.
    pub after: u64,
}

/// Lets a socket in; it is known only when it has said hello.
pub fn accept(state: &State, visit: Visit) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_web_socket(&server);
    server.serialize_attachment(VisitorAttachment { visit, known: false, malformed: 0, since: 0 })?;
    accept_upgrade(client, wire::SUBPROTOCOL)
}

/// A frame came.
pub async fn handle_frame(
    this: &Rc<Inner>,
    socket: &WebSocket,
    message: WebSocketIncomingMessage,
) -> Result<()> {
    let refuse = |code, id| send(socket, &Down::Fault { id, code, retry_ms: None });
    let Some(attachment) = socket.deserialize_attachment::<VisitorAttachment>()? else {
        return Err(Error::RustError("a socket without an attachment".into()));
    };
    let visit = attachment.visit.clone();
    let Some(published) = sites::find_published(&this.env, &visit.whose.site).await? else {
        return refuse(Fault::NoSite, None);
    };
    // Before it is read: whatever it is, a long one costs more than a short one.
    let bytes = match &message {
        WebSocketIncomingMessage::String(text) => text.len(),
        WebSocketIncomingMessage::Binary(bytes) => bytes.len(),
    };
    let limits = &published.site.settings.limits;
    let excess = this.rates.borrow_mut().take_frame(VISITOR_LINE, frame_cost(bytes), limits, now());
    match excess {
        Ok(()) => {}
        Err(Excess::Tell(wait)) => return slow_down(socket, wait),
        Err(Excess::Drop) => return Ok(()),
        Err(Excess::Close(wait)) => {
            slow_down(socket, wait)?;
            return close_flood(socket);
        }
    }
    let WebSocketIncomingMessage::String(text) = message else { return reject_malformed(socket, attachment) };
    if text.len() > limits::MAX_UP_BYTES {
        refuse(Fault::TooLong, None)?;
        return socket.close(Some(TOO_BIG), Some("too long"));
    }
    let up = serde_json::from_str::<Up>(&text).ok().filter(|up| *up != Up::Unknown);
    let Some(up) = up else { return reject_malformed(socket, attachment) };
    if let Up::Hello { v, ticket, epoch, after, .. } = up {
        this.state.wait_until(preload_data(this.env.clone()));
        let said = Hello { v, ticket, epoch, after };
        return greet_socket(this, socket, attachment, &published, &said).await;
    }
    if !attachment.known {
        refuse(Fault::Ticket, None)?;
        return socket.close(Some(REFUSED), Some("hello first"));
    }
    if !this.is_current(&visit)? {
        send(socket, &turned_away(this, Fault::Ticket)?)?;
        return socket.close(Some(REFUSED), Some("ticket"));
    }
    attach_data(&this.env, &published).await?;
    Inner::handle_frame(this, &published, &visit, up, &AtSocket(socket)).await
}

async fn greet_socket(
    this: &Rc<Inner>,
    socket: &WebSocket,
    attachment: VisitorAttachment,
    published: &Rc<Published>,
    said: &Hello,
) -> Result<()> {
    let whose = attachment.visit.whose.clone();
    let answer = match welcome_frames(this, published, &attachment.visit, said).await? {
        Ok(answer) => answer,
        Err((Fault::TooFast, wait)) => {
            slow_down(socket, wait.unwrap_or_default())?;
            return close_flood(socket);
        }
        Err((code, _)) => {
            send(socket, &turned_away(this, code)?)?;
            return if code == Fault::Ticket { socket.close(Some(REFUSED), Some("ticket")) } else { Ok(()) };
        }
    };
    socket.serialize_attachment(VisitorAttachment { known: true, since: now(), ..attachment })?;
    answer.iter().try_for_each(|down| send(socket, down))?;
    // Should the object have died since, somebody who waits is reason enough to go on at once.
    alarm::resume_deliveries(this, &whose)?;
    if this.store.read(|store| Ok(store.exists()? && store.last_seq()? == 0))? {
        // An earlier version of the edge set no end to what was begun without a message.
        let inner = this.clone();
        this.state.wait_until(async move {
            if let Err(error) = alarm::set(&inner, &whose).await {
                worker::console_error!("the conversation's end could not be set: {error}");
            }
        });
    }
    Ok(())
}

/// What somebody who says hello is told.
///
/// # Errors
/// [`Fault::Ticket`] for a ticket that doesn't open, [`Fault::Version`] for a widget too old; [`Fault::TooFast`], and how
/// long to wait in milliseconds, for one that has had the same sent again and again.
pub async fn welcome_frames(
    inner: &Rc<Inner>,
    published: &Rc<Published>,
    visit: &Visit,
    said: &Hello,
) -> Result<std::result::Result<Vec<Down>, HelloRefusal>> {
    let site = &visit.whose.site;
    let secret = read_binding(&inner.env, "HOI_SECRET").unwrap_or_default();
    let seconds = now_seconds();
    let ticket = conversation_token::verify_token(secret.as_bytes(), site, &said.ticket, seconds);
    let ticket = ticket.filter(|ticket| ticket.conversation == visit.whose.conversation);
    let generation = inner.generation()?;
    let Some(ticket) = ticket.filter(|ticket| ticket.generation >= generation) else {
        return Ok(Err((Fault::Ticket, None)));
    };
    if said.v > wire::VERSION {
        return Ok(Err((Fault::Version, None)));
    }
    inner.look_into(published, visit)?;
    let (epoch, last, begun) =
        inner.store.read(|store| Ok((store.epoch()?, store.last_seq()?, store.exists()?)))?;
    let missing = if said.epoch == Some(epoch) { last.saturating_sub(said.after) } else { last } + 1;
    let limits = &published.site.settings.limits;
    let resent = inner.rates.borrow_mut().take_resends(VISITOR_LINE, missing, limits, now());
    let resent = resent.and_then(|()| admission::charge_resend(published, visit, missing));
    if let Err(wait) = resent {
        return Ok(Err((Fault::TooFast, Some(wait))));
    }
    let life = ticket_life(published);
    let old = ticket.expires.saturating_sub(seconds) < Seconds(life.0 / RENEW) || begun != ticket.begun;
    let fresh = old.then(|| {
        conversation_token::sign_token(
            secret.as_bytes(),
            site,
            Ticket { expires: seconds + life, begun, ..ticket },
        )
    });
    push_delivery::record_page_open(inner);
    still_true(inner, published, &visit.whose).await;
    let told = inner.store.read(|store| handle_hello(store, published, said.epoch, said.after, fresh))?;
    Ok(Ok(told))
}

/// What somebody is told whom `code` keeps out: of a conversation that was erased, that it was.
pub fn turned_away(inner: &Inner, code: Fault) -> Result<Down> {
    let is_erased = code == Fault::Ticket && inner.store.read(SqlStore::is_erased)?;
    Ok(if is_erased { Down::Erased } else { Down::Fault { id: None, code, retry_ms: None } })
}

/// Takes back what the visitor was told of a person coming, if the agency has closed since.
async fn still_true(inner: &Rc<Inner>, published: &Published, whose: &Whose) {
    let told = match inner.store.transact(|store| withdraw_place(store, published, now())) {
        Ok(effects) => execute_effects(inner, whose, effects, &Nobody).await,
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        worker::console_error!("a place in the queue could not be taken back: {error}");
    }
}

/// Says when more is taken.
fn slow_down(socket: &WebSocket, wait: u64) -> Result<()> {
    send(socket, &Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) })
}

/// A frame that can't be read. Each costs a little of the socket's credit.
fn reject_malformed(socket: &WebSocket, attachment: VisitorAttachment) -> Result<()> {
    send(socket, &Down::Fault { id: None, code: Fault::Malformed, retry_ms: None })?;
    let malformed = attachment.malformed + 1;
    if malformed >= MAX_MALFORMED {
        return socket.close(Some(NOT_OURS), Some("malformed"));
    }
    socket.serialize_attachment(VisitorAttachment { malformed, ..attachment })
}

/// Whether a socket is a visitor's who has said a good hello.
pub fn is_known(socket: &WebSocket) -> bool {
    socket
        .deserialize_attachment::<VisitorAttachment>()
        .ok()
        .flatten()
        .is_some_and(|attachment| attachment.known)
}

/// Sends a frame; nothing to a line that was closed meanwhile: of frames that came side by side one may have closed it.
pub fn send(socket: &WebSocket, down: &Down) -> Result<()> {
    if !is_open(socket) {
        return Ok(());
    }
    socket.send_with_str(serde_json::to_string(down)?)
}
