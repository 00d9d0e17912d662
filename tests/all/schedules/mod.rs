//! The widget's chat against the edge's conversation, both as they are, over a line and on machines that fail in every
//! way a schedule can name. Whatever happens: each message is shown exactly once, in order, to everybody connected in
//! the end, and the agency is asked once about each question.
//!
//! A schedule is a list of [`Step`]s. `HOI_SCHEDULES=1000000` plays so many instead of a few hundred; a schedule that
//! once failed is kept as a test of its own at the end of this file.

pub mod client;
mod judge;
mod object;
mod world;

use hoi_core::conversation::ConversationStore as _;
use proptest::prelude::*;
use widget::chat::Transport;
use world::{Step, World};

/// How many schedules a test run plays.
const USUAL: u32 = 400;

fn play(steps: &[Step]) {
    let mut world = World::new();
    for step in steps {
        world.take(*step);
        judge::now(&world);
    }
    world.settle();
    judge::in_the_end(&world);
}

/// Who: two tabs of one browser, and another device.
fn who() -> impl Strategy<Value = usize> {
    0usize..3
}

fn way() -> impl Strategy<Value = Transport> {
    prop_oneof![Just(Transport::Socket), Just(Transport::Stream), Just(Transport::Poll)]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (who(), any::<bool>()).prop_map(|(who, strange)| Step::Say { who, strange }),
        12 => who().prop_map(Step::Up),
        1 => who().prop_map(Step::UpTwice),
        12 => who().prop_map(Step::Down),
        1 => who().prop_map(Step::DownTwice),
        1 => who().prop_map(Step::DownSwapped),
        2 => who().prop_map(Step::Cut),
        1 => who().prop_map(Step::Silence),
        1 => who().prop_map(Step::Offline),
        3 => who().prop_map(Step::Online),
        1 => (who(), way()).prop_map(|(who, way)| Step::Only(who, way)),
        2 => who().prop_map(Step::Reload),
        1 => who().prop_map(Step::Wipe),
        1 => who().prop_map(Step::Close),
        1 => who().prop_map(Step::Reset),
        8 => (0usize..4).prop_map(Step::AgencyGoesOn),
        2 => (0usize..4).prop_map(Step::AgencyEnds),
        1 => (0usize..4).prop_map(Step::AgencyBreaks),
        1 => (0usize..4).prop_map(Step::AgencyIsAway),
        1 => who().prop_map(Step::Stop),
        3 => (who(), any::<bool>()).prop_map(|(who, good)| Step::Rate { who, good }),
        1 => Just(Step::Sleep),
        1 => Just(Step::Crash),
        1 => Just(Step::Alarm),
        1 => Just(Step::Callback { again: false }),
        1 => Just(Step::Callback { again: true }),
        4 => (1u64..40_000).prop_map(Step::Wait),
        1 => (-3_600_000i64..3_600_000).prop_map(Step::ClockJumps),
    ]
}

fn schedules() -> u32 {
    std::env::var("HOI_SCHEDULES").ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: schedules(), failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_doubled_or_out_of_order(steps in prop::collection::vec(step(), 0..90)) {
        play(&steps);
    }
}

#[test]
fn a_plain_conversation() {
    use Step::*;
    play(&[
        Say { who: 0, strange: false },
        Up(0),
        Down(0),
        Up(0),
        Down(0),
        Down(0),
        Say { who: 0, strange: true },
        Up(0),
        Down(0),
        AgencyGoesOn(0),
        AgencyGoesOn(0),
        Reload(0),
        AgencyEnds(0),
    ]);
}

#[test]
fn an_opinion_is_on_every_device() {
    use Step::*;
    let mut world = World::new();
    world.take(Say { who: 0, strange: false });
    world.settle();
    // The line is cut before the frame arrives, and the other device is away.
    for step in [Offline(2), Rate { who: 0, good: false }, Cut(0)] {
        world.take(step);
    }
    assert!(world.object.store.ratings().unwrap().is_empty());
    world.settle();
    judge::in_the_end(&world);
    let good: Vec<_> = world.object.store.ratings().unwrap().iter().map(|rating| rating.good).collect();
    assert_eq!(good, [Some(false)]);
    let shown = |who: usize| world.clients[who].chat.as_ref().map(|chat| chat.opinion.rated.bad.clone());
    assert_eq!([shown(0), shown(2)], [Some(vec![2]), Some(vec![2])]);
}

#[test]
fn a_conversation_changes_its_way() {
    use Step::*;
    let mut world = World::new();
    for way in [Transport::Socket, Transport::Stream, Transport::Poll, Transport::Socket] {
        world.take(Only(0, way));
        world.take(Say { who: 0, strange: true });
        for _ in 0..300 {
            for step in [Wait(500), Up(0), Down(0), Down(0), Down(0)] {
                world.take(step);
                judge::now(&world);
            }
        }
        assert_eq!(world.way(0), Some(way));
    }
    world.settle();
    judge::in_the_end(&world);
    assert_eq!(world.object.store.messages.iter().filter(|message| message.id.is_some()).count(), 4);
}

#[test]
fn a_reply_that_was_given_up_is_still_asked_for() {
    // Where only streams got through, the tab waited so long that it drew the reply as broken off, and then took it for
    // whole: its end was never asked for. Found in 44,513 schedules.
    use Step::*;
    play(&[
        Say { who: 0, strange: true },
        Up(0),
        Down(0),
        Say { who: 0, strange: false },
        Up(0),
        Down(0),
        DownTwice(0),
        AgencyGoesOn(0),
        AgencyGoesOn(0),
        Down(0),
        Only(0, Transport::Stream),
        Wait(3_999),
    ]);
}
