//! A WebSocket, or what looks like one.

use crate::callback::js_callback;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, WebSocket};

/// A socket that is open or about to be. Dropped, it is closed and not heard any more.
pub struct Socket(WebSocket);

/// What a socket tells.
pub enum SocketEvent {
    /// It is open.
    Opened,
    /// It is closed, or could not be opened: the browser's own event.
    Closed(JsValue),
    /// The answer to a ping.
    Pong,
    /// A frame.
    Frame(String),
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.0.set_onopen(None);
        self.0.set_onclose(None);
        self.0.set_onmessage(None);
        let _ = self.0.close();
    }
}

impl Socket {
    /// Has `handle` told of everything that comes through `socket`.
    pub fn with_handler(socket: WebSocket, handle: impl Fn(SocketEvent) + Copy + 'static) -> Socket {
        let opened = js_callback(Box::new(move |_| handle(SocketEvent::Opened)));
        let closed = js_callback(Box::new(move |event| handle(SocketEvent::Closed(event))));
        let message = js_callback(Box::new(move |event| {
            if let Some(text) = event.unchecked_ref::<MessageEvent>().data().as_string() {
                handle(if text == "pong" { SocketEvent::Pong } else { SocketEvent::Frame(text) });
            }
        }));
        socket.set_onopen(Some(opened.unchecked_ref()));
        socket.set_onclose(Some(closed.unchecked_ref()));
        socket.set_onmessage(Some(message.unchecked_ref()));
        Socket(socket)
    }

    /// Sends a frame.
    pub fn send(&self, text: &str) {
        // A socket that can't be written to is about to say that it is closed.
        let _ = self.0.send_with_str(text);
    }

    /// Has the edge answer `pong`, which wakes no conversation.
    pub fn ping(&self) {
        self.send("ping");
    }
}
