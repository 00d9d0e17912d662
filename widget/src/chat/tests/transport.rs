//! Which way frames take where no socket gets through.

use super::*;
use crate::chat::transport::{IDLE_POLL_MS, POLL_MS, SOON_MS};

/// The way of the line that is being opened.
fn way(effects: &[ChatEffect]) -> Option<Transport> {
    effects.iter().find_map(|effect| match effect {
        ChatEffect::Connect { transport, .. } => Some(*transport),
        _ => None,
    })
}

/// The line fails; gives the wait that follows and the way that is tried then.
fn fails(rig: &mut Rig) -> (u64, Option<Transport>) {
    let effects = rig.drops(u32::MAX);
    let wait = effects.iter().find_map(|effect| match effect {
        ChatEffect::After { ms, timer: Timer::Reconnect } => Some(*ms),
        _ => None,
    });
    (wait.unwrap(), way(&rig.does(ChatEvent::Rang(Timer::Reconnect))))
}

fn polling() -> Rig {
    let mut rig = Rig::new();
    rig.says(1, "a");
    for _ in 0..3 {
        fails(&mut rig);
    }
    rig
}

#[test]
fn the_next_way_is_tried_at_once_and_the_first_one_again_in_the_end() {
    let mut rig = Rig::new();
    assert_eq!(way(&rig.types("a")), Some(Transport::Socket));
    assert_eq!(fails(&mut rig), (499, Some(Transport::Socket)));
    assert_eq!(fails(&mut rig), (0, Some(Transport::Stream)));
    assert_eq!(rig.chat.notice, None);
    rig.does(ChatEvent::Rang(Timer::Bar));
    assert_eq!(rig.chat.notice, None, "nobody needs to know");
    assert_eq!(fails(&mut rig), (0, Some(Transport::Poll)));
    let (wait, again) = fails(&mut rig);
    assert!(wait > 0 && again == Some(Transport::Socket), "nothing gets through: {wait}");
    rig.does(ChatEvent::Rang(Timer::Bar));
    assert_eq!(rig.chat.notice, Some(ChatNotice::Reconnecting));
}

#[test]
fn a_way_that_worked_is_kept_for_the_session_and_not_given_up_soon() {
    let mut rig = Rig::new();
    rig.says(1, "a");
    fails(&mut rig);
    fails(&mut rig);
    let effects = rig.welcome(0);
    assert!(effects.contains(&ChatEffect::Store(StorageKey::Transport, "stream".into())), "{effects:?}");
    for _ in 0..4 {
        assert_eq!(fails(&mut rig).1, Some(Transport::Stream));
    }
    let saved = Saved { transport: Transport::Stream, ..Saved::default() };
    let mut rig = Rig::of(boot(), saved);
    assert_eq!(way(&rig.types("a")), Some(Transport::Stream));
    for _ in 0..4 {
        assert_eq!(fails(&mut rig).1, Some(Transport::Stream));
    }
    assert_eq!(fails(&mut rig).1, Some(Transport::Poll));
    rig.drops(0);
    assert_eq!(way(&rig.does(ChatEvent::Woke)), Some(Transport::Socket), "another network, perhaps");
    assert_eq!(
        [Transport::Socket, Transport::Stream, Transport::Poll].map(|way| Transport::from_name(way.name())),
        [Transport::Socket, Transport::Stream, Transport::Poll]
    );
}

#[test]
fn who_polls_asks_again_and_sooner_while_an_answer_is_expected() {
    let mut rig = polling();
    let effects = rig.welcome(0);
    assert!(effects.contains(&ChatEffect::After { ms: POLL_MS, timer: Timer::Poll }), "{effects:?}");
    let effects = rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    assert!(effects.contains(&ChatEffect::After { ms: SOON_MS, timer: Timer::Poll }), "{effects:?}");
    let effects = rig.does(ChatEvent::Rang(Timer::Poll));
    assert!(matches!(sent(&effects)[..], [Up::Hello { after: 1, .. }]), "{effects:?}");
    rig.gets(Down::Welcome { epoch: EPOCH, last: 2, ticket: None });
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "b")));
    let effects = rig.gets(Down::Welcome { epoch: EPOCH, last: 2, ticket: None });
    assert!(effects.contains(&ChatEffect::After { ms: IDLE_POLL_MS, timer: Timer::Poll }), "{effects:?}");
    assert_eq!(rig.shown(), ["1:a", "2:b"]);
    rig.drops(0);
    assert_eq!(rig.does(ChatEvent::Rang(Timer::Poll)), [], "the line is down");
}

#[test]
fn what_comes_twice_or_late_changes_nothing() {
    let mut rig = polling();
    rig.welcome(0);
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Message(growing(2, "b")));
    let late = growing(2, "b");
    rig.gets(Down::Grow { seq: 2, rev: 1, keep: 0, blocks: vec![text("bc")] });
    let drawn = rig.chat.timeline.entries[1].version;
    assert_eq!(rig.gets(Down::Message(late)), []);
    let now = rig.chat.timeline.entries[1].message.clone();
    assert_eq!(rig.gets(Down::Message(now)), []);
    assert_eq!(
        (rig.shown(), rig.chat.timeline.entries[1].version),
        (vec!["1:a".to_owned(), "2:bc".to_owned()], drawn)
    );
}
