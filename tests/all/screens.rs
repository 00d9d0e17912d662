//! What a small screen, large letters or a lost network must not take from anybody, in real Chromium.

use super::forms::{ANSWERS, Citizen, number};
use super::papers::fill_in;
use serde_json::json;
use tests::{Agency, Browser, Desk, Edge, EdgeOptions, Heard, Host};
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
async fn a_long_answer_says_that_more_follows() {
    let long = (1..40).map(|at| format!("Dòng {at}: hồ sơ nộp ở quầy số {at}.\n\n")).collect::<String>();
    let agency = Agency::start(&["--reply", &long]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let browser = phone(360, 640).await;
    chat(&browser, &edge).await;
    ask(&browser, STRANGE).await;
    browser.until("the answer", "document.body.textContent.includes('Dòng 39:')").await;
    browser.until("that more follows", "!document.getElementById('hoi-on').hidden").await;
    browser.until("its beginning", &in_view(".hoi-from-visitor")).await;
    assert_eq!(browser.eval(&beside_the_list(".hoi-new")).await, json!(true), "nothing lies over the text");
    assert_eq!(browser.eval("document.getElementById('hoi-on').innerText.trim()").await, json!("Đọc tiếp"));
    browser.is_accessible().await;
    browser.picture("screens-more").await;
    // By the keyboard, from part to part, without one that is left out.
    browser.eval("document.getElementById('hoi-on').focus()").await;
    let place =
        "(() => { const l = document.getElementById('hoi-log'); return [l.scrollTop, l.clientHeight]; })()";
    let mut steps = 0;
    while browser.eval("document.getElementById('hoi-on').hidden").await == json!(false) {
        let before = browser.eval(place).await;
        browser.press("Enter", 13).await;
        let moved = format!("document.getElementById('hoi-log').scrollTop > {}", before[0]);
        browser.until("the next part", &moved).await;
        let after = browser.eval(place).await;
        assert!(
            after[0].as_f64() <= Some(before[0].as_f64().unwrap() + before[1].as_f64().unwrap()),
            "{before} {after}"
        );
        steps += 1;
        assert!(steps < 30, "the end never comes");
    }
    assert!(steps > 1, "it was longer than the window");
    browser.until("the focus in the list", "document.activeElement.id === 'hoi-log'").await;
    let last = "document.getElementById('hoi-log').getBoundingClientRect().bottom - [...document.querySelectorAll('.hoi-message')].at(-1).getBoundingClientRect().bottom";
    assert!(browser.eval(last).await.as_f64() > Some(-25.0), "the end is in view");
}

async fn offline(browser: &Browser, gone: bool) {
    let state = json!({ "offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.emulateNetworkConditions", state).await;
}

async fn open_form(browser: &Browser, edge: &Edge) {
    chat(browser, edge).await;
    ask(browser, "làm giấy khai sinh").await;
    browser.until("the procedure", "!!document.querySelector('.hoi-procedure button.hoi-button')").await;
    browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
    browser.until("the first question", "!!document.querySelector('#f-nguoi-khai')").await;
}

async fn fill_page(browser: &Browser, more: &[(&str, &str)]) {
    for (name, answer) in ANSWERS.iter().filter(|(_, answer)| !answer.is_empty()).chain(more) {
        browser.eval(&fill_in(name, answer)).await;
    }
    browser.eval("document.querySelector('.hoi-question').elements[0].dispatchEvent(new Event('input', { bubbles: true }))").await;
}

async fn page(browser: &Browser) -> String {
    let page = browser.eval("document.querySelector('[name=page]')?.value ?? ''").await;
    page.as_str().unwrap_or_default().to_owned()
}

async fn until_another(browser: &Browser, page: &str) {
    let next = format!("(document.querySelector('[name=page]')?.value ?? '') !== {}", json!(page));
    browser.until("the next page", &next).await;
}

/// What is kept in the tab of what was typed.
const KEPT: &str = "Object.keys(sessionStorage).filter((key) => key.includes(':form:')).length";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_outlives_the_network() {
    let port = tests::free_port();
    let mut edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let _agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    browser.find("#f-nguoi-khai").await.send_keys("Nguyễn Thị Hoa").await.unwrap();
    fill_page(&browser, &[]).await;
    offline(&browser, true).await;
    browser.find(".hoi-go").await.click().await.unwrap();
    let told = "[...document.querySelectorAll('.hoi-question .hoi-unsent')].some((e) => e.checkVisibility())";
    browser.until("that it could not be sent", told).await;
    assert!(browser.text().await.contains("Những gì quý vị đã điền vẫn còn nguyên"));
    let name = "document.querySelector('#f-nguoi-khai')?.value";
    assert_eq!(browser.eval(name).await, json!("Nguyễn Thị Hoa"));
    browser.is_accessible().await;
    browser.picture("screens-form-offline").await;
    // Pressed again it is no more there, and nothing is lost.
    browser.find(".hoi-question .hoi-unsent button").await.click().await.unwrap();
    browser.find(".hoi-go").await.click().await.unwrap();
    assert_eq!(browser.eval(name).await, json!("Nguyễn Thị Hoa"));
    // By itself, once there is a network.
    let first = page(&browser).await;
    offline(&browser, false).await;
    until_another(&browser, &first).await;
    // The edge itself is away: the same, and what was typed is there after a reload.
    browser.eval(&fill_in("f.ten-chau", "Trần Minh Khôi")).await;
    let typed = "document.querySelector('[name=\"f.ten-chau\"]')?.value";
    browser.eval("document.querySelector('[name=\"f.ten-chau\"]').dispatchEvent(new Event('input', { bubbles: true }))").await;
    edge.kill();
    browser.find(".hoi-go").await.click().await.unwrap();
    browser.until("that it could not be sent", told).await;
    edge.up();
    browser.client.refresh().await.unwrap();
    browser.until("what was typed", &format!("{typed} === 'Trần Minh Khôi'")).await;
    assert_eq!(browser.eval(KEPT).await, json!(1));
    assert_eq!(
        browser.eval("Object.keys(localStorage).filter((key) => key.includes('form')).length").await,
        json!(0)
    );
    // To the end; pressed twice it is handed in once.
    for _ in 0..20 {
        let here = page(&browser).await;
        if here.is_empty() {
            break;
        }
        if here == "giay-chung-sinh" {
            browser.eval("document.querySelector('button[value=next]').click(), document.querySelector('button[value=next]').click()").await;
        } else {
            fill_page(&browser, &[]).await;
            browser
                .eval("document.querySelector('.hoi-go').click(), document.querySelector('.hoi-go').click()")
                .await;
        }
        until_another(&browser, &here).await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    browser
        .eval("(() => { const b = document.querySelector('button[value=send]'); b.click(); b.click(); })()")
        .await;
    browser.until("the receipt", "!!document.querySelector('.hoi-number')").await;
    assert_eq!(browser.eval(KEPT).await, json!(0), "nothing is left in the tab");
    browser.is_accessible().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_to_be_chosen_again_after_a_reload() {
    let edge = Edge::start(&EdgeOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("Giấy chứng sinh.pdf");
    std::fs::write(&paper, b"%PDF-1.7\n%%EOF\n").unwrap();
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    for _ in 0..20 {
        let here = page(&browser).await;
        if here == "giay-chung-sinh" {
            break;
        }
        fill_page(&browser, &[]).await;
        browser.find(".hoi-go").await.click().await.unwrap();
        until_another(&browser, &here).await;
    }
    browser.find(".hoi-upload").await.send_keys(paper.to_str().unwrap()).await.unwrap();
    offline(&browser, true).await;
    browser.eval("document.querySelector('.hoi-go').click()").await;
    browser
        .until(
            "that it could not be sent",
            "document.querySelector('.hoi-question .hoi-unsent').checkVisibility()",
        )
        .await;
    assert_eq!(browser.eval("document.querySelector('.hoi-upload').files.length").await, json!(1));
    offline(&browser, false).await;
    until_another(&browser, "giay-chung-sinh").await;
    // Back to it: the file is there; another one is chosen, and then the page is loaded again.
    browser.eval("[...document.querySelectorAll('button[value=back]')].at(0)?.click()").await;
    browser.until("the file", "document.body.innerText.includes('Giấy chứng sinh.pdf')").await;
    assert_eq!(
        browser.eval("document.querySelectorAll('.hoi-kept li').length").await,
        json!(1),
        "sent twice it is kept once"
    );
}

#[tokio::test]
async fn handed_in_twice_it_is_one_case() {
    let edge = Edge::start(&EdgeOptions::default());
    let citizen = Citizen::of(&edge).await;
    let first = citizen.hand_in();
    // The answer was lost, so the browser sends it once more.
    for _ in 0..2 {
        let (status, html) = citizen.post(&[("go", "send")]);
        assert_eq!((status, number(&html)), (200, first.clone()), "{html}");
        assert!(html.contains("5678"), "the same receipt: {html}");
    }
    // Another application is another one.
    let (_, html) = citizen.post(&[("go", "open")]);
    assert!(html.contains("nguoi-khai") && !html.contains(&first), "{html}");
    assert_ne!(citizen.hand_in(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_keeps_its_count_and_asks_nothing_twice() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    let more = [
        ("f.quan-he", "khac"),
        ("f.quan-he-khac", "Bà ngoại"),
        ("f.ket-hon", "yes"),
        ("f.cha", "Trần Văn An"),
    ];
    let cha = [
        ("f.cha-ngay-sinh.day", "1"),
        ("f.cha-ngay-sinh.month", "2"),
        ("f.cha-ngay-sinh.year", "1990"),
        ("f.cha-giay-to", "079090001234"),
    ];
    let more: Vec<(&str, &str)> = more.into_iter().chain(cha).collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut of = None;
    for step in 1..30 {
        let here = page(&browser).await;
        if here.is_empty() {
            break;
        }
        let hint = browser.eval("document.querySelector('.hoi-sheet .hoi-hint').textContent").await;
        let numbers: Vec<usize> =
            hint.as_str().unwrap().split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers[0], step, "{hint}");
        assert!(of.is_none_or(|of| numbers[1] <= of), "the count grows: {hint} after {of:?}");
        of = Some(numbers[1]);
        let asked = browser.eval("[...document.querySelectorAll('.hoi-question [id^=f-]')].map((e) => e.id).filter((id) => !/-(hint|enough|wrong|kinds|large|day|month|year|\\d+)$/.test(id))").await;
        for id in asked.as_array().unwrap() {
            assert!(seen.insert(id.to_string()), "{id} is asked twice");
        }
        if here == "quan-he-khac" || here == "ten-chau" {
            browser.picture("screens-form-step").await;
        }
        fill_page(&browser, &more).await;
        browser.find(".hoi-go").await.click().await.unwrap();
        until_another(&browser, &here).await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    assert!(
        seen.iter().any(|id| id.contains("quan-he-khac")) && seen.iter().any(|id| id.contains("cha-giay-to"))
    );
    // Another answer brings a question in: that one alone is asked.
    browser.eval("document.querySelector('button[value=\"edit:quan-he\"]').click()").await;
    browser.until("the question", "!!document.querySelector('[name=\"f.quan-he\"]')").await;
    browser.eval(&fill_in("f.quan-he", "me")).await;
    browser.find(".hoi-go").await.click().await.unwrap();
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
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
    if (seen < 0.4 * h) wrong.push('the list has ' + seen + ' of ' + h + ' px (header ' + head.height + ', composer ' + form.height + ')'); \
    if (document.documentElement.scrollWidth > w) wrong.push('wider than the window'); \
    return wrong; })()";

#[tokio::test(flavor = "multi_thread")]
async fn large_letters_leave_everything_usable() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = phone(360, 640).await;
    chat(&browser, &edge).await;
    let mut wrong = Vec::new();
    for (letters, base) in [(0, 16), (4, 16), (5, 16), (0, 32)] {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        browser.eval(&format!("Object.keys(localStorage).filter((key) => key.endsWith(':display')).forEach((key) => localStorage.removeItem(key)), localStorage.setItem('hoi:ward:display', '{letters} 0')")).await;
        for (width, height) in [(320, 640), (360, 640), (390, 844), (768, 1024), (1280, 720)] {
            browser.screen(width, height, true).await;
            chat(&browser, &edge).await;
            if width == 320 {
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
    for (letters, base) in [(0, 16), (4, 16), (5, 16), (0, 32)] {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        for (width, height) in [(320, 640), (390, 844), (1280, 900)] {
            browser.screen(width, height, false).await;
            browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
            browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
            browser.eval("Hoi.open(), 0").await;
            let panel = browser.panel(&edge).await;
            let size =
                format!("localStorage.setItem('hoi:ward:display', '{letters} 0'), location.reload(), 0");
            panel.eval(&size).await;
            let panel = browser.panel(&edge).await;
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

const COVERED: &str = "<!doctype html><html lang=\"vi\"><title>Trang của phường</title><body>\
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
