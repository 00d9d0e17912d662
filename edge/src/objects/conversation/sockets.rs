//! Sockets of a conversation: what they carry through the object's sleep, and how a frame gets to them.

use super::context::ConversationContext;
use crate::{
    objects::confirmed_session::SessionAttachment,
    platform::socket::is_open,
    rpc::conversation::{StaffSession, VisitorSession},
};
use serde::{Deserialize, Serialize};
use wire::{
    Down, Id,
    desk::{ChatDown, Role},
};
use worker::{Result, State, WebSocket};

/// What marks a desk's socket among those of a conversation.
pub const DESK: &str = "desk";

/// What a visitor's socket carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VisitorAttachment {
    pub visit: VisitorSession,
    /// Whether its hello was good.
    pub known: bool,
    /// How many frames of it could not be read.
    pub malformed: u8,
    /// When it last said hello, in milliseconds since 1970.
    #[serde(default)]
    pub since: u64,
}

/// What a desk's socket carries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StaffAttachment {
    pub desk: StaffSession,
    /// Whether its hello was good.
    pub known: bool,
    /// When the session was last found to hold, in milliseconds since 1970.
    pub checked: u64,
    /// Names the socket among the conversation's.
    #[serde(default)]
    pub line: Option<Id>,
}

impl SessionAttachment for StaffAttachment {
    fn session_digest(&self) -> &str {
        &self.desk.session
    }

    fn site(&self) -> &str {
        &self.desk.whose.site
    }

    fn connection_id(&self) -> Id {
        self.line.unwrap_or(Id(0))
    }

    fn checked_at(&self) -> u64 {
        self.checked
    }

    fn mark_confirmed(&mut self, role: Role, at: u64) {
        (self.desk.who.role, self.checked) = (role, at);
    }
}

/// What a visitor's socket carries; nothing if it is another's.
pub fn visitor_attachment(socket: &WebSocket) -> Option<VisitorAttachment> {
    socket.deserialize_attachment().ok().flatten()
}

/// What a desk's socket carries; nothing if it is another's.
pub fn staff_attachment(socket: &WebSocket) -> Option<StaffAttachment> {
    socket.deserialize_attachment().ok().flatten()
}

/// Whether a socket is a visitor's who has said a good hello.
pub fn is_known_visitor(socket: &WebSocket) -> bool {
    visitor_attachment(socket).is_some_and(|attachment| attachment.known)
}

/// Whether a socket of a conversation is a desk's.
pub fn is_desk(state: &State, socket: &WebSocket) -> bool {
    state.get_tags(socket).iter().any(|tag| tag == DESK)
}

/// Sends a frame; nothing to a connection that was closed meanwhile: of frames that came side by side one may have closed it.
pub fn send_frame(socket: &WebSocket, down: &Down) -> Result<()> {
    if !is_open(socket) {
        return Ok(());
    }
    socket.send_with_str(serde_json::to_string(down)?)
}

/// Sends a frame of the desk's own.
pub fn send_staff_frame(socket: &WebSocket, down: &ChatDown) -> Result<()> {
    socket.send_with_str(serde_json::to_string(down)?)
}

/// Sends a frame, as text, to every connection of the visitor's but one.
pub fn broadcast_to_visitor(context: &ConversationContext, frame: &str, but: Option<&WebSocket>) {
    context.streams.broadcast(frame);
    for socket in context.state.get_websockets() {
        if is_known_visitor(&socket) && but.is_none_or(|but| but.as_ref() != socket.as_ref()) {
            // A socket that is closing has missed nothing: it will say where it left off.
            let _closing = socket.send_with_str(frame);
        }
    }
}

/// Sends a frame, as text, to every desk that has the conversation open.
pub fn broadcast_to_staff(context: &ConversationContext, frame: &str) {
    for socket in context.state.get_websockets_with_tag(DESK) {
        let attachment = staff_attachment(&socket).filter(|attachment| attachment.known);
        let Some(attachment) = attachment else { continue };
        if let Some(asking) = context.held.send(&context.env, &socket, &attachment, frame) {
            context.state.wait_until(asking);
        }
    }
}
