//! The connection to the edge. There is one at most; what an older one still has to say is not heard.

use super::{dispatcher::dispatch, root, shell};
use crate::chat::{ChatEvent, Transport};
use browser::{
    random,
    socket::{Socket, SocketEvent},
};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::WebSocket;
use wire::{Down, Id, Up, json};

thread_local! {
    static SOCKET: RefCell<Option<Socket>> = const { RefCell::new(None) };
    /// How many connections there have been: one that comes late is known by it.
    static COUNT: Cell<u32> = const { Cell::new(0) };
    static SITE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Sets which site's conversations these are.
pub fn set_site(site: &str) {
    SITE.with_borrow_mut(|place| site.clone_into(place));
}

/// The site's address on the edge.
pub fn base_url() -> String {
    SITE.with_borrow(|site| [&root::edge_origin(), "/s/", site].concat())
}

/// Opens a connection for `conversation` in place of any other.
pub fn connect(transport: Transport, conversation: Id, ticket: &str) {
    drop_socket();
    let streams = match transport {
        Transport::Socket => return on_socket(open_socket(conversation, ticket)),
        Transport::Stream => true,
        Transport::Poll => false,
    };
    let count = COUNT.get();
    // What looks like a socket (`widget/parts/post_transport.js`) comes when it is first wanted; nothing, where it can't be had.
    let values = vec![[&base_url(), "/line"].concat().into(), ticket.into(), streams.into()];
    shell::call_part("post", "open", values, move |posts: JsValue| {
        if COUNT.get() == count {
            on_socket(posts.is_object().then(|| posts.unchecked_into()));
        }
    });
}

fn open_socket(conversation: Id, ticket: &str) -> Option<WebSocket> {
    // `https` becomes `wss`.
    let url = ["ws", base_url().strip_prefix("http")?, "/ws/", &conversation.to_hex()].concat();
    // The only header a page may choose for a socket; an address would end up in logs.
    let protocols: Array = Array::of2(&wire::SUBPROTOCOL.into(), &ticket.into());
    WebSocket::new_with_str_sequence(&url, &protocols).ok()
}

fn on_socket(socket: Option<WebSocket>) {
    match socket {
        Some(socket) => SOCKET.set(Some(Socket::with_handler(socket, handle_event))),
        None => report_closed(),
    }
}

fn handle_event(event: SocketEvent) {
    match event {
        SocketEvent::Opened => dispatch(ChatEvent::Opened),
        SocketEvent::Closed(_) => report_closed(),
        SocketEvent::Pong => dispatch(ChatEvent::Ponged),
        SocketEvent::Frame(text) => {
            // What can't be read is not for us; what it was about is missed, noticed and asked for again.
            if let Some(frame) = json::read_json::<Down>(&text) {
                dispatch(ChatEvent::Received(frame));
            }
        }
    }
}

/// Closes the connection, whatever state it is in.
pub fn disconnect() {
    drop_socket();
    report_closed();
}

/// Lets go of the connection, without a word.
pub fn drop_socket() {
    COUNT.set(COUNT.get() + 1);
    // It goes outside of the borrow: closing may call back.
    drop(SOCKET.take());
}

/// Sends a frame.
pub fn send(up: &Up) {
    if let Some(text) = json::write_up(up) {
        SOCKET.with_borrow(|socket| socket.as_ref().map(|socket| socket.send(&text)));
    }
}

/// Sees whether the connection works.
pub fn ping() {
    SOCKET.with_borrow(|socket| socket.as_ref().map(Socket::ping));
}

fn report_closed() {
    dispatch(ChatEvent::Closed { chance: random::uniform_u32() });
}
