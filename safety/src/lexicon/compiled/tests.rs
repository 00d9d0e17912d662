use crate::lexicon::Language;
use crate::{LANGUAGES, data::embedded_data, detect::detect_with};
use std::{fs, path::Path};

fn text_of(lang: &str) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let read = |path: String| fs::read_to_string(data.join(path)).unwrap();
    read(format!("{lang}.txt")) + &read(format!("topics/{lang}.txt"))
}

fn compiled(lang: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{lang}.bin"))).unwrap()
}

/// All tables alike: then no text can be read otherwise.
#[test]
fn what_is_compiled_is_what_was_read() {
    for lang in LANGUAGES {
        let read = Language::parse_draft(lang, &text_of(lang)).unwrap().finish_draft();
        assert!(Language::from_bytes(lang, &compiled(lang)).unwrap() == read, "{lang}");
        assert_ne!(read, Language::default());
    }
}

/// Rules that are added to what is compiled find what they find behind the text of the file.
#[test]
fn additions_are_read_as_if_they_stood_in_the_file() {
    let added = [
        ("fire", "!! kho (muối|đường) ~3 bốc mùi"),
        ("violence", "!! giữ (tôi|em) trong kho"),
        ("harmless", "không thở được ~2 (phim|truyện)"),
        ("scam", "!! @danh ~6 ở kho & trả nợ !@danh"),
    ];
    let lines: Vec<(&str, String)> = added.iter().map(|(head, line)| (*head, (*line).to_owned())).collect();
    let with = Language::from_bytes("vi", &compiled("vi")).unwrap().with_rules(&lines).unwrap();
    let behind: String = added.iter().map(|(head, line)| format!("\n[{head}]\n{line}")).collect();
    let whole = Language::parse_draft("vi", &(text_of("vi") + &behind)).unwrap().finish_draft();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/safety/vi.tsv");
    let corpus = fs::read_to_string(corpus).unwrap();
    let own = [
        "kho muoi ko boc mui",
        "hắn giữ e trong kho",
        "tra no di khong thi danh o kho",
        "kho đường bốcmùi lạ",
    ];
    let texts = corpus.lines().filter_map(|line| line.rsplit('\t').next()).step_by(7);
    let (with, whole) = ([(0, with)], [(0, whole)]);
    for text in texts.chain(own) {
        assert_eq!(
            detect_with(embedded_data(), &with, text, &mut 0),
            detect_with(embedded_data(), &whole, text, &mut 0)
        );
    }
    for text in own {
        assert!(detect_with(embedded_data(), &with, text, &mut 0).is_some(), "{text}");
    }
}

#[test]
fn what_is_cut_off_is_refused() {
    let bytes = compiled("fr");
    for size in (0..bytes.len()).step_by(997) {
        assert!(Language::from_bytes("fr", &bytes[..size]).is_none());
    }
}
