//! One call of the agency: the requests a connector makes of a question, one after the other, and the answer as it
//! comes; with all its time limits.

use super::context::ConversationContext;
use crate::{
    cache::model_reasoning,
    platform::{
        config::{read_binding, site_secret},
        now,
    },
};
use futures_util::{
    StreamExt as _,
    future::{Either, select},
};
use hoi_core::{
    agency::{Failure, retry_after},
    connector::{
        Ask, Connector, ConnectorError, Endpoint, MAX_STEPS, Outbound, Reply, ReplyPart, ResponseReader, Verb,
    },
    conversation::ConversationStore as _,
};
use site::{
    Agency,
    address::{Allowed, permit_url},
};
use std::{pin::pin, rc::Rc, time::Duration};
use worker::{
    AbortController, AbortSignal, Delay, Error, Fetch, Headers, Method, Request, RequestInit,
    RequestRedirect, Response,
};

/// A growing reply is written and shown at most this often, in milliseconds; the visitor's "stop" is seen as often.
const BATCH_MS: u64 = 80;
/// How long an answer that has begun may pause, in seconds.
const STALL_S: u32 = 10;

/// So much of a refusal's body is read, in bytes.
const MAX_REFUSAL_BYTES: usize = 16 * 1024;

/// How a call ended well.
pub enum ExchangeOutcome {
    /// With an answer; `whole` is false if it broke off, or was stopped by the visitor.
    Answered {
        /// What was said.
        reply: Reply,
        /// Whether it is all there.
        whole: bool,
    },
    /// The agency answers later.
    Later,
    /// The agency has nothing to say to this.
    Declined,
    /// The visitor stopped it before anything was said.
    Stopped,
}

/// Why a call failed.
pub enum ExchangeError {
    /// By the agency, or on the way to it.
    Agency {
        /// Why.
        failure: Failure,
        /// How long the agency wants to be left alone, in milliseconds.
        hold: Option<u64>,
    },
    /// Here: what came could not be written or shown.
    Internal(Error),
}

impl From<Failure> for ExchangeError {
    fn from(failure: Failure) -> Self {
        ExchangeError::Agency { failure, hold: None }
    }
}

/// One call.
pub struct Exchange<'a, S> {
    pub context: &'a Rc<ConversationContext>,
    pub agency: &'a Agency,
    pub connector: &'a dyn Connector,
    /// The question's place.
    pub seq: u64,
    /// Shows the reply as far as it has come.
    pub show: &'a S,
}

impl<S: AsyncFn(&str) -> worker::Result<()>> Exchange<'_, S> {
    /// Brings `ask` to the agency.
    pub async fn run(&self, ask: Ask) -> Result<ExchangeOutcome, ExchangeError> {
        let abort = AbortController::default();
        let result = self.run_steps(ask, &abort.signal()).await;
        // Whatever is still open towards the agency is of no more use.
        abort.abort();
        result
    }

    async fn run_steps(&self, mut ask: Ask, signal: &AbortSignal) -> Result<ExchangeOutcome, ExchangeError> {
        let secret = site_secret(&self.context.env, &self.agency.secret);
        let endpoint = Endpoint { agency: self.agency, secret: &secret };
        let allowed =
            Allowed::read_list(&read_binding(&self.context.env, "HOI_AGENCY_HOSTS").unwrap_or_default());
        let deadline = now() + u64::from(self.agency.timeout_seconds) * 1000;
        ask.shows_growth = model_reasoning::is_non_reasoning_model(&ask.site, self.agency);
        for _ in 0..MAX_STEPS {
            let request = self.connector.build_request(&ask, &endpoint).map_err(Failure::from)?;
            permit_url(&request.url, &allowed).map_err(Failure::Address)?;
            let deadlines = CallDeadlines::start(self.agency, deadline);
            let Some(mut response) = self.send(&request, signal, &deadlines).await? else {
                return Ok(ExchangeOutcome::Stopped);
            };
            let header = |name| response.headers().get(name).ok().flatten().unwrap_or_default();
            let (kind, wish) = (header("content-type"), header("retry-after"));
            let hold = || retry_after(&wish, now());
            let broken =
                |error: ConnectorError| ExchangeError::Agency { failure: error.into(), hold: hold() };
            let mut partial = PartialReply::default();
            let ended = match self.connector.response_reader(&ask, response.status_code(), &kind) {
                Ok(reader) => self.read_answer(&mut response, reader, deadlines, &mut partial).await?,
                Err(ConnectorError::Status { status, .. }) => {
                    let body = read_refusal_body(&mut response, &deadlines).await;
                    let parts =
                        self.connector.read_refusal(&ask, &endpoint, status, &body).map_err(broken)?;
                    partial.apply_parts(parts);
                    partial.finish()
                }
                Err(error) => return Err(broken(error)),
            };
            if partial.no_reasoning {
                model_reasoning::record_non_reasoning_model(&ask.site, self.agency);
            } else if partial.done && !partial.again {
                model_reasoning::forget_model(&ask.site, self.agency);
            }
            for (name, value) in partial.remember {
                let keep = self.context.store.transact(|store| store.set_connector_state(name, &value));
                keep.map_err(ExchangeError::Internal)?;
                ask.remembered.insert(name.to_owned(), value);
            }
            if !partial.again {
                return Ok(ended);
            }
        }
        Err(Failure::Steps.into())
    }

    /// Sends one request and waits until its answer begins; `None` if the visitor stopped it.
    async fn send(
        &self,
        request: &Outbound,
        signal: &AbortSignal,
        deadlines: &CallDeadlines,
    ) -> Result<Option<Response>, ExchangeError> {
        let request = Fetch::Request(build_request(request).map_err(unreachable_failure)?);
        let mut sending = pin!(request.send_with_signal(signal));
        loop {
            match select(&mut sending, Delay::from(Duration::from_millis(BATCH_MS))).await {
                Either::Left((response, _)) => return Ok(Some(response.map_err(unreachable_failure)?)),
                Either::Right(_) if self.is_stopped() => return Ok(None),
                Either::Right(_) => deadlines.check(now())?,
            }
        }
    }

    /// Reads the body as it comes; shows what there is every [`BATCH_MS`].
    async fn read_answer(
        &self,
        response: &mut Response,
        mut reader: Box<dyn ResponseReader>,
        mut deadlines: CallDeadlines,
        partial: &mut PartialReply,
    ) -> Result<ExchangeOutcome, ExchangeError> {
        let mut body = response.stream().map_err(unreachable_failure)?;
        loop {
            if self.is_stopped() {
                return Ok(partial.stop());
            }
            let ended = match select(body.next(), Delay::from(Duration::from_millis(BATCH_MS))).await {
                Either::Left((Some(chunk), _)) => {
                    partial.apply_parts(
                        reader.feed(&chunk.map_err(unreachable_failure)?).map_err(Failure::from)?,
                    );
                    deadlines.mark_received(now());
                    partial.done
                }
                Either::Left((None, _)) => {
                    partial.apply_parts(reader.finish().map_err(Failure::from)?);
                    true
                }
                Either::Right(_) => false,
            };
            if ended {
                return Ok(partial.finish());
            }
            deadlines.check(now())?;
            if partial.is_due(now()) {
                partial.mark_shown(now());
                (self.show)(&partial.reply.text).await.map_err(ExchangeError::Internal)?;
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.context.stopped.borrow().contains(&self.seq)
    }
}

/// The time limits of one request.
struct CallDeadlines {
    first_byte: u64,
    first_byte_s: u32,
    deadline: u64,
    total_s: u32,
    heard: Option<u64>,
}

impl CallDeadlines {
    fn start(agency: &Agency, deadline: u64) -> CallDeadlines {
        let first_byte_s = agency.connect_timeout_seconds;
        let first_byte = now() + u64::from(first_byte_s) * 1000;
        CallDeadlines { first_byte, first_byte_s, deadline, total_s: agency.timeout_seconds, heard: None }
    }

    fn mark_received(&mut self, now: u64) {
        self.heard = Some(now);
    }

    fn check(&self, now: u64) -> Result<(), Failure> {
        match self.heard {
            _ if now >= self.deadline => Err(Failure::Total(self.total_s)),
            None if now >= self.first_byte => Err(Failure::FirstByte(self.first_byte_s)),
            Some(heard) if now.saturating_sub(heard) >= u64::from(STALL_S) * 1000 => {
                Err(Failure::Stalled(STALL_S))
            }
            None | Some(_) => Ok(()),
        }
    }
}

/// A reply as far as it has come.
#[derive(Default)]
struct PartialReply {
    reply: Reply,
    remember: Vec<(&'static str, String)>,
    done: bool,
    later: bool,
    declined: bool,
    again: bool,
    no_reasoning: bool,
    unseen: bool,
    shown: u64,
}

impl PartialReply {
    fn apply_parts(&mut self, parts: Vec<ReplyPart>) {
        for part in parts {
            match part {
                ReplyPart::More(text) => {
                    self.reply.text.push_str(&text);
                    self.unseen = true;
                }
                ReplyPart::Whole(reply) => (self.reply, self.unseen) = (reply, true),
                ReplyPart::Done => self.done = true,
                ReplyPart::Later => (self.later, self.done) = (true, true),
                ReplyPart::Declined => (self.declined, self.done) = (true, true),
                ReplyPart::Remember(name, value) => self.remember.push((name, value)),
                ReplyPart::Again => (self.again, self.done) = (true, true),
                ReplyPart::NoReasoning => self.no_reasoning = true,
            }
        }
    }

    fn is_due(&self, now: u64) -> bool {
        self.unseen && now.saturating_sub(self.shown) >= BATCH_MS
    }

    fn mark_shown(&mut self, now: u64) {
        (self.unseen, self.shown) = (false, now);
    }

    fn is_silent(&self) -> bool {
        self.reply.text.trim().is_empty()
            && self.reply.buttons.is_empty()
            && self.reply.extra_blocks().is_empty()
    }

    fn finish(&mut self) -> ExchangeOutcome {
        match (self.later, self.declined || self.is_silent()) {
            (true, _) => ExchangeOutcome::Later,
            (false, true) => ExchangeOutcome::Declined,
            (false, false) => {
                ExchangeOutcome::Answered { reply: std::mem::take(&mut self.reply), whole: self.done }
            }
        }
    }

    fn stop(&mut self) -> ExchangeOutcome {
        if self.is_silent() {
            return ExchangeOutcome::Stopped;
        }
        ExchangeOutcome::Answered { reply: std::mem::take(&mut self.reply), whole: false }
    }
}

fn unreachable_failure(error: Error) -> Failure {
    Failure::Unreachable(error.to_string())
}

/// The body of a refusal, as far as it comes in time; only its error's short name is of interest.
async fn read_refusal_body(response: &mut Response, deadlines: &CallDeadlines) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Ok(mut body) = response.stream() else { return bytes };
    while bytes.len() < MAX_REFUSAL_BYTES && deadlines.check(now()).is_ok() {
        match select(body.next(), Delay::from(Duration::from_millis(BATCH_MS))).await {
            Either::Left((Some(Ok(chunk)), _)) => bytes.extend_from_slice(&chunk),
            Either::Left(_) => break,
            Either::Right(_) => {}
        }
    }
    bytes.truncate(MAX_REFUSAL_BYTES);
    bytes
}

fn build_request(request: &Outbound) -> worker::Result<Request> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    // A redirect could lead a signed question anywhere: it is taken for what it is, no answer.
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    match request.verb {
        Verb::Get => init.with_method(Method::Get),
        Verb::Post => init.with_method(Method::Post).with_body(Some(request.body.as_str().into())),
    };
    Request::new_with_init(&request.url, &init)
}
