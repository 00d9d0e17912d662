//! Opening hours, notices and the off switch, against real workerd and in real Chromium.

use serde_json::json;
use std::time::Duration;
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, say};
use wire::{Block, Down, Fault, Id, Standing};

fn stands(edge: &Edge, lang: &str) -> Standing {
    let url = format!("{}/s/ward/standing?lang={lang}", edge.origin);
    let text = ureq::get(&url).call().unwrap().into_body().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

fn hoi(edge: &Edge, arguments: &[&str]) -> String {
    let output = edge.hoi(arguments);
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "hoi {arguments:?}: {wrong}");
    said.into_owned()
}

/// The agency is away on port 9: none of this needs it.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_reaches_open_chats_and_pages_within_seconds() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(390, 700).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.until("the widget", "!document.querySelector('.hoi-later, form.hoi-say')").await;
    let words = "Bão số 5: trụ sở nghỉ chiều nay";
    hoi(
        &edge,
        &["notice", "ward", "--text-vi", words, "--text-en", "Storm: closed this afternoon", "--until", "1h"],
    );
    let shown = format!("document.querySelector('.hoi-standing').innerText.includes('{words}')");
    browser.until("the notice in an open chat", &shown).await;
    browser.is_accessible().await;
    assert_eq!(stands(&edge, "en").notice.unwrap().text, "Storm: closed this afternoon");
    // The page without a script.
    let html = ureq::get(format!("{}/s/ward?lang=vi", edge.origin)).call().unwrap();
    assert!(html.into_body().read_to_string().unwrap().contains(words));
    // Publishing anew doesn't take it back, and it outlives the process.
    edge.publish();
    assert!(stands(&edge, "vi").notice.is_some());
    hoi(&edge, &["notice", "ward", "--clear"]);
    browser.until("an ordinary day", "!document.querySelector('.hoi-standing').innerText").await;
    let wrong = edge.hoi(&["notice", "ward", "--text-fr", "Tempête"]);
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("vi, en"));
}

#[tokio::test(flavor = "multi_thread")]
async fn switched_off_nothing_is_taken_and_nothing_is_lost() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(390, 700).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.until("the widget", "!document.querySelector('.hoi-later, form.hoi-say')").await;
    let mut visitor = Visitor::open(&edge).await;
    hoi(&edge, &["off", "ward"]);
    // Whoever still sends is asked to wait; a restart changes nothing.
    edge.kill();
    edge.up();
    let mut again = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    assert!(matches!(again.next().await, Down::Welcome { .. }));
    again.send(&say(1, "giờ làm việc")).await;
    let told = again.next().await;
    assert!(
        matches!(told, Down::Fault { id: Some(Id(1)), code: Fault::TooFast, retry_ms: Some(120_000) }),
        "{told:?}"
    );
    browser
        .until("the chat says so", "document.querySelector('.hoi-standing').innerText.includes('tạm ngừng')")
        .await;
    let composer = "getComputedStyle(document.querySelector('.hoi-composer')).display";
    assert_eq!(browser.eval(composer).await, json!("none"));
    assert_eq!(browser.eval("!!document.querySelector('.hoi-choice')").await, json!(false));
    browser.is_accessible().await;
    let form =
        [("ticket", visitor.boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "lệ phí")];
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
    assert_eq!(answer.status(), 429);
    let html = answer.into_body().read_to_string().unwrap();
    assert!(html.contains("tạm ngừng") && html.contains("lệ phí") && html.contains("1022"));
    hoi(&edge, &["on", "ward"]);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    again.send(&say(1, "giờ làm việc")).await;
    again.answer().await;
    browser
        .until(
            "the composer again",
            "getComputedStyle(document.querySelector('.hoi-composer')).display !== 'none'",
        )
        .await;
    visitor.socket.close(None).await.ok();
}

/// Closed today, whatever day it is: by an exception, in the agency's own clock.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_sent_to_people_is_told_when_they_are_there() {
    let agency = Agency::start(&["--later", "600"]);
    let hanoi = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap()
        + Duration::from_secs(7 * 3600);
    let days = (hanoi.as_secs() / 86_400) as i64;
    let date = |days: i64| {
        let (y, m, d) = civil(days);
        format!("{y:04}-{m:02}-{d:02}")
    };
    // Tomorrow too: the test may run at midnight.
    let exceptions = format!(
        "exceptions = [\n{}{}",
        format_args!("  {{ date = \"{}\", name.vi = \"Tập huấn\", name.en = \"Training\" }},\n", date(days)),
        format_args!(
            "  {{ date = \"{}\", name.vi = \"Tập huấn\", name.en = \"Training\" }},\n",
            date(days + 1)
        ),
    );
    let edits = vec![("exceptions = [\n".to_owned(), exceptions)];
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), edits, ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    let line = visitor.boot.look.contact.hours[0].clone();
    assert!(line.starts_with("Đang nghỉ: Tập huấn. Mở cửa lại lúc "), "{line}");
    visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
    let told = visitor.answer().await;
    let said = told
        .body
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Text { runs } if runs.iter().any(|run| run.text == line)));
    assert!(said, "{told:?}");
}

/// The date of a day counted from 1970: walked year by year and month by month.
fn civil(mut days: i64) -> (i64, usize, i64) {
    let leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let mut year = 1970;
    while days >= 365 + i64::from(leap(year)) {
        days -= 365 + i64::from(leap(year));
        year += 1;
    }
    let february = 28 + i64::from(leap(year));
    for (month, size) in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if days < size {
            return (year, month + 1, days + 1);
        }
        days -= size;
    }
    unreachable!("a year ends")
}
