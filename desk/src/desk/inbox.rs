//! What is said in a conversation, as it comes to the visitor.

use super::{
    alerts, composer, connection,
    effect::{ConnectionTarget, DeskEffect},
    outbox,
    state::Desk,
};
use crate::words::Words;
use client::GrowthOutcome;
use wire::{Author, AuthorKind, Block, Down, Id, Message, State, plain_text};

/// A frame came.
pub fn on_frame(desk: &mut Desk, id: Id, frame: Down) -> Vec<DeskEffect> {
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    talk.connection.on_frame();
    match frame {
        Down::Welcome { epoch, .. } => on_welcome(desk, id, epoch),
        Down::Message(message) => on_message(desk, id, message),
        Down::Grow { seq, rev, keep, blocks } => on_grow(desk, id, seq, rev, keep, blocks),
        Down::Working { author, .. } => {
            talk.working = Some(author);
            Vec::new()
        }
        Down::Quiet => {
            talk.working = None;
            Vec::new()
        }
        Down::Ack { id: said, seq, .. } => outbox::on_ack(desk, id, said, seq),
        // The edge is about to restart: `Closed` follows, and with it the next try.
        // The line closes with the code that says so.
        Down::Erased => Vec::new(),
        Down::Going => vec![DeskEffect::Disconnect(ConnectionTarget::Chat(id))],
        Down::Read { .. }
        | Down::Identified { .. }
        | Down::Rated(_)
        | Down::Survey
        | Down::Surveyed
        | Down::Fault { .. }
        | Down::Unknown => Vec::new(),
    }
}

fn on_welcome(desk: &mut Desk, id: Id, epoch: Id) -> Vec<DeskEffect> {
    let mut effects = connection::on_welcome(desk, ConnectionTarget::Chat(id));
    let Some(talk) = desk.talks.get_mut(&id) else { return effects };
    if talk.timeline.epoch.is_some_and(|known| known != epoch) {
        talk.timeline.clear_numbered();
    }
    talk.timeline.epoch = Some(epoch);
    talk.fresh = true;
    talk.working = None;
    talk.writes = false;
    effects.extend(outbox::resend_pending(talk));
    effects
}

/// A message, whole as of now: it takes the place of what is shown under its number.
fn on_message(desk: &mut Desk, id: Id, message: Message) -> Vec<DeskEffect> {
    let (words, shown, mine) =
        (desk.words(), desk.open == Some(id), desk.me.as_ref().map(|me| me.shown.clone()));
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    let fresh = std::mem::take(&mut talk.fresh);
    let gap = talk.timeline.has_gap_before(message.seq);
    if gap && !fresh {
        return connection::send_hello(desk, id).into_iter().collect();
    }
    if gap {
        // What lies between is left out of a long conversation, and a hole would look as if nothing did.
        talk.timeline.clear_numbered();
    }
    let known = talk.timeline.position(&message);
    if talk.timeline.is_outdated(&message, known) {
        return Vec::new();
    }
    if talk.timeline.entries.is_empty() {
        talk.timeline.base = message.seq.saturating_sub(1);
    }
    let is_new = message.seq > talk.timeline.newest_seq();
    if is_new {
        talk.working = None;
    }
    let visitors = message.author.kind == AuthorKind::Visitor;
    if visitors {
        talk.typing = None;
    }
    let own = message.author.kind == AuthorKind::Staff && message.author.name == mine;
    // What is caught up on is read, not called out.
    let said = (is_new && shown && !fresh && !own && message.state != State::Growing)
        .then(|| DeskEffect::Announce { text: spoken_text(words, &message), urgent: false });
    let (seq, id_of_saying) = (message.seq, message.id);
    if let Some(place) = known {
        talk.timeline.entries.remove(place);
    }
    talk.timeline.insert(message);
    outbox::remove_delivered(talk, seq, id_of_saying);
    let mut effects: Vec<DeskEffect> = said.into_iter().collect();
    if shown && is_new {
        effects.push(DeskEffect::ScrollToEnd);
    }
    effects.extend(alerts::send_read_receipt(desk));
    effects.extend(composer::request_suggestions(desk, id));
    effects.extend(outbox::on_change(desk, id));
    effects
}

/// Who said it, as the desk names them.
pub fn author_name<'a>(words: &'a Words, author: &'a Author) -> &'a str {
    match (&author.name, author.kind) {
        (_, AuthorKind::Visitor) => words.visitor,
        (Some(name), _) => name,
        (None, AuthorKind::Assistant) => words.assistant,
        (None, AuthorKind::Agency | AuthorKind::Unknown) => words.agency,
        (None, AuthorKind::Staff) => words.staff,
    }
}

/// What is said aloud of a message: who, and its words.
fn spoken_text(words: &Words, message: &Message) -> String {
    format!("{}: {}", author_name(words, &message.author), plain_text(&message.body.blocks, words))
}

/// A growing message has grown. After a gap nothing fits any more: ask for it whole.
fn on_grow(desk: &mut Desk, id: Id, seq: u64, rev: u32, keep: usize, blocks: Vec<Block>) -> Vec<DeskEffect> {
    let shown = desk.open == Some(id);
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    match talk.timeline.apply_growth(seq, rev, keep, blocks) {
        GrowthOutcome::Applied(_) if shown => vec![DeskEffect::ScrollToEnd],
        GrowthOutcome::Applied(_) | GrowthOutcome::Known => Vec::new(),
        GrowthOutcome::Gap => connection::send_hello(desk, id).into_iter().collect(),
    }
}
