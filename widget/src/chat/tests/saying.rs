//! Opinions, ticks, inputs and files, as the chat decides about them.

use super::*;

fn answer(seq: u64) -> Message {
    Message { topic: Some("fees".into()), ..message(seq, AuthorKind::Assistant, "12") }
}

fn rig() -> Rig {
    let mut rig = Rig::online();
    rig.says(1, "fees?");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Message(answer(2)));
    rig.effects.clear();
    rig
}

fn thumb(rig: &mut Rig, good: bool) -> Vec<ChatEffect> {
    rig.does(ChatEvent::Thumbed(2, good))
}

fn rated(good: &[u64], bad: &[u64]) -> Down {
    Down::Rated(Rated { good: good.into(), bad: bad.into() })
}

#[test]
fn only_answers_are_asked_about() {
    let rig = rig();
    let asked = |line: &MessageRow| is_asked(&rig.chat, &line.message, &line.delivery);
    assert_eq!(rig.chat.timeline.entries.iter().map(asked).collect::<Vec<_>>(), [false, true]);
    let growing = Message { topic: Some(String::new()), ..growing(3, "x") };
    assert!(!is_asked(&rig.chat, &growing, &DeliveryState::Sent));
    let mut off = rig.chat.clone();
    off.look.thumbs = false;
    assert!(!is_asked(&off, &answer(2), &DeliveryState::Sent));
}

#[test]
fn an_opinion_is_sent_until_it_is_said_back() {
    let mut rig = rig();
    let effects = thumb(&mut rig, true);
    assert!(matches!(sent(&effects)[..], [Up::Rate { seq: 2, good: Some(true), .. }]));
    assert_eq!(rig.chat.opinion.rated.rating_of(2), Some(true), "shown at once");
    rig.drops(0);
    // OutgoingMessage while there is no line; the last word counts.
    assert!(sent(&thumb(&mut rig, false)).is_empty());
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    let effects = rig.welcome(2);
    assert!(matches!(sent(&effects)[..], [Up::Rate { seq: 2, good: Some(false), .. }]), "{effects:?}");
    // What the edge knew before is not taken for an answer.
    rig.gets(rated(&[2], &[]));
    assert_eq!(rig.chat.opinion.rated.rating_of(2), Some(false));
    rig.gets(rated(&[], &[2]));
    rig.drops(0);
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    assert!(sent(&rig.welcome(2)).is_empty(), "it was said back");
    // Another device takes it back.
    rig.gets(rated(&[], &[]));
    assert_eq!(rig.chat.opinion.rated.rating_of(2), None);
}

#[test]
fn an_opinion_outlives_a_reload() {
    let mut rig = rig();
    rig.drops(0);
    thumb(&mut rig, false);
    let about = FeedbackSubject::Answer(2, Some(Reason::Unclear));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Opined { about, text: "too\nlong".into(), at: NOW }));
    let kept = |effects: &[ChatEffect]| {
        effects.iter().find_map(|effect| match effect {
            ChatEffect::Store(StorageKey::Ratings, text) => Some(text.clone()),
            _ => None,
        })
    };
    let ratings = kept(&effects).expect("it is kept");
    let conversation = SavedConversation { conversation: Id(0xc), ticket: "t".into(), epoch: Some(EPOCH) };
    let saved = |ratings: &str, conversation: &SavedConversation| Saved {
        kept: Some(conversation.clone()),
        ratings: ratings.to_owned(),
        ..Saved::default()
    };
    let mut again = Rig::of(boot(), saved(&ratings, &conversation));
    assert_eq!(again.chat.opinion.rated.rating_of(2), Some(false), "shown as it was left");
    let effects = again.welcome(2);
    let said =
        Up::Rate { seq: 2, good: Some(false), reason: Some(Reason::Unclear), text: "too\nlong".into() };
    assert_eq!(sent(&effects), [&said]);
    let effects = again.gets(rated(&[], &[2]));
    assert!(effects.contains(&ChatEffect::Forget(StorageKey::Ratings)), "{effects:?}");

    let other = SavedConversation { conversation: Id(0xd), ..conversation };
    assert!(sent(&Rig::of(boot(), saved(&ratings, &other)).welcome(2)).is_empty(), "another conversation's");
}

#[test]
fn the_same_again_takes_it_back() {
    let mut rig = rig();
    thumb(&mut rig, false);
    assert_eq!(rig.chat.opinion.why, Some(2));
    let effects = thumb(&mut rig, false);
    assert!(matches!(sent(&effects)[..], [Up::Rate { seq: 2, good: None, .. }]));
    assert_eq!((rig.chat.opinion.why, rig.chat.opinion.rated.rating_of(2)), (None, None));
}

#[test]
fn personal_data_in_a_reason_is_asked_about() {
    let mut rig = rig();
    rig.chat.look.care.warn = Kinds::only_kind(Personal::Email);
    thumb(&mut rig, false);
    rig.effects.clear();
    let about = FeedbackSubject::Answer(2, Some(Reason::Wrong));
    let text = "write to a.b@example.vn ";
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Opined { about, text: text.into(), at: NOW }));
    assert!(sent(&effects).is_empty() && rig.chat.asking.is_some());
    rig.does(ChatEvent::Lazy(LazyEvent::Answered { answer: PersonalDataDecision::Edit, id: Id(3), at: NOW }));
    assert_eq!(rig.chat.opinion.why, Some(2), "the form is still there");
    rig.does(ChatEvent::Lazy(LazyEvent::Opined { about, text: text.into(), at: NOW }));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Answered {
        answer: PersonalDataDecision::Hide,
        id: Id(3),
        at: NOW,
    }));
    let [Up::Rate { reason: Some(Reason::Wrong), text, .. }] = sent(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert!(!text.contains("example"), "{text}");
    assert_eq!((rig.chat.opinion.why, rig.chat.opinion.thanked), (None, Some(2)));
    assert!(
        rig.chat.timeline.entries.len() == 2 && rig.chat.draft.is_empty(),
        "nothing was said in the chat"
    );
}

#[test]
fn a_survey_ends_the_chat_once_it_is_written() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::End)));
    assert!(rig.chat.opinion.ending);
    rig.drops(0);
    let about = FeedbackSubject::Chat(4);
    assert!(
        sent(&rig.does(ChatEvent::Lazy(LazyEvent::Opined { about, text: String::new(), at: NOW })))
            .is_empty()
    );
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    assert!(matches!(sent(&rig.welcome(2))[..], [Up::Survey { score: 4, .. }]));
    assert_eq!(rig.chat.timeline.entries.len(), 2, "not before it is written");
    let effects = rig.gets(Down::Surveyed);
    assert!(
        effects.contains(&ChatEffect::Fetch { lang: "vi,vi".into(), why: FetchReason::StartOver }),
        "{effects:?}"
    );
    // Another tab's survey is none of this one's business.
    assert!(rig.gets(Down::Surveyed).is_empty());
    rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::End)));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::EndOnly)));
    assert!(sent(&effects).is_empty() && effects.iter().any(|e| matches!(e, ChatEffect::Fetch { .. })));
}

#[test]
fn a_chat_that_a_person_closed_is_asked_about_and_stays() {
    let mut rig = rig();
    let effects = rig.gets(Down::Survey);
    assert!(rig.chat.opinion.ending && rig.chat.opinion.closed);
    assert_eq!(sent(&effects), [&Up::Read { seq: 2 }], "it is asked about once");
    assert!(effects.contains(&ChatEffect::announce(rig.chat.words.word_text(Word::HowWasIt))));
    assert!(
        !effects.iter().any(|e| matches!(e, ChatEffect::FocusId(_) | ChatEffect::FocusLog)),
        "whoever writes is left alone: {effects:?}"
    );
    let about = FeedbackSubject::Chat(5);
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Opined { about, text: String::new(), at: NOW }));
    assert!(matches!(sent(&effects)[..], [Up::Survey { score: 5, .. }]));
    let effects = rig.gets(Down::Surveyed);
    assert!(effects.contains(&ChatEffect::announce(rig.chat.words.word_text(Word::Thanks))), "{effects:?}");
    assert!(!effects.iter().any(|e| matches!(e, ChatEffect::Fetch { .. })), "it is there still");
    assert!(!rig.chat.opinion.ending && rig.chat.timeline.entries.len() == 2);
    // It may be left unanswered.
    rig.gets(Down::Survey);
    rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::Skip)));
    assert!(!rig.chat.opinion.ending);
    // A visitor who was about to end it is asked once, and it ends.
    rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::End)));
    rig.gets(Down::Survey);
    assert!(rig.chat.opinion.ending && !rig.chat.opinion.closed);
    rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::Skip)));
    // Whoever is asked and ends the chat is not asked again.
    rig.gets(Down::Survey);
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Judged(FeedbackAction::End)));
    assert!(effects.iter().any(|e| matches!(e, ChatEffect::Fetch { .. })), "{effects:?}");
}

#[test]
fn what_a_closed_panel_asks_is_not_seen() {
    let mut rig = rig();
    rig.does(ChatEvent::FromPage(FromPage::Close));
    assert!(sent(&rig.gets(Down::Survey)).is_empty());
    assert_eq!(sent(&rig.does(ChatEvent::FromPage(FromPage::Open))), [&Up::Read { seq: 2 }]);
}

#[test]
fn ticks_are_of_their_conversation() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Ticked([2, 1, 0], true)));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Ticked([2, 1, 3], true)));
    let [ChatEffect::Store(StorageKey::Ticks, kept)] = effects.as_slice() else { panic!("{effects:?}") };
    let kept_conversation = SavedConversation { conversation: Id(0xc), ticket: "t".into(), epoch: None };
    let saved = |conversation| Saved {
        kept: Some(SavedConversation { conversation, ..kept_conversation.clone() }),
        ticks: kept.clone(),
        ..Saved::default()
    };
    assert_eq!(Rig::of(boot(), saved(Id(0xc))).chat.ticks, [[2, 1, 0], [2, 1, 3]]);
    assert_eq!(Rig::of(boot(), saved(Id(0xd))).chat.ticks, [[0_u32; 3]; 0]);
    rig.does(ChatEvent::Lazy(LazyEvent::Ticked([2, 1, 0], false)));
    assert_eq!(rig.chat.ticks, [[2, 1, 3]]);
}

fn asks(seq: u64, kind: InputKind) -> Message {
    let input =
        Input { name: "x".into(), label: "Which?".into(), kind, min: None, max: None, options: vec![] };
    let body = Body { blocks: vec![Block::Input(input)], buttons: vec![] };
    Message { body, ..message(seq, AuthorKind::Assistant, "") }
}

#[test]
fn what_is_asked_is_asked_until_something_is_said() {
    let mut rig = rig();
    rig.gets(Down::Message(asks(3, InputKind::Date)));
    assert_eq!(rig.chat.inputs().len(), 1);
    let value = Given { name: "x".into(), value: "2026-01-31".into() };
    let gave = ChatEvent::Lazy(LazyEvent::Gave {
        value: value.clone(),
        text: "31 January".into(),
        id: Id(4),
        at: NOW,
    });
    let effects = rig.does(gave);
    assert!(matches!(sent(&effects)[..], [Up::Say { value: Some(given), .. }] if *given == value));
    assert!(rig.chat.inputs().is_empty());
    // It survives a reload like everything that was said.
    let said = effects.iter().find_map(|effect| match effect {
        ChatEffect::Store(StorageKey::Outgoing(_), json) => wire::json::read_json::<OutgoingMessage>(json),
        _ => None,
    });
    assert_eq!(said.and_then(|said| said.value), Some(value));
}

#[test]
fn a_place_is_told_only_where_it_was_asked() {
    let mut rig = rig();
    rig.gets(Down::Message(asks(3, InputKind::Place)));
    let located = |place| ChatEvent::Lazy(LazyEvent::Located { name: "x".into(), place, id: Id(5), at: NOW });
    let place = || Some(["10.77653".to_owned(), "106.70098".to_owned()]);
    assert!(rig.does(located(place())).is_empty(), "nobody pressed");
    assert!(
        rig.does(ChatEvent::Lazy(LazyEvent::Locate("x".into()))).contains(&ChatEffect::Locate("x".into()))
    );
    assert_eq!(spoken(&rig.does(located(None))), ["NotLocated"]);
    assert_eq!(rig.chat.locating, Locating::Failed);
    rig.does(ChatEvent::Lazy(LazyEvent::Locate("x".into())));
    let effects = rig.does(located(place()));
    let [Up::Say { text, value: Some(given), .. }] = sent(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(
        (text.as_str(), given.value.as_str()),
        ("MyLocation 10.77653, 106.70098", "geo:10.77653,106.70098")
    );
    // An answer that comes late, when something else was said meanwhile, is not sent.
    rig.gets(Down::Message(asks(5, InputKind::Place)));
    rig.does(ChatEvent::Lazy(LazyEvent::Locate("x".into())));
    rig.says(6, "never mind");
    assert!(sent(&rig.does(located(place()))).is_empty());
}

fn file(id: u128, name: &str, size: u64) -> File {
    File { id: Some(Id(id)), name: name.into(), size, kind: String::new(), href: None }
}

#[test]
fn files_are_sent_at_once_and_said_with_the_next_words() {
    let mut rig = rig();
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Chose(vec![
        file(7, "a.PDF", 10),
        file(8, "b.exe", 10),
        file(9, "c.pdf", 2000),
    ])));
    assert_eq!(effects[0], ChatEffect::Upload { id: Id(7), ticket: "ticket".into() });
    assert_eq!(spoken(&effects), ["FileKind pdf", "FileTooLarge 1 KB"]);
    // Words wait for it.
    assert!(sent(&rig.says(2, "here")).is_empty());
    let there = ChatEvent::Lazy(LazyEvent::FileGoes {
        id: Id(7),
        state: UploadState::Done,
        file: Some(file(7, "a.pdf", 10)),
    });
    rig.does(there);
    let effects = rig.does(ChatEvent::Submitted { id: Id(2), at: NOW });
    assert!(matches!(sent(&effects)[..], [Up::Say { files, .. }] if files[..] == [Id(7)]), "{effects:?}");
    assert_eq!(rig.chat.uploads.files.len(), 2, "what failed stays, to be taken out");
    assert_eq!(rig.shown().last().map(String::as_str), Some("?:here\nFile: a.pdf"));
    rig.does(ChatEvent::Lazy(LazyEvent::FileDropped(Id(8))));
    rig.does(ChatEvent::Lazy(LazyEvent::FileDropped(Id(9))));
    assert!(rig.chat.uploads.files.is_empty());
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Chose(vec![file(7, "rong.pdf", 0)])));
    let refused = UploadState::Failed(Some(wire::Fault::TooLong));
    let said = rig.does(ChatEvent::Lazy(LazyEvent::FileGoes { id: Id(7), state: refused, file: None }));
    let empty = rig.chat.words.word_text(Word::FileEmpty).to_owned();
    assert_eq!(said, [ChatEffect::Announce { text: empty, urgent: true }]);
}

#[test]
fn a_file_needs_no_words() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Chose(vec![file(7, "a.pdf", 10)])));
    // Somebody on the way takes no file as large as the site would: that is no limit of ours to name.
    let refused = UploadState::Failed(Some(wire::Fault::TooLong));
    let said = rig.does(ChatEvent::Lazy(LazyEvent::FileGoes { id: Id(7), state: refused, file: None }));
    let on_way = rig.chat.words.word_text(Word::FileTooLargeOnWay).to_owned();
    assert_eq!(said, [ChatEffect::Announce { text: on_way, urgent: true }]);
    rig.does(ChatEvent::Lazy(LazyEvent::FileGoes {
        id: Id(7),
        state: UploadState::Failed(None),
        file: None,
    }));
    assert!(sent(&rig.does(ChatEvent::Submitted { id: Id(2), at: NOW })).is_empty(), "it is not there");
    assert!(matches!(
        rig.does(ChatEvent::Lazy(LazyEvent::FileRetried(Id(7))))[..],
        [ChatEffect::Upload { id: Id(7), .. }]
    ));
    rig.does(ChatEvent::Lazy(LazyEvent::FileGoes { id: Id(7), state: UploadState::Done, file: None }));
    let effects = rig.does(ChatEvent::Submitted { id: Id(2), at: NOW });
    assert!(
        matches!(sent(&effects)[..], [Up::Say { text, files, .. }] if text.is_empty() && files.len() == 1)
    );
}
