//! Replies that stop growing, and pages that are put aside.

use super::*;
use crate::chat::stream_timeout::{GIVE_UP_MS, STALL_MS};

fn streaming() -> Rig {
    let mut rig = Rig::online();
    rig.says(1, "q");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    let effects = rig.gets(Down::Message(growing(2, "b")));
    assert!(effects.contains(&ChatEffect::After { ms: STALL_MS, timer: Timer::Stall }), "{effects:?}");
    rig
}

fn state(rig: &Rig) -> State {
    rig.chat.timeline.entries[1].message.state
}

#[test]
fn a_reply_that_stops_growing_is_asked_about_then_kept_and_marked() {
    let mut rig = streaming();
    let effects = rig.does(ChatEvent::Rang(Timer::Stall));
    assert!(matches!(sent(&effects)[..], [Up::Hello { after: 1, .. }]), "{effects:?}");
    assert!(effects.contains(&ChatEffect::After { ms: GIVE_UP_MS, timer: Timer::Stall }));
    assert_eq!(spoken(&rig.does(ChatEvent::Rang(Timer::Stall))), ["CutShort"]);
    assert_eq!((state(&rig), rig.shown()), (State::Cut, vec!["1:q".to_owned(), "2:b".to_owned()]));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::AskedAgain { seq: 2, id: Id(2), at: NOW }));
    let again = |up: &&Up| matches!(up, Up::Say { id: Id(2), text, .. } if text == "q");
    assert!(sent(&effects).iter().any(again), "{effects:?}");
    // It went on after all.
    rig.gets(Down::Grow { seq: 2, rev: 1, keep: 0, blocks: vec![text("bc")] });
    assert_eq!(state(&rig), State::Growing);
}

#[test]
fn one_that_goes_on_or_has_ended_is_left_alone() {
    let mut rig = streaming();
    rig.does(ChatEvent::Rang(Timer::Stall));
    rig.gets(Down::Grow { seq: 2, rev: 1, keep: 0, blocks: vec![text("bc")] });
    assert!(!sent(&rig.does(ChatEvent::Rang(Timer::Stall))).is_empty(), "asked before it is given up");
    assert_eq!(state(&rig), State::Growing);
    rig.gets(Down::Message(Message { rev: 2, ..message(2, AuthorKind::Agency, "bcd") }));
    assert_eq!(rig.does(ChatEvent::Rang(Timer::Stall)), []);
    assert_eq!(state(&rig), State::Done);
}

#[test]
fn stop_works_with_and_without_a_line() {
    let mut rig = streaming();
    assert_eq!(sent(&rig.does(ChatEvent::Stopped { seq: 2 })), [&Up::Stop { seq: 2 }]);
    assert_eq!(state(&rig), State::Growing, "the edge says how it ends");
    rig.does(ChatEvent::Rang(Timer::Stall));
    assert_eq!(state(&rig), State::Cut, "and if it says nothing, it has ended");
    let mut rig = streaming();
    rig.drops(0);
    rig.does(ChatEvent::Stopped { seq: 2 });
    assert_eq!(state(&rig), State::Cut);
}

#[test]
fn a_page_that_is_put_aside_lets_its_line_go_and_takes_it_up_at_once() {
    let mut rig = streaming();
    assert!(rig.does(ChatEvent::Froze).contains(&ChatEffect::Disconnect));
    assert_eq!(rig.drops(0), [], "it knows");
    assert_eq!(rig.chat.notice, None);
    assert_eq!(connects(&rig.does(ChatEvent::Woke)), Some(Id(0xc)));
    let mut idle = Rig::new();
    assert_eq!(idle.does(ChatEvent::Froze), [], "there was none");
    assert_eq!(connects(&idle.does(ChatEvent::Woke)), None);
}
