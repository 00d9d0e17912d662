use super::*;
use crate::connector::{
    Reply,
    tests::{SECRET, agency, ask, read_for},
};
use wire::{Author, AuthorKind, Block};

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

fn heard(change: impl FnOnce(&mut serde_json::Value)) -> Callback {
    hear(&event(change), SECRET, NOW).unwrap().expect("it is for the visitor")
}

fn shown(change: impl FnOnce(&mut serde_json::Value)) -> Reply {
    heard(change).reply
}

fn refused(change: impl FnOnce(&mut serde_json::Value)) -> bool {
    matches!(hear(&event(change), SECRET, NOW), Err(CallbackError::NoCounterpart(_)))
}

/// An attachment as Chatwoot names it.
fn blob(name: &str) -> serde_json::Value {
    json!({ "id": 3, "message_id": 7, "file_type": "file", "account_id": 1, "extension": null,
        "data_url": format!("https://chat.example/rails/active_storage/blobs/redirect/eyJf--8a/{name}"),
        "thumb_url": "", "file_size": 48_213, "width": null, "height": null })
}

fn link_texts(callback: &Callback) -> Vec<(String, Option<String>)> {
    let runs = callback.blocks.iter().flat_map(|block| match block {
        Block::Text { runs } => runs.clone(),
        Block::List { items, .. } => items.concat(),
        _ => Vec::new(),
    });
    runs.map(|run| (run.text, run.href)).collect()
}

#[test]
fn attached_files_are_linked_by_their_name() {
    let reply = shown(|e| {
        e["content"] = serde_json::Value::Null;
        e["attachments"] = json!([blob("Gi%E1%BA%A5y%20h%E1%BA%B9n.pdf?disposition=attachment")]);
    });
    let file = &reply.files[0];
    assert_eq!((reply.text.as_str(), file.name.as_str(), file.size), ("", "Giấy hẹn.pdf", 48_213));
    assert!(file.href.as_deref().is_some_and(|href| href.starts_with("https://chat.example/rails/")));
    let captioned = shown(|e| e["attachments"] = json!([blob("a.png"), blob("b.png")]));
    assert_eq!((captioned.text.as_str(), captioned.files.len()), ("Mời bà ra quầy 3.", 2));
    let nameless = shown(|e| {
        e["attachments"] =
            json!([{ "file_type": "image", "data_url": "https://chat.example/", "fallback_title": "Ảnh" }])
    });
    assert_eq!(nameless.files[0].name, "Ảnh");
    assert_eq!(shown(|e| e["attachments"] = serde_json::Value::Null).files, []);
}

#[test]
fn places_contacts_and_links_are_words() {
    let place = |fields: serde_json::Value| {
        let mut place = json!({ "id": 1, "file_type": "location" });
        place.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        link_texts(&heard(|e| e["attachments"] = json!([place]))).remove(0)
    };
    let (text, href) = place(json!({ "coordinates_lat": 10.7765, "coordinates_long": 106.7009 }));
    assert_eq!(text, "10.7765, 106.7009");
    assert!(href.is_some_and(|href| href.contains("mlat=10.7765&mlon=106.7009")));
    let named = json!({ "coordinates_lat": 0.0, "coordinates_long": 0.0, "fallback_title": "Trụ sở phường" });
    assert_eq!(place(named), ("Trụ sở phường".into(), None));
    let texts = link_texts(&heard(|e| {
        e["attachments"] = json!([{ "file_type": "contact", "fallback_title": "+84 28 1234 5678" },
            { "file_type": "fallback", "fallback_title": "Bảng phí", "data_url": "https://example.vn/phi" }]);
    }));
    let link = ("Bảng phí".to_owned(), Some("https://example.vn/phi".to_owned()));
    assert_eq!(texts, [("+84 28 1234 5678".to_owned(), None), link]);
}

#[test]
fn choices_articles_and_cards_are_shown() {
    let choices = shown(|e| {
        e["content_type"] = "input_select".into();
        e["content_attributes"] =
            json!({ "items": [{ "title": "Sáng", "value": "am" }, { "title": "Chiều" }] });
    });
    let picks: Vec<_> = choices.buttons.iter().map(|b| (b.label.as_str(), b.pick.as_deref())).collect();
    assert_eq!(picks, [("Sáng", Some("@am")), ("Chiều", Some("@Chiều"))]);
    let articles = heard(|e| {
        e["content_type"] = "article".into();
        e["content_attributes"] = json!({ "items": [{ "title": "Khai sinh", "description": "Cần gì",
            "link": "https://example.vn/ks" }, { "title": "Cư trú", "link": "https://example.vn/ct" }] });
    });
    let link = |title: &str, href: &str| (title.to_owned(), Some(href.to_owned()));
    let (first, second) =
        (link("Khai sinh", "https://example.vn/ks"), link("Cư trú", "https://example.vn/ct"));
    assert_eq!(link_texts(&articles), [first, ("\nCần gì".into(), None), second]);
    let card = |title: &str| {
        json!({ "title": title, "description": "Mở cả tuần", "media_url": "https://example.vn/q.jpg", "actions": [
            { "type": "link", "text": "Xem", "uri": "https://example.vn/q" },
            { "type": "postback", "text": "Đặt lịch", "payload": "BOOK" }] })
    };
    let cards = heard(|e| {
        e["content_type"] = "cards".into();
        e["content_attributes"] = json!({ "items": [card("Quầy 1"), card("Quầy 2")] });
    });
    let labels: Vec<_> = cards.reply.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(labels, ["Xem", "Đặt lịch", "Xem: Quầy 2", "Đặt lịch: Quầy 2"]);
    assert_eq!(cards.reply.buttons[0].href.as_deref(), Some("https://example.vn/q"));
    assert_eq!(cards.reply.buttons[1].pick.as_deref(), Some("@BOOK"));
    assert!(matches!(&cards.blocks[0], Block::Card(card) if card.title == "Quầy 1" && card.runs.len() == 1));
    assert_eq!(cards.reply.files[0].name, "q.jpg");
}

#[test]
fn what_chatwoot_itself_says_is_shown_as_the_agencys() {
    let greeting = shown(|e| {
        e["message_type"] = "template".into();
        e["sender"] = serde_json::Value::Null;
    });
    assert_eq!((greeting.text.as_str(), greeting.author), ("Mời bà ra quầy 3.", None));
    for kind in ["input_email", "input_text", "text"] {
        assert_eq!(shown(|e| e["content_type"] = kind.into()).text, "Mời bà ra quầy 3.");
    }
    let survey = shown(|e| {
        e["message_type"] = 3.into();
        e["content_type"] = "input_csat".into();
        e["content"] = "Xin đánh giá: https://chat.example/survey/responses/8a".into();
    });
    assert!(survey.text.contains("/survey/"));
}

#[test]
fn what_no_visitor_can_be_shown_is_refused_whole() {
    let typed = |kind: &'static str, items: serde_json::Value| {
        refused(move |e| {
            e["content_type"] = kind.into();
            e["content_attributes"] = json!({ "items": items });
        })
    };
    for kind in ["form", "integrations", "voice_call", "input_csat"] {
        assert!(typed(kind, json!([{ "name": "email", "type": "email", "label": "Email" }])), "{kind}");
    }
    for kind in ["input_select", "cards", "article"] {
        for items in [json!([]), json!(null), json!("x"), json!([{ "title": " " }])] {
            assert!(typed(kind, items.clone()), "{kind}: {items}");
        }
    }
    assert!(typed("input_select", (0..9).map(|n| json!({ "title": n.to_string() })).collect()));
    assert!(typed("input_select", json!([{ "title": "a", "value": "x".repeat(201) }])));
    for href in ["javascript:alert(1)", "http://example.vn", "google.com", "", "https://a b"] {
        assert!(typed("article", json!([{ "title": "a", "link": href }])), "{href}");
        let action = json!({ "type": "link", "text": "a", "uri": href });
        assert!(typed("cards", json!([{ "title": "a", "actions": [action] }])), "{href}");
        for kind in ["image", "file", "audio", "story_mention"] {
            let file = json!({ "file_type": kind, "data_url": href });
            assert!(refused(|e| e["attachments"] = json!([blob("a.png"), file])), "{href}");
        }
    }
    assert!(refused(|e| e["attachments"] = json!([{ "file_type": "location" }])));
    assert!(refused(|e| e["attachments"] = (0..6).map(|_| blob("a.png")).collect()));
    // What is not for visitors is no failure either.
    for change in [
        |e: &mut serde_json::Value| e["private"] = true.into(),
        |e: &mut serde_json::Value| e["message_type"] = "activity".into(),
        |e: &mut serde_json::Value| e["conversation"]["contact_inbox"]["source_id"] = "3f2a".into(),
    ] {
        let body = event(|e| {
            e["content_type"] = "form".into();
            change(e);
        });
        assert_eq!(hear(&body, SECRET, NOW), Ok(None));
    }
}

#[test]
fn what_is_deleted_there_is_taken_back() {
    let deleted = |e: &mut serde_json::Value| {
        e["content"] = "This message was deleted".into();
        e["content_attributes"] = json!({ "deleted": true });
    };
    for name in ["message_updated", "message_created"] {
        let heard = hear(
            &event(|e| {
                deleted(e);
                e["event"] = name.into();
            }),
            SECRET,
            NOW,
        );
        let heard = heard.unwrap().unwrap();
        assert_eq!((heard.id.as_str(), heard.retracts, heard.reply), ("chatwoot.7", true, Reply::default()));
    }
    for change in [
        |e: &mut serde_json::Value| e["private"] = true.into(),
        |e: &mut serde_json::Value| e["message_type"] = "incoming".into(),
    ] {
        let body = event(|e| {
            deleted(e);
            change(e);
        });
        assert_eq!(hear(&body, SECRET, NOW), Ok(None));
    }
}

#[test]
fn the_value_of_a_choice_is_posted() {
    let mut ask = ask();
    ask.choice = Some("am".into());
    ask.remembered = [(CONTACT.into(), "c".into()), (CONVERSATION.into(), "12".into())].into();
    let settings = agency("chatwoot");
    let request = Chatwoot.build_request(&ask, &Endpoint { agency: &settings, secret: SECRET }).unwrap();
    assert!(request.body.contains("\"content\":\"am\""), "{}", request.body);
}
