//! What comes when it is first wanted.

use super::*;

/// A first visit for which nothing late has come.
fn rig() -> Rig {
    let mut rig = Rig::online();
    rig.chat.lazy = LazyState::NotLoaded;
    rig
}

fn brings(effects: &[ChatEffect]) -> bool {
    effects.contains(&ChatEffect::LoadLazy)
}

#[test]
fn an_everyday_answer_wants_nothing_more() {
    let mut rig = rig();
    rig.says(1, "opening hours?");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "At eight")));
    rig.does(ChatEvent::Thumbed(2, true));
    assert!(!brings(&rig.effects));
}

#[test]
fn what_is_rare_has_it_come_once() {
    let rare = Block::Table { head: Vec::new(), rows: Vec::new() };
    let mut answer = message(1, AuthorKind::Assistant, "see");
    answer.body.blocks.push(rare);
    let wants = [
        ChatEvent::MenuOpened,
        ChatEvent::Lazy(LazyEvent::Leaves),
        ChatEvent::Thumbed(7, false),
        ChatEvent::Received(Down::Message(answer)),
    ];
    for want in wants {
        let mut rig = rig();
        assert!(brings(&rig.does(want.clone())), "{want:?}");
        assert!(!brings(&rig.does(want.clone())), "{want:?}: it is on its way");
    }
}

#[test]
fn what_happens_before_it_is_there_waits_for_it() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Plain)));
    assert!(!rig.chat.display.plain);
    let effects = rig.does(ChatEvent::LazyLoaded(true));
    assert!(rig.chat.display.plain && effects.contains(&ChatEffect::Voices));
    rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Plain)));
    assert!(!rig.chat.display.plain, "from now on at once");
}

#[test]
fn without_a_network_what_was_pressed_waits_for_it() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Leaves));
    // The line was thought to work: it is opened anew, and nobody is told that the page is old.
    let effects = rig.does(ChatEvent::LazyLoaded(false));
    assert_eq!(spoken(&effects), ["Reconnecting"]);
    assert!(effects.contains(&ChatEffect::Disconnect) && !brings(&effects), "{effects:?}");
    assert_eq!(rig.chat.notice, Some(ChatNotice::Reconnecting));
    rig.drops(0);
    rig.welcome(0);
    assert!(brings(&rig.effects), "once the line is back: {:?}", rig.effects);
    let effects = rig.does(ChatEvent::LazyLoaded(true));
    assert!(effects.iter().any(|effect| matches!(effect, ChatEffect::Visit { .. })), "{effects:?}");
    assert_eq!(rig.chat.notice, None);
}

#[test]
fn where_it_cant_be_had_the_visitor_is_told_and_may_try_again() {
    let mut rig = rig();
    rig.does(ChatEvent::Lazy(LazyEvent::Leaves));
    rig.does(ChatEvent::LazyLoaded(false));
    rig.drops(0);
    rig.welcome(0);
    let effects = rig.does(ChatEvent::LazyLoaded(false));
    assert_eq!(spoken(&effects), ["Reload"], "the line works anew, so its files are gone");
    assert!(!brings(&effects), "not at once");
    assert!(brings(&rig.does(ChatEvent::Lazy(LazyEvent::Leaves))), "the visitor does not wait");

    rig.drops(0);
    for told in ["Reconnecting", "Reconnecting"] {
        assert_eq!(spoken(&rig.does(ChatEvent::LazyLoaded(false))), [told]);
        assert!(brings(&rig.does(ChatEvent::Rang(Timer::RetryLazy))), "it is tried again");
    }
    assert_eq!(spoken(&rig.does(ChatEvent::LazyLoaded(false))), ["Broken"]);
    rig.does(ChatEvent::Thumbed(7, false));
    let effects = rig.does(ChatEvent::Rang(Timer::RetryLazy));
    assert!(brings(&effects), "the question why is still open");
    rig.does(ChatEvent::LazyLoaded(true));
    assert!(!brings(&rig.does(ChatEvent::MenuOpened)));
}

#[test]
fn too_long_is_said_when_it_can_be() {
    let mut rig = rig();
    let long = "x".repeat(limits::MAX_SAY_CHARS + 3);
    assert!(brings(&rig.says(1, &long)));
    assert_eq!(rig.does(ChatEvent::LazyLoaded(true)), [ChatEffect::AnnounceExcess(3)]);
}
