//! What was measured, in figures and in words.

use super::Judged;
use crate::out::say;
use serde::Serialize;
use std::collections::BTreeMap;

/// Fewer phrases than this are too few for an intent.
const THIN: usize = 8;
/// From this probability on, a phrase that is taken for another intent probably belongs there.
const MISPLACED: f32 = 0.5;
/// Items of a list that are printed; `--json` has all.
const SHOWN: usize = 10;

/// All that `hoi score` says. Shares are percent.
#[derive(Debug, Serialize)]
pub struct ScoreReport {
    pub texts: usize,
    /// In scope, and the first intent is right.
    pub accuracy: f64,
    /// In scope, right, and not rejected.
    pub accepted: f64,
    pub out_of_scope: Option<OutOfScope>,
    pub by_language: Vec<GroupScore>,
    pub by_length: Vec<GroupScore>,
    /// Pairs of intents that are taken for each other, most often first.
    pub confused: Vec<Confused>,
    /// Phrases that look as if they stood in the wrong intent.
    pub misplaced: Vec<Misplaced>,
    /// Intents with too few phrases.
    pub thin: Vec<Thin>,
    /// What to do next, most useful first.
    pub advice: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct OutOfScope {
    pub texts: usize,
    /// How many of them are rejected.
    pub recall: f64,
    /// The chance that a text in scope scores above one that is not.
    pub auroc: f64,
}

#[derive(Debug, Serialize)]
pub struct GroupScore {
    pub name: String,
    pub texts: usize,
    pub accuracy: f64,
}

#[derive(Debug, Serialize)]
pub struct Confused {
    pub intent: String,
    pub taken_for: String,
    pub texts: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Misplaced {
    pub text: String,
    pub intent: String,
    pub looks_like: String,
    pub p: f32,
}

#[derive(Debug, Serialize)]
pub struct Thin {
    pub intent: String,
    pub phrases: usize,
}

impl ScoreReport {
    /// `phrases` is how many each intent was taught, where that is known.
    pub fn from_judged(judged: &[Judged], phrases: &BTreeMap<String, usize>) -> ScoreReport {
        let inside: Vec<&Judged> = judged.iter().filter(|one| one.intent.is_some()).collect();
        let mut report = ScoreReport {
            texts: judged.len(),
            accuracy: percent_of(&inside, |one| one.is_right()),
            accepted: percent_of(&inside, |one| one.is_right() && !one.is_rejected()),
            out_of_scope: out_of_scope(judged),
            by_language: group_scores(&inside, |one| one.lang.clone()),
            by_length: group_scores(&inside, |one| length_group(&one.text).to_owned()),
            confused: confused_pairs(&inside),
            misplaced: misplaced_texts(&inside),
            thin: thin_intents(phrases),
            advice: Vec::new(),
        };
        report.advice = report.advice_lines();
        report
    }

    fn advice_lines(&self) -> Vec<String> {
        let mut advice = Vec::new();
        for pair in self.confused.iter().filter(|pair| pair.texts.len() > 1).take(3) {
            let (a, b, n) = (&pair.intent, &pair.taken_for, pair.texts.len());
            advice.push(format!(
                "{n} phrases of {a} are taken for {b}: say in {a} what only it has, or make them one intent"
            ));
        }
        for phrase in self.misplaced.iter().take(3) {
            let Misplaced { text, intent, looks_like, .. } = phrase;
            advice.push(format!(
                "\"{text}\" stands in {intent} and reads like {looks_like}: move it, or reword it"
            ));
        }
        for intent in self.thin.iter().take(3) {
            advice.push(format!("{} has {} phrases: write {THIN} or more", intent.intent, intent.phrases));
        }
        match &self.out_of_scope {
            None => advice
                .push("nothing is out of scope here: add sentences that no intent should answer".to_owned()),
            Some(out) if out.recall < 60.0 => advice.push(format!(
                "only {:.0} % of what is out of scope is rejected: add more such sentences",
                out.recall
            )),
            Some(_) => {}
        }
        advice
    }

    /// Prints it for a person.
    pub fn print_report(&self) {
        say!(
            "{} texts   {:.1} % first   {:.1} % first and not rejected",
            self.texts,
            self.accuracy,
            self.accepted
        );
        if let Some(OutOfScope { texts, recall, auroc }) = &self.out_of_scope {
            say!("{texts} out of scope   {recall:.1} % rejected   AUROC {auroc:.1}");
        }
        for (title, groups) in [("by language", &self.by_language), ("by length", &self.by_length)] {
            say!("\n{title}");
            groups.iter().for_each(|group| {
                say!("  {:<16}{:>6} texts {:>6.1} %", group.name, group.texts, group.accuracy)
            });
        }
        print_list("confused", &self.confused, |pair| {
            let first = pair.texts.first().map_or("", String::as_str);
            format!("{:>3} × {} taken for {}: {first}", pair.texts.len(), pair.intent, pair.taken_for)
        });
        print_list("perhaps in the wrong intent", &self.misplaced, |one| {
            format!("{:>3.0} % {}, stands in {}: {}", one.p * 100.0, one.looks_like, one.intent, one.text)
        });
        print_list("too few phrases", &self.thin, |one| format!("{:>3} {}", one.phrases, one.intent));
        print_list("what to do next", &self.advice, String::clone);
    }
}

fn print_list<T>(title: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    say!("\n{title}");
    items.iter().take(SHOWN).for_each(|item| say!("  {}", line(item)));
    if items.len() > SHOWN {
        say!("  … and {} more (--json has all)", items.len() - SHOWN);
    }
}

/// The share of `texts` that `is` so, in percent.
fn percent_of(texts: &[&Judged], is: impl Fn(&Judged) -> bool) -> f64 {
    100.0 * texts.iter().filter(|one| is(one)).count() as f64 / texts.len().max(1) as f64
}

fn group_scores(texts: &[&Judged], name: impl Fn(&Judged) -> String) -> Vec<GroupScore> {
    let mut by_name: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
    for text in texts {
        by_name.entry(name(text)).or_default().push(text);
    }
    let group = |(name, texts): (String, Vec<&Judged>)| {
        let accuracy = percent_of(&texts, |one| one.is_right());
        GroupScore { name, texts: texts.len(), accuracy }
    };
    by_name.into_iter().map(group).collect()
}

/// Which group of lengths a text is of.
fn length_group(text: &str) -> &'static str {
    match text.split_whitespace().count() {
        0..=2 => "1-2 words",
        3..=5 => "3-5 words",
        6..=9 => "6-9 words",
        _ => "more words",
    }
}

fn confused_pairs(inside: &[&Judged]) -> Vec<Confused> {
    let mut pairs: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for one in inside.iter().filter(|one| !one.is_right()) {
        let intent = one.intent.as_deref().unwrap_or_default();
        pairs.entry((intent, one.top_intent())).or_default().push(one.text.clone());
    }
    let pair = |((intent, top), texts): ((&str, &str), Vec<String>)| Confused {
        intent: intent.to_owned(),
        taken_for: top.to_owned(),
        texts,
    };
    let mut pairs: Vec<Confused> = pairs.into_iter().map(pair).collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.texts.len()));
    pairs
}

fn misplaced_texts(inside: &[&Judged]) -> Vec<Misplaced> {
    let mut out: Vec<Misplaced> = inside
        .iter()
        .filter_map(|one| {
            let ((looks_like, p), intent) = (one.ranked.first()?, one.intent.as_ref()?);
            let nowhere = !one.ranked.iter().any(|(other, _)| other == intent);
            (nowhere && *p >= MISPLACED).then(|| Misplaced {
                text: one.text.clone(),
                intent: intent.clone(),
                looks_like: looks_like.clone(),
                p: *p,
            })
        })
        .collect();
    out.sort_by(|a, b| b.p.total_cmp(&a.p));
    out
}

fn thin_intents(phrases: &BTreeMap<String, usize>) -> Vec<Thin> {
    let few = phrases.iter().filter(|(_, phrases)| **phrases < THIN);
    let mut thin: Vec<Thin> =
        few.map(|(intent, phrases)| Thin { intent: intent.clone(), phrases: *phrases }).collect();
    thin.sort_by_key(|thin| thin.phrases);
    thin
}

fn out_of_scope(judged: &[Judged]) -> Option<OutOfScope> {
    let (inside, outside): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|one| one.intent.is_some());
    let mut scores: Vec<f32> = outside.iter().map(|one| one.score).collect();
    scores.sort_by(f32::total_cmp);
    let above = |one: &&Judged| {
        let below = scores.partition_point(|score| *score < one.score);
        let same = scores.partition_point(|score| *score <= one.score) - below;
        below as f64 + same as f64 / 2.0
    };
    let auroc =
        100.0 * inside.iter().map(above).sum::<f64>() / (inside.len().max(1) * outside.len().max(1)) as f64;
    let recall = percent_of(&outside, Judged::is_rejected);
    (!outside.is_empty()).then_some(OutOfScope { texts: outside.len(), recall, auroc })
}
