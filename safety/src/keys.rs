//! Keystrokes of Vietnamese input methods that were left in a text, read with the marks they stand for.
//!
//! Source: the key tables of Telex and VNI, as every Vietnamese keyboard ships them.

use crate::text::{FoldedWord, MarkSource};
use intent::is_syllable;

/// What Telex `word` was meant to be: its plain letters and its tone. `None` if it has no such keys, or they make no syllable.
pub fn decode_telex(word: &FoldedWord) -> Option<FoldedWord> {
    let typed = word.plain.as_str();
    if !(2..=10).contains(&typed.len()) || word.marks == MarkSource::Keys {
        return None;
    }
    let mut out = String::with_capacity(typed.len());
    let (mut tone, mut keys) = (0, 0);
    for c in typed.chars() {
        let vowel_before = out.bytes().any(is_vowel);
        let last = out.chars().last();
        match c {
            's' | 'f' | 'r' | 'x' | 'j' if vowel_before && tone == 0 => {
                tone = match c {
                    's' => 1,
                    'f' => 2,
                    'r' => 3,
                    'x' => 4,
                    _ => 5,
                };
                keys += 1;
            }
            // The same key twice is a finger that stayed.
            's' | 'f' | 'r' | 'x' | 'j' if vowel_before && ends_doubled(typed, c) => keys += 1,
            'a' | 'e' | 'o' if last == Some(c) => keys += 1,
            // The circumflex may be typed at the end: "muons" + "o".
            'a' | 'e' | 'o' if vowel_before && out.contains(c) && !is_syllable(&format!("{out}{c}")) => {
                keys += 1
            }
            'd' if out == "d" => keys += 1,
            'd' if vowel_before && out.starts_with('d') => keys += 1,
            'w' if out.contains(['a', 'o', 'u']) => keys += 1,
            'w' if !vowel_before => {
                out.push('u');
                keys += 1;
            }
            c => out.push(c),
        }
    }
    if keys == 0 || !is_syllable(&out) {
        return None;
    }
    let tone = if word.tone > 0 { word.tone } else { tone };
    Some(FoldedWord { plain: out, tone, hats: 0, marks: MarkSource::Keys, ..word.clone() })
}

/// What VNI `word` was meant to be: `giay61`, `d9uong2`.
pub fn decode_vni(word: &FoldedWord) -> Option<FoldedWord> {
    let mut out = String::new();
    let (mut tone, mut keys) = (0, 0);
    for c in word.plain.chars() {
        let vowel_before = out.bytes().any(is_vowel);
        match c {
            '1'..='5' if vowel_before => {
                tone = u8::try_from(c.to_digit(10).unwrap_or(0)).unwrap_or(0);
                keys += 1;
            }
            // 0 takes a mark away.
            '6'..='8' | '0' if vowel_before => keys += 1,
            '9' if out.contains('d') => keys += 1,
            c => out.push(c),
        }
    }
    // A tone, the marks of two vowels and the `đ` are four keys; more digits are a number.
    let fits = (1..=4).contains(&keys) && out.len() > 1 && is_syllable(&out);
    fits.then(|| FoldedWord { plain: out, tone, hats: 0, marks: MarkSource::Keys, ..word.clone() })
}

fn is_vowel(byte: u8) -> bool {
    b"aeiouy".contains(&byte)
}

fn ends_doubled(word: &str, c: char) -> bool {
    word.strip_suffix(c).is_some_and(|word| word.ends_with(c))
}
