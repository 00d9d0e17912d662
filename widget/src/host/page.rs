//! The page around the frame. It is spoken to by its loader only, and hears nothing that was said.
//!
//! Inline there is a port instead, which nobody else holds; what it brings that isn't a message ends the widget.
//!
//! Every message is `{hoi: 1, type, …}`. `frame-ancestors` lets only the site's own origins hold the frame, so the
//! first good message from the parent window says which of them it is; from then on no other is heard or told.

use super::{clock, dispatcher::dispatch, inline::current_inline, root, shell, shutdown::shut_down};
use crate::chat::{ChatEvent, FromPage, ToPage};
use browser::random;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};
use wire::{
    AuthorKind, Scheme,
    json::{self, Fields, Record, Writer},
    limits::MAX_SAY_CHARS,
};

thread_local! {
    static ORIGIN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Hears the loader, and tells it that the panel is ready. That much any parent may know.
pub fn listen() {
    if let Some(inline) = current_inline() {
        let heard = |event: JsValue| match parse_message(&event.unchecked_into::<MessageEvent>().data()) {
            Some(what) => dispatch(ChatEvent::FromPage(what)),
            None => shut_down(),
        };
        // Setting it also opens the port.
        inline.port.set_onmessage(Some(shell::js_callback(Box::new(heard)).unchecked_ref()));
        let _ = shell::tell(&inline.port, &new_message("ready").finish_object(), None);
        return;
    }
    let Some((window, parent)) = root::window().and_then(|window| Some((window.clone(), parent_window()?)))
    else {
        return;
    };
    root::add_listener(&window, "message", on_message);
    let _ = shell::tell(&parent, &new_message("ready").finish_object(), Some("*"));
}

/// Tells the loader something.
pub fn post_message(what: &ToPage) {
    if let Some(inline) = current_inline() {
        let _ = shell::tell(&inline.port, &to_json(what), None);
        return;
    }
    let (Some(parent), Some(origin)) = (parent_window(), ORIGIN.with_borrow(Clone::clone)) else { return };
    let _ = shell::tell(&parent, &to_json(what), Some(&origin));
}

/// The window that holds the frame.
fn parent_window() -> Option<Window> {
    let parent = root::window()?.parent().ok()??;
    root::is_framed().then_some(parent)
}

fn new_message(name: &str) -> Writer {
    let mut message = Writer::default();
    message.write_number("hoi", 1);
    message.write_text("type", name);
    message
}

fn to_json(what: &ToPage) -> String {
    let message = match what {
        ToPage::Close => new_message("close"),
        ToPage::Handoff => new_message("handoff"),
        ToPage::Unread(count) => {
            let mut message = new_message("unread");
            message.write_number("count", u64::from(*count));
            message
        }
        ToPage::Message { author, seq } => {
            let mut message = new_message("message");
            message.write_text("author", author_name(*author));
            message.write_number("seq", *seq);
            message
        }
        ToPage::Error(code) => {
            let mut message = new_message("error");
            message.write_text("code", code.name());
            message
        }
    };
    message.finish_object()
}

fn author_name(kind: AuthorKind) -> &'static str {
    match kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    }
}

fn on_message(event: MessageEvent) {
    let from_parent = event
        .source()
        .zip(parent_window())
        .is_some_and(|(source, parent)| JsValue::from(source) == JsValue::from(parent));
    if !from_parent {
        return;
    }
    let (origin, Some(what)) = (event.origin(), parse_message(&event.data())) else { return };
    let known = ORIGIN.with_borrow_mut(|known| known.get_or_insert_with(|| origin.clone()) == &origin);
    if known {
        dispatch(ChatEvent::FromPage(what));
    }
}

/// What the loader asks for; nothing for whatever isn't ours.
fn parse_message(data: &JsValue) -> Option<FromPage> {
    let LoaderMessage { kind, text, data } = json::read_json(&shell::said(data))?;
    let said = |text: String| text.chars().take(MAX_SAY_CHARS).collect::<String>();
    Some(match kind.as_str() {
        "open" => FromPage::Open,
        "close" => FromPage::Close,
        "prefill" => FromPage::Prefill(said(text)),
        "ask" => FromPage::Ask { text: said(text), id: random::random_id(), at: clock::now() },
        "locale" => FromPage::Locale(text),
        "scheme" => FromPage::Scheme(match text.as_str() {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => Scheme::Auto,
        }),
        "reset" => FromPage::Reset,
        "identify" => FromPage::Identify(data.into_iter().find(|(name, _)| name == "token")?.1),
        "context" => FromPage::Context(data),
        _ => return None,
    })
}

/// A message of the loader's, as `widget/shell.js` has read it.
struct LoaderMessage {
    kind: String,
    /// Words, a language or colours.
    text: String,
    /// What is said of the visitor, by name.
    data: Vec<(String, String)>,
}

impl Record for LoaderMessage {
    fn record(fields: &mut Fields) -> LoaderMessage {
        let pairs: Vec<Vec<String>> = fields.get("data");
        let data = pairs.into_iter().filter_map(|pair| <[String; 2]>::try_from(pair).ok());
        LoaderMessage {
            kind: fields.get("type"),
            text: fields.get("text"),
            data: data.map(|[name, value]| (name, value)).collect(),
        }
    }
}
