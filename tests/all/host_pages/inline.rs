//! Inline, the panel is in the page: what is done in it stays in it.

use super::{OPEN_ROOTS, Scene};
use serde_json::json;
use tests::Engine;

/// What pages listen for, and how they make sure that nobody is writing. The last one listens before everybody else, and asks only that.
const LISTENERS: &str = "<input id=search><script>\
    window.heard = []; window.taken = []; \
    for (const name of 'keydown keyup keypress beforeinput input paste pointerdown mousedown click wheel focusin'.split(' ')) \
      for (const target of [window, document, document.body]) target.addEventListener(name, () => heard.push(name)); \
    const isWriting = (it) => it.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(it.tagName) || it.matches('input, textarea'); \
    addEventListener('keydown', (event) => { \
      if (isWriting(event.target) || isWriting(document.activeElement)) return; \
      taken.push(event.key); event.preventDefault(); search.focus(); }, true);</script>";
const TAG: &str = "<script async src='EDGE/s/ward/hoi.js' data-mode=inline></script>";

async fn shortcuts(engine: Engine, roots: &str) {
    let scene = Scene::start(engine, (1000, 800)).await;
    scene.open("shortcuts", &[], &format!("{roots}{LISTENERS}{TAG}")).await;
    scene.until_open().await;
    scene.until("the focus in the chat", "document.activeElement.id === 'hoi-chat'").await;
    scene.eval("(heard.length = 0, taken.length = 0)").await;
    scene.press_keys("phi sao y /?jk").await;
    scene.press_keys("\u{e007}").await;
    scene.until("the answer", "document.activeElement.id === 'hoi-chat'").await;
    assert_eq!(scene.eval("[heard.join(), taken.join(), search.value]").await, json!(["", "", ""]));
    // With the focus elsewhere the page has its keys, as before.
    scene.eval("(Hoi.close(), document.activeElement.blur(), 0)").await;
    scene.press_keys("s").await;
    assert_eq!(scene.eval("[taken.join(), document.activeElement.id]").await, json!(["s", "search"]));
    assert_eq!(scene.eval("document.getElementById('hoi-chat').tagName").await, json!("DIV"));
}

#[tokio::test(flavor = "multi_thread")]
async fn shortcuts_in_chromium() {
    shortcuts(Engine::Chromium, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn shortcuts_in_firefox() {
    shortcuts(Engine::Firefox, "").await;
}

async fn menus(engine: Engine) {
    let scene = Scene::start(engine, (1000, 800)).await;
    scene.open("menus", &[], &format!("{OPEN_ROOTS}<h1 id=title>Trang</h1>{TAG}")).await;
    scene.until_open().await;
    scene.eval("(chat().querySelector('details.hoi-menu').open = true, 0)").await;
    scene.browser.find("#title").await.click().await.unwrap();
    scene.until("the menu closed", "!chat().querySelector('details.hoi-menu[open]')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_on_the_page_closes_menus() {
    menus(Engine::Chromium).await;
    menus(Engine::Firefox).await;
}

/// What old libraries do to what a browser has.
const LIBRARIES: &[(&str, &str)] = &[
    (
        "Prototype 1.6",
        "Array.prototype.toJSON = function () { return '[' + this.join() + ']' }; String.prototype.toJSON = function () { return this }",
    ),
    ("objects with more", "Object.prototype.each = function () {}; Object.prototype.mode = 'frame'"),
    (
        "lists of one's own",
        "Array.prototype.includes = Array.prototype.contains = () => false; Array.prototype.extra = function () {}",
    ),
];

async fn libraries(engine: Engine) {
    let scene = Scene::start(engine, (1000, 800)).await;
    for (name, library) in LIBRARIES {
        scene.open("libraries", &[], &format!("<script>{library}</script>{TAG}")).await;
        scene.until_open().await;
        scene.eval("(window.heard = '', Hoi.on('message', ({ author }) => heard += author), Hoi.setContext({ page: 'x' }), Hoi.send('giờ làm việc'), 0)").await;
        scene.until(name, "heard.includes('assistant')").await;
        scene.eval("(Hoi.identify({}), heard = '', Hoi.send('địa chỉ ở đâu'), 0)").await;
        scene.until(name, "heard.includes('assistant')").await;
        scene.eval("(Hoi.reset(), 0)").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn libraries_in_chromium() {
    libraries(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn libraries_in_firefox() {
    libraries(Engine::Firefox).await;
}
