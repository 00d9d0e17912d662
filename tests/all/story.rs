//! The whole way: a citizen unsure on screens files a birth registration on a phone, the agency asks for one more paper, it
//! is added from another device, a person answers a question in between, the result arrives. With the agency down, the
//! edge killed and a day off in the middle.

use crate::{
    desk::{ENTER, account, at_desk, button, click, focused, press, says, typed},
    forms::{ANSWERS, cases, decide_with, status, until},
    papers::{PDF, add, fetched, fill_in, look_up},
};
use serde_json::json;
use std::fs;
use tests::{Agency, Browser, Edge, EdgeOptions};

/// Today is a day off, and so are the days around it: the test's clock and the ward's may not agree on the date.
fn days_off() -> (String, String) {
    let now = jiff::Zoned::now();
    let day = |days: i64| now.checked_add(jiff::Span::new().days(days)).unwrap().date().to_string();
    let off = [-1, 0, 1].map(|days| {
        format!("  {{ date = \"{}\", name.vi = \"Ngày truyền thống của phường\", name.en = \"Ward anniversary\" }},\n", day(days))
    });
    let own = "  { date = \"2026-12-31\", open = [\"7:30-11:30\"] },\n".to_owned();
    (own, off.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_birth_is_registered_from_the_first_question_to_the_result() {
    let port = tests::free_port();
    let mut edge = Edge::start(&EdgeOptions {
        agency: format!("http://127.0.0.1:{port}/"),
        edits: vec![days_off()],
        codes_off: true,
        ..EdgeOptions::default()
    });
    account(&edge, "lan", "Nguyễn Thị Lan", "ward:lead");
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("cases.json").to_str().unwrap().to_owned();
    let paper = folder.path().join("Giấy chứng sinh.pdf");
    fs::write(&paper, PDF).unwrap();
    let serve =
        |edge: &Edge| Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin, "--cases", &kept]);
    let mut agency = serve(&edge);

    // Plain mode, on a phone: one question a page.
    let phone = Browser::start(400, 800).await;
    phone.screen(360, 740, true).await;
    let chat = format!("{}/s/ward?lang=vi", edge.origin);
    phone.client.goto(&chat).await.unwrap();
    phone.widget().await;
    phone.find(".hoi-menu:nth-of-type(2) > summary").await.click().await.unwrap();
    phone.menu().await;
    phone.find(".hoi-switch").await.click().await.unwrap();
    phone.until("plain mode", "document.documentElement.hasAttribute('data-plain')").await;
    phone.press("Escape", 27).await;
    ask(&phone, "làm giấy khai sinh cho cháu").await;
    let begin = "document.querySelector('.hoi-procedure button.hoi-button')";
    phone.until("the procedure", &format!("!!{begin}")).await;
    phone.eval(&format!("{begin}.click()")).await;
    phone.until("the first page", "!!document.querySelector('#f-nguoi-khai')").await;
    fill(&phone, paper.to_str().unwrap()).await;
    // The agency is down when it is handed in: the receipt comes all the same.
    agency.close();
    phone.eval("document.querySelector('button[value=send]').click()").await;
    phone.until("the receipt", "!!document.querySelector('.hoi-number')").await;
    let number = phone.eval("document.querySelector('.hoi-number').textContent").await;
    let number = number.as_str().unwrap().to_owned();
    let agency = serve(&edge);
    until("the case", || !cases(&agency).is_empty()).await;
    assert_eq!(cases(&agency).len(), 1, "however often it was tried");
    phone.find(".hoi-back").await.click().await.unwrap();
    let shown = format!("document.body.innerText.includes({})", json!(number));
    phone.until("the chat with the receipt", &shown).await;

    // On a day off a person can be asked all the same; nothing is promised.
    ask(&phone, "cho tôi gặp cán bộ").await;
    phone.until("that a message is left", "document.body.innerText.includes('Lúc này chưa có cán bộ')").await;
    phone.until("why", "document.body.innerText.includes('Ngày truyền thống')").await;
    ask(&phone, "Tên cháu viết sai dấu có sửa được không?").await;
    let desk = at_desk(&edge, "lan", 1200, 800).await;
    says(&desk, "Thứ tự 1").await;
    click(&desk, ".desk-row").await;
    says(&desk, "Tên cháu viết sai dấu").await;
    button(&desk, "Tiếp nhận").await;
    focused(&desk, "the composer", "#desk-text").await;
    // The edge dies under the answer.
    edge.kill();
    typed(&desk, "Dạ được, bác mang bản chính đến nhé.").await;
    press(&desk, ENTER).await;
    edge.up();
    phone
        .until("the person's answer", "document.body.innerText.includes('bác mang bản chính đến nhé')")
        .await;
    phone.until("whose it is", "!!document.querySelector('.hoi-from-staff')").await;
    phone.is_accessible().await;
    phone.picture("story-person").await;

    // One more paper is wanted; it comes from another device, with number and second fact.
    let wanted = [
        ("state", "needs_papers"),
        ("text", "Thiếu một giấy."),
        ("papers", "Giấy kết hôn của cha mẹ"),
        ("until", "2026-12-31"),
    ];
    decide_with(&agency, &number, &wanted, None);
    phone.until("what is wanted", "document.body.innerText.includes('Giấy kết hôn của cha mẹ')").await;
    let (pass, _) = look_up(&edge, &number);
    let (code, html) = add(&edge, &pass, &number, "next", "paper-1", &[("f.paper-1", "kh.pdf", PDF)]);
    assert!(code == 200 && html.contains("kh.pdf"), "{html}");
    let (code, html) = add(&edge, &pass, &number, "send", "", &[]);
    assert!(code == 200 && html.contains("Đã gửi giấy tờ bổ sung"), "{html}");
    until("the agency to have both papers", || fetched(&agency).len() == 2).await;

    button(&desk, "Kết thúc").await;
    button(&desk, "Khách đã có câu trả lời").await;
    let done = [
        ("state", "done"),
        ("text", "Mời bác đến nhận **bản chính**."),
        ("date", "2026-12-01"),
        ("time", "08:30"),
        ("place", "Quầy số 1"),
    ];
    decide_with(&agency, &number, &done, Some(("Giấy khai sinh.pdf", PDF)));
    phone.until("the result", "document.body.innerText.includes('Giấy khai sinh.pdf')").await;
    phone.is_accessible().await;
    phone.picture("story-result").await;
    assert!(status(&edge, &number, "5678").1.contains("Đã có kết quả"));
    // The wrong fact and the wrong number are answered alike.
    let wrong = status(&edge, &number, "0000");
    assert_eq!(wrong.0, status(&edge, "00000-00000", "5678").0);
    assert!(!wrong.1.contains("Đã có kết quả"));
}

/// Writes something in plain mode, where the composer comes when it is wanted.
async fn ask(phone: &Browser, words: &str) {
    phone.until("a way to write", "!!document.querySelector('.hoi-other')?.offsetParent || !!document.querySelector('textarea')?.offsetParent").await;
    phone
        .eval(
            "document.querySelector('textarea').offsetParent || document.querySelector('.hoi-other').click()",
        )
        .await;
    phone.until("the composer", "!!document.querySelector('textarea').offsetParent").await;
    phone.find("textarea").await.send_keys(&format!("{words}\u{e007}")).await.unwrap();
}

/// Answers every page up to the review.
async fn fill(phone: &Browser, paper: &str) {
    for _ in 0..40 {
        let page = phone.eval("document.querySelector('[name=page]')?.value ?? ''").await;
        let page = page.as_str().unwrap_or_default().to_owned();
        if page.is_empty() {
            break;
        }
        if page == "giay-chung-sinh" {
            phone.find(".hoi-upload").await.send_keys(paper).await.unwrap();
        }
        for (name, answer) in ANSWERS.iter().filter(|(_, answer)| !answer.is_empty()) {
            phone.eval(&fill_in(name, answer)).await;
        }
        phone.find(".hoi-go").await.click().await.unwrap();
        let next = format!("(document.querySelector('[name=page]')?.value ?? '') !== {}", json!(page));
        phone.until("the next page", &next).await;
    }
    phone.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
}
