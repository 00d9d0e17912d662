//! The public sets, and what is made of them.

use intent::Example;
use std::{fs, path::Path};

/// The examples in `path`, one JSON object `{"text","intent","lang"}` a line; the intent `oos` is none.
pub fn load_examples(path: &Path) -> Vec<Example> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let field = |line: &serde_json::Value, name: &str| line[name].as_str().unwrap_or_default().to_owned();
    let examples = text.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a JSON object a line");
        let intent = Some(field(&line, "intent")).filter(|intent| intent != "oos");
        Example { text: field(&line, "text"), intent, lang: field(&line, "lang"), weight: 1.0 }
    });
    examples.collect()
}

/// A small generator of numbers (linear, as in Knuth): the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// 0 to `n` - 1.
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// `shots` examples of each intent, chosen by `seed`; none out of scope.
pub fn sample_few_shot(examples: &[Example], shots: usize, seed: u64) -> Vec<Example> {
    let mut order: Vec<&Example> = examples.iter().filter(|example| example.intent.is_some()).collect();
    let mut dice = Dice::new(seed);
    for i in (1..order.len()).rev() {
        order.swap(i, dice.roll(i + 1));
    }
    let mut taken = std::collections::HashMap::<&str, usize>::new();
    let mut out = Vec::new();
    for example in order {
        let count = taken.entry(example.intent.as_deref().unwrap_or_default()).or_default();
        *count += 1;
        if *count <= shots {
            out.push(example.clone());
        }
    }
    out
}

/// `text` with `slips` slips of the keyboard: a letter left out, put in, taken for another, or two changed round.
pub fn add_typos(text: &str, slips: usize, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..slips {
        let places: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_alphabetic()).collect();
        if places.is_empty() {
            break;
        }
        let at = places[dice.roll(places.len())];
        let letter = char::from(b'a' + dice.roll(26) as u8);
        match dice.roll(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letter),
            2 => letters[at] = letter,
            _ if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => letters.swap(at.max(1) - 1, at),
        }
    }
    letters.into_iter().collect()
}

/// `text` without diacritics.
pub fn strip_diacritics(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    letters
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        })
        .collect()
}
