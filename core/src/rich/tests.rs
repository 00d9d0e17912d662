use super::*;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use std::fs;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/rich-text.json");

/// What is written, and what everybody makes of it. The page's part is checked in `pages/src/document/block.rs`, the
/// widget's in `wire/tests/rich_text.rs` and `widget/src/chat/tests/rich_text.rs`.
#[derive(Serialize, Deserialize)]
struct Golden {
    name: String,
    by: String,
    input: String,
    blocks: Vec<Block>,
    plain: String,
    html: String,
}

fn run(text: &str) -> Vec<Run> {
    vec![Run { text: text.to_owned(), ..Run::default() }]
}

fn parse(golden: &Golden) -> Vec<Block> {
    if golden.by == "person" { parse_typed(&golden.input) } else { parse_markdown(&golden.input) }
}

#[test]
fn golden_blocks_and_plain_text() {
    let mut all: Vec<Golden> = serde_json::from_str(&fs::read_to_string(GOLDEN).unwrap()).unwrap();
    assert!(all.len() > 30);
    if std::env::var_os("HOI_BLESS").is_some() {
        for golden in &mut all {
            golden.blocks = parse(golden);
            golden.plain = plain_text(&golden.blocks);
        }
        fs::write(GOLDEN, serde_json::to_string_pretty(&all).unwrap() + "\n").unwrap();
    }
    for golden in &all {
        assert_eq!(parse(golden), golden.blocks, "{}", golden.name);
        assert_eq!(plain_text(&golden.blocks), golden.plain, "{}", golden.name);
    }
}

#[test]
fn tables_pictures_and_notices() {
    let text = "| Việc | Lệ phí |\n|---|---|\n| Khai sinh | 0 đ |\n\n> Nghỉ lễ\n\n![Sơ đồ](https://www.a.vn/b.png) đường đi";
    let expected = [
        Block::Table {
            head: vec![run("Việc"), run("Lệ phí")],
            rows: vec![vec![run("Khai sinh"), run("0 đ")]],
        },
        Block::Notice { runs: run("Nghỉ lễ") },
        Block::Image { src: "https://www.a.vn/b.png".to_owned(), alt: "Sơ đồ".to_owned() },
        Block::Text { runs: run(" đường đi") },
    ];
    assert_eq!(parse_markdown(text), expected);
}

#[test]
fn pictures_that_are_none() {
    for text in [
        "![a](http://a.vn/b.png)",
        "![a](data:image/png;base64,AA)",
        "![a](javascript:x)",
        "- ![a](https://a.vn/b)",
    ] {
        assert!(!parse_markdown(text).iter().any(|block| matches!(block, Block::Image { .. })), "{text}");
        assert!(plain_text(&parse_markdown(text)).ends_with('a'), "{text}: its description is gone");
    }
}

#[test]
fn a_person_changes_words_and_keeps_addresses() {
    let text = |markdown: &str| editable_text(&parse_markdown(markdown));
    assert_eq!(text("Xem [**Cổng** dịch vụ](https://a.vn/x)."), "Xem Cổng dịch vụ (https://a.vn/x).");
    assert_eq!(
        text("1. [a](https://a.vn)\n   - [b](mailto:b@b.vn)"),
        "1. a (https://a.vn)\n   - b (mailto:b@b.vn)"
    );
    for same in ["https://a.vn", "www.a.vn", "a@b.vn", "1900 1234", "+84 28 3829 1234"] {
        assert_eq!(text(same), same);
    }
}

#[test]
fn deep_lists_become_text() {
    let deep: String = (0..40).map(|depth| format!("{}- mức {depth}\n", "  ".repeat(depth))).collect();
    let blocks = parse_markdown(&deep);
    let json = serde_json::to_string(&blocks).unwrap();
    assert!(json.matches("contents").count() < 10, "{json}");
    let plain = plain_text(&blocks);
    (0..40).for_each(|depth| assert!(plain.contains(&format!("mức {depth}")), "{depth}: {plain}"));
    assert!(wire::json::read_json::<wire::Body>(&format!("{{\"blocks\":{json}}}")).is_some());
}

#[test]
fn long_texts_take_no_longer_than_they_are() {
    for part in [
        "https://",
        "https://!",
        "www.",
        "a@",
        "(",
        ")",
        "0",
        "0 ",
        "0/",
        "1900 ",
        "0912345678 ",
        "0912345678,",
        "1*2*",
        "https://a.vn/*b*",
        "[",
        "<br>\n",
        "<br>",
        "<",
        "> ",
        "- ",
        "|",
        "`",
        "*",
        "[a]: b\n",
        "https://a.vn/đ-",
        "thủ",
        "đ@đ.",
    ] {
        for begin in ["", "https://a.vn/", "| a |\n|---|\n|"] {
            let text = begin.to_owned() + &part.repeat(30_000 / part.len());
            let started = std::time::Instant::now();
            parse_markdown(&text);
            parse_typed(&text);
            assert!(started.elapsed().as_secs() < 10, "{begin}{part}: {:?}", started.elapsed());
        }
    }
}

proptest! {
    #[test]
    fn what_is_typed_is_shown(text in "[a-zđêạ0-9 *_#>`\\[\\]()<>&;:/.@+|\\\\\n-]{1,80}") {
        let runs = parse_typed(&text).into_iter().flat_map(|block| match block {
            Block::Text { runs } => runs,
            other => panic!("{other:?}"),
        });
        let shown: String = runs.map(|run| run.text).collect();
        prop_assert!(shown == text || text.trim().is_empty(), "{:?} is not {:?}", shown, text);
    }

    /// No word is lost, whatever structure it stands in.
    #[test]
    fn no_word_is_lost(
        parts in prop::collection::vec(("(\n|\n\n| |  |   |    |\t)?(- |\\* |[0-9]{1,2}\\. |# |## |> |```\n|~~~\n|\\||---|<br>|<b>|\\*\\*|_|`|&amp;)?", "[a-zđêạ]{2,5}"), 1..14)
    ) {
        let text: String = parts.iter().map(|(mark, word)| format!("{mark}{word}")).collect();
        let mut said = plain_text(&parse_markdown(&text));
        said.retain(char::is_alphanumeric);
        let mut from = 0;
        for (_, word) in &parts {
            let at = said[from..].find(word.as_str());
            prop_assert!(at.is_some(), "{:?} of {:?} is not in {:?}", word, text, said);
            from += at.unwrap();
        }
    }
}
