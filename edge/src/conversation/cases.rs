//! Cases in a conversation: handed in, taken by the agency, and what the agency says of them later.

use super::{
    Effect, Log, Pending,
    late::{self, Arrived},
    message::{agency, message, visitor},
    papers, people,
    reply::{promise, say},
};
use crate::{
    case::{self, Appointment, Case, CaseState},
    code::Code,
    connector::{Callback, Reply, Report},
    cues, hours,
    phrases::{Phrase, phrase},
    report::Happened,
    rich,
    turn::{self, Published, Turn, has_cases},
    words::{PageWord, page_word, word},
};
use wire::{Block, Body, Button, Card, Down, Id, Link, Message, Run, Word};

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
    let (lang, now) = (case.lang.clone(), case.filed_at);
    let said = format!("{}: {} ({})", phrase(Phrase::HandedIn, &lang), case.title, case.number);
    let body = Body { blocks: vec![text(said)], buttons: Vec::new() };
    let message = Message { id: Some(id), ..message(log, visitor(), lang.clone(), body, now) };
    let seq = message.seq;
    log.put(&message);
    let case = Case { seq, ..case };
    put(log, &case);
    log.put_pending(&Pending { case: Some(case.number.clone()), ..Pending::new(seq, now, Vec::new()) });
    let body = Body { blocks: vec![card(&case, &published.site, status)], buttons: Vec::new() };
    let receipt = promise(log, published, lang, body, now);
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
    papers::drop_sealed(log, seq);
    // A callback may have been faster.
    if case.state == CaseState::Sending {
        (case.state, case.changed_at, case.wants) = (CaseState::Received, now, None);
    }
    put(log, &case);
    let message = told(log, published, &case, reply.unwrap_or_default(), now);
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
    papers::drop_sealed(log, seq);
    // What papers were wanted is wanted still.
    let state = if case.wants.is_some() { CaseState::NeedsPapers } else { CaseState::Undelivered };
    let case = Case { state, changed_at: now, sealed: String::new(), ..case };
    put(log, &case);
    let contact = Block::Contact(published.site.contact(&case.lang));
    let lost = case.wants.is_some().then(|| text(phrase(Phrase::PapersLost, &case.lang).to_owned()));
    let blocks = [text(state_line(&case))].into_iter().chain(lost).chain([contact]).collect();
    let body = Body { blocks, buttons: turn::to_person(&published.site, &case.lang).into_iter().collect() };
    let mut body = people::with_way_back(log, body, &case.lang);
    hours::tell(&mut body, &published.site, &case.lang, now);
    vec![Effect::All(Down::Message(say(log, published, case.lang.clone(), body, now)))]
}

/// The agency reports how far a case is. `None`: this conversation has no such case.
pub(super) fn report(
    log: &mut impl Log,
    published: &Published,
    callback: Callback,
    report: Report,
    now: u64,
) -> Option<Arrived> {
    let mut case = case(log, &report.number)?;
    // What the agency reports on, it has; it may have lost its answer on the way to us.
    if log.pending().iter().any(|pending| pending.seq == case.seq && pending.reply.is_none()) {
        log.settle(case.seq);
    }
    case.sealed.clear();
    (case.state, case.changed_at) = (report.state, now);
    case.wants = report.wants.map(|wants| wants.or_any(&case.lang));
    case.appointment = report.appointment;
    let (note, _) = late::bounded(callback.reply.text);
    case.note.clone_from(&note);
    case.files.clone_from(&callback.reply.files);
    let link = |button: &Button| Some(Link { label: button.label.clone(), href: button.href.clone()? });
    case.links = callback.reply.buttons.iter().filter_map(link).collect();
    put(log, &case);
    let message = told(log, published, &case, Reply { text: note, ..callback.reply }, now);
    Some(late::heard(log, &callback.id, message))
}

/// What the agency says of a case: how far it is, and whatever comes with that.
fn told(log: &impl Log, published: &Published, case: &Case, reply: Reply, now: u64) -> Message {
    let mut blocks = vec![text(state_line(case))];
    blocks.extend(rich::blocks(&reply.text));
    blocks.extend(papers::wanted(case));
    blocks.extend(case.appointment.as_ref().map(|appointment| meeting(case, appointment)));
    blocks.extend(reply.blocks());
    let author = reply.author.unwrap_or_else(|| agency(published, &case.lang));
    let body = people::with_way_back(log, Body { blocks, buttons: reply.buttons }, &case.lang);
    message(log, author, case.lang.clone(), body, now)
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
    let link = Link {
        label: say(PageWord::LookUp).to_owned(),
        href: format!("{status}?lang={lang}#{}", case.number),
    };
    Block::Card(Card { title: case.title.clone(), runs, link: Some(link) })
}

/// Where a case is looked up, as visitors reach it: what the shell knows of addresses.
const STATUS: &str = "status";

/// The site's page on which cases are looked up is `address`.
pub fn set_status_url(log: &mut impl Log, address: &str) {
    if log.record(STATUS).as_deref() != Some(address) {
        log.set_record(STATUS, Some(address));
    }
}

/// The way to the case whose number stands in `text`, if cases are looked up here. It says nothing of the case: whoever asks
/// must know more than its number, and is asked for that there.
pub(super) fn look_up_case(log: &impl Log, site: &site::Site, text: &str, lang: &str) -> Option<Body> {
    let number = Code::find(text).filter(|_| has_cases(site))?;
    let status = log.record(STATUS)?;
    let label = page_word(lang, PageWord::LookUp).to_owned();
    let words = format!("{}: {number}", page_word(lang, PageWord::CaseNumber));
    let runs = vec![Run { text: words, ..Run::default() }];
    let link = Link { label: label.clone(), href: format!("{status}?lang={lang}#{number}") };
    let card = Block::Card(Card { title: label, runs, link: Some(link) });
    Some(Body { blocks: vec![card], buttons: Vec::new() })
}

/// Where a case handed in here is looked up, if `text` asks after one and the site itself has no answer to that.
pub(super) fn look_up_page(
    log: &impl Log,
    published: &Published,
    turn: &Turn,
    text: &str,
    lang: &str,
) -> Option<Body> {
    let is_open = matches!(turn, Turn::Ask(_) | Turn::Forward(_) | Turn::Fallback(_));
    if !is_open || !has_cases(&published.site) || !cues::is_case_inquiry(text) {
        return None;
    }
    let status = log.record(STATUS)?;
    let label = page_word(lang, PageWord::LookUp).to_owned();
    let link = Link { label: label.clone(), href: format!("{status}?lang={lang}") };
    let card = Block::Card(Card { title: label, runs: Vec::new(), link: Some(link) });
    Some(Body { blocks: vec![card], buttons: turn::to_person(&published.site, lang).into_iter().collect() })
}

/// When and where to come.
fn meeting(case: &Case, appointment: &Appointment) -> Block {
    let say = |word| page_word(&case.lang, word);
    let place = Some(&appointment.place).filter(|place| !place.is_empty());
    let place = place.map(|place| format!("\n{}: {place}", say(PageWord::MeetAt))).unwrap_or_default();
    let runs = vec![
        Run { text: appointment.moment(), strong: true, ..Run::default() },
        Run { text: place, ..Run::default() },
    ];
    Block::Card(Card { title: say(PageWord::Appointment).to_owned(), runs, link: None })
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
pub fn state_word(state: CaseState, lang: &str) -> &'static str {
    let own = match state {
        CaseState::Sending => PageWord::Sending,
        CaseState::Received => PageWord::Received,
        CaseState::NeedsPapers => PageWord::NeedsPapers,
        CaseState::Done => PageWord::Done,
        CaseState::Refused => PageWord::Declined,
        CaseState::Undelivered => return word(lang, Word::NotSent),
    };
    page_word(lang, own)
}

pub(super) fn text(text: String) -> Block {
    Block::Text { runs: vec![Run { text, ..Run::default() }] }
}

fn name(number: &str) -> String {
    format!("case:{number}")
}

/// Keeps it.
pub fn put(log: &mut impl Log, case: &Case) {
    // Nothing in it can't be written as JSON.
    let json = serde_json::to_string(case).unwrap_or_default();
    log.set_record(&name(&case.number), Some(&json));
    log.note(Happened::Case(case.procedure.clone(), case.state));
}
