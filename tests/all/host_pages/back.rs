//! Back closes what covers the page, and leads nowhere else.

use super::{OPEN_ROOTS, Scene};
use serde_json::json;
use tests::Engine;

/// A router as applications have one: it keeps its own state, puts its own function in the history's place, and hears of steps.
const ROUTER: &str = "<script>window.steps = []; window.pushes = 0; \
    history.replaceState({ view: 'a', depth: 0 }, '', '?a'); \
    const push = history.pushState; history.pushState = function (...all) { pushes++; return push.apply(this, all) }; \
    addEventListener('popstate', ({ state }) => steps.push(state && state.view)); \
    window.go = (view) => history.pushState({ view, depth: 1 }, '', '?' + view);</script>\
    <script async src='EDGE/s/ward/hoi.js'></script>";
const IS_OPEN: &str = "guest().querySelector('.p').classList.contains('o')";
/// Steps to where it is are nothing to it: in Chromium it hears of them before we do.
const STATE: &str =
    "[history.state.view, location.search, steps.filter((each) => each !== 'b').join(), pushes]";

impl Scene {
    async fn until_covered(&self) {
        self.until_loaded().await;
        self.eval("(Hoi.open(), 0)").await;
        self.until("the page covered", "!!document.querySelector('[inert=hoi]')").await;
    }

    async fn until_closed(&self) {
        self.until("the panel closed", &format!("!{IS_OPEN} && !document.querySelector('[inert=hoi]')"))
            .await;
    }
}

async fn back(engine: Engine) {
    // Low, so that the panel covers the page: no window of theirs is narrow enough.
    let scene = Scene::start(engine, (800, 480)).await;
    scene.open("before", &[], "<p>Trước</p>").await;
    scene.open("router", &[], &format!("{OPEN_ROOTS}{ROUTER}<p>Trang</p>")).await;
    scene.until_loaded().await;
    scene.eval("(go('b'), 0)").await;
    let length = scene.eval("history.length").await;
    // Back: the panel is closed, the page is where it was, and its router has heard nothing.
    for _ in 0..2 {
        scene.until_covered().await;
        scene.browser.client.back().await.unwrap();
        scene.until_closed().await;
        assert_eq!(scene.eval(STATE).await, json!(["b", "?b", "", 1]));
    }
    // Closed otherwise, nothing of ours stays in the way: Back is the page's own again.
    scene.until_covered().await;
    scene.eval("(Hoi.close(), 0)").await;
    scene.until("our entry gone", "!history.state.hoiCover").await;
    scene.browser.client.back().await.unwrap();
    scene.until("the page's own step", "location.search === '?a'").await;
    assert_eq!(scene.eval(STATE).await, json!(["a", "?a", "a", 1]));
    scene.browser.client.forward().await.unwrap();
    scene.until("the page's own step", "location.search === '?b'").await;
    // The application goes on in the same moment: its step is not taken back.
    scene.until_covered().await;
    scene.eval("(steps.length = 0, Hoi.close(), go('c'), 0)").await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(scene.eval(STATE).await, json!(["c", "?c", "", 2]));
    assert!(scene.eval("history.length").await.as_u64() <= length.as_u64().map(|length| length + 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn back_in_chromium() {
    back(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_in_firefox() {
    back(Engine::Firefox).await;
}

/// A form takes the chat's place in the frame: Back leads to the chat first, and then out of it.
#[tokio::test(flavor = "multi_thread")]
async fn back_from_a_form_is_the_chat() {
    let scene = Scene::start(Engine::Chromium, (1000, 800)).await;
    scene.browser.screen(390, 800, true).await;
    scene.open("before", &[], "<p>Trước</p>").await;
    scene.open("form", &[], "<p>Trang</p><script async src='EDGE/s/ward/hoi.js'></script>").await;
    scene.until_loaded().await;
    scene.browser.press_launcher().await;
    let panel = scene.browser.panel(&scene.edge).await;
    panel.ask("đăng ký khai sinh").await;
    panel.until("the procedure", "!!document.querySelector('.hoi-procedure')").await;
    panel.click("summary[title^='Hiển thị']").await;
    panel
        .until("the menu", "document.querySelectorAll('.hoi-display .hoi-switch + .hoi-switch').length > 0")
        .await;
    panel.click(".hoi-display .hoi-switch + .hoi-switch").await;
    scene.browser.framed(&scene.edge, ".hoi-code").await;
    scene.browser.client.back().await.unwrap();
    let panel = scene.browser.panel(&scene.edge).await;
    panel.until("the chat as it was", "document.querySelectorAll('.hoi-from-visitor').length === 1").await;
    assert_eq!(
        scene.eval("!!document.querySelector('[inert=hoi]')").await,
        json!(true),
        "it still covers the page"
    );
    scene.browser.client.back().await.unwrap();
    scene
        .until("the page", "!document.querySelector('[inert=hoi]') && location.pathname === '/own/form'")
        .await;
}
