//! What the visitor says about answers and about the conversation. Nobody is told but the visitor's own devices; it
//! is kept with the conversation, and goes with it.

use super::{
    Audience, ConversationStore, Effect, StoreError,
    effect::fault_reply,
    message_rate_limit::apply_message_rate_limit,
    opinion::{Rating, Survey},
    personal::{find_personal_data, is_refused},
    unanswered,
};
use crate::{decide::Published, limits::sanitize, metrics::Happened};
use wire::{Down, Fault, Rated, Reason, limits::MAX_OPINION_CHARS};

/// What a visitor says about an answer.
pub(crate) struct Rate {
    pub seq: u64,
    pub good: Option<bool>,
    pub reason: Option<Reason>,
    pub text: String,
}

/// Which answers helped, as far as it was ever said.
pub fn rated_answers(store: &impl ConversationStore) -> Result<Option<Rated>, StoreError> {
    let ratings = store.ratings()?;
    let mut rated = Rated::default();
    ratings.iter().for_each(|rating| rated.set_rating(rating.seq, rating.good));
    // What was taken back must be told too: another device may still show it.
    Ok((!ratings.is_empty()).then_some(rated))
}

/// The visitor says whether an answer helped. Only answers can be rated, and only once each: the last word counts.
pub(crate) fn rate_answer(
    store: &mut impl ConversationStore,
    published: &Published,
    said: Rate,
    now: u64,
) -> Result<Vec<Effect<Down>>, StoreError> {
    let about = store.message(said.seq)?.and_then(|message| Some((message.topic?, message.lang)));
    let (Some((topic, lang)), true) = (about, published.site.settings.feedback.thumbs) else {
        return Ok(vec![fault_reply(None, Fault::Malformed, None)]);
    };
    let text = match accept_opinion(store, published, &said.text, now)? {
        Ok(text) => text,
        Err((code, wait)) => return Ok(vec![fault_reply(None, code, wait)]),
    };
    let Rate { seq, good, reason, .. } = said;
    let reason = reason.filter(|reason| *reason != Reason::Unknown);
    let before = store.ratings()?.into_iter().find(|rating| rating.seq == seq);
    if before.as_ref().and_then(|before| before.good) != good {
        let counted = if good == Some(true) { Happened::Helped } else { Happened::DidNotHelp };
        good.into_iter().for_each(|_| store.count_event(counted(topic.clone())));
        if good == Some(false) {
            unanswered::record_unhelpful(store, published, seq, &topic, now)?;
        }
    }
    if let Some(reason) = reason.filter(|reason| before.and_then(|before| before.reason) != Some(*reason)) {
        store.count_event(Happened::WhyNot(reason));
    }
    store.put_rating(&Rating { seq, good, reason, text, topic, lang, at: now })?;
    Ok(rated_answers(store)?
        .map(|rated| Effect::Broadcast(Audience::Everyone, Down::Rated(rated)))
        .into_iter()
        .collect())
}

/// The visitor says how the conversation was.
pub(crate) fn submit_survey(
    store: &mut impl ConversationStore,
    published: &Published,
    score: u8,
    text: &str,
    now: u64,
) -> Result<Vec<Effect<Down>>, StoreError> {
    let Some(last) = store.message(store.last_seq()?)?.filter(|_| published.site.settings.feedback.survey)
    else {
        return Ok(vec![fault_reply(None, Fault::Malformed, None)]);
    };
    if !(1..=5).contains(&score) {
        return Ok(vec![fault_reply(None, Fault::Malformed, None)]);
    }
    match accept_opinion(store, published, text, now)? {
        Ok(text) => {
            store.count_event(Happened::Surveyed(score));
            store.set_survey(&Survey { score, text, lang: last.lang, at: now })?;
        }
        Err((code, wait)) => return Ok(vec![fault_reply(None, code, wait)]),
    }
    Ok(vec![Effect::Reply(Down::Surveyed)])
}

/// An opinion as it is kept; else why it isn't, and how long to wait, in milliseconds.
fn accept_opinion(
    store: &mut impl ConversationStore,
    published: &Published,
    text: &str,
    now: u64,
) -> Result<Result<String, (Fault, Option<u64>)>, StoreError> {
    if text.chars().nth(MAX_OPINION_CHARS).is_some() {
        return Ok(Err((Fault::TooLong, None)));
    }
    let text = sanitize::clean_text(text).trim().to_owned();
    // Looking at it costs more than refusing it.
    if let Err(wait) = apply_message_rate_limit(store, published, now)? {
        return Ok(Err((Fault::TooFast, Some(wait))));
    }
    if is_refused(published, find_personal_data(store, published, &text, now)?) {
        return Ok(Err((Fault::Personal, None)));
    }
    Ok(Ok(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{MemoryStore, deferred_reply::tests::published, handle_frame, handle_hello};
    use intent::Scratch;
    use wire::{Author, AuthorKind, Body, Id, Message, State, Up};

    const NOW: u64 = 1_780_000_000_000;

    fn answered() -> MemoryStore {
        let mut store = MemoryStore::new(Id(7));
        for (seq, topic) in [(1, Some("gio".to_owned())), (2, Some(String::new())), (3, None)] {
            store
                .put_message(&Message {
                    seq,
                    id: None,
                    author: Author { kind: AuthorKind::Assistant, name: None },
                    at: NOW,
                    lang: "vi".into(),
                    state: State::Done,
                    rev: 0,
                    topic,
                    value: None,
                    later: false,
                    body: Body::default(),
                })
                .unwrap();
        }
        store
    }

    fn says(store: &mut MemoryStore, up: Up) -> Vec<Effect<Down>> {
        let mut published = published();
        published.site.settings.feedback.survey = true;
        published.site.settings.personal_data.care.refuse = wire::Kinds::only_kind(wire::Personal::Card);
        handle_frame(store, &published, up, NOW, &mut Scratch::default()).unwrap()
    }

    fn rate(seq: u64, good: Option<bool>, text: &str) -> Up {
        Up::Rate { seq, good, reason: good.filter(|good| !good).map(|_| Reason::Wrong), text: text.into() }
    }

    #[test]
    fn the_last_word_counts_and_every_device_is_told() {
        let mut store = answered();
        let told = |good: &[u64], bad: &[u64]| {
            vec![Effect::Broadcast(
                Audience::Everyone,
                Down::Rated(Rated { good: good.into(), bad: bad.into() }),
            )]
        };
        assert_eq!(
            handle_hello(&store, &published(), None, 0, None).unwrap().len(),
            4,
            "nothing to tell yet"
        );
        assert_eq!(says(&mut store, rate(1, Some(true), "")), told(&[1], &[]));
        assert_eq!(says(&mut store, rate(2, Some(false), " giờ khác rồi ")), told(&[1], &[2]));
        assert_eq!(says(&mut store, rate(2, Some(false), "giờ khác rồi")), told(&[1], &[2]), "again");
        assert_eq!(says(&mut store, rate(1, None, "")), told(&[], &[2]));
        let rating = &store.ratings().unwrap()[1];
        assert_eq!((rating.topic.as_str(), rating.text.as_str()), ("", "giờ khác rồi"));
        assert_eq!(store.ratings().unwrap()[0].topic, "gio");
        // A word is counted once, however often it comes.
        let counted = [
            Happened::Helped("gio".into()),
            Happened::DidNotHelp(String::new()),
            Happened::WhyNot(Reason::Wrong),
        ];
        assert_eq!(store.happened, counted);
        // Somebody who was away and has every message hears it too.
        let effects = handle_hello(&store, &published(), Some(Id(7)), 3, None).unwrap();
        assert_eq!(effects.last(), Some(&Down::Rated(Rated { good: vec![], bad: vec![2] })));
    }

    #[test]
    fn what_cannot_be_rated() {
        let mut store = answered();
        let code = |effects: Vec<Effect<Down>>| match effects.as_slice() {
            [Effect::Reply(Down::Fault { code, .. })] => Some(*code),
            _ => None,
        };
        for seq in [0, 3, 9] {
            assert_eq!(code(says(&mut store, rate(seq, Some(true), ""))), Some(Fault::Malformed), "{seq}");
        }
        let long = "x".repeat(MAX_OPINION_CHARS + 1);
        assert_eq!(code(says(&mut store, rate(1, Some(false), &long))), Some(Fault::TooLong));
        let card = "thẻ 4111 1111 1111 1111";
        assert_eq!(code(says(&mut store, rate(1, Some(false), card))), Some(Fault::Personal));
        for score in [0, 6] {
            let up = Up::Survey { score, text: String::new() };
            assert_eq!(code(says(&mut store, up)), Some(Fault::Malformed));
        }
        assert!(store.ratings().unwrap().is_empty() && store.survey.is_none());
        assert_eq!(
            says(&mut store, Up::Survey { score: 4, text: "tốt".into() }),
            [Effect::Reply(Down::Surveyed)]
        );
        assert_eq!(store.survey.map(|survey| (survey.score, survey.text)), Some((4, "tốt".to_owned())));
    }
}
