//! Accounts at banks: six to nineteen digits that follow no rule, so only where the words around say so; and IBANs (ISO 13616),
//! which have check digits.

use crate::{number::NumberCandidate, text::FoldedText, work};
use std::ops::{Range, RangeInclusive};
use wire::Personal;

/// How long accounts are that may also be called by a word with other meanings.
const USUAL: RangeInclusive<usize> = 8..=19;
/// How long they are at least if the word stands farther off.
const FAR: usize = 10;
/// How long IBANs are, in letters and digits.
const IBAN: RangeInclusive<usize> = 15..=34;

pub fn is_bank_account(number: &NumberCandidate<'_>) -> bool {
    let amount = (number.thousands || number.is_round()) && !number.held;
    let sure = number.is_surely(Personal::BankAccount);
    let least = if number.is_strongly(Personal::BankAccount) { FAR } else { FAR + 2 };
    let far = number.is_called(Personal::BankAccount) && number.len() >= least;
    (far || number.is_directly(Personal::BankAccount))
        && USUAL.contains(&number.len())
        && !number.plus
        && (sure || (number.plain && !amount))
}

pub fn may_be(number: &NumberCandidate<'_>) -> bool {
    (6..=23).contains(&number.len()) && !number.thousands
}

/// The IBANs in `text`: two letters, two digits, then letters and digits in groups of four.
pub fn find_ibans(text: &FoldedText) -> Vec<Range<usize>> {
    let starts = (0..text.folded_bytes().len()).filter(|at| {
        let four = text.slice(*at..at + 4);
        matches!(four, [a, b, c, d] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic()
            && c.is_ascii_digit() && d.is_ascii_digit())
            && !text.byte_before(*at).is_ascii_alphanumeric()
    });
    starts.filter_map(|at| iban_at(text, at)).collect()
}

fn iban_at(text: &FoldedText, from: usize) -> Option<Range<usize>> {
    let mut signs = Vec::new();
    let (mut at, mut best) = (from, None);
    while signs.len() < *IBAN.end() {
        work::count_steps(1);
        let byte = text.byte_at(at);
        if byte.is_ascii_alphanumeric() {
            signs.push(byte);
            at += 1;
            let ends = !text.byte_at(at).is_ascii_alphanumeric();
            if ends && IBAN.contains(&signs.len()) && is_checked(&signs) {
                best = Some(from..at);
            }
        } else if byte == b' ' && text.byte_at(at + 1).is_ascii_alphanumeric() && signs.len() % 4 == 0 {
            at += 1;
        } else {
            break;
        }
    }
    best
}

/// ISO 7064, MOD 97-10.
fn is_checked(signs: &[u8]) -> bool {
    work::count_steps(signs.len());
    let (head, rest) = signs.split_at_checked(4).unwrap_or_default();
    let value = |rest: u32, sign: &u8| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        _ => (rest * 100 + u32::from(sign.wrapping_sub(b'a')) + 10) % 97,
    };
    rest.iter().chain(head).fold(0, value) == 1
        && rest.iter().filter(|sign| sign.is_ascii_digit()).count() >= 8
}
