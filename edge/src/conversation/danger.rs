//! Somebody who writes, or somebody near, seems to be in danger: what is said at once, before everything else.
//!
//! It is said whatever else holds: while the chat is switched off or over its budget, while people are waited for or there,
//! with the agency away. What was written goes to the visitor's log and the desk and to nobody else: it is not ranked, not
//! forwarded, not listed as unanswered, and left out of what an agency or a model is told later.

use super::{
    Effect, Log,
    message::{self, message},
    people,
};
use crate::{
    form::Answers,
    gate::{Bucket, Measure},
    report::Happened,
    turn::{NOT_URGENT, Published},
};
use safety::{Danger, Kind, Number};
use site::{FieldKind, Form};
use wire::{AuthorKind, Block, Body, Button, Down, Link, Message, Run, Up};

/// Under which name the budget of such messages is kept.
const RECORD: &str = "danger-budget";
/// So many such messages a minute are answered beyond the ordinary budget; the answer is there by then.
const PER_MINUTE: u32 = 6;

/// What danger `text` tells of. What stands on a button of the site's own tells of none: it is answered as it always is.
pub fn danger(published: &Published, text: &str, pick: Option<&str>) -> Option<Danger> {
    let picked = pick.and_then(|id| published.site.intent(id));
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
pub fn answer_opinion(log: &mut impl Log, published: &Published, text: &str, now: u64) -> Vec<Effect> {
    match opinion_danger(published, text) {
        Some(found) if afford(log, now).is_ok() => {
            let spoken = log.at(log.last()).map(|message| message.lang).unwrap_or_default();
            answer(log, published, &in_language_spoken(found, text, &spoken), now)
        }
        _ => Vec::new(),
    }
}

/// The kind of danger that `text` tells of, where `lang` is spoken, and what is said to it; nothing is written down.
pub fn danger_reply(published: &Published, text: &str, lang: &str) -> Option<(Kind, Body)> {
    let found = in_language_spoken(published.safety.detect(text)?, text, lang);
    Some((found.kind, body(published, found.kind, found.lang)))
}

/// Takes one out of what may be said of danger.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn afford(log: &mut impl Log, now: u64) -> Result<(), u64> {
    let measure = Measure::per_minute(PER_MINUTE);
    let kept = log.record(RECORD).and_then(|json| serde_json::from_str(&json).ok());
    let mut bucket: Bucket = kept.unwrap_or_else(|| Bucket::full(measure, now));
    bucket.take(measure, now)?;
    if let Ok(json) = serde_json::to_string(&bucket) {
        log.set_record(RECORD, Some(&json));
    }
    Ok(())
}

/// `text` with what the site refuses hidden: it is taken all the same. By itself, so that the same text sent again gives the
/// same.
pub fn without_refused(published: &Published, text: String, now: u64) -> String {
    let refused = published.site.settings.personal_data.care.refuse;
    match refused == privacy::Kinds::default() || !privacy::may_hold(&text) {
        true => text,
        false => privacy::hide_all(&text, &[], privacy::year(now), refused),
    }
}

/// Cries that are the same in several languages, and so in none.
const SHARED: &[&str] = &["accident", "ambulance", "police", "sos", "s.o.s", "suicide", "urgent"];

/// `danger` in `lang`, which is spoken here, where the words that told of it are of several languages.
pub fn in_language_spoken(danger: Danger, text: &str, lang: &str) -> Danger {
    let primary = lang.split('-').next().unwrap_or(lang);
    let mut words = text
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.trim_matches('.').to_lowercase());
    let is_shared =
        words.by_ref().filter(|word| !word.is_empty()).all(|word| SHARED.contains(&word.as_str()));
    match safety::LANGUAGES.iter().find(|known| **known == primary).filter(|_| is_shared) {
        Some(lang) => Danger { lang, ..danger },
        None => danger,
    }
}

/// Says what to do and whom to call, and has the desk told.
pub fn answer(log: &mut impl Log, published: &Published, danger: &Danger, now: u64) -> Vec<Effect> {
    log.note(Happened::Danger(danger.kind.name()));
    let body = body(published, danger.kind, danger.lang);
    let author = message::assistant(published, danger.lang);
    let said = message(log, author, danger.lang.to_owned(), body, now);
    log.put(&said);
    let mut effects = vec![Effect::All(Down::Message(said))];
    if published.site.settings.desk.is_some() {
        effects.extend(people::alert(log, marked(danger.kind), now));
    }
    effects
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

/// `messages` without what tells of danger and the answers to it.
pub fn without_danger(
    published: &Published,
    messages: impl Iterator<Item = Message>,
) -> impl Iterator<Item = Message> {
    let mut answered = false;
    messages.filter(move |message| {
        let told = match message.author.kind {
            AuthorKind::Visitor => {
                answered = published.safety.detect(&super::hear::words_of(message)).is_some();
                answered
            }
            // The answer follows at once.
            AuthorKind::Assistant => std::mem::take(&mut answered),
            _ => false,
        };
        !told
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Memory, hear, tests_site};
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
    fn log_last_words(log: &Memory) -> String {
        let own = log.messages.iter().rev().find(|message| message.author.kind == AuthorKind::Visitor);
        own.map(crate::conversation::hear::words_of).unwrap_or_default()
    }

    fn answered(effects: &[Effect]) -> Option<&Message> {
        effects.iter().find_map(|effect| match effect {
            Effect::All(Down::Message(message)) => Some(message),
            _ => None,
        })
    }

    #[test]
    fn it_is_answered_at_once_with_numbers_to_press_and_goes_nowhere_else() {
        let (mut log, published) = (Memory::new(Id(7)), published());
        let mut said =
            |id, text, pick| hear(&mut log, &published, up(id, text, pick), NOW, &mut Scratch::default());
        let effects = said(1, "toi muon tu tu", None);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Forward(_))), "{effects:?}");
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
        let asked = log_last_words(&log);
        assert_eq!(asked, "em muốn chết");
        let mut said =
            |id, text, pick| hear(&mut log, &published, up(id, text, pick), NOW, &mut Scratch::default());
        let denied = said(6, label, Some(NOT_URGENT));
        assert!(denied.iter().any(|effect| matches!(effect, Effect::Forward(_))), "{denied:?}");
        log.outbox.clear();
        // A later question is forwarded without it.
        let mut said =
            |id, text, pick| hear(&mut log, &published, up(id, text, pick), NOW, &mut Scratch::default());
        let forwarded = said(5, "zzz qqq", None);
        assert!(forwarded.contains(&Effect::Forward(log.last())), "{forwarded:?}");
        let pending = log.outbox.last().cloned().unwrap();
        let ask = crate::agency::question(&log, &published, Id(9), &pending, NOW, &mut Scratch::default());
        let told: Vec<_> = ask.history.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(told, [label], "{:?}", ask.history);
    }

    /// Neither the budget of the site nor a flood of such messages silences it for long.
    #[test]
    fn it_has_a_budget_of_its_own() {
        let (mut log, mut published) = (Memory::new(Id(7)), published());
        published.site.settings.limits.messages_per_minute = 1;
        let mut said =
            |id, text| hear(&mut log, &published, up(id, text, None), NOW, &mut Scratch::default());
        let too_fast =
            |effects: &[Effect]| matches!(effects, [Effect::Send(Down::Fault { code: Fault::TooFast, .. })]);
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
        for lang in ["vi", "en", "fr"] {
            let (_, body) = danger_reply(&published, "police", lang).unwrap();
            assert_eq!(body.buttons.last().map(|button| button.label.clone()), Some(call(lang)), "{lang}");
        }
        let (_, body) = danger_reply(&published, "em muốn chết", "en").unwrap();
        assert_eq!(body.buttons.last().map(|button| button.label.clone()), Some(call("vi")));
    }

    #[test]
    fn words_of_an_opinion_are_answered_too() {
        let (mut log, mut published) = (Memory::new(Id(7)), published());
        published.site.settings.feedback.survey = true;
        let mut hear = |up| hear(&mut log, &published, up, NOW, &mut Scratch::default());
        hear(up(1, "xin chào", None));
        let survey = |text: &str| Up::Survey { score: 1, text: text.into() };
        assert!(answered(&hear(survey("chờ lâu muốn chết"))).is_none());
        let effects = hear(survey("tôi không muốn sống nữa"));
        assert!(effects.contains(&Effect::Send(Down::Surveyed)), "it is kept all the same: {effects:?}");
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
