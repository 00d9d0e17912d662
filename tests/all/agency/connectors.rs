//! Each protocol end to end.

use super::*;
use tests::say;
use wire::{AuthorKind, Id, Up};

const MODEL: &str = "model = \"small-model\"\ninstructions = { vi = \"Xưng phường.\", en = \"Be brief.\" }";

#[tokio::test(flavor = "multi_thread")]
async fn a_language_model_answers_from_the_sites_own_words() {
    for mode in ["stream", "json"] {
        let agency =
            Agency::start(&["--protocol", "openai", "--mode", mode, "--reply", "Dạ, xin gọi **phường**."]);
        let edge = Edge::start(&speaking(&agency, "openai", MODEL));
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, QUESTION)).await;
        let answer = visitor.answer().await;
        assert_eq!(
            (answer.author.kind, answer.state),
            (AuthorKind::Agency, State::Done),
            "{mode}: {answer:?}"
        );
        assert_eq!(words(&answer), "Dạ, xin gọi phường.", "{mode}");
        visitor.send(&say(2, OTHER)).await;
        visitor.answer().await;
        let asked = agency.questions();
        assert!(asked.iter().all(|line| line["verified"] == true), "{asked:?}");
        let messages = asked.last().unwrap()["question"]["messages"].as_array().unwrap().clone();
        let system = messages[0]["content"].as_str().unwrap();
        assert!(system.contains("Xưng phường.") && system.contains("Bến Xuân"), "{system}");
        let said: Vec<&str> = messages.iter().skip(1).map(|m| m["content"].as_str().unwrap()).collect();
        assert_eq!(said, [QUESTION, "Dạ, xin gọi phường.", OTHER], "the history goes with the question");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_declines_brings_the_sites_fallback() {
    let agency = Agency::start(&["--protocol", "openai", "--reply", "[[HOI:NOT-OURS]]"]);
    let edge = Edge::start(&speaking(&agency, "openai", MODEL));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    let answer = visitor.answer().await;
    assert!(has_contact(&answer) && !words(&answer).contains("HOI"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_thinks_is_never_shown_and_never_kept() {
    // With both tags, and as a template leaves it that has written the first one.
    for thought in ["<think> Người này lạ. </think> ", "Người này lạ. </think> "] {
        let reply = format!("{thought}Dạ, mời ra quầy 2.");
        let agency = Agency::start(&["--protocol", "openai", "--reply", &reply]);
        let edge = Edge::start(&speaking(&agency, "openai", MODEL));
        let mut visitor = Visitor::open(&edge).await;
        for (id, question) in [(1, QUESTION), (2, OTHER)] {
            visitor.send(&say(id, question)).await;
            let done = |down: &Down| matches!(down, Down::Message(m) if m.author.kind == AuthorKind::Agency && m.state != State::Growing);
            let frames = frames_until(&mut visitor, done).await;
            assert!(!format!("{frames:?}").contains("lạ."), "{thought}: {frames:?}");
            let Some(Down::Message(answer)) = frames.last() else { panic!("{frames:?}") };
            assert_eq!(words(answer), "Dạ, mời ra quầy 2.", "{thought}");
        }
        assert!(!agency.questions()[1].to_string().contains("lạ."), "nor in what is told next");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_models_words_before_the_mark_are_taken_back() {
    let agency =
        Agency::start(&["--protocol", "openai", "--reply", "Câu này tôi không rõ. **[[HOI:NOT-OURS]]**"]);
    let edge = Edge::start(&speaking(&agency, "openai", MODEL));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    visitor.answer().await;
    let seen = seen_again(&edge, &visitor).await;
    assert!(
        !format!("{seen:?}").contains("không rõ") && !format!("{seen:?}").contains("NOT-OURS"),
        "{seen:?}"
    );
    assert!(seen.last().is_some_and(has_contact), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_that_a_server_refuses_are_left_out_and_the_sites_own_are_sent() {
    let refuse =
        ["--protocol", "openai", "--refuse-parameter", "max_tokens", "--refuse-parameter", "temperature"];
    let agency = Agency::start(&[&refuse[..], &["--reply", "Dạ."]].concat());
    let own = format!(
        "{MODEL}\nparameters = {{ top_p = 0.5, chat_template_kwargs = {{ enable_thinking = false }} }}"
    );
    let edge = Edge::start(&speaking(&agency, "openai", &own));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    assert_eq!(words(&visitor.answer().await), "Dạ.");
    visitor.send(&say(2, OTHER)).await;
    visitor.answer().await;
    let asked = agency.questions();
    assert_eq!(asked.len(), 4, "two refusals, and what was learned is kept: {asked:?}");
    let last = &asked[3]["question"];
    assert_eq!(last["max_completion_tokens"], 800);
    assert!(last.get("temperature").is_none() && last["top_p"] == 0.5, "{last}");
    assert_eq!(last["chat_template_kwargs"]["enable_thinking"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn rasa_answers_in_several_messages_and_its_buttons_lead_back_to_it() {
    let agency = Agency::start(&["--protocol", "rasa", "--reply", "Một.\n\nHai: {text}"]);
    let edge = Edge::start(&speaking(&agency, "rasa", ""));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    let answer = visitor.answer().await;
    assert!(words(&answer).starts_with("Một.\nHai: "), "{answer:?}");
    let button = answer.body.buttons[0].clone();
    let pressed = Up::Say {
        id: Id(2),
        text: button.label,
        lang: "vi".into(),
        pick: button.pick,
        value: None,
        files: vec![],
    };
    visitor.send(&pressed).await;
    visitor.answer().await;
    let asked = agency.questions();
    assert!(asked.iter().all(|line| line["verified"] == true), "{asked:?}");
    assert_eq!(asked[1]["question"]["message"], "/talk_to_staff{\"urgent\":false}");
    assert_eq!(
        asked[0]["question"]["sender"], asked[1]["question"]["sender"],
        "one conversation, one tracker"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rasas_button_is_chosen_in_words_and_nothing_typed_is_a_command() {
    let agency = Agency::start(&["--protocol", "rasa", "--reply", "Một."]);
    let edge = Edge::start(&speaking(&agency, "rasa", ""));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    visitor.answer().await;
    for (id, text) in [(2, "1"), (3, "cái đầu tiên"), (4, "gap can bo")] {
        visitor.send(&say(id, text)).await;
        visitor.answer().await;
        let heard = agency.questions().last().unwrap()["question"]["message"].clone();
        assert_eq!(heard, "/talk_to_staff{\"urgent\":false}", "{text}");
    }
    // A yes may be one to what the agency said: it presses nothing that nobody named.
    visitor.send(&say(5, "vâng")).await;
    visitor.answer().await;
    assert_eq!(agency.questions().last().unwrap()["question"]["message"], "vâng");
    for (id, text) in [(6, "/book{\"seats\":2}"), (7, "/restart")] {
        visitor.send(&say(id, text)).await;
        let answer = visitor.answer().await;
        let heard = agency.questions().last().unwrap()["question"]["message"].clone();
        assert_eq!(heard, text.replacen('/', "／", 1), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_answer_from_chatwoot() {
    let port = tests::free_port();
    let agency_url = format!("http://127.0.0.1:{port}/");
    let mut options = options(&agency_url);
    options
        .edits
        .push(("connector = \"webhook\"".into(), "connector = \"chatwoot\"\ninbox = \"Kd8sKsS2\"".into()));
    let edge = Edge::start(&options);
    let (port, origin) = (port.to_string(), edge.origin.as_str());
    let agency = Agency::start(&[
        "--protocol",
        "chatwoot",
        "--port",
        &port,
        "--edge",
        origin,
        "--later",
        "0.5",
        "--reply",
        "Tôi là Lan: {text}",
    ]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    hears(&mut visitor, "đã được chuyển").await;
    let answer = hears(&mut visitor, "Tôi là Lan").await;
    assert_eq!((answer.author.kind, answer.author.name.as_deref()), (AuthorKind::Staff, Some("Chị Lan")));
    // With a person in the conversation nothing is said in between.
    visitor.send(&say(2, OTHER)).await;
    let frames = frames_until(&mut visitor, |down| {
        matches!(down, Down::Message(m) if m.author.kind == AuthorKind::Staff && words(m).contains("công thức"))
    })
    .await;
    let others =
        frames.iter().filter(|f| matches!(f, Down::Message(m) if m.author.kind == AuthorKind::Assistant));
    assert_eq!(others.count(), 0, "{frames:?}");
    let lines = agency.asked();
    let setups: Vec<_> = lines.iter().filter(|line| !line["setup"].is_null()).collect();
    assert_eq!(setups.len(), 2, "one contact and one conversation: {lines:?}");
    assert_eq!(agency.questions().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn chatwoot_is_looked_into_before_a_question_is_posted_again() {
    // Its first message is made, but the answer to that is an error.
    let agency = Agency::start(&["--protocol", "chatwoot", "--fault", "once", "--later", "60"]);
    let edge = Edge::start(&speaking(&agency, "chatwoot", "inbox = \"Kd8sKsS2\""));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    hears(&mut visitor, "đã được chuyển").await;
    let posted = agency.questions();
    assert_eq!(posted.len(), 1, "posted twice: {:?}", agency.asked());
    assert!(
        agency.asked().iter().any(|line| line["method"] == "GET"),
        "it did not look: {:?}",
        agency.asked()
    );
}

/// A Chatwoot at which somebody answers with `along`, and what `more` says, with the edge that asks it.
fn chatwoot_answering(along: &str, more: &[&str]) -> (Agency, Edge) {
    let port = tests::free_port();
    let mut options = options(&format!("http://127.0.0.1:{port}/"));
    options
        .edits
        .push(("connector = \"webhook\"".into(), "connector = \"chatwoot\"\ninbox = \"Kd8sKsS2\"".into()));
    let edge = Edge::start(&options);
    let port = port.to_string();
    let base =
        ["--protocol", "chatwoot", "--port", &port, "--edge", &edge.origin, "--later", "0.5", "--along"];
    let agency = Agency::start(&[&base[..], &[along], more].concat());
    (agency, edge)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sent_from_chatwoot_is_shown_and_taken_back() {
    let along = r#"{"content":null,"attachments":[{"id":1,"file_type":"file","file_size":2048,
        "data_url":"https://chat.example/rails/active_storage/blobs/redirect/eyJ/Gi%E1%BA%A5y.pdf"}]}"#;
    let (_agency, edge) = chatwoot_answering(along, &["--take-back", "2"]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    let shown = hears(&mut visitor, "[Giấy.pdf]").await;
    assert_eq!(shown.author.kind, AuthorKind::Staff);
    let gone = hears(&mut visitor, "đã được thu hồi").await;
    assert_eq!((gone.seq, gone.rev), (shown.seq, shown.rev + 1), "the same message, replaced");
    assert!(!format!("{:?}", seen_again(&edge, &visitor).await).contains("Giấy.pdf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_from_chatwoot_is_pressed_and_its_value_posted() {
    let along = r#"{"content":"Buổi nào?","content_type":"input_select",
        "content_attributes":{"items":[{"title":"Buổi sáng","value":"am"}]}}"#;
    let (agency, edge) = chatwoot_answering(along, &[]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    let offer = hears(&mut visitor, "Buổi nào?").await;
    let button = offer.body.buttons[0].clone();
    let pressed = Up::Say {
        id: Id(2),
        text: button.label,
        lang: "vi".into(),
        pick: button.pick,
        value: None,
        files: vec![],
    };
    visitor.send(&pressed).await;
    eventually("the value to be posted", || {
        agency.questions().iter().any(|line| line["question"]["content"] == "am")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_chatwoot_sends_without_a_counterpart_is_marked_as_failed_there() {
    let along = r#"{"content":"Xin điền","content_type":"form","content_attributes":{"items":[{"name":"email",
        "type":"email","label":"Email"}]}}"#;
    let (agency, edge) = chatwoot_answering(along, &[]);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    // Chatwoot marks a message as failed whose webhook is answered so.
    eventually("the refusal", || agency.asked().iter().any(|line| line["status"] == 422)).await;
    assert!(!format!("{:?}", seen_again(&edge, &visitor).await).contains("Xin điền"));
}
