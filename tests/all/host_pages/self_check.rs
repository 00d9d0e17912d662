//! `Hoi.check()` says "in order" only where a visitor can chat.

use super::{OPEN_ROOTS, Scene};
use serde_json::{Value, json};
use tests::{Engine, Host};

const TAG: &str = "<script async src='EDGE/s/ward/hoi.js'></script>";

/// What a page does, and what is then found where a visitor can't press the launcher.
const PAGES: &[(&str, &str, &str)] = &[
    ("nothing", "", ""),
    ("the launcher far below", "<style>:root { --hoi-offset-block: -4000px }</style>", "outside"),
    ("a page that is moved", "<style>body { transform: translateX(-3000px) }</style>", "outside"),
    ("a page that is gray", "<style>body { filter: grayscale(1); height: 4000px }</style>", "outside"),
    (
        "a body that is inert",
        "<script>addEventListener('load', () => document.body.inert = true)</script>",
        "inert",
    ),
    (
        "a page that is inert",
        "<script>addEventListener('load', () => document.documentElement.inert = true)</script>",
        "inert",
    ),
    (
        "a dialog of the browser's own",
        "<dialog id=ask><p>Xin chờ</p></dialog><script>addEventListener('load', () => ask.showModal())</script>",
        "inert",
    ),
    (
        "something over everything",
        "<div id=cover style='position: fixed; inset: 0; z-index: 2147483647; background: #fff'></div>\
         <script>addEventListener('load', () => document.documentElement.append(cover))</script>",
        "covered",
    ),
];

/// Whether the launcher is in the window, on top, and can be pressed.
const REACHED: &str = "(() => { const { x, y, width, height } = guest().querySelector('.b').getBoundingClientRect(); \
    const found = document.elementFromPoint(x + width / 2, y + height / 2); return !!found && found.shadowRoot === guest(); })()";

impl Scene {
    async fn findings(&self) -> Value {
        self.until_loaded().await;
        self.eval("Hoi.check().then(({ ok, findings }) => [ok, findings.map((each) => each.code)])").await
    }
}

async fn findings(engine: Engine) {
    let scene = Scene::start(engine, (1000, 800)).await;
    for (name, body, code) in PAGES {
        scene.open("checked", &[], &format!("{OPEN_ROOTS}<p>Trang</p>{body}{TAG}")).await;
        scene.until_loaded().await;
        scene.until("all of the page", "document.readyState === 'complete'").await;
        // What the loader does about it, it does a little later.
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        let is_reached = scene.eval(REACHED).await == json!(true);
        let expected = if is_reached { json!([true, []]) } else { json!([false, [code]]) };
        assert_eq!(scene.findings().await, expected, "{name}: can be pressed: {is_reached}");
        assert!(is_reached || !code.is_empty(), "{name}");
    }
    // Content that bears names of what a document has.
    let names = "<img name=querySelectorAll><form name=body></form><img name=elementFromPoint><img name=createElement>";
    scene.open("checked", &[], &format!("{names}{TAG}")).await;
    assert_eq!(scene.findings().await, json!([true, []]));
    // No launcher, and nothing else that opens the panel.
    scene
        .open("checked", &[], &format!("<script>window.hoiSettings = {{ launcher: 'none' }}</script>{TAG}"))
        .await;
    assert_eq!(scene.findings().await, json!([false, ["way"]]));
    // The page's frames may be refused by its policy; only the panel's own document says that it is there.
    let policy = [("content-security-policy", "frame-src 'none'")];
    scene.open("checked", &policy, TAG).await;
    assert_eq!(scene.findings().await, json!([false, ["frame"]]));
    // On a page that is not listed.
    let stranger = Host::start().await;
    stranger.shows(&scene.edge);
    scene.browser.client.goto(&stranger.page("page", "", TAG)).await.unwrap();
    assert_eq!(scene.findings().await, json!([false, ["origin"]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_in_chromium() {
    findings(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_in_firefox() {
    findings(Engine::Firefox).await;
}

/// A frame that is refused is loaded, too: with the browser's own page about that.
#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_something_else_refuses() {
    let scene = Scene::start(Engine::Chromium, (1000, 800)).await;
    scene.browser.cdp("Network.enable", json!({})).await;
    let blocked = json!({ "urlPatterns": [{ "urlPattern": "*://*:*/s/ward/frame*", "block": true }] });
    scene.browser.cdp("Network.setBlockedURLs", blocked).await;
    scene.open("checked", &[], TAG).await;
    assert_eq!(scene.findings().await, json!([false, ["blocked"]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_has_switched_it_off_and_the_edge_goes_away() {
    let mut scene = Scene::start(Engine::Chromium, (1000, 800)).await;
    scene.open("checked", &[], TAG).await;
    assert_eq!(scene.findings().await, json!([true, []]));
    assert!(scene.edge.hoi(&["off", "ward"]).status.success());
    // A browser keeps a script that it has had for as long as the page lives.
    let mut found = json!(null);
    for _ in 0..100 {
        scene.open("checked", &[], TAG).await;
        found = scene.findings().await;
        if found == json!([false, ["off"]]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    assert_eq!(found, json!([false, ["off"]]));
    scene.edge.up();
    scene.open("checked", &[], TAG).await;
    scene.until_loaded().await;
    scene.edge.kill();
    let found =
        scene.eval("Hoi.check().then(({ ok, findings }) => [ok, findings[0].code, findings[0].en])").await;
    assert_eq!((&found[0], &found[1]), (&json!(false), &json!("script")), "{found}");
    assert!(found[2].as_str().unwrap().contains(&scene.edge.origin), "{found}");
}
