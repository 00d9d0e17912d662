//! The Board object, one a site: which conversations people are wanted in, who is at the desk, what was done there.
//! What is said in a conversation never comes here; questions that were not answered do, without personal data.

pub mod connections;
pub mod context;
pub mod staff_socket;
pub mod store;

use crate::{
    objects::board::{context::BoardContext, store::BoardStore},
    platform::{failpoint, now, socket::is_open},
    rpc::{
        Envelope, ObjectCall as _,
        board::{
            AppendAudit, BoardObject, BoardRequest, ForgetBoard, ListConversations, ListDecisions,
            OpenBoardSocket, ReadAudit, RecordErasure, RecordUnanswered, RemoveConversation, SignOutStaff,
            SignedOut, UpdateHandoff,
        },
        conversation::{CloseStaffSockets, ConversationKey},
        receive_request,
    },
};
use hoi_core::{accounts::session::LIFE_MS, board::is_going};
use std::{collections::BTreeSet, panic::AssertUnwindSafe, rc::Rc};
use wire::{
    Id,
    desk::{Act, BoardDown},
};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

/// A site's board.
#[durable_object]
pub struct Board {
    context: AssertUnwindSafe<Rc<BoardContext>>,
}

impl DurableObject for Board {
    fn new(state: State, env: Env) -> Self {
        // A desk's pings are answered without waking the board.
        if let Ok(ping) = worker::worker_sys::WebSocketRequestResponsePair::new("ping", "pong") {
            state.set_websocket_auto_response(&ping);
        }
        Board { context: AssertUnwindSafe(Rc::new(BoardContext::new(state, env))) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let board = &self.context;
        failpoint::panic_if_due(&board.connections.env, "board");
        let Envelope { name, request } = receive_request::<BoardObject>(&mut request).await?;
        board.site.replace(name);
        match request {
            BoardRequest::OpenBoardSocket(OpenBoardSocket(session)) => board.connections.accept(session),
            BoardRequest::UpdateHandoff(UpdateHandoff(told)) => {
                let position = board.update_handoff(told)?;
                board.forget_expired().await?;
                UpdateHandoff::write_reply(&position)
            }
            BoardRequest::RemoveConversation(RemoveConversation(id)) => {
                board.with_store(|store| store.remove_chat(id))?;
                RemoveConversation::write_reply(&self.show_removed(id).await?)
            }
            BoardRequest::RecordErasure(erasure) => {
                RecordErasure::write_reply(&self.record_erasure(erasure).await?)
            }
            BoardRequest::ListConversations(_) => {
                ListConversations::write_reply(&board.with_store(BoardStore::listed_conversations)?)
            }
            BoardRequest::ForgetBoard(ForgetBoard(done)) => {
                ForgetBoard::write_reply(&board.forget_site(done).await?)
            }
            BoardRequest::RecordUnanswered(RecordUnanswered(asked)) => {
                let lock = board.encryption_lock();
                board.with_store(|store| store.record_unanswered(asked, &lock))?;
                RecordUnanswered::write_reply(&board.forget_expired().await?)
            }
            BoardRequest::SignOutStaff(SignOutStaff(out)) => {
                SignOutStaff::write_reply(&self.close_signed_out(out).await?)
            }
            BoardRequest::AppendAudit(AppendAudit(done)) => {
                AppendAudit::write_reply(&board.append_audit_entry(done)?)
            }
            BoardRequest::ListDecisions(_) => {
                let lock = board.encryption_lock();
                ListDecisions::write_reply(&board.with_store(|store| store.list_decisions(&lock))?)
            }
            BoardRequest::ReadAudit(ReadAudit { before }) => {
                ReadAudit::write_reply(&board.read_audit(before).await?)
            }
        }
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        if !is_open(&socket) {
            return Ok(());
        }
        staff_socket::handle_frame(&self.context, &socket, message).await.or_else(|error| {
            worker::console_error!("a desk's frame could not be handled: {error}");
            socket.close(Some(1011), Some("internal"))
        })
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        _code: usize,
        _why: String,
        _clean: bool,
    ) -> Result<()> {
        let _gone = socket.close(Some(1000), Some(""));
        staff_socket::handle_close(&self.context, &socket)
    }

    async fn alarm(&self) -> Result<Response> {
        failpoint::panic_if_due(&self.context.connections.env, "board_alarm");
        self.context.with_store(BoardStore::wipe_deleted_rows)?;
        self.context.forget_expired().await?;
        Response::empty()
    }

    async fn websocket_error(&self, socket: WebSocket, _error: Error) -> Result<()> {
        staff_socket::handle_close(&self.context, &socket)
    }
}

impl Board {
    /// A conversation is listed no longer: desks are told, and those who wait move up.
    async fn show_removed(&self, id: Id) -> Result<()> {
        self.context.forget_expired().await?;
        self.context.broadcast_frame(&BoardDown::Gone { id })?;
        self.context.update_queue(None)
    }

    /// A conversation was erased: the act.
    async fn record_erasure(&self, erasure: RecordErasure) -> Result<Act> {
        let RecordErasure { id, tag, done } = erasure;
        self.context.with_store(|store| store.erase_conversation(id, &tag))?;
        // Told again because nobody heard that it was written.
        let act = match self.context.with_store(|store| store.find_act(&done))? {
            Some(act) => act,
            None => self.context.append_audit_entry(done)?,
        };
        self.show_removed(id).await?;
        Ok(act)
    }

    /// Closes an account's sockets here and in its conversations.
    async fn close_signed_out(&self, out: SignedOut) -> Result<()> {
        let board = &self.context;
        board.connections.close_signed_out(&out)?;
        // What it has open it has opened in this session; the board may not have heard of all of that yet.
        let opened = board
            .with_store(|store| store.conversations_opened_by(&out.name, now().saturating_sub(LIFE_MS)))?;
        let going = board.list_chats()?.into_iter().filter(is_going).map(|chat| chat.id);
        for conversation in opened.into_iter().chain(going).collect::<BTreeSet<Id>>() {
            let key = ConversationKey { site: board.site.borrow().clone(), conversation };
            CloseStaffSockets(out.clone()).call(&board.connections.env, &key).await?;
        }
        Ok(())
    }
}
