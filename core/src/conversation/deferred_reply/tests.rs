use super::*;
use crate::{
    application::case::{Case, CaseDocuments, CaseState, RequestedDocument, Wants},
    connector::{Callback, CaseReport, Reply},
    conversation::{
        MemoryStore, RecordedCallback, Task, add_documents, fail_reply, file_case, find_case, find_sealed,
        finish_reply, grow_reply, handle_callback, handle_frame, handle_hello,
    },
};
use i18n::{Lang, Msg};
use intent::Scratch;
use site::{ContactDetails, LookSettings, Settings, Site, Text};
use wire::{Author, Id, State, Up};

const DAY: u64 = 86_400_000;

fn text(words: &str) -> Text {
    Text([("vi".to_owned(), words.to_owned())].into())
}

/// A site whose matcher knows next to nothing, so that everything goes to the agency.
pub fn published() -> Published {
    let examples: Vec<intent::Example> = ["giờ làm việc", "giờ mở cửa"]
        .iter()
        .map(|words| intent::Example {
            text: (*words).into(),
            intent: Some("gio".into()),
            lang: "vi".into(),
            weight: 1.0,
        })
        .collect();
    let model = intent::train(&examples, &intent::Options::default(), &mut |_| {}).unwrap();
    let contact = ContactDetails { email: Some("ubnd@example.vn".into()), ..ContactDetails::default() };
    let look = LookSettings {
        interface: None,
        brand: "#1d4e89".parse().unwrap(),
        logo: None,
        launcher: Default::default(),
        position: Default::default(),
        scheme: Default::default(),
        launcher_label: text("Hỏi"),
        credit: false,
    };
    let settings = Settings {
        notice: None,
        pictures: Vec::new(),
        feedback: Default::default(),
        files: None,
        site: "ward".into(),
        languages: vec!["vi".into()],
        origins: Vec::new(),
        name: text("Phường"),
        assistant: text("Trợ lý"),
        greeting: text("Chào"),
        privacy: None,
        personal_data: Default::default(),
        start: Default::default(),
        look,
        contact,
        fallback: text("Xin gọi điện."),
        agency: Some(crate::connector::tests::agency("webhook")),
        desk: None,
        identity: None,
        limits: Default::default(),
        retention_days: 30,
        utc_offset_minutes: 0,
        hours: None,
        safety: site::Safety::default(),
        synonyms: Vec::new(),
    };
    let site = Site {
        settings,
        intents: Vec::new(),
        procedures: Default::default(),
        out_of_scope: Default::default(),
    };
    Published::new(1, site, model)
}

fn asked(store: &mut MemoryStore, published: &Published, id: u128, words: &str) -> u64 {
    let up = Up::Say {
        id: Id(id),
        text: words.into(),
        lang: "vi".into(),
        pick: Some("@".into()),
        value: None,
        files: vec![],
    };
    let effects = handle_frame(store, published, up, 0, &mut Scratch::default()).unwrap();
    let forwarded = effects.iter().find_map(|effect| match effect {
        Effect::Task(Task::Deliver(seq)) => Some(*seq),
        _ => None,
    });
    forwarded.unwrap_or_else(|| panic!("{words} was not forwarded: {effects:?}"))
}

fn words<R>(effects: &[Effect<R>]) -> String {
    let said = effects.iter().filter_map(|effect| match effect {
        Effect::Broadcast(Audience::Everyone, Down::Message(message)) => {
            Some(rich::plain_text(&message.body.blocks))
        }
        _ => None,
    });
    said.collect::<Vec<_>>().join("\n")
}

fn callback(id: &str, about: Option<u64>, words: &str, kind: AuthorKind) -> Callback {
    let author = Some(Author { kind, name: None });
    let reply = Reply { text: words.into(), author, ..Reply::default() };
    Callback {
        id: id.into(),
        conversation: Id(1),
        about,
        case: None,
        reply,
        enclosed: Vec::new(),
        blocks: Vec::new(),
        retracts: false,
    }
}

#[test]
fn a_question_left_behind_is_told_once_and_answered_late() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let seq = asked(&mut store, &published, 1, "đường ngập");
    let told = leave_behind(&mut store, &published, seq, 10, 1).unwrap();
    assert!(words(&told).contains(Lang::for_tag("vi").text(Msg::QuestionKept)), "{told:?}");
    assert!(words(&told).contains("Xin gọi điện."));
    let card = |effect: &Effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Message(m)) if matches!(m.body.blocks.last(), Some(Block::Contact(_))));
    assert!(told.iter().any(card), "the contact card comes last");
    assert_eq!(leave_behind(&mut store, &published, seq, 20, 15).unwrap(), Vec::new(), "told twice");
    assert_eq!(store.outbox[0].left, Some(DeferredRetry { next: 20, times: 1 }));
    // Whoever comes back sees no "writing…" for something that may take days.
    let back = handle_hello(&store, &published, None, 0, None).unwrap();
    assert!(!back.iter().any(|effect| matches!(effect, Down::Working { .. })));
    asked(&mut store, &published, 2, "việc khác");
    let grown = grow_reply(&mut store, &published, seq, "Đội", 30).unwrap();
    let reply = Reply { text: "Đội đang đến.".into(), ..Reply::default() };
    let done = finish_reply(&mut store, &published, seq, reply, true, 40).unwrap();
    for effects in [grown, done] {
        assert!(words(&effects).contains("đường ngập"), "which question it answers: {effects:?}");
    }
    assert_eq!(store.outbox.len(), 1, "only the other question is left");
}

#[test]
fn a_kept_question_is_given_up_in_time_and_said_so() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let seq = asked(&mut store, &published, 1, "đường ngập");
    leave_behind(&mut store, &published, seq, 10, 1).unwrap();
    assert!(leave_behind(&mut store, &published, seq, 10, 3 * DAY - 1).unwrap().is_empty());
    let told = leave_behind(&mut store, &published, seq, 10, 3 * DAY).unwrap();
    assert!(words(&told).contains(Lang::for_tag("vi").text(Msg::QuestionNotDelivered)));
    assert!(store.outbox.is_empty());
    assert!(give_up(&mut store, &published, seq, 4 * DAY).unwrap().is_empty(), "only once");
    let mut short = published;
    short.site.settings.retention_days = 1;
    assert_eq!(lifetime_ms(&short), DAY);
}

/// A case on its way, and its place.
fn filed(store: &mut MemoryStore, published: &Published) -> (Case, u64) {
    let case = Case {
        number: "K7QX3-M9DA0".into(),
        procedure: "khai-sinh".into(),
        title: "Đăng ký khai sinh".into(),
        lang: "vi".into(),
        seq: 0,
        filed_at: 0,
        promised: None,
        state: CaseState::Sending,
        changed_at: 0,
        note: String::new(),
        sealed: "sealed".into(),
        wants: None,
        added_at: None,
        appointment: None,
        files: Vec::new(),
        links: Vec::new(),
    };
    let effects = file_case(store, published, case, Id(7), "https://hoi.example/s/ward/status").unwrap();
    let seq = effects
        .iter()
        .find_map(|effect| if let Effect::Task(Task::Deliver(seq)) = effect { Some(*seq) } else { None });
    (case_called(store), seq.expect("it is sent"))
}

fn case_called(store: &MemoryStore) -> Case {
    find_case(store, "K7QX3-M9DA0").unwrap().expect("it is there")
}

#[test]
fn a_case_that_cannot_be_brought_is_given_up_after_thirty_days() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let (_, seq) = filed(&mut store, &published);
    assert_eq!(
        leave_behind(&mut store, &published, seq, 10, 1).unwrap(),
        Vec::new(),
        "the receipt says that it is on its way"
    );
    assert!(leave_behind(&mut store, &published, seq, 10, 30 * DAY - 1).unwrap().is_empty());
    assert_eq!((case_called(&store).state, store.outbox.len()), (CaseState::Sending, 1));
    assert!(!case_called(&store).sealed.is_empty(), "what was answered is still there to be brought");
    let told = leave_behind(&mut store, &published, seq, 10, 30 * DAY).unwrap();
    assert!(words(&told).contains("K7QX3-M9DA0"), "{told:?}");
    let card = |effect: &Effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Message(m)) if m.body.blocks.iter().any(|b| matches!(b, Block::Contact(_))));
    assert!(told.iter().any(card), "whom to reach instead: {told:?}");
    let case = case_called(&store);
    assert_eq!((case.state, store.outbox.len(), case.sealed.as_str()), (CaseState::Undelivered, 0, ""));
    assert!(give_up(&mut store, &published, seq, 31 * DAY).unwrap().is_empty(), "only once");
}

#[test]
fn papers_that_cannot_be_brought_are_wanted_still() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let (_, seq) = filed(&mut store, &published);
    hand_over(&mut store, &published, seq, 1).unwrap();
    let report = |state, papers: Vec<RequestedDocument>, id: &str| {
        let wants = Wants::from_agency(papers, Some("2026-12-31".into())).expect("it can be read");
        let wants = (state == CaseState::NeedsPapers).then_some(wants);
        let report = CaseReport { number: "K7QX3-M9DA0".into(), state, wants, appointment: None };
        Callback { case: Some(report), ..callback(id, None, "Thiếu giấy.", AuthorKind::Staff) }
    };
    let told = handle_callback(&mut store, &published, report(CaseState::NeedsPapers, Vec::new(), "a"), 2)
        .unwrap()
        .expect("it is here");
    assert!(
        told.effects.iter().any(|effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Message(m))
            if m.body.blocks.iter().any(|b| matches!(b, Block::Procedure(p) if p.form == "case:K7QX3-M9DA0" && p.papers.len() == 1)))),
        "where no paper is named, any may be sent: {told:?}"
    );
    let added =
        CaseDocuments { number: "K7QX3-M9DA0".into(), procedure: "khai-sinh".into(), papers: Vec::new() };
    let (case, effects) = add_documents(&mut store, "K7QX3-M9DA0", &added, Id(8), "sealed", 3)
        .unwrap()
        .expect("papers are wanted");
    assert_eq!((case.state, case.added_at), (CaseState::Sending, Some(3)));
    assert_eq!(
        add_documents(&mut store, "K7QX3-M9DA0", &added, Id(9), "sealed", 3).unwrap(),
        None,
        "sent twice"
    );
    let seq = store.outbox[0].seq;
    assert!(
        effects.contains(&Effect::Task(Task::Deliver(seq))) && find_sealed(&store, seq).unwrap().is_some()
    );
    assert!(leave_behind(&mut store, &published, seq, 10, 30 * DAY).unwrap().is_empty());
    let told = leave_behind(&mut store, &published, seq, 10, 3 + 30 * DAY).unwrap();
    assert!(words(&told).contains(Lang::for_tag("vi").text(Msg::DocumentsNotDelivered)), "{told:?}");
    assert_eq!(case_called(&store).state, CaseState::NeedsPapers);
    // Sent again, and taken: nothing is wanted any more.
    add_documents(&mut store, "K7QX3-M9DA0", &added, Id(10), "sealed", 4)
        .unwrap()
        .expect("papers are wanted still");
    let seq = store.outbox[0].seq;
    hand_over(&mut store, &published, seq, 5).unwrap();
    let case = case_called(&store);
    assert_eq!(
        (case.state, case.wants, find_sealed(&store, seq).unwrap()),
        (CaseState::Received, None, None)
    );
    // An agency that wants more, faster than its answer comes, is not overheard.
    handle_callback(&mut store, &published, report(CaseState::NeedsPapers, Vec::new(), "b"), 6)
        .unwrap()
        .expect("it is here");
    add_documents(&mut store, "K7QX3-M9DA0", &added, Id(11), "sealed", 7)
        .unwrap()
        .expect("papers are wanted again");
    let seq = store.outbox[0].seq;
    handle_callback(&mut store, &published, report(CaseState::NeedsPapers, Vec::new(), "c"), 8)
        .unwrap()
        .expect("it is here");
    hand_over(&mut store, &published, seq, 9).unwrap();
    let case = case_called(&store);
    assert!(case.state == CaseState::NeedsPapers && case.wants.is_some(), "{case:?}");
}

#[test]
fn only_so_many_questions_are_kept() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let told = |id: u128, store: &mut MemoryStore| {
        let seq = asked(store, &published, id, "đường ngập");
        // The visitor's budget of messages is not what is looked at here.
        store.budget = None;
        words(&leave_behind(store, &published, seq, 10, 1).unwrap())
            .contains(Lang::for_tag("vi").text(Msg::QuestionKept))
    };
    assert!((1..=20).all(|id| told(id, &mut store)));
    assert!(!told(21, &mut store), "kept without end");
    assert_eq!(store.outbox.len(), 20);
}

fn heard(store: &mut MemoryStore, published: &Published, callback: Callback) -> RecordedCallback {
    handle_callback(store, published, callback, 9).unwrap().expect("it is about no case")
}

#[test]
fn the_same_callback_is_one_message() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let seq = asked(&mut store, &published, 1, "đường ngập");
    leave_behind(&mut store, &published, seq, 10, 1).unwrap();
    let first = heard(&mut store, &published, callback("a", Some(seq), "Đã sửa xong.", AuthorKind::Staff));
    assert_eq!((first.seq, words(&first.effects).as_str()), (3, "Đã sửa xong."));
    assert!(store.outbox.is_empty(), "an answered question is brought no more");
    for words in ["Đã sửa xong.", "anything else"] {
        let again = heard(&mut store, &published, callback("a", Some(seq), words, AuthorKind::Staff));
        assert_eq!(again, RecordedCallback { seq: 3, effects: Vec::new() });
    }
    let second =
        heard(&mut store, &published, callback("b", Some(99), "Chúc một ngày tốt.", AuthorKind::Staff));
    assert_eq!(second.seq, 4);
    let long = heard(&mut store, &published, callback("c", None, &"ệ".repeat(60_000), AuthorKind::Staff));
    assert!(
        matches!(&long.effects[0], Effect::Broadcast(Audience::Everyone, Down::Message(m)) if m.state == State::Cut)
    );
}

#[test]
fn what_is_taken_back_is_replaced_for_good() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    asked(&mut store, &published, 1, "đường ngập");
    let said = |id: &str| callback(id, None, "Gọi cho ông Tư.", AuthorKind::Staff);
    let retraction = |id: &str| Callback { retracts: true, ..said(id) };
    let seq = heard(&mut store, &published, said("a")).seq;
    let gone = heard(&mut store, &published, retraction("a"));
    let sentence = Lang::for_tag("vi").text(Msg::MessageRetracted);
    assert_eq!((gone.seq, words(&gone.effects).as_str()), (seq, sentence));
    let kept = store.message(seq).unwrap().unwrap();
    assert_eq!((kept.rev, kept.state, kept.author.kind), (1, State::Done, AuthorKind::Staff));
    for again in [said("a"), retraction("a")] {
        assert_eq!(heard(&mut store, &published, again), RecordedCallback { seq, effects: Vec::new() });
    }
    // Whoever was away has the number, and is told all the same.
    let last = heard(&mut store, &published, said("b")).seq;
    let told = |after: u64| {
        let frames = handle_hello(&store, &published, Some(store.epoch().unwrap()), after, None).unwrap();
        let is_it = |down: &&Down| matches!(down, Down::Message(message) if message.seq == seq);
        frames.iter().filter(is_it).count()
    };
    assert_eq!([0, seq, last].map(told), [1, 1, 1]);
    // Deleted before it came: it never comes.
    for early in [retraction("c"), said("c")] {
        assert_eq!(heard(&mut store, &published, early), RecordedCallback { seq: 0, effects: Vec::new() });
    }
}

#[test]
fn a_button_of_the_agencys_stands_for_its_value() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    asked(&mut store, &published, 1, "đường ngập");
    let mut offer = callback("a", None, "Lúc nào?", AuthorKind::Staff);
    let button =
        |label: &str, pick: &str| wire::Button { label: label.into(), pick: Some(pick.into()), href: None };
    offer.reply.buttons = vec![button("Sáng", "@am"), button("Chiều", "@Chiều"), button("Giờ", "gio")];
    heard(&mut store, &published, offer);
    for (id, (said, value)) in
        [("Sáng", Some("am")), ("Chiều", None), ("Tối", None), ("Giờ", None)].into_iter().enumerate()
    {
        let seq = asked(&mut store, &published, 10 + id as u128, said);
        let pending = store.find_pending(seq).unwrap().unwrap();
        let scratch = &mut Scratch::default();
        let ask = crate::agency::build_question(&store, &published, Id(1), &pending, 9, scratch).unwrap();
        assert_eq!(ask.choice.as_deref(), value, "{said}");
    }
}

#[test]
fn with_people_nothing_is_being_written_and_nothing_repeated() {
    let (published, mut store) = (published(), MemoryStore::new(Id(1)));
    let seq = asked(&mut store, &published, 1, "đường ngập");
    assert!(
        words(&hand_over(&mut store, &published, seq, 1).unwrap())
            .contains(Lang::for_tag("vi").text(Msg::QuestionPassedOn))
    );
    assert!(hand_over(&mut store, &published, seq, 1).unwrap().is_empty(), "only once");
    handle_callback(&mut store, &published, callback("a", None, "Ở đâu ạ?", AuthorKind::Staff), 2).unwrap();
    let up = Up::Say {
        id: Id(2),
        text: "đầu ngõ".into(),
        lang: "vi".into(),
        pick: Some("@".into()),
        value: None,
        files: vec![],
    };
    let effects = handle_frame(&mut store, &published, up, 3, &mut Scratch::default()).unwrap();
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Working { .. }))),
        "{effects:?}"
    );
    let seq = store.last_seq().unwrap();
    assert!(hand_over(&mut store, &published, seq, 4).unwrap().is_empty(), "a person is here already");
    assert!(fail_reply(&mut store, &published, seq, 4).unwrap().is_empty(), "it is settled");
}
