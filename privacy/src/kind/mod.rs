//! One file a kind. A kind that is a number says whether one is it; the others look for themselves.

mod bank_account;
mod card;
mod citizen_id;
mod code;
mod email;
mod insurance;
mod old_id;
mod one_time_code;
mod passport;
mod phone;
mod plate;
mod tax_code;

pub use citizen_id::is_citizen_id;

use crate::{
    groups::{self, DigitGroup, Groups, Spelling},
    label::{self, Label, TextLabels},
    number::{self, NumberCandidate},
    text::FoldedText,
    work,
};
use std::ops::{Range, RangeInclusive};
use wire::Personal;

/// Fewest and most digits of anything.
const DIGITS: RangeInclusive<usize> = 3..=23;
/// So far behind a number stands another one of which the same word speaks, in characters.
const BESIDE: usize = 24;

/// A kind that is a number.
struct NumberKind {
    kind: Personal,
    /// Whether a number is of it.
    is: fn(&NumberCandidate<'_>) -> bool,
    /// Whether one may be meant for it that a word right beside it calls so: a digit too many, too few, or wrong.
    may_be: fn(&NumberCandidate<'_>) -> bool,
}

/// The surest first: a number is of the first kind that takes it.
const FORMS: &[NumberKind] = &[
    NumberKind { kind: Personal::CitizenId, is: citizen_id::matches_citizen_id, may_be: citizen_id::may_be },
    NumberKind { kind: Personal::Passport, is: passport::is_passport, may_be: passport::may_be },
    NumberKind { kind: Personal::Insurance, is: insurance::is_insurance, may_be: insurance::may_be },
    NumberKind { kind: Personal::OldId, is: old_id::is_old_id, may_be: old_id::may_be },
    NumberKind { kind: Personal::TaxCode, is: tax_code::is_tax_code, may_be: tax_code::may_be },
    NumberKind { kind: Personal::Phone, is: phone::is_phone, may_be: phone::may_be },
    NumberKind { kind: Personal::Card, is: card::is_card, may_be: card::may_be },
    NumberKind {
        kind: Personal::BankAccount,
        is: bank_account::is_bank_account,
        may_be: bank_account::may_be,
    },
    NumberKind {
        kind: Personal::OneTimeCode,
        is: one_time_code::is_one_time_code,
        may_be: one_time_code::may_be,
    },
];

/// What stands behind a group.
struct GroupEnd {
    closes: bool,
    /// Whether somebody's name follows, as behind an account.
    holder: bool,
    counted: Option<bool>,
    label: Option<Label>,
}

/// A number that was found.
#[derive(Clone)]
struct Last {
    place: Range<usize>,
    kind: Personal,
    digits: usize,
}

/// A text and what was found out about it once.
struct NumberSearch<'a> {
    text: &'a FoldedText,
    labels: &'a TextLabels,
    groups: &'a Groups,
    ends: Vec<GroupEnd>,
    year: u32,
    /// The last number that was found.
    last: Option<Last>,
    /// Whether something else that was found ends there.
    others: Vec<bool>,
}

/// Everything in `text`, what is surer before what it may overlap.
pub fn find_all(text: &FoldedText, year: u32) -> Vec<(Personal, Range<usize>)> {
    let labels = TextLabels::find_labels(text);
    let groups = Groups::find_groups(text);
    let mut out = email::find_emails(text, &labels);
    out.extend(bank_account::find_ibans(text).into_iter().map(|place| (Personal::BankAccount, place)));
    out.extend(plate::find_plates(text, &labels).into_iter().map(|place| (Personal::Plate, place)));
    let end = |(at, group): (usize, &DigitGroup)| GroupEnd {
        closes: number::closes_number(text, &labels, group.place.end) || groups.is_own(at + 1),
        holder: number::is_held(text, group.place.end),
        counted: label::is_counted(text, &labels, group.place.end),
        label: labels.label_after(text, group.place.end),
    };
    let ends = groups.all_groups().iter().enumerate().map(end).collect();
    let mut others = vec![false; text.folded_bytes().len() + 1];
    for (_, place) in &out {
        others.get_mut(place.end..=place.end).unwrap_or_default().fill(true);
    }
    let mut search = NumberSearch { text, labels: &labels, groups: &groups, ends, year, last: None, others };
    let mut next = 0;
    while next < groups.all_groups().len() {
        let run = groups.number_candidates(next);
        let (found, size) =
            search.longest_number(next, run).map_or((None, 1), |(found, size)| (Some(found), size));
        if let Some((kind, place)) = &found {
            let digits: usize = run.iter().take(size).map(DigitGroup::digit_count).sum();
            search.last = Some(Last { place: place.clone(), kind: *kind, digits });
        }
        out.extend(found);
        next += size.max(1);
    }
    out.extend(code::find_codes(text, &labels));
    out
}

impl NumberSearch<'_> {
    /// Whether something that was found ends right before the sign before `at`.
    fn is_behind_another(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|at| self.others.get(at)) == Some(&true)
    }

    /// The longest number that begins with the group at `first`, and how many of the groups `run` it has.
    fn longest_number(&self, first: usize, run: &[DigitGroup]) -> Option<((Personal, Range<usize>), usize)> {
        let from = run.first()?.place.start;
        if self.groups.group_digits(run).len() < *DIGITS.start() {
            return None;
        }
        let [before, other] = self.labels.labels_before(self.text, from);
        let before = before.or_else(|| self.past_the_last(from)).or_else(|| self.like_the_last(from, run));
        let found = self.labelled_number(first, run, before);
        found.or_else(|| other.and_then(|other| self.labelled_number(first, run, Some(other))))
    }

    /// `cmnd bố em 024512345, mẹ em 024598765`: what a word said of the number before.
    fn like_the_last(&self, from: usize, run: &[DigitGroup]) -> Option<Label> {
        let &Last { ref place, kind, digits } = self.last.as_ref()?;
        let card = matches!(kind, Personal::CitizenId | Personal::OldId);
        let mut size = 0;
        let alike = run.iter().any(|group| {
            work::count_steps(1);
            size += group.digit_count();
            size == digits || (card && matches!(size, 9 | 12))
        });
        let close = from.checked_sub(place.end).is_some_and(|between| between <= BESIDE);
        (close && alike).then_some(Label::Is { kind, strong: true, direct: false })
    }

    /// `mã OTP gửi về số 0912345678 là 123456`: what a word said before a telephone's number.
    fn past_the_last(&self, from: usize) -> Option<Label> {
        let last = self.last.as_ref().filter(|last| last.kind == Personal::Phone)?;
        let says = from.checked_sub(last.place.end).is_some_and(|between| between <= BESIDE)
            && self.labels.assigns_elsewhere(self.text, from);
        let code =
            |label: &Label| matches!(label, Label::Is { kind: Personal::OneTimeCode, strong: true, .. });
        says.then(|| self.labels.labels_before(self.text, last.place.start))
            .into_iter()
            .flatten()
            .flatten()
            .find(code)
    }

    /// The same, if the words before say `before` of it.
    fn labelled_number(
        &self,
        first: usize,
        run: &[DigitGroup],
        before: Option<Label>,
    ) -> Option<((Personal, Range<usize>), usize)> {
        let sizes = || (1..=run.len()).rev();
        let sure = |size: usize| {
            self.classify_number(first, run.get(..size)?, before, false).map(|found| (found, size))
        };
        // The plainest wins: what is only nearly right may have swallowed what stands behind it.
        let close = |size: usize| {
            self.classify_number(first, run.get(..size)?, before, true).map(|found| (found, size))
        };
        sizes().find_map(sure).or_else(|| sizes().find_map(close))
    }

    /// What the number made of `groups` is, and where with all that belongs to it.
    fn classify_number(
        &self,
        first: usize,
        groups: &[DigitGroup],
        before: Option<Label>,
        nearly: bool,
    ) -> Option<(Personal, Range<usize>)> {
        let text = self.text;
        let digits = self.groups.group_digits(groups);
        work::count_steps(1);
        if !DIGITS.contains(&digits.len()) {
            return None;
        }
        let end = self.ends.get(first + groups.len() - 1)?;
        let place = groups.first()?.place.start..groups.last()?.place.end;
        let (start, joined) = number::prefix_letters(text, place.start);
        let prefix = text.slice(start..text.run_end(start, u8::is_ascii_alphabetic));
        let direct = before.is_some_and(Label::is_direct);
        let label = if direct { before } else { end.label.or(before) };
        // `bhyt HS 4 48 …`: the letters of a card, which mean a file elsewhere.
        let card = label == Some(Label::Nobodys) && prefix.len() == 2 && digits.len() == 13;
        let label =
            if card { insurance_label(self.labels.labels_before(text, start)).or(label) } else { label };
        let sure = label.is_some_and(Label::is_sure);
        let plus = text.byte_before(place.start) == b'+';
        let code = matches!(label, Some(Label::Is { kind: Personal::OneTimeCode, .. }));
        // What may be a unit is none if a word says what the number is, unless it is a round sum.
        let counted = end.counted.is_some_and(|clear| clear || !sure || code || digits.ends_with(b"000"));
        let amount = !plus && digits.first() != Some(&b'0') && counted;
        let dated = groups.iter().any(DigitGroup::is_date);
        if label == Some(Label::Nobodys)
            || amount
            || (!direct && number::is_decimal(text, groups))
            || dated
            || (phone::is_landline(digits) && self.labels.is_of_agency(text, place.start))
            || !(end.closes || sure)
        {
            return None;
        }
        let spelling = groups::spelling_of(groups);
        if spelling == Spelling::Wild && !sure {
            return None;
        }
        let lettered = NumberCandidate {
            digits,
            groups,
            plus,
            prefix,
            joined,
            label,
            thousands: number::is_thousands(groups, digits),
            plain: spelling == Spelling::Plain,
            alone: self.groups.is_alone(first, first + groups.len()),
            held: end.holder,
            year: self.year,
        };
        let bare = NumberCandidate { prefix: &[], joined: false, ..lettered };
        // What a word behind says is no reason to take the end of a longer code.
        let led = direct || (sure && !number::ends_code(text, place.start));
        // `0912 345 678/0987 654 321`
        let ends = self.last.as_ref().map(|last| last.place.end);
        let before_it = ends.is_some_and(|end| end + 1 == place.start) || self.is_behind_another(place.start);
        let alone = |number: &NumberCandidate<'_>, from: usize| {
            let kind = if nearly { nearly_of(number) } else { kind_of(number) }?;
            let named = kind == Personal::Phone && number::is_after_name(text, self.labels, from);
            let opens = led || before_it || named || number::opens_number(text, self.labels, from);
            opens.then_some((kind, from..place.end))
        };
        let with = if prefix.is_empty() { None } else { alone(&lettered, start) };
        with.filter(|(kind, _)| matches!(kind, Personal::Passport | Personal::Insurance))
            .or_else(|| alone(&bare, place.start))
    }
}

/// The one of `labels` that speaks of insurance.
fn insurance_label(labels: [Option<Label>; 2]) -> Option<Label> {
    let named = |label: &Label| matches!(label, Label::Is { kind: Personal::Insurance, .. });
    labels.into_iter().flatten().find(named)
}

/// The kind of `number`, if it has the right form for it.
fn kind_of(number: &NumberCandidate<'_>) -> Option<Personal> {
    let called = FORMS.iter().find(|form| number.is_surely(form.kind));
    if let Some(form) = called.filter(|form| (form.is)(number)) {
        return Some(form.kind);
    }
    let found = FORMS.iter().find(|form| (form.is)(number))?;
    // A word says otherwise, and it may be that with a slip.
    let other = |form: &&NumberKind| !matches!(form.kind, Personal::CitizenId | Personal::OldId);
    let meant = called.filter(other).filter(|form| (form.may_be)(number)).map(|form| form.kind);
    Some(meant.unwrap_or(found.kind))
}

/// The kind that a word right beside `number` calls it, if it nearly has the form.
fn nearly_of(number: &NumberCandidate<'_>) -> Option<Personal> {
    let form = FORMS.iter().find(|form| number.is_surely(form.kind))?;
    let old = form.kind == Personal::CitizenId && number.len() <= 10;
    let new = form.kind == Personal::OldId && number.len() > 10;
    let kind = if old {
        Personal::OldId
    } else if new {
        Personal::CitizenId
    } else {
        form.kind
    };
    (form.may_be)(number).then_some(kind)
}
