//! Packs what `unicode-normalization` knows of every character into the file that `src/tables.rs` describes.

use std::{env, error::Error, fs, path::Path};
use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible, is_combining_mark,
};

/// The syllables of Hangul are made of their letters by rule.
const HANGUL: std::ops::RangeInclusive<char> = '\u{AC00}'..='\u{D7A3}';

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut file = pack_decompositions();
    pack_runs(&mut file, canonical_combining_class, true);
    pack_runs(&mut file, |c| u8::from(is_combining_mark(c)), false);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tables.bin"), file)?;
    Ok(())
}

/// A number in sevens of bits, the lowest first; every byte but the last has its highest bit set.
fn push_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// How far it is from one character to another, the sign in the lowest bit.
fn push_distance(out: &mut Vec<u8>, from: char, to: char) {
    let distance = to as i32 - from as i32;
    push_number(out, ((distance << 1) ^ (distance >> 31)) as u32);
}

/// Column by column: like stands beside like, which compresses best.
fn pack_decompositions() -> Vec<u8> {
    let (mut rows, mut places, mut heads, mut letters) = (0, Vec::new(), Vec::new(), Vec::new());
    let (mut last, mut last_first) = (0, '\0');
    let mut push_row = |c: char, kind: u8, parts: &[char]| {
        rows += 1;
        push_number(&mut places, c as u32 - last);
        last = c as u32;
        heads.push((parts.len() as u8) << 2 | kind);
        let mut before = last_first;
        for part in parts {
            push_distance(&mut letters, before, *part);
            before = *part;
        }
        last_first = parts.first().copied().unwrap_or(last_first);
    };
    for c in ('\0'..=char::MAX).filter(|c| !HANGUL.contains(c)) {
        let (mut canonical, mut compatible) = (Vec::new(), Vec::new());
        decompose_canonical(c, |part| canonical.push(part));
        decompose_compatible(c, |part| compatible.push(part));
        if canonical != [c] {
            push_row(c, u8::from(!is_composed_of(c, &canonical)), &canonical);
        }
        if compatible != canonical {
            push_row(c, 2, &compatible);
        }
    }
    let mut file = Vec::new();
    push_number(&mut file, rows);
    [file, places, heads, letters].concat()
}

/// Whether `parts` become `c` again when they are composed.
fn is_composed_of(c: char, parts: &[char]) -> bool {
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty()) else { return false };
    rest.iter().try_fold(*first, |so_far, part| compose(so_far, *part)) == Some(c)
}

/// Runs of neighbours that have the same value other than 0: how far from the end of the one before, how many more, the value.
fn pack_runs(out: &mut Vec<u8>, value: impl Fn(char) -> u8, with_value: bool) {
    let mut runs: Vec<(u32, u32, u8)> = Vec::new();
    for c in ('\0'..=char::MAX).filter(|c| value(*c) != 0) {
        match runs.last_mut() {
            Some((_, end, own)) if *end + 1 == c as u32 && *own == value(c) => *end = c as u32,
            _ => runs.push((c as u32, c as u32, value(c))),
        }
    }
    push_number(out, runs.len() as u32);
    let mut last = 0;
    for (start, end, own) in runs {
        push_number(out, start - last);
        push_number(out, end - start);
        if with_value {
            out.push(own);
        }
        last = end;
    }
}
