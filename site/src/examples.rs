//! What the matcher learns from.

use crate::{Lists, Site};
use intent::{Example, Meaning, Options, SynonymRules};

/// A title is one more way to ask, but written by the office and not typed by a visitor.
const TITLE_WEIGHT: f32 = 0.5;

/// The training examples of a site: every phrase, every title, every sentence that is out of scope.
pub fn training_examples(site: &Site) -> Vec<Example> {
    let mut out = Vec::new();
    for intent in &site.intents {
        let mut add = |text: &str, lang: &str, weight| {
            out.push(Example {
                text: text.into(),
                intent: Some(intent.id.clone()),
                lang: lang.into(),
                weight,
            });
        };
        each_text(&intent.phrases, |text, lang| add(text, lang, 1.0));
        for (lang, title) in &intent.title.0 {
            add(title, lang, TITLE_WEIGHT);
        }
    }
    each_text(&site.out_of_scope, |text, lang| {
        out.push(Example { text: text.into(), intent: None, lang: lang.into(), weight: 1.0 });
    });
    out
}

/// How to learn from them: with the table of word meaning, and with what the site declares to mean the same.
pub fn training_options(site: &Site) -> Options {
    let groups = site.settings.synonyms.iter();
    let groups = groups.map(|group| (group.lang.as_str(), group.words.iter().map(String::as_str)));
    Options { meaning: Meaning::bundled_table(), synonyms: SynonymRules::new(groups), ..Options::default() }
}

fn each_text(lists: &Lists, mut visit: impl FnMut(&str, &str)) {
    for (lang, list) in &lists.0 {
        for text in list {
            visit(text, lang);
        }
    }
}
