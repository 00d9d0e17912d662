//! What the assistant could not answer well, noted for people who teach it. Only where the site has such people.

use super::{ConversationStore, Side, StoreError, message::message_text};
use crate::decide::{Published, Turn};
use wire::{
    Kinds,
    desk::{Why, Wondered},
};

/// Longest question that is noted, in characters.
const MAX_CHARS: usize = 300;

/// The visitor's words at `seq` led to `turn`: notes them, unless they were answered.
pub fn record_turn(
    store: &mut impl ConversationStore,
    published: &Published,
    turn: &Turn,
    seq: u64,
    now: u64,
) -> Result<(), StoreError> {
    let (why, nearest) = match turn {
        Turn::Answer(..) | Turn::Tell(_) | Turn::Person(..) => return Ok(()),
        Turn::Ask(body) => (Why::AskedBack, body.buttons.first().and_then(|button| button.pick.clone())),
        Turn::Fallback(_) => (Why::Unanswered, None),
        Turn::Forward(candidates) => (Why::Unanswered, candidates.first().map(|(id, _)| id.clone())),
    };
    record_question(store, published, seq, why, nearest, now)?;
    Ok(())
}

/// The visitor says that the answer at `seq`, to `topic`, did not help.
pub fn record_unhelpful(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    topic: &str,
    now: u64,
) -> Result<(), StoreError> {
    let asked = store.newest_message(Side::Visitor, seq)?;
    let nearest = Some(topic.to_owned()).filter(|topic| !topic.is_empty());
    if let Some(asked) = asked {
        record_question(store, published, asked.seq, Why::Unhelpful, nearest, now)?;
    }
    Ok(())
}

fn record_question(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    why: Why,
    nearest: Option<String>,
    now: u64,
) -> Result<(), StoreError> {
    if published.site.settings.desk.is_none() {
        return Ok(());
    }
    let Some(asked) = store.message(seq)? else { return Ok(()) };
    let words = message_text(&asked);
    if words.is_empty() {
        return Ok(());
    }
    // Whatever the site takes from visitors: nobody needs it here.
    let hidden = privacy::hide_all(&words, &[], privacy::year_of_ms(now), Kinds::ALL);
    let text = hidden.chars().take(MAX_CHARS).collect();
    store.record_unanswered(Wondered { n: 0, at: now, lang: asked.lang, text, why, nearest });
    Ok(())
}
