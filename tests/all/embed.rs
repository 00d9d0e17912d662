//! What a webmaster does with the tag: its settings, its API, policies, and pages that are hard to be a guest on.

use serde_json::{Value, json};
use tests::{Browser, Edge, EdgeOptions, Host};

/// A page that holds the tag and nothing that helps it.
fn tagged(attributes: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Trang</title></head><body>\
         <h1>Trang</h1>{body}<script async src=\"EDGE/s/ward/hoi.js\" {attributes}></script></body></html>"
    )
}

/// The same with a script of the page's own before the tag.
fn scripted(script: &str, attributes: &str) -> String {
    tagged(attributes, &format!("<script>{script}</script>"))
}

struct Scene {
    edge: Edge,
    host: Host,
    browser: Browser,
}

async fn scene() -> Scene {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = Browser::start(1000, 800).await;
    browser.screen(1000, 800, false).await;
    Scene { edge, host, browser }
}

impl Scene {
    /// Opens a page and waits for the API.
    async fn open(&self, policy: &str, html: &str) {
        self.open_page(policy, html).await;
        self.until("the API", "!!window.Hoi && Hoi.version === 1").await;
    }

    /// Waits until an expression is true on the page, without anything that the page may have patched.
    async fn until(&self, what: &str, expression: &str) {
        let asked = json!({ "expression": expression, "returnByValue": true });
        for _ in 0..400 {
            if self.browser.cdp("Runtime.evaluate", asked.clone()).await["result"]["value"] == true {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("waited 20 s for {what}");
    }

    async fn open_page(&self, policy: &str, html: &str) {
        let url = self.host.page("page.html", policy, html);
        self.browser.console().await;
        // Not the driver's own way: it runs scripts on the page that is left, where everything may be patched.
        for url in ["about:blank", &url] {
            self.browser.cdp("Page.navigate", json!({ "url": url })).await;
        }
    }

    async fn codes(&self) -> Value {
        // An arrow function would be returned as it is; WebDriver waits for a promise.
        self.browser.eval("Hoi.check().then(({ findings }) => findings.map((f) => f.code))").await
    }

    /// What the launcher looks like, read through the debugging protocol: its shadow root is closed.
    async fn closed(&self, read: &str) -> Value {
        let document = self.browser.cdp("DOM.getDocument", json!({ "depth": -1, "pierce": true })).await;
        let wrap = shadow(&document["root"]).expect("the launcher's shadow root")["backendNodeId"].clone();
        self.call(&wrap, read).await
    }

    /// The same of the panel's own shadow root, in inline mode; nothing before it is there.
    async fn inline(&self, read: &str) -> Value {
        let document = self.browser.cdp("DOM.getDocument", json!({ "depth": -1, "pierce": true })).await;
        match shadow(&document["root"]).and_then(shadow) {
            Some(root) => self.call(&root["backendNodeId"], read).await,
            None => Value::Null,
        }
    }

    async fn inline_until(&self, what: &str, read: &str) {
        for _ in 0..400 {
            if self.inline(read).await == true {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("waited 20 s for {what}: {}", self.inline("this.textContent").await);
    }

    async fn call(&self, node: &Value, read: &str) -> Value {
        let object = self.browser.cdp("DOM.resolveNode", json!({ "backendNodeId": node })).await;
        let call = json!({
            "objectId": object["object"]["objectId"],
            "functionDeclaration": format!("function () {{ return {read}; }}"),
            "returnByValue": true
        });
        self.browser.cdp("Runtime.callFunctionOn", call).await["result"]["value"].clone()
    }
}

/// The closed shadow root below `node`.
fn shadow(node: &Value) -> Option<&Value> {
    node["children"].as_array().into_iter().flatten().find_map(|child| {
        let roots = child["shadowRoots"].as_array().into_iter().flatten();
        roots.into_iter().find(|root| root["shadowRootType"] == "closed").or_else(|| shadow(child))
    })
}

const LAUNCHER: &str = "this.querySelector('button')";

#[tokio::test(flavor = "multi_thread")]
async fn the_tags_settings_and_the_pages() {
    let scene = scene().await;
    let wrap = |name: &str| format!("this.querySelector('.w').dataset.{name}");
    scene
        .open("", &tagged("data-scheme=dark data-launcher=bubble data-position=start data-lang=en", ""))
        .await;
    assert_eq!(scene.closed(&wrap("scheme")).await, "dark");
    assert_eq!(scene.closed(&wrap("launcher")).await, "bubble");
    assert_eq!(scene.closed(&wrap("position")).await, "start");
    assert_eq!(scene.closed("this.querySelector('.w').lang").await, "en");
    let left = scene.closed(&format!("{LAUNCHER}.getBoundingClientRect().left")).await;
    assert!(left.as_f64().unwrap() < 100.0, "position=start is not at the start: {left}");
    // The page's script says the same, and the tag wins over it.
    let settings = "window.hoiSettings = { scheme: 'light', lang: 'en', launcher: 'none' }";
    scene.open("", &scripted(settings, "data-scheme=dark")).await;
    assert_eq!(scene.closed(&wrap("scheme")).await, "dark", "the tag wins");
    assert_eq!(scene.closed("this.querySelector('.w').lang").await, "en");
    assert_eq!(scene.closed(&format!("{LAUNCHER}.hidden")).await, true);
    scene.browser.eval("Hoi.show()").await;
    assert_eq!(scene.closed(&format!("{LAUNCHER}.hidden")).await, false);
    scene.browser.eval("Hoi.hide()").await;
    assert_eq!(scene.closed(&format!("{LAUNCHER}.hidden")).await, true);
    scene.open("", &tagged("data-open", "")).await;
    scene.browser.panel(&scene.edge).await;
    assert_eq!(scene.closed(&format!("{LAUNCHER}.getAttribute('aria-expanded')")).await, "true");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_verb_does_what_it_says() {
    let scene = scene().await;
    let early =
        "window.Hoi = { q: [['on', 'ready', () => (window.there = true)], ['prefill', 'viết dở'], 'open'] }";
    scene.open("", &scripted(early, "")).await;
    let panel = scene.browser.panel(&scene.edge).await;
    panel
        .until(
            "what was queued before the script came",
            "document.querySelector('textarea').value === 'viết dở'",
        )
        .await;
    scene.browser.until("a handler set early", "window.there === true").await;
    let expanded = format!("{LAUNCHER}.getAttribute('aria-expanded')");
    scene.browser.eval("Hoi.toggle()").await;
    assert_eq!(scene.closed(&expanded).await, "false");
    scene.browser.eval("Hoi.toggle()").await;
    assert_eq!(scene.closed(&expanded).await, "true");
    scene.browser.eval("Hoi.setColorScheme('dark')").await;
    panel.until("dark colours", "document.documentElement.dataset.scheme === 'dark'").await;
    assert_eq!(scene.closed("this.querySelector('.w').dataset.scheme").await, "dark");
    scene.browser.eval("Hoi.setLocale('en')").await;
    panel.until("English", "document.documentElement.lang === 'en'").await;
    assert_eq!(scene.closed("this.querySelector('.w').lang").await, "en");
    scene.browser.eval("Hoi.send('opening hours')").await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    scene.browser.eval("Hoi.reset()").await;
    panel.until("a new beginning", "!document.querySelector('.hoi-from-visitor')").await;
    scene.browser.eval("Hoi.close()").await;
    scene.browser.eval("Hoi.q.push(['open'])").await;
    assert_eq!(scene.closed(&expanded).await, "true", "a late push runs at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_that_ask() {
    let scene = scene().await;
    let body = "<button data-hoi-ask=\"\" id=\"bare\">Hỏi</button>\
                <p data-hoi-ask=\"giờ làm việc\"><b id=\"inner\">Giờ</b></p>";
    scene.open("", &tagged("", body)).await;
    scene.browser.find("#bare").await.click().await.unwrap();
    let panel = scene.browser.panel(&scene.edge).await;
    assert_eq!(panel.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(0));
    scene.browser.eval("Hoi.close()").await;
    scene.browser.eval("document.querySelector('#inner').click()").await;
    panel.until_says("giờ làm việc").await;
    // One that comes later asks as well.
    scene.browser.eval("document.body.insertAdjacentHTML('beforeend', '<i id=late data-hoi-ask=\"lệ phí khai sinh\">x</i>')").await;
    scene.browser.eval("document.querySelector('#late').click()").await;
    panel.until_says("lệ phí khai sinh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_behind() {
    let scene = scene().await;
    // Counts what stands and what listens, before the tag and after the guest has gone.
    let count = "window.heard = 0; for (const target of [EventTarget.prototype]) { \
        const add = target.addEventListener, remove = target.removeEventListener; \
        target.addEventListener = function (...a) { if (this === window || this === document) heard++; return add.apply(this, a); }; \
        target.removeEventListener = function (...a) { if (this === window || this === document) heard--; return remove.apply(this, a); }; } \
        window.globals = ['globals', ...Object.keys(window)];";
    scene.open("", &scripted(count, "")).await;
    scene.browser.press_launcher().await;
    let panel = scene.browser.panel(&scene.edge).await;
    panel.ask("giờ làm việc").await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    scene.browser.eval("Hoi.on('opened', () => {})").await;
    // The last one is the driver's.
    let globals = "Object.keys(window).filter((name) => !globals.includes(name) && name !== 'ret_nodes')";
    assert_eq!(scene.browser.eval(globals).await, json!(["Hoi"]));
    scene.browser.eval("Hoi.check()").await;
    scene.browser.eval("Hoi.destroy()").await;
    assert_eq!(scene.browser.eval(globals).await, json!([]));
    assert_eq!(scene.browser.eval("heard").await, json!(0), "listeners on window and document");
    assert_eq!(
        scene.browser.eval("[...document.body.children].map((e) => e.tagName)").await,
        json!(["H1", "SCRIPT", "SCRIPT"])
    );
    assert_eq!(
        scene.browser.eval("[document.cookie, localStorage.length, document.styleSheets.length, document.adoptedStyleSheets.length]").await,
        json!(["", 0, 0, 0])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tags_are_one_guest_and_the_check_says_so() {
    let scene = scene().await;
    let again = "<script async src=\"EDGE/s/ward/hoi.js\"></script>";
    scene.open("", &tagged("", again)).await;
    scene.browser.until("both tags", "performance.getEntriesByType('resource').length > 0").await;
    assert_eq!(scene.codes().await, json!(["twice"]));
    let hosts = "[...document.body.children].filter((e) => e.tagName === 'DIV').length";
    assert_eq!(scene.browser.eval(hosts).await, json!(1));
    // The tag that only names the site brings the other one in: that is one tag.
    let bare = "<!doctype html><body><script async src=\"EDGE/hoi.js\" data-site=\"ward\"></script>";
    scene.open("", bare).await;
    assert_eq!(scene.codes().await, json!([]));
    scene.open_page("", &bare.replace("\"ward\"", "\"wrd\"")).await;
    let mut said = Vec::new();
    for _ in 0..100 {
        said.extend(scene.browser.console().await);
        if said.iter().any(|line| line.contains("there is no site wrd")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("a wrong name is not told: {said:?}");
}

/// The policies of the table in docs/embed.md: what the page sends, and what the check then finds.
const POLICIES: &[(&str, &str, &[&str])] = &[
    ("none at all", "", &[]),
    ("scripts only", "script-src EDGE", &["frame"]),
    ("frames, too", "script-src EDGE; frame-src EDGE", &[]),
    ("connections, too", "script-src EDGE; frame-src EDGE; connect-src EDGE", &[]),
    ("wasm, too", "script-src EDGE 'wasm-unsafe-eval'; frame-src EDGE; connect-src EDGE", &[]),
    ("by nonce", "script-src 'nonce-abc' 'strict-dynamic'; frame-src EDGE", &[]),
    (
        "trusted types",
        "script-src EDGE; frame-src EDGE; require-trusted-types-for 'script'; trusted-types 'none'",
        &[],
    ),
    ("sandbox of its own", "script-src EDGE; child-src EDGE; style-src 'none'; base-uri 'none'", &[]),
];

#[tokio::test(flavor = "multi_thread")]
async fn under_every_policy_the_chat_works_or_says_why() {
    let scene = scene().await;
    for (name, policy, codes) in POLICIES {
        let policy = if policy.is_empty() { String::new() } else { format!("default-src 'none'; {policy}") };
        scene.open(&policy, &tagged("nonce=abc", "")).await;
        assert_eq!(scene.codes().await, json!(codes), "{name}");
        scene.browser.press_launcher().await;
        if codes.is_empty() {
            let panel = scene.browser.panel(&scene.edge).await;
            panel.ask("giờ làm việc").await;
            panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
            panel.eval("localStorage.clear()").await;
            let said = scene.browser.console().await;
            let refused: Vec<_> =
                said.iter().filter(|line| line.contains("Policy") || line.contains("Trusted")).collect();
            assert!(refused.is_empty(), "{name}: {refused:?}");
        } else {
            // Whom to call, and the chat as a page.
            let links =
                "[...this.querySelectorAll('.f a')].map((a) => a.getAttribute('href').split(/[/?]/).pop())";
            scene.browser.until("the error", "true").await;
            let found = scene.closed(links).await;
            assert!(found.as_array().is_some_and(|found| found.len() >= 2), "{name}: {found}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_not_listed_is_told() {
    let scene = scene().await;
    let stranger = Host::start().await;
    stranger.shows(&scene.edge);
    let url = stranger.page("page.html", "", &tagged("", ""));
    scene.browser.client.goto(&url).await.unwrap();
    scene.browser.until("the API", "!!window.Hoi && Hoi.version === 1").await;
    let found = scene.browser.eval("Hoi.check().then(({ findings }) => findings)").await;
    assert_eq!(found[0]["code"], "origin");
    for lang in ["vi", "en"] {
        let sentence = found[0][lang].as_str().unwrap();
        assert!(sentence.contains(&stranger.origin), "{sentence}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_package_for_bundlers() {
    let scene = scene().await;
    let source = std::fs::read_to_string(tests::root().join("widget/npm/index.js")).unwrap();
    let source = source.replace("export ", "");
    let html = format!(
        "<!doctype html><body><h1>Trang</h1><script type=module>{source};window.load = load; window.unload = unload;</script>"
    );
    let policy = "script-src 'unsafe-inline' EDGE; require-trusted-types-for 'script'; trusted-types hoi";
    scene.open_page(policy, &html).await;
    scene.until("the module", "!!window.load").await;
    let load = format!("load({{ edge: '{}', site: 'ward', scheme: 'dark' }})", scene.edge.origin);
    scene.browser.eval(&format!("(window.both = Promise.all([{load}, {load}]))")).await;
    assert_eq!(scene.browser.eval("both.then(([a, b]) => a === b && a === window.Hoi)").await, json!(true));
    assert_eq!(scene.closed("this.querySelector('.w').dataset.scheme").await, "dark");
    scene.browser.eval("unload()").await;
    assert_eq!(
        scene.browser.eval("[...document.body.children].map((e) => e.tagName)").await,
        json!(["H1", "SCRIPT"])
    );
    assert_eq!(
        scene.browser.eval("[typeof Hoi, document.querySelectorAll('head script').length]").await,
        json!(["undefined", 0])
    );
    scene.browser.eval(&format!("{load}.then((hoi) => hoi.open())")).await;
    scene.browser.panel(&scene.edge).await;
    scene.browser.eval("unload()").await;
    let wrong = load.replace("'ward'", "'nobody'");
    assert_eq!(
        scene.browser.eval(&format!("{wrong}.catch((error) => error.message.includes('/check'))")).await,
        json!(true)
    );
}

const INLINE: &str = "script-src EDGE 'wasm-unsafe-eval'; connect-src EDGE WSEDGE; img-src EDGE; style-src 'nonce-s'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

#[tokio::test(flavor = "multi_thread")]
async fn inline_the_panel_is_a_part_of_the_page() {
    let scene = scene().await;
    let policy = format!("default-src 'none'; {INLINE}");
    let style =
        "<style nonce=s>html { font-size: 62.5% } #hoi-chat::part(bubble) { border-radius: 3px }</style>";
    scene.open(&policy, &tagged("data-mode=inline", style)).await;
    let listening = || async {
        let mut count = 0;
        for target in ["window", "document"] {
            let object = scene.browser.cdp("Runtime.evaluate", json!({ "expression": target })).await;
            let asked = json!({ "objectId": object["result"]["objectId"] });
            let found = scene.browser.cdp("DOMDebugger.getEventListeners", asked).await;
            count += found["listeners"].as_array().map_or(0, Vec::len);
        }
        count
    };
    scene.browser.press_launcher().await;
    scene
        .inline_until(
            "the composer, ready to write into",
            "!!this.activeElement && this.activeElement.tagName === 'TEXTAREA'",
        )
        .await;
    assert!(!scene.browser.has_frame(&scene.edge).await, "there is a frame");
    scene.browser.cdp("Input.insertText", json!({ "text": "lam giay khai sinh cho con can gi" })).await;
    scene.browser.press("Enter", 13).await;
    scene.inline_until("the procedure's card", "!!this.querySelector('.hoi-procedure')").await;
    let computed =
        |of: &str| format!("getComputedStyle(this.querySelector('.hoi-from-assistant .hoi-bubble')).{of}");
    assert_eq!(scene.inline(&computed("borderTopRightRadius")).await, "3px", "::part() reaches the bubble");
    assert_eq!(scene.inline(&computed("fontSize")).await, "16px", "the page's rem reaches in");
    assert_eq!(scene.inline("this.querySelector('.hoi-logo').naturalWidth > 0").await, true);
    assert_eq!(scene.codes().await, json!([]));
    scene.browser.picture("inline").await;
    let said = scene.browser.console().await;
    let refused: Vec<_> =
        said.iter().filter(|line| line.contains("Policy") || line.contains("Trusted")).collect();
    assert!(refused.is_empty(), "{refused:?}");
    // A part that comes when it is wanted comes from the edge, whatever page this is.
    scene.browser.cdp("Input.insertText", json!({ "text": "căn cước 079203001234" })).await;
    scene.browser.press("Enter", 13).await;
    scene.inline_until("the question back", "!!this.querySelector('#hoi-hide')").await;
    scene.browser.press("Escape", 27).await;
    // It moves with its element, whatever the application does.
    scene.browser.eval("document.body.replaceChildren(document.createElement('main'))").await;
    scene.inline_until("what was said", "!!this.querySelector('.hoi-procedure')").await;
    scene.browser.press("Escape", 27).await;
    scene.browser.eval("Hoi.open()").await;
    scene.browser.eval("Hoi.destroy()").await;
    scene.until("nobody to listen any more", "typeof Hoi === 'undefined'").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(listening().await, 0);
    assert_eq!(scene.browser.eval("document.body.children.length").await, json!(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn inline_where_the_policy_forbids_it_the_frame_is_used() {
    let scene = scene().await;
    for (lacks, policy) in [
        ("connect", "script-src EDGE 'wasm-unsafe-eval'; frame-src EDGE"),
        ("wasm", "script-src EDGE; connect-src EDGE WSEDGE; frame-src EDGE"),
    ] {
        scene.open(&format!("default-src 'none'; {policy}"), &tagged("data-mode=inline", "")).await;
        scene.browser.press_launcher().await;
        let panel = scene.browser.panel(&scene.edge).await;
        panel.ask("giờ làm việc").await;
        panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
        panel.eval("localStorage.clear()").await;
        assert_eq!(scene.codes().await, json!([lacks]));
    }
}

/// What pages do to their guests. Each must leave the launcher where it is and the chat working.
const HOSTILE: &[(&str, &str)] = &[
    ("everything unset", "<style>*, *::before, *::after { all: unset !important; }</style>"),
    (
        "everything hidden that is last",
        "<style>body > div:last-child { display: none; opacity: 0; visibility: hidden } div { transform: scale(.1) }</style>",
    ),
    (
        "big letters",
        "<style>html { font-size: 40px; letter-spacing: 1em; line-height: 4 } div { font: 60px serif !important; margin: 100px !important }</style>",
    ),
    ("on top", "<style>h1 { position: fixed; z-index: 2147483647; inset: 0 0 50% 0 }</style>"),
    ("another base", "<base href=\"https://elsewhere.example/x/\">"),
    (
        "patched globals",
        "<script>Array.prototype.toJSON = function () { return 'x'; }; Object.prototype.surprise = 1; \
      JSON.parse = JSON.stringify = window.fetch = () => { throw new Error('patched'); }; \
      window.XMLHttpRequest = window.WebSocket = undefined; window.name = 'x';</script>",
    ),
    (
        "a Promise of one's own",
        "<script>window.Promise = function () { throw new Error('patched'); };</script>",
    ),
    ("an element called Hoi", "<form id=Hoi></form><img name=look>"),
    ("one that seems to be the API", "<form id=Hoi><input name=version><input name=q><input name=q></form>"),
    ("a frame that seems to be", "<iframe name=Hoi></iframe><iframe name=hoiSettings></iframe>"),
    (
        "a picture posing as the tag",
        "<img name=currentScript src=\"https://elsewhere.example/s/ward/hoi.js\" data-launcher=none>",
    ),
    (
        "a form posing as the tag",
        "<form name=currentScript><input name=src value=\"https://elsewhere.example/hoi.js\"></form>",
    ),
    (
        "content named after what a document does",
        "<img name=createElement><img name=createElementNS><img name=addEventListener><form name=activeElement></form>\
         <img name=scripts><img name=querySelector><embed name=currentScript>",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn hostile_pages() {
    let scene = scene().await;
    for (name, body) in HOSTILE {
        scene.open("", &tagged("", body)).await;
        let place = scene
            .closed(&format!("(({{ right, bottom, width, height }}) => [1000 - right, 800 - bottom, width, height])({LAUNCHER}.getBoundingClientRect())"))
            .await;
        let [right, bottom, width, height]: [f64; 4] =
            std::array::from_fn(|i| place[i].as_f64().unwrap_or(f64::NAN));
        assert!((0.0..40.0).contains(&right) && (0.0..40.0).contains(&bottom), "{name}: at {place}");
        assert!(
            (48.0..400.0).contains(&width) && (48.0..90.0).contains(&height),
            "{name}: as big as {place}"
        );
        scene.browser.click_at(1000.0 - right - width / 2.0, 800.0 - bottom - height / 2.0).await;
        let panel = scene.browser.panel(&scene.edge).await;
        panel.ask("giờ làm việc").await;
        panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
        panel.eval("localStorage.clear()").await;
    }
}

/// Brought in by a module there is no current script: then a tag of the edge's own says the settings, and no other.
#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_is_elsewheres_is_no_tag_of_ours() {
    let scene = scene().await;
    let html = "<!doctype html><body><div id=x></div><script>document.getElementById('x').innerHTML = \
        '<script src=\"https://elsewhere.example/s/ward/hoi.js\" data-scheme=dark><\\/script>'</script>\
        <script type=text/plain src=\"EDGE/s/ward/hoi.js\" data-scheme=light></script>\
        <script type=module>import 'EDGE/s/ward/hoi.js';</script>";
    scene.open("", html).await;
    assert_eq!(scene.closed("this.querySelector('.w').dataset.scheme").await, "light");
    scene.browser.press_launcher().await;
    scene.browser.panel(&scene.edge).await;
}
