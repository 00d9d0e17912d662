//! Where posts are refused as well: by firewalls, by networks that want a sign-in first. Visitors in real Chromium.

use i18n::Lang;
use serde_json::json;
use tests::{Browser, Edge, EdgeOptions, Firewall, Proxy};
use wire::Word;

const QUESTION: &str = "lam giay khai sinh cho con can gi";
const PAGE: &str = "<!DOCTYPE html><title>Access denied</title><p>Your request was blocked.";

fn says(word: Word) -> String {
    let words = Lang::for_tag("vi").word(word);
    format!("document.body.innerText.includes({})", json!(words))
}

/// A firewall that answers `status` with a page of its own, to frames that hold `holding`.
fn page(status: u16, holding: &'static str) -> Firewall {
    let headers = vec![("content-type", "text/html; charset=utf-8".to_owned())];
    Firewall { status, headers, body: PAGE, holding }
}

/// A visitor behind `proxy`, the widget there.
async fn visit(proxy: &Proxy) -> Browser {
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", proxy.origin)).await.unwrap();
    browser.widget().await;
    browser
}

async fn ask(browser: &Browser, text: &str) {
    let field = browser.find("textarea").await;
    field.send_keys(text).await.unwrap();
    field.send_keys("\u{e007}").await.unwrap();
}

async fn press(browser: &Browser, word: Word) {
    let label = json!(Lang::for_tag("vi").word(word));
    let script = format!(
        "[...document.querySelectorAll('button')].find((button) => button.innerText.includes({label})).click()"
    );
    browser.eval(&script).await;
}

const ANSWERED: &str = "!!document.querySelector('.hoi-procedure')";
const NO_BAR: &str = "!document.querySelector('.hoi-bar')";
const CONTACT: &str = "[...document.querySelectorAll('.hoi-bar .hoi-phone')].some((phone) => { \
     const box = phone.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.height > 20; })";

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_takes_no_posts_leads_to_the_plain_page_and_the_contact() {
    let edge = Edge::start(&EdgeOptions::default());
    let proxy = Proxy::start(&edge, false).await;
    proxy.refuses(Some(page(403, "")));
    let browser = visit(&proxy).await;
    ask(&browser, QUESTION).await;
    browser.until("it is said in words", &says(Word::LineBlocked)).await;
    browser.until("a number to call", CONTACT).await;
    browser.is_accessible().await;
    let before = proxy.seen().len();
    tokio::time::sleep(std::time::Duration::from_secs(8)).await;
    let more = proxy.seen()[before..].iter().filter(|line| line.contains("/line")).count();
    assert_eq!(more, 0, "it goes on trying");
    press(&browser, Word::OpenPlainPage).await;
    let kept = format!(
        "document.querySelector('textarea')?.value === {} && !document.querySelector('script[type=module]')",
        json!(QUESTION)
    );
    browser.until("a page without the widget, with what was typed", &kept).await;
    browser.find(".hoi-send").await.click().await.unwrap();
    browser.until("an answer", ANSWERED).await;
    let plain =
        "!document.querySelector('script[type=module]') && document.querySelector('textarea').value === ''";
    assert_eq!(browser.eval(plain).await, json!(true), "the widget is back, and gets nothing through");
    // Whoever is elsewhere by now finds the conversation in the widget, each message once.
    proxy.refuses(None);
    browser.client.goto(&format!("{}/s/ward?lang=vi", proxy.origin)).await.unwrap();
    browser.until("the conversation", ANSWERED).await;
    browser.until("the line is up", NO_BAR).await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_network_is_another_one_it_is_tried_again() {
    let edge = Edge::start(&EdgeOptions::default());
    let proxy = Proxy::start(&edge, false).await;
    for (status, word) in [
        (405, Word::LineBlocked),
        (406, Word::LineBlocked),
        (413, Word::LineBlocked),
        (451, Word::LineBlocked),
        (200, Word::SignInFirst),
        (511, Word::SignInFirst),
    ] {
        proxy.refuses(Some(page(status, "")));
        let browser = visit(&proxy).await;
        ask(&browser, QUESTION).await;
        browser.until(&format!("{status} is said in words"), &says(word)).await;
        proxy.refuses(None);
        browser.eval("document.dispatchEvent(new Event('visibilitychange'))").await;
        browser.until(&format!("an answer after {status}"), ANSWERED).await;
        browser.until("no bar", NO_BAR).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_way_to_a_sign_in_is_known_by_where_it_leads() {
    let edge = Edge::start(&EdgeOptions::default());
    let proxy = Proxy::start(&edge, false).await;
    // Elsewhere, where nothing may be read; and here, where a page is.
    for location in ["http://127.0.0.1:9/login".to_owned(), format!("{}/s/ward?lang=en", proxy.origin)] {
        let headers = vec![("location", location.clone())];
        proxy.refuses(Some(Firewall { status: 302, headers, ..Firewall::default() }));
        let browser = visit(&proxy).await;
        ask(&browser, QUESTION).await;
        browser.until(&location, &says(Word::SignInFirst)).await;
        proxy.refuses(None);
        press(&browser, Word::Reconnect).await;
        browser.until("an answer", ANSWERED).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_that_is_refused_is_told_and_can_be_written_anew() {
    let edge = Edge::start(&EdgeOptions::default());
    let proxy = Proxy::start(&edge, false).await;
    let text = "select * from ho_so union select";
    for status in [403, 413, 500] {
        proxy.refuses(Some(page(status, "union select")));
        let browser = visit(&proxy).await;
        ask(&browser, QUESTION).await;
        browser.until("an answer", ANSWERED).await;
        ask(&browser, text).await;
        browser.until(&format!("{status} is told"), &says(Word::MessageBlocked)).await;
        assert_eq!(browser.eval(NO_BAR).await, json!(true), "the line is said to be down");
        press(&browser, Word::Edit).await;
        let back = format!("document.querySelector('textarea').value === {}", json!(text));
        browser.until("it is in the composer", &back).await;
        let gone = "document.querySelectorAll('.hoi-from-visitor').length === 1";
        browser.until("and only there", gone).await;
        browser.find("textarea").await.clear().await.unwrap();
        browser.eval("document.querySelector('textarea').dispatchEvent(new Event('input'))").await;
        ask(&browser, "giờ làm việc").await;
        let both = "document.querySelectorAll('.hoi-from-assistant').length === 3";
        browser.until("the line goes on", both).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_busy_is_tried_again_when_he_says_so() {
    let edge = Edge::start(&EdgeOptions::default());
    let proxy = Proxy::start(&edge, false).await;
    let mut busy = page(429, "");
    busy.headers.push(("retry-after", "6".into()));
    proxy.refuses(Some(busy));
    let browser = visit(&proxy).await;
    ask(&browser, QUESTION).await;
    browser.until("it is told", &says(Word::Reconnecting)).await;
    let tries = || proxy.seen().iter().filter(|line| line.contains("/line")).count();
    let before = tries();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert!(tries() <= before + 1, "it does not wait as long as it is asked to");
    browser.until("other ways are offered after a while", &says(Word::StillOffline)).await;
    browser.until("a number to call", CONTACT).await;
    proxy.refuses(None);
    browser.until("an answer", ANSWERED).await;
    browser.until("no bar", NO_BAR).await;
}
