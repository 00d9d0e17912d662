//! Wherever the script lies, in whatever way it is run, the chat is the edge's; and where nothing says which site, it is told what to write.

use super::Scene;
use serde_json::json;
use tests::Engine;

/// How a page may have the script: what it is called, its body, and whether its settings (`scheme`) reach it.
const COPIES: &[(&str, &str, bool)] = &[
    ("the tag itself", "<script async src='EDGE/s/ward/hoi.js' data-scheme=dark></script>", true),
    ("a cache's copy", "<script src='/own/copy.js' data-scheme=dark></script>", true),
    ("one that waits", "<script defer src='/own/copy.js' data-scheme=dark></script>", true),
    ("a module", "<script type=module src='/own/copy.js'></script>", false),
    (
        "a module that names the site",
        "<script type=module src='/own/copy.js' data-site=ward data-scheme=dark></script>",
        true,
    ),
    (
        "brought in by a module",
        "<script>window.hoiSettings = { scheme: 'dark' }</script><script type=module>import '/own/copy.js'</script>",
        true,
    ),
    ("run by eval", "<script>fetch('/own/copy.js').then((it) => it.text()).then(eval)</script>", false),
    (
        "put off by an optimiser",
        "<script type=text/plain data-src='EDGE/s/ward/hoi.js' data-site=ward data-scheme=dark></script>\
         <script>setTimeout(() => fetch('/own/copy.js').then((it) => it.text()).then((text) => new Function(text)()))</script>",
        true,
    ),
    ("a copy without a site", "<script src='/own/bare.js' data-site=ward data-scheme=dark></script>", true),
    (
        "in a bundle",
        "<script>window.hoiSettings = { site: 'ward', scheme: 'dark' }</script><script src='/own/bare.js'></script>",
        true,
    ),
    (
        "a word processor's quotes",
        "<script src='EDGE/hoi.js' data-site=\u{201c}ward\u{201d} data-scheme=\u{201c}dark\u{201d}></script>",
        true,
    ),
    (
        "beside somebody else's tag",
        "<script>window.hoiSettings = { site: 'ward', scheme: 'dark' }</script>\
         <script type=text/plain data-site=ABCDEF data-scheme=light></script><script src='/own/bare.js'></script>",
        true,
    ),
];

async fn copies(engine: Engine) {
    let scene = Scene::start(engine, (1000, 800)).await;
    let fetched = |path: &str| {
        let url = format!("{}{path}", scene.edge.origin);
        ureq::get(&url).call().unwrap().into_body().read_to_string().unwrap()
    };
    let copy = fetched("/s/ward/hoi.js");
    scene.host.file("copy.js", &[], &copy);
    scene.host.file("bare.js", &[], &fetched("/hoi.js"));
    let inline = format!("<script data-scheme=dark>{copy}</script>");
    for (name, body, is_set) in COPIES.iter().copied().chain([("in the page", inline.as_str(), true)]) {
        scene.open("copies", &[], &format!("{}<p>Trang</p>{body}", super::OPEN_ROOTS)).await;
        scene.until_open().await;
        if is_set {
            let scheme = "guest().querySelector('.w').dataset.scheme";
            assert_eq!(scene.eval(scheme).await, json!("dark"), "{name}");
        }
        let found =
            scene.eval("Hoi.check().then(({ ok, notes }) => [ok, notes.map((each) => each.code)])").await;
        let is_copy =
            !name.starts_with("the tag") && name != "a word processor's quotes" && !body.contains("bare.js");
        assert_eq!(found, json!([true, if is_copy { vec!["copy"] } else { vec![] }]), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_in_chromium() {
    copies(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copies_in_firefox() {
    copies(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_any_site_the_console_says_what_to_write() {
    let scene = Scene::start(Engine::Chromium, (1000, 800)).await;
    for body in ["<script src='EDGE/hoi.js'></script>", "<script type=module>import 'EDGE/hoi.js'</script>"] {
        scene.browser.console().await;
        scene.open("nameless", &[], body).await;
        let mut said = Vec::new();
        let wanted = format!("{}/s/SITE/hoi.js", scene.edge.origin);
        while !said.iter().any(|line: &String| line.contains(&wanted)) {
            said.extend(scene.browser.console().await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let ours = said.iter().filter(|line| line.contains("Hoi: ")).count();
        assert_eq!((ours, scene.eval("typeof Hoi").await), (1, json!("undefined")), "{said:?}");
    }
}
