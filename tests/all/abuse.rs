//! Who floods, stays silent or makes names up: what it costs the edge is bounded, and nobody else notices.

use super::{
    files::{PDF, upload_from},
    staff::plain,
};
use futures_util::{SinkExt as _, StreamExt as _};
use std::time::Duration;
use tests::{Desk, Edge, EdgeOptions, PASSWORD, Visitor, say};
use tokio_tungstenite::tungstenite::Message as Frame;
use wire::{
    Down, Fault, Id, Up,
    desk::{BoardDown, BoardUp},
};

/// Frames of one flood.
const FLOOD: usize = 1_500;

/// What came back of a flood.
#[derive(Debug, Default)]
struct Flooded {
    frames: usize,
    bytes: usize,
    told_to_wait: bool,
    code: Option<u16>,
}

/// Sends `frame` again and again, and hears everything until the line is closed.
async fn flood(visitor: Visitor, frame: &str) -> Flooded {
    let (mut out, mut back) = visitor.socket.split();
    let frame = frame.to_owned();
    let sending = tokio::spawn(async move {
        for _ in 0..FLOOD {
            if out.send(Frame::text(frame.clone())).await.is_err() {
                break;
            }
        }
        out
    });
    let mut flooded = Flooded::default();
    while let Ok(Some(Ok(next))) = tokio::time::timeout(Duration::from_secs(30), back.next()).await {
        match next {
            Frame::Text(text) => {
                flooded.frames += 1;
                flooded.bytes += text.len();
                flooded.told_to_wait |= text.contains("\"too_fast\"");
            }
            Frame::Close(close) => {
                flooded.code = close.map(|close| close.code.into());
                break;
            }
            _ => {}
        }
    }
    drop(sending.await);
    flooded
}

async fn is_answered(edge: &Edge) {
    let mut other = Visitor::open(edge).await;
    other.send(&say(1, "giờ làm việc")).await;
    other.answer().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_frame_is_counted_and_a_flood_is_closed() {
    let edge = Edge::start(&EdgeOptions::default());
    for kind in ["hello", "typing", "read", "stop", "say", "rate", "unknown"] {
        let mut visitor = Visitor::open(&edge).await;
        for id in 1..=10 {
            visitor.send(&say(id, "giờ làm việc")).await;
            visitor.answer().await;
        }
        let ticket = visitor.boot.ticket.clone();
        let up = match kind {
            "hello" => Up::Hello { v: wire::VERSION, ticket, epoch: None, after: 0, lang: "vi".into() },
            "typing" => Up::Typing { on: true },
            "read" => Up::Read { seq: 20 },
            "stop" => Up::Stop { seq: 1 },
            "rate" => Up::Rate { seq: 2, good: Some(true), reason: None, text: String::new() },
            _ => say(1, "giờ làm việc"),
        };
        let frame = match kind {
            "unknown" => r#"{"t":"dance"}"#.to_owned(),
            _ => serde_json::to_string(&up).unwrap(),
        };
        let flooded = flood(visitor, &frame).await;
        // Frames that can't be read are closed sooner.
        let (code, most) = if kind == "unknown" { (1008, 5) } else { (4429, 3_000) };
        assert_eq!(flooded.code, Some(code), "{kind}: {flooded:?}");
        assert!(flooded.told_to_wait != (kind == "unknown"), "{kind}: {flooded:?}");
        assert!(flooded.frames <= most && flooded.bytes < 4_000_000, "{kind}: {flooded:?}");
        is_answered(&edge).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_and_reads_meets_no_limit() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    for id in 1..=12_u64 {
        visitor.send(&Up::Typing { on: true }).await;
        visitor.send(&say(id.into(), "giờ làm việc")).await;
        visitor.send(&Up::Typing { on: false }).await;
        // The panics of `answer` say if a fault or a close comes instead.
        visitor.answer().await;
        visitor.send(&Up::Read { seq: 2 * id }).await;
        // It looks again, as where no socket gets through.
        visitor.hello(None, 0).await;
        let Down::Welcome { last, .. } = visitor.next().await else { panic!("a welcome comes first") };
        for _ in 0..last {
            assert!(matches!(visitor.next().await, Down::Message(_)));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_counted_like_frames() {
    let edge = Edge::start(&EdgeOptions::default());
    let boot = Visitor::boot(&edge);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let typing = vec![serde_json::json!({"t": "typing", "on": true}); 32];
    let body = serde_json::json!({"ticket": boot.ticket, "up": typing}).to_string();
    let mut told = Vec::new();
    for _ in 0..12 {
        let answer = agent
            .post(format!("{}/s/ward/line", edge.origin))
            .header("origin", &edge.origin)
            .header("content-type", "application/json")
            .send(body.clone())
            .unwrap();
        assert_eq!(answer.status(), 200);
        told.push(answer.into_body().read_to_string().unwrap());
    }
    assert!(told[..9].iter().all(String::is_empty), "{told:?}");
    assert!(told.iter().any(|said| said.contains("too_fast")), "{told:?}");
    is_answered(&edge).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_that_floods_is_closed_and_others_work_on() {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    for name in ["hoa", "lan"] {
        edge.account(name, &["ward:lead"]);
    }
    let (hoa, lan) = (Desk::signed_in(&edge, "hoa"), Desk::signed_in(&edge, "lan"));
    let mut flooding = hoa.board(&edge, "ward").await.unwrap();
    for _ in 0..300 {
        if !flooding.try_send(&BoardUp::Audit { before: 0 }).await {
            break;
        }
    }
    assert!(flooding.closes_within(400).await, "it goes on");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    board.board("a welcome", |down| matches!(down, BoardDown::Welcome { .. }).then_some(())).await;
    is_answered(&edge).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_made_for_what_is_not_there() {
    let edge = Edge::start(&EdgeOptions::default());
    let kinds = ["hoi-site", "hoi-board", "hoi-staff", "hoi-conversation"];
    let files = || kinds.map(|kind| edge.objects(kind));
    let before = files();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for n in 0..40 {
        let site = format!("{}/s/made-up-{n}", edge.origin);
        for path in ["", "/hoi.js", "/frame", "/look", "/standing", "/status"] {
            assert_eq!(agent.get(format!("{site}{path}")).call().unwrap().status(), 404, "{path}");
        }
        for path in ["/line", "/session", "/say", "/file", "/callback", "/status", "/continue"] {
            let answer =
                agent.post(format!("{site}{path}")).header("origin", &edge.origin).send("x").unwrap();
            assert_eq!(answer.status(), 404, "{path}");
        }
        for path in ["", "/board", &format!("/chat/{}", Id(n))] {
            let desk = format!("{}/desk/s/made-up-{n}{path}", edge.origin);
            agent.get(desk).call().unwrap();
        }
    }
    assert_eq!(files(), before, "a made-up name has left a file");
    // Lines with a good ticket that say nothing, or nothing that can be read.
    let mut silent = Vec::new();
    for n in 0..10 {
        let mut visitor = Visitor::connect(&edge, Visitor::boot(&edge), &edge.origin).await.unwrap();
        if n % 2 == 0 {
            visitor.raw("[[[").await;
            assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }));
        }
        silent.push(visitor);
    }
    assert_eq!(files(), before, "a line that says nothing has left a file");
    // Whoever looks has a file of his own, and nothing in it until something is said.
    let mut visitor = Visitor::open(&edge).await;
    for up in [Up::Typing { on: true }, Up::Read { seq: 1 }, Up::Stop { seq: 1 }] {
        visitor.send(&up).await;
    }
    visitor.send(&Up::Survey { score: 5, text: String::new() }).await;
    assert!(matches!(visitor.next().await, Down::Fault { .. }));
    assert_eq!(edge.files(), 1);
    visitor.send(&say(1, "giờ làm việc")).await;
    visitor.answer().await;
    assert_eq!(edge.files(), 1);
    // With its next ticket it goes to its conversation directly, and is told the same.
    let mut again = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    let Down::Welcome { ticket: Some(ticket), last: 2, .. } = again.next().await else {
        panic!("no new ticket")
    };
    assert!(ticket.starts_with("t3."), "{ticket}");
    let boot = wire::Boot { ticket, ..visitor.boot.clone() };
    let mut direct = Visitor::connect(&edge, boot, &edge.origin).await.unwrap();
    direct.hello(None, 0).await;
    assert!(matches!(direct.next().await, Down::Welcome { ticket: None, last: 2, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_begins_a_conversation_like_a_message() {
    let rules = "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 2\n\n# How much may be used;".to_owned();
    let day = "\naddress_conversations_per_day = ";
    let edits =
        vec![("# How much may be used;".to_owned(), rules), (format!("{day}300\n"), format!("{day}3\n"))];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    let mut taken = 0;
    let refused = loop {
        let ticket = Visitor::boot(&edge).ticket;
        match upload_from(&edge, "192.0.2.7", &ticket, 9, "a.pdf", PDF) {
            Ok(_) => taken += 1,
            Err(refused) => break refused,
        }
        assert!(taken < 10, "nobody ever said stop");
        // The books are written a moment after.
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    assert_eq!((taken, refused), (3, (429, Fault::TooFast)));
    assert_eq!(edge.files(), 3, "what was refused has left a file");
    // So does whoever only says hello, and the next one of that address is turned away before anything is made.
    for n in 0..4 {
        let boot = Visitor::boot(&edge);
        let mut visitor = Visitor::connect_from(&edge, boot, &edge.origin, Some("192.0.2.8")).await.unwrap();
        if n < 3 {
            visitor.hello(None, 0).await;
            assert!(matches!(visitor.next().await, Down::Welcome { .. }), "{n}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        } else {
            assert!(matches!(visitor.next().await, Down::Fault { code: Fault::TooFast, .. }));
        }
    }
    assert_eq!(edge.files(), 6);
    assert!(
        upload_from(&edge, "192.0.2.9", &Visitor::boot(&edge).ticket, 9, "a.pdf", PDF).is_ok(),
        "another address"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_asks_for_a_conversation_counts_as_beginning_one() {
    let day = "\naddress_conversations_per_day = ";
    let edits = vec![(format!("{day}300\n"), format!("{day}3\n"))];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let form = "application/x-www-form-urlencoded";
    let kinds = ["erase", "export", "form", "elsewhere", "typing", "look"];
    for (n, kind) in kinds.into_iter().enumerate() {
        let before = edge.files();
        let mut refused = 0;
        for _ in 0..8 {
            let ticket = Visitor::boot(&edge).ticket;
            let line = |up: serde_json::Value| serde_json::json!({"ticket": ticket, "up": [up]}).to_string();
            let hello =
                serde_json::json!({"t": "hello", "v": 1, "ticket": ticket, "epoch": Id(7), "lang": "vi"});
            let (path, kind, body) = match kind {
                "typing" => {
                    ("line", "application/json", line(serde_json::json!({"t": "typing", "on": true})))
                }
                "look" => ("line", "application/json", line(hello)),
                path => (path, form, format!("ticket={ticket}&procedure=khai-sinh")),
            };
            let answer = agent
                .post(format!("{}/s/ward/{path}", edge.origin))
                .header("origin", &edge.origin)
                .header("content-type", kind)
                .header("x-real-ip", format!("192.0.2.{n}"))
                .send(body)
                .unwrap();
            refused += u32::from(answer.status() == 429);
            // The books are written a moment after.
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!((refused, edge.files() - before), (5, 3), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_conversations_of_one_address_are_one_flood_and_danger_is_still_answered() {
    let edge = Edge::start(&EdgeOptions::default());
    let from = Some("192.0.2.7");
    let (mut answered, mut refused) = (0, 0);
    for line in 0..16_u128 {
        let boot = Visitor::boot(&edge);
        let mut visitor = Visitor::connect_from(&edge, boot, &edge.origin, from).await.unwrap();
        visitor.hello(None, 0).await;
        assert!(matches!(visitor.next().await, Down::Welcome { .. }));
        for id in 1..=15 {
            visitor.send(&say(100 * line + id, "giờ làm việc")).await;
        }
        let mut heard = 0;
        while heard < 15 {
            match visitor.next().await {
                Down::Ack { .. } => (answered, heard) = (answered + 1, heard + 1),
                Down::Fault { code: Fault::TooFast, retry_ms: Some(_), .. } => {
                    (refused, heard) = (refused + 1, heard + 1)
                }
                _ => {}
            }
        }
    }
    assert!(answered >= 60 && refused > 0, "{answered} answered, {refused} told to wait");
    // Somebody in danger behind the same address waits for nobody.
    let boot = Visitor::boot(&edge);
    let mut other = Visitor::connect_from(&edge, boot, &edge.origin, from).await.unwrap();
    other.hello(None, 0).await;
    other.send(&say(9_999, "tôi không muốn sống nữa")).await;
    let body = other.answer().await.body;
    assert!(body.buttons.iter().any(|button| button.href.as_deref() == Some("tel:115")), "{body:?}");
    is_answered(&edge).await;
}

#[test]
fn strangers_shut_nobody_out() {
    let edge = plain();
    let known = Desk::at(&edge).sign_in("lan", PASSWORD);
    assert_eq!(known.status, 303);
    let device = known.set_device.split(';').next().unwrap().to_owned();
    assert!(device.starts_with("hoi-known="), "{known:?}");
    // One stranger at the same address as the owner, who has tried it all.
    let mut stranger = Desk { address: "203.0.113.7".to_owned(), ..Desk::at(&edge) };
    while stranger.sign_in("lan", "not the password").status != 429 {}
    for n in 0.. {
        if stranger.sign_in(&format!("n{n}"), "not the password").status == 429 {
            break;
        }
    }
    assert_eq!(stranger.sign_in("lan", PASSWORD).status, 429, "the address waits");
    let mut owner = Desk { aside: device.clone(), ..stranger.clone() };
    assert_eq!(owner.sign_in("lan", PASSWORD).status, 303, "a browser that is known is not a stranger's");
    // It is one account's, and has its own count.
    let mut thief = Desk { aside: device, address: "203.0.113.8".to_owned(), ..Desk::at(&edge) };
    let statuses: Vec<u16> = (0..8).map(|_| thief.sign_in("lan", "not the password").status).collect();
    assert!(
        statuses[..5].iter().all(|status| *status == 422) && statuses[5..].contains(&429),
        "{statuses:?}"
    );
    // Many addresses that try all that the edge does in a minute: whoever comes for the first time is slowed, not refused.
    let agents: Vec<_> = (0..8)
        .map(|thread| {
            let desk = Desk::at(&edge);
            std::thread::spawn(move || {
                for n in 0..20 {
                    let address = format!("198.51.{thread}.{n}");
                    let mut desk = Desk { address, ..desk.clone() };
                    desk.sign_in(&format!("n{thread}-{n}"), "not the password");
                }
            })
        })
        .collect();
    agents.into_iter().for_each(|agent| agent.join().unwrap());
    let mut elsewhere = Desk { address: "192.0.2.99".to_owned(), ..Desk::at(&edge) };
    assert_eq!(elsewhere.sign_in("lan", PASSWORD).status, 303);
}
