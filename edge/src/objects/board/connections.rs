//! Desks' sockets at a board, and who is behind them.

use crate::{
    objects::confirmed_session::{HeldFrames, SessionAttachment},
    platform::{now, random_id, socket::accept_upgrade},
    rpc::board::{BoardSession, SignedOut},
};
use hoi_core::board::{StaffMember, count_available};
use serde::{Deserialize, Serialize};
use wire::{
    Id,
    desk::{Presence, Role, SIGNED_OUT},
};
use worker::{Env, Response, Result, State, WebSocket, WebSocketPair};

/// What a socket carries through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BoardAttachment {
    /// Whose it is.
    pub visit: BoardSession,
    /// Whether its hello was good.
    pub known: bool,
    /// Whether its owner takes conversations.
    pub presence: Presence,
    /// When the session was last found to hold, in milliseconds since 1970.
    pub checked: u64,
    /// Names the socket among the board's.
    #[serde(default)]
    pub line: Option<Id>,
}

impl SessionAttachment for BoardAttachment {
    fn session_digest(&self) -> &str {
        &self.visit.session
    }

    fn site(&self) -> &str {
        &self.visit.site
    }

    fn connection_id(&self) -> Id {
        self.line.unwrap_or(Id(0))
    }

    fn checked_at(&self) -> u64 {
        self.checked
    }

    fn mark_confirmed(&mut self, role: Role, at: u64) {
        (self.visit.who.role, self.checked) = (role, at);
    }
}

/// The sockets of a board.
pub struct Connections {
    /// The object's sockets, storage and clock.
    pub state: State,
    /// The operator's bindings.
    pub env: Env,
    /// Frames for desks whose session is being looked at.
    held: HeldFrames,
}

impl Connections {
    /// The sockets of the object with this state.
    pub fn new(state: State, env: Env) -> Connections {
        Connections { state, env, held: HeldFrames::default() }
    }

    /// Lets a desk in that the worker knows.
    pub fn accept(&self, visit: BoardSession) -> Result<Response> {
        let WebSocketPair { client, server } = WebSocketPair::new()?;
        self.state.accept_web_socket(&server);
        let (presence, line) = (Presence::Away, Some(random_id()?));
        server.serialize_attachment(BoardAttachment {
            visit,
            known: false,
            presence,
            checked: now(),
            line,
        })?;
        accept_upgrade(client, "")
    }

    /// Sends a frame to every desk that has said hello.
    pub fn broadcast(&self, frame: &str) {
        for socket in self.state.get_websockets() {
            let Some(attachment) = read_attachment(&socket).filter(|attachment| attachment.known) else {
                continue;
            };
            if let Some(asking) = self.held.send(&self.env, &socket, &attachment, frame) {
                self.state.wait_until(asking);
            }
        }
    }

    /// An account may do other things than before, or nothing any more: its desks close, and come back if they may.
    pub fn close_signed_out(&self, out: &SignedOut) -> Result<()> {
        for socket in self.state.get_websockets() {
            let attachment = read_attachment(&socket);
            if attachment.is_some_and(|each| out.matches_session(&each.visit.who.name, &each.visit.session)) {
                socket.close(Some(SIGNED_OUT), Some("signed out"))?;
            }
        }
        Ok(())
    }

    /// Every desk closes: there is no such site any more.
    pub fn close_all(&self) {
        for socket in self.state.get_websockets() {
            let _closing = socket.close(Some(SIGNED_OUT), Some("no such site"));
        }
    }

    /// What the sockets of desks carry that have said hello.
    fn attachments(&self) -> Vec<BoardAttachment> {
        let sockets = self.state.get_websockets();
        sockets.iter().filter_map(read_attachment).filter(|attachment| attachment.known).collect()
    }

    /// How many people take conversations.
    pub fn available_staff(&self) -> u32 {
        count_available(self.open_desks())
    }

    /// Who has a desk open that has said hello, and whether he takes conversations there.
    pub fn open_desks(&self) -> impl Iterator<Item = (StaffMember, Presence)> {
        self.attachments().into_iter().map(|each| (each.visit.who, each.presence))
    }
}

fn read_attachment(socket: &WebSocket) -> Option<BoardAttachment> {
    socket.deserialize_attachment::<BoardAttachment>().ok().flatten()
}
