//! Whoever waits for a person.

use super::*;

/// What is offered under the last message.
fn picks(rig: &Rig) -> Vec<String> {
    let last = rig.store.messages.last().unwrap();
    last.body.buttons.iter().filter_map(|button| button.pick.clone()).collect()
}

/// The rig's site with an intent that leads to a person, and one that doesn't.
fn with_intents(rig: &mut Rig) {
    let text = |words: &str| site::Text([("vi".to_owned(), words.to_owned())].into());
    let intent = |id: &str, person: bool, answer: &str| {
        let json = serde_json::json!({ "id": id, "title": text(id), "phrases": {}, "answer": text(answer), "person": person });
        serde_json::from_value::<site::Intent>(json).unwrap()
    };
    rig.published.site.intents =
        vec![intent("gio", false, "Mở cửa lúc 7:30."), intent("gap", true, "Tôi chuyển ngay cho cán bộ.")];
}

#[test]
fn whoever_waits_keeps_the_assistant_the_way_out_and_the_place() {
    let mut rig = Rig::new();
    with_intents(&mut rig);
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    rig.placed(2, 1, None);
    for (text, pick, expected) in [
        ("giờ làm việc", None, "Mở cửa lúc 7:30."),
        ("chuyện khó", None, "Cán bộ tiếp nhận cuộc trao đổi sẽ đọc được câu hỏi này."),
        ("Việc khác", Some(NONE_OF_THESE), "Cán bộ tiếp nhận"),
    ] {
        let effects = rig.says(text, pick);
        assert!(rig.words().last().unwrap().contains(expected), "{text}: {:?}", rig.words());
        assert_eq!(picks(&rig).last().map(String::as_str), Some(TO_ASSISTANT), "{text}");
        assert!(!picks(&rig).contains(&TO_PERSON.to_owned()), "{text}: already asked for");
        assert!(
            matches!(&effects[..], [.., Effect::Broadcast(Audience::Visitor, Down::Working { text: Some(line), .. }), Effect::Task(Task::SyncBoard)] if line.contains("thứ tự: 2")),
            "{text}: the place stays, and the board hears of it: {effects:?}"
        );
    }
    assert_eq!(rig.stage(), Stage::Waiting);
    // Forwarded: the place is not taken off the screen, and the late answer carries the way out too.
    rig.published.site.settings.agency = Some(crate::connector::tests::agency("webhook"));
    let effects = rig.says("đường ngập", Some("@"));
    let seq = effects.iter().find_map(|effect| match effect {
        Effect::Task(Task::Deliver(seq)) => Some(*seq),
        _ => None,
    });
    assert!(
        !effects
            .iter()
            .any(|effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Working { .. }))),
        "{effects:?}"
    );
    let reply = crate::connector::Reply { text: "Đội đang đến.".into(), ..Default::default() };
    let effects =
        crate::conversation::finish_reply(&mut rig.store, &rig.published, seq.unwrap(), reply, true, rig.now)
            .unwrap();
    assert!(
        matches!(effects.last(), Some(Effect::Broadcast(Audience::Visitor, Down::Working { .. }))),
        "{effects:?}"
    );
    assert_eq!(picks(&rig), [TO_ASSISTANT]);
    // Once a person is there it is silent, and nothing offers the way out.
    rig.staff(&who("lan", Role::Agent), ChatUp::Take);
    assert_eq!(picks(&rig), [""; 0]);
    let before = rig.words().len();
    rig.says("giờ làm việc", None);
    assert_eq!(rig.words().len(), before + 1, "the assistant is silent: {:?}", rig.words());
}

#[test]
fn the_sites_own_promise_is_said_only_when_somebody_comes() {
    for (here, hears) in [(1, true), (0, false)] {
        let mut rig = Rig::new();
        with_intents(&mut rig);
        for asked in ["cho gặp người", "gặp ngay"] {
            let effects = rig.says(asked, Some("gap"));
            assert!(messages(&effects).is_empty(), "nobody knows yet whether somebody is there: {effects:?}");
            let effects = rig.placed(1, here, None);
            let said: Vec<String> =
                messages(&effects).iter().map(|message| rich::plain_text(&message.body.blocks)).collect();
            assert_eq!(said.iter().any(|words| words.contains("chuyển ngay")), hears, "{asked}: {said:?}");
            let expected = if hears { "thứ tự: 1" } else { "Lúc này chưa có cán bộ" };
            assert!(
                said.last().unwrap().starts_with(if hears { "Ông bà đang chờ" } else { expected }),
                "{said:?}"
            );
            let card = |block: &wire::Block| matches!(block, wire::Block::Contact(_));
            let contact = messages(&effects).last().unwrap().body.blocks.iter().any(card);
            assert_eq!(contact, !hears, "whom to reach instead");
        }
        let handed = rig.store.happened.iter().filter(|each| each.name().0 == "handed_over").count();
        assert_eq!(handed, 1, "asked twice it is one visitor who waits");
    }
}

#[test]
fn who_was_promised_somebody_is_told_when_nobody_is_left() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    rig.placed(1, 1, None);
    let effects = rig.placed(1, 0, None);
    assert!(rich::plain_text(&messages(&effects)[0].body.blocks).starts_with("Lúc này chưa có cán bộ"));
    assert_eq!(
        effects.last(),
        Some(&Effect::Broadcast(Audience::Visitor, Down::Quiet)),
        "the place is taken back"
    );
    // Who goes out for a coffee and comes back is no news each time.
    assert!(messages(&rig.placed(1, 1, None)).is_empty() && messages(&rig.placed(1, 0, None)).is_empty());

    // Sent on to a department where nobody is.
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let lan = who("lan", Role::Agent);
    rig.staff(&lan, ChatUp::Take);
    rig.staff(&lan, ChatUp::Transfer { to: Target::Department("ho-tich".into()) });
    assert_eq!(picks(&rig), [TO_ASSISTANT]);
    let effects = rig.placed(1, 0, None);
    assert!(rich::plain_text(&messages(&effects)[0].body.blocks).starts_with("Lúc này chưa có cán bộ"));

    // The board can't be asked at all.
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    let effects = assume_unattended(&mut rig.store, &rig.published, rig.now).unwrap();
    assert!(rich::plain_text(&messages(&effects)[0].body.blocks).starts_with("Lúc này chưa có cán bộ"));
    assert!(assume_unattended(&mut rig.store, &rig.published, rig.now).unwrap().is_empty(), "once");
}

#[test]
fn a_place_is_no_promise_once_the_agency_has_closed() {
    let mut rig = Rig::new();
    let span = site::Span { from: 0, to: 1440 };
    let hours = |open: bool| {
        let week = (0..7).map(|_| if open { vec![span] } else { Vec::new() }).collect::<Vec<_>>();
        let json = serde_json::json!({ "week": week, "holidays": [], "exceptions": [] });
        serde_json::from_value::<site::Hours>(json).unwrap()
    };
    rig.published.site.settings.hours = Some(hours(true));
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    rig.placed(1, 1, None);
    assert!(withdraw_place(&mut rig.store, &rig.published, rig.now).unwrap().is_empty(), "it is open");
    rig.published.site.settings.hours = Some(hours(false));
    let effects = rig.says("giờ làm việc", None);
    let said = rich::plain_text(&messages(&effects)[0].body.blocks);
    assert!(said.starts_with("Lúc này chưa có cán bộ") && said.contains("Đang ngoài giờ"), "{said}");
    let back = handle_hello(&rig.store, &rig.published, None, 0, None).unwrap();
    assert!(!back.iter().any(|effect| matches!(effect, Down::Working { .. })), "{back:?}");
}

#[test]
fn the_way_out_pressed_late_is_understood() {
    let mut rig = Rig::new();
    rig.says("Gặp cán bộ", Some(TO_PERSON));
    for _ in 0..2 {
        rig.says("Thôi chờ", Some(TO_ASSISTANT));
        assert!(rig.words().last().unwrap().starts_with("Từ đây trợ lý tự động"), "{:?}", rig.words());
        assert_eq!((rig.stage(), picks(&rig).len()), (Stage::Back, 0));
    }
}
