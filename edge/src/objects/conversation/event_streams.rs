//! Widgets that listen without a socket: the answer to a post that goes on, one event a frame.

use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use std::cell::{Cell, RefCell};

/// Most streams of one conversation: more tabs than anybody has. The oldest ends.
const MAX_STREAMS: usize = 8;

/// The open ones.
#[derive(Default)]
pub struct Streams {
    open: RefCell<Vec<(u64, UnboundedSender<String>)>>,
    count: Cell<u64>,
}

impl Streams {
    /// Tells every one of them. One that is gone is forgotten.
    pub fn broadcast(&self, frame: &str) {
        self.send_to_all(&format_event(frame));
    }

    /// Whether there is one.
    pub fn is_open(&self) -> bool {
        !self.open.borrow().is_empty()
    }

    /// Ends them all.
    pub fn close_all(&self) {
        self.open.borrow_mut().clear();
    }

    fn send_to_all(&self, text: &str) {
        self.open.borrow_mut().retain(|(_, stream)| stream.unbounded_send(text.to_owned()).is_ok());
    }

    /// Opens one: its name, and where what it is told comes out.
    pub fn open_stream(&self) -> (u64, UnboundedReceiver<String>) {
        let (sender, receiver) = unbounded();
        let name = self.count.get() + 1;
        self.count.set(name);
        let mut open = self.open.borrow_mut();
        if open.len() >= MAX_STREAMS {
            open.remove(0);
        }
        open.push((name, sender));
        (name, receiver)
    }

    /// Sends one of them `text`; `false` if it is gone.
    pub fn send(&self, name: u64, text: String) -> bool {
        let open = self.open.borrow();
        open.iter().find(|(each, _)| *each == name).is_some_and(|(_, to)| to.unbounded_send(text).is_ok())
    }

    /// Ends one of them.
    pub fn close_stream(&self, name: u64) {
        self.open.borrow_mut().retain(|(each, _)| *each != name);
    }
}

/// A frame as an event of a stream.
pub fn format_event(frame: &str) -> String {
    format!("data: {frame}\n\n")
}
