//! What happened, summed up, and what becomes of what was not answered.

use super::*;
use wire::{
    Scheme,
    desk::{Act, BoardUp, Count, Group, GroupDecision, Refusal, Why, Wondered},
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
    let report = build_report(&counts, TODAY, 7);
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
    let effects = update(&mut desk, NOW, DeskEvent::Export);
    let file = effects.iter().find_map(|effect| match effect {
        DeskEffect::SaveFile { name, text } => Some((name.as_str(), text.as_str())),
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
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Page(DeskPage::Reports)));
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Report { from: TODAY - 29 })));
    let effects = update(&mut desk, NOW, DeskEvent::Days(7));
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Report { from: TODAY - 6 })));
}

#[test]
fn a_day_is_the_sites() {
    // 17:30 UTC is half past midnight of the next day in Hanoi.
    let evening = TODAY * 86_400_000 + 17 * 3_600_000 + 30 * 60_000;
    let mut desk = desk(Role::Lead, vec![]);
    let effects = update(&mut desk, evening, DeskEvent::Button(DeskButton::Page(DeskPage::Reports)));
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Report { from: TODAY - 28 })));
    desk.counts = Some(vec![counted(TODAY + 1, "said", "", 1)]);
    assert_eq!(build_report(desk.counts.as_ref().unwrap(), desk.today(), 7).volume.len(), 7);
    let effects = update(&mut desk, evening, DeskEvent::Export);
    assert!(
        effects.iter().any(
            |effect| matches!(effect, DeskEffect::SaveFile { name, .. } if name.ends_with("2026-01-06.csv"))
        ),
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
    let decided = |choice| DeskEvent::Decided { questions: vec![1, 2], choice };
    let effects = update(&mut desk, NOW, decided(GroupDecision::New("  ".into())));
    assert!(!effects.iter().any(|effect| matches!(effect, DeskEffect::SendBoard(_))), "it has no title");
    let effects = update(&mut desk, NOW, decided(GroupDecision::OutOfScope));
    let frame = BoardUp::Decide { questions: vec![1, 2], choice: GroupDecision::OutOfScope };
    assert!(effects.contains(&DeskEffect::SendBoard(frame)));
    assert!(effects.contains(&DeskEffect::Focus(Spot::Heading)), "what had the focus is gone");
    assert_eq!(desk.questions.as_ref().unwrap().len(), 1);
    // What is not taken is listed again, and it says why where it stands.
    let refused = BoardDown::Refused { why: Refusal::Role, questions: vec![1, 2] };
    let effects = board(&mut desk, refused);
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Questions)));
    assert_eq!(desk.undecided, Some((vec![1, 2], desk.words().not_your_role.to_owned())));
    assert_eq!(desk.notice, None);
    board(&mut desk, BoardDown::Questions { groups: vec![group(&[1, 2]), group(&[3])] });
    update(&mut desk, NOW, decided(GroupDecision::Dismiss));
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
    let effects = update(&mut desk, NOW, DeskEvent::Button(DeskButton::Older));
    assert!(effects.contains(&DeskEffect::SendBoard(BoardUp::Audit { before: 3 })));
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
        assert_eq!(format_duration(words, ms), text);
    }
}

#[test]
fn settings_are_kept_in_a_line() {
    for scheme in Scheme::ALL {
        let settings = DeskSettings { lang: crate::words::Lang::Fr, sound: true, keys: false, scheme };
        assert_eq!(DeskSettings::default().apply_line(&settings.to_line()), settings);
    }
    let before = DeskSettings::default().apply_line("en no-sound keys");
    assert_eq!(before.scheme, Scheme::Auto, "as an earlier desk kept it");
    let mut desk = desk(Role::Agent, vec![]);
    let dark = DeskSettings { scheme: Scheme::Dark, ..desk.settings.clone() };
    let effects = update(&mut desk, NOW, DeskEvent::Set(dark.clone()));
    assert!(effects.contains(&DeskEffect::SetScheme(Scheme::Dark)));
    assert!(effects.contains(&DeskEffect::Store(DeskStorageKey::Settings, dark.to_line())));
    assert_eq!(
        DeskSettings::default().apply_line("tlh loud"),
        DeskSettings::default(),
        "what is not known changes nothing"
    );
}
