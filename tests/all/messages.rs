//! What an answer may hold besides words, from an agency's folder to a visitor's screen and file.

use serde_json::json;
use std::fs;
use tests::{Browser, Edge, EdgeOptions, wait_for};

const INTENT: &str = r#"
[[intent]]
id = "bieu-phi"
title = { vi = "Biểu phí", en = "Table of fees" }
source = { link = "https://luat.example/phi", label.vi = "Nghị quyết của thành phố", label.en = "City resolution" }
answer.vi = """
| Việc | Lệ phí | Thời hạn giải quyết |
|---|---|---|
| Khai sinh | **0 đ** | trong ngày |
| Chứng thực | 2.000 đ | trong ngày |

> Ngày 2/9 phường nghỉ.

![Sơ đồ bàn tiếp nhận](https://anh.benxuan.example/so-do.png)

![Ảnh của nơi khác](https://noi-khac.example/theo-doi.png)
"""
answer.en = "See the table."
[intent.phrases]
vi = ["bảng lệ phí chi tiết", "biểu phí của phường", "xem biểu phí", "bảng giá các thủ tục", "biểu phí chứng thực"]
en = ["table of fees", "a table with every fee", "list of fees", "all the fees at once", "tariff sheet"]
"#;

fn edge() -> Edge {
    let head = "[greeting]\n".to_owned();
    let notice = "[notice]\nvi = \"Bão số 5: phường nghỉ chiều nay.\"\nen = \"Storm: closed this afternoon.\"\n\n[greeting]\n";
    let pictures =
        ("languages = [".to_owned(), "pictures = [\"anh.benxuan.example\"]\nlanguages = [".to_owned());
    let edits = vec![(head, notice.to_owned()), pictures];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    fs::write(edge.site.join("intents/bieu-phi.toml"), INTENT).unwrap();
    edge.publish();
    edge
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_notices_pictures_and_sources() {
    let edge = edge();
    let folder = tempfile::tempdir().unwrap();
    let browser = Browser::start(400, 800).await;
    browser.screen(390, 844, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.until("the notice", "document.querySelector('.hoi-notice').innerText.includes('Bão số 5')").await;
    browser.find("textarea").await.send_keys("xem biểu phí\u{e007}").await.unwrap();
    browser.until("the table", "document.querySelectorAll('.hoi-table td').length === 6").await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-table th[scope=col]').length").await, json!(3));
    let notices =
        "[...document.querySelectorAll('.hoi-message .hoi-notice')].map((e) => e.lastChild.textContent)";
    assert_eq!(browser.eval(notices).await, json!(["Ngày 2/9 phường nghỉ."]));
    let pictures = "[...document.querySelectorAll('.hoi-message img')].map((e) => [e.src, e.alt])";
    let listed = json!([["https://anh.benxuan.example/so-do.png", "Sơ đồ bàn tiếp nhận"]]);
    assert_eq!(browser.eval(pictures).await, listed, "only the site's own host");
    browser
        .until("the other one's description", "document.body.innerText.includes('Ảnh của nơi khác')")
        .await;
    let asked = "performance.getEntriesByType('resource').some((e) => e.name.includes('noi-khac'))";
    assert_eq!(browser.eval(asked).await, json!(false));
    assert_eq!(
        browser.eval("document.querySelector('.hoi-source a').href").await,
        json!("https://luat.example/phi")
    );
    assert_eq!(browser.eval("document.documentElement.scrollWidth <= innerWidth").await, json!(true));
    browser.is_accessible().await;
    browser.picture("blocks").await;

    let place = json!({ "behavior": "allow", "downloadPath": folder.path() });
    browser.cdp("Browser.setDownloadBehavior", place).await;
    browser.menu().await;
    let save = "document.querySelector('.hoi-switch:not([aria-pressed])').click()";
    browser.eval(save).await;
    let file = folder.path().join("ward.txt");
    wait_for("the file", || file.exists());
    let text = fs::read_to_string(file).unwrap();
    for part in
        ["UBND phường Bến Xuân", "Ông bà trả lời:\nxem biểu phí", "Chứng thực; 2.000 đ", "Nguồn: Nghị quyết"]
    {
        assert!(text.contains(part), "the file lacks {part:?}:\n{text}");
    }
}

#[test]
fn the_page_without_a_script_shows_the_same() {
    let edge = edge();
    let boot = tests::Visitor::boot(&edge);
    let form = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("text", "Biểu phí"), ("pick", "bieu-phi")];
    let answer = ureq::post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("img-src 'self' https://anh.benxuan.example;"), "{policy}");
    let html = answer.into_body().read_to_string().unwrap();
    for part in [
        "<th scope=\"col\">Lệ phí</th>",
        "Bão số 5",
        "alt=\"Sơ đồ bàn tiếp nhận\"",
        "https://luat.example/phi",
    ] {
        assert!(html.contains(part), "the page lacks {part}: {html}");
    }
    assert!(!html.contains("src=\"https://noi-khac"), "a picture of another host");
}
