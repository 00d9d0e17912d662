//! `rasa`: the REST channel of a Rasa assistant (rasa.com/docs, "Your own website").
//!
//! Request: `POST <url>/webhooks/rest/webhook` with `{"sender","message","metadata"}`. Rasa itself asks for no
//! secret on this channel; one that is set goes into `authorization: Bearer …`, for a proxy in front of it.
//!
//! Response: a list of messages, each with some of `text`, `buttons` (`title`, `payload`), `image`, `attachment`,
//! `custom`. They become one reply. A button says its title and is heard by Rasa as its payload. Pictures become
//! links: nothing in a reply loads by itself.

use super::{
    Ask, Connector, ConnectorError, Endpoint, Outbound, Reply, ReplyPart, ResponseReader,
    body::{Whole, check_status, media_type},
};
use crate::{identity::Visitor, limits::sanitize::clean_label, pick::TO_AGENCY};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{Button, limits};

/// The connector.
pub struct Rasa;

/// What the buttons of the last reply stand for is remembered under this name.
const PAYLOADS: &str = "rasa.payloads";
/// Longest payload that is kept, in bytes.
const MAX_PAYLOAD_BYTES: usize = 1_024;

#[derive(Serialize)]
struct RasaQuestion<'a> {
    sender: String,
    message: &'a str,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    site: &'a str,
    lang: &'a str,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<&'a Visitor>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    context: &'a BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct RasaMessage {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    buttons: Option<Vec<Press>>,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    attachment: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Press {
    title: String,
    #[serde(default)]
    payload: Option<String>,
}

impl Connector for Rasa {
    fn name(&self) -> &'static str {
        "rasa"
    }

    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        let payloads: BTreeMap<String, String> = ask
            .remembered_value(PAYLOADS)
            .and_then(|kept| serde_json::from_str(kept).ok())
            .unwrap_or_default();
        let question = RasaQuestion {
            sender: format!("hoi-{}", ask.conversation),
            message: payloads.get(&ask.text).unwrap_or(&ask.text),
            metadata: Metadata {
                site: &ask.site,
                lang: &ask.lang,
                key: ask.idempotency_key(),
                visitor: ask.visitor.as_ref(),
                context: &ask.context,
            },
        };
        let request = Outbound::post_json(agency.url_for("/webhooks/rest/webhook"), &question)?
            .with_header("accept", "application/json")
            .with_header("idempotency-key", ask.idempotency_key());
        match agency.secret {
            "" if agency.agency.secret.is_empty() => Ok(request),
            // A name is set, but nothing is bound to it: rather no question than one without its proof.
            "" => Err(ConnectorError::Secret),
            secret => Ok(request.with_header("authorization", format!("Bearer {secret}"))),
        }
    }

    fn response_reader(
        &self,
        _: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        match media_type(content_type).as_str() {
            "application/json" => Ok(Box::new(Whole::new(parse_messages))),
            other => Err(ConnectorError::ContentType(other.to_owned())),
        }
    }

    fn is_repeatable(&self) -> bool {
        // Every message moves Rasa's dialogue on, and it knows no idempotency key.
        false
    }

    fn is_in_order(&self) -> bool {
        true
    }
}

fn parse_messages(body: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError> {
    let said: Vec<RasaMessage> =
        wire::parse_json(body).map_err(|_| ConnectorError::Garbage("it is not a list of Rasa's messages"))?;
    let mut paragraphs = Vec::new();
    let mut payloads = BTreeMap::new();
    let mut buttons = Vec::new();
    for message in said {
        paragraphs.extend(message.text.filter(|text| !text.trim().is_empty()));
        let attachment = message.attachment.as_ref().and_then(attachment_url);
        paragraphs.extend(message.image.into_iter().chain(attachment).filter_map(|url| as_link(&url)));
        for Press { title, payload } in message.buttons.into_iter().flatten().take(limits::MAX_BUTTONS) {
            let shown = clean_label(&title);
            let payload = payload.filter(|payload| payload.len() <= MAX_PAYLOAD_BYTES && *payload != shown);
            payload.map(|payload| payloads.insert(shown.clone(), payload));
            buttons.push(Button { pick: Some(format!("{TO_AGENCY}{shown}")), label: shown, href: None });
        }
    }
    let text = paragraphs.join("\n\n");
    if text.is_empty() && buttons.is_empty() {
        return Ok(vec![ReplyPart::Declined]);
    }
    if text.len() > limits::MAX_REPLY_BYTES {
        return Err(ConnectorError::TooLong);
    }
    let kept = serde_json::to_string(&payloads).unwrap_or_default();
    Ok(vec![
        ReplyPart::Remember(PAYLOADS, kept),
        ReplyPart::Whole(Reply::from_untrusted(text, buttons, None)),
        ReplyPart::Done,
    ])
}

/// The address in an attachment, which is a text or `{"payload":{"src":…}}`.
fn attachment_url(attachment: &serde_json::Value) -> Option<String> {
    let inner = attachment.pointer("/payload/src").unwrap_or(attachment);
    inner.as_str().map(str::to_owned)
}

/// A Markdown link that shows where it leads.
fn as_link(url: &str) -> Option<String> {
    let plain = crate::rich::safe_link(url) && !url.contains(['<', '>', '\\', '`']);
    plain.then(|| format!("<{url}>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::tests::{SECRET, agency, ask, read};

    fn understood(body: &str) -> Result<Vec<ReplyPart>, ConnectorError> {
        read(&Rasa, 200, "application/json", &[body.as_bytes()])
    }

    #[test]
    fn several_messages_are_one_reply() {
        let parts = understood(
            r#"[{"recipient_id":"x","text":"Chào bà con."},{"image":"https://a.vn/b.png"},{"image":"javascript:x"},
                {"text":"Chọn:","buttons":[{"title":"Đặt lịch","payload":"/book{\"day\":1}"},{"title":"Thôi"}]},
                {"custom":{"a":1}}]"#,
        )
        .unwrap();
        let [ReplyPart::Remember(PAYLOADS, kept), ReplyPart::Whole(reply), ReplyPart::Done] =
            parts.as_slice()
        else {
            panic!("{parts:?}")
        };
        assert_eq!(reply.text, "Chào bà con.\n\n<https://a.vn/b.png>\n\nChọn:");
        let labels: Vec<&str> = reply.buttons.iter().map(|button| button.label.as_str()).collect();
        assert_eq!(labels, ["Đặt lịch", "Thôi"]);
        // What was pressed is heard as its payload; anything else as it was said.
        let settings = agency("rasa");
        let endpoint = Endpoint { agency: &settings, secret: SECRET };
        let mut pressed = ask();
        pressed.remembered.insert(PAYLOADS.into(), kept.clone());
        pressed.text = "Đặt lịch".into();
        assert!(
            Rasa.build_request(&pressed, &endpoint).unwrap().body.contains(r#""message":"/book{\"day\":1}""#)
        );
        pressed.text = "Thôi".into();
        assert!(Rasa.build_request(&pressed, &endpoint).unwrap().body.contains(r#""message":"Thôi""#));
    }

    #[test]
    fn silence_is_no_answer_and_garbage_an_error() {
        assert_eq!(understood("[]"), Ok(vec![ReplyPart::Declined]));
        assert_eq!(understood(r#"[{"custom":{}}]"#), Ok(vec![ReplyPart::Declined]));
        for bad in ["", "{}", "<html>", r#"{"text":"x"}"#, r#"[{"text":1}]"#] {
            assert!(understood(bad).is_err(), "{bad}");
        }
    }
}
