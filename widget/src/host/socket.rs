//! The line to the edge. There is one at most; what an older one still has to say is not heard.

use super::{dispatch, random, root};
use crate::chat::Event;
use js_sys::Array;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};
use wire::{Down, Id, Up, json};

/// A socket and what listens to it; dropped together.
struct Line {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut()>,
    _received: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}

thread_local! {
    static LINE: RefCell<Option<Line>> = const { RefCell::new(None) };
    static SITE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Which site's conversations these are.
pub fn of(site: &str) {
    SITE.with_borrow_mut(|place| site.clone_into(place));
}

/// The site's address on the edge.
pub fn base() -> String {
    SITE.with_borrow(|site| [&root::edge(), "/s/", site].concat())
}

/// Opens a socket for `conversation` in place of any other.
pub fn connect(conversation: Id, ticket: &str) {
    let line = open(&url(conversation), ticket);
    let failed = line.is_none();
    // The old line goes outside of the borrow: closing may call back.
    let old = LINE.replace(line);
    drop(old);
    if failed {
        closed();
    }
}

fn url(conversation: Id) -> String {
    // `https` becomes `wss`.
    format!("{}/ws/{conversation}", base().replacen("http", "ws", 1))
}

fn open(url: &str, ticket: &str) -> Option<Line> {
    // The only header a page may choose for a socket; an address would end up in logs.
    let protocols = Array::of2(&wire::SUBPROTOCOL.into(), &ticket.into());
    let socket = WebSocket::new_with_str_sequence(url, &protocols).ok()?;
    let opened = Closure::<dyn FnMut()>::new(|| dispatch(Event::SocketOpened));
    let close = Closure::<dyn FnMut()>::new(closed);
    let received = Closure::<dyn FnMut(MessageEvent)>::new(received);
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(received.as_ref().unchecked_ref()));
    Some(Line { socket, _opened: opened, _closed: close, _received: received })
}

fn closed() {
    dispatch(Event::SocketClosed { chance: random::chance() });
}

fn received(event: MessageEvent) {
    let Some(text) = event.data().as_string() else { return };
    if text == "pong" {
        return dispatch(Event::Ponged);
    }
    // What can't be read is not for us; what it was about is missed, noticed and asked for again.
    if let Some(frame) = json::read::<Down>(&text) {
        dispatch(Event::Received(frame));
    }
}

/// Closes the socket, whatever state it is in.
pub fn disconnect() {
    drop(LINE.replace(None));
    closed();
}

/// Sends a frame.
pub fn send(up: &Up) {
    if let Some(text) = json::write(up) {
        write(&text);
    }
}

/// Sees whether the line works. The edge answers `pong` without waking the conversation.
pub fn ping() {
    write("ping");
}

fn write(text: &str) {
    // A line that can't be written to is about to say that it is closed.
    LINE.with_borrow(|line| line.as_ref().map(|line| line.socket.send_with_str(text)));
}

/// Lets go of the line, without a word.
pub fn end() {
    drop(LINE.replace(None));
}
