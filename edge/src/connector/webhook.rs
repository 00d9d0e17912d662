//! `webhook`: a signed POST of JSON; the answer is JSON, or a stream of events.
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
//! {"text":"**Markdown**","buttons":[{"label":"…","href":"https://…"},{"label":"…"}],"author":{"kind":"staff","name":"…"}}
//! ```
//! or streamed (`text/event-stream`): `data: {"delta":"…"}` any number of times, then `data: {"done":true}`, which may
//! carry `buttons` too.

use super::{
    Ask, Connector, ConnectorError, Endpoint, Outbound, Part, Reader, Reply, sign, signing_key, sse::Events,
};
use serde::{Deserialize, Serialize};
use wire::{Author, AuthorKind, Button, Id, limits};

/// The connector.
pub struct Webhook;

#[derive(Serialize)]
struct Question<'a> {
    r#type: &'static str,
    site: &'a str,
    conversation: Id,
    id: Id,
    seq: u64,
    lang: &'a str,
    text: &'a str,
    at: u64,
    history: Vec<Said<'a>>,
    candidates: Vec<Candidate<'a>>,
}

#[derive(Serialize)]
struct Said<'a> {
    author: AuthorKind,
    text: &'a str,
}

#[derive(Serialize)]
struct Candidate<'a> {
    intent: &'a str,
    p: f32,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
    #[serde(default)]
    buttons: Vec<Button>,
    #[serde(default)]
    author: Option<Author>,
}

#[derive(Deserialize)]
struct Delta {
    #[serde(default)]
    delta: String,
    #[serde(default)]
    done: bool,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    buttons: Vec<Button>,
    #[serde(default)]
    author: Option<Author>,
}

impl Connector for Webhook {
    fn name(&self) -> &'static str {
        "webhook"
    }

    fn request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        let key = signing_key(agency.secret)?;
        let question = Question {
            r#type: "question",
            site: &ask.site,
            conversation: ask.conversation,
            id: ask.id,
            seq: ask.seq,
            lang: &ask.lang,
            text: &ask.text,
            at: ask.at,
            history: ask.history.iter().map(|line| Said { author: line.author, text: &line.text }).collect(),
            candidates: ask.candidates.iter().map(|(intent, p)| Candidate { intent, p: *p }).collect(),
        };
        let body = serde_json::to_string(&question)
            .map_err(|_| ConnectorError::Garbage("the question can't be written"))?;
        let id = ask.key();
        let signature = sign(&key, &id, ask.now, &body);
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("accept", "text/event-stream, application/json".to_owned()),
            ("webhook-id", id),
            ("webhook-timestamp", ask.now.to_string()),
            ("webhook-signature", signature),
        ];
        Ok(Outbound { url: agency.url.to_owned(), headers, body })
    }

    fn reader(&self, status: u16, content_type: &str) -> Result<Box<dyn Reader>, ConnectorError> {
        if !(200..300).contains(&status) {
            return Err(ConnectorError::Status(status));
        }
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match kind.as_str() {
            "application/json" => Ok(Box::<Whole>::default()),
            "text/event-stream" => Ok(Box::<Streamed>::default()),
            _ => Err(ConnectorError::ContentType(kind.chars().take(80).collect())),
        }
    }
}

/// A reply in one piece.
#[derive(Default)]
struct Whole {
    body: Vec<u8>,
}

impl Reader for Whole {
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Part>, ConnectorError> {
        if self.body.len().saturating_add(bytes.len()) > 2 * limits::MAX_REPLY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        self.body.extend_from_slice(bytes);
        Ok(Vec::new())
    }

    fn end(&mut self) -> Result<Vec<Part>, ConnectorError> {
        let answer: Answer = serde_json::from_slice(&self.body)
            .map_err(|_| ConnectorError::Garbage("it is not {\"text\": …}"))?;
        if answer.text.trim().is_empty() {
            return Err(ConnectorError::Garbage("its text is empty"));
        }
        Ok(vec![Part::Whole(reply(answer.text, answer.buttons, answer.author)), Part::Done])
    }
}

/// A reply in a stream of events.
#[derive(Default)]
struct Streamed {
    events: Events,
    text: String,
    done: bool,
}

impl Reader for Streamed {
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Part>, ConnectorError> {
        let mut parts = Vec::new();
        for data in self.events.feed(bytes)? {
            if self.done {
                break;
            }
            self.event(&data, &mut parts)?;
        }
        Ok(parts)
    }

    fn end(&mut self) -> Result<Vec<Part>, ConnectorError> {
        if self.text.trim().is_empty() {
            return Err(ConnectorError::Garbage("the stream ended before it said anything"));
        }
        Ok(Vec::new())
    }
}

impl Streamed {
    fn event(&mut self, data: &str, parts: &mut Vec<Part>) -> Result<(), ConnectorError> {
        let event: Delta = serde_json::from_str(data)
            .map_err(|_| ConnectorError::Garbage("an event is not {\"delta\": …}"))?;
        if self.text.len().saturating_add(event.delta.len()) > limits::MAX_REPLY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        if !event.delta.is_empty() {
            self.text.push_str(&event.delta);
            parts.push(Part::More(event.delta));
        }
        if let Some(text) = event.text.filter(|text| text.len() <= limits::MAX_REPLY_BYTES) {
            self.text = text;
            parts.push(Part::Whole(reply(self.text.clone(), event.buttons, event.author)));
        } else if !event.buttons.is_empty() || event.author.is_some() {
            parts.push(Part::Whole(reply(self.text.clone(), event.buttons, event.author)));
        }
        if event.done {
            self.done = true;
            parts.push(Part::Done);
        }
        Ok(())
    }
}

/// The reply with everything taken out of it that must not reach a visitor.
fn reply(text: String, buttons: Vec<Button>, author: Option<Author>) -> Reply {
    let safe = |button: &Button| button.href.as_deref().is_none_or(crate::rich::safe_link);
    let short = |button: Button| Button {
        label: crate::gate::plain(&button.label).chars().take(limits::MAX_LABEL_CHARS).collect(),
        ..button
    };
    let buttons = buttons.into_iter().filter(safe).map(short).filter(|b| !b.label.trim().is_empty());
    // Only people and the agency itself may speak through this door: never in the visitor's name.
    let author = author.filter(|author| matches!(author.kind, AuthorKind::Staff | AuthorKind::Agency));
    Reply { text, buttons: buttons.take(limits::MAX_BUTTONS).collect(), author }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content_type: &str, pieces: &[&[u8]]) -> Result<Vec<Part>, ConnectorError> {
        let mut reader = Webhook.reader(200, content_type)?;
        let mut parts = Vec::new();
        for piece in pieces {
            parts.extend(reader.feed(piece)?);
        }
        parts.extend(reader.end()?);
        Ok(parts)
    }

    #[test]
    fn a_stream_cut_inside_a_character() {
        let stream =
            "data: {\"delta\":\"Chào \"}\n\ndata: {\"delta\":\"bà con\"}\n\ndata: {\"done\":true}\n\n"
                .as_bytes();
        let whole = vec![Part::More("Chào ".into()), Part::More("bà con".into()), Part::Done];
        for at in 0..stream.len() {
            let (a, b) = stream.split_at(at);
            assert_eq!(read("text/event-stream; charset=utf-8", &[a, b]).as_ref(), Ok(&whole), "cut at {at}");
        }
    }

    #[test]
    fn garbage_is_an_error_and_no_answer() {
        let cases: &[(&str, &[u8])] = &[
            ("text/html", b"<html>Welcome</html>"),
            ("application/json", b"<html>"),
            ("application/json", b"{}"),
            ("application/json", b"{\"text\":\" \"}"),
            ("application/json", b""),
            ("text/event-stream", b""),
            ("text/event-stream", b"data: hello\n\n"),
            ("text/event-stream", b"data: {\"delta\":\"\xff\"}\n\n"),
        ];
        for (content_type, body) in cases {
            assert!(
                read(content_type, &[body]).is_err(),
                "{content_type}: {}",
                String::from_utf8_lossy(body)
            );
        }
    }

    #[test]
    fn unsafe_parts_of_a_reply_are_left_out() {
        let body = br#"{"text":"x","buttons":[{"label":"bad","href":"javascript:alert(1)"},{"label":"ok"}],"author":{"kind":"visitor"}}"#;
        let parts = read("application/json", &[body]).unwrap();
        let Part::Whole(reply) = &parts[0] else { panic!("{parts:?}") };
        assert_eq!(reply.buttons.len(), 1);
        assert_eq!(reply.author, None);
    }
}
