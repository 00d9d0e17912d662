//! Visitors and staff over real sockets: the queue, two who want the same chat, notes, marks, the way back, the trail.

use std::fs;
use tests::{Desk, Edge, EdgeOptions, Heard, Line, Visitor, say, wait_for};
use wire::{
    AuthorKind, Down, Id, Up,
    desk::{
        BoardDown, BoardUp, Chat, ChatDown, ChatUp, EndReason, GroupDecision, Presence, Refusal, Stage,
        Target,
    },
};

fn edge() -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    edge.account("minh", &["ward:agent"]);
    edge.account("hoa", &["ward:lead"]);
    edge.account("an", &["ward:auditor"]);
    edge
}

/// Asks for a person; gives what the visitor is told of that. The site's own answer is said before it, but only where somebody
/// is there to come.
async fn asks_for_a_person(visitor: &mut Visitor, id: u128) -> String {
    visitor.send(&say(id, "cho tôi gặp cán bộ")).await;
    let first = visitor.answer().await;
    if first.topic.is_none() {
        return words(&first);
    }
    assert_eq!(first.topic.as_deref(), Some("gap-can-bo"));
    let told = words(&visitor.answer().await);
    assert!(told.contains("thứ tự"), "said before somebody comes, and only then: {told}");
    told
}

fn words(message: &wire::Message) -> String {
    hoi_core::rich::plain_text(&message.body.blocks)
}

async fn waiting(board: &mut Line) -> Chat {
    board
        .board("somebody who waits", |down| match down {
            BoardDown::Chat { chat } if chat.stage == Stage::Waiting => Some(chat),
            _ => None,
        })
        .await
}

async fn refused(line: &mut Line) -> Refusal {
    line.chat("a refusal", |heard| match heard {
        Heard::Chat(ChatDown::Refused { why, .. }) => Some(why),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_visitor_reaches_a_person_and_two_can_not_take_one() {
    let edge = edge();
    let (lan, minh) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "minh"));
    let mut board = lan.board(&edge, "ward").await.unwrap();
    board.send(&BoardUp::Presence { presence: Presence::Here }).await;

    let mut visitor = Visitor::open(&edge).await;
    let told = asks_for_a_person(&mut visitor, 1).await;
    assert!(told.contains("thứ tự: 1") || told.contains("Lúc này chưa có cán bộ"), "{told}");
    let chat = waiting(&mut board).await;
    assert_eq!(chat.id, visitor.boot.conversation);

    let (mut one, mut two) =
        (lan.chat(&edge, "ward", chat.id).await.unwrap(), minh.chat(&edge, "ward", chat.id).await.unwrap());
    one.send(&ChatUp::Take).await;
    let taken = |heard| match heard {
        Heard::Chat(ChatDown::Stands { stage: Stage::With, with: Some((name, _)), .. }) => Some(name),
        _ => None,
    };
    assert_eq!(one.chat("that it is taken", taken).await, "lan");
    assert_eq!(two.chat("that it is taken", taken).await, "lan");
    two.send(&ChatUp::Take).await;
    assert_eq!(refused(&mut two).await, Refusal::Taken("Nguyễn Thị Lan".into()));
    two.send(&ChatUp::Say { id: Id(70), text: "Tôi đây".into(), files: vec![] }).await;
    assert_eq!(refused(&mut two).await, Refusal::Taken("Nguyễn Thị Lan".into()));

    // What is noted stays among colleagues; what is said reaches the visitor, as a person's.
    two.send(&ChatUp::Note { id: Id(71), text: "khách quen".into() }).await;
    one.send(&ChatUp::Say { id: Id(72), text: "Chào bác, <b>mời</b> bác hỏi".into(), files: vec![] }).await;
    let said = loop {
        let message = loop {
            if let Down::Message(message) = visitor.next().await {
                break message;
            }
        };
        assert!(!words(&message).contains("khách quen"));
        if message.author.kind == AuthorKind::Staff {
            break message;
        }
    };
    assert_eq!(
        (words(&said).as_str(), said.author.name.as_deref()),
        ("Chào bác, <b>mời</b> bác hỏi", Some("Nguyễn Thị Lan"))
    );

    // Marks go both ways.
    visitor.send(&Up::Typing { on: true }).await;
    one.chat("that the visitor writes", |heard| {
        (heard == Heard::Chat(ChatDown::Typing { on: true })).then_some(())
    })
    .await;
    visitor.send(&Up::Read { seq: said.seq }).await;
    one.chat("that it was seen", |heard| {
        (heard == Heard::Chat(ChatDown::Read { seq: said.seq })).then_some(())
    })
    .await;
    one.send(&ChatUp::Typing { on: true }).await;
    while !matches!(visitor.next().await, Down::Working { text: None, .. }) {}

    // The assistant is silent meanwhile, and speaks again when it is handed back.
    visitor.send(&say(2, "giờ làm việc")).await;
    one.send(&ChatUp::HandBack).await;
    assert!(words(&visitor.answer().await).starts_with("Từ đây trợ lý tự động"));
    visitor.send(&say(3, "giờ làm việc")).await;
    assert_eq!(visitor.answer().await.topic.as_deref(), Some("gio-lam-viec"));
}

#[tokio::test]
async fn what_was_said_meanwhile_survives_a_kill_and_the_board_catches_up() {
    let mut edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    let told = asks_for_a_person(&mut visitor, 1).await;
    assert!(told.contains("Lúc này chưa có cán bộ"), "nobody is at the desk: {told}");
    visitor.send(&say(2, "Bao giờ lấy được giấy?")).await;
    while !matches!(visitor.next().await, Down::Ack { id: Id(2), .. }) {}
    edge.kill();
    edge.up();
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    let listed = board
        .board("the list", |down| match down {
            BoardDown::Chats { chats } => Some(chats),
            BoardDown::Chat { chat } => Some(vec![chat]),
            _ => None,
        })
        .await;
    assert_eq!(
        listed.iter().map(|chat| (chat.id, chat.stage)).collect::<Vec<_>>(),
        [(visitor.boot.conversation, Stage::Waiting)]
    );
    let mut chat = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    chat.chat("the question", |heard| match heard {
        Heard::Down(Down::Message(message)) => words(&message).contains("Bao giờ lấy").then_some(()),
        _ => None,
    })
    .await;
    // Answered while the visitor is away, seen when they are back; said twice with one id it is there once.
    chat.send(&ChatUp::Take).await;
    for _ in 0..2 {
        chat.send(&ChatUp::Say { id: Id(80), text: "Sáng thứ Năm ạ".into(), files: vec![] }).await;
        chat.chat("that it is written", |heard| {
            matches!(heard, Heard::Chat(ChatDown::Ack { id: Id(80), .. })).then_some(())
        })
        .await;
    }
    let mut back = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    back.hello(None, 0).await;
    let Down::Welcome { last, .. } = back.next().await else { panic!("no welcome") };
    let mut answers = 0;
    for _ in 0..last {
        if let Down::Message(message) = back.next().await {
            answers += usize::from(words(&message) == "Sáng thứ Năm ạ");
        }
    }
    assert_eq!(answers, 1);
}

#[tokio::test]
async fn nobody_gets_in_who_does_not_belong() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    asks_for_a_person(&mut visitor, 1).await;
    let id = visitor.boot.conversation;
    let (lan, stranger) = (Desk::signed_in(&edge, "lan"), Desk::at(&edge));
    for path in ["/desk/s/ward/board".to_owned(), format!("/desk/s/ward/chat/{id}")] {
        assert_eq!(stranger.line(&path, &edge.origin).await.err(), Some(401), "{path} without a session");
        for origin in ["https://evil.example", "null", "http://localhost:8788"] {
            assert_eq!(lan.line(&path, origin).await.err(), Some(401), "{path} from {origin}");
        }
    }
    assert_eq!(lan.line("/desk/s/shop/board", &edge.origin).await.err(), Some(401), "another site");
    let nothing = format!("/desk/s/ward/chat/{}", Id(5));
    assert_eq!(lan.line(&nothing, &edge.origin).await.err(), Some(404), "no such conversation");

    // An auditor reads and does nothing; an agent neither teaches nor looks into the trail.
    let an = Desk::signed_in(&edge, "an");
    let mut chat = an.chat(&edge, "ward", id).await.unwrap();
    chat.send(&ChatUp::Take).await;
    assert_eq!(refused(&mut chat).await, Refusal::Role);
    let mut board = lan.board(&edge, "ward").await.unwrap();
    for up in [BoardUp::Questions, BoardUp::Report { from: 0 }, BoardUp::Audit { before: 0 }] {
        board.send(&up).await;
        let why = board
            .board(
                "a refusal",
                |down| if let BoardDown::Refused { why, .. } = down { Some(why) } else { None },
            )
            .await;
        assert_eq!(why, Refusal::Role, "{up:?}");
    }
}

#[tokio::test]
async fn what_was_not_answered_is_taught_and_pulled_and_the_trail_is_whole() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    for (id, text) in
        [(1, "vườn thú có mấy con voi, gọi 0912345678"), (2, "vườn thú có mấy con voi thì sao"), (3, "xyzzy")]
    {
        visitor.send(&say(id, text)).await;
        visitor.answer().await;
    }
    let hoa = Desk::signed_in(&edge, "hoa");
    let mut board = hoa.board(&edge, "ward").await.unwrap();
    let mut groups = Vec::new();
    // The list follows a moment after the answers.
    for _ in 0..50 {
        board.send(&BoardUp::Questions).await;
        groups = board
            .board("the questions", |down| {
                if let BoardDown::Questions { groups } = down { Some(groups) } else { None }
            })
            .await;
        if groups.iter().map(|group| group.questions.len()).sum::<usize>() == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let texts: Vec<&str> =
        groups.iter().flat_map(|group| &group.questions).map(|each| each.text.as_str()).collect();
    assert!(!texts.concat().contains("0912345678"), "{texts:?}");
    let dogs = groups.iter().find(|group| group.questions.len() == 2).unwrap_or_else(|| panic!("{groups:?}"));
    let questions = dogs.questions.iter().map(|each| each.n).collect();
    board.send(&BoardUp::Decide { questions, choice: GroupDecision::New("Chó cắn".into()) }).await;
    board
        .board("what is left", |down| {
            matches!(down, BoardDown::Questions { groups } if groups.len() == 1).then_some(())
        })
        .await;

    let folder = edge.site.to_str().unwrap();
    let pulled = edge.hoi(&["pull", folder]);
    assert!(pulled.status.success(), "{pulled:?}");
    let new = fs::read_to_string(edge.site.join("intents/moi.toml")).unwrap();
    assert!(new.contains("id = \"cho-can\"") && new.contains("vườn thú có mấy con voi thì sao"), "{new}");
    let again = edge.hoi(&["pull", folder]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("nothing new"), "{again:?}");

    let audit = edge.hoi(&["audit", "ward"]);
    let text = String::from_utf8_lossy(&audit.stdout).into_owned();
    assert!(audit.status.success() && text.contains("The record is whole"), "{audit:?}");
    for act in ["operator", "publish", "sit_down", "teach"] {
        assert!(text.contains(act), "{act}: {text}");
    }
}

#[tokio::test]
async fn an_answer_that_needs_approval_is_not_seen_before_it_has_it() {
    let edge = edge();
    let file = edge.site.join("intents/chung.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("id = \"gio-lam-viec\"", "id = \"gio-lam-viec\"\napprove = true")).unwrap();
    edge.publish();
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    // At night nobody is looking, and it is said so.
    let promised = words(&visitor.answer().await);
    let night = promised.contains("Cán bộ sẽ xem lại") && promised.contains("Mở cửa lại lúc");
    assert!(promised.contains("Cán bộ đang xem lại") || night, "{promised}");
    let hoa = Desk::signed_in(&edge, "hoa");
    let mut chat = hoa.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    let drafts = chat.chat("the draft", |heard| match heard {
        Heard::Chat(ChatDown::Drafts { drafts }) if !drafts.is_empty() => Some(drafts),
        _ => None,
    });
    let draft = drafts.await.remove(0);
    assert!(draft.text.contains("7:30"), "{draft:?}");
    chat.send(&ChatUp::Approve { draft: draft.draft, text: None }).await;
    let answer = visitor.answer().await;
    assert_eq!((answer.topic.as_deref(), answer.body), (Some("gio-lam-viec"), draft.body));
    chat.send(&ChatUp::Transfer { to: Target::Department("ho-tich".into()) }).await;
    assert_eq!(refused(&mut chat).await, Refusal::NotYours);
    chat.send(&ChatUp::Take).await;
    chat.send(&ChatUp::End { reason: EndReason::Answered }).await;
    assert!(words(&visitor.answer().await).contains("Nguyễn Thị Lan"));
    assert!(words(&visitor.answer().await).starts_with("Cán bộ đã kết thúc"));
}

#[tokio::test]
async fn who_is_shut_out_is_out() {
    let edge = edge();
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    let site = board
        .board("a welcome", |down| if let BoardDown::Welcome { site, .. } = down { Some(site) } else { None })
        .await;
    let languages: Vec<&str> = site.hours_in.iter().map(|(lang, _)| lang.as_str()).collect();
    assert_eq!((site.utc_offset_minutes, languages), (420, vec!["vi", "en", "fr"]), "the ward's own clock");
    // One conversation of lan's is going on, one is over: both still lie open.
    let mut chats = Vec::new();
    for over in [false, true] {
        let mut visitor = Visitor::open(&edge).await;
        asks_for_a_person(&mut visitor, 1).await;
        let mut chat = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
        chat.send(&ChatUp::Take).await;
        if over {
            chat.send(&ChatUp::End { reason: EndReason::Answered }).await;
        }
        let wanted = if over { Stage::Closed } else { Stage::With };
        chat.chat("that it stands so", |heard| {
            matches!(heard, Heard::Chat(ChatDown::Stands { stage, .. }) if stage == wanted).then_some(())
        })
        .await;
        chats.push((chat, visitor));
    }
    let hoa = Desk::signed_in(&edge, "hoa");
    let mut other = hoa.chat(&edge, "ward", chats[0].1.boot.conversation).await.unwrap();
    // The board has heard of it when it stands in the trail.
    let trail = || String::from_utf8_lossy(&edge.hoi(&["audit", "ward"]).stdout).into_owned();
    wait_for("the trail", || trail().contains("close answered"));
    let shut = edge.staff(&["disable", "lan"]);
    assert!(shut.status.success(), "{shut:?}");
    assert_eq!(lan.line("/desk/s/ward/board", &edge.origin).await.err(), Some(401));
    assert!(board.closes().await, "an open desk is closed");
    for (chat, _) in &mut chats {
        assert!(chat.closes().await, "and so is what it has open");
    }
    other.send(&ChatUp::Take).await;
    other
        .chat("that others go on", |heard| {
            matches!(heard, Heard::Chat(ChatDown::Stands { with: Some((name, _)), .. }) if name == "hoa")
                .then_some(())
        })
        .await;
}

#[tokio::test]
async fn whoever_signs_out_everywhere_is_out_everywhere() {
    let edge = edge();
    let (mut here, there) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "lan"));
    let mut board = there.board(&edge, "ward").await.unwrap();
    board.board("a welcome", |down| matches!(down, BoardDown::Welcome { .. }).then_some(())).await;
    here.post("/desk/sign-out", &[("do", "everywhere"), ("lang", "en")]);
    assert!(board.closes().await, "another desk of the account is closed");
    assert_eq!(there.line("/desk/s/ward/board", &edge.origin).await.err(), Some(401));
}

/// What lan has open: the board, and one conversation, both silent.
async fn at_work(edge: &Edge, desk: &Desk, visitor: &Visitor) -> (Line, Line) {
    let mut board = desk.board(edge, "ward").await.unwrap();
    board.board("a welcome", |down| matches!(down, BoardDown::Welcome { .. }).then_some(())).await;
    let mut chat = desk.chat(edge, "ward", visitor.boot.conversation).await.unwrap();
    chat.chat("a welcome", |heard| matches!(heard, Heard::Down(Down::Welcome { .. })).then_some(())).await;
    (board, chat)
}

/// Has the visitor say something, and waits until `chat` hears it.
async fn is_heard(visitor: &mut Visitor, id: u128, chat: &mut Line) {
    visitor.send(&say(id, "một lời nữa")).await;
    chat.chat("what was said", |heard| {
        matches!(heard, Heard::Down(Down::Message(message)) if message.id == Some(Id(id))).then_some(())
    })
    .await;
}

#[tokio::test]
async fn whoever_signs_out_hears_nothing_more() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    asks_for_a_person(&mut visitor, 1).await;
    let (mut here, there) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "lan"));
    let (mut board, mut chat) = at_work(&edge, &here, &visitor).await;
    let (_board, mut other) = at_work(&edge, &there, &visitor).await;
    here.post("/desk/sign-out", &[("lang", "en")]);
    assert!(board.closes().await && chat.closes().await, "a silent desk stays open");
    is_heard(&mut visitor, 2, &mut other).await;
}

#[tokio::test]
async fn a_new_password_ends_what_was_open_before() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    asks_for_a_person(&mut visitor, 1).await;
    let (mut here, there) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "lan"));
    let (mut board, mut chat) = at_work(&edge, &there, &visitor).await;
    let new = "chim sẻ đậu cành đa";
    let form = [("do", "change"), ("lang", "en"), ("current", tests::PASSWORD), ("new", new), ("again", new)];
    assert_eq!(here.post("/desk/account", &form).status, 200);
    assert!(board.closes().await && chat.closes().await, "a silent desk stays open");
    let (_board, mut chat) = at_work(&edge, &here, &visitor).await;
    is_heard(&mut visitor, 2, &mut chat).await;
}

#[tokio::test]
async fn nothing_is_sent_to_a_session_that_has_ended_by_itself() {
    let edge = edge();
    let mut visitor = Visitor::open(&edge).await;
    asks_for_a_person(&mut visitor, 1).await;
    let (lan, minh) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "minh"));
    let (mut board, mut chat) = at_work(&edge, &lan, &visitor).await;
    let (_board, mut other) = at_work(&edge, &minh, &visitor).await;
    // Nobody tells anybody: its time is over.
    let staff = fs::read_dir(edge.data().join("hoi-staff")).unwrap().map(|file| file.unwrap().path());
    let mut files = staff.filter(|path| path.extension().is_some_and(|ending| ending == "sqlite"));
    let file = files.find(|path| !path.ends_with("metadata.sqlite")).unwrap();
    let ends = "DELETE FROM session WHERE account = 'lan'";
    let ended = std::process::Command::new("sqlite3").arg(file).arg(ends).status();
    assert!(ended.expect("sqlite3 is there (apt install sqlite3)").success());
    // Longer than a session is believed without being asked for.
    tokio::time::sleep(std::time::Duration::from_secs(16)).await;
    is_heard(&mut visitor, 2, &mut other).await;
    let heard = chat.heard().await.concat();
    assert!(!heard.contains("một lời nữa"), "it was sent before the session was asked for: {heard}");
    assert!(board.closes().await, "the board says what has changed to a session that is over");
}
