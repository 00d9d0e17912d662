//! Somebody who writes is in danger: answered before everything else, on every way in, against real workerd and in real
//! Chromium.

use tests::{Agency, Browser, Desk, Edge, EdgeOptions, Visitor, post_form, say, wait_for};
use wire::{
    Block, Down, Fault, Id, Message, Up,
    desk::{BoardDown, Danger, Stage},
};

/// The number that each button dials.
fn dials(message: &Message) -> Vec<String> {
    message.body.buttons.iter().filter_map(|button| button.href.clone()).collect()
}

async fn answer(visitor: &mut Visitor) -> Message {
    loop {
        if let Down::Message(message) = visitor.next().await
            && message.id.is_none()
        {
            return message;
        }
    }
}

fn limited() -> EdgeOptions {
    let edits = vec![("\nmessages_per_minute = 15\n".to_owned(), "\nmessages_per_minute = 1\n".to_owned())];
    EdgeOptions { edits, ..EdgeOptions::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_numbers_come_at_once_in_the_language_of_the_words_and_the_agency_hears_nothing() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    for (id, text, lang, number) in [
        (1, "toi muon tu tu", "vi", "tel:115"),
        (2, "nha toi dang chay", "vi", "tel:114"),
        (3, "con tôi bị xâm hại", "vi", "tel:111"),
        (4, "đột quỵ phải làm sao", "vi", "tel:115"),
    ] {
        visitor.send(&say(id, text)).await;
        let said = answer(&mut visitor).await;
        assert_eq!((said.lang.as_str(), &said.topic), (lang, &None), "{text}");
        assert!(dials(&said).contains(&number.to_owned()), "{text}: {:?}", dials(&said));
        assert!(matches!(said.body.blocks.first(), Some(Block::Notice { .. })), "{text}");
    }
    // None of it reaches the agency, not even as what was said before a later question.
    visitor.send(&say(9, "chiều nay phường có chiếu bóng không")).await;
    wait_for("the question", || !agency.questions().is_empty());
    let heard = serde_json::to_string(&agency.asked()).unwrap();
    assert!(
        heard.contains("chiếu bóng") && !heard.contains("tu tu") && !heard.contains("xâm hại"),
        "{heard}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_off_switch_nor_a_budget_keeps_it_out() {
    let edge = Edge::start(&limited());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "giờ làm việc")).await;
    answer(&mut visitor).await;
    visitor.send(&say(2, "lệ phí bao nhiêu")).await;
    let told = visitor.next().await;
    assert!(matches!(told, Down::Fault { code: Fault::TooFast, .. }), "{told:?}");
    visitor.send(&say(3, "chồng em đánh em, cứu em với")).await;
    assert!(dials(&answer(&mut visitor).await).contains(&"tel:113".to_owned()));

    assert!(edge.hoi(&["off", "ward"]).status.success());
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    visitor.send(&say(4, "bố em ngừng thở rồi")).await;
    assert!(dials(&answer(&mut visitor).await).contains(&"tel:115".to_owned()));
    // The page without a script says so too; its form is answered all the same.
    let page = ureq::get(format!("{}/s/ward?lang=vi", edge.origin)).call().unwrap();
    let page = page.into_body().read_to_string().unwrap();
    for number in ["tel:113", "tel:114", "tel:115"] {
        assert!(page.contains(number), "{number} is not there while the chat is off");
    }
    let boot = Visitor::boot(&edge);
    let form = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "em muốn chết")];
    let (status, html) = post_form(&edge, "say", &form, &[]);
    assert_eq!(status, 200, "{html}");
    assert!(html.contains("href=\"tel:115\""), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_sees_it_first() {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    let lan = Desk::signed_in(&edge, "lan");
    let mut board = lan.board(&edge, "ward").await.unwrap();
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "toi khong muon song nua")).await;
    let chat = board
        .board("somebody in danger", |down| match down {
            BoardDown::Chat { chat } if chat.danger.is_some() => Some(chat),
            _ => None,
        })
        .await;
    assert_eq!(chat.danger, Some(Danger::SelfHarm));
    assert_eq!((chat.id, chat.stage), (visitor.boot.conversation, Stage::Waiting));
}

/// With the phone's keyboard up, at 400 % and with large letters a number can be pressed at once.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_small_phone_the_numbers_are_in_view() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(500, 640).await;
    for (width, height, letters) in
        [(360, 360, 0), (360, 300, 0), (320, 256, 0), (360, 640, 5), (320, 568, 5)]
    {
        let scene = format!("{width} × {height}, step {letters}");
        browser.screen(width, height.max(568), true).await;
        browser.clear_storage(&edge, &format!("{letters} 0")).await;
        browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
        browser.widget().await;
        browser.screen(width, height, true).await;
        let composer = browser.find("textarea").await;
        composer.send_keys("em muon chet").await.unwrap();
        browser.find(".hoi-send").await.click().await.unwrap();
        browser.until("the numbers", "!!document.querySelector('a[href=\"tel:115\"]')").await;
        // All of it, with nothing of the panel over it.
        let inside = "[...document.querySelectorAll('a[href=\"tel:115\"]')].some((a) => { const box = a.getClientRects()[0]; \
                      return box && [box.top + 2, box.bottom - 2].every((y) => a.contains(document.elementFromPoint(box.left + box.width / 2, y))); })";
        browser.until(&format!("a number to press in view: {scene}"), inside).await;
        browser.is_accessible().await;
        browser.picture(&format!("danger-{width}-{height}-{letters}")).await;
    }
}

/// A made-up button is no way around it.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_program_sends_it() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    for (id, pick) in [(1, "*"), (2, "@Gửi"), (3, "gio-lam-viec"), (4, "no-such-intent")] {
        let (text, lang) = ("em muốn chết".to_owned(), "en".to_owned());
        let pick = Some(pick.to_owned());
        visitor.send(&Up::Say { id: Id(id), text, lang, pick, value: None, files: vec![] }).await;
        assert!(dials(&answer(&mut visitor).await).contains(&"tel:115".to_owned()), "{id}");
    }
}

/// Where nobody was asked for help, too: in the words of a survey, and at length in a form.
#[tokio::test(flavor = "multi_thread")]
async fn told_in_a_survey_or_a_form() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "lệ phí khai sinh")).await;
    answer(&mut visitor).await;
    visitor.send(&Up::Survey { score: 2, text: "tôi không muốn sống nữa".to_owned() }).await;
    assert!(dials(&answer(&mut visitor).await).contains(&"tel:115".to_owned()));

    let page = |note: &str| {
        let own = [
            ("ticket", visitor.boot.ticket.as_str()),
            ("lang", "vi"),
            ("mode", "page"),
            ("procedure", "khai-sinh"),
            ("page", "ghi-chu"),
            ("go", "next"),
            ("f.ghi-chu", note),
        ];
        post_form(&edge, "form", &own, &[]).1
    };
    assert!(page("chồng tôi đang đánh tôi").contains("href=\"tel:113\""));
    assert!(!page("tôi nộp thay cho chồng").contains("href=\"tel:113\""));
}
