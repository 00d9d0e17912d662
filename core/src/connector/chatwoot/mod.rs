//! `chatwoot`: the API channel of Chatwoot. Questions become a conversation there, and the agency's people answer
//! from it.
//!
//! Requests, to Chatwoot's public API (developers.chatwoot.com, "Client APIs"), which is opened by the inbox
//! identifier and the contact's `source_id` alone: so the latter is made unguessable here.
//! 1. `POST <url>/public/api/v1/inboxes/<inbox>/contacts` once a conversation,
//! 2. `POST …/contacts/<source_id>/conversations` once a conversation,
//! 3. `POST …/conversations/<id>/messages` for every question. Chatwoot knows no idempotency key (`echo_id` is only
//!    given back), so a second try first looks at what arrived: `GET …/messages`.
//!
//! Callbacks: Chatwoot posts every event of the inbox to its webhook address, signed (since 4.13) with the inbox's
//! own secret: `x-chatwoot-signature: sha256=<hex of HMAC-SHA256 over "timestamp.body">`, `x-chatwoot-timestamp`,
//! `x-chatwoot-delivery`. Unsigned ones, as older versions send them, are refused. A message whose webhook is not answered with 2xx is
//! shown there as failed, with the status (since November 2023, pull request 8277 of chatwoot/chatwoot): so that is how its sender is told.

mod content;
mod shape;
#[cfg(test)]
mod tests;

use super::{
    Ask, CLOCK_TOLERANCE, Callback, CallbackError, Connector, ConnectorError, Endpoint, Incoming, Outbound,
    ReplyPart, ResponseReader, Verb,
    body::{Whole, check_status, media_type},
    signature::new_hmac,
};
use crate::time::Seconds;
use ::hmac::Mac;
use serde_json::json;
use shape::{ChatwootContact, ChatwootEvent, ChatwootMessage, Numbered};
use wire::Id;

/// The connector.
pub struct Chatwoot;

/// What is remembered: the contact there, the conversation there, the last message that surely arrived.
const CONTACT: &str = "chatwoot.contact";
const CONVERSATION: &str = "chatwoot.conversation";
const ARRIVED: &str = "chatwoot.arrived";
/// For which question Chatwoot was looked into already.
const LOOKED: &str = "chatwoot.looked";
/// Shortest secret that is taken, in bytes; Chatwoot makes longer ones.
const MIN_SECRET: usize = 16;

/// What comes next for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ChatwootStep {
    Contact,
    Conversation,
    Look(u64),
    Message,
}

fn next_step(ask: &Ask) -> ChatwootStep {
    let asked_before = ask.tries > 0 && ask.remembered_value(LOOKED) != Some(&ask.seq.to_string());
    match (ask.remembered_value(CONTACT), ask.remembered_value(CONVERSATION)) {
        (None, _) => ChatwootStep::Contact,
        (_, None) => ChatwootStep::Conversation,
        _ if asked_before => {
            ChatwootStep::Look(ask.remembered_value(ARRIVED).and_then(|id| id.parse().ok()).unwrap_or(0))
        }
        _ => ChatwootStep::Message,
    }
}

/// What is posted: the words, or the value of the choice that was pressed, as Chatwoot's own software expects it.
fn posted_text(ask: &Ask) -> &str {
    ask.choice.as_deref().unwrap_or(&ask.text)
}

impl Connector for Chatwoot {
    fn name(&self) -> &'static str {
        "chatwoot"
    }

    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        let inbox =
            agency.agency.inbox.as_ref().ok_or(ConnectorError::Settings("[agency] names no inbox"))?;
        if agency.secret.len() < MIN_SECRET {
            return Err(ConnectorError::Secret);
        }
        let contacts = format!("/public/api/v1/inboxes/{}/contacts", inbox.identifier);
        let conversations = format!(
            "{contacts}/{}/conversations",
            path_segment(ask.remembered_value(CONTACT).unwrap_or_default())
        );
        let messages = format!(
            "{conversations}/{}/messages",
            path_segment(ask.remembered_value(CONVERSATION).unwrap_or_default())
        );
        let request = match next_step(ask) {
            ChatwootStep::Contact => {
                let source = source_id(agency.secret, &ask.site, ask.conversation);
                let name = format!("{} {}", ask.about.name, source.get(4..8).unwrap_or_default());
                let body = json!({ "source_id": source, "identifier": source, "name": name,
                    "custom_attributes": { "site": ask.site, "language": ask.lang } });
                Outbound::post_json(agency.url_for(&contacts), &body)?
            }
            ChatwootStep::Conversation => {
                let body = json!({ "custom_attributes": { "site": ask.site, "language": ask.lang } });
                Outbound::post_json(agency.url_for(&conversations), &body)?
            }
            ChatwootStep::Look(_) => Outbound {
                verb: Verb::Get,
                url: agency.url_for(&messages),
                headers: Vec::new(),
                body: String::new(),
            },
            ChatwootStep::Message => {
                let body = json!({ "content": posted_text(ask), "echo_id": ask.idempotency_key() });
                Outbound::post_json(agency.url_for(&messages), &body)?
            }
        };
        Ok(request
            .with_header("accept", "application/json")
            .with_header("idempotency-key", ask.idempotency_key()))
    }

    fn response_reader(
        &self,
        ask: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        if media_type(content_type) != "application/json" {
            return Err(ConnectorError::ContentType(media_type(content_type)));
        }
        let (step, text, seq) = (next_step(ask), posted_text(ask).to_owned(), ask.seq);
        Ok(Box::new(Whole::new(move |body| parse_response(&step, body, &text, seq))))
    }

    fn is_repeatable(&self) -> bool {
        // The second try looks first.
        true
    }

    fn is_in_order(&self) -> bool {
        true
    }

    fn parse_callback(
        &self,
        call: &Incoming<'_>,
        agency: &Endpoint<'_>,
    ) -> Result<Option<Callback>, CallbackError> {
        if agency.secret.len() < MIN_SECRET {
            return Err(CallbackError::BadSecret);
        }
        verify_signature(call, agency.secret)?;
        let event: ChatwootEvent = wire::parse_json(call.body)
            .map_err(|_| CallbackError::Malformed("it is no event of Chatwoot's"))?;
        let Some(meaning) = event_meaning(&event) else { return Ok(None) };
        let contact =
            event.conversation.as_ref().and_then(|conversation| conversation.contact_inbox.as_ref());
        let contact = contact.ok_or(CallbackError::Malformed("it names no contact_inbox"))?;
        // A contact that other software made in the same inbox is not ours to show to anybody.
        let Some(conversation) = conversation_of(agency.secret, call.site, &contact.source_id) else {
            return Ok(None);
        };
        let (id, retracts) = (format!("chatwoot.{}", event.id), meaning == EventMeaning::Retraction);
        let content = if retracts { Some(Default::default()) } else { content::parse_content(event)? };
        Ok(content.map(|(reply, blocks)| Callback {
            id,
            conversation,
            about: None,
            case: None,
            enclosed: Vec::new(),
            reply,
            blocks,
            retracts,
        }))
    }
}

/// What an event is to a visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EventMeaning {
    Message,
    Retraction,
}

/// What `event` is to a visitor. Nothing: it is between the agency's people, says again what the visitor said, or tells of a change that
/// no visitor sees, such as that a message failed.
fn event_meaning(event: &ChatwootEvent) -> Option<EventMeaning> {
    let kinds = [(1, "outgoing"), (3, "template")];
    let is_for_visitor =
        kinds.iter().any(|(number, name)| event.message_type == *number || event.message_type == *name);
    if event.private || !is_for_visitor {
        return None;
    }
    // The job that tells of a new message may run when it was deleted again.
    let is_deleted = event.content_attributes.get("deleted").is_some_and(|deleted| deleted == true);
    match event.event.as_str() {
        "message_created" | "message_updated" if is_deleted => Some(EventMeaning::Retraction),
        "message_created" => Some(EventMeaning::Message),
        _ => None,
    }
}

fn parse_response(
    step: &ChatwootStep,
    body: &[u8],
    text: &str,
    seq: u64,
) -> Result<Vec<ReplyPart>, ConnectorError> {
    const UNKNOWN: ConnectorError = ConnectorError::Garbage("it is not what Chatwoot's public API answers");
    match step {
        ChatwootStep::Contact => {
            let contact: ChatwootContact = wire::parse_json(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(CONTACT, contact.source_id), ReplyPart::Again])
        }
        ChatwootStep::Conversation => {
            let made: Numbered = wire::parse_json(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(CONVERSATION, made.id.to_string()), ReplyPart::Again])
        }
        ChatwootStep::Look(arrived) => {
            let list: Vec<ChatwootMessage> = wire::parse_json(body).map_err(|_| UNKNOWN)?;
            let ours = |one: &&ChatwootMessage| {
                let incoming = one.message_type == 0 || one.message_type == "incoming";
                incoming && one.id > *arrived && one.content.as_deref() == Some(text)
            };
            Ok(match list.iter().find(ours) {
                Some(found) => vec![ReplyPart::Remember(ARRIVED, found.id.to_string()), ReplyPart::Later],
                None => vec![ReplyPart::Remember(LOOKED, seq.to_string()), ReplyPart::Again],
            })
        }
        ChatwootStep::Message => {
            let made: Numbered = wire::parse_json(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(ARRIVED, made.id.to_string()), ReplyPart::Later])
        }
    }
}

/// Chatwoot's signature, in constant time, within the time that also webhooks get.
fn verify_signature(call: &Incoming<'_>, secret: &str) -> Result<(), CallbackError> {
    let (timestamp, signature) =
        (call.header_value("x-chatwoot-timestamp"), call.header_value("x-chatwoot-signature"));
    let at = Seconds(timestamp.parse().map_err(|_| CallbackError::BadSignature)?);
    if at.abs_diff(call.now) > CLOCK_TOLERANCE {
        return Err(CallbackError::BadSignature);
    }
    let tag = signature
        .strip_prefix("sha256=")
        .and_then(|tag| base16ct::mixed::decode_vec(tag).ok())
        .ok_or(CallbackError::BadSignature)?;
    let mut mac = new_hmac(secret.as_bytes());
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(call.body);
    mac.verify_slice(&tag).map_err(|_| CallbackError::BadSignature)
}

/// The contact's name over there: it leads back to our conversation, and nobody else can make it.
fn source_id(secret: &str, site: &str, conversation: Id) -> String {
    let tag = source_mac(secret, site, conversation).finalize().into_bytes();
    let (half, _) = tag.split_at(16);
    format!("hoi-{conversation}-{}", base16ct::lower::encode_string(half))
}

fn conversation_of(secret: &str, site: &str, source: &str) -> Option<Id> {
    let (id, tag) = source.strip_prefix("hoi-")?.split_once('-')?;
    let id: Id = id.parse().ok()?;
    source_mac(secret, site, id)
        .verify_truncated_left(&base16ct::mixed::decode_vec(tag).ok().filter(|tag| tag.len() == 16)?)
        .ok()?;
    Some(id)
}

fn source_mac(secret: &str, site: &str, conversation: Id) -> hmac::Hmac<sha2::Sha256> {
    let mut mac = new_hmac(secret.as_bytes());
    mac.update(format!("hoi contact 1\n{site}\n{conversation}").as_bytes());
    mac
}

/// `text` as one part of a path. What Chatwoot gave us never holds anything that would need escaping.
fn path_segment(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
