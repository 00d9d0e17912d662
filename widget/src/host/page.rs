//! The page around the frame. It is spoken to by its loader only, and hears nothing that was said.
//!
//! Inline there is a port instead, which nobody else holds; what it brings that isn't a message ends the widget.
//!
//! Every message is `{hoi: 1, type, …}`. `frame-ancestors` lets only the site's own origins hold the frame, so the
//! first good message from the parent window says which of them it is; from then on no other is heard or told.

use super::{clock, dispatch, inline::inline, random, root};
use crate::chat::{Event, FromPage, ToPage};
use js_sys::{Number, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{MessageEvent, Window};
use wire::{AuthorKind, Scheme, limits::MAX_SAY_CHARS};

thread_local! {
    static ORIGIN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Hears the loader, and tells it that the panel is ready. That much any parent may know.
pub fn listen() {
    if let Some(inline) = inline() {
        let heard =
            Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| match read(&event.data()) {
                Some(what) => dispatch(Event::FromPage(what)),
                None => super::end(),
            });
        // Setting it also opens the port.
        inline.port.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        let _ = inline.port.post_message(&message("ready"));
        return;
    }
    let Some((window, parent)) = root::window().and_then(|window| Some((window.clone(), parent()?))) else {
        return;
    };
    root::listen(&window, "message", heard);
    let _ = parent.post_message(&message("ready"), "*");
}

/// Tells the loader something.
pub fn tell(what: &ToPage) {
    if let Some(inline) = inline() {
        let _ = inline.port.post_message(&written(what));
        return;
    }
    let (Some(parent), Some(origin)) = (parent(), ORIGIN.with_borrow(Clone::clone)) else { return };
    let _ = parent.post_message(&written(what), &origin);
}

/// The window that holds the frame.
fn parent() -> Option<Window> {
    let parent = root::window()?.parent().ok()??;
    root::framed().then_some(parent)
}

fn message(name: &str) -> Object {
    let message = Object::new();
    set(&message, "hoi", &1.into());
    set(&message, "type", &name.into());
    message
}

fn set(message: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(message, &name.into(), value);
}

fn written(what: &ToPage) -> Object {
    match what {
        ToPage::Close => message("close"),
        ToPage::Handoff => message("handoff"),
        ToPage::Unread(count) => {
            let object = message("unread");
            set(&object, "count", &(*count).into());
            object
        }
        ToPage::Message { author, seq } => {
            let object = message("message");
            set(&object, "author", &author_name(*author).into());
            set(&object, "seq", &(*seq as f64).into());
            object
        }
        ToPage::Error(code) => {
            let object = message("error");
            set(&object, "code", &code.name().into());
            object
        }
    }
}

fn author_name(kind: AuthorKind) -> &'static str {
    match kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    }
}

fn heard(event: MessageEvent) {
    let from_parent = event
        .source()
        .zip(parent())
        .is_some_and(|(source, parent)| JsValue::from(source) == JsValue::from(parent));
    if !from_parent {
        return;
    }
    let (origin, Some(what)) = (event.origin(), read(&event.data())) else { return };
    let known = ORIGIN.with_borrow_mut(|known| known.get_or_insert_with(|| origin.clone()) == &origin);
    if known {
        dispatch(Event::FromPage(what));
    }
}

/// What the loader asks for; nothing for whatever isn't ours.
fn read(data: &JsValue) -> Option<FromPage> {
    let get = |name: &str| Reflect::get(data, &name.into()).ok();
    let text = |name: &str| get(name)?.as_string();
    if !data.is_object() || get("hoi")?.as_f64() != Some(1.0) {
        return None;
    }
    let said = |text: String| text.chars().take(MAX_SAY_CHARS).collect::<String>();
    Some(match text("type")?.as_str() {
        "open" => FromPage::Open,
        "close" => FromPage::Close,
        "prefill" => FromPage::Prefill(said(text("text")?)),
        "ask" => FromPage::Ask { text: said(text("text")?), id: random::id(), at: clock::now() },
        "locale" => FromPage::Locale(text("lang")?),
        "scheme" => FromPage::Scheme(match text("scheme")?.as_str() {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => Scheme::Auto,
        }),
        "reset" => FromPage::Reset,
        "identify" => FromPage::Identify(Reflect::get(&get("data")?, &"token".into()).ok()?.as_string()?),
        "context" => FromPage::Context(values(&get("data")?)),
        _ => return None,
    })
}

/// What of an object are texts, numbers and flags, by name.
fn values(data: &JsValue) -> Vec<(String, String)> {
    let Some(object) = data.dyn_ref::<Object>() else { return Vec::new() };
    let plain = |value: JsValue| match value.as_bool() {
        Some(flag) => Some(flag.to_string()),
        None => value.as_string().or_else(|| Number::from(value).to_string_with_radix(10).ok()?.as_string()),
    };
    let keys = Object::keys(object).into_iter();
    let pairs = keys.filter_map(|key| Some((key.as_string()?, plain(Reflect::get(data, &key).ok()?)?)));
    pairs.collect()
}
