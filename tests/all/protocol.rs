//! The JSON on the wire. Every variant has a file in `fixtures/wire`: a widget loaded last week relies on each.

use std::{collections::BTreeSet, fs};
use tests::root;
use wire::*;

fn ups() -> Vec<(&'static str, Up)> {
    let hello = |epoch, after| Up::Hello { v: 1, ticket: "t1.…".into(), epoch, after, lang: "vi".into() };
    let say = |pick| Up::Say {
        id: Id(0xc0ffee),
        text: "Khai sinh ở đâu?".into(),
        lang: "vi".into(),
        pick,
        value: None,
        files: vec![],
    };
    let given = Up::Say {
        id: Id(0xc0ffee),
        text: "31 tháng 1".into(),
        lang: "vi".into(),
        pick: None,
        value: Some(Given { name: "ngay".into(), value: "2026-01-31".into() }),
        files: vec![Id(3)],
    };
    let rate = |good, reason, text: &str| Up::Rate { seq: 2, good, reason, text: text.into() };
    vec![
        ("up-hello-first", hello(None, 0)),
        ("up-hello-again", hello(Some(Id(7)), 12)),
        ("up-say", say(None)),
        ("up-say-picked", say(Some("khai-sinh".into()))),
        ("up-say-given", given),
        ("up-rate-good", rate(Some(true), None, "")),
        ("up-rate-bad", rate(Some(false), Some(Reason::Wrong), "Giờ khác rồi")),
        ("up-rate-bad-unclear", rate(Some(false), Some(Reason::Unclear), "")),
        ("up-rate-bad-missing", rate(Some(false), Some(Reason::Missing), "")),
        ("up-rate-bad-other", rate(Some(false), Some(Reason::Other), "")),
        ("up-rate-back", rate(None, None, "")),
        ("up-typing", Up::Typing { on: true }),
        ("up-read", Up::Read { seq: 6 }),
        ("up-survey", Up::Survey { score: 4, text: "Nhanh".into() }),
        ("up-stop", Up::Stop { seq: 9 }),
        ("up-identify", Up::Identify { token: "eyJ….….…".into() }),
        ("up-context", Up::Context { values: [("page".into(), "/lệ-phí".into())].into() }),
    ]
}

fn downs() -> Vec<(&'static str, Down)> {
    let staff = Author { kind: AuthorKind::Staff, name: Some("Chị Lan".into()) };
    let assistant = Author { kind: AuthorKind::Assistant, name: None };
    let fault = |code| Down::Fault { id: Some(Id(1)), code, retry_ms: None };
    vec![
        ("down-welcome", Down::Welcome { epoch: Id(7), last: 4, ticket: None }),
        ("down-welcome-ticket", Down::Welcome { epoch: Id(7), last: 4, ticket: Some("t1.…".into()) }),
        ("down-ack", Down::Ack { id: Id(1), seq: 5, at: 1_790_000_000_000 }),
        ("down-message", Down::Message(message(every_block()))),
        ("down-message-nested", Down::Message(message(vec![nested_list()]))),
        ("down-grow", Down::Grow { seq: 6, rev: 2, keep: 1, blocks: vec![paragraph("và")] }),
        ("down-working", Down::Working { author: staff, text: None }),
        ("down-identified", Down::Identified { ticket: None }),
        ("down-identified-ticket", Down::Identified { ticket: Some("t2.…".into()) }),
        ("down-fault-identity", fault(Fault::Identity)),
        ("down-fault-stranger", fault(Fault::Stranger)),
        ("down-fault-malformed", fault(Fault::Malformed)),
        ("down-fault-too-long", fault(Fault::TooLong)),
        ("down-fault-too-fast", Down::Fault { id: Some(Id(1)), code: Fault::TooFast, retry_ms: Some(4000) }),
        ("down-fault-ticket", fault(Fault::Ticket)),
        ("down-fault-origin", fault(Fault::Origin)),
        ("down-fault-no-site", fault(Fault::NoSite)),
        ("down-fault-id-reused", fault(Fault::IdReused)),
        ("down-fault-version", fault(Fault::Version)),
        ("down-fault-personal", fault(Fault::Personal)),
        ("down-fault-file-kind", fault(Fault::FileKind)),
        ("down-fault-files-full", fault(Fault::FilesFull)),
        ("down-rated", Down::Rated(Rated { good: vec![2], bad: vec![4] })),
        ("down-working-text", Down::Working { author: assistant, text: Some("Thứ hai".into()) }),
        ("down-quiet", Down::Quiet),
        ("down-read", Down::Read { seq: 5 }),
        ("down-survey", Down::Survey),
        ("down-surveyed", Down::Surveyed),
        ("down-fault-internal", fault(Fault::Internal)),
        ("down-going", Down::Going),
        ("down-erased", Down::Erased),
        ("down-message-later", Down::Message(Message { later: true, ..message(vec![paragraph("Xin chờ")]) })),
    ]
}

fn paragraph(text: &str) -> Block {
    Block::Text { runs: vec![Run { text: text.into(), ..Run::default() }] }
}

/// A list from 5 with a list in an item; what a client that knows of one level shows is in `items`.
fn nested_list() -> Block {
    let run = |text: &str| vec![Run { text: text.into(), ..Run::default() }];
    let inner = Block::List { ordered: false, start: None, items: vec![run("Tờ khai")], contents: vec![] };
    Block::List {
        ordered: true,
        start: Some(5),
        items: vec![[run("Chuẩn bị:"), run("\n- Tờ khai")].concat(), run("Nộp")],
        contents: vec![vec![paragraph("Chuẩn bị:"), inner], vec![]],
    }
}

fn every_block() -> Vec<Block> {
    let link = Link { label: "Nộp trực tuyến".into(), href: "https://dichvucong.gov.vn".into() };
    let run =
        Run { text: "Miễn phí".into(), strong: true, em: true, code: true, href: Some("tel:1022".into()) };
    vec![
        Block::Text { runs: vec![run.clone()] },
        Block::Heading { runs: vec![run.clone()] },
        Block::List { ordered: true, start: None, items: vec![vec![run.clone()]], contents: vec![] },
        Block::Table { head: vec![vec![run.clone()]], rows: vec![vec![vec![run.clone()]]] },
        Block::Image { src: "https://www.benxuan.example/so-do.png".into(), alt: "Sơ đồ".into() },
        Block::Notice { runs: vec![run.clone()] },
        Block::Source(link.clone()),
        Block::Card(Card { title: "Thẻ".into(), runs: vec![run], link: Some(link.clone()) }),
        Block::Procedure(Procedure {
            title: "Đăng ký khai sinh".into(),
            papers: vec!["Giấy chứng sinh".into()],
            steps: vec!["Nộp hồ sơ".into()],
            fee: "Miễn phí".into(),
            time: "Trong ngày".into(),
            place: "UBND phường".into(),
            legal: vec!["Luật Hộ tịch 2014".into()],
            link: Some(link.clone()),
            form: "khai-sinh".into(),
        }),
        Block::Input(Input {
            name: "buoi".into(),
            label: "Buổi nào?".into(),
            kind: InputKind::Choice,
            min: None,
            max: None,
            options: vec![Choice { key: "sang".into(), label: "Sáng".into() }],
        }),
        Block::Input(Input {
            name: "ngay".into(),
            label: "Ngày nào?".into(),
            kind: InputKind::Date,
            min: Some("2026-01-01".into()),
            max: Some("2026-12-31".into()),
            options: vec![],
        }),
        Block::Input(Input {
            name: "noi".into(),
            label: "Ở đâu?".into(),
            kind: InputKind::Place,
            min: None,
            max: None,
            options: vec![],
        }),
        Block::File(File {
            id: Some(Id(3)),
            name: "giấy.pdf".into(),
            size: 1024,
            kind: "application/pdf".into(),
            href: Some("https://benxuan.example/giay.pdf".into()),
        }),
        Block::Contact(Contact {
            phones: vec![link],
            email: Some("a@b.vn".into()),
            address: Some("1 Trần Phú".into()),
            hours: vec!["7:30–11:30".into()],
        }),
    ]
}

fn message(blocks: Vec<Block>) -> Message {
    let button = Button { label: "Lệ phí".into(), pick: Some("le-phi".into()), href: None };
    Message {
        seq: 5,
        id: Some(Id(1)),
        author: Author { kind: AuthorKind::Assistant, name: Some("Trợ lý".into()) },
        at: 1_790_000_000_000,
        lang: "vi".into(),
        state: State::Growing,
        rev: 3,
        topic: Some("khai-sinh".into()),
        value: Some(Given { name: "ngay".into(), value: "2026-01-31".into() }),
        later: false,
        body: Body { blocks, buttons: vec![button] },
    }
}

/// Compares with the golden file; `HOI_BLESS=1` writes it, to be looked at in review.
fn check<T>(name: &str, value: &T)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let path = root().join(format!("tests/fixtures/wire/{name}.json"));
    let json = serde_json::to_string_pretty(value).unwrap() + "\n";
    if std::env::var_os("HOI_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &json).unwrap();
    }
    let golden = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{name} has no golden file: run with HOI_BLESS=1"));
    assert_eq!(json, golden, "{name} is written otherwise than before: old widgets would not understand it");
    assert_eq!(&serde_json::from_str::<T>(&golden).unwrap(), value, "{name} is not read back as it was");
}

#[test]
fn golden_json_of_every_variant() {
    let (ups, downs) = (ups(), downs());
    ups.iter().for_each(|(name, up)| check(name, up));
    downs.iter().for_each(|(name, down)| check(name, down));
    let named: BTreeSet<String> = ups
        .iter()
        .map(|(name, _)| *name)
        .chain(downs.iter().map(|(name, _)| *name))
        .map(String::from)
        .collect();
    for entry in fs::read_dir(root().join("tests/fixtures/wire")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().replace(".json", "");
        assert!(named.contains(&name), "fixtures/wire/{name}.json belongs to no variant any more");
    }
}

#[test]
fn every_variant_is_in_the_list() {
    // No wildcard arms: a new variant does not compile until it is named here, and then it must be in the list.
    let up = |up: &Up| match up {
        Up::Hello { .. } => 0,
        Up::Say { .. } => 1,
        Up::Stop { .. } => 2,
        Up::Identify { .. } => 3,
        Up::Context { .. } => 4,
        Up::Rate { .. } => 5,
        Up::Survey { .. } => 6,
        Up::Typing { .. } => 7,
        Up::Read { .. } => 8,
        Up::Unknown => 9,
    };
    let down = |down: &Down| match down {
        Down::Welcome { .. } => 0,
        Down::Ack { .. } => 1,
        Down::Message(_) => 2,
        Down::Grow { .. } => 3,
        Down::Working { .. } => 4,
        Down::Fault { .. } => 5,
        Down::Going => 6,
        Down::Identified { .. } => 7,
        Down::Rated(_) => 8,
        Down::Surveyed => 9,
        Down::Quiet => 10,
        Down::Read { .. } => 11,
        Down::Unknown => 12,
        Down::Survey => 13,
        Down::Erased => 14,
    };
    let seen: BTreeSet<i32> = ups().iter().map(|(_, value)| up(value)).collect();
    assert_eq!(seen.len(), 9, "ups() lacks a variant");
    let seen: BTreeSet<i32> = downs().iter().map(|(_, value)| down(value)).collect();
    assert_eq!(seen.len(), 14, "downs() lacks a variant");
}

#[test]
fn what_is_new_arrives_as_unknown() {
    let up: Up = serde_json::from_str(r#"{"t":"dance","steps":3}"#).unwrap();
    assert_eq!(up, Up::Unknown);
    let down: Down = serde_json::from_str(r#"{"t":"confetti","colours":["red"]}"#).unwrap();
    assert_eq!(down, Down::Unknown);
    let block: Block = serde_json::from_str(r#"{"t":"hologram","data":{}}"#).unwrap();
    assert_eq!(block, Block::Unknown);
    let fault: Fault = serde_json::from_str(r#""solar_flare""#).unwrap();
    assert_eq!(fault, Fault::Unknown);
    let kind: AuthorKind = serde_json::from_str(r#""ghost""#).unwrap();
    assert_eq!(kind, AuthorKind::Unknown);
    // Known variants with new fields are read without them.
    let stop: Up = serde_json::from_str(r#"{"t":"stop","seq":4,"why":"bored"}"#).unwrap();
    assert_eq!(stop, Up::Stop { seq: 4 });
}

#[test]
fn unknown_is_never_sent() {
    assert!(serde_json::to_string(&Up::Unknown).is_err());
    assert!(serde_json::to_string(&Down::Unknown).is_err());
    assert!(serde_json::to_string(&Block::Unknown).is_err());
}
