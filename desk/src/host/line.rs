//! Sockets to the edge. The session's cookie says who this is; what an older socket still has to say is not heard.

use super::{desk_now, dispatch, page::window, random};
use crate::desk::{Event, Place};
use std::{cell::RefCell, collections::BTreeMap};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};
use wire::{
    Down, Id,
    desk::{BoardDown, BoardUp, ChatDown, ChatUp},
};

thread_local! {
    static SOCKETS: RefCell<BTreeMap<Place, Socket>> = const { RefCell::new(BTreeMap::new()) };
}

/// A socket that is open or about to be. Dropped, it is closed and not heard any more.
struct Socket {
    socket: WebSocket,
    _opened: Closure<dyn FnMut()>,
    _closed: Closure<dyn FnMut(CloseEvent)>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _ = self.socket.close();
    }
}

/// Opens a line to `place` in place of any other.
pub fn connect(place: Place) {
    hang_up(place);
    match url(place).and_then(|url| WebSocket::new(&url).ok()) {
        Some(socket) => drop(SOCKETS.with_borrow_mut(|all| all.insert(place, listening(place, socket)))),
        None => closed(place, 0),
    }
}

fn listening(place: Place, socket: WebSocket) -> Socket {
    let opened = Closure::new(move || dispatch(Event::Opened(place)));
    let close = Closure::new(move |event: CloseEvent| closed(place, event.code()));
    let heard = Closure::new(move |event: MessageEvent| heard(place, &event));
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    Socket { socket, _opened: opened, _closed: close, _heard: heard }
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

/// Closes the line, and says that it is closed.
pub fn disconnect(place: Place) {
    hang_up(place);
    closed(place, 0);
}

/// Lets go of the line, without a word.
pub fn hang_up(place: Place) {
    // It goes outside of the borrow: closing may call back.
    let gone = SOCKETS.with_borrow_mut(|all| all.remove(&place));
    if let Some(gone) = gone {
        // Its own handler may be what is running: it must outlive this call.
        super::timers::later(0, move || drop(gone));
    }
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

/// The edge answers `pong` without waking anybody.
pub fn ping(place: Place) {
    write(place, "ping");
}

fn write(place: Place, text: &str) {
    // A line that can't be written to is about to say that it is closed.
    SOCKETS.with_borrow(|all| all.get(&place).map(|socket| socket.socket.send_with_str(text)));
}

fn heard(place: Place, event: &MessageEvent) {
    let Some(text) = event.data().as_string() else { return };
    if text == "pong" {
        return dispatch(Event::Ponged(place));
    }
    // What can't be read is of a newer edge; the next frame may be readable again.
    match place {
        Place::Board => {
            if let Ok(frame) = serde_json::from_str::<BoardDown>(&text) {
                dispatch(Event::Board(frame));
            }
        }
        Place::Chat(id) => about_chat(id, &text),
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
