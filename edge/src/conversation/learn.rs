//! What the assistant could not answer well, noted for people who teach it. Only where the site has such people.

use super::{Log, hear::words_of};
use crate::turn::{Published, Turn};
use wire::{
    AuthorKind, Kinds,
    desk::{Why, Wondered},
};

/// Longest question that is noted, in characters.
const MAX_CHARS: usize = 300;

/// The visitor's words at `seq` led to `turn`: notes them, unless they were answered.
pub fn from(log: &mut impl Log, published: &Published, turn: &Turn, seq: u64, now: u64) {
    let (why, nearest) = match turn {
        Turn::Answer(..) | Turn::Tell(_) | Turn::Person(..) => return,
        Turn::Ask(body) => (Why::AskedBack, body.buttons.first().and_then(|button| button.pick.clone())),
        Turn::Fallback(_) => (Why::Unanswered, None),
        Turn::Forward(candidates) => (Why::Unanswered, candidates.first().map(|(id, _)| id.clone())),
    };
    note(log, published, seq, why, nearest, now);
}

/// The visitor says that the answer at `seq`, to `topic`, did not help.
pub fn unhelpful(log: &mut impl Log, published: &Published, seq: u64, topic: &str, now: u64) {
    let before = (1..seq).rev().filter_map(|seq| log.at(seq));
    let asked = before.into_iter().find(|message| message.author.kind == AuthorKind::Visitor);
    let nearest = Some(topic.to_owned()).filter(|topic| !topic.is_empty());
    if let Some(asked) = asked {
        note(log, published, asked.seq, Why::Unhelpful, nearest, now);
    }
}

fn note(log: &mut impl Log, published: &Published, seq: u64, why: Why, nearest: Option<String>, now: u64) {
    if published.site.settings.desk.is_none() {
        return;
    }
    let Some(asked) = log.at(seq) else { return };
    let words = words_of(&asked);
    if words.is_empty() {
        return;
    }
    // Whatever the site takes from visitors: nobody needs it here.
    let hidden = privacy::hide_all(&words, &[], privacy::year(now), Kinds::ALL);
    let text = hidden.chars().take(MAX_CHARS).collect();
    log.wonder(Wondered { n: 0, at: now, lang: asked.lang, text, why, nearest });
}
