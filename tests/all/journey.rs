//! A visitor in real Chromium, on a real web site.

use serde_json::json;
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, say};

/// The chat in page mode: the document of its own, taken over by the widget.
#[tokio::test(flavor = "multi_thread")]
async fn asked_answered_forwarded_and_found_again() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    let ask = |text: &'static str| {
        let browser = &browser;
        async move {
            let field = browser.find("textarea").await;
            field.send_keys(text).await.unwrap();
            field.send_keys("\u{e007}").await.unwrap();
        }
    };
    ask("lam giay khai sinh cho con can gi").await;
    browser.until("the procedure's card", "!!document.querySelector('.hoi-procedure')").await;
    ask("con mèo nhà tôi thích nghe nhạc cổ điển").await;
    browser.until("the agency's reply", "document.body.innerText.includes('mô hình ngôn ngữ')").await;
    browser.is_accessible().await;
    browser.client.refresh().await.unwrap();
    browser
        .until("the conversation after a reload", "document.body.innerText.includes('mô hình ngôn ngữ')")
        .await;
}

/// Where scripts never run (an old WebView, a locked-down kiosk), the document is a form that works.
#[tokio::test(flavor = "multi_thread")]
async fn without_any_script_the_form_is_answered() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.find("textarea").await.send_keys("lam giay khai sinh cho con can gi").await.unwrap();
    browser.find(".hoi-send").await.click().await.unwrap();
    assert!(browser.find(".hoi-procedure").await.text().await.unwrap().contains("Đăng ký khai sinh"));
    // A button of the answer is a part of the next form, and the conversation goes on.
    browser.find(".hoi-choices button").await.click().await.unwrap();
    browser.until("both questions", "document.querySelectorAll('.hoi-from-visitor').length === 2").await;
    // For axe-core, which is a script itself.
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
    browser.is_accessible().await;
}

/// A browser of text, or a screen reader on a page whose style never came: everything that can be pressed has a word to show, also
/// what looks like a picture.
#[tokio::test(flavor = "multi_thread")]
async fn without_any_style_every_button_has_a_name() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.setBlockedURLs", json!({ "urls": ["*.css*"] })).await;
    let send = "document.querySelector('.hoi-send').innerText.trim()";
    let nameless = "[...document.querySelectorAll('button, a, summary, label')].filter((e) => e.checkVisibility() && !e.innerText.trim()).map((e) => e.outerHTML)";
    for scripts in [false, true] {
        browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": !scripts })).await;
        browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
        if scripts {
            browser.widget().await;
        }
        browser.find("textarea").await.send_keys("lam giay khai sinh cho con can gi").await.unwrap();
        browser.find(".hoi-send").await.click().await.unwrap();
        browser.until("an answer", "!!document.querySelector('.hoi-procedure')").await;
        let styled = "getComputedStyle(document.querySelector('.hoi-send .hoi-hidden')).position";
        assert_eq!(browser.eval(styled).await, json!("static"), "a style sheet came");
        assert_eq!(browser.eval(send).await, json!("Gửi"), "scripts: {scripts}");
        assert_eq!(browser.eval(nameless).await, json!([]), "scripts: {scripts}");
    }
}

/// A tab that is frozen, and one that is left and come back to, goes on where it was.
#[tokio::test(flavor = "multi_thread")]
async fn put_aside_and_taken_up_again() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    let ask = |count: usize| {
        let browser = &browser;
        async move {
            let field = browser.find("textarea").await;
            field.send_keys("giờ làm việc").await.unwrap();
            field.send_keys("\u{e007}").await.unwrap();
            let asked = format!("document.querySelectorAll('.hoi-from-visitor').length === {count}");
            let answered = "!document.querySelector('.hoi-pending, .hoi-bar')";
            browser.until("the question", &format!("{asked} && {answered}")).await;
            // The greeting, and an answer to each.
            let all = format!("document.querySelectorAll('.hoi-message').length === {}", 2 * count + 1);
            browser.until("the answer", &all).await;
        }
    };
    ask(1).await;
    for state in ["frozen", "active"] {
        browser.cdp("Page.setWebLifecycleState", json!({ "state": state })).await;
    }
    ask(2).await;
    browser.client.goto(&format!("{}/health", edge.origin)).await.unwrap();
    browser.client.back().await.unwrap();
    browser.until("the conversation", "document.querySelectorAll('.hoi-from-visitor').length === 2").await;
    ask(3).await;
}

/// Somebody comes back to a long conversation: its end is drawn, and more when asked for, without what is seen jumping away.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_conversation_is_drawn_from_its_end() {
    let edits = vec![("messages_per_minute = 15".to_owned(), "messages_per_minute = 1000".to_owned())];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    for id in 1..=65 {
        visitor.send(&say(id, "giờ làm việc")).await;
        visitor.answer().await;
    }
    let browser = Browser::start(500, 800).await;
    browser.client.goto(&format!("{}/health", edge.origin)).await.unwrap();
    let kept =
        json!({ "conversation": visitor.boot.conversation.to_string(), "ticket": visitor.boot.ticket })
            .to_string();
    browser.eval(&format!("localStorage.setItem('hoi:ward:conversation', {})", json!(kept))).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    // A greeting, and the newest hundred of 130.
    browser.until("its end", "document.querySelectorAll('.hoi-message').length === 101").await;
    let log = "document.getElementById('hoi-log')";
    browser.until("the end in view", &format!("{log}.scrollTop > 0")).await;
    browser.eval(&format!("{log}.scrollTop = 0")).await;
    browser.until("the way back", "!!document.querySelector('.hoi-earlier')?.offsetHeight").await;
    browser.is_accessible().await;
    browser.picture("earlier").await;
    browser.eval("window.first = document.querySelectorAll('.hoi-message')[1]").await;
    let place = "Math.round(first.getBoundingClientRect().top)";
    let before = browser.eval(place).await.as_i64().unwrap();
    browser.find(".hoi-earlier").await.click().await.unwrap();
    browser.until("all of it", "document.querySelectorAll('.hoi-message').length === 131").await;
    // The button is gone: what was below it may move up by its height, not away.
    browser.until("it stays in view", &format!("Math.abs({place} - {before}) < 120")).await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-earlier').length").await, json!(0));
}
