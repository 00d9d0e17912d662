//! Files for the visitor.

use super::*;
use wire::{
    Fault, File,
    desk::{Refusal, Tried},
};

fn file(id: u128, name: &str, size: u64) -> File {
    File { id: Some(Id(id)), name: name.into(), size, kind: String::new(), href: None }
}

fn chose(desk: &mut Desk, files: &[File]) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::FilesChosen(files.to_vec()))
}

fn went(desk: &mut Desk, id: u128, result: Result<File, Option<Fault>>) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::UploadFinished { talk: Id(1), file: Id(id), result })
}

fn stages(desk: &Desk) -> Vec<UploadState> {
    desk.talk().unwrap().uploads.files.iter().map(|each| each.state).collect()
}

fn submit(desk: &mut Desk, id: u128, text: &str) -> Vec<ChatUp> {
    update(desk, NOW, DeskEvent::Wrote(text.into()));
    sent(&update(desk, NOW, DeskEvent::Submitted(Id(id))))
}

#[test]
fn it_is_sent_when_it_is_chosen_and_said_with_the_answer() {
    let mut desk = talking(Role::Agent);
    let effects = chose(&mut desk, &[file(5, "mẫu.pdf", 900)]);
    assert!(effects.contains(&DeskEffect::Upload { talk: Id(1), file: Id(5) }));
    let waits = submit(&mut desk, 7, "Mời bà xem");
    assert!(!waits.iter().any(|up| matches!(up, ChatUp::Say { .. })), "it is not there yet: {waits:?}");
    assert_eq!(desk.talk().unwrap().text, "Mời bà xem", "nothing is lost");
    went(&mut desk, 5, Ok(file(5, "mẫu.pdf", 900)));
    let say = ChatUp::Say { id: Id(7), text: "Mời bà xem".into(), files: vec![Id(5)] };
    assert!(submit(&mut desk, 7, "Mời bà xem").contains(&say));
    assert!(stages(&desk).is_empty());
    // Refused, it can be taken back whole.
    let refused = ChatDown::Refused { why: Refusal::NotYours, tried: Some(Tried::Say(Id(7))) };
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), refused));
    update(&mut desk, NOW, DeskEvent::Discarded(Id(7)));
    assert_eq!((desk.talk().unwrap().text.as_str(), stages(&desk)), ("Mời bà xem", vec![UploadState::Done]));
    // A file needs no words, but is for the visitor: it goes with no note.
    update(&mut desk, NOW, DeskEvent::Internal(true));
    assert_eq!(submit(&mut desk, 8, ""), []);
    assert_eq!(submit(&mut desk, 8, "x"), [ChatUp::Note { id: Id(8), text: "x".into() }]);
    update(&mut desk, NOW, DeskEvent::Internal(false));
    assert_eq!(
        submit(&mut desk, 9, ""),
        [ChatUp::Say { id: Id(9), text: String::new(), files: vec![Id(5)] }]
    );
}

#[test]
fn what_can_not_be_taken_is_said_and_not_sent() {
    let mut desk = talking(Role::Agent);
    let effects = chose(&mut desk, &[file(1, "a.exe", 9), file(2, "b.PDF", 1_001), file(3, "c.pdf", 9)]);
    let uploads: Vec<&DeskEffect> =
        effects.iter().filter(|effect| matches!(effect, DeskEffect::Upload { .. })).collect();
    assert_eq!(uploads, [&DeskEffect::Upload { talk: Id(1), file: Id(3) }]);
    let failed = |fault| UploadState::Failed(Some(fault));
    assert_eq!(stages(&desk), [failed(Fault::FileKind), failed(Fault::TooLong), UploadState::Sending(0)]);
    assert!(upload_error(&desk, 9, Some(Fault::FileKind)).contains("pdf"));
    // The limit is named where it is ours; whose it is on the way, nobody knows.
    let on_way = desk.words().file_too_large_on_way;
    assert_ne!(upload_error(&desk, 1_001, Some(Fault::TooLong)), on_way);
    assert_eq!(upload_error(&desk, 9, Some(Fault::TooLong)), on_way);
    let effects = went(&mut desk, 3, Err(None));
    assert!(effects.iter().any(|effect| matches!(effect, DeskEffect::Announce { urgent: true, .. })));
    let effects = update(&mut desk, NOW, DeskEvent::FileRetried(Id(3)));
    assert!(effects.contains(&DeskEffect::Upload { talk: Id(1), file: Id(3) }));
    for id in 1..=3 {
        update(&mut desk, NOW, DeskEvent::FileRemoved(Id(id)));
    }
    assert!(stages(&desk).is_empty());
    // What comes of one that was taken out is nobody's concern.
    went(&mut desk, 3, Ok(file(3, "c.pdf", 9)));
    assert!(stages(&desk).is_empty());
    let many: Vec<File> = (10..16).map(|id| file(id, "d.pdf", 1)).collect();
    chose(&mut desk, &many);
    assert_eq!(stages(&desk).last(), Some(&failed(Fault::FilesFull)));
}

#[test]
fn only_who_has_the_conversation_sends_one() {
    let mut desk = desk(Role::Agent, vec![with(1, "minh")]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("minh"))));
    assert!(
        update(&mut desk, NOW, DeskEvent::Button(DeskButton::Attach))
            .iter()
            .all(|e| *e != DeskEffect::ChooseFiles)
    );
    chose(&mut desk, &[file(1, "a.pdf", 9)]);
    assert!(stages(&desk).is_empty());
    let mut desk = talking(Role::Agent);
    assert!(update(&mut desk, NOW, DeskEvent::Button(DeskButton::Attach)).contains(&DeskEffect::ChooseFiles));
    desk.info.as_mut().unwrap().files = None;
    chose(&mut desk, &[file(1, "a.pdf", 9)]);
    assert!(stages(&desk).is_empty(), "the site takes none");
}
