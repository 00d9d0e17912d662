//! A desk's socket to a conversation: who it is, what it does, and what it is told.

use super::{
    context::Inner,
    execute::{AtDesk, execute_effects},
    visitor_socket,
};
use crate::{
    cache::{meaning, sites},
    objects::confirmed_session::{BELIEVED_MS, SessionAttachment as Session},
    platform::{
        now, random_id,
        socket::{accept_upgrade, close_flood},
    },
    rpc::{
        board::SignedOut as Expelled, conversation::StaffSession as DeskVisit, staff::current_role as still,
    },
};
use hoi_core::{
    board::StaffMember,
    conversation::{ConversationStore as _, greet_staff, handle_hello, handle_staff_frame},
    limits::rate_limit::Excess,
};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use wire::{
    Id,
    desk::{ChatDown, ChatUp, Refusal, Role, SIGNED_OUT},
    limits,
};
use worker::{Error, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

/// What marks a desk's socket among those of a conversation.
pub const DESK: &str = "desk";

/// What such a socket carries through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct StaffAttachment {
    desk: DeskVisit,
    known: bool,
    checked: u64,
    #[serde(default)]
    line: Option<Id>,
}

impl Session for StaffAttachment {
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

/// Lets a desk in that the worker knows.
pub fn accept(state: &State, visit: DeskVisit) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&server, &[DESK]);
    let line = Some(random_id()?);
    server.serialize_attachment(StaffAttachment { desk: visit, known: false, checked: now(), line })?;
    accept_upgrade(client, "")
}

/// Whether a socket of a conversation is a desk's.
pub fn is_desk(state: &State, socket: &WebSocket) -> bool {
    state.get_tags(socket).iter().any(|tag| tag == DESK)
}

/// The desks of this account, or of one session of it, close.
pub fn disconnect_staff(state: &State, out: &Expelled) -> Result<()> {
    for socket in state.get_websockets_with_tag(DESK) {
        let attachment = socket.deserialize_attachment::<StaffAttachment>().ok().flatten();
        if attachment.is_some_and(|each| out.matches_session(&each.desk.who.name, &each.desk.session)) {
            socket.close(Some(SIGNED_OUT), Some("signed out"))?;
        }
    }
    Ok(())
}

/// A frame came from a desk.
pub async fn handle_frame(
    inner: &Rc<Inner>,
    socket: &WebSocket,
    message: WebSocketIncomingMessage,
) -> Result<()> {
    let Some(mut attachment) = socket.deserialize_attachment::<StaffAttachment>()? else {
        return Err(Error::RustError("a desk without an attachment".into()));
    };
    let whose = attachment.desk.whose.clone();
    let Some(published) = sites::find_published(&inner.env, &whose.site).await? else {
        return socket.close(Some(SIGNED_OUT), Some("no such site"));
    };
    let (limits, name) = (&published.site.settings.limits, format!("desk {}", attachment.desk.who.name));
    match inner.rates.borrow_mut().take_frame(&name, 1.0, limits, now()) {
        Ok(()) => {}
        Err(Excess::Tell(_)) => return reject_malformed(socket),
        Err(Excess::Drop) => return Ok(()),
        Err(Excess::Close(_)) => return close_flood(socket),
    }
    let up = match message {
        WebSocketIncomingMessage::String(text) if text.len() <= limits::MAX_UP_BYTES => {
            serde_json::from_str::<ChatUp>(&text).ok()
        }
        WebSocketIncomingMessage::String(_) | WebSocketIncomingMessage::Binary(_) => None,
    };
    let Some(up) = up else { return reject_malformed(socket) };
    // A desk that comes back after its line broke does that by itself.
    let acted = !matches!(up, ChatUp::Hello { .. });
    if now().saturating_sub(attachment.checked) > BELIEVED_MS {
        let Some(role) = still(&inner.env, &attachment.desk.session, &whose.site, acted).await? else {
            return socket.close(Some(SIGNED_OUT), Some("signed out"));
        };
        (attachment.desk.who.role, attachment.checked) = (role, now());
        socket.serialize_attachment(&attachment)?;
    }
    let who = attachment.desk.who.clone();
    let effects = match up {
        ChatUp::Hello { v, epoch, after } if v <= wire::VERSION => {
            socket.serialize_attachment(StaffAttachment { known: true, ..attachment })?;
            let missing = inner.store.read(|store| store.last_seq())?.saturating_sub(after) + 1;
            if inner.rates.borrow_mut().take_resends(&name, missing, limits, now()).is_err() {
                return close_flood(socket);
            }
            let (told, effects) = inner.store.transact(|store| {
                Ok((handle_hello(store, &published, epoch, after, None)?, greet_staff(store, &who, now())?))
            })?;
            told.iter().try_for_each(|down| visitor_socket::send(socket, down))?;
            effects
        }
        _ if !attachment.known => return reject_malformed(socket),
        up => {
            meaning::attach_table(&inner.env, &published).await;
            apply_frame(inner, &published, &who, up)?
        }
    };
    execute_effects(inner, &whose, effects, &AtDesk(socket)).await
}

fn apply_frame(
    inner: &Rc<Inner>,
    published: &Rc<hoi_core::decide::Published>,
    who: &StaffMember,
    up: ChatUp,
) -> Result<Vec<hoi_core::conversation::Effect<ChatDown>>> {
    let effects = inner.store.transact(|store| {
        handle_staff_frame(store, published, who, up, now(), &mut inner.scratch.borrow_mut())
    })?;
    inner.record_usage(published, None);
    Ok(effects)
}

fn reject_malformed(socket: &WebSocket) -> Result<()> {
    send(socket, &ChatDown::Refused { why: Refusal::Malformed, tried: None })
}

/// Sends a frame of the desk's own.
pub fn send(socket: &WebSocket, down: &ChatDown) -> Result<()> {
    socket.send_with_str(serde_json::to_string(down)?)
}

/// Sends a frame, as text, to every desk that has the conversation open.
pub fn broadcast(inner: &Inner, frame: &str) {
    for socket in inner.state.get_websockets_with_tag(DESK) {
        let attachment = socket.deserialize_attachment::<StaffAttachment>().ok().flatten();
        let Some(attachment) = attachment.filter(|attachment| attachment.known) else { continue };
        if let Some(asking) = inner.held.send(&inner.env, &socket, &attachment, frame) {
            inner.state.wait_until(asking);
        }
    }
}
