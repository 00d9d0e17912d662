//! How somebody hears that a visitor waits.

use super::*;
use wire::desk::{BoardUp, Danger};

fn loud(desk: &mut Desk) {
    desk.settings.sound = true;
    desk.notifies = Some(true);
}

fn notified(effects: &[DeskEffect]) -> Vec<&str> {
    let title = |effect: &'_ DeskEffect| matches!(effect, DeskEffect::Notify { .. });
    let titles = effects.iter().filter(|effect| title(effect));
    titles
        .filter_map(
            |effect| if let DeskEffect::Notify { title, .. } = effect { Some(title.as_str()) } else { None },
        )
        .collect()
}

#[test]
fn somebody_waits() {
    let mut desk = desk(Role::Agent, vec![]);
    loud(&mut desk);
    update(&mut desk, NOW, DeskEvent::Watched(false));
    let effects = board(
        &mut desk,
        BoardDown::Chat { chat: Chat { visitor: Some("Bà Tư".into()), ..chat(1, Stage::Waiting) } },
    );
    assert_eq!(notified(&effects), [desk.words().somebody_waits], "and nobody's name");
    assert!(effects.contains(&DeskEffect::Beep));
    assert!(
        effects.contains(&DeskEffect::SetTitle("(1) Hội thoại – UBND phường Bến Xuân".into())),
        "{effects:?}"
    );
    // The same again is no news.
    let again = board(&mut desk, BoardDown::Chat { chat: Chat { rev: 2, ..chat(1, Stage::Waiting) } });
    assert!(!again.contains(&DeskEffect::Beep));
}

#[test]
fn who_is_away_or_only_looks_on_is_left_alone() {
    for (role, presence) in [(Role::Agent, Presence::Away), (Role::Auditor, Presence::Here)] {
        let mut desk = desk(role, vec![]);
        loud(&mut desk);
        let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Presence(presence)));
        assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Presence { presence })));
        let effects = board(&mut desk, BoardDown::Chat { chat: chat(1, Stage::Waiting) });
        assert!(!effects.contains(&DeskEffect::Beep), "{role:?}");
        assert_eq!(waiting_count(&desk), 0);
    }
}

#[test]
fn my_visitor_writes() {
    let mut desk = talking(Role::Agent);
    loud(&mut desk);
    let wrote = |rev| Chat { rev, last_at: NOW + rev, ..with(1, "lan") };
    // I look at it: no noise, nothing unread.
    let effects = board(&mut desk, BoardDown::Chat { chat: wrote(2) });
    assert!(!effects.contains(&DeskEffect::Beep));
    assert_eq!(waiting_count(&desk), 0);
    update(&mut desk, NOW, DeskEvent::Watched(false));
    let effects = board(&mut desk, BoardDown::Chat { chat: wrote(3) });
    assert_eq!(notified(&effects), [desk.words().visitor_wrote]);
    assert_eq!(waiting_count(&desk), 1);
    update(&mut desk, NOW, DeskEvent::Watched(true));
    assert_eq!(waiting_count(&desk), 0);
}

#[test]
fn what_is_given_to_me_is_said_and_what_i_took_is_not() {
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting), with(2, "minh")]);
    loud(&mut desk);
    let given = Chat { rev: 2, wanted: Some("lan".into()), ..chat(2, Stage::Waiting) };
    let effects = board(&mut desk, BoardDown::Chat { chat: given });
    let text = desk.words().given_to_you.to_owned();
    assert!(effects.contains(&DeskEffect::Announce { text, urgent: false }), "{effects:?}");
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::Waiting, None)));
    update(&mut desk, NOW, DeskEvent::Button(DeskButton::Take));
    let effects = board(&mut desk, BoardDown::Chat { chat: Chat { rev: 2, ..with(1, "lan") } });
    assert!(!effects.contains(&DeskEffect::Beep));
}

#[test]
fn what_is_read_is_told_once_and_only_by_whoever_has_it() {
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting)]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::Waiting, None)));
    let wrote = |seq| DeskEvent::Message(Id(1), Down::Message(message(seq, AuthorKind::Visitor, "Alô")));
    assert!(!sent(&update(&mut desk, NOW, wrote(2))).contains(&ChatUp::Read { seq: 2 }));
    let effects = update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("lan"))));
    assert!(sent(&effects).contains(&ChatUp::Read { seq: 2 }));
    update(&mut desk, NOW, DeskEvent::Watched(false));
    assert!(!sent(&update(&mut desk, NOW, wrote(3))).contains(&ChatUp::Read { seq: 3 }), "nobody looks");
    let effects = update(&mut desk, NOW, DeskEvent::Watched(true));
    assert_eq!(sent(&effects), [ChatUp::Read { seq: 3 }]);
    assert_eq!(sent(&update(&mut desk, NOW, DeskEvent::Watched(true))), []);
}

#[test]
fn danger_is_told_to_whoever_sits_here() {
    let danger = |rev| Chat { rev, danger: Some(Danger::SelfHarm), ..chat(1, Stage::Waiting) };
    let mut desk = desk(Role::Agent, vec![]);
    desk.notifies = Some(true);
    desk.settings.sound = false;
    update(&mut desk, NOW, DeskEvent::Watched(false));
    update(&mut desk, NOW, DeskEvent::Button(DeskButton::Presence(Presence::Away)));
    let effects = board(&mut desk, BoardDown::Chat { chat: danger(1) });
    assert!(effects.contains(&DeskEffect::Beep), "with the sound off, and away");
    assert_eq!(notified(&effects), [desk.words().somebody_in_danger]);
    assert_eq!(waiting_count(&desk), 1);
    let again = board(&mut desk, BoardDown::Chat { chat: danger(2) });
    assert!(!again.contains(&DeskEffect::Beep), "the same again is no news");
}
