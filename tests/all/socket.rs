//! A visitor without a browser, against real workerd.

use tests::{Agency, Edge, EdgeOptions, Visitor, say};
use wire::{AuthorKind, Block, Boot, Down, Fault, Id, State, Up};

fn with(agency: &Agency) -> EdgeOptions {
    EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_without_marks_is_answered_at_the_edge() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "lam giay khai sinh cho con can gi")).await;
    assert!(matches!(visitor.next().await, Down::Ack { id: Id(1), seq: 1, .. }));
    let answer = visitor.answer().await;
    assert_eq!(answer.author.kind, AuthorKind::Assistant);
    assert!(
        answer
            .body
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Procedure(p) if p.title.contains("khai sinh")))
    );
    assert!(!answer.body.buttons.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn said_twice_is_written_once_and_resumed_in_order() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(7, "giờ làm việc")).await;
    let first = visitor.next().await;
    visitor.answer().await;
    visitor.send(&say(7, "giờ làm việc")).await;
    assert_eq!(visitor.next().await, first, "the same ack for the same saying");
    visitor.send(&say(7, "lệ phí")).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::IdReused, .. }));
    // What was acknowledged outlives a power cut.
    let boot = visitor.boot.clone();
    edge.kill();
    edge.up();
    let mut again = Visitor::connect(&edge, boot, &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    assert!(matches!(again.next().await, Down::Welcome { last: 2, .. }));
    for seq in 1..=2 {
        assert!(matches!(again.next().await, Down::Message(message) if message.seq == seq));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_intent_covers_is_streamed_from_the_agency() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&with(&agency));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
    let answer = visitor.answer().await;
    assert_eq!((answer.author.kind, answer.state), (AuthorKind::Agency, State::Done));
    assert!(answer.rev > 0, "it came in one piece");
    assert!(agency.asked().iter().all(|asked| asked["verified"] == true), "{:?}", agency.asked());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_agency_leaves_no_dead_end() {
    for fault in ["error", "html", "redirect"] {
        let agency = Agency::start(&["--fault", fault]);
        let edge = Edge::start(&with(&agency));
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
        let answer = visitor.answer().await;
        assert!(answer.body.blocks.iter().any(|b| matches!(b, Block::Contact(_))), "{fault}: {answer:?}");
        let words = serde_json::to_string(&answer).unwrap();
        assert!(!words.contains("NullPointer") && !words.contains("nginx"), "{fault}: {words}");
    }
    for (fault, state) in
        [("once", State::Done), ("split-utf8", State::Done), ("cut", State::Cut), ("endless", State::Cut)]
    {
        let agency = Agency::start(&["--fault", fault]);
        // Only what never ends by itself has to be waited for.
        let seconds = if fault == "endless" { 3 } else { 20 };
        let edits = vec![("timeout_seconds = 20".into(), format!("timeout_seconds = {seconds}"))];
        let edge = Edge::start(&EdgeOptions { edits, ..with(&agency) });
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
        let answer = visitor.answer().await;
        assert_eq!((answer.author.kind, answer.state), (AuthorKind::Agency, state), "{fault}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_good_tickets_and_listed_origins_come_in() {
    let edge = Edge::start(&EdgeOptions::default());
    for origin in
        ["", "null", "https://evil.example", "http://localhost:8788.evil.example", "http://localhost:1"]
    {
        let refused = Visitor::connect(&edge, Visitor::boot(&edge), origin).await;
        assert_eq!(refused.err(), Some(403), "{origin:?}");
    }
    let (mine, other) = (Visitor::boot(&edge), Visitor::boot(&edge));
    for ticket in ["", "t2", &other.ticket, &mine.ticket.replace("t2.", "t1.")] {
        let boot = Boot { ticket: ticket.to_owned(), ..mine.clone() };
        let mut visitor = Visitor::connect(&edge, boot, "http://localhost:8788").await.unwrap();
        assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Ticket, .. }), "{ticket}");
        assert_eq!(visitor.try_next().await, None, "the socket stayed open");
    }
    assert_eq!(edge.files(), 0, "somebody without a ticket has left a file on the disk");
    let mut visitor = Visitor::connect(&edge, mine, "http://localhost:8788").await.unwrap();
    assert_eq!(edge.files(), 0, "somebody who says nothing has left a file on the disk");
    visitor.boot.ticket = other.ticket;
    visitor.hello(None, 0).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Ticket, .. }));
    assert_eq!(visitor.try_next().await, None, "the socket stayed open");
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_that_nobody_sends_close_the_socket() {
    let edge = Edge::start(&EdgeOptions::default());
    for known in [false, true] {
        let mut visitor = Visitor::connect(&edge, Visitor::boot(&edge), &edge.origin).await.unwrap();
        if known {
            visitor.hello(None, 0).await;
            visitor.next().await;
        }
        for _ in 0..5 {
            visitor.raw(&"[".repeat(1000)).await;
            assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }));
        }
        assert_eq!(visitor.try_next().await, None, "the socket stayed open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_frames_are_refused_and_the_conversation_goes_on() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    for bad in ["", "hello", r#"{"t":"say","id":"x","text":"y","lang":"vi"}"#, r#"{"t":"dance"}"#] {
        visitor.raw(bad).await;
        assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }), "{bad}");
    }
    visitor.send(&say(2, &"dài ".repeat(600))).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::TooLong, .. }));
    visitor.send(&say(3, "giờ làm việc")).await;
    visitor.answer().await;
    for id in 4..30 {
        visitor.send(&say(id, "giờ làm việc")).await;
    }
    let mut refused = false;
    while !refused {
        refused = matches!(visitor.next().await, Down::Fault { code: Fault::TooFast, retry_ms: Some(_), .. });
    }
    visitor.raw(&"x".repeat(wire::limits::MAX_UP_BYTES + 1)).await;
    while visitor.try_next().await.is_some() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_switches_a_running_conversation_and_rolls_back() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    let ask = |id| Up::Say {
        id: Id(id),
        text: "giờ".into(),
        lang: "vi".into(),
        pick: Some("gio-lam-viec".into()),
        value: None,
        files: vec![],
    };
    visitor.send(&ask(1)).await;
    let before = visitor.answer().await.author.name;
    edge.edit("assistant]", "assistant]\n# changed");
    edge.edit("Trợ lý phường Bến Xuân", "Trợ lý mới");
    edge.publish();
    visitor.send(&ask(2)).await;
    assert_eq!(visitor.answer().await.author.name.as_deref(), Some("Trợ lý mới"));
    let output = edge.hoi(&["rollback", "ward"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    visitor.send(&ask(3)).await;
    assert_eq!(visitor.answer().await.author.name, before);
}
