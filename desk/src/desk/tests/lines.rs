//! Lines that break.

use super::*;
use wire::desk::{BoardUp, SIGNED_OUT};

fn closed(place: Place, code: u16) -> Event {
    Event::Closed { place, code, chance: u32::MAX }
}

#[test]
fn a_line_is_tried_again_later_and_later() {
    let mut desk = desk(Role::Agent, vec![]);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let effects = update(&mut desk, NOW, closed(Place::Board, 1006));
        let wait = effects.iter().find_map(|effect| match effect {
            Effect::After { ms, timer: Timer::Connect(Place::Board) } => Some(*ms),
            _ => None,
        });
        waits.push(wait.unwrap());
        let effects = update(&mut desk, NOW, Event::Rang(Timer::Connect(Place::Board)));
        assert!(effects.contains(&Effect::Connect(Place::Board)));
    }
    assert_eq!(waits, [499, 999, 1_999, 3_999, 7_999, 14_999, 14_999, 14_999]);
}

#[test]
fn a_board_that_comes_back_hears_whether_i_am_here() {
    let mut desk = desk(Role::Agent, vec![]);
    update(&mut desk, NOW, Event::Button(Button::Presence(Presence::Away)));
    update(&mut desk, NOW, closed(Place::Board, 1006));
    update(&mut desk, NOW, Event::Rang(Timer::Connect(Place::Board)));
    update(&mut desk, NOW, Event::Opened(Place::Board));
    let frame = BoardDown::Welcome { me: me(Role::Agent), site: Box::new(info()) };
    let effects = board(&mut desk, frame);
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Presence { presence: Presence::Away })));
}

#[test]
fn silence_is_tried_and_a_dead_line_given_up() {
    let mut desk = desk(Role::Agent, vec![]);
    let effects = update(&mut desk, NOW, Event::Rang(Timer::Ping(Place::Board)));
    assert!(effects.contains(&Effect::Ping(Place::Board)));
    update(&mut desk, NOW, Event::Ponged(Place::Board));
    assert!(
        !update(&mut desk, NOW, Event::Rang(Timer::Pong(Place::Board)))
            .contains(&Effect::Disconnect(Place::Board))
    );
    update(&mut desk, NOW, Event::Rang(Timer::Ping(Place::Board)));
    let effects = update(&mut desk, NOW, Event::Rang(Timer::Pong(Place::Board)));
    assert!(effects.contains(&Effect::Disconnect(Place::Board)));
}

#[test]
fn who_is_signed_out_tries_no_more() {
    let mut desk = talking(Role::Agent);
    let effects = update(&mut desk, NOW, closed(Place::Board, SIGNED_OUT));
    assert!(desk.signed_out);
    assert!(effects.contains(&Effect::HangUp(Place::Chat(Id(1)))));
    let effects = update(&mut desk, NOW, Event::Button(Button::Open(Id(1))));
    assert!(!effects.contains(&Effect::Connect(Place::Chat(Id(1)))));
}

#[test]
fn a_handshake_that_is_refused_again_may_mean_that() {
    let mut desk = desk(Role::Agent, vec![]);
    update(&mut desk, NOW, closed(Place::Board, 1006));
    update(&mut desk, NOW, Event::Rang(Timer::Connect(Place::Board)));
    assert!(update(&mut desk, NOW, closed(Place::Board, 1006)).contains(&Effect::CheckSession));
}

#[test]
fn a_conversation_that_is_left_keeps_its_line_until_all_is_sent() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, Event::Wrote("Vâng".into()));
    update(&mut desk, NOW, Event::Submitted(Id(7)));
    let effects = update(&mut desk, NOW, Event::Button(Button::Open(Id(2))));
    assert!(!effects.contains(&Effect::HangUp(Place::Chat(Id(1)))));
    update(&mut desk, NOW, Event::Chat(Id(1), ChatDown::Ack { id: Id(7), seq: 2 }));
    let effects =
        update(&mut desk, NOW, Event::Message(Id(1), Down::Message(message(2, AuthorKind::Staff, "Vâng"))));
    assert!(effects.contains(&Effect::HangUp(Place::Chat(Id(1)))));
}
