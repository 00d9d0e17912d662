//! Where the digits of a text stand: in groups with signs between, as letters that look like digits, in words.

use crate::{
    text::{FoldedText, HIDDEN, OTHER},
    work,
};
use std::ops::Range;

/// Most that stands between two groups, in characters: ` - `, `) `, ` ... `; and if other signs are among it.
const MAX_GAP: usize = 5;
const MAX_ODD_GAP: usize = 3;
/// Most digits of one number, and most groups: each digit may stand alone.
const MAX_DIGITS: usize = 19;
/// So many digits are a number of their own, whatever sign joins them to the next one.
pub const OWN: usize = 9;
/// So many digits at a stretch are most of a number, and only so few can still belong to it.
const LONG: (usize, usize) = (9, 6);
/// So many digits in words, one after the other, are a number that is spelt.
const SPELT: usize = 5;

/// How a group is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// In digits.
    Digits,
    /// With letters that look like digits: `O9l2`.
    Mixed,
    /// In words.
    Word,
}

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// What people part numbers with.
    Plain,
    /// A sign that parts other things as well, or an emoji.
    Odd(u8),
    /// Something else: they are two numbers.
    Apart,
}

/// Digits at a stretch.
#[derive(Debug, Clone)]
pub struct DigitGroup {
    /// Where it stands.
    pub place: Range<usize>,
    /// Which of [`Groups::digits`] it has.
    digits: Range<usize>,
    written: Written,
    gap: Gap,
    is_date: bool,
}

impl DigitGroup {
    /// Whether it is a part of a date.
    pub fn is_date(&self) -> bool {
        self.is_date
    }

    /// How many digits it has.
    pub fn digit_count(&self) -> usize {
        self.digits.len()
    }
}

/// All digits of a text.
pub struct Groups {
    all: Vec<DigitGroup>,
    digits: Vec<u8>,
}

impl Groups {
    /// Finds them in `text`.
    pub fn find_groups(text: &FoldedText) -> Groups {
        let mut groups = Groups { all: Vec::new(), digits: Vec::new() };
        let mut at = 0;
        while at < text.folded_bytes().len() {
            at = groups.take_next(text, at);
        }
        groups.mark_continuations(text);
        groups.drop_words();
        groups.mark_continuations(text);
        groups.find_dates(text);
        groups
    }

    /// All of them.
    pub fn all_groups(&self) -> &[DigitGroup] {
        &self.all
    }

    /// The digits of `groups`, which are some of these, one after the other.
    pub fn group_digits(&self, groups: &[DigitGroup]) -> &[u8] {
        let start = groups.first().map_or(0, |group| group.digits.start);
        let end = groups.last().map_or(0, |group| group.digits.end);
        self.digits.get(start..end).unwrap_or_default()
    }

    /// As many groups as may be one number, from the one at `first` on.
    pub fn number_candidates(&self, first: usize) -> &[DigitGroup] {
        let (mut total, mut longest, mut count) = (0, 0, 0);
        for group in self.all.get(first..).unwrap_or_default().iter().take(MAX_DIGITS) {
            work::count_steps(1);
            total += group.digit_count();
            longest = longest.max(group.digit_count());
            let (long, rest) = LONG;
            let fits = total <= MAX_DIGITS && !group.is_date && (longest < long || total - longest <= rest);
            if count > 0 && !fits {
                break;
            }
            count += 1;
            // `079203001234 2 bản`
            let aside = self.all.get(first + count).is_none_or(|next| next.digit_count() <= 2);
            if group.gap == Gap::Apart || group.is_date || (group.digit_count() >= long && aside) {
                break;
            }
        }
        self.all.get(first..first + count).unwrap_or_default()
    }

    /// Whether the number of the groups from `first` to before `end` goes on on neither side, as far as signs tell.
    pub fn is_alone(&self, first: usize, end: usize) -> bool {
        let group = |at: usize| self.all.get(at);
        let before = first.checked_sub(1).and_then(group);
        let last = end.checked_sub(1).and_then(group);
        let begins = before.is_none_or(|before| before.gap != Gap::Plain || before.digit_count() >= OWN);
        let ends = last.is_none_or(|last| last.gap != Gap::Plain);
        begins && (ends || group(end).is_none_or(|next| next.digit_count() >= OWN))
    }

    /// Whether what begins with the group at `first` is a number of its own, joined to the one before by one sign.
    pub fn is_own(&self, first: usize) -> bool {
        let joined = first.checked_sub(1).and_then(|at| self.all.get(at)).map(|before| before.gap);
        let rest = self.all.get(first..).unwrap_or_default();
        let mut total = 0;
        for group in rest.iter().take(OWN) {
            work::count_steps(1);
            total += group.digit_count();
            if total >= OWN || group.gap != Gap::Plain {
                break;
            }
        }
        total >= OWN && matches!(joined, Some(Gap::Plain | Gap::Odd(_)))
    }

    /// Takes what is at `at`; where to go on.
    fn take_next(&mut self, text: &FoldedText, at: usize) -> usize {
        let byte = text.byte_at(at);
        if !byte.is_ascii_alphanumeric() {
            return at + 1;
        }
        let may_begin = byte.is_ascii_digit() || matches!(byte, b'o' | b'l' | b'i');
        if let Some(end) =
            may_begin.then(|| digits_at(text, at).or_else(|| double_nought_end(text, at))).flatten()
        {
            let mixed = text.slice(at..end).iter().any(u8::is_ascii_alphabetic);
            let written = if mixed { Written::Mixed } else { Written::Digits };
            let digits: Vec<u8> = text.slice(at..end).iter().map(|byte| look_alike(*byte)).collect();
            self.push_group(at..end, &digits, written);
            return end;
        }
        let end = text.run_end(at, u8::is_ascii_alphabetic);
        if let Some(digit) = spelt_digit(text.slice(at..end)) {
            self.push_group(at..end, &[digit], Written::Word);
        }
        end.max(at + 1)
    }

    fn push_group(&mut self, place: Range<usize>, digits: &[u8], written: Written) {
        let start = self.digits.len();
        self.digits.extend_from_slice(digits);
        let digits = start..self.digits.len();
        self.all.push(DigitGroup { place, digits, written, gap: Gap::Apart, is_date: false });
    }

    /// Says of each group how it goes on.
    fn mark_continuations(&mut self, text: &FoldedText) {
        for at in 0..self.all.len() {
            let next = self.all.get(at + 1).map(|next| next.place.start);
            let Some(group) = self.all.get_mut(at) else { continue };
            group.gap = next.map_or(Gap::Apart, |next| gap_kind(text, group.place.end..next));
        }
    }

    /// A word is a digit only among others: `ba` is a father, `năm` a year.
    fn drop_words(&mut self) {
        let words = |group: &DigitGroup| group.written == Written::Word;
        let mut keep = vec![true; self.all.len()];
        let mut at = 0;
        while let Some(first) = self.all.get(at) {
            let mut size = 1;
            if words(first) {
                let rest = self.all.get(at..).unwrap_or_default();
                let joined = rest
                    .windows(2)
                    .take_while(|pair| matches!(pair, [one, next] if one.gap != Gap::Apart && words(next)));
                size += joined.count();
                if size < SPELT {
                    keep.get_mut(at..at + size).unwrap_or_default().fill(false);
                }
            }
            at += size;
        }
        if keep.iter().all(|keep| *keep) {
            return;
        }
        // The digits of what is left must be one after the other again.
        let old = std::mem::take(&mut self.digits);
        let all = std::mem::take(&mut self.all);
        for (group, _) in all.into_iter().zip(keep).filter(|(_, keep)| *keep) {
            self.push_group(group.place, old.get(group.digits).unwrap_or_default(), group.written);
        }
    }

    fn find_dates(&mut self, text: &FoldedText) {
        for at in 0..self.all.len() {
            if self.all.get(at..at + 3).is_some_and(|three| is_date(text, three)) {
                self.all.iter_mut().skip(at).take(3).for_each(|group| group.is_date = true);
            }
        }
    }
}

/// The end of the digits at `at`, with letters among them that look like digits.
fn digits_at(text: &FoldedText, at: usize) -> Option<usize> {
    let plain = text.run_end(at, u8::is_ascii_digit);
    let mut end = text.run_end(at, |byte| byte.is_ascii_digit() || matches!(byte, b'o' | b'l' | b'i'));
    // What follows is a word, or one stands there that is glued to it.
    if text.byte_at(end).is_ascii_alphabetic() {
        end = text.run_back(end, u8::is_ascii_alphabetic).max(at);
    }
    let tail = end - text.run_back(end, u8::is_ascii_alphabetic).max(at);
    // `93.84I.72`: a capital between digits is a one.
    let goes_on = b".-".contains(&text.byte_at(end)) && text.byte_at(end + 1).is_ascii_digit();
    let one = goes_on && text.is_capital(end - tail..end);
    if tail > 1 || (tail == 1 && text.byte_at(end - 1) == b'i' && !one) {
        end -= tail;
    }
    let slice = text.slice(at..end);
    let letters = slice.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let begins = plain > at || !text.byte_before(at).is_ascii_alphanumeric();
    let mixed = begins && slice.len() > 1 && letters > 0 && letters < slice.len();
    if mixed {
        return Some(end);
    }
    (plain > at).then_some(plain)
}

/// `OO` for two noughts, with digits before and behind.
fn double_nought_end(text: &FoldedText, at: usize) -> Option<usize> {
    let end = text.run_end(at, |byte| *byte == b'o');
    let digit = |at: usize| text.byte_at(at).is_ascii_digit();
    let alone = !text.byte_before(at).is_ascii_alphanumeric() && !text.byte_at(end).is_ascii_alphanumeric();
    (alone && end - at <= 3 && at >= 2 && digit(at - 2) && digit(end + 1)).then_some(end)
}

fn look_alike(byte: u8) -> u8 {
    match byte {
        b'o' => b'0',
        b'l' | b'i' => b'1',
        digit => digit,
    }
}

/// The digit that a word names.
fn spelt_digit(word: &[u8]) -> Option<u8> {
    const WORDS: &[&str] = &[
        "khong|zero|oh|ko",
        "mot|one|un",
        "hai|two|deux",
        "ba|three|trois",
        "bon|tu|four|quatre",
        "nam|lam|five|cinq",
        "sau|six",
        "bay|seven|sept",
        "tam|eight|huit",
        "chin|nine|neuf",
    ];
    if !(2..=6).contains(&word.len()) {
        return None;
    }
    work::count_steps(WORDS.len());
    let named = |words: &&str| words.split('|').any(|each| each.as_bytes() == word);
    let at = WORDS.iter().position(named)?;
    u8::try_from(at).ok().map(|digit| b'0' + digit)
}

fn gap_kind(text: &FoldedText, place: Range<usize>) -> Gap {
    let between = text.slice(place);
    work::count_steps(between.len().min(MAX_GAP + 1));
    if between.len() > MAX_GAP {
        return Gap::Apart;
    }
    let odd = |byte: &&u8| !b" .-_()".contains(byte);
    match between.iter().find(odd) {
        None => Gap::Plain,
        Some(_) if between.len() > MAX_ODD_GAP => Gap::Apart,
        Some(sign)
            if between
                .iter()
                .filter(odd)
                .all(|byte| b"/,*#|~:;'".contains(byte) || *byte == OTHER || *byte == HIDDEN) =>
        {
            Gap::Odd(*sign)
        }
        Some(_) => Gap::Apart,
    }
}

/// `20/07/1990`, `20.7.90`, `1990-07-20`, with nothing joined to it.
fn is_date(text: &FoldedText, three: &[DigitGroup]) -> bool {
    let [one, two, three] = three else { return false };
    let value = |group: &DigitGroup| {
        let digits = text.slice(group.place.start..group.place.end.min(group.place.start + 4));
        digits.iter().fold(0u32, |value, digit| value * 10 + u32::from(digit.wrapping_sub(b'0') % 10))
    };
    let sign = text.byte_at(one.place.end);
    let parted = b"/-.".contains(&sign)
        && one.place.end + 1 == two.place.start
        && text.byte_at(two.place.end) == sign
        && two.place.end + 1 == three.place.start;
    let short =
        |group: &DigitGroup, most: u32| group.digit_count() <= 2 && (1..=most).contains(&value(group));
    let year = |group: &DigitGroup| group.digit_count() == 4 && (1900..=2100).contains(&value(group));
    let brief = |group: &DigitGroup| group.digit_count() == 2 && sign == b'/';
    let dated = (short(one, 31) && short(two, 12) && (year(three) || brief(three)))
        || (year(one) && short(two, 12) && short(three, 31));
    let joins = |byte: u8, beside: u8| b"/-.".contains(&byte) && beside.is_ascii_digit();
    let before =
        joins(text.byte_before(one.place.start), text.byte_before(one.place.start.saturating_sub(1)));
    parted && dated && !before && !joins(text.byte_at(three.place.end), text.byte_at(three.place.end + 1))
}

/// How the groups of a number are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// In digits, parted by spaces, dots, dashes or brackets only.
    Plain,
    /// With one and the same other sign between, with letters for digits, or in words.
    Regular,
    /// Anyhow.
    Wild,
}

/// How `groups` are written.
pub fn spelling_of(groups: &[DigitGroup]) -> Spelling {
    if groups.iter().all(|group| group.written == Written::Word) {
        return Spelling::Regular;
    }
    let inner = groups.get(..groups.len().saturating_sub(1)).unwrap_or_default();
    let mut signs = inner.iter().map(|group| group.gap);
    let first = inner.first().map(|group| group.gap);
    let digits = groups.iter().all(|group| group.written == Written::Digits);
    if digits && signs.clone().all(|gap| gap == Gap::Plain) {
        return Spelling::Plain;
    }
    // `08, 12, 34, 56, 78` are five numbers; `0912/2024/12` is no telephone.
    let listed =
        matches!(first, Some(Gap::Odd(b',' | b';'))) && groups.iter().all(|group| group.digit_count() <= 2);
    if !listed && signs.all(|gap| Some(gap) == first) { Spelling::Regular } else { Spelling::Wild }
}
