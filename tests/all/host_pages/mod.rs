//! An agency's own pages around the chat, in Chromium and in Firefox: where the script came from, what the self-check says, what the page
//! hears, where Back leads, and news on the next page.

mod back;
mod copies;
mod inline;
mod isolation;
mod news;
mod self_check;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::Value;
use tests::{Browser, Edge, EdgeOptions, Engine, Host};

/// Has shadow roots open, so that a test sees what a visitor does: nothing of ours looks. `guest()` is the loader's.
const OPEN_ROOTS: &str = "<script>const attach = Element.prototype.attachShadow;\
    Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }) };\
    window.guest = () => [...document.querySelectorAll('*')].find((each) => each.shadowRoot).shadowRoot;\
    window.chat = () => guest().querySelector('.i').shadowRoot;</script>";

/// A visitor on a page.
struct Scene {
    edge: Edge,
    host: Host,
    browser: Browser,
}

impl Scene {
    async fn start(engine: Engine, window: (u32, u32)) -> Scene {
        Scene::with(engine, window, EdgeOptions::default()).await
    }

    async fn with(engine: Engine, window: (u32, u32), options: EdgeOptions) -> Scene {
        let host = Host::start().await;
        let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..options });
        host.shows(&edge);
        Scene { edge, host, browser: Browser::of(engine, window.0, window.1).await }
    }

    /// Opens a page of this body.
    async fn open(&self, name: &str, headers: &[(&str, &str)], body: &str) {
        let html = format!(
            "<!doctype html><html lang=vi><head><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>Trang</title></head><body>{body}</body></html>"
        );
        let url = self.host.file(name, headers, &html);
        self.browser.client.goto(&url).await.unwrap();
    }

    async fn until(&self, what: &str, script: &str) {
        self.browser.until(what, script).await;
    }

    async fn eval(&self, script: &str) -> Value {
        self.browser.eval(script).await
    }

    async fn until_loaded(&self) {
        self.until("the API", "!!window.Hoi && Hoi.version === 1").await;
    }

    /// Opens the panel by the API, and waits for the chat itself in it.
    async fn until_open(&self) {
        self.until_loaded().await;
        self.eval("(window.isReady = 0, Hoi.on('ready', () => window.isReady = 1), Hoi.open(), 0)").await;
        self.until("the chat", "window.isReady === 1").await;
    }

    /// Presses keys, as a keyboard does.
    async fn press_keys(&self, keys: &str) {
        let mut actions = KeyActions::new("keys".into());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.browser.client.perform_actions(actions).await.unwrap();
    }
}
