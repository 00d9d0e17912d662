//! What visitors say of answers and of the chat, and what they tick off: against real workerd and in real Chromium.

use serde_json::json;
use std::fs;
use tests::{Browser, Desk, Edge, EdgeOptions, Heard, Visitor, say, wait_for};
use wire::{
    Down, Fault, Id, Rated, Reason, Up,
    desk::{BoardDown, ChatDown, ChatUp, EndReason, Stage},
};

fn surveyed() -> EdgeOptions {
    let edit = ("survey = false".to_owned(), "survey = true".to_owned());
    EdgeOptions { edits: vec![edit], ..EdgeOptions::default() }
}

async fn open(browser: &Browser, edge: &Edge) {
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
}

async fn ask(browser: &Browser, text: &str) {
    browser.find("textarea").await.send_keys(&format!("{text}\u{e007}")).await.unwrap();
    browser.until("an answer to rate", "!!document.querySelector('.hoi-thumbs')").await;
}

const PRESSED: &str =
    "[...document.querySelectorAll('.hoi-thumb')].map((e) => e.getAttribute('aria-pressed'))";

#[tokio::test(flavor = "multi_thread")]
async fn a_rating_is_kept_and_told_to_every_device() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    let answer = visitor.answer().await;
    assert_eq!(answer.topic.as_deref(), Some("gio-lam-viec"));
    let rate = |seq, good, text: &str| Up::Rate { seq, good, reason: Some(Reason::Wrong), text: text.into() };
    let rated = |good: &[u64], bad: &[u64]| Down::Rated(Rated { good: good.into(), bad: bad.into() });
    visitor.send(&rate(answer.seq, Some(true), "")).await;
    assert_eq!(visitor.next().await, rated(&[2], &[]));
    visitor.send(&rate(answer.seq, Some(false), "đổi giờ rồi")).await;
    assert_eq!(visitor.next().await, rated(&[], &[2]));
    // What the visitor said is no answer.
    visitor.send(&rate(1, Some(true), "")).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }));
    // Personal data that the site doesn't take is not taken here either.
    visitor.send(&rate(2, Some(false), "thẻ 4111 1111 1111 1111")).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Personal, .. }));
    // Another device, which has every message, hears how it stands.
    let mut other = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    other.hello(None, 0).await;
    let Down::Welcome { epoch, last, .. } = other.next().await else { panic!("no welcome") };
    for _ in 0..last {
        other.next().await;
    }
    assert_eq!(other.next().await, rated(&[], &[2]));
    other.hello(Some(epoch), last).await;
    assert!(matches!(other.next().await, Down::Welcome { .. }));
    assert_eq!(other.next().await, rated(&[], &[2]));
    let report = || String::from_utf8_lossy(&edge.hoi(&["report", "ward", "--csv"]).stdout).into_owned();
    wait_for("the counts", || report().contains("did_not_help,gio-lam-viec,1"));
    assert!(
        report().contains("helped,gio-lam-viec,1") && report().contains("why_not,wrong,1"),
        "{}",
        report()
    );
    assert!(!edge.log().contains("4111") && !edge.log().contains("đổi giờ"), "{}", edge.log());
}

/// With the keyboard alone: no, why, in words with a number in them, hidden; seen again after a reload.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_did_not_help() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    ask(&browser, "giờ làm việc").await;
    assert_eq!(browser.eval(PRESSED).await, json!(["false", "false"]));
    let tops = "new Set([...document.querySelectorAll('.hoi-thumb')].map((e) => e.getBoundingClientRect().top)).size";
    assert_eq!(browser.eval(tops).await, json!(1), "both answers stand beside each other");
    browser.picture("thumbs").await;
    browser.eval("document.querySelectorAll('.hoi-thumb')[1].focus()").await;
    browser.press("Enter", 13).await;
    browser.until("the question why", "!!document.querySelector('.hoi-opinion')").await;
    assert_eq!(browser.eval(PRESSED).await, json!(["false", "true"]));
    assert_eq!(
        browser.eval("document.activeElement.textContent").await,
        json!("Không"),
        "the focus stays where it was"
    );
    let small = "[...document.querySelectorAll('.hoi-opinions button, .hoi-options label')].filter((e) => e.getBoundingClientRect().height < 44).length";
    assert_eq!(browser.eval(small).await, json!(0), "targets of 44 px");
    assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth").await, json!(true));
    browser.eval("document.querySelector('.hoi-opinion').scrollIntoView({ block: 'end' })").await;
    browser.is_accessible().await;
    browser.picture("why-not").await;
    browser.press("Tab", 9).await;
    browser.until("the reasons", "document.activeElement.type === 'radio'").await;
    browser.press(" ", 32).await;
    browser.until("a reason", "document.querySelector('.hoi-opinion :checked').value === 'wrong'").await;
    browser.press("Tab", 9).await;
    browser.cdp("Input.insertText", json!({ "text": "căn cước 079203001234 không tra được" })).await;
    browser.press("Tab", 9).await;
    browser.press("Enter", 13).await;
    browser.until("what it holds", "document.activeElement.id === 'hoi-hide'").await;
    browser.press("Enter", 13).await;
    browser.until("thanks", "document.querySelector('.hoi-opinions').innerText.includes('Cảm ơn')").await;
    browser.until("the form to go", "!document.querySelector('.hoi-opinion')").await;
    open(&browser, &edge).await;
    browser.until("what was said", &format!("{PRESSED}.join() === 'false,true'")).await;
    // Taken back.
    browser.find(".hoi-thumb:nth-of-type(2)").await.click().await.unwrap();
    browser.until("nothing said", &format!("{PRESSED}.join() === 'false,false'")).await;
    open(&browser, &edge).await;
    browser.until("the answer", "!!document.querySelector('.hoi-thumbs')").await;
    browser.until("nothing said still", &format!("{PRESSED}.join() === 'false,false'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chat_ends_with_a_question_that_may_be_skipped() {
    let edge = Edge::start(&surveyed());
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    let ends =
        "[...document.querySelectorAll('.hoi-switch')].find((e) => e.textContent === 'Kết thúc trao đổi')";
    assert_eq!(browser.eval(&format!("!{ends}")).await, json!(true), "nothing has begun");
    for skipped in [false, true] {
        ask(&browser, "giờ làm việc").await;
        browser.menu().await;
        browser.eval(&format!("{ends}.click()")).await;
        browser.until("the survey, with the focus", "document.activeElement.id === 'hoi-survey'").await;
        browser.press("Escape", 27).await;
        browser.press("Escape", 27).await;
        browser.until("the survey to go", "!document.querySelector('.hoi-survey')").await;
        browser.eval(&format!("{ends}.click()")).await;
        browser
            .until("the survey again", "document.querySelectorAll('.hoi-survey label').length === 6")
            .await;
        browser.is_accessible().await;
        browser.picture("survey").await;
        if skipped {
            browser.eval("document.querySelectorAll('.hoi-survey button')[1].click()").await;
        } else {
            browser.eval("document.querySelector('.hoi-survey input[value=\"4\"]').click()").await;
            browser.find(".hoi-survey button[type=submit]").await.click().await.unwrap();
        }
        browser.until("an empty chat", "document.querySelectorAll('.hoi-message').length === 1").await;
        assert_eq!(
            browser.eval("Object.keys(localStorage).some((key) => key.endsWith(':conversation'))").await,
            json!(false)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_is_written_before_the_chat_ends() {
    let edge = Edge::start(&surveyed());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&Up::Survey { score: 5, text: String::new() }).await;
    assert!(
        matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }),
        "nothing was said yet"
    );
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;
    visitor.send(&Up::Survey { score: 5, text: "nhanh".into() }).await;
    assert_eq!(visitor.next().await, Down::Surveyed);
}

/// Papers and steps, with the keyboard; kept on this device and in the file.
#[tokio::test(flavor = "multi_thread")]
async fn papers_are_ticked_off() {
    let edge = Edge::start(&EdgeOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    ask(&browser, "lam giay khai sinh cho con can gi").await;
    browser.until("boxes", "document.querySelectorAll('.hoi-tick input').length > 3").await;
    browser.eval("document.querySelectorAll('.hoi-tick input')[1].focus()").await;
    browser.press(" ", 32).await;
    let ticked =
        "[...document.querySelectorAll('.hoi-tick input')].map((e) => +e.checked).join('').slice(0, 3)";
    browser.until("a tick", &format!("{ticked} === '010'")).await;
    browser.eval("document.querySelector('.hoi-papers').scrollIntoView()").await;
    browser.is_accessible().await;
    browser.picture("ticks").await;
    open(&browser, &edge).await;
    browser.until("the tick again", &format!("{ticked} === '010'")).await;
    let place = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.cdp("Browser.setDownloadBehavior", place).await;
    browser.menu().await;
    browser.eval("document.querySelector('.hoi-switch:not([aria-pressed])').click()").await;
    let file = folder.path().join("ward.txt");
    wait_for("the file", || file.exists());
    let text = fs::read_to_string(file).unwrap();
    let boxes: Vec<char> = text.chars().filter(|c| matches!(c, '☐' | '☑')).take(3).collect();
    assert_eq!(boxes, ['☐', '☑', '☐'], "{text}");
}

fn post(edge: &Edge, form: &[(&str, &str)]) -> String {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.post(format!("{}/s/ward/say", edge.origin)).send_form(form.to_vec()).unwrap();
    answer.into_body().read_to_string().unwrap()
}

#[test]
fn without_a_script_all_of_it_is_forms() {
    let edge = Edge::start(&surveyed());
    let boot = Visitor::boot(&edge);
    let common = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page")];
    let with = |more: &[(&'static str, &'static str)]| post(&edge, &[&common[..], more].concat());
    let html = with(&[("text", "giờ làm việc")]);
    assert!(html.contains("name=\"rate\" value=\"2\"") && html.contains("aria-pressed=\"false\""), "{html}");
    assert!(!html.contains("name=\"reason\""));
    let html = with(&[("rate", "2"), ("good", "0")]);
    assert!(html.contains("aria-pressed=\"true\"") && html.contains("value=\"unclear\""), "{html}");
    // Personal data in an opinion is hidden without a word: nobody needs it there.
    let html =
        with(&[("rate", "2"), ("good", "0"), ("reason", "wrong"), ("opinion", "căn cước 079203001234")]);
    assert!(html.contains("aria-pressed=\"true\""));
    assert!(html.contains("name=\"score\" value=\"5\"") && html.contains("Kết thúc"), "{html}");
    let html = with(&[("end", "1"), ("score", "5")]);
    assert!(html.contains("Cuộc trao đổi đã kết thúc"), "{html}");
    assert!(!html.contains("name=\"rate\""), "the page still shows what was said");
    assert!(with(&[("text", "")]).contains("type=\"checkbox\"") || !html.contains("hoi-tick"));
}

/// The same by real presses, where no script runs.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_it_can_be_used() {
    let edge = Edge::start(&surveyed());
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.find("textarea").await.send_keys("giờ làm việc").await.unwrap();
    browser.find(".hoi-send").await.click().await.unwrap();
    browser.find(".hoi-thumbs form:last-of-type button").await.click().await.unwrap();
    browser.find(".hoi-opinion input[value=unclear]").await.click().await.unwrap();
    browser.picture("thumbs-without-script").await;
    browser.find(".hoi-opinions button, .hoi-opinion button").await.click().await.unwrap();
    browser.gone(".hoi-opinion input[value=unclear]").await;
    browser.find(".hoi-thumb[aria-pressed=true]").await;
    browser.find(".hoi-end summary").await.click().await.unwrap();
    browser.find(".hoi-end input[value=\"5\"]").await.click().await.unwrap();
    browser.picture("survey-without-script").await;
    browser.find(".hoi-end button").await.click().await.unwrap();
    browser.find(".hoi-bar").await;
}

/// A person closes the chat: the visitor is asked, may answer, and keeps the chat. Where the site doesn't ask, nothing changes.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_closes_the_chat_and_the_visitor_is_asked() {
    for asks in [true, false] {
        let options = if asks { surveyed() } else { EdgeOptions::default() };
        let edge = Edge::start(&EdgeOptions { codes_off: true, ..options });
        edge.account("lan", &["ward:agent"]);
        let lan = Desk::signed_in(&edge, "lan");
        let mut board = lan.board(&edge, "ward").await.unwrap();
        let browser = Browser::start(400, 800).await;
        browser.screen(320, 640, true).await;
        open(&browser, &edge).await;
        browser.find("textarea").await.send_keys("cho tôi gặp cán bộ\u{e007}").await.unwrap();
        let chat = board
            .board("somebody who waits", |down| match down {
                BoardDown::Chat { chat } if chat.stage == Stage::Waiting => Some(chat.id),
                _ => None,
            })
            .await;
        let mut line = lan.chat(&edge, "ward", chat).await.unwrap();
        line.send(&ChatUp::Take).await;
        line.send(&ChatUp::Say { id: Id(80), text: "Mai bác đến lấy".into(), files: vec![] }).await;
        let heard = |words: &str| format!("document.body.innerText.includes({})", json!(words));
        browser.until("the answer", &heard("Mai bác đến lấy")).await;
        // Half a sentence is written when it happens: it stays, and so does the focus.
        browser.find("textarea.hoi-text").await.send_keys("Còn").await.unwrap();
        line.send(&ChatUp::End { reason: EndReason::Answered }).await;
        browser.until("the end", &heard("Cán bộ đã kết thúc")).await;
        if !asks {
            // What comes after it has come, too.
            browser.find("textarea.hoi-text").await.send_keys(" gì nữa?\u{e007}").await.unwrap();
            browser
                .until("the assistant", "!!document.querySelector('.hoi-from-visitor:nth-last-of-type(2)')")
                .await;
            assert_eq!(browser.eval("!document.querySelector('.hoi-after')").await, json!(true));
            continue;
        }
        browser.until("the survey", "document.querySelectorAll('.hoi-after label').length === 6").await;
        let kept = "[document.activeElement.id, document.querySelector('textarea.hoi-text').value]";
        assert_eq!(browser.eval(kept).await, json!(["hoi-text", "Còn"]));
        let room = "['.hoi-log', '.hoi-after', '.hoi-composer'].every((css) => document.querySelector(css).getBoundingClientRect().height > 40)";
        assert_eq!(browser.eval(room).await, json!(true), "there is room for all of it");
        let end = "(([log, last]) => last.getBoundingClientRect().bottom <= log.getBoundingClientRect().bottom + 1)([document.querySelector('.hoi-log'), [...document.querySelectorAll('.hoi-message')].at(-1)])";
        browser.until("what was said last, in view", end).await;
        let ways =
            "[...document.querySelectorAll('.hoi-after button')].map((e) => e.innerText.trim()).join()";
        assert_eq!(browser.eval(ways).await, json!("Gửi,Bỏ qua"), "it doesn't end here");
        assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth").await, json!(true));
        browser.is_accessible().await;
        browser.picture("survey-by-a-person").await;
        // A reload is no reason to ask once more.
        open(&browser, &edge).await;
        browser.until("what was said", &heard("Cán bộ đã kết thúc")).await;
        browser.find("textarea.hoi-text").await.clear().await.unwrap();
        browser.find("textarea.hoi-text").await.send_keys("giờ làm việc\u{e007}").await.unwrap();
        browser.until("an answer", "!!document.querySelector('.hoi-thumbs')").await;
        assert_eq!(browser.eval("!document.querySelector('.hoi-after')").await, json!(true));
        // Again, and this time it is answered.
        browser.find("textarea.hoi-text").await.send_keys("cho tôi gặp cán bộ\u{e007}").await.unwrap();
        line.chat("that somebody is wanted", |heard| {
            matches!(heard, Heard::Chat(ChatDown::Stands { stage: Stage::Waiting, .. })).then_some(())
        })
        .await;
        line.send(&ChatUp::Take).await;
        line.send(&ChatUp::End { reason: EndReason::Answered }).await;
        browser.until("the survey", "!!document.querySelector('.hoi-after')").await;
        browser.eval("document.querySelector('.hoi-after input[value=\"4\"]').click()").await;
        browser.find(".hoi-after button[type=submit]").await.click().await.unwrap();
        browser.until("it to go", "!document.querySelector('.hoi-after')").await;
        assert_eq!(browser.eval(&heard("Mai bác đến lấy")).await, json!(true), "the chat stays");
        let report = || String::from_utf8_lossy(&edge.hoi(&["report", "ward", "--csv"]).stdout).into_owned();
        wait_for("the mark", || report().contains("survey,4,1"));
    }
}
