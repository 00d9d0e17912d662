//! The line to the edge. There is one at most; what an older one still has to say is not heard.

mod post;
mod socket;

use super::{dispatch, random, root};
use crate::chat::{Event, Way};
use post::Post;
use socket::Socket;
use std::cell::RefCell;
use wire::{Down, Id, Up, json};

/// A line, whichever way it goes. Dropped, it is closed.
enum Line {
    Socket(Socket),
    Post(Post),
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

/// Opens a line for `conversation` in place of any other.
pub fn connect(way: Way, conversation: Id, ticket: String) {
    let line = match way {
        Way::Socket => socket::open(conversation, &ticket).map(Line::Socket),
        Way::Stream => Some(Line::Post(post::open(ticket, true))),
        Way::Poll => Some(Line::Post(post::open(ticket, false))),
    };
    let failed = line.is_none();
    // The old line goes outside of the borrow: closing may call back.
    let old = LINE.replace(line);
    drop(old);
    if failed {
        closed();
    }
}

/// Closes the line, whatever state it is in.
pub fn disconnect() {
    drop(LINE.replace(None));
    closed();
}

/// Lets go of the line, without a word.
pub fn end() {
    drop(LINE.replace(None));
}

/// Sends a frame.
pub fn send(up: &Up) {
    LINE.with_borrow(|line| match line {
        Some(Line::Socket(socket)) => socket.send(up),
        Some(Line::Post(post)) => post.send(up),
        None => {}
    });
}

/// Sees whether the line works.
pub fn ping() {
    let alive = LINE.with_borrow(|line| match line {
        Some(Line::Socket(socket)) => {
            socket.ping();
            false
        }
        Some(Line::Post(post)) => post.was_heard(),
        None => false,
    });
    if alive {
        dispatch(Event::Ponged);
    }
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
