//! What the visitor says: drawn at once, kept, and sent until it is acknowledged.

use super::{
    Chat, Connection, Effect, Key, Line, LineKey, Notice, Rest, Said, Stage, Timer, connection, display,
    files, inbox, opinion, people, personal, start, way,
};
use wire::{Button, Fault, Id, Up, Word, limits::MAX_SAY_CHARS};

/// The composer holds other text now. The line is opened early: the first answer then comes sooner.
pub fn typed(chat: &mut Chat, text: String) -> Vec<Effect> {
    let mut effects = vec![if text.is_empty() {
        Effect::Forget(Key::Draft)
    } else {
        Effect::Store(Key::Draft, text.clone())
    }];
    let first = chat.draft.is_empty() && !text.is_empty();
    if chat.draft.is_empty() != text.is_empty() {
        effects.extend(people::writes(chat, !text.is_empty()));
    }
    personal::typed(chat);
    chat.draft = text;
    if !chat.primed && personal::is_due(chat, &chat.draft) {
        chat.primed = true;
        effects.push(Effect::SearchSoon);
    }
    if chat.excess > 0 {
        chat.excess = chat.draft.trim().chars().count().saturating_sub(MAX_SAY_CHARS);
    }
    if first {
        effects.extend(connection::connect(chat));
    }
    effects
}

/// Sends what the composer holds, if there is something in it and not too much.
pub fn submitted(chat: &mut Chat, id: Id, at: u64) -> Vec<Effect> {
    let text = chat.draft.trim().to_owned();
    if files::must_wait(chat) {
        return vec![Effect::say(chat.words.get(Word::Uploading)), Effect::FocusComposer];
    }
    if text.is_empty() && chat.attached.iter().all(|each| each.stage != files::Going::There) {
        return vec![Effect::FocusComposer];
    }
    chat.excess = text.chars().count().saturating_sub(MAX_SAY_CHARS);
    if chat.excess > 0 {
        let told = (chat.rest == Rest::Here).then_some(Effect::AnnounceExcess(chat.excess));
        return told.into_iter().chain([Effect::FocusComposer]).collect();
    }
    if let Some(searching) = personal::ask(chat, &text, id, at) {
        return searching;
    }
    let mut effects = emptied(chat);
    effects.extend(say(chat, text, None, id, at));
    effects.push(Effect::FocusComposer);
    effects
}

/// What stood in the composer is sent: it goes.
pub fn emptied(chat: &mut Chat) -> Vec<Effect> {
    chat.draft.clear();
    vec![Effect::Draft(String::new()), Effect::Forget(Key::Draft)]
}

/// Says what stands on a button. The button goes, so the focus needs another place.
pub fn pressed(chat: &mut Chat, button: &Button, id: Id, at: u64) -> Vec<Effect> {
    let mut effects = say(chat, button.label.clone(), button.pick.clone(), id, at);
    effects.push(Effect::FocusLog);
    effects
}

/// Says `text`.
pub fn say(chat: &mut Chat, text: String, pick: Option<String>, id: Id, at: u64) -> Vec<Effect> {
    let (lang, files) = (chat.look.lang.clone(), files::taken(chat));
    say_this(chat, Said { id, text, lang, pick, value: None, files, at })
}

/// Says it.
pub fn say_this(chat: &mut Chat, said: Said) -> Vec<Effect> {
    let mut effects = display::asked(chat);
    if !std::mem::replace(&mut chat.kept, true) {
        effects.push(start::claim(chat));
    }
    effects.push(keep_said(&said));
    let line = Line::said(said);
    // Though the edge takes nothing more for a while: it answers whoever is in danger all the same, and only the edge can
    // tell who is. What it does not take waits with the rest.
    effects.extend(if chat.held { send_once(chat, &line) } else { send(chat, &line) });
    chat.lines.push(line);
    chat.following = true;
    chat.below = false;
    if chat.notice.is_some_and(|notice| {
        matches!(
            notice,
            Notice::Expired | Notice::Erased | Notice::Broken | Notice::Reload | Notice::StartOver
        )
    }) {
        chat.notice = None;
    }
    effects.extend(connection::connect(chat));
    // Not to the very end: the answer may come before this is drawn, and it is read from its beginning.
    effects.push(Effect::Reveal);
    effects
}

fn keep_said(said: &Said) -> Effect {
    Effect::Store(Key::Said(said.id), said.json())
}

/// Sends a line, if the edge takes it now.
fn send(chat: &Chat, line: &Line) -> Vec<Effect> {
    let mut effects = if chat.held { Vec::new() } else { send_once(chat, line) };
    if !effects.is_empty() {
        effects.push(Effect::After { ms: connection::ACK_MS, timer: Timer::Ack });
    }
    effects
}

/// Sends a line, if there is a way.
fn send_once(chat: &Chat, line: &Line) -> Vec<Effect> {
    let Stage::Waiting(said) = &line.stage else {
        return Vec::new();
    };
    if chat.connection != Connection::Online {
        return Vec::new();
    }
    let Said { id, text, lang, pick, value, files, at: _ } = said.clone();
    let files = files.iter().filter_map(|file| file.id).collect();
    vec![Effect::Send(Up::Say { id, text, lang, pick, value, files })]
}

/// Sends everything that waits.
pub fn flush(chat: &Chat) -> Vec<Effect> {
    chat.lines.iter().flat_map(|line| send(chat, line)).collect()
}

/// Whether something waits to be acknowledged.
pub fn waiting(chat: &Chat) -> bool {
    chat.lines.iter().any(|line| matches!(line.stage, Stage::Waiting(_)))
}

/// The edge takes more again.
pub fn let_go(chat: &mut Chat) -> Vec<Effect> {
    chat.held = false;
    if matches!(chat.notice, Some(Notice::TooFast | Notice::TooMuch)) {
        chat.notice = None;
    }
    flush(chat).into_iter().chain(opinion::resend(chat)).collect()
}

/// The edge has written it down.
pub fn acked(chat: &mut Chat, id: Id, seq: u64, at: u64) -> Vec<Effect> {
    let Some(place) = chat.lines.iter().position(|line| line.key == LineKey::Said(id)) else {
        return Vec::new();
    };
    let mut line = chat.lines.remove(place);
    if line.message.seq == 0 {
        line.message.seq = seq;
        line.message.at = at;
        line.stage = Stage::Sent;
        line.version += 1;
    }
    inbox::place(chat, line);
    [Effect::Forget(Key::Said(id))].into_iter().chain(way::taken(chat)).collect()
}

/// Sends a refused line again, under a new id if the old one is used up.
pub fn retried(chat: &mut Chat, id: Id, fresh: Id) -> Vec<Effect> {
    let Some(place) = chat.lines.iter().position(|line| line.key == LineKey::Said(id)) else {
        return Vec::new();
    };
    let line = chat.lines.remove(place);
    let Stage::Failed(said, code) = line.stage.clone() else {
        chat.lines.insert(place, line);
        return Vec::new();
    };
    let said = Said { id: if code == Fault::IdReused { fresh } else { id }, ..said };
    let mut effects = vec![Effect::Forget(Key::Said(id)), keep_said(&said)];
    let mut again = Line::said(said);
    again.version = line.version + 1;
    effects.extend(send(chat, &again));
    chat.lines.push(again);
    effects.extend(connection::connect(chat));
    effects.push(Effect::FocusLog);
    effects
}
