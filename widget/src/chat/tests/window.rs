//! How much of a long conversation is drawn.

use super::*;
use crate::chat::window::{MOST, WINDOW};

fn said(seq: u64) -> Down {
    Down::Message(message(seq, AuthorKind::Assistant, "x"))
}

fn drawn(rig: &Rig) -> (u64, usize) {
    let drawn = rig.chat.visible_rows();
    (drawn.first().map_or(0, |line| line.message.seq), drawn.len())
}

#[test]
fn a_long_past_is_drawn_from_its_end_and_more_when_asked_for() {
    let kept = SavedConversation { conversation: Id(0xc), ticket: "ticket".into(), epoch: Some(EPOCH) };
    let mut rig = Rig::of(boot(), Saved { kept: Some(kept), ..Saved::default() });
    rig.welcome(400);
    for seq in 1..400 {
        assert!(!rig.gets(said(seq)).contains(&ChatEffect::Reveal));
        assert!(rig.chat.behind, "the past is drawn once, not {seq} times");
    }
    assert!(rig.gets(said(400)).contains(&ChatEffect::Reveal));
    assert!(!rig.chat.behind);
    assert_eq!((drawn(&rig), rig.chat.has_earlier()), ((301, WINDOW), true));
    assert_eq!(rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Earlier))), [ChatEffect::KeepPlace]);
    assert_eq!(drawn(&rig), (101, 300));
    rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Earlier)));
    assert_eq!((drawn(&rig), rig.chat.has_earlier()), ((1, 400), false));
}

/// Should the rest not come, what has come is drawn with whatever happens next.
#[test]
fn a_past_that_breaks_off_is_drawn_all_the_same() {
    let kept = SavedConversation { conversation: Id(0xc), ticket: "ticket".into(), epoch: Some(EPOCH) };
    let mut rig = Rig::of(boot(), Saved { kept: Some(kept), ..Saved::default() });
    rig.welcome(400);
    rig.gets(said(1));
    rig.does(ChatEvent::Closed { chance: 0 });
    assert!(!rig.chat.behind);
}

/// Who reads further up keeps what is there; at the end, it does not grow for ever. What was said is kept all along.
#[test]
fn a_long_sitting_is_bounded_at_its_end_only() {
    let mut rig = Rig::online();
    rig.does(ChatEvent::Scrolled { at_end: false });
    let most = MOST as u64;
    (1..=most + 5).for_each(|seq| drop(rig.gets(said(seq))));
    assert_eq!(drawn(&rig), (1, MOST + 5));
    rig.does(ChatEvent::ToEnd);
    rig.gets(said(most + 6));
    assert_eq!(drawn(&rig), (most + 6 - WINDOW as u64 + 1, WINDOW));
    assert_eq!(rig.chat.timeline.entries.len(), MOST + 6);
    rig.says(1, "last");
    assert_eq!(rig.chat.visible_rows().last().map(|line| line.message.seq), Some(0));
}
