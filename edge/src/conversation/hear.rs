//! What a visitor's side sends, and what follows from it.

use super::{
    Effect, Log, Pending, late,
    personal::{is_refused, personal},
};
use crate::{
    gate::{self, Budget},
    hours,
    report::Happened,
    turn::{self, Published, Turn},
};
use intent::Scratch;
use wire::{Author, AuthorKind, Block, Body, Down, Fault, Id, Message, Run, State, Up, limits};

/// A visitor's side has connected with a good ticket: what it is told.
///
/// It gets exactly what it missed, in order. If `epoch` is not this log's, it is told so and gets everything.
/// `ticket` is a fresh one, when the one it came with is getting old.
pub fn hello(log: &impl Log, epoch: Option<Id>, after: u64, ticket: Option<String>) -> Vec<Effect> {
    let same = epoch == Some(log.epoch()) && after <= log.last();
    let after = if same { after } else { 0 };
    let mut effects = vec![Effect::Send(Down::Welcome { epoch: log.epoch(), last: log.last(), ticket })];
    effects.extend(log.after(after, limits::MAX_RESUME).into_iter().map(|m| Effect::Send(Down::Message(m))));
    if log.pending().iter().any(Pending::is_awaited) {
        effects.push(Effect::Send(working()));
    }
    effects
}

/// A visitor's side has sent `up` after its hello.
pub fn hear(
    log: &mut impl Log,
    published: &Published,
    up: Up,
    now: u64,
    scratch: &mut Scratch,
) -> Vec<Effect> {
    match up {
        Up::Say { id, text, lang, pick } => say(log, published, Said { id, text, lang, pick }, now, scratch),
        Up::Stop { seq } => stop(log, seq),
        // A second hello is how a widget asks again for what it missed; the shell answers it with `hello`.
        // Who somebody is, only the shell can check.
        Up::Hello { .. } | Up::Identify { .. } | Up::Context { .. } | Up::Unknown => {
            vec![fault(None, Fault::Malformed, None)]
        }
    }
}

struct Said {
    id: Id,
    text: String,
    lang: String,
    pick: Option<String>,
}

fn say(
    log: &mut impl Log,
    published: &Published,
    said: Said,
    now: u64,
    scratch: &mut Scratch,
) -> Vec<Effect> {
    let Said { id, text, lang, pick } = said;
    let text = match gate::said(&text) {
        Ok(text) => text,
        Err(code) => return vec![fault(Some(id), code, None)],
    };
    if let Some(before) = log.by_id(id) {
        return match words_of(&before) == text {
            true => vec![Effect::Send(Down::Ack { id, seq: before.seq, at: before.at })],
            false => vec![fault(Some(id), Fault::IdReused, None)],
        };
    }
    // What stands on a button is the site's own.
    if pick.is_none() && is_refused(published, personal(log, published, &text, now)) {
        return vec![fault(Some(id), Fault::Personal, None)];
    }
    if let Err(wait) = afford(log, published, now) {
        return vec![fault(Some(id), Fault::TooFast, Some(wait))];
    }
    let lang = published.site.language(&lang).to_owned();
    let seq = log.last() + 1;
    let message = Message {
        seq,
        id: Some(id),
        author: Author { kind: AuthorKind::Visitor, name: None },
        at: now,
        lang: lang.clone(),
        state: State::Done,
        rev: 0,
        body: Body {
            blocks: vec![Block::Text { runs: vec![Run { text: text.clone(), ..Run::default() }] }],
            buttons: vec![],
        },
    };
    log.put(&message);
    let mut effects =
        vec![Effect::Send(Down::Ack { id, seq, at: now }), Effect::Others(Down::Message(message))];
    let mut turn = turn::decide(published, &lang, &text, pick.as_deref(), scratch);
    if let Turn::Fallback(body) = &mut turn {
        hours::tell(body, &published.site, &lang, now);
    }
    // "None of these" is about the question before it.
    let about = if pick.as_deref() == Some(turn::NONE_OF_THESE) { question_before(log, seq) } else { seq };
    effects.extend(act(log, published, turn, about, &lang, now));
    effects
}

fn act(log: &mut impl Log, published: &Published, turn: Turn, seq: u64, lang: &str, now: u64) -> Vec<Effect> {
    log.note(Happened::Said);
    log.note(match &turn {
        Turn::Answer(intent, _) => Happened::Answered(intent.clone()),
        Turn::Ask(_) => Happened::AskedBack,
        Turn::Fallback(_) => Happened::Unanswered,
        Turn::Forward(candidates) => {
            Happened::Forwarded(candidates.first().map(|(intent, _)| intent.clone()))
        }
    });
    match turn {
        Turn::Answer(_, body) | Turn::Ask(body) | Turn::Fallback(body) => {
            let name = published.site.say(&published.site.settings.assistant, lang).to_owned();
            let message = Message {
                seq: log.last() + 1,
                id: None,
                author: Author { kind: AuthorKind::Assistant, name: Some(name) },
                at: now,
                lang: lang.to_owned(),
                state: State::Done,
                rev: 0,
                body,
            };
            log.put(&message);
            vec![Effect::All(Down::Message(message))]
        }
        Turn::Forward(candidates) => {
            log.put_pending(&Pending::new(seq, now, candidates));
            // A person who is in the conversation answers when they can; nothing is "being written" meanwhile.
            let working = (!late::is_with_people(log, seq)).then(|| Effect::All(working()));
            working.into_iter().chain([Effect::Forward(seq)]).collect()
        }
    }
}

/// The visitor's last saying before `seq` that was not itself a press of "none of these".
fn question_before(log: &impl Log, seq: u64) -> u64 {
    let earlier = (1..seq).rev().filter_map(|s| log.at(s));
    earlier.filter(|m| m.author.kind == AuthorKind::Visitor).map(|m| m.seq).next().unwrap_or(seq)
}

fn stop(log: &impl Log, seq: u64) -> Vec<Effect> {
    let about = log.pending().into_iter().find(|pending| pending.reply == Some(seq) || pending.seq == seq);
    about.map(|pending| Effect::Stop(pending.seq)).into_iter().collect()
}

/// Takes one out of what the visitor may send.
///
/// # Errors
/// How long to wait, in milliseconds.
pub fn afford(log: &mut impl Log, published: &Published, now: u64) -> Result<(), u64> {
    let limits = &published.site.settings.limits;
    let mut budget = log.budget().unwrap_or_else(|| Budget::full(limits, now));
    let result = budget.take(limits, now);
    log.set_budget(budget);
    result
}

/// The words of a visitor's message.
pub(super) fn words_of(message: &Message) -> String {
    crate::rich::words(&message.body.blocks)
}

fn working() -> Down {
    Down::Working { author: Author { kind: AuthorKind::Agency, name: None } }
}

fn fault(id: Option<Id>, code: Fault, retry_ms: Option<u64>) -> Effect {
    Effect::Send(Down::Fault { id, code, retry_ms })
}
