//! Web Push: what a page is told of it, devices that are let in (in the worker), and told of news (in the Conversation object).

use super::{
    alarm,
    answers::{fault, json, slow_down},
    callback::bounded,
    config::{lock, text},
    conversation_object::Visit,
    conversing::Inner,
    files,
    frame::Attachment,
    pages::{Guest, tell},
    platform::{now, random},
    quota,
    sql_log::{SqlLog, Whose},
};
use crate::{
    conversation::{self, Device},
    push::{self, Key, MAX_ENDPOINT_BYTES, Outcome},
    quota::What,
};
use futures_util::future::{Either, select};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use site::address::Allowed;
use std::{pin::pin, rc::Rc, time::Duration};
use wire::Fault;
use worker::{
    AbortController, Delay, Env, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response,
    Result, State, WebSocket,
    js_sys::{Date, Function, Reflect},
    wasm_bindgen::{JsCast as _, JsValue},
};

/// Longest wish about a device, in bytes: an address and a ticket.
const MAX_WISH_BYTES: usize = 2 * MAX_ENDPOINT_BYTES;
/// A service that is silent for longer is away, in milliseconds.
const PATIENCE_MS: u64 = 10_000;
/// Bytes of the digest that names a device.
const NAME_BYTES: usize = 16;

/// A device is to be told, or no more; from the worker to the conversation.
#[derive(Serialize, Deserialize)]
pub struct Turning {
    /// Whose.
    pub visit: Visit,
    /// Where its push service takes pushes for it.
    endpoint: String,
    on: bool,
    /// The edge's origin, as the device reached it.
    edge: String,
}

/// The edge's own key towards push services; without one there is no word of all this.
fn key(env: &Env) -> Option<Key> {
    let key = Key::read(&text(env, "HOI_PUSH_KEY")?);
    if key.is_none() {
        worker::console_error!("HOI_PUSH_KEY is no key: it must be 32 random bytes in base64");
    }
    key
}

/// Whether devices can be told.
pub fn is_on(env: &Env) -> bool {
    text(env, "HOI_PUSH_KEY").is_some()
}

/// What the widget needs before it offers anything.
pub fn told(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    match key(guest.env) {
        Some(key) => json(&push::told(&key, &guest.asked(request)?)),
        None => fault(Fault::NoSite, 404),
    }
}

/// The service worker, with what it will say.
pub async fn script(guest: &Guest<'_>, request: &Request) -> Result<Response> {
    if !is_on(guest.env) {
        return fault(Fault::NoSite, 404);
    }
    let source = files::source(guest.env, guest.config, "news.js").await?;
    let script = push::script(&source, &guest.published.site, &guest.asked(request)?);
    let headers = Headers::new();
    headers.set("content-type", "text/javascript; charset=utf-8")?;
    // The browser asks again by itself; what it has meanwhile goes on.
    headers.set("cache-control", "no-cache")?;
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("content-security-policy", "default-src 'none'")?;
    Ok(Response::from_bytes(script.into_bytes())?.with_headers(headers))
}

/// Turns it on or off for a device. Only for pages of the edge's own: nobody else's service worker is ours.
pub async fn turn(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    if request.headers().get("origin")?.as_ref() != Some(&guest.config.origin) {
        return fault(Fault::Origin, 403);
    }
    if !is_on(guest.env) {
        return fault(Fault::NoSite, 404);
    }
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let Some(body) = bounded(&mut request, MAX_WISH_BYTES).await? else {
        return fault(Fault::TooLong, 413);
    };
    let listed = Allowed::read(&text(guest.env, "HOI_PUSH_HOSTS").unwrap_or_default());
    let wish = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    let said = |name| wish.get(name).and_then(Value::as_str).unwrap_or_default();
    let (endpoint, on) = (said("endpoint"), wish.get("on").and_then(Value::as_bool));
    let (Some(on), true) = (on, push::permit(endpoint, &listed)) else { return fault(Fault::Malformed, 400) };
    let Some(known) = guest.opens(said("ticket")) else { return fault(Fault::Ticket, 401) };
    if let Some(wait) =
        quota::knock(guest.env, guest.published, What::Look, known.begun, address.as_ref()).await?
    {
        return slow_down(wait);
    }
    let (endpoint, edge) = (endpoint.to_owned(), guest.config.origin.clone());
    let turning = Turning { visit: guest.visit(known, address), endpoint, on, edge };
    match tell(guest.env, &turning.visit.whose, "device", &turning).await?.status_code() {
        200..=299 => Ok(Response::empty()?.with_status(204)),
        _ => fault(Fault::Ticket, 401),
    }
}

/// What the conversation makes of it; `false` if nothing was ever said here, or the ticket is an old one.
pub fn turned(inner: &Inner, turning: Turning) -> Result<bool> {
    let Turning { visit, endpoint, on, edge } = turning;
    let mut log = inner.log.borrow_mut();
    if log.whose()?.as_ref() != Some(&visit.whose) || visit.generation < conversation::generation(&*log) {
        return Ok(false);
    }
    let secret = text(&inner.env, "HOI_SECRET").unwrap_or_default();
    let site = &visit.whose.site;
    let name = crate::keyed::tag(secret.as_bytes(), &[b"hoi device 1\n", endpoint.as_bytes()], NAME_BYTES);
    if on {
        let sealed = lock(&inner.env, site).seal(&place(&name), &endpoint, random()?);
        conversation::add_device(&mut *log, Device { name, sealed, edge, due: None, told: 0 });
    } else {
        conversation::drop_device(&mut *log, &name);
    }
    log.check()?;
    Ok(true)
}

fn place(name: &str) -> String {
    format!("device:{name}")
}

/// There is news, whether or not somebody is there to see it. What was written and told stays so, whatever goes wrong here.
pub fn news(inner: &Rc<Inner>) {
    if note(inner, |log| conversation::news(log, last_seen(inner), now())) {
        fire(inner);
    }
}

/// A page of the visitor's is open now, or was until now.
pub fn looked(inner: &Inner) {
    // Every hello comes by here, and mostly nothing is due.
    note(inner, |log| {
        if log.next_due().is_some() {
            conversation::was_open(log, now());
        }
        false
    });
}

/// Writes something about devices, where they can be told; whether that calls for more.
fn note(inner: &Inner, write: impl FnOnce(&mut SqlLog) -> bool) -> bool {
    if !is_on(&inner.env) {
        return false;
    }
    let mut log = inner.log.borrow_mut();
    let more = write(&mut log);
    let written = log.check();
    if let Err(error) = &written {
        worker::console_error!("what devices are to be told could not be written: {error}");
    }
    more && written.is_ok()
}

/// Tells the devices that are due. The conversation goes on meanwhile, and whatever becomes of it.
pub fn fire(inner: &Rc<Inner>) {
    let this = inner.clone();
    inner.state.wait_until(async move {
        if let Err(error) = tell_devices(&this).await {
            worker::console_error!("devices could not be told: {error}");
        }
    });
}

async fn tell_devices(inner: &Rc<Inner>) -> Result<()> {
    let Some(whose) = inner.log.borrow().whose()? else { return Ok(()) };
    let due = {
        let mut log = inner.log.borrow_mut();
        conversation::was_open(&mut *log, last_seen(inner));
        let due = conversation::take_due(&mut *log, now());
        log.check()?;
        due
    };
    for device in due {
        let outcome = match key(&inner.env) {
            Some(key) => tell_one(inner, &whose, &key, &device).await,
            // It is not due for ever because the key is gone.
            None => Outcome::Refused,
        };
        if outcome == Outcome::Refused {
            worker::console_error!("site {}: a device could not be told of news", whose.site);
        }
        let mut log = inner.log.borrow_mut();
        let since = device.due.map_or(0, |due| due.since);
        conversation::pushed(&mut *log, &device.name, since, outcome, now());
        log.check()?;
    }
    alarm::set(inner, &whose).await
}

/// Tells one device.
async fn tell_one(inner: &Inner, whose: &Whose, key: &Key, device: &Device) -> Outcome {
    // The edge has another secret by now: nobody knows where the device is.
    let Some(endpoint) = lock(&inner.env, &whose.site).open(&place(&device.name), &device.sealed) else {
        return Outcome::Gone;
    };
    // The operator's list may have become shorter.
    let listed = Allowed::read(&text(&inner.env, "HOI_PUSH_HOSTS").unwrap_or_default());
    let contact = format!("{}/s/{}", device.edge, whose.site);
    let stated =
        key.authorization(&endpoint, &contact, now() / 1000).filter(|_| push::permit(&endpoint, &listed));
    let Some(stated) = stated else { return Outcome::Gone };
    match send(&endpoint, stated).await {
        Ok((status, wish)) => push::outcome(status, &wish, now()),
        // Its address may stand in the error.
        Err(_) => Outcome::Later(None),
    }
}

/// The status and the `Retry-After` of a push's answer.
async fn send(endpoint: &str, stated: String) -> Result<(u16, String)> {
    let headers = Headers::new();
    for (name, value) in push::headers(stated) {
        headers.set(name, &value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
    let request = Fetch::Request(Request::new_with_init(endpoint, &init)?);
    let abort = AbortController::default();
    let signal = abort.signal();
    let sending = pin!(request.send_with_signal(&signal));
    let sent = match select(sending, Delay::from(Duration::from_millis(PATIENCE_MS))).await {
        Either::Left((answer, _)) => {
            let answer = answer?;
            (answer.status_code(), answer.headers().get("retry-after")?.unwrap_or_default())
        }
        Either::Right(_) => (504, String::new()),
    };
    // Nobody reads what else it says.
    abort.abort();
    Ok(sent)
}

/// When a page of the visitor's was last known to be open, in milliseconds since 1970; 0: not since the object woke.
fn last_seen(inner: &Inner) -> u64 {
    if inner.streams.is_open() {
        return now();
    }
    let seen = |socket: WebSocket| {
        let attachment = socket.deserialize_attachment::<Attachment>().ok().flatten();
        attachment.filter(|each| each.known).map(|each| each.since.max(pinged(&inner.state, &socket)))
    };
    inner.state.get_websockets().into_iter().filter_map(seen).max().unwrap_or_default()
}

/// When the page behind `socket` last asked whether its line still works, in milliseconds since 1970; the platform answers that by itself.
fn pinged(state: &State, socket: &WebSocket) -> u64 {
    let state: &JsValue = state.as_raw().as_ref();
    let asked = Reflect::get(state, &"getWebSocketAutoResponseTimestamp".into()).ok();
    let asked =
        asked.and_then(|ask| ask.dyn_into::<Function>().ok()?.call1(state, socket.as_ref().as_ref()).ok());
    asked.and_then(|date| date.dyn_into::<Date>().ok()).map_or(0, |date| date.get_time() as u64)
}
