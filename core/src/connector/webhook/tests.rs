use super::*;
use crate::{
    connector::tests::{SECRET, agency, ask, read},
    time::Seconds,
};

#[test]
fn a_stream_cut_inside_a_character() {
    let stream =
        "data: {\"delta\":\"Chào \"}\n\ndata: {\"delta\":\"bà con\"}\n\ndata: {\"done\":true}\n\n".as_bytes();
    let whole = vec![ReplyPart::More("Chào ".into()), ReplyPart::More("bà con".into()), ReplyPart::Done];
    for at in 0..stream.len() {
        let (a, b) = stream.split_at(at);
        let parts = read(&Webhook, 200, "text/event-stream; charset=utf-8", &[a, b]);
        assert_eq!(parts.as_ref(), Ok(&whole), "cut at {at}");
    }
}

#[test]
fn garbage_is_an_error_and_no_answer() {
    let cases: &[(&str, &[u8])] = &[
        ("text/html", b"<html>Welcome</html>"),
        ("application/json", b"<html>"),
        ("application/json", b"{}"),
        ("application/json", b"{\"text\":\" \"}"),
        ("application/json", b""),
        ("text/event-stream", b""),
        ("text/event-stream", b"data: hello\n\n"),
        ("text/event-stream", b"data: {\"delta\":\"\xff\"}\n\n"),
    ];
    for (content_type, body) in cases {
        let parts = read(&Webhook, 200, content_type, &[body]);
        assert!(parts.is_err(), "{content_type}: {}", String::from_utf8_lossy(body));
    }
}

#[test]
fn unsafe_parts_of_a_reply_are_left_out() {
    let body = br#"{"text":"x","buttons":[{"label":"bad","href":"javascript:alert(1)"},{"label":"ok"}],"author":{"kind":"visitor"}}"#;
    let parts = read(&Webhook, 200, "application/json", &[body]).unwrap();
    let ReplyPart::Whole(reply) = &parts[0] else { panic!("{parts:?}") };
    assert_eq!(reply.buttons.len(), 1);
    assert_eq!(reply.author, None);
}

#[test]
fn callbacks_are_taken_from_the_agency_only() {
    let body =
        format!(r#"{{"type":"answer","conversation":"{}","seq":3,"text":"Đã xong"}}"#, ask().conversation);
    let hear = |id: &str, at: u64, key: &str, body: &str| {
        let signature = sign_webhook(&signing_keys(key).unwrap(), id, Seconds(at), body.as_bytes());
        let header = |name: &str| match name {
            "webhook-id" => Some(id.to_owned()),
            "webhook-timestamp" => Some(at.to_string()),
            "webhook-signature" => Some(signature.clone()),
            _ => None,
        };
        let settings = agency("webhook");
        let endpoint = Endpoint { agency: &settings, secret: SECRET };
        let call = Incoming { header: &header, body: body.as_bytes(), site: "ward", now: Seconds(1_000_000) };
        Webhook.parse_callback(&call, &endpoint)
    };
    let heard = hear("a", 1_000_000, SECRET, &body).unwrap().unwrap();
    assert_eq!((heard.conversation, heard.about), (ask().conversation, Some(3)));
    let other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert_eq!(hear("a", 1_000_000, other, &body), Err(CallbackError::BadSignature));
    assert_eq!(hear("a", 999_000, SECRET, &body), Err(CallbackError::BadSignature), "old");
    assert_eq!(hear("", 1_000_000, SECRET, &body), Err(CallbackError::BadSignature), "no id");
    assert_eq!(hear(&"a".repeat(257), 1_000_000, SECRET, &body), Err(CallbackError::BadSignature), "long id");
    for garbage in
        ["", "{}", r#"{"type":"answer"}"#, &body.replace("answer", "question"), &body.replace("Đã xong", " ")]
    {
        assert!(
            matches!(hear("a", 1_000_000, SECRET, garbage), Err(CallbackError::Malformed(_))),
            "{garbage}"
        );
    }
}
