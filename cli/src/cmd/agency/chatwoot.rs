//! `chatwoot`: the public API of an inbox of type "API", and a person behind it who answers after a moment. Like the
//! real one it makes a new message of everything that is posted, whether or not it came before.

use super::{
    answer::Manner,
    later::ScheduledCallback,
    protocol::{AgencyQuestion, Got, Heard, RequestRefusal, Speaks, posted_json},
    response::whole_json,
};
use axum::{
    http::{Method, StatusCode},
    response::Response,
};
use hmac::{Hmac, Mac as _};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use std::{collections::BTreeMap, sync::Mutex};

/// How long its person needs, in seconds.
const THINKS: f64 = 1.0;

/// The stand-in.
pub struct MockChatwoot {
    secrets: Vec<String>,
    /// Fields of the event of an answer.
    along: Map<String, Value>,
    kept: Mutex<ChatwootState>,
}

#[derive(Default)]
struct ChatwootState {
    next: u64,
    /// By `source_id`: the site and language of its custom attributes.
    contacts: BTreeMap<String, (String, String)>,
    /// By id: the contact's `source_id`, and what was said.
    conversations: BTreeMap<u64, (String, Vec<Value>)>,
}

const NOT_FOUND: RequestRefusal = (StatusCode::NOT_FOUND, "Resource could not be found");

impl MockChatwoot {
    pub fn new(secrets: Vec<String>, along: Option<Map<String, Value>>) -> MockChatwoot {
        MockChatwoot { secrets, along: along.unwrap_or_default(), kept: Mutex::default() }
    }

    /// The event that tells of the message `id`, its fields as in `changes`, signed.
    fn message_event(
        &self,
        question: &AgencyQuestion,
        id: u64,
        changes: &Map<String, Value>,
    ) -> Option<ScheduledCallback> {
        let secret = self.secrets.first()?.clone();
        let mut event = json!({ "event": "message_created", "id": id, "message_type": "outgoing",
            "private": false, "content_type": "text", "content_attributes": {}, "source_id": null,
            "sender": { "id": 1, "name": "Chị Lan", "email": "lan@example.vn", "type": "user" },
            "inbox": { "id": 1, "name": "Hoi" }, "account": { "id": 1, "name": "Phường" },
            "conversation": { "id": question.seq, "status": "open", "channel": "Channel::Api",
                "contact_inbox": { "id": 1, "source_id": question.conversation } } });
        event.as_object_mut()?.extend(changes.clone());
        let body = event.to_string();
        let signed = body.clone();
        let sign = move |at: i64| {
            let tag = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map(|mut mac| {
                mac.update(format!("{at}.{signed}").as_bytes());
                mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
            });
            vec![
                ("x-chatwoot-timestamp", at.to_string()),
                ("x-chatwoot-signature", format!("sha256={}", tag.unwrap_or_default())),
                ("x-chatwoot-delivery", format!("delivery-{id}")),
            ]
        };
        Some(ScheduledCallback {
            id: format!("chatwoot.{id}"),
            site: question.site.clone(),
            body,
            sign: Box::new(sign),
        })
    }

    fn create_contact(&self, got: &Got) -> Result<Heard, RequestRefusal> {
        let mut kept = self.kept.lock().map_err(|_| NOT_FOUND)?;
        kept.next += 1;
        let source = Some(got.json_text("/source_id"))
            .filter(|id| !id.is_empty())
            .unwrap_or(format!("uuid-{}", kept.next));
        let attributes =
            (got.json_text("/custom_attributes/site"), got.json_text("/custom_attributes/language"));
        let answer = json!({ "source_id": source, "pubsub_token": "x", "id": kept.next, "name": got.json_text("/name") });
        kept.contacts.insert(source, attributes);
        Ok(Heard::Else(answer))
    }

    fn create_conversation(&self, source: &str) -> Result<Heard, RequestRefusal> {
        let mut kept = self.kept.lock().map_err(|_| NOT_FOUND)?;
        kept.contacts.get(source).ok_or(NOT_FOUND)?;
        kept.next += 1;
        let id = kept.next;
        kept.conversations.insert(id, (source.to_owned(), Vec::new()));
        Ok(Heard::Else(json!({ "id": id, "inbox_id": 1, "status": "open", "messages": [], "contact": {} })))
    }

    fn list_messages(&self, source: &str, id: u64) -> Result<Heard, RequestRefusal> {
        let kept = self.kept.lock().map_err(|_| NOT_FOUND)?;
        let (_, messages) =
            kept.conversations.get(&id).filter(|(whose, _)| whose == source).ok_or(NOT_FOUND)?;
        Ok(Heard::Else(Value::Array(messages.clone())))
    }

    fn create_message(&self, got: &Got, source: &str, id: u64) -> Result<Heard, RequestRefusal> {
        let mut kept = self.kept.lock().map_err(|_| NOT_FOUND)?;
        let (site, lang) = kept.contacts.get(source).ok_or(NOT_FOUND)?.clone();
        kept.next += 1;
        let content = got.json_text("/content");
        let message = json!({ "id": kept.next, "content": content, "message_type": 0, "content_type": "text",
            "content_attributes": {}, "created_at": 1, "conversation_id": id });
        let conversation =
            kept.conversations.get_mut(&id).filter(|(whose, _)| whose == source).ok_or(NOT_FOUND)?;
        conversation.1.push(message);
        // What the edge calls it is only given back, as `echo_id`; it stands for nothing here.
        let key = got.json_text("/echo_id");
        Ok(Heard::Question(AgencyQuestion {
            key,
            text: content,
            lang,
            site,
            conversation: source.to_owned(),
            seq: Some(id),
        }))
    }
}

impl Speaks for MockChatwoot {
    fn check_request(&self, got: &Got) -> Result<Heard, RequestRefusal> {
        let path = got.path.strip_prefix("/public/api/v1/inboxes/").ok_or(NOT_FOUND)?;
        let parts: Vec<&str> = path.split('/').collect();
        let reading = got.method == Method::GET;
        if !reading {
            posted_json(got)?;
        }
        match parts.as_slice() {
            [_, "contacts"] if !reading => self.create_contact(got),
            [_, "contacts", source, "conversations"] if !reading => self.create_conversation(source),
            [_, "contacts", source, "conversations", id, "messages"] => {
                let id = id.parse().map_err(|_| NOT_FOUND)?;
                if reading { self.list_messages(source, id) } else { self.create_message(got, source, id) }
            }
            _ => Err(NOT_FOUND),
        }
    }

    fn answer_now(&self, _: &AgencyQuestion, _: &str, _: &Manner<'_>) -> Response {
        whole_json(StatusCode::OK, "application/json", &json!({}))
    }

    fn accept_for_later(&self, _: &Got, question: &AgencyQuestion) -> Response {
        let made = self.kept.lock().ok().and_then(|kept| {
            let (_, messages) = kept.conversations.get(&question.seq?)?;
            messages.last().cloned()
        });
        whole_json(StatusCode::OK, "application/json", &made.unwrap_or_default())
    }

    fn late_callback(&self, question: &AgencyQuestion, text: &str) -> Option<ScheduledCallback> {
        let id = {
            let mut kept = self.kept.lock().ok()?;
            kept.next += 1;
            kept.next
        };
        let mut changes = Map::from_iter([("content".to_owned(), Value::from(text))]);
        changes.extend(self.along.clone());
        self.message_event(question, id, &changes)
    }

    fn late_retraction(
        &self,
        question: &AgencyQuestion,
        said: &ScheduledCallback,
    ) -> Option<ScheduledCallback> {
        let id = said.id.strip_prefix("chatwoot.")?.parse().ok()?;
        let changes = [
            ("event", "message_updated".into()),
            ("content", "This message was deleted".into()),
            ("content_attributes", json!({ "deleted": true })),
        ];
        self.message_event(
            question,
            id,
            &changes.map(|(name, value)| (name.to_owned(), value)).into_iter().collect(),
        )
    }

    fn knows_keys(&self) -> bool {
        false
    }

    fn always_later(&self) -> Option<f64> {
        Some(THINKS)
    }
}
