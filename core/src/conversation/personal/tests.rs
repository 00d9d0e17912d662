use super::*;
use crate::conversation::{Effect, MemoryStore, deferred_reply, handle_frame};
use intent::Scratch;
use wire::{Down, Fault, Id, Personal};

const NOW: u64 = 1_780_000_000_000;

fn published(refuse: &[Personal]) -> Published {
    let mut published = deferred_reply::tests::published();
    let data = &mut published.site.settings.personal_data;
    data.care.refuse =
        refuse.iter().fold(Kinds::default(), |all, kind| all.union_with(Kinds::only_kind(*kind)));
    data.care.warn = Kinds(Kinds::ALL.0 & !Kinds::only_kind(Personal::Phone).0);
    published
}

fn up(id: u128, text: &str) -> Up {
    Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick: None, value: None, files: vec![] }
}

#[test]
fn what_is_refused_is_not_written() {
    let (mut store, published) = (MemoryStore::new(Id(7)), published(&[Personal::CitizenId]));
    let mut said =
        |id, text| handle_frame(&mut store, &published, up(id, text), NOW, &mut Scratch::default()).unwrap();
    let refused = |effects: Vec<Effect<Down>>| {
        matches!(effects.as_slice(), [Effect::Reply(Down::Fault { code: Fault::Personal, .. })])
    };
    assert!(refused(said(1, "079203001234")));
    assert!(!refused(said(2, "số 0792")));
    assert!(refused(said(3, "03001234")));
    assert!(!refused(said(4, "sđt 0912345678, cmnd 024123456")));
    assert_eq!(store.messages.iter().filter(|message| message.id.is_some()).count(), 2);
}

#[test]
fn a_form_is_asked_about() {
    let (mut store, published) = (MemoryStore::new(Id(7)), published(&[Personal::Card]));
    let mut posted =
        |text, unasked| match super::check_post(&mut store, &published, up(1, text), unasked, NOW).unwrap() {
            Ok(Up::Say { text, .. }) => text,
            Ok(other) => panic!("{other:?}"),
            Err(PostRejection::TooFast(wait)) => panic!("{wait}"),
            Err(PostRejection::Ask(PersonalDataWarning { kinds, refused })) => {
                let kinds: Vec<_> = Personal::ALL.iter().filter(|kind| kinds.contains_kind(**kind)).collect();
                format!("{kinds:?} {refused}")
            }
        };
    let (id, card) = ("số 079203001234", "thẻ 4111111111111111");
    for (text, unasked, expected) in [
        (id, PersonalDataHandling::Ask, "[CitizenId] false"),
        (id, PersonalDataHandling::Hide, "số ••••••••••••"),
        (id, PersonalDataHandling::Send, id),
        (card, PersonalDataHandling::Ask, "[Card] true"),
        (card, PersonalDataHandling::Send, "[Card] true"),
        (card, PersonalDataHandling::Hide, "thẻ ••••••••••••••••"),
        ("gọi 0912345678", PersonalDataHandling::Ask, "gọi 0912345678"),
    ] {
        assert_eq!(posted(text, unasked), expected, "{text} {unasked:?}");
    }
}

/// Whatever is allowed, a language model reads nothing of it, neither now nor in what was said before.
#[test]
fn a_language_model_is_not_told() {
    for (connector, allowed, told) in
        [("openai", false, false), ("openai", true, true), ("webhook", false, true)]
    {
        let mut published = published(&[]);
        published.site.settings.agency = Some(crate::connector::tests::agency(connector));
        published.site.settings.personal_data.to_language_model = allowed;
        let mut store = MemoryStore::new(Id(7));
        for (id, text) in [(1, "sđt 0912345678"), (2, "cccd 0792"), (3, "03001234 còn hạn không")] {
            handle_frame(&mut store, &published, up(id, text), NOW, &mut Scratch::default()).unwrap();
        }
        let pending = store.outbox.last().cloned().expect("it was forwarded");
        let scratch = &mut Scratch::default();
        let ask = crate::agency::build_question(&store, &published, Id(9), &pending, NOW, scratch).unwrap();
        let all = format!("{:?} {}", ask.history, ask.text);
        assert_eq!(all.contains("0912345678"), told, "{connector} {allowed}: {all}");
        assert_eq!(all.contains("03001234"), told, "{connector} {allowed}: {all}");
        assert!(all.contains("còn hạn không"));
    }
}

fn code(effects: &[Effect<Down>]) -> Option<Fault> {
    effects.iter().find_map(|effect| match effect {
        Effect::Reply(Down::Fault { code, .. }) => Some(*code),
        _ => None,
    })
}

fn pressed(id: u128, text: &str, pick: &str) -> Up {
    Up::Say {
        id: Id(id),
        text: text.into(),
        lang: "vi".into(),
        pick: Some(pick.into()),
        value: None,
        files: vec![],
    }
}

/// The agency says something with a button and asks for a choice and a place.
fn with_buttons(store: &mut MemoryStore) {
    let input = |name: &str, kind| wire::Input {
        name: name.into(),
        label: "Chọn".into(),
        kind,
        min: None,
        max: None,
        options: [("1", "Gọi 0912345678"), ("2", "079203001234")]
            .map(|(key, label)| wire::Choice { key: key.into(), label: label.into() })
            .into(),
    };
    let blocks = [("ai", InputKind::Choice), ("noi", InputKind::Place)]
        .map(|(name, kind)| wire::Block::Input(input(name, kind)))
        .into();
    let label = "Hồ sơ của căn cước 079203001234";
    let button = Button { label: label.into(), pick: Some(format!("@{label}")), href: None };
    store
        .put_message(&Message {
            seq: store.last_seq().unwrap() + 1,
            id: None,
            author: wire::Author { kind: AuthorKind::Agency, name: None },
            at: NOW,
            lang: "vi".into(),
            state: wire::State::Done,
            rev: 0,
            topic: None,
            value: None,
            later: false,
            body: wire::Body { blocks, buttons: vec![button] },
        })
        .unwrap();
}

/// Whatever program sends it, and in whatever part of a message.
#[test]
fn what_is_refused_passes_by_no_other_way() {
    let published = published(&[Personal::CitizenId, Personal::Phone]);
    let mut store = MemoryStore::new(Id(7));
    with_buttons(&mut store);
    let given = |id, text: &str, name: &str, value: &str| Up::Say {
        id: Id(id),
        text: text.into(),
        lang: "vi".into(),
        pick: None,
        value: Some(Given { name: name.into(), value: value.into() }),
        files: vec![],
    };
    let shown = "Hồ sơ của căn cước 079203001234";
    for (up, refused) in [
        (pressed(1, "cccd 079203001234", "khai-sinh"), true),
        (pressed(2, "cccd 079203001234", "@"), true),
        (pressed(3, "cccd 079203001234", "@cccd 079203001234"), true),
        (pressed(4, "cccd 079203001234", "*"), true),
        (pressed(5, "cccd 079203001234", "&"), true),
        (pressed(6, "cccd 079203001234", "!"), true),
        (pressed(7, shown, "@"), true),
        (pressed(8, "cccd 079203001235", &format!("@{shown}")), true),
        (pressed(9, shown, &format!("@{shown}")), false),
        (given(10, "0912345678", "noi", "12 Lê Lợi"), true),
        (given(11, "12 Lê Lợi", "noi", "0912345678"), true),
        (given(12, "12 Lê Lợi", "noi", "12 Lê Lợi"), false),
        (given(13, "079203001234", "ai", "2"), false),
        (given(14, "079203001234", "ai", "1"), true),
        (given(15, "Gọi 0912345678", "ai", "1"), false),
    ] {
        let effects = handle_frame(&mut store, &published, up.clone(), NOW, &mut Scratch::default()).unwrap();
        assert_eq!(code(&effects) == Some(Fault::Personal), refused, "{up:?}: {effects:?}");
        store.budget = None;
    }
}

/// Whoever is in danger is answered whatever else the message holds; the number is not kept all the same.
#[test]
fn danger_is_answered_and_what_is_refused_is_not_kept() {
    let published = published(&[Personal::Phone]);
    let mut store = MemoryStore::new(Id(7));
    with_buttons(&mut store);
    let up = Up::Say {
        id: Id(1),
        text: "tôi muốn tự tử".into(),
        lang: "vi".into(),
        pick: None,
        value: Some(Given { name: "noi".into(), value: "0912345678".into() }),
        files: vec![],
    };
    let effects = handle_frame(&mut store, &published, up, NOW, &mut Scratch::default()).unwrap();
    assert_eq!(code(&effects), None);
    assert!(!format!("{:?}", store.messages).contains("\"0912345678\""), "{:?}", store.messages);
}

/// What stands beside a file is typed too, and so is the file's name.
#[test]
fn what_is_refused_is_not_in_what_goes_with_files() {
    let published = published(&[Personal::CitizenId]);
    let mut store = MemoryStore::new(Id(7));
    let rules = site::Files { allow: vec!["pdf".into()], max_mb: 1 };
    let file =
        crate::files::accept_upload(&rules, Id(9), "cccd_079203001234.pdf", b"%PDF-1.7 x", "", NOW).unwrap();
    let file = crate::files::Stored { name: file_name(&published, &file.name, NOW), ..file };
    assert_eq!(file.name, "cccd_••••••••••••.pdf");
    store.put_file(&file).unwrap();
    let up = |text: &str| Up::Say {
        id: Id(1),
        text: text.into(),
        lang: "vi".into(),
        pick: None,
        value: None,
        files: vec![Id(9)],
    };
    let refused =
        handle_frame(&mut store, &published, up("cccd 079203001234"), NOW, &mut Scratch::default()).unwrap();
    assert_eq!(code(&refused), Some(Fault::Personal));
    let taken = handle_frame(&mut store, &published, up("đây ạ"), NOW, &mut Scratch::default()).unwrap();
    assert_eq!(code(&taken), None);
    // Numbers that are nobody's stay, and so does what the site takes.
    for name in ["IMG_20261129_143015.jpg", "don 0912345678.pdf", "mau 01-CT.docx"] {
        assert_eq!(file_name(&published, name, NOW), name);
    }
}

/// Looking at a message is the work, so one that is refused costs what one that is taken costs.
#[test]
fn a_refused_message_is_counted() {
    let published = published(&[Personal::CitizenId]);
    let per_minute = published.site.settings.limits.messages_per_minute;
    let mut store = MemoryStore::new(Id(7));
    let mut codes = (0..u128::from(per_minute) + 2).map(|id| {
        code(
            &handle_frame(
                &mut store,
                &published,
                up(id + 1, "cccd 079203001234"),
                NOW,
                &mut Scratch::default(),
            )
            .unwrap(),
        )
    });
    assert!(codes.by_ref().take(per_minute as usize).all(|code| code == Some(Fault::Personal)));
    assert!(codes.all(|code| code == Some(Fault::TooFast)));

    // Without the widget as well; what is taken is counted once, when it is heard.
    let mut store = MemoryStore::new(Id(8));
    for _ in 0..per_minute {
        let refused = super::check_post(
            &mut store,
            &published,
            up(1, "cccd 079203001234"),
            PersonalDataHandling::Ask,
            NOW,
        )
        .unwrap();
        assert!(matches!(refused, Err(PostRejection::Ask(_))), "{refused:?}");
    }
    for up in [up(1, "cccd 079203001234"), Up::Survey { score: 3, text: "tốt".into() }] {
        let refused = super::check_post(&mut store, &published, up, PersonalDataHandling::Hide, NOW).unwrap();
        assert!(matches!(refused, Err(PostRejection::TooFast(1..))), "{refused:?}");
    }
    let mut store = MemoryStore::new(Id(9));
    for id in 0..u128::from(per_minute) {
        let taken = super::check_post(
            &mut store,
            &published,
            up(id + 1, "giờ mở cửa"),
            PersonalDataHandling::Ask,
            NOW,
        )
        .unwrap()
        .unwrap();
        assert_eq!(
            code(&handle_frame(&mut store, &published, taken, NOW, &mut Scratch::default()).unwrap()),
            None,
            "{id}"
        );
    }
}

/// What a visitor typed and somebody else repeats is hidden too, also where nothing beside it says what it is.
#[test]
fn a_language_model_is_not_told_what_others_repeat() {
    let mut published = published(&[]);
    published.site.settings.agency = Some(crate::connector::tests::agency("openai"));
    let mut store = MemoryStore::new(Id(7));
    let said = |store: &mut MemoryStore, id, text: &str| {
        handle_frame(store, &published, up(id, text), NOW, &mut Scratch::default()).unwrap();
    };
    said(&mut store, 1, "cmnd 024 123 456, mã otp 482913, mail an.vidu@example.vn");
    for (kind, text) in [
        (AuthorKind::Agency, "Số 024123456 đã được cấp đổi, xem thư ở an.vidu@example.vn."),
        (AuthorKind::Assistant, "Ông bà vừa gửi 482913?"),
        (AuthorKind::Staff, "Căn cước mới là 079203001234, gọi 0912 345 678"),
    ] {
        let run = wire::Run { text: text.into(), ..Default::default() };
        let body = wire::Body { blocks: vec![wire::Block::Text { runs: vec![run] }], buttons: vec![] };
        store
            .put_message(&Message {
                seq: store.last_seq().unwrap() + 1,
                id: None,
                author: wire::Author { kind, name: None },
                at: NOW,
                lang: "vi".into(),
                state: wire::State::Done,
                rev: 0,
                topic: None,
                value: None,
                later: false,
                body,
            })
            .unwrap();
    }
    said(&mut store, 2, "024123456 là số cũ, khi nào có thẻ");
    let pending = store.outbox.last().cloned().expect("it was forwarded");
    let ask =
        crate::agency::build_question(&store, &published, Id(9), &pending, NOW, &mut Scratch::default())
            .unwrap();
    let all = format!("{:?} {}", ask.history, ask.text);
    assert_eq!(ask.history.len(), 4);
    for number in ["024123456", "024 123 456", "482913", "an.vidu", "079203001234", "0912 345 678"] {
        assert!(!all.contains(number), "{number}: {all}");
    }
    assert!(all.contains("đã được cấp đổi") && all.contains("khi nào có thẻ"));
}
