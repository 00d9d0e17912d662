//! What is said in a word or two, or asked in other words than the site's own: answers to a question back, who asks after a case,
//! who waits for a person, one word in another language. Against real workerd.

use std::fs;
use tests::{Agency, Edge, EdgeOptions, Visitor, say};
use wire::{AuthorKind, Block, Id, Message, Up};

fn words(message: &Message) -> String {
    hoi_core::rich::plain_text(&message.body.blocks)
}

fn picks(message: &Message) -> Vec<&str> {
    message.body.buttons.iter().filter_map(|button| button.pick.as_deref()).collect()
}

async fn asked(visitor: &mut Visitor, id: &mut u128, page: &str, text: &str) -> Message {
    *id += 1;
    let (text, lang) = (text.to_owned(), page.to_owned());
    visitor.send(&Up::Say { id: Id(*id), text, lang, pick: None, value: None, files: vec![] }).await;
    visitor.answer().await
}

/// An edge whose visitors may say all that a test says; `agency` gets what the site has no answer to.
fn edge(agency: &Agency) -> Edge {
    let many = ("messages_per_minute = 15".into(), "messages_per_minute = 200".into());
    Edge::start(&EdgeOptions { agency: agency.url.clone(), edits: vec![many], ..EdgeOptions::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_back_is_answered_in_words() {
    let agency = Agency::start(&["--reply", "Cơ quan trả lời."]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    let id = &mut 0;
    for (text, at) in [
        ("1", 0),
        ("số 2", 1),
        ("cái đầu tiên", 0),
        ("cai thu hai nhe", 1),
        ("khai báo", 1),
        ("the last one", 1),
    ] {
        let back = asked(&mut visitor, id, "vi", "tạm trú tạm vắng").await;
        let choices = picks(&back);
        assert_eq!(choices, ["tam-tru", "tam-vang", "*"], "{back:?}");
        let answer = asked(&mut visitor, id, "vi", text).await;
        assert_eq!(answer.topic.as_deref(), choices.get(at).copied(), "{text}: {answer:?}");
    }
    // None of them, in words: it goes where the button leads, and about the question before.
    for text in ["không phải", "việc khác", "neither"] {
        asked(&mut visitor, id, "vi", "tạm trú tạm vắng").await;
        let answer = asked(&mut visitor, id, "vi", text).await;
        assert_eq!(answer.author.kind, AuthorKind::Agency, "{text}: {answer:?}");
    }
    let last = agency.questions().last().unwrap()["question"]["text"].clone();
    assert_eq!(last, "tạm trú tạm vắng");
    // With a question of its own it is one.
    asked(&mut visitor, id, "vi", "tạm trú tạm vắng").await;
    let answer = asked(&mut visitor, id, "vi", "giờ làm việc").await;
    assert_eq!(answer.topic.as_deref(), Some("gio-lam-viec"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_holds_no_matter_is_not_taken_for_one() {
    let agency = Agency::start(&["--reply", "Ông bà có muốn đặt lịch không?"]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    let id = &mut 0;
    for text in ["vâng", "thôi", "không", "dạ vâng ạ", "ờ", "1", "no", "yes", "không phải"] {
        let answer = asked(&mut visitor, id, "vi", text).await;
        assert!(answer.topic.is_none() && !picks(&answer).contains(&"*"), "{text}: {answer:?}");
        let said = words(&answer);
        assert!(
            said.starts_with("Ông bà cần hỏi việc gì") || said.starts_with("What would you"),
            "{text}: {said}"
        );
        assert!(picks(&answer).contains(&"khai-sinh"), "a way on: {answer:?}");
    }
    // Where the agency has asked, it is the agency's.
    asked(&mut visitor, id, "vi", "con mèo nhà tôi thích nghe nhạc cổ điển").await;
    let answer = asked(&mut visitor, id, "vi", "vâng").await;
    assert_eq!(answer.author.kind, AuthorKind::Agency, "{answer:?}");
    assert_eq!(agency.questions().last().unwrap()["question"]["text"], "vâng");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_wanted_is_not_answered_as_if_it_were() {
    let agency = Agency::start(&["--reply", "Cơ quan trả lời."]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    let id = &mut 0;
    for (text, about) in [
        ("tôi không muốn đăng ký kết hôn nữa", "ket-hon"),
        ("thôi không đăng ký kết hôn nữa", "ket-hon"),
        ("I don't want to register a marriage", "ket-hon"),
        ("hủy đăng ký kết hôn", "ket-hon"),
    ] {
        let back = asked(&mut visitor, id, "vi", text).await;
        assert_eq!((back.topic.as_deref(), picks(&back)), (None, vec![about, "*"]), "{text}: {back:?}");
        let answer = asked(&mut visitor, id, "vi", "vâng").await;
        assert_eq!(answer.topic.as_deref(), Some(about), "{text}: {answer:?}");
    }
    let answer = asked(&mut visitor, id, "vi", "kết hôn không cần giấy độc thân phải không").await;
    assert_eq!(answer.topic.as_deref(), Some("ket-hon"), "a question: {answer:?}");
    // A thank-you in a language that the site does not speak, and one that it answers itself.
    let told = asked(&mut visitor, id, "ja", "ありがとうございます").await;
    assert!(told.topic.is_none() && picks(&told).is_empty(), "{told:?}");
    let told = asked(&mut visitor, id, "vi", "dạ em cảm ơn anh nhiều ạ").await;
    assert_eq!(told.topic.as_deref(), Some("cam-on"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_word_in_another_language_is_answered_in_it() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let id = &mut 0;
    for (page, text, lang) in [
        ("en-US", "cam on", "vi"),
        ("en-US", "ok cam on", "vi"),
        ("en-US", "ho khau", "vi"),
        ("en-US", "so do", "vi"),
        ("en-US", "khai sinh", "vi"),
        ("vi", "marriage", "en"),
        ("vi", "divorce", "en"),
        ("vi", "help", "en"),
        // The same in many languages: the page's.
        ("vi", "ok", "vi"),
        ("en-US", "ok", "en"),
        ("vi", "0912 345", "vi"),
        // Not French, which has it too, but no language of the site's.
        ("vi", "police", "en"),
        ("vi", "SOS", "vi"),
        ("en-US", "SOS!", "en"),
    ] {
        // A new visitor each: what was spoken before goes on.
        let mut visitor = Visitor::open(&edge).await;
        let answer = asked(&mut visitor, id, page, text).await;
        assert_eq!(answer.lang, lang, "{text} on a page in {page}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_after_a_case_finds_where_it_is_looked_up() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    let id = &mut 0;
    let texts = [
        "bao giờ có kết quả ạ",
        "giấy tờ của tui chừng nào có",
        "lay giay duoc chua",
        "khi nào thì tôi được nhận giấy",
        "phường nhận được đơn của em chưa",
        "đơn xin tạm trú tôi gửi hôm thứ sáu đã xử lý chưa",
        "hồ sơ tui răng rồi",
        "mô rồi hồ sơ của tui, răng lâu rứa",
        "bữa trước làm giấy ở phường giờ lấy được chưa",
        "tôi nộp online không thấy ai trả lời",
        "sổ đỏ nộp 2 tháng rồi chưa có",
        "check hs giúp e",
        "tôi mất giấy hẹn rồi",
        "did you get my form",
        "has my birth registration been processed",
        "is my certificate done yet",
        "when can I pick up my certificate",
        "still waiting for my papers",
    ];
    for text in texts {
        let answer = asked(&mut visitor, id, "vi", text).await;
        assert_eq!(answer.topic.as_deref(), Some("tra-cuu-ho-so"), "{text}: {answer:?}");
    }
    // A site that has no answer of its own, but takes cases: the page where they are looked up.
    let path = edge.site.join("intents/tra-cuu.toml");
    let text = fs::read_to_string(&path).unwrap();
    let (start, end) = (text.find("phrases.vi = [").unwrap(), text.find("answer.vi").unwrap());
    let none = "phrases.vi = [\"hôm nay trời có mưa không\"]\nphrases.en = [\"will it rain today\"]\n";
    fs::write(&path, format!("{}{none}{}", &text[..start], &text[end..])).unwrap();
    edge.publish();
    let mut visitor = Visitor::open(&edge).await;
    for text in ["bao giờ có kết quả ạ", "mô rồi hồ sơ của tui, răng lâu rứa", "did you get my form"]
    {
        let answer = asked(&mut visitor, id, "vi", text).await;
        let link = answer.body.blocks.iter().find_map(|block| match block {
            Block::Card(card) => card.link.as_ref().map(|link| link.href.clone()),
            _ => None,
        });
        let page = format!("{}/s/ward/status?lang={}", edge.origin, answer.lang);
        assert_eq!(link, Some(page), "{text}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_may_say_so_in_words() {
    let agency = Agency::start(&[]);
    let edge = edge(&agency);
    let mut visitor = Visitor::open(&edge).await;
    let id = &mut 0;
    for (asks, gives_up) in [
        ("bao giờ có người", "không cần nữa"),
        ("có ai không ạ", "thôi khỏi"),
        ("is anybody there?", "never mind"),
    ] {
        asked(&mut visitor, id, "vi", "cho tôi gặp cán bộ").await;
        let told = asked(&mut visitor, id, "vi", asks).await;
        let said = words(&told);
        assert!(
            said.starts_with("Lúc này chưa có cán bộ") || said.starts_with("Nobody is free"),
            "{asks}: {said}"
        );
        assert_eq!(picks(&told), ["!"], "{asks}: {told:?}");
        let told = asked(&mut visitor, id, "vi", gives_up).await;
        let said = words(&told);
        assert!(
            said.starts_with("Từ đây trợ lý") || said.starts_with("The automatic assistant"),
            "{gives_up}: {said}"
        );
        assert!(!picks(&told).contains(&"!"), "{told:?}");
    }
    assert!(agency.questions().is_empty(), "none of it is a question: {:?}", agency.questions());
    // Nobody is waited for: it is as good as nothing.
    visitor.send(&say(500, "never mind")).await;
    assert!(!words(&visitor.answer().await).starts_with("The automatic assistant"));
}
