//! One person's data at the desk: leads erase and hand out, with a reason; nobody else.

use serde_json::{Value, json};
use tests::{Desk, Edge, EdgeOptions, Visitor, say};
use wire::{
    Down, Id,
    desk::{BoardDown, ChatUp},
};

fn edge() -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    edge.account("hoa", &["ward:lead"]);
    edge.account("an", &["ward:auditor"]);
    edge
}

/// What the desk's page does: posts JSON with the session's cookie.
fn post(desk: &Desk, id: Id, what: &str, body: &Value, origin: &str) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent
        .post(format!("{}/desk/s/ward/chat/{id}/{what}", desk.origin))
        .header("cookie", format!("hoi-desk={}", desk.token))
        .header("origin", origin)
        .send(body.to_string())
        .unwrap();
    (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
}

#[tokio::test]
async fn a_lead_erases_with_a_reason_and_nobody_else_does() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "cho tôi gặp cán bộ")).await;
    visitor.answer().await;
    let id = visitor.boot.conversation;
    let (lan, hoa) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "hoa"));
    let mut board = lan.board(&edge, "ward").await.unwrap();
    let mut chat = lan.chat(&edge, "ward", id).await.unwrap();
    chat.send(&ChatUp::Hello { v: wire::VERSION, epoch: None, after: 0 }).await;
    chat.send(&ChatUp::Note { id: Id(71), text: "khách quen".into() }).await;

    let order = json!({ "reason": "theo đơn" });
    let own = edge.origin.as_str();
    let (an, nobody) = (Desk::signed_in(&edge, "an"), Desk::at(&edge));
    for (desk, status) in [(&lan, 403), (&an, 403), (&nobody, 401)] {
        for what in ["erase", "export"] {
            assert_eq!(post(desk, id, what, &order, own).0, status, "{what}");
        }
    }
    assert_eq!(post(&hoa, id, "erase", &order, "https://evil.example").0, 403);
    assert_eq!(post(&hoa, id, "erase", &json!({ "reason": " " }), own).0, 422, "a reason is needed");

    let (status, copy) = post(&hoa, id, "export", &order, own);
    assert_eq!(status, 200, "{copy}");
    assert!(copy.contains("khách quen") && copy.contains("cho tôi gặp cán bộ"), "{copy}");
    let (status, told) = post(&hoa, id, "erase", &order, own);
    assert_eq!(status, 200, "{told}");
    assert_eq!(visitor.closing().await, Some(Down::Erased));
    let gone = |down| matches!(down, BoardDown::Gone { id: gone } if gone == id).then_some(());
    board.board("that it is gone", gone).await;
    assert!(chat.closes().await);
    assert!(lan.chat(&edge, "ward", id).await.is_err(), "there is nothing to open");
    let trail = String::from_utf8_lossy(&edge.hoi(&["audit", "ward"]).stdout).into_owned();
    for (act, who) in [("export", "hoa"), ("erase", "hoa")] {
        let line = trail.lines().find(|line| line.contains(&format!(" {act} "))).expect("it is in the trail");
        assert!(line.contains(who) && line.contains("theo đơn") && !line.contains("khách quen"), "{line}");
    }
}
