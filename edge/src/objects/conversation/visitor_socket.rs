//! A socket's frames: who it is, what it says, and what it is told.

use super::{
    alarm,
    context::ConversationContext,
    delivery, frames,
    sockets::{VisitorAttachment, send_frame},
    speaker::AtSocket,
    sql_store::SqlStore,
    welcome::{Hello, welcome_frames},
};
use crate::{
    cache::{attach_data, preload_data, sites},
    platform::{
        now,
        socket::{accept_upgrade, close_flood},
    },
    rpc::conversation::{REFUSED, VisitorSession},
};
use hoi_core::{
    conversation::{ConversationStore as _, VISITOR_CONNECTION},
    decide::Published,
    limits::frame_rate_limit::{Excess, frame_cost},
};
use std::rc::Rc;
use wire::{Down, Fault, Up, limits};
use worker::{Error, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

/// Close code for a visitor who sent too much at once (RFC 6455, 7.4.1).
const TOO_BIG: u16 = 1009;
/// Close code for frames that no widget sends (RFC 6455, 7.4.1).
const NOT_OURS: u16 = 1008;
/// So many frames that can't be read close a socket: somebody is trying things out.
const MAX_MALFORMED: u8 = 5;

/// Lets a socket in; it is known only when it has said hello.
pub fn accept(state: &State, visit: VisitorSession) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_web_socket(&server);
    server.serialize_attachment(VisitorAttachment { visit, known: false, malformed: 0, since: 0 })?;
    accept_upgrade(client, wire::SUBPROTOCOL)
}

/// A frame came.
pub async fn handle_frame(
    context: &Rc<ConversationContext>,
    socket: &WebSocket,
    message: WebSocketIncomingMessage,
) -> Result<()> {
    let refuse = |code, id| send_frame(socket, &Down::Fault { id, code, retry_ms: None });
    let Some(attachment) = socket.deserialize_attachment::<VisitorAttachment>()? else {
        return Err(Error::RustError("a socket without an attachment".into()));
    };
    let visit = attachment.visit.clone();
    let Some(published) = sites::find_published(&context.env, &visit.whose.site).await? else {
        return refuse(Fault::NoSite, None);
    };
    // Before it is read: whatever it is, a long one costs more than a short one.
    let bytes = match &message {
        WebSocketIncomingMessage::String(text) => text.len(),
        WebSocketIncomingMessage::Binary(bytes) => bytes.len(),
    };
    let limits = &published.site.settings.limits;
    let excess = context.rates.borrow_mut().take_frame(VISITOR_CONNECTION, frame_cost(bytes), limits, now());
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
        context.state.wait_until(preload_data(context.env.clone()));
        let said = Hello { v, ticket, epoch, after };
        return greet_socket(context, socket, attachment, &published, &said).await;
    }
    if !attachment.known {
        refuse(Fault::Ticket, None)?;
        return socket.close(Some(REFUSED), Some("hello first"));
    }
    if !context.is_current(&visit)? {
        send_frame(socket, &refusal_frame(context, Fault::Ticket)?)?;
        return socket.close(Some(REFUSED), Some("ticket"));
    }
    attach_data(&context.env, &published).await?;
    frames::handle_frame(context, &published, &visit, up, &AtSocket(socket)).await
}

async fn greet_socket(
    context: &Rc<ConversationContext>,
    socket: &WebSocket,
    attachment: VisitorAttachment,
    published: &Rc<Published>,
    said: &Hello,
) -> Result<()> {
    let whose = attachment.visit.whose.clone();
    let answer = match welcome_frames(context, published, &attachment.visit, said).await? {
        Ok(answer) => answer,
        Err((Fault::TooFast, wait)) => {
            slow_down(socket, wait.unwrap_or_default())?;
            return close_flood(socket);
        }
        Err((code, _)) => {
            send_frame(socket, &refusal_frame(context, code)?)?;
            return if code == Fault::Ticket { socket.close(Some(REFUSED), Some("ticket")) } else { Ok(()) };
        }
    };
    socket.serialize_attachment(VisitorAttachment { known: true, since: now(), ..attachment })?;
    answer.iter().try_for_each(|down| send_frame(socket, down))?;
    // Should the object have died since, somebody who waits is reason enough to go on at once.
    delivery::resume_deliveries(context, &whose)?;
    if context.store.read(|store| Ok(store.exists()? && store.last_seq()? == 0))? {
        // An earlier version of the edge set no end to what was begun without a message.
        let this = context.clone();
        context.state.wait_until(async move {
            if let Err(error) = alarm::schedule_alarm(&this, &whose).await {
                worker::console_error!("the conversation's end could not be set: {error}");
            }
        });
    }
    Ok(())
}

/// What somebody is told whom `code` keeps out: of a conversation that was erased, that it was.
pub fn refusal_frame(context: &ConversationContext, code: Fault) -> Result<Down> {
    let is_erased = code == Fault::Ticket && context.store.read(SqlStore::is_erased)?;
    Ok(if is_erased { Down::Erased } else { Down::Fault { id: None, code, retry_ms: None } })
}

/// Says when more is taken.
fn slow_down(socket: &WebSocket, wait: u64) -> Result<()> {
    send_frame(socket, &Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) })
}

/// A frame that can't be read. Each costs a little of the socket's credit.
fn reject_malformed(socket: &WebSocket, attachment: VisitorAttachment) -> Result<()> {
    send_frame(socket, &Down::Fault { id: None, code: Fault::Malformed, retry_ms: None })?;
    let malformed = attachment.malformed + 1;
    if malformed >= MAX_MALFORMED {
        return socket.close(Some(NOT_OURS), Some("malformed"));
    }
    socket.serialize_attachment(VisitorAttachment { malformed, ..attachment })
}
