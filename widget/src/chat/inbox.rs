//! What comes from the edge.

use super::{
    Chat, Effect, Line, LineKey, Stage, ToPage, connection, identity, notice, opinion, outbox, people, renew,
    speech, stall, window,
};
use wire::{AuthorKind, Block, Down, Message, State, Word};

/// A frame came.
pub fn received(chat: &mut Chat, frame: Down) -> Vec<Effect> {
    chat.pinged = false;
    // A wait that we were told of holds if the line is closed right behind it.
    chat.rest_ms = 0;
    match frame {
        Down::Welcome { epoch, last, ticket } => connection::welcomed(chat, epoch, last, ticket),
        Down::Ack { id, seq, at } => outbox::acked(chat, id, seq, at),
        Down::Message(message) => came(chat, message),
        Down::Grow { seq, rev, keep, blocks } => grew(chat, seq, rev, keep, blocks),
        Down::Working { author, text } => {
            let effects = match &text {
                Some(text) => Some(Effect::say(text.clone())),
                None => answering(chat, &author),
            };
            chat.working = Some((author, text));
            effects.into_iter().chain(follow(chat)).collect()
        }
        Down::Quiet => {
            chat.working = None;
            chat.announced = false;
            Vec::new()
        }
        Down::Read { seq } => {
            people::read(chat, seq);
            Vec::new()
        }
        Down::Identified { ticket } => identity::known(chat, ticket),
        Down::Fault { id, code, retry_ms } => notice::fault(chat, id, code, retry_ms),
        frame @ (Down::Rated(_) | Down::Survey | Down::Surveyed) => opinion::heard(chat, frame),
        Down::Erased => renew::erased(chat),
        // `Closed` follows_language, and with it the next try.
        Down::Going => vec![Effect::Disconnect],
        Down::Unknown => Vec::new(),
    }
}

/// A message, whole as of now: it takes the place of what is shown under its number or its id.
fn came(chat: &mut Chat, message: Message) -> Vec<Effect> {
    let old = chat.lines.iter().position(|line| {
        line.message.seq == message.seq || (message.id.is_some() && line.message.id == message.id)
    });
    // Where ways cross, a growing message may come after what it has become.
    let old_news = old.and_then(|place| chat.lines.get(place)).is_some_and(|line| {
        let grown = line.message.seq == message.seq && line.message.rev > message.rev;
        line.message == message || (grown && message.state == State::Growing)
    });
    if old_news {
        return Vec::new();
    }
    let old = old.map(|place| chat.lines.remove(place));
    let was_growing = old.as_ref().is_some_and(|line| line.message.state == State::Growing);
    let is_new = old.is_none();
    let (kind, lang) = (message.author.kind, message.lang.clone());
    let gap = message.seq > chat.newest() + 1 && chat.newest() > chat.base;
    let (seq, past) = (message.seq, chat.past);

    let mut line = Line::sent(message);
    let mut effects = Vec::new();
    if let Some(old) = old {
        line.key = old.key;
        line.version = old.version + 1;
        if let (LineKey::Said(id), Stage::Waiting(_) | Stage::Failed(..)) = (old.key, &old.stage) {
            effects.push(Effect::Forget(super::Key::Said(id)));
        }
    }
    if line.message.state == State::Growing {
        effects.push(stall::grows(chat));
    }
    if seq > past && line.message.author.kind != AuthorKind::Visitor {
        effects.extend(heard(chat, &line, is_new, was_growing));
    }
    place(chat, line);
    window::bound(chat);
    chat.behind = is_new && seq < past;
    if !chat.behind {
        effects.extend(if is_new { follow(chat) } else { stay(chat) });
    }
    if gap && is_new {
        effects.push(connection::hello(chat));
    }
    effects.extend(people::sees(chat));
    effects.extend(renew::follow_language(chat, kind, lang));
    effects
}

/// What a visitor who sees and one who listens are told about a message that is news.
fn heard(chat: &mut Chat, line: &Line, is_new: bool, was_growing: bool) -> Vec<Effect> {
    let message = &line.message;
    let mut effects = Vec::new();
    if is_new {
        effects.extend(handed_over(chat, message.author.kind));
        effects.push(Effect::Tell(ToPage::Message { author: message.author.kind, seq: message.seq }));
        if !chat.open {
            chat.unread = chat.unread.saturating_add(1);
            effects.push(Effect::Tell(ToPage::Unread(chat.unread)));
        }
    }
    if is_new {
        chat.working = None;
    }
    if message.state == State::Growing {
        effects.extend(answering(chat, &message.author));
    } else if is_new || was_growing {
        chat.announced = false;
        effects.push(Effect::say(speech::message(chat, message)));
    }
    effects
}

/// A person answers for the first time since software did.
fn handed_over(chat: &Chat, kind: AuthorKind) -> Option<Effect> {
    let before = chat.lines.iter().rev().map(|line| line.message.author.kind);
    let before = before.into_iter().find(|kind| *kind != AuthorKind::Visitor);
    (kind == AuthorKind::Staff && before != Some(AuthorKind::Staff)).then_some(Effect::Tell(ToPage::Handoff))
}

/// Says once a reply that somebody is at it.
fn answering(chat: &mut Chat, author: &wire::Author) -> Option<Effect> {
    if std::mem::replace(&mut chat.announced, true) {
        return None;
    }
    let says = chat.words.with(Word::Says, chat.name(author));
    Some(Effect::say([&says, " ", chat.words.get(Word::Answering)].concat()))
}

/// A growing message has grown. After a gap nothing fits any more: ask for it whole.
fn grew(chat: &mut Chat, seq: u64, rev: u32, keep: usize, blocks: Vec<Block>) -> Vec<Effect> {
    let Some(line) = chat.lines.iter_mut().find(|line| line.message.seq == seq) else {
        return vec![connection::hello(chat)];
    };
    let message = &mut line.message;
    if rev <= message.rev {
        return Vec::new();
    }
    if rev != message.rev + 1 || keep > message.body.blocks.len() {
        return vec![connection::hello(chat)];
    }
    message.rev = rev;
    message.body.blocks.truncate(keep);
    message.body.blocks.extend(blocks);
    message.state = State::Growing;
    line.given_up = false;
    line.version += 1;
    [stall::grows(chat)].into_iter().chain(stay(chat)).collect()
}

/// Puts a line where it belongs.
pub fn place(chat: &mut Chat, line: Line) {
    let rank = line.rank();
    let place = chat.lines.partition_point(|each| each.rank() <= rank);
    chat.lines.insert(place, line);
}

/// Something new is at the end: bring it into view, or say that it is there.
fn follow(chat: &mut Chat) -> Option<Effect> {
    if chat.following {
        return Some(Effect::Reveal);
    }
    chat.below = true;
    None
}

/// Something changed where it was.
fn stay(chat: &Chat) -> Option<Effect> {
    chat.following.then_some(Effect::Reveal)
}

/// The visitor scrolled, or we did.
pub fn scrolled(chat: &mut Chat, at_end: bool) -> Vec<Effect> {
    chat.following = at_end;
    chat.below &= !at_end;
    Vec::new()
}

/// The visitor wants to see what is new.
pub fn to_end(chat: &mut Chat) -> Vec<Effect> {
    chat.following = true;
    chat.below = false;
    vec![Effect::ScrollToEnd, Effect::FocusLog]
}

impl Chat {
    /// The highest number here.
    pub(super) fn newest(&self) -> u64 {
        self.lines.iter().map(|line| line.message.seq).max().unwrap_or(0)
    }

    /// The highest number up to which everything is here and complete.
    pub fn after(&self) -> u64 {
        let mut after = self.base;
        for Line { message, given_up, .. } in &self.lines {
            if message.seq == after + 1 && message.state != State::Growing && !given_up {
                after = message.seq;
            }
        }
        after
    }
}
