//! The matcher alone as WebAssembly, to be measured in the edge's runtime: see `xtask/src/bench/intent.rs`.
#![allow(clippy::unwrap_used, missing_docs)]

use intent::{Example, Meaning, Model, Options, Scratch, train};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub struct Matcher {
    model: Model,
    scratch: Scratch,
}

#[wasm_bindgen]
impl Matcher {
    /// Learns from lines of `{"text","intent","lang"}`.
    pub fn train(lines: &str) -> Matcher {
        let examples = lines.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let field =
                |name: &str| line.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            let intent = Some(field("intent")).filter(|intent| intent != "oos");
            Example { text: field("text"), intent, lang: field("lang"), weight: 1.0 }
        });
        let options = Options { meaning: Meaning::bundled_table(), ..Options::default() };
        let model = train(&examples.collect::<Vec<_>>(), &options, &mut |_| {}).unwrap();
        Matcher { model, scratch: Scratch::default() }
    }

    /// Reads a model `times` times.
    pub fn read(bytes: &[u8], times: u32) -> Matcher {
        for _ in 1..times {
            std::hint::black_box(Model::read(bytes).unwrap());
        }
        let model = Model::read(bytes).unwrap();
        Meaning::bundled_table().iter().for_each(|table| {
            model.attach_meaning(table);
        });
        Matcher { model, scratch: Scratch::default() }
    }

    /// The model as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.model.to_bytes()
    }

    /// Ranks the intents of `text`, `times` times, and names the best.
    pub fn rank(&mut self, text: &str, times: u32) -> String {
        let mut top = None;
        for _ in 0..times {
            top =
                std::hint::black_box(self.model.rank(text, "en", &mut self.scratch)).ranked.first().copied();
        }
        top.and_then(|first| self.model.intents().get(first.intent).cloned()).unwrap_or_default()
    }
}
