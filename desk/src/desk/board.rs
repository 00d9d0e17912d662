//! What comes from the board.

use super::{
    alerts, connection,
    effect::{ConnectionTarget, DeskEffect},
    navigation, open,
    refusal::{refusal_text, show_refusal},
    state::Desk,
    teaching,
};
use wire::desk::{Act, BoardDown, BoardUp, Chat, Refusal};

/// A frame came.
pub fn on_frame(desk: &mut Desk, frame: BoardDown) -> Vec<DeskEffect> {
    desk.board.on_frame();
    match frame {
        BoardDown::Welcome { me, site } => {
            desk.me = Some(me);
            desk.info = Some(*site);
            let mut effects = connection::on_welcome(desk, ConnectionTarget::Board);
            if desk.may_work() {
                // A board takes whoever comes as away until told otherwise.
                effects.push(DeskEffect::SendBoard(BoardUp::Presence { presence: desk.presence }));
            }
            effects.extend(navigation::request_page(desk));
            effects
        }
        BoardDown::Chats { chats } => on_chats(desk, chats),
        BoardDown::Chat { chat } => on_chat(desk, chat),
        BoardDown::Gone { id } => {
            desk.chats.retain(|chat| chat.id != id);
            open::forget_conversation(desk, id)
        }
        BoardDown::People { people } => {
            desk.people = people;
            Vec::new()
        }
        BoardDown::Questions { groups } => teaching::on_questions(desk, groups),
        BoardDown::Report { counts } => {
            desk.counts = Some(counts);
            Vec::new()
        }
        BoardDown::Audit { acts, whole } => {
            add_acts(desk, acts, whole);
            Vec::new()
        }
        BoardDown::Refused { why, questions } if questions.is_empty() => show_refusal(desk, &why),
        BoardDown::Refused { why, questions } => on_decision_refused(desk, questions, &why),
        BoardDown::Unknown => Vec::new(),
    }
}

/// All that is listed. What is here already and newer stays; what was seen in the first list needs no alert.
fn on_chats(desk: &mut Desk, chats: Vec<Chat>) -> Vec<DeskEffect> {
    let first = desk.chats.is_empty();
    let old = std::mem::take(&mut desk.chats);
    let mut effects = Vec::new();
    for chat in chats {
        let known = old.iter().find(|other| other.id == chat.id);
        if let Some(known) = known.filter(|known| known.rev >= chat.rev) {
            desk.chats.push(known.clone());
            continue;
        }
        if !first {
            effects.extend(alerts::alert_effects(desk, known, &chat));
        }
        desk.chats.push(chat);
    }
    alerts::mark_seen(desk);
    effects
}

/// One of them changed, or is new.
fn on_chat(desk: &mut Desk, chat: Chat) -> Vec<DeskEffect> {
    let place = desk.chats.iter().position(|other| other.id == chat.id);
    let known = place.and_then(|place| desk.chats.get(place)).cloned();
    if known.as_ref().is_some_and(|known| known.rev >= chat.rev) {
        return Vec::new();
    }
    let effects = alerts::alert_effects(desk, known.as_ref(), &chat);
    match place.and_then(|place| desk.chats.get_mut(place)) {
        Some(known) => *known = chat,
        None => desk.chats.push(chat),
    }
    alerts::mark_seen(desk);
    effects
}

/// Acts come in pages: older ones follow those that are here.
fn add_acts(desk: &mut Desk, acts: Vec<Act>, whole: bool) {
    desk.acts_end = acts.last().is_none_or(|act| act.n <= 1);
    let (mut all, before) = desk.acts.take().unwrap_or((Vec::new(), true));
    let follows = acts.first().zip(all.last()).is_some_and(|(next, last)| next.n < last.n);
    if follows || acts.is_empty() {
        all.extend(acts);
        desk.acts = Some((all, whole && before));
    } else {
        desk.acts = Some((acts, whole));
    }
}

/// What was decided about these questions was not taken: they are listed again, and it says so where they stand.
fn on_decision_refused(desk: &mut Desk, questions: Vec<u64>, why: &Refusal) -> Vec<DeskEffect> {
    let text = refusal_text(desk.words(), why);
    desk.undecided = Some((questions, text.clone()));
    vec![DeskEffect::SendBoard(BoardUp::Questions), DeskEffect::Announce { text, urgent: true }]
}
