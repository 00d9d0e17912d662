//! Cases in a conversation: handed in, taken by the agency, and what the agency says of them later.

use super::{
    Effect, Log, Pending,
    late::{self, Arrived},
    reply::{language, say},
};
use crate::{
    case::{self, Case, CaseState},
    connector::{Callback, Reply},
    hours,
    phrases::{Phrase, phrase},
    report::Happened,
    rich,
    turn::Published,
    words::{PageWord, page_word},
};
use wire::{Author, AuthorKind, Block, Body, Card, Down, Id, Link, Message, Run, State, Word};

/// The case called `number`.
pub fn case(log: &impl Log, number: &str) -> Option<Case> {
    serde_json::from_str(&log.record(&name(number))?).ok()
}

/// Until when the conversation is kept for its cases' sake, in milliseconds since 1970.
pub fn held_until(log: &impl Log) -> u64 {
    let cases = log.records("case:").into_iter().filter_map(|json| serde_json::from_str::<Case>(&json).ok());
    let open = cases.filter(|case| !case.state.is_over());
    open.map(|case| case.filed_at + case::LIFE_MS).max().unwrap_or_default()
}

/// A case is handed in. It counts as something the visitor said, with the id `id`; the same number again changes
/// nothing. `status` is where it can be looked up.
pub fn file(log: &mut impl Log, published: &Published, case: Case, id: Id, status: &str) -> Vec<Effect> {
    if log.record(&name(&case.number)).is_some() {
        return Vec::new();
    }
    let (lang, now, seq) = (case.lang.clone(), case.filed_at, log.last() + 1);
    let said = format!("{}: {} ({})", phrase(Phrase::HandedIn, &lang), case.title, case.number);
    let message = Message {
        seq,
        id: Some(id),
        author: Author { kind: AuthorKind::Visitor, name: None },
        at: now,
        lang: lang.clone(),
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        body: Body { blocks: vec![text(said)], buttons: Vec::new() },
    };
    log.put(&message);
    let case = Case { seq, ..case };
    put(log, &case);
    log.put_pending(&Pending { case: Some(case.number.clone()), ..Pending::new(seq, now, Vec::new()) });
    let body = Body { blocks: vec![card(&case, &published.site, status)], buttons: Vec::new() };
    let receipt = say(log, published, lang, body, now);
    vec![Effect::All(Down::Message(message)), Effect::All(Down::Message(receipt)), Effect::Forward(seq)]
}

/// The agency has taken the case of the pending `seq`, and may have said something to it.
pub(super) fn taken(
    log: &mut impl Log,
    published: &Published,
    seq: u64,
    mut case: Case,
    reply: Option<Reply>,
    now: u64,
) -> Vec<Effect> {
    log.settle(seq);
    case.sealed.clear();
    // A callback may have been faster.
    if case.state == CaseState::Sending {
        (case.state, case.changed_at) = (CaseState::Received, now);
    }
    put(log, &case);
    let mut blocks = vec![text(state_line(&case))];
    let reply = reply.unwrap_or_default();
    blocks.extend(rich::blocks(&reply.text));
    let lang = language(log, seq);
    let mut message = said_by_agency(log, published, lang, Body { blocks, buttons: reply.buttons }, now);
    message.author = reply.author.unwrap_or(message.author);
    log.put(&message);
    vec![Effect::All(Down::Message(message))]
}

/// The case can't be brought to the agency.
pub(super) fn undelivered(
    log: &mut impl Log,
    published: &Published,
    seq: u64,
    case: Case,
    now: u64,
) -> Vec<Effect> {
    log.settle(seq);
    let case = Case { state: CaseState::Undelivered, changed_at: now, sealed: String::new(), ..case };
    put(log, &case);
    let contact = Block::Contact(published.site.contact(&case.lang));
    let mut body = Body { blocks: vec![text(state_line(&case)), contact], buttons: Vec::new() };
    hours::tell(&mut body, &published.site, &case.lang, now);
    vec![Effect::All(Down::Message(say(log, published, case.lang.clone(), body, now)))]
}

/// The agency reports how far a case is. `None`: this conversation has no such case.
pub(super) fn report(
    log: &mut impl Log,
    published: &Published,
    callback: Callback,
    (number, state): (&str, CaseState),
    now: u64,
) -> Option<Arrived> {
    let mut case = case(log, number)?;
    // What the agency reports on, it has; it may have lost its answer on the way to us.
    if log.pending().iter().any(|pending| pending.seq == case.seq && pending.reply.is_none()) {
        log.settle(case.seq);
    }
    case.sealed.clear();
    (case.state, case.changed_at) = (state, now);
    let lang = case.lang.clone();
    let (note, _) = late::bounded(callback.reply.text);
    case.note.clone_from(&note);
    put(log, &case);
    let mut blocks = vec![text(state_line(&case))];
    blocks.extend(rich::blocks(&note));
    let body = Body { blocks, buttons: callback.reply.buttons };
    let mut message = said_by_agency(log, published, lang, body, now);
    message.author = callback.reply.author.unwrap_or(message.author);
    log.put(&message);
    log.set_heard(&callback.id, message.seq);
    Some(Arrived { seq: message.seq, effects: vec![Effect::All(Down::Message(message))] })
}

fn said_by_agency(log: &impl Log, published: &Published, lang: String, body: Body, now: u64) -> Message {
    let name = published.site.say(&published.site.settings.name, &lang).to_owned();
    Message {
        seq: log.last() + 1,
        id: None,
        author: Author { kind: AuthorKind::Agency, name: Some(name) },
        at: now,
        lang,
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        body,
    }
}

/// The receipt in the chat.
fn card(case: &Case, site: &site::Site, status: &str) -> Block {
    let lang = &case.lang;
    let say = |word| page_word(lang, word);
    let mut lines = vec![
        format!("{}: {}", say(PageWord::CaseNumber), case.number),
        format!("{}: {}", say(PageWord::Recipient), site.say(&site.settings.name, lang)),
    ];
    lines
        .extend(case.promised.as_ref().map(|day| format!("{}: {}", say(PageWord::Promised), case::day(day))));
    let runs = vec![Run { text: lines.join("\n"), ..Run::default() }];
    let link = Link { label: say(PageWord::LookUp).to_owned(), href: status.to_owned() };
    Block::Card(Card { title: case.title.clone(), runs, link: Some(link) })
}

/// `Mã hồ sơ K7QX3-M9DA0: Cơ quan đã nhận`.
fn state_line(case: &Case) -> String {
    format!(
        "{} {}: {}",
        page_word(&case.lang, PageWord::CaseNumber),
        case.number,
        state_word(case.state, &case.lang)
    )
}

/// How far it is, in words.
pub fn state_word(state: CaseState, lang: &str) -> String {
    let word = match state {
        CaseState::Sending => PageWord::Sending,
        CaseState::Received => PageWord::Received,
        CaseState::NeedsPapers => PageWord::NeedsPapers,
        CaseState::Done => PageWord::Done,
        CaseState::Refused => PageWord::Declined,
        CaseState::Undelivered => return crate::words::words(lang).get(Word::NotSent).to_owned(),
    };
    page_word(lang, word).to_owned()
}

fn text(text: String) -> Block {
    Block::Text { runs: vec![Run { text, ..Run::default() }] }
}

fn name(number: &str) -> String {
    format!("case:{number}")
}

fn put(log: &mut impl Log, case: &Case) {
    // Nothing in it can't be written as JSON.
    let json = serde_json::to_string(case).unwrap_or_default();
    log.set_record(&name(&case.number), Some(&json));
    log.note(Happened::Case(case.procedure.clone(), case.state));
}
