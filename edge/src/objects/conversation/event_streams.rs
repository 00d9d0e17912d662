//! Widgets that listen without a socket: the answer to a post that goes on, one event a frame.

use super::context::Inner;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::StreamExt as _;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wire::limits::STREAM_SILENCE_MS;
use worker::{Delay, Error, Headers, Response, Result};

/// Most streams of one conversation: more tabs than anybody has. The oldest ends.
const MAX_STREAMS: usize = 8;
/// A stream ends after so many silences; the widget opens the next one and goes on. Whoever is gone without a word
/// doesn't keep the object from sleeping for longer.
const MAX_SILENCES: u32 = 40;
/// Bytes of nothing that come first: some proxies pass an answer on only when they hold that much of it.
const PADDING: usize = 2048;

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

    fn open_stream(&self) -> (u64, UnboundedReceiver<String>) {
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
    fn send(&self, name: u64, text: String) -> bool {
        let open = self.open.borrow();
        open.iter().find(|(each, _)| *each == name).is_some_and(|(_, to)| to.unbounded_send(text).is_ok())
    }

    fn close_stream(&self, name: u64) {
        self.open.borrow_mut().retain(|(each, _)| *each != name);
    }
}

/// An answer that begins with `frames` and goes on with whatever is told to everybody.
pub fn stream_response(inner: &Rc<Inner>, frames: &[String]) -> Result<Response> {
    let (name, receiver) = inner.streams.open_stream();
    inner.streams.send(name, format!(":{}\n\n", " ".repeat(PADDING)));
    for frame in frames {
        inner.streams.send(name, format_event(frame));
    }
    let this = inner.clone();
    inner.state.wait_until(async move {
        for _ in 0..MAX_SILENCES {
            Delay::from(Duration::from_millis(STREAM_SILENCE_MS)).await;
            if !this.streams.send(name, ":\n\n".to_owned()) {
                break;
            }
        }
        this.streams.close_stream(name);
    });
    let headers = Headers::new();
    headers.set("content-type", "text/event-stream; charset=utf-8")?;
    headers.set("cache-control", "no-store, no-transform")?;
    headers.set("x-content-type-options", "nosniff")?;
    // nginx passes it on as it comes then.
    headers.set("x-accel-buffering", "no")?;
    let body = receiver.map(|text| Ok::<_, Error>(text.into_bytes()));
    Ok(Response::from_stream(body)?.with_headers(headers))
}

fn format_event(frame: &str) -> String {
    format!("data: {frame}\n\n")
}
