use super::{
    export::{ExportRecipient, VERSION, export_conversation},
    *,
};
use crate::{
    application::case::{Case, CaseState},
    conversation::{MemoryStore, Owner, Pending, Rating, RecordKey, Survey, put_case},
    crypto::encryption::Lock,
    files::Stored,
    identity::Visitor,
};
use wire::{Author, AuthorKind, Body, Message, State};

const SECRET: &[u8] = b"a secret of more than thirty-two characters";

fn message(seq: u64, text: &str) -> Message {
    Message {
        seq,
        rev: 0,
        id: Some(Id(u128::from(seq))),
        at: 5,
        author: Author { kind: AuthorKind::Visitor, name: None },
        state: State::Done,
        lang: "vi".into(),
        body: Body { blocks: crate::rich::parse_markdown(text), buttons: Vec::new() },
        topic: None,
        value: None,
        later: false,
    }
}

fn case(number: &str, state: CaseState, seq: u64) -> Case {
    Case {
        number: number.into(),
        procedure: "khai-sinh".into(),
        title: "Đăng ký khai sinh".into(),
        lang: "vi".into(),
        seq,
        filed_at: 7,
        promised: None,
        state,
        changed_at: 7,
        note: String::new(),
        wants: None,
        added_at: None,
        appointment: None,
        files: Vec::new(),
        links: Vec::new(),
        sealed: "sealed".into(),
    }
}

fn stored(id: u128, owner: Option<&str>) -> Stored {
    Stored {
        id: Id(id),
        name: "a.pdf".into(),
        size: 3,
        kind: "application/pdf".into(),
        sha256: "00".into(),
        at: 6,
        url: "https://hoi.example/f".into(),
        seq: None,
        owner: owner.map(str::to_owned),
        by: None,
    }
}

/// A conversation with everything in it: one case is with the agency, another one on its way.
fn whole() -> MemoryStore {
    let mut store = MemoryStore::new(Id(1));
    for (seq, text) in [(1, "em hỏi về việc riêng"), (2, "trả lời"), (3, "Đã nộp"), (4, "Đã nộp")]
    {
        store.put_message(&message(seq, text)).unwrap();
    }
    put_case(&mut store, &case("K7QX3-M9DA0", CaseState::Received, 3)).unwrap();
    put_case(&mut store, &case("AAAAA-AAAAA", CaseState::Sending, 4)).unwrap();
    store
        .put_pending(&Pending { case: Some("AAAAA-AAAAA".into()), ..Pending::new(4, 7, Vec::new()) })
        .unwrap();
    store.put_pending(&Pending::new(1, 7, Vec::new())).unwrap();
    for file in [stored(1, None), stored(2, Some("case:AAAAA-AAAAA")), stored(3, Some("draft:khai-sinh"))] {
        store.put_file(&file).unwrap();
    }
    let visitor = Visitor { id: "u-1".into(), name: Some("Hoa".into()) };
    store.set_owner(&Owner { visitor, generation: 1 }).unwrap();
    store.set_context(&[("page".to_owned(), "/thue".to_owned())].into()).unwrap();
    let lock = Lock::for_site(SECRET, "ward");
    store
        .set_record(
            &RecordKey::FormDraft("khai-sinh"),
            Some(&lock.seal("draft:khai-sinh", r#"{"answers":{"ten":"Hoa"}}"#, [7; 24])),
        )
        .unwrap();
    store.set_record(&RecordKey::Note(Id(1)), Some(r#"{"text":"khó tính"}"#)).unwrap();
    store
        .put_rating(&Rating {
            seq: 2,
            good: Some(false),
            reason: None,
            text: "sai".into(),
            topic: "khai-sinh".into(),
            lang: "vi".into(),
            at: 8,
        })
        .unwrap();
    store.set_survey(&Survey { score: 5, text: "tốt".into(), lang: "vi".into(), at: 9 }).unwrap();
    store
}

#[test]
fn what_was_said_goes_and_cases_stay_as_far_as_they_are_needed() {
    let before = whole();
    let kept = RetainedData::from_store(&before).unwrap();
    let mut store = MemoryStore::new(Id(2));
    kept.restore_into(&mut store).unwrap();
    assert_eq!(
        store.messages.iter().map(|message| message.seq).collect::<Vec<_>>(),
        [4],
        "the line on its way"
    );
    let sealed =
        |number: &str| crate::conversation::find_case(&store, number).unwrap().map(|case| case.sealed);
    assert_eq!(sealed("K7QX3-M9DA0").as_deref(), Some(""), "the agency has it");
    assert_eq!(sealed("AAAAA-AAAAA").as_deref(), Some("sealed"), "it has still to be brought");
    assert_eq!(store.outbox.len(), 1);
    assert_eq!(store.files.keys().copied().collect::<Vec<_>>(), [Id(2)]);
    assert_eq!(store.records.keys().filter(|name| !name.starts_with("case:")).count(), 0);
    assert!(
        store.owner.is_none()
            && store.context.is_empty()
            && store.ratings.is_empty()
            && store.survey.is_none()
    );

    let all = count_removed(&before, &RetainedData::default()).unwrap();
    assert_eq!((all.cases_kept.len(), all.cases_erased), (0, 2), "--with-cases");
    let removed = count_removed(&before, &kept).unwrap();
    assert_eq!((removed.messages, removed.files, removed.cases_erased), (3, 2, 0));
    assert_eq!(removed.cases_kept, ["AAAAA-AAAAA", "K7QX3-M9DA0"]);
}

#[test]
fn the_trail_names_nobody() {
    let removed = Removed { messages: 3, files: 1, cases_kept: vec!["K7QX3-M9DA0".into()], cases_erased: 0 };
    let about = describe_removal("ab12", &removed, "  theo đơn của bà Hoa, 0912 345 678\u{202e} ", 2026);
    assert_eq!(
        about,
        "conversation ab12: 3 messages, 1 files, 1 cases kept for the look-up; reason: theo đơn của bà Hoa, •••• ••• •••"
    );
    let gone = Removed { cases_kept: Vec::new(), cases_erased: 2, ..removed };
    assert_eq!(
        super::describe_removal("ab12", &gone, "", 2026),
        "conversation ab12: 3 messages, 1 files, 2 cases erased"
    );
    assert!(format_reason(&"dài ".repeat(200), 2026).chars().count() < MAX_REASON_CHARS + 20);
    assert_eq!(format_reason(" \n", 2026), "");
}

#[test]
fn one_and_only_one_is_named() {
    let by = |conversation, visitor: Option<&str>, case: Option<&str>| Selector {
        conversation,
        visitor: visitor.map(str::to_owned),
        case: case.map(str::to_owned),
        ..Selector::default()
    };
    assert_eq!(by(Some(Id(1)), None, None).parse_target(), Ok(Sought::Conversation(Id(1))));
    assert_eq!(by(None, Some("u-1"), None).parse_target(), Ok(Sought::Visitor("u-1")));
    assert_eq!(
        by(None, None, Some("k7qx3 m9da0")).parse_target(),
        Ok(Sought::Case(
            crate::crypto::code::Code::parse("K7QX3-M9DA0").map(|code| code.to_string()).unwrap()
        ))
    );
    for wrong in [
        by(None, None, None),
        by(Some(Id(1)), Some("u-1"), None),
        by(None, Some(""), None),
        by(None, None, Some("x")),
    ] {
        assert!(wrong.parse_target().is_err(), "{wrong:?}");
    }
}

#[test]
fn an_index_holds_hashes_that_only_the_edge_can_make() {
    let store = whole();
    let tags = index_tags(&store, SECRET, "ward").unwrap();
    assert_eq!(tags.len(), 3);
    assert!(tags.contains(&visitor_tag(SECRET, "ward", "u-1")));
    assert!(tags.contains(&case_tag(SECRET, "ward", "K7QX3-M9DA0")));
    assert_ne!(visitor_tag(SECRET, "ward", "u-1"), visitor_tag(SECRET, "other", "u-1"));
    assert_ne!(visitor_tag(SECRET, "ward", "u-1"), visitor_tag(b"another", "ward", "u-1"));
    assert_ne!(visitor_tag(SECRET, "ward", "u-1"), case_tag(SECRET, "ward", "u-1"));
    assert!(tags.iter().all(|tag| tag.len() == 2 * TAG_BYTES && tag.bytes().all(|b| b.is_ascii_hexdigit())));
}

#[test]
fn a_copy_has_all_that_is_kept() {
    let (store, lock) = (whole(), Lock::for_site(SECRET, "ward"));
    let published = crate::conversation::tests_site();
    let of = (Some(&published.site), "ward", Id(1));
    let copy =
        serde_json::to_value(export_conversation(&store, of, &lock, ExportRecipient::Visitor, 10).unwrap())
            .unwrap();
    assert_eq!(copy["v"], VERSION);
    assert_eq!(copy["messages"].as_array().map(Vec::len), Some(4));
    assert_eq!(copy["identity"]["id"], "u-1");
    assert_eq!(copy["context"]["page"], "/thue");
    assert_eq!(copy["ratings"][0]["text"], "sai");
    assert_eq!(copy["survey"]["score"], 5);
    assert_eq!(copy["cases"].as_array().map(Vec::len), Some(2));
    assert_eq!(copy["files"].as_array().map(Vec::len), Some(3));
    assert_eq!(copy["on_their_way"], serde_json::json!([4, 1]));
    assert_eq!(copy["notes_of_staff"], 1);
    let text = copy.to_string();
    assert!(!text.contains("khó tính") && !text.contains("\"sealed\":\"sealed\""), "{text}");
    let copy =
        serde_json::to_value(export_conversation(&store, of, &lock, ExportRecipient::Agency, 10).unwrap())
            .unwrap();
    assert_eq!(copy["internal"]["notes"][0]["text"], "khó tính");
}

#[test]
fn a_form_that_was_begun_is_opened() {
    let (store, lock) = (whole(), Lock::for_site(SECRET, "ward"));
    let mut site = crate::conversation::tests_site().site;
    let procedure = serde_json::json!({ "title": { "vi": "Đăng ký khai sinh" } });
    site.procedures.insert("khai-sinh".into(), serde_json::from_value(procedure).unwrap());
    let copy = export_conversation(&store, (Some(&site), "ward", Id(1)), &lock, ExportRecipient::Visitor, 10)
        .unwrap();
    assert_eq!(copy.forms.iter().map(|form| form.form.as_str()).collect::<Vec<_>>(), ["khai-sinh"]);
    assert_eq!(copy.forms[0].answers["ten"], "Hoa");
    let other = Lock::for_site(b"another secret", "ward");
    assert!(
        export_conversation(&store, (Some(&site), "ward", Id(1)), &other, ExportRecipient::Visitor, 10)
            .unwrap()
            .forms
            .is_empty()
    );
}
