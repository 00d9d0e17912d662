//! The words around a number that tell what it is, or that it is nobody's. They are found once a text.

mod counted;
mod words;

use crate::{
    text::{FoldedText, HIDDEN},
    work,
};
pub use counted::is_counted;
use std::ops::Range;
use wire::Personal;
use words::LabelMeaning;

/// How far from the number a word may stand, in characters.
const REACH: usize = 48;
/// So many digits in between are another number, and the word was about that one.
const OTHER_NUMBER: usize = 7;
/// Digits at a stretch that may stand between a word and its number: `CMND (9 số): …`.
const ASIDE: usize = 2;
/// So many signs may stand where a word has a space.
const MAX_SIGNS: usize = 2;

/// What the words around a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// It is one of these.
    Is {
        /// Of what kind.
        kind: Personal,
        /// Whether the word means nothing else.
        strong: bool,
        /// Whether it stands right beside it.
        direct: bool,
    },
    /// It is the number of a file, an order, a law.
    Nobodys,
}

impl Label {
    /// Whether it stands right beside the number and leaves no doubt: then a digit may be missing.
    pub fn is_sure(self) -> bool {
        matches!(self, Label::Is { strong: true, direct: true, .. })
    }

    /// Whether it stands right beside the number.
    pub fn is_direct(self) -> bool {
        matches!(self, Label::Nobodys | Label::Is { direct: true, .. })
    }
}

/// What a character belongs to, from what parts a word from its number to what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CharRole {
    Word,
    Particle,
    Link,
    Label,
    Sign,
}

/// Who speaks, and whose a number is then.
const OWN: &[&[u8]] = &[b"toi", b"em", b"minh", b"tui", b"con", b"nha", b"me", b"my", b"mine", b"mon"];
/// What says that one thing is the other.
const IS: &[&[u8]] = &[b"la", b"is", b"est"];

#[derive(Debug, Clone)]
struct Mark {
    place: Range<usize>,
    meaning: LabelMeaning,
}

/// The words of a text that say something.
pub struct TextLabels {
    /// Those that name something, none within another: in the order of their starts and of their ends.
    marks: Vec<Mark>,
    /// What each character belongs to.
    parts: Vec<CharRole>,
}

impl TextLabels {
    /// Finds them in `text`.
    pub fn find_labels(text: &FoldedText) -> TextLabels {
        let mut table: [Vec<(&'static [u8], LabelMeaning)>; 26] = Default::default();
        for (meaning, list) in words::WORDS {
            for word in list.split('|') {
                if let Some(bucket) = word.bytes().next().and_then(|first| table.get_mut(letter_slot(first)))
                {
                    bucket.push((word.as_bytes(), *meaning));
                }
            }
        }
        let bytes = text.folded_bytes();
        let sign = |byte: &u8| if byte.is_ascii_alphanumeric() { CharRole::Word } else { CharRole::Sign };
        let mut labels = TextLabels { marks: Vec::new(), parts: bytes.iter().map(sign).collect() };
        let mut before = b' ';
        let mut digits = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if byte.is_ascii_digit() {
                digits += 1;
            } else {
                if digits > 0 && digits <= ASIDE {
                    labels.set_part(at - digits..at, CharRole::Link);
                }
                digits = 0;
            }
            let begins = byte.is_ascii_alphabetic() && !before.is_ascii_alphabetic();
            let inside = byte.is_ascii_alphabetic() && !begins;
            before = *byte;
            if !begins && !inside {
                continue;
            }
            let bucket = table.get(letter_slot(*byte)).map(Vec::as_slice).unwrap_or_default();
            labels.add_longest_match(text, at, bucket, inside);
        }
        labels
    }

    /// Takes the longest of `words` that stands at `at`; inside of a longer word only what can be nothing else.
    fn add_longest_match(
        &mut self,
        text: &FoldedText,
        at: usize,
        words: &[(&'static [u8], LabelMeaning)],
        inside: bool,
    ) {
        let mut best: Option<(usize, LabelMeaning)> = None;
        for (word, meaning) in words {
            work::count_steps(1);
            let glued = is_unmistakable(word);
            if inside && !glued {
                continue;
            }
            let Some(end) = match_word(text, at, word) else { continue };
            let whole = !text.byte_at(end).is_ascii_alphabetic();
            let fits = whole || (glued && !inside);
            if fits && best.is_none_or(|(longest, _)| end > longest) {
                best = Some((end, *meaning));
            }
        }
        let Some((end, meaning)) = best else { return };
        // `ho so cua toi` holds no `so cua toi`.
        let covers = |last: &Mark| last.place.end >= end || (last.place.end > at && last.meaning != meaning);
        if self.marks.last().is_some_and(covers) {
            return;
        }
        let part = match meaning {
            LabelMeaning::Link => CharRole::Link,
            LabelMeaning::Particle | LabelMeaning::Agency | LabelMeaning::Bank => CharRole::Particle,
            LabelMeaning::Is(_) | LabelMeaning::Maybe(_) | LabelMeaning::Nobodys => CharRole::Label,
        };
        // `cccdcuatoila079…`: all of the word leads to the number.
        let rest = text.run_end(end, u8::is_ascii_alphabetic);
        self.set_part(end..rest, CharRole::Link);
        self.set_part(at..end, part);
        if part == CharRole::Label || meaning == LabelMeaning::Agency {
            self.marks.push(Mark { place: at..end, meaning });
        }
    }

    fn set_part(&mut self, place: Range<usize>, part: CharRole) {
        let known = self.parts.get_mut(place).unwrap_or_default();
        known.iter_mut().for_each(|known| *known = part.max(*known));
    }

    /// What the words before `from` say: one right beside it, or else one farther off; and if two stand there, what the
    /// other one says, in the second place.
    pub fn labels_before(&self, text: &FoldedText, from: usize) -> [Option<Label>; 2] {
        let mut first = None;
        // A paper on which the number stands: it counts if no word says what the number is.
        let mut paper = None;
        let (particles, links) = (self.back_to(from, CharRole::Particle), self.back_to(from, CharRole::Link));
        let barrier = lookback_limit(text, from);
        let assigned = || self.assigns_elsewhere(text, from);
        let upto = self.marks.partition_point(|mark| mark.place.end <= from);
        for mark in self.marks.get(..upto).unwrap_or_default().iter().rev() {
            work::count_steps(1);
            let end = mark.place.end;
            if end < barrier {
                break;
            }
            match mark.meaning {
                // It says nothing of a number.
                LabelMeaning::Is(Personal::Email) => {}
                LabelMeaning::Is(kind) | LabelMeaning::Maybe(kind) => {
                    let direct = end >= particles || (assigned() && !is_sentence_break(text, end..from));
                    let label =
                        Label::Is { kind, strong: matches!(mark.meaning, LabelMeaning::Is(_)), direct };
                    match first {
                        None if direct => first = Some(label),
                        None => return [Some(label), None],
                        // `thẻ ghi nợ Agribank`: what is meant is what can mean nothing else.
                        Some(Label::Is { strong: false, .. }) if label.is_sure() => {
                            return [Some(label), first];
                        }
                        Some(_) => return [first, Some(label).filter(|_| direct)],
                    }
                }
                LabelMeaning::Nobodys
                    if end >= links && first.is_none() && self.is_place(text, mark.place.start) =>
                {
                    paper = Some(Label::Nobodys);
                }
                LabelMeaning::Nobodys if end >= links => return [first.or(Some(Label::Nobodys)), None],
                _ => {}
            }
        }
        [first.or(paper), None]
    }

    /// Whether the word before `at` says that something stands on what is named there: `trên hợp đồng`.
    fn is_place(&self, text: &FoldedText, at: usize) -> bool {
        let end = text.run_back(at, |byte| *byte == b' ');
        let start = text.run_back(end, u8::is_ascii_alphabetic);
        end < at && matches!(text.slice(start..end), b"tren" | b"trong" | b"on" | b"sur")
    }

    /// What the words right behind `to` say.
    pub fn label_after(&self, text: &FoldedText, to: usize) -> Option<Label> {
        let reach = text.folded_bytes().len().min(to.saturating_add(REACH));
        let said = self.is_said(text, to);
        let close = |part: &&CharRole| **part != CharRole::Label && (said || **part != CharRole::Word);
        let size = self.parts.get(to..reach).unwrap_or_default().iter().take_while(close).count();
        work::count_steps(size);
        let start = to + size;
        if said && is_sentence_break(text, to..start) {
            return None;
        }
        // Marks are in the order of their ends; one that begins at `start` ends within reach of it.
        let from = self.marks.partition_point(|mark| mark.place.end <= start);
        let list = self.marks.get(from..).unwrap_or_default();
        let here = list.iter().take_while(|mark| mark.place.start <= start);
        let mark = here.filter(|mark| mark.place.start == start).last()?;
        // It belongs to the number behind it, if there is one.
        let after = self.skip_forward(mark.place.end);
        let aside = text.slice(to..start).contains(&b'(') && text.byte_at(mark.place.end) == b')';
        let taken = !said && !aside && text.run_end(after, u8::is_ascii_digit) - after > ASIDE;
        let named = said || text.slice(to..start).contains(&b'(');
        match mark.meaning {
            LabelMeaning::Is(Personal::Email) => None,
            LabelMeaning::Is(kind) if !taken => Some(Label::Is { kind, strong: true, direct: true }),
            LabelMeaning::Maybe(kind) if !taken => Some(Label::Is { kind, strong: false, direct: true }),
            LabelMeaning::Nobodys if named => Some(Label::Nobodys),
            _ => None,
        }
    }

    /// Whether what stands right before `from` says that a word farther off is meant: `mã OTP của quý khách là …`.
    pub fn assigns_elsewhere(&self, text: &FoldedText, from: usize) -> bool {
        let end = text.run_back(from, |byte| !byte.is_ascii_alphanumeric());
        let signs = text.slice(end..from);
        let start = text.run_back(end, u8::is_ascii_alphabetic);
        signs.iter().any(|sign| b":=".contains(sign)) || IS.contains(&text.slice(start..end))
    }

    /// Whether a word that says what a number before `from` is stands right before `from`, for e-mail.
    pub fn is_email_before(&self, text: &FoldedText, from: usize) -> bool {
        let particles = self.back_to(from, CharRole::Particle);
        let upto = self.marks.partition_point(|mark| mark.place.end <= from);
        let last = upto.checked_sub(1).and_then(|last| self.marks.get(last));
        let email = |mark: &&Mark| mark.meaning == LabelMeaning::Is(Personal::Email);
        last.filter(email)
            .is_some_and(|mark| mark.place.end >= particles || self.assigns_elsewhere(text, from))
    }

    /// Whether what follows a number at `to` says what it is: `… là mã của tôi`.
    fn is_said(&self, text: &FoldedText, to: usize) -> bool {
        let start = text.run_end(to, |byte| !byte.is_ascii_alphanumeric());
        let end = text.run_end(start, u8::is_ascii_alphabetic);
        IS.contains(&text.slice(start..end)) && !is_sentence_break(text, to..start)
    }

    /// Where what may stand between a word and a number at `from` begins.
    fn back_to(&self, from: usize, least: CharRole) -> usize {
        let window = self.parts.get(from.saturating_sub(REACH)..from).unwrap_or_default();
        let size = window.iter().rev().take_while(|part| **part >= least).count();
        work::count_steps(size);
        from - size
    }

    /// Where what may stand between a word that ends at `from` and its number ends.
    fn skip_forward(&self, from: usize) -> usize {
        let window = self.parts.get(from..).unwrap_or_default().iter().take(REACH);
        let close = |part: &&CharRole| matches!(part, CharRole::Particle | CharRole::Link | CharRole::Sign);
        from + window.take_while(close).count()
    }

    /// Whether what ends at `at` is a word that names a kind or may stand before what it names.
    pub fn leads_to_number(&self, at: usize) -> bool {
        let part = at.checked_sub(1).and_then(|at| self.parts.get(at));
        part.is_some_and(|part| matches!(part, CharRole::Particle | CharRole::Link | CharRole::Label))
            && !self.is_nobodys(at)
    }

    /// Whether what ends at `at` is a word that names a kind.
    pub fn names_kind(&self, at: usize) -> bool {
        let part = at.checked_sub(1).and_then(|at| self.parts.get(at));
        part == Some(&CharRole::Label) && !self.is_nobodys(at)
    }

    /// Whether a file's, an order's or a law's name ends at `at`.
    pub fn is_nobodys(&self, at: usize) -> bool {
        let from = self.marks.partition_point(|mark| mark.place.end < at);
        let here = self.marks.get(from..).unwrap_or_default().iter().take_while(|mark| mark.place.end == at);
        here.into_iter().any(|mark| mark.meaning == LabelMeaning::Nobodys)
    }

    /// Whether what begins at `from` is said to be an agency's: one is named before it, and nobody of one's own.
    pub fn is_of_agency(&self, text: &FoldedText, from: usize) -> bool {
        let upto = self.marks.partition_point(|mark| mark.place.end <= from);
        let near = self.marks.get(..upto).unwrap_or_default().iter().rev().take_while(|mark| {
            work::count_steps(1);
            mark.place.end + REACH > from
        });
        let own = |between: &[u8]| {
            work::count_steps(between.len());
            between.split(|byte| !byte.is_ascii_alphabetic()).any(|word| OWN.contains(&word))
        };
        let mut agencies = near.filter(|mark| mark.meaning == LabelMeaning::Agency);
        agencies.next().is_some_and(|mark| {
            let between = mark.place.end..from;
            !is_sentence_break(text, between.clone()) && !own(text.slice(between))
        })
    }

    /// Whether the word that begins at `at` may stand right behind a number: `0912345678ạ`.
    pub fn follows_number(&self, at: usize) -> bool {
        self.parts
            .get(at)
            .is_some_and(|part| matches!(part, CharRole::Particle | CharRole::Link | CharRole::Label))
    }
}

fn letter_slot(letter: u8) -> usize {
    usize::from(letter.wrapping_sub(b'a'))
}

/// Short forms that stand in no other word, so that they are found in `cccdcuatoi` and `socccd` too.
fn is_unmistakable(word: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[b"cccd", b"cmnd", b"cmtnd", b"bhxh", b"bhyt", b"sdt", b"stk", b"dtdd"];
    WORDS.contains(&word)
}

/// Where `word` ends that begins at `at`, if it does.
fn match_word(text: &FoldedText, at: usize, word: &[u8]) -> Option<usize> {
    let mut end = at;
    for byte in word {
        work::count_steps(1);
        if *byte == b' ' {
            let signs = text.slice(end..end + MAX_SIGNS).iter().take_while(|sign| b" -_./".contains(sign));
            end += signs.count();
        } else if text.slice(end..end + 1) == [*byte] {
            end += 1;
        } else {
            return None;
        }
    }
    Some(end)
}

/// Whether a sentence ends, or a number stands, in `place`. A digit or two count something: `thiếu 1 số`.
fn is_sentence_break(text: &FoldedText, place: Range<usize>) -> bool {
    work::count_steps(place.len());
    let mut digits = 0;
    let number = |byte: &u8| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits > ASIDE
    };
    let slice = text.slice(place);
    slice.iter().any(|byte| b".?!;".contains(byte)) || slice.iter().any(number)
}

/// How far back from `from` words may be about what begins there: not past another number.
fn lookback_limit(text: &FoldedText, from: usize) -> usize {
    let mut digits = 0;
    let window = text.slice(from.saturating_sub(REACH)..from);
    work::count_steps(window.len());
    for (back, byte) in window.iter().rev().enumerate() {
        digits += usize::from(byte.is_ascii_digit() || *byte == HIDDEN);
        if digits >= OTHER_NUMBER {
            return from - back;
        }
    }
    from - window.len()
}
