//! What is found and what is missed, counted on a corpus, and what must hold for any text.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use privacy::{Personal, PersonalDataMatch, find_personal_data, hide_all, mask_found};
use proptest::prelude::*;
use std::ops::Range;

const CORPUS: &str = include_str!("../../tests/corpus/personal.tsv");
/// Written by somebody who had not seen the rules, which were then changed after what they missed of it.
const DEV: &str = include_str!("../../tests/corpus/personal-dev.tsv");
/// Written by somebody who had not seen the rules; rules are not written after it.
const HELD: &str = include_str!("../../tests/corpus/personal-held.tsv");
const YEAR: u32 = 2026;

/// What each kind must reach: recall and precision in hundredths. Below what is measured, above what would do harm.
const LEAST: &[(Personal, u32, u32)] = &[
    (Personal::CitizenId, 93, 97),
    (Personal::OldId, 93, 97),
    (Personal::Insurance, 93, 97),
    (Personal::TaxCode, 97, 90),
    (Personal::Passport, 90, 90),
    (Personal::Plate, 97, 97),
    (Personal::Phone, 93, 97),
    (Personal::Email, 80, 97),
    (Personal::Card, 97, 97),
    (Personal::BankAccount, 93, 97),
    (Personal::OneTimeCode, 93, 97),
];

struct Line {
    earlier: Vec<String>,
    text: String,
    marked: Vec<PersonalDataMatch>,
}

fn lines() -> Vec<Line> {
    let lines = CORPUS.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').expect("two columns").1).map(read).collect()
}

fn read(line: &str) -> Line {
    let line = line.replace("\\n", "\n");
    let mut parts: Vec<&str> = line.split(" ⏎ ").collect();
    let last = parts.pop().unwrap_or_default();
    let (mut text, mut marked, mut rest) = (String::new(), Vec::new(), last);
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, after) = after.split_once('}').expect("a mark ends");
        let (name, words) = mark.split_once('|').expect("a mark has a kind");
        text += before;
        let kind = Personal::ALL.iter().find(|kind| kind.setting_name() == name).expect("a kind of ours");
        marked.push(PersonalDataMatch { kind: *kind, span: text.len()..text.len() + words.len() });
        text += words;
        rest = after;
    }
    text += rest;
    Line { earlier: parts.into_iter().map(str::to_owned).collect(), text, marked }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[derive(Default, Clone, Copy)]
struct Count {
    marked: u32,
    hit: u32,
    found: u32,
    right: u32,
}

/// A mark is hit if nothing of it stays to be read, whatever it was taken for: it is hidden all the same. What is found
/// is right if it touches a mark of its kind.
#[test]
fn recall_and_precision() {
    let mut counts = vec![Count::default(); Personal::ALL.len()];
    let at = |kind: Personal| Personal::ALL.iter().position(|each| *each == kind).unwrap();
    let mut wrong = Vec::new();
    for line in lines() {
        let found = find_personal_data(&line.text, &line.earlier, YEAR);
        let hidden = mask_found(&line.text, &found);
        for mark in &line.marked {
            let count = &mut counts[at(mark.kind)];
            count.marked += 1;
            let from = line.text[..mark.span.start].chars().count();
            let size = line.text[mark.span.clone()].chars().count();
            let left: String = hidden.chars().skip(from).take(size).collect();
            if left.chars().any(char::is_alphanumeric) {
                wrong.push(format!("missed {}: {}", mark.kind.setting_name(), line.text));
            } else {
                count.hit += 1;
            }
        }
        for each in &found {
            let count = &mut counts[at(each.kind)];
            count.found += 1;
            if line.marked.iter().any(|mark| mark.kind == each.kind && overlap(&mark.span, &each.span)) {
                count.right += 1;
            } else {
                wrong.push(format!("taken for {}: {}", each.kind.setting_name(), line.text));
            }
        }
    }
    let table = table(&counts);
    println!("{table}\n{}", wrong.join("\n"));
    for (kind, recall, precision) in LEAST {
        let Count { marked, hit, found, right } = counts[at(*kind)];
        assert!(hit * 100 >= marked * recall, "recall of {}:\n{table}", kind.setting_name());
        assert!(right * 100 >= found * precision, "precision of {}:\n{table}", kind.setting_name());
    }
    let docs = include_str!("../../docs/privacy.md");
    assert!(docs.contains(&table), "docs/privacy.md should have this table:\n{table}");
}

/// Rows of two columns, how it is typed and the text; hundredths that are hidden and rightly found at least.
#[test]
fn recall_and_precision_on_texts_that_the_rules_were_changed_after() {
    by_another_writer(DEV, 98, 99);
}

/// The aim is 95 and 98 hundredths; what is reached stands in docs/privacy.md.
#[test]
fn recall_and_precision_on_texts_of_another_writer() {
    by_another_writer(HELD, 97, 98);
}

/// The same on texts of another writer, all kinds together: how much of what was typed without disguise is hidden, and how
/// much of what is hidden was personal. The texts are never printed.
fn by_another_writer(corpus: &str, recall: u32, precision: u32) {
    let (mut all, mut disguised) = (Count::default(), Count::default());
    for row in corpus.lines().filter(|line| !line.starts_with('#')) {
        let (style, text) = row.split_once('\t').expect("two columns");
        let line = read(text);
        let found = find_personal_data(&line.text, &line.earlier, YEAR);
        let hidden: Vec<char> = mask_found(&line.text, &found).chars().collect();
        for mark in &line.marked {
            let from = line.text[..mark.span.start].chars().count();
            let size = line.text[mark.span.clone()].chars().count();
            let hit = !hidden[from..from + size].iter().any(|c| c.is_alphanumeric());
            let count = if style == "plain" { &mut all } else { &mut disguised };
            count.marked += 1;
            count.hit += u32::from(hit);
        }
        all.found += found.len() as u32;
        let right =
            |each: &&PersonalDataMatch| line.marked.iter().any(|mark| overlap(&mark.span, &each.span));
        all.right += found.iter().filter(right).count() as u32;
    }
    let Count { marked, hit, found, right } = all;
    println!(
        "{hit} of {marked} hidden, {right} of {found} right; disguised {} of {}",
        disguised.hit, disguised.marked
    );
    assert!(hit * 100 >= marked * recall, "{hit} of {marked} are hidden");
    assert!(right * 100 >= found * precision, "{right} of {found} are personal");
    let docs = include_str!("../../docs/privacy.md");
    let said = format!("{hit} of {marked}, and {right} of {found}");
    assert!(docs.contains(&said), "docs/privacy.md should say: {said}");
}

fn table(counts: &[Count]) -> String {
    let row = |(kind, count): (&Personal, &Count)| {
        let Count { marked, hit, found, right } = count;
        let share = |part: u32, of: u32| f64::from(part) * 100.0 / f64::from(of.max(1));
        let (recall, precision) = (share(*hit, *marked), share(*right, *found));
        format!(
            "| `{}` | {hit} of {marked} | {recall:.0} % | {right} of {found} | {precision:.0} % |",
            kind.setting_name()
        )
    };
    let head = "| kind | hidden | recall | rightly found | precision |\n|---|---|---|---|---|";
    [head.to_owned()]
        .into_iter()
        .chain(Personal::ALL.iter().zip(counts).map(row))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_corpus_is_large_and_has_decoys() {
    let lines = lines();
    assert!(lines.len() >= 300, "{} lines", lines.len());
    assert!(lines.iter().filter(|line| line.marked.is_empty()).count() * 3 >= lines.len());
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 .+()@a-zA-Z-]{0,80}",
        "(cccd|sđt|cmnd|mst|bhxh|hộ chiếu|biển số|stk |otp |mail |a còng|gmail |chấm com|không |chín |ba |năm |sáu |xe |mã hồ sơ|0912|079203|001234|51F|@|\\.vn|•|\u{200b}|０|đồng| |-|\\.){0,24}",
    ]
}

proptest! {
    /// Any text: no panic, spans on characters and in order, everything outside of them untouched, and nothing left to
    /// be found once all is hidden.
    #[test]
    fn hiding_keeps_the_rest(text in texts(), earlier in prop::collection::vec(texts(), 0..5), year in 1900u32..2200) {
        let found = find_personal_data(&text, &earlier, year);
        prop_assert!(found.is_empty() || privacy::may_hold(&text));
        let mut last = 0;
        for each in &found {
            prop_assert!(each.span.start >= last && each.span.start < each.span.end && each.span.end <= text.len());
            prop_assert!(text.get(each.span.clone()).is_some());
            last = each.span.end;
        }
        let hidden = mask_found(&text, &found);
        prop_assert_eq!(hidden.chars().count(), text.chars().count());
        for ((at, before), after) in text.char_indices().zip(hidden.chars()) {
            let inside = found.iter().any(|each| each.span.contains(&at));
            prop_assert!(before == after || (inside && after == privacy::DOT));
            prop_assert!(!(inside && after.is_alphanumeric()), "{:?} stays", after);
        }
        let all = hide_all(&text, &earlier, year, privacy::Kinds::ALL);
        prop_assert_eq!(find_personal_data(&all, &earlier, year), vec![]);
        prop_assert_eq!(all.chars().count(), text.chars().count());
    }
}

/// What of one number came in an earlier message is no number of the present one's.
#[test]
fn earlier_messages_are_no_part_of_a_whole_number() {
    let earlier = ["thẻ 4111 1111".to_owned()];
    let kinds = |text: &str| -> Vec<Personal> {
        find_personal_data(text, &earlier, YEAR).iter().map(|found| found.kind).collect()
    };
    assert_eq!(kinds("4111 1111 1111 1111"), [Personal::Card]);
    assert_eq!(kinds("1111 1111"), [Personal::Card]);
    // Whatever was said before: only its end counts, and the end of a number in it.
    let long = ["0912345678 ".repeat(180)];
    assert_eq!(find_personal_data("sđt của tôi", &long, YEAR), vec![]);
    assert_eq!(find_personal_data("cccd 079203001234", &long, YEAR).len(), 1);
}

/// The longest text there may be, made to be slow, takes a moment and no more work than its length warrants.
#[test]
fn long_texts() {
    let spaced = "1 ".repeat(wire::limits::MAX_SAY_CHARS / 2);
    let named = "cccd 1 ".repeat(wire::limits::MAX_SAY_CHARS / 7);
    for text in [spaced, named] {
        let found = find_personal_data(&text, &[text.clone(), text.clone(), text.clone()], YEAR);
        assert!(found.len() < text.len());
    }
}
