//! The list of Vietnam's days off: against the law, the calendar and the notices.

use super::*;
use crate::read::{Checked, Folder, ProblemReport, Severity, parse_on};
use jiff::civil::date;

fn vn() -> Calendar {
    let text = LISTS.iter().find(|(name, _)| *name == "vn").expect("it is there").1;
    toml::from_str(text).expect("it can be read")
}

/// A small site whose `[hours]` holds `hours`; Monday to Friday, and Saturday mornings.
fn checked(hours: &str, today: Option<Date>) -> Result<Checked, ProblemReport> {
    let site = format!(
        r##"
site = "x"
languages = ["vi"]
origins = ["https://x.example"]
utc_offset = "+07:00"
name = "X"
assistant = "X"
greeting = "X"
fallback = "X"
[look]
brand = "#1d4e89"
launcher_label = "X"
[contact]
email = "x@x.example"
[hours]
monday = ["7:30-11:30", "13:00-17:00"]
tuesday = ["7:30-11:30", "13:00-17:00"]
wednesday = ["7:30-11:30", "13:00-17:00"]
thursday = ["7:30-11:30", "13:00-17:00"]
friday = ["7:30-11:30", "13:00-16:00"]
saturday = ["7:30-11:30"]
{hours}
"##
    );
    let intent = "[[intent]]\nid = \"a\"\ntitle = \"A\"\nanswer = \"A\"\nphrases = [\"một\", \"hai\", \"ba\", \"bốn\", \"năm\", \"sáu\", \"bảy\", \"tám\"]\n";
    let texts = [("site.toml".to_owned(), site), ("intents/a.toml".to_owned(), intent.to_owned())];
    parse_on(&Folder { texts: texts.into(), ..Folder::default() }, today)
}

fn hours(text: &str) -> Hours {
    let checked = checked(text, None).unwrap_or_else(|report| panic!("{report}"));
    checked.site.settings.hours.expect("it has hours")
}

/// What is said of `[hours]` on `today`, a problem a line.
fn said(text: &str, today: Date) -> Vec<String> {
    let report = match checked(text, Some(today)) {
        Ok(checked) => checked.report,
        Err(report) => report,
    };
    report.problems.iter().map(|problem| format!("{}: {}", problem.field, problem.what)).collect()
}

#[test]
fn each_year_is_whole_and_in_order() {
    let vn = vn();
    assert!(vn.years.len() >= 3);
    for (name, year) in &vn.years {
        let number: i16 = name.parse().expect("a year");
        assert!(year.checked.parse::<Date>().is_ok() && !year.sources.is_empty(), "{name}");
        let days: Vec<Date> = year.closed.iter().map(|day| day.date.parse().expect("a date")).collect();
        assert!(days.is_sorted() && days.iter().all(|day| day.year() == number), "{name}");
        for closed in &year.closed {
            let name = vn.names.get(&closed.name).unwrap_or_else(|| panic!("{}", closed.name));
            assert!(["vi", "en", "fr"].iter().all(|lang| name.0.contains_key(*lang)), "{}", closed.name);
        }
        // What the law gives whatever is announced; a tenth day of the third month is reckoned by the moon.
        let rules = vn.holiday_rules(&[]).map(|rule| Holiday { since: None, ..rule }).collect::<Vec<_>>();
        let mut day = date(number, 1, 1);
        while day.year() == number {
            let kept = rules
                .iter()
                .any(|rule| rule.falls_on(day) && !(number < 2026 && (rule.month, rule.day) == (11, 24)));
            // 24 November was given before the list began to hold it.
            assert!(!kept || days.contains(&day) || is_weekend(day), "{day} is a holiday, and open");
            day = day.tomorrow().expect("there is one");
        }
    }
    assert_eq!(vn.years.len() as i16 + 2025, vn.rules.since, "the rules begin behind the last year");
}

/// Labour Code, article 111(3): a holiday on a Saturday or Sunday is made up, except 24 November.
#[test]
fn what_falls_on_a_weekend_is_made_up() {
    let vn = vn();
    for year in vn.years.values() {
        let days: Vec<(Date, &Closed)> =
            year.closed.iter().map(|day| (day.date.parse().unwrap(), day)).collect();
        let owed = days.iter().filter(|(day, closed)| is_weekend(*day) && closed.name != "culture").count();
        let made_up = days.iter().filter(|(_, closed)| closed.name == "in-lieu").count();
        // Before the notices Tết's second day in lieu is not known.
        let rest = if year.status == NoticeStatus::Announced { owed } else { owed.saturating_sub(1) };
        assert!((rest..=owed).contains(&made_up), "{owed} owed, {made_up} made up");
        assert!(days.iter().filter(|(_, closed)| closed.name == "in-lieu").all(|(day, _)| !is_weekend(*day)));
        assert!(days.iter().filter(|(_, c)| c.worked.is_some()).all(|(day, _)| !is_weekend(*day)));
    }
    assert!(
        vn.closed_days().filter_map(|(_, worked, _)| worked).all(is_weekend),
        "weekend days are worked instead"
    );
}

#[test]
fn the_days_of_2026_as_they_were_announced() {
    let hours = hours("calendar = \"vn\"");
    let open = |m, d| !hours.opening_on(date(2026, m, d)).0.is_empty();
    for (m, d) in
        [(1, 1), (1, 2), (2, 16), (2, 20), (4, 27), (4, 30), (5, 1), (8, 31), (9, 1), (9, 2), (11, 24)]
    {
        assert!(!open(m, d), "{d}/{m} is a day off");
    }
    for (m, d) in [
        (1, 5),
        (2, 13),
        (2, 21),
        (2, 23),
        (4, 28),
        (4, 29),
        (5, 2),
        (5, 4),
        (8, 29),
        (9, 3),
        (11, 23),
        (11, 25),
    ] {
        assert!(open(m, d), "{d}/{m} is worked");
    }
    // Saturdays that are worked have the hours of the day they stand for.
    assert_eq!(hours.opening_on(date(2026, 1, 10)).0, hours.usual_opening(date(2026, 1, 2)), "a Friday's");
    assert_eq!(hours.opening_on(date(2026, 8, 22)).0, hours.usual_opening(date(2026, 8, 31)), "a Monday's");
    assert_eq!(hours.opening_on(date(2026, 8, 15)).0.len(), 1, "any other Saturday is a morning");
    let why = |m, d| hours.opening_on(date(2026, m, d)).1.map(|name| name.get("vi", &[]).to_owned());
    assert_eq!(why(4, 27).as_deref(), Some("ngày nghỉ bù lễ"));
    assert_eq!(why(8, 31).as_deref(), Some("hoán đổi ngày làm việc"));
    assert_eq!(why(11, 24).as_deref(), Some("Ngày Văn hóa Việt Nam"));
    assert_eq!(
        hours.opening_on(date(2026, 11, 24)).1.map(|name| name.0.len()),
        Some(1),
        "only the site's languages"
    );
}

#[test]
fn other_years() {
    let hours = hours("calendar = \"vn\"");
    let open = |y, m, d| !hours.opening_on(date(y, m, d)).0.is_empty();
    assert!(open(2025, 11, 24), "it was no day off yet");
    assert!(open(2025, 4, 26) && !open(2025, 5, 2) && !open(2025, 9, 1) && !open(2025, 4, 7));
    // Tết 2027 is a Saturday; 1 May too.
    assert!((5..=10).all(|day| !open(2027, 2, day)), "whatever will be announced");
    assert!(!open(2027, 5, 3) && open(2027, 5, 4) && !open(2027, 11, 24) && !open(2027, 4, 16));
    // Behind the list the holidays themselves are left.
    assert!(
        !open(2031, 1, 22)
            && !open(2031, 1, 23)
            && !open(2031, 4, 1)
            && !open(2031, 11, 24)
            && open(2031, 11, 25)
    );
}

#[test]
fn a_sites_own_days_stand_before_the_calendar() {
    let own = hours(
        "calendar = \"vn\"\nholidays = [{ date = \"15-10\", name = \"Ngày truyền thống\" }]\nexceptions = [{ date = \"2026-01-02\", open = [\"8:00-9:00\"] }, { date = \"2026-08-22\" }]",
    );
    assert!(own.opening_on(date(2026, 10, 15)).0.is_empty());
    assert_eq!(own.opening_on(date(2026, 1, 2)).0.len(), 1, "it is open all the same");
    assert!(own.opening_on(date(2026, 8, 22)).0.is_empty(), "and closed on a Saturday that others work");
    assert!(own.opening_on(date(2026, 9, 1)).0.is_empty());
    let unswapped = hours("calendar = \"vn\"\nswaps = false");
    assert!(
        !unswapped.opening_on(date(2026, 1, 2)).0.is_empty()
            && unswapped.opening_on(date(2026, 1, 10)).0.len() == 1
    );
    assert!(unswapped.opening_on(date(2026, 4, 27)).0.is_empty());
    // An office that is closed on Mondays anyway works the Saturday in a Monday's place as any other.
    let mut closed = hours("");
    closed.week[0].clear();
    add_calendar(&mut closed, &vn(), true, &[]);
    assert_eq!(closed.opening_on(date(2026, 8, 22)).0.len(), 1);
}

#[test]
fn warned_when_the_next_year_is_not_announced() {
    let calendar = "calendar = \"vn\"";
    assert_eq!(said(calendar, date(2026, 9, 30)), Vec::<String>::new());
    let due = said(calendar, date(2026, 10, 1));
    assert_eq!(due.len(), 1);
    assert!(due[0].starts_with("hours.calendar: \"vn\" has no notice of 2027 yet"), "{due:?}");
    assert_eq!(said(calendar, date(2027, 10, 1)).len(), 2, "that year's and the next one's");
    let late = said(calendar, date(2031, 3, 1));
    assert!(late.len() == 1 && late[0].contains("has no list for 2031"), "{late:?}");
    assert!(checked(calendar, None).unwrap().report.problems.is_empty(), "without a day nothing is said");
}

/// Notices give days off from a weekend to a weekend: whoever works on Saturdays is asked whether also then.
#[test]
fn asked_about_saturdays_between_days_off() {
    let calendar = "calendar = \"vn\"";
    let asked = |text: &str, today| -> Vec<String> {
        let said = said(text, today).into_iter();
        said.filter_map(|said| said.split_once("join days off: ").map(|(_, days)| days.to_owned())).collect()
    };
    assert_eq!(asked(calendar, date(2026, 1, 2)), ["2026-01-03, 2026-02-14, 2026-02-21"]);
    assert_eq!(
        asked(calendar, date(2026, 8, 1)),
        ["2026-08-29"],
        "not 22 August, which is worked for another"
    );
    assert_eq!(asked(calendar, date(2026, 11, 30)), ["2027-01-02"]);
    assert_eq!(asked(calendar, date(2026, 9, 5)), Vec::<String>::new());
    // Who keeps no swaps works on 31 August, and on the Saturday before it as on any other.
    assert_eq!(asked(&format!("{calendar}\nswaps = false"), date(2026, 8, 1)), Vec::<String>::new());
    for said in ["", ", open = [\"7:30-11:30\"]"] {
        let told = format!("{calendar}\nexceptions = [{{ date = \"2027-01-02\"{said} }}]");
        assert_eq!(asked(&told, date(2026, 11, 30)), Vec::<String>::new(), "it was said");
    }
}

#[test]
fn warned_when_rules_say_otherwise() {
    let clash = "calendar = \"vn\"\nholidays = [{ date = \"22-08\", name = \"X\" }]";
    let of_rules = |today| -> Vec<String> {
        said(clash, today).into_iter().filter(|said| said.starts_with("hours.holidays")).collect()
    };
    let found = of_rules(date(2026, 1, 5));
    assert!(found.len() == 1 && found[0].contains("close on 2026-08-22"), "{found:?}");
    assert_eq!(of_rules(date(2026, 8, 23)), Vec::<String>::new(), "it is over");
    assert_eq!(hours(clash).opening_on(date(2026, 8, 22)).0.len(), 0, "and the site's own word holds");
    // The rules that our example had until November 2026.
    let rules = r#"holidays = [
  { date = "01-01", name = "a" }, { lunar = "01-01", before = 1, days = 5, name = "b" }, { lunar = "10-03", name = "c" },
  { date = "30-04", name = "d" }, { date = "01-05", name = "e" }, { date = "02-09", name = "f" },
]"#;
    let found = said(rules, date(2026, 1, 1));
    assert!(found.len() == 1, "{found:?}");
    for day in ["2026-01-02", "2026-04-27", "2026-08-31", "2026-09-01", "2026-11-24"] {
        assert!(found[0].contains(day), "{found:?}");
    }
    assert_eq!(said(&format!("{rules}\ncalendar = \"none\""), date(2026, 1, 1)), Vec::<String>::new());
    assert_eq!(said("", date(2026, 1, 1)), Vec::<String>::new(), "no word of Tết, no word from us");
}

#[test]
fn mistakes_are_explained() {
    let problems = |text: &str| {
        let report = checked(text, None).unwrap_err();
        assert!(report.problems.iter().all(|problem| problem.severity == Severity::Error));
        report.to_string()
    };
    assert!(problems("calendar = \"vm\"").contains("write one of: vn, none"));
    assert!(problems("holidays = \"vn\"").contains("write calendar = \"vn\""));
    assert!(problems("calendar = 2026").contains("hours.calendar"));
}
