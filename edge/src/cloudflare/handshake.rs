//! How a socket begins.

use super::frame::REFUSED;
use wire::{Down, Fault};
use worker::{Response, ResponseBuilder, Result, WebSocket, WebSocketPair};

/// A socket that says why and closes: a browser tells a page nothing of a handshake that failed.
pub fn turned_away(offered: &str, code: Fault, retry_ms: Option<u64>) -> Result<Response> {
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
