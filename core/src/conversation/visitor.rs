//! What a visitor's side sends, and what follows from it.

use super::{
    Audience, ConversationStore, Effect, Pending, Side, StoreError, Task, case_lookup, danger,
    deferred_reply,
    effect::{fault_reply, for_caller},
    feedback::{self, Rate, rate_answer, submit_survey},
    language,
    message::{self, message_text, new_message, recent_messages, visitor_author},
    message_files::{attach_files, file_blocks, file_ids, unsent_files},
    message_rate_limit::apply_message_rate_limit,
    personal::{TypedInput, is_typed_refused},
    pick_inference::{infer_pick, infer_value},
    retraction, unanswered,
};
use crate::{
    decide::{self, Published, Turn},
    files::Stored,
    handoff, hours, input,
    limits::sanitize,
    metrics::Happened,
    pick::{NONE_OF_THESE, NOT_URGENT, TO_AGENCY},
};
use intent::Scratch;
use wire::{Author, AuthorKind, Block, Body, Down, Fault, Given, Id, InputKind, Message, Run, Up, limits};

/// When trying again makes sense, in milliseconds, where the safety layer has no data yet.
const RETRY_MS: u64 = 2_000;

/// A visitor's side has connected with a good ticket: what it is told.
///
/// It gets exactly what it missed, in order. If `epoch` is not this store's, it is told so and gets everything.
/// `ticket` is a fresh one, when the one it came with is getting old.
pub fn handle_hello(
    store: &impl ConversationStore,
    published: &Published,
    epoch: Option<Id>,
    after: u64,
    ticket: Option<String>,
) -> Result<Vec<Down>, StoreError> {
    let same = epoch == Some(store.epoch()?) && after <= store.last_seq()?;
    let after = if same { after } else { 0 };
    let mut told = vec![Down::Welcome { epoch: store.epoch()?, last: store.last_seq()?, ticket }];
    told.extend(retraction::retracted_messages(store, after)?.into_iter().map(Down::Message));
    told.extend(store.messages_after(after, limits::MAX_RESUME)?.into_iter().map(Down::Message));
    told.extend(handoff::resume_frames(store, published)?);
    told.extend(feedback::rated_answers(store)?.map(Down::Rated));
    if store.pending()?.iter().any(Pending::is_awaited) {
        told.push(working_status());
    }
    Ok(told)
}

/// A visitor's side has sent `up` after its hello.
pub fn handle_frame(
    store: &mut impl ConversationStore,
    published: &Published,
    up: Up,
    now: u64,
    scratch: &mut Scratch,
) -> Result<Vec<Effect<Down>>, StoreError> {
    Ok(match up {
        Up::Say { id, text, lang, pick, value, files } => {
            handle_say(store, published, SaidMessage { id, text, lang, pick, value, files }, now, scratch)?
        }
        Up::Rate { seq, good, reason, text } => {
            let Some(urgent) = danger::answer_opinion(store, published, &text, now)? else {
                return Ok(ask_to_retry());
            };
            let mut effects = rate_answer(store, published, Rate { seq, good, reason, text }, now)?;
            effects.extend(for_caller(urgent));
            effects
        }
        Up::Survey { score, text } => {
            let Some(urgent) = danger::answer_opinion(store, published, &text, now)? else {
                return Ok(ask_to_retry());
            };
            let mut effects = submit_survey(store, published, score, &text, now)?;
            effects.extend(for_caller(urgent));
            effects
        }
        Up::Stop { seq } => for_caller(request_stop(store, seq)?),
        // A second hello is how a widget asks again for what it missed; the shell answers it with `hello`.
        // Who somebody is, only the shell can check.
        Up::Typing { on } => for_caller(handoff::send_visitor_typing(store, on)?),
        Up::Read { seq } => for_caller(handoff::mark_seen(store, seq)?),
        Up::Hello { .. } | Up::Identify { .. } | Up::Context { .. } | Up::Unknown => {
            vec![fault_reply(None, Fault::Malformed, None)]
        }
    })
}

/// Nobody can tell whether it is a cry for help: it is neither acknowledged nor answered, so the visitor's side says it again.
fn ask_to_retry() -> Vec<Effect<Down>> {
    vec![fault_reply(None, Fault::Internal, Some(RETRY_MS))]
}

struct SaidMessage {
    id: Id,
    text: String,
    lang: String,
    pick: Option<String>,
    value: Option<Given>,
    files: Vec<Id>,
}

fn handle_say(
    store: &mut impl ConversationStore,
    published: &Published,
    said: SaidMessage,
    now: u64,
    scratch: &mut Scratch,
) -> Result<Vec<Effect<Down>>, StoreError> {
    let SaidMessage { id, text, lang, pick, value, files } = said;
    let clean = if files.is_empty() { sanitize::clean_message } else { sanitize::clean_message_with_files };
    let text = match clean(&text) {
        Ok(text) => text,
        Err(code) => return Ok(vec![fault_reply(Some(id), code, None)]),
    };
    if let Some(reply) = answer_repeated_message(store, published, id, &text, &files, now)? {
        return Ok(vec![reply]);
    }
    // Before everything else: no budget, no rule about personal data and no question back stands before it.
    let Ok(found) = danger::detect(published, &text, pick.as_deref()) else { return Ok(ask_to_retry()) };
    let text = if found.is_some() { danger::without_refused(published, text, now) } else { text };
    // Whatever comes of it: looking at it costs more than refusing it.
    let afforded = if found.is_some() {
        danger::apply_danger_rate_limit(store, now)?
    } else {
        apply_message_rate_limit(store, published, now)?
    };
    if let Err(wait) = afforded {
        return Ok(vec![fault_reply(Some(id), Fault::TooFast, Some(wait))]);
    }
    let Some(files) = unsent_files(store, &files, None)? else {
        return Ok(vec![fault_reply(Some(id), Fault::Malformed, None)]);
    };
    // What was chosen is whoever asked's own, to the letter; what was typed, `picked` puts together.
    let mut value = value
        .map(|Given { name, value }| Given { name, value: sanitize::visible_text(&value).trim().to_owned() });
    if value.is_none() && pick.is_none() && files.is_empty() {
        value = infer_value(store, &text, &lang)?;
    }
    let searched =
        value.as_ref().map(|given| Given { value: sanitize::clean_text(&given.value), ..given.clone() });
    let typed = TypedInput { text: &text, pick: pick.as_deref(), value: searched.as_ref() };
    let refused = is_typed_refused(store, published, &typed, now)?;
    let pick = match &mut value {
        Some(value) => match resolve_pick(store, published, value)? {
            Some(pick) => Some(pick),
            None => return Ok(vec![fault_reply(Some(id), Fault::Malformed, None)]),
        },
        // The agency is to see them, whatever the matcher makes of the words.
        None if !files.is_empty() => Some(TO_AGENCY.to_owned()),
        None if pick.is_none() => infer_pick(store, published, &text, &lang)?,
        None => pick,
    };
    if refused && found.is_none() {
        return Ok(vec![fault_reply(Some(id), Fault::Personal, None)]);
    }
    // Whoever is in danger is answered, but what was given with it passes no more than elsewhere.
    let value = value.filter(|_| !refused);
    let lang = language::resolve_language(store, published, &text, published.site.match_language(&lang))?;
    let body = Body { blocks: message_blocks(&text, &files), buttons: vec![] };
    let message =
        Message { id: Some(id), value, ..new_message(store, visitor_author(), lang.clone(), body, now)? };
    let seq = message.seq;
    store.put_message(&message)?;
    attach_files(store, files, seq)?;
    let mut effects = vec![
        Effect::Reply(Down::Ack { id, seq, at: now }),
        Effect::Broadcast(Audience::Others, Down::Message(message)),
    ];
    if let Some(found) = found {
        store.count_event(Happened::Said);
        danger::mark_message(store, seq)?;
        let found = danger::in_language_spoken(found, &lang);
        effects.extend(for_caller(danger::answer_danger(store, published, &found, now)?));
        return Ok(effects);
    }
    if let Some(for_people) = handoff::handle_visitor_message(store, published, pick.as_deref(), &lang, now)?
    {
        store.count_event(Happened::Said);
        effects.extend(for_caller(for_people));
        return Ok(effects);
    }
    effects.extend(for_caller(handoff::withdraw_place(store, published, now)?));
    if let Some(body) =
        case_lookup::look_up_case(store, &published.site, &text, &lang)?.filter(|_| pick.is_none())
    {
        store.count_event(Happened::Said);
        let told = send_assistant_message(store, published, None, body, &lang, now)?;
        effects.extend(for_caller(handoff::show_place_again(store, published, vec![told])?));
        effects.extend(handoff::note_activity(store, now)?.map(Effect::from));
        return Ok(effects);
    }
    let is_denied = pick.as_deref() == Some(NOT_URGENT);
    let before = if is_denied {
        store.message(question_before(store, seq)?)?.map(|message| message_text(&message))
    } else {
        None
    };
    let text = before.unwrap_or(text);
    let mut turn = decide::decide_turn(published, &lang, &text, pick.as_deref(), scratch);
    if pick.is_none()
        && let Some(body) = case_lookup::look_up_page(store, published, &turn, &text, &lang)?
    {
        turn = Turn::Tell(body);
    }
    if let Turn::Fallback(body) = &mut turn {
        if let Some(instead) = handoff::fallback_while_waiting(store, published, &lang)? {
            *body = instead;
        }
        hours::add_opening_hours(body, &published.site, &lang, now);
    }
    // "None of these" is about the question before it.
    let is_about_before = is_denied || pick.as_deref() == Some(NONE_OF_THESE);
    let about = if is_about_before { question_before(store, seq)? } else { seq };
    let asks = matches!(turn, Turn::Person(..));
    let acted = apply_turn(store, published, turn, (about, pick.as_deref()), &lang, now)?;
    effects.extend(for_caller(handoff::show_place_again(store, published, acted)?));
    effects.extend(handoff::note_activity(store, now)?.filter(|_| !asks).map(Effect::from));
    Ok(effects)
}

fn apply_turn(
    store: &mut impl ConversationStore,
    published: &Published,
    turn: Turn,
    (seq, pick): (u64, Option<&str>),
    lang: &str,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.count_event(Happened::Said);
    if let Some(happened) = turn_event(&turn) {
        store.count_event(happened);
    }
    unanswered::record_turn(store, published, &turn, seq, now)?;
    Ok(match turn {
        Turn::Answer(intent, mut body) => {
            let own = published.site.intent_by_id(&intent);
            let input = own.and_then(|intent| intent.input.as_ref());
            body.blocks
                .extend(input.map(|own| Block::Input(input::build_input(own, &published.site, lang, now))));
            if own.is_some_and(|intent| intent.approve) && published.site.settings.desk.is_some() {
                let from = (message::assistant_author(published, lang), Some(intent));
                return handoff::hold_answer(store, published, seq, from, body, now);
            }
            vec![send_assistant_message(store, published, Some(intent), body, lang, now)?]
        }
        Turn::Ask(body) | Turn::Tell(body) | Turn::Fallback(body) => {
            vec![send_assistant_message(store, published, None, body, lang, now)?]
        }
        Turn::Person(first, department) => handoff::request_person(store, department, first, now)?,
        Turn::Forward(candidates) => {
            danger::mark_history(store, published, seq)?;
            let pick = pick.filter(|pick| pick.starts_with(TO_AGENCY)).map(str::to_owned);
            store.put_pending(&Pending { pick, ..Pending::new(seq, now, candidates) })?;
            // A person who is in the conversation answers when they can; nothing is "being written" meanwhile. And the
            // place of who waits for one stays on the screen.
            let quiet = deferred_reply::is_with_people(store, seq)? || handoff::queue_line(store)?.is_some();
            let working = (!quiet).then(|| Effect::Broadcast(Audience::Everyone, working_status()));
            working.into_iter().chain([Effect::Task(Task::Deliver(seq))]).collect()
        }
    })
}

/// What is counted of it here; that somebody is brought to a person is counted there.
fn turn_event(turn: &Turn) -> Option<Happened> {
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
fn send_assistant_message(
    store: &mut impl ConversationStore,
    published: &Published,
    topic: Option<String>,
    body: Body,
    lang: &str,
    now: u64,
) -> Result<Effect, StoreError> {
    let author = message::assistant_author(published, lang);
    let body = handoff::with_way_back(store, body, lang)?;
    let message = Message { topic, ..new_message(store, author, lang.to_owned(), body, now)? };
    store.put_message(&message)?;
    Ok(Effect::Broadcast(Audience::Everyone, Down::Message(message)))
}

/// Where a value that was given leads: to the intent that a choice of the site's names, else to the agency. Nothing
/// if nobody asked for it. What was typed is kept as all that is typed.
fn resolve_pick(
    store: &impl ConversationStore,
    published: &Published,
    value: &mut Given,
) -> Result<Option<String>, StoreError> {
    let back = recent_messages(store)?;
    let Some((message, input)) = input::find_answered_input(&back, value) else { return Ok(None) };
    if input.kind == InputKind::Place {
        value.value = sanitize::clean_text(&value.value);
    }
    let own = message.author.kind == AuthorKind::Assistant;
    let intent = Some(&value.value).filter(|key| own && published.site.intent_by_id(key).is_some());
    Ok(Some(intent.map_or_else(|| TO_AGENCY.to_owned(), String::clone)))
}

/// The visitor's last saying before `seq` that was not itself a press of "none of these".
fn question_before(store: &impl ConversationStore, seq: u64) -> Result<u64, StoreError> {
    Ok(store.newest_message(Side::Visitor, seq)?.map_or(seq, |message| message.seq))
}

fn request_stop(store: &impl ConversationStore, seq: u64) -> Result<Vec<Effect>, StoreError> {
    let about = store.pending()?.into_iter().find(|pending| pending.reply == Some(seq) || pending.seq == seq);
    Ok(about.map(|pending| Effect::Task(Task::StopReply(pending.seq))).into_iter().collect())
}

/// How many characters of `up` somebody has typed and are to be read: none of what was said before.
pub fn typed_chars(store: &impl ConversationStore, up: &Up) -> Result<usize, StoreError> {
    let text = match up {
        Up::Say { id, text, .. } if store.message_by_id(*id)?.is_none() => text,
        Up::Rate { text, .. } | Up::Survey { text, .. } => text,
        _ => return Ok(0),
    };
    // An opinion without words counts as one.
    Ok(text.chars().count().max(1))
}

/// Idempotency: a message whose `id` was written before is acknowledged again and changes nothing, so that a widget may send again
/// whatever it has no acknowledgement of. Another message under the same id is refused. `None`: the id is new.
fn answer_repeated_message(
    store: &impl ConversationStore,
    published: &Published,
    id: Id,
    text: &str,
    files: &[Id],
    now: u64,
) -> Result<Option<Effect<Down>>, StoreError> {
    let Some(before) = store.message_by_id(id)? else { return Ok(None) };
    Ok(Some(match is_repeated_text(published, &before, text, now) && file_ids(&before) == files {
        true => Effect::Reply(Down::Ack { id, seq: before.seq, at: before.at }),
        false => fault_reply(Some(id), Fault::IdReused, None),
    }))
}

/// Whether `text` says again what `before` said. What was written before all text was composed is still the same, and so is that
/// in which something was hidden, since whoever was in danger was answered all the same.
fn is_repeated_text(published: &Published, before: &Message, text: &str, now: u64) -> bool {
    let kept = sanitize::clean_text(&own_words(before));
    kept == text || (kept.contains('•') && kept == danger::without_refused(published, text.to_owned(), now))
}

fn message_blocks(text: &str, files: &[Stored]) -> Vec<Block> {
    let run = || Run { text: text.to_owned(), ..Run::default() };
    let words = (!text.is_empty()).then(|| Block::Text { runs: vec![run()] });
    words.into_iter().chain(file_blocks(files)).collect()
}

/// What was typed of a visitor's message.
fn own_words(message: &Message) -> String {
    let text: Vec<Block> =
        message.body.blocks.iter().filter(|b| !matches!(b, Block::File(_))).cloned().collect();
    crate::rich::plain_text(&text)
}

fn working_status() -> Down {
    Down::Working { author: Author { kind: AuthorKind::Agency, name: None }, text: None }
}
