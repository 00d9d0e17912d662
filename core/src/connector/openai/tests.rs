//! What a model's server sends, and what becomes of it.

use super::*;
use crate::connector::prompt::OUT_OF_SCOPE;
use crate::connector::tests::{SECRET, agency, ask, read};

fn delta(words: &str) -> String {
    format!(
        "data: {}\n\n",
        serde_json::json!({"choices":[{"index":0,"delta":{"content":words},"finish_reason":null}]})
    )
}

fn finish(reason: &str) -> String {
    format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n")
}

fn streamed(body: &str) -> Result<Vec<ReplyPart>, ConnectorError> {
    read(&OpenAi, 200, "text/event-stream", &[body.as_bytes()])
}

fn text(parts: &[ReplyPart]) -> String {
    let more = |part: &ReplyPart| if let ReplyPart::More(text) = part { text.clone() } else { String::new() };
    parts.iter().map(more).collect()
}

#[test]
fn a_stream_wherever_it_is_cut() {
    let stream =
        [&delta("Chào "), ": keep\n\n", &delta("bà con"), &delta(""), &finish("stop"), "data: [DONE]\n\n"]
            .concat();
    for cut in 1..40 {
        let pieces: Vec<&[u8]> = stream.as_bytes().chunks(cut).collect();
        let parts = read(&OpenAi, 200, "text/event-stream", &pieces).unwrap();
        assert_eq!(
            (text(&parts).as_str(), parts.last()),
            ("Chào bà con", Some(&ReplyPart::Done)),
            "cut by {cut}"
        );
    }
}

#[test]
fn how_it_ended_is_told() {
    let all = |end: &str| streamed(&[&delta("một nửa"), end].concat());
    assert_eq!(all(&finish("stop")).unwrap().last(), Some(&ReplyPart::Done), "without [DONE]");
    for cut in [finish("length"), finish("content_filter"), "data: [DONE]\n\n".into(), String::new()] {
        let parts = all(&cut).unwrap();
        assert_eq!((text(&parts).as_str(), parts.contains(&ReplyPart::Done)), ("một nửa", false), "{cut}");
    }
    assert_eq!(streamed(&finish("content_filter")), Ok(vec![ReplyPart::Declined]));
    for nothing in [finish("tool_calls"), finish("stop"), "data: [DONE]\n\n".into(), String::new()] {
        assert!(streamed(&nothing).is_err(), "{nothing}");
    }
    let usage = "data: {\"choices\":null,\"usage\":{\"total_tokens\":3}}\n\ndata: {\"usage\":{}}\n\n";
    assert_eq!(text(&all(&[&finish("stop"), usage].concat()).unwrap()), "một nửa");
}

#[test]
fn what_is_not_ours_is_declined_and_never_shown() {
    for pieces in [1, 3, 7, 99] {
        let sentinel: Vec<char> = format!(" {OUT_OF_SCOPE}\n").chars().collect();
        let stream: String =
            sentinel.chunks(pieces).map(|piece| delta(&piece.iter().collect::<String>())).collect();
        assert_eq!(
            streamed(&[&stream, &finish("stop")[..]].concat()),
            Ok(vec![ReplyPart::Declined]),
            "{pieces}"
        );
    }
    let parts = streamed(&[delta("[["), delta("1]] là mục đầu"), finish("stop")].concat()).unwrap();
    assert_eq!(text(&parts), "[[1]] là mục đầu", "what only begins like it is shown");
    let parts = streamed(&[delta("[[HOI"), finish("stop")].concat()).unwrap();
    assert_eq!(text(&parts), "[[HOI", "also where it ends there");
}

#[test]
fn errors_inside_a_good_status_are_errors() {
    let error = r#"{"error":{"message":"You said: cha tôi ốm","type":"server_error","code":null}}"#;
    for stream in [format!("data: {error}\n\n"), format!("{}data: {error}\n\n", delta("một"))] {
        let Err(ConnectorError::Reported(code)) = streamed(&stream) else { panic!("{stream}") };
        assert!(!code.contains("cha"), "{code}");
    }
    let whole = |body: &str| read(&OpenAi, 200, "application/json", &[body.as_bytes()]);
    assert!(matches!(whole(error), Err(ConnectorError::Reported(_))));
    let parts = whole(r#"{"choices":[{"message":{"content":"Vâng"},"finish_reason":"stop"}]}"#).unwrap();
    assert_eq!(parts, vec![ReplyPart::More("Vâng".into()), ReplyPart::NoReasoning, ReplyPart::Done]);
    for bad in ["", "{}", "[]", "<html>", r#"{"choices":[]}"#] {
        assert!(whole(bad).is_err(), "{bad}");
    }
    let endless = delta(&"x".repeat(1_000)).repeat(70);
    assert_eq!(streamed(&endless), Err(ConnectorError::TooLong));
}

#[test]
fn a_missing_key_or_model_is_said_at_once() {
    let mut settings = agency("openai");
    let request = |settings: &site::Agency, secret: &str| {
        OpenAi.build_request(&ask(), &Endpoint { agency: settings, secret }).map(|request| request.url)
    };
    assert_eq!(request(&settings, SECRET), Ok("https://agency.example/hoi/chat/completions".into()));
    assert_eq!(request(&settings, ""), Err(ConnectorError::Secret));
    assert_eq!(request(&settings, "a\nb"), Err(ConnectorError::Secret));
    settings.model = None;
    assert!(matches!(request(&settings, SECRET), Err(ConnectorError::Settings(_))));
}

/// The stream of a model that is not known yet, in pieces of `size` characters.
fn unknown(words: &str, size: usize) -> Vec<ReplyPart> {
    let chars: Vec<char> = words.chars().collect();
    let stream: String = chars.chunks(size).map(|piece| delta(&String::from_iter(piece))).collect();
    let body = [stream, finish("stop")].concat();
    let ask = Ask { shows_growth: false, ..ask() };
    crate::connector::tests::read_for(&OpenAi, &ask, 200, "text/event-stream", &[body.as_bytes()]).unwrap()
}

#[test]
fn an_unknown_models_thoughts_are_never_given_on() {
    for size in [1, 5, 300] {
        let parts = unknown("Người này hỏi quầy.\n</think>\n\nMời ra quầy 2.", size);
        assert_eq!(parts, vec![ReplyPart::More("Mời ra quầy 2.".into()), ReplyPart::Done], "{size}");
        let parts = unknown("Mời ra quầy 2.", size);
        let all = vec![ReplyPart::More("Mời ra quầy 2.".into()), ReplyPart::NoReasoning, ReplyPart::Done];
        assert_eq!(parts, all, "{size}: the next ones may be shown as they grow");
    }
}

#[test]
fn a_known_model_that_thinks_after_all_takes_back_what_it_said() {
    let stream =
        [delta("Người này hỏi "), delta("quầy.</think>Mời"), delta(" ra quầy 2."), finish("stop")].concat();
    let parts = streamed(&stream).unwrap();
    let retracted = parts.iter().position(|part| *part == ReplyPart::Whole(Default::default())).unwrap();
    assert_eq!(text(&parts[retracted..]), "Mời ra quầy 2.");
    assert!(!parts.contains(&ReplyPart::NoReasoning));
    let cut = streamed(&[delta("<think>Người này"), finish("length")].concat());
    let Err(ConnectorError::Garbage(why)) = cut else { panic!("{cut:?}") };
    assert!(why.contains("answer_tokens"), "{why}");
}

#[test]
fn the_mark_after_some_words_declines_all_of_it() {
    let parts =
        streamed(&[delta("Tôi không rõ. "), delta(&format!("**{OUT_OF_SCOPE}**")), finish("stop")].concat())
            .unwrap();
    assert_eq!(parts.last(), Some(&ReplyPart::Declined));
    assert!(!text(&parts).contains("HOI"));
}

#[test]
fn content_in_parts_is_read_and_thoughts_among_them_are_not() {
    let content = serde_json::json!([
        { "type": "thinking", "thinking": [{ "type": "text", "text": "Người này hỏi quầy." }] },
        { "type": "text", "text": "Mời ra quầy 2." },
    ]);
    let event = serde_json::json!({ "choices": [{ "index": 0, "delta": { "content": content } }] });
    assert_eq!(text(&streamed(&format!("data: {event}\n\n{}", finish("stop"))).unwrap()), "Mời ra quầy 2.");
}

#[test]
fn long_answers_are_bounded_by_their_words_and_not_by_their_frames() {
    let framed = |words: &str| {
        let event = serde_json::json!({ "id": "x".repeat(300), "choices": [{ "index": 0, "delta": { "content": words } }] });
        format!("data: {event}\n\n")
    };
    let stream = [framed("từ ").repeat(4_000), finish("stop")].concat();
    assert_eq!(text(&streamed(&stream).unwrap()).len(), "từ ".len() * 4_000);
}

#[test]
fn a_refused_parameter_is_left_out_and_the_question_asked_again() {
    let refusal = br#"{"error":{"message":"Unsupported parameter: 'max_tokens'","param":"max_tokens","code":"unsupported_parameter"}}"#;
    let settings = agency("openai");
    let endpoint = Endpoint { agency: &settings, secret: SECRET };
    let mut ask = ask();
    let parts = OpenAi.read_refusal(&ask, &endpoint, 400, refusal).unwrap();
    let [ReplyPart::Remember(name, value), ReplyPart::Again] = parts.as_slice() else { panic!("{parts:?}") };
    ask.remembered.insert((*name).to_owned(), value.clone());
    let body = OpenAi.build_request(&ask, &endpoint).unwrap().body;
    assert!(body.contains("\"max_completion_tokens\":800") && !body.contains("\"max_tokens\""), "{body}");
    let again = OpenAi.read_refusal(&ask, &endpoint, 400, refusal);
    let code = Some("unsupported_parameter, max_tokens".to_owned());
    assert_eq!(again, Err(ConnectorError::Status { status: 400, code }), "not twice for the same reason");
    assert_eq!(
        OpenAi.read_refusal(&ask, &endpoint, 503, b"max_tokens"),
        Err(ConnectorError::from_status(503))
    );
}
