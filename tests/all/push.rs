//! Devices that are told of news while no page of the visitor's is open: against real workerd, with a push service as the far end, and
//! in a real Firefox that listens to it.

use crate::{
    agency::callback::post,
    forms::{Citizen, decide, walk},
};
use serde_json::{Value, json};
use std::{fs, time::Duration};
use tests::{
    AGENCY_SECRET, Agency, Browser, BrowserOptions, Desk, Edge, EdgeOptions, Engine, Push, PushService,
    Visitor, eventually, free_port, say,
};
use wire::{
    Boot, Down, Id, Message,
    desk::{BoardDown, ChatUp, Stage},
};

fn edge_with(service: &PushService) -> Edge {
    Edge::start(&EdgeOptions { push: service.host(), ..EdgeOptions::default() })
}

/// Posts a wish about a device; the status.
fn turn(edge: &Edge, origin: &str, boot: &Boot, endpoint: &str, on: bool) -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let body = json!({ "ticket": boot.ticket, "endpoint": endpoint, "on": on }).to_string();
    let request = agent.post(format!("{}/s/ward/push", edge.origin)).header("origin", origin);
    request.send(body).unwrap().status().as_u16()
}

fn turns_on(edge: &Edge, boot: &Boot, endpoint: &str) {
    assert_eq!(turn(edge, &edge.origin, boot, endpoint, true), 204, "{endpoint}\n{}", edge.log());
}

/// The agency says something of its own accord.
fn says(edge: &Edge, boot: &Boot, id: &str, text: &str) {
    let body = json!({ "type": "answer", "conversation": boot.conversation, "text": text });
    assert_eq!(post(edge, AGENCY_SECRET, id, 0, &body.to_string()).0, 200, "the message itself is taken");
}

/// A visitor who has asked something.
async fn somebody(edge: &Edge) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;
    visitor
}

/// Closes the page, and is sure that the edge knows.
async fn leaves(mut visitor: Visitor) -> Boot {
    visitor.socket.close(None).await.unwrap();
    while visitor.try_next().await.is_some() {}
    visitor.boot
}

async fn pushed(service: &PushService, name: &str, times: usize) -> Vec<Push> {
    eventually(&format!("push {times} to {name}"), || service.pushes(name).len() >= times).await;
    service.pushes(name)
}

fn words(message: &Message) -> String {
    hoi_core::rich::plain_text(&message.body.blocks)
}

async fn hears(visitor: &mut Visitor, part: &str) {
    loop {
        if let Down::Message(message) = visitor.next().await
            && words(&message).contains(part)
        {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_is_told_and_who_looks_is_not() {
    let service = PushService::start().await;
    let edge = edge_with(&service);
    let mut visitor = somebody(&edge).await;
    let endpoint = service.endpoint("phone");
    turns_on(&edge, &visitor.boot, &endpoint);
    // While the page is open, the line tells.
    says(&edge, &visitor.boot, "a", "Mời bà ra quầy 3.");
    hears(&mut visitor, "quầy 3").await;
    let boot = leaves(visitor).await;
    // Then nobody else does.
    says(&edge, &boot, "b", "Giấy của bà đã xong.");
    let pushes = pushed(&service, "phone", 1).await;
    assert_eq!(pushes.len(), 1, "the page was open when the first news came: {pushes:?}");

    // What the push service learns: that somebody of this edge pushes. Not what, nor to whom.
    let push = &pushes[0];
    assert_eq!(push.bytes, 0, "no payload");
    let header = |name: &str| push.headers.get(name).map(String::as_str).unwrap_or_default();
    assert_eq!(
        (header("ttl"), header("urgency"), header("topic"), header("content-encoding")),
        ("259200", "normal", "news", "")
    );
    let all = format!("{:?}", push.headers);
    for secret in [boot.conversation.to_string(), boot.ticket.clone(), "Giấy".to_owned()] {
        assert!(!all.contains(&secret), "{all}");
    }
    let stated = push.stated();
    let told = ureq::get(format!("{}/s/ward/push?lang=vi", edge.origin)).call().unwrap();
    let told: Value = serde_json::from_str(&told.into_body().read_to_string().unwrap()).unwrap();
    assert_eq!(stated["key"], told["key"], "the key that browsers are told");
    assert_eq!((&stated["aud"], &stated["alg"]), (&json!(service.origin), &json!("ES256")));
    assert_eq!(stated["sub"], json!(format!("{}/s/ward", edge.origin)));
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let left = stated["exp"].as_u64().unwrap() - now;
    assert!((3_600..86_400).contains(&left), "no more than a day (RFC 8292, 2): {left}");

    // Where the device is stands nowhere to be read.
    assert!(!edge.log().contains("/phone"), "{}", edge.log());
    for file in walk(&edge.data()) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"/phone"), "{}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_device_of_a_push_service_and_only_from_the_edges_own_page() {
    let service = PushService::start().await;
    let edge = edge_with(&service);
    let visitor = somebody(&edge).await;
    let (own, boot, good) = (edge.origin.as_str(), &visitor.boot, service.endpoint("phone"));
    for inside in [
        "http://127.0.0.1:9/x",
        "https://169.254.169.254/latest/meta-data",
        "https://evil.example/x",
        "http://fcm.googleapis.com/x",
        "",
    ] {
        assert_eq!(turn(&edge, own, boot, inside, true), 400, "{inside}");
    }
    assert_eq!(turn(&edge, own, boot, &format!("{good}{}", "x".repeat(1_100)), true), 400);
    assert_eq!(turn(&edge, own, boot, &format!("{good}{}", "x".repeat(4_000)), true), 413);
    // A page of the agency's may use the chat, but it is not where this is offered.
    for origin in ["http://localhost:8788", "https://evil.example", "null"] {
        assert_eq!(turn(&edge, origin, boot, &good, true), 403, "{origin}");
    }
    let forged = Boot { ticket: boot.ticket.replace('a', "b"), ..boot.clone() };
    assert_eq!(turn(&edge, own, &forged, &good, true), 401);
    // Nothing was ever said there, and nothing is made of it.
    let before = edge.files();
    assert_eq!(turn(&edge, own, &Visitor::boot(&edge), &good, true), 401);
    assert!(edge.files() <= before + 1);
    let boot = leaves(visitor).await;
    // All of that was for nothing; this is not.
    turns_on(&edge, &boot, &service.endpoint("last"));
    says(&edge, &boot, "a", "Xong.");
    pushed(&service, "last", 1).await;
    assert_eq!(service.all().len(), 1, "{:?}", service.all());
}

/// In each round a device that was last turned on is told after the others: once it was, they would have been, too.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_or_turned_off_is_told_no_more() {
    let service = PushService::start().await;
    let edge = edge_with(&service);
    let boot = leaves(somebody(&edge).await).await;
    let at = |name: &str| service.endpoint(name);
    service.answers("gone", 410);
    service.answers("away", 500);
    turns_on(&edge, &boot, &at("gone"));
    turns_on(&edge, &boot, &at("away"));
    turns_on(&edge, &boot, &at("last"));
    says(&edge, &boot, "a", "Một.");
    pushed(&service, "last", 1).await;
    assert_eq!((service.pushes("gone").len(), service.pushes("away").len()), (1, 1));
    // Turned on anew it was never told, so it is told at once.
    turns_on(&edge, &boot, &at("off"));
    assert_eq!(turn(&edge, &edge.origin, &boot, &at("off"), false), 204);
    turns_on(&edge, &boot, &at("last"));
    says(&edge, &boot, "b", "Hai.");
    pushed(&service, "last", 2).await;
    assert_eq!(service.pushes("gone").len(), 1, "410 says that there is no such device");
    assert_eq!(service.pushes("off").len(), 0, "it was turned off");
    // The edge keeps three; the oldest goes.
    for name in ["one", "two", "three"] {
        turns_on(&edge, &boot, &at(name));
    }
    let before = service.pushes("last").len();
    says(&edge, &boot, "c", "Ba.");
    pushed(&service, "three", 1).await;
    assert_eq!((service.pushes("one").len(), service.pushes("two").len()), (1, 1));
    assert_eq!(service.pushes("last").len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_outlives_the_object() {
    let service = PushService::start().await;
    let mut edge = edge_with(&service);
    let boot = leaves(somebody(&edge).await).await;
    service.answers("phone", 503);
    turns_on(&edge, &boot, &service.endpoint("phone"));
    says(&edge, &boot, "a", "Xong.");
    pushed(&service, "phone", 1).await;
    edge.kill();
    edge.up();
    // The alarm tries again, half a minute later.
    for _ in 0..2 {
        if service.pushes("phone").len() < 2 {
            tokio::time::sleep(Duration::from_secs(20)).await;
        }
    }
    pushed(&service, "phone", 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_there_is_no_word_of_it() {
    let edge = Edge::start(&EdgeOptions::default());
    let get = |path: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer = agent.get(format!("{}/s/ward{path}", edge.origin)).call().unwrap();
        (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
    };
    assert!(!get("").1.contains("data-push"));
    assert_eq!((get("/push").0, get("/push.js").0), (404, 404));
    let visitor = somebody(&edge).await;
    assert_eq!(turn(&edge, &edge.origin, &visitor.boot, "https://web.push.apple.com/x", true), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_worker_speaks_the_visitors_language_and_belongs_to_one_site() {
    let service = PushService::start().await;
    let edge = edge_with(&service);
    for (lang, sentence) in [("vi", "Có tin mới"), ("en", "There is news"), ("ar", "هناك جديد")] {
        let script = ureq::get(format!("{}/s/ward/push.js?lang={lang}", edge.origin)).call().unwrap();
        let header = |name: &str| script.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(
            (header("content-security-policy"), header("cache-control")),
            ("default-src 'none'".into(), "no-cache".into())
        );
        assert!(script.headers().get("service-worker-allowed").is_none(), "below the site and no higher");
        let text = script.into_body().read_to_string().unwrap();
        assert!(text.contains(sentence) && text.contains("\"/s/ward\"") && !text.contains("__HOI"), "{text}");
    }
    let page = |path: &str| {
        ureq::get(format!("{}/s/ward{path}?lang=vi", edge.origin))
            .call()
            .unwrap()
            .into_body()
            .read_to_string()
            .unwrap()
    };
    assert!(page("").contains("data-push") && !page("/frame").contains("data-push"), "page mode only");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_answers_who_waits_elsewhere() {
    let service = PushService::start().await;
    let edge = Edge::start(&EdgeOptions { codes_off: true, push: service.host(), ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "cho tôi gặp cán bộ")).await;
    let promise = loop {
        let message = visitor.answer().await;
        if message.later {
            break message;
        }
    };
    assert!(!words(&promise).is_empty(), "who waits may be told later");
    turns_on(&edge, &visitor.boot, &service.endpoint("phone"));
    let boot = leaves(visitor).await;
    let waits = |down| match down {
        BoardDown::Chat { chat } if chat.stage == Stage::Waiting => Some(chat.id),
        _ => None,
    };
    assert_eq!(board.board("who waits", waits).await, boot.conversation);
    assert_eq!(service.all().len(), 0, "that there will be news is no news");
    let mut chat = lan.chat(&edge, "ward", boot.conversation).await.unwrap();
    chat.send(&ChatUp::Take).await;
    chat.send(&ChatUp::Say { id: Id(72), text: "Chào bác".into(), files: vec![] }).await;
    pushed(&service, "phone", 1).await;
}

/// A visitor's browser keeps the conversation of `boot`.
async fn keeps(browser: &Browser, edge: &Edge, boot: &Boot) {
    let page = format!("{}/s/ward?lang=vi", edge.origin);
    browser.client.goto(&page).await.unwrap();
    browser.widget().await;
    let kept = json!({ "conversation": boot.conversation, "ticket": boot.ticket }).to_string();
    browser.eval(&format!("localStorage.setItem('hoi:ward:conversation', {})", json!(kept))).await;
    browser.client.goto("about:blank").await.unwrap();
    browser.client.goto(&page).await.unwrap();
}

/// What the browser shows outside of its pages.
const SHOWN: &str = "navigator.serviceWorker.getRegistration('/s/ward/').then((r) => r.getNotifications())\
    .then((all) => all.map(({ title, body, lang, tag }) => [title, body, lang, tag]))";

/// Presses every notification that Firefox shows.
const PRESS: &str = "[...Services.wm.getEnumerator('alert:alert')].map(({ document }) => { \
    document.getElementById('alertBox').click(); return 1; })";

/// What a promise comes to.
async fn comes_to(browser: &Browser, promise: &str) -> Value {
    let script = format!("const done = arguments[0]; ({promise}).then(done, (e) => done(String(e)))");
    browser.client.execute_async(&script, vec![]).await.unwrap()
}

/// From the receipt to the notification and back, in a real Firefox with a push service of its own.
#[tokio::test(flavor = "multi_thread")]
async fn firefox_is_told_that_the_case_is_done() {
    let service = PushService::start().await;
    let port = free_port();
    let edge = Edge::start(&EdgeOptions {
        push: service.host(),
        agency: format!("http://127.0.0.1:{port}/"),
        ..EdgeOptions::default()
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let (port, cases) = (port.to_string(), file.to_str().unwrap());
    let agency = Agency::start(&["--port", &port, "--edge", &edge.origin, "--cases", cases]);
    let mut citizen = Citizen::of(&edge).await;
    let number = citizen.hand_in();
    hears(&mut citizen.visitor, "Cơ quan đã nhận").await;
    let boot = leaves(citizen.visitor).await;

    let preferences = json!({
        "remote.prefs.recommended": false,
        "dom.push.serverURL": service.socket,
        "dom.push.testing.allowInsecureServerURL": true,
        "dom.push.connection.enabled": true,
        "permissions.default.desktop-notification": 1,
        // Its own, which need no desktop around it.
        "alerts.useSystemBackend": false,
        "browser.shell.checkDefaultBrowser": false,
        "datareporting.policy.dataSubmissionEnabled": false,
        "app.update.disabledForTesting": true,
    });
    let browser = Browser::with(
        Engine::Firefox,
        1000,
        800,
        BrowserOptions { preferences, ..BrowserOptions::default() },
    )
    .await;
    keeps(&browser, &edge, &boot).await;
    let offer = ".hoi-message p.hoi-state > .hoi-again";
    let label = format!("document.querySelector('{offer}')?.innerText");
    browser.until("the offer", &format!("{label} === 'Báo trên thiết bị này khi có tin mới'")).await;
    assert_eq!(
        browser.eval("document.querySelectorAll('.hoi-message p.hoi-state > .hoi-again').length").await,
        1
    );
    browser.find(offer).await.click().await.unwrap();
    browser.until("that it is on", &format!("{label} === 'Thôi báo trên thiết bị này'")).await;
    assert_eq!(
        browser.eval(&format!("document.activeElement === document.querySelector('{offer}')")).await,
        true
    );
    let scope = "navigator.serviceWorker.getRegistrations().then((all) => all.map((each) => each.scope))";
    assert_eq!(comes_to(&browser, scope).await, json!([format!("{}/s/ward/", edge.origin)]));

    // The page is left for another one of the edge's, from where it can be seen what the browser shows.
    browser.client.goto(&format!("{}/s/ward/status?lang=vi", edge.origin)).await.unwrap();
    assert_eq!(comes_to(&browser, SHOWN).await, json!([]));
    decide(&agency, &number, "done", "Giấy khai sinh đã xong, mời ông bà đến nhận.");
    eventually("the push", || !service.all().is_empty()).await;
    let expected =
        json!([["UBND phường Bến Xuân", "Có tin mới trong cuộc trao đổi của ông bà.", "vi", "/s/ward"]]);
    let mut shown = json!([]);
    for _ in 0..200 {
        shown = comes_to(&browser, SHOWN).await;
        if shown != json!([]) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(shown, expected);

    // A press on it opens the chat.
    assert_eq!(browser.eval_inside(PRESS).await, json!([1]));
    let windows = || async { browser.client.windows().await.unwrap() };
    for _ in 0..200 {
        if windows().await.len() == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let all = windows().await;
    assert_eq!(all.len(), 2, "a new tab");
    browser.client.switch_to_window(all[1].clone()).await.unwrap();
    browser.until("the result", "document.body.innerText.includes('Giấy khai sinh đã xong')").await;

    // It is on still, and can be turned off.
    browser.until("that it is on still", &format!("{label} === 'Thôi báo trên thiết bị này'")).await;
    browser.find(offer).await.click().await.unwrap();
    browser.until("that it is off", &format!("{label} === 'Báo trên thiết bị này khi có tin mới'")).await;
    browser.find(offer).await.click().await.unwrap();
    browser.until("that it is on again", &format!("{label} === 'Thôi báo trên thiết bị này'")).await;

    // Who starts over is told no more of what was before, and nothing is left behind.
    browser.find(".hoi-over").await.click().await.unwrap();
    browser.find(".hoi-bar .hoi-again").await.click().await.unwrap();
    let none = "navigator.serviceWorker.getRegistrations().then((all) => all.length)";
    for _ in 0..200 {
        if comes_to(&browser, none).await == json!(0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(comes_to(&browser, none).await, json!(0));
    let before = service.all().len();
    turns_on(&edge, &boot, &service.endpoint("last"));
    says(&edge, &boot, "x", "Còn một việc nữa.");
    pushed(&service, "last", 1).await;
    assert_eq!(service.all().len(), before + 1, "the browser's device would have been told first");
}
