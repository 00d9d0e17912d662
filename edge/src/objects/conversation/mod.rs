//! The Conversation object, one a conversation: its sockets, its store, its questions on their way to the agency.
//!
//! It sleeps whenever nothing is going on; sockets stay open meanwhile. Whatever matters is in the store or in the
//! sockets' attachments, never only in memory.

pub mod admission;
pub mod agency_call;
pub mod alarm;
pub mod alarm_handler;
pub mod application;
pub mod board_sync;
pub mod callback;
pub mod context;
pub mod creation;
pub mod delivery;
pub mod documents;
pub mod erasure;
pub mod event_streams;
pub mod execute;
pub mod file_store;
pub mod form_session;
pub mod frames;
pub mod guard;
pub mod http_fallback;
pub mod identity;
pub mod no_script;
pub mod pairing;
pub mod push_delivery;
pub mod site_index;
pub mod sockets;
pub mod speaker;
pub mod sql_store;
pub mod staff_socket;
pub mod tasks;
pub mod transaction;
pub mod usage;
pub mod visitor_socket;
pub mod welcome;

use crate::{
    objects::conversation::{
        context::ConversationContext,
        creation::{count_if_new, count_request},
        sockets::{is_desk, is_known_visitor, send_frame},
        sql_store::SqlStore,
    },
    platform::{
        failpoint, random_id,
        socket::{GONE, is_open},
    },
    rpc::{
        ObjectCall as _,
        conversation::{
            CheckPairing, CloseStaffSockets, ConversationObject, ConversationRequest, DeliverCallback,
            EraseConversation, ExportConversation, FetchFile, JoinConversation, OpenStaffSocket,
            OpenVisitorSocket, PostMessage, ReadCase, ReadDataSummary, ReadVisitorId, SetPushSubscription,
            SubmitPage, UpdateQueuePosition, UploadDocument, VisitorSession,
        },
        receive_request,
    },
};
use futures_util::FutureExt as _;
use std::{panic::AssertUnwindSafe, rc::Rc};
use wire::{Down, Fault, Id};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

/// One visitor's conversation.
#[durable_object]
pub struct Conversation {
    context: AssertUnwindSafe<Rc<ConversationContext>>,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let epoch = random_id().unwrap_or(Id(0));
        if let Ok(ping) = worker::worker_sys::WebSocketRequestResponsePair::new("ping", "pong") {
            state.set_websocket_auto_response(&ping);
        }
        let context = ConversationContext::new(state, env, epoch, tasks::start_task);
        Conversation { context: AssertUnwindSafe(Rc::new(context)) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        failpoint::panic_if_due(&self.context.env, "conversation");
        let asked = receive_request::<ConversationObject>(&mut request).await?.request;
        let answered = self.handle_request(asked, request).await;
        alarm::update_if_written(&self.context).await?;
        answered
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        if !is_open(&socket) {
            return Ok(());
        }
        let hearing = async {
            failpoint::panic_if_due(&self.context.env, "message");
            match is_desk(&self.context.state, &socket) {
                true => staff_socket::handle_frame(&self.context, &socket, message).await,
                false => visitor_socket::handle_frame(&self.context, &socket, message).await,
            }
        };
        // Left to itself, a panic would leave the widget waiting until it takes the connection for dead.
        let heard = AssertUnwindSafe(hearing).catch_unwind().await;
        let heard = heard.unwrap_or_else(|_| Err(Error::RustError("it panicked, see above".into())));
        heard.or_else(|error| {
            // Nothing was acknowledged, so the widget will say it again.
            worker::console_error!("a frame could not be handled: {error}");
            send_frame(&socket, &Down::Fault { id: None, code: Fault::Internal, retry_ms: Some(2_000) })
        })
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        _reason: String,
        clean: bool,
    ) -> Result<()> {
        failpoint::panic_if_due(&self.context.env, "close");
        // Who says goodbye was there until now.
        if clean && code != usize::from(GONE) && is_known_visitor(&socket) {
            push_delivery::record_page_open(&self.context);
        }
        // 1005 and 1006 say how a close came about; they can't be sent.
        let code =
            u16::try_from(code).ok().filter(|code| !matches!(code, 1004..=1006 | 1015)).unwrap_or(1000);
        // The far end may be gone for good: then there is nobody to tell.
        let _gone = socket.close(Some(code), Some(""));
        Ok(())
    }

    async fn websocket_error(&self, _socket: WebSocket, _error: Error) -> Result<()> {
        Ok(())
    }

    async fn alarm(&self) -> Result<Response> {
        failpoint::panic_if_due(&self.context.env, "alarm");
        alarm_handler::handle_alarm(&self.context).await?;
        Response::empty()
    }
}

impl Conversation {
    async fn handle_request(&self, asked: ConversationRequest, mut request: Request) -> Result<Response> {
        let context = &self.context;
        match asked {
            ConversationRequest::OpenVisitorSocket(OpenVisitorSocket(session)) => {
                visitor_socket::accept(&context.state, session)
            }
            ConversationRequest::OpenStaffSocket(OpenStaffSocket(session)) => {
                // Who looks for what isn't there makes nothing.
                let is_there = |store: &SqlStore| Ok(!store.is_erased()? && store.is_of(&session.whose)?);
                if !context.store.read(is_there)? {
                    return Response::error("", 404);
                }
                staff_socket::accept(&context.state, session)
            }
            ConversationRequest::PostFrames(post) => http_fallback::handle_post(context, post).await,
            ConversationRequest::PostMessage(post) => {
                PostMessage::write_reply(&no_script::handle_post(context, post).await?)
            }
            ConversationRequest::CheckPairing(CheckPairing(session)) => {
                CheckPairing::write_reply(&pairing::check_code_offer(context, &session).await?)
            }
            ConversationRequest::JoinConversation(join) => {
                JoinConversation::write_reply(&pairing::join_by_code(context, join).await?)
            }
            ConversationRequest::DeliverCallback(callback) => {
                DeliverCallback::write_reply(&callback::handle_callback(context, callback).await?)
            }
            ConversationRequest::SubmitPage(page) => {
                SubmitPage::write_reply(&application::submit_page(context, page).await?)
            }
            ConversationRequest::ReadCase(ReadCase { number }) => {
                ReadCase::write_reply(&form_session::find_case(context, &number)?)
            }
            ConversationRequest::UploadDocument(upload) => {
                let bytes = request.bytes().await?;
                UploadDocument::write_reply(&documents::store_document(context, upload, &bytes).await?)
            }
            ConversationRequest::UploadFile(upload) => {
                file_store::store_file(context, upload, &request.bytes().await?).await
            }
            ConversationRequest::UploadStaffFile(upload) => {
                file_store::store_for_visitor(context, upload, &request.bytes().await?).await
            }
            ConversationRequest::FetchFile(fetch) => self.fetch_file(fetch).await,
            ConversationRequest::FetchStaffFile(fetch) => file_store::fetch_for_staff(context, &fetch).await,
            ConversationRequest::SetPushSubscription(subscription) => {
                count_if_new(context, &subscription.visit).await?;
                SetPushSubscription::write_reply(&push_delivery::set_subscription(context, subscription)?)
            }
            ConversationRequest::UpdateQueuePosition(UpdateQueuePosition(position)) => {
                UpdateQueuePosition::write_reply(&board_sync::apply_placement(context, position).await?)
            }
            ConversationRequest::CloseStaffSockets(CloseStaffSockets(out)) => {
                CloseStaffSockets::write_reply(&staff_socket::disconnect_staff(&context.state, &out)?)
            }
            ConversationRequest::EraseConversation(EraseConversation(wish)) => {
                EraseConversation::write_reply(
                    &erasure::erase_conversation(context, count_request(context, wish).await?).await?,
                )
            }
            ConversationRequest::ExportConversation(ExportConversation(wish)) => {
                ExportConversation::write_reply(
                    &erasure::export_conversation(context, count_request(context, wish).await?).await?,
                )
            }
            ConversationRequest::ReadDataSummary(ReadDataSummary(wish)) => ReadDataSummary::write_reply(
                &erasure::summarize_data(context, count_request(context, wish).await?)?,
            ),
            ConversationRequest::ReadVisitorId(ReadVisitorId(key)) => {
                ReadVisitorId::write_reply(&erasure::find_owner(context, &key)?)
            }
        }
    }

    async fn fetch_file(&self, fetch: FetchFile) -> Result<Response> {
        let FetchFile { whose, generation, address, .. } = fetch.clone();
        let (generation, status) = (generation.unwrap_or(u32::MAX), String::new());
        count_if_new(&self.context, &VisitorSession { whose, generation, address, status }).await?;
        file_store::fetch_file(&self.context, &fetch)
    }
}
