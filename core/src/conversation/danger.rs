//! Somebody who writes, or somebody near, seems to be in danger: what is said at once, before everything else.
//!
//! It is said whatever else holds: while the chat is switched off or over its budget, while people are waited for or there,
//! with the agency away. What was written goes to the visitor's log and the desk and to nobody else: it is not ranked, not
//! forwarded, not listed as unanswered, and left out of what an agency or a model is told later.

use super::{
    Audience, ConversationStore, Effect, RecordKey, StoreError,
    message::{self, message_text, new_message},
};
use crate::{
    application::form::Answers,
    connector::MAX_HISTORY,
    cues,
    decide::Published,
    handoff,
    limits::token_bucket::{RefillRate, TokenBucket},
    metrics::Happened,
    pick::NOT_URGENT,
};
use safety::{DangerKind, DataMissing, DetectedDanger, Number, Strength};
use serde::{Deserialize, Serialize};
use site::{FieldKind, Form};
use wire::{AuthorKind, Block, Body, Button, Down, Link, Message, Run, Up};

/// Most messages that are marked; of what was before them it has to be read again.
const MAX_MARKS: usize = 64;
/// So many such messages a minute are answered beyond the ordinary budget; the answer is there by then.
const PER_MINUTE: u32 = 6;

/// What danger `text` tells of. What stands on a button of the site's own tells of none: it is answered as it always is.
///
/// # Errors
/// If the layer has no data yet: then nothing may be answered.
pub fn detect(
    published: &Published,
    text: &str,
    pick: Option<&str>,
) -> Result<Option<DetectedDanger>, DataMissing> {
    let picked = pick.and_then(|id| published.site.intent_by_id(id));
    let is_label = picked.is_some_and(|intent| intent.title.0.values().any(|title| title == text));
    let is_denied =
        pick == Some(NOT_URGENT) && safety::LANGUAGES.iter().any(|lang| safety::not_urgent(lang) == text);
    if is_label || is_denied { Ok(None) } else { detect_in_words(published, text) }
}

/// What danger `text` tells of. A yes, a no, a thank-you or a number alone tells of none where only a model suspects it: short
/// as they are, it has nothing to go by. A certain or likely rule stands, and a goodbye may be one for ever.
fn detect_in_words(published: &Published, text: &str) -> Result<Option<DetectedDanger>, DataMissing> {
    let found = published.safety.detect(text)?;
    Ok(found.filter(|found| {
        found.strength != Strength::Weak || !cues::says_nothing(text) || cues::is_farewell(text)
    }))
}

/// Whether `up` tells of danger, so that no switch and no budget of the site may keep it out. It may where that can't be told.
pub fn is_urgent(published: &Published, up: &Up) -> bool {
    let found = match up {
        Up::Say { text, pick, .. } => detect(published, text, pick.as_deref()),
        Up::Rate { text, .. } | Up::Survey { text, .. } => opinion_danger(published, text),
        _ => Ok(None),
    };
    found != Ok(None)
}

/// What danger the words of an opinion tell of, as far as they are taken at all.
fn opinion_danger(published: &Published, text: &str) -> Result<Option<DetectedDanger>, DataMissing> {
    let is_taken = text.chars().nth(wire::limits::MAX_OPINION_CHARS).is_none();
    if is_taken { detect_in_words(published, text) } else { Ok(None) }
}

/// What is said if an opinion, written where nobody was asked for help, tells of danger: the same as to a message.
///
/// `None`: the layer has no data yet, so the opinion may not be taken.
pub fn answer_opinion(
    store: &mut impl ConversationStore,
    published: &Published,
    text: &str,
    now: u64,
) -> Result<Option<Vec<Effect>>, StoreError> {
    let Ok(found) = opinion_danger(published, text) else { return Ok(None) };
    Ok(Some(match found {
        Some(found) if apply_danger_rate_limit(store, now)?.is_ok() => {
            let spoken = store.message(store.last_seq()?)?.map(|message| message.lang).unwrap_or_default();
            answer_danger(store, published, &in_language_spoken(found, &spoken), now)?
        }
        _ => Vec::new(),
    }))
}

/// The kind of danger that `text` tells of, where `lang` is spoken, and what is said to it; nothing is written down.
///
/// # Errors
/// If the layer has no data yet.
pub fn danger_reply(
    published: &Published,
    text: &str,
    lang: &str,
) -> Result<Option<(DangerKind, Body)>, DataMissing> {
    let found = detect_in_words(published, text)?.map(|found| in_language_spoken(found, lang));
    Ok(found.map(|found| (found.kind, danger_body(published, found.kind, found.lang))))
}

/// Charges the visitor for one message that tells of danger: those have a limit of their own, so that no other keeps them out.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn apply_danger_rate_limit(
    store: &mut impl ConversationStore,
    now: u64,
) -> Result<Result<(), u64>, StoreError> {
    let rate = RefillRate::per_minute(PER_MINUTE);
    let mut bucket: TokenBucket =
        store.read_record(&RecordKey::DangerBudget)?.unwrap_or_else(|| TokenBucket::new_full(rate, now));
    if let Err(wait) = bucket.take_token(rate, now) {
        return Ok(Err(wait));
    }
    store.write_record(&RecordKey::DangerBudget, &bucket)?;
    Ok(Ok(()))
}

/// `text` with what the site refuses hidden: it is taken all the same. By itself, so that the same text sent again gives the
/// same.
pub fn without_refused(published: &Published, text: String, now: u64) -> String {
    let refused = published.site.settings.personal_data.care.refuse;
    match refused == privacy::Kinds::default() || !privacy::may_hold(&text) {
        true => text,
        false => privacy::hide_all(&text, &[], privacy::year_of_ms(now), refused),
    }
}

/// `danger` in `lang`, which is spoken here, if the words that told of it are of that language, too.
pub fn in_language_spoken(danger: DetectedDanger, lang: &str) -> DetectedDanger {
    let primary = lang.split('-').next().unwrap_or(lang);
    match danger.langs.iter().copied().find(|known| *known == primary) {
        Some(lang) => DetectedDanger { lang, ..danger },
        None => danger,
    }
}

/// Says what to do and whom to call, and has the desk told.
pub fn answer_danger(
    store: &mut impl ConversationStore,
    published: &Published,
    danger: &DetectedDanger,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.count_event(Happened::Danger(danger.kind.name()));
    let body = danger_body(published, danger.kind, danger.lang);
    let author = message::assistant_author(published, danger.lang);
    let said = new_message(store, author, danger.lang.to_owned(), body, now)?;
    store.put_message(&said)?;
    let mut effects = vec![Effect::Broadcast(Audience::Everyone, Down::Message(said))];
    if published.site.settings.desk.is_some() {
        effects.extend(handoff::raise_alert(store, to_desk_danger(danger.kind), now)?);
    }
    Ok(effects)
}

/// The words, with each number as a link in them and as a button below. The first ones stand before the words, too: on a phone whose
/// keyboard is up, no more than the first lines are seen.
fn danger_body(published: &Published, kind: DangerKind, lang: &str) -> Body {
    let numbers = published.safety.numbers_for_kind(kind, lang);
    let text = safety::danger_answer(kind, lang, &numbers);
    let button = |Link { label, href }| Button { label, pick: None, href: Some(href) };
    let most = wire::limits::MAX_BUTTONS;
    let call = numbers.iter().take(most - 1).map(number_link).map(button);
    // Whoever was misunderstood has a way on.
    let not_urgent =
        Button { label: safety::not_urgent(lang).to_owned(), pick: Some(NOT_URGENT.to_owned()), href: None };
    let buttons = call.chain([not_urgent]).collect();
    let runs = first_calls(&numbers).chain(link_numbers(&text, &numbers)).collect();
    Body { blocks: vec![Block::Notice { runs }], buttons }
}

/// Two numbers, each in a line of its own.
fn first_calls(numbers: &[Number]) -> impl Iterator<Item = Run> {
    numbers.iter().take(2).map(number_link).flat_map(|Link { label, href }| {
        let call = Run { text: label, strong: true, href: Some(href), ..Run::default() };
        [call, Run { text: "\n".to_owned(), ..Run::default() }]
    })
}

/// A number to press, with who answers there.
pub fn number_link(number: &Number) -> Link {
    Link { label: format!("{} – {}", number.number, number.label), href: phone_link(&number.number) }
}

/// What is said to whoever tells of danger in the answers to a form. Only what is told at length is looked at: a line of text
/// answers what was asked, and a form that registers a death asks for its cause.
///
/// # Errors
/// If the layer has no data yet.
pub fn danger_in_answers(
    published: &Published,
    form: &Form,
    answers: &Answers,
    lang: &str,
) -> Result<Option<Body>, DataMissing> {
    let long = form.fields.iter().filter_map(|field| match field.kind {
        // What is longer is not taken.
        FieldKind::Long { max } => {
            answers.get(&field.id).filter(|answer| answer.chars().count() <= max as usize)
        }
        _ => None,
    });
    for answer in long {
        if let Some((_, body)) = danger_reply(published, answer, lang)? {
            return Ok(Some(body));
        }
    }
    Ok(None)
}

fn phone_link(number: &str) -> String {
    let dialled = |c: &char| c.is_ascii_digit() || *c == '+';
    format!("tel:{}", number.chars().filter(dialled).collect::<String>())
}

/// `text` with a link where a number stands.
fn link_numbers(text: &str, numbers: &[Number]) -> Vec<Run> {
    let plain = |text: &str| Run { text: text.to_owned(), ..Run::default() };
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some((at, number)) = numbers
        .iter()
        .filter_map(|number| Some((rest.find(&number.number)?, &number.number)))
        .min_by_key(|(at, number)| (*at, usize::MAX - number.len()))
    {
        let (before, from) = rest.split_at(at);
        let (own, after) = from.split_at(number.len());
        runs.extend((!before.is_empty()).then(|| plain(before)));
        runs.push(Run {
            text: own.to_owned(),
            strong: true,
            href: Some(phone_link(number)),
            ..Run::default()
        });
        rest = after;
    }
    runs.extend((!rest.is_empty()).then(|| plain(rest)));
    runs
}

fn to_desk_danger(kind: DangerKind) -> wire::desk::Danger {
    use wire::desk::Danger;
    match kind {
        DangerKind::SelfHarm => Danger::SelfHarm,
        DangerKind::Violence => Danger::Violence,
        DangerKind::Child => Danger::Child,
        DangerKind::Fire => Danger::Fire,
        DangerKind::Medical => Danger::Medical,
        DangerKind::Drowning => Danger::Drowning,
        DangerKind::Wires => Danger::Wires,
        DangerKind::Scam => Danger::Scam,
    }
}

/// Which messages of the visitor's tell of danger: found when they were taken, so that no later question has them read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct DangerMarks {
    /// Messages from this place on are marked; earlier ones, taken by an earlier version, have to be read.
    from: u64,
    /// The places of those that tell of danger, in order.
    dangerous: Vec<u64>,
}

impl DangerMarks {
    fn is_dangerous(&self, published: &Published, message: &Message) -> bool {
        match message.seq >= self.from {
            true => self.dangerous.contains(&message.seq),
            // Where it can't be told, it may.
            false => published.safety.detect(&message_text(message)) != Ok(None),
        }
    }
}

/// Marks the message at `seq` as one that tells of danger.
pub(crate) fn mark_message(store: &mut impl ConversationStore, seq: u64) -> Result<(), StoreError> {
    let marks: Option<DangerMarks> = store.read_record(&RecordKey::DangerMarks)?;
    let mut marks = marks.unwrap_or(DangerMarks { from: seq, dangerous: Vec::new() });
    marks.dangerous.push(seq);
    let over = marks.dangerous.len().saturating_sub(MAX_MARKS);
    if let Some(last) = marks.dangerous.drain(..over).next_back() {
        marks.from = marks.from.max(last + 1);
    }
    store.write_record(&RecordKey::DangerMarks, &marks)
}

/// Marks what the agency will be told besides the question at `seq`, as far as that was not done when it was taken.
pub(crate) fn mark_history(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
) -> Result<(), StoreError> {
    let from = seq.saturating_sub(MAX_HISTORY).max(1);
    let marks: Option<DangerMarks> = store.read_record(&RecordKey::DangerMarks)?;
    let marks = marks.unwrap_or(DangerMarks { from: seq, dangerous: Vec::new() });
    if marks.from <= from && seq > 1 {
        return Ok(());
    }
    let earlier = store.messages_between(from, marks.from)?.into_iter();
    let found = earlier.filter(|message| message.author.kind == AuthorKind::Visitor);
    let found = found.filter(|message| marks.is_dangerous(published, message)).map(|message| message.seq);
    let dangerous = found.chain(marks.dangerous.iter().copied()).collect();
    store.write_record(&RecordKey::DangerMarks, &DangerMarks { from, dangerous })
}

/// `messages` without what tells of danger, or may where that can't be told, and the answers to it.
pub fn without_danger(
    store: &impl ConversationStore,
    published: &Published,
    messages: Vec<Message>,
) -> Result<Vec<Message>, StoreError> {
    let marks: Option<DangerMarks> = store.read_record(&RecordKey::DangerMarks)?;
    let marks = marks.unwrap_or(DangerMarks { from: u64::MAX, dangerous: Vec::new() });
    let mut answered = false;
    let harmless = |message: &Message| match message.author.kind {
        AuthorKind::Visitor => {
            answered = marks.is_dangerous(published, message);
            !answered
        }
        // The answer follows at once.
        AuthorKind::Assistant => !std::mem::take(&mut answered),
        _ => true,
    };
    Ok(messages.into_iter().filter(harmless).collect())
}

#[cfg(test)]
mod tests;
