//! Ways through forms of every shape: groups stay as they are, nothing is asked twice, and the count is kept.

use super::{Answers, FormNavigation, Posted, Screen, asked_fields, find_page, form_pages, next_screen};
use jiff::civil::Date;
use proptest::prelude::*;
use site::{Condition, Field, FieldKind, Form, Text};
use std::collections::BTreeSet;

const TODAY: Date = Date::constant(2026, 11, 24);

/// A form of questions that are answered by yes or no, each of which may hang on an earlier one.
fn form(on: &[Option<(usize, bool)>]) -> Form {
    let id = |at: usize| format!("q{at}");
    let field = |(at, on): (usize, &Option<(usize, bool)>)| Field {
        id: id(at),
        kind: FieldKind::YesNo,
        label: Text::default(),
        help: None,
        optional: false,
        only_if: on.filter(|_| at > 0).map(|(before, is)| Condition {
            field: id(before % at.max(1)),
            is: vec![if is { "yes" } else { "no" }.into()],
        }),
        pattern: None,
    };
    Form {
        intro: None,
        days: None,
        second: String::new(),
        fields: on.iter().enumerate().map(field).collect(),
    }
}

fn posted(go: FormNavigation, page: &str, only: &[String], typed: Answers, one_each: bool) -> Posted {
    let page = page.to_owned();
    Posted { go, page, typed, without: None, refused: Vec::new(), only: only.to_vec(), one_each }
}

/// Answers what is shown until there is nothing more; gives what was shown, page by page, with number and count.
fn walk(
    form: &Form,
    answers: &mut Answers,
    first: Posted,
    says: &[bool],
) -> Vec<(Vec<String>, usize, usize)> {
    let one_each = first.one_each;
    let (mut shown, mut post) = (Vec::new(), first);
    for _ in 0..100 {
        let Screen::Ask { page, wrong } = next_screen(form, answers, &post, TODAY) else { return shown };
        assert!(wrong.is_empty());
        let ids: Vec<String> = page.fields.iter().map(|field| field.id.clone()).collect();
        let say = |id: &String| {
            let at: usize = id.trim_start_matches('q').parse().unwrap();
            (id.clone(), if says[at % says.len()] { "yes" } else { "no" }.to_owned())
        };
        post = posted(FormNavigation::Next, page.id(), &ids, ids.iter().map(say).collect(), one_each);
        shown.push((ids, page.number, page.of));
    }
    panic!("the form never ends: {shown:?}");
}

proptest! {
    #[test]
    fn nothing_is_asked_twice_and_the_count_is_kept(
        on in prop::collection::vec(prop::option::of((0..40_usize, any::<bool>())), 1..30),
        says in prop::collection::vec(any::<bool>(), 1..30),
        one_each: bool,
    ) {
        let (form, mut answers) = (form(&on), Answers::new());
        let shown = walk(&form, &mut answers, posted(FormNavigation::Open, "", &[], Answers::new(), one_each), &says);
        let mut seen = BTreeSet::new();
        let mut most = usize::MAX;
        for (at, (ids, number, of)) in shown.iter().enumerate() {
            prop_assert_eq!(*number, at + 1, "no number is left out");
            prop_assert!(number <= of && *of <= most, "{} of {} after {}", number, of, most);
            prop_assert!(ids.iter().all(|id| seen.insert(id.clone())), "asked twice: {:?}", shown);
            most = *of;
        }
        prop_assert_eq!(seen.len(), asked_fields(&form, &answers).len());
    }

    #[test]
    fn another_answer_asks_only_what_it_brings_in(
        on in prop::collection::vec(prop::option::of((0..40_usize, any::<bool>())), 2..30),
        says in prop::collection::vec(any::<bool>(), 1..30),
        changed in 0..30_usize,
    ) {
        let (form, mut answers) = (form(&on), Answers::new());
        let _first = walk(&form, &mut answers, posted(FormNavigation::Open, "", &[], Answers::new(), false), &says);
        let before: BTreeSet<String> = answers.keys().cloned().collect();
        let fields = asked_fields(&form, &answers);
        let id = fields[changed % fields.len()].id.clone();
        let mut typed = answers.clone();
        let other = if answers[&id] == "yes" { "no" } else { "yes" };
        typed.insert(id.clone(), other.into());
        let whole = find_page(&form, &answers, false, &id).expect("it is asked");
        let ids: Vec<String> = whole.fields.iter().map(|field| field.id.clone()).collect();
        let change = posted(FormNavigation::Next, whole.id(), &ids, typed, false);
        for (ids, number, of) in walk(&form, &mut answers, change, &says) {
            prop_assert!(ids.iter().all(|id| !before.contains(id)), "{:?} was answered", ids);
            prop_assert!(number <= of);
        }
    }

    #[test]
    fn groups_are_the_same_whatever_is_answered(
        on in prop::collection::vec(prop::option::of((0..40_usize, any::<bool>())), 1..30),
        one in prop::collection::vec(any::<bool>(), 30),
        other in prop::collection::vec(any::<bool>(), 30),
    ) {
        let form = form(&on);
        let answers = |says: &[bool]| -> Answers {
            let say = |(at, yes): (usize, &bool)| (format!("q{at}"), if *yes { "yes" } else { "no" }.to_owned());
            says.iter().enumerate().map(say).collect()
        };
        let together = |answers: &Answers| -> BTreeSet<(String, String)> {
            let pairs = |page: super::FormPage<'_>| {
                let ids: Vec<String> = page.fields.iter().map(|field| field.id.clone()).collect();
                ids.iter().flat_map(|a| ids.iter().map(|b| (a.clone(), b.clone()))).collect::<Vec<_>>()
            };
            form_pages(&form, answers, false).into_iter().flat_map(pairs).collect()
        };
        let (one, other) = (answers(&one), answers(&other));
        let both: BTreeSet<String> = {
            let ids = |answers| asked_fields(&form, answers).into_iter().map(|field| field.id.clone()).collect();
            let (a, b): (BTreeSet<String>, BTreeSet<String>) = (ids(&one), ids(&other));
            a.intersection(&b).cloned().collect()
        };
        let shared = |pairs: BTreeSet<(String, String)>| -> BTreeSet<(String, String)> {
            pairs.into_iter().filter(|(a, b)| both.contains(a) && both.contains(b)).collect()
        };
        prop_assert_eq!(shared(together(&one)), shared(together(&other)));
    }
}
