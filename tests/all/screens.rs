//! What a small screen, large letters or a lost network must not take from anybody, in real Chromium.

mod filling;

use serde_json::json;
use tests::{Agency, Browser, Desk, Edge, EdgeOptions, Heard, Host, Panel};
use wire::{
    Id,
    desk::{BoardDown, BoardUp, ChatDown, ChatUp, Presence, Stage},
};

/// What no intent of the ward covers.
const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";

async fn phone(width: u32, height: u32) -> Browser {
    let browser = Browser::start(width.max(500), height).await;
    browser.screen(width, height, true).await;
    browser
}

async fn chat(browser: &Browser, edge: &Edge) {
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
}

async fn ask(browser: &Browser, text: &str) {
    browser.find("textarea").await.send_keys(&format!("{text}\u{e007}")).await.unwrap();
}

/// Whether `css` is wholly in the list's view, or begins at its top where it is longer.
fn in_view(css: &str) -> String {
    format!(
        "(() => {{ const e = [...document.querySelectorAll({})].at(-1), log = document.getElementById('hoi-log'); \
         if (!e) return false; const a = e.getBoundingClientRect(), b = log.getBoundingClientRect(); \
         return a.top >= b.top - 1 && (a.bottom <= b.bottom + 1 || a.top <= b.top + 20); }})()",
        json!(css)
    )
}

/// Whether the beginning of the last `css`, three lines of it, can be read: not left above, and nothing of the panel over it.
fn begins_in_view(css: &str) -> String {
    format!(
        "(() => {{ const e = [...document.querySelectorAll({})].at(-1), log = document.getElementById('hoi-log'); \
         if (!e || !log) return false; const a = e.querySelector('.hoi-bubble').getBoundingClientRect(), b = log.getBoundingClientRect(), \
         line = 1.5 * parseFloat(getComputedStyle(e).fontSize), top = e.getBoundingClientRect().top; \
         return top >= Math.max(b.top, 0) - 1 && [1, 2].every((at) => {{ const y = a.top + at * line - 4; \
         return y < b.bottom && e.contains(document.elementFromPoint(a.left + 20, y)); }}); }})()",
        json!(css)
    )
}

/// Whether no button of `css` that is seen lies over the list.
fn beside_the_list(css: &str) -> String {
    format!(
        "[...document.querySelectorAll({})].filter((e) => e.checkVisibility()).every((e) => \
         e.getBoundingClientRect().top >= document.getElementById('hoi-log').getBoundingClientRect().bottom - 1)",
        json!(css)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_says_comes_into_view_on_a_phone() {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    board.send(&BoardUp::Presence { presence: Presence::Here }).await;
    let browser = phone(360, 640).await;
    chat(&browser, &edge).await;
    ask(&browser, "cho tôi gặp cán bộ").await;
    let waits = board
        .board("somebody who waits", |down| match down {
            BoardDown::Chat { chat } if chat.stage == Stage::Waiting => Some(chat),
            _ => None,
        })
        .await;
    let mut line = lan.chat(&edge, "ward", waits.id).await.unwrap();
    line.send(&ChatUp::Take).await;
    line.chat("that it is taken", |heard| {
        matches!(heard, Heard::Chat(ChatDown::Stands { stage: Stage::With, .. })).then_some(())
    })
    .await;
    let says = |id: u128, text: String| ChatUp::Say { id: Id(id), text, files: vec![] };
    for at in 0..6 {
        let text = format!("Câu thứ {at}: tôi đang xem hồ sơ của bác, xin bác chờ cho một lát nữa nhé.");
        line.send(&says(100 + at, text)).await;
        let said = format!("document.querySelector('#hoi-log').textContent.includes('Câu thứ {at}:')");
        browser.until("what was said", &said).await;
        browser.until("it in view", &in_view(".hoi-from-staff")).await;
        assert_eq!(browser.eval("document.querySelectorAll('.hoi-new:not([id])').length").await, json!(0));
    }
    browser.picture("screens-person").await;
    // Whoever reads what was said before is left there, and told of it beside the text.
    browser.eval("document.getElementById('hoi-log').scrollTop = 0").await;
    browser.until("the way on", "!document.getElementById('hoi-on').hidden").await;
    line.send(&says(200, "Mời bác mang giấy tờ tới quầy số 1.".into())).await;
    browser.until("that there is news", "!!document.querySelector('.hoi-new:not([id])')").await;
    assert_eq!(browser.eval("document.getElementById('hoi-log').scrollTop").await, json!(0));
    assert_eq!(browser.eval(&beside_the_list(".hoi-new")).await, json!(true));
    assert_eq!(
        browser
            .eval("[...document.querySelectorAll('.hoi-new')].filter((e) => e.checkVisibility()).length")
            .await,
        json!(1),
        "one way down at a time"
    );
    browser.is_accessible().await;
    browser.picture("screens-news").await;
    browser.find(".hoi-new:not([id])").await.click().await.unwrap();
    browser.until("it in view", &in_view(".hoi-from-staff")).await;
    browser.until("no way down", "!document.querySelector('.hoi-new:not([hidden])')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_answer_begins_in_view_and_says_that_more_follows() {
    let long = (1..40).map(|at| format!("Dòng {at}: hồ sơ nộp ở quầy số {at}.\n\n")).collect::<String>();
    let agency = Agency::start(&["--reply", &long]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let browser = phone(360, 640).await;
    let longer = format!("{STRANGE} {}", "và nó rất thích nghe đàn tranh vào buổi tối ".repeat(6));
    for (at, (width, height, letters, question)) in [
        (360, 640, 0, STRANGE),
        // A question that leaves no room for its answer, large letters, the keyboard up, 400 %.
        (360, 640, 0, &longer),
        (360, 640, 5, STRANGE),
        (360, 330, 0, STRANGE),
        (320, 256, 0, STRANGE),
        (1280, 720, 0, &longer),
    ]
    .into_iter()
    .enumerate()
    {
        let scene = format!("{width} × {height}, step {letters}, {} letters", question.len());
        browser.screen(width, height, true).await;
        browser.clear_storage(&edge, &format!("{letters} 0")).await;
        chat(&browser, &edge).await;
        assert_eq!(
            browser.eval("document.querySelectorAll('.hoi-message').length").await,
            json!(1),
            "{scene}"
        );
        ask(&browser, question).await;
        let whole = "!document.querySelector('.hoi-stop') && [...document.querySelectorAll('.hoi-message')].at(-1).textContent.includes('Dòng 39:')";
        browser.until(&scene, whole).await;
        browser.until(&scene, "!document.getElementById('hoi-on').hidden").await;
        browser.until(&format!("the beginning: {scene}"), &begins_in_view(".hoi-message")).await;
        let on = "document.getElementById('hoi-on')";
        assert_eq!(browser.eval(&format!("{on}.innerText.trim()")).await, json!("Đọc tiếp"));
        let seen = format!(
            "(() => {{ const b = {on}.getBoundingClientRect(), hit = (y) => {on}.contains(document.elementFromPoint(innerWidth / 2, y)); \
             return hit(b.top + 3) && hit(b.bottom - 3); }})()"
        );
        // The reply's last part and what can be done with it may still move things for a frame.
        browser.until(&format!("the sign in view, whole: {scene}"), &seen).await;
        if height > 416 {
            assert_eq!(browser.eval(&beside_the_list(".hoi-new")).await, json!(true), "{scene}");
        }
        browser.picture(&format!("screens-more-{at}")).await;
        reads_on(&browser, &scene).await;
        // Not before: where the page scrolls as one, axe-core scrolls it.
        browser.is_accessible().await;
    }
}

/// Goes through a long answer by the keyboard, from part to part, without one that is left out.
async fn reads_on(browser: &Browser, scene: &str) {
    browser.eval("document.getElementById('hoi-on').focus()").await;
    // How far down the first line that can be read is, and how much of the window is for reading.
    let place = "(() => { const l = document.getElementById('hoi-log').getBoundingClientRect(), head = document.querySelector('.hoi-header').getBoundingClientRect(); \
        const from = Math.max(l.top, head.bottom, 0), on = document.getElementById('hoi-on'), first = document.querySelector('.hoi-message').getBoundingClientRect().top; \
        return [from - first, on.getBoundingClientRect().top - from]; })()";
    let mut steps = 0;
    while browser.eval("document.getElementById('hoi-on').hidden").await == json!(false) {
        let before = browser.eval(place).await;
        // The list was still moving, and has come to its end since.
        if before[1].as_f64().unwrap() <= 0.0 {
            break;
        }
        browser.press("Enter", 13).await;
        let moved = format!("{place}[0] > {} || document.getElementById('hoi-on').hidden", before[0]);
        browser.until(&format!("the next part after {before}: {scene}"), &moved).await;
        let after = browser.eval(place).await;
        let [from, room] = [0, 1].map(|at: usize| before[at].as_f64().unwrap());
        assert!(after[0].as_f64().unwrap() <= from + room, "{scene}: {before} {after}");
        steps += 1;
        assert!(steps < 90, "{scene}: the end never comes");
    }
    assert!(steps > 1, "{scene}: it was longer than the window, {steps} steps");
    browser.until("the focus in the list", "document.activeElement.id === 'hoi-log'").await;
    let last = "[...document.querySelectorAll('.hoi-message')].at(-1).getBoundingClientRect().bottom - Math.min(innerHeight, document.getElementById('hoi-log').getBoundingClientRect().bottom)";
    assert!(browser.eval(last).await.as_f64() < Some(25.0), "{scene}: the end is in view");
}

/// What must hold of the panel, whatever the size of its letters; nothing is in order when the list is empty.
const WRONG: &str = "(() => { const wrong = [], w = innerWidth, h = innerHeight, box = (css) => document.querySelector(css)?.getBoundingClientRect(); \
    const named = { menu: '.hoi-menu:last-of-type > summary', send: '.hoi-send', close: '.hoi-close' }; \
    for (const name in named) { const b = box(named[name]); if (!b) { if (name !== 'close') wrong.push(name + ' is missing'); continue; } \
      if (b.left < -0.5 || b.top < -0.5 || b.right > w + 0.5 || b.bottom > h + 0.5) wrong.push(name + ' is off: ' + JSON.stringify(b)); \
      if (b.width < 43.5 || b.height < 43.5) wrong.push(name + ' is too small: ' + JSON.stringify(b)); } \
    const t = document.querySelector('.hoi-text'), em = parseFloat(getComputedStyle(t).fontSize), tw = t.getBoundingClientRect(), form = box('.hoi-composer'); \
    const stacked = box('.hoi-send').top >= tw.bottom - 1; \
    if (tw.width < 8 * em && !(stacked && tw.width >= form.width - 40)) wrong.push('the field is ' + tw.width / em + ' em wide'); \
    const log = box('.hoi-log'), head = box('.hoi-header'); \
    const seen = Math.min(log.bottom, form.top, h) - Math.max(log.top, head.bottom, 0); \
    if (seen < 4 * em) wrong.push('of the list a line or two is seen: ' + seen + ' px, letters of ' + em); \
    if (seen < 0.4 * h) wrong.push('the list has ' + seen + ' of ' + h + ' px (header ' + head.height + ', composer ' + form.height + ')'); \
    if (document.documentElement.scrollWidth > w) wrong.push('wider than the window'); \
    return wrong; })()";

/// Our own text size (its step: none, 175 %, 200 %) and the browser's, in px.
const LETTERS: [(usize, u32); 5] = [(0, 16), (4, 16), (5, 16), (0, 32), (5, 32)];

#[tokio::test(flavor = "multi_thread")]
async fn large_letters_leave_everything_usable() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = phone(360, 640).await;
    chat(&browser, &edge).await;
    let mut wrong = Vec::new();
    for (letters, base) in LETTERS {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        browser.eval(&format!("Object.keys(localStorage).filter((key) => key.endsWith(':display')).forEach((key) => localStorage.removeItem(key)), localStorage.setItem('hoi:ward:display', '{letters} 0')")).await;
        for (width, height) in [(320, 568), (320, 640), (360, 640), (390, 844), (768, 1024), (1280, 720)] {
            browser.screen(width, height, true).await;
            chat(&browser, &edge).await;
            if height == 568 {
                ask(&browser, "giờ làm việc").await;
                browser
                    .until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1")
                    .await;
            }
            for found in browser.eval(WRONG).await.as_array().expect("a list") {
                wrong.push(format!("{width} × {height}, step {letters}, {base} px: {found}"));
            }
            if width < 768 {
                browser.picture(&format!("screens-letters-{width}-{letters}-{base}")).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn large_letters_in_a_panel() {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = phone(390, 844).await;
    let mut wrong = Vec::new();
    for (letters, base) in LETTERS {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        for (width, height) in [(320, 640), (360, 640), (390, 844), (768, 1024), (1280, 720), (1280, 900)] {
            browser.screen(width, height, false).await;
            browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
            browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
            browser.eval("Hoi.open(), 0").await;
            let panel = browser.panel(&edge).await;
            panel.eval(&format!("localStorage.setItem('hoi:ward:display', '{letters} 0'), 0")).await;
            let panel = panel.reload_frame(&edge).await;
            let whole = format!(
                "document.documentElement.style.getPropertyValue('--hoi-scale') === '{}' || {letters} === 0",
                ["1", "", "", "", "1.75", "2"][letters]
            );
            panel.until("the size", &whole).await;
            for found in panel.eval(WRONG).await.as_array().expect("a list") {
                wrong.push(format!("{width} × {height}, step {letters}, {base} px: {found}"));
            }
            browser.picture(&format!("screens-panel-{width}-{letters}-{base}")).await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is written and read in a very low window, as a large one is at 400 %: the header may go with the page.
const LOW: &str = "(() => { const wrong = [], w = innerWidth, h = innerHeight, box = (css) => document.querySelector(css).getBoundingClientRect(); \
    const send = box('.hoi-send'), text = box('.hoi-text'), on = document.getElementById('hoi-on'); \
    const em = parseFloat(getComputedStyle(document.querySelector('.hoi-text')).fontSize); \
    for (const [name, b] of [['send', send], ['text', text]]) \
      if (b.left < -0.5 || b.top < -0.5 || b.right > w + 0.5 || b.bottom > h + 0.5) wrong.push(name + ' is off: ' + JSON.stringify(b)); \
    if (send.width < 43.5 || send.height < 43.5) wrong.push('send is too small'); \
    if (text.width < 7.5 * em) wrong.push('the field is ' + text.width / em + ' em wide'); \
    const seen = (on.hidden ? box('.hoi-composer') : on.getBoundingClientRect()).top - Math.max(box('.hoi-header').bottom, 0); \
    if (seen < 3 * em) wrong.push('of the list ' + seen + ' px are seen, letters of ' + em); \
    if (document.documentElement.scrollWidth > w) wrong.push('wider than the window'); \
    return wrong; })()";

/// The panel on a page that is loaded anew.
async fn opened<'a>(browser: &'a Browser, host: &Host, edge: &'a Edge) -> Panel<'a> {
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.eval("Hoi.open(), 0").await;
    browser.panel(edge).await
}

#[tokio::test(flavor = "multi_thread")]
async fn large_letters_in_a_window_at_400_percent() {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = Browser::start(500, 400).await;
    let mut wrong = Vec::new();
    for (letters, base) in LETTERS {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        browser.screen(320, 256, false).await;
        for way in ["close", "Escape"] {
            let panel = opened(&browser, &host, &edge).await;
            panel.eval("localStorage.clear()").await;
            panel.eval(&format!("localStorage.setItem('hoi:ward:display', '{letters} 0')")).await;
            let panel = opened(&browser, &host, &edge).await;
            panel.ask("giờ làm việc").await;
            panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
            panel.until("the way on", "!document.getElementById('hoi-on').hidden").await;
            for found in panel.eval(LOW).await.as_array().expect("a list") {
                wrong.push(format!("step {letters}, {base} px: {found}"));
            }
            browser.picture(&format!("screens-low-{letters}-{base}")).await;
            browser.until("the page covered", "!!document.querySelector('[inert]')").await;
            // From wherever one reads: where the focus comes to, it is whole, and nothing lies over it.
            panel.eval("scrollTo(0, 1e6)").await;
            if way == "close" {
                panel.eval("document.querySelector('.hoi-close').focus()").await;
                let whole = "(() => { const e = document.querySelector('.hoi-close'), b = e.getBoundingClientRect(); \
                    return b.top >= 0 && b.left >= 0 && b.right <= innerWidth && b.bottom <= innerHeight && b.width >= 43.5 && b.height >= 43.5 && \
                    e.contains(document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2)); })()";
                panel.until("the way out", whole).await;
                panel.click(".hoi-close").await;
            } else {
                panel.click("textarea").await;
                browser.press("Escape", 27).await;
            }
            browser.until(way, "!document.querySelector('[inert]')").await;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const COVERED: &str = "<!doctype html><html lang=\"vi\"><meta name=\"viewport\" content=\"width=device-width\"><title>Trang của phường</title><body>\
    <header id=\"top\"><a href=\"#a\" id=\"first\">Trang chủ</a></header><aside id=\"own\" inert><button>Riêng</button></aside>\
    <main id=\"main\"><label>Họ tên <input id=\"name\"></label><p style=\"height:1500px\"></p><button id=\"last\">Gửi</button></main>\
    <script src=\"EDGE/s/ward/hoi.js\" async></script></body></html>";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_panel_covers_is_out_of_reach() {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let url = host.page(
        "covered.html",
        "default-src 'self' 'unsafe-inline' EDGE; style-src 'unsafe-inline'",
        COVERED,
    );
    // A phone, and a large window at 400 %.
    for (width, height) in [(360, 640), (320, 256)] {
        let browser = phone(width, height).await;
        browser.client.goto(&url).await.unwrap();
        browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
        let before = browser.eval("document.body.innerHTML").await;
        let inert = "[...document.body.children].map((e) => e.getAttribute('inert'))";
        let attributes = browser.eval(inert).await;
        browser.find("#name").await.click().await.unwrap();
        for way in ["Escape in the panel", "Escape on the page", "the page's own way"] {
            browser.eval("document.getElementById('name').focus(), Hoi.open(), 0").await;
            let panel = browser.panel(&edge).await;
            panel.until("the focus", "document.hasFocus()").await;
            browser
                .until(
                    "all of it out of reach",
                    "['top', 'own', 'main'].every((id) => document.getElementById(id).inert)",
                )
                .await;
            // All the way round, there is nothing of the page.
            for _ in 0..20 {
                browser.press("Tab", 9).await;
                let at = browser.eval("document.activeElement === document.body || !!document.activeElement.shadowRoot || document.activeElement.parentNode === document.body && !document.activeElement.id").await;
                let name = browser.eval("document.activeElement.outerHTML").await;
                assert_eq!(at, json!(true), "the focus is in {name}");
            }
            // What comes meanwhile is covered, too.
            browser
                .eval(
                    "document.body.append(Object.assign(document.createElement('button'), { id: 'new' })), 0",
                )
                .await;
            browser.until("it is out of reach", "document.getElementById('new').inert").await;
            match way {
                "Escape in the panel" => {
                    panel.click("textarea").await;
                    browser.press("Escape", 27).await;
                }
                "Escape on the page" => {
                    browser.eval("document.activeElement.blur(), window.focus(), 0").await;
                    browser.press("Escape", 27).await;
                }
                _ => drop(browser.eval("Hoi.close(), 0").await),
            }
            browser.until(way, "!document.getElementById('main').inert").await;
            browser.eval("document.getElementById('new').remove(), 0").await;
            assert_eq!(browser.eval(inert).await, attributes, "as before, the page's own too: {way}");
            assert_eq!(browser.eval("document.body.innerHTML").await, before, "{way}");
        }
        // Taken away while it covers, and the window made large.
        browser.eval("Hoi.open(), 0").await;
        browser.screen(1000, 800, false).await;
        browser.until("room for both", "!document.getElementById('main').inert").await;
        browser.screen(width, height, true).await;
        browser.until("covered again", "document.getElementById('main').inert").await;
        browser.eval("Hoi.destroy(), 0").await;
        assert_eq!(
            browser
                .eval("[document.getElementById('main').inert, document.getElementById('own').inert]")
                .await,
            json!([false, true])
        );
    }
}
