//! WebSockets at the edge's end.

use worker::{Response, ResponseBuilder, Result, WebSocket, js_sys::Reflect};

/// Close code for a line that sends more than any widget or desk does, for longer than a moment.
const TOO_FAST: u16 = 4429;
/// Close code with which the worker lets go of a line whose far end is gone without a word.
pub const GONE: u16 = 4006;
/// Close code for something of ours (RFC 6455, 7.4.1); the far end comes again.
pub const INTERNAL: u16 = 1011;

/// Whether `socket` is open. What was on its way when it was closed here comes in all the same, and need not be heard.
pub fn is_open(socket: &WebSocket) -> bool {
    /// `WebSocket.OPEN`.
    const OPEN: f64 = 1.0;
    let state = Reflect::get(socket.as_ref(), &"readyState".into()).ok().and_then(|state| state.as_f64());
    // Where it can't be told, sending will.
    state.is_none_or(|state| state == OPEN)
}

/// Answers a handshake that came about. What was not `offered` must not be chosen.
pub fn accept_upgrade(client: WebSocket, offered: &str) -> Result<Response> {
    let answer = ResponseBuilder::new().with_status(101).with_websocket(client);
    if !offered.starts_with(wire::SUBPROTOCOL) {
        return Ok(answer.empty());
    }
    Ok(answer.with_header("sec-websocket-protocol", wire::SUBPROTOCOL)?.empty())
}

/// Closes a line that sends too much.
pub fn close_flood(socket: &WebSocket) -> Result<()> {
    socket.close(Some(TOO_FAST), Some("too fast"))
}
