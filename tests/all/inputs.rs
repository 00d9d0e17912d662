//! What messages ask for besides words: a date, one of a few, a place. Against real workerd and in real Chromium.

use serde_json::{Value, json};
use std::fs;
use tests::{Agency, Browser, Edge, EdgeOptions, Host, Visitor, say, wait_for};
use wire::{Block, Down, Fault, Given, Id, InputKind, Up};

pub const INTENTS: &str = r#"
[[intent]]
id = "chon-ngay"
title = { vi = "Chọn ngày", en = "Choose a day" }
answer = { vi = "Mời ông bà chọn ngày.", en = "Please choose a day." }
input = { name = "ngay-den", kind = "date", min = "2026-01-10", max = "2099-12-31", label = { vi = "Ông bà đến ngày nào?", en = "Which day?" } }
[intent.phrases]
vi = ["chọn ngày đến phường", "đăng ký ngày đến", "ngày nào tôi đến được", "cho tôi chọn ngày", "chọn ngày giúp tôi"]
en = ["choose a day to come", "pick a day", "which day can I come", "let me choose the day", "select a day"]

[[intent]]
id = "chon-viec"
title = { vi = "Chọn việc", en = "Choose a matter" }
answer = { vi = "Mời ông bà chọn việc.", en = "Please choose." }
[intent.input]
name = "viec"
kind = "choice"
label = { vi = "Ông bà hỏi việc gì?", en = "What is it about?" }
options = [
  { key = "gio-lam-viec", label = { vi = "Giờ giấc", en = "Hours" } },
  { key = "viec-khac", label = { vi = "Chuyện khác", en = "Another matter" } },
]
[intent.phrases]
vi = ["chọn việc cần hỏi", "danh sách việc cần hỏi", "tôi muốn chọn việc", "cho tôi chọn việc", "liệt kê việc để chọn"]
en = ["choose a matter", "list of matters", "let me choose a matter", "pick a matter", "select a matter"]
"#;

fn edge(agency: &Agency) -> Edge {
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    fs::write(edge.site.join("intents/chon.toml"), INTENTS).unwrap();
    edge.publish();
    edge
}

fn pick(id: u128, intent: &str) -> Up {
    let (text, pick) = (intent.to_owned(), Some(intent.to_owned()));
    Up::Say { id: Id(id), text, lang: "vi".into(), pick, value: None, files: vec![] }
}

fn give(id: u128, name: &str, value: &str, text: &str) -> Up {
    let value = Some(Given { name: name.into(), value: value.into() });
    Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick: None, value, files: vec![] }
}

/// What the agency was given, question by question.
fn given(agency: &Agency) -> Vec<Value> {
    agency.questions().iter().map(|line| line["question"]["value"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_is_checked_and_passed_on() {
    let agency = Agency::start(&["--mode", "json"]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&pick(1, "chon-ngay")).await;
    let asked = visitor.answer().await;
    let Some(Block::Input(input)) = asked.body.blocks.last() else { panic!("{asked:?}") };
    assert_eq!((input.kind, input.min.as_deref()), (InputKind::Date, Some("2026-01-10")));
    for (id, name, value) in
        [(2, "ngay-den", "2026-01-09"), (3, "ngay-den", "2026-02-30"), (4, "ngay-khac", "2026-02-03")]
    {
        visitor.send(&give(id, name, value, "x")).await;
        let told = visitor.next().await;
        assert!(
            matches!(told, Down::Fault { id: Some(said), code: Fault::Malformed, .. } if said == Id(id)),
            "{value}"
        );
    }
    visitor.send(&give(5, "ngay-den", "2026-02-03", "3 tháng 2, 2026")).await;
    visitor.answer().await;
    assert_eq!(given(&agency), [json!({ "name": "ngay-den", "value": "2026-02-03" })]);
    assert_eq!(agency.questions()[0]["question"]["text"], "3 tháng 2, 2026");
    // A choice whose key is an intent asks that; another one goes to the agency.
    visitor.send(&pick(6, "chon-viec")).await;
    visitor.answer().await;
    visitor.send(&give(7, "viec", "gio-lam-viec", "Giờ giấc")).await;
    assert_eq!(visitor.answer().await.topic.as_deref(), Some("gio-lam-viec"));
    visitor.send(&give(8, "viec", "viec-khac", "Chuyện khác")).await;
    visitor.answer().await;
    assert_eq!(given(&agency)[1..], [json!({ "name": "viec", "value": "viec-khac" })]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_asks_and_is_given() {
    let along = json!({
        "input": { "name": "buoi", "kind": "choice", "label": "Buổi nào?", "options": [
            { "key": "sang", "label": "Sáng" }, { "key": "chieu", "label": "Chiều" }] },
        "files": [
            { "name": "to-khai.pdf", "url": "https://benxuan.example/to-khai.pdf", "size": 2048, "type": "application/pdf" },
            { "name": "bad", "url": "javascript:alert(1)" }],
    });
    for mode in ["json", "stream"] {
        let agency = Agency::start(&["--mode", mode, "--along", &along.to_string()]);
        let edge = edge(&agency);
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
        let reply = visitor.answer().await;
        assert_eq!(reply.topic.as_deref(), Some(""), "{mode}");
        let [.., Block::File(file), Block::Input(input)] = reply.body.blocks.as_slice() else {
            panic!("{reply:?}")
        };
        assert_eq!((file.name.as_str(), file.size, file.id), ("to-khai.pdf", 2048, None));
        assert_eq!(input.options.len(), 2);
        visitor.send(&give(2, "buoi", "chieu", "Chiều")).await;
        visitor.answer().await;
        assert_eq!(given(&agency)[1], json!({ "name": "buoi", "value": "chieu" }));
    }
}

async fn open(browser: &Browser, edge: &Edge) {
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
}

async fn ask(browser: &Browser, text: &str) {
    browser.find("textarea").await.send_keys(&format!("{text}\u{e007}")).await.unwrap();
    browser.until("what is asked", "!!document.querySelector('.hoi-input')").await;
}

/// Real fields, with the keyboard, on a small screen.
#[tokio::test(flavor = "multi_thread")]
async fn a_date_and_a_choice_on_the_page() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    ask(&browser, "chọn ngày giúp tôi").await;
    let field = "document.querySelector('.hoi-input input')";
    assert_eq!(
        browser.eval(&format!("[{field}.type, {field}.min, {field}.ariaLabel]")).await,
        json!(["date", "2026-01-10", "Ông bà đến ngày nào?"])
    );
    browser.eval("document.querySelector('.hoi-input').scrollIntoView({ block: 'end' })").await;
    browser.is_accessible().await;
    browser.picture("input-date").await;
    // Out of bounds: the browser itself says so, and nothing is sent.
    browser.eval(&format!("{field}.value = '2026-01-09'")).await;
    browser.find(".hoi-input button").await.click().await.unwrap();
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(1));
    browser.eval(&format!("{field}.value = '2026-02-03'")).await;
    browser.find(".hoi-input button").await.click().await.unwrap();
    browser.until("the day in words", "document.body.innerText.includes('3 tháng 2, 2026')").await;
    browser.until("the form to go", "!document.querySelector('.hoi-input')").await;
    wait_for("the agency", || given(&agency) == [json!({ "name": "ngay-den", "value": "2026-02-03" })]);

    browser.until("its answer", "!!document.querySelector('.hoi-from-agency')").await;
    ask(&browser, "cho tôi chọn việc").await;
    browser.eval("document.querySelector('.hoi-input input').focus()").await;
    browser.press("ArrowDown", 40).await;
    browser.until("the second", "document.querySelector('.hoi-input :checked').value === 'viec-khac'").await;
    browser.press("ArrowUp", 38).await;
    browser
        .until("the first", "document.querySelector('.hoi-input :checked').value === 'gio-lam-viec'")
        .await;
    browser.is_accessible().await;
    browser.picture("input-choice").await;
    browser.press("Enter", 13).await;
    browser
        .until(
            "the hours",
            "document.body.innerText.includes('Giờ giấc') && !document.querySelector('.hoi-input')",
        )
        .await;
}

/// A day is told with the day first, the month in letters, also where the browser knows no dates of the page's language and would
/// silently say them as Americans do: Khmer and Lao in Chromium.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_told_in_every_language() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let browser = Browser::start(400, 800).await;
    let questions =
        [("km", "pick a day"), ("lo", "pick a day"), ("en", "pick a day"), ("vi", "chọn ngày giúp tôi")];
    for (count, (lang, question)) in (1..).zip(questions) {
        browser.client.goto(&format!("{}/s/ward?lang={lang}", edge.origin)).await.unwrap();
        browser.widget().await;
        ask(&browser, question).await;
        browser.eval("document.querySelector('.hoi-input input').value = '2026-02-03'").await;
        browser.find(".hoi-input button").await.click().await.unwrap();
        browser.until("the form to go", "!document.querySelector('.hoi-input')").await;
        let told = "[...document.querySelectorAll('.hoi-from-visitor .hoi-bubble')].at(-1).innerText.trim()";
        let told = browser.eval(told).await;
        let told = told.as_str().unwrap();
        assert!(["3 February 2026", "3 tháng 2, 2026"].contains(&told), "{lang}: {told}");
        let answers = format!("document.querySelectorAll('.hoi-from-agency').length === {count}");
        browser.until("its answer", &answers).await;
    }
}

/// Where the visitor is, only after a press; an address where the browser may not say.
#[tokio::test(flavor = "multi_thread")]
async fn a_place_by_button_or_by_address() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    ask(&browser, "đèn đường bị hư báo ai").await;
    browser
        .cdp(
            "Browser.setPermission",
            json!({ "permission": { "name": "geolocation" }, "setting": "denied", "origin": edge.origin }),
        )
        .await;
    browser.find(".hoi-input button:not([type=submit])").await.click().await.unwrap();
    browser
        .until(
            "why not",
            "document.querySelector('.hoi-input').innerText.includes('Chưa xác định được vị trí')",
        )
        .await;
    browser.eval("document.querySelector('.hoi-input').scrollIntoView({ block: 'end' })").await;
    browser.is_accessible().await;
    browser.picture("input-place").await;
    browser.find("#hoi-address").await.send_keys("Hẻm 12 đường Bến Xuân\u{e007}").await.unwrap();
    wait_for("the address", || {
        given(&agency) == [json!({ "name": "place", "value": "Hẻm 12 đường Bến Xuân" })]
    });
    // Only the last message asks: an answer that comes after the next question would take its field away.
    browser.until("the agency's answer", "!!document.querySelector('.hoi-from-agency')").await;

    ask(&browser, "hẻm tối không có đèn").await;
    browser
        .cdp(
            "Browser.setPermission",
            json!({ "permission": { "name": "geolocation" }, "setting": "granted", "origin": edge.origin }),
        )
        .await;
    browser
        .cdp(
            "Emulation.setGeolocationOverride",
            json!({ "latitude": 10.77653, "longitude": 106.70098, "accuracy": 20 }),
        )
        .await;
    browser.find(".hoi-input button:not([type=submit])").await.click().await.unwrap();
    browser
        .until(
            "the place in words",
            "document.body.innerText.includes('Vị trí của tôi: 10.77653, 106.70098')",
        )
        .await;
    wait_for("the place", || {
        given(&agency).get(1) == Some(&json!({ "name": "place", "value": "geo:10.77653,106.70098" }))
    });
}

/// On an agency's own page the panel is in a frame of another origin, which may ask the browser, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_place_from_inside_a_frame() {
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        host: host.origin.clone(),
        ..EdgeOptions::default()
    });
    host.shows(&edge);
    let browser = Browser::start(1000, 800).await;
    for origin in [&host.origin, &edge.origin] {
        let permission =
            json!({ "permission": { "name": "geolocation" }, "setting": "granted", "origin": origin });
        browser.cdp("Browser.setPermission", permission).await;
    }
    let place = json!({ "latitude": 10.77653, "longitude": 106.70098, "accuracy": 20 });
    browser.cdp("Emulation.setGeolocationOverride", place).await;
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.press_launcher().await;
    let panel = browser.panel(&edge).await;
    panel.ask("hẻm tối không có đèn").await;
    panel.click(".hoi-input button:not([type=submit])").await;
    panel.until_says("Vị trí của tôi: 10.77653, 106.70098").await;
}

#[test]
fn without_a_script_they_are_fields_too() {
    let agency = Agency::start(&["--mode", "json"]);
    let edge = edge(&agency);
    let boot = Visitor::boot(&edge);
    let post = |more: &[(&'static str, &'static str)]| {
        let common = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page")];
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer = agent
            .post(format!("{}/s/ward/say", edge.origin))
            .send_form([&common[..], more].concat())
            .unwrap();
        (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
    };
    let (_, html) = post(&[("text", "x"), ("pick", "chon-ngay")]);
    assert!(html.contains("type=\"date\"") && html.contains("min=\"2026-01-10\""), "{html}");
    let (status, _) = post(&[("name", "ngay-den"), ("value", "2026-01-09")]);
    assert_eq!(status, 422);
    let (status, html) = post(&[("name", "ngay-den"), ("value", "2026-02-03")]);
    assert_eq!(status, 200);
    assert!(html.contains("3/2/2026"), "{html}");
    assert_eq!(given(&agency), [json!({ "name": "ngay-den", "value": "2026-02-03" })]);
    let (_, html) = post(&[("text", "x"), ("pick", "chon-viec")]);
    assert!(html.contains("type=\"radio\" name=\"value\" required value=\"viec-khac\""), "{html}");
    let (_, html) = post(&[("name", "viec"), ("value", "viec-khac")]);
    assert!(html.contains("Chuyện khác"));
}
