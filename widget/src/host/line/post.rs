//! Plain HTTP, where no socket gets through: frames are posted one after the other, and an answer that goes on, or the
//! answer to each post, brings the others.

use super::{base, closed, received};
use crate::{
    chat::Event,
    host::{dispatch, root::window, timers::later},
};
use js_sys::{Object, Reflect, Uint8Array};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestInit, Response};
use wire::{Down, PublicError, Up, json};

/// A line of posts. Dropped, its requests are broken off and what they bring is not heard.
pub struct Post(Rc<State>);

struct State {
    ticket: String,
    /// Whether the first frame's answer is to go on.
    streams: Cell<bool>,
    waiting: RefCell<VecDeque<String>>,
    busy: Cell<bool>,
    over: Cell<bool>,
    /// Whether anything came since this was last asked.
    heard: Cell<bool>,
    abort: Option<AbortController>,
}

impl Drop for Post {
    fn drop(&mut self) {
        self.0.over.set(true);
        if let Some(abort) = &self.0.abort {
            abort.abort();
        }
    }
}

/// Opens a line with `ticket`; nothing is asked before the first frame.
pub fn open(ticket: String, streams: bool) -> Post {
    let state = Rc::new(State {
        ticket,
        streams: Cell::new(streams),
        waiting: RefCell::default(),
        busy: Cell::new(false),
        over: Cell::new(false),
        heard: Cell::new(false),
        abort: AbortController::new().ok(),
    });
    let opened = state.clone();
    later(0, move || {
        if !opened.over.get() {
            dispatch(Event::Opened);
        }
    });
    Post(state)
}

impl Post {
    /// Sends a frame; on a line that goes on, the first one's answer does.
    pub fn send(&self, up: &Up) {
        let Some(body) = json::post(&self.0.ticket, up) else { return };
        let state = self.0.clone();
        if state.streams.take() {
            return spawn_local(async move {
                let ended = state.listen(&body).await;
                state.ends(ended);
            });
        }
        state.waiting.borrow_mut().push_back(body);
        if !state.busy.replace(true) {
            spawn_local(async move {
                while let Some(body) = state.next() {
                    if state.speak(&body).await.is_none() {
                        return state.ends(None);
                    }
                }
                state.busy.set(false);
            });
        }
    }

    /// Whether anything came since this was last asked.
    pub fn was_heard(&self) -> bool {
        self.0.heard.take()
    }
}

impl State {
    fn next(&self) -> Option<String> {
        self.waiting.borrow_mut().pop_front()
    }

    fn ends(&self, _broken: Option<()>) {
        if !self.over.replace(true) {
            closed();
        }
    }

    fn hears(&self, text: &str) -> Option<()> {
        if self.over.get() {
            return None;
        }
        self.heard.set(true);
        received(text);
        Some(())
    }

    /// Posts `body` and hears its answer; nothing if it didn't get through.
    async fn speak(&self, body: &str) -> Option<()> {
        let response = self.post(body, "application/x-ndjson").await?;
        let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
        if response.ok() { text.lines().try_for_each(|line| self.hears(line)) } else { self.refused(&text) }
    }

    /// Posts `body` and hears its answer for as long as it goes on.
    async fn listen(&self, body: &str) -> Option<()> {
        let response = self.post(body, "text/event-stream").await?;
        if !response.ok() {
            let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
            return self.refused(&text);
        }
        let reader: ReadableStreamDefaultReader = response.body()?.get_reader().unchecked_into();
        let mut held = Vec::new();
        loop {
            let read = JsFuture::from(reader.read()).await.ok()?;
            let chunk = Reflect::get(&read, &"value".into()).ok()?.dyn_into::<Uint8Array>().ok()?;
            self.heard.set(true);
            held.extend(chunk.to_vec());
            // An event ends with an empty line; a comment is one without data.
            while let Some(end) = held.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = held.drain(..end + 2).collect();
                if let Some(data) = event.strip_prefix(b"data: ") {
                    self.hears(std::str::from_utf8(data).ok()?.trim_end())?;
                }
            }
        }
    }

    /// The edge says why it won't have us, or somebody between us does.
    fn refused(&self, text: &str) -> Option<()> {
        let PublicError { error, retry_ms } = json::read(text)?;
        if !self.over.get() {
            dispatch(Event::Received(Down::Fault { id: None, code: error, retry_ms }));
        }
        // What the chat makes of it comes first; then the line is over in any case.
        None
    }

    async fn post(&self, body: &str, accept: &str) -> Option<Response> {
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_body(&body.into());
        let headers = Object::new();
        Reflect::set(&headers, &"accept".into(), &accept.into()).ok()?;
        request.set_headers(&headers);
        request.set_signal(self.abort.as_ref().map(AbortController::signal).as_ref());
        let url = format!("{}/line", base());
        let answer = JsFuture::from(window()?.fetch_with_str_and_init(&url, &request)).await.ok()?;
        answer.dyn_into().ok()
    }
}
