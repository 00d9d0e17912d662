//! Somebody who writes, or somebody near, seems to be in danger: what is said at once, before everything else.
//!
//! It is said whatever else holds: while the chat is switched off or over its budget, while people are waited for or there,
//! with the agency away. What was written goes to the visitor's log and the desk and to nobody else: it is not ranked, not
//! forwarded, not listed as unanswered, and left out of what an agency or a model is told later.

use super::{
    Audience, ConversationStore, Effect, RecordKey, StoreError,
    message::{self, message},
    visitor::words_of,
};
use crate::handoff;
use crate::{
    agency::HISTORY,
    application::form::Answers,
    decide::{NOT_URGENT, Published},
    limits::sanitize::{Bucket, Measure},
    metrics::Happened,
};
use safety::{Danger, Kind, Number};
use serde::{Deserialize, Serialize};
use site::{FieldKind, Form};
use wire::{AuthorKind, Block, Body, Button, Down, Link, Message, Run, Up};

/// Most messages that are marked; of what was before them it has to be read again.
const MAX_MARKS: usize = 64;
/// So many such messages a minute are answered beyond the ordinary budget; the answer is there by then.
const PER_MINUTE: u32 = 6;

/// What danger `text` tells of. What stands on a button of the site's own tells of none: it is answered as it always is.
pub fn danger(published: &Published, text: &str, pick: Option<&str>) -> Option<Danger> {
    let picked = pick.and_then(|id| published.site.intent_by_id(id));
    let is_label = picked.is_some_and(|intent| intent.title.0.values().any(|title| title == text));
    let is_denied =
        pick == Some(NOT_URGENT) && safety::LANGUAGES.iter().any(|lang| safety::not_urgent(lang) == text);
    if is_label || is_denied { None } else { published.safety.detect(text) }
}

/// Whether `up` tells of danger, so that no switch and no budget of the site may keep it out.
pub fn is_urgent(published: &Published, up: &Up) -> bool {
    match up {
        Up::Say { text, pick, .. } => danger(published, text, pick.as_deref()).is_some(),
        Up::Rate { text, .. } | Up::Survey { text, .. } => opinion_danger(published, text).is_some(),
        _ => false,
    }
}

/// What danger the words of an opinion tell of, as far as they are taken at all.
fn opinion_danger(published: &Published, text: &str) -> Option<Danger> {
    let is_taken = text.chars().nth(wire::limits::MAX_OPINION_CHARS).is_none();
    is_taken.then(|| published.safety.detect(text)).flatten()
}

/// What is said if an opinion, written where nobody was asked for help, tells of danger: the same as to a message.
pub fn answer_opinion(
    store: &mut impl ConversationStore,
    published: &Published,
    text: &str,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    Ok(match opinion_danger(published, text) {
        Some(found) if afford(store, now)?.is_ok() => {
            let spoken = store.message(store.last_seq()?)?.map(|message| message.lang).unwrap_or_default();
            answer(store, published, &in_language_spoken(found, &spoken), now)?
        }
        _ => Vec::new(),
    })
}

/// The kind of danger that `text` tells of, where `lang` is spoken, and what is said to it; nothing is written down.
pub fn danger_reply(published: &Published, text: &str, lang: &str) -> Option<(Kind, Body)> {
    let found = in_language_spoken(published.safety.detect(text)?, lang);
    Some((found.kind, body(published, found.kind, found.lang)))
}

/// Takes one out of what may be said of danger.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn afford(store: &mut impl ConversationStore, now: u64) -> Result<Result<(), u64>, StoreError> {
    let measure = Measure::per_minute(PER_MINUTE);
    let mut bucket: Bucket =
        store.read_record(&RecordKey::DangerBudget)?.unwrap_or_else(|| Bucket::full(measure, now));
    if let Err(wait) = bucket.take(measure, now) {
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
pub fn in_language_spoken(danger: Danger, lang: &str) -> Danger {
    let primary = lang.split('-').next().unwrap_or(lang);
    match danger.langs.iter().copied().find(|known| *known == primary) {
        Some(lang) => Danger { lang, ..danger },
        None => danger,
    }
}

/// Says what to do and whom to call, and has the desk told.
pub fn answer(
    store: &mut impl ConversationStore,
    published: &Published,
    danger: &Danger,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.count(Happened::Danger(danger.kind.name()));
    let body = body(published, danger.kind, danger.lang);
    let author = message::assistant(published, danger.lang);
    let said = message(store, author, danger.lang.to_owned(), body, now)?;
    store.put_message(&said)?;
    let mut effects = vec![Effect::Broadcast(Audience::Everyone, Down::Message(said))];
    if published.site.settings.desk.is_some() {
        effects.extend(handoff::alert(store, marked(danger.kind), now)?);
    }
    Ok(effects)
}

/// The words, with each number as a link in them and as a button below. The first ones stand before the words, too: on a phone whose
/// keyboard is up, no more than the first lines are seen.
fn body(published: &Published, kind: Kind, lang: &str) -> Body {
    let numbers = published.safety.numbers(kind, lang);
    let text = safety::answer(kind, lang, &numbers);
    let button = |Link { label, href }| Button { label, pick: None, href: Some(href) };
    let most = wire::limits::MAX_BUTTONS;
    let call = numbers.iter().take(most - 1).map(number_link).map(button);
    // Whoever was misunderstood has a way on.
    let not_urgent =
        Button { label: safety::not_urgent(lang).to_owned(), pick: Some(NOT_URGENT.to_owned()), href: None };
    let buttons = call.chain([not_urgent]).collect();
    let runs = first_calls(&numbers).chain(linked(&text, &numbers)).collect();
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
    Link { label: format!("{} – {}", number.number, number.label), href: tel(&number.number) }
}

/// What is said to whoever tells of danger in the answers to a form. Only what is told at length is looked at: a line of text
/// answers what was asked, and a form that registers a death asks for its cause.
pub fn danger_in_answers(published: &Published, form: &Form, answers: &Answers, lang: &str) -> Option<Body> {
    let long = form.fields.iter().filter_map(|field| match field.kind {
        // What is longer is not taken.
        FieldKind::Long { max } => {
            answers.get(&field.id).filter(|answer| answer.chars().count() <= max as usize)
        }
        _ => None,
    });
    long.filter_map(|answer| danger_reply(published, answer, lang)).map(|(_, body)| body).next()
}

fn tel(number: &str) -> String {
    let dialled = |c: &char| c.is_ascii_digit() || *c == '+';
    format!("tel:{}", number.chars().filter(dialled).collect::<String>())
}

/// `text` with a link where a number stands.
fn linked(text: &str, numbers: &[Number]) -> Vec<Run> {
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
        runs.push(Run { text: own.to_owned(), strong: true, href: Some(tel(number)), ..Run::default() });
        rest = after;
    }
    runs.extend((!rest.is_empty()).then(|| plain(rest)));
    runs
}

fn marked(kind: Kind) -> wire::desk::Danger {
    use wire::desk::Danger;
    match kind {
        Kind::SelfHarm => Danger::SelfHarm,
        Kind::Violence => Danger::Violence,
        Kind::Child => Danger::Child,
        Kind::Fire => Danger::Fire,
        Kind::Medical => Danger::Medical,
        Kind::Drowning => Danger::Drowning,
        Kind::Wires => Danger::Wires,
        Kind::Scam => Danger::Scam,
    }
}

/// Which messages of the visitor's tell of danger: found when they were taken, so that no later question has them read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Marks {
    /// Messages from this place on are marked; earlier ones, taken by an earlier version, have to be read.
    from: u64,
    /// The places of those that tell of danger, in order.
    dangerous: Vec<u64>,
}

impl Marks {
    fn is_dangerous(&self, published: &Published, message: &Message) -> bool {
        match message.seq >= self.from {
            true => self.dangerous.contains(&message.seq),
            false => published.safety.detect(&words_of(message)).is_some(),
        }
    }
}

/// Marks the message at `seq` as one that tells of danger.
pub(crate) fn mark(store: &mut impl ConversationStore, seq: u64) -> Result<(), StoreError> {
    let marks: Option<Marks> = store.read_record(&RecordKey::DangerMarks)?;
    let mut marks = marks.unwrap_or(Marks { from: seq, dangerous: Vec::new() });
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
    let from = seq.saturating_sub(HISTORY).max(1);
    let marks: Option<Marks> = store.read_record(&RecordKey::DangerMarks)?;
    let marks = marks.unwrap_or(Marks { from: seq, dangerous: Vec::new() });
    if marks.from <= from && seq > 1 {
        return Ok(());
    }
    let earlier = store.messages_between(from, marks.from)?.into_iter();
    let found = earlier.filter(|message| message.author.kind == AuthorKind::Visitor);
    let found = found.filter(|message| marks.is_dangerous(published, message)).map(|message| message.seq);
    let dangerous = found.chain(marks.dangerous.iter().copied()).collect();
    store.write_record(&RecordKey::DangerMarks, &Marks { from, dangerous })
}

/// `messages` without what tells of danger and the answers to it.
pub fn without_danger(
    store: &impl ConversationStore,
    published: &Published,
    messages: Vec<Message>,
) -> Result<Vec<Message>, StoreError> {
    let marks: Option<Marks> = store.read_record(&RecordKey::DangerMarks)?;
    let marks = marks.unwrap_or(Marks { from: u64::MAX, dangerous: Vec::new() });
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
mod tests {
    use super::*;
    use crate::conversation::{MemoryStore, Task, hear, tests_site};
    use intent::Scratch;
    use wire::{Down, Fault, Id};

    const NOW: u64 = 1_780_000_000_000;

    fn up(id: u128, text: &str, pick: Option<&str>) -> Up {
        let pick = pick.map(str::to_owned);
        Up::Say { id: Id(id), text: text.into(), lang: "en".into(), pick, value: None, files: vec![] }
    }

    fn published() -> Published {
        let Published { mut site, model, .. } = tests_site();
        site.settings.safety.country = "vn".into();
        Published::new(1, site, model)
    }

    /// What the visitor said last.
    fn log_last_words(store: &MemoryStore) -> String {
        let own = store.messages.iter().rev().find(|message| message.author.kind == AuthorKind::Visitor);
        own.map(words_of).unwrap_or_default()
    }

    fn answered<R>(effects: &[Effect<R>]) -> Option<&Message> {
        effects.iter().find_map(|effect| match effect {
            Effect::Broadcast(Audience::Everyone, Down::Message(message)) => Some(message),
            _ => None,
        })
    }

    #[test]
    fn it_is_answered_at_once_with_numbers_to_press_and_goes_nowhere_else() {
        let (mut store, published) = (MemoryStore::new(Id(7)), published());
        let mut said = |id, text, pick| {
            hear(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
        };
        let effects = said(1, "toi muon tu tu", None);
        assert!(
            !effects.iter().any(|effect| matches!(effect, Effect::Task(Task::Deliver(_)))),
            "{effects:?}"
        );
        let message = answered(&effects).unwrap();
        assert_eq!((message.lang.as_str(), &message.topic), ("vi", &None), "in the language of the words");
        let numbers: Vec<_> =
            message.body.buttons.iter().filter_map(|button| button.href.as_deref()).collect();
        assert!(numbers.contains(&"tel:115"), "{numbers:?}");
        let Some(Block::Notice { runs }) = message.body.blocks.first() else { panic!("{message:?}") };
        assert!(runs.iter().any(|run| run.href.as_deref() == Some("tel:115") && run.text == "115"));
        let first: Vec<_> = runs.iter().take(4).map(|run| (run.text.as_str(), run.href.is_some())).collect();
        let calls = [("115 – cấp cứu y tế", true), ("\n", false), ("113 – công an", true), ("\n", false)];
        assert_eq!(first, calls, "what few lines show is whom to call");
        // None of these, to the agency, to a person: whatever the button says, the words count.
        for (id, pick) in [(2, "*"), (3, "@"), (4, "&")] {
            let effects = said(id, "em muốn chết", Some(pick));
            assert!(answered(&effects).is_some_and(|message| !message.body.buttons.is_empty()), "{pick}");
        }
        // Misunderstood: the question before is answered as always.
        let label = safety::not_urgent("vi");
        let asked = log_last_words(&store);
        assert_eq!(asked, "em muốn chết");
        let mut said = |id, text, pick| {
            hear(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
        };
        let denied = said(6, label, Some(NOT_URGENT));
        assert!(denied.iter().any(|effect| matches!(effect, Effect::Task(Task::Deliver(_)))), "{denied:?}");
        store.outbox.clear();
        // A later question is forwarded without it.
        let mut said = |id, text, pick| {
            hear(&mut store, &published, up(id, text, pick), NOW, &mut Scratch::default()).unwrap()
        };
        let forwarded = said(5, "zzz qqq", None);
        assert!(forwarded.contains(&Effect::Task(Task::Deliver(store.last_seq().unwrap()))), "{forwarded:?}");
        let pending = store.outbox.last().cloned().unwrap();
        let ask = crate::agency::question(&store, &published, Id(9), &pending, NOW, &mut Scratch::default())
            .unwrap();
        let told: Vec<_> = ask.history.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(told, [label], "{:?}", ask.history);
    }

    /// A message is looked at once, when it is taken.
    #[test]
    fn what_is_marked_is_not_read_again() {
        let (mut store, published) = (MemoryStore::new(Id(7)), published());
        let said = |store: &mut MemoryStore, id, text| {
            hear(store, &published, up(id, text, None), NOW, &mut Scratch::default()).unwrap();
            store.outbox.clear();
        };
        let asked = |store: &MemoryStore| {
            let pending = crate::conversation::Pending::new(store.last_seq().unwrap() + 1, NOW, Vec::new());
            let scratch = &mut Scratch::default();
            let ask = crate::agency::question(store, &published, Id(9), &pending, NOW, scratch).unwrap();
            ask.history.into_iter().map(|line| line.text).collect::<Vec<_>>()
        };
        said(&mut store, 1, "zzz qqq");
        said(&mut store, 2, "em muốn chết");
        said(&mut store, 3, "zzz www");
        let marks: Marks = store.read_record(&RecordKey::DangerMarks).unwrap().unwrap();
        assert_eq!(marks, Marks { from: 1, dangerous: vec![2] });
        assert_eq!(asked(&store), ["zzz qqq", "zzz www"]);
        // A conversation of an earlier version has no marks: it is read, and marked with the next question.
        let mut old = store.clone();
        old.records.remove(&RecordKey::DangerMarks.to_string());
        assert_eq!(asked(&old), ["zzz qqq", "zzz www"]);
        said(&mut old, 4, "zzz yyy");
        assert_eq!(
            old.read_record(&RecordKey::DangerMarks).unwrap(),
            Some(Marks { from: 1, dangerous: vec![2] })
        );
        // Whatever the words would tell by now: what was taken as harmless is, and the other way round.
        let body = store.messages[1].body.clone();
        store.messages[1].body = store.messages[0].body.clone();
        store.messages[0].body = body;
        assert_eq!(asked(&store), ["em muốn chết", "zzz www"]);
    }

    #[test]
    fn marks_are_bounded() {
        let mut store = MemoryStore::new(Id(7));
        for seq in 1..=200 {
            mark(&mut store, seq).unwrap();
        }
        let marks: Marks = store.read_record(&RecordKey::DangerMarks).unwrap().unwrap();
        assert_eq!((marks.from, marks.dangerous.len()), (137, MAX_MARKS), "earlier ones are read again");
    }

    /// Neither the budget of the site nor a flood of such messages silences it for long.
    #[test]
    fn it_has_a_budget_of_its_own() {
        let (mut store, mut published) = (MemoryStore::new(Id(7)), published());
        published.site.settings.limits.messages_per_minute = 1;
        let mut said = |id, text| {
            hear(&mut store, &published, up(id, text, None), NOW, &mut Scratch::default()).unwrap()
        };
        let too_fast = |effects: &[Effect<Down>]| {
            matches!(effects, [Effect::Reply(Down::Fault { code: Fault::TooFast, .. })])
        };
        assert!(!too_fast(&said(1, "xin chào")));
        assert!(too_fast(&said(2, "xin chào")));
        for id in 0..u128::from(PER_MINUTE) {
            assert!(!too_fast(&said(10 + id, "cháy nhà rồi")), "{id}");
        }
        assert!(too_fast(&said(99, "cháy nhà rồi")));
    }

    #[test]
    fn a_shared_cry_is_answered_in_the_language_spoken_wherever_it_stands() {
        let (published, call) = (published(), |lang| safety::not_urgent(lang).to_owned());
        for lang in safety::LANGUAGES {
            for cry in ["police", "SOS!", "ambulance"] {
                let (_, body) = danger_reply(&published, cry, lang).unwrap();
                assert_eq!(
                    body.buttons.last().map(|button| button.label.clone()),
                    Some(call(lang)),
                    "{cry}, {lang}"
                );
            }
        }
        let (_, body) = danger_reply(&published, "em muốn chết", "en").unwrap();
        assert_eq!(body.buttons.last().map(|button| button.label.clone()), Some(call("vi")));
    }

    #[test]
    fn words_of_an_opinion_are_answered_too() {
        let (mut store, mut published) = (MemoryStore::new(Id(7)), published());
        published.site.settings.feedback.survey = true;
        let mut hear = |up| hear(&mut store, &published, up, NOW, &mut Scratch::default()).unwrap();
        hear(up(1, "xin chào", None));
        let survey = |text: &str| Up::Survey { score: 1, text: text.into() };
        assert!(answered(&hear(survey("chờ lâu muốn chết"))).is_none());
        let effects = hear(survey("tôi không muốn sống nữa"));
        assert!(effects.contains(&Effect::Reply(Down::Surveyed)), "it is kept all the same: {effects:?}");
        let buttons = answered(&effects).map(|message| message.body.buttons.clone()).unwrap();
        assert!(buttons.iter().any(|button| button.href.as_deref() == Some("tel:115")), "{buttons:?}");
        assert!(is_urgent(&published, &survey("tôi không muốn sống nữa")), "a switch does not keep it out");
        let rate =
            Up::Rate {
                seq: 99, good: Some(false), reason: None, text: "chồng đang đánh tôi".to_owned()
            };
        assert!(answered(&hear(rate)).is_some(), "even where there is nothing to rate");
    }

    #[test]
    fn what_stands_on_a_button_of_the_sites_own_is_answered_as_always() {
        let mut published = published();
        let own = r#"{"id": "khan-cap", "title": {"vi": "Em muốn chết"}, "phrases": {}, "answer": {"vi": "Gọi 115"}}"#;
        published.site.intents.push(serde_json::from_str(own).unwrap());
        assert_eq!(danger(&published, "Em muốn chết", Some("khan-cap")), None);
        assert!(danger(&published, "em muốn chết quá rồi", Some("khan-cap")).is_some());
    }
}
