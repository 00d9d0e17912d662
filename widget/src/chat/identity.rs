//! What the page around the frame says about its visitor. It is kept in memory only, and told to the edge as soon as
//! there is a line; no line is opened for it.

use super::{conversation, effect::ChatEffect, state::Chat};
use client::Transport;
use wire::{
    Up,
    limits::{MAX_CONTEXT, MAX_TOKEN_BYTES},
};

/// The page says who the visitor is.
pub fn identify(chat: &mut Chat, token: String) -> Vec<ChatEffect> {
    if token.is_empty() || token.len() > MAX_TOKEN_BYTES {
        return Vec::new();
    }
    chat.identity.token = Some(token);
    chat.identity.known = false;
    send_if_online(chat)
}

/// The page says what the visitor is about.
pub fn set_context(chat: &mut Chat, values: Vec<(String, String)>) -> Vec<ChatEffect> {
    chat.identity.context = Some(values.into_iter().take(MAX_CONTEXT).collect());
    chat.identity.told = false;
    send_if_online(chat)
}

fn send_if_online(chat: &mut Chat) -> Vec<ChatEffect> {
    if chat.connection.is_online() { send_pending(chat) } else { Vec::new() }
}

/// Tells the edge what it does not know yet, before anything else is said.
pub fn send_pending(chat: &mut Chat) -> Vec<ChatEffect> {
    let identity = &mut chat.identity;
    let token = identity.token.clone().filter(|_| !identity.known);
    let values = identity.context.clone().filter(|_| !std::mem::replace(&mut identity.told, true));
    let mut effects = Vec::from_iter(token.map(|token| ChatEffect::Send(Up::Identify { token })));
    effects.extend(values.map(|values| ChatEffect::Send(Up::Context { values })));
    effects
}

/// The edge knows who it is. A ticket that comes along opens the conversation from now on, in every tab.
pub fn on_identified(chat: &mut Chat, ticket: Option<String>) -> Vec<ChatEffect> {
    chat.identity.known = true;
    let Some(ticket) = ticket else { return Vec::new() };
    chat.ticket = ticket;
    let mut effects = Vec::new();
    if chat.kept {
        effects.push(conversation::store_conversation(chat));
    }
    if chat.transport.transport != Transport::Socket {
        // Each post brings a ticket, and this line's is an old one.
        effects.push(ChatEffect::Disconnect);
    }
    effects
}
