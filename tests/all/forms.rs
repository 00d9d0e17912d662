//! Procedures done in the chat: from the first question to the result, with a real edge, a stand-in agency and real
//! Chromium.

use serde_json::{Value, json};
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, post_form, post_parts, say};
use wire::Down;

/// What a citizen answers, by the question's id.
pub const ANSWERS: &[(&str, &str)] = &[
    ("f.nguoi-khai", "Nguyễn Thị Hoa"),
    ("f.can-cuoc", "079 203 001 234"),
    ("f.dien-thoai", "0912 345 678"),
    ("f.quan-he", "me"),
    ("f.ten-chau", "Trần Minh Khôi"),
    ("f.ngay-sinh.day", "2"),
    ("f.ngay-sinh.month", "11"),
    ("f.ngay-sinh.year", "2026"),
    ("f.gioi-tinh", "nam"),
    ("f.noi-sinh", "Bệnh viện Từ Dũ"),
    ("f.me", "Nguyễn Thị Hoa"),
    ("f.ket-hon", "no"),
    ("f.noi-cu-tru", "12 Lê Lợi\nkhu phố 3"),
    ("f.ghi-chu", ""),
    ("f.cam-doan", "yes"),
];

/// Somebody who fills in forms without a browser.
pub struct Citizen<'a> {
    pub edge: &'a Edge,
    pub visitor: Visitor,
}

impl Citizen<'_> {
    pub async fn of(edge: &Edge) -> Citizen<'_> {
        let mut visitor = Visitor::open(edge).await;
        visitor.send(&say(1, "làm giấy khai sinh cho con")).await;
        let answer = visitor.answer().await;
        assert!(
            format!("{answer:?}").contains("form: \"khai-sinh\""),
            "the card offers the form: {answer:?}"
        );
        Citizen { edge, visitor }
    }

    pub fn post(&self, more: &[(&str, &str)]) -> (u16, String) {
        let mut form = vec![
            ("ticket", self.visitor.boot.ticket.as_str()),
            ("lang", "vi"),
            ("mode", "page"),
            ("procedure", "khai-sinh"),
        ];
        form.extend(more);
        post_form(self.edge, "form", &form, &[])
    }

    /// Goes from page to page and answers all of it; gives the review.
    pub fn fill(&self) -> String {
        let (status, mut html) = self.post(&[("go", "open")]);
        assert_eq!(status, 200, "{html}");
        for _ in 0..20 {
            let page = value(&html, "page").to_owned();
            if page.is_empty() {
                return html;
            }
            let mut form = vec![("go", "next"), ("page", page.as_str())];
            form.extend(ANSWERS);
            let (status, next) = self.post(&form);
            assert_eq!(status, 200, "page {page}: {next}");
            html = next;
        }
        panic!("the form never ends: {html}");
    }

    /// The same, and hands it in; gives the case's number.
    pub fn hand_in(&self) -> String {
        self.fill();
        let (status, html) = self.post(&[("go", "send")]);
        assert_eq!(status, 200, "{html}");
        number(&html)
    }
}

/// The value of the hidden field `name`.
pub fn value<'a>(html: &'a str, name: &str) -> &'a str {
    let mark = format!("name=\"{name}\" value=\"");
    let start = html.find(&mark).unwrap_or_else(|| panic!("no field {name}: {html}")) + mark.len();
    &html[start..start + html[start..].find('"').unwrap()]
}

pub fn number(html: &str) -> String {
    let start = html.find("class=\"hoi-number\"").unwrap_or_else(|| panic!("no number: {html}"));
    let start = start + html[start..].find('>').unwrap() + 1;
    html[start..start + html[start..].find('<').unwrap()].to_owned()
}

pub fn status(edge: &Edge, number: &str, fact: &str) -> (u16, String) {
    post_form(edge, "status", &[("number", number), ("fact", fact), ("lang", "vi")], &[])
}

/// The cases that the agency got and acted upon.
pub fn cases(agency: &Agency) -> Vec<Value> {
    agency.asked().into_iter().filter(|line| line["case"].is_object()).collect()
}

fn edge_of(agency: &Agency) -> Edge {
    Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() })
}

/// What a person at the agency decides on the stand-in's page.
pub fn decide(agency: &Agency, number: &str, state: &str, text: &str) {
    decide_with(agency, number, &[("state", state), ("text", text)], None);
}

/// The same with everything that can stand there, and a file.
pub fn decide_with(agency: &Agency, number: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) {
    let files: Vec<(&str, &str, &[u8])> =
        file.map(|(name, bytes)| ("file", name, bytes)).into_iter().collect();
    let url = format!("{}cases/{number}", agency.url);
    // It says what came before it has written it down.
    let mut answer = (404, String::new());
    tests::wait_for("the agency to have the case", || {
        answer = post_parts(&url, fields, &files);
        answer.0 != 404
    });
    assert_eq!(answer.0, 303, "{}", answer.1);
}

pub async fn until(what: &str, mut ready: impl FnMut() -> bool) {
    for _ in 0..600 {
        if ready() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("waited 30 s for {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_question_to_the_result() {
    let port = tests::free_port();
    let agency_at = format!("http://127.0.0.1:{port}/");
    let edge = Edge::start(&EdgeOptions { agency: agency_at, ..EdgeOptions::default() });
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let mut citizen = Citizen::of(&edge).await;
    let review = citizen.fill();
    for shown in ["Trần Minh Khôi", "2/11/2026", "Mẹ", "079203001234", "Không điền"] {
        assert!(review.contains(shown), "the review lacks {shown}: {review}");
    }
    assert!(cases(&agency).is_empty(), "nothing goes out before it is handed in");
    let (code, html) = citizen.post(&[("go", "send")]);
    assert_eq!(code, 200, "{html}");
    let number = number(&html);
    assert!(html.contains("5678") && html.contains("/s/ward/status"), "how to ask later: {html}");
    until("the agency to have it", || !cases(&agency).is_empty()).await;
    let case = cases(&agency).remove(0)["case"].clone();
    assert_eq!((&case["number"], &case["procedure"]), (&json!(number), &json!("khai-sinh")));
    let field = |id: &str| {
        let fields = case["fields"].as_array().unwrap();
        fields.iter().find(|field| field["id"] == id).unwrap_or(&Value::Null).clone()
    };
    assert_eq!(field("ngay-sinh")["value"], "2026-11-02");
    assert_eq!(
        (field("quan-he")["value"].as_str(), field("quan-he")["shown"].as_str()),
        (Some("me"), Some("Mẹ"))
    );
    assert_eq!(field("cha"), Value::Null, "a question that was not asked has no answer");
    assert_eq!(field("ghi-chu"), Value::Null, "one that was left out, neither");
    // The chat has the receipt, and then that the agency has it.
    let mut said = String::new();
    while !said.contains("Cơ quan đã nhận") {
        if let Down::Message(message) = citizen.visitor.next().await {
            said.push_str(&format!("{message:?}"));
        }
    }
    assert!(said.contains(&number) && said.contains("Dự kiến có kết quả"), "{said}");
    assert!(!said.contains("079203001234"), "answers stay out of the conversation: {said}");
    let (code, html) = status(&edge, &number, "5678");
    assert_eq!(code, 200, "{html}");
    assert!(html.contains("Cơ quan đã nhận"), "{html}");
    assert!(said.contains(&format!("/s/ward/status?lang=vi#{number}")), "the receipt leads there: {said}");
    decide(&agency, &number, "done", "Mời quý vị đến **quầy số 1** nhận giấy khai sinh.");
    let told = citizen.visitor.answer().await;
    assert!(format!("{told:?}").contains("quầy số 1"), "{told:?}");
    let (_, html) = status(&edge, &number.to_lowercase().replace('-', ""), " 5678 ");
    assert!(html.contains("Đã có kết quả") && html.contains("<strong>quầy số 1</strong>"), "{html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_it_and_nothing_is_lost() {
    let agency = Agency::start(&[]);
    let edge = edge_of(&agency);
    let citizen = Citizen::of(&edge).await;
    let (code, html) = citizen.post(&[
        ("go", "next"),
        ("page", "nguoi-khai"),
        ("f.nguoi-khai", "<b>Hoa</b>"),
        ("f.can-cuoc", "123"),
        ("f.dien-thoai", "0912 345 678"),
    ]);
    assert_eq!(code, 422);
    assert!(html.contains("<title>Cần sửa: "), "{html}");
    assert!(
        html.contains("href=\"#f-can-cuoc\"") && html.contains("id=\"f-can-cuoc\""),
        "a link to it: {html}"
    );
    assert!(html.contains("value=\"123\""), "what was typed is there: {html}");
    assert!(html.contains("&lt;b&gt;Hoa&lt;/b&gt;") && !html.contains("<b>Hoa"), "{html}");
    // Elsewhere, later: what was right is kept and not asked again, only what was wrong is.
    let (_, html) = citizen.post(&[("go", "open")]);
    assert!(html.contains("name=\"f.can-cuoc\"") && !html.contains("name=\"f.dien-thoai\""), "{html}");
    // Nothing is handed in half, and nobody else's ticket opens it.
    let (_, html) = citizen.post(&[("go", "send")]);
    assert!(!html.contains("hoi-number"), "{html}");
    let stranger = Visitor::boot(&edge);
    let form =
        [("ticket", stranger.ticket.as_str()), ("lang", "vi"), ("procedure", "khai-sinh"), ("go", "open")];
    assert!(!post_form(&edge, "form", &form, &[]).1.contains("0912345678"));
    let (_, html) = citizen.post(&[("go", "delete")]);
    assert!(html.contains("Đã xóa"), "{html}");
    assert!(!citizen.post(&[("go", "open")]).1.contains("0912345678"));
    assert_eq!(post_form(&edge, "form", &[("ticket", "x"), ("procedure", "khai-sinh")], &[]).0, 422);
    assert_eq!(citizen.post(&[("go", "open"), ("procedure", "none")]).0, 404);
    assert!(cases(&agency).is_empty());
}

/// What is far too long is still told beside its field, and a site that is switched off says so.
#[tokio::test(flavor = "multi_thread")]
async fn too_much_and_switched_off() {
    let agency = Agency::start(&[]);
    let edge = edge_of(&agency);
    let citizen = Citizen::of(&edge).await;
    let long = "ệ".repeat(5_000);
    let (code, html) = citizen.post(&[("go", "next"), ("page", "nguoi-khai"), ("f.nguoi-khai", &long)]);
    assert_eq!(code, 422);
    assert!(html.contains("Tối đa 100 ký tự") && html.contains(&long), "what was typed is there");
    let (found, html) = citizen.post(&[("go", "edit:none")]);
    assert_eq!(found, 200, "a question that isn't there leads to the first one that is: {html}");
    assert!(edge.hoi(&["off", "ward"]).status.success());
    let mut answer = (200, String::new());
    for _ in 0..100 {
        answer = citizen.post(&[("go", "open")]);
        if answer.0 == 503 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(answer.0 == 503 && answer.1.contains("đang tạm ngừng"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_up_tells_nobody_what_is_not_his() {
    let agency = Agency::start(&[]);
    let mut edge = edge_of(&agency);
    let number = Citizen::of(&edge).await.hand_in();
    let try_it = |number: &str, fact: &str, address: &str| {
        let form = [("number", number), ("fact", fact), ("lang", "vi")];
        post_form(&edge, "status", &form, &[("x-real-ip", address)])
    };
    let plain = |html: &str, number: &str| {
        let html = html.replace(&format!("value=\"{number}\""), "");
        let nonce = html.find("nonce=\"").unwrap() + 7;
        [&html[..nonce], &html[nonce + 32..]].concat()
    };
    let wrong_fact = try_it(&number, "0000", "192.0.2.1");
    let wrong_number = try_it("00000-00000", "5678", "192.0.2.2");
    assert_eq!((wrong_fact.0, wrong_number.0), (422, 422));
    assert_eq!(plain(&wrong_fact.1, &number), plain(&wrong_number.1, "00000-00000"));
    let guesses: Vec<u16> = (0..20).map(|n| try_it(&number, &format!("{n:04}"), "192.0.2.3").0).collect();
    assert!(guesses[6..].iter().all(|status| *status == 429), "{guesses:?}");
    assert_eq!(try_it(&number, "5678", "192.0.2.4").0, 200);
    // From everywhere at once the number itself is shut for a while; the page says whom to call meanwhile.
    let refused: Vec<(u16, String)> =
        (0..12).map(|n| try_it(&number, "0000", &format!("198.51.100.{n}"))).collect();
    let waits = refused.iter().find(|(status, _)| *status == 429).expect("somebody is told to wait");
    assert!(waits.1.contains("tel:"), "no way on: {}", waits.1);
    assert_eq!(try_it(&number, "5678", "192.0.2.5").0, 429, "a right guess is not told from a wrong one");
    // Another case is looked up as before.
    let other = Citizen::of(&edge).await.hand_in();
    assert_eq!(try_it(&other, "5678", "192.0.2.6").0, 200);
    // A page of another site can't make its visitors look one up.
    let form = [("number", number.as_str()), ("fact", "5678")];
    assert_eq!(post_form(&edge, "status", &form, &[("origin", "https://evil.example")]).0, 403);
    // Nothing that was answered can be read on the disk.
    let mut seen = 0;
    for file in walk(&edge.data()) {
        let bytes = std::fs::read(&file).unwrap();
        seen += bytes.len();
        for secret in ["079203001234", "0912345678", "Trần Minh Khôi"] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", file.display());
        }
    }
    assert!(seen > 10_000, "there was something to look at");
    assert!(!edge.log().contains("0912345678"));
    // A restart forgets nothing.
    edge.kill();
    edge.up();
    let form = [("number", number.as_str()), ("fact", "5678"), ("lang", "vi")];
    assert_eq!(post_form(&edge, "status", &form, &[("x-real-ip", "192.0.2.7")]).0, 429);
}

pub fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// The agency is away, and the edge dies in between: the case is there once.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_brought_once_whatever_happens() {
    let port = tests::free_port();
    let mut edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let citizen = Citizen::of(&edge).await;
    let number = citizen.hand_in();
    // After a button pressed twice it is the same receipt, and nothing is handed in again.
    assert!(citizen.post(&[("go", "send")]).1.contains(&number));
    assert!(status(&edge, &number, "5678").1.contains("Đang chuyển đến cơ quan"));
    edge.kill();
    edge.up();
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    until("the case after all", || !cases(&agency).is_empty()).await;
    until("the state", || status(&edge, &number, "5678").1.contains("Cơ quan đã nhận")).await;
    let got = cases(&agency);
    assert_eq!(got.last().unwrap()["acts"], 1, "{got:?}");
    assert!(got.iter().all(|case| case["case"]["number"] == number.as_str()), "{got:?}");
}

/// The whole way on a phone, in the simple view, as a ward's visitor would go it.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_in_the_simple_view() {
    let port = tests::free_port();
    let edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 740, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("summary[title^='Hiển thị']").await.click().await.unwrap();
    browser.find(".hoi-display .hoi-switch").await.click().await.unwrap();
    browser.find("summary[title^='Hiển thị']").await.click().await.unwrap();
    browser.eval("document.querySelector('.hoi-other')?.click()").await;
    browser.find("textarea").await.send_keys("làm giấy khai sinh\u{e007}").await.unwrap();
    browser.until("the procedure", "!!document.querySelector('.hoi-procedure button.hoi-button')").await;
    browser.picture("form-offered").await;
    browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
    browser.until("the first question", "!!document.querySelector('#f-nguoi-khai')").await;
    assert_eq!(
        browser.eval("document.querySelectorAll('.hoi-group').length").await,
        json!(1),
        "one question a page"
    );
    browser.is_accessible().await;
    browser.picture("form-question").await;
    // Sent empty: the summary has the focus, and leads to the question.
    browser.find(".hoi-go").await.click().await.unwrap();
    browser.until("what is wrong", "document.activeElement?.className === 'hoi-problems'").await;
    browser.is_accessible().await;
    browser.picture("form-wrong").await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let page = browser.eval("document.querySelector('[name=page]')?.value ?? ''").await;
        let page = page.as_str().unwrap_or_default().to_owned();
        if page.is_empty() {
            break;
        }
        if seen.insert(page.clone()) && ["quan-he", "ngay-sinh", "cam-doan"].contains(&page.as_str()) {
            browser.is_accessible().await;
            browser.picture(&format!("form-{page}")).await;
        }
        for (name, answer) in ANSWERS.iter().filter(|(name, answer)| {
            let own = name.trim_start_matches("f.");
            !answer.is_empty() && (own == page || own.starts_with(&format!("{page}.")))
        }) {
            let css = format!("[name={}]", json!(name));
            let pick = format!("{css}[value={}]", json!(answer));
            let picked = browser
                .eval(&format!(
                    "!!document.querySelector({} + ':is([type=radio],[type=checkbox])')",
                    json!(pick)
                ))
                .await;
            if picked == json!(true) {
                browser.eval(&format!("document.querySelector({}).click()", json!(pick))).await;
            } else {
                browser.find(&css).await.send_keys(answer).await.unwrap();
            }
        }
        browser.find(".hoi-go").await.click().await.unwrap();
        browser
            .until(
                "the next page",
                &format!("(document.querySelector('[name=page]')?.value ?? '') !== {}", json!(page)),
            )
            .await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    browser.is_accessible().await;
    browser.picture("form-review").await;
    browser.eval("document.querySelector('button[value=send]').click()").await;
    browser.until("the receipt", "!!document.querySelector('.hoi-number')").await;
    browser.is_accessible().await;
    browser.picture("form-receipt").await;
    let number = browser.eval("document.querySelector('.hoi-number').textContent").await;
    let number = number.as_str().unwrap().to_owned();
    let link = browser.eval("document.querySelector('a.hoi-address').href").await;
    browser.find(".hoi-back").await.click().await.unwrap();
    browser
        .until("the chat with its receipt", &format!("document.body.innerText.includes({})", json!(number)))
        .await;
    browser.picture("form-chat").await;
    decide(&agency, &number, "needs_papers", "Xin bổ sung **giấy chứng sinh**.");
    browser.until("what the agency wants", "document.body.innerText.includes('giấy chứng sinh')").await;
    // From another device, with the number from the link and the end of the telephone number.
    let other = Browser::start(1000, 800).await;
    other.client.goto(link.as_str().unwrap()).await.unwrap();
    other.until("the number in its field", "document.querySelector('#hoi-code').value.length === 11").await;
    other.is_accessible().await;
    other.picture("form-lookup").await;
    other.find("#hoi-fact").await.send_keys("5678\u{e007}").await.unwrap();
    other.until("the state", "document.body.innerText.includes('Cần bổ sung giấy tờ')").await;
    other.is_accessible().await;
    other.picture("form-status").await;
}
