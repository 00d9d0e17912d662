//! One file a kind. A kind that is a number says whether one is it; the others look for themselves.

mod card;
mod citizen_id;
mod email;
mod insurance;
mod old_id;
mod passport;
mod phone;
mod plate;
mod tax_code;

use crate::{
    label::{self, Label},
    number::{self, Number},
    text::Text,
};
use std::ops::Range;
use wire::Personal;

/// Whether a number is of a kind; the year is the present one.
type Is = fn(&Number<'_>, u32) -> bool;

/// The kinds that are numbers, the surest first: a number is of the first kind that takes it.
const NUMBERS: &[(Personal, Is)] = &[
    (Personal::CitizenId, citizen_id::is),
    (Personal::Passport, passport::is),
    (Personal::Insurance, insurance::is),
    (Personal::OldId, old_id::is),
    (Personal::TaxCode, tax_code::is),
    (Personal::Phone, phone::is),
    (Personal::Card, card::is),
];

/// Everything in `text`, what is surer before what it may overlap.
pub fn all(text: &Text, year: u32) -> Vec<(Personal, Range<usize>)> {
    let mut out = email::all(text);
    let groups = number::groups(text);
    out.extend(
        groups.iter().filter_map(|group| plate::at(text, group)).map(|place| (Personal::Plate, place)),
    );
    let mut next = 0;
    while let Some([first, rest @ ..]) = groups.get(next..) {
        let mut run = number::Run::from_first(text, groups.get(next..).unwrap_or_default());
        next += 1;
        while !run.sizes.is_empty() {
            let end = rest.get(run.sizes.len().wrapping_sub(2)).map_or(first.end, |last| last.end);
            let end = if run.sizes.len() == 1 { first.end } else { end };
            if let Some(found) = what(text, &run.digits, &run.sizes, first.start..end, year) {
                out.push(found);
                next += run.sizes.len() - 1;
                break;
            }
            run.shorten();
        }
    }
    out
}

/// What one number is, and where with all that belongs to it.
fn what(
    text: &Text,
    digits: &[u8],
    groups: &[usize],
    place: Range<usize>,
    year: u32,
) -> Option<(Personal, Range<usize>)> {
    if digits.len() < 6 || !number::closes(text, place.end) {
        return None;
    }
    let plus = text.before(place.start) == b'+';
    let label = label::around(text, place.start, place.end);
    let amount = !plus && digits.first() != Some(&b'0') && label::is_counted(text, place.end);
    if label == Some(Label::Nobodys) || (label.is_none() && amount) {
        return None;
    }
    let (start, joined) = number::prefix(text, place.start);
    let thousands = number::is_thousands(groups, digits);
    let prefix = text.slice(start..text.run(start, u8::is_ascii_alphabetic));
    let lettered = Number { digits, groups, plus, prefix, joined, label, thousands };
    let bare = Number { prefix: &[], joined: false, ..lettered };
    let alone = |number: &Number<'_>, from: usize| {
        let kind = NUMBERS.iter().find(|(_, is)| is(number, year))?.0;
        number::opens(text, from).then_some((kind, from..place.end))
    };
    let with = if prefix.is_empty() { None } else { alone(&lettered, start) };
    with.filter(|(kind, _)| matches!(kind, Personal::Passport | Personal::Insurance))
        .or_else(|| alone(&bare, place.start))
}
