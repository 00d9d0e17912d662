//! One conversation: what comes, and what is done about it.

use super::*;
use wire::desk::{EndReason, Refusal, Target, Tried};

fn came(desk: &mut Desk, message: Message) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::Message(Id(1), Down::Message(message)))
}

#[test]
fn two_take_it_and_one_hears_who_was_first() {
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting)]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::Waiting, None)));
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Take));
    assert_eq!(sent(&effects), [ChatUp::Take]);
    let why = Refusal::Taken("Trần Văn Minh".into());
    let refused = ChatDown::Refused { why, tried: Some(Tried::Take) };
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), refused));
    let text = "Trần Văn Minh đã tiếp nhận hội thoại này.".to_owned();
    assert_eq!(desk.talk().unwrap().trouble, Some((Tried::Take, text)));
    let effects = update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("minh"))));
    assert!(!effects.contains(&DeskEffect::Focus(Spot::Composer)));
    assert!(!permissions_in(&desk, desk.talk().unwrap()).take, "an agent takes nothing away");
}

#[test]
fn what_was_not_done_is_said_where_it_was_tried() {
    let mut desk = talking(Role::Agent);
    let refused = |tried| DeskEvent::Chat(Id(1), ChatDown::Refused { why: Refusal::Gone, tried });
    let gone = desk.words().gone.to_owned();
    for tried in [Tried::Draft(3), Tried::Tag, Tried::Transfer, Tried::HandBack, Tried::End] {
        let effects = update(&mut desk, NOW, refused(Some(tried.clone())));
        assert_eq!(desk.talk().unwrap().trouble, Some((tried, gone.clone())));
        assert!(effects.contains(&DeskEffect::Announce { text: gone.clone(), urgent: true }));
        assert_eq!(desk.notice, None);
    }
    // The next try takes it away, and what nobody has pressed says nothing.
    update(&mut desk, NOW, DeskEvent::Action(ConversationAction::Tag("hẹn".into())));
    assert_eq!(desk.talk().unwrap().trouble, None);
    let effects = update(&mut desk, NOW, refused(Some(Tried::Other)));
    assert!(!effects.iter().any(|effect| matches!(effect, DeskEffect::Announce { .. })), "{effects:?}");
    assert_eq!((desk.talk().unwrap().trouble.clone(), desk.notice.clone()), (None, None));
    // What is not known stands over everything.
    update(&mut desk, NOW, refused(None));
    assert_eq!(desk.notice, Some(gone));
}

#[test]
fn what_i_took_i_can_answer_at_once() {
    let mut desk = desk(Role::Agent, vec![chat(1, Stage::Waiting)]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::Waiting, None)));
    assert!(!permissions_in(&desk, desk.talk().unwrap()).say);
    update(&mut desk, NOW, DeskEvent::Button(DeskButton::Take));
    let effects = update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("lan"))));
    assert!(effects.contains(&DeskEffect::Focus(Spot::Composer)));
    assert!(sent(&effects).contains(&ChatUp::Suggest));
    assert!(permissions_in(&desk, desk.talk().unwrap()).say);
}

#[test]
fn what_is_offered_by_role() {
    let offered = |role, stage, with: Option<&str>| {
        let mut desk = desk(role, vec![chat(1, stage)]);
        opened(&mut desk, 1);
        update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(stage, with)));
        let Permissions { take, say, work, transfer, hand_back, end } =
            permissions_in(&desk, desk.talk().unwrap());
        [take, say, work, transfer, hand_back, end].map(u8::from)
    };
    assert_eq!(offered(Role::Agent, Stage::With, Some("lan")), [0, 1, 1, 1, 1, 1]);
    assert_eq!(offered(Role::Agent, Stage::With, Some("minh")), [0, 0, 1, 0, 0, 0]);
    assert_eq!(offered(Role::Lead, Stage::With, Some("minh")), [1, 0, 1, 0, 1, 1]);
    assert_eq!(offered(Role::Lead, Stage::Waiting, None), [1, 0, 1, 0, 1, 1]);
    assert_eq!(offered(Role::Agent, Stage::Closed, None), [0, 0, 1, 0, 0, 0]);
    assert_eq!(offered(Role::Auditor, Stage::With, Some("lan")), [0, 0, 0, 0, 0, 0]);
}

#[test]
fn a_gap_is_asked_for() {
    let mut desk = talking(Role::Agent);
    let effects = came(&mut desk, message(4, AuthorKind::Assistant, "x"));
    assert_eq!(sent(&effects), [ChatUp::Hello { v: wire::VERSION, epoch: Some(Id(9)), after: 1 }]);
    assert_eq!(desk.talk().unwrap().timeline.newest_seq(), 1);
    // What the edge leaves out of a long conversation is no gap.
    welcome(&mut desk, 1);
    came(&mut desk, message(700, AuthorKind::Visitor, "x"));
    assert_eq!(desk.talk().unwrap().timeline.resume_after(), 700);
}

#[test]
fn another_epoch_means_to_start_over() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Message(Id(1), Down::Welcome { epoch: Id(10), last: 0, ticket: None }));
    assert!(desk.talk().unwrap().timeline.entries.is_empty());
}

#[test]
fn a_message_grows() {
    let mut desk = talking(Role::Agent);
    let growing = Message { state: State::Growing, ..message(2, AuthorKind::Agency, "một") };
    came(&mut desk, growing);
    assert_eq!(desk.talk().unwrap().timeline.resume_after(), 1, "it is not all there");
    let more = |rev| {
        let blocks = message(2, AuthorKind::Agency, "hai").body.blocks;
        DeskEvent::Message(Id(1), Down::Grow { seq: 2, rev, keep: 1, blocks })
    };
    update(&mut desk, NOW, more(1));
    assert_eq!(desk.talk().unwrap().timeline.entries[1].body.blocks.len(), 2);
    let effects = update(&mut desk, NOW, more(3));
    assert!(matches!(sent(&effects)[..], [ChatUp::Hello { after: 1, .. }]), "one is missing");
}

#[test]
fn what_comes_is_said_aloud_once_and_never_what_is_caught_up_on() {
    let said = |effects: &[DeskEffect]| {
        effects.iter().filter(|effect| matches!(effect, DeskEffect::Announce { .. })).count()
    };
    let mut desk = talking(Role::Agent);
    let effects = came(&mut desk, message(2, AuthorKind::Visitor, "Cảm ơn"));
    let text = "Khách: Cảm ơn".to_owned();
    assert!(effects.contains(&DeskEffect::Announce { text, urgent: false }), "{effects:?}");
    assert_eq!(said(&came(&mut desk, message(2, AuthorKind::Visitor, "Cảm ơn"))), 0);
    welcome(&mut desk, 1);
    assert_eq!(said(&came(&mut desk, message(3, AuthorKind::Visitor, "Alô"))), 0);
}

#[test]
fn lists_and_facts_are_said_aloud_too() {
    let mut desk = talking(Role::Agent);
    let items = ["a", "b"].map(|text| vec![Run { text: text.into(), ..Run::default() }]).to_vec();
    let source = wire::Link { label: "Luật Hộ tịch".into(), href: "https://example.org".into() };
    let blocks =
        vec![Block::List { ordered: false, start: None, items, contents: Vec::new() }, Block::Source(source)];
    let body = Body { blocks, buttons: Vec::new() };
    let effects = came(&mut desk, Message { body, ..message(2, AuthorKind::Assistant, "") });
    let words = desk.words();
    let text = format!("{}: a\nb\n{}: Luật Hộ tịch", words.assistant, words.source);
    assert!(effects.contains(&DeskEffect::Announce { text, urgent: false }), "{effects:?}");
}

#[test]
fn typing_ends_by_itself_and_with_what_was_typed() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Typing { on: true }));
    assert!(desk.talk().unwrap().typing.is_some());
    came(&mut desk, message(2, AuthorKind::Visitor, "Alô"));
    assert!(desk.talk().unwrap().typing.is_none());
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Typing { on: true }));
    update(&mut desk, NOW + 59_000, DeskEvent::Rang(DeskTimer::Tick));
    assert!(desk.talk().unwrap().typing.is_some());
    update(&mut desk, NOW + 61_000, DeskEvent::Rang(DeskTimer::Tick));
    assert!(desk.talk().unwrap().typing.is_none());
}

#[test]
fn suggestions_are_asked_for_once_a_question() {
    let mut desk = talking(Role::Agent);
    let effects = came(&mut desk, message(2, AuthorKind::Visitor, "lam giay khai sinh"));
    assert!(sent(&effects).contains(&ChatUp::Suggest));
    let effects = came(&mut desk, message(3, AuthorKind::Staff, "Vâng"));
    assert!(!sent(&effects).contains(&ChatUp::Suggest));
}

#[test]
fn replies_go_out_and_a_dead_line_is_said() {
    let mut desk = talking(Role::Agent);
    let replies = [
        (
            ConversationAction::Transfer(Target::Department("ho-tich".into())),
            ChatUp::Transfer { to: Target::Department("ho-tich".into()) },
        ),
        (ConversationAction::End(EndReason::Answered), ChatUp::End { reason: EndReason::Answered }),
        (ConversationAction::Tag(" hẹn lại ".into()), ChatUp::Tag { tags: vec!["hẹn lại".into()] }),
        (ConversationAction::Approve(3, None), ChatUp::Approve { draft: 3, text: None }),
        (ConversationAction::Reject(3), ChatUp::Reject { draft: 3 }),
    ];
    for (reply, frame) in replies {
        assert_eq!(sent(&update(&mut desk, NOW, DeskEvent::Action(reply))), [frame]);
    }
    assert_eq!(sent(&update(&mut desk, NOW, DeskEvent::Action(ConversationAction::Tag("  ".into())))), []);
    update(&mut desk, NOW, DeskEvent::Closed { place: ConnectionTarget::Chat(Id(1)), code: 1006, chance: 0 });
    assert_eq!(sent(&update(&mut desk, NOW, DeskEvent::Button(DeskButton::HandBack))), []);
    assert_eq!(desk.notice.as_deref(), Some(desk.words().no_line));
}

#[test]
fn notes_stand_where_they_were_written() {
    let mut desk = talking(Role::Agent);
    came(&mut desk, message(2, AuthorKind::Staff, "Vâng"));
    let note = wire::desk::Note { id: Id(5), by: "Minh".into(), at: NOW - 60_000 + 2, text: "x".into() };
    let late = wire::desk::Note { id: Id(6), at: NOW, ..note.clone() };
    let first = wire::desk::Note { at: note.at - 1, ..note };
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Notes { notes: vec![first, late] }));
    let keys: Vec<String> = timeline_items(desk.talk().unwrap()).iter().map(TimelineItem::key).collect();
    assert_eq!(keys, ["m1".to_owned(), format!("n{}", Id(5)), "m2".to_owned(), format!("n{}", Id(6))]);
}
