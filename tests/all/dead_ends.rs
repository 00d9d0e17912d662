//! Nobody answers, nobody comes, another language is written than the page's: there is always a way on, and what is said is
//! true. Against real workerd, and on a small screen in real Chromium.

use serde_json::json;
use std::fs;
use tests::{Agency, Browser, Desk, Edge, EdgeOptions, Heard, Host, Visitor, always_open, say, wait_for};
use wire::{
    Block, Button, Down, Id, Message, Up,
    desk::{BoardDown, BoardUp, ChatDown, ChatUp, Presence, Stage},
};

/// What a button carries that ends the waiting.
const WAY_OUT: &str = "!";
/// What a button carries that asks for a person.
const TO_PERSON: &str = "&";

fn words(message: &Message) -> String {
    hoi_core::rich::plain_text(&message.body.blocks)
}

fn picks(message: &Message) -> Vec<&str> {
    message.body.buttons.iter().filter_map(|button: &Button| button.pick.as_deref()).collect()
}

fn has_contact(message: &Message) -> bool {
    message.body.blocks.iter().any(|block| matches!(block, Block::Contact(_)))
}

fn said_in(id: u128, text: &str, lang: &str) -> Up {
    Up::Say { id: Id(id), text: text.into(), lang: lang.into(), pick: None, value: None, files: vec![] }
}

fn with_staff(options: EdgeOptions) -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..options });
    edge.account("lan", &["ward:agent"]);
    edge
}

/// The site has no agency any more.
fn without_agency(edge: &Edge) {
    let path = edge.site.join("site.toml");
    let text = fs::read_to_string(&path).unwrap();
    let start = text.find("[agency]\n").unwrap();
    let end = start + text[start..].find("[desk]").unwrap();
    fs::write(&path, format!("{}{}", &text[..start], &text[end..])).unwrap();
    edge.publish();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_at_the_desk_and_the_assistant_goes_on() {
    let agency = Agency::start(&["--reply", "Đội đang đến."]);
    let edge = with_staff(EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "cho tôi gặp cán bộ")).await;
    let told = visitor.answer().await;
    assert!(words(&told).starts_with("Lúc này chưa có cán bộ") && has_contact(&told), "{told:?}");
    assert!(!words(&told).contains("Tôi báo cho cán bộ"), "nobody is there to be told: {told:?}");
    assert_eq!(picks(&told), [WAY_OUT]);
    // Known, passed on, not understood: all as ever, and each time the way out.
    for (id, text, topic, expected) in [
        (2, "giờ làm việc", Some("gio-lam-viec"), "7:30"),
        (3, "con mèo nhà tôi thích nghe nhạc cổ điển", None, "Đội đang đến."),
        (4, "lam giay khai sinh cho con can gi", Some("khai-sinh"), ""),
    ] {
        visitor.send(&say(id, text)).await;
        let answer = visitor.answer().await;
        assert!(words(&answer).contains(expected), "{text}: {answer:?}");
        assert!(topic.is_none() || answer.topic.as_deref() == topic, "{text}: {answer:?}");
        assert_eq!(picks(&answer).last(), Some(&WAY_OUT), "{text}: {answer:?}");
    }
    // Whoever takes over sees all of it.
    let lan = Desk::signed_in(&edge, "lan");
    let mut chat = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    for part in ["cho tôi gặp cán bộ", "giờ làm việc", "Đội đang đến."] {
        chat.chat(part, |heard| match heard {
            Heard::Down(Down::Message(message)) => words(&message).contains(part).then_some(()),
            _ => None,
        })
        .await;
    }
    chat.send(&ChatUp::Take).await;
    assert!(words(&visitor.answer().await).contains("đã vào trao đổi"));
    visitor.send(&say(5, "giờ làm việc")).await;
    chat.send(&ChatUp::HandBack).await;
    assert!(words(&visitor.answer().await).starts_with("Từ đây trợ lý"), "silent while a person is there");
    visitor.send(&say(6, "giờ làm việc")).await;
    assert_eq!(visitor.answer().await.topic.as_deref(), Some("gio-lam-viec"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_place_stays_and_is_taken_back_when_nobody_is_left() {
    let edge = with_staff(EdgeOptions { edits: always_open(), ..EdgeOptions::default() });
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    board.send(&BoardUp::Presence { presence: Presence::Here }).await;
    board.board("a welcome", |down| matches!(down, BoardDown::Welcome { .. }).then_some(())).await;
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "cho tôi gặp cán bộ")).await;
    assert_eq!(
        visitor.answer().await.topic.as_deref(),
        Some("gap-can-bo"),
        "the site's own answer: somebody is there"
    );
    let told = visitor.answer().await;
    assert!(words(&told).contains("thứ tự: 1"), "{told:?}");
    let place =
        |down: &Down| matches!(down, Down::Working { text: Some(text), .. } if text.contains("thứ tự: 1"));
    while !place(&visitor.next().await) {}
    visitor.send(&say(2, "giờ làm việc")).await;
    assert_eq!(visitor.answer().await.topic.as_deref(), Some("gio-lam-viec"));
    while !place(&visitor.next().await) {}
    let mut chat = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    chat.chat("that it waits", |heard| {
        matches!(heard, Heard::Chat(ChatDown::Stands { stage: Stage::Waiting, .. })).then_some(())
    })
    .await;
    // The only one who was there goes home.
    board.send(&BoardUp::Presence { presence: Presence::Away }).await;
    let told = visitor.answer().await;
    assert!(words(&told).starts_with("Lúc này chưa có cán bộ") && has_contact(&told), "{told:?}");
    while visitor.next().await != Down::Quiet {}
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_small_screen_the_way_out_stays_in_sight() {
    let edge = with_staff(EdgeOptions::default());
    let browser = Browser::start(360, 640).await;
    browser.screen(360, 640, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    let ask = async |text: &str| {
        browser.find("textarea").await.send_keys(text).await.unwrap();
        browser.find(".hoi-send").await.click().await.unwrap();
    };
    let way_out =
        "[...document.querySelectorAll('.hoi-choice')].find((each) => each.innerText.startsWith('Thôi chờ'))";
    // Under the last message, and nothing lies over it.
    let seen = format!(
        "(() => {{ const way = {way_out}; if (!way) return false; way.scrollIntoView({{ block: 'nearest' }}); \
         const {{ left, right, top, bottom }} = way.getBoundingClientRect(); \
         const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2); \
         return left >= 0 && right <= innerWidth && way.contains(there); }})()"
    );
    ask("cho tôi gặp cán bộ").await;
    browser.until("that nobody is there", "document.body.innerText.includes('Lúc này chưa có cán bộ')").await;
    browser.until("the way out", &seen).await;
    browser.picture("dead-end-nobody").await;
    browser.is_accessible().await;
    ask("giờ làm việc").await;
    browser.until("an answer", "document.body.innerText.includes('trước 16:30')").await;
    browser.until("the way out under the answer", &seen).await;
    browser.picture("dead-end-answered").await;
    browser.eval(&format!("{way_out}.click()")).await;
    browser.until("that it goes on", "document.body.innerText.includes('Từ đây trợ lý tự động')").await;
    browser.until("nothing to wait for", &format!("!{way_out}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_nobody_is_left_alone_either() {
    let edge = with_staff(EdgeOptions::default());
    let boot = Visitor::boot(&edge);
    let post = |lang: &str, text: &str, pick: &str| {
        let form = [
            ("ticket", boot.ticket.as_str()),
            ("lang", lang),
            ("mode", "page"),
            ("text", text),
            ("pick", pick),
        ];
        let answer = ureq::post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
        answer.into_body().read_to_string().unwrap()
    };
    let way_out = "name=\"pick\" value=\"!\"";
    let html = post("vi", "cho tôi gặp cán bộ", "");
    assert!(html.contains("Lúc này chưa có cán bộ") && html.contains(way_out), "{html}");
    let html = post("vi", "giờ làm việc", "");
    assert!(html.contains("trước 16:30") || html.contains("<strong>trước 16:30</strong>"), "{html}");
    assert!(html.contains(way_out), "the way out stays: {html}");
    let html = post("vi", "Thôi chờ", "!");
    assert!(html.contains("Từ đây trợ lý tự động") && !html.contains(way_out), "{html}");
    // What is written decides, whatever the page says.
    let html = post("en", "le phi chung thuc ban sao bao nhieu", "");
    let last = html.rfind("<article").unwrap();
    assert!(html[last..].contains("lang=\"vi\""), "{}", &html[last..]);
    let html = post("vi", "how much is a certified copy", "");
    let last = html.rfind("<article").unwrap();
    assert!(html[last..].contains("lang=\"en\""), "{}", &html[last..]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_written_is_the_language_answered() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    let mut id = 0;
    for (page, text, lang) in [
        ("en-US", "giờ làm việc", "vi"),
        ("en-US", "lam giay khai sinh cho con can gi", "vi"),
        ("en-US", "hôm qua tôi nộp hồ sơ, tới đâu rồi", "vi"),
        ("en-US", "dang ky tam tru o dau", "vi"),
        // One word says nothing: what was spoken before goes on.
        ("en-US", "ok", "vi"),
        ("vi", "how do I register a birth", "en"),
        ("vi", "what are your opening hours", "en"),
        ("vi", "OK", "en"),
        ("vi", "phường mở cửa lúc mấy giờ", "vi"),
        ("en-US", "con mèo nhà tôi thích nghe nhạc cổ điển", "vi"),
        ("vi", "my cat likes to listen to classical music", "en"),
        // Not one of the site's: the page's.
        ("en-US", "comment déclarer une naissance ?", "en"),
    ] {
        id += 1;
        visitor.send(&said_in(id, text, page)).await;
        let answer = visitor.answer().await;
        assert_eq!(answer.lang, lang, "{text} on a page in {page}: {answer:?}");
    }
    let asked = agency.questions();
    let told = |text: &str| {
        let question =
            asked.iter().find(|line| line.to_string().contains(text)).unwrap_or_else(|| panic!("{asked:?}"));
        question["question"]["lang"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(
        (told("mèo nhà tôi").as_str(), told("my cat").as_str()),
        ("vi", "en"),
        "the agency is told it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_follows_what_is_written_unless_the_tag_says_otherwise() {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = Browser::start(360, 640).await;
    browser.screen(360, 640, true).await;
    for (name, own, panel_lang) in [("wordpress", "", "vi"), ("pinned", "data-lang=\"en\"", "en")] {
        let html = format!(
            "<!doctype html><html lang=\"en-US\"><title>x</title><p>x</p><script async src=\"EDGE/s/ward/hoi.js\" {own}></script>"
        );
        let policy = "script-src EDGE; frame-src EDGE";
        browser.client.goto(&host.page(name, policy, &html)).await.unwrap();
        browser.until("the launcher", "!!window.Hoi").await;
        browser.eval("Hoi.reset()").await;
        browser.press_launcher().await;
        let panel = browser.panel(&edge).await;
        panel.until("English", "document.documentElement.lang === 'en'").await;
        panel.ask("lam giay khai sinh cho con can gi").await;
        panel
            .until(
                "an answer in Vietnamese",
                "!!document.querySelector('.hoi-from-assistant[lang=vi] .hoi-procedure')",
            )
            .await;
        panel
            .until("the panel's own language", &format!("document.documentElement.lang === '{panel_lang}'"))
            .await;
        let expected = i18n::Lang::for_tag(panel_lang).words();
        let send = json!(expected.word_text(wire::Word::Send));
        assert_eq!(
            panel.eval("document.querySelector('.hoi-send').getAttribute('aria-label')").await,
            send,
            "{name}"
        );
        // What can be pressed is in the answer's language, and says so.
        assert_eq!(panel.eval("document.querySelector('.hoi-choices').lang").await, json!("vi"), "{name}");
        panel.is_accessible().await;
        browser.picture(&format!("language-followed-{name}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn why_nobody_answers_is_said_as_it_is() {
    const STRANGE: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
    // Nobody else is there to ask.
    let edge = Edge::start(&EdgeOptions::default());
    without_agency(&edge);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, STRANGE)).await;
    let told = visitor.answer().await;
    assert!(words(&told).starts_with("Tôi chưa trả lời được câu này."), "{told:?}");
    for wrong in ["hệ thống", "đang bận", "kết nối", "được giữ lại"] {
        assert!(!words(&told).contains(wrong), "{wrong}: {told:?}");
    }
    assert!(has_contact(&told) && picks(&told) == [TO_PERSON], "whom to ask instead: {told:?}");
    // The agency is away: what was asked is kept.
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, STRANGE)).await;
    let told = visitor.answer().await;
    assert!(
        words(&told).contains("được giữ lại và sẽ được chuyển ngay khi hệ thống hoạt động trở lại"),
        "{told:?}"
    );
    assert!(has_contact(&told) && picks(&told) == [TO_PERSON], "{told:?}");
    // It is there and has no answer.
    let agency = Agency::start(&["--protocol", "openai", "--reply", "[[HOI:NOT-OURS]]"]);
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        edits: vec![(
            "connector = \"webhook\"".into(),
            "connector = \"openai\"\nmodel = \"small-model\"".into(),
        )],
        ..EdgeOptions::default()
    });
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, STRANGE)).await;
    let told = visitor.answer().await;
    assert!(words(&told).contains("ở đó cũng chưa có câu trả lời"), "{told:?}");
    assert!(has_contact(&told) && picks(&told) == [TO_PERSON], "{told:?}");
    // It was asked as often today as it may be.
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        edits: vec![("agency_questions_per_day = 10000".into(), "agency_questions_per_day = 1".into())],
        ..EdgeOptions::default()
    });
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, STRANGE)).await;
    visitor.answer().await;
    visitor.send(&say(2, "con chó nhà tôi thì thích nhạc nhẹ")).await;
    let told = visitor.answer().await;
    assert!(words(&told).contains("sẽ được chuyển vào ngày mai") && has_contact(&told), "{told:?}");
    assert!(!words(&told).contains("hoạt động trở lại"), "it is not away: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_ask_after_a_case_leads_to_where_it_is_looked_up() {
    let edge = Edge::start(&EdgeOptions { edits: vec![many_messages()], ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    let texts = [
        "hôm qua tôi nộp hồ sơ, tới đâu rồi",
        "hom qua toi nop ho so, toi dau roi",
        "hom truoc nop giay to roi gio sao roi",
        "hồ sơ của em đang xử lý tới bước nào rồi ạ",
        "nộp cả tuần rồi mà chưa nghe phường báo gì hết",
        "cho hỏi giấy tờ tôi nộp đã giải quyết chưa",
        "hs nộp thứ 3 giờ tới đâu rồi",
        "bữa trước có nộp hồ sơ, nay ra sao rồi",
        "muốn biết hồ sơ mình đang ở khâu nào",
        "tôi có mã hồ sơ, xem ở đâu",
        "đơn của tôi tới đâu rồi",
        "I applied yesterday, how far is it",
        "I handed in my papers last week, any news",
        "has anything happened with my application yet",
        "where can I see how my case is going",
        "what's the progress of my file",
        "how do I check on my case",
        "when do I hear back about my application",
        "is there an update on my case",
        "I have a case number, where do I look",
        "I submitted a form on Monday, what now",
    ];
    for (id, text) in texts.iter().enumerate() {
        visitor.send(&say(id as u128 + 1, text)).await;
        let answer = visitor.answer().await;
        let leads = answer.topic.as_deref() == Some("tra-cuu-ho-so")
            || picks(&answer).first() == Some(&"tra-cuu-ho-so");
        assert!(leads, "{text}: {answer:?}");
    }
    // A number leads to the page where the chat's own cases are looked up, and is told nothing else there.
    for (id, text) in
        [(100, "K7QX3-M9DA0"), (101, "hồ sơ k7qx3 m9da0 tới đâu rồi"), (102, "where is case K7QX3M9DA0")]
    {
        visitor.send(&say(id, text)).await;
        let answer = visitor.answer().await;
        let link = answer.body.blocks.iter().find_map(|block| match block {
            Block::Card(card) => card.link.clone(),
            _ => None,
        });
        // A number has no language: what was spoken before goes on.
        let lang = if id == 101 { "vi" } else { "en" };
        let expected = format!("{}/s/ward/status?lang={lang}#K7QX3-M9DA0", edge.origin);
        assert_eq!(link.map(|link| link.href), Some(expected), "{text}: {answer:?}");
    }
    wait_for("the page to be there", || {
        ureq::get(format!("{}/s/ward/status?lang=vi", edge.origin)).call().is_ok()
    });
    // Where nothing can be handed in nothing can be looked up: the number is words like others.
    without_agency(&edge);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "K7QX3-M9DA0")).await;
    let answer = visitor.answer().await;
    assert!(!answer.body.blocks.iter().any(|block| matches!(block, Block::Card(_))), "{answer:?}");
}

/// One visitor may say all that a test says.
fn many_messages() -> (String, String) {
    ("messages_per_minute = 15".into(), "messages_per_minute = 60".into())
}
