//! Saying, hearing, growing, faults, the page around.

use super::*;

#[test]
fn nothing_is_stored_or_opened_before_the_visitor_writes() {
    let mut rig = Rig::new();
    rig.does(ChatEvent::Woke);
    rig.does(ChatEvent::Scrolled { at_end: true });
    rig.does(ChatEvent::FromPage(FromPage::Prefill("Do I need an appointment?".into())));
    assert!(stored(&rig.effects).is_empty(), "{:?}", rig.effects);
    assert_eq!(connects(&rig.effects), None, "{:?}", rig.effects);
}

#[test]
fn what_is_said_is_drawn_kept_sent_and_acknowledged() {
    let mut rig = Rig::new();
    let effects = rig.says(1, "  giấy khai sinh ");
    assert_eq!(rig.shown(), ["?:giấy khai sinh"]);
    assert_eq!(stored(&effects), [StorageKey::Conversation, StorageKey::Outgoing(Id(1))]);
    assert!(effects.contains(&ChatEffect::Draft(String::new())));

    let effects = rig.welcome(0);
    assert!(matches!(sent(&effects)[..], [Up::Say { id: Id(1), .. }]), "{effects:?}");

    let effects = rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    assert_eq!(rig.shown(), ["1:giấy khai sinh"]);
    assert_eq!(effects, [ChatEffect::Forget(StorageKey::Outgoing(Id(1)))]);
}

#[test]
fn blank_and_too_long_are_not_sent() {
    let mut rig = Rig::online();
    assert_eq!(sent(&rig.says(1, " \n ")), Vec::<&Up>::new());
    let long = "ă".repeat(limits::MAX_SAY_CHARS + 3);
    let effects = rig.says(2, &long);
    assert!(effects.contains(&ChatEffect::AnnounceExcess(3)));
    assert_eq!((rig.chat.excess, rig.chat.draft == long, rig.shown().len()), (3, true, 0));
    rig.types(&"ă".repeat(limits::MAX_SAY_CHARS));
    assert_eq!(rig.chat.excess, 0);
}

#[test]
fn a_button_says_its_label_and_means_its_intent() {
    let mut rig = Rig::online();
    assert_eq!(rig.chat.choices().len(), 2);
    let effects = rig.does(ChatEvent::Pressed { button: button("Fees"), id: Id(1), at: NOW });
    assert!(
        matches!(sent(&effects)[..], [Up::Say { text, pick: Some(pick), .. }] if text == "Fees" && pick == "fees")
    );
    assert!(
        effects.contains(&ChatEffect::FocusLog),
        "the button is gone, and the focus with it: {effects:?}"
    );
    assert!(rig.chat.choices().is_empty());
}

#[test]
fn messages_stand_in_order_and_once() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    for _ in 0..2 {
        rig.gets(Down::Message(message(2, AuthorKind::Assistant, "b")));
        rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
        let own = Message { id: Some(Id(1)), ..message(1, AuthorKind::Visitor, "a") };
        rig.gets(Down::Message(own));
    }
    rig.says(2, "c");
    rig.gets(Down::Message(message(3, AuthorKind::Staff, "d")));
    assert_eq!(rig.shown(), ["1:a", "2:b", "3:d", "?:c"]);
}

#[test]
fn a_gap_in_the_numbers_asks_again() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    let effects = rig.gets(Down::Message(message(3, AuthorKind::Assistant, "c")));
    assert!(matches!(sent(&effects)[..], [Up::Hello { after: 1, .. }]), "{effects:?}");
}

#[test]
fn a_reply_grows_by_its_blocks() {
    type Step = (u32, usize, &'static str);
    // (rev, keep, block) of each step, then what is shown and whether it is asked for anew.
    let cases: &[(&[Step], &str, bool)] = &[
        (&[(1, 0, "ab")], "ab", false),
        (&[(1, 1, "b"), (2, 1, "bc")], "a\nbc", false),
        (&[(1, 0, "ab"), (1, 0, "ab")], "ab", false),
        (&[(2, 0, "ab")], "a", true),
        (&[(1, 5, "ab")], "a", true),
    ];
    for (steps, shown, asks) in cases {
        let mut rig = Rig::online();
        rig.gets(Down::Message(growing(1, "a")));
        for &(rev, keep, block) in *steps {
            rig.gets(Down::Grow { seq: 1, rev, keep, blocks: vec![text(block)] });
        }
        assert_eq!(rig.shown(), [format!("1:{shown}")], "{steps:?}");
        assert_eq!(!sent(&rig.effects).is_empty(), *asks, "{steps:?}");
    }
}

#[test]
fn a_growing_message_counts_as_missing() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    rig.gets(Down::Message(growing(2, "b")));
    rig.gets(Down::Message(message(3, AuthorKind::Staff, "c")));
    assert_eq!(rig.chat.timeline.resume_after(), 1);
    rig.gets(Down::Message(message(2, AuthorKind::Agency, "bb")));
    assert_eq!(rig.chat.timeline.resume_after(), 3);
}

#[test]
fn a_streamed_reply_is_announced_at_its_beginning_and_once_whole() {
    let mut rig = Rig::online();
    rig.gets(Down::Working {
        author: Author { kind: AuthorKind::Agency, name: Some("Desk".into()) },
        text: None,
    });
    let named =
        |m: Message| Message { author: Author { kind: AuthorKind::Agency, name: Some("Desk".into()) }, ..m };
    rig.gets(Down::Message(named(growing(1, "Bring"))));
    for rev in 1..20 {
        rig.gets(Down::Grow { seq: 1, rev, keep: 0, blocks: vec![text("Bring your")] });
    }
    rig.gets(Down::Message(named(message(1, AuthorKind::Agency, "Bring your card."))));
    rig.gets(Down::Message(named(message(1, AuthorKind::Agency, "Bring your card."))));
    assert_eq!(spoken(&rig.effects), ["Says Desk Answering", "Says Desk\nBring your card."]);
}

#[test]
fn the_same_answer_twice_is_announced_twice_and_own_words_never() {
    let mut rig = Rig::online();
    for seq in [2, 4] {
        rig.says(u128::from(seq), "fee?");
        rig.gets(Down::Ack { id: Id(u128::from(seq)), seq: seq - 1, at: NOW });
        rig.gets(Down::Message(message(seq, AuthorKind::Assistant, "Free.")));
    }
    assert_eq!(spoken(&rig.effects), ["Says Helper\nFree."; 2]);
}

#[test]
fn what_was_there_before_is_neither_announced_nor_counted() {
    let kept = SavedConversation { conversation: Id(5), ticket: "old".into(), epoch: Some(EPOCH) };
    let mut rig = Rig::of(boot(), Saved { kept: Some(kept), ..Saved::default() });
    assert_eq!(connects(&rig.effects), Some(Id(5)));
    assert!(rig.chat.choices().is_empty(), "the first buttons must not flash before the past is there");
    rig.welcome(2);
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "b")));
    assert_eq!((spoken(&rig.effects), rig.chat.unread), (vec![], 0));
    rig.gets(Down::Message(message(3, AuthorKind::Assistant, "c")));
    assert_eq!((spoken(&rig.effects), rig.chat.unread), (vec!["Says Helper\nc"], 1));
}

#[test]
fn unread_counts_while_closed_and_goes_when_opened() {
    let mut rig = Rig::online();
    rig.does(ChatEvent::Escaped);
    let effects = rig.gets(Down::Message(message(1, AuthorKind::Staff, "a")));
    for expected in [
        ChatEffect::Tell(ToPage::Handoff),
        ChatEffect::Tell(ToPage::Message { author: AuthorKind::Staff, seq: 1 }),
        ChatEffect::Tell(ToPage::Unread(1)),
    ] {
        assert!(effects.contains(&expected), "{expected:?} is missing in {effects:?}");
    }
    let effects = rig.does(ChatEvent::FromPage(FromPage::Open));
    assert!(effects.contains(&ChatEffect::Tell(ToPage::Unread(0))));
}

#[test]
fn the_view_follows_only_a_visitor_at_the_end() {
    let mut rig = Rig::online();
    let effects = rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    assert!(effects.contains(&ChatEffect::Reveal));
    rig.does(ChatEvent::Scrolled { at_end: false });
    let effects = rig.gets(Down::Message(message(2, AuthorKind::Assistant, "b")));
    assert!(!effects.contains(&ChatEffect::Reveal) && rig.chat.below);
    assert!(rig.does(ChatEvent::ToEnd).contains(&ChatEffect::ScrollToEnd) && !rig.chat.below);
}

#[test]
fn no_arriving_frame_moves_the_focus() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    rig.effects.clear();
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Working { author: Author { kind: AuthorKind::Agency, name: None }, text: None });
    rig.gets(Down::Message(growing(2, "b")));
    rig.gets(Down::Grow { seq: 2, rev: 1, keep: 0, blocks: vec![text("bb")] });
    rig.gets(Down::Message(message(2, AuthorKind::Agency, "bbb")));
    rig.gets(Down::Fault { id: None, code: Fault::Internal, retry_ms: None });
    rig.gets(Down::Going);
    let moved = rig.effects.iter().any(|effect| {
        matches!(effect, ChatEffect::FocusPanel | ChatEffect::FocusComposer | ChatEffect::FocusLog)
    });
    assert!(!moved, "{:?}", rig.effects);
}

#[test]
fn a_refused_line_can_be_sent_again() {
    // What the edge objects to, and the id the second try goes under.
    for (code, id) in [(Fault::Internal, 1), (Fault::Malformed, 1), (Fault::IdReused, 9), (Fault::Unknown, 1)]
    {
        let mut rig = Rig::online();
        rig.says(1, "a");
        let effects = rig.gets(Down::Fault { id: Some(Id(1)), code, retry_ms: None });
        assert_eq!((rig.shown(), spoken(&effects)), (vec!["!:a".to_owned()], vec!["NotSent"]), "{code:?}");
        let effects = rig.does(ChatEvent::Lazy(LazyEvent::Retried { id: Id(1), fresh: Id(9) }));
        assert!(
            matches!(sent(&effects)[..], [Up::Say { id: again, .. }] if *again == Id(id)),
            "{code:?} {effects:?}"
        );
        assert_eq!(rig.shown(), ["?:a"], "{code:?}");
    }
}

#[test]
fn too_fast_waits_and_sends_by_itself() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    let effects = rig.gets(Down::Fault { id: Some(Id(1)), code: Fault::TooFast, retry_ms: Some(4000) });
    assert!(effects.contains(&ChatEffect::After { ms: 4000, timer: Timer::Flush }));
    assert_eq!(rig.chat.notice, Some(ChatNotice::TooFast));
    // Each is tried once: the edge answers whoever is in danger all the same.
    assert!(matches!(sent(&rig.says(2, "b"))[..], [Up::Say { id: Id(2), .. }]));
    rig.gets(Down::Fault { id: Some(Id(2)), code: Fault::TooFast, retry_ms: Some(3000) });
    let effects = rig.does(ChatEvent::Rang(Timer::Flush));
    assert_eq!((sent(&effects).len(), rig.chat.notice), (2, None));
}

#[test]
fn a_new_epoch_starts_over_and_loses_nothing_unsent() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    rig.drops(0);
    rig.says(2, "b");
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    rig.does(ChatEvent::Opened);
    let effects = rig.gets(Down::Welcome { epoch: Id(0xf), last: 1, ticket: None });
    assert!(matches!(sent(&effects)[..], [Up::Say { id: Id(2), .. }]));
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "other")));
    assert_eq!(rig.shown(), ["1:other", "?:b"]);
}

#[test]
fn the_newest_are_enough_after_a_long_time_away() {
    let kept = SavedConversation { conversation: Id(5), ticket: "old".into(), epoch: Some(EPOCH) };
    let mut rig = Rig::of(boot(), Saved { kept: Some(kept), ..Saved::default() });
    rig.welcome(2000);
    rig.effects.clear();
    for seq in 1501..=2000 {
        rig.gets(Down::Message(message(seq, AuthorKind::Assistant, "a")));
    }
    assert_eq!((rig.chat.timeline.resume_after(), sent(&rig.effects).len()), (2000, 0));
}

#[test]
fn what_was_posted_without_the_widget_is_taken_over() {
    let mut boot = boot();
    boot.messages = vec![message(1, AuthorKind::Visitor, "a"), message(2, AuthorKind::Assistant, "b")];
    let kept = SavedConversation { conversation: Id(5), ticket: "old".into(), epoch: Some(EPOCH) };
    let rig = Rig::of(boot, Saved { kept: Some(kept), draft: "half a".into(), ..Saved::default() });
    assert_eq!((rig.shown(), rig.chat.draft.as_str()), (vec!["1:a".to_owned(), "2:b".to_owned()], "half a"));
    assert_eq!(stored(&rig.effects), [StorageKey::Conversation]);
    assert_eq!(connects(&rig.effects), Some(Id(0xc)), "the one just written in: {:?}", rig.effects);
}

#[test]
fn what_was_kept_unsent_is_sent_in_the_order_it_was_said() {
    let said = |id, at| OutgoingMessage {
        id: Id(id),
        text: format!("{id}"),
        lang: "vi".into(),
        pick: None,
        value: None,
        files: vec![],
        at,
    };
    let mut rig =
        Rig::of(boot(), Saved { outgoing: vec![said(1, 30), said(2, 10), said(3, 20)], ..Saved::default() });
    assert_eq!(rig.shown(), ["?:2", "?:3", "?:1"]);
    let effects = rig.welcome(0);
    let ids: Vec<_> =
        sent(&effects).into_iter().map(|up| if let Up::Say { id, .. } = up { id.0 } else { 0 }).collect();
    assert_eq!(ids, [2, 3, 1]);
}

#[test]
fn starting_over_is_asked_back_and_leaves_nothing() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    rig.does(ChatEvent::AskedToStartOver);
    assert_eq!(rig.chat.notice, Some(ChatNotice::StartOver));
    rig.does(ChatEvent::Escaped);
    assert_eq!((rig.chat.notice, rig.chat.open), (None, true), "Escape answers no and closes nothing else");
    let effects = rig.does(ChatEvent::StartedOver);
    assert!(matches!(effects[..], [ChatEffect::Fetch { why: FetchReason::StartOver, .. }]));
    let fresh = Boot { conversation: Id(0xd), ticket: "new".into(), ..boot() };
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::StartOver, boot: Box::new(fresh) });
    for key in [StorageKey::Outgoing(Id(1)), StorageKey::Conversation, StorageKey::Draft] {
        assert!(effects.contains(&ChatEffect::Forget(key)), "{key:?}");
    }
    assert_eq!((rig.shown().len(), rig.chat.choices().len()), (0, 2));
    rig.drops(0);
    assert_eq!(connects(&rig.types("b")), Some(Id(0xd)));
}

#[test]
fn another_language_keeps_the_conversation() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    for unknown in ["vi", "tlh", ""] {
        assert_eq!(rig.does(ChatEvent::Lazy(LazyEvent::ChoseLanguage(unknown.into()))), [], "{unknown}");
    }
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::ChoseLanguage("en".into())));
    let fetch = |lang: &str| ChatEffect::Fetch { lang: lang.into(), why: FetchReason::Language };
    assert_eq!(effects, [fetch("en,vi"), ChatEffect::Store(StorageKey::Lang, "en".into())]);
    // The page's wish is not the visitor's, and is not kept.
    assert_eq!(rig.does(ChatEvent::FromPage(FromPage::Locale("ar-EG".into()))), [fetch("ar,vi")]);
    let mut english = boot();
    english.look.lang = "en".into();
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::Language, boot: Box::new(english) });
    assert!(matches!(sent(&effects)[..], [Up::Hello { lang, after: 1, .. }] if lang == "en"));
    assert_eq!(rig.shown(), ["1:a"]);
}

#[test]
fn the_panel_follows_the_first_answer_in_another_language_once() {
    let answer = |seq, lang: &str| {
        Down::Message(wire::Message { lang: lang.into(), ..message(seq, AuthorKind::Assistant, "a") })
    };
    let follows = |effects: &[ChatEffect]| {
        effects.iter().find_map(|effect| match effect {
            ChatEffect::Fetch { lang, why: FetchReason::Language } => Some(lang.clone()),
            _ => None,
        })
    };
    let mut rig = Rig::online();
    assert_eq!(follows(&rig.gets(answer(1, "vi"))), None, "the page's own");
    let person = wire::Message { lang: "en".into(), ..message(2, AuthorKind::Staff, "b") };
    assert_eq!(follows(&rig.gets(Down::Message(person))), None, "a person's language is not the visitor's");
    assert_eq!(follows(&rig.gets(answer(3, "en"))).as_deref(), Some("en,vi"));
    assert_eq!(follows(&rig.gets(answer(4, "ar"))), None, "once");
    // Whoever was asked about the language is not overruled: the visitor, the tag, the page's script.
    let mut rig = Rig::online();
    rig.does(ChatEvent::Lazy(LazyEvent::ChoseLanguage("vi".into())));
    assert_eq!(follows(&rig.gets(answer(1, "en"))), None);
    let mut rig = Rig::online();
    rig.does(ChatEvent::FromPage(FromPage::Locale("vi".into())));
    assert_eq!(follows(&rig.gets(answer(1, "en"))), None);
    let saved = Saved { lang: Some("vi".into()), ..Saved::default() };
    let mut rig = Rig::of(boot(), saved);
    assert_eq!(follows(&rig.gets(answer(1, "en"))), None);
    // Written before the widget was there.
    let mut posted = boot();
    posted.messages = vec![wire::Message { lang: "en".into(), ..message(1, AuthorKind::Assistant, "a") }];
    let (_, effects) = start(posted, Saved::default(), false);
    assert_eq!(follows(&effects).as_deref(), Some("en,vi"));
}

#[test]
fn the_language_chosen_the_last_time_comes_first() {
    let saved = Saved { lang: Some("ar".into()), ..Saved::default() };
    let (_, effects) = start(boot(), saved, false);
    assert_eq!(effects.last(), Some(&ChatEffect::Fetch { lang: "ar,vi".into(), why: FetchReason::Language }));
    let saved = Saved { lang: Some("vi".into()), ..Saved::default() };
    let (_, effects) = start(boot(), saved, false);
    assert!(!effects.iter().any(|effect| matches!(effect, ChatEffect::Fetch { .. })));
}

#[test]
fn the_page_may_ask_but_not_overwrite_what_is_being_written() {
    let mut rig = Rig::online();
    rig.types("half a ques");
    let ask = FromPage::Ask { text: " Fees? ".into(), id: Id(1), at: NOW };
    assert_eq!(sent(&rig.does(ChatEvent::FromPage(ask))).len(), 1);
    assert_eq!(rig.chat.draft, "half a ques");
}

#[test]
fn a_procedure_is_spoken_as_rows() {
    let procedure = Procedure {
        title: "Birth".into(),
        papers: vec!["Card".into(), "Form".into()],
        fee: "Free".into(),
        ..Procedure::default()
    };
    let body =
        Body { blocks: vec![text("See:"), Block::Procedure(procedure)], buttons: vec![button("Fees")] };
    let spoken = body.plain_text(&boot().words);
    assert_eq!(spoken, "See:\nBirth\nFee: Free\nPapers: Card; Form\nChoices: Fees");
}

#[test]
fn the_simple_view_is_kept_and_shows_one_question() {
    let mut rig = Rig::online();
    let wish = |wish| ChatEvent::Lazy(LazyEvent::Wished(wish));
    assert_eq!(
        rig.does(wish(DisplayAction::Larger)),
        [ChatEffect::Store(StorageKey::Display, "1 0".into()), ChatEffect::Show]
    );
    let kept = ChatEffect::Store(StorageKey::Display, "1 1".into());
    assert_eq!(rig.does(wish(DisplayAction::Plain)), [kept, ChatEffect::Show, ChatEffect::Voices]);
    assert_eq!(rig.does(wish(DisplayAction::Write)), [ChatEffect::Show, ChatEffect::FocusComposer]);
    assert!(rig.chat.display.writing);
    assert!(rig.says(1, "a").contains(&ChatEffect::Show), "the next question shows buttons first again");
    assert!(!rig.chat.display.writing);
    for _ in 0..9 {
        rig.does(wish(DisplayAction::Larger));
    }
    assert_eq!(rig.chat.display.size, SIZES.len() - 1);
    let saved = Saved { display: "5 1".into(), ..Saved::default() };
    let (chat, effects) = start(boot(), saved, false);
    assert_eq!((chat.display.size, chat.display.plain, effects.contains(&ChatEffect::Show)), (5, true, true));
    for broken in ["99 7", "x", "-1 1 1"] {
        let saved = Saved { display: broken.into(), ..Saved::default() };
        assert!(start(boot(), saved, false).0.display.size < SIZES.len(), "{broken}");
    }
}

#[test]
fn answers_are_read_where_there_is_a_voice() {
    let mut rig = Rig::online();
    rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Plain)));
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    assert!(!rig.chat.can_read(), "no voice");
    rig.does(ChatEvent::Lazy(LazyEvent::Voices { voices: vec!["vi".into()], ears: true }));
    assert!(rig.chat.can_read());
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Read)));
    assert_eq!(effects, [ChatEffect::Read { text: "a".into(), lang: "vi".into() }]);
    assert_eq!(rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Read))), [ChatEffect::Hush]);
    assert_eq!(
        rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Speak))),
        [ChatEffect::Hear("vi".into())]
    );
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Heard(Some("giờ làm việc".into()))));
    assert!(effects.contains(&ChatEffect::Draft("giờ làm việc".into())));
    rig.does(ChatEvent::Lazy(LazyEvent::Heard(None)));
    assert!(!rig.chat.display.hearing);
}
