//! Cases in a conversation: handed in, taken by the agency, and what the agency says of them later.

use super::{
    Audience, ConversationStore, Effect, Pending, RecordKey, StoreError, Task,
    case_records::{find_case, put_case},
    documents,
    message::{agency_author, new_message, promise_news, say_as_assistant, text_block, visitor_author},
};
use crate::{
    application::case::{self, Appointment, Case, CaseState},
    connector::{Callback, CaseReport, Reply, truncate_reply},
    decide::{self, Published},
    handoff, hours, rich,
};
use i18n::{Lang, Msg};
use wire::{Block, Body, Button, Card, Down, Id, Link, Message, Run, Word};

/// A case is handed in. It counts as something the visitor said, with the id `id`; the same number again changes
/// nothing. `status` is where it can be looked up.
pub fn file_case(
    store: &mut impl ConversationStore,
    published: &Published,
    case: Case,
    id: Id,
    status: &str,
) -> Result<Vec<Effect>, StoreError> {
    if store.record(&RecordKey::Case(&case.number))?.is_some() {
        return Ok(Vec::new());
    }
    let (lang, now) = (case.lang.clone(), case.filed_at);
    let said =
        format!("{}: {} ({})", Lang::for_tag(&lang).text(Msg::ApplicationSubmitted), case.title, case.number);
    let body = Body { blocks: vec![text_block(said)], buttons: Vec::new() };
    let message = Message { id: Some(id), ..new_message(store, visitor_author(), lang.clone(), body, now)? };
    let seq = message.seq;
    store.put_message(&message)?;
    let case = Case { seq, ..case };
    put_case(store, &case)?;
    store.put_pending(&Pending { case: Some(case.number.clone()), ..Pending::new(seq, now, Vec::new()) })?;
    let body = Body { blocks: vec![receipt_card(&case, &published.site, status)], buttons: Vec::new() };
    let receipt = promise_news(store, published, lang, body, now)?;
    Ok(vec![
        Effect::Broadcast(Audience::Everyone, Down::Message(message)),
        Effect::Broadcast(Audience::Everyone, Down::Message(receipt)),
        Effect::Task(Task::Deliver(seq)),
    ])
}

/// The agency has taken the case of the pending `seq`, and may have said something to it.
pub(crate) fn mark_delivered(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    mut case: Case,
    reply: Option<Reply>,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.remove_pending(seq)?;
    case.sealed.clear();
    documents::drop_sealed(store, seq)?;
    // A callback may have been faster.
    if case.state == CaseState::Sending {
        (case.state, case.changed_at, case.wants) = (CaseState::Received, now, None);
    }
    put_case(store, &case)?;
    let message = case_message(store, published, &case, reply.unwrap_or_default(), now)?;
    store.put_message(&message)?;
    Ok(vec![Effect::Broadcast(Audience::Everyone, Down::Message(message))])
}

/// The case can't be brought to the agency.
pub(crate) fn mark_undelivered(
    store: &mut impl ConversationStore,
    published: &Published,
    seq: u64,
    case: Case,
    now: u64,
) -> Result<Vec<Effect>, StoreError> {
    store.remove_pending(seq)?;
    documents::drop_sealed(store, seq)?;
    // What papers were wanted is wanted still.
    let state = if case.wants.is_some() { CaseState::NeedsPapers } else { CaseState::Undelivered };
    let case = Case { state, changed_at: now, sealed: String::new(), ..case };
    put_case(store, &case)?;
    let contact = Block::Contact(published.site.contact_card(&case.lang));
    let lost = case
        .wants
        .is_some()
        .then(|| text_block(Lang::for_tag(&case.lang).text(Msg::DocumentsNotDelivered).to_owned()));
    let blocks = [text_block(state_line(&case))].into_iter().chain(lost).chain([contact]).collect();
    let body = Body { blocks, buttons: decide::to_person(&published.site, &case.lang).into_iter().collect() };
    let mut body = handoff::with_way_back(store, body, &case.lang)?;
    hours::add_opening_hours(&mut body, &published.site, &case.lang, now);
    Ok(vec![Effect::Broadcast(
        Audience::Everyone,
        Down::Message(say_as_assistant(store, published, case.lang.clone(), body, now)?),
    )])
}

/// The agency reports how far a case is: what is to be said of it. `None`: this conversation has no such case.
pub(crate) fn apply_case_report(
    store: &mut impl ConversationStore,
    published: &Published,
    callback: Callback,
    report: CaseReport,
    now: u64,
) -> Result<Option<Message>, StoreError> {
    let Some(mut case) = find_case(store, &report.number)? else { return Ok(None) };
    // What the agency reports on, it has; it may have lost its answer on the way to us.
    if store.pending()?.iter().any(|pending| pending.seq == case.seq && pending.reply.is_none()) {
        store.remove_pending(case.seq)?;
    }
    case.sealed.clear();
    (case.state, case.changed_at) = (report.state, now);
    case.wants = report.wants.map(|wants| wants.or_any(&case.lang));
    case.appointment = report.appointment;
    let (note, _) = truncate_reply(callback.reply.text);
    case.note.clone_from(&note);
    case.files.clone_from(&callback.reply.files);
    let link = |button: &Button| Some(Link { label: button.label.clone(), href: button.href.clone()? });
    case.links = callback.reply.buttons.iter().filter_map(link).collect();
    put_case(store, &case)?;
    case_message(store, published, &case, Reply { text: note, ..callback.reply }, now).map(Some)
}

/// What the agency says of a case: how far it is, and whatever comes with that.
fn case_message(
    store: &impl ConversationStore,
    published: &Published,
    case: &Case,
    reply: Reply,
    now: u64,
) -> Result<Message, StoreError> {
    let mut blocks = vec![text_block(state_line(case))];
    blocks.extend(rich::parse_markdown(&reply.text));
    blocks.extend(documents::documents_request(case));
    blocks.extend(case.appointment.as_ref().map(|appointment| appointment_card(case, appointment)));
    blocks.extend(reply.extra_blocks());
    let author = reply.author.unwrap_or_else(|| agency_author(published, &case.lang));
    let body = handoff::with_way_back(store, Body { blocks, buttons: reply.buttons }, &case.lang)?;
    new_message(store, author, case.lang.clone(), body, now)
}

/// The receipt in the chat.
fn receipt_card(case: &Case, site: &site::Site, status: &str) -> Block {
    let lang = &case.lang;
    let say = |word| Lang::for_tag(lang).text(word);
    let mut lines = vec![
        format!("{}: {}", say(Msg::CaseNumber), case.number),
        format!("{}: {}", say(Msg::Recipient), site.text_in(&site.settings.name, lang)),
    ];
    lines.extend(
        case.promised.as_ref().map(|day| format!("{}: {}", say(Msg::ExpectedOn), case::format_day(day))),
    );
    let runs = vec![Run { text: lines.join("\n"), ..Run::default() }];
    let link =
        Link { label: say(Msg::LookUp).to_owned(), href: format!("{status}?lang={lang}#{}", case.number) };
    Block::Card(Card { title: case.title.clone(), runs, link: Some(link) })
}

/// When and where to come.
fn appointment_card(case: &Case, appointment: &Appointment) -> Block {
    let say = |word| Lang::for_tag(&case.lang).text(word);
    let place = Some(&appointment.place).filter(|place| !place.is_empty());
    let place = place.map(|place| format!("\n{}: {place}", say(Msg::MeetAt))).unwrap_or_default();
    let runs = vec![
        Run { text: appointment.format_time(), strong: true, ..Run::default() },
        Run { text: place, ..Run::default() },
    ];
    Block::Card(Card { title: say(Msg::Appointment).to_owned(), runs, link: None })
}

/// `Mã hồ sơ K7QX3-M9DA0: Cơ quan đã nhận`.
fn state_line(case: &Case) -> String {
    format!(
        "{} {}: {}",
        Lang::for_tag(&case.lang).text(Msg::CaseNumber),
        case.number,
        state_word(case.state, &case.lang)
    )
}

/// How far it is, in words.
pub fn state_word(state: CaseState, lang: &str) -> &'static str {
    let own = match state {
        CaseState::Sending => Msg::CaseSending,
        CaseState::Received => Msg::CaseReceived,
        CaseState::NeedsPapers => Msg::CaseNeedsDocuments,
        CaseState::Done => Msg::CaseDone,
        CaseState::Refused => Msg::CaseRefused,
        CaseState::Undelivered => return Lang::for_tag(lang).word(Word::NotSent),
    };
    Lang::for_tag(lang).text(own)
}
