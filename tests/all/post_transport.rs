//! Where no socket gets through: posted frames against real workerd, and visitors in real Chromium behind proxies.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use tests::{Agency, Browser, Edge, EdgeOptions, Proxy, Visitor, say};
use wire::{Boot, Down, Fault, Post, PublicError, Up};

const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";

/// Posts `body`; gives the status and the answer, still to be read.
fn post(edge: &Edge, accept: &str, body: &str) -> (u16, ureq::Body) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.post(format!("{}/s/ward/line", edge.origin));
    let request = request.header("origin", &edge.origin).header("accept", accept);
    let answer = request.send(body).unwrap();
    (answer.status().as_u16(), answer.into_body())
}

fn hello(boot: &Boot, after: u64) -> Up {
    Up::Hello { v: wire::VERSION, ticket: boot.ticket.clone(), epoch: None, after, lang: "vi".into() }
}

fn asked(edge: &Edge, boot: &Boot, up: Vec<Up>) -> Vec<Down> {
    let body = serde_json::to_string(&Post { ticket: boot.ticket.clone(), up }).unwrap();
    let (status, answer) = post(edge, "application/x-ndjson", &body);
    assert_eq!(status, 200);
    let text = BufReader::new(answer.into_reader());
    text.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_is_written_once_and_found_by_asking() {
    let edge = Edge::start(&EdgeOptions::default());
    let boot = Visitor::boot(&edge);
    let told = asked(&edge, &boot, vec![hello(&boot, 0), say(7, "giờ làm việc")]);
    assert!(matches!(told[..], [Down::Welcome { last: 0, .. }, Down::Ack { seq: 1, .. }]), "{told:?}");
    let again = asked(&edge, &boot, vec![say(7, "giờ làm việc")]);
    assert_eq!(again, told[1..], "the same ack for the same saying");
    let told = asked(&edge, &boot, vec![hello(&boot, 0)]);
    assert!(
        matches!(told[..], [Down::Welcome { last: 2, .. }, Down::Message(_), Down::Message(_)]),
        "{told:?}"
    );
    // A socket sees the same conversation.
    let mut visitor = Visitor::connect(&edge, boot, &edge.origin).await.unwrap();
    visitor.hello(None, 0).await;
    assert!(matches!(visitor.next().await, Down::Welcome { last: 2, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_goes_on_brings_what_others_say() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let boot = Visitor::boot(&edge);
    let body =
        serde_json::to_string(&Post { ticket: boot.ticket.clone(), up: vec![hello(&boot, 0)] }).unwrap();
    let (status, stream) = post(&edge, "text/event-stream", &body);
    assert_eq!(status, 200);
    let mut events = BufReader::new(stream.into_reader()).lines().filter_map(|line| {
        line.unwrap().strip_prefix("data: ").map(|data| serde_json::from_str::<Down>(data).unwrap())
    });
    assert!(matches!(events.next(), Some(Down::Welcome { .. })));
    let told = asked(&edge, &boot, vec![say(1, STRANGE)]);
    assert!(matches!(told[..], [Down::Ack { seq: 1, .. }]), "{told:?}");
    assert!(matches!(events.next(), Some(Down::Message(message)) if message.seq == 1));
    let mut grown = 0;
    loop {
        match events.next().expect("the stream goes on") {
            Down::Grow { .. } => grown += 1,
            Down::Message(message) if message.state == wire::State::Done => break,
            _ => {}
        }
    }
    assert!(grown > 0, "it came in one piece");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_posts_are_refused_and_make_nothing() {
    let edge = Edge::start(&EdgeOptions::default());
    let (boot, other) = (Visitor::boot(&edge), Visitor::boot(&edge));
    let whole = |ticket: &str, up: Value| json!({ "ticket": ticket, "up": up }).to_string();
    let cases = [
        (400, Fault::Malformed, String::new()),
        (400, Fault::Malformed, "[".repeat(10_000)),
        (400, Fault::Malformed, whole(&boot.ticket, json!(vec![json!({ "t": "stop", "seq": 1 }); 33]))),
        (401, Fault::Ticket, whole("", json!([]))),
        (401, Fault::Ticket, whole(&boot.ticket.replace("t2.", "t2.0"), json!([]))),
        (413, Fault::TooLong, "x".repeat(wire::limits::MAX_POST_BYTES + 1)),
    ];
    for (expected, fault, body) in cases {
        let (status, mut answer) = post(&edge, "*/*", &body);
        let error: PublicError = serde_json::from_str(&answer.read_to_string().unwrap()).unwrap();
        assert_eq!((status, error.error), (expected, fault), "{:.60}", body);
    }
    assert_eq!(edge.files(), 0);
    // A good ticket does not open another conversation's hello.
    let told = asked(&edge, &boot, vec![hello(&other, 0)]);
    assert!(matches!(told[..], [Down::Fault { code: Fault::Ticket, .. }]), "{told:?}");
    let stranger =
        ureq::post(format!("{}/s/ward/line", edge.origin)).header("origin", "https://evil.example");
    assert!(matches!(stranger.send("{}"), Err(ureq::Error::StatusCode(403))));
}

/// A visitor behind `proxy` asks the edge, and the agency, and finds it all again. Gives what the proxy had seen before
/// the page was loaded again.
async fn visit(proxy: &Proxy) -> Vec<String> {
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", proxy.origin)).await.unwrap();
    for (text, answered) in [
        ("lam giay khai sinh cho con can gi", "!!document.querySelector('.hoi-procedure')"),
        (STRANGE, "document.body.innerText.includes('mô hình ngôn ngữ')"),
    ] {
        let field = browser.find("textarea").await;
        field.send_keys(text).await.unwrap();
        field.send_keys("\u{e007}").await.unwrap();
        browser.until(answered, answered).await;
        browser.until("no notice", "!document.querySelector('.hoi-bar')").await;
    }
    let before = proxy.seen();
    browser.client.refresh().await.unwrap();
    browser.until("all of it again", "document.querySelectorAll('.hoi-from-visitor').length === 2").await;
    // The greeting is one, too.
    let messages = "document.querySelectorAll('.hoi-message').length";
    assert_eq!(browser.eval(messages).await, json!(5), "{}", browser.text().await);
    before
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_refuses_sockets_is_not_noticed() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let proxy = Proxy::start(&edge, false).await;
    let before = visit(&proxy).await;
    let seen = proxy.seen();
    assert!(seen.iter().any(|line| line.contains("/line text/event-stream")), "{seen:?}");
    assert!(seen.iter().all(|line| !line.contains("t2.")), "a ticket stands in an address: {seen:?}");
    // Firewalls refuse what does not say what it is.
    let mut posted = seen.iter().filter(|line| line.contains("/line "));
    assert!(posted.all(|line| line.ends_with(" application/json")), "{seen:?}");
    // What works is remembered: the second page opens no socket.
    let sockets = |seen: &[String]| seen.iter().filter(|line| line.contains("/ws/")).count();
    assert!(sockets(&before) > 0, "{seen:?}");
    assert_eq!(sockets(&seen), sockets(&before), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_holds_answers_back_is_not_noticed_either() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let proxy = Proxy::start(&edge, true).await;
    drop(visit(&proxy).await);
    let seen = proxy.seen();
    assert!(seen.iter().filter(|line| line.contains("/line application/x-ndjson")).count() > 4, "{seen:?}");
}
