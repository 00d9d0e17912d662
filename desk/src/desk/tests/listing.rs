//! The order of the list.

use super::*;
use wire::desk::Danger;

fn listed(desk: &Desk) -> Vec<(QueueSection, Vec<u128>)> {
    let ids = |chats: Vec<&Chat>| chats.iter().map(|chat| chat.id.0).collect();
    queue_sections(desk).into_iter().map(|(section, chats)| (section, ids(chats))).collect()
}

#[test]
fn longest_wait_first_and_mine_before_others() {
    let chats = vec![
        Chat { since: NOW - 10_000, ..chat(1, Stage::Waiting) },
        Chat { since: NOW - 90_000, ..chat(2, Stage::Waiting) },
        Chat { awaits: false, last_at: NOW, ..with(3, "lan") },
        Chat { awaits: true, last_at: NOW - 1, ..with(4, "lan") },
        with(5, "minh"),
        Chat { last_at: NOW - 5, ..chat(6, Stage::Closed) },
        Chat { last_at: NOW - 4, ..chat(7, Stage::Back) },
        Chat { drafts: 1, ..chat(8, Stage::Back) },
    ];
    let desk = desk(Role::Agent, chats);
    let expected = [
        (QueueSection::Waiting, vec![2, 1]),
        (QueueSection::Drafts, vec![8]),
        (QueueSection::Mine, vec![4, 3]),
        (QueueSection::Others, vec![5]),
        (QueueSection::Over, vec![7, 6]),
    ];
    assert_eq!(listed(&desk), expected);
    assert_eq!(desk.queue_position(desk.chat(Id(1)).unwrap()), Some(2));
    assert_eq!(desk.queue_position(desk.chat(Id(3)).unwrap()), None);
    assert_eq!(adjacent_row(&desk, Some(Id(1)), 1), Some(Id(8)));
    assert_eq!(adjacent_row(&desk, Some(Id(2)), -1), Some(Id(2)), "the first one has none before it");
    assert_eq!(adjacent_row(&desk, None, 1), Some(Id(2)));
}

#[test]
fn who_is_asked_for_me_comes_first() {
    let wanted = Chat { wanted: Some("lan".into()), since: NOW, ..chat(2, Stage::Waiting) };
    let desk = desk(Role::Agent, vec![chat(1, Stage::Waiting), wanted]);
    assert_eq!(listed(&desk), [(QueueSection::Waiting, vec![2, 1])]);
}

#[test]
fn a_filter_leaves_out_what_is_not_asked_for() {
    let chats = vec![
        chat(1, Stage::Waiting),
        Chat { department: Some("ho-tich".into()), ..chat(2, Stage::Waiting) },
        with(3, "minh"),
    ];
    let mut desk = desk(Role::Agent, chats);
    update(&mut desk, NOW, DeskEvent::Filtered(Filter { department: None, mine: true }));
    assert_eq!(listed(&desk), [(QueueSection::Waiting, vec![1, 2])]);
    let filter = Filter { department: Some("ho-tich".into()), mine: false };
    update(&mut desk, NOW, DeskEvent::Filtered(filter));
    assert_eq!(listed(&desk), [(QueueSection::Waiting, vec![2])]);
}

#[test]
fn of_two_states_the_newer_holds() {
    let mut desk = desk(Role::Agent, vec![Chat { rev: 5, ..with(1, "minh") }]);
    board(&mut desk, BoardDown::Chat { chat: Chat { rev: 4, ..chat(1, Stage::Waiting) } });
    assert_eq!(listed(&desk), [(QueueSection::Others, vec![1])]);
    board(&mut desk, BoardDown::Chats { chats: vec![Chat { rev: 4, ..chat(1, Stage::Waiting) }] });
    assert_eq!(listed(&desk), [(QueueSection::Others, vec![1])]);
    board(&mut desk, BoardDown::Chat { chat: Chat { rev: 6, ..chat(1, Stage::Waiting) } });
    assert_eq!(listed(&desk), [(QueueSection::Waiting, vec![1])]);
    board(&mut desk, BoardDown::Gone { id: Id(1) });
    assert_eq!(listed(&desk), []);
}

#[test]
fn who_is_in_danger_comes_first_whatever_is_filtered() {
    let danger = |n| Chat { danger: Some(Danger::Medical), since: NOW, ..chat(n, Stage::Waiting) };
    let back = Chat { stage: Stage::Back, ..danger(3) };
    let taken = Chat { danger: Some(Danger::Fire), ..with(4, "minh") };
    let closed = Chat { danger: Some(Danger::Fire), ..chat(5, Stage::Closed) };
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting), danger(2), back, taken, closed]);
    let filter = Filter { department: Some("ho-tich".into()), mine: true };
    assert_eq!(listed(&desk)[0], (QueueSection::Danger, vec![2, 3]));
    assert_eq!(desk.queue_position(desk.chat(Id(2)).unwrap()), Some(1), "before whoever came earlier");
    assert_eq!(desk.queue_position(desk.chat(Id(1)).unwrap()), Some(2));
    update(&mut desk, NOW, DeskEvent::Filtered(filter));
    assert_eq!(listed(&desk), [(QueueSection::Danger, vec![2, 3])]);
}

#[test]
fn who_has_said_no_name_goes_by_the_beginning_of_the_number() {
    let named = Chat { visitor: Some("Bà Hoa".into()), ..chat(1, Stage::Waiting) };
    let desk = desk(Role::Agent, vec![named, chat(2, Stage::Waiting)]);
    assert_eq!(desk.visitor_name(Id(1)), "Bà Hoa");
    let number = Id(2).to_string();
    assert_eq!(desk.visitor_name(Id(2)), format!("{} {}", desk.words().visitor, &number[..4]));
    assert!(desk.visitor_name(Id(3)).ends_with(&Id(3).to_string()[..4]), "also while it is not listed");
}
