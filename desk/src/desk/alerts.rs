//! How somebody hears that a visitor waits: title, sound, notification, marks in the list.

use super::{
    connection,
    effect::{ConnectionTarget, DeskEffect},
    queue::{is_danger, is_mine, is_requested},
    screen::DeskPage,
    state::Desk,
};
use wire::{
    AuthorKind, Id,
    desk::{Chat, ChatUp, Presence, Stage},
};

/// Whether something was said in `chat`, which is mine, that I have not seen.
pub fn is_unread(desk: &Desk, chat: &Chat) -> bool {
    is_mine(desk, chat) && chat.awaits && desk.seen.get(&chat.id).is_none_or(|seen| *seen < chat.last_at)
}

/// How many wait for me: those that nobody has, and mine with something unread in them; whoever is in danger even while I am
/// away.
pub fn waiting_count(desk: &Desk) -> usize {
    let waits =
        |chat: &&Chat| desk.may_work() && desk.presence == Presence::Here && chat.stage == Stage::Waiting;
    let waits = |chat: &&Chat| waits(chat) || is_unread(desk, chat) || (desk.may_work() && is_danger(chat));
    desk.chats.iter().filter(waits).count()
}

/// What is to be said about `chat`, which was `known` before.
pub fn alert_effects(desk: &Desk, known: Option<&Chat>, chat: &Chat) -> Vec<DeskEffect> {
    let words = desk.words();
    if !desk.may_work() {
        return Vec::new();
    }
    // Whoever sits here is told, present or away, with the sound on or off.
    let fresh = chat.danger.filter(|_| known.is_none_or(|known| known.danger != chat.danger));
    if fresh.is_some() && is_danger(chat) {
        let title = words.somebody_in_danger;
        let told = DeskEffect::Announce { text: title.to_owned(), urgent: true };
        let notified = DeskEffect::Notify { title: title.to_owned(), id: chat.id };
        let notified = (!desk.watched && desk.notifies == Some(true)).then_some(notified);
        return [told, DeskEffect::Beep].into_iter().chain(notified).collect();
    }
    let mine = is_mine(desk, chat);
    let was_mine = known.is_some_and(|known| known.stage == Stage::With && known.with == chat.with);
    let queued = chat.stage == Stage::Waiting && known.is_none_or(|known| known.stage != Stage::Waiting);
    let asked = is_requested(desk, chat) && !known.is_some_and(|known| is_requested(desk, known));
    let said = mine && chat.awaits && known.is_none_or(|known| known.last_at < chat.last_at);
    let given = mine && !was_mine && !desk.talks.get(&chat.id).is_some_and(|talk| talk.taking);
    let looks_at_it = desk.watched && desk.page == DeskPage::Chats && desk.open == Some(chat.id);
    let title = if asked || (given && !looks_at_it) {
        words.given_to_you
    } else if queued && desk.presence == Presence::Here {
        words.somebody_waits
    } else if said && was_mine && !looks_at_it {
        words.visitor_wrote
    } else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if desk.watched {
        effects.push(DeskEffect::Announce { text: title.to_owned(), urgent: false });
    }
    if desk.settings.sound {
        effects.push(DeskEffect::Beep);
    }
    if !desk.watched && desk.notifies == Some(true) {
        // Names and words of visitors have no place on a locked screen.
        effects.push(DeskEffect::Notify { title: title.to_owned(), id: chat.id });
    }
    effects
}

/// Somebody looks at this window, or no longer.
pub fn set_watched(desk: &mut Desk, watched: bool) -> Vec<DeskEffect> {
    desk.watched = watched;
    mark_seen(desk);
    send_read_receipt(desk)
}

/// What is shown is seen, if somebody looks.
pub fn mark_seen(desk: &mut Desk) {
    let Some(id) = desk.open.filter(|_| desk.watched && desk.page == DeskPage::Chats) else { return };
    if let Some(at) = desk.chat(id).map(|chat| chat.last_at) {
        desk.seen.insert(id, at);
    }
}

/// Tells the visitor that a person has read what was said, if that person has the conversation and looks at it.
pub fn send_read_receipt(desk: &mut Desk) -> Vec<DeskEffect> {
    let Some(id) = desk.open.filter(|_| desk.watched && desk.page == DeskPage::Chats) else {
        return Vec::new();
    };
    if !connection::is_online(desk, ConnectionTarget::Chat(id)) || !holds_conversation(desk, id) {
        return Vec::new();
    }
    let Some(talk) = desk.talks.get_mut(&id) else { return Vec::new() };
    let visitors = talk.timeline.entries.iter().filter(|message| message.author.kind == AuthorKind::Visitor);
    let seq = visitors.map(|message| message.seq).max().unwrap_or(0);
    if seq <= talk.told {
        return Vec::new();
    }
    talk.told = seq;
    vec![DeskEffect::SendChat(id, ChatUp::Read { seq })]
}

/// Whether the conversation `id`, which is open, says itself that it is mine: the board may not have heard yet.
fn holds_conversation(desk: &Desk, id: Id) -> bool {
    let stands = desk.talks.get(&id).and_then(|talk| talk.stands.as_ref());
    stands.is_some_and(|stands| {
        stands.stage == Stage::With && stands.with.as_ref().is_some_and(|(name, _)| desk.is_me(name))
    })
}

/// The window's title: how many wait, then where one is.
pub fn title_effect(desk: &Desk) -> Option<DeskEffect> {
    let name = desk.info.as_ref().map_or("Hoi", |info| &info.name);
    let place = match desk.page {
        DeskPage::Chats => desk.words().conversations,
        DeskPage::Questions => desk.words().questions,
        DeskPage::Reports => desk.words().reports,
        DeskPage::Audit => desk.words().audit,
    };
    let count = waiting_count(desk);
    let count = if count == 0 { String::new() } else { format!("({count}) ") };
    Some(DeskEffect::SetTitle(format!("{count}{place} – {name}")))
}
