//! `rasa`: the REST channel. Every message moves the dialogue on: nothing here sees that one comes again.

use super::{
    answer::Manner,
    later::ScheduledCallback,
    protocol::{AgencyQuestion, Got, Heard, RequestRefusal, Speaks, check_bearer, posted_json},
    response::whole_json,
};
use axum::{http::StatusCode, response::Response};
use serde_json::{Value, json};

/// The stand-in.
pub struct MockRasa {
    pub secrets: Vec<String>,
}

impl Speaks for MockRasa {
    fn check_request(&self, got: &Got) -> Result<Heard, RequestRefusal> {
        check_bearer(got, &self.secrets)?;
        posted_json(got)?;
        if !got.path.ends_with("/webhooks/rest/webhook") {
            return Err((StatusCode::NOT_FOUND, "there is no such channel"));
        }
        let (sender, message) = (got.json_text("/sender"), got.json_text("/message"));
        if sender.is_empty() || message.is_empty() {
            return Err((StatusCode::BAD_REQUEST, "sender or message is missing"));
        }
        Ok(Heard::Question(AgencyQuestion {
            key: got.json_text("/metadata/key"),
            text: message,
            lang: got.json_text("/metadata/lang"),
            site: got.json_text("/metadata/site"),
            conversation: sender,
            seq: None,
        }))
    }

    fn answer_now(&self, question: &AgencyQuestion, text: &str, manner: &Manner<'_>) -> Response {
        let said = |text: &str| json!({ "recipient_id": question.conversation, "text": text });
        let mut messages: Vec<Value> = text.split("\n\n").map(said).collect();
        messages.push(json!({ "recipient_id": question.conversation, "text": "?",
            "buttons": [{ "title": "Gặp cán bộ", "payload": "/talk_to_staff{\"urgent\":false}" }] }));
        manner.json_response(&Value::Array(messages))
    }

    fn accept_for_later(&self, _: &Got, _: &AgencyQuestion) -> Response {
        whole_json(StatusCode::OK, "application/json", &json!([]))
    }

    fn late_callback(&self, _: &AgencyQuestion, _: &str) -> Option<ScheduledCallback> {
        None
    }

    fn knows_keys(&self) -> bool {
        false
    }
}
