//! One person's data at the desk: leads erase and hand out, with a reason; nobody else.

use super::desk::{at_desk, waiting};
use serde_json::{Value, json};
use tests::{Desk, Edge, EdgeOptions, Heard, Visitor, say};
use wire::{
    Down, Id,
    desk::{BoardDown, ChatDown, ChatUp},
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
    // It is written before it is told.
    chat.chat("the note", |heard| match heard {
        Heard::Chat(ChatDown::Notes { notes }) if !notes.is_empty() => Some(()),
        _ => None,
    })
    .await;

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

/// In the browser: a lead is asked for a reason and whether that is meant; an agent has no such button.
#[tokio::test(flavor = "multi_thread")]
async fn the_desk_asks_twice_and_then_it_is_gone() {
    let edge = edge();
    let mut visitor = waiting(&edge, "").await;
    let open = "document.querySelector('.desk-row').click()";
    let row = "!!document.querySelector('.desk-row')";
    let agent = at_desk(&edge, "lan", 1200, 800).await;
    agent.until("the row", row).await;
    agent.eval(open).await;
    agent.until("what is known of the visitor", "!!document.querySelector('.desk-facts dt')").await;
    assert_eq!(agent.eval("!!document.querySelector('.desk-person')").await, json!(false));

    let lead = at_desk(&edge, "hoa", 1200, 800).await;
    lead.until("the row", row).await;
    lead.eval(open).await;
    lead.until("the buttons", "document.querySelectorAll('.desk-person button').length === 2").await;
    lead.find(".desk-person button + button").await.click().await.unwrap();
    lead.until("the question", "document.activeElement?.id === 'desk-reason'").await;
    let idle = "document.querySelector('.desk-person-order [type=submit]').disabled";
    assert_eq!(lead.eval(idle).await, json!(true));
    lead.find("#desk-reason").await.send_keys("theo đơn").await.unwrap();
    assert_eq!(lead.eval(idle).await, json!(true), "that it can't be undone is to be understood");
    lead.is_accessible().await;
    lead.picture("erase-desk").await;
    lead.find(".desk-person-order .desk-check:last-of-type").await.click().await.unwrap();
    lead.until("that it may be pressed", &format!("!({idle})")).await;
    lead.find(".desk-person-order [type=submit]").await.click().await.unwrap();
    for desk in [&lead, &agent] {
        desk.until("that it is gone", "document.body.innerText.includes('Hội thoại này đã bị xóa')").await;
        desk.until("an empty list", &format!("!({row})")).await;
    }
    assert_eq!(visitor.closing().await, Some(Down::Erased));
}
