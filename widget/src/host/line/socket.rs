//! A WebSocket, or what looks like one.

use super::{base, closed, received};
use crate::{
    chat::Event,
    host::{dispatch, shell},
};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, WebSocket};
use wire::{Id, Up, json};

/// A line that is open or about to be. Dropped, it is closed and not heard any more.
pub struct Socket(WebSocket);

impl Drop for Socket {
    fn drop(&mut self) {
        self.0.set_onopen(None);
        self.0.set_onclose(None);
        self.0.set_onmessage(None);
        let _ = self.0.close();
    }
}

impl Socket {
    /// Listens to `socket`.
    pub fn on(socket: WebSocket) -> Socket {
        let opened = shell::always(Box::new(|_| dispatch(Event::Opened)));
        let close = shell::always(Box::new(|_| closed()));
        let heard = shell::always(Box::new(|event| heard(event.unchecked_ref())));
        socket.set_onopen(Some(opened.unchecked_ref()));
        socket.set_onclose(Some(close.unchecked_ref()));
        socket.set_onmessage(Some(heard.unchecked_ref()));
        Socket(socket)
    }

    /// Sends a frame.
    pub fn send(&self, up: &Up) {
        if let Some(text) = json::write(up) {
            self.write(&text);
        }
    }

    /// The edge answers `pong` without waking the conversation.
    pub fn ping(&self) {
        self.write("ping");
    }

    fn write(&self, text: &str) {
        // A line that can't be written to is about to say that it is closed.
        let _ = self.0.send_with_str(text);
    }
}

/// Opens a socket for `conversation`.
pub fn open(conversation: Id, ticket: &str) -> Option<Socket> {
    // The only header a page may choose for a socket; an address would end up in logs.
    let protocols: Array = Array::of2(&wire::SUBPROTOCOL.into(), &ticket.into());
    WebSocket::new_with_str_sequence(&url(conversation), &protocols).ok().map(Socket::on)
}

/// A line of posts (`widget/parts/line.js`), which comes when it is first wanted; nothing, where it can't be had.
pub fn post(ticket: &str, streams: bool, opened: impl FnOnce(Option<Socket>) + 'static) {
    let url = [&base(), "/line"].concat();
    let values = vec![url.into(), ticket.into(), streams.into()];
    shell::part("line", "open", values, |line: JsValue| {
        opened(line.is_object().then(|| Socket::on(line.unchecked_into())));
    });
}

fn url(conversation: Id) -> String {
    // `https` becomes `wss`.
    ["ws", base().strip_prefix("http").unwrap_or_default(), "/ws/", &conversation.hex()].concat()
}

fn heard(event: &MessageEvent) {
    let Some(text) = event.data().as_string() else { return };
    if text == "pong" {
        return dispatch(Event::Ponged);
    }
    received(&text);
}
