//! What characters are made of. The file of `build.rs` is unpacked when it is first wanted, which takes less than a millisecond.
//!
//! Its numbers are in sevens of bits, the lowest first. It holds
//!
//! - how many rows there are; of each row the distance of its character from that of the row before; of each a byte, how many parts the
//!   character has and in the lowest two bits which [`DecompositionKind`] it is; then the parts of all rows, each as the distance from the part before it,
//!   a row's first from the first one of the row before, with the sign in the lowest bit
//! - how many runs of characters with the same combining class there are; of each the distance from the end of the one before, how many
//!   characters follow its first, and a byte, the class
//! - the same of combining marks, without a class

use std::{ops::Range, sync::LazyLock};

/// In which order marks on one letter stand; 0: no such mark.
pub type CombiningClass = u8;

pub static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    // The build packed it; the tests look at every character.
    let _whole = tables.unpack(include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin")));
    tables
});

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DecompositionKind {
    /// Its parts are composed to it again.
    Composed,
    /// They are not.
    Canonical,
    /// It only looks like its parts.
    Compatible,
}

#[derive(Debug)]
struct DecompositionRow {
    c: char,
    kind: DecompositionKind,
    parts: Range<u32>,
}

#[derive(Debug, Default)]
pub struct Tables {
    /// By character, then by kind.
    rows: Vec<DecompositionRow>,
    /// The first row of every 256 characters, so that few are searched.
    pages: Vec<u32>,
    parts: Vec<char>,
    /// In order: two characters and what they are composed to.
    pairs: Vec<([char; 2], char)>,
    classes: Vec<(Range<u32>, CombiningClass)>,
    marks: Vec<Range<u32>>,
}

impl Tables {
    /// What `c` is made of.
    pub fn canonical_parts(&self, c: char) -> Option<&[char]> {
        self.parts_of(self.rows_of(c).find(|row| row.kind < DecompositionKind::Compatible)?)
    }

    /// What `c` is made of, or looks like.
    pub fn compatible_parts(&self, c: char) -> Option<&[char]> {
        self.parts_of(self.rows_of(c).last()?)
    }

    /// What two characters are composed to.
    pub fn find_composed(&self, first: char, second: char) -> Option<char> {
        let at = self.pairs.binary_search_by_key(&[first, second], |(pair, _)| *pair).ok()?;
        self.pairs.get(at).map(|(_, composed)| *composed)
    }

    pub fn combining_class(&self, c: char) -> CombiningClass {
        // No mark that has one comes before.
        if c < '\u{300}' {
            return 0;
        }
        let at = self.classes.partition_point(|(run, _)| run.end <= u32::from(c));
        self.classes.get(at).filter(|(run, _)| run.contains(&u32::from(c))).map_or(0, |(_, class)| *class)
    }

    pub fn is_mark(&self, c: char) -> bool {
        let at = self.marks.partition_point(|run| run.end <= u32::from(c));
        self.marks.get(at).is_some_and(|run| run.contains(&u32::from(c)))
    }

    fn rows_of(&self, c: char) -> impl Iterator<Item = &DecompositionRow> {
        let page = u32::from(c) as usize >> 8;
        let bound = |page| self.pages.get(page).map_or(self.rows.len(), |row| *row as usize);
        let near = self.rows.get(bound(page)..bound(page + 1)).unwrap_or_default();
        let at = near.partition_point(|row| row.c < c);
        near.iter().skip(at).take_while(move |row| row.c == c)
    }

    fn parts_of(&self, row: &DecompositionRow) -> Option<&[char]> {
        self.parts.get(row.parts.start as usize..row.parts.end as usize)
    }

    fn unpack(&mut self, file: &[u8]) -> Option<()> {
        let mut file = TablesReader(file);
        self.unpack_rows(&mut file)?;
        self.collect_pairs();
        for _ in 0..file.next_number()? {
            let run = file.next_run(self.classes.last().map(|(run, _)| run))?;
            self.classes.push((run, file.next_byte()?));
        }
        for _ in 0..file.next_number()? {
            let run = file.next_run(self.marks.last())?;
            self.marks.push(run);
        }
        Some(())
    }

    fn unpack_rows(&mut self, file: &mut TablesReader<'_>) -> Option<()> {
        let count = file.next_number()?;
        let mut c = 0_u32;
        for _ in 0..count {
            c += file.next_number()?;
            let row = self.rows.len() as u32;
            self.pages.resize(self.pages.len().max((c as usize >> 8) + 1), row);
            self.rows.push(DecompositionRow {
                c: char::from_u32(c)?,
                kind: DecompositionKind::Composed,
                parts: 0..0,
            });
        }
        let mut end = 0_u32;
        for row in &mut self.rows {
            let head = file.next_byte()?;
            row.kind = match head & 3 {
                0 => DecompositionKind::Composed,
                1 => DecompositionKind::Canonical,
                _ => DecompositionKind::Compatible,
            };
            row.parts = end..end + u32::from(head >> 2);
            end = row.parts.end;
        }
        let mut first = 0_u32;
        for row in &self.rows {
            let mut part = first;
            for at in row.parts.clone() {
                part = part.wrapping_add_signed(file.next_distance()?);
                self.parts.push(char::from_u32(part)?);
                if at == row.parts.start {
                    first = part;
                }
            }
        }
        Some(())
    }

    /// The pairs of those with few parts first: a longer one is composed of a shorter one and its last part.
    fn collect_pairs(&mut self) {
        for length in 2.. {
            let of_length = |row: &&DecompositionRow| {
                row.kind == DecompositionKind::Composed && row.parts.len() == length
            };
            let pairs = self.rows.iter().filter(of_length).filter_map(|row| {
                let (last, before) = self.parts_of(row)?.split_last()?;
                let (first, middle) = before.split_first()?;
                let base =
                    middle.iter().try_fold(*first, |so_far, part| self.find_composed(so_far, *part))?;
                Some(([base, *last], row.c))
            });
            let pairs: Vec<_> = pairs.collect();
            if pairs.is_empty() {
                return;
            }
            self.pairs.extend(pairs);
            self.pairs.sort_unstable();
        }
    }
}

/// The rest of the file.
struct TablesReader<'a>(&'a [u8]);

impl TablesReader<'_> {
    fn next_byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn next_number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.next_byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                return Some(number);
            }
        }
    }

    fn next_distance(&mut self) -> Option<i32> {
        let number = self.next_number()?;
        let distance = (number >> 1) as i32;
        Some(if number & 1 == 1 { !distance } else { distance })
    }

    fn next_run(&mut self, before: Option<&Range<u32>>) -> Option<Range<u32>> {
        // The distance is from the last character of the one before, where a range names the one behind.
        let start = before.map_or(0, |run| run.end - 1) + self.next_number()?;
        Some(start..start + self.next_number()? + 1)
    }
}
