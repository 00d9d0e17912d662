//! The simple view, for people unsure on screens, in real Chromium: large, one question at a time, spoken and heard.

use serde_json::json;
use tests::{Browser, Edge, EdgeOptions};

/// A browser with a Vietnamese voice and ears, which Chromium without a screen has not.
pub const SPEECH: &str = "window.spoken = []; \
    class Speaker extends EventTarget { getVoices() { return [{ lang: 'vi-VN' }] } cancel() {} speak(u) { spoken.push([u.lang, u.text]); window.last = u } } \
    Object.defineProperty(window, 'speechSynthesis', { value: new Speaker(), configurable: true }); \
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }; \
    window.SpeechRecognition = class { start() { window.listener = this } stop() { this.onend() } };";

async fn open(browser: &Browser, edge: &Edge) {
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
}

async fn press(browser: &Browser, css: &str) {
    browser.find(css).await.click().await.unwrap();
}

/// How many of these can be seen.
fn seen(css: &str) -> String {
    format!("[...document.querySelectorAll({})].filter((e) => e.checkVisibility()).length", json!(css))
}

#[tokio::test(flavor = "multi_thread")]
async fn one_question_at_a_time_and_remembered() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.screen(390, 844, true).await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SPEECH })).await;
    open(&browser, &edge).await;
    assert_eq!(browser.eval(&seen(".hoi-aid")).await, json!(0), "the usual view has none of it");
    press(&browser, ".hoi-menu:nth-of-type(2) > summary").await;
    browser.menu().await;
    browser.picture("display-menu").await;
    press(&browser, ".hoi-larger").await;
    browser.until("larger text", "getComputedStyle(document.documentElement).fontSize === '18.4px'").await;
    press(&browser, ".hoi-switch").await;
    browser.until("the simple view", "document.documentElement.hasAttribute('data-plain')").await;
    assert_eq!(
        browser.eval("document.querySelector('.hoi-switch').getAttribute('aria-pressed')").await,
        json!("true")
    );
    browser.press("Escape", 27).await;
    browser.picture("simple-start").await;
    browser.is_accessible().await;
    // Buttons come before typing.
    assert_eq!(browser.eval(&seen("textarea")).await, json!(0));
    press(&browser, ".hoi-choices button").await;
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    browser.until("its buttons", "!!document.querySelector('.hoi-choices')").await;
    browser.picture("simple-answer").await;
    assert_eq!(browser.eval(&seen(".hoi-message")).await, json!(2), "one question and its answer");
    browser.is_accessible().await;
    press(&browser, ".hoi-other").await;
    browser.until("the composer, with the focus", "document.activeElement.tagName === 'TEXTAREA'").await;
    browser.cdp("Input.insertText", json!({ "text": "giờ làm việc" })).await;
    browser.press("Enter", 13).await;
    browser.until("the next answer", "document.querySelectorAll('.hoi-from-assistant').length >= 3").await;
    assert_eq!(browser.eval(&seen(".hoi-from-visitor")).await, json!(1));
    press(&browser, ".hoi-earlier").await;
    browser.until("what was said before", &format!("{} === 2", seen(".hoi-from-visitor"))).await;
    // Another day.
    browser.client.refresh().await.unwrap();
    browser.until("the simple view again", "document.documentElement.hasAttribute('data-plain')").await;
    browser.until("what was said", &format!("{} === 1", seen(".hoi-from-visitor"))).await;
    browser.screen(320, 568, true).await;
    browser.menu().await;
    for _ in 0..5 {
        browser.eval("document.querySelector('.hoi-larger').click()").await;
    }
    browser
        .until("text of twice the size", "getComputedStyle(document.documentElement).fontSize === '32px'")
        .await;
    assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth").await, json!(true));
    browser.picture("simple-200").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_read_and_questions_heard() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SPEECH })).await;
    open(&browser, &edge).await;
    browser.menu().await;
    browser.eval("document.querySelector('.hoi-switch').click()").await;
    browser.press("Escape", 27).await;
    press(&browser, ".hoi-speak").await;
    browser.until("the microphone", "!!window.listener && listener.lang === 'vi'").await;
    let heard = "listener.onresult({ results: [[{ transcript: 'giờ làm việc' }]] }), listener.onend()";
    browser.eval(&format!("({heard})")).await;
    browser.until("what was heard", "document.querySelector('textarea').value === 'giờ làm việc'").await;
    assert_eq!(
        browser.eval(&seen(".hoi-from-visitor")).await,
        json!(0),
        "nothing is sent before it was seen"
    );
    browser.press("Enter", 13).await;
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    press(&browser, ".hoi-read").await;
    browser
        .until(
            "the answer, spoken",
            "spoken.length === 1 && spoken[0][0] === 'vi' && spoken[0][1].includes('7:30')",
        )
        .await;
    browser.eval("last.onend()").await;
    browser.is_accessible().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_cant_do_is_not_offered() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    let source = "for (const name of ['speechSynthesis', 'SpeechSynthesisUtterance', 'SpeechRecognition', 'webkitSpeechRecognition']) \
                  Object.defineProperty(window, name, { value: undefined })";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    open(&browser, &edge).await;
    browser.menu().await;
    browser.eval("document.querySelector('.hoi-switch').click()").await;
    browser.press("Escape", 27).await;
    press(&browser, ".hoi-choices button").await;
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-read, .hoi-speak').length").await, json!(0));
    let said = browser.console().await;
    assert!(!said.iter().any(|line| line.contains("Error")), "{said:?}");
}
