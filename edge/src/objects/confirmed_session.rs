//! What a desk hears is sent only to a session that was found to hold a moment ago. A desk that says nothing is asked
//! after like any other: whoever has signed out, or may no longer do what he did, hears nothing more.

use crate::{
    platform::{now, socket::INTERNAL},
    rpc::staff::current_role,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use wire::{
    Id,
    desk::{Role, SIGNED_OUT},
};
use worker::{Env, Result, WebSocket};

/// How long a session is believed before it is asked for again, in milliseconds.
pub const BELIEVED_MS: u64 = 15_000;
/// Most frames that wait for one answer; a desk that would miss more comes again and is told everything.
const MAX_HELD: usize = 500;
/// What a desk's socket carries, as far as it matters here.
pub trait SessionAttachment: Serialize + DeserializeOwned + 'static {
    /// The digest of the session.
    fn session_digest(&self) -> &str;
    /// The site it is at.
    fn site(&self) -> &str;
    /// Names the connection among those of one object.
    fn connection_id(&self) -> Id;
    /// When it was last found to hold, in milliseconds since 1970.
    fn checked_at(&self) -> u64;
    /// It holds, at this time, with this role.
    fn mark_confirmed(&mut self, role: Role, at: u64);
}

/// Frames for connections whose session is being asked for, in order.
#[derive(Debug, Clone, Default)]
pub struct HeldFrames {
    frames: Rc<RefCell<BTreeMap<Id, Vec<String>>>>,
}

impl HeldFrames {
    /// Sends `frame` through `socket`, at once if its session was seen lately; else gives what asks first and sends
    /// then, or closes. Nothing overtakes what waits.
    pub fn send<S: SessionAttachment>(
        &self,
        env: &Env,
        socket: &WebSocket,
        session: &S,
        frame: &str,
    ) -> Option<impl Future<Output = ()> + use<S>> {
        let connection = session.connection_id();
        if let Some(waiting) = self.frames.borrow_mut().get_mut(&connection) {
            waiting.push(frame.to_owned());
            if waiting.len() > MAX_HELD {
                waiting.clear();
                let _closing = socket.close(Some(INTERNAL), Some("too much"));
            }
            return None;
        }
        if now().saturating_sub(session.checked_at()) <= BELIEVED_MS {
            // One that is closing has missed nothing: it will say where it left off.
            let _closing = socket.send_with_str(frame);
            return None;
        }
        self.frames.borrow_mut().insert(connection, vec![frame.to_owned()]);
        let (held, env, socket) = (self.clone(), env.clone(), socket.clone());
        let (digest, site) = (session.session_digest().to_owned(), session.site().to_owned());
        Some(async move {
            let found = current_role(&env, &digest, &site, false).await;
            let confirmed =
                found.and_then(|role| role.map(|role| confirm_socket::<S>(&socket, role)).transpose());
            let frames = held.frames.borrow_mut().remove(&connection).unwrap_or_default();
            match confirmed {
                Ok(Some(())) => frames.iter().for_each(|frame| {
                    let _closing = socket.send_with_str(frame);
                }),
                Ok(None) => {
                    let _closing = socket.close(Some(SIGNED_OUT), Some("signed out"));
                }
                Err(error) => {
                    worker::console_warn!("a desk's session can't be asked for: {error}");
                    let _closing = socket.close(Some(INTERNAL), Some("internal"));
                }
            }
        })
    }
}

fn confirm_socket<S: SessionAttachment>(socket: &WebSocket, role: Role) -> Result<()> {
    if let Some(mut session) = socket.deserialize_attachment::<S>()? {
        session.mark_confirmed(role, now());
        socket.serialize_attachment(&session)?;
    }
    Ok(())
}
