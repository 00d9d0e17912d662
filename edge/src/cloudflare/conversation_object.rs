//! The Conversation object, one a conversation: its sockets, its log, its questions on their way to the agency.
//!
//! It sleeps whenever nothing is going on; sockets stay open meanwhile. Whatever matters is in the log or in the
//! sockets' attachments, never only in memory.

use super::{
    alarm,
    confirmed::{Expelled, GONE, Held},
    conversing::Inner,
    drill, erasing, file_store, filing, frame, line, papers,
    platform::{is_open, random_id},
    push::{self, Turning},
    sql_log::{SqlLog, Whose},
    staff_frame,
    streams::Streams,
    telling,
    uploads::Fetching,
};
use crate::{
    connector::Callback,
    conversation::{Asked, Unasked},
    desk::Who,
};
use futures_util::FutureExt as _;
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, RefCell},
    panic::AssertUnwindSafe,
    rc::Rc,
};
use wire::{Down, Fault, Id, Message, Rated, Up};
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

/// One visitor's conversation.
#[durable_object]
pub struct Conversation {
    inner: AssertUnwindSafe<Rc<Inner>>,
}

/// What the worker asks a socket for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Which conversation.
    pub whose: Whose,
    /// The generation of the ticket it came with.
    pub generation: u32,
    /// Under which name the visitor's address is counted.
    pub address: Option<String>,
    /// Where cases of the site are looked up, as this visitor reaches it.
    #[serde(default)]
    pub status: String,
}

/// What the worker asks a desk's socket for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskVisit {
    /// Which conversation.
    pub whose: Whose,
    /// Who comes.
    pub who: Who,
    /// The digest of the session, to ask for it again.
    pub session: String,
}

/// What the worker asks for somebody at the desk who opens a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeskFetching {
    /// Who, in which conversation.
    pub visit: DeskVisit,
    /// Which.
    pub file: Id,
}

/// What the worker posts for a page without the widget.
#[derive(Debug, Serialize, Deserialize)]
pub struct Posted {
    /// Whose.
    pub visit: Visit,
    /// What the visitor does, or nothing: just show what there is.
    pub up: Option<Up>,
    /// What is to be done about personal data in it.
    pub unasked: Unasked,
}

/// What the worker posts for a widget that gets no socket through.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lined {
    /// Whose.
    pub visit: Visit,
    /// Its frames.
    pub up: Vec<Up>,
    /// Whether the answer is to go on.
    pub stream: bool,
}

/// Somebody comes with a code.
#[derive(Debug, Serialize, Deserialize)]
pub struct Joining {
    /// Which conversation.
    pub whose: Whose,
    /// The generation it was made for.
    pub generation: u32,
}

/// What the worker brings from the agency.
#[derive(Debug, Serialize, Deserialize)]
pub struct Arriving {
    /// Which conversation.
    pub whose: Whose,
    /// What is said; its signature was checked.
    pub callback: Callback,
}

/// What comes back.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Shown {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// Whether a reply is still to come.
    pub waiting: bool,
    /// Why nothing was taken.
    pub fault: Option<Fault>,
    /// When trying again makes sense, in milliseconds.
    pub retry_ms: Option<u64>,
    /// What the visitor is asked about, if the fault is [`Fault::Personal`].
    #[serde(default)]
    pub asked: Asked,
    /// Which answers helped.
    #[serde(default)]
    pub rated: Rated,
    /// The place in the queue, in words, of a visitor who waits for a person.
    #[serde(default)]
    pub queue: Option<String>,
    /// Whether the conversation was deleted; the fault is then [`Fault::Ticket`].
    #[serde(default)]
    pub erased: bool,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        let epoch = random_id().unwrap_or(Id(0));
        let log = SqlLog::open(state.storage().sql(), epoch);
        if let Ok(ping) = worker::worker_sys::WebSocketRequestResponsePair::new("ping", "pong") {
            state.set_websocket_auto_response(&ping);
        }
        let log = log.unwrap_or_else(|error| {
            // A constructor can't fail. The next write will, and nothing will be acknowledged.
            worker::console_error!("the conversation's log can't be opened: {error}");
            SqlLog::broken(state.storage().sql(), epoch)
        });
        let inner = Inner {
            state,
            env,
            log: RefCell::new(log),
            in_flight: RefCell::default(),
            stopped: RefCell::default(),
            alarm: Cell::default(),
            streams: Streams::default(),
            scratch: RefCell::default(),
            telling: Cell::default(),
            listed: RefCell::default(),
            rates: RefCell::default(),
            counted: Cell::default(),
            held: Held::default(),
        };
        Conversation { inner: AssertUnwindSafe(Rc::new(inner)) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        drill::here(&self.inner.env, "conversation");
        let url = request.url()?;
        match url.path() {
            "/socket" => {
                let visit =
                    url.query_pairs().find(|(key, _)| key == "visit").map(|(_, json)| json.into_owned());
                frame::accept(&self.inner.state, serde_json::from_str(&visit.unwrap_or_default())?)
            }
            "/desk" => {
                let visit = url.query_pairs().find(|(key, _)| key == "visit");
                let visit: DeskVisit =
                    serde_json::from_str(&visit.map(|(_, json)| json).unwrap_or_default())?;
                // Who looks for what isn't there makes nothing.
                let gone = self.inner.log.borrow().is_erased();
                if gone || self.inner.log.borrow().whose()?.as_ref() != Some(&visit.whose) {
                    return Response::error("", 404);
                }
                staff_frame::accept(&self.inner.state, visit)
            }
            "/expel" => {
                staff_frame::expel(&self.inner.state, &request.json::<Expelled>().await?)?;
                Response::empty()
            }
            "/placed" => {
                telling::placed(&self.inner, request.json().await?).await?;
                Response::empty()
            }
            "/posted" => {
                let posted: Posted = request.json().await?;
                Response::from_json(&self.inner.posted(posted).await?)
            }
            "/offered" => Response::from_json(&self.inner.offered(&request.json().await?).await?),
            "/form" => Response::from_json(&filing::fill(&self.inner, request.json().await?).await?),
            "/paper" => Response::from_json(&papers::take(&self.inner, request).await?),
            "/case" => Response::from_json(&filing::case(&self.inner, &request.json::<String>().await?)?),
            "/joined" => Response::from_json(&self.inner.joined(request.json().await?).await?),
            "/erase" => {
                let wish = self.inner.wished(request.json().await?).await?;
                Response::from_json(&erasing::erase(&self.inner, wish).await?)
            }
            "/export" => {
                let wish = self.inner.wished(request.json().await?).await?;
                Response::from_json(&erasing::export(&self.inner, wish).await?)
            }
            "/owner" => Response::from_json(&erasing::owner(&self.inner, &request.json().await?)?),
            "/holding" => {
                let wish = self.inner.wished(request.json().await?).await?;
                Response::from_json(&erasing::holding(&self.inner, wish)?)
            }
            "/line" => line::spoken(&self.inner, request.json().await?).await,
            "/file" => file_store::store(&self.inner, request).await,
            "/desk/file" => file_store::store_for_visitor(&self.inner, request).await,
            "/desk/fetch" => file_store::open(&self.inner, &request.json().await?),
            "/device" => {
                let turning: Turning = request.json().await?;
                self.inner.asked(&turning.visit).await?;
                match push::turned(&self.inner, turning)? {
                    true => Response::empty(),
                    false => Response::error("", 401),
                }
            }
            "/fetch" => {
                let fetching: Fetching = request.json().await?;
                let Fetching { whose, generation, address, .. } = fetching.clone();
                let (generation, status) = (generation.unwrap_or(u32::MAX), String::new());
                let visit = Visit { whose, generation, address, status };
                self.inner.asked(&visit).await?;
                file_store::fetch(&self.inner, &fetching)
            }
            "/callback" => {
                let arriving: Arriving = request.json().await?;
                match self.inner.arrive(arriving).await? {
                    Some(seq) => Response::from_json(&serde_json::json!({ "seq": seq })),
                    None => Response::error("", 404),
                }
            }
            _ => Response::error("", 404),
        }
    }

    async fn websocket_message(&self, socket: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        if !is_open(&socket) {
            return Ok(());
        }
        let hearing = async {
            drill::here(&self.inner.env, "message");
            match staff_frame::is_desk(&self.inner.state, &socket) {
                true => staff_frame::heard(&self.inner, &socket, message).await,
                false => frame::heard(&self.inner, &socket, message).await,
            }
        };
        // Left to itself, a panic would leave the widget waiting until it takes the line for dead.
        let heard = AssertUnwindSafe(hearing).catch_unwind().await;
        let heard = heard.unwrap_or_else(|_| Err(Error::RustError("it panicked, see above".into())));
        heard.or_else(|error| {
            // Nothing was acknowledged, so the widget will say it again.
            worker::console_error!("a frame could not be handled: {error}");
            frame::send(&socket, &Down::Fault { id: None, code: Fault::Internal, retry_ms: Some(2_000) })
        })
    }

    async fn websocket_close(
        &self,
        socket: WebSocket,
        code: usize,
        _reason: String,
        clean: bool,
    ) -> Result<()> {
        drill::here(&self.inner.env, "close");
        // Who says goodbye was there until now.
        if clean && code != usize::from(GONE) && frame::is_known(&socket) {
            push::looked(&self.inner);
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
        drill::here(&self.inner.env, "alarm");
        alarm::fired(&self.inner).await?;
        Response::empty()
    }
}
