//! What happened, summed up, and what becomes of what was not answered.

use super::*;
use wire::{
    Scheme,
    desk::{BoardUp, Choice, Refusal, Why, Wondered},
};

const TODAY: u64 = NOW / 86_400_000;

fn counted(day: u64, event: &str, about: &str, n: u64) -> Count {
    Count { day, event: event.into(), about: about.into(), n }
}

#[test]
fn a_week() {
    let counts = [
        counted(TODAY, "said", "", 5),
        counted(TODAY - 6, "said", "", 2),
        counted(TODAY - 7, "said", "", 100),
        counted(TODAY, "answered", "gio", 1),
        counted(TODAY, "answered", "khai-sinh", 3),
        counted(TODAY, "taken", "1min", 2),
        counted(TODAY, "taken", "longer", 1),
        counted(TODAY, "forwarded", "", 4),
        counted(TODAY, "case", "done khai-sinh", 1),
        counted(TODAY, "case", "done ket-hon", 1),
        counted(TODAY, "survey", "5", 2),
    ];
    let report = report(&counts, TODAY, 7);
    assert_eq!((report.said, report.answered, report.forwarded), (7, 4, 4));
    assert_eq!(report.volume.len(), 7);
    assert_eq!(report.volume[0], Bar { about: "2025-12-30".into(), n: 2 });
    assert_eq!(report.topics[0], Bar { about: "khai-sinh".into(), n: 3 });
    let taken: Vec<u64> = report.taken.iter().map(|bar| bar.n).collect();
    assert_eq!(taken, [0, 0, 2, 0, 0, 0, 1], "in order, and all of them");
    assert_eq!(report.cases.iter().find(|bar| bar.about == "done").unwrap().n, 2);
    assert_eq!(report.marks[0], Bar { about: "5".into(), n: 2 });
}

#[test]
fn a_table_for_other_programs() {
    let mut desk = desk(Role::Lead, vec![]);
    desk.counts = Some(vec![counted(TODAY, "answered", "=HYPERLINK(\"x\")", 3), counted(1, "said", "", 9)]);
    let effects = update(&mut desk, NOW, Event::Export);
    let file = effects.iter().find_map(|effect| match effect {
        Effect::Save { name, text } => Some((name.as_str(), text.as_str())),
        _ => None,
    });
    let (name, text) = file.unwrap();
    assert_eq!(name, "ward-2025-12-07-2026-01-05.csv");
    assert_eq!(
        text,
        "\u{feff}Ngày,Sự kiện,Về,Số lượng\r\n2026-01-05,answered,\"'=HYPERLINK(\"\"x\"\")\",3\r\n"
    );
}

#[test]
fn another_period_is_asked_for() {
    let mut desk = desk(Role::Auditor, vec![]);
    let effects = update(&mut desk, NOW, Event::Button(Button::Page(Page::Reports)));
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Report { from: TODAY - 29 })));
    let effects = update(&mut desk, NOW, Event::Days(7));
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Report { from: TODAY - 6 })));
}

#[test]
fn a_day_is_the_sites() {
    // 17:30 UTC is half past midnight of the next day in Hanoi.
    let evening = TODAY * 86_400_000 + 17 * 3_600_000 + 30 * 60_000;
    let mut desk = desk(Role::Lead, vec![]);
    let effects = update(&mut desk, evening, Event::Button(Button::Page(Page::Reports)));
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Report { from: TODAY - 28 })));
    desk.counts = Some(vec![counted(TODAY + 1, "said", "", 1)]);
    assert_eq!(report(desk.counts.as_ref().unwrap(), desk.today(), 7).volume.len(), 7);
    let effects = update(&mut desk, evening, Event::Export);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Save { name, .. } if name.ends_with("2026-01-06.csv"))),
        "{effects:?}"
    );
    desk.info.as_mut().unwrap().utc_offset_minutes = -300;
    assert_eq!(desk.today(), TODAY);
}

#[test]
fn a_group_is_decided() {
    let mut desk = desk(Role::Lead, vec![]);
    let wondered = |n| Wondered {
        n,
        at: NOW,
        lang: "vi".into(),
        text: "gì".into(),
        why: Why::Unanswered,
        nearest: None,
    };
    let group = |ns: &[u64]| Group { questions: ns.iter().map(|n| wondered(*n)).collect(), nearest: None };
    board(&mut desk, BoardDown::Questions { groups: vec![group(&[1, 2]), group(&[3])] });
    let decided = |choice| Event::Decided { questions: vec![1, 2], choice };
    let effects = update(&mut desk, NOW, decided(Choice::New("  ".into())));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::SendBoard(_))), "it has no title");
    let effects = update(&mut desk, NOW, decided(Choice::OutOfScope));
    let frame = BoardUp::Decide { questions: vec![1, 2], choice: Choice::OutOfScope };
    assert!(effects.contains(&Effect::SendBoard(frame)));
    assert!(effects.contains(&Effect::Focus(Spot::Heading)), "what had the focus is gone");
    assert_eq!(desk.questions.as_ref().unwrap().len(), 1);
    // What is not taken is listed again, and it says why where it stands.
    let refused = BoardDown::Refused { why: Refusal::Role, questions: vec![1, 2] };
    let effects = board(&mut desk, refused);
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Questions)));
    assert_eq!(desk.undecided, Some((vec![1, 2], desk.words().not_your_role.to_owned())));
    assert_eq!(desk.notice, None);
    board(&mut desk, BoardDown::Questions { groups: vec![group(&[1, 2]), group(&[3])] });
    update(&mut desk, NOW, decided(Choice::Dismiss));
    assert_eq!(desk.undecided, None);
}

#[test]
fn older_acts_follow_newer_ones() {
    let mut desk = desk(Role::Auditor, vec![]);
    let act = |n| Act {
        n,
        at: NOW,
        who: "lan".into(),
        act: "take".into(),
        about: String::new(),
        digest: String::new(),
    };
    board(&mut desk, BoardDown::Audit { acts: vec![act(4), act(3)], whole: true });
    assert!(!desk.acts_end);
    let effects = update(&mut desk, NOW, Event::Button(Button::Older));
    assert!(effects.contains(&Effect::SendBoard(BoardUp::Audit { before: 3 })));
    board(&mut desk, BoardDown::Audit { acts: vec![act(2), act(1)], whole: true });
    let numbers: Vec<u64> = desk.acts.as_ref().unwrap().0.iter().map(|act| act.n).collect();
    assert_eq!(numbers, [4, 3, 2, 1]);
    assert!(desk.acts_end);
    board(&mut desk, BoardDown::Audit { acts: vec![act(5), act(4)], whole: false });
    assert_eq!(desk.acts.as_ref().unwrap().0.len(), 2, "asked for anew");
}

#[test]
fn waits_in_words() {
    let words = crate::words::Lang::En.desk();
    for (ms, text) in [(59_999, "under 1 min"), (60_000, "1 min"), (3_600_000, "1 h"), (172_800_000, "2 d")] {
        assert_eq!(short(words, ms), text);
    }
}

#[test]
fn settings_are_kept_in_a_line() {
    for scheme in Scheme::ALL {
        let settings = Settings { lang: crate::words::Lang::Fr, sound: true, keys: false, scheme };
        assert_eq!(Settings::default().read(&settings.line()), settings);
    }
    let before = Settings::default().read("en no-sound keys");
    assert_eq!(before.scheme, Scheme::Auto, "as an earlier desk kept it");
    let mut desk = desk(Role::Agent, vec![]);
    let dark = Settings { scheme: Scheme::Dark, ..desk.settings.clone() };
    let effects = update(&mut desk, NOW, Event::Set(dark.clone()));
    assert!(effects.contains(&Effect::Colour(Scheme::Dark)));
    assert!(effects.contains(&Effect::Store(Key::Settings, dark.line())));
    assert_eq!(
        Settings::default().read("tlh loud"),
        Settings::default(),
        "what is not known changes nothing"
    );
}
