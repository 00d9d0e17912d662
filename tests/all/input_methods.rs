//! Words that are composed: by a real engine and real keys on a screen that nobody sees, and by trusted events of the debugging protocol, where a moment has to be met exactly.

mod keyboard;

use super::desk::{button, focused, says, sign_in, staff, waiting, words};
use serde_json::{Value, json};
use tests::{Agency, Browser, Edge, EdgeOptions, Engine, Framework, Host, Panel, Proxy, Typing, eventually};

/// What no intent of the ward covers, so that the agency is asked; and by which keys it is typed (Telex).
const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
const TELEX: &str = "con meof nhaf tooi thichs nghe nhacj coor ddieenr";

/// A page with the tag.
const PAGE: &str = "<!doctype html><html lang=vi><meta charset=utf-8><title>Trang</title><p>Xin chào</p>\
    <script src='TAG/s/ward/hoi.js'></script></html>";

struct Scene {
    agency: Agency,
    edge: Edge,
    host: Host,
    proxy: Proxy,
}

async fn scene() -> Scene {
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        host: host.origin.clone(),
        ..EdgeOptions::default()
    });
    host.shows(&edge);
    let proxy = Proxy::start(&edge, false).await;
    Scene { agency, edge, host, proxy }
}

impl Scene {
    /// The page with the tag of `origin`.
    fn page(&self, origin: &str) -> String {
        let name = if origin == self.edge.origin { "typed" } else { "typed-behind-a-proxy" };
        self.host.page(name, "", &PAGE.replace("TAG", origin))
    }

    fn asked(&self) -> Vec<Value> {
        self.agency.questions().iter().map(|line| line["question"]["text"].clone()).collect()
    }

    /// Waits until the agency was asked `text`, as the last and only thing since `before`.
    async fn until_asked(&self, what: &str, before: usize, text: &str) {
        eventually(what, || self.asked().len() > before).await;
        assert_eq!(self.asked()[before..], [json!(text)], "{what}");
    }
}

async fn a_moment() {
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
}

const IBUS: &[&str] = &["Unikey"];

/// The middle of what `css` names, on the screen.
async fn on_screen(browser: &Browser, css: &str) -> [f64; 2] {
    let found = format!(
        "(() => {{ const r = document.querySelector({}).getBoundingClientRect(); \
         return [screenX + r.x + r.width / 2, screenY + outerHeight - innerHeight + r.y + r.height / 2]; }})()",
        json!(css)
    );
    let found = browser.eval(&found).await;
    [0, 1].map(|at: usize| found[at].as_f64().unwrap())
}

/// Chromium hands keys on to engines though it is driven. So this sees what it does: the staff's desk, and the pages of a form.
#[tokio::test(flavor = "multi_thread")]
async fn at_the_desk_and_in_forms() {
    let typing = Typing::start(Framework::Ibus, IBUS);
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:lead"]);
    let browser = Browser::on(&typing, Engine::Chromium).await;
    sign_in(&browser, &edge, "lan").await;
    let mut visitor = waiting(&edge, "Mở cửa lúc mấy giờ?").await;
    says(&browser, "Thứ tự 1").await;
    browser.find(".desk-row").await.click().await.unwrap();
    button(&browser, "Tiếp nhận").await;
    focused(&browser, "the composer", "#desk-text").await;
    typing.keys(TELEX);
    typing.press(&["Return"]);
    assert_eq!(words(&staff(&mut visitor).await), STRANGE);
    typing.keys(TELEX);
    let [x, y] = on_screen(&browser, ".desk-send").await;
    typing.click(x, y);
    assert_eq!(words(&staff(&mut visitor).await), STRANGE);
    let field = "document.getElementById('desk-text').value";
    assert_eq!(browser.eval(field).await, json!(""));
    button(&browser, "Ghi chú nội bộ").await;
    focused(&browser, "the composer", "#desk-text").await;
    typing.keys(TELEX);
    typing.press(&["Return"]);
    let note = format!(
        "document.querySelector('[data-from=note]:not(.desk-unsent)')?.innerText.includes({})",
        json!(STRANGE)
    );
    browser.until("the note", &note).await;
    button(&browser, "Trả lời").await;
    // An answer is looked for, and taken by Enter.
    typing.press(&["slash"]);
    focused(&browser, "the search", "#desk-search").await;
    typing.keys("khai sinh");
    typing.press(&["Return"]);
    browser.until("an answer of the site's", &format!("{field}.length > 10")).await;

    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("textarea").await.send_keys("làm giấy khai sinh\u{e007}").await.unwrap();
    browser.until("the procedure", "!!document.querySelector('.hoi-procedure button.hoi-button')").await;
    browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
    browser.find("#f-nguoi-khai").await.click().await.unwrap();
    typing.keys("nguyeenx thij nghieeng");
    typing.press(&["Return"]);
    browser
        .until(
            "what else is asked",
            "!!document.querySelector('.hoi-problems, [name=page]:not([value=nguoi-khai])')",
        )
        .await;
    browser.eval("document.querySelector('[value=back]')?.click()").await;
    browser
        .until("the name", "document.getElementById('f-nguoi-khai')?.value === 'nguyễn thị nghiêng'")
        .await;
}

/// Part of a word, as an engine shows it: a trusted event.
async fn compose(browser: &Browser, text: &str) {
    let end = text.encode_utf16().count();
    let composed = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
    browser.cdp("Input.imeSetComposition", composed).await;
}

/// The word is finished.
async fn finish(browser: &Browser, text: &str) {
    browser.cdp("Input.insertText", json!({ "text": text })).await;
}

/// An Enter that an engine uses up.
async fn taken_enter(browser: &Browser) {
    for kind in ["rawKeyDown", "keyUp"] {
        let key = json!({ "type": kind, "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229 });
        browser.cdp("Input.dispatchKeyEvent", key).await;
    }
}

const VALUE: &str = "document.getElementById('hoi-text').value";
const SAID: &str =
    "[...document.querySelectorAll('.hoi-from-visitor .hoi-bubble')].map((said) => said.innerText.trim())";

async fn until_said(panel: &Panel<'_>, what: &str, said: Value) {
    panel.until(what, &format!("JSON.stringify({SAID}) === {}", json!(said.to_string()))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn enter_is_the_engines_or_the_visitors() {
    let scene = scene().await;
    let browser = Browser::start(400, 700).await;
    browser.client.goto(&scene.page(&scene.edge.origin)).await.unwrap();
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    panel.click("textarea").await;
    compose(&browser, "giờ").await;
    taken_enter(&browser).await;
    assert_eq!(panel.eval(VALUE).await, json!("giờ"));
    assert_eq!(panel.eval(SAID).await, json!([]));
    // As Vietnamese engines do: the same stroke finishes the word and is handed on.
    finish(&browser, "giờ làm việc").await;
    browser.press("Enter", 13).await;
    until_said(&panel, "Enter", json!(["giờ làm việc"])).await;
    // The button sends what is seen, once.
    compose(&browser, "lệ phí").await;
    panel.click(".hoi-send").await;
    until_said(&panel, "the button", json!(["giờ làm việc", "lệ phí"])).await;
    assert_eq!(panel.eval(VALUE).await, json!(""));
}

#[tokio::test(flavor = "multi_thread")]
async fn before_the_widget_enter_sends_too() {
    let scene = scene().await;
    scene.proxy.lets_wasm(false);
    let browser = Browser::start(400, 700).await;
    browser.client.goto(&format!("{}/s/ward", scene.proxy.origin)).await.unwrap();
    browser.find("#hoi-text").await.click().await.unwrap();
    compose(&browser, "giờ").await;
    taken_enter(&browser).await;
    assert_eq!(browser.eval(VALUE).await, json!("giờ"));
    finish(&browser, "giờ làm việc").await;
    let line = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": 8, "text": "\r" });
    browser.cdp("Input.dispatchKeyEvent", line).await;
    assert_eq!(browser.eval(VALUE).await, json!("giờ làm việc\n"), "Shift and Enter");
    browser.press("Enter", 13).await;
    browser.until("it was said", &format!("JSON.stringify({SAID}) === '[\"giờ làm việc\"]'")).await;
    browser.until("its answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    assert_eq!(browser.eval("!!document.querySelector('form.hoi-composer[action]')").await, json!(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_waits_for_the_end_of_a_word() {
    let scene = scene().await;
    scene.proxy.lets_wasm(false);
    let browser = Browser::start(400, 700).await;
    browser.client.goto(&format!("{}/s/ward", scene.proxy.origin)).await.unwrap();
    browser.find("#hoi-text").await.click().await.unwrap();
    finish(&browser, "giờ ").await;
    compose(&browser, "làm vi").await;
    browser.eval("(window.field = document.getElementById('hoi-text'), 0)").await;
    scene.proxy.lets_wasm(true);
    let wasm = "performance.getEntriesByType('resource').some((each) => each.name.endsWith('.wasm') && each.responseEnd > 0)";
    browser.until("the wasm", wasm).await;
    a_moment().await;
    let same = "document.getElementById('hoi-text') === field && !!document.querySelector('form.hoi-composer[action]')";
    assert_eq!(browser.eval(same).await, json!(true), "taken over in the middle of a word");
    compose(&browser, "làm việc").await;
    finish(&browser, "làm việc").await;
    browser.widget().await;
    assert_eq!(browser.eval(VALUE).await, json!("giờ làm việc"));
    browser.press("Enter", 13).await;
    browser.until("it was said", &format!("JSON.stringify({SAID}) === '[\"giờ làm việc\"]'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fills_the_field_waits_too() {
    let scene = scene().await;
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&scene.page(&scene.edge.origin)).await.unwrap();
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    panel.click("textarea").await;
    // Another language draws everything anew; the page fills the field; the visitor has begun a word.
    compose(&browser, "nghiê").await;
    panel.eval("(window.field = document.getElementById('hoi-text'), 0)").await;
    browser.eval("Hoi.setLocale('en'), 0").await;
    a_moment().await;
    let same = "document.getElementById('hoi-text') === field";
    assert_eq!(panel.eval(same).await, json!(true), "drawn anew in the middle of a word");
    finish(&browser, "nghiêng").await;
    panel.until("the other language", "document.documentElement.lang === 'en'").await;
    assert_eq!(panel.eval(VALUE).await, json!("nghiêng"));
    compose(&browser, " đầ").await;
    browser.eval("Hoi.prefill('Xin chào'), 0").await;
    a_moment().await;
    assert_eq!(panel.eval(VALUE).await, json!("nghiêng đầ"), "filled in the middle of a word");
    finish(&browser, " đầu").await;
    panel.until("what the page fills in", &format!("{VALUE} === 'Xin chào'")).await;
    // What the page asks meanwhile leaves the composer alone.
    compose(&browser, " bà").await;
    browser.eval("Hoi.send('giờ làm việc'), 0").await;
    until_said(&panel, "what the page asks", json!(["giờ làm việc"])).await;
    finish(&browser, " bà").await;
    browser.press("Enter", 13).await;
    until_said(&panel, "the visitor's", json!(["giờ làm việc", "Xin chào bà"])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_typed_apart_are_put_together() {
    let scene = scene().await;
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&scene.page(&scene.edge.origin)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.eval("Hoi.setContext({ page: 'Lệ phí'.normalize('NFD') }), 0").await;
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    let apart = browser.eval(&format!("{}.normalize('NFD')", json!(STRANGE))).await;
    assert_ne!(apart, json!(STRANGE));
    panel.ask(apart.as_str().unwrap()).await;
    scene.until_asked("a question with marks apart", 0, STRANGE).await;
    let asked = scene.agency.questions();
    assert_eq!(asked[0]["question"]["context"], json!({ "page": "Lệ phí" }));
}
