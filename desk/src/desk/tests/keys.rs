//! What keys do.

use super::*;

fn key(key: &str) -> Pressed {
    Pressed { key: key.into(), ..Pressed::default() }
}

#[test]
fn letters_do_nothing_where_text_is_typed_or_where_they_are_switched_off() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Pressed(Pressed { typing: true, ..key("x") }));
    assert_eq!(desk.dialog, None);
    desk.settings.keys = false;
    update(&mut desk, NOW, DeskEvent::Pressed(key("x")));
    assert_eq!(desk.dialog, None);
    desk.settings.keys = true;
    update(&mut desk, NOW, DeskEvent::Pressed(key("x")));
    assert_eq!(desk.dialog, Some(Dialog::End));
}

#[test]
fn arrows_walk_the_list_and_escape_leads_back() {
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting), with(2, "lan")]);
    let down = Pressed { row: Some(Id(1)), ..key("ArrowDown") };
    assert!(update(&mut desk, NOW, DeskEvent::Pressed(down)).contains(&DeskEffect::Focus(Spot::Row(Id(2)))));
    update(&mut desk, NOW, DeskEvent::Button(DeskButton::Open(Id(2))));
    assert_eq!(desk.pane, Pane::Talk);
    let escape = Pressed { typing: true, composer: true, ..key("Escape") };
    let effects = update(&mut desk, NOW, DeskEvent::Pressed(escape));
    assert_eq!(desk.pane, Pane::List);
    assert!(effects.contains(&DeskEffect::Focus(Spot::Row(Id(2)))));
}

#[test]
fn keys_do_no_more_than_the_role_allows() {
    let mut desk = desk(Role::Auditor, vec![chat(1, Stage::Waiting)]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::Waiting, None)));
    for letter in ["t", "r", "n", "m", "b", "x", "/", "2"] {
        let effects = update(&mut desk, NOW, DeskEvent::Pressed(key(letter)));
        assert_eq!((sent(&effects), desk.dialog, desk.page), (vec![], None, DeskPage::Chats), "{letter}");
    }
    update(&mut desk, NOW, DeskEvent::Pressed(key("3")));
    assert_eq!(desk.page, DeskPage::Reports);
}
