//! A WebSocket.

use super::{base, closed, received};
use crate::{chat::Event, host::dispatch};
use js_sys::Array;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};
use wire::{Id, Up, json};

/// A socket and what listens to it; dropped together.
pub struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut()>,
    _received: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}

impl Socket {
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
        let _ = self.socket.send_with_str(text);
    }
}

/// Opens a socket for `conversation`.
pub fn open(conversation: Id, ticket: &str) -> Option<Socket> {
    // The only header a page may choose for a socket; an address would end up in logs.
    let protocols = Array::of2(&wire::SUBPROTOCOL.into(), &ticket.into());
    let socket = WebSocket::new_with_str_sequence(&url(conversation), &protocols).ok()?;
    let opened = Closure::<dyn FnMut()>::new(|| dispatch(Event::Opened));
    let close = Closure::<dyn FnMut()>::new(closed);
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(heard);
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    Some(Socket { socket, _opened: opened, _closed: close, _received: heard })
}

fn url(conversation: Id) -> String {
    // `https` becomes `wss`.
    format!("ws{}/ws/{conversation}", base().strip_prefix("http").unwrap_or_default())
}

fn heard(event: MessageEvent) {
    let Some(text) = event.data().as_string() else { return };
    if text == "pong" {
        return dispatch(Event::Ponged);
    }
    received(&text);
}
