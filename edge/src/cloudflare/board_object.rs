//! The Board object, one a site: which conversations people are wanted in, who is at the desk, what was done there.
//! What is said in a conversation never comes here; questions that were not answered do, without personal data.

use super::{
    board_rows::{Rows, is_going},
    board_socket::{self, BoardVisit},
    config::{lock, text},
    confirmed::{Expelled, Held},
    drill,
    erasing::AtBoard,
    pages::tell,
    platform::{is_open, now},
    sites,
    sql_log::Whose,
};
use crate::{
    desk::{Asked, Done, End, Keys, Placed, Told, places, usual_wait_minutes},
    rate_limit::RateLimits,
    sealed::Lock,
    staff::session::LIFE_MS,
};
use serde::Serialize;
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    panic::AssertUnwindSafe,
    rc::Rc,
    time::Duration,
};
use wire::{
    Id,
    desk::{Act, BoardDown, Chat, SIGNED_OUT, Stage},
};
use worker::{
    DurableObject, Env, Error, Method, Request, RequestInit, Response, Result, State, WebSocket,
    WebSocketIncomingMessage, durable_object,
};

/// So many of those who wait are told of a new place at once; the others with the next change.
const TOLD_AT_ONCE: usize = 50;

/// How often it is looked for what is past its time.
const LOOK: Duration = Duration::from_secs(6 * 3_600);

/// A site's board.
#[durable_object]
pub struct Board {
    inner: AssertUnwindSafe<Rc<Inner>>,
}

/// What the object and what it has going on share.
pub struct Inner {
    pub state: State,
    pub env: Env,
    /// Whose board it is, once somebody has come.
    pub site: RefCell<String>,
    rows: RefCell<Option<Rows>>,
    /// What those who wait were last told.
    placed: RefCell<BTreeMap<Id, Placed>>,
    /// What desks may still send here.
    pub rates: RefCell<RateLimits>,
    /// Frames for desks whose session is being looked at.
    pub held: Held,
}

/// Asks the board of `site`.
pub async fn board<T: Serialize>(env: &Env, site: &str, path: &str, body: &T) -> Result<Response> {
    let stub = env.durable_object("BOARD")?.get_by_name(site)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(body)?.into()));
    let answer = stub
        .fetch_with_request(Request::new_with_init(&format!("https://board/{site}/{path}"), &init)?)
        .await?;
    match answer.status_code() {
        200 => Ok(answer),
        other => Err(Error::RustError(format!("the board answers {other}"))),
    }
}

impl DurableObject for Board {
    fn new(state: State, env: Env) -> Self {
        // A desk's pings are answered without waking the board.
        if let Ok(ping) = worker::worker_sys::WebSocketRequestResponsePair::new("ping", "pong") {
            state.set_websocket_auto_response(&ping);
        }
        let (site, rows, placed) = (RefCell::default(), RefCell::default(), RefCell::default());
        let (rates, held) = (RefCell::default(), Held::default());
        let inner = Inner { state, env, site, rows, placed, rates, held };
        Board { inner: AssertUnwindSafe(Rc::new(inner)) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        drill::here(&self.inner.env, "board");
        let inner = &self.inner;
        let url = request.url()?;
        let mut parts = url.path_segments().into_iter().flatten();
        inner.site.replace(parts.next().unwrap_or_default().to_owned());
        match parts.next().unwrap_or_default() {
            "socket" => {
                let visit = url.query_pairs().find(|(key, _)| key == "visit").map(|(_, json)| json);
                let visit: BoardVisit = serde_json::from_str(&visit.unwrap_or_default())?;
                board_socket::accept(inner, visit)
            }
            "told" => {
                let placed = inner.told(request.json().await?)?;
                inner.look_again().await?;
                Response::from_json(&placed)
            }
            "gone" => {
                let id: Id = request.json().await?;
                inner.with(|rows| rows.remove(id))?;
                inner.look_again().await?;
                inner.show(&BoardDown::Gone { id })?;
                inner.replace(None)?;
                Response::from_json(&())
            }
            "erased" => {
                let AtBoard { id, tag, done } = request.json().await?;
                inner.with(|rows| rows.erase(id, &tag))?;
                // Told again because nobody heard that it was written.
                let act = match inner.with(|rows| rows.known(&done))? {
                    Some(act) => act,
                    None => inner.act_one(done)?,
                };
                inner.look_again().await?;
                inner.show(&BoardDown::Gone { id })?;
                inner.replace(None)?;
                Response::from_json(&act)
            }
            "listed" => Response::from_json(&inner.with(Rows::listed)?),
            "forget" => Response::from_json(&inner.forget(request.json().await?).await?),
            "wonder" => {
                let (asked, lock): (Asked, _) = (request.json().await?, inner.lock());
                inner.with(|rows| rows.wonder(asked, &lock))?;
                inner.look_again().await?;
                Response::from_json(&())
            }
            "expel" => {
                let out: Expelled = request.json().await?;
                board_socket::expel(inner, &out)?;
                // What it has open it has opened in this session; the board may not have heard of all of that yet.
                let opened = inner.with(|rows| rows.opened(&out.name, now().saturating_sub(LIFE_MS)))?;
                let going = inner.chats()?.into_iter().filter(is_going).map(|chat| chat.id);
                for conversation in opened.into_iter().chain(going).collect::<BTreeSet<Id>>() {
                    let whose = Whose { site: inner.site.borrow().clone(), conversation };
                    tell(&inner.env, &whose, "expel", &out).await?;
                }
                Response::from_json(&())
            }
            "done" => {
                let done: Done = request.json().await?;
                Response::from_json(&inner.act_one(done)?)
            }
            "learned" => {
                let lock = inner.lock();
                Response::from_json(&inner.with(|rows| rows.learned(&lock))?)
            }
            "trail" => {
                let before: u64 = request.json().await?;
                Response::from_json(&inner.trail(before).await?)
            }
            _ => Response::error("", 404),
        }
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        if !is_open(&socket) {
            return Ok(());
        }
        board_socket::heard(&self.inner, &socket, message).await.or_else(|error| {
            worker::console_error!("a desk's frame could not be handled: {error}");
            socket.close(Some(1011), Some("internal"))
        })
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        _code: usize,
        _why: String,
        _clean: bool,
    ) -> Result<()> {
        let _gone = socket.close(Some(1000), Some(""));
        board_socket::left(&self.inner, &socket)
    }

    async fn alarm(&self) -> Result<Response> {
        drill::here(&self.inner.env, "board_alarm");
        self.inner.with(Rows::wipe)?;
        let left = self.inner.with(Rows::forget)?;
        self.inner.set_alarm(left).await?;
        Response::empty()
    }

    async fn websocket_error(&self, socket: WebSocket, _error: Error) -> Result<()> {
        board_socket::left(&self.inner, &socket)
    }
}

impl Inner {
    /// What seals questions.
    pub fn lock(&self) -> Lock {
        lock(&self.env, &self.site.borrow())
    }

    /// The tables, opened once.
    pub fn with<T>(&self, act: impl FnOnce(&Rows) -> Result<T>) -> Result<T> {
        let mut rows = self.rows.borrow_mut();
        let rows = match rows.as_mut() {
            Some(rows) => rows,
            None => rows.insert(Rows::open(self.state.storage().sql())?),
        };
        act(rows)
    }

    /// What tags of this site's trail are made with.
    fn keys(&self) -> Keys {
        let secret = text(&self.env, "HOI_SECRET").unwrap_or_default();
        let before = text(&self.env, "HOI_SECRET_BEFORE");
        Keys::new(&self.site.borrow(), secret.as_bytes(), before.as_ref().map(|before| before.as_bytes()))
    }

    /// One thing was done: the act.
    fn act_one(&self, done: Done) -> Result<Act> {
        self.act([done])?;
        self.with(Rows::newest)?.ok_or_else(|| Error::RustError("an act was not written".into()))
    }

    /// Something was done. How far the trail goes is kept in the site's object, too: who cuts this one short is found out.
    pub fn act(&self, done: impl IntoIterator<Item = Done>) -> Result<()> {
        let keys = self.keys();
        let mut end = None;
        for done in done {
            end = Some(self.with(|rows| rows.act(done, &keys))?);
        }
        let Some(end) = end else { return Ok(()) };
        let (env, site, body) = (self.env.clone(), self.site.borrow().clone(), serde_json::to_vec(&end)?);
        self.state.wait_until(async move {
            if let Err(error) = sites::ask(&env, &site, "trail-end", Some(body)).await {
                worker::console_warn!("site {site}: the trail's end could not be kept: {error}");
            }
        });
        Ok(())
    }

    /// Whether the trail is whole, and the newest acts before the number `before`.
    pub async fn trail(&self, before: u64) -> Result<(bool, Vec<Act>)> {
        let site = self.site.borrow().clone();
        let elsewhere: Option<End> = sites::ask(&self.env, &site, "trail-end", None).await?.json().await?;
        let keys = self.keys();
        self.with(|rows| Ok((rows.is_whole(&keys, elsewhere)?, rows.acts(before)?)))
    }

    /// Forgets what is past its time, and sees to it that this happens however quiet it is here.
    async fn look_again(&self) -> Result<()> {
        let left = self.with(Rows::forget)?;
        self.set_alarm(left).await
    }

    /// Sees to it that what was deleted is wiped, and that what is `left` is forgotten in time.
    async fn set_alarm(&self, left: bool) -> Result<()> {
        let storage = self.state.storage();
        let wipe = self.with(Rows::wipe_after)?.map(Duration::from_millis);
        let Some(wait) = wipe.or_else(|| left.then_some(LOOK)) else { return Ok(()) };
        let due = now() + u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        let set = storage.get_alarm().await?.and_then(|at| u64::try_from(at).ok());
        // One that goes off sooner looks again.
        if set.is_none_or(|at| at > due) {
            storage.set_alarm(wait).await?;
        }
        Ok(())
    }

    /// The site goes, and with it all that is here: the trail begins anew with the act that says so, and how the one before ended.
    async fn forget(self: &Rc<Inner>, done: Done) -> Result<Act> {
        for socket in self.state.get_websockets() {
            let _closing = socket.close(Some(SIGNED_OUT), Some("no such site"));
        }
        if let Some(before) = self.with(|rows| rows.forgotten())? {
            return Ok(before);
        }
        let end = self.with(|rows| rows.end())?;
        self.rows.take();
        self.placed.take();
        self.state.storage().delete_alarm().await?;
        self.state.storage().delete_all().await?;
        let about =
            format!("{}; the trail before had {} acts, the last digest {}", done.about, end.n, end.digest);
        self.act_one(Done { about, ..done })
    }

    /// A conversation says how it stands: where it waits, if it does.
    fn told(self: &Rc<Inner>, told: Told) -> Result<Option<Placed>> {
        let Told { chat, done, keep_days } = told;
        let before = self.with(|rows| rows.chat(chat.id))?;
        self.act(done)?;
        if before.as_ref().is_some_and(|before| before.rev >= chat.rev) {
            return Ok(None);
        }
        self.with(|rows| rows.put(&chat, keep_days))?;
        let was = before.as_ref().map(|before| before.stage);
        if was == Some(Stage::Waiting) && chat.stage == Stage::With {
            self.with(|rows| rows.waited(now().saturating_sub(chat.since)))?;
        }
        let moved = was != Some(chat.stage) || before.is_some_and(|old| old.department != chat.department);
        let own = chat.id;
        self.show(&BoardDown::Chat { chat })?;
        if moved {
            self.replace(Some(own))?;
        }
        Ok(self.placed.borrow().get(&own).copied())
    }

    /// The queue has changed: whoever waits in another place now is told, but for `own`, who is told otherwise.
    pub fn replace(self: &Rc<Inner>, own: Option<Id>) -> Result<()> {
        let (chats, waits) = self.with(|rows| Ok((rows.chats()?, rows.waits()?)))?;
        let (here, wait_minutes) = (board_socket::here(self), usual_wait_minutes(waits));
        let new: BTreeMap<Id, Placed> = places(chats.iter())
            .into_iter()
            .map(|(id, place)| (id, Placed { place, here, wait_minutes }))
            .collect();
        let old = self.placed.replace(new.clone());
        let changed = new.into_iter().filter(|(id, placed)| Some(*id) != own && old.get(id) != Some(placed));
        for (id, placed) in changed.take(TOLD_AT_ONCE) {
            let env = self.env.clone();
            let whose = Whose { site: self.site.borrow().clone(), conversation: id };
            self.state.wait_until(async move {
                if let Err(error) = tell(&env, &whose, "placed", &placed).await {
                    worker::console_warn!("{id} was not told its place: {error}");
                }
            });
        }
        Ok(())
    }

    /// Shows it on every desk.
    pub fn show(&self, down: &BoardDown) -> Result<()> {
        board_socket::show(self, &serde_json::to_string(down)?);
        Ok(())
    }

    /// All that is listed.
    pub fn chats(&self) -> Result<Vec<Chat>> {
        self.with(Rows::chats)
    }
}
