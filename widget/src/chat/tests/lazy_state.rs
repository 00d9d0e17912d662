//! What comes when it is first wanted.

use super::*;

/// A first visit for which nothing late has come.
fn rig() -> Rig {
    let mut rig = Rig::online();
    rig.chat.lazy = LazyState::NotLoaded;
    rig
}

fn brings(effects: &[Effect]) -> bool {
    effects.contains(&Effect::LoadLazy)
}

#[test]
fn an_everyday_answer_wants_nothing_more() {
    let mut rig = rig();
    rig.says(1, "opening hours?");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "At eight")));
    rig.does(Event::Thumbed(2, true));
    assert!(!brings(&rig.effects));
}

#[test]
fn what_is_rare_has_it_come_once() {
    let rare = Block::Table { head: Vec::new(), rows: Vec::new() };
    let mut answer = message(1, AuthorKind::Assistant, "see");
    answer.body.blocks.push(rare);
    let wants = [
        Event::MenuOpened,
        Event::Lazy(LazyEvent::Leaves),
        Event::Thumbed(7, false),
        Event::Received(Down::Message(answer)),
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
    rig.does(Event::Lazy(LazyEvent::Wished(Wish::Plain)));
    assert!(!rig.chat.display.plain);
    let effects = rig.does(Event::LazyLoaded(true));
    assert!(rig.chat.display.plain && effects.contains(&Effect::Voices));
    rig.does(Event::Lazy(LazyEvent::Wished(Wish::Plain)));
    assert!(!rig.chat.display.plain, "from now on at once");
}

#[test]
fn without_a_network_what_was_pressed_waits_for_it() {
    let mut rig = rig();
    rig.does(Event::Lazy(LazyEvent::Leaves));
    // The line was thought to work: it is opened anew, and nobody is told that the page is old.
    let effects = rig.does(Event::LazyLoaded(false));
    assert_eq!(spoken(&effects), ["Reconnecting"]);
    assert!(effects.contains(&Effect::Disconnect) && !brings(&effects), "{effects:?}");
    assert_eq!(rig.chat.notice, Some(Notice::Reconnecting));
    rig.drops(0);
    rig.welcome(0);
    assert!(brings(&rig.effects), "once the line is back: {:?}", rig.effects);
    let effects = rig.does(Event::LazyLoaded(true));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Visit { .. })), "{effects:?}");
    assert_eq!(rig.chat.notice, None);
}

#[test]
fn where_it_cant_be_had_the_visitor_is_told_and_may_try_again() {
    let mut rig = rig();
    rig.does(Event::Lazy(LazyEvent::Leaves));
    rig.does(Event::LazyLoaded(false));
    rig.drops(0);
    rig.welcome(0);
    let effects = rig.does(Event::LazyLoaded(false));
    assert_eq!(spoken(&effects), ["Reload"], "the line works anew, so its files are gone");
    assert!(!brings(&effects), "not at once");
    assert!(brings(&rig.does(Event::Lazy(LazyEvent::Leaves))), "the visitor does not wait");

    rig.drops(0);
    for told in ["Reconnecting", "Reconnecting"] {
        assert_eq!(spoken(&rig.does(Event::LazyLoaded(false))), [told]);
        assert!(brings(&rig.does(Event::Rang(Timer::RetryLazy))), "it is tried again");
    }
    assert_eq!(spoken(&rig.does(Event::LazyLoaded(false))), ["Broken"]);
    rig.does(Event::Thumbed(7, false));
    let effects = rig.does(Event::Rang(Timer::RetryLazy));
    assert!(brings(&effects), "the question why is still open");
    rig.does(Event::LazyLoaded(true));
    assert!(!brings(&rig.does(Event::MenuOpened)));
}

#[test]
fn too_long_is_said_when_it_can_be() {
    let mut rig = rig();
    let long = "x".repeat(limits::MAX_SAY_CHARS + 3);
    assert!(brings(&rig.says(1, &long)));
    assert_eq!(rig.does(Event::LazyLoaded(true)), [Effect::AnnounceExcess(3)]);
}
