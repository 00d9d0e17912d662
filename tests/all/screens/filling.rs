//! Pages of forms on a phone: without a network, sent twice, and how many there are.

use super::{ask, chat, phone};
use crate::forms::{ANSWERS, Citizen, number};
use crate::papers::fill_in;
use serde_json::json;
use tests::{Agency, Browser, Edge, EdgeOptions};

async fn offline(browser: &Browser, gone: bool) {
    let state = json!({ "offline": gone, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.enable", json!({})).await;
    browser.cdp("Network.emulateNetworkConditions", state).await;
}

async fn open_form(browser: &Browser, edge: &Edge) {
    chat(browser, edge).await;
    ask(browser, "làm giấy khai sinh").await;
    browser.until("the procedure", "!!document.querySelector('.hoi-procedure button.hoi-button')").await;
    browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
    browser.until("the first question", "!!document.querySelector('#f-nguoi-khai')").await;
}

async fn fill_page(browser: &Browser, more: &[(&str, &str)]) {
    for (name, answer) in ANSWERS.iter().filter(|(_, answer)| !answer.is_empty()).chain(more) {
        browser.eval(&fill_in(name, answer)).await;
    }
    browser.eval("document.querySelector('.hoi-question').elements[0].dispatchEvent(new Event('input', { bubbles: true }))").await;
}

async fn page(browser: &Browser) -> String {
    let page = browser.eval("document.querySelector('[name=page]')?.value ?? ''").await;
    page.as_str().unwrap_or_default().to_owned()
}

async fn until_another(browser: &Browser, page: &str) {
    let next = format!("(document.querySelector('[name=page]')?.value ?? '') !== {}", json!(page));
    browser.until("the next page", &next).await;
}

/// What is kept in the tab of what was typed.
const KEPT: &str = "Object.keys(sessionStorage).filter((key) => key.includes(':form:')).length";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_outlives_the_network() {
    let port = tests::free_port();
    let mut edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let _agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    browser.find("#f-nguoi-khai").await.send_keys("Nguyễn Thị Hoa").await.unwrap();
    fill_page(&browser, &[]).await;
    offline(&browser, true).await;
    browser.find(".hoi-go").await.click().await.unwrap();
    let told = "[...document.querySelectorAll('.hoi-question .hoi-unsent')].some((e) => e.checkVisibility())";
    browser.until("that it could not be sent", told).await;
    assert!(browser.text().await.contains("Những gì ông bà đã điền vẫn còn nguyên"));
    let name = "document.querySelector('#f-nguoi-khai')?.value";
    assert_eq!(browser.eval(name).await, json!("Nguyễn Thị Hoa"));
    browser.is_accessible().await;
    browser.picture("screens-form-offline").await;
    // Pressed again it is no more there, and nothing is lost.
    browser.find(".hoi-question .hoi-unsent button").await.click().await.unwrap();
    browser.find(".hoi-go").await.click().await.unwrap();
    assert_eq!(browser.eval(name).await, json!("Nguyễn Thị Hoa"));
    // By itself, once there is a network.
    let first = page(&browser).await;
    offline(&browser, false).await;
    until_another(&browser, &first).await;
    // The edge itself is away: the same, and what was typed is there after a reload.
    browser.eval(&fill_in("f.ten-chau", "Trần Minh Khôi")).await;
    let typed = "document.querySelector('[name=\"f.ten-chau\"]')?.value";
    browser.eval("document.querySelector('[name=\"f.ten-chau\"]').dispatchEvent(new Event('input', { bubbles: true }))").await;
    edge.kill();
    browser.find(".hoi-go").await.click().await.unwrap();
    browser.until("that it could not be sent", told).await;
    edge.up();
    browser.client.refresh().await.unwrap();
    browser.until("what was typed", &format!("{typed} === 'Trần Minh Khôi'")).await;
    assert_eq!(browser.eval(KEPT).await, json!(1));
    assert_eq!(
        browser.eval("Object.keys(localStorage).filter((key) => key.includes('form')).length").await,
        json!(0)
    );
    // To the end; pressed twice it is handed in once.
    for _ in 0..20 {
        let here = page(&browser).await;
        if here.is_empty() {
            break;
        }
        if here == "giay-chung-sinh" {
            browser.eval("document.querySelector('button[value=next]').click(), document.querySelector('button[value=next]').click()").await;
        } else {
            fill_page(&browser, &[]).await;
            browser
                .eval("document.querySelector('.hoi-go').click(), document.querySelector('.hoi-go').click()")
                .await;
        }
        until_another(&browser, &here).await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    browser
        .eval("(() => { const b = document.querySelector('button[value=send]'); b.click(); b.click(); })()")
        .await;
    browser.until("the receipt", "!!document.querySelector('.hoi-number')").await;
    assert_eq!(browser.eval(KEPT).await, json!(0), "nothing is left in the tab");
    browser.is_accessible().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_chosen_again_after_a_reload_and_kept_once_without_a_network() {
    let edge = Edge::start(&EdgeOptions::default());
    let folder = tempfile::tempdir().unwrap();
    let paper = folder.path().join("Giấy chứng sinh.pdf");
    std::fs::write(&paper, b"%PDF-1.7\n%%EOF\n").unwrap();
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    for _ in 0..20 {
        let here = page(&browser).await;
        if here == "giay-chung-sinh" {
            break;
        }
        fill_page(&browser, &[]).await;
        browser.find(".hoi-go").await.click().await.unwrap();
        until_another(&browser, &here).await;
    }
    let again = "document.querySelector('.hoi-question .hoi-files-again').checkVisibility()";
    assert_eq!(browser.eval(again).await, json!(false));
    browser.find(".hoi-upload").await.send_keys(paper.to_str().unwrap()).await.unwrap();
    // No page may put a file there: the visitor is told to choose it once more.
    browser.client.refresh().await.unwrap();
    browser.until("that it is to be chosen again", again).await;
    assert_eq!(browser.eval("document.querySelector('.hoi-upload').files.length").await, json!(0));
    browser.is_accessible().await;
    browser.picture("screens-form-file-again").await;
    browser.find(".hoi-upload").await.send_keys(paper.to_str().unwrap()).await.unwrap();
    offline(&browser, true).await;
    browser.eval("document.querySelector('.hoi-go').click()").await;
    browser
        .until(
            "that it could not be sent",
            "document.querySelector('.hoi-question .hoi-unsent').checkVisibility()",
        )
        .await;
    assert_eq!(browser.eval("document.querySelector('.hoi-upload').files.length").await, json!(1));
    offline(&browser, false).await;
    until_another(&browser, "giay-chung-sinh").await;
    // Back to it: the file is there.
    browser.eval("[...document.querySelectorAll('button[value=back]')].at(0)?.click()").await;
    browser.until("the file", "document.body.innerText.includes('Giấy chứng sinh.pdf')").await;
    assert_eq!(
        browser.eval("document.querySelectorAll('.hoi-kept li').length").await,
        json!(1),
        "sent twice it is kept once"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_have_letters_as_large_as_the_chat() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = phone(320, 640).await;
    for (step, base, most) in [(0, 16, 17.0), (5, 16, 34.0), (0, 32, 34.0)] {
        let sizes = json!({ "fontSizes": { "standard": base, "fixed": base } });
        browser.cdp("Page.setFontSizes", sizes).await;
        chat(&browser, &edge).await;
        browser.eval(&format!("localStorage.setItem('hoi:ward:display', '{step} 0')")).await;
        open_form(&browser, &edge).await;
        for page in ["form", "status"] {
            if page == "status" {
                browser.client.goto(&format!("{}/s/ward/status?lang=vi", edge.origin)).await.unwrap();
                browser.find(".hoi-go").await;
            }
            let scene = format!("{page}, step {step}, {base} px");
            let size = "parseFloat(getComputedStyle(document.querySelector('.hoi-question .hoi-field, .hoi-sheet .hoi-field')).fontSize)";
            assert!(browser.eval(size).await.as_f64() >= Some(most / 17.0 * 15.0), "{scene}");
            let label = "parseFloat(getComputedStyle(document.querySelector('.hoi-sheet label')).fontSize)";
            assert_eq!(browser.eval(label).await.as_f64(), Some(most), "{scene}");
            let wide = "[...document.querySelectorAll('body, .hoi-sheet *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 && !e.closest('.hoi-hidden')).map((e) => e.outerHTML.slice(0, 80))";
            assert_eq!(browser.eval(wide).await, json!([]), "{scene}: wider than the screen");
            // A case's number, and most names, are read as they are typed.
            let field = "(() => { const e = document.querySelector('.hoi-sheet .hoi-field'); e.value = 'G7MYZ-VSCJ5'; const fits = e.scrollWidth <= e.clientWidth; e.value = ''; return fits; })()";
            assert_eq!(browser.eval(field).await, json!(true), "{scene}: the field holds no number");
            browser.is_accessible().await;
            browser.picture(&format!("screens-{page}-{step}-{base}")).await;
        }
    }
}

#[tokio::test]
async fn handed_in_twice_it_is_one_case() {
    let edge = Edge::start(&EdgeOptions::default());
    let citizen = Citizen::of(&edge).await;
    let first = citizen.hand_in();
    // The answer was lost, so the browser sends it once more.
    for _ in 0..2 {
        let (status, html) = citizen.post(&[("go", "send")]);
        assert_eq!((status, number(&html)), (200, first.clone()), "{html}");
        assert!(html.contains("5678"), "the same receipt: {html}");
    }
    // Another application is another one.
    let (_, html) = citizen.post(&[("go", "open")]);
    assert!(html.contains("nguoi-khai") && !html.contains(&first), "{html}");
    assert_ne!(citizen.hand_in(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_keeps_its_count_and_asks_nothing_twice() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = phone(360, 640).await;
    open_form(&browser, &edge).await;
    let more = [
        ("f.quan-he", "khac"),
        ("f.quan-he-khac", "Bà ngoại"),
        ("f.ket-hon", "yes"),
        ("f.cha", "Trần Văn An"),
    ];
    let cha = [
        ("f.cha-ngay-sinh.day", "1"),
        ("f.cha-ngay-sinh.month", "2"),
        ("f.cha-ngay-sinh.year", "1990"),
        ("f.cha-giay-to", "079090001234"),
    ];
    let more: Vec<(&str, &str)> = more.into_iter().chain(cha).collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut of = None;
    for step in 1..30 {
        let here = page(&browser).await;
        if here.is_empty() {
            break;
        }
        let hint = browser.eval("document.querySelector('.hoi-sheet .hoi-hint').textContent").await;
        let numbers: Vec<usize> =
            hint.as_str().unwrap().split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert_eq!(numbers[0], step, "{hint}");
        assert!(of.is_none_or(|of| numbers[1] <= of), "the count grows: {hint} after {of:?}");
        of = Some(numbers[1]);
        let asked = browser.eval("[...document.querySelectorAll('.hoi-question [id^=f-]')].map((e) => e.id).filter((id) => !/-(hint|enough|wrong|kinds|large|day|month|year|\\d+)$/.test(id))").await;
        for id in asked.as_array().unwrap() {
            assert!(seen.insert(id.to_string()), "{id} is asked twice");
        }
        if here == "quan-he-khac" || here == "ten-chau" {
            browser.picture("screens-form-step").await;
        }
        fill_page(&browser, &more).await;
        browser.find(".hoi-go").await.click().await.unwrap();
        until_another(&browser, &here).await;
    }
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
    assert!(
        seen.iter().any(|id| id.contains("quan-he-khac")) && seen.iter().any(|id| id.contains("cha-giay-to"))
    );
    // Another answer brings a question in: that one alone is asked.
    browser.eval("document.querySelector('button[value=\"edit:quan-he\"]').click()").await;
    browser.until("the question", "!!document.querySelector('[name=\"f.quan-he\"]')").await;
    browser.eval(&fill_in("f.quan-he", "me")).await;
    browser.find(".hoi-go").await.click().await.unwrap();
    browser.until("the review", "document.querySelectorAll('.hoi-change').length > 10").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_opened_and_come_back_to_without_pages_of_the_browsers() {
    let port = tests::free_port();
    let edge =
        Edge::start(&EdgeOptions { agency: format!("http://127.0.0.1:{port}/"), ..EdgeOptions::default() });
    let _agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let browser = phone(360, 640).await;
    chat(&browser, &edge).await;
    ask(&browser, "làm giấy khai sinh").await;
    let button = "document.querySelector('.hoi-procedure button.hoi-button')";
    browser.until("the procedure", &format!("!!{button}")).await;
    // Neither is what opens it there yet, nor is there a network: that is said as it is, and it opens once there is one.
    offline(&browser, true).await;
    browser.eval(&format!("{button}.click()")).await;
    browser.until("what is wrong", "document.body.innerText.includes('Mất kết nối')").await;
    assert!(!browser.text().await.contains("Trang này đã cũ"));
    offline(&browser, false).await;
    browser.until("the first question", "!!document.querySelector('#f-nguoi-khai')").await;
    browser.eval(&fill_in("f.nguoi-khai", "Nguyễn Thị Hoa")).await;
    let field = "document.querySelector('#f-nguoi-khai')";
    browser.eval(&format!("{field}.dispatchEvent(new Event('input', {{ bubbles: true }}))")).await;
    // Reloaded, and back and on again: the page is there, with what was typed.
    let typed = format!("{field}?.value === 'Nguyễn Thị Hoa'");
    browser.client.refresh().await.unwrap();
    browser.until("what was typed, reloaded", &typed).await;
    browser.client.back().await.unwrap();
    browser.until("the chat", &format!("!!{button}")).await;
    browser.client.forward().await.unwrap();
    browser.until("what was typed, come back to", &typed).await;
    browser.is_accessible().await;
    // Everything is there to open it now, but no network: the chat stays.
    browser.client.back().await.unwrap();
    browser.until("the chat", &format!("!!{button}")).await;
    browser.eval("document.querySelector(\"summary[title^='Hiển thị']\").click()").await;
    browser.until("the menu", "!!document.querySelector('.hoi-display .hoi-switch')").await;
    offline(&browser, true).await;
    browser.eval(&format!("{button}.click()")).await;
    browser.until("what is wrong", "document.body.innerText.includes('Mất kết nối')").await;
    offline(&browser, false).await;
    browser.until("what was typed, opened again", &typed).await;
    // A tab that never had a form has the way back to the chat.
    browser.eval("sessionStorage.clear()").await;
    browser.client.goto(&format!("{}/s/ward/form?lang=vi", edge.origin)).await.unwrap();
    browser.until("the way back", "!!document.querySelector('a.hoi-back')").await;
    assert_eq!(
        browser.eval("document.querySelector('.hoi-form-again').checkVisibility()").await,
        json!(false)
    );
    browser.is_accessible().await;
}
