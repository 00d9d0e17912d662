//! What a visitor's side sends, and what follows from it.

use super::{
    Effect, Log, Pending, cases, danger,
    feedback::{self, Rate, rate, survey},
    heard_as, language, late, learn,
    message::{self, message, visitor},
    people,
    personal::{Typed, is_typed_refused},
};
use crate::{
    files::Stored,
    gate::{self, Budget},
    hours, input,
    report::Happened,
    turn::{self, Published, Turn},
};
use intent::Scratch;
use wire::{Author, AuthorKind, Block, Body, Down, Fault, Given, Id, InputKind, Message, Run, Up, limits};

/// How far back an input may stand that something is given for.
pub(super) const ASKED_BACK: u64 = 50;

/// A visitor's side has connected with a good ticket: what it is told.
///
/// It gets exactly what it missed, in order. If `epoch` is not this log's, it is told so and gets everything.
/// `ticket` is a fresh one, when the one it came with is getting old.
pub fn hello(
    log: &impl Log,
    published: &Published,
    epoch: Option<Id>,
    after: u64,
    ticket: Option<String>,
) -> Vec<Effect> {
    let same = epoch == Some(log.epoch()) && after <= log.last();
    let after = if same { after } else { 0 };
    let mut effects = vec![Effect::Send(Down::Welcome { epoch: log.epoch(), last: log.last(), ticket })];
    effects.extend(log.after(after, limits::MAX_RESUME).into_iter().map(|m| Effect::Send(Down::Message(m))));
    effects.extend(people::welcome(log, published).into_iter().map(Effect::Send));
    effects.extend(feedback::rated(log).map(|rated| Effect::Send(Down::Rated(rated))));
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
        Up::Say { id, text, lang, pick, value, files } => {
            say(log, published, Said { id, text, lang, pick, value, files }, now, scratch)
        }
        Up::Rate { seq, good, reason, text } => {
            let urgent = danger::answer_opinion(log, published, &text, now);
            [rate(log, published, Rate { seq, good, reason, text }, now), urgent].concat()
        }
        Up::Survey { score, text } => {
            let urgent = danger::answer_opinion(log, published, &text, now);
            [survey(log, published, score, &text, now), urgent].concat()
        }
        Up::Stop { seq } => stop(log, seq),
        // A second hello is how a widget asks again for what it missed; the shell answers it with `hello`.
        // Who somebody is, only the shell can check.
        Up::Typing { on } => people::typing(log, on),
        Up::Read { seq } => people::seen(log, seq),
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
    value: Option<Given>,
    files: Vec<Id>,
}

fn say(
    log: &mut impl Log,
    published: &Published,
    said: Said,
    now: u64,
    scratch: &mut Scratch,
) -> Vec<Effect> {
    let Said { id, text, lang, pick, value, files } = said;
    let clean = if files.is_empty() { gate::said } else { gate::said_with_files };
    let text = match clean(&text) {
        Ok(text) => text,
        Err(code) => return vec![fault(Some(id), code, None)],
    };
    if let Some(before) = log.by_id(id) {
        return match is_same(published, &before, &text, now) && ids(&before) == files {
            true => vec![Effect::Send(Down::Ack { id, seq: before.seq, at: before.at })],
            false => vec![fault(Some(id), Fault::IdReused, None)],
        };
    }
    // Before everything else: no budget, no rule about personal data and no question back stands before it.
    let found = danger::danger(published, &text, pick.as_deref());
    let text = if found.is_some() { danger::without_refused(published, text, now) } else { text };
    // Whatever comes of it: looking at it costs more than refusing it.
    let afforded = if found.is_some() { danger::afford(log, now) } else { afford(log, published, now) };
    if let Err(wait) = afforded {
        return vec![fault(Some(id), Fault::TooFast, Some(wait))];
    }
    let Some(files) = sent(log, &files, None) else { return vec![fault(Some(id), Fault::Malformed, None)] };
    // What was chosen is whoever asked's own, to the letter; what was typed, `picked` puts together.
    let mut value =
        value.map(|Given { name, value }| Given { name, value: gate::visible(&value).trim().to_owned() });
    let searched = value.as_ref().map(|given| Given { value: gate::plain(&given.value), ..given.clone() });
    let typed = Typed { text: &text, pick: pick.as_deref(), value: searched.as_ref() };
    let refused = is_typed_refused(log, published, &typed, now);
    let pick = match &mut value {
        Some(value) => match picked(log, published, value) {
            Some(pick) => Some(pick),
            None => return vec![fault(Some(id), Fault::Malformed, None)],
        },
        // The agency is to see them, whatever the matcher makes of the words.
        None if !files.is_empty() => Some(turn::TO_AGENCY.to_owned()),
        None => pick.or_else(|| heard_as::pick(log, published, &text)),
    };
    if refused && found.is_none() {
        return vec![fault(Some(id), Fault::Personal, None)];
    }
    // Whoever is in danger is answered, but what was given with it passes no more than elsewhere.
    let value = value.filter(|_| !refused);
    let lang = language::resolve(log, published, &text, published.site.language(&lang));
    let body = Body { blocks: blocks(&text, &files), buttons: vec![] };
    let message = Message { id: Some(id), value, ..message(log, visitor(), lang.clone(), body, now) };
    let seq = message.seq;
    log.put(&message);
    belong(log, files, seq);
    let mut effects =
        vec![Effect::Send(Down::Ack { id, seq, at: now }), Effect::Others(Down::Message(message))];
    if let Some(found) = found {
        log.note(Happened::Said);
        let found = danger::in_language_spoken(found, &text, &lang);
        effects.extend(danger::answer(log, published, &found, now));
        return effects;
    }
    if let Some(for_people) = people::heard(log, published, pick.as_deref(), &lang, now) {
        log.note(Happened::Said);
        effects.extend(for_people);
        return effects;
    }
    effects.extend(people::withdraw_place(log, published, now));
    if let Some(body) = cases::look_up_case(log, &published.site, &text, &lang).filter(|_| pick.is_none()) {
        log.note(Happened::Said);
        let told = assistant(log, published, None, body, &lang, now);
        effects.extend(people::show_place_again(log, published, vec![told]));
        effects.extend(people::note_activity(log, now));
        return effects;
    }
    let is_denied = pick.as_deref() == Some(turn::NOT_URGENT);
    let before =
        if is_denied { log.at(question_before(log, seq)).map(|message| words_of(&message)) } else { None };
    let text = before.unwrap_or(text);
    let mut turn = turn::decide(published, &lang, &text, pick.as_deref(), scratch);
    if pick.is_none()
        && let Some(body) = cases::look_up_page(log, published, &turn, &text, &lang)
    {
        turn = Turn::Tell(body);
    }
    if let Turn::Fallback(body) = &mut turn {
        if let Some(instead) = people::fallback_while_waiting(log, published, &lang) {
            *body = instead;
        }
        hours::tell(body, &published.site, &lang, now);
    }
    // "None of these" is about the question before it.
    let is_about_before = is_denied || pick.as_deref() == Some(turn::NONE_OF_THESE);
    let about = if is_about_before { question_before(log, seq) } else { seq };
    let asks = matches!(turn, Turn::Person(..));
    let acted = act(log, published, turn, about, &lang, now);
    effects.extend(people::show_place_again(log, published, acted));
    effects.extend(people::note_activity(log, now).filter(|_| !asks));
    effects
}

fn act(log: &mut impl Log, published: &Published, turn: Turn, seq: u64, lang: &str, now: u64) -> Vec<Effect> {
    log.note(Happened::Said);
    if let Some(happened) = happened(&turn) {
        log.note(happened);
    }
    learn::from(log, published, &turn, seq, now);
    match turn {
        Turn::Answer(intent, mut body) => {
            let own = published.site.intent(&intent);
            let input = own.and_then(|intent| intent.input.as_ref());
            body.blocks.extend(input.map(|own| Block::Input(input::ask(own, &published.site, lang, now))));
            if own.is_some_and(|intent| intent.approve) && published.site.settings.desk.is_some() {
                let from = (message::assistant(published, lang), Some(intent));
                return people::hold(log, published, seq, from, body, now);
            }
            vec![assistant(log, published, Some(intent), body, lang, now)]
        }
        Turn::Ask(body) | Turn::Tell(body) | Turn::Fallback(body) => {
            vec![assistant(log, published, None, body, lang, now)]
        }
        Turn::Person(first, department) => people::asked(log, department, first, now),
        Turn::Forward(candidates) => {
            log.put_pending(&Pending::new(seq, now, candidates));
            // A person who is in the conversation answers when they can; nothing is "being written" meanwhile. And the
            // place of who waits for one stays on the screen.
            let quiet = late::is_with_people(log, seq) || people::queue_line(log).is_some();
            let working = (!quiet).then(|| Effect::All(working()));
            working.into_iter().chain([Effect::Forward(seq)]).collect()
        }
    }
}

/// What is counted of it here; that somebody is brought to a person is counted there.
fn happened(turn: &Turn) -> Option<Happened> {
    Some(match turn {
        Turn::Answer(intent, _) | Turn::Person(Some((intent, _)), _) => Happened::Answered(intent.clone()),
        Turn::Tell(_) | Turn::Person(None, _) => return None,
        Turn::Ask(_) => Happened::AskedBack,
        Turn::Fallback(_) => Happened::Unanswered,
        Turn::Forward(candidates) => {
            Happened::Forwarded(candidates.first().map(|(intent, _)| intent.clone()))
        }
    })
}

/// The assistant says `body`, about `topic` if it is an answer.
fn assistant(
    log: &mut impl Log,
    published: &Published,
    topic: Option<String>,
    body: Body,
    lang: &str,
    now: u64,
) -> Effect {
    let author = message::assistant(published, lang);
    let body = people::with_way_back(log, body, lang);
    let message = Message { topic, ..message(log, author, lang.to_owned(), body, now) };
    log.put(&message);
    Effect::All(Down::Message(message))
}

/// Where a value that was given leads: to the intent that a choice of the site's names, else to the agency. Nothing
/// if nobody asked for it. What was typed is kept as all that is typed.
fn picked(log: &impl Log, published: &Published, value: &mut Given) -> Option<String> {
    let back = log.after(log.last().saturating_sub(ASKED_BACK), ASKED_BACK as usize);
    let (message, input) = input::given(&back, value)?;
    if input.kind == InputKind::Place {
        value.value = gate::plain(&value.value);
    }
    let own = message.author.kind == AuthorKind::Assistant;
    let intent = Some(&value.value).filter(|key| own && published.site.intent(key).is_some());
    Some(intent.map_or_else(|| turn::TO_AGENCY.to_owned(), String::clone))
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
    // What is refused is not written down: on a disk that others use too, that would be most of what a flood costs.
    budget.take(limits, now)?;
    log.set_budget(budget);
    Ok(())
}

/// How long to wait before the visitor may send the next one, in milliseconds, if the budget is used up for now. Nothing is taken.
pub fn budget_wait(log: &impl Log, published: &Published, now: u64) -> Option<u64> {
    let limits = &published.site.settings.limits;
    log.budget().and_then(|mut budget| budget.take(limits, now).err())
}

/// How many characters of `up` somebody has typed and are to be read: none of what was said before.
pub fn typed_chars(log: &impl Log, up: &Up) -> usize {
    let text = match up {
        Up::Say { id, text, .. } if log.by_id(*id).is_none() => text,
        Up::Rate { text, .. } | Up::Survey { text, .. } => text,
        _ => return 0,
    };
    // An opinion without words counts as one.
    text.chars().count().max(1)
}

/// Whether `text` says again what `before` said. What was written before all text was composed is still the same, and so is that
/// in which something was hidden, since whoever was in danger was answered all the same.
fn is_same(published: &Published, before: &Message, text: &str, now: u64) -> bool {
    let kept = gate::plain(&own_words(before));
    kept == text || (kept.contains('•') && kept == danger::without_refused(published, text.to_owned(), now))
}

/// The files `ids` that were sent before and not said yet, by this account or by the visitor; nothing if one of them is not
/// there.
pub(super) fn sent(log: &impl Log, ids: &[Id], by: Option<&str>) -> Option<Vec<Stored>> {
    if ids.is_empty() {
        return Some(Vec::new());
    }
    let kept = log.files();
    let own = |file: &&Stored| file.seq.is_none() && file.owner.is_none() && file.by.as_deref() == by;
    let find = |id: &Id| kept.iter().filter(own).find(|file| file.id == *id).cloned();
    let found: Option<Vec<Stored>> = ids.iter().map(find).collect();
    found.filter(|found| found.len() <= limits::MAX_FILES)
}

fn blocks(text: &str, files: &[Stored]) -> Vec<Block> {
    let run = || Run { text: text.to_owned(), ..Run::default() };
    let words = (!text.is_empty()).then(|| Block::Text { runs: vec![run()] });
    words.into_iter().chain(file_blocks(files)).collect()
}

/// `files` as they stand in a message.
pub(super) fn file_blocks(files: &[Stored]) -> impl Iterator<Item = Block> {
    files.iter().map(|file| Block::File(file.shown()))
}

/// `files` are part of the message `seq`.
pub(super) fn belong(log: &mut impl Log, files: Vec<Stored>, seq: u64) {
    files.into_iter().for_each(|file| log.put_file(&Stored { seq: Some(seq), ..file }));
}

/// What was typed of a visitor's message.
fn own_words(message: &Message) -> String {
    let text: Vec<Block> =
        message.body.blocks.iter().filter(|b| !matches!(b, Block::File(_))).cloned().collect();
    crate::rich::words(&text)
}

/// The files of a visitor's message.
fn ids(message: &Message) -> Vec<Id> {
    let id = |block: &Block| if let Block::File(file) = block { file.id } else { None };
    message.body.blocks.iter().filter_map(id).collect()
}

/// The words of a visitor's message.
pub(super) fn words_of(message: &Message) -> String {
    crate::rich::words(&message.body.blocks)
}

fn working() -> Down {
    Down::Working { author: Author { kind: AuthorKind::Agency, name: None }, text: None }
}

pub(super) fn fault(id: Option<Id>, code: Fault, retry_ms: Option<u64>) -> Effect {
    Effect::Send(Down::Fault { id, code, retry_ms })
}
