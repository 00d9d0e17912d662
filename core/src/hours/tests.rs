//! Opening times at the edges of days, weeks and years.

use super::*;
use crate::conversation::tests_site as published;
use site::{Exception, Holiday, Span};

/// The ward's hours: mornings and afternoons, Saturday mornings, Tết from the eve for five days.
fn settings() -> Settings {
    let day = vec![Span { from: 450, to: 690 }, Span { from: 780, to: 1020 }];
    let morning = vec![Span { from: 450, to: 690 }];
    let name = |text: &str| Text([("vi".to_owned(), text.to_owned())].into());
    let holiday = |text: &str, day, month, lunar, before, days| Holiday {
        name: name(text),
        month,
        day,
        lunar,
        before,
        days,
        since: None,
    };
    let hours = Hours {
        week: [day.clone(), day.clone(), day.clone(), day.clone(), day, morning, Vec::new()],
        holidays: vec![
            holiday("Tết Nguyên đán", 1, 1, true, 1, 5),
            holiday("Giỗ Tổ Hùng Vương", 10, 3, true, 0, 1),
            holiday("Tết Dương lịch", 1, 1, false, 0, 1),
            holiday("Quốc khánh", 2, 9, false, 0, 1),
        ],
        exceptions: vec![
            Exception { date: (2026, 8, 30), open: vec![Span { from: 480, to: 600 }], name: Text::default() },
            Exception { date: (2026, 8, 31), open: Vec::new(), name: name("Tập huấn") },
        ],
        clock: None,
    };
    let mut settings = published().site.settings;
    (settings.hours, settings.utc_offset_minutes) = (Some(hours), 420);
    settings
}

fn ms(text: &str) -> u64 {
    u64::try_from(text.parse::<Timestamp>().unwrap().as_millisecond()).unwrap()
}

fn check(settings: Settings, cases: &[(&str, &str)]) {
    let mut site = published().site;
    site.settings = settings;
    for (now, expected) in cases {
        let lang = site.settings.languages[0].clone();
        assert_eq!(status_line(&site, &lang, ms(now)).as_deref(), Some(*expected), "{now}");
    }
}

#[test]
fn in_words() {
    check(
        settings(),
        &[
            // A Wednesday.
            ("2026-07-29T07:29:59+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 hôm nay."),
            ("2026-07-29T07:30:00+07:00", "Đang mở cửa đến 11:30."),
            ("2026-07-29T11:29:59+07:00", "Đang mở cửa đến 11:30."),
            ("2026-07-29T11:30:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 13:00 hôm nay."),
            ("2026-07-29T17:00:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 ngày mai."),
            ("2026-07-29T23:59:59+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 ngày mai."),
            // In Greenwich it is still the day before.
            ("2026-07-29T22:00:00Z", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 hôm nay."),
            ("2026-08-01T12:00:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 thứ Hai, 3/8."),
            ("2026-12-31T18:00:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 thứ Bảy, 2/1/2027."),
            ("2027-01-01T09:00:00+07:00", "Đang nghỉ: Tết Dương lịch. Mở cửa lại lúc 7:30 ngày mai."),
            ("2026-09-02T09:00:00+07:00", "Đang nghỉ: Quốc khánh. Mở cửa lại lúc 7:30 ngày mai."),
            // Tết 2026 is Tuesday, 17 February: from Monday to Friday.
            ("2026-02-14T11:30:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 7:30 thứ Bảy, 21/2."),
            ("2026-02-16T09:00:00+07:00", "Đang nghỉ: Tết Nguyên đán. Mở cửa lại lúc 7:30 thứ Bảy, 21/2."),
            ("2026-02-21T09:00:00+07:00", "Đang mở cửa đến 11:30."),
            ("2025-04-07T09:00:00+07:00", "Đang nghỉ: Giỗ Tổ Hùng Vương. Mở cửa lại lúc 7:30 ngày mai."),
            // A Sunday with hours, a Monday without.
            ("2026-08-30T09:00:00+07:00", "Đang mở cửa đến 10:00."),
            ("2026-08-31T09:00:00+07:00", "Đang nghỉ: Tập huấn. Mở cửa lại lúc 7:30 ngày mai."),
        ],
    );
}

#[test]
fn in_other_languages() {
    let mut english = settings();
    english.languages = vec!["en".into()];
    check(
        english,
        &[
            ("2026-07-29T18:00:00+07:00", "We are closed now. We open tomorrow at 7:30."),
            ("2026-08-01T12:00:00+07:00", "We are closed now. We open on Monday, 3 August at 7:30."),
            ("2026-07-29T08:00:00+07:00", "We are open until 11:30."),
        ],
    );
    let mut french = settings();
    french.languages = vec!["fr".into()];
    check(
        french,
        &[
            ("2026-07-29T18:00:00+07:00", "Nous sommes fermés. Nous ouvrons demain à 7 h 30."),
            ("2026-10-31T12:00:00+07:00", "Nous sommes fermés. Nous ouvrons lundi 2 novembre à 7 h 30."),
        ],
    );
}

/// Paris: an hour is left out on 29 March 2026 and comes twice on 25 October.
#[test]
fn clocks_that_change() {
    let mut settings = settings();
    let hours = settings.hours.as_mut().unwrap();
    hours.clock = Some("CET-1CEST,M3.5.0,M10.5.0/3".into());
    hours.week = std::array::from_fn(|_| vec![Span { from: 150, to: 600 }]);
    (hours.holidays, hours.exceptions) = (Vec::new(), Vec::new());
    settings.languages = vec!["en".into()];
    check(
        settings,
        &[
            ("2026-03-27T12:00:00Z", "We are closed now. We open tomorrow at 2:30."),
            ("2026-03-28T12:00:00Z", "We are closed now. We open tomorrow at 3:30."),
            ("2026-03-29T01:10:00Z", "We are open until 10:00."),
            ("2026-03-29T08:00:00Z", "We are closed now. We open tomorrow at 2:30."),
            ("2026-10-25T08:59:00Z", "We are open until 10:00."),
            ("2026-10-25T09:00:00Z", "We are closed now. We open tomorrow at 2:30."),
        ],
    );
}

#[test]
fn day_and_night() {
    let mut settings = settings();
    let hours = settings.hours.as_mut().unwrap();
    let whole = vec![Span { from: 0, to: 1440 }];
    hours.week = std::array::from_fn(|_| whole.clone());
    (hours.holidays, hours.exceptions) = (Vec::new(), Vec::new());
    check(settings.clone(), &[("2026-07-29T23:59:00+07:00", "Đang mở cửa.")]);
    // Fridays until two in the night.
    let hours = settings.hours.as_mut().unwrap();
    hours.week = std::array::from_fn(|_| Vec::new());
    (hours.week[4], hours.week[5]) = (vec![Span { from: 1200, to: 1440 }], vec![Span { from: 0, to: 120 }]);
    check(
        settings.clone(),
        &[
            ("2026-07-31T21:00:00+07:00", "Đang mở cửa đến 2:00 ngày mai."),
            ("2026-08-01T01:59:00+07:00", "Đang mở cửa đến 2:00."),
            ("2026-08-01T02:00:00+07:00", "Đang ngoài giờ làm việc. Mở cửa lại lúc 20:00 thứ Sáu, 7/8."),
        ],
    );
    // Never.
    settings.hours.as_mut().unwrap().week = std::array::from_fn(|_| Vec::new());
    assert_eq!(opening_state(&settings, 0), Some(OpeningState::Closed { again: None, why: None }));
    settings.hours = None;
    assert_eq!(opening_state(&settings, 0), None);
}

/// The sentence stands before the card, the line in it; nothing is said of a site without hours.
#[test]
fn told_where_people_are_named() {
    let mut site = published().site;
    site.settings = settings();
    let told = |site: &Site, now| {
        let mut body = crate::decide::build_fallback(site, "vi", crate::decide::UnansweredReason::NoAgency);
        add_opening_hours(&mut body, site, "vi", ms(now));
        let Some(Block::Contact(contact)) = body.blocks.last().cloned() else { panic!("{body:?}") };
        (body.blocks.len(), contact.hours)
    };
    let (before, none) = told(&published().site, "2026-07-29T18:00:00+07:00");
    assert_eq!(none, Vec::<String>::new());
    let (blocks, hours) = told(&site, "2026-07-29T18:00:00+07:00");
    assert_eq!((blocks, hours.len()), (before + 1, 1));
    let (blocks, hours) = told(&site, "2026-07-29T09:00:00+07:00");
    assert_eq!((blocks, hours), (before, vec!["Đang mở cửa đến 11:30.".to_owned()]));
}

#[test]
fn days_begin_by_the_agencys_clock() {
    let mut own = settings();
    assert_eq!(offset_minutes(&own, ms("2026-07-01T00:00:00Z")), 420);
    own.hours.as_mut().unwrap().clock = Some("CET-1CEST,M3.5.0,M10.5.0/3".into());
    assert_eq!(offset_minutes(&own, ms("2026-01-01T00:00:00Z")), 60);
    assert_eq!(offset_minutes(&own, ms("2026-07-01T00:00:00Z")), 120);
    own.hours = None;
    assert_eq!(offset_minutes(&own, ms("2026-07-01T00:00:00Z")), 420);
}
