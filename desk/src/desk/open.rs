//! What follows from a press.

use super::{
    Button, Desk, Dialog, Effect, Page, Pane, Place, Reply, Spot, Talk, alerts, attaches, composer,
    connection,
};
use wire::{
    Id,
    desk::{BoardUp, ChatUp, MAX_TAG_CHARS, MAX_TAGS, Stage},
};

/// A button was pressed.
pub fn button(desk: &mut Desk, button: Button) -> Vec<Effect> {
    match button {
        Button::Open(id) => open(desk, id),
        Button::Back => back(desk),
        Button::About => {
            desk.pane = if desk.pane == Pane::About { Pane::Talk } else { Pane::About };
            Vec::new()
        }
        Button::Page(page) => show(desk, page),
        Button::Take => take(desk),
        Button::HandBack => {
            let sent = send(desk, ChatUp::HandBack);
            sent.into_iter().chain([Effect::Focus(Spot::Heading)]).collect()
        }
        Button::Attach if attaches(desk) => vec![Effect::ChooseFiles],
        Button::Attach => Vec::new(),
        Button::Ask(dialog) => ask(desk, dialog),
        Button::Cancel => {
            desk.dialog = None;
            Vec::new()
        }
        Button::Dismiss => {
            desk.notice = None;
            vec![Effect::Focus(Spot::Heading)]
        }
        Button::Presence(presence) => {
            desk.presence = presence;
            vec![Effect::SendBoard(BoardUp::Presence { presence })]
        }
        Button::AllowNotices => vec![Effect::AllowNotices],
        Button::Older => {
            let before = desk.acts.as_ref().and_then(|(acts, _)| acts.last()).map_or(0, |act| act.n);
            vec![Effect::SendBoard(BoardUp::Audit { before })]
        }
    }
}

/// Shows a conversation.
fn open(desk: &mut Desk, id: Id) -> Vec<Effect> {
    let mut effects = composer::leave(desk);
    let before = desk.open.replace(id);
    desk.talks.entry(id).or_insert_with(|| Talk::new(id)).trouble = None;
    desk.notice = None;
    desk.page = Page::Chats;
    desk.pane = Pane::Talk;
    if let Some(before) = before.filter(|before| *before != id) {
        effects.extend(connection::let_go(desk, before));
    }
    effects.extend(connection::connect(desk, Place::Chat(id)));
    alerts::see(desk);
    effects.extend(alerts::sees(desk));
    effects.extend(composer::suggest(desk, id));
    let mine = desk.chat(id).is_some_and(|chat| {
        chat.stage == Stage::With && chat.with.as_deref().is_some_and(|name| desk.is_me(name))
    });
    effects.push(Effect::Focus(if mine { Spot::Composer } else { Spot::Heading }));
    effects.push(Effect::ToEnd);
    effects
}

/// Back to the list, at the conversation one comes from.
pub fn back(desk: &mut Desk) -> Vec<Effect> {
    if desk.pane == Pane::About {
        desk.pane = Pane::Talk;
        return vec![Effect::Focus(Spot::Heading)];
    }
    desk.pane = Pane::List;
    vec![Effect::Focus(desk.open.map_or(Spot::List, Spot::Row))]
}

/// Shows another page.
fn show(desk: &mut Desk, page: Page) -> Vec<Effect> {
    desk.page = page;
    desk.notice = None;
    if page == Page::Chats {
        desk.pane = Pane::List;
    }
    let mut effects = ask_for_page(desk);
    if page == Page::Chats {
        effects.extend(alerts::sees(desk));
    }
    effects.push(Effect::Focus(Spot::Heading));
    effects
}

/// Asks for what the page shows, anew each time it is shown.
pub fn ask_for_page(desk: &mut Desk) -> Vec<Effect> {
    let frame = match desk.page {
        Page::Chats => return Vec::new(),
        Page::Questions => BoardUp::Questions,
        Page::Reports => BoardUp::Report { from: super::report::first_day(desk) },
        Page::Audit => BoardUp::Audit { before: 0 },
    };
    vec![Effect::SendBoard(frame)]
}

fn take(desk: &mut Desk) -> Vec<Effect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.taking = true;
    send(desk, ChatUp::Take).into_iter().collect()
}

/// Opens a dialog.
pub fn ask(desk: &mut Desk, dialog: Dialog) -> Vec<Effect> {
    desk.dialog = Some(dialog);
    desk.search = (String::new(), 0);
    match dialog {
        Dialog::Canned => vec![Effect::Focus(Spot::Search)],
        Dialog::Erase | Dialog::Copy => vec![Effect::Focus(Spot::Reason)],
        Dialog::Transfer | Dialog::End | Dialog::Help => Vec::new(),
    }
}

/// What goes to the edge about the conversation that is shown.
pub fn reply(desk: &mut Desk, reply: Reply) -> Vec<Effect> {
    desk.dialog = None;
    let (frame, spot) = match reply {
        Reply::Transfer(to) => (ChatUp::Transfer { to }, Some(Spot::Heading)),
        Reply::End(reason) => (ChatUp::End { reason }, Some(Spot::Heading)),
        Reply::Tag(tag) => match tagged(desk, &tag) {
            Some(tags) => (ChatUp::Tag { tags }, None),
            None => return Vec::new(),
        },
        Reply::Untag(tag) => (ChatUp::Tag { tags: tags(desk, &tag) }, None),
        Reply::Approve(draft, text) => (ChatUp::Approve { draft, text }, Some(Spot::Heading)),
        Reply::Reject(draft) => (ChatUp::Reject { draft }, Some(Spot::Heading)),
    };
    send(desk, frame).into_iter().chain(spot.map(Effect::Focus)).collect()
}

/// The tags but this one.
fn tags(desk: &Desk, but: &str) -> Vec<String> {
    let tags = desk.talk().and_then(|talk| talk.stands.as_ref()).map(|stands| stands.tags.clone());
    tags.unwrap_or_default().into_iter().filter(|tag| tag != but).collect()
}

/// The tags with this one; nothing if it is there already or can't be.
fn tagged(desk: &Desk, tag: &str) -> Option<Vec<String>> {
    let tag = tag.trim();
    let mut all = tags(desk, "");
    let fits = !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS && all.len() < MAX_TAGS;
    (fits && !all.iter().any(|other| other == tag)).then(|| {
        all.push(tag.to_owned());
        all
    })
}

/// Sends `frame` about the conversation that is shown; says so where that can't be done.
fn send(desk: &mut Desk, frame: ChatUp) -> Option<Effect> {
    let id = desk.open?;
    desk.notice = None;
    desk.talk_mut()?.trouble = None;
    if connection::is_online(desk, Place::Chat(id)) {
        return Some(Effect::SendChat(id, frame));
    }
    let text = desk.words().no_line.to_owned();
    desk.notice = Some(text.clone());
    Some(Effect::Announce { text, urgent: true })
}

/// The board has no such conversation any more: nothing is kept of it, unless it is shown or has something to send.
pub fn forget(desk: &mut Desk, id: Id) -> Vec<Effect> {
    desk.seen.remove(&id);
    let kept = desk.open == Some(id) || desk.talks.get(&id).is_none_or(|talk| !talk.outbox.is_empty());
    if kept {
        return Vec::new();
    }
    desk.talks.remove(&id);
    vec![Effect::HangUp(Place::Chat(id))]
}
