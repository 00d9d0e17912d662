//! Going on elsewhere: a code that opens a conversation on another device, once.

use serde_json::json;
use tests::{Browser, Edge, EdgeOptions, Visitor, post_form, say};
use wire::{Boot, Down};

/// The code on the page.
fn code(html: &str) -> String {
    let start = html.find("class=\"hoi-code\"").expect("a code is shown");
    let start = start + html[start..].find('>').unwrap() + 1;
    html[start..start + html[start..].find('<').unwrap()].to_owned()
}

/// What the page's widget would begin with.
fn boot(html: &str) -> Boot {
    let start = html.find("id=\"hoi-boot\">").expect("a conversation is shown") + "id=\"hoi-boot\">".len();
    serde_json::from_str(&html[start..start + html[start..].find("</script>").unwrap()]).unwrap()
}

/// A visitor who has asked something and was answered.
async fn begun(edge: &Edge) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;
    visitor
}

/// What the host's page has chosen goes with the visitor, page after page, and back.
#[tokio::test]
async fn pages_beside_the_chat_wear_the_pages_colours() {
    let edge = Edge::start(&EdgeOptions::default());
    let visitor = begun(&edge).await;
    let ticket = visitor.boot.ticket.as_str();
    for (page, procedure) in [("elsewhere", ""), ("form", "khai-sinh"), ("say", "")] {
        for scheme in ["dark", "light"] {
            let form = [("ticket", ticket), ("lang", "vi"), ("procedure", procedure), ("scheme", scheme)];
            let (status, html) = post_form(&edge, page, &form, &[]);
            assert_eq!(status, 200, "{page}: {html}");
            assert!(html.contains(&format!("data-scheme=\"{scheme}\"")), "{page}, {scheme}");
            let carried = format!("name=\"scheme\" value=\"{scheme}\"");
            assert!(html.contains(&carried), "{page}, {scheme}: the way on keeps it");
        }
    }
    let (_, html) = post_form(&edge, "elsewhere", &[("ticket", ticket), ("lang", "vi")], &[]);
    assert!(html.contains("data-scheme=\"auto\""), "else the site's own");
}

#[tokio::test]
async fn a_code_opens_the_conversation_once() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = begun(&edge).await;
    let ticket = visitor.boot.ticket.clone();
    let (status, html) = post_form(&edge, "elsewhere", &[("ticket", &ticket), ("lang", "vi")], &[]);
    assert_eq!(status, 200, "{html}");
    assert!(html.contains("<svg class=\"hoi-qr\""), "there is a picture to scan");
    let code = code(&html);
    assert!(
        html.contains(&format!("/s/ward/continue?lang=vi#{code}")),
        "the link has the code where no server sees it"
    );
    let typed = code.to_lowercase().replace('-', " ");
    let (status, html) = post_form(&edge, "continue", &[("code", &typed), ("lang", "vi")], &[]);
    assert_eq!(status, 200, "{html}");
    let there = boot(&html);
    assert_eq!(there.conversation, visitor.boot.conversation);
    assert!(there.messages.len() >= 3, "all that was said is there: {:?}", there.messages);
    let told = visitor.answer().await;
    assert!(format!("{told:?}").contains("trên một thiết bị khác"), "the first device is told: {told:?}");
    // Both go on in the same conversation.
    let mut other = Visitor::connect(&edge, there, &edge.origin).await.unwrap();
    other.hello(None, 0).await;
    other.send(&say(2, "địa chỉ ở đâu")).await;
    while !matches!(visitor.next().await, Down::Message(m) if m.id == Some(wire::Id(2))) {}
    // Used up, and so is what was never a code, and one that was replaced: the same page each time.
    let (again, refused) = post_form(&edge, "continue", &[("code", &code), ("lang", "vi")], &[]);
    assert_eq!(again, 422);
    assert!(!refused.contains("hoi-boot"));
    for wrong in ["00000-00000", "xin chào", ""] {
        let (status, html) =
            post_form(&edge, "continue", &[("code", wrong), ("lang", "vi")], &[("x-real-ip", "192.0.2.9")]);
        assert_eq!((status, plain(&html, wrong)), (422, plain(&refused, &code)), "{wrong}");
    }
}

/// The page without what is different every time.
fn plain(html: &str, typed: &str) -> String {
    let html = html.replace(&format!("value=\"{typed}\""), "");
    let start = html.find("nonce=\"").map_or(0, |at| at + 7);
    [&html[..start], &html[start + 32..]].concat()
}

#[tokio::test]
async fn a_newer_code_takes_the_place_of_the_older() {
    let edge = Edge::start(&EdgeOptions::default());
    let visitor = begun(&edge).await;
    let offer =
        || code(&post_form(&edge, "elsewhere", &[("ticket", &visitor.boot.ticket), ("lang", "en")], &[]).1);
    let (first, second) = (offer(), offer());
    assert_eq!(post_form(&edge, "continue", &[("code", &first)], &[]).0, 422);
    assert_eq!(post_form(&edge, "continue", &[("code", &second)], &[]).0, 200);
}

#[tokio::test]
async fn nobody_searches_for_codes() {
    let edge = Edge::start(&EdgeOptions::default());
    let visitor = begun(&edge).await;
    let code = code(&post_form(&edge, "elsewhere", &[("ticket", &visitor.boot.ticket)], &[]).1);
    let guess = |n: usize, address: &str| {
        let guess = format!("{n:010}");
        post_form(&edge, "continue", &[("code", &guess)], &[("x-real-ip", address)]).0
    };
    let refused: Vec<u16> = (0..20).map(|n| guess(n, "192.0.2.1")).collect();
    assert!(refused[..5].iter().all(|status| *status == 422), "{refused:?}");
    assert!(refused[6..].iter().all(|status| *status == 429), "{refused:?}");
    // From everywhere at once it is hardly faster, and the right code is not told from a wrong one.
    let many = |round: usize| {
        let from = |n: usize| guess(100 * round + n, &format!("198.51.100.{n}"));
        (0..100).filter(|n| from(*n) == 422).count()
    };
    assert_eq!(many(1), 100, "whoever comes for the first time is not refused for what others do");
    assert!(many(2) <= 10, "all together may not search");
    assert_eq!(post_form(&edge, "continue", &[("code", &code)], &[("x-real-ip", "192.0.2.1")]).0, 429);
    // So the one who has the code gets in, whatever strangers do.
    assert_eq!(post_form(&edge, "continue", &[("code", &code)], &[("x-real-ip", "192.0.2.5")]).0, 200);
}

#[tokio::test]
async fn who_has_no_ticket_gets_no_code() {
    let edge = Edge::start(&EdgeOptions::default());
    let silent = Visitor::boot(&edge);
    for ticket in ["", "t2.0.0.0.0", &silent.ticket] {
        let (status, html) = post_form(&edge, "elsewhere", &[("ticket", ticket), ("lang", "vi")], &[]);
        assert_eq!(status, 422, "{ticket}: {html}");
        assert!(!html.contains("hoi-code"), "{html}");
    }
    let visitor = begun(&edge).await;
    let form = [("ticket", visitor.boot.ticket.as_str())];
    let code = code(&post_form(&edge, "elsewhere", &form, &[]).1);
    // Another page must not be able to put its visitors into a conversation of its own choice.
    let (status, _) = post_form(&edge, "continue", &[("code", &code)], &[("origin", "https://evil.example")]);
    assert_eq!(status, 403);
    let many: Vec<u16> = (0..40).map(|_| post_form(&edge, "elsewhere", &form, &[]).0).collect();
    assert!(many.contains(&429), "codes cost as much as messages: {many:?}");
}

/// From the menu of one browser to another one, in which the link fills the field.
#[tokio::test(flavor = "multi_thread")]
async fn from_one_screen_to_the_next() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    let field = browser.find("textarea").await;
    field.send_keys("giờ làm việc\u{e007}").await.unwrap();
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
    browser.find("summary[title^='Hiển thị']").await.click().await.unwrap();
    browser.menu().await;
    browser.picture("elsewhere-menu").await;
    browser.find(".hoi-display .hoi-switch + .hoi-switch").await.click().await.unwrap();
    browser.until("the code", "!!document.querySelector('.hoi-code')").await;
    browser.is_accessible().await;
    browser.picture("elsewhere-code").await;
    let link = browser.eval("document.querySelector('a.hoi-address').href").await;
    let other = Browser::start(320, 640).await;
    other.screen(320, 640, true).await;
    other.client.goto(link.as_str().unwrap()).await.unwrap();
    other.until("the code in its field", "document.querySelector('#hoi-code').value.length === 11").await;
    assert_eq!(other.eval("location.hash").await, json!(""));
    other.is_accessible().await;
    other.picture("elsewhere-continue").await;
    other.find(".hoi-go").await.click().await.unwrap();
    other.until("the widget with all that was said", "!!document.querySelector('form.hoi-composer:not([action])') && document.querySelectorAll('.hoi-from-visitor').length === 1").await;
    other.picture("elsewhere-there").await;
    // To load it again is not to post the code again.
    other.client.refresh().await.unwrap();
    other
        .until("the same after a reload", "document.querySelectorAll('.hoi-from-visitor').length === 1")
        .await;
    other.find("textarea").await.send_keys("cảm ơn\u{e007}").await.unwrap();
    browser.find(".hoi-back").await.click().await.unwrap();
    browser
        .until("what the other device said", "document.querySelectorAll('.hoi-from-visitor').length === 2")
        .await;
    // A code that is used up says so, beside its field.
    other.client.goto(&format!("{}/s/ward/continue?lang=vi", edge.origin)).await.unwrap();
    other.find("#hoi-code").await.send_keys("00000-00000\u{e007}").await.unwrap();
    other.until("the refusal", "!!document.querySelector('#hoi-wrong')").await;
    other.is_accessible().await;
    other.picture("elsewhere-refused").await;
}

/// In a web site's panel the code takes the chat's place, and gives it back.
#[tokio::test(flavor = "multi_thread")]
async fn in_the_frame_of_a_web_site() {
    let host = tests::Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi").await;
    browser.press_launcher().await;
    let panel = browser.panel(&edge).await;
    panel.ask("giờ làm việc").await;
    panel.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
    panel.click("summary[title^='Hiển thị']").await;
    panel.click(".hoi-display .hoi-switch + .hoi-switch").await;
    let panel = browser.framed(&edge, ".hoi-code").await;
    browser.picture("elsewhere-frame").await;
    panel.click(".hoi-back").await;
    let panel = browser.panel(&edge).await;
    panel.until("the chat as it was", "document.querySelectorAll('.hoi-from-visitor').length === 1").await;
    // The page around it still reaches it.
    browser.eval("Hoi.send('địa chỉ ở đâu')").await;
    panel.until("what the page sends", "document.querySelectorAll('.hoi-from-visitor').length === 2").await;
}
