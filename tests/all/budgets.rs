//! How much a visitor, an address and a site may use, against real workerd.

use tests::{Agency, Edge, EdgeOptions, Visitor, say};
use wire::{Block, Down, Fault};

/// The ward with one limit changed, and none on how fast one may write.
fn limited(name: &str, usual: u32, limit: u32) -> EdgeOptions {
    let line = |name, number| format!("\n{name} = {number}\n");
    let edits = vec![
        (line("messages_per_minute", 15), line("messages_per_minute", 200)),
        (line(name, usual), line(name, limit)),
    ];
    EdgeOptions { edits, ..EdgeOptions::default() }
}

async fn from(edge: &Edge, address: &str) -> Visitor {
    let boot = Visitor::boot(edge);
    let mut visitor = Visitor::connect_from(edge, boot, &edge.origin, Some(address)).await.unwrap();
    visitor.hello(None, 0).await;
    visitor
}

/// Asks until the edge wants a pause; gives after how many messages, and for how long.
async fn ask_until_refused(visitor: &mut Visitor, first: u128) -> (u128, u64) {
    for id in first..first + 40 {
        visitor.send(&say(id, "giờ làm việc")).await;
        loop {
            match visitor.next().await {
                Down::Fault { code: Fault::TooFast, retry_ms, .. } => return (id - first, retry_ms.unwrap()),
                Down::Message(message) if message.id.is_none() => break,
                _ => {}
            }
        }
        // The books are written a moment after the message.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("nobody ever said stop");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_has_so_many_messages_a_day() {
    let edge = Edge::start(&limited("messages_per_day", 300, 4));
    let mut visitor = Visitor::open(&edge).await;
    let (said, wait) = ask_until_refused(&mut visitor, 1).await;
    assert_eq!(said, 4);
    assert!((60_000..=6 * 3_600_000).contains(&wait), "{wait}");
    // The same for a page without the widget.
    let form =
        [("ticket", visitor.boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "lệ phí")];
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
    assert_eq!(answer.status(), 429);
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(seconds > 60, "{seconds}");
    assert!(answer.into_body().read_to_string().unwrap().contains("lệ phí"), "what was typed is gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_has_a_day_and_another_one_has_its_own() {
    let mut edge = Edge::start(&limited("address_messages_per_day", 3000, 3));
    let mut visitor = from(&edge, "192.0.2.1").await;
    let (said, wait) = ask_until_refused(&mut visitor, 1).await;
    assert_eq!(said, 3);
    assert!(wait <= 86_400_000, "{wait}");
    // Neither a new conversation nor a restart of the edge is a way around it, and nothing is made for it.
    for restarted in [false, true] {
        let (files, boot) = (edge.files(), Visitor::boot(&edge));
        let refused = Visitor::connect_from(&edge, boot, &edge.origin, Some("192.0.2.1")).await;
        let told = refused.unwrap().next().await;
        assert!(matches!(told, Down::Fault { code: Fault::TooFast, retry_ms: Some(_), .. }), "{restarted}");
        assert_eq!(edge.files(), files, "{restarted}");
        let mut other = from(&edge, if restarted { "192.0.2.3" } else { "192.0.2.2" }).await;
        other.send(&say(9, "giờ làm việc")).await;
        other.answer().await;
        edge.kill();
        edge.up();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knocks_without_end_waits() {
    let edge = Edge::start(&limited("address_connections_per_minute", 120, 3));
    for _ in 0..3 {
        assert!(matches!(from(&edge, "2001:db8::1").await.next().await, Down::Welcome { .. }));
    }
    let refused = from(&edge, "2001:db8::2").await.next().await;
    assert!(
        matches!(refused, Down::Fault { code: Fault::TooFast, retry_ms: Some(1..=20_000), .. }),
        "{refused:?}"
    );
    assert!(matches!(from(&edge, "2001:db8:0:1::1").await.next().await, Down::Welcome { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agency_is_asked_so_often_a_day_and_nobody_is_left_without_a_word() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        ..limited("agency_questions_per_day", 10000, 2)
    });
    for id in 1..4 {
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(id, "con mèo nhà tôi thích nghe nhạc cổ điển")).await;
        let answer = visitor.answer().await;
        let contact = answer.body.blocks.iter().any(|block| matches!(block, Block::Contact(_)));
        assert_eq!(contact, id == 3, "{answer:?}");
    }
    assert_eq!(agency.asked().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_is_on_the_disk() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = from(&edge, "203.0.113.77").await;
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;
    let mut looked = 0;
    for class in ["hoi-site", "hoi-conversation"] {
        for file in std::fs::read_dir(edge.folder.path().join("data").join(class)).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            looked += bytes.len();
            assert!(!bytes.windows(12).any(|window| window == b"203.0.113.77"));
        }
    }
    assert!(looked > 0 && !edge.log().contains("203.0.113.77"));
}
