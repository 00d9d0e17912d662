mod waiting;

use super::*;
use crate::conversation::{MemoryStore, Task, handle_frame, handle_hello, tests_site};
use crate::pick::{NONE_OF_THESE, TO_PERSON};
use intent::Scratch;
use site::DeskConfig;
use wire::{
    AuthorKind, Message, Up,
    desk::{ChatUp, EndReason, Refusal, Role, Target, Why},
};

const NOW: u64 = 1_780_000_000_000;

fn published() -> Published {
    let mut published = tests_site();
    published.site.settings.agency = None;
    let name = site::Text([("vi".to_owned(), "Hộ tịch".to_owned())].into());
    let departments = vec![site::DeskDepartment { id: "ho-tich".into(), name }];
    published.site.settings.desk = Some(DeskConfig { departments, queue: 2, approve_agency: false });
    published
}

fn who(name: &str, role: Role) -> crate::board::StaffMember {
    crate::board::StaffMember { name: name.into(), shown: format!("Chị {name}"), role }
}

/// A conversation, what staff and visitor do in it, and what came of the last of that.
struct Rig {
    store: MemoryStore,
    published: Published,
    now: u64,
    next: u128,
}

impl Rig {
    fn new() -> Rig {
        Rig { store: MemoryStore::new(Id(1)), published: published(), now: NOW, next: 0 }
    }

    fn says(&mut self, text: &str, pick: Option<&str>) -> Vec<Effect<Down>> {
        self.next += 1;
        self.now += 1_000;
        let up = Up::Say {
            id: Id(self.next),
            text: text.into(),
            lang: "vi".into(),
            pick: pick.map(str::to_owned),
            value: None,
            files: Vec::new(),
        };
        handle_frame(&mut self.store, &self.published, up, self.now, &mut Scratch::default()).unwrap()
    }

    fn staff(&mut self, who: &crate::board::StaffMember, up: ChatUp) -> Vec<Effect<ChatDown>> {
        self.now += 1_000;
        handle_staff_frame(&mut self.store, &self.published, who, up, self.now, &mut Scratch::default())
            .unwrap()
    }

    fn speaks(&mut self, who: &crate::board::StaffMember, text: &str) -> Vec<Effect<ChatDown>> {
        self.next += 1;
        self.staff(who, ChatUp::Say { id: Id(self.next), text: text.into(), files: vec![] })
    }

    fn placed(&mut self, place: u32, here: u32, wait_minutes: Option<u32>) -> Vec<Effect> {
        super::update_queue_place(
            &mut self.store,
            &self.published,
            Placed { place, here, wait_minutes },
            self.now,
        )
        .unwrap()
    }

    fn stage(&self) -> Stage {
        People::load(&self.store).unwrap().unwrap().stage
    }

    fn words(&self) -> Vec<String> {
        self.store.messages.iter().map(|message| rich::plain_text(&message.body.blocks)).collect()
    }
}

fn refused(effects: &[Effect<ChatDown>]) -> Option<&Refusal> {
    effects.iter().find_map(|effect| match effect {
        Effect::Reply(ChatDown::Refused { why, tried: Some(_) }) => Some(why),
        _ => None,
    })
}

fn messages<R>(effects: &[Effect<R>]) -> Vec<&Message> {
    effects
        .iter()
        .filter_map(|effect| {
            if let Effect::Broadcast(Audience::Everyone, Down::Message(message)) = effect {
                Some(message)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn whoever_asks_for_a_person_waits_is_answered_and_let_go() {
    let mut rig = Rig::new();
    let fallback = rig.says("chuyện khó", None);
    let offered = messages(&fallback)[0].body.buttons[0].pick.as_deref();
    assert_eq!(offered, Some(TO_PERSON), "the way to a person is offered");
    let effects = rig.says("Gặp cán bộ", offered);
    assert!(effects.contains(&Effect::Task(Task::SyncBoard)));
    assert_eq!(rig.stage(), Stage::Waiting);

    let effects = rig.placed(2, 1, Some(5));
    assert!(
        rich::plain_text(&messages(&effects)[0].body.blocks)
            .contains("thứ tự: 2. Thường phải chờ khoảng 5 phút")
    );
    assert!(rig.placed(2, 1, Some(5)).is_empty(), "the same is not told twice");
    let effects = rig.placed(1, 1, Some(5));
    assert!(messages(&effects).is_empty(), "a place is told once in the conversation");
    assert!(
        matches!(&effects[..], [Effect::Broadcast(Audience::Visitor, Down::Working { text: Some(text), .. })] if text.contains("thứ tự: 1"))
    );

    let effects = rig.says("alô", None);
    let [said] = messages(&effects)[..] else { panic!("the assistant goes on: {effects:?}") };
    assert_eq!(said.author.kind, AuthorKind::Assistant);

    let lan = who("lan", Role::Agent);
    assert_eq!(refused(&rig.speaks(&lan, "Chào bác")), Some(&Refusal::NotYours));
    assert!(!is_with_people(&rig.store).unwrap(), "wanted, and nobody's yet");
    rig.staff(&lan, ChatUp::Take);
    assert!(is_with_people(&rig.store).unwrap());
    let effects = rig.speaks(&lan, "Chào bác, **mời** bác hỏi");
    assert_eq!(
        messages(&effects)[0].author,
        wire::Author { kind: AuthorKind::Staff, name: Some("Chị lan".into()) }
    );
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Reply(ChatDown::Ack { .. }))));

    rig.staff(&lan, ChatUp::HandBack);
    let effects = rig.says("chuyện khó nữa", None);
    assert_eq!(messages(&effects)[0].author.kind, AuthorKind::Assistant, "the assistant speaks again");
    let names: Vec<&str> = rig.store.happened.iter().map(|each| each.name().0).collect();
    for name in ["handed_over", "taken", "person_replied"] {
        assert_eq!(names.iter().filter(|each| **each == name).count(), 1, "{name}: {names:?}");
    }
}

#[test]
fn two_can_not_take_one() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let (lan, minh) = (who("lan", Role::Agent), who("minh", Role::Agent));
    assert_eq!(refused(&rig.staff(&lan, ChatUp::Take)), None);
    assert_eq!(refused(&rig.staff(&minh, ChatUp::Take)), Some(&Refusal::Taken("Chị lan".into())));
    assert_eq!(refused(&rig.speaks(&minh, "Tôi đây")), Some(&Refusal::Taken("Chị lan".into())));
    assert_eq!(refused(&rig.staff(&who("hoa", Role::Lead), ChatUp::Take)), None, "a lead may");
    assert_eq!(refused(&rig.speaks(&lan, "Tôi đây")), Some(&Refusal::Taken("Chị hoa".into())));
    for up in [ChatUp::Take, ChatUp::HandBack, ChatUp::Say { id: Id(99), text: "x".into(), files: vec![] }] {
        assert_eq!(refused(&rig.staff(&who("an", Role::Auditor), up)), Some(&Refusal::Role));
    }
}

#[test]
fn nobody_there_means_a_message_is_left_and_nothing_promised() {
    for (place, here) in [(1, 0), (3, 5)] {
        let mut rig = Rig::new();
        rig.says("Gặp cán bộ", Some(TO_PERSON));
        let effects = rig.placed(place, here, Some(1));
        let said = rich::plain_text(&messages(&effects)[0].body.blocks);
        assert!(said.starts_with("Lúc này chưa có cán bộ"), "place {place}, {here} there: {said}");
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Broadcast(Audience::Visitor, _))));
        let pick = messages(&effects)[0].body.buttons[0].pick.clone();
        rig.says("Hỏi tiếp", pick.as_deref());
        assert_eq!(rig.stage(), Stage::Back);
    }
}

#[test]
fn said_and_noted_again_it_is_there_once() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let lan = who("lan", Role::Agent);
    rig.staff(&lan, ChatUp::Take);
    let say = ChatUp::Say { id: Id(50), text: "Chào bác".into(), files: vec![] };
    rig.staff(&lan, say.clone());
    let before = rig.words();
    let again = rig.staff(&lan, say);
    assert!(matches!(&again[..], [Effect::Reply(ChatDown::Ack { id: Id(50), .. })]), "{again:?}");
    assert_eq!(rig.words(), before);
    let note = ChatUp::Note { id: Id(51), text: "gọi lại sau".into() };
    rig.staff(&lan, note.clone());
    rig.staff(&lan, note);
    let effects = greet_staff(&mut rig.store, &lan, NOW).unwrap();
    let notes = effects.iter().find_map(|effect| match effect {
        Effect::Reply(ChatDown::Notes { notes }) => Some(notes.len()),
        _ => None,
    });
    assert_eq!(notes, Some(1));
    assert!(!rig.words().concat().contains("gọi lại"), "notes are for colleagues");
}

#[test]
fn sent_on_it_waits_for_whom_it_is_for() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let lan = who("lan", Role::Agent);
    rig.staff(&lan, ChatUp::Take);
    let nowhere = ChatUp::Transfer { to: Target::Department("khong-co".into()) };
    assert_eq!(refused(&rig.staff(&lan, nowhere)), Some(&Refusal::Gone));
    rig.staff(&lan, ChatUp::Transfer { to: Target::Department("ho-tich".into()) });
    let (_, told) = next_board_update(&rig.store, &rig.published, Id(9)).unwrap().unwrap();
    assert_eq!((told.chat.stage, told.chat.department.as_deref()), (Stage::Waiting, Some("ho-tich")));
    assert_eq!(told.chat.with, None);
    assert!(told.done.iter().any(|done| done.act == "transfer" && done.who == "lan"));
    assert!(told.done.iter().all(|done| done.about == Id(9).to_string()));
}

#[test]
fn the_board_hears_of_everything_at_least_once() {
    let mut rig = Rig::new();
    assert_eq!(next_board_update(&rig.store, &rig.published, Id(9)).unwrap(), None);
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let (rev, first) = next_board_update(&rig.store, &rig.published, Id(9)).unwrap().unwrap();
    // Meanwhile somebody takes it.
    rig.staff(&who("lan", Role::Agent), ChatUp::Take);
    confirm_board_update(&mut rig.store, &rig.published, rev, first.done.len(), None, rig.now).unwrap();
    assert!(has_board_update(&rig.store).unwrap());
    let (rev, second) = next_board_update(&rig.store, &rig.published, Id(9)).unwrap().unwrap();
    assert!(second.chat.rev > first.chat.rev);
    assert_eq!(second.done.iter().map(|done| done.act.as_str()).collect::<Vec<_>>(), ["take"]);
    confirm_board_update(&mut rig.store, &rig.published, rev, second.done.len(), None, rig.now).unwrap();
    assert!(!has_board_update(&rig.store).unwrap());
}

#[test]
fn a_held_answer_is_seen_only_when_it_is_approved() {
    let mut rig = Rig::new();
    rig.says("phí?", Some(TO_PERSON));
    let from = || (crate::conversation::message::agency_author(&rig.published, "vi"), Some(String::new()));
    let body = || Body { blocks: rich::parse_markdown("Tám nghìn đồng"), buttons: Vec::new() };
    let froms = [from(), from()];
    for from in froms {
        hold_answer(&mut rig.store, &rig.published, 1, from, body(), NOW).unwrap();
    }
    assert!(!rig.words().concat().contains("Tám nghìn"));
    let lan = who("lan", Role::Agent);
    let effects = rig.staff(&lan, ChatUp::Approve { draft: 1, text: Some("Miễn phí".into()) });
    assert_eq!(rich::plain_text(&messages(&effects)[0].body.blocks), "Miễn phí");
    assert_eq!(refused(&rig.staff(&lan, ChatUp::Approve { draft: 1, text: None })), Some(&Refusal::Gone));
    rig.staff(&lan, ChatUp::Reject { draft: 2 });
    assert!(!rig.words().concat().contains("Tám nghìn"));
    assert_eq!(rig.stage(), Stage::With);
}

#[test]
fn marks_go_both_ways() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let lan = who("lan", Role::Agent);
    assert!(send_visitor_typing(&rig.store, true).unwrap().is_empty(), "nobody is there to see it");
    rig.staff(&lan, ChatUp::Take);
    assert_eq!(
        send_visitor_typing(&rig.store, true).unwrap(),
        [Effect::BroadcastToStaff(ChatDown::Typing { on: true })]
    );
    let effects = rig.staff(&lan, ChatUp::Typing { on: true });
    assert!(matches!(&effects[..], [Effect::Broadcast(Audience::Visitor, Down::Working { text: None, .. })]));
    let last = rig.store.last_seq().unwrap();
    assert_eq!(
        rig.staff(&lan, ChatUp::Read { seq: 999 }),
        [Effect::Broadcast(Audience::Visitor, Down::Read { seq: last })]
    );
    assert!(rig.staff(&lan, ChatUp::Read { seq: 1 }).is_empty(), "marks don't go back");
    assert_eq!(mark_seen(&mut rig.store, 1).unwrap(), [Effect::BroadcastToStaff(ChatDown::Read { seq: 1 })]);
    let back = handle_hello(&rig.store, &rig.published, None, 0, None).unwrap();
    assert!(back.contains(&Down::Read { seq: last }));
}

#[test]
fn what_was_not_answered_is_listed_without_personal_data() {
    let mut rig = Rig::new();
    rig.says("số của tôi là 0912345678, con chó nhà bên sủa cả đêm", None);
    let [wondered] = &rig.store.unanswered[..] else { panic!("{:?}", rig.store.unanswered) };
    assert_eq!(wondered.why, Why::Unanswered);
    assert!(
        wondered.text.contains("sủa cả đêm") && !wondered.text.contains("0912345678"),
        "{}",
        wondered.text
    );
    rig.published.site.settings.desk = None;
    rig.says("chuyện khác", None);
    assert_eq!(rig.store.unanswered.len(), 1, "nobody is there to read it");
}

#[test]
fn closed_is_not_the_end() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let lan = who("lan", Role::Agent);
    rig.staff(&lan, ChatUp::Take);
    rig.staff(&lan, ChatUp::End { reason: EndReason::Answered });
    assert_eq!(rig.stage(), Stage::Closed);
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    assert_eq!(rig.stage(), Stage::Waiting);
}

fn kept(rig: &mut Rig, id: u128, by: Option<&str>) {
    let rules = site::Files { allow: vec!["pdf".into()], max_mb: 1 };
    let file =
        crate::files::accept_upload(&rules, Id(id), "a.pdf", b"%PDF-1.7\n1 0 obj\n", "", rig.now).unwrap();
    rig.store.put_file(&crate::files::Stored { by: by.map(str::to_owned), ..file }).unwrap();
}

#[test]
fn a_file_is_said_by_whoever_brought_it_and_opened_once_it_is_said() {
    let (mut rig, lan) = (Rig::new(), who("lan", Role::Agent));
    rig.says("gặp cán bộ", Some(TO_PERSON));
    assert!(!may_send(&rig.store, &lan).unwrap(), "nobody has it");
    rig.staff(&lan, ChatUp::Take);
    assert!(may_send(&rig.store, &lan).unwrap() && !may_send(&rig.store, &who("minh", Role::Lead)).unwrap());
    assert!(!may_send(&rig.store, &who("lan", Role::Auditor)).unwrap(), "the role was taken away");
    kept(&mut rig, 50, Some("lan"));
    kept(&mut rig, 51, None);
    let say = |id, files: &[u128]| ChatUp::Say {
        id: Id(id),
        text: String::new(),
        files: files.iter().map(|id| Id(*id)).collect(),
    };
    let effects = rig.staff(&lan, say(90, &[51]));
    assert_eq!(refused(&effects), Some(&Refusal::Gone), "the visitor's own");
    assert!(open_file(&mut rig.store, &lan, Id(50), NOW).unwrap().is_none(), "nobody has said it");
    let effects = rig.staff(&lan, say(91, &[50]));
    let said = messages(&effects);
    assert!(
        matches!(&said[0].body.blocks[..], [wire::Block::File(file)] if file.id == Some(Id(50))),
        "{said:?}"
    );
    let effects = rig.staff(&lan, say(92, &[50]));
    assert_eq!(refused(&effects), Some(&Refusal::Gone), "it is said once");
    let (file, effect) = open_file(&mut rig.store, &who("an", Role::Auditor), Id(50), NOW).unwrap().unwrap();
    assert_eq!((file.id, effect), (Id(50), Effect::Task(Task::SyncBoard)));
    let done = People::load(&rig.store).unwrap().unwrap().done;
    let acts: Vec<(&str, &str)> = done.iter().map(|done| (done.who.as_str(), done.act.as_str())).collect();
    assert!(acts.ends_with(&[("lan", "say_file"), ("an", "open_file")]), "{acts:?}");
    // What belongs to a form or a case is not for the desk.
    let said = rig.store.files().unwrap().into_iter().find(|file| file.id == Id(50)).unwrap();
    for owner in ["case:K7", "form:x", "result:K7"] {
        rig.store.put_file(&crate::files::Stored { owner: Some(owner.into()), ..said.clone() }).unwrap();
        assert!(open_file(&mut rig.store, &lan, Id(50), NOW).unwrap().is_none(), "{owner}");
    }
}

#[test]
fn whoever_a_person_lets_go_is_asked_how_it_was_where_the_site_asks() {
    for survey in [false, true] {
        let (mut rig, lan) = (Rig::new(), who("lan", Role::Agent));
        rig.published.site.settings.feedback.survey = survey;
        rig.says("Gặp cán bộ", Some(TO_PERSON));
        rig.staff(&lan, ChatUp::Take);
        let asks = |effects: &[Effect<ChatDown>]| {
            effects.contains(&Effect::Broadcast(Audience::Visitor, Down::Survey))
        };
        let asked_back = |rig: &Rig| {
            handle_hello(&rig.store, &rig.published, None, 0, None).unwrap().contains(&Down::Survey)
        };
        assert!(!asked_back(&rig), "it is not over");
        let effects = rig.staff(&lan, ChatUp::End { reason: EndReason::Answered });
        assert_eq!((asks(&effects), asked_back(&rig)), (survey, survey));
        if survey {
            assert_eq!(
                effects.last(),
                Some(&Effect::Broadcast(Audience::Visitor, Down::Survey)),
                "after what was said"
            );
        }
        // Who has read so far was asked; who asks for somebody again is not asked about the last time.
        let seq = rig.store.last_seq().unwrap();
        let read = Up::Read { seq };
        handle_frame(&mut rig.store, &rig.published, read, rig.now, &mut Scratch::default()).unwrap();
        assert!(!asked_back(&rig));
        rig.says("Gặp cán bộ", Some(TO_PERSON));
        assert!(!asked_back(&rig));
        rig.staff(&lan, ChatUp::Take);
        assert!(!asks(&rig.staff(&lan, ChatUp::HandBack)), "the assistant goes on");
        rig.says("Gặp cán bộ", Some(TO_PERSON));
        rig.staff(&lan, ChatUp::Take);
        assert!(!asks(&rig.staff(&lan, ChatUp::End { reason: EndReason::Abuse })) && !asked_back(&rig));
    }
}
