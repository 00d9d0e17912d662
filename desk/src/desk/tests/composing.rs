//! What is written and sent.

use super::*;
use wire::desk::{Note, Refusal, Tried};

fn submit(desk: &mut Desk, id: u128, text: &str) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::Wrote(text.into()));
    update(desk, NOW, DeskEvent::Submitted(Id(id)))
}

fn shown(desk: &Desk) -> Vec<String> {
    timeline_items(desk.talk().unwrap()).iter().map(TimelineItem::key).collect()
}

#[test]
fn it_is_kept_until_the_edge_has_it() {
    let mut desk = talking(Role::Agent);
    let effects = submit(&mut desk, 7, " Mời bà đến quầy 3. ");
    let say = ChatUp::Say { id: Id(7), text: "Mời bà đến quầy 3.".into(), files: vec![] };
    assert!(sent(&effects).contains(&say));
    assert!(effects.contains(&DeskEffect::GuardUnload(true)));
    assert_eq!(desk.talk().unwrap().text, "");
    assert_eq!(shown(&desk), ["m1".to_owned(), format!("o{}", Id(7))]);
    // The line drops: the same goes out again, under the same id, and after what was missed was asked for.
    update(&mut desk, NOW, DeskEvent::Closed { place: ConnectionTarget::Chat(Id(1)), code: 1006, chance: 0 });
    update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Connect(ConnectionTarget::Chat(Id(1)))));
    let effects = update(&mut desk, NOW, DeskEvent::Opened(ConnectionTarget::Chat(Id(1))));
    assert_eq!(sent(&effects), [ChatUp::Hello { v: wire::VERSION, epoch: Some(Id(9)), after: 1 }]);
    let effects = update(
        &mut desk,
        NOW,
        DeskEvent::Message(Id(1), Down::Welcome { epoch: Id(9), last: 1, ticket: None }),
    );
    assert_eq!(sent(&effects), [say]);
    // Acknowledged, it is drawn once: by its message.
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Ack { id: Id(7), seq: 2 }));
    let effects = update(
        &mut desk,
        NOW,
        DeskEvent::Message(Id(1), Down::Message(message(2, AuthorKind::Staff, "Mời bà"))),
    );
    assert!(effects.contains(&DeskEffect::GuardUnload(false)));
    assert_eq!(shown(&desk), ["m1", "m2"]);
    assert!(desk.talk().unwrap().outbox.is_empty());
}

#[test]
fn its_message_may_come_before_the_word_that_it_is_written() {
    let mut desk = talking(Role::Agent);
    submit(&mut desk, 7, "Vâng");
    let own = Message { id: Some(Id(7)), ..message(2, AuthorKind::Staff, "Vâng") };
    update(&mut desk, NOW, DeskEvent::Message(Id(1), Down::Message(own)));
    assert_eq!(shown(&desk), ["m1", "m2"]);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Ack { id: Id(7), seq: 2 }));
    assert_eq!(shown(&desk), ["m1", "m2"]);
}

#[test]
fn what_was_refused_can_be_sent_again_or_taken_back() {
    let mut desk = talking(Role::Agent);
    submit(&mut desk, 7, "Vâng");
    submit(&mut desk, 8, "Dạ");
    // Only what it names is refused, and the card of that says so.
    let refused = ChatDown::Refused { why: Refusal::NotYours, tried: Some(Tried::Say(Id(7))) };
    let effects = update(&mut desk, NOW, DeskEvent::Chat(Id(1), refused.clone()));
    assert_eq!(desk.notice, None);
    let text = desk.words().not_yours.to_owned();
    assert!(effects.contains(&DeskEffect::Announce { text, urgent: true }));
    let come: Vec<DeliveryState<Refusal>> =
        desk.talk().unwrap().outbox.iter().map(|out| out.delivery.clone()).collect();
    assert_eq!(come, [DeliveryState::Failed(Refusal::NotYours), DeliveryState::Pending]);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Ack { id: Id(8), seq: 2 }));
    update(&mut desk, NOW, DeskEvent::Message(Id(1), Down::Message(message(2, AuthorKind::Staff, "Dạ"))));
    let effects = update(&mut desk, NOW, DeskEvent::Retried(Id(7)));
    assert_eq!(sent(&effects), [ChatUp::Say { id: Id(7), text: "Vâng".into(), files: vec![] }]);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), refused));
    update(&mut desk, NOW, DeskEvent::Discarded(Id(7)));
    assert_eq!(desk.talk().unwrap().text, "Vâng");
    assert!(desk.talk().unwrap().outbox.is_empty());
}

#[test]
fn a_note_goes_to_colleagues_only() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Internal(true));
    let effects = update(&mut desk, NOW, DeskEvent::Wrote("gọi lại sau".into()));
    assert_eq!(sent(&effects), [], "the visitor is not told that I write");
    let effects = update(&mut desk, NOW, DeskEvent::Submitted(Id(8)));
    assert_eq!(sent(&effects), [ChatUp::Note { id: Id(8), text: "gọi lại sau".into() }]);
    let note = Note { id: Id(8), by: "Lan".into(), at: NOW, text: "gọi lại sau".into() };
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), ChatDown::Notes { notes: vec![note] }));
    assert_eq!(shown(&desk), ["m1".to_owned(), format!("n{}", Id(8))]);
}

#[test]
fn without_the_conversation_it_is_a_note_and_without_the_role_nothing() {
    let mut desk = desk(Role::Agent, vec![with(1, "minh")]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("minh"))));
    let effects = submit(&mut desk, 7, "hello");
    assert_eq!(sent(&effects), [ChatUp::Note { id: Id(7), text: "hello".into() }]);
    let mut desk = super::desk(Role::Auditor, vec![with(1, "minh")]);
    opened(&mut desk, 1);
    assert_eq!(sent(&submit(&mut desk, 7, "hello")), []);
}

#[test]
fn too_much_is_not_sent() {
    let mut desk = talking(Role::Agent);
    let text = "á".repeat(wire::limits::MAX_SAY_CHARS + 2);
    assert_eq!(excess_chars(&text, false), 2);
    let effects = submit(&mut desk, 7, &text);
    assert!(!sent(&effects).iter().any(|up| matches!(up, ChatUp::Say { .. })));
    assert_eq!(desk.talk().unwrap().text, text, "nothing is lost");
}

#[test]
fn the_visitor_sees_that_i_write_and_that_i_stopped() {
    let mut desk = talking(Role::Agent);
    let effects = update(&mut desk, NOW, DeskEvent::Wrote("M".into()));
    assert_eq!(sent(&effects), [ChatUp::Typing { on: true }]);
    assert_eq!(sent(&update(&mut desk, NOW, DeskEvent::Wrote("Mờ".into()))), []);
    let effects = update(&mut desk, NOW, DeskEvent::Rang(DeskTimer::Idle(Id(1))));
    assert_eq!(sent(&effects), [ChatUp::Typing { on: false }]);
    update(&mut desk, NOW, DeskEvent::Wrote("Mời".into()));
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Open(Id(2))));
    assert_eq!(sent(&effects), [ChatUp::Typing { on: false }]);
}

#[test]
fn a_stroke_opens_the_answers_and_marks_need_not_be_typed() {
    let mut desk = talking(Role::Agent);
    update(&mut desk, NOW, DeskEvent::Wrote("/".into()));
    assert_eq!(desk.dialog, Some(Dialog::Canned));
    assert_eq!(desk.talk().unwrap().text, "", "the stroke itself is not written");
    update(&mut desk, NOW, DeskEvent::Searched("DANG ky".into()));
    let found = search_answers(&desk.info.as_ref().unwrap().canned, &desk.search.0);
    assert_eq!(found.iter().map(|each| each.intent.as_str()).collect::<Vec<_>>(), ["khai-sinh"]);
    update(&mut desk, NOW, DeskEvent::Searched("khai sinh".into()));
    let pressed =
        |key: &str| DeskEvent::Pressed(Pressed { key: key.into(), typing: true, ..Pressed::default() });
    update(&mut desk, NOW, pressed("ArrowDown"));
    update(&mut desk, NOW, pressed("ArrowDown"));
    assert_eq!(desk.search.1, 1, "there are two");
    update(&mut desk, NOW, pressed("Enter"));
    assert_eq!(desk.dialog, None);
    assert_eq!(desk.talk().unwrap().text, "Sáng 7 giờ 30, kể cả khai sinh.");
}

#[test]
fn an_answer_is_in_the_visitors_language() {
    let english = Chat { lang: "en-GB".into(), ..with(1, "lan") };
    let mut desk = desk(Role::Agent, vec![english]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("lan"))));
    update(&mut desk, NOW, DeskEvent::Wrote("Hello.".into()));
    update(&mut desk, NOW, DeskEvent::Picked(0));
    assert_eq!(desk.talk().unwrap().text, "Hello.\n\nin English: khai-sinh");
}
