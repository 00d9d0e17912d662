//! The line to the edge. There is one at most; what an older one still has to say is not heard.

mod socket;

use super::{dispatch, random, root};
use crate::chat::{Event, Way};
use socket::Socket;
use std::cell::{Cell, RefCell};
use wire::{Down, Id, Up, json};

thread_local! {
    static LINE: RefCell<Option<Socket>> = const { RefCell::new(None) };
    /// How many lines there have been: one that comes late is known by it.
    static COUNT: Cell<u32> = const { Cell::new(0) };
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

/// Opens a line for `conversation` in place of any other.
pub fn connect(way: Way, conversation: Id, ticket: &str) {
    end();
    let streams = match way {
        Way::Socket => return opened(socket::open(conversation, ticket)),
        Way::Stream => true,
        Way::Poll => false,
    };
    let count = COUNT.get();
    socket::post(ticket, streams, move |line| {
        if COUNT.get() == count {
            opened(line);
        }
    });
}

fn opened(line: Option<Socket>) {
    if line.is_none() {
        return closed();
    }
    LINE.set(line);
}

/// Closes the line, whatever state it is in.
pub fn disconnect() {
    end();
    closed();
}

/// Lets go of the line, without a word.
pub fn end() {
    COUNT.set(COUNT.get() + 1);
    // It goes outside of the borrow: closing may call back.
    drop(LINE.take());
}

/// Sends a frame.
pub fn send(up: &Up) {
    LINE.with_borrow(|line| line.as_ref().map(|line| line.send(up)));
}

/// Sees whether the line works.
pub fn ping() {
    LINE.with_borrow(|line| line.as_ref().map(Socket::ping));
}

fn closed() {
    dispatch(Event::Closed { chance: random::chance() });
}

fn received(text: &str) {
    // What can't be read is not for us; what it was about is missed, noticed and asked for again.
    if let Some(frame) = json::read::<Down>(text) {
        dispatch(Event::Received(frame));
    }
}
