//! The JSON read and written by hand against the derived one, which is what edges speak.

use proptest::prelude::*;
use serde::de::DeserializeOwned;
use std::{fmt::Debug, fs, path::Path};
use wire::json::{Read, push_quoted, read_json, write_up};
use wire::*;

/// Whether both readers make the same of `text`. Where the derived one refuses, the other may be more lenient.
fn agree<T: Read + DeserializeOwned + PartialEq + Debug>(text: &str) {
    if let Ok(derived) = serde_json::from_str::<T>(text) {
        assert_eq!(read_json::<T>(text), Some(derived), "read otherwise: {text}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zà-ỹ ]{0,9}", any::<String>(), Just("\"\\/\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}😀".to_owned())]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(text(), 0..3)
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn id() -> impl Strategy<Value = Id> {
    any::<u128>().prop_map(Id)
}

fn run() -> impl Strategy<Value = Run> {
    (text(), any::<[bool; 3]>(), maybe_text()).prop_map(|(text, [strong, em, code], href)| Run {
        text,
        strong,
        em,
        code,
        href,
    })
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    prop::collection::vec(run(), 0..3)
}

fn texts_of_runs() -> impl Strategy<Value = Vec<Vec<Run>>> {
    prop::collection::vec(runs(), 0..3)
}

fn link() -> impl Strategy<Value = Link> {
    (text(), text()).prop_map(|(label, href)| Link { label, href })
}

fn button() -> impl Strategy<Value = Button> {
    (text(), maybe_text(), maybe_text()).prop_map(|(label, pick, href)| Button { label, pick, href })
}

fn contact() -> impl Strategy<Value = Contact> {
    (prop::collection::vec(link(), 0..2), maybe_text(), maybe_text(), texts())
        .prop_map(|(phones, email, address, hours)| Contact { phones, email, address, hours })
}

fn procedure() -> impl Strategy<Value = Procedure> {
    (text(), texts(), texts(), [text(), text(), text()], texts(), prop::option::of(link())).prop_map(
        |(title, papers, steps, [fee, time, place], legal, link)| Procedure {
            title,
            papers,
            steps,
            fee,
            time,
            place,
            legal,
            link,
            form: String::new(),
        },
    )
}

fn input() -> impl Strategy<Value = Input> {
    let kind = prop::sample::select(vec![InputKind::Date, InputKind::Choice, InputKind::Place]);
    let choice = (text(), text()).prop_map(|(key, label)| Choice { key, label });
    (text(), text(), kind, maybe_text(), maybe_text(), prop::collection::vec(choice, 0..3))
        .prop_map(|(name, label, kind, min, max, options)| Input { name, label, kind, min, max, options })
}

fn file() -> impl Strategy<Value = File> {
    (prop::option::of(id()), text(), any::<u64>(), text(), maybe_text())
        .prop_map(|(id, name, size, kind, href)| File { id, name, size, kind, href })
}

fn given() -> impl Strategy<Value = Option<Given>> {
    prop::option::of((text(), text()).prop_map(|(name, value)| Given { name, value }))
}

fn block() -> impl Strategy<Value = Block> {
    leaf().prop_recursive(2, 8, 3, |inner| {
        let contents = prop::collection::vec(prop::collection::vec(inner, 0..3), 0..3);
        (any::<bool>(), prop::option::of(any::<u32>()), texts_of_runs(), contents)
            .prop_map(|(ordered, start, items, contents)| Block::List { ordered, start, items, contents })
    })
}

fn leaf() -> impl Strategy<Value = Block> {
    prop_oneof![
        runs().prop_map(|runs| Block::Text { runs }),
        runs().prop_map(|runs| Block::Heading { runs }),
        (any::<bool>(), texts_of_runs()).prop_map(|(ordered, items)| Block::List {
            ordered,
            start: None,
            items,
            contents: Vec::new()
        }),
        (texts_of_runs(), prop::collection::vec(texts_of_runs(), 0..3))
            .prop_map(|(head, rows)| Block::Table { head, rows }),
        (text(), text()).prop_map(|(src, alt)| Block::Image { src, alt }),
        runs().prop_map(|runs| Block::Notice { runs }),
        link().prop_map(Block::Source),
        (text(), runs(), prop::option::of(link())).prop_map(|(title, runs, link)| Block::Card(Card {
            title,
            runs,
            link
        })),
        procedure().prop_map(Block::Procedure),
        contact().prop_map(Block::Contact),
        input().prop_map(Block::Input),
        file().prop_map(Block::File),
    ]
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    prop::collection::vec(block(), 0..3)
}

fn kind() -> impl Strategy<Value = AuthorKind> {
    prop::sample::select(vec![
        AuthorKind::Visitor,
        AuthorKind::Assistant,
        AuthorKind::Agency,
        AuthorKind::Staff,
    ])
}

fn author() -> impl Strategy<Value = Author> {
    (kind(), maybe_text()).prop_map(|(kind, name)| Author { kind, name })
}

fn message() -> impl Strategy<Value = Message> {
    let state = prop::sample::select(vec![State::Done, State::Growing, State::Cut]);
    let body = (blocks(), prop::collection::vec(button(), 0..3), maybe_text(), given());
    (any::<u64>(), prop::option::of(id()), author(), any::<u64>(), text(), state, any::<u32>(), body)
        .prop_map(|(seq, id, author, at, lang, state, rev, (blocks, buttons, topic, value))| Message {
            later: seq % 2 == 1,
            seq,
            id,
            author,
            at,
            lang,
            state,
            rev,
            topic,
            value,
            body: Body { blocks, buttons },
        })
}

const FAULTS: &[Fault] = &[
    Fault::Malformed,
    Fault::TooLong,
    Fault::TooFast,
    Fault::Ticket,
    Fault::Origin,
    Fault::NoSite,
    Fault::IdReused,
    Fault::Version,
    Fault::Identity,
    Fault::Stranger,
    Fault::FileKind,
    Fault::FilesFull,
    Fault::Internal,
];

fn down() -> impl Strategy<Value = Down> {
    prop_oneof![
        (id(), any::<u64>(), maybe_text()).prop_map(|(epoch, last, ticket)| Down::Welcome {
            epoch,
            last,
            ticket
        }),
        (id(), any::<u64>(), any::<u64>()).prop_map(|(id, seq, at)| Down::Ack { id, seq, at }),
        message().prop_map(Down::Message),
        (any::<u64>(), any::<u32>(), any::<usize>(), blocks())
            .prop_map(|(seq, rev, keep, blocks)| Down::Grow { seq, rev, keep, blocks }),
        (author(), maybe_text()).prop_map(|(author, text)| Down::Working { author, text }),
        Just(Down::Quiet),
        any::<u64>().prop_map(|seq| Down::Read { seq }),
        (prop::option::of(id()), prop::sample::select(FAULTS), prop::option::of(any::<u64>()))
            .prop_map(|(id, code, retry_ms)| Down::Fault { id, code, retry_ms }),
        maybe_text().prop_map(|ticket| Down::Identified { ticket }),
        (prop::collection::vec(any::<u64>(), 0..3), prop::collection::vec(any::<u64>(), 0..3))
            .prop_map(|(good, bad)| Down::Rated(Rated { good, bad })),
        Just(Down::Survey),
        Just(Down::Surveyed),
        Just(Down::Going),
        Just(Down::Erased),
    ]
}

fn look() -> impl Strategy<Value = Look> {
    let launcher = prop::sample::select(vec![Launcher::Bubble, Launcher::Bar, Launcher::None]);
    let scheme = prop::sample::select(vec![Scheme::Auto, Scheme::Light, Scheme::Dark]);
    let position = prop::sample::select(vec![Position::End, Position::Start]);
    let drawn = (scheme, launcher, position, any::<bool>(), prop::option::of(run()), maybe_text());
    let said = (texts(), runs(), prop::collection::vec(button(), 0..3), contact(), any::<u64>());
    (prop::array::uniform12(text()), said, drawn).prop_map(|(texts, said, drawn)| {
        let [
            site,
            lang,
            name,
            assistant,
            launcher_label,
            _,
            light,
            on_light,
            dark,
            on_dark,
            text_light,
            text_dark,
        ] = texts;
        let (languages, greeting, start, contact, version) = said;
        let (scheme, launcher, position, credit, privacy, logo) = drawn;
        let accent = Accent { light, on_light, dark, on_dark, text_light, text_dark };
        Look {
            site,
            version,
            lang,
            notice: greeting.first().cloned(),
            pictures: languages.clone(),
            interface: languages.iter().rev().cloned().collect(),
            languages,
            name,
            assistant,
            launcher_label,
            greeting,
            start,
            contact,
            off: version % 2 == 1,
            thumbs: version % 3 == 1,
            survey: version % 5 == 1,
            files: logo.clone().map(|allow| FileRules { allow: vec![allow], max_bytes: version }),
            privacy,
            care: Care { warn: Kinds(version as u32), refuse: Kinds(version as u32 / 7) },
            logo,
            accent,
            scheme,
            launcher,
            position,
            credit,
        }
    })
}

fn boot() -> impl Strategy<Value = Boot> {
    (any::<u32>(), look(), texts(), id(), text(), prop::collection::vec(message(), 0..2)).prop_map(
        |(v, look, words, conversation, ticket, messages)| Boot {
            v,
            look,
            words: Words(words),
            conversation,
            ticket,
            messages,
        },
    )
}

fn reason() -> impl Strategy<Value = Reason> {
    prop::sample::select(vec![Reason::Wrong, Reason::Unclear, Reason::Missing, Reason::Other])
}

fn up() -> impl Strategy<Value = Up> {
    prop_oneof![
        (any::<u32>(), text(), prop::option::of(id()), any::<u64>(), text())
            .prop_map(|(v, ticket, epoch, after, lang)| Up::Hello { v, ticket, epoch, after, lang }),
        (id(), text(), text(), maybe_text(), given(), prop::collection::vec(id(), 0..3))
            .prop_map(|(id, text, lang, pick, value, files)| Up::Say { id, text, lang, pick, value, files }),
        any::<u64>().prop_map(|seq| Up::Stop { seq }),
        (any::<u64>(), prop::option::of(any::<bool>()), prop::option::of(reason()), text())
            .prop_map(|(seq, good, reason, text)| Up::Rate { seq, good, reason, text }),
        (any::<u8>(), text()).prop_map(|(score, text)| Up::Survey { score, text }),
        any::<bool>().prop_map(|on| Up::Typing { on }),
        any::<u64>().prop_map(|seq| Up::Read { seq }),
        text().prop_map(|token| Up::Identify { token }),
        prop::collection::btree_map(text(), text(), 0..3)
            .prop_map(|values| Up::Context { values: values.into_iter().collect() }),
    ]
}

/// Text as a bad line might leave it: `place` is cut out, doubled or replaced.
fn damaged(text: &str, place: usize, how: u8, by: char) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let place = place % letters.len().max(1);
    match how % 4 {
        0 => drop(letters.remove(place)),
        1 => letters.insert(place, by),
        2 => drop(letters.splice(place..=place, [by])),
        _ => letters.truncate(place),
    }
    letters.into_iter().collect()
}

proptest! {
    #[test]
    fn what_comes_is_read_the_same(down in down(), boot in boot()) {
        agree::<Down>(&serde_json::to_string(&down).unwrap());
        agree::<Boot>(&serde_json::to_string_pretty(&boot).unwrap());
        prop_assert_eq!(read_json(&serde_json::to_string(&down).unwrap()), Some(down));
        prop_assert_eq!(read_json(&serde_json::to_string(&boot).unwrap()), Some(boot));
    }

    #[test]
    fn what_goes_is_written_the_same(up in up()) {
        prop_assert_eq!(write_up(&up), serde_json::to_string(&up).ok());
    }

    #[test]
    fn damage_is_noticed_and_never_fatal(
        down in down(), boot in boot(), place in any::<usize>(), how in any::<u8>(),
        by in prop_oneof![any::<char>(), prop::sample::select(vec!['"', '\\', '{', '[', ',', ':', '0', '-', 'u', 'n'])],
    ) {
        agree::<Down>(&damaged(&serde_json::to_string(&down).unwrap(), place, how, by));
        agree::<Boot>(&damaged(&serde_json::to_string(&boot).unwrap(), place, how, by));
    }

    #[test]
    fn any_text_is_survived(text in any::<String>(), json in r#"[\[\]{}",:\\u0-9a-fnt. -]{0,40}"#) {
        agree::<Down>(&text);
        agree::<Down>(&json);
        agree::<Words>(&json);
    }

    #[test]
    fn texts_and_ids_are_written_the_same(text in text(), id in id()) {
        let mut out = String::new();
        push_quoted(&mut out, &text);
        prop_assert_eq!(&out, &serde_json::to_string(&text).unwrap());
        agree::<String>(&out);
        prop_assert_eq!(id.to_string(), format!("{:032x}", id.0));
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }
}

#[test]
fn every_golden_file_is_read_and_written_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/wire");
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        if path.file_name().unwrap().to_string_lossy().starts_with("down-") {
            let derived: Down = serde_json::from_str(&text).unwrap();
            assert_eq!(
                read_json::<Down>(&text),
                Some(derived),
                "{}: is it in wire/src/json?",
                path.display()
            );
        } else {
            let up: Up = serde_json::from_str(&text).unwrap();
            assert_eq!(write_up(&up), serde_json::to_string(&up).ok(), "{}", path.display());
        }
        files += 1;
    }
    assert!(files > 15, "the golden files have moved");
}

#[test]
fn every_variant_is_made_up_here() {
    // No wildcard arms: a new variant does not compile until it is named here. Then give it a line in `down()` or
    // `block()`, and in wire/src/json/records.rs.
    fn _down(down: Down) {
        match down {
            Down::Welcome { .. } | Down::Ack { .. } | Down::Message(_) | Down::Grow { .. } => {}
            Down::Working { .. } | Down::Fault { .. } | Down::Identified { .. } => {}
            Down::Rated(_)
            | Down::Survey
            | Down::Surveyed
            | Down::Quiet
            | Down::Read { .. }
            | Down::Going
            | Down::Erased
            | Down::Unknown => {}
        }
    }
    fn _block(block: Block) {
        match block {
            Block::Text { .. } | Block::Heading { .. } | Block::List { .. } | Block::Card(_) => {}
            Block::Table { .. } | Block::Image { .. } | Block::Notice { .. } | Block::Source(_) => {}
            Block::Procedure(_) | Block::Contact(_) | Block::Input(_) | Block::File(_) | Block::Unknown => {}
        }
    }
}

#[test]
fn what_is_new_is_skipped_or_unknown() {
    for text in [
        r#"{"t":"confetti","colours":["red",-1,2.5e3,null,{"a":[]}]}"#,
        r#"{"at":3,"seq":5,"new":[[{}]],"id":"00000000000000000000000000000001","t":"ack"}"#,
        r#"{"t":"fault","code":"solar_flare","id":null}"#,
        r#"{"t":"working","author":{"kind":"ghost"}}"#,
        r#"{"t":"grow","seq":1,"rev":1,"keep":0,"blocks":[{"t":"hologram","data":{}}]}"#,
        r#" { "t" : "going" } "#,
        r#"{"t":"go\u0069ng","face":"\ud83d\ude00"}"#,
    ] {
        assert!(serde_json::from_str::<Down>(text).is_ok(), "not a case: {text}");
        agree::<Down>(text);
    }
    assert_eq!(write_up(&Up::Unknown), None);
}

#[test]
fn what_does_not_fit_is_refused() {
    let deep = format!(r#"{{"t":"going","x":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    for text in [
        "",
        "{",
        "null",
        r#"{"t":"going"} {}"#,
        r#"{"t":7}"#,
        r#"{"t":"ack","id":"00000000000000000000000000000001","seq":5}"#,
        r#"{"t":"ack","id":"00000000000000000000000000000001","seq":-5,"at":0}"#,
        r#"{"t":"ack","id":"00000000000000000000000000000001","seq":18446744073709551616,"at":0}"#,
        r#"{"t":"ack","id":"0000000000000000000000000000000G","seq":5,"at":0}"#,
        r#"{"t":"grow","seq":1,"rev":4294967296,"keep":0,"blocks":[]}"#,
        r#"{"t":"going","x":"\ud83d"}"#,
        "{\"t\":\"go\ning\"}",
        &deep,
    ] {
        assert!(serde_json::from_str::<Down>(text).is_err(), "serde reads it: {text:.60}");
        assert_eq!(read_json::<Down>(text), None, "{text:.60}");
    }
}
