//! What goes to the edge about the conversation that is shown.

use super::{
    connection,
    effect::{ConnectionTarget, DeskEffect, Spot},
    event::ConversationAction,
    state::Desk,
};
use wire::desk::{ChatUp, MAX_TAG_CHARS, MAX_TAGS};

/// Asks for the conversation; the focus follows once it is mine.
pub fn take_conversation(desk: &mut Desk) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.taking = true;
    send_frame(desk, ChatUp::Take).into_iter().collect()
}

/// Gives it to the assistant.
pub fn hand_back(desk: &mut Desk) -> Vec<DeskEffect> {
    let sent = send_frame(desk, ChatUp::HandBack);
    sent.into_iter().chain([DeskEffect::Focus(Spot::Heading)]).collect()
}

/// An answer to what a dialog asks, or something else that goes to the edge as it is.
pub fn perform_action(desk: &mut Desk, action: ConversationAction) -> Vec<DeskEffect> {
    desk.dialog = None;
    let (frame, spot) = match action {
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
