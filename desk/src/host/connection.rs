//! Sockets to the edge. The session's cookie says who this is; what an older socket still has to say is not heard.

use super::{desk_now, dispatch, page::window};
use crate::desk::{Event, Place};
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
    static SOCKETS: RefCell<BTreeMap<Place, Socket>> = const { RefCell::new(BTreeMap::new()) };
}

/// Opens a connection to `place` in place of any other.
pub fn connect(place: Place) {
    hang_up(place);
    match url(place).and_then(|url| WebSocket::new(&url).ok()) {
        Some(socket) => {
            let socket = Socket::listen(socket, move |event| handle(place, event));
            drop(SOCKETS.with_borrow_mut(|all| all.insert(place, socket)));
        }
        None => closed(place, 0),
    }
}

fn handle(place: Place, event: SocketEvent) {
    match event {
        SocketEvent::Opened => dispatch(Event::Opened(place)),
        SocketEvent::Closed(event) => closed(place, event.unchecked_into::<CloseEvent>().code()),
        SocketEvent::Pong => dispatch(Event::Ponged(place)),
        SocketEvent::Frame(text) => heard(place, &text),
    }
}

fn url(place: Place) -> Option<String> {
    let origin = window()?.location().origin().ok()?;
    let site = desk_now(|desk| desk.site.clone()).unwrap_or_else(super::page::site);
    // `https` becomes `wss`.
    let base = format!("ws{}/desk/s/{site}", origin.strip_prefix("http")?);
    Some(match place {
        Place::Board => format!("{base}/board"),
        Place::Chat(id) => format!("{base}/chat/{id}"),
    })
}

/// Closes the connection, and says that it is closed.
pub fn disconnect(place: Place) {
    hang_up(place);
    closed(place, 0);
}

/// Lets go of the connection, without a word.
pub fn hang_up(place: Place) {
    // It goes outside of the borrow: closing may call back.
    drop(SOCKETS.with_borrow_mut(|all| all.remove(&place)));
}

fn closed(place: Place, code: u16) {
    dispatch(Event::Closed { place, code, chance: random::chance() });
}

/// Sends a frame to the board.
pub fn send_board(up: &BoardUp) {
    if let Ok(text) = serde_json::to_string(up) {
        write(Place::Board, &text);
    }
}

/// Sends a frame to a conversation.
pub fn send_chat(id: Id, up: &ChatUp) {
    if let Ok(text) = serde_json::to_string(up) {
        write(Place::Chat(id), &text);
    }
}

/// Sees whether the connection to `place` works.
pub fn ping(place: Place) {
    SOCKETS.with_borrow(|all| all.get(&place).map(Socket::ping));
}

fn write(place: Place, text: &str) {
    SOCKETS.with_borrow(|all| all.get(&place).map(|socket| socket.send(text)));
}

fn heard(place: Place, text: &str) {
    // What can't be read is of a newer edge; the next frame may be readable again.
    match place {
        Place::Board => {
            if let Ok(frame) = serde_json::from_str::<BoardDown>(text) {
                dispatch(Event::Board(frame));
            }
        }
        Place::Chat(id) => about_chat(id, text),
    }
}

/// What comes as it comes to the visitor has a `t`, what is for desks only an `s`.
fn about_chat(id: Id, text: &str) {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return };
    if value.get("s").is_some() {
        if let Ok(frame) = serde_json::from_value::<ChatDown>(value) {
            dispatch(Event::Chat(id, frame));
        }
    } else if let Ok(frame) = serde_json::from_value::<Down>(value) {
        dispatch(Event::Message(id, frame));
    }
}
