//! What is said to somebody in danger.

use super::*;
use crate::conversation::{MemoryStore, Task, handle_frame, tests_site};
use intent::Scratch;
use wire::{Down, Fault, Id};

mod data_missing;

const NOW: u64 = 1_780_000_000_000;

fn up(id: u128, text: &str, pick: Option<&str>) -> Up {
    let pick = pick.map(str::to_owned);
    Up::Say { id: Id(id), text: text.into(), lang: "en".into(), pick, value: None, files: vec![] }
}

fn published() -> Published {
    let Published { mut site, model, .. } = tests_site();
    site.settings.safety.country = "vn".into();
    Published::new(1, site, model)
}

/// What the visitor said last.
fn log_last_words(store: &MemoryStore) -> String {
    let own = store.messages.iter().rev().find(|message| message.author.kind == AuthorKind::Visitor);
    own.map(message_text).unwrap_or_default()
}

fn answered<R>(effects: &[Effect<R>]) -> Option<&Message> {
    effects.iter().find_map(|effect| match effect {
        Effect::Broadcast(Audience::Everyone, Down::Message(message)) => Some(message),
        _ => None,
    })
}

#[test]
fn it_is_answered_at_once_with_numbers_to_press_and_goes_nowhere_else() {
    let (mut store, published) = (MemoryStore::new(Id(7)), published());
    let mut said = |id, text, pick| {
        handle_frame(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
    };
    let effects = said(1, "toi muon tu tu", None);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Task(Task::Deliver(_)))), "{effects:?}");
    let message = answered(&effects).unwrap();
    assert_eq!((message.lang.as_str(), &message.topic), ("vi", &None), "in the language of the words");
    let numbers: Vec<_> = message.body.buttons.iter().filter_map(|button| button.href.as_deref()).collect();
    assert!(numbers.contains(&"tel:115"), "{numbers:?}");
    let Some(Block::Notice { runs }) = message.body.blocks.first() else { panic!("{message:?}") };
    assert!(runs.iter().any(|run| run.href.as_deref() == Some("tel:115") && run.text == "115"));
    let first: Vec<_> = runs.iter().take(4).map(|run| (run.text.as_str(), run.href.is_some())).collect();
    let calls = [("115 – cấp cứu y tế", true), ("\n", false), ("113 – công an", true), ("\n", false)];
    assert_eq!(first, calls, "what few lines show is whom to call");
    // None of these, to the agency, to a person: whatever the button says, the words count.
    for (id, pick) in [(2, "*"), (3, "@"), (4, "&")] {
        let effects = said(id, "em muốn chết", Some(pick));
        assert!(answered(&effects).is_some_and(|message| !message.body.buttons.is_empty()), "{pick}");
    }
    // Misunderstood: the question before is answered as always.
    let label = safety::not_urgent("vi");
    let asked = log_last_words(&store);
    assert_eq!(asked, "em muốn chết");
    let mut said = |id, text, pick| {
        handle_frame(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
    };
    let denied = said(6, label, Some(NOT_URGENT));
    assert!(denied.iter().any(|effect| matches!(effect, Effect::Task(Task::Deliver(_)))), "{denied:?}");
    store.outbox.clear();
    // A later question is forwarded without it.
    let mut said = |id, text, pick| {
        handle_frame(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
    };
    let forwarded = said(5, "zzz qqq", None);
    assert!(forwarded.contains(&Effect::Task(Task::Deliver(store.last_seq().unwrap()))), "{forwarded:?}");
    let pending = store.outbox.last().cloned().unwrap();
    let ask =
        crate::agency::build_question(&store, &published, Id(9), &pending, NOW, &mut Scratch::default())
            .unwrap();
    let told: Vec<_> = ask.history.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(told, [label], "{:?}", ask.history);
}

/// A message is looked at once, when it is taken.
#[test]
fn what_is_marked_is_not_read_again() {
    let (mut store, published) = (MemoryStore::new(Id(7)), published());
    let said = |store: &mut MemoryStore, id, text| {
        handle_frame(store, &published, up(id, text, None), NOW, &mut Scratch::default()).unwrap();
        store.outbox.clear();
    };
    let asked = |store: &MemoryStore| {
        let pending = crate::conversation::Pending::new(store.last_seq().unwrap() + 1, NOW, Vec::new());
        let scratch = &mut Scratch::default();
        let ask = crate::agency::build_question(store, &published, Id(9), &pending, NOW, scratch).unwrap();
        ask.history.into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    said(&mut store, 1, "zzz qqq");
    said(&mut store, 2, "em muốn chết");
    said(&mut store, 3, "zzz www");
    let marks: DangerMarks = store.read_record(&RecordKey::DangerMarks).unwrap().unwrap();
    assert_eq!(marks, DangerMarks { from: 1, dangerous: vec![2] });
    assert_eq!(asked(&store), ["zzz qqq", "zzz www"]);
    // A conversation of an earlier version has no marks: it is read, and marked with the next question.
    let mut old = store.clone();
    old.records.remove(&RecordKey::DangerMarks.to_string());
    assert_eq!(asked(&old), ["zzz qqq", "zzz www"]);
    said(&mut old, 4, "zzz yyy");
    assert_eq!(
        old.read_record(&RecordKey::DangerMarks).unwrap(),
        Some(DangerMarks { from: 1, dangerous: vec![2] })
    );
    // Whatever the words would tell by now: what was taken as harmless is, and the other way round.
    let body = store.messages[1].body.clone();
    store.messages[1].body = store.messages[0].body.clone();
    store.messages[0].body = body;
    assert_eq!(asked(&store), ["em muốn chết", "zzz www"]);
}

#[test]
fn marks_are_bounded() {
    let mut store = MemoryStore::new(Id(7));
    for seq in 1..=200 {
        mark_message(&mut store, seq).unwrap();
    }
    let marks: DangerMarks = store.read_record(&RecordKey::DangerMarks).unwrap().unwrap();
    assert_eq!((marks.from, marks.dangerous.len()), (137, MAX_MARKS), "earlier ones are read again");
}

/// Neither the budget of the site nor a flood of such messages silences it for long.
#[test]
fn it_has_a_budget_of_its_own() {
    let (mut store, mut published) = (MemoryStore::new(Id(7)), published());
    published.site.settings.limits.messages_per_minute = 1;
    let mut said = |id, text| {
        handle_frame(&mut store, &published, up(id, text, None), NOW, &mut Scratch::default()).unwrap()
    };
    let too_fast = |effects: &[Effect<Down>]| {
        matches!(effects, [Effect::Reply(Down::Fault { code: Fault::TooFast, .. })])
    };
    assert!(!too_fast(&said(1, "xin chào")));
    assert!(too_fast(&said(2, "xin chào")));
    for id in 0..u128::from(PER_MINUTE) {
        assert!(!too_fast(&said(10 + id, "cháy nhà rồi")), "{id}");
    }
    assert!(too_fast(&said(99, "cháy nhà rồi")));
}

#[test]
fn a_shared_cry_is_answered_in_the_language_spoken_wherever_it_stands() {
    let (published, call) = (published(), |lang| safety::not_urgent(lang).to_owned());
    for lang in safety::LANGUAGES {
        for cry in ["police", "SOS!", "ambulance"] {
            let (_, body) = danger_reply(&published, cry, lang).unwrap().unwrap();
            assert_eq!(
                body.buttons.last().map(|button| button.label.clone()),
                Some(call(lang)),
                "{cry}, {lang}"
            );
        }
    }
    let (_, body) = danger_reply(&published, "em muốn chết", "en").unwrap().unwrap();
    assert_eq!(body.buttons.last().map(|button| button.label.clone()), Some(call("vi")));
}

#[test]
fn words_of_an_opinion_are_answered_too() {
    let (mut store, mut published) = (MemoryStore::new(Id(7)), published());
    published.site.settings.feedback.survey = true;
    let mut hear = |up| handle_frame(&mut store, &published, up, NOW, &mut Scratch::default()).unwrap();
    hear(up(1, "xin chào", None));
    let survey = |text: &str| Up::Survey { score: 1, text: text.into() };
    assert!(answered(&hear(survey("chờ lâu muốn chết"))).is_none());
    let effects = hear(survey("tôi không muốn sống nữa"));
    assert!(effects.contains(&Effect::Reply(Down::Surveyed)), "it is kept all the same: {effects:?}");
    let buttons = answered(&effects).map(|message| message.body.buttons.clone()).unwrap();
    assert!(buttons.iter().any(|button| button.href.as_deref() == Some("tel:115")), "{buttons:?}");
    assert!(is_urgent(&published, &survey("tôi không muốn sống nữa")), "a switch does not keep it out");
    let rate =
        Up::Rate { seq: 99, good: Some(false), reason: None, text: "chồng đang đánh tôi".to_owned() };
    assert!(answered(&hear(rate)).is_some(), "even where there is nothing to rate");
}

#[test]
fn what_stands_on_a_button_of_the_sites_own_is_answered_as_always() {
    let mut published = published();
    let own =
        r#"{"id": "khan-cap", "title": {"vi": "Em muốn chết"}, "phrases": {}, "answer": {"vi": "Gọi 115"}}"#;
    published.site.intents.push(serde_json::from_str(own).unwrap());
    assert_eq!(detect(&published, "Em muốn chết", Some("khan-cap")), Ok(None));
    assert!(detect(&published, "em muốn chết quá rồi", Some("khan-cap")).is_ok_and(|found| found.is_some()));
}
