#![allow(clippy::indexing_slicing, reason = "tests")]

use super::*;

#[test]
fn a_question_back_is_answered_in_words() {
    let three = ["Đăng ký khai sinh", "Khai sinh quá hạn", "Trích lục hộ tịch"];
    for (text, expected) in [
        ("1", Some(ButtonChoice::Button(0))),
        ("2.", Some(ButtonChoice::Button(1))),
        ("số 2", Some(ButtonChoice::Button(1))),
        ("cái đầu tiên", Some(ButtonChoice::Button(0))),
        ("cai dau tien nhe", Some(ButtonChoice::Button(0))),
        ("cái thứ hai ạ", Some(ButtonChoice::Button(1))),
        ("cái thứ 3", Some(ButtonChoice::Button(2))),
        ("cái cuối", Some(ButtonChoice::Button(2))),
        ("the first one", Some(ButtonChoice::Button(0))),
        ("second one please", Some(ButtonChoice::Button(1))),
        ("the last one", Some(ButtonChoice::Button(2))),
        ("le deuxième", Some(ButtonChoice::Button(1))),
        ("quá hạn", Some(ButtonChoice::Button(1))),
        ("trich luc", Some(ButtonChoice::Button(2))),
        ("Khai sinh quá hạn", Some(ButtonChoice::Button(1))),
        ("đăng ký", Some(ButtonChoice::Button(0))),
        ("không phải", Some(ButtonChoice::None)),
        ("không phải ạ", Some(ButtonChoice::None)),
        ("việc khác", Some(ButtonChoice::None)),
        ("neither", Some(ButtonChoice::None)),
        ("none of them", Some(ButtonChoice::None)),
        ("autre chose", Some(ButtonChoice::None)),
        // Both have it; no such place; another matter.
        ("khai sinh", None),
        ("4", None),
        ("vâng", None),
        ("lệ phí bao nhiêu", None),
        ("2 người làm chứng", None),
        ("đăng ký kết hôn", None),
    ] {
        assert_eq!(choose_label(&three, text, "vi", true), expected, "{text}: {:?}", split_words(text));
    }
    for (text, expected) in [
        ("vâng", Some(ButtonChoice::Button(0))),
        ("đúng rồi ạ", Some(ButtonChoice::Button(0))),
        ("yes", Some(ButtonChoice::Button(0))),
        ("no", Some(ButtonChoice::None)),
    ] {
        assert_eq!(choose_label(&three[..1], text, "vi", true), expected, "{text}");
    }
}

#[test]
fn in_every_language() {
    let three = ["Passport", "Tax number", "Land title"];
    let (first, second, last) =
        (Some(ButtonChoice::Button(0)), Some(ButtonChoice::Button(1)), Some(ButtonChoice::Button(2)));
    let none = Some(ButtonChoice::None);
    for (lang, cases) in [
        (
            "vi",
            [("cái đầu", &first), ("số hai", &second), ("cai cuoi cung", &last), ("không cái nào cả", &none)],
        ),
        (
            "en",
            [
                ("number one", &first),
                ("option 2", &second),
                ("the third", &last),
                ("none of the above", &none),
            ],
        ),
        ("fr", [("la première", &first), ("le 2e", &second), ("le dernier", &last), ("aucun", &none)]),
        ("es", [("el primero", &first), ("la segunda", &second), ("el último", &last), ("ninguno", &none)]),
        ("ru", [("первый", &first), ("номер два", &second), ("последнее", &last), ("ни один", &none)]),
        ("uk", [("перше", &first), ("номер два", &second), ("останній", &last), ("жоден", &none)]),
        ("ar", [("الأول", &first), ("رقم ٢", &second), ("الأخير", &last), ("شيء آخر", &none)]),
        ("zh", [("第一个", &first), ("选２", &second), ("最后一个", &last), ("都不是", &none)]),
        (
            "ja",
            [
                ("最初のをお願いします", &first),
                ("２番", &second),
                ("最後のです", &last),
                ("どれでもない", &none),
            ],
        ),
        ("ko", [("첫 번째", &first), ("2번이요", &second), ("마지막", &last), ("둘 다 아니요", &none)]),
        ("th", [("อันแรก", &first), ("ข้อ ๒", &second), ("อันสุดท้ายครับ", &last), ("ไม่ใช่ทั้งสอง", &none)]),
        ("lo", [("ອັນທຳອິດ", &first), ("ຂໍ້ ໒", &second), ("ອັນສຸດທ້າຍ", &last), ("ບໍ່ແມ່ນ", &none)]),
        ("km", [("ទីមួយ", &first), ("លេខ ២", &second), ("ចុងក្រោយ", &last), ("មិនមែនទេ", &none)]),
    ] {
        for (text, expected) in cases {
            // On a page in another language, too.
            for page in [lang, "vi", "en"] {
                assert_eq!(
                    &choose_label(&three, text, page, true),
                    expected,
                    "{lang}, {page}: {text}: {:?}",
                    split_words(text)
                );
            }
        }
    }
}

#[test]
fn what_stands_on_the_labels_comes_first() {
    fn chosen<'a>(labels: &[&'a str], text: &str) -> Option<&'a str> {
        match choose_label(labels, text, "vi", true)? {
            ButtonChoice::Button(at) => labels.get(at).copied(),
            ButtonChoice::None => Some("none"),
        }
    }
    for (labels, text, expected) in [
        (&["Có", "Không"][..], "không", Some("Không")),
        (&["Có", "Không"], "dạ vâng", Some("Có")),
        (&["Có", "Không"], "có ạ", Some("Có")),
        (&["Yes, please", "No"], "yes", Some("Yes, please")),
        (&["Quận 3", "Quận 1"], "1", Some("Quận 1")),
        (&["Quận 3", "Quận 1"], "2", None),
        (&["Quận 3", "Quận 1"], "cái đầu tiên", Some("Quận 3")),
        (&["Thứ hai", "Thứ ba"], "thứ ba", Some("Thứ ba")),
        (&["8:00", "9:00"], "9:00", Some("9:00")),
        (&["Chọn", "Chọn"], "chọn", None),
        (&["Chọn – Phòng A", "Chọn – Phòng B"], "phòng B", Some("Chọn – Phòng B")),
        (&["Khai sinh", "Khai sinh quá hạn"], "cái khai sinh ạ", Some("Khai sinh")),
        (&["パスポート", "住民票"], "住民票をお願いします", Some("住民票")),
        (&["Загранпаспорт", "Справка о браке"], "справку", Some("Справка о браке")),
        (&["여권 발급", "혼인 신고"], "혼인신고요", Some("혼인 신고")),
        (&["여권 발급", "혼인 신고"], "여권이요", Some("여권 발급")),
        (&["Sáng", "Chiều"], "vâng", None),
        (&["Sáng", "Chiều"], "tôi muốn đăng ký kết hôn", None),
        (&[], "1", None),
    ] {
        assert_eq!(chosen(labels, text), expected, "{text} of {labels:?}: {:?}", split_words(text));
    }
}

#[test]
fn a_yes_beside_an_agencys_words_presses_nothing() {
    assert_eq!(choose_label(&["Hủy lịch hẹn"], "vâng", "vi", false), None);
    assert_eq!(choose_label(&["Hủy lịch hẹn"], "hủy lịch hẹn", "vi", false), Some(ButtonChoice::Button(0)));
    assert_eq!(
        choose_label(&["Vâng", "Hủy"], "ok vâng", "vi", false),
        Some(ButtonChoice::Button(0)),
        "its own label"
    );
}

#[test]
fn a_long_text_is_no_choice_and_costs_no_more_than_its_length() {
    // Every pair of begin and end would be looked at: 600 words would hold the isolate for a minute.
    for word in ["我", "i ", "ạ "] {
        assert_eq!(choose_label(&["Một", "Hai"], &word.repeat(600), "zh", true), None);
        assert!(!is_place(&word.repeat(600)));
    }
}
