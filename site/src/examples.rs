//! What the matcher learns from.

use crate::{Lists, Site};
use intent::Example;

/// A title is one more way to ask, but written by the office and not typed by a visitor.
const TITLE_WEIGHT: f32 = 0.5;

/// The training examples of a site: every phrase, every title, every sentence that is out of scope.
pub fn examples(site: &Site) -> Vec<Example> {
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
        each(&intent.phrases, |text, lang| add(text, lang, 1.0));
        for (lang, title) in &intent.title.0 {
            add(title, lang, TITLE_WEIGHT);
        }
    }
    each(&site.out_of_scope, |text, lang| {
        out.push(Example { text: text.into(), intent: None, lang: lang.into(), weight: 1.0 });
    });
    out
}

fn each(lists: &Lists, mut visit: impl FnMut(&str, &str)) {
    for (lang, list) in &lists.0 {
        for text in list {
            visit(text, lang);
        }
    }
}
