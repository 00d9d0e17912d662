//! What comes about a conversation for desks only: how it stands, notes, drafts, suggestions, refusals.

use super::{
    alerts, composer,
    effect::{DeskEffect, Spot},
    outbox, refusal,
    state::Desk,
    talk::Stands,
};
use wire::{
    Id,
    desk::{ChatDown, Refusal, Stage, Tried},
};

/// Who writes and has said nothing more for so long has stopped, in milliseconds.
const TYPING_MS: u64 = 60_000;

/// What is less likely is no help, of 1.
const LEAST_LIKELY: f32 = 0.05;

/// A frame came about the conversation `id`.
pub fn on_frame(desk: &mut Desk, id: Id, frame: ChatDown) -> Vec<DeskEffect> {
    let now = desk.now;
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    talk.connection.on_frame();
    match frame {
        ChatDown::Stands { stage, with, department, tags, about } => {
            on_status(desk, id, Stands { stage, with, department, tags, about })
        }
        ChatDown::Notes { notes } => {
            talk.outbox.retain(|out| !out.note || notes.iter().all(|note| note.id != out.id));
            talk.notes = notes;
            outbox::on_change(desk, id)
        }
        ChatDown::Drafts { drafts } => {
            talk.drafts = drafts;
            Vec::new()
        }
        ChatDown::Ack { id: said, seq } => outbox::on_ack(desk, id, said, seq),
        ChatDown::Typing { on } => {
            talk.typing = on.then_some(now);
            Vec::new()
        }
        ChatDown::Read { seq } => {
            talk.read = talk.read.max(seq);
            Vec::new()
        }
        ChatDown::Suggestions { items } => {
            talk.suggestions = items.into_iter().filter(|item| item.p >= LEAST_LIKELY).collect();
            Vec::new()
        }
        ChatDown::Refused { why, tried } => on_refusal(desk, id, &why, tried),
        ChatDown::Unknown => Vec::new(),
    }
}

/// Something was not done: it says so where it was tried, and for the whole desk where that is not known.
fn on_refusal(desk: &mut Desk, id: Id, why: &Refusal, tried: Option<Tried>) -> Vec<DeskEffect> {
    let text = refusal::refusal_text(desk.words(), why);
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    talk.taking = false;
    let mut effects = match tried {
        None => refusal::show_refusal(desk, why),
        // Nobody has pressed anything.
        Some(Tried::Other) => Vec::new(),
        Some(Tried::Say(said) | Tried::Note(said)) => {
            outbox::mark_failed(talk, said, why);
            vec![DeskEffect::Announce { text, urgent: true }]
        }
        Some(tried) => {
            talk.trouble = Some((tried, text.clone()));
            vec![DeskEffect::Announce { text, urgent: true }]
        }
    };
    effects.extend(outbox::on_change(desk, id));
    effects
}

fn on_status(desk: &mut Desk, id: Id, stands: Stands) -> Vec<DeskEffect> {
    let mine = stands.with.as_ref().is_some_and(|(name, _)| desk.is_me(name));
    let text = desk.words().yours_now;
    let shown = desk.open == Some(id);
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    let took = mine && std::mem::take(&mut talk.taking);
    if !(mine && stands.stage == Stage::With) {
        talk.suggestions.clear();
        talk.writes = false;
    }
    talk.stands = Some(stands);
    let mut effects = Vec::new();
    if took && shown {
        effects.push(DeskEffect::Announce { text: text.to_owned(), urgent: false });
        effects.push(DeskEffect::Focus(Spot::Composer));
    }
    effects.extend(alerts::send_read_receipt(desk));
    effects.extend(composer::request_suggestions(desk, id));
    effects
}

/// Nobody writes for ever without a word: the frame that said so may be lost.
pub fn forget_typing(desk: &mut Desk) {
    let now = desk.now;
    for talk in desk.talks.values_mut() {
        talk.typing = talk.typing.filter(|since| since + TYPING_MS > now);
    }
}
