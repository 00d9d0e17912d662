use super::*;
use crate::connector::tests::{SECRET, agency, ask, read_for};

const NOW: Seconds = Seconds(1_000_000);

fn event(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let source = source_id(SECRET, "ward", ask().conversation);
    let mut event = json!({ "event": "message_created", "id": 7, "content": "Mời bà ra quầy 3.",
        "message_type": "outgoing", "private": false, "content_attributes": {},
        "sender": { "id": 1, "name": "Chị Lan", "type": "user" },
        "conversation": { "id": 12, "contact_inbox": { "source_id": source } } });
    change(&mut event);
    event.to_string()
}

fn hear(body: &str, secret: &str, at: Seconds) -> Result<Option<Callback>, CallbackError> {
    let mut mac = new_hmac(secret.as_bytes());
    mac.update(format!("{}.{body}", at.0).as_bytes());
    let tag: String = mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect();
    let header = |name: &str| match name {
        "x-chatwoot-timestamp" => Some(at.0.to_string()),
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
    assert_eq!(hear(&body, "another secret, long enough", NOW), Err(CallbackError::BadSignature));
    assert_eq!(hear(&body, SECRET, NOW.saturating_sub(Seconds(301))), Err(CallbackError::BadSignature));
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
    let look = |body: &str| read_for(&Chatwoot, &ask, 200, "application/json", &[body.as_bytes()]).unwrap();
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
