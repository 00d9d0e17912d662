//! The same journey in three engines, on an agency's page, by nothing but WebDriver: what one of them can't do must be absent,
//! never broken.

use fantoccini::{elements::Element, error::CmdError};
use serde_json::{Value, json};
use tests::{Browser, BrowserOptions, Edge, EdgeOptions, Engine, FrameProcesses, Host};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const TAB: &str = "\u{e004}";

/// A page with the tag. WebDriver does not see into closed shadow roots, so here they are open: nothing of ours looks.
const PAGE: &str = "<!doctype html><html lang=vi><meta charset=utf-8><title>Trang</title><p>Xin chào</p><script>\
    const attach = Element.prototype.attachShadow;\
    Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }) };\
    window.guest = () => [...document.body.children].find((each) => each.shadowRoot).shadowRoot;\
    </script><script src='EDGE/s/ward/hoi.js'></script></html>";

#[tokio::test(flavor = "multi_thread")]
async fn chromium() {
    journey(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox() {
    journey(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webkit() {
    journey(Engine::WebKit).await;
}

/// A visitor on the page.
struct Visit {
    engine: Engine,
    browser: Browser,
}

impl Visit {
    /// What a script finds on the page.
    async fn found(&self, script: &str) -> Element {
        let found = self.browser.client.execute(&format!("return {script}"), vec![]).await.unwrap();
        let id = found.as_object().and_then(|found| found.values().next()?.as_str());
        let id = id.unwrap_or_else(|| panic!("{script}: {found}")).to_owned();
        Element::from_element_id(self.browser.client.clone(), id.into())
    }

    /// Presses the launcher and goes into the frame, where the composer has the focus.
    async fn open(&self) {
        self.browser
            .until("the launcher", "!!(window.Hoi && Hoi.version && guest().querySelector('.b'))")
            .await;
        self.found("guest().querySelector('.b')").await.click().await.unwrap();
        self.browser.until("the frame", "!!guest().querySelector('iframe')").await;
        self.found("guest().querySelector('iframe')").await.enter_frame().await.unwrap();
        // The widget has taken the document over when the close button is its own.
        self.until("the widget", "!!document.querySelector('.hoi-close:not(.hoi-later)')").await;
        let focus = match self.engine {
            Engine::Chromium | Engine::Firefox => "document.activeElement.id === 'hoi-text'",
            // No script moves the focus inside a frame of another site before the visitor has done something there; the
            // frame itself has it, and the next Tab is inside.
            Engine::WebKit => "document.hasFocus()",
        };
        self.until("the focus", focus).await;
    }

    async fn until(&self, what: &str, script: &str) {
        self.browser.until(what, script).await;
    }

    async fn count(&self, css: &str) -> Value {
        self.browser.eval(&format!("document.querySelectorAll('{css}').length")).await
    }

    async fn field(&self) -> Element {
        self.browser.find("#hoi-text").await
    }

    /// Keys to what has the focus.
    async fn keys(&self, keys: &str) -> Result<(), CmdError> {
        self.found("document.activeElement").await.send_keys(keys).await
    }
}

async fn journey(engine: Engine) {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let page = host.page("engines", "", PAGE);
    // A frame of another site in a process of its own, as with visitors: no debugging protocol has to reach into it here.
    let options = BrowserOptions { frames: FrameProcesses::PerSite, ..BrowserOptions::default() };
    let visit = Visit { engine, browser: Browser::with(engine, 1000, 800, options).await };
    visit.browser.client.goto(&page).await.unwrap();
    visit.open().await;

    // Typed in Vietnamese. What an Enter does that goes through an input method is in `input_methods`.
    let question = "đăng ký khai sinh cho con cần giấy tờ gì";
    visit.field().await.click().await.unwrap();
    visit.field().await.send_keys(question).await.unwrap();
    visit.field().await.send_keys(ENTER).await.unwrap();
    visit.until("the procedure's card", "!!document.querySelector('.hoi-procedure')").await;

    // A quick reply.
    visit.browser.find(".hoi-choices button").await.click().await.unwrap();
    visit.until("its answer", "document.querySelectorAll('.hoi-from-assistant').length === 3").await;

    // By nothing but keys: to the composer, past it to the button, and back by Escape.
    visit.browser.eval("document.getElementById('hoi-text').focus()").await;
    visit.keys("gio lam viec").await.unwrap();
    visit.keys(TAB).await.unwrap();
    visit.until("the button", "document.activeElement.classList.contains('hoi-send')").await;
    visit.keys(ENTER).await.unwrap();
    visit.until("the hours", "document.querySelectorAll('.hoi-from-assistant').length === 4").await;
    visit.until("the focus", "document.activeElement.id === 'hoi-text'").await;
    visit.keys(ESCAPE).await.unwrap();
    visit.browser.client.enter_parent_frame().await.unwrap();
    visit.until("the panel closed", "!guest().querySelector('.p').classList.contains('o')").await;
    visit.until("the focus back", "guest().activeElement === guest().querySelector('.b')").await;

    // By keys, the focus is where one writes, every time: from one site into the frame of another.
    for key in [ENTER, " ", ENTER, " "] {
        visit.found("guest().querySelector('.b')").await.send_keys(key).await.unwrap();
        visit.found("guest().querySelector('iframe')").await.enter_frame().await.unwrap();
        visit.until("the focus", "document.hasFocus() && document.activeElement.id === 'hoi-text'").await;
        visit.keys(ESCAPE).await.unwrap();
        visit.browser.client.enter_parent_frame().await.unwrap();
        visit.until("the panel closed", "!guest().querySelector('.p').classList.contains('o')").await;
        visit.until("the focus back", "guest().activeElement === guest().querySelector('.b')").await;
    }

    // All of it is there again, and nothing complains.
    visit.browser.client.refresh().await.unwrap();
    visit.open().await;
    visit.until("the conversation", "document.querySelectorAll('.hoi-from-visitor').length === 3").await;
    visit.until("its answers", "document.querySelectorAll('.hoi-from-assistant').length === 4").await;
    assert_eq!(visit.count(".hoi-bar, .hoi-state").await, json!(0), "{engine:?}");
    visit.browser.picture(&format!("engine-{engine:?}").to_lowercase()).await;
}
