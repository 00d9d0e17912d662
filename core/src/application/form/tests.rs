use super::*;
use proptest::prelude::*;
use site::{Condition, FieldChoice, FieldKind, Precision, Text, When};
use wire::Id;

const TODAY: Date = Date::constant(2026, 11, 24);

fn field(id: &str, kind: FieldKind) -> Field {
    let label = Text([("vi".to_owned(), id.to_owned())].into());
    Field { id: id.into(), kind, label, help: None, optional: false, only_if: None, pattern: None }
}

fn day(when: When) -> FieldKind {
    FieldKind::Date { when, precision: Precision::Day }
}

fn form() -> Form {
    let choice = |value: &str| FieldChoice { value: value.into(), label: Text::default() };
    let married = Field {
        only_if: Some(Condition { field: "married".into(), is: vec!["yes".into()] }),
        ..field("date", day(When::Past))
    };
    let fields = vec![
        field("name", FieldKind::Text { min: 2, max: 10 }),
        field("phone", FieldKind::Phone),
        field("married", FieldKind::YesNo),
        married,
        Field {
            optional: true,
            ..field("sort", FieldKind::Choice { choices: vec![choice("a"), choice("b")] })
        },
        field("true", FieldKind::Consent),
    ];
    Form { intro: None, days: Some(3), second: "phone".into(), fields }
}

fn typed(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect()
}

fn post<'f>(
    form: &'f Form,
    answers: &mut Answers,
    go: FormNavigation,
    page: &str,
    pairs: &[(&str, &str)],
) -> Screen<'f> {
    next_screen(
        form,
        answers,
        &Posted {
            go,
            page: page.into(),
            typed: typed(pairs),
            without: None,
            refused: Vec::new(),
            only: Vec::new(),
            one_each: false,
        },
        TODAY,
    )
}

fn shows(screen: &Screen<'_>) -> Vec<String> {
    match screen {
        Screen::Ask { page, .. } => page.fields.iter().map(|field| field.id.clone()).collect(),
        Screen::Review(_) => vec!["review".into()],
        Screen::Send => vec!["send".into()],
    }
}

#[test]
fn from_the_first_page_to_the_last() {
    let (form, mut answers) = (form(), Answers::new());
    let screen = post(&form, &mut answers, FormNavigation::Open, "", &[]);
    assert_eq!(shows(&screen), ["name", "phone", "married"], "what hangs on another stands on a later page");
    let first = [("name", " Nguyễn  An "), ("phone", "0912 345 678"), ("married", "yes")];
    let screen = post(&form, &mut answers, FormNavigation::Next, "name", &first);
    assert_eq!(shows(&screen), ["date", "sort", "true"]);
    let screen = post(&form, &mut answers, FormNavigation::Send, "", &[]);
    assert_eq!(shows(&screen), ["date", "sort", "true"], "nothing is handed in half");
    let screen =
        post(&form, &mut answers, FormNavigation::Next, "date", &[("date", "31/2/2020"), ("true", "yes")]);
    assert!(
        matches!(&screen, Screen::Ask { wrong, .. } if wrong.iter().map(|(_, w)| *w).eq([Wrong::NoDate]))
    );
    let screen = post(
        &form,
        &mut answers,
        FormNavigation::Next,
        "date",
        &[("date", "1/2/2020"), ("sort", "b"), ("true", "yes")],
    );
    assert_eq!(shows(&screen), ["review"]);
    assert_eq!(shows(&post(&form, &mut answers, FormNavigation::Send, "", &[])), ["send"]);
    let handed: Vec<(&str, String)> = submitted_answers(&form, &answers)
        .into_iter()
        .map(|(field, answer)| (field.id.as_str(), answer))
        .collect();
    assert_eq!(handed[0], ("name", "Nguyễn An".into()));
    assert_eq!(handed[1], ("phone", "0912345678".into()));
    assert_eq!(handed[3], ("date", "2020-02-01".into()));
}

#[test]
fn an_answer_taken_back_takes_what_hung_on_it_along() {
    let (form, mut answers) = (form(), Answers::new());
    answers.extend(typed(&[
        ("name", "An"),
        ("phone", "0912345678"),
        ("married", "yes"),
        ("date", "2020-02-01"),
        ("sort", ""),
        ("true", "yes"),
    ]));
    assert_eq!(shows(&post(&form, &mut answers, FormNavigation::Open, "", &[])), ["review"]);
    answers.insert("married".into(), "no".into());
    assert_eq!(shows(&post(&form, &mut answers, FormNavigation::Open, "", &[])), ["review"]);
    assert!(submitted_answers(&form, &answers).iter().all(|(field, _)| field.id != "date"));
}

#[test]
fn back_keeps_what_was_right_and_keeps_nobody() {
    let (form, mut answers) = (form(), Answers::new());
    answers.extend(typed(&[("married", "yes")]));
    let screen =
        post(&form, &mut answers, FormNavigation::Back, "date", &[("date", "nonsense"), ("sort", "a")]);
    assert_eq!(shows(&screen), ["name", "phone", "married"]);
    assert_eq!(answers.get("sort").map(String::as_str), Some("a"));
    assert!(!answers.contains_key("date"));
}

#[test]
fn each_kind_says_what_is_wrong() {
    use FieldKind as K;
    let cases: &[(FieldKind, &str, Result<&str, Wrong>)] = &[
        (K::Text { min: 2, max: 4 }, "a", Err(Wrong::Short(2))),
        (K::Text { min: 2, max: 4 }, "abcde", Err(Wrong::Long(4))),
        (K::Text { min: 1, max: 9 }, "  ", Err(Wrong::Missing)),
        (K::Number { min: 1, max: 5_000 }, "1.200", Ok("1200")),
        (K::Number { min: 1, max: 5_000 }, "１２", Ok("12")),
        (K::Number { min: 1, max: 5_000 }, "1 200", Ok("1200")),
        (K::Number { min: 1, max: 5_000_000 }, "1,200,300", Ok("1200300")),
        (K::Number { min: -5, max: 5 }, "-3", Ok("-3")),
        // What may be a fraction is never filed as something else.
        (K::Number { min: 1, max: 5_000 }, "85,5", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 5_000 }, "12.34", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 50_000 }, "1.200,5", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 50_000 }, "1200.300", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 50_000 }, ".500", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 50_000 }, "5,", Err(Wrong::NoNumber)),
        (K::Number { min: 1, max: 5_000 }, "0", Err(Wrong::Less(1))),
        (K::Number { min: 1, max: 5_000 }, "9999", Err(Wrong::More(5_000))),
        (K::Number { min: 1, max: 5_000 }, "mười", Err(Wrong::NoNumber)),
        (day(When::Past), "25/11/2026", Err(Wrong::Future)),
        (day(When::Past), "24/11/2026", Ok("2026-11-24")),
        (day(When::Future), "23/11/2026", Err(Wrong::Past)),
        (day(When::Any), "29/2/2024", Ok("2024-02-29")),
        (day(When::Any), "29/2/2023", Err(Wrong::NoDate)),
        (day(When::Any), "1/1/1", Err(Wrong::NoDate)),
        (day(When::Any), "//", Err(Wrong::Missing)),
        (K::YesNo, "yes", Ok("yes")),
        (K::YesNo, "maybe", Err(Wrong::Missing)),
        (K::Phone, "+84 (0) 912-345-678", Ok("+84912345678")),
        (K::Phone, "0912 34", Err(Wrong::NoPhone)),
        (K::Phone, "gọi tôi", Err(Wrong::NoPhone)),
        (K::NationalId, "079 203 001 234", Ok("079203001234")),
        (K::NationalId, "079203001", Err(Wrong::NoNationalId)),
        // Born abroad: a country's code in front.
        (K::NationalId, "132085001234", Ok("132085001234")),
        (K::NationalId, "101 199 000 123", Ok("101199000123")),
        (K::NationalId, "132099001234", Ok("132099001234")),
        (K::NationalId, "132399001234", Err(Wrong::NoNationalId)),
        (K::NationalId, "100185001234", Err(Wrong::NoNationalId)),
        (K::NationalId, "999999999999", Err(Wrong::NoNationalId)),
        (K::Passport, "c1234567", Ok("C1234567")),
        (K::Passport, " P 0123.4567 ", Ok("P01234567")),
        (K::Passport, "Ｍ１２３４５６７８", Ok("M12345678")),
        (K::CitizenOrPassport, "ｅ　１２３４５６７８", Ok("E12345678")),
        (K::NationalId, "０７９－２０３－００１２３４", Ok("079203001234")),
        (K::Phone, "０９１２　３４５　６７８", Ok("0912345678")),
        (K::Passport, "M１２３４５６７８", Ok("M12345678")),
        (K::Passport, "556677889", Ok("556677889")),
        (K::Passport, "AB123", Err(Wrong::NoPassport)),
        (K::Passport, "C123456789", Err(Wrong::NoPassport)),
        (K::Passport, "PASSPORT", Err(Wrong::NoPassport)),
        (K::Passport, "Đ1234567", Err(Wrong::NoPassport)),
        (K::Passport, "C1234567<script>", Err(Wrong::NoPassport)),
        (K::CitizenOrPassport, "079 203 001 234", Ok("079203001234")),
        (K::CitizenOrPassport, "E12345678", Ok("E12345678")),
        (K::CitizenOrPassport, "07920300123", Err(Wrong::NoCitizenOrPassport)),
        (K::CitizenOrPassport, "999999999999", Err(Wrong::NoCitizenOrPassport)),
        (K::CitizenOrPassport, "không có", Err(Wrong::NoCitizenOrPassport)),
        (K::Email, "an@example.gov.vn", Ok("an@example.gov.vn")),
        (K::Email, "an@example", Err(Wrong::NoEmail)),
        (K::Email, "an @example.vn", Err(Wrong::NoEmail)),
        (K::Consent, "", Err(Wrong::NotAgreed)),
        (K::Consent, "yes", Ok("yes")),
        (K::Address, "12 Lê Lợi\nPhường Bến Xuân", Ok("12 Lê Lợi\nPhường Bến Xuân")),
    ];
    for (kind, text, expected) in cases {
        let found = check_answer(&field("x", kind.clone()), text, TODAY);
        assert_eq!(found.as_deref(), expected.as_ref().copied(), "{kind:?} {text:?}");
    }
    let plate = Field { pattern: Some("[0-9]{2}[A-Z]".into()), ..field("x", K::Text { min: 1, max: 9 }) };
    assert_eq!(check_answer(&plate, "59A", TODAY).as_deref(), Ok("59A"));
    assert_eq!(check_answer(&plate, "x59A", TODAY), Err(Wrong::Otherwise), "the whole of it");
}

/// What of a date must be given; more may be, and what is given is kept as it is.
#[test]
fn dates_of_which_less_is_known() {
    use Precision::{Day, Month, Year};
    let cases: &[(Precision, When, &str, Result<&str, Wrong>)] = &[
        (Year, When::Past, "//1945", Ok("1945")),
        (Year, When::Past, "1945", Ok("1945")),
        (Year, When::Past, "00/00/1945", Ok("1945")),
        (Year, When::Past, "//１９４５", Ok("1945")),
        (Year, When::Past, "/3/1945", Ok("1945-03")),
        (Year, When::Past, "03/1945", Ok("1945-03")),
        (Year, When::Past, "27/3/1945", Ok("1945-03-27")),
        (Year, When::Past, "27//1945", Err(Wrong::NoDate)),
        (Year, When::Past, "31/2/1945", Err(Wrong::NoDate)),
        (Year, When::Past, "/13/1945", Err(Wrong::NoDate)),
        (Year, When::Past, "//45", Err(Wrong::NoDate)),
        (Year, When::Past, "//1799", Err(Wrong::NoDate)),
        (Year, When::Past, "27/3/", Err(Wrong::NoDate)),
        (Year, When::Past, "//", Err(Wrong::Missing)),
        (Year, When::Past, "khoảng 1945", Err(Wrong::NoDate)),
        (Year, When::Past, "//2026", Ok("2026")),
        (Year, When::Past, "//2027", Err(Wrong::Future)),
        (Year, When::Past, "/12/2026", Err(Wrong::Future)),
        (Year, When::Past, "/11/2026", Ok("2026-11")),
        (Year, When::Future, "/11/2026", Ok("2026-11")),
        (Year, When::Future, "/10/2026", Err(Wrong::Past)),
        (Year, When::Future, "//2025", Err(Wrong::Past)),
        (Month, When::Any, "/3/1945", Ok("1945-03")),
        (Month, When::Any, "//1945", Err(Wrong::NoDate)),
        (Month, When::Any, "1/3/1945", Ok("1945-03-01")),
        (Day, When::Any, "/3/1945", Err(Wrong::NoDate)),
        (Day, When::Any, "//1945", Err(Wrong::NoDate)),
        (Day, When::Any, "00/03/1945", Err(Wrong::NoDate)),
    ];
    for (precision, when, text, expected) in cases {
        let kind = FieldKind::Date { when: *when, precision: *precision };
        let found = check_answer(&field("x", kind), text, TODAY);
        assert_eq!(found.as_deref(), expected.as_ref().copied(), "{precision:?} {when:?} {text:?}");
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

fn with_papers() -> Form {
    let rules = site::Files { allow: vec!["png".into()], max_mb: 1 };
    let kind = FieldKind::File(site::Papers { rules, most: 2, camera: false });
    let fields =
        vec![field("phone", FieldKind::Phone), field("paper", kind), field("true", FieldKind::Consent)];
    Form { intro: None, days: None, second: "phone".into(), fields }
}

#[test]
fn files_stand_alone_and_are_kept_with_the_answers() {
    let (form, mut answers) = (with_papers(), typed(&[("phone", "0912345678"), ("true", "yes")]));
    assert_eq!(
        shows(&post(&form, &mut answers, FormNavigation::Open, "", &[])),
        ["paper"],
        "a page of its own"
    );
    let screen = post(&form, &mut answers, FormNavigation::Next, "paper", &[]);
    assert!(
        matches!(&screen, Screen::Ask { wrong, .. } if wrong.iter().map(|(_, w)| *w).eq([Wrong::Missing]))
    );
    let paper = form.field_by_id("paper").expect("it is asked");
    let mut put = |id: u128, bytes: &[u8], held: u64| {
        add_file(paper, &mut answers, (Id(id), "Giấy.exe", "https://hoi.example/f"), bytes, held)
            .map(|new| new.is_some())
    };
    assert_eq!(put(1, b"<html>", 0), Err(Wrong::FileKind));
    assert_eq!(put(1, b"", 0), Err(Wrong::FileSize));
    assert_eq!(put(1, &vec![0; 1024 * 1024 + 1], 0), Err(Wrong::FileSize));
    assert_eq!(put(1, PNG, wire::limits::MAX_PAPERS_BYTES), Err(Wrong::NoRoom));
    assert_eq!(put(1, PNG, 0), Ok(true));
    assert_eq!(put(2, PNG, 0), Ok(false), "the same file again");
    assert_eq!(put(3, &[PNG, b"x"].concat(), 0), Ok(true));
    assert_eq!(put(4, &[PNG, b"y"].concat(), 0), Err(Wrong::Files(2)));
    assert_eq!(answered_file_ids(&form, &answers), [Id(1), Id(3)]);
    // Something that was not taken is said, and what is there stays.
    let refused = vec![("paper".to_owned(), Wrong::FileKind)];
    let posted = |go, without, refused| Posted {
        go,
        page: "paper".into(),
        typed: Answers::new(),
        without,
        refused,
        only: Vec::new(),
        one_each: false,
    };
    let screen = next_screen(&form, &mut answers, &posted(FormNavigation::Next, None, refused), TODAY);
    assert!(
        matches!(&screen, Screen::Ask { wrong, .. } if wrong.iter().map(|(_, w)| *w).eq([Wrong::FileKind]))
    );
    assert_eq!(answered_file_ids(&form, &answers), [Id(1), Id(3)]);
    let screen =
        next_screen(&form, &mut answers, &posted(FormNavigation::Stay, Some(Id(1)), Vec::new()), TODAY);
    assert!(matches!(&screen, Screen::Ask { wrong, .. } if wrong.is_empty()));
    assert_eq!(answered_file_ids(&form, &answers), [Id(3)]);
    assert_eq!(
        shows(&next_screen(&form, &mut answers, &posted(FormNavigation::Next, None, Vec::new()), TODAY)),
        ["review"]
    );
    next_screen(&form, &mut answers, &posted(FormNavigation::Stay, Some(Id(3)), Vec::new()), TODAY);
    assert_eq!(
        shows(&post(&form, &mut answers, FormNavigation::Send, "", &[])),
        ["paper"],
        "nothing is handed in without it"
    );
}

proptest! {
    /// Whatever is typed in whatever order: nobody gets stuck, and what is handed in is right.
    #[test]
    fn no_way_through_ends_nowhere(steps in prop::collection::vec((0..5_u8, 0..7_usize, ".{0,12}"), 0..40), one_each: bool) {
        let (form, mut answers) = (form(), Answers::new());
        let ids = ["name", "phone", "married", "date", "sort", "true", "none"];
        for (go, at, text) in steps {
            let go = [FormNavigation::Open, FormNavigation::Next, FormNavigation::Back, FormNavigation::Edit, FormNavigation::Send][usize::from(go)];
            let text = if text.len() < 3 { "yes".to_owned() } else { text };
            let typed = ids.iter().map(|id| ((*id).to_owned(), text.clone())).collect();
            match next_screen(&form, &mut answers, &Posted { go, page: ids[at].into(), typed, without: None, refused: Vec::new(), only: Vec::new(), one_each }, TODAY) {
                Screen::Ask { page, .. } => prop_assert!(!page.fields.is_empty() && page.number <= page.of),
                Screen::Review(_) => {}
                Screen::Send => {
                    for field in asked_fields(&form, &answers) {
                        prop_assert!(field.optional || !answers[&field.id].is_empty(), "{} is missing", field.id);
                    }
                }
            }
        }
    }
}
