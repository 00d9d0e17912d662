//! A socket's handshake: who comes in, before anything is made for him.

use super::{
    answers::fault,
    frame::REFUSED,
    pages::{self, Guest},
    quota,
    sql_log::Whose,
};
use crate::{quota::What, ticket};
use wire::{Down, Fault, Id};
use worker::{Headers, Request, RequestInit, Response, ResponseBuilder, Result, WebSocket, WebSocketPair};

/// Answers one, from a listed origin and with a ticket of the conversation's.
pub async fn answer(guest: &Guest<'_>, request: Request, conversation: Id) -> Result<Response> {
    if guest.allowed(&request)?.is_none() {
        return fault(Fault::Origin, 403);
    }
    let upgrade = request.headers().get("upgrade")?.unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return fault(Fault::Malformed, 426);
    }
    let offered = request.headers().get("sec-websocket-protocol")?.unwrap_or_default();
    // An object that is asked for exists: so it is not asked for somebody without a ticket.
    let known = ticket::offered(&offered).and_then(|ticket| guest.opens(ticket));
    let Some(known) = known.filter(|known| known.conversation == conversation) else {
        return turned_away(&offered, Fault::Ticket, None);
    };
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    if let Some(wait) =
        quota::knock(guest.env, guest.published, What::Connection, known.begun, address.as_ref()).await?
    {
        return turned_away(&offered, Fault::TooFast, Some(wait));
    }
    let visit = guest.visit(known, address);
    let mut url = worker::Url::parse("https://conversation/socket")?;
    url.query_pairs_mut().append_pair("visit", &serde_json::to_string(&visit)?);
    if !known.begun {
        return lobby(&visit.whose, &url, &offered);
    }
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    pages::conversation(guest.env, &visit.whose)?
        .fetch_with_request(Request::new_with_init(url.as_str(), &init)?)
        .await
}

/// What `edge/shim.js` makes a socket of that is brought to its conversation with its first hello. Nobody outside sees
/// this answer.
fn lobby(whose: &Whose, url: &worker::Url, offered: &str) -> Result<Response> {
    let headers = Headers::new();
    headers.set("x-hoi-lobby", &pages::object_name(whose))?;
    headers.set("x-hoi-url", url.as_str())?;
    headers.set("x-hoi-ticket", ticket::offered(offered).unwrap_or_default())?;
    headers.set("x-hoi-protocol", wire::SUBPROTOCOL)?;
    Ok(Response::empty()?.with_headers(headers))
}

/// A socket that says why and closes: a browser tells a page nothing of a handshake that failed.
fn turned_away(offered: &str, code: Fault, retry_ms: Option<u64>) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    server.accept()?;
    server.send(&Down::Fault { id: None, code, retry_ms })?;
    server.close(Some(REFUSED), Some("refused"))?;
    upgraded(client, offered)
}

/// The answer to a handshake that came about. What was not offered must not be chosen.
pub fn upgraded(client: WebSocket, offered: &str) -> Result<Response> {
    let answer = ResponseBuilder::new().with_status(101).with_websocket(client);
    if !offered.starts_with(wire::SUBPROTOCOL) {
        return Ok(answer.empty());
    }
    Ok(answer.with_header("sec-websocket-protocol", wire::SUBPROTOCOL)?.empty())
}
