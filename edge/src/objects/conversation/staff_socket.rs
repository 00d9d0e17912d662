//! A desk's socket to a conversation: who it is, what it does, and what it is told.

use super::{
    context::ConversationContext,
    execute::execute_effects,
    sockets::{DESK, StaffAttachment, send_frame, send_staff_frame, staff_attachment},
    speaker::AtDesk,
    usage::record_usage,
};
use crate::{
    cache::{meaning, sites},
    objects::confirmed_session::BELIEVED_MS,
    platform::{
        now, random_id,
        socket::{accept_upgrade, close_flood},
    },
    rpc::{board::SignedOut, conversation::StaffSession, staff::current_role},
};
use hoi_core::{
    board::StaffMember,
    conversation::{ConversationStore as _, Effect, greet_staff, handle_hello, handle_staff_frame},
    decide::Published,
    limits::frame_rate_limit::Excess,
};
use std::rc::Rc;
use wire::{
    desk::{ChatDown, ChatUp, Refusal, SIGNED_OUT},
    limits,
};
use worker::{Error, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

/// Lets a desk in that the worker knows.
pub fn accept(state: &State, visit: StaffSession) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&server, &[DESK]);
    let line = Some(random_id()?);
    server.serialize_attachment(StaffAttachment { desk: visit, known: false, checked: now(), line })?;
    accept_upgrade(client, "")
}

/// The desks of this account, or of one session of it, close.
pub fn disconnect_staff(state: &State, out: &SignedOut) -> Result<()> {
    for socket in state.get_websockets_with_tag(DESK) {
        if staff_attachment(&socket)
            .is_some_and(|each| out.matches_session(&each.desk.who.name, &each.desk.session))
        {
            socket.close(Some(SIGNED_OUT), Some("signed out"))?;
        }
    }
    Ok(())
}

/// A frame came from a desk.
pub async fn handle_frame(
    context: &Rc<ConversationContext>,
    socket: &WebSocket,
    message: WebSocketIncomingMessage,
) -> Result<()> {
    let Some(mut attachment) = socket.deserialize_attachment::<StaffAttachment>()? else {
        return Err(Error::RustError("a desk without an attachment".into()));
    };
    let whose = attachment.desk.whose.clone();
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else {
        return socket.close(Some(SIGNED_OUT), Some("no such site"));
    };
    let (limits, name) = (&published.site.settings.limits, format!("desk {}", attachment.desk.who.name));
    match context.rates.borrow_mut().take_frame(&name, 1.0, limits, now()) {
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
    // A desk that comes back after its connection broke does that by itself.
    let acted = !matches!(up, ChatUp::Hello { .. });
    if now().saturating_sub(attachment.checked) > BELIEVED_MS {
        let Some(role) = current_role(&context.env, &attachment.desk.session, &whose.site, acted).await?
        else {
            return socket.close(Some(SIGNED_OUT), Some("signed out"));
        };
        (attachment.desk.who.role, attachment.checked) = (role, now());
        socket.serialize_attachment(&attachment)?;
    }
    let who = attachment.desk.who.clone();
    let effects = match up {
        ChatUp::Hello { v, epoch, after } if v <= wire::VERSION => {
            socket.serialize_attachment(StaffAttachment { known: true, ..attachment })?;
            let missing = context.store.read(|store| store.last_seq())?.saturating_sub(after) + 1;
            if context.rates.borrow_mut().take_resends(&name, missing, limits, now()).is_err() {
                return close_flood(socket);
            }
            let (told, effects) = context.store.transact(|store| {
                Ok((handle_hello(store, &published, epoch, after, None)?, greet_staff(store, &who, now())?))
            })?;
            told.iter().try_for_each(|down| send_frame(socket, down))?;
            effects
        }
        _ if !attachment.known => return reject_malformed(socket),
        up => {
            meaning::attach_table(&context.env, &published).await;
            apply_frame(context, &published, &who, up)?
        }
    };
    execute_effects(context, &whose, effects, &AtDesk(socket)).await
}

fn apply_frame(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    who: &StaffMember,
    up: ChatUp,
) -> Result<Vec<Effect<ChatDown>>> {
    let effects = context.store.transact(|store| {
        handle_staff_frame(store, published, who, up, now(), &mut context.scratch.borrow_mut())
    })?;
    record_usage(context, published, None);
    Ok(effects)
}

fn reject_malformed(socket: &WebSocket) -> Result<()> {
    send_staff_frame(socket, &ChatDown::Refused { why: Refusal::Malformed, tried: None })
}
