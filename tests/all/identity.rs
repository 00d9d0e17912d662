//! Who a visitor is, as the host's server says: tokens that Node signs, against real workerd and from a real page.

use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use tests::{Agency, Browser, Edge, EdgeOptions, Host, Signer, Visitor, say};
use wire::{Down, Fault, Up};

const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn claims(id: &str) -> Value {
    json!({ "sub": id, "name": "Nguyễn Thị Hoa", "aud": "ward", "iat": now(), "exp": now() + 600 })
}

fn with(signer: &Signer) -> EdgeOptions {
    let edits = vec![("[retention]\n".into(), format!("{}\n[retention]\n", signer.table))];
    EdgeOptions { edits, ..EdgeOptions::default() }
}

async fn identify(visitor: &mut Visitor, token: String) -> Down {
    visitor.send(&Up::Identify { token }).await;
    visitor.next().await
}

async fn known_by(algorithm: &'static str) {
    let signer = Signer::new(algorithm);
    let edge = Edge::start(&with(&signer));
    let mut visitor = Visitor::open(&edge).await;
    // Somebody else with the same ticket: planted before the visitor was known, perhaps.
    let mut planted = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    planted.hello(None, 0).await;
    assert!(matches!(planted.next().await, Down::Welcome { .. }));

    let mut bad = [Signer::new(algorithm), Signer::new("HS256"), Signer::new("RS256")]
        .iter()
        .filter(|other| other.table != signer.table)
        .map(|other| other.signs(&claims("1")))
        .collect::<Vec<_>>();
    for (name, value) in
        [("aud", json!("shop")), ("exp", json!(now() - 120)), ("exp", json!(now() + 999_999))]
    {
        let mut claims = claims("1");
        claims[name] = value;
        bad.push(signer.signs(&claims));
    }
    bad.push("no token at all".into());
    for token in bad {
        let refused = Down::Fault { id: None, code: Fault::Identity, retry_ms: None };
        assert_eq!(identify(&mut visitor, token).await, refused, "every bad token is refused alike");
    }

    // The log alone is told why.
    let log = edge.log();
    for code in ["audience", "expired", "life", "format"] {
        assert!(log.contains(&format!("token is refused: {code}")), "{code}: {log}");
    }

    let told = identify(&mut visitor, signer.signs(&claims("1"))).await;
    let Down::Identified { ticket: Some(ticket) } = told else { panic!("{algorithm}: {told:?}") };
    assert_eq!(planted.try_next().await, None, "who has the old ticket still listens");
    let told = identify(&mut visitor, signer.signs(&claims("1"))).await;
    assert_eq!(told, Down::Identified { ticket: None }, "nothing new");
    let told = identify(&mut visitor, signer.signs(&claims("2"))).await;
    assert!(matches!(told, Down::Fault { code: Fault::Stranger, .. }), "{told:?}");

    let mut boot = visitor.boot.clone();
    let mut old = Visitor::connect(&edge, boot.clone(), &edge.origin).await.unwrap();
    old.hello(None, 0).await;
    assert!(matches!(old.next().await, Down::Fault { code: Fault::Ticket, .. }));
    let form = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "lệ phí")];
    let posted = ureq::post(format!("{}/s/ward/say", edge.origin)).send_form(form);
    assert!(matches!(posted, Err(ureq::Error::StatusCode(422))), "{posted:?}");
    boot.ticket = ticket;
    let mut again = Visitor::connect(&edge, boot, &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    assert!(matches!(again.next().await, Down::Welcome { .. }));
    again.send(&say(1, "giờ làm việc")).await;
    again.answer().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_known_by_a_shared_secret() {
    known_by("HS256").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_known_by_an_rsa_key() {
    known_by("RS256").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_known_by_a_key_on_a_curve() {
    known_by("ES256").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_names_no_key_believes_nobody() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    let told = identify(&mut visitor, Signer::new("HS256").signs(&claims("1"))).await;
    assert!(matches!(told, Down::Fault { code: Fault::Identity, .. }), "{told:?}");
}

/// The page says so before the chat was ever opened, and the agency hears it with the question.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_says_reaches_the_agency() {
    let signer = Signer::new("ES256");
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let edge =
        Edge::start(&EdgeOptions { agency: agency.url.clone(), host: host.origin.clone(), ..with(&signer) });
    host.shows(&edge);
    let browser = Browser::start(1000, 800).await;
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    let token = signer.signs(&claims("citizen-42"));
    let script = format!(
        "Hoi.identify({{ token: {} }}); Hoi.setContext({{ page: 'Lệ phí', items: 3, nothing: null }})",
        json!(token)
    );
    browser.client.execute(&script, vec![]).await.unwrap();
    browser.press_launcher().await;
    let panel = browser.panel(&edge).await;
    panel.ask(STRANGE).await;
    panel.until_says("mô hình ngôn ngữ").await;
    let asked = agency.questions();
    assert_eq!(asked[0]["question"]["visitor"], json!({ "id": "citizen-42", "name": "Nguyễn Thị Hoa" }));
    assert_eq!(asked[0]["question"]["context"], json!({ "page": "Lệ phí", "items": "3" }));
    // The ticket was renewed on the way, and a reload finds the conversation with it.
    browser.client.refresh().await.unwrap();
    browser.press_launcher().await;
    browser.panel(&edge).await.until_says("mô hình ngôn ngữ").await;
}

/// A host whose own names for people are numbers signs numbers.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_names_a_visitor() {
    let signer = Signer::new("ES256");
    let edge = Edge::start(&with(&signer));
    let mut visitor = Visitor::open(&edge).await;
    let mut numbered = claims("42");
    numbered["sub"] = json!(42);
    assert!(matches!(
        identify(&mut visitor, signer.signs(&numbered)).await,
        Down::Identified { ticket: Some(_) }
    ));
    let told = identify(&mut visitor, signer.signs(&claims("42"))).await;
    assert_eq!(told, Down::Identified { ticket: None }, "the same one");
}
