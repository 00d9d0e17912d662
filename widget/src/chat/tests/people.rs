//! A person on the other side.

use super::*;

#[test]
fn a_person_is_told_what_is_seen_and_that_something_is_written() {
    let mut rig = Rig::online();
    let effects = rig.types("Xin chào");
    assert!(sent(&effects).is_empty(), "nobody is there to be told");
    rig.types("");
    let staff = Author { kind: AuthorKind::Staff, name: Some("Chị Lan".into()) };
    rig.gets(Down::Working { author: staff, text: Some("Còn một người trước".into()) });
    assert!(rig.chat.working.is_some());
    rig.gets(Down::Quiet);
    assert_eq!(rig.chat.working, None);

    let effects = rig.gets(Down::Message(message(1, AuthorKind::Staff, "Chào bác")));
    assert_eq!(sent(&effects), [&Up::Read { seq: 1 }]);
    assert_eq!(sent(&rig.types("Dạ")), [&Up::Typing { on: true }]);
    assert!(sent(&rig.types("Dạ, ")).is_empty(), "once is enough");
    assert_eq!(sent(&rig.types("")), [&Up::Typing { on: false }]);
}

#[test]
fn what_a_closed_panel_holds_is_not_seen() {
    let mut rig = Rig::online();
    rig.does(ChatEvent::FromPage(FromPage::Close));
    assert!(sent(&rig.gets(Down::Message(message(1, AuthorKind::Staff, "Chào bác")))).is_empty());
    assert_eq!(sent(&rig.does(ChatEvent::FromPage(FromPage::Open))), [&Up::Read { seq: 1 }]);
}

#[test]
fn it_shows_that_the_last_words_were_read() {
    let mut rig = Rig::online();
    rig.says(1, "Còn bao lâu?");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    assert!(!rig.chat.is_read());
    rig.gets(Down::Read { seq: 1 });
    assert!(rig.chat.is_read());
    rig.says(2, "Alô?");
    assert!(!rig.chat.is_read(), "these were not");
}
