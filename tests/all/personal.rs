//! Personal data, against real workerd and in real Chromium.

use serde_json::json;
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, say};
use wire::{Down, Fault, Id};

/// A citizen's number and a card, made up.
const ID: &str = "079203001234";
const CARD: &str = "4111 1111 1111 1111";

fn post(edge: &Edge, ticket: &str, text: &str, personal: &str) -> (u16, String) {
    let form = [("ticket", ticket), ("lang", "vi"), ("mode", "page"), ("text", text), ("personal", personal)];
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
    (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edge_refuses_what_the_site_does_not_take() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    // In pieces, too.
    visitor.send(&say(1, "thẻ 4111 1111")).await;
    visitor.answer().await;
    for (id, text) in [(2, CARD), (3, "1111 1111")] {
        visitor.send(&say(id, text)).await;
        let told = visitor.next().await;
        assert!(matches!(told, Down::Fault { id: Some(said), code: Fault::Personal, .. } if said == Id(id)));
    }
    // What is only warned about was decided by the visitor.
    visitor.send(&say(4, &format!("căn cước {ID} giờ làm việc"))).await;
    visitor.answer().await;
    assert!(!edge.log().contains(ID) && !edge.log().contains("1111"), "{}", edge.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_widget_the_form_asks() {
    let edge = Edge::start(&EdgeOptions::default());
    let boot = Visitor::boot(&edge);
    let text = format!("Lệ phí khai sinh? căn cước {ID}");
    let (status, html) = post(&edge, &boot.ticket, &text, "");
    assert_eq!(status, 422);
    assert!(
        html.contains("số căn cước") && html.contains("value=\"hide\"") && html.contains("value=\"as_is\"")
    );
    assert!(html.contains(&text), "what was typed is gone");
    // Nothing is written down before the visitor has decided.
    let mut visitor = Visitor::connect(&edge, boot.clone(), &edge.origin).await.unwrap();
    visitor.hello(None, 0).await;
    assert!(matches!(visitor.next().await, Down::Welcome { last: 0, .. }));
    let (status, html) = post(&edge, &boot.ticket, &text, "hide");
    assert_eq!(status, 200);
    assert!(html.contains("căn cước ••••••••••••") && !html.contains(ID));
    let (status, html) = post(&edge, &boot.ticket, CARD, "as_is");
    assert_eq!(status, 422);
    assert!(!html.contains("value=\"as_is\""), "a card must not be offered to be sent");
}

/// A visitor with a keyboard: sends, is asked, hides.
#[tokio::test(flavor = "multi_thread")]
async fn asked_before_it_leaves_the_browser() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let browser = Browser::start(390, 700).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.until("the widget", "!document.querySelector('.hoi-later, form.hoi-say')").await;
    let field = browser.find("textarea").await;
    field.send_keys("Con mèo của tôi, căn cước ").await.unwrap();
    assert_eq!(browser.eval(PART).await, json!(false), "nobody needs it yet");
    field.send_keys(ID).await.unwrap();
    browser.until("what searches", PART).await;
    field.send_keys("\u{e007}").await.unwrap();
    browser.until("the question, with the focus", "document.activeElement.id === 'hoi-hide'").await;
    let about =
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent";
    let sentence = browser.eval(about).await;
    assert!(sentence.as_str().unwrap().contains("số căn cước"), "{sentence}");
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(0));
    assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth").await, json!(true));
    browser.is_accessible().await;
    browser.picture("personal-asked").await;
    browser.press("Enter", 13).await;
    browser.until("what is left of it", "document.body.innerText.includes('căn cước ••••••••••••')").await;
    browser.until("the focus back", "document.activeElement.id === 'hoi-text'").await;
    browser.until("the agency's reply", "!!document.querySelector('.hoi-from-agency')").await;
    assert_eq!(browser.eval(&format!("document.body.innerText.includes('{ID}')")).await, json!(false));
    let asked = format!("{:?}", agency.asked());
    assert!(asked.contains("Con mèo") && !asked.contains(ID), "the agency was told the number: {asked}");
}

/// Whether the part that searches was fetched.
const PART: &str =
    "performance.getEntriesByType('resource').some((each) => /personal.*wasm/.test(each.name))";

/// What searches can't be had: the visitor is asked all the same, and is not told that anything was hidden.
#[tokio::test(flavor = "multi_thread")]
async fn asked_even_if_nothing_can_be_found_out() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(390, 700).await;
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*personal*"] })).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.until("the widget", "!document.querySelector('.hoi-later, form.hoi-say')").await;
    let field = browser.find("textarea").await;
    field.send_keys(&format!("giờ làm việc, căn cước {ID}")).await.unwrap();
    field.send_keys("\u{e007}").await.unwrap();
    browser.until("the question, with the focus", "document.activeElement.id === 'hoi-hide'").await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-bar button').length").await, json!(2));
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(0));
    browser.is_accessible().await;
    browser.picture("personal-unsure").await;
    // An Enter out of habit goes back to the text; to send it takes another button.
    browser.press("Enter", 13).await;
    browser.until("the focus back", "document.activeElement.id === 'hoi-text'").await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(0));
    field.send_keys("\u{e007}").await.unwrap();
    browser.until("the question again", "document.activeElement.id === 'hoi-hide'").await;
    browser.press("Tab", 9).await;
    browser.press("Enter", 13).await;
    browser.until("the answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
}
