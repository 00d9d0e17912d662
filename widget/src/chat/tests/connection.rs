//! The line: opened, lost, tried again, refused.

use super::*;

#[test]
fn the_first_letter_opens_the_line_and_the_next_ones_do_not() {
    let mut rig = Rig::new();
    assert_eq!(connects(&rig.types("a")), Some(Id(0xc)));
    assert_eq!(rig.types("ab"), [ChatEffect::Store(StorageKey::Draft, "ab".into())]);
}

#[test]
fn a_hello_says_what_is_here() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    rig.drops(0);
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    let effects = rig.does(ChatEvent::Opened);
    let Some(Up::Hello { v, ticket, epoch, after, lang }) = sent(&effects).first().copied() else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (*v, ticket.as_str(), *epoch, *after, lang.as_str()),
        (VERSION, "ticket", Some(EPOCH), 1, "vi")
    );
}

#[test]
fn a_short_break_is_not_mentioned_and_a_long_one_once() {
    let mut rig = Rig::online();
    for _ in 0..20 {
        rig.drops(7);
        rig.does(ChatEvent::Rang(Timer::Reconnect));
        rig.welcome(0);
    }
    assert_eq!((spoken(&rig.effects), rig.chat.notice), (vec![], None));
    for _ in 0..5 {
        rig.drops(7);
        rig.does(ChatEvent::Rang(Timer::Bar));
        assert_eq!(rig.chat.notice, Some(ChatNotice::Reconnecting));
        rig.does(ChatEvent::Rang(Timer::Reconnect));
        rig.welcome(0);
    }
    assert_eq!(spoken(&rig.effects).iter().filter(|text| **text == "Reconnecting").count(), 1);
    rig.does(ChatEvent::Rang(Timer::Calm));
    rig.drops(7);
    rig.does(ChatEvent::Rang(Timer::Bar));
    assert_eq!(spoken(&rig.effects).iter().filter(|text| **text == "Reconnecting").count(), 2);
}

#[test]
fn a_dead_line_is_noticed() {
    // What was set going, which timer rings, and whether the line is given up.
    let cases: &[(&str, Timer, bool)] = &[
        ("nothing", Timer::Pong, false),
        ("ping", Timer::Pong, true),
        ("ping and pong", Timer::Pong, false),
        ("nothing", Timer::Ack, false),
        ("say", Timer::Ack, true),
        ("say and ack", Timer::Ack, false),
        ("nothing", Timer::Connect, false),
    ];
    for &(set, timer, gives_up) in cases {
        let mut rig = Rig::online();
        if set.starts_with("ping") {
            assert!(rig.does(ChatEvent::Rang(Timer::Ping)).contains(&ChatEffect::Ping));
        }
        if set.ends_with("pong") {
            rig.does(ChatEvent::Ponged);
        }
        if set.starts_with("say") {
            rig.says(1, "a");
        }
        if set.ends_with("ack") {
            rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
        }
        assert_eq!(
            rig.does(ChatEvent::Rang(timer)).contains(&ChatEffect::Disconnect),
            gives_up,
            "{set}, {timer:?}"
        );
    }
}

#[test]
fn a_line_that_never_greets_is_given_up() {
    let mut rig = Rig::new();
    rig.types("a");
    rig.does(ChatEvent::Opened);
    assert_eq!(rig.does(ChatEvent::Rang(Timer::Connect)), [ChatEffect::Disconnect]);
    assert!(matches!(rig.drops(0)[..], [ChatEffect::After { timer: Timer::Reconnect, .. }, ..]));
}

#[test]
fn going_comes_back_without_a_word() {
    let mut rig = Rig::online();
    assert_eq!(rig.gets(Down::Going), [ChatEffect::Disconnect]);
    let effects = rig.drops(u32::MAX);
    assert!(effects.contains(&ChatEffect::After { ms: 499, timer: Timer::Reconnect }), "{effects:?}");
}

#[test]
fn waking_up_loses_no_time() {
    let mut rig = Rig::online();
    assert!(rig.does(ChatEvent::Woke).contains(&ChatEffect::Ping));
    rig.drops(u32::MAX);
    assert_eq!(connects(&rig.does(ChatEvent::Woke)), Some(Id(0xc)));
    assert_eq!(rig.does(ChatEvent::Rang(Timer::Reconnect)), [], "already on its way");
}

#[test]
fn who_is_refused_stays_away() {
    for (code, notice) in [
        (Fault::Version, ChatNotice::Reload),
        (Fault::Origin, ChatNotice::Refused),
        (Fault::NoSite, ChatNotice::Refused),
    ] {
        let mut rig = Rig::online();
        let effects = rig.gets(Down::Fault { id: None, code, retry_ms: None });
        assert!(
            effects.contains(&ChatEffect::Disconnect)
                && effects.contains(&ChatEffect::Tell(ToPage::Error(code)))
        );
        assert_eq!(rig.chat.notice, Some(notice));
        assert_eq!(rig.drops(0), [], "{code:?}");
        assert_eq!(rig.does(ChatEvent::Woke), [], "{code:?}");
    }
}

#[test]
fn an_expired_ticket_is_replaced_and_what_waits_is_said_in_the_new_conversation() {
    let mut rig = Rig::online();
    rig.gets(Down::Message(message(1, AuthorKind::Assistant, "a")));
    rig.says(1, "b");
    rig.gets(Down::Fault { id: None, code: Fault::Ticket, retry_ms: None });
    rig.drops(0);
    let effects = rig.does(ChatEvent::Rang(Timer::Reconnect));
    assert!(matches!(effects[..], [ChatEffect::Fetch { why: FetchReason::Ticket, .. }]), "{effects:?}");

    rig.does(ChatEvent::FetchFailed { why: FetchReason::Ticket, chance: 0 });
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    let fresh = Boot { conversation: Id(0xd), ticket: "new".into(), ..boot() };
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::Ticket, boot: Box::new(fresh) });
    assert_eq!(connects(&effects), Some(Id(0xd)), "{effects:?}");
    assert_eq!((rig.shown(), rig.chat.notice), (vec!["?:b".to_owned()], Some(ChatNotice::Expired)));
    assert!(matches!(sent(&rig.welcome(0))[..], [Up::Say { id: Id(1), .. }]));
}

#[test]
fn a_fresh_ticket_is_kept_once_the_visitor_has_written() {
    for written in [false, true] {
        let mut rig = Rig::online();
        if written {
            rig.says(1, "a");
        }
        rig.effects.clear();
        rig.gets(Down::Welcome { epoch: EPOCH, last: 0, ticket: Some("fresh".into()) });
        let kept = rig
            .effects
            .iter()
            .any(|effect| matches!(effect, ChatEffect::Store(StorageKey::Conversation, json) if json.contains("fresh")));
        assert_eq!(kept, written);
    }
}

#[test]
fn whose_line_is_closed_for_haste_does_not_come_back_at_once() {
    let haste = |wait| Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) };
    for (wait, rest) in [(30_000, 30_000), (3_600_000, 30_000), (200, 200)] {
        let mut rig = Rig::online();
        rig.gets(haste(wait));
        let effects = rig.drops(0);
        assert!(effects.contains(&ChatEffect::After { ms: rest, timer: Timer::Reconnect }), "{effects:?}");
    }
    // What broke for another reason, later, is tried at once.
    let mut rig = Rig::online();
    rig.gets(haste(30_000));
    rig.gets(Down::Quiet);
    assert!(rig.drops(0).contains(&ChatEffect::After { ms: 0, timer: Timer::Reconnect }));
}

#[test]
fn who_is_to_come_later_comes_later_and_keeps_what_was_said() {
    let mut rig = Rig::new();
    rig.says(1, "a");
    rig.does(ChatEvent::Opened);
    let wait = 3_600_000;
    let effects = rig.gets(Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) });
    assert_eq!(rig.chat.notice, Some(ChatNotice::TooMuch));
    assert_eq!(spoken(&effects), ["TooMuch"]);
    let effects = rig.drops(0);
    assert!(effects.contains(&ChatEffect::After { ms: wait, timer: Timer::Reconnect }), "{effects:?}");
    rig.does(ChatEvent::Rang(Timer::Bar));
    assert_eq!(rig.chat.notice, Some(ChatNotice::TooMuch), "why the line is down is the better news");
    assert_eq!(rig.shown(), ["?:a"]);
    rig.does(ChatEvent::Rang(Timer::Flush));
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    let effects = rig.welcome(0);
    assert!(sent(&effects).iter().any(|up| matches!(up, Up::Say { id: Id(1), .. })), "{effects:?}");
    assert_eq!(rig.chat.notice, None);
    assert!(rig.drops(0).contains(&ChatEffect::After { ms: 0, timer: Timer::Reconnect }), "once is enough");
}
