//! Lines that break.

use super::*;
use wire::desk::{BoardUp, SIGNED_OUT};

fn closed(place: ConnectionTarget, code: u16) -> DeskEvent {
    DeskEvent::Closed { place, code, chance: u32::MAX }
}

#[test]
fn a_line_is_tried_again_later_and_later() {
    let mut desk = desk(Role::Agent, vec![]);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let effects = update(&mut desk, NOW, closed(ConnectionTarget::Board, 1006));
        let wait = effects.iter().find_map(|effect| match effect {
            DeskEffect::After { ms, timer: DeskTimer::Connect(ConnectionTarget::Board) } => Some(*ms),
            _ => None,
        });
        waits.push(wait.unwrap());
        let effects = update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Connect(ConnectionTarget::Board)));
        assert!(effects.contains(&DeskEffect::Connect(ConnectionTarget::Board)));
    }
    assert_eq!(waits, [499, 999, 1_999, 3_999, 7_999, 14_999, 14_999, 14_999]);
}

#[test]
fn a_board_that_comes_back_hears_whether_i_am_here() {
    let mut desk = desk(Role::Agent, vec![]);
    update(&mut desk, NOW, DeskEvent::Button(DeskButton::Presence(Presence::Away)));
    update(&mut desk, NOW, closed(ConnectionTarget::Board, 1006));
    update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Connect(ConnectionTarget::Board)));
    update(&mut desk, NOW, DeskEvent::Opened(ConnectionTarget::Board));
    let frame = BoardDown::Welcome { me: me(Role::Agent), site: Box::new(info()) };
    let effects = board(&mut desk, frame);
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Presence { presence: Presence::Away })));
}

#[test]
fn silence_is_tried_and_a_dead_line_given_up() {
    let mut desk = desk(Role::Agent, vec![]);
    let effects = update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Ping(ConnectionTarget::Board)));
    assert!(effects.contains(&DeskEffect::Ping(ConnectionTarget::Board)));
    update(&mut desk, NOW, DeskEvent::Ponged(ConnectionTarget::Board));
    assert!(
        !update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Pong(ConnectionTarget::Board)))
            .contains(&DeskEffect::Disconnect(ConnectionTarget::Board))
    );
    update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Ping(ConnectionTarget::Board)));
    let effects = update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Pong(ConnectionTarget::Board)));
    assert!(effects.contains(&DeskEffect::Disconnect(ConnectionTarget::Board)));
}

#[test]
fn who_is_signed_out_tries_no_more() {
    let mut desk = talking(Role::Agent);
    let effects = update(&mut desk, NOW, closed(ConnectionTarget::Board, SIGNED_OUT));
    assert!(desk.signed_out);
    assert!(effects.contains(&DeskEffect::HangUp(ConnectionTarget::Chat(Id(1)))));
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Open(Id(1))));
    assert!(!effects.contains(&DeskEffect::Connect(ConnectionTarget::Chat(Id(1)))));
}

#[test]
fn a_handshake_that_is_refused_again_may_mean_that() {
    let mut desk = desk(Role::Agent, vec![]);
    update(&mut desk, NOW, closed(ConnectionTarget::Board, 1006));
    update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Connect(ConnectionTarget::Board)));
    assert!(
        update(&mut desk, NOW, closed(ConnectionTarget::Board, 1006)).contains(&DeskEffect::CheckSession)
    );
}

#[test]
fn a_conversation_that_is_left_keeps_its_line_until_all_is_sent() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Wrote("Vâng".into()));
    update(&mut desk, NOW, DeskEvent::Submitted(Id(7)));
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Open(Id(2))));
    assert!(!effects.contains(&DeskEffect::HangUp(ConnectionTarget::Chat(Id(1)))));
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Ack { id: Id(7), seq: 2 }));
    let effects = update(
        &mut desk,
        NOW,
        DeskEvent::Message(Id(1), Down::Message(message(2, AuthorKind::Staff, "Vâng"))),
    );
    assert!(effects.contains(&DeskEffect::HangUp(ConnectionTarget::Chat(Id(1)))));
}
