//! A visitor on an agency's own web site: the tag, the launcher, the panel, the whole way.

use serde_json::{Value, json};
use tests::{Agency, Browser, Edge, EdgeOptions, Host};

const PAGES: &[&str] = &["index.html", "strict.html", "spa.html"];
/// What no intent of the ward covers.
const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";

struct Scene {
    agency: Agency,
    edge: Edge,
    host: Host,
}

async fn scene(edits: &[(&str, &str)]) -> Scene {
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        host: host.origin.clone(),
        edits: edits.iter().map(|(find, put)| ((*find).into(), (*put).into())).collect(),
        ..EdgeOptions::default()
    });
    host.shows(&edge);
    Scene { agency, edge, host }
}

impl Scene {
    async fn open(&self, browser: &Browser, page: &str) {
        browser.client.goto(&format!("{}/ward/{page}", self.host.origin)).await.unwrap();
    }
}

/// What the page has asked of the edge so far, by path.
async fn asked(browser: &Browser, edge: &Edge) -> Value {
    let script = format!(
        "performance.getEntriesByType('resource').map(e => e.name).filter(n => n.startsWith({0})).map(n => n.slice({0}.length))",
        json!(edge.origin)
    );
    browser.eval(&script).await
}

async fn the_whole_way(page: &str) {
    let scene = scene(&[]).await;
    let browser = Browser::start(1000, 800).await;
    scene.open(&browser, page).await;
    browser.until("the launcher", "!!window.Hoi").await;
    // Nothing but the tag before the visitor acts, and nothing kept.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(asked(&browser, &scene.edge).await, json!(["/s/ward/hoi.js"]), "{page}");
    assert_eq!(
        browser.eval("[document.cookie, localStorage.length, sessionStorage.length]").await,
        json!(["", 0, 0])
    );
    assert!(!browser.has_frame(&scene.edge).await, "{page} has a frame before anybody asked for it");

    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    assert_eq!(
        panel.eval("localStorage.length").await,
        json!(0),
        "something is kept before anything was said"
    );
    panel.ask("lam giay khai sinh cho con can gi").await;
    panel.until("the procedure's card", "!!document.querySelector('.hoi-procedure')").await;
    let reply = panel.eval("document.querySelector('.hoi-choices button').innerText.trim()").await;
    panel.click(".hoi-choices button").await;
    let said =
        format!("[...document.querySelectorAll('.hoi-from-visitor')].at(-1).innerText.includes({reply})");
    panel.until("the quick reply, said", &said).await;
    panel.until("its answer", "document.querySelectorAll('.hoi-from-assistant').length >= 3").await;
    panel.ask(STRANGE).await;
    panel.until("the agency's reply, growing", "!!document.querySelector('.hoi-stop')").await;
    panel.until_says("mô hình ngôn ngữ").await;
    panel.until("its end", "!document.querySelector('.hoi-stop')").await;
    panel.is_accessible().await;
    let asked = scene.agency.questions();
    assert!(!asked.is_empty() && asked.iter().all(|asked| asked["verified"] == true), "{asked:?}");

    scene.open(&browser, page).await;
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    panel.until_says("mô hình ngôn ngữ").await;
    panel.until_says("lam giay khai sinh").await;
    assert_eq!(panel.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(3));
    browser.press("Escape", 27).await;
    browser
        .until(
            "the focus back on the launcher",
            "document.activeElement.shadowRoot === null && document.activeElement.tagName === 'DIV'",
        )
        .await;
    assert_eq!(refused(&browser).await, Vec::<String>::new(), "{page}");
}

/// What the browser's console says about policies: the guest must not even try what the host forbids.
async fn refused(browser: &Browser) -> Vec<String> {
    let lines = browser.console().await;
    lines.into_iter().filter(|line| line.contains("Policy") || line.contains("Trusted")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_on_a_plain_page() {
    the_whole_way(PAGES[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_under_a_strict_policy() {
    the_whole_way(PAGES[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_way_in_a_single_page_application() {
    the_whole_way(PAGES[2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn views_come_and_go_and_the_chat_stays() {
    let scene = scene(&[]).await;
    let browser = Browser::start(1000, 800).await;
    scene.open(&browser, "spa.html").await;
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    panel.ask("giờ làm việc").await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    // Whatever the application does with its page, even with all of it.
    browser.eval("document.body.replaceChildren(document.createElement('main'))").await;
    let panel = browser.panel(&scene.edge).await;
    panel.until_says("giờ làm việc").await;
    browser.eval("Hoi.destroy()").await;
    assert_eq!(
        browser.eval("[typeof window.Hoi, document.body.children.length]").await,
        json!(["undefined", 1])
    );
    assert!(!browser.has_frame(&scene.edge).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_asks_on_the_visitors_behalf() {
    let scene = scene(&[]).await;
    let browser = Browser::start(1000, 800).await;
    scene.open(&browser, "index.html").await;
    browser.until("the API", "!!window.Hoi").await;
    browser.eval("(window.heard = [], ['opened', 'ready', 'message', 'closed'].forEach(n => Hoi.on(n, () => heard.push(n))))").await;
    let asks = browser.find("[data-hoi-ask]:not([data-hoi-ask=''])").await;
    let words = asks.attr("data-hoi-ask").await.unwrap().unwrap();
    asks.click().await.unwrap();
    let panel = browser.panel(&scene.edge).await;
    panel.until_says(&words).await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    browser
        .eval("(window.muted = 0, window.mute = () => muted++, Hoi.on('closed', mute), Hoi.off('closed', mute))")
        .await;
    browser.eval("Hoi.close()").await;
    browser
        .until("every event", "['opened', 'ready', 'message', 'closed'].every(n => heard.includes(n))")
        .await;
    assert_eq!(browser.eval("muted").await, json!(0), "off() did not take the handler away");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_not_listed_gets_no_chat_but_a_way_on() {
    let scene = scene(&[]).await;
    let stranger = Host::start().await;
    stranger.shows(&scene.edge);
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/ward/index.html", stranger.origin)).await.unwrap();
    browser.until("the API", "!!window.Hoi").await;
    browser.eval("Hoi.on('error', e => window.trouble = e.code)").await;
    browser.press_launcher().await;
    browser.until("the error event", "window.trouble === 'load'").await;
    assert!(!browser.has_frame(&scene.edge).await, "the panel is shown on a site that is not listed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_is_down_is_no_dead_end() {
    let scene = scene(&[]).await;
    let Scene { agency, edge, host } = scene;
    drop(agency);
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.press_launcher().await;
    let panel = browser.panel(&edge).await;
    panel.ask(STRANGE).await;
    panel.until("whom to call", "!!document.querySelector('.hoi-log a[href^=\"tel:\"]')").await;
    panel.ask("giờ làm việc").await;
    panel.until("the chat goes on", "document.querySelectorAll('.hoi-from-assistant').length >= 3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_are_one_conversation() {
    let scene = scene(&[]).await;
    let browser = Browser::start(1000, 800).await;
    scene.open(&browser, "index.html").await;
    browser.press_launcher().await;
    browser.panel(&scene.edge).await;
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap();
    browser.client.switch_to_window(second.handle).await.unwrap();
    scene.open(&browser, "strict.html").await;
    browser.press_launcher().await;
    let panel = browser.panel(&scene.edge).await;
    panel.ask("giờ làm việc").await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    browser.client.switch_to_window(first).await.unwrap();
    let panel = browser.panel(&scene.edge).await;
    panel.until_says("giờ làm việc").await;
    panel.ask("lệ phí khai sinh").await;
    panel.until("both questions", "document.querySelectorAll('.hoi-from-visitor').length === 2").await;
}

/// The page may be kept whole by the browser while the visitor looks at another one; it comes back with the chat in it.
#[tokio::test(flavor = "multi_thread")]
async fn back_from_another_page() {
    let scene = scene(&[]).await;
    let browser = Browser::start(1000, 800).await;
    for opened in [false, true] {
        scene.open(&browser, "index.html").await;
        browser.until("the launcher", "!!window.Hoi").await;
        if opened {
            browser.press_launcher().await;
            browser.panel(&scene.edge).await.ask("giờ làm việc").await;
        }
        let watch =
            "window.mark = 1, addEventListener('pageshow', (event) => window.kept = event.persisted), 0";
        browser.eval(watch).await;
        // A step that a visitor takes: a script's own might take the page's place in the history.
        browser.eval("setTimeout(() => location.assign('strict.html')), 0").await;
        browser.until("the other page", "location.pathname.endsWith('strict.html') && !window.mark").await;
        browser.client.back().await.unwrap();
        browser.until("the page as it was left", "window.mark === 1 && window.kept === true").await;
        if !opened {
            browser.press_launcher().await;
        }
        let panel = browser.panel(&scene.edge).await;
        panel.ask("địa chỉ ở đâu").await;
        let said = if opened { 2 } else { 1 };
        let others = format!("document.querySelectorAll('.hoi-from-assistant').length > {said}");
        panel.until("an answer to each question", &others).await;
        browser.eval("Hoi.reset(), 0").await;
        panel.until("a new conversation", "!document.querySelector('.hoi-from-visitor')").await;
    }
}

/// What the page asks of its own accord is not covered by a panel that covers the page: the panel steps back, and comes again.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_page_asks_is_over_the_panel() {
    let scene = scene(&[]).await;
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 640, true).await;
    let dialogs = [
        // As Bootstrap draws one, as USWDS does, and the browser's own.
        "<div class=ask role=dialog aria-modal=true tabindex=-1><button>Tiếp tục</button></div>",
        "<div class=ask role=dialog><div><button>Tiếp tục</button></div></div>",
        "<dialog class=ask><button>Tiếp tục</button></dialog>",
        "<div class=ask role=alertdialog><button>Tiếp tục</button></div>",
        // An element of the page's own making: only inside it is said what it is.
        "<div class=ask><template shadowrootmode=open><div role=dialog aria-modal=true style='height: 100%'><slot></slot></div></template><button>Tiếp tục</button></div>",
    ];
    for (at, dialog) in dialogs.iter().enumerate() {
        let page = "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content='width=device-width'>\
            <style>.ask { position: fixed; inset: 0; z-index: 1050; background: #eee } .gone { display: none }</style>\
            <p>Trang</p>DIALOG<script>const ask = document.querySelector('.ask'); ask.classList.add('gone'); \
            ask.querySelector('button').onclick = () => { window.pressed = 1; ask.classList.add('gone'); ask.close && ask.close(); }; \
            window.comes = () => { ask.classList.remove('gone'); ask.showModal && ask.showModal(); };</script>\
            <script src='EDGE/s/ward/hoi.js'></script></html>";
        let url = scene.host.page(&format!("asks-{at}"), "", &page.replace("DIALOG", dialog));
        browser.client.goto(&url).await.unwrap();
        browser.press_launcher().await;
        let panel = browser.panel(&scene.edge).await;
        browser.until("the panel over the page", "document.elementFromPoint(180, 320).shadowRoot === null && !document.elementFromPoint(180, 320).className && document.elementFromPoint(180, 320).tagName === 'DIV'").await;
        browser.eval("(comes(), 0)").await;
        browser
            .until(
                &format!("the page's question: {dialog}"),
                "!!document.elementFromPoint(180, 320).closest('.ask')",
            )
            .await;
        let button = "(() => { const r = document.querySelector('.ask button').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()";
        let place = browser.eval(button).await;
        browser.click_at(place[0].as_f64().unwrap(), place[1].as_f64().unwrap()).await;
        assert_eq!(browser.eval("window.pressed").await, json!(1), "{dialog}");
        let back = "document.elementFromPoint(180, 320).tagName === 'DIV' && !document.elementFromPoint(180, 320).closest('.ask')";
        browser.until("the panel again", back).await;
        panel.ask("giờ làm việc").await;
        panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
        browser.eval("Hoi.reset(), 0").await;
        panel.until("a new conversation", "!document.querySelector('.hoi-from-visitor')").await;
    }
}

/// Where the panel covers the page, no second scroll bar stands beside it; the page has its own again afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn a_panel_that_covers_the_page() {
    let scene = scene(&[]).await;
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 640, true).await;
    scene.open(&browser, "index.html").await;
    browser.until("the launcher", "!!window.Hoi").await;
    browser.eval("document.documentElement.style.overflow = 'scroll', 0").await;
    let overflow = "document.documentElement.style.overflow";
    for close in ["Hoi.close()", "Hoi.destroy()"] {
        browser.eval("Hoi.open(), 0").await;
        assert_eq!(browser.eval(overflow).await, json!("hidden"));
        browser.screen(1000, 800, false).await;
        browser.until("room for both", &format!("{overflow} === 'scroll'")).await;
        browser.screen(360, 640, true).await;
        browser.until("the page covered again", &format!("{overflow} === 'hidden'")).await;
        browser.eval(&format!("{close}, 0")).await;
        assert_eq!(browser.eval(overflow).await, json!("scroll"), "{close}");
    }
}
