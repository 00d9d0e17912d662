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
//! `x-chatwoot-delivery`. Unsigned ones, as older versions send them, are refused.

use super::{
    Ask, Callback, Connector, ConnectorError, Endpoint, Incoming, Outbound, Reply, ReplyPart, ResponseReader,
    TOLERANCE_SECONDS, Unheard, Verb,
    body::{Whole, check_status, media_type},
    reply::clean_label,
    signature::new_hmac,
};
use crate::decide::TO_AGENCY;
use ::hmac::Mac;
use serde::Deserialize;
use serde_json::json;
use wire::{Author, AuthorKind, Button, Id};

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

#[derive(Deserialize)]
struct ChatwootContact {
    source_id: String,
}

#[derive(Deserialize)]
struct Numbered {
    id: u64,
}

#[derive(Deserialize)]
struct ChatwootMessage {
    id: u64,
    #[serde(default)]
    content: Option<String>,
    /// 0 or `incoming`: by the visitor.
    #[serde(default)]
    message_type: serde_json::Value,
}

/// What Chatwoot posts about a message; of everything else only `event` is read.
#[derive(Deserialize)]
struct ChatwootEvent {
    #[serde(default)]
    event: String,
    #[serde(default)]
    id: u64,
    #[serde(default)]
    content: Option<String>,
    #[serde(default)]
    private: bool,
    #[serde(default)]
    message_type: serde_json::Value,
    #[serde(default)]
    content_attributes: serde_json::Value,
    #[serde(default)]
    sender: Option<Sender>,
    #[serde(default)]
    conversation: Option<ChatwootConversation>,
}

#[derive(Deserialize)]
struct Sender {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    available_name: Option<String>,
    #[serde(default)]
    r#type: Option<String>,
}

#[derive(Deserialize)]
struct ChatwootConversation {
    #[serde(default)]
    contact_inbox: Option<ChatwootContact>,
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
                let body = json!({ "content": ask.text, "echo_id": ask.idempotency_key() });
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
        let (step, text, seq) = (next_step(ask), ask.text.clone(), ask.seq);
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
    ) -> Result<Option<Callback>, Unheard> {
        if agency.secret.len() < MIN_SECRET {
            return Err(Unheard::Secret);
        }
        verify_signature(call, agency.secret)?;
        let event: ChatwootEvent = serde_json::from_slice(call.body)
            .map_err(|_| Unheard::Garbage("it is no event of Chatwoot's"))?;
        let outgoing = event.message_type == "outgoing" || event.message_type == 1;
        let text = event.content.unwrap_or_default();
        if event.event != "message_created" || !outgoing || event.private || text.trim().is_empty() {
            return Ok(None);
        }
        let source = event.conversation.and_then(|c| c.contact_inbox).map(|contact| contact.source_id);
        let source = source.ok_or(Unheard::Garbage("it names no contact_inbox"))?;
        // A contact that other software made in the same inbox is not ours to show to anybody.
        let Some(conversation) = conversation_of(agency.secret, call.site, &source) else { return Ok(None) };
        let buttons = parse_choices(&event.content_attributes);
        let author = event.sender.map(parse_author);
        let id = format!("chatwoot.{}", event.id);
        Ok(Some(Callback {
            id,
            conversation,
            about: None,
            case: None,
            enclosed: Vec::new(),
            reply: Reply::from_untrusted(text, buttons, author),
        }))
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
            let contact: ChatwootContact = serde_json::from_slice(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(CONTACT, contact.source_id), ReplyPart::Again])
        }
        ChatwootStep::Conversation => {
            let made: Numbered = serde_json::from_slice(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(CONVERSATION, made.id.to_string()), ReplyPart::Again])
        }
        ChatwootStep::Look(arrived) => {
            let list: Vec<ChatwootMessage> = serde_json::from_slice(body).map_err(|_| UNKNOWN)?;
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
            let made: Numbered = serde_json::from_slice(body).map_err(|_| UNKNOWN)?;
            Ok(vec![ReplyPart::Remember(ARRIVED, made.id.to_string()), ReplyPart::Later])
        }
    }
}

/// Chatwoot's signature, in constant time, within the time that also webhooks get.
fn verify_signature(call: &Incoming<'_>, secret: &str) -> Result<(), Unheard> {
    let (timestamp, signature) =
        (call.header_value("x-chatwoot-timestamp"), call.header_value("x-chatwoot-signature"));
    let at: u64 = timestamp.parse().map_err(|_| Unheard::Forged)?;
    if at.abs_diff(call.now) > TOLERANCE_SECONDS {
        return Err(Unheard::Forged);
    }
    let tag = signature
        .strip_prefix("sha256=")
        .and_then(|tag| base16ct::mixed::decode_vec(tag).ok())
        .ok_or(Unheard::Forged)?;
    let mut mac = new_hmac(secret.as_bytes());
    mac.update(format!("{timestamp}.").as_bytes());
    mac.update(call.body);
    mac.verify_slice(&tag).map_err(|_| Unheard::Forged)
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

/// What an `input_select` offers.
fn parse_choices(attributes: &serde_json::Value) -> Vec<Button> {
    let items = attributes.get("items").and_then(serde_json::Value::as_array).into_iter().flatten();
    let titles = items.filter_map(|item| item.get("title").and_then(serde_json::Value::as_str));
    titles
        .map(|title| {
            let label = clean_label(title);
            Button { pick: Some(format!("{TO_AGENCY}{label}")), label, href: None }
        })
        .collect()
}

/// A person, unless Chatwoot says it is a robot.
fn parse_author(sender: Sender) -> Author {
    let robot = sender.r#type.as_deref().is_some_and(|kind| kind != "user");
    let kind = if robot { AuthorKind::Agency } else { AuthorKind::Staff };
    let name = sender.available_name.or(sender.name).filter(|name| !name.trim().is_empty());
    Author { kind, name }
}

/// `text` as one part of a path. What Chatwoot gave us never holds anything that would need escaping.
fn path_segment(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::tests::{SECRET, agency, ask, read_for};

    const NOW: u64 = 1_000_000;

    fn event(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let source = source_id(SECRET, "ward", ask().conversation);
        let mut event = json!({ "event": "message_created", "id": 7, "content": "Mời bà ra quầy 3.",
            "message_type": "outgoing", "private": false, "content_attributes": {},
            "sender": { "id": 1, "name": "Chị Lan", "type": "user" },
            "conversation": { "id": 12, "contact_inbox": { "source_id": source } } });
        change(&mut event);
        event.to_string()
    }

    fn hear(body: &str, secret: &str, at: u64) -> Result<Option<Callback>, Unheard> {
        let mut mac = new_hmac(secret.as_bytes());
        mac.update(format!("{at}.{body}").as_bytes());
        let tag: String = mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect();
        let header = |name: &str| match name {
            "x-chatwoot-timestamp" => Some(at.to_string()),
            "x-chatwoot-signature" => Some(format!("sha256={tag}")),
            _ => None,
        };
        let settings = agency("chatwoot");
        let endpoint = Endpoint { agency: &settings, secret: SECRET };
        Chatwoot.parse_callback(
            &Incoming { header: &header, body: body.as_bytes(), site: "ward", now: NOW },
            &endpoint,
        )
    }

    #[test]
    fn people_answer_from_chatwoot() {
        let heard = hear(&event(|_| ()), SECRET, NOW).unwrap().unwrap();
        assert_eq!((heard.id.as_str(), heard.conversation), ("chatwoot.7", ask().conversation));
        let staff = Author { kind: AuthorKind::Staff, name: Some("Chị Lan".into()) };
        assert_eq!(heard.reply.author, Some(staff));
        let robot = hear(&event(|e| e["sender"]["type"] = "agent_bot".into()), SECRET, NOW).unwrap().unwrap();
        assert_eq!(robot.reply.author.unwrap().kind, AuthorKind::Agency);
    }

    #[test]
    fn what_no_visitor_needs_is_let_lie() {
        let changes: [fn(&mut serde_json::Value); 6] = [
            |e| e["message_type"] = "incoming".into(),
            |e| e["message_type"] = 0.into(),
            |e| e["private"] = true.into(),
            |e| e["event"] = "message_updated".into(),
            |e| e["content"] = serde_json::Value::Null,
            |e| e["conversation"]["contact_inbox"]["source_id"] = "3f2a".into(),
        ];
        for change in changes {
            let body = event(change);
            assert_eq!(hear(&body, SECRET, NOW), Ok(None), "{body}");
        }
    }

    #[test]
    fn only_genuine_events_are_heard() {
        let body = event(|_| ());
        assert_eq!(hear(&body, "another secret, long enough", NOW), Err(Unheard::Forged));
        assert_eq!(hear(&body, SECRET, NOW - 301), Err(Unheard::Forged));
        // A genuine event about a contact of another site, or with a made-up name.
        let elsewhere = source_id(SECRET, "shop", ask().conversation);
        let made_up = format!("hoi-{}-{}", ask().conversation, "0".repeat(32));
        for source in [elsewhere, made_up] {
            let body = event(|e| e["conversation"]["contact_inbox"]["source_id"] = source.into());
            assert_eq!(hear(&body, SECRET, NOW), Ok(None));
        }
    }

    #[test]
    fn a_second_try_looks_before_it_asks() {
        let mut ask = ask();
        ask.remembered =
            [(CONTACT.into(), "c".into()), (CONVERSATION.into(), "12".into()), (ARRIVED.into(), "5".into())]
                .into();
        assert_eq!(next_step(&ask), ChatwootStep::Message);
        ask.tries = 1;
        assert_eq!(next_step(&ask), ChatwootStep::Look(5));
        let list =
            |id: u64, kind: u64| json!([{ "id": id, "content": ask.text, "message_type": kind }]).to_string();
        let look =
            |body: &str| read_for(&Chatwoot, &ask, 200, "application/json", &[body.as_bytes()]).unwrap();
        assert_eq!(look(&list(6, 0)), vec![ReplyPart::Remember(ARRIVED, "6".into()), ReplyPart::Later]);
        for not_it in [list(5, 0), list(6, 1), "[]".to_owned()] {
            assert_eq!(
                look(&not_it),
                vec![ReplyPart::Remember(LOOKED, "3".into()), ReplyPart::Again],
                "{not_it}"
            );
        }
        ask.remembered.insert(LOOKED.into(), "3".into());
        assert_eq!(next_step(&ask), ChatwootStep::Message);
    }
}
