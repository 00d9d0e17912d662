//! Devices that are to be told of news, in the Conversation object: kept sealed, and told by Web Push.

use super::{alarm, context::ConversationContext, sockets::visitor_attachment, sql_store::SqlStore};
use crate::{
    platform::{
        config::{edge_secret, encryption_lock, has_push_key, push_key, read_binding},
        now, now_seconds, random_bytes,
    },
    rpc::conversation::{ConversationKey, SetPushSubscription},
};
use futures_util::future::{Either, select};
use hoi_core::{
    conversation::{self, Device, StoreError},
    push::{self, PushOutcome, VapidKey},
};
use site::address::Allowed;
use std::{pin::pin, rc::Rc, time::Duration};
use worker::{
    AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Result, State,
    WebSocket,
    js_sys::{Date, Function, Reflect},
    wasm_bindgen::{JsCast as _, JsValue},
};

/// A service that is silent for longer is away, in milliseconds.
const PATIENCE_MS: u64 = 10_000;
/// Bytes of the digest that names a device.
const NAME_BYTES: usize = 16;

/// What the conversation makes of it; `false` if nothing was ever said here, or the ticket is an old one.
pub fn set_subscription(context: &ConversationContext, subscription: SetPushSubscription) -> Result<bool> {
    let SetPushSubscription { visit, endpoint, on, edge } = subscription;
    let is_open = |store: &SqlStore| {
        Ok(store.is_of(&visit.whose)? && visit.generation >= conversation::ticket_generation(store)?)
    };
    if !context.store.read(is_open)? {
        return Ok(false);
    }
    let site = &visit.whose.site;
    let parts: [&[u8]; 2] = [b"hoi device 1\n", endpoint.as_bytes()];
    let name = hoi_core::crypto::hmac::hex_tag(&edge_secret(&context.env), &parts, NAME_BYTES);
    if on {
        let sealed =
            encryption_lock(&context.env, site).seal(&sealing_context(&name), &endpoint, random_bytes()?);
        let device = Device { name, sealed, edge, due: None, told: 0 };
        context.store.transact(|store| conversation::add_device(store, device))?;
    } else {
        context.store.transact(|store| conversation::drop_device(store, &name))?;
    }
    Ok(true)
}

fn sealing_context(name: &str) -> String {
    format!("device:{name}")
}

/// There is news, whether or not somebody is there to see it. What was written and told stays so, whatever goes wrong here.
pub fn queue_notifications(context: &Rc<ConversationContext>) {
    if update_devices(context, |store| conversation::schedule_pushes(store, last_seen(context), now())) {
        send_due(context);
    }
}

/// A page of the visitor's is open now, or was until now.
pub fn record_page_open(context: &ConversationContext) {
    // Every hello comes by here, and mostly nothing is due.
    update_devices(context, |store| {
        if store.next_due()?.is_some() {
            conversation::was_open(store, now())?;
        }
        Ok(false)
    });
}

/// Writes something about devices, where they can be told; whether that calls for more.
fn update_devices(
    context: &ConversationContext,
    write: impl FnOnce(&mut SqlStore) -> std::result::Result<bool, StoreError>,
) -> bool {
    if !has_push_key(&context.env) {
        return false;
    }
    context.store.transact(write).unwrap_or_else(|error| {
        worker::console_error!("what devices are to be told could not be written: {error}");
        false
    })
}

/// Tells the devices that are due. The conversation goes on meanwhile, and whatever becomes of it.
pub fn send_due(context: &Rc<ConversationContext>) {
    let this = context.clone();
    context.state.wait_until(async move {
        if let Err(error) = tell_devices(&this).await {
            worker::console_error!("devices could not be told: {error}");
        }
    });
}

async fn tell_devices(context: &Rc<ConversationContext>) -> Result<()> {
    let Some(whose) = context.key()? else { return Ok(()) };
    let due = context.store.transact(|store| {
        conversation::was_open(store, last_seen(context))?;
        conversation::take_due(store, now())
    })?;
    for device in due {
        let outcome = match push_key(&context.env) {
            Some(key) => tell_one(context, &whose, &key, &device).await,
            // It is not due for ever because the key is gone.
            None => PushOutcome::Refused,
        };
        if outcome == PushOutcome::Refused {
            worker::console_error!("site {}: a device could not be told of news", whose.site);
        }
        let since = device.due.map_or(0, |due| due.since);
        context
            .store
            .transact(|store| conversation::record_push(store, &device.name, since, outcome, now()))?;
    }
    alarm::update_if_written(context).await
}

/// Tells one device.
async fn tell_one(
    context: &ConversationContext,
    whose: &ConversationKey,
    key: &VapidKey,
    device: &Device,
) -> PushOutcome {
    // The edge has another secret by now: nobody knows where the device is.
    let Some(endpoint) =
        encryption_lock(&context.env, &whose.site).open(&sealing_context(&device.name), &device.sealed)
    else {
        return PushOutcome::Gone;
    };
    // The operator's list may have become shorter.
    let listed = Allowed::read_list(&read_binding(&context.env, "HOI_PUSH_HOSTS").unwrap_or_default());
    let contact = format!("{}/s/{}", device.edge, whose.site);
    let stated = key
        .authorization_header(&endpoint, &contact, now_seconds())
        .filter(|_| push::is_permitted(&endpoint, &listed));
    let Some(stated) = stated else { return PushOutcome::Gone };
    match send_push(&endpoint, stated).await {
        Ok((status, wish)) => push::classify_response(status, &wish, now()),
        // Its address may stand in the error.
        Err(_) => PushOutcome::Later(None),
    }
}

/// The status and the `Retry-After` of a push's answer.
async fn send_push(endpoint: &str, stated: String) -> Result<(u16, String)> {
    let headers = Headers::new();
    for (name, value) in push::request_headers(stated) {
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
fn last_seen(context: &ConversationContext) -> u64 {
    if context.streams.is_open() {
        return now();
    }
    let seen = |socket: WebSocket| {
        visitor_attachment(&socket)
            .filter(|each| each.known)
            .map(|each| each.since.max(last_ping(&context.state, &socket)))
    };
    context.state.get_websockets().into_iter().filter_map(seen).max().unwrap_or_default()
}

/// When the page behind `socket` last asked whether its connection still works, in milliseconds since 1970; the platform answers that by itself.
fn last_ping(state: &State, socket: &WebSocket) -> u64 {
    let state: &JsValue = state.as_raw().as_ref();
    let asked = Reflect::get(state, &"getWebSocketAutoResponseTimestamp".into()).ok();
    let asked =
        asked.and_then(|ask| ask.dyn_into::<Function>().ok()?.call1(state, socket.as_ref().as_ref()).ok());
    asked.and_then(|date| date.dyn_into::<Date>().ok()).map_or(0, |date| date.get_time() as u64)
}
