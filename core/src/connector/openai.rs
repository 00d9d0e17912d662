//! `openai`: chat completions, streamed, from any server that speaks OpenAI's protocol (platform.openai.com,
//! "Create chat completion" and its streaming events).
//!
//! Request: `POST <url>/chat/completions` with the secret as bearer token. What the model is told is in `prompt`.
//!
//! Response: `data: {"choices":[{"delta":{"content":"…"},"finish_reason":null}]}` any number of times, then a
//! `finish_reason` and `data: [DONE]`; a server that doesn't stream sends `choices[0].message` in one piece. The first
//! choice counts, calls of tools are left out, an `error` object is an error whatever the status says. An answer that
//! ran into its length limit or a content filter is kept and marked as cut.

use super::{
    Ask, Connector, ConnectorError, Endpoint, Outbound, ReplyPart, ResponseReader,
    body::{Whole, check_status, media_type},
    prompt::{self, OUT_OF_SCOPE},
    sse::Events,
};
use serde::{Deserialize, Serialize};
use wire::limits::MAX_REPLY_BYTES;

/// The connector.
pub struct OpenAi;

/// The stream's last event.
const DONE: &str = "[DONE]";
/// How much of an error's code is kept for the log, in characters.
const MAX_CODE_CHARS: usize = 60;

#[derive(Serialize)]
struct Completion<'a> {
    model: &'a str,
    messages: Vec<prompt::PromptMessage>,
    stream: bool,
    max_tokens: u32,
    temperature: f32,
}

#[derive(Deserialize)]
struct CompletionChunk {
    #[serde(default)]
    choices: Option<Vec<CompletionChoice>>,
    #[serde(default)]
    error: Option<serde_json::Value>,
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
    content: Option<String>,
}

impl Connector for OpenAi {
    fn name(&self) -> &'static str {
        "openai"
    }

    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        if agency.secret.is_empty() || !agency.secret.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ConnectorError::Secret);
        }
        let model =
            agency.agency.model.as_ref().ok_or(ConnectorError::Settings("[agency] names no model"))?;
        let instructions = model.instructions.get(&ask.lang, &[]);
        let completion = Completion {
            model: &model.name,
            messages: prompt::build_messages(ask, model, instructions, agency.secret),
            stream: true,
            max_tokens: model.answer_tokens,
            // Offices want the same question answered in the same way.
            temperature: 0.2,
        };
        Ok(Outbound::post_json(agency.url_for("/chat/completions"), &completion)?
            .with_header("accept", "text/event-stream, application/json")
            .with_header("idempotency-key", ask.idempotency_key())
            .with_header("authorization", format!("Bearer {}", agency.secret)))
    }

    fn response_reader(
        &self,
        _: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        match media_type(content_type).as_str() {
            "text/event-stream" => Ok(Box::<CompletionStream>::default()),
            "application/json" => Ok(Box::new(Whole::new(parse_completion))),
            other => Err(ConnectorError::ContentType(other.to_owned())),
        }
    }

    fn is_language_model(&self) -> bool {
        true
    }

    fn is_repeatable(&self) -> bool {
        // A model that is asked twice has done nothing twice.
        true
    }
}

/// A completion in one piece.
fn parse_completion(body: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
    let chunk: CompletionChunk =
        wire::parse_json(body).map_err(|_| ConnectorError::Garbage("it is no chat completion"))?;
    let mut streamed = CompletionStream::default();
    let mut parts = streamed.read_chunk(chunk)?;
    parts.extend(streamed.finish()?);
    Ok(parts)
}

/// A completion in a stream of events.
#[derive(Default)]
struct CompletionStream {
    events: Events,
    /// Words not given on yet, because they may become [`OUT_OF_SCOPE`].
    held: String,
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
    fn read_chunk(&mut self, chunk: CompletionChunk) -> Result<Vec<ReplyPart>, ConnectorError> {
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return Err(ConnectorError::Reported(error_code(&error)));
        }
        let mut parts = Vec::new();
        for choice in chunk.choices.into_iter().flatten().filter(|choice| choice.index == 0) {
            let words = choice.delta.and_then(|delta| delta.content).unwrap_or_default();
            parts.extend(self.push_text(&words)?);
            self.finish = choice.finish_reason.or(self.finish.take());
        }
        Ok(parts)
    }

    fn push_text(&mut self, words: &str) -> Result<Option<ReplyPart>, ConnectorError> {
        if self.said.saturating_add(self.held.len()).saturating_add(words.len()) > MAX_REPLY_BYTES {
            return Err(ConnectorError::TooLong);
        }
        self.held.push_str(words);
        let begun = self.held.trim_start();
        if self.said == 0 && (OUT_OF_SCOPE.starts_with(begun) || begun.starts_with(OUT_OF_SCOPE)) {
            return Ok(None);
        }
        let words = std::mem::take(&mut self.held);
        self.said += words.len();
        Ok((!words.is_empty()).then_some(ReplyPart::More(words)))
    }

    /// The answer is over: what it was, and whether all of it came.
    fn close(&mut self) -> Result<Vec<ReplyPart>, ConnectorError> {
        self.over = true;
        let held = std::mem::take(&mut self.held);
        let whole = matches!(self.finish.as_deref(), Some("stop" | "eos" | "end_turn"));
        let silent = self.said == 0 && held.trim().is_empty();
        match self.finish.as_deref() {
            _ if self.said == 0 && held.trim_start().starts_with(OUT_OF_SCOPE) => {
                return Ok(vec![ReplyPart::Declined]);
            }
            Some("content_filter") if silent => return Ok(vec![ReplyPart::Declined]),
            Some("tool_calls" | "function_call") if silent => {
                return Err(ConnectorError::Garbage("it calls a tool instead of answering"));
            }
            _ if silent => return Err(ConnectorError::Garbage("it ended before it said anything")),
            _ => {}
        }
        let rest = (!held.is_empty()).then_some(ReplyPart::More(held));
        Ok(rest.into_iter().chain(whole.then_some(ReplyPart::Done)).collect())
    }
}

/// The short name of an error: its `code` or `type`. Its message may repeat what the visitor wrote.
fn error_code(error: &serde_json::Value) -> String {
    let named =
        ["code", "type"].iter().find_map(|field| error.get(field)).unwrap_or(&serde_json::Value::Null);
    let text = named.as_str().map_or_else(|| named.to_string(), str::to_owned);
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).take(MAX_CODE_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::tests::{SECRET, agency, ask, read};

    fn delta(words: &str) -> String {
        format!(
            "data: {}\n\n",
            serde_json::json!({"choices":[{"index":0,"delta":{"content":words},"finish_reason":null}]})
        )
    }

    fn finish(reason: &str) -> String {
        format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n")
    }

    fn streamed(body: &str) -> Result<Vec<ReplyPart>, ConnectorError> {
        read(&OpenAi, 200, "text/event-stream", &[body.as_bytes()])
    }

    fn text(parts: &[ReplyPart]) -> String {
        let more =
            |part: &ReplyPart| if let ReplyPart::More(text) = part { text.clone() } else { String::new() };
        parts.iter().map(more).collect()
    }

    #[test]
    fn a_stream_wherever_it_is_cut() {
        let stream = [
            &delta("Chào "),
            ": keep\n\n",
            &delta("bà con"),
            &delta(""),
            &finish("stop"),
            "data: [DONE]\n\n",
        ]
        .concat();
        for cut in 1..40 {
            let pieces: Vec<&[u8]> = stream.as_bytes().chunks(cut).collect();
            let parts = read(&OpenAi, 200, "text/event-stream", &pieces).unwrap();
            assert_eq!(
                (text(&parts).as_str(), parts.last()),
                ("Chào bà con", Some(&ReplyPart::Done)),
                "cut by {cut}"
            );
        }
    }

    #[test]
    fn how_it_ended_is_told() {
        let all = |end: &str| streamed(&[&delta("một nửa"), end].concat());
        assert_eq!(all(&finish("stop")).unwrap().last(), Some(&ReplyPart::Done), "without [DONE]");
        for cut in [finish("length"), finish("content_filter"), "data: [DONE]\n\n".into(), String::new()] {
            let parts = all(&cut).unwrap();
            assert_eq!(
                (text(&parts).as_str(), parts.contains(&ReplyPart::Done)),
                ("một nửa", false),
                "{cut}"
            );
        }
        assert_eq!(streamed(&finish("content_filter")), Ok(vec![ReplyPart::Declined]));
        for nothing in [finish("tool_calls"), finish("stop"), "data: [DONE]\n\n".into(), String::new()] {
            assert!(streamed(&nothing).is_err(), "{nothing}");
        }
        let usage = "data: {\"choices\":null,\"usage\":{\"total_tokens\":3}}\n\ndata: {\"usage\":{}}\n\n";
        assert_eq!(text(&all(&[&finish("stop"), usage].concat()).unwrap()), "một nửa");
    }

    #[test]
    fn what_is_not_ours_is_declined_and_never_shown() {
        for pieces in [1, 3, 7, 99] {
            let sentinel: Vec<char> = format!(" {OUT_OF_SCOPE}\n").chars().collect();
            let stream: String =
                sentinel.chunks(pieces).map(|piece| delta(&piece.iter().collect::<String>())).collect();
            assert_eq!(
                streamed(&[&stream, &finish("stop")[..]].concat()),
                Ok(vec![ReplyPart::Declined]),
                "{pieces}"
            );
        }
        let parts = streamed(&[delta("[["), delta("1]] là mục đầu"), finish("stop")].concat()).unwrap();
        assert_eq!(text(&parts), "[[1]] là mục đầu", "what only begins like it is shown");
        let parts = streamed(&[delta("[[HOI"), finish("stop")].concat()).unwrap();
        assert_eq!(text(&parts), "[[HOI", "also where it ends there");
    }

    #[test]
    fn errors_inside_a_good_status_are_errors() {
        let error = r#"{"error":{"message":"You said: cha tôi ốm","type":"server_error","code":null}}"#;
        for stream in [format!("data: {error}\n\n"), format!("{}data: {error}\n\n", delta("một"))] {
            let Err(ConnectorError::Reported(code)) = streamed(&stream) else { panic!("{stream}") };
            assert!(!code.contains("cha"), "{code}");
        }
        let whole = |body: &str| read(&OpenAi, 200, "application/json", &[body.as_bytes()]);
        assert!(matches!(whole(error), Err(ConnectorError::Reported(_))));
        let parts = whole(r#"{"choices":[{"message":{"content":"Vâng"},"finish_reason":"stop"}]}"#).unwrap();
        assert_eq!(parts, vec![ReplyPart::More("Vâng".into()), ReplyPart::Done]);
        for bad in ["", "{}", "[]", "<html>", r#"{"choices":[]}"#] {
            assert!(whole(bad).is_err(), "{bad}");
        }
        let endless = delta(&"x".repeat(1_000)).repeat(70);
        assert_eq!(streamed(&endless), Err(ConnectorError::TooLong));
    }

    #[test]
    fn a_missing_key_or_model_is_said_at_once() {
        let mut settings = agency("openai");
        let request = |settings: &site::Agency, secret: &str| {
            OpenAi.build_request(&ask(), &Endpoint { agency: settings, secret }).map(|request| request.url)
        };
        assert_eq!(request(&settings, SECRET), Ok("https://agency.example/hoi/chat/completions".into()));
        assert_eq!(request(&settings, ""), Err(ConnectorError::Secret));
        assert_eq!(request(&settings, "a\nb"), Err(ConnectorError::Secret));
        settings.model = None;
        assert!(matches!(request(&settings, SECRET), Err(ConnectorError::Settings(_))));
    }
}
