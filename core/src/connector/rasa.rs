//! `rasa`: the REST channel of a Rasa assistant (rasa.com/docs, "Your own website").
//!
//! Request: `POST <url>/webhooks/rest/webhook` with `{"sender","message","metadata"}`. Rasa itself asks for no
//! secret on this channel; one that is set goes into `authorization: Bearer …`, for a proxy in front of it.
//!
//! Response: a list of messages, each with some of `text`, `buttons` (`title`, `payload`), `image`, `attachment`,
//! `custom`. They become one reply. A button says its title and is heard by Rasa as its payload; where two have one
//! title, each says the text that it came with, too. Only a payload may be a command of Rasa's: a slash that a
//! visitor typed in front is no such one. Pictures become links: nothing in a reply loads by itself.

use super::{
    Ask, Connector, ConnectorError, Endpoint, Outbound, Reply, ReplyPart, ResponseReader,
    body::{Whole, check_status, media_type},
};
use crate::{identity::Visitor, limits::sanitize::clean_label, pick::TO_AGENCY, rich};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};
use wire::{Button, limits};

/// The connector.
pub struct Rasa;

/// What the buttons of the last reply stand for is remembered under this name: payloads by what a button sends, without
/// [`TO_AGENCY`].
const PAYLOADS: &str = "rasa.payloads";
/// Longest payload that is kept, in bytes.
const MAX_PAYLOAD_BYTES: usize = 1_024;
/// As much of a message's text goes onto a button to tell it from another, in characters.
const CONTEXT_CHARS: usize = 40;

#[derive(Serialize)]
struct RasaQuestion<'a> {
    sender: String,
    message: Cow<'a, str>,
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
        let payloads = remembered_payloads(ask);
        // What the button sent says which it was; its words do where a question was kept by an edge that did not note it.
        let pressed = ask.pick.as_deref().and_then(|pick| pick.strip_prefix(TO_AGENCY)).unwrap_or(&ask.text);
        let question = RasaQuestion {
            sender: format!("hoi-{}", ask.conversation),
            message: payloads
                .get(pressed)
                .map_or_else(|| without_command(&ask.text), |own| own.as_str().into()),
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
        ask: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        let before = remembered_payloads(ask);
        match media_type(content_type).as_str() {
            "application/json" => Ok(Box::new(Whole::new(move |body: &[u8]| parse_messages(body, &before)))),
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

/// What buttons of the last reply stand for.
fn remembered_payloads(ask: &Ask) -> BTreeMap<String, String> {
    ask.remembered_value(PAYLOADS).and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default()
}

/// `text` so that Rasa hears words: what begins with a slash is a command there, whatever stands before it that is not seen.
fn without_command(text: &str) -> Cow<'_, str> {
    /// A slash to the eye, and to Rasa a sign like any other.
    const SLASH: &str = "\u{FF0F}";
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    match bare.strip_prefix('/') {
        Some(rest) => Cow::Owned(format!("{SLASH}{rest}")),
        None => Cow::Borrowed(text),
    }
}

/// The reply that Rasa's messages are. `before`: what the buttons of the reply before it stand for; who still presses one of
/// those is not to be heard as one of these.
fn parse_messages(body: &[u8], before: &BTreeMap<String, String>) -> Result<Vec<ReplyPart>, ConnectorError> {
    let said: Vec<RasaMessage> =
        wire::parse_json(body).map_err(|_| ConnectorError::Garbage("it is not a list of Rasa's messages"))?;
    let mut paragraphs = Vec::new();
    let mut offered = Vec::new();
    for message in said {
        let text = message.text.filter(|text| !text.trim().is_empty());
        let context = text.as_deref().map(first_words).unwrap_or_default();
        paragraphs.extend(text);
        let attachment = message.attachment.as_ref().and_then(attachment_url);
        paragraphs.extend(message.image.into_iter().chain(attachment).filter_map(|url| as_link(&url)));
        offered.extend(message.buttons.into_iter().flatten().map(|press| (press, context.clone())));
    }
    offered.truncate(limits::MAX_BUTTONS);
    let (buttons, payloads) = name_buttons(offered, before);
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

/// The buttons that are offered, each with the text it came with, and what they stand for. No two say or send the same.
fn name_buttons(
    offered: Vec<(Press, String)>,
    before: &BTreeMap<String, String>,
) -> (Vec<Button>, BTreeMap<String, String>) {
    let titles: Vec<String> = offered.iter().map(|(press, _)| clean_label(&press.title)).collect();
    let mut buttons: Vec<Button> = Vec::new();
    let mut payloads = BTreeMap::new();
    for ((Press { payload, .. }, context), title) in offered.into_iter().zip(&titles) {
        let is_double = titles.iter().filter(|other| *other == title).nth(1).is_some();
        let full = if is_double && !context.is_empty() { join_label(title, &context) } else { title.clone() };
        let is_said = |label: &String| buttons.iter().any(|button| button.label == *label);
        let label = first_free(&full, " ", |label| !is_said(label));
        let payload = payload.filter(|payload| payload.len() <= MAX_PAYLOAD_BYTES);
        let is_other = |key: &String| before.get(key).is_some_and(|own| Some(own) != payload.as_ref());
        let key = first_free(&label, "#", |key| !payloads.contains_key(key) && !is_other(key));
        if let Some(payload) = payload.filter(|payload| *payload != label || payload.starts_with('/')) {
            payloads.insert(key.clone(), payload);
        }
        buttons.push(Button { pick: Some(format!("{TO_AGENCY}{key}")), label, href: None });
    }
    (buttons, payloads)
}

/// `name`, or the first of `name` 2, `name` 3, … that is free.
fn first_free(name: &str, separator: &str, is_free: impl Fn(&String) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}{separator}{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// A title and what tells it from another of that name.
fn join_label(title: &str, context: &str) -> String {
    let room = limits::MAX_LABEL_CHARS.saturating_sub(title.chars().count() + 3);
    let context: String = context.chars().take(room).collect();
    format!("{title} – {context}")
}

/// The first line of Markdown in plain words, as far as it fits on a button.
fn first_words(markdown: &str) -> String {
    let plain = rich::plain_text(&rich::parse_markdown(markdown));
    let line = clean_label(plain.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    let short: String = line.chars().take(CONTEXT_CHARS).collect();
    if short.len() < line.len() { format!("{}…", short.trim_end()) } else { short }
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

    fn sent(kept: &str, pick: Option<&str>, text: &str) -> String {
        let settings = agency("rasa");
        let endpoint = Endpoint { agency: &settings, secret: SECRET };
        let mut pressed = ask();
        pressed.remembered.insert(PAYLOADS.into(), kept.to_owned());
        (pressed.pick, pressed.text) = (pick.map(str::to_owned), text.to_owned());
        let body = Rasa.build_request(&pressed, &endpoint).unwrap().body;
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        body["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn two_buttons_of_one_title_stay_with_their_texts_and_payloads() {
        for (body, expected) in [
            (
                r#"[{"text":"Phòng A","buttons":[{"title":"Chọn","payload":"/dat{A}"}]},
                    {"text":"Phòng B","buttons":[{"title":"Chọn","payload":"/dat{B}"}]}]"#,
                [("Chọn – Phòng A", "/dat{A}"), ("Chọn – Phòng B", "/dat{B}")],
            ),
            (
                r#"[{"text":"Phòng?","buttons":[{"title":"Chọn","payload":"/dat{A}"},{"title":"Chọn","payload":"/dat{B}"}]}]"#,
                [("Chọn – Phòng?", "/dat{A}"), ("Chọn – Phòng? 2", "/dat{B}")],
            ),
            (
                r#"[{"buttons":[{"title":"Chọn","payload":"/dat{A}"},{"title":"Chọn","payload":"/dat{B}"}]}]"#,
                [("Chọn", "/dat{A}"), ("Chọn 2", "/dat{B}")],
            ),
            (
                r#"[{"text":"A","buttons":[{"title":"/x","payload":"/x"},{"title":"y","payload":"/z"}]}]"#,
                [("/x", "/x"), ("y", "/z")],
            ),
        ] {
            let parts = understood(body).unwrap();
            let [ReplyPart::Remember(PAYLOADS, kept), ReplyPart::Whole(reply), ReplyPart::Done] =
                parts.as_slice()
            else {
                panic!("{parts:?}")
            };
            let said: Vec<(&str, String)> = reply
                .buttons
                .iter()
                .map(|button| (button.label.as_str(), sent(kept, button.pick.as_deref(), &button.label)))
                .collect();
            assert_eq!(said, expected.map(|(label, payload)| (label, payload.to_owned())), "{body}");
        }
    }

    #[test]
    fn a_button_of_an_earlier_reply_is_not_heard_as_one_of_the_last() {
        let before = BTreeMap::from([("Chọn".to_owned(), "/dat{A}".to_owned())]);
        let parts =
            parse_messages(br#"[{"buttons":[{"title":"Ch\u1ecdn","payload":"/dat{B}"}]}]"#, &before).unwrap();
        let [ReplyPart::Remember(_, kept), ReplyPart::Whole(reply), _] = parts.as_slice() else {
            panic!("{parts:?}")
        };
        assert_eq!(reply.buttons[0].pick.as_deref(), Some("@Chọn#2"));
        assert_eq!(sent(kept, Some("@Chọn#2"), "Chọn"), "/dat{B}");
        assert_eq!(sent(kept, Some("@Chọn"), "Chọn"), "Chọn");
    }

    #[test]
    fn what_is_typed_is_no_command() {
        for text in ["/restart", " /dat{A}", "/", "//x", "\u{a0}/session_start"] {
            let message = sent(r#"{"Chọn":"/dat{A}"}"#, None, text);
            assert!(
                !message.trim_start().starts_with('/') && message.contains('\u{FF0F}'),
                "{text}: {message}"
            );
            let message = sent(r#"{"Chọn":"/dat{A}"}"#, Some("@/restart"), text);
            assert!(!message.trim_start().starts_with('/'), "{text}: {message}");
        }
        assert_eq!(sent("{}", None, "15/8 hoặc 1/2"), "15/8 hoặc 1/2");
    }
}
