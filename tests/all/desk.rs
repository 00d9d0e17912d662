//! The staff's desk in real Chromium, against real workerd, with a visitor at the other end.

use serde_json::{Value, json};
use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::Duration,
};
use tests::{ADMIN_KEY, Browser, Edge, EdgeOptions, PASSWORD, Visitor, built, say};
use wire::{AuthorKind, Block, Down, Id, Message, Up};

/// Presses of these keys have no text of their own.
pub const ENTER: (&str, u32) = ("Enter", 13);
const DOWN: (&str, u32) = ("ArrowDown", 40);
const ESCAPE: (&str, u32) = ("Escape", 27);

/// An edge at which Lan is a lead, Minh an agent and Hoa an auditor.
fn edge() -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    account(&edge, "lan", "Nguyễn Thị Lan", "ward:lead");
    account(&edge, "minh", "Trần Văn Minh", "ward:agent");
    account(&edge, "hoa", "Lê Thị Hoa", "ward:auditor");
    edge
}

pub fn account(edge: &Edge, name: &str, shown: &str, role: &str) {
    let mut command = Command::new(built("HOI_BIN"));
    command.args(["staff", "add", name, "--shown", shown, "--role", role, "--password-stdin"]);
    command.env("HOI_EDGE", &edge.origin).env("HOI_ADMIN_KEY", ADMIN_KEY);
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    writeln!(running.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(running.wait().unwrap().success());
}

/// A browser in which `name` has signed in and sits at the desk.
pub async fn at_desk(edge: &Edge, name: &str, width: u32, height: u32) -> Browser {
    let browser = Browser::start(width, height).await;
    sign_in(&browser, edge, name).await;
    browser
}

pub async fn sign_in(browser: &Browser, edge: &Edge, name: &str) {
    browser.client.goto(&format!("{}/desk/s/ward", edge.origin)).await.unwrap();
    browser.find("input[name=name]").await.send_keys(name).await.unwrap();
    browser.find("input[name=password]").await.send_keys(PASSWORD).await.unwrap();
    browser.find("main form button[type=submit]").await.click().await.unwrap();
    browser
        .until("the desk", "!!document.querySelector('.desk-list') && document.title.includes('Bến Xuân')")
        .await;
    let languages = "localStorage.setItem('hoi-desk:settings', 'vi no-sound keys')";
    browser.eval(languages).await;
    browser.client.refresh().await.unwrap();
    browser
        .until(
            "the desk in Vietnamese",
            "document.querySelector('.desk-tab')?.innerText.includes('Hội thoại')",
        )
        .await;
}

/// A visitor who has asked for a person, with these words before.
pub async fn waiting(edge: &Edge, words: &str) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    if !words.is_empty() {
        visitor.send(&say(1, words)).await;
        visitor.answer().await;
    }
    let pick = Some("gap-can-bo".to_owned());
    let up =
        Up::Say {
            id: Id(2), text: "Gặp cán bộ".into(), lang: "vi".into(), pick, value: None, files: vec![]
        };
    visitor.send(&up).await;
    visitor.answer().await;
    visitor
}

/// What a person says next.
pub async fn staff(visitor: &mut Visitor) -> Message {
    loop {
        if let Down::Message(message) = visitor.next().await
            && message.author.kind == AuthorKind::Staff
        {
            return message;
        }
    }
}

pub async fn until_down(visitor: &mut Visitor, wanted: impl Fn(&Down) -> bool) {
    while !wanted(&visitor.next().await) {}
}

pub fn words(message: &Message) -> String {
    let mut text = String::new();
    for block in &message.body.blocks {
        if let Block::Text { runs } = block {
            runs.iter().for_each(|run| text.push_str(&run.text));
        }
    }
    text
}

pub async fn press(browser: &Browser, (key, code): (&str, u32)) {
    for kind in ["rawKeyDown", "keyUp"] {
        let key = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
        browser.cdp("Input.dispatchKeyEvent", key).await;
    }
}

/// A letter on the keyboard, with the text it types where text is typed.
pub async fn letter(browser: &Browser, letter: &str) {
    let code = letter.to_uppercase().chars().next().map_or(0, u32::from);
    for kind in ["keyDown", "keyUp"] {
        let mut key = json!({ "type": kind, "key": letter, "windowsVirtualKeyCode": code });
        if kind == "keyDown" {
            key["text"] = letter.into();
        }
        browser.cdp("Input.dispatchKeyEvent", key).await;
    }
}

pub async fn typed(browser: &Browser, text: &str) {
    browser.cdp("Input.insertText", json!({ "text": text })).await;
}

pub async fn click(browser: &Browser, css: &str) {
    browser.find(css).await.click().await.unwrap();
}

/// A button by what stands on it.
pub async fn button(browser: &Browser, label: &str) {
    let find = format!(
        "[...document.querySelectorAll('button, summary')].find(b => b.innerText.trim().startsWith({}) && b.offsetParent)",
        json!(label)
    );
    browser.until(label, &format!("!!{find}")).await;
    browser.eval(&format!("{find}.click()")).await;
}

pub async fn says(browser: &Browser, words: &str) {
    browser.until(words, &format!("document.body.innerText.includes({})", json!(words))).await;
}

pub async fn focused(browser: &Browser, what: &str, css: &str) {
    browser.until(what, &format!("!!document.activeElement?.matches({})", json!(css))).await;
}

/// What is shown is accessible in every colour there is; pictures of it are called `name` and the colour's.
pub async fn in_all_colours(browser: &Browser, name: &str) {
    for (colour, features) in [
        ("light", &[("prefers-color-scheme", "light")][..]),
        ("dark", &[("prefers-color-scheme", "dark")][..]),
        ("forced", &[("forced-colors", "active")][..]),
    ] {
        media(browser, features).await;
        browser.is_accessible().await;
        browser.picture(&format!("{name}-{colour}")).await;
    }
    media(browser, &[]).await;
}

pub async fn media(browser: &Browser, features: &[(&str, &str)]) {
    let features: Vec<Value> =
        features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// What the console said against us: refused by the policy, broken, not found.
pub async fn no_complaints(browser: &Browser) {
    let lines = browser.console().await;
    let lines: Vec<&String> = lines
        .iter()
        .filter(|line| !line.contains("WebSocket connection") && !line.contains("favicon"))
        .collect();
    assert!(lines.is_empty(), "{lines:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_queue_to_the_end() {
    let edge = edge();
    let browser = at_desk(&edge, "lan", 1360, 860).await;
    says(&browser, "Chưa có hội thoại nào").await;
    browser.picture("desk-empty").await;
    let mut visitor = waiting(&edge, "Mở cửa lúc mấy giờ?").await;
    says(&browser, "Thứ tự 1").await;
    browser.until("the count", "document.title.startsWith('(1) ')").await;
    click(&browser, ".desk-row").await;
    says(&browser, "Mở cửa lúc mấy giờ?").await;
    button(&browser, "Tiếp nhận").await;
    focused(&browser, "the composer", "#desk-text").await;
    until_down(
        &mut visitor,
        |down| matches!(down, Down::Message(message) if words(message).contains("Nguyễn Thị Lan")),
    )
    .await;
    browser.until("nobody waits", "!document.title.startsWith('(')").await;
    // What a stranger writes is text, whatever it looks like.
    let hostile = "<img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script> [a](javascript:alert(1))";
    visitor.send(&say(3, hostile)).await;
    says(&browser, "<img src=x onerror=").await;
    let made = browser
        .eval("document.querySelectorAll('.desk-log [data-from=visitor] :is(img, script, a)').length")
        .await;
    assert_eq!(made, json!(0), "it became markup");
    // Typing and reading, both ways.
    visitor.send(&Up::Typing { on: true }).await;
    says(&browser, "Khách đang viết").await;
    typed(&browser, "Dạ, phường làm việc từ ").await;
    until_down(
        &mut visitor,
        |down| matches!(down, Down::Working { author, .. } if author.kind == AuthorKind::Staff),
    )
    .await;
    typed(&browser, "7 giờ 30.").await;
    press(&browser, ENTER).await;
    let answer = staff(&mut visitor).await;
    assert_eq!(words(&answer), "Dạ, phường làm việc từ 7 giờ 30.");
    assert_eq!(answer.author.name.as_deref(), Some("Nguyễn Thị Lan"));
    visitor.send(&Up::Read { seq: answer.seq }).await;
    says(&browser, "Khách đã xem").await;
    // A note is not for the visitor.
    button(&browser, "Ghi chú nội bộ").await;
    focused(&browser, "the composer", "#desk-text").await;
    typed(&browser, "Đã hẹn lại sáng thứ hai").await;
    press(&browser, ENTER).await;
    browser.until("the note", "!!document.querySelector('[data-from=note]:not(.desk-unsent)')").await;
    button(&browser, "Trả lời").await;
    // An answer of the site's own, found without marks.
    focused(&browser, "the composer", "#desk-text").await;
    letter(&browser, "/").await;
    focused(&browser, "the search", "#desk-search").await;
    typed(&browser, "khai sinh").await;
    browser.until("what is found", "document.querySelectorAll('.desk-found').length > 0").await;
    browser.picture("desk-canned").await;
    browser.is_accessible().await;
    press(&browser, ENTER).await;
    browser.until("it is written", "document.querySelector('#desk-text').value.length > 20").await;
    focused(&browser, "the composer", "#desk-text").await;
    browser.picture("desk-talk").await;
    no_complaints(&browser).await;
    in_all_colours(&browser, "desk-talk").await;
    press(&browser, ENTER).await;
    assert!(words(&staff(&mut visitor).await).len() > 20);
    button(&browser, "Kết thúc").await;
    says(&browser, "Hội thoại kết thúc thế nào?").await;
    browser.picture("desk-end").await;
    button(&browser, "Khách đã có câu trả lời").await;
    says(&browser, "Đã kết thúc").await;
    browser.until("the focus is kept", "document.activeElement !== document.body").await;
    let left = browser.eval("document.activeElement.id").await;
    assert_ne!(left, json!(""), "the focus is nowhere");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_while_the_edge_is_away_arrives_once() {
    let mut edge = edge();
    let browser = at_desk(&edge, "minh", 1000, 800).await;
    let mut visitor = waiting(&edge, "").await;
    click(&browser, ".desk-row").await;
    button(&browser, "Tiếp nhận").await;
    focused(&browser, "the composer", "#desk-text").await;
    edge.kill();
    typed(&browser, "Tôi vẫn ở đây.").await;
    press(&browser, ENTER).await;
    says(&browser, "Đang gửi").await;
    says(&browser, "Mất kết nối").await;
    browser.picture("desk-offline").await;
    edge.up();
    browser
        .until(
            "it is sent",
            "!document.querySelector('.desk-unsent') && document.body.innerText.includes('Tôi vẫn ở đây.')",
        )
        .await;
    let boot = visitor.boot.clone();
    visitor = Visitor::connect(&edge, boot, &edge.origin).await.unwrap();
    visitor.hello(None, 0).await;
    assert_eq!(words(&staff(&mut visitor).await), "Tôi vẫn ở đây.");
    let drawn = browser.eval("[...document.querySelectorAll('.desk-bubble')].filter(b => b.innerText.includes('Tôi vẫn ở đây.')).length").await;
    assert_eq!(drawn, json!(1));
    // The list hears of it again, too.
    let _second = waiting(&edge, "").await;
    says(&browser, "Thứ tự 1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_keys_alone() {
    let edge = edge();
    let browser = at_desk(&edge, "minh", 1360, 800).await;
    let _first = waiting(&edge, "").await;
    let _second = waiting(&edge, "").await;
    browser.until("both", "document.querySelectorAll('.desk-row').length === 2").await;
    letter(&browser, "?").await;
    says(&browser, "Tác dụng").await;
    browser.is_accessible().await;
    browser.picture("desk-keys").await;
    press(&browser, ESCAPE).await;
    browser.until("it is closed", "!document.querySelector('dialog[open]')").await;
    letter(&browser, "j").await;
    focused(&browser, "a row", ".desk-row").await;
    let first = browser.eval("document.activeElement.id").await;
    press(&browser, DOWN).await;
    browser
        .until(
            "the next row",
            &format!("document.activeElement.matches('.desk-row') && document.activeElement.id !== {first}"),
        )
        .await;
    letter_enter(&browser).await;
    focused(&browser, "the heading", "#desk-heading").await;
    browser.until("the conversation", "document.body.innerText.includes('Gặp cán bộ')").await;
    letter(&browser, "t").await;
    focused(&browser, "the composer", "#desk-text").await;
    // Here letters are text, and nothing steals them.
    for each in ["t", "x", "b", "?"] {
        letter(&browser, each).await;
    }
    browser.until("the letters", "document.querySelector('#desk-text').value === 'txb?'").await;
    assert_eq!(browser.eval("!!document.querySelector('dialog[open]')").await, json!(false));
    press(&browser, ESCAPE).await;
    focused(&browser, "its row", ".desk-row[aria-current]").await;
    letter(&browser, "m").await;
    says(&browser, "Chuyển hội thoại cho ai?").await;
    says(&browser, "Hộ tịch").await;
    browser.picture("desk-transfer").await;
    press(&browser, ESCAPE).await;
    browser.until("the focus is given back", "document.activeElement.matches('.desk-row')").await;
    // Whoever wants no letters switches them off.
    click(&browser, "#desk-menu").await;
    browser.picture("desk-menu").await;
    browser.is_accessible().await;
    button(&browser, "Phím tắt một chữ cái").await;
    browser.eval("document.querySelector('.desk-row').focus()").await;
    letter(&browser, "m").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(browser.eval("!!document.querySelector('dialog[open]')").await, json!(false));
    let kept = browser.eval("localStorage.getItem('hoi-desk:settings')").await;
    assert_eq!(kept, json!("vi no-sound no-keys auto"));
}

/// Enter as a key that presses what has the focus.
async fn letter_enter(browser: &Browser) {
    let down = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13 });
    browser.cdp("Input.dispatchKeyEvent", down).await;
    browser
        .cdp(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13 }),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    let edge = edge();
    let browser = at_desk(&edge, "minh", 1000, 800).await;
    browser.screen(390, 844, true).await;
    let mut visitor = waiting(&edge, "Lệ phí chứng thực bao nhiêu?").await;
    says(&browser, "Thứ tự 1").await;
    fits(&browser).await;
    browser.is_accessible().await;
    browser.picture("desk-phone-list").await;
    click(&browser, ".desk-row").await;
    says(&browser, "Lệ phí chứng thực").await;
    browser.until("the list is gone", "!document.querySelector('.desk-list').offsetParent").await;
    button(&browser, "Tiếp nhận").await;
    browser.until("it is mine", "document.body.innerText.includes('Trần Văn Minh đang trả lời')").await;
    visitor.send(&say(3, "Alô")).await;
    says(&browser, "Alô").await;
    fits(&browser).await;
    browser.is_accessible().await;
    browser.picture("desk-phone-talk").await;
    click(&browser, ".desk-to-about").await;
    browser.until("what is known", "!!document.querySelector('.desk-about').offsetParent").await;
    fits(&browser).await;
    browser.picture("desk-phone-about").await;
    browser.screen(320, 640, true).await;
    fits(&browser).await;
    click(&browser, ".desk-about .desk-back").await;
    fits(&browser).await;
    browser.picture("desk-narrow-talk").await;
    click(&browser, ".desk-head .desk-back").await;
    focused(&browser, "its row", ".desk-row").await;
    fits(&browser).await;
    // All pages, and more who wait than one digit says: each way to a page is in one line.
    let lead = at_desk(&edge, "lan", 1000, 800).await;
    lead.screen(320, 640, true).await;
    let _waits = waiting(&edge, "").await;
    lead.until("that somebody waits", "!!document.querySelector('.desk-count')").await;
    let high = "document.querySelector('.desk-count').textContent = '14', \
                [...document.querySelectorAll('.desk-tab')].map((e) => e.getBoundingClientRect().height).filter((high) => high > 50)";
    assert_eq!(lead.eval(high).await, json!([]));
    fits(&lead).await;
    lead.picture("desk-narrow-pages").await;
}

/// Nothing is wider than the screen.
pub async fn fits(browser: &Browser) {
    let wide = "document.documentElement.scrollWidth <= innerWidth";
    browser.until("nothing to scroll sideways", wide).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_teaches_and_who_audits_reads() {
    let edge = edge();
    let mut visitor = waiting(&edge, "Làm hộ chiếu cho chó ở đâu?").await;
    visitor.send(&say(3, "Alô")).await;
    let browser = at_desk(&edge, "lan", 1280, 900).await;
    button(&browser, "Câu hỏi").await;
    says(&browser, "hộ chiếu cho chó").await;
    browser.is_accessible().await;
    browser.picture("desk-questions").await;
    button(&browser, "Không thuộc phạm vi").await;
    says(&browser, "Không còn câu hỏi nào").await;
    focused(&browser, "the heading", "#desk-heading").await;
    no_complaints(&browser).await;
    browser.client.delete_all_cookies().await.unwrap();
    sign_in(&browser, &edge, "hoa").await;
    assert_eq!(browser.eval("!!document.querySelector('#desk-presence')").await, json!(false));
    click(&browser, ".desk-row").await;
    says(&browser, "Bạn chỉ xem").await;
    says(&browser, "hộ chiếu cho chó").await;
    assert_eq!(
        browser.eval("document.querySelectorAll('.desk-actions button, #desk-text').length").await,
        json!(0)
    );
    button(&browser, "Báo cáo").await;
    says(&browser, "Chuyển cho người").await;
    browser.is_accessible().await;
    browser.picture("desk-reports").await;
    button(&browser, "Nhật ký").await;
    says(&browser, "Chuỗi còn nguyên vẹn").await;
    says(&browser, "dạy trợ lý").await;
    browser.is_accessible().await;
    browser.picture("desk-audit").await;
    browser.screen(390, 844, true).await;
    fits(&browser).await;
    button(&browser, "Báo cáo").await;
    says(&browser, "Chuyển cho người").await;
    fits(&browser).await;
    browser.picture("desk-phone-reports").await;
    browser.screen(1280, 900, false).await;
    // Another language, at once.
    button(&browser, "Cài đặt").await;
    let choose = "(() => { const s = document.querySelector('.desk-sheet select'); s.value = 'en'; s.dispatchEvent(new Event('change', { bubbles: true })); return true; })()";
    browser.eval(choose).await;
    says(&browser, "Handed over to people").await;
    assert_eq!(browser.eval("document.documentElement.lang").await, json!("en"));
    focused(&browser, "the menu", "#desk-menu").await;
    browser.picture("desk-reports-en").await;
    no_complaints(&browser).await;
    // The session ends elsewhere: the desk says so and leads on.
    browser.client.delete_all_cookies().await.unwrap();
    let answer =
        ureq::get(format!("{}/desk/s/ward", edge.origin)).config().max_redirects(0).build().call().unwrap();
    assert_eq!(answer.status().as_u16(), 303, "nobody is let in without a session");
    assert!(answer.headers()["location"].to_str().unwrap().contains("/desk/sign-in?next=/desk/s/ward"));
}
