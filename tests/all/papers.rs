//! Papers: with a form, asked for later, and what the agency gives back; with a real edge, a stand-in agency and real
//! Chromium.

use crate::forms::{ANSWERS, Citizen, cases, decide, decide_with, number, status, until, value, walk};
use serde_json::{Value, json};
use std::fs;
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, post_form, post_parts};
use wire::{Block, Down, Id};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
/// Something that stands in a paper, to be looked for where it must not be.
const SECRET: &str = "TRAN MINH KHOI 02112026";

/// More than one piece on the disk.
fn scan() -> Vec<u8> {
    [PDF, SECRET.as_bytes(), &vec![b' '; 1_500_000], SECRET.as_bytes()].concat()
}

fn png() -> Vec<u8> {
    [&b"\x89PNG\r\n\x1a\n"[..], &[0; 64]].concat()
}

struct Town {
    edge: Edge,
    agency: Agency,
    #[allow(dead_code)]
    folder: tempfile::TempDir,
}

/// An edge and a stand-in that keeps its cases.
fn town() -> Town {
    let port = tests::free_port();
    let edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    let agency = Agency::start(&[
        "--port",
        &port.to_string(),
        "--edge",
        &edge.origin,
        "--cases",
        file.to_str().unwrap(),
    ]);
    Town { edge, agency, folder }
}

impl Citizen<'_> {
    /// Posts a page with files.
    pub fn put(&self, go: &str, files: &[(&str, &[u8])]) -> (u16, String) {
        let form = [
            ("ticket", self.visitor.boot.ticket.as_str()),
            ("lang", "vi"),
            ("mode", "page"),
            ("procedure", "khai-sinh"),
            ("page", "giay-chung-sinh"),
            ("go", go),
        ];
        let files: Vec<_> = files.iter().map(|(name, bytes)| ("f.giay-chung-sinh", *name, *bytes)).collect();
        post_parts(&format!("{}/s/ward/form", self.edge.origin), &form, &files)
    }
}

/// Everything that the stand-in fetched.
pub fn fetched(agency: &Agency) -> Vec<Value> {
    agency.asked().into_iter().filter(|line| line["file"].is_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_goes_with_the_form_sealed() {
    let town = town();
    let citizen = Citizen::of(&town.edge).await;
    let (_, html) = citizen.post(&[("go", "edit:giay-chung-sinh")]);
    assert!(html.contains("multipart/form-data") && html.contains("type=\"file\""), "{html}");
    assert!(html.contains("PDF, JPG, PNG") && html.contains("nhiều nhất 3 tệp"), "what is taken: {html}");
    // What is not taken is said beside the question, and nothing else is lost.
    let (code, html) = citizen.put("next", &[("a.pdf", b"<html><script>alert(1)</script></html>")]);
    assert!(code == 422 && html.contains("Chưa nhận loại tệp này"), "{code} {html}");
    let (code, html) = citizen.put("stay", &[("Giấy chứng sinh Khôi.exe", &scan())]);
    assert!(code == 200 && html.contains("Giấy chứng sinh Khôi.pdf"), "{code} {html}");
    assert!(html.contains("1,5 MB"), "its size: {html}");
    let (code, html) = citizen.put("stay", &[("lần hai.pdf", &scan()), ("b.png", &png())]);
    assert!(
        code == 200 && html.contains("b.png") && !html.contains("lần hai"),
        "the same file again: {html}"
    );
    let four = [("c.png", &[&png()[..], b"c"].concat()[..]), ("d.png", &[&png()[..], b"d"].concat()[..])];
    let (code, html) = citizen.put("stay", &four);
    assert!(code == 422 && html.contains("c.png") && html.contains("nhiều nhất 3 tệp"), "{html}");
    let gone = html.split("value=\"without:").nth(3).unwrap().split('"').next().unwrap().to_owned();
    let (_, html) = citizen.post(&[("go", &format!("without:{gone}")), ("page", "giay-chung-sinh")]);
    assert!(!html.contains("c.png") && html.contains("b.png"), "{html}");
    let review = citizen.fill();
    assert!(review.contains("Giấy chứng sinh Khôi.pdf") && review.contains("b.png"), "{review}");
    // On the disk nothing of it can be read.
    for file in walk(&town.edge.data()) {
        let bytes = fs::read(&file).unwrap();
        for secret in [SECRET, "Khôi.pdf"] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", file.display());
        }
    }
    let (code, html) = citizen.post(&[("go", "send")]);
    assert_eq!(code, 200, "{html}");
    until("the agency to have the papers", || fetched(&town.agency).len() == 2).await;
    let case = cases(&town.agency).remove(0)["case"].clone();
    let field =
        case["fields"].as_array().unwrap().iter().find(|field| field["id"] == "giay-chung-sinh").unwrap();
    assert_eq!(field["value"], "Giấy chứng sinh Khôi.pdf, b.png");
    assert_eq!(
        (&field["files"][0]["type"], &field["files"][0]["size"]),
        (&json!("application/pdf"), &json!(scan().len()))
    );
    assert!(fetched(&town.agency).iter().all(|line| line["whole"] == true), "{:?}", fetched(&town.agency));
    // A stranger's ticket brings nothing, and when the case is over nobody is brought anything any more.
    let id = field["files"][0]["id"].as_str().unwrap();
    let bring = |ticket: &str| post_form(&town.edge, &format!("file/{id}"), &[("ticket", ticket)], &[]).0;
    assert_eq!(bring(&Visitor::boot(&town.edge).ticket), 404);
    assert_eq!(bring(&citizen.visitor.boot.ticket), 200);
    decide(&town.agency, &number(&html), "done", "Xong.");
    until("the papers to be deleted", || bring(&citizen.visitor.boot.ticket) == 404).await;
}

/// A pass from the status page: what opens the case without the conversation.
pub fn look_up(edge: &Edge, number: &str) -> (String, String) {
    let (code, html) = status(edge, number, "5678");
    assert_eq!(code, 200, "{html}");
    (value(&html, "pass").to_owned(), html)
}

pub fn add(
    edge: &Edge,
    pass: &str,
    number: &str,
    go: &str,
    page: &str,
    files: &[(&str, &str, &[u8])],
) -> (u16, String) {
    let procedure = format!("case:{number}");
    let form = [("pass", pass), ("lang", "vi"), ("procedure", &procedure), ("page", page), ("go", go)];
    post_parts(&format!("{}/s/ward/form", edge.origin), &form, files)
}

/// The agency asks for papers; they are added from another device while the agency is down, and the edge dies in between.
#[tokio::test(flavor = "multi_thread")]
async fn papers_are_added_from_another_device() {
    let Town { mut edge, mut agency, folder } = town();
    let mut citizen = Citizen::of(&edge).await;
    let number = citizen.hand_in();
    until("the case", || !cases(&agency).is_empty()).await;
    let papers = [
        ("state", "needs_papers"),
        ("text", "Thiếu hai giấy."),
        ("papers", "Giấy chứng sinh\nGiấy kết hôn của cha mẹ"),
        ("until", "2026-12-31"),
    ];
    decide_with(&agency, &number, &papers, None);
    // In the chat: which ones, until when, and the way to add them.
    let form = format!("case:{number}");
    loop {
        if let Down::Message(message) = citizen.visitor.next().await
            && let Some(Block::Procedure(card)) =
                message.body.blocks.iter().find(|block| matches!(block, Block::Procedure(_)))
        {
            assert_eq!((card.form.as_str(), card.papers.len()), (form.as_str(), 2));
            assert!(card.title.contains("31/12/2026"), "{card:?}");
            break;
        }
    }
    // On the status page, without the conversation.
    let (pass, html) = look_up(&edge, &number);
    assert!(html.contains("Giấy kết hôn của cha mẹ") && html.contains("31/12/2026"), "{html}");
    assert!(html.contains("Bổ sung giấy tờ"), "{html}");
    let (code, html) = add(&edge, &pass, &number, "open", "", &[]);
    assert!(code == 200 && html.contains("f.paper-1"), "{html}");
    let (code, html) = add(&edge, &pass, &number, "next", "paper-1", &[]);
    assert!(code == 422 && html.contains("Xin chọn tệp"), "{html}");
    let (code, html) = add(&edge, &pass, &number, "next", "paper-1", &[("f.paper-1", "cs.pdf", &scan())]);
    assert!(code == 200 && html.contains("f.paper-2"), "{html}");
    let (code, html) = add(&edge, &pass, &number, "next", "paper-2", &[("f.paper-2", "kh.png", &png())]);
    assert!(code == 200 && html.contains("cs.pdf") && html.contains("kh.png"), "the review: {html}");
    // The pass opens this case and nothing else; a changed one, nothing.
    assert_eq!(add(&edge, &pass, "00000-00000", "open", "", &[]).0, 422);
    assert_eq!(add(&edge, &pass.replace('1', "2"), &number, "open", "", &[]).0, 422);
    let procedure = [("pass", pass.as_str()), ("procedure", "khai-sinh"), ("go", "open")];
    assert_eq!(post_form(&edge, "form", &procedure, &[]).0, 422);
    assert!(post_form(&edge, "say", &[("ticket", &pass)], &[]).0 == 422, "nor the conversation");
    let stranger = Visitor::boot(&edge);
    let theirs = [("ticket", stranger.ticket.as_str()), ("procedure", &form), ("go", "open")];
    assert_eq!(post_form(&edge, "form", &theirs, &[]).0, 404);

    agency.close();
    let (code, html) = add(&edge, &pass, &number, "send", "", &[]);
    assert!(code == 200 && html.contains("Đã gửi giấy tờ bổ sung"), "{html}");
    let (_, html) = add(&edge, &pass, &number, "send", "", &[]);
    assert!(
        html.contains("Đã gửi giấy tờ bổ sung"),
        "pressed twice it is sent once and says so again: {html}"
    );
    assert!(status(&edge, &number, "5678").1.contains("Đang chuyển đến cơ quan"));
    edge.kill();
    edge.up();
    let port = agency.port().to_string();
    let file = folder.path().join("cases.json");
    let again = Agency::start(&["--port", &port, "--edge", &edge.origin, "--cases", file.to_str().unwrap()]);
    let came = || again.asked().into_iter().filter(|line| line["papers"].is_object()).collect::<Vec<_>>();
    until("the papers after all", || !came().is_empty()).await;
    until("the state", || status(&edge, &number, "5678").1.contains("Cơ quan đã nhận")).await;
    let last = came().pop().unwrap();
    assert_eq!((&last["acts"], &last["papers"]["number"]), (&json!(1), &json!(number)));
    let papers = last["papers"]["papers"].as_array().unwrap();
    assert_eq!(papers.len(), 2);
    assert_eq!((&papers[1]["id"], &papers[1]["files"][0]["name"]), (&json!("paper-2"), &json!("kh.png")));
    assert!(fetched(&again).iter().all(|line| line["whole"] == true), "{:?}", fetched(&again));
    let (_, html) = status(&edge, &number, "5678");
    assert!(
        html.contains("Bổ sung lúc") && !html.contains("Giấy kết hôn"),
        "nothing is wanted any more: {html}"
    );
    let kept: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept[&number]["added"][0]["papers"][0]["label"], "Giấy chứng sinh", "{kept}");
}

/// A result with a file and an appointment, in the chat and on the status page; a refusal with its reason.
#[tokio::test(flavor = "multi_thread")]
async fn a_result_comes_with_a_file_and_an_appointment() {
    let town = town();
    let mut citizen = Citizen::of(&town.edge).await;
    let number = citizen.hand_in();
    until("the case", || !cases(&town.agency).is_empty()).await;
    let done = [
        ("state", "done"),
        ("text", "Bản điện tử đính kèm."),
        ("date", "2026-12-01"),
        ("time", "08:30"),
        ("place", "Quầy số 1, tầng 1"),
    ];
    decide_with(&town.agency, &number, &done, Some(("Giấy khai sinh.pdf", &scan())));
    let message = loop {
        if let Down::Message(message) = citizen.visitor.next().await
            && message.body.blocks.iter().any(|block| matches!(block, Block::File(_)))
        {
            break message;
        }
    };
    let Some(Block::File(file)) = message.body.blocks.iter().find(|block| matches!(block, Block::File(_)))
    else {
        panic!("{message:?}")
    };
    assert!(format!("{message:?}").contains("8:30 1/12/2026"), "{message:?}");
    let bring = |with: &[(&str, &str)], id: Id| post_form(&town.edge, &format!("file/{id}"), with, &[]);
    let id = file.id.expect("it is kept here");
    assert_eq!((file.name.as_str(), file.size), ("Giấy khai sinh.pdf", scan().len() as u64));
    assert_eq!(bring(&[("ticket", &citizen.visitor.boot.ticket)], id).0, 200);
    let (pass, html) = look_up(&town.edge, &number);
    for shown in
        ["Đã có kết quả", "Giấy khai sinh.pdf", "8:30 1/12/2026", "Quầy số 1, tầng 1", "Thêm vào lịch"]
    {
        assert!(html.contains(shown), "{shown}: {html}");
    }
    let (code, text) = bring(&[("pass", &pass)], id);
    assert!(code == 200 && text.contains(SECRET), "{code}");
    assert_eq!(bring(&[("pass", &pass.replace('1', "2"))], id).0, 401);
    let (code, text) = post_form(&town.edge, "calendar", &[("pass", &pass)], &[]);
    assert!(code == 200 && text.contains("DTSTART:20261201T013000Z"), "{text}");
    assert_eq!(post_form(&town.edge, "calendar", &[("pass", "p1.x")], &[]).0, 422);
    // Another case's pass brings nothing of this one.
    let other = Citizen::of(&town.edge).await.hand_in();
    until("the other case", || cases(&town.agency).len() == 2).await;
    decide(&town.agency, &other, "refused", "Cháu đã được khai sinh ở **phường khác**.");
    until("the refusal", || status(&town.edge, &other, "5678").1.contains("Không được giải quyết")).await;
    let (_, html) = status(&town.edge, &other, "5678");
    assert!(html.contains("<strong>phường khác</strong>"), "{html}");
    for file in walk(&town.edge.data()) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()), "{}", file.display());
    }
    assert!(!town.edge.log().contains(SECRET));
}

/// In a browser, on a phone: a paper with the form, one added later from another device, the result with its file.
#[tokio::test(flavor = "multi_thread")]
async fn papers_in_a_browser() {
    let town = town();
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("Giấy chứng sinh.pdf");
    fs::write(&paper, scan()).unwrap();
    let large = folder.path().join("lớn.pdf");
    fs::write(&large, [PDF, &vec![b' '; 11 * 1024 * 1024]].concat()).unwrap();
    let citizen = Citizen::of(&town.edge).await;
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 740, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", town.edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("textarea").await.send_keys("làm giấy khai sinh\u{e007}").await.unwrap();
    browser.until("the procedure", "!!document.querySelector('.hoi-procedure button.hoi-button')").await;
    browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
    browser.until("the first page", "!!document.querySelector('#f-nguoi-khai')").await;
    drop(citizen);
    for _ in 0..20 {
        let page = browser.eval("document.querySelector('[name=page]')?.value ?? ''").await;
        let page = page.as_str().unwrap_or_default().to_owned();
        if page.is_empty() {
            break;
        }
        if page == "giay-chung-sinh" {
            browser.is_accessible().await;
            browser.picture("papers-question").await;
            let chooser = browser.find(".hoi-upload").await;
            chooser.send_keys(large.to_str().unwrap()).await.unwrap();
            browser.until("that it is too large", "document.body.innerText.includes('Tệp quá lớn')").await;
            browser.is_accessible().await;
            let left = browser.eval("document.querySelector('.hoi-upload').files.length").await;
            assert_eq!(left, json!(0), "it isn't sent");
            browser.find(".hoi-upload").await.send_keys(paper.to_str().unwrap()).await.unwrap();
            browser.eval("document.querySelector('button[value=stay]').click()").await;
            browser.until("the file", "document.body.innerText.includes('Giấy chứng sinh.pdf')").await;
            browser.is_accessible().await;
            browser.picture("papers-kept").await;
        }
        for (name, answer) in ANSWERS.iter().filter(|(_, answer)| !answer.is_empty()) {
            browser.eval(&fill_in(name, answer)).await;
        }
        browser.find(".hoi-go").await.click().await.unwrap();
        let next = format!("(document.querySelector('[name=page]')?.value ?? '') !== {}", json!(page));
        browser.until("the next page", &next).await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    browser.is_accessible().await;
    browser.picture("papers-review").await;
    browser.eval("document.querySelector('button[value=send]').click()").await;
    browser.until("the receipt", "!!document.querySelector('.hoi-number')").await;
    let number = browser.eval("document.querySelector('.hoi-number').textContent").await;
    let number = number.as_str().unwrap().to_owned();
    until("the agency to have it", || fetched(&town.agency).len() == 1).await;
    browser.find(".hoi-back").await.click().await.unwrap();
    browser.until("the chat", &format!("document.body.innerText.includes({})", json!(number))).await;
    let wanted = [
        ("state", "needs_papers"),
        ("text", "Ảnh chụp bị mờ, xin gửi lại."),
        ("papers", "Giấy chứng sinh, chụp rõ cả trang"),
        ("until", "2026-12-31"),
    ];
    decide_with(&town.agency, &number, &wanted, None);
    browser.until("the way to add papers", "document.body.innerText.includes('Bổ sung giấy tờ')").await;
    browser
        .eval("[...document.querySelectorAll('.hoi-procedure')].at(-1).scrollIntoView({ block: 'end' })")
        .await;
    browser.is_accessible().await;
    browser.picture("papers-wanted").await;
    // The button in the chat leads there too.
    browser
        .eval("[...document.querySelectorAll('button.hoi-button')].find(b => b.textContent.includes('Bổ sung giấy tờ')).click()")
        .await;
    browser.until("the page for it", "!!document.querySelector('.hoi-upload')").await;
    browser.is_accessible().await;
    // From another device, without a script.
    let other = Browser::start(1000, 800).await;
    other.client.goto(&format!("{}/s/ward/status?lang=vi#{number}", town.edge.origin)).await.unwrap();
    other.find("#hoi-fact").await.send_keys("5678\u{e007}").await.unwrap();
    other.until("what is wanted", "document.body.innerText.includes('31/12/2026')").await;
    other.is_accessible().await;
    other.picture("papers-status").await;
    other.find("button[name=procedure]").await.click().await.unwrap();
    other.until("where to choose", "!!document.querySelector('.hoi-upload')").await;
    other.is_accessible().await;
    other.picture("papers-add").await;
    other.find(".hoi-upload").await.send_keys(paper.to_str().unwrap()).await.unwrap();
    other.find(".hoi-go").await.click().await.unwrap();
    other.until("the review", "!!document.querySelector('button[value=send]')").await;
    other.is_accessible().await;
    other.picture("papers-add-review").await;
    other.eval("document.querySelector('button[value=send]').click()").await;
    other.until("that it was sent", "document.body.innerText.includes('Đã gửi giấy tờ bổ sung')").await;
    other.is_accessible().await;
    other.picture("papers-added").await;
    until("the agency to have them", || fetched(&town.agency).len() == 2).await;
    let done = [
        ("state", "done"),
        ("text", "Mời quý vị đến nhận **bản chính**."),
        ("date", "2026-12-01"),
        ("time", "08:30"),
        ("place", "Trung tâm Phục vụ hành chính công phường, quầy số 1"),
    ];
    decide_with(&town.agency, &number, &done, Some(("Giấy khai sinh (bản điện tử).pdf", &scan())));
    until("the result", || status(&town.edge, &number, "5678").1.contains("Đã có kết quả")).await;
    other.client.goto(&format!("{}/s/ward/status?lang=vi#{number}", town.edge.origin)).await.unwrap();
    other.client.refresh().await.unwrap();
    other.find("#hoi-code").await.clear().await.unwrap();
    other.find("#hoi-code").await.send_keys(&number).await.unwrap();
    other.find("#hoi-fact").await.send_keys("5678\u{e007}").await.unwrap();
    other.until("the result", "document.body.innerText.includes('bản điện tử')").await;
    other.is_accessible().await;
    other.picture("papers-result").await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", town.edge.origin)).await.unwrap();
    browser.until("the result in the chat", "document.body.innerText.includes('bản điện tử')").await;
    browser.is_accessible().await;
    browser.picture("papers-result-chat").await;
}

/// The script that answers one question, if it is on the page.
pub fn fill_in(name: &str, answer: &str) -> String {
    format!(
        "[...document.querySelectorAll('[name={}]')].forEach((e) => {{ \
           if (e.type === 'radio' || e.type === 'checkbox') {{ if (e.value === {}) e.checked = true; }} \
           else if (e.type !== 'hidden') e.value = {}; }})",
        json!(name),
        json!(answer),
        json!(answer)
    )
}
