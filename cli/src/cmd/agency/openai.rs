//! `openai`: a chat completion server.

use super::{
    answer::Manner,
    later::ScheduledCallback,
    protocol::{AgencyQuestion, Got, Heard, RequestRefusal, Speaks, check_bearer, posted_json},
    response::whole_json,
};
use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};

/// The stand-in.
pub struct MockOpenAi {
    pub secrets: Vec<String>,
}

impl Speaks for MockOpenAi {
    fn check_request(&self, got: &Got) -> Result<Heard, RequestRefusal> {
        check_bearer(got, &self.secrets)?;
        posted_json(got)?;
        if !got.path.ends_with("/chat/completions") {
            return Err((StatusCode::NOT_FOUND, "there is no such endpoint"));
        }
        let messages = got.json.get("messages").and_then(Value::as_array).cloned().unwrap_or_default();
        let role =
            |message: &Value| message.get("role").and_then(Value::as_str).unwrap_or_default().to_owned();
        let roles: Vec<String> = messages.iter().map(role).collect();
        let known = roles.iter().all(|role| matches!(role.as_str(), "system" | "user" | "assistant"));
        if got.json_text("/model").is_empty() || !known || roles.last().map(String::as_str) != Some("user") {
            return Err((StatusCode::BAD_REQUEST, "model or messages are missing or malformed"));
        }
        let last = messages.last().and_then(|message| message.get("content")).and_then(Value::as_str);
        Ok(Heard::Question(AgencyQuestion {
            key: got.header_text("idempotency-key").to_owned(),
            text: last.unwrap_or_default().to_owned(),
            lang: "vi".to_owned(),
            site: String::new(),
            conversation: String::new(),
            seq: None,
        }))
    }

    fn answer_now(&self, _: &AgencyQuestion, text: &str, manner: &Manner<'_>) -> Response {
        if manner.is_whole() {
            let message = json!({ "role": "assistant", "content": text });
            return manner.json_response(
                &json!({ "id": "chatcmpl-1", "object": "chat.completion", "model": "stand-in",
                "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }],
                "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 } }),
            );
        }
        let mut words = vec![stream_chunk(&json!({ "role": "assistant", "content": "" }), None)];
        words.extend(text.split_inclusive(' ').map(|word| stream_chunk(&json!({ "content": word }), None)));
        manner.stream_response(words, vec![stream_chunk(&json!({}), Some("stop")), "[DONE]".to_owned()])
    }

    fn accept_for_later(&self, _: &Got, _: &AgencyQuestion) -> Response {
        whole_json(
            StatusCode::BAD_REQUEST,
            "application/json",
            &json!({ "error": { "type": "a model answers at once" } }),
        )
    }

    fn late_callback(&self, _: &AgencyQuestion, _: &str) -> Option<ScheduledCallback> {
        None
    }

    fn knows_keys(&self) -> bool {
        false
    }
}

fn stream_chunk(delta: &Value, finish: Option<&str>) -> String {
    json!({ "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "stand-in",
        "choices": [{ "index": 0, "delta": delta, "logprobs": null, "finish_reason": finish }] })
    .to_string()
}
