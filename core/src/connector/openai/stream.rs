//! A chat completion as it comes: the answer without what the model thought, and whether it is one.

use super::{
    reasoning::{FilteredText, ReasoningFilter},
    scope::ScopeFilter,
};
use crate::connector::{ConnectorError, Reply, ReplyPart, ResponseReader, error::error_code, sse::Events};
use serde::Deserialize;
use serde_json::Value;
use wire::limits::MAX_REPLY_BYTES;

/// The stream's last event.
const DONE: &str = "[DONE]";

#[derive(Deserialize)]
struct CompletionChunk {
    #[serde(default)]
    choices: Option<Vec<CompletionChoice>>,
    #[serde(default)]
    error: Option<Value>,
}

#[derive(Deserialize)]
struct CompletionChoice {
    #[serde(default)]
    index: u32,
    #[serde(default, alias = "message")]
    delta: Option<CompletionDelta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct CompletionDelta {
    #[serde(default)]
    content: Value,
}

/// A completion in one piece.
///
/// # Errors
/// As those of [`ResponseReader`].
pub fn parse_completion(body: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
    let chunk: CompletionChunk =
        wire::parse_json(body).map_err(|_| ConnectorError::Garbage("it is no chat completion"))?;
    let mut whole = CompletionStream::new(false);
    let mut parts = whole.read_chunk(chunk)?;
    parts.extend(whole.finish()?);
    Ok(parts)
}

/// A completion in a stream of events.
pub struct CompletionStream {
    events: Events,
    thoughts: ReasoningFilter,
    scope: ScopeFilter,
    said: usize,
    finish: Option<String>,
    over: bool,
}

impl ResponseReader for CompletionStream {
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
        let mut parts = Vec::new();
        for data in self.events.feed(bytes)? {
            if self.over {
                break;
            }
            if data.trim() == DONE {
                parts.extend(self.close()?);
                continue;
            }
            let chunk: CompletionChunk = serde_json::from_str(&data)
                .map_err(|_| ConnectorError::Garbage("an event is no part of a chat completion"))?;
            parts.extend(self.read_chunk(chunk)?);
        }
        Ok(parts)
    }

    fn finish(&mut self) -> Result<Vec<ReplyPart>, ConnectorError> {
        if self.over { Ok(Vec::new()) } else { self.close() }
    }
}

impl CompletionStream {
    /// A reader that gives the answer on as it grows, or, for a model that is not known yet, in its end only.
    pub fn new(shows_growth: bool) -> CompletionStream {
        let thoughts = if shows_growth { ReasoningFilter::default() } else { ReasoningFilter::buffer_all() };
        CompletionStream {
            events: Events::default(),
            thoughts,
            scope: ScopeFilter::default(),
            said: 0,
            finish: None,
            over: false,
        }
    }

    fn read_chunk(&mut self, chunk: CompletionChunk) -> Result<Vec<ReplyPart>, ConnectorError> {
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return Err(ConnectorError::Reported(error_code(&error).unwrap_or_default()));
        }
        let mut parts = Vec::new();
        for choice in chunk.choices.into_iter().flatten().filter(|choice| choice.index == 0) {
            let content = choice.delta.map(|delta| delta.content).unwrap_or_default();
            for spoken in self.thoughts.feed(&content_text(&content))? {
                parts.extend(self.push_spoken(spoken)?);
            }
            self.finish = choice.finish_reason.or(self.finish.take());
        }
        Ok(parts)
    }

    fn push_spoken(&mut self, spoken: FilteredText) -> Result<Option<ReplyPart>, ConnectorError> {
        let text = match spoken {
            FilteredText::More(text) => self.scope.feed(&text),
            FilteredText::Retracted => {
                (self.scope, self.said) = (ScopeFilter::default(), 0);
                return Ok(Some(ReplyPart::Whole(Reply::default())));
            }
        };
        if self.scope.is_declined() {
            self.over = true;
            return Ok(Some(ReplyPart::Declined));
        }
        self.said_more(text)
    }

    fn said_more(&mut self, text: String) -> Result<Option<ReplyPart>, ConnectorError> {
        self.said += text.len();
        if self.said > MAX_REPLY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        Ok((!text.is_empty()).then_some(ReplyPart::More(text)))
    }

    /// The answer is over: what it was, and whether all of it came.
    fn close(&mut self) -> Result<Vec<ReplyPart>, ConnectorError> {
        self.over = true;
        let mut parts = Vec::new();
        if let Some(spoken) = self.thoughts.finish() {
            parts.extend(self.push_spoken(spoken)?);
        }
        if self.scope.is_declined() {
            return Ok(vec![ReplyPart::Declined]);
        }
        let rest = self.scope.finish();
        parts.extend(self.said_more(rest)?);
        let whole = matches!(self.finish.as_deref(), Some("stop" | "eos" | "end_turn"));
        match self.finish.as_deref() {
            Some("content_filter") if self.said == 0 => return Ok(vec![ReplyPart::Declined]),
            Some("tool_calls" | "function_call") if self.said == 0 => {
                return Err(ConnectorError::Garbage("it calls a tool instead of answering"));
            }
            _ if self.said == 0 && self.thoughts.is_reasoning() => {
                return Err(ConnectorError::Garbage(
                    "it was still thinking when it ended: raise answer_tokens, or have the model think less",
                ));
            }
            _ if self.said == 0 => return Err(ConnectorError::Garbage("it ended before it said anything")),
            _ => {}
        }
        if whole {
            parts.extend((!self.thoughts.has_reasoning()).then_some(ReplyPart::NoReasoning));
            parts.push(ReplyPart::Done);
        }
        Ok(parts)
    }
}

/// The words of a message's content: a text, or a list of parts of which only those of type `text` are for the reader.
fn content_text(content: &Value) -> String {
    let Value::Array(parts) = content else { return content.as_str().unwrap_or_default().to_owned() };
    let words = parts.iter().filter(|part| part.get("type").and_then(Value::as_str) == Some("text"));
    words.filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
}
