//! `webhook`: a signed POST of JSON; the answer is JSON, or a stream of events, or comes later.
//!
//! Request, signed by the Standard Webhooks scheme (`webhook-id`, `webhook-timestamp`, `webhook-signature`):
//! ```json
//! {"type":"question","site":"ward","conversation":"…","id":"…","seq":3,"lang":"vi","text":"…","at":1790000000000,
//!  "history":[{"author":"visitor","text":"…"}],"candidates":[{"intent":"khai-sinh","p":0.31}]}
//! ```
//! `webhook-id` is the same for every try of the same question: act on it once.
//!
//! Response, whole (`application/json`):
//! ```json
//! {"text":"**Markdown**","buttons":[{"label":"…","href":"https://…"},{"label":"…"}],"author":{"kind":"staff","name":"…"},
//!  "input":{"name":"day","kind":"date","label":"…","min":"2026-01-31"},"files":[{"name":"…","url":"https://…"}]}
//! ```
//! Files of the question are in `files`, each with an address; they are fetched from there by a signed
//! `{"type":"file","conversation":"…","file":"…"}`.
//!
//! or streamed (`text/event-stream`): `data: {"delta":"…"}` any number of times, then `data: {"done":true}`, which may
//! carry `buttons` too; or status 202: the question is taken, and the answer comes later, by a callback.
//!
//! Callback, posted to `/s/<site>/callback` and signed in the same way with the same secret. `webhook-id` is the
//! sender's own: the same id again is the same message. `seq` is the question's, if it answers one:
//! ```json
//! {"type":"answer","conversation":"…","seq":3,"text":"**Markdown**","buttons":[],"author":{"kind":"staff","name":"…"}}
//! ```
//!
//! A procedure that was done in the chat comes to the same address as a case; any good answer says that it was taken, and
//! may carry a `text`:
//! ```json
//! {"type":"case","site":"ward","conversation":"…","seq":5,"lang":"vi","at":1790000000000,"number":"K7QX3-M9DA0",
//!  "procedure":"khai-sinh","title":"…","promised":"2026-11-27","fields":[{"id":"…","label":"…","value":"…","shown":"…"}]}
//! ```
//! How far it is comes back by callback; `state` is `received`, `needs_papers`, `done` or `refused`:
//! ```json
//! {"type":"case","conversation":"…","number":"K7QX3-M9DA0","state":"done","text":"**Markdown**"}
//! ```
//! Papers that were asked for come as `{"type":"case_papers","number":"…","papers":[{"id":"…","label":"…","files":[…]}]}`.
//! All shapes are in `webhook/shape.rs`.

pub mod shape;
#[cfg(test)]
mod tests;

use super::{
    Ask, Callback, CallbackError, CaseReport, Connector, ConnectorError, Enclosed, Endpoint, FileRequest,
    Incoming, Outbound, ReplyPart, ResponseReader,
    body::{Whole, check_status, media_type},
    callback::MAX_ID_BYTES,
    sign_webhook, signing_keys,
    sse::Events,
    verify_webhook,
};
use crate::{
    application::case::{AgencySubmission, Appointment, CaseState, Wants},
    files::Paper,
};
use shape::{
    Answer, Candidate, Delta, FileRequestBody, HistoryEntry, Later, Question, Reported, SubmissionBody,
};
use wire::limits;

/// The connector.
pub struct Webhook;

/// What a callback is.
const SHAPE: &str = "it is neither {\"type\":\"answer\",\"conversation\":…,\"text\":…} nor \
                     {\"type\":\"case\",\"conversation\":…,\"number\":…,\"state\":…}";
/// "Accepted": the answer comes later.
const ACCEPTED: u16 = 202;

impl Connector for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        let keys = signing_keys(agency.secret)?;
        let question = Question {
            r#type: "question",
            site: &ask.site,
            conversation: ask.conversation,
            id: ask.id,
            seq: ask.seq,
            lang: &ask.lang,
            text: &ask.text,
            at: ask.at,
            history: ask
                .history
                .iter()
                .map(|line| HistoryEntry { author: line.author, text: &line.text })
                .collect(),
            candidates: ask.candidates.iter().map(|(intent, p)| Candidate { intent, p: *p }).collect(),
            pick: ask.pick.as_deref(),
            value: ask.value.as_ref(),
            files: ask.files.iter().map(Paper::from_stored).collect(),
            visitor: ask.visitor.as_ref(),
            context: &ask.context,
        };
        let url = agency.agency.url.clone();
        let request = match &ask.submission {
            Some(AgencySubmission::Case(filed)) => {
                Outbound::post_json(url, &submission_body("case", ask, filed))?
            }
            Some(AgencySubmission::Papers(added)) => {
                Outbound::post_json(url, &submission_body("case_papers", ask, added))?
            }
            None => Outbound::post_json(url, &question)?,
        };
        let id = ask.idempotency_key();
        let signature = sign_webhook(&keys, &id, ask.now, request.body.as_bytes());
        Ok(request
            .with_header("accept", "text/event-stream, application/json")
            .with_header("webhook-id", id)
            .with_header("webhook-timestamp", ask.now.0.to_string())
            .with_header("webhook-signature", signature))
    }

    fn response_reader(
        &self,
        ask: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        if status == ACCEPTED {
            return Ok(Box::new(Whole::new(|_| Ok(vec![ReplyPart::Later]))));
        }
        if ask.submission.is_some() {
            return Ok(Box::new(Whole::new(parse_receipt)));
        }
        match media_type(content_type).as_str() {
            "application/json" => Ok(Box::new(Whole::new(parse_answer))),
            "text/event-stream" => Ok(Box::<AnswerStream>::default()),
            other => Err(ConnectorError::ContentType(other.to_owned())),
        }
    }

    fn is_repeatable(&self) -> bool {
        true
    }

    fn takes_cases(&self) -> bool {
        true
    }

    fn parse_callback(
        &self,
        call: &Incoming<'_>,
        agency: &Endpoint<'_>,
    ) -> Result<Option<Callback>, CallbackError> {
        let id = verify_call(call, agency)?;
        let later: Later = wire::parse_json(call.body).map_err(|_| CallbackError::Malformed(SHAPE))?;
        let (conversation, about, case, text, mut along) = match later {
            Later::Answer { text, .. } if text.trim().is_empty() => {
                return Err(CallbackError::Malformed("its text is empty"));
            }
            Later::Answer { conversation, seq, text, along } => (conversation, seq, None, text, along),
            Later::Case { state: Reported::Refused, text, .. } if text.trim().is_empty() => {
                return Err(CallbackError::Malformed("a refusal needs its reason in \"text\""));
            }
            Later::Case { conversation, number, state, text, papers, until, appointment, along } => {
                let wants = Wants::from_agency(papers, until).map_err(CallbackError::Malformed)?;
                let wants = (state == Reported::NeedsPapers).then_some(wants);
                let appointment =
                    appointment.map(Appointment::validate).transpose().map_err(CallbackError::Malformed)?;
                let report = CaseReport { number, state: CaseState::from(state), wants, appointment };
                (conversation, None, Some(report), text, along)
            }
        };
        let enclosed = check_enclosed(along.take_enclosed())?;
        let reply = along.into_reply(text);
        Ok(Some(Callback {
            id,
            conversation,
            about,
            case,
            reply,
            enclosed,
            blocks: Vec::new(),
            retracts: false,
        }))
    }

    fn parse_file_request(
        &self,
        call: &Incoming<'_>,
        agency: &Endpoint<'_>,
    ) -> Result<FileRequest, CallbackError> {
        verify_call(call, agency)?;
        let wish: FileRequestBody = wire::parse_json(call.body).map_err(|_| {
            CallbackError::Malformed("it is not {\"type\":\"file\",\"conversation\":…,\"file\":…}")
        })?;
        if wish.r#type != "file" {
            return Err(CallbackError::Malformed("its type is not \"file\""));
        }
        Ok(FileRequest { conversation: wish.conversation, file: wish.file })
    }
}

fn submission_body<'a, T>(r#type: &'static str, ask: &'a Ask, handed: &'a T) -> SubmissionBody<'a, T> {
    SubmissionBody {
        r#type,
        site: &ask.site,
        conversation: ask.conversation,
        seq: ask.seq,
        lang: &ask.lang,
        at: ask.at,
        handed,
        visitor: ask.visitor.as_ref(),
        context: &ask.context,
    }
}

/// What came along, if it can be kept.
fn check_enclosed(files: Vec<Enclosed>) -> Result<Vec<Enclosed>, CallbackError> {
    if files.len() > limits::MAX_FILES {
        return Err(CallbackError::Malformed("it brings too many files"));
    }
    if files.iter().any(|file| file.decode_bytes().is_none()) {
        return Err(CallbackError::Malformed(
            "a file's \"data\" is no base64, or of a kind that visitors can't be given",
        ));
    }
    Ok(files)
}

/// What the agency says to a case: that it has it, by any good answer, and perhaps some words.
fn parse_receipt(body: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
    match wire::parse_json::<Answer>(body) {
        Ok(answer) if !answer.text.trim().is_empty() => parse_answer(body),
        Ok(_) | Err(_) => Ok(vec![ReplyPart::Later]),
    }
}

/// The name of a call that the agency has signed.
fn verify_call(call: &Incoming<'_>, agency: &Endpoint<'_>) -> Result<String, CallbackError> {
    let keys = signing_keys(agency.secret).map_err(|_| CallbackError::BadSecret)?;
    let id = call.header_value("webhook-id");
    if id.len() > MAX_ID_BYTES {
        return Err(CallbackError::BadSignature);
    }
    let (timestamp, signatures) =
        (call.header_value("webhook-timestamp"), call.header_value("webhook-signature"));
    verify_webhook(&keys, &id, &timestamp, call.body, &signatures, call.now)?;
    Ok(id)
}

/// A reply in one piece.
fn parse_answer(body: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
    let answer: Answer =
        wire::parse_json(body).map_err(|_| ConnectorError::Garbage("it is not {\"text\": …}"))?;
    if answer.text.trim().is_empty() {
        return Err(ConnectorError::Garbage("its text is empty"));
    }
    Ok(vec![ReplyPart::Whole(answer.along.into_reply(answer.text)), ReplyPart::Done])
}

/// A reply in a stream of events.
#[derive(Default)]
struct AnswerStream {
    events: Events,
    text: String,
    done: bool,
}

impl ResponseReader for AnswerStream {
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
        let mut parts = Vec::new();
        for data in self.events.feed(bytes)? {
            if self.done {
                break;
            }
            self.read_event(&data, &mut parts)?;
        }
        Ok(parts)
    }

    fn finish(&mut self) -> Result<Vec<ReplyPart>, ConnectorError> {
        if self.text.trim().is_empty() {
            return Err(ConnectorError::Garbage("the stream ended before it said anything"));
        }
        Ok(Vec::new())
    }
}

impl AnswerStream {
    fn read_event(&mut self, data: &str, parts: &mut Vec<ReplyPart>) -> Result<(), ConnectorError> {
        let event: Delta = serde_json::from_str(data)
            .map_err(|_| ConnectorError::Garbage("an event is not {\"delta\": …}"))?;
        if self.text.len().saturating_add(event.delta.len()) > limits::MAX_REPLY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        if !event.delta.is_empty() {
            self.text.push_str(&event.delta);
            parts.push(ReplyPart::More(event.delta));
        }
        if let Some(text) = event.text.filter(|text| text.len() <= limits::MAX_REPLY_BYTES) {
            self.text = text;
            parts.push(ReplyPart::Whole(event.along.into_reply(self.text.clone())));
        } else if !event.along.is_empty() {
            parts.push(ReplyPart::Whole(event.along.into_reply(self.text.clone())));
        }
        if event.done {
            self.done = true;
            parts.push(ReplyPart::Done);
        }
        Ok(())
    }
}
