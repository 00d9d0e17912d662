use super::*;
use crate::{
    agency::build_question,
    application::case::{Case, CaseState},
    board::StaffMember,
    connector::{Callback, CaseReport, Reply},
    conversation::{
        decline_reply, find_case, finish_reply, form_draft, grow_reply, hand_over, handle_callback,
        handle_frame, handle_hello, handle_staff_frame, held_until, leave_behind, put_case, set_form_draft,
        tests_site,
    },
    crypto::encryption::Lock,
    decide::Published,
    erasure::{
        self, RetainedData,
        export::{ExportRecipient, export_conversation},
    },
    handoff,
    pick::TO_PERSON,
};
use intent::Scratch;
use wire::{
    Author, AuthorKind, Body, State, Up,
    desk::{ChatUp, Role},
};

const NOW: u64 = 1_780_000_000_000;
const NUMBER: &str = "K7QX3-M9DA0";

fn published() -> Published {
    let mut published = tests_site();
    published.site.settings.desk =
        Some(site::DeskConfig { departments: Vec::new(), queue: 2, approve_agency: false });
    published.site.settings.feedback.survey = true;
    published
}

fn say(id: u128, text: &str, pick: Option<&str>) -> Up {
    let (lang, pick) = ("vi".into(), pick.map(str::to_owned));
    Up::Say { id: Id(id), text: text.into(), lang, pick, value: None, files: Vec::new() }
}

fn filed() -> Case {
    Case {
        number: NUMBER.into(),
        procedure: "khai-sinh".into(),
        title: "Đăng ký khai sinh".into(),
        lang: "vi".into(),
        seq: 1,
        filed_at: NOW,
        promised: None,
        state: CaseState::Received,
        changed_at: NOW,
        note: String::new(),
        wants: None,
        added_at: None,
        appointment: None,
        files: Vec::new(),
        links: Vec::new(),
        sealed: String::new(),
    }
}

fn callback(id: &str, case: Option<CaseReport>) -> Callback {
    let reply = Reply { text: "Đã xong.".into(), ..Reply::default() };
    Callback {
        id: id.into(),
        conversation: Id(1),
        about: Some(1),
        case,
        enclosed: Vec::new(),
        reply,
        blocks: Vec::new(),
        retracts: false,
    }
}

fn report() -> CaseReport {
    CaseReport { number: NUMBER.into(), state: CaseState::Done, wants: None, appointment: None }
}

fn lan() -> StaffMember {
    StaffMember { name: "lan".into(), shown: "Chị Lan".into(), role: Role::Lead }
}

/// A question on its way, the answer to another, a case, an answer held back, somebody waited for.
fn store(published: &Published) -> MemoryStore {
    let mut store = MemoryStore::new(Id(1));
    let scratch = &mut Scratch::default();
    handle_frame(&mut store, published, say(1, "zzz qqq", None), NOW, scratch).unwrap();
    let answer = Message {
        seq: 2,
        id: None,
        author: Author { kind: AuthorKind::Assistant, name: None },
        at: NOW,
        lang: "vi".into(),
        state: State::Done,
        rev: 0,
        topic: Some("gio".into()),
        value: None,
        later: false,
        body: Body::default(),
    };
    store.put_message(&answer).unwrap();
    put_case(&mut store, &filed()).unwrap();
    let author = Author { kind: AuthorKind::Agency, name: None };
    handoff::hold_answer(&mut store, published, 1, (author, None), Body::default(), NOW).unwrap();
    handle_frame(&mut store, published, say(2, "gặp người", Some(TO_PERSON)), NOW, scratch).unwrap();
    store.calls.set(0);
    store
}

type Decision = (&'static str, fn(&mut MemoryStore, &Published) -> Result<(), StoreError>);

fn heard(store: &mut MemoryStore, published: &Published, up: Up) -> Result<(), StoreError> {
    handle_frame(store, published, up, NOW + 60_000, &mut Scratch::default()).map(drop)
}

fn acts(store: &mut MemoryStore, published: &Published, up: ChatUp) -> Result<(), StoreError> {
    handle_staff_frame(store, published, &lan(), up, NOW, &mut Scratch::default()).map(drop)
}

const DECISIONS: &[Decision] = &[
    ("hello", |store, site| handle_hello(store, site, None, 0, None).map(drop)),
    ("a question", |store, site| heard(store, site, say(9, "zzz qqq www", None))),
    ("a number", |store, site| heard(store, site, say(9, "số 0912345678", None))),
    ("danger", |store, site| heard(store, site, say(9, "em muốn chết", None))),
    ("a person", |store, site| heard(store, site, say(9, "gặp người", Some(TO_PERSON)))),
    ("an opinion", |store, site| {
        heard(store, site, Up::Rate { seq: 2, good: Some(false), reason: None, text: "sai".into() })
    }),
    ("a survey", |store, site| heard(store, site, Up::Survey { score: 4, text: "tốt".into() })),
    ("a stop", |store, site| heard(store, site, Up::Stop { seq: 1 })),
    ("a reading", |store, site| heard(store, site, Up::Read { seq: 2 })),
    ("what the agency is asked", |store, site| {
        let pending = Pending::new(1, NOW, Vec::new());
        build_question(store, site, Id(1), &pending, NOW, &mut Scratch::default()).map(drop)
    }),
    ("a growing reply", |store, site| grow_reply(store, site, 1, "Dạ", NOW).map(drop)),
    ("a reply", |store, site| finish_reply(store, site, 1, Reply::default(), true, NOW).map(drop)),
    ("no reply", |store, site| decline_reply(store, site, 1, NOW).map(drop)),
    ("a question kept", |store, site| leave_behind(store, site, 1, NOW + 1, NOW).map(drop)),
    ("a question handed over", |store, site| hand_over(store, site, 1, NOW).map(drop)),
    ("a callback", |store, site| handle_callback(store, site, callback("a", None), NOW).map(drop)),
    ("a report", |store, site| handle_callback(store, site, callback("b", Some(report())), NOW).map(drop)),
    ("taking it", |store, site| acts(store, site, ChatUp::Take)),
    ("a note", |store, site| acts(store, site, ChatUp::Note { id: Id(5), text: "gấp".into() })),
    ("an approval", |store, site| acts(store, site, ChatUp::Approve { draft: 1, text: None })),
    ("a refusal", |store, site| acts(store, site, ChatUp::Reject { draft: 1 })),
    ("a copy", |store, site| {
        let (of, lock) = ((Some(&site.site), "ward", Id(1)), Lock::for_site(b"secret", "ward"));
        export_conversation(store, of, &lock, ExportRecipient::Agency, NOW).map(drop)
    }),
    ("what is kept of it", |store, _| RetainedData::from_store(store).map(drop)),
    ("what is told of it", |store, _| erasure::index_tags(store, b"secret", "ward").map(drop)),
];

#[test]
fn whichever_call_fails_nothing_is_acknowledged() {
    let published = published();
    for (what, decide) in DECISIONS {
        let mut whole = store(&published);
        assert_eq!(decide(&mut whole, &published), Ok(()), "{what}");
        let calls = whole.calls.get();
        assert!(calls > 0, "{what} asks nothing");
        for most in 0..calls {
            let mut failing = store(&published);
            failing.fails_after.set(Some(most));
            let decided = decide(&mut failing, &published);
            assert!(
                matches!(decided, Err(StoreError::Unavailable(_))),
                "{what} goes on after call {most} failed: {decided:?}"
            );
        }
    }
}

#[test]
fn a_case_that_does_not_parse_is_an_error_and_not_absent() {
    let published = published();
    let mut store = store(&published);
    let text = r#"{"number":"K7QX3-M9DA0","title":"Bà Hoa","filed_at":"hôm qua"}"#;
    store.records.insert(RecordKey::Case(NUMBER).to_string(), text.into());
    let corrupt = |error: &StoreError| {
        let said = error.to_string();
        assert!(!said.contains("hôm qua") && !said.contains("Hoa"), "it quotes what is in it: {said}");
        matches!(error, StoreError::Corrupt { record, .. } if record == "case:K7QX3-M9DA0")
    };
    assert!(find_case(&store, NUMBER).is_err_and(|error| corrupt(&error)), "it is not looked up as none");
    assert!(held_until(&store).is_err_and(|error| corrupt(&error)), "the conversation is not given up");
    assert!(RetainedData::from_store(&store).is_err_and(|error| corrupt(&error)), "nor erased without it");
    let arrived = handle_callback(&mut store, &published, callback("x", Some(report())), NOW);
    assert!(arrived.is_err_and(|error| corrupt(&error)));
    assert_eq!(store.callbacks.len(), 0, "the agency tries again");
    assert_eq!(find_case(&store, "AAAAA-AAAAA"), Ok(None), "one that was never here is absent");
    // Whoever has everything deleted has that deleted, too.
    assert_eq!(
        erasure::count_removed(&store, &RetainedData::default()).map(|removed| removed.cases_erased),
        Ok(1)
    );
}

#[test]
fn every_record_that_does_not_parse_is_named() {
    let published = published();
    for key in [RecordKey::Handoff, RecordKey::Language, RecordKey::HeldAnswer(1), RecordKey::DangerBudget] {
        let mut store = store(&published);
        store.records.insert(key.to_string(), "[".into());
        let scratch = &mut Scratch::default();
        let decided = match key {
            RecordKey::HeldAnswer(draft) => {
                acts(&mut store, &published, ChatUp::Approve { draft, text: None })
            }
            RecordKey::DangerBudget => heard(&mut store, &published, say(9, "em muốn chết", None)),
            _ => handle_frame(&mut store, &published, say(9, "giờ làm việc", None), NOW + 60_000, scratch)
                .map(drop),
        };
        let is_named =
            |error| matches!(error, StoreError::Corrupt { record, .. } if record == key.to_string());
        assert!(decided.is_err_and(is_named), "{key}");
    }
}

/// A procedure may be called as an answer that is held back once was.
#[test]
fn forms_and_answers_held_back_have_keys_of_their_own() {
    let published = published();
    let mut store = store(&published);
    set_form_draft(&mut store, "00000001", Some("sealed")).unwrap();
    assert_eq!(form_draft(&store, "00000001").unwrap().as_deref(), Some("sealed"));
    acts(&mut store, &published, ChatUp::Approve { draft: 1, text: None }).unwrap();
    assert!(handoff::held_answers(&store).unwrap().is_empty(), "it was there to be approved");
    assert_eq!(form_draft(&store, "00000001").unwrap().as_deref(), Some("sealed"));
}

#[test]
fn answers_that_an_earlier_version_held_back_still_open() {
    let published = published();
    let old = || {
        let mut store = store(&published);
        let held = store.records.remove(&RecordKey::HeldAnswer(1).to_string()).unwrap();
        store.records.insert("draft:00000001".into(), held);
        store.records.insert("draft:khai-sinh".into(), "sealed".into());
        store
    };
    let mut approved = old();
    assert_eq!(handoff::held_answers(&approved).unwrap().len(), 1);
    acts(&mut approved, &published, ChatUp::Approve { draft: 1, text: None }).unwrap();
    assert!(
        !approved.records.contains_key("draft:00000001") && approved.records.contains_key("draft:khai-sinh")
    );
    assert!(handoff::held_answers(&approved).unwrap().is_empty());
    // A form under the very same key moves it out of the way.
    let mut moved = old();
    assert_eq!(form_draft(&moved, "00000001"), Ok(None), "it is no form");
    set_form_draft(&mut moved, "00000001", Some("sealed")).unwrap();
    assert_eq!(handoff::held_answers(&moved).unwrap().len(), 1);
    acts(&mut moved, &published, ChatUp::Reject { draft: 1 }).unwrap();
    assert_eq!(form_draft(&moved, "00000001").unwrap().as_deref(), Some("sealed"));
}

#[test]
fn the_newest_of_each_side_is_found() {
    let store = store(&published());
    let newest = |side, until| store.newest_message(side, until).unwrap().map(|message| message.seq);
    assert_eq!(newest(Side::Visitor, 1), None);
    assert_eq!(newest(Side::Visitor, 2), Some(1));
    assert_eq!(newest(Side::Agency, 3), Some(2));
    let between: Vec<u64> = store.messages_between(1, 3).unwrap().iter().map(|message| message.seq).collect();
    assert_eq!(between, [1, 2]);
}
