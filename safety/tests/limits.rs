//! What must hold for any text: no panic, spans on boundaries, steps that grow with the text's length and no faster.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use proptest::prelude::*;
use safety::{Addition, Additions, DangerKind, DataMissing, Lexicon, detect, embedded_data};

/// Steps a character at most, whatever the text.
const STEPS: usize = 900;

fn steps(text: &str) -> usize {
    Lexicon::default().detect_counted(text).unwrap().1
}

#[test]
fn steps_grow_with_the_length() {
    let worst = [
        "chết ",
        "đánh tôi ",
        "nhà cháy cứu ",
        "muon chet ",
        "không sống nữa ",
        "chồng đánh vợ ",
        "a",
        "aa ",
        "bi danh ",
        "toimuonchet",
        "tu75 ",
        "cuu ",
        "e k mun song ",
        "mẹ ba con bé ",
        "死にたい",
        "죽고 싶어 ",
        "không ",
        "(",
        "🔥 ",
    ];
    for piece in worst {
        let (once, twice) = (steps(&piece.repeat(150)), steps(&piece.repeat(300)));
        assert!(twice <= 2 * once + once / 4 + 2_000, "{piece}: {once}, then {twice}");
        let chars = piece.chars().count() * 300;
        assert!(twice <= STEPS * chars + 10_000, "{piece}: {twice} steps for {chars} characters");
    }
}

#[test]
fn a_long_text_is_read_up_to_a_bound() {
    let long = "chào ".repeat(100_000);
    assert!(steps(&long) <= STEPS * safety::MAX_CHARS);
}

#[test]
fn a_site_adds_and_switches_off() {
    let rule = Addition { kind: DangerKind::Fire, lang: "vi".into(), rule: "kho muối bốc mùi".into() };
    let additions = Additions { country: "vn".into(), rules: vec![rule], ..Additions::default() };
    assert_eq!(detect("kho muối bốc mùi lạ"), None);
    let lexicon = Lexicon::new(additions.clone()).unwrap();
    assert_eq!(
        lexicon.detect("kho muối bốc mùi lạ").unwrap().map(|danger| danger.kind),
        Some(DangerKind::Fire)
    );
    assert_eq!(lexicon.numbers_for_kind(DangerKind::Fire, "vi")[0].number, "114");
    assert!(Lexicon::new(Additions { off: Some(" ".into()), ..additions.clone() }).is_err());
    let off = Lexicon::new(Additions { off: Some("a test site".into()), ..additions }).unwrap();
    assert_eq!((off.detect("em muốn chết"), off.off_reason()), (Ok(None), Some("a test site")));
}

/// Without its data it says nothing of a text, rather than that it is harmless.
#[test]
fn before_it_has_its_data_it_says_so() {
    let rule = Addition { kind: DangerKind::Fire, lang: "vi".into(), rule: "kho muối bốc mùi".into() };
    let additions = Additions { rules: vec![rule], ..Additions::default() };
    let lexicon = Lexicon::without_data(additions.clone()).unwrap();
    assert_eq!((lexicon.detect("em muốn chết"), lexicon.is_ready()), (Err(DataMissing), false));
    assert_eq!(lexicon.detect("xin chào"), Err(DataMissing));
    lexicon.attach_data(embedded_data()).unwrap();
    let found = |text| lexicon.detect(text).unwrap().map(|danger| danger.kind);
    assert_eq!((found("em muốn chết"), found("xin chào")), (Some(DangerKind::SelfHarm), None));
    assert_eq!(found("kho muối bốc mùi lạ"), Some(DangerKind::Fire), "the site's own rules come with it");
    let off = Lexicon::without_data(Additions { off: Some("a test site".into()), ..additions }).unwrap();
    assert_eq!((off.detect("em muốn chết"), off.is_ready()), (Ok(None), true));
}

/// A rule that can't be read (a bundle made by hand) costs the site its rules, and nobody the layer.
#[test]
fn a_rule_that_cannot_be_read_leaves_the_layer() {
    let rule = Addition { kind: DangerKind::Fire, lang: "vi".into(), rule: "(a".into() };
    let additions = Additions { rules: vec![rule], ..Additions::default() };
    assert!(Lexicon::new(additions.clone()).is_err());
    let lexicon = Lexicon::without_data(additions).unwrap();
    assert!(lexicon.attach_data(embedded_data()).is_err());
    assert_eq!(lexicon.detect("em muốn chết").unwrap().map(|danger| danger.kind), Some(DangerKind::SelfHarm));
}

#[test]
fn a_site_says_what_is_harmless_there() {
    let text = "chồng em đang cầm dao dọa giết em, cứu em với";
    assert_eq!(detect(text).map(|danger| danger.kind), Some(DangerKind::Violence));
    let harmless = vec![("vi".to_owned(), "chồng em đang cầm dao dọa giết em, cứu em với".to_owned())];
    let lexicon = Lexicon::new(Additions { harmless, ..Additions::default() }).unwrap();
    assert_eq!(lexicon.detect(text), Ok(None));
}

#[test]
fn a_rule_of_a_sites_own_needs_no_model() {
    let rule = Addition { kind: DangerKind::Scam, lang: "vi".into(), rule: "đăng ký gói vàng".into() };
    let lexicon = Lexicon::new(Additions { rules: vec![rule], ..Additions::default() }).unwrap();
    let text = "cho em hỏi đăng ký gói vàng ở phòng nào ạ, cần giấy tờ gì";
    assert_eq!(
        (detect(text), lexicon.detect(text).unwrap().map(|danger| danger.kind)),
        (None, Some(DangerKind::Scam))
    );
}

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}") {
        if let Some(danger) = detect(&text) {
            prop_assert!(text.get(danger.span).is_some());
        }
    }

    #[test]
    fn words_of_the_lexicon_in_any_order(words in prop::collection::vec("(chết|muốn|đánh|tôi|cháy|nhà|bị|không|k|toi|cuu|gas|tu75|\\.|!)", 0..60)) {
        if let Some(danger) = detect(&words.join(" ")) {
            prop_assert!(danger.span.start <= danger.span.end);
        }
    }
}
