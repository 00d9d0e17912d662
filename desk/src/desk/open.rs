//! What follows from a press.

use super::{
    ConnectionTarget, ConversationAction, Desk, DeskButton, DeskEffect, DeskPage, Dialog, Pane, Spot, Talk,
    alerts, can_attach, composer, connection,
};
use wire::{
    Id,
    desk::{BoardUp, ChatUp, MAX_TAG_CHARS, MAX_TAGS, Stage},
};

/// A button was pressed.
pub fn handle_button(desk: &mut Desk, button: DeskButton) -> Vec<DeskEffect> {
    match button {
        DeskButton::Open(id) => open(desk, id),
        DeskButton::Back => go_back(desk),
        DeskButton::About => {
            desk.pane = if desk.pane == Pane::About { Pane::Talk } else { Pane::About };
            Vec::new()
        }
        DeskButton::Page(page) => show_page(desk, page),
        DeskButton::Take => take_conversation(desk),
        DeskButton::HandBack => {
            let sent = send_frame(desk, ChatUp::HandBack);
            sent.into_iter().chain([DeskEffect::Focus(Spot::Heading)]).collect()
        }
        DeskButton::Attach if can_attach(desk) => vec![DeskEffect::ChooseFiles],
        DeskButton::Attach => Vec::new(),
        DeskButton::Ask(dialog) => open_dialog(desk, dialog),
        DeskButton::Cancel => {
            desk.dialog = None;
            Vec::new()
        }
        DeskButton::Dismiss => {
            desk.notice = None;
            vec![DeskEffect::Focus(Spot::Heading)]
        }
        DeskButton::Presence(presence) => {
            desk.presence = presence;
            vec![DeskEffect::SendBoard(BoardUp::Presence { presence })]
        }
        DeskButton::AllowNotices => vec![DeskEffect::AllowNotices],
        DeskButton::Older => {
            let before = desk.acts.as_ref().and_then(|(acts, _)| acts.last()).map_or(0, |act| act.n);
            vec![DeskEffect::SendBoard(BoardUp::Audit { before })]
        }
    }
}

/// Shows a conversation.
fn open(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let mut effects = composer::stop_typing(desk);
    let before = desk.open.replace(id);
    desk.talks.entry(id).or_insert_with(|| Talk::new(id)).trouble = None;
    desk.notice = None;
    desk.page = DeskPage::Chats;
    desk.pane = Pane::Talk;
    if let Some(before) = before.filter(|before| *before != id) {
        effects.extend(connection::let_go(desk, before));
    }
    effects.extend(connection::connect(desk, ConnectionTarget::Chat(id)));
    alerts::mark_seen(desk);
    effects.extend(alerts::send_read_receipt(desk));
    effects.extend(composer::request_suggestions(desk, id));
    let mine = desk.chat(id).is_some_and(|chat| {
        chat.stage == Stage::With && chat.with.as_deref().is_some_and(|name| desk.is_me(name))
    });
    effects.push(DeskEffect::Focus(if mine { Spot::Composer } else { Spot::Heading }));
    effects.push(DeskEffect::ToEnd);
    effects
}

/// Back to the list, at the conversation one comes from.
pub fn go_back(desk: &mut Desk) -> Vec<DeskEffect> {
    if desk.pane == Pane::About {
        desk.pane = Pane::Talk;
        return vec![DeskEffect::Focus(Spot::Heading)];
    }
    desk.pane = Pane::List;
    vec![DeskEffect::Focus(desk.open.map_or(Spot::List, Spot::Row))]
}

/// Shows another page.
fn show_page(desk: &mut Desk, page: DeskPage) -> Vec<DeskEffect> {
    desk.page = page;
    desk.notice = None;
    if page == DeskPage::Chats {
        desk.pane = Pane::List;
    }
    let mut effects = ask_for_page(desk);
    if page == DeskPage::Chats {
        effects.extend(alerts::send_read_receipt(desk));
    }
    effects.push(DeskEffect::Focus(Spot::Heading));
    effects
}

/// Asks for what the page shows, anew each time it is shown.
pub fn ask_for_page(desk: &mut Desk) -> Vec<DeskEffect> {
    let frame = match desk.page {
        DeskPage::Chats => return Vec::new(),
        DeskPage::Questions => BoardUp::Questions,
        DeskPage::Reports => BoardUp::Report { from: super::report::first_day(desk) },
        DeskPage::Audit => BoardUp::Audit { before: 0 },
    };
    vec![DeskEffect::SendBoard(frame)]
}

fn take_conversation(desk: &mut Desk) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.taking = true;
    send_frame(desk, ChatUp::Take).into_iter().collect()
}

/// Opens a dialog.
pub fn open_dialog(desk: &mut Desk, dialog: Dialog) -> Vec<DeskEffect> {
    desk.dialog = Some(dialog);
    desk.search = (String::new(), 0);
    match dialog {
        Dialog::Canned => vec![DeskEffect::Focus(Spot::Search)],
        Dialog::Erase | Dialog::Copy => vec![DeskEffect::Focus(Spot::Reason)],
        Dialog::Transfer | Dialog::End | Dialog::Help => Vec::new(),
    }
}

/// What goes to the edge about the conversation that is shown.
pub fn perform_action(desk: &mut Desk, reply: ConversationAction) -> Vec<DeskEffect> {
    desk.dialog = None;
    let (frame, spot) = match reply {
        ConversationAction::Transfer(to) => (ChatUp::Transfer { to }, Some(Spot::Heading)),
        ConversationAction::End(reason) => (ChatUp::End { reason }, Some(Spot::Heading)),
        ConversationAction::Tag(tag) => match tags_with(desk, &tag) {
            Some(tags) => (ChatUp::Tag { tags }, None),
            None => return Vec::new(),
        },
        ConversationAction::Untag(tag) => (ChatUp::Tag { tags: tags_without(desk, &tag) }, None),
        ConversationAction::Approve(draft, text) => (ChatUp::Approve { draft, text }, Some(Spot::Heading)),
        ConversationAction::Reject(draft) => (ChatUp::Reject { draft }, Some(Spot::Heading)),
    };
    send_frame(desk, frame).into_iter().chain(spot.map(DeskEffect::Focus)).collect()
}

/// The tags but this one.
fn tags_without(desk: &Desk, but: &str) -> Vec<String> {
    let tags = desk.talk().and_then(|talk| talk.stands.as_ref()).map(|stands| stands.tags.clone());
    tags.unwrap_or_default().into_iter().filter(|tag| tag != but).collect()
}

/// The tags with this one; nothing if it is there already or can't be.
fn tags_with(desk: &Desk, tag: &str) -> Option<Vec<String>> {
    let tag = tag.trim();
    let mut all = tags_without(desk, "");
    let fits = !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS && all.len() < MAX_TAGS;
    (fits && !all.iter().any(|other| other == tag)).then(|| {
        all.push(tag.to_owned());
        all
    })
}

/// Sends `frame` about the conversation that is shown; says so where that can't be done.
fn send_frame(desk: &mut Desk, frame: ChatUp) -> Option<DeskEffect> {
    let id = desk.open?;
    desk.notice = None;
    desk.talk_mut()?.trouble = None;
    if connection::is_online(desk, ConnectionTarget::Chat(id)) {
        return Some(DeskEffect::SendChat(id, frame));
    }
    let text = desk.words().no_line.to_owned();
    desk.notice = Some(text.clone());
    Some(DeskEffect::Announce { text, urgent: true })
}

/// The board has no such conversation any more: nothing is kept of it, unless it is shown or has something to send.
pub fn forget_conversation(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    desk.seen.remove(&id);
    let kept = desk.open == Some(id) || desk.talks.get(&id).is_none_or(|talk| !talk.outbox.is_empty());
    if kept {
        return Vec::new();
    }
    desk.talks.remove(&id);
    vec![DeskEffect::HangUp(ConnectionTarget::Chat(id))]
}
