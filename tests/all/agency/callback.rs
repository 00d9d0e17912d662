//! What the agency says of its own accord.

use super::*;
use hoi_core::{
    connector::{sign_webhook, signing_keys},
    time::Seconds,
};
use tests::{AGENCY_SECRET, say};
use wire::AuthorKind;

/// Posts a callback; gives the status and the body.
pub fn post(edge: &Edge, secret: &str, id: &str, ago: u64, body: &str) -> (u16, serde_json::Value) {
    let at = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() - ago;
    let signature = sign_webhook(&signing_keys(secret).unwrap(), id, Seconds(at), body.as_bytes());
    send(
        edge,
        &[("webhook-id", id), ("webhook-timestamp", &at.to_string()), ("webhook-signature", &signature)],
        body,
    )
}

fn send(edge: &Edge, headers: &[(&str, &str)], body: &str) -> (u16, serde_json::Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request =
        agent.post(format!("{}/s/ward/callback", edge.origin)).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut answer = request.send(body).unwrap();
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default())
}

fn answer(visitor: &Visitor, text: &str) -> String {
    let conversation = visitor.boot.conversation;
    serde_json::json!({ "type": "answer", "conversation": conversation, "text": text,
        "author": { "kind": "staff", "name": "Chị Lan" } })
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_later_is_shown_to_whoever_is_connected() {
    let port = tests::free_port();
    let edge = Edge::start(&options(&format!("http://127.0.0.1:{port}/")));
    let (port, origin) = (port.to_string(), edge.origin.as_str());
    let agency =
        Agency::start(&["--port", &port, "--later", "1", "--edge", origin, "--reply", "Đã rõ: {text}"]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    hears(&mut visitor, "đã được chuyển").await;
    visitor.send(&say(2, OTHER)).await;
    let first = hears(&mut visitor, "Đã rõ: con mèo").await;
    assert_eq!(first.author.kind, AuthorKind::Staff);
    // Something was asked in between, so the answer says what it is about.
    assert!(words(&first).starts_with("Về câu hỏi của ông bà: con mèo"), "{first:?}");
    hears(&mut visitor, "Đã rõ: công thức").await;
    eventually("both callbacks to be taken", || {
        agency.asked().iter().filter(|line| line["status"] == 200).count() == 2
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_genuine_callbacks_about_real_conversations_are_taken_and_each_once() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    let body = answer(&visitor, "Mời bà ra quầy 3.");
    let unheard_of = post(&edge, AGENCY_SECRET, "a", 0, &body);
    assert_eq!(unheard_of.0, 404, "nothing was ever said in this conversation");
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;

    let other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert_eq!(post(&edge, other, "a", 0, &body).0, 401, "another key");
    assert_eq!(post(&edge, AGENCY_SECRET, "a", 360, &body).0, 401, "six minutes old");
    assert_eq!(send(&edge, &[], &body).0, 401, "unsigned");
    let signed_other = post(&edge, AGENCY_SECRET, "a", 0, "{}");
    assert_eq!(signed_other.0, 400, "genuine, but no answer");
    assert_eq!(post(&edge, AGENCY_SECRET, "a", 0, &"x".repeat(6_000_000)).0, 413);

    let (status, first) = post(&edge, AGENCY_SECRET, "a", 0, &body);
    assert_eq!((status, first["seq"].as_u64()), (200, Some(3)));
    let shown = hears(&mut visitor, "quầy 3").await;
    assert_eq!((shown.seq, shown.author.name.as_deref()), (3, Some("Chị Lan")));
    for again in ["Mời bà ra quầy 3.", "Something else under the same name"] {
        assert_eq!(post(&edge, AGENCY_SECRET, "a", 0, &answer(&visitor, again)), (200, first.clone()));
    }
    let (_, second) = post(&edge, AGENCY_SECRET, "b", 0, &answer(&visitor, "Chúc bà khoẻ."));
    assert_eq!(second["seq"], 4);
    let seen = seen_again(&edge, &visitor).await;
    assert_eq!(seen.iter().filter(|message| words(message).contains("quầy 3")).count(), 1);
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_says_nothing_in_another_conversation_and_nothing_harmful() {
    let edge = Edge::start(&EdgeOptions::default());
    let (mut one, mut two) = (Visitor::open(&edge).await, Visitor::open(&edge).await);
    for visitor in [&mut one, &mut two] {
        visitor.send(&say(1, "giờ làm việc")).await;
        visitor.answer().await;
    }
    let body = serde_json::json!({ "type": "answer", "conversation": one.boot.conversation,
        "text": "<img src=x onerror=alert(1)> [a](javascript:alert(1))",
        "buttons": [{ "label": "bad", "href": "javascript:alert(1)" }],
        "author": { "kind": "visitor", "name": "you" } });
    let (status, _) = post(&edge, AGENCY_SECRET, "a", 0, &body.to_string());
    assert_eq!(status, 200);
    let shown = hears(&mut one, "img").await;
    assert!(!serde_json::to_string(&shown.body).unwrap().contains("\"href\""), "{shown:?}");
    assert_eq!((shown.author.kind, shown.body.buttons.len()), (AuthorKind::Agency, 0));
    assert_eq!(seen_again(&edge, &two).await.len(), 2, "it arrived in another conversation");
}
