//! A socket's handshake: who comes in, before anything is made for him.

use super::site_context::SiteContext;
use crate::{
    platform::{response::fault_response, socket::accept_upgrade},
    rpc::{
        ObjectClass as _, ObjectRequest as _, REQUEST_HEADER,
        conversation::{ConversationKey, ConversationObject, OpenVisitorSocket, REFUSED, VisitorSession},
    },
};
use hoi_core::{crypto::ticket, limits::usage::ConnectionKind};
use wire::{Down, Fault, Id};
use worker::{Headers, Request, Response, Result, WebSocketPair};

/// Answers one, from a listed origin and with a ticket of the conversation's.
pub async fn handle(context: &SiteContext<'_>, request: Request, conversation: Id) -> Result<Response> {
    if context.allowed_origin(&request)?.is_none() {
        return fault_response(Fault::Origin, 403);
    }
    let upgrade = request.headers().get("upgrade")?.unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return fault_response(Fault::Malformed, 426);
    }
    let offered = request.headers().get("sec-websocket-protocol")?.unwrap_or_default();
    // An object that is asked for exists: so it is not asked for somebody without a ticket.
    let known = ticket::offered_ticket(&offered).and_then(|ticket| context.verify_ticket(ticket));
    let Some(known) = known.filter(|known| known.conversation == conversation) else {
        return refuse_handshake(&offered, Fault::Ticket, None);
    };
    let address = context.client_address(&request)?;
    if let Some(wait) =
        context.check_connection_quota(ConnectionKind::Full, known.begun, address.as_ref()).await?
    {
        return refuse_handshake(&offered, Fault::TooFast, Some(wait));
    }
    let visit = context.visitor_session(known, address);
    let key = visit.whose.clone();
    if known.begun {
        OpenVisitorSocket(visit).open_socket(context.env, &key).await
    } else {
        lobby_answer(&key, visit, &offered)
    }
}

/// What `edge/shim.js` makes a socket of that is brought to its conversation with its first hello. Nobody outside sees
/// this answer.
fn lobby_answer(key: &ConversationKey, visit: VisitorSession, offered: &str) -> Result<Response> {
    let headers = Headers::new();
    headers.set("x-hoi-lobby", &ConversationObject::object_name(key))?;
    headers.set(REQUEST_HEADER, &OpenVisitorSocket(visit).header_value(key)?)?;
    headers.set("x-hoi-ticket", ticket::offered_ticket(offered).unwrap_or_default())?;
    headers.set("x-hoi-protocol", wire::SUBPROTOCOL)?;
    Ok(Response::empty()?.with_headers(headers))
}

/// A socket that says why and closes: a browser tells a page nothing of a handshake that failed.
fn refuse_handshake(offered: &str, code: Fault, retry_ms: Option<u64>) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    server.accept()?;
    server.send(&Down::Fault { id: None, code, retry_ms })?;
    server.close(Some(REFUSED), Some("refused"))?;
    accept_upgrade(client, offered)
}
