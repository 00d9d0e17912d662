//! What is written in `tests/fixtures/rich-text.json`, as widget and desk read it and put it into words.

use serde::Deserialize;
use serde_json::Value;
use wire::{Block, Body, Labels, Word, json::read_json, plain_text};

#[derive(Deserialize)]
struct Golden {
    name: String,
    blocks: Value,
    plain: String,
}

/// A text to be read, without labels.
struct Written;

impl Labels for Written {
    fn label(&self, _: Word) -> &str {
        ""
    }

    fn item_mark(&self) -> &'static str {
        "- "
    }
}

fn golden() -> serde_json::Result<Vec<Golden>> {
    serde_json::from_str(include_str!("../../tests/fixtures/rich-text.json"))
}

#[test]
fn both_readers_and_the_transcript_agree() {
    for Golden { name, blocks, plain } in golden().unwrap() {
        let body: Body = read_json(&format!("{{\"blocks\":{blocks}}}")).unwrap();
        assert_eq!(serde_json::from_value::<Vec<Block>>(blocks).unwrap(), body.blocks, "{name}");
        assert_eq!(plain_text(&body.blocks, &Written), plain, "{name}");
    }
}

/// What a client that knows of one level shows: it takes `items` for all there is.
#[test]
fn nothing_is_missing_for_a_client_of_one_level() {
    for Golden { name, blocks, plain } in golden().unwrap() {
        let mut blocks: Vec<Block> = serde_json::from_value(blocks).unwrap();
        for block in &mut blocks {
            if let Block::List { start, contents, .. } = block {
                *start = None;
                contents.clear();
            }
        }
        let words = |text: &str| {
            let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(words(&plain_text(&blocks, &Written)), words(&plain), "{name}");
    }
}
