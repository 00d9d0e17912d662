//! A visitor's data is erased or handed out.

use super::*;
use wire::desk::GONE;

fn order(erases: bool, reason: &str) -> DeskEvent {
    DeskEvent::PersonalDataRequested(PersonalDataRequest {
        erases,
        reason: reason.into(),
        everything: false,
        cases: false,
    })
}

/// What is to be done, but for the window's title.
fn does(desk: &mut Desk, event: DeskEvent) -> Vec<DeskEffect> {
    let effects = update(desk, NOW, event);
    effects.into_iter().filter(|effect| !matches!(effect, DeskEffect::SetTitle(_))).collect()
}

#[test]
fn only_a_lead_with_a_reason_asks_for_it() {
    let mut desk = talking(Role::Agent);
    assert!(!desk.may_erase());
    assert_eq!(does(&mut desk, order(true, "theo đơn")), []);
    let mut desk = talking(Role::Lead);
    assert!(desk.may_erase());
    assert_eq!(does(&mut desk, order(true, "  ")), []);
    let effects = does(&mut desk, order(true, "theo đơn"));
    assert!(
        matches!(&effects[..], [DeskEffect::RequestPersonalData(Id(1), order)] if order.erases),
        "{effects:?}"
    );
    assert!(desk.chat(Id(1)).is_some(), "nothing is gone before the edge has said so");
}

#[test]
fn a_copy_is_saved_and_what_was_not_done_is_said() {
    let mut desk = talking(Role::Lead);
    let done = |answer: Option<&str>, erases| DeskEvent::PersonalDataAnswered {
        id: Id(1),
        erases,
        answer: answer.map(str::to_owned),
    };
    let effects = does(&mut desk, done(Some("{}"), false));
    assert!(
        matches!(&effects[..], [DeskEffect::SaveFile { name, .. }] if name.ends_with(".json")),
        "{effects:?}"
    );
    let effects = does(&mut desk, done(None, true));
    assert!(matches!(&effects[..], [DeskEffect::Announce { urgent: true, .. }]), "{effects:?}");
    assert!(desk.notice.is_some() && desk.open == Some(Id(1)));
    does(&mut desk, done(Some("{}"), true));
    assert!(desk.open.is_none() && desk.talks.is_empty() && desk.chat(Id(1)).is_none());
}

#[test]
fn whoever_had_it_open_is_told_and_comes_back_to_no_line() {
    let mut desk = talking(Role::Agent);
    let closed = DeskEvent::Closed { place: ConnectionTarget::Chat(Id(1)), code: GONE, chance: 0 };
    let effects = does(&mut desk, closed);
    assert!(effects.iter().any(|effect| matches!(effect, DeskEffect::Announce { .. })), "{effects:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, DeskEffect::After { .. } | DeskEffect::Focus(_))));
    assert!(desk.open.is_none() && desk.talks.is_empty());
    assert_eq!(desk.notice.as_deref(), Some(desk.words().erased));
}
