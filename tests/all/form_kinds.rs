//! Who has no identity number of twelve digits, and whose papers give no more than a year of birth, gets through a form:
//! on the real edge, without a script, and on a small phone.

use crate::forms::{ANSWERS, Citizen, cases, until, value};
use serde_json::{Value, json};
use tests::{Agency, Browser, Edge, EdgeOptions};

/// What is answered beside and in place of [`ANSWERS`].
const FOREIGN: &[(&str, &str)] = &[
    ("f.can-cuoc", "c 1234567"),
    ("f.me-ngay-sinh.day", ""),
    ("f.me-ngay-sinh.month", ""),
    ("f.me-ngay-sinh.year", "1945"),
    ("f.me-giay-to", "e12345678"),
];

/// Answers the page that `html` shows, and gives what comes next.
fn next(citizen: &Citizen<'_>, html: &str, more: &[(&str, &str)]) -> (u16, String) {
    let page = value(html, "page").to_owned();
    let others = ANSWERS.iter().filter(|(name, _)| more.iter().all(|(own, _)| own != name));
    let mut form = vec![("go", "next"), ("page", page.as_str())];
    form.extend(others);
    form.extend(more);
    citizen.post(&form)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passport_and_a_year_of_birth_are_enough() {
    let port = tests::free_port();
    let edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let citizen = Citizen::of(&edge).await;
    let (_, mut html) = citizen.post(&[("go", "open")]);
    for _ in 0..20 {
        if value(&html, "page").is_empty() {
            break;
        }
        let (status, after) = next(&citizen, &html, FOREIGN);
        assert_eq!(status, 200, "{after}");
        html = after;
    }
    for shown in ["C1234567", "năm 1945", "E12345678"] {
        assert!(html.contains(shown), "the review lacks {shown}: {html}");
    }
    // What was kept stands in the right field again.
    let (_, page) = citizen.post(&[("go", "edit:me-ngay-sinh")]);
    let year = page.split("name=\"f.me-ngay-sinh.year\"").nth(1).unwrap_or_default();
    let year = year.split('>').next().unwrap_or_default();
    assert!(year.contains("value=\"1945\""), "{page}");
    assert!(page.contains("chỉ ghi năm"), "it says that a year is enough: {page}");
    // A month that does not exist, a slip in twelve digits: said beside the field, in words that fit.
    let slips = [("f.me-ngay-sinh.month", "13"), ("f.me-ngay-sinh.year", "1945")];
    let (status, wrong) = next(&citizen, &page, &slips);
    assert_eq!(status, 422, "{wrong}");
    assert!(wrong.contains("Ngày này chưa đúng") && !wrong.contains("Xin ghi đủ ngày"), "{wrong}");
    let month = [("f.me-ngay-sinh.month", "3"), ("f.me-ngay-sinh.year", "1945")];
    assert_eq!(next(&citizen, &wrong, &month).0, 200);
    let (_, page) = citizen.post(&[("go", "edit:me-giay-to")]);
    let (status, wrong) = next(&citizen, &page, &[("f.me-giay-to", "07920300123")]);
    assert_eq!(status, 422, "{wrong}");
    assert!(wrong.contains("Số hộ chiếu gồm 6 đến 9"), "{wrong}");
    assert!(wrong.contains("value=\"07920300123\""), "what was typed is there: {wrong}");
    let (status, review) = next(&citizen, &wrong, &[("f.me-giay-to", "")]);
    assert_eq!(status, 200, "{review}");
    assert!(review.contains("tháng 3 năm 1945"), "{review}");
    let (status, receipt) = citizen.post(&[("go", "send")]);
    assert_eq!(status, 200, "{receipt}");
    until("the agency to have it", || !cases(&agency).is_empty()).await;
    let case = cases(&agency).remove(0)["case"].clone();
    let field = |id: &str| {
        let fields = case["fields"].as_array().unwrap();
        fields.iter().find(|field| field["id"] == id).unwrap_or(&Value::Null).clone()
    };
    assert_eq!(field("can-cuoc")["value"], "C1234567");
    assert_eq!(field("me-ngay-sinh")["value"], "1945-03");
    assert_eq!(field("me-ngay-sinh")["shown"], "tháng 3 năm 1945");
    assert_eq!(
        (&field("ngay-sinh")["value"], &field("ngay-sinh")["shown"]),
        (&json!("2026-11-02"), &Value::Null)
    );
}

/// A page of the form as a browser gets it.
async fn posted(browser: &Browser, citizen: &Citizen<'_>, more: &[(&str, &str)]) {
    let own = [("ticket", citizen.visitor.boot.ticket.as_str()), ("lang", "vi"), ("mode", "page")];
    let fields: Vec<&(&str, &str)> = own.iter().chain(&[("procedure", "khai-sinh")]).chain(more).collect();
    browser
        .eval(&format!(
            "(() => {{ const form = document.createElement('form'); form.method = 'post'; form.action = '/s/ward/form'; \
             for (const [name, value] of {}) {{ const input = document.createElement('input'); input.type = 'hidden'; \
             input.name = name; input.value = value; form.append(input); }} document.body.append(form); form.submit(); }})()",
            json!(fields)
        ))
        .await;
    browser.until("the year", "!!document.querySelector('#f-me-ngay-sinh-year')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_typed_on_a_small_phone() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let citizen = Citizen::of(&edge).await;
    citizen.fill();
    let browser = Browser::start(360, 640).await;
    browser.screen(360, 640, true).await;
    browser.client.goto(&format!("{}/s/ward/status", edge.origin)).await.unwrap();
    posted(&browser, &citizen, &[("go", "edit:me-ngay-sinh")]).await;
    let looked_at = async |name: &str| {
        browser.eval("document.querySelector('#f-me-ngay-sinh').closest('fieldset').scrollIntoView()").await;
        let fits = browser.eval("document.documentElement.scrollWidth <= innerWidth").await;
        assert_eq!(fits, json!(true), "{name}: nothing is wider than the screen");
        let described = "document.querySelector('#f-me-ngay-sinh').closest('fieldset').getAttribute('aria-describedby')\
                         .split(' ').every(id => document.getElementById(id))";
        assert_eq!(browser.eval(described).await, json!(true), "{name}: what describes it is there");
        browser.is_accessible().await;
        browser.picture(name).await;
    };
    looked_at("form-year").await;
    browser.find("#f-me-ngay-sinh-year").await.send_keys("19\u{e007}").await.unwrap();
    browser.until("what is wrong", "!!document.querySelector('#f-me-ngay-sinh-wrong')").await;
    looked_at("form-year-wrong").await;
    let year = browser.find("#f-me-ngay-sinh-year").await;
    year.clear().await.unwrap();
    year.send_keys("1945\u{e007}").await.unwrap();
    browser.until("the review", "document.body.innerText.includes('năm 1945')").await;
    browser.picture("form-year-review").await;
}
