//! More of the desk in real Chromium: answers that need approval, the table of the reports, how one hears that somebody waits,
//! and the desk in French.

use crate::desk::{account, at_desk, button, click, focused, no_complaints, says, staff, waiting, words};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::Path, time::Duration};
use tests::{Browser, Edge, EdgeOptions, Visitor, always_open, say, wait_for};
use wire::{AuthorKind, Down, Message};

fn edge() -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, edits: always_open(), ..EdgeOptions::default() });
    account(&edge, "lan", "Nguyễn Thị Lan", "ward:lead");
    account(&edge, "minh", "Trần Văn Minh", "ward:agent");
    edge
}

/// From now on a person looks at what is answered to "giờ làm việc".
fn approves(edge: &Edge) {
    let file = edge.site.join("intents/chung.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("id = \"gio-lam-viec\"", "id = \"gio-lam-viec\"\napprove = true")).unwrap();
    edge.publish();
}

/// A visitor whose answer waits for a person.
async fn held(edge: &Edge) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    assert!(words(&visitor.answer().await).contains("Cán bộ đang xem lại"));
    visitor
}

/// What comes to the visitor, up to a message that `wanted` takes.
async fn hears(visitor: &mut Visitor, wanted: impl Fn(&Message) -> bool) -> Message {
    loop {
        if let Down::Message(message) = visitor.next().await
            && wanted(&message)
        {
            return message;
        }
    }
}

const DRAFTS: &str = "document.querySelectorAll('[data-from=draft]').length";

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_let_through_changed_or_kept_back() {
    let edge = edge();
    approves(&edge);
    let browser = at_desk(&edge, "minh", 1280, 860).await;
    let mut first = held(&edge).await;
    says(&browser, "Chờ duyệt").await;
    click(&browser, ".desk-row").await;
    says(&browser, "Khách chưa thấy câu này").await;
    browser.is_accessible().await;
    browser.picture("desk-draft").await;
    // As it is: what the person has seen is what the visitor gets.
    let draft = browser.eval("document.querySelector('[data-from=draft] .desk-bubble').innerText").await;
    button(&browser, "Duyệt và gửi").await;
    let answer = hears(&mut first, |message| message.topic.is_some()).await;
    assert_eq!((answer.topic.as_deref(), answer.author.kind), (Some("gio-lam-viec"), AuthorKind::Assistant));
    assert!(
        draft.as_str().unwrap().contains("7:30")
            && hoi_core::rich::plain_text(&answer.body.blocks).contains("7:30")
    );
    browser.until("the draft to go", &format!("{DRAFTS} === 0")).await;
    browser.until("it is in the log", "[...document.querySelectorAll('[data-from=assistant]')].some((e) => e.innerText.includes('7:30'))").await;
    browser.until("the focus is kept", "document.activeElement.id === 'desk-heading'").await;

    // Changed: the field holds the draft, and what is sent is what stands in it.
    let mut second = held(&edge).await;
    click(&browser, ".desk-row:has(.desk-tag-strong)").await;
    browser.until("its draft", &format!("{DRAFTS} === 1")).await;
    button(&browser, "Sửa").await;
    let field = "document.querySelector('[data-from=draft] textarea')";
    browser.until("the draft in the field", &format!("{field}?.value.includes('7:30')")).await;
    browser.is_accessible().await;
    browser.picture("desk-draft-edited").await;
    button(&browser, "Hủy").await;
    browser.until("the draft as it was", &format!("!{field} && {DRAFTS} === 1")).await;
    button(&browser, "Sửa").await;
    browser.eval(&format!("{field}.focus(), {field}.select()")).await;
    browser.cdp("Input.insertText", json!({ "text": "Hôm nay phường **nghỉ** buổi chiều." })).await;
    button(&browser, "Gửi bản đã sửa").await;
    let answer = hears(&mut second, |message| message.topic.is_some()).await;
    // What a person types is sent as it is typed.
    assert_eq!(words(&answer), "Hôm nay phường **nghỉ** buổi chiều.");
    browser.until("the draft to go", &format!("{DRAFTS} === 0")).await;

    // Not at all: the visitor hears that a person answers, and this person has the conversation.
    let mut third = held(&edge).await;
    click(&browser, ".desk-row:has(.desk-tag-strong)").await;
    browser.until("its draft", &format!("{DRAFTS} === 1")).await;
    button(&browser, "Không gửi, tôi trả lời").await;
    let told = hears(&mut third, |message| message.author.kind == AuthorKind::Assistant).await;
    assert!(!words(&told).contains("7:30") && told.topic.is_none(), "{told:?}");
    says(&browser, "Trần Văn Minh đang trả lời").await;
    browser.until("the draft to go", &format!("{DRAFTS} === 0")).await;
    browser.eval("document.querySelector('#desk-text').focus()").await;
    browser.cdp("Input.insertText", json!({ "text": "Phường nghỉ chiều nay." })).await;
    button(&browser, "Gửi").await;
    assert_eq!(words(&staff(&mut third).await), "Phường nghỉ chiều nay.");
    no_complaints(&browser).await;
    for act in ["approve", "approve changed", "reject"] {
        let trail = || String::from_utf8_lossy(&edge.hoi(&["audit", "ward"]).stdout).into_owned();
        wait_for(act, || trail().contains(act));
    }
}

/// The rows of a table, but for its head, in any order.
fn rows(csv: &str) -> BTreeSet<Vec<String>> {
    csv.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_that_is_saved_is_what_was_counted() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    for (id, text) in [(1, "giờ làm việc"), (2, "lệ phí chứng thực"), (3, "con tôi bị chó cắn")]
    {
        visitor.send(&say(id, text)).await;
        visitor.answer().await;
    }
    let report = || String::from_utf8_lossy(&edge.hoi(&["report", "ward", "--csv"]).stdout).into_owned();
    wait_for("the counts", || report().contains("said,,3"));
    let folder = tempfile::tempdir().unwrap();
    let browser = at_desk(&edge, "lan", 1280, 860).await;
    let place = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.cdp("Browser.setDownloadBehavior", place).await;
    button(&browser, "Báo cáo").await;
    says(&browser, "Tin nhắn của khách").await;
    button(&browser, "Tải bảng số liệu").await;
    let saved = || fs::read_dir(folder.path()).unwrap().filter_map(|file| Some(file.ok()?.path())).next();
    // The browser makes the file before it writes it.
    let whole = |path: &Path| fs::read(path).is_ok_and(|bytes| bytes.ends_with(b"\r\n"));
    wait_for("the table", || {
        saved().is_some_and(|path| path.extension().is_some_and(|ending| ending == "csv") && whole(&path))
    });
    let path = saved().unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("ward-20") && name.len() == "ward-2026-01-01-2026-01-31.csv".len(), "{name}");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[..3], [0xef, 0xbb, 0xbf], "spreadsheets know UTF-8 by its mark");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().next(), Some("\u{feff}Ngày,Sự kiện,Về,Số lượng"));
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'), "lines end as RFC 4180 says");
    assert_eq!(rows(&text), rows(&report()), "{text}\n{}", report());
    let shown =
        browser.eval("[...document.querySelectorAll('.desk-sum')].map((e) => e.innerText).join('|')").await;
    assert!(shown.as_str().unwrap().contains("Tin nhắn của khách\n3"), "{shown}");
    no_complaints(&browser).await;
}

/// Has the page tell of each notification and each sound, and of whether somebody looked at it then.
const LISTENER: &str = "
    window.told = []; window.heard = [];
    window.Notification = class extends Notification {
        constructor(title, options) {
            super(title, options);
            window.told.push({ title, tag: options?.tag, body: options?.body ?? '', hidden: document.hidden, own: this });
        }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...rest) {
        window.heard.push(this.context.state);
        return start.apply(this, rest);
    };";

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_seen_heard_and_notified() {
    let edge = edge();
    let browser = at_desk(&edge, "minh", 1000, 800).await;
    let allowed = json!({ "permissions": ["notifications"], "origin": edge.origin });
    browser.cdp("Browser.grantPermissions", allowed).await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTENER })).await;
    browser.client.refresh().await.unwrap();
    browser
        .until("the desk", "!!document.querySelector('.desk-list') && document.title.includes('Bến Xuân')")
        .await;
    assert_eq!(browser.eval("Notification.permission").await, json!("granted"));
    click(&browser, "#desk-menu").await;
    says(&browser, "Thông báo trên máy: đang bật").await;
    button(&browser, "Âm báo").await;
    browser.until("a sound to try it", "window.heard.length === 1").await;
    let kept = browser.eval("localStorage.getItem('hoi-desk:settings')").await;
    assert!(kept.as_str().unwrap().split(' ').any(|word| word == "sound"), "{kept}");
    let quiet = browser.eval("document.title").await;
    assert_eq!(quiet, json!("Hội thoại – UBND phường Bến Xuân"));

    // Somebody looks: the title and the sound are enough.
    let _first = waiting(&edge, "Mở cửa lúc mấy giờ?").await;
    browser.until("the title", "document.title === '(1) Hội thoại – UBND phường Bến Xuân'").await;
    browser.until("the sound", "window.heard.length === 2").await;
    assert_eq!(browser.eval("window.told.length").await, json!(0), "nobody needs to be told what they see");

    // Nobody looks: the window lies behind another one.
    let own = browser.client.window().await.unwrap();
    let other = browser.client.new_window(true).await.unwrap();
    browser.client.switch_to_window(other.handle).await.unwrap();
    browser.client.goto("about:blank").await.unwrap();
    let mut second = waiting(&edge, "Chuyện riêng của tôi").await;
    titled(&browser, "(2) Hội thoại – UBND phường Bến Xuân").await;
    browser.client.switch_to_window(own).await.unwrap();
    browser.until("the notification", "window.told.length === 1 && window.told[0].hidden").await;
    assert_eq!(browser.eval("window.heard.length").await, json!(3), "one sound for each who waits");
    let told = browser.eval("(({ title, tag, body }) => ({ title, tag, body }))(window.told[0])").await;
    let id = second.boot.conversation.to_string();
    let expected: Value = json!({ "title": "Có khách đang chờ người trả lời", "tag": id, "body": "" });
    assert_eq!(told, expected, "and nothing that anybody said");
    // A press brings the conversation.
    browser.eval("window.told[0].own.onclick(new Event('click'))").await;
    says(&browser, "Chuyện riêng của tôi").await;
    focused(&browser, "its heading", "#desk-heading").await;
    button(&browser, "Tiếp nhận").await;
    browser.until("one less", "document.title.startsWith('(1) ')").await;

    // What a visitor of mine writes while I look is nothing to be told.
    second.send(&say(5, "Alô")).await;
    says(&browser, "Alô").await;
    assert_eq!(browser.eval("[window.told.length, window.heard.length]").await, json!([1, 3]));
    // Away from the desk, nobody new is announced.
    button(&browser, "Tôi nhận hội thoại").await;
    browser.until("away", "document.querySelector('#desk-presence').dataset.here === 'no'").await;
    browser.until("nobody is counted", "!document.title.startsWith('(')").await;
    let third = waiting(&edge, "").await;
    let row = format!("!!document.querySelector('#desk-row-{}')", third.boot.conversation);
    browser.until("the third in the list", &row).await;
    assert_eq!(browser.eval("[window.told.length, window.heard.length]").await, json!([1, 3]));
    no_complaints(&browser).await;
}

/// A page translator made "Save note" of the button that sends to the visitor. It is told to leave alone what the desk says in a
/// language of its own; what people said may be translated.
#[tokio::test(flavor = "multi_thread")]
async fn translators_leave_the_desks_own_words_alone() {
    let edge = edge();
    let browser = Browser::start(1000, 800).await;
    let own = "[...document.querySelectorAll('title, h1, h2, p, button, label, a, summary, option, dt')]\
        .filter((e) => e.translate && !e.closest('[translate=yes]')).map((e) => e.outerHTML)";
    for lang in ["vi", "en", "fr"] {
        browser.client.goto(&format!("{}/desk/s/ward?lang={lang}", edge.origin)).await.unwrap();
        browser.find("input[name=password]").await;
        assert_eq!(browser.eval(own).await, json!([]), "signing in: {lang}");
    }
    crate::desk::sign_in(&browser, &edge, "lan").await;
    let _visitor = waiting(&edge, "Mở cửa lúc mấy giờ?").await;
    for lang in ["vi", "en", "fr"] {
        browser.eval(&format!("localStorage.setItem('hoi-desk:settings', '{lang} no-sound keys')")).await;
        browser.client.refresh().await.unwrap();
        let drawn =
            format!("document.documentElement.lang === '{lang}' && !!document.querySelector('.desk-row')");
        browser.until(lang, &drawn).await;
        browser.find(".desk-row").await.click().await.unwrap();
        browser.until("what was said", "!!document.querySelector('.desk-bubble')").await;
        assert_eq!(browser.eval(own).await, json!([]), "at the desk: {lang}");
        assert_eq!(browser.eval("document.querySelector('.desk-bubble').translate").await, json!(true));
    }
}

/// Waits until some window is titled so, whichever is in front.
async fn titled(browser: &Browser, title: &str) {
    for _ in 0..400 {
        let windows = browser.cdp("Target.getTargets", json!({})).await;
        let windows = windows["targetInfos"].as_array().cloned().unwrap_or_default();
        if windows.iter().any(|window| window["title"] == title) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no window is titled {title}");
}

/// Everything the page says, word by word; what the site, its visitors and its people are called left out.
const SAID: &str = "(() => {
    const own = '.desk-agency, .desk-bubble, .desk-buttons, .desk-lang, .desk-row-who, .desk-author, .desk-me strong, .desk-who, \
        .desk-found, .desk-chip, .desk-sites, .desk-chart:nth-child(2) :is(dt, th[scope=row]), .desk-group h2, time, kbd, \
        .desk-chart:nth-child(3) :is(dt, th[scope=row]), .desk-wondered [lang], .desk-group p .desk-small, select option[lang], \
        .desk-group select option:not([value=\"\"]), .desk-list select option:not(:first-child), .desk-head h2, \
        .desk-facts div:first-child dd, .desk-dialog:has(.desk-part-name) .desk-row-button';
    const words = new Set();
    const say = (text) => (text ?? '').match(/\\p{L}{3,}/gu)?.forEach((word) => words.add(word.toLowerCase()));
    const walk = document.createTreeWalker(document.querySelector('#desk'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const at = walk.currentNode.parentElement;
        const number = /^[0-9a-f]{32}$/.test(walk.currentNode.data);
        if (!number && !at.closest(own) && !at.closest('#desk-polite, #desk-urgent')) say(walk.currentNode.data);
    }
    for (const e of document.querySelectorAll('#desk [aria-label], #desk [placeholder], #desk [title]')) {
        if (e.closest(own)) continue;
        for (const name of ['aria-label', 'placeholder', 'title']) say(e.getAttribute(name));
    }
    say(document.title.split(' – ')[0]);
    return [...words];
})()";

/// Puts the focus on the heading, and is true once it has stayed there for three looks.
const FOCUS_STAYS: &str = "(() => {
    const heading = document.querySelector('#desk-heading');
    const stays = document.activeElement === heading;
    heading.focus();
    heading.looks = stays ? (heading.looks || 0) + 1 : 0;
    return heading.looks > 2 && !(heading.looks = 0);
})()";

/// Goes through the whole desk in the language `lang`.
async fn tour(browser: &Browser, lang: &str, mine: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    browser.eval(&format!("localStorage.setItem('hoi-desk:settings', '{lang} no-sound keys')")).await;
    browser.client.refresh().await.unwrap();
    let drawn =
        format!("document.documentElement.lang === '{lang}' && !!document.querySelector('.desk-row')");
    browser.until(lang, &drawn).await;
    let mut note = async |what: &str, there: &str| {
        browser.until(what, there).await;
        let said = browser.eval(SAID).await;
        let said: Vec<String> = serde_json::from_value(said).expect("words");
        all.extend(said);
    };
    note("the list", "document.querySelectorAll('.desk-row').length === 3").await;
    browser.eval("document.querySelector('#desk-menu').click()").await;
    note("the menu", "!!document.querySelector('.desk-drop[open] select')").await;
    browser.eval("document.querySelector('#desk-menu').click()").await;
    browser.eval(&format!("document.querySelector('#desk-row-{mine}').click()")).await;
    note("the conversation", "!!document.querySelector('#desk-text') && !!document.querySelector('[data-from=note]') && !!document.querySelector('.desk-fetch, .desk-facts dt')").await;
    for (key, what) in [("m", "the transfer"), ("x", "the end"), ("/", "the answers"), ("?", "the keys")] {
        // The desk gives the focus back a moment after a dialog has gone; a letter typed before that lands elsewhere.
        browser.until("the focus to stay", FOCUS_STAYS).await;
        crate::desk::letter(browser, key).await;
        note(what, "!!document.querySelector('dialog[open]')").await;
        browser.press("Escape", 27).await;
        browser.until("it to close", "!document.querySelector('dialog[open]')").await;
    }
    browser.eval("document.querySelectorAll('.desk-foot .desk-modes button')[1].click()").await;
    note("a note", "!!document.querySelector('.desk-foot[data-note]')").await;
    browser.eval("document.querySelectorAll('.desk-foot .desk-modes button')[0].click()").await;
    for (place, what, there) in [
        (1, "the questions", "!!document.querySelector('.desk-group')"),
        (2, "the reports", "!!document.querySelector('.desk-sums')"),
        (3, "the trail", "!!document.querySelector('.desk-table tbody tr')"),
    ] {
        browser.eval(&format!("document.querySelectorAll('.desk-tab')[{place}].click()")).await;
        note(what, there).await;
        if lang == "fr" {
            browser.picture(&format!("desk-fr-{place}")).await;
        }
    }
    all
}

/// Words that are spelled the same in French and in English, or in French and in Vietnamese; and names.
const SHARED: &[&str] = &[
    "action",
    "agent",
    "assistant",
    "audit",
    "conversation",
    "conversations",
    "csv",
    "description",
    "enter",
    "esc",
    "file",
    "hoi",
    "ignore",
    "lan",
    "message",
    "messages",
    "min",
    "minh",
    "nguyễn",
    "note",
    "notes",
    "notifications",
    "number",
    "page",
    "pages",
    "publication",
    "question",
    "questions",
    "service",
    "services",
    "session",
    "shift",
    "source",
    "thị",
    "trần",
    "version",
    "văn",
];

#[tokio::test(flavor = "multi_thread")]
async fn in_french_nothing_is_left_in_another_language() {
    let edge = edge();
    approves(&edge);
    let mut mine = waiting(&edge, "Làm hộ chiếu cho chó ở đâu?").await;
    let _waits = waiting(&edge, "xyzzy").await;
    let _held = held(&edge).await;
    let browser = at_desk(&edge, "lan", 1360, 900).await;
    let id = mine.boot.conversation.to_string();
    browser.until("all of them", "document.querySelectorAll('.desk-row').length === 3").await;
    click(&browser, &format!("[id='desk-row-{id}']")).await;
    button(&browser, "Tiếp nhận").await;
    focused(&browser, "the composer", "#desk-text").await;
    mine.send(&say(7, "Alô")).await;
    says(&browser, "Alô").await;
    button(&browser, "Ghi chú nội bộ").await;
    focused(&browser, "the composer", "#desk-text").await;
    browser.cdp("Input.insertText", json!({ "text": "1" })).await;
    crate::desk::press(&browser, crate::desk::ENTER).await;
    browser.until("the note", "!!document.querySelector('[data-from=note]:not(.desk-unsent)')").await;
    // The trail holds what was taught and an account that was shut out.
    button(&browser, "Câu hỏi").await;
    browser.until("questions", "document.querySelectorAll('.desk-group').length > 1").await;
    button(&browser, "Không thuộc phạm vi").await;
    assert!(edge.staff(&["disable", "minh"]).status.success());
    let others: BTreeSet<String> = &tour(&browser, "vi", &id).await | &tour(&browser, "en", &id).await;
    let french = tour(&browser, "fr", &id).await;
    assert!(french.len() > 200, "too little was looked at: {french:?}");
    let left: Vec<&String> =
        french.intersection(&others).filter(|word| !SHARED.contains(&word.as_str())).collect();
    assert!(left.is_empty(), "not French: {left:?}");
    no_complaints(&browser).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn light_and_dark_are_chosen_and_remembered() {
    let edge = edge();
    let browser = at_desk(&edge, "minh", 1000, 800).await;
    let _waits = waiting(&edge, "Mở cửa lúc mấy giờ?").await;
    click(&browser, ".desk-row").await;
    let ground = "(([r, g, b]) => +r + +g + +b < 384 ? 'dark' : 'light')(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g))";
    for machine in ["light", "dark"] {
        crate::desk::media(&browser, &[("prefers-color-scheme", machine)]).await;
        for (name, label) in [("dark", "Tối"), ("light", "Sáng"), ("auto", "Theo máy")] {
            // With the keyboard alone.
            browser.eval("document.querySelector('#desk-menu').focus()").await;
            browser.press("Enter", 13).await;
            browser
                .until(
                    "the menu",
                    "!!document.querySelector('.desk-drop[open] [aria-labelledby=desk-scheme]')",
                )
                .await;
            let at = format!("document.activeElement.innerText.trim() === {}", json!(label));
            for _ in 0..12 {
                if browser.eval(&at).await == json!(true) {
                    break;
                }
                browser.press("Tab", 9).await;
            }
            assert_eq!(browser.eval(&at).await, json!(true), "{label} is not reached with Tab");
            browser.press("Enter", 13).await;
            let wanted = if name == "auto" { machine } else { name };
            browser.until(label, &format!("{ground} === '{wanted}'")).await;
            let pressed = "document.querySelectorAll('[aria-labelledby=desk-scheme] [aria-pressed=true]').length === 1 && document.activeElement.getAttribute('aria-pressed') === 'true'";
            browser.until("which it is", pressed).await;
            browser.is_accessible().await;
            browser.picture(&format!("desk-scheme-{machine}-{name}")).await;
            browser.press("Escape", 27).await;
            browser.client.refresh().await.unwrap();
            browser.until("the desk", "!!document.querySelector('.desk-row')").await;
            assert_eq!(browser.eval(ground).await, json!(wanted), "it is remembered");
        }
    }
    browser.screen(320, 640, true).await;
    click(&browser, "#desk-menu").await;
    browser
        .until("the menu", "!!document.querySelector('.desk-drop[open] [aria-labelledby=desk-scheme]')")
        .await;
    crate::desk::fits(&browser).await;
    browser.is_accessible().await;
    browser.picture("desk-scheme-narrow").await;
    no_complaints(&browser).await;
}

/// What the edge refuses is said beside what was pressed.
#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_stands_where_it_was_tried() {
    let edge = edge();
    let visitor = waiting(&edge, "").await;
    let browser = at_desk(&edge, "minh", 1280, 800).await;
    click(&browser, ".desk-row").await;
    says(&browser, "Đang chờ người trả lời").await;
    // The page holds back what it hears; meanwhile somebody else is quicker.
    let slow = "(() => { const take = [...document.querySelectorAll('.desk-actions button')].find((b) => b.innerText === 'Tiếp nhận'); window.take = take; return !!take; })()";
    browser.until("the button", slow).await;
    let lan = tests::Desk::signed_in(&edge, "lan");
    let mut line = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    browser.eval("(() => { const send = WebSocket.prototype.send; WebSocket.prototype.send = function (text) { if (String(text).includes('\"take\"')) { window.held = () => send.call(this, text); } else { send.call(this, text); } }; return true; })()").await;
    browser.eval("window.take.click()").await;
    browser.until("it to be pressed", "!!window.held").await;
    line.send(&wire::desk::ChatUp::Take).await;
    says(&browser, "Nguyễn Thị Lan đang trả lời").await;
    browser.eval("window.held()").await;
    browser.until("why not, beside the buttons", "document.querySelector('.desk-actions .desk-trouble')?.innerText === 'Nguyễn Thị Lan đã tiếp nhận hội thoại này.'").await;
    assert_eq!(browser.eval("!document.querySelector('.desk-strip')").await, json!(true), "and nowhere else");
    browser.is_accessible().await;
    browser.picture("desk-refused").await;
    browser.screen(320, 640, true).await;
    crate::desk::fits(&browser).await;
    browser.picture("desk-refused-narrow").await;
}
