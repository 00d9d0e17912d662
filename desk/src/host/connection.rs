//! Sockets to the edge. The session's cookie says who this is; what an older socket still has to say is not heard.

use super::{
    page::{desk_path, window},
    shell::dispatch,
};
use crate::desk::{ConnectionTarget, DeskEvent};
use browser::{
    random,
    socket::{Socket, SocketEvent},
};
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::JsCast;
use web_sys::{CloseEvent, WebSocket};
use wire::{
    Down, Id,
    desk::{BoardDown, BoardUp, ChatDown, ChatUp},
};

thread_local! {
    static SOCKETS: RefCell<BTreeMap<ConnectionTarget, Socket>> = const { RefCell::new(BTreeMap::new()) };
}

/// Opens a connection to `place` in place of any other.
pub fn connect(place: ConnectionTarget) {
    hang_up(place);
    match socket_url(place).and_then(|url| WebSocket::new(&url).ok()) {
        Some(socket) => {
            let socket = Socket::with_handler(socket, move |event| handle_event(place, event));
            drop(SOCKETS.with_borrow_mut(|all| all.insert(place, socket)));
        }
        None => dispatch_closed(place, 0),
    }
}

fn handle_event(place: ConnectionTarget, event: SocketEvent) {
    match event {
        SocketEvent::Opened => dispatch(DeskEvent::Opened(place)),
        SocketEvent::Closed(event) => dispatch_closed(place, event.unchecked_into::<CloseEvent>().code()),
        SocketEvent::Pong => dispatch(DeskEvent::Ponged(place)),
        SocketEvent::Frame(text) => read_frame(place, &text),
    }
}

fn socket_url(place: ConnectionTarget) -> Option<String> {
    let origin = window()?.location().origin().ok()?;
    // `https` becomes `wss`.
    let base = format!("ws{}{}", origin.strip_prefix("http")?, desk_path());
    Some(match place {
        ConnectionTarget::Board => format!("{base}/board"),
        ConnectionTarget::Chat(id) => format!("{base}/chat/{id}"),
    })
}

/// Closes the connection, and says that it is closed.
pub fn disconnect(place: ConnectionTarget) {
    hang_up(place);
    dispatch_closed(place, 0);
}

/// Lets go of the connection, without a word.
pub fn hang_up(place: ConnectionTarget) {
    // It goes outside of the borrow: closing may call back.
    drop(SOCKETS.with_borrow_mut(|all| all.remove(&place)));
}

fn dispatch_closed(place: ConnectionTarget, code: u16) {
    dispatch(DeskEvent::Closed { place, code, chance: random::uniform_u32() });
}

/// Sends a frame to the board.
pub fn send_board(up: &BoardUp) {
    if let Ok(text) = serde_json::to_string(up) {
        send_text(ConnectionTarget::Board, &text);
    }
}

/// Sends a frame to a conversation.
pub fn send_chat(id: Id, up: &ChatUp) {
    if let Ok(text) = serde_json::to_string(up) {
        send_text(ConnectionTarget::Chat(id), &text);
    }
}

/// Sees whether the connection to `place` works.
pub fn ping(place: ConnectionTarget) {
    SOCKETS.with_borrow(|all| all.get(&place).map(Socket::ping));
}

fn send_text(place: ConnectionTarget, text: &str) {
    SOCKETS.with_borrow(|all| all.get(&place).map(|socket| socket.send(text)));
}

fn read_frame(place: ConnectionTarget, text: &str) {
    // What can't be read is of a newer edge; the next frame may be readable again.
    match place {
        ConnectionTarget::Board => {
            if let Ok(frame) = serde_json::from_str::<BoardDown>(text) {
                dispatch(DeskEvent::Board(frame));
            }
        }
        ConnectionTarget::Chat(id) => read_chat_frame(id, text),
    }
}

/// What comes as it comes to the visitor has a `t`, what is for desks only an `s`.
fn read_chat_frame(id: Id, text: &str) {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return };
    if value.get("s").is_some() {
        if let Ok(frame) = serde_json::from_value::<ChatDown>(value) {
            dispatch(DeskEvent::Chat(id, frame));
        }
    } else if let Ok(frame) = serde_json::from_value::<Down>(value) {
        dispatch(DeskEvent::Message(id, frame));
    }
}
