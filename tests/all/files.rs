//! Files that visitors send: against real workerd and in real Chromium.

use serde_json::json;
use std::{fs, path::Path};
use tests::{Agency, Browser, Edge, EdgeOptions, Visitor, wait_for};
use wire::{Block, Down, Fault, File, Id, PublicError, Up};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

fn taking(agency: &Agency) -> EdgeOptions {
    let rules = "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 2\n\n# How much may be used;".to_owned();
    let edits = vec![("# How much may be used;".to_owned(), rules)];
    EdgeOptions { agency: agency.url.clone(), edits, ..EdgeOptions::default() }
}

/// Sends a file as a browser does.
pub fn upload(edge: &Edge, ticket: &str, id: u128, name: &str, bytes: &[u8]) -> Result<File, (u16, Fault)> {
    upload_from(edge, "", ticket, id, name, bytes)
}

/// The same from an internet address, as the operator's proxy would name it.
pub fn upload_from(
    edge: &Edge,
    address: &str,
    ticket: &str,
    id: u128,
    name: &str,
    bytes: &[u8],
) -> Result<File, (u16, Fault)> {
    let mut body = Vec::new();
    let id = Id(id).to_string();
    for (field, text) in [("ticket", ticket), ("id", &id)] {
        body.extend(
            format!("--cut\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n").bytes(),
        );
    }
    body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n").bytes());
    body.extend(bytes);
    body.extend(b"\r\n--cut--\r\n");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent
        .post(format!("{}/s/ward/file", edge.origin))
        .header("content-type", "multipart/form-data; boundary=cut")
        .header("origin", &edge.origin)
        .header("x-real-ip", address)
        .send(&body)
        .unwrap();
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string().unwrap();
    match status {
        200 => Ok(serde_json::from_str(&text).unwrap()),
        _ => Err((status, serde_json::from_str::<PublicError>(&text).unwrap().error)),
    }
}

pub fn fetch(edge: &Edge, ticket: &str, id: Id) -> http::Response<ureq::Body> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    agent.post(format!("{}/s/ward/file/{id}", edge.origin)).send_form([("ticket", ticket)]).unwrap()
}

pub fn with(id: u128, text: &str, files: &[u128]) -> Up {
    let files = files.iter().map(|id| Id(*id)).collect();
    Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick: None, value: None, files }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_to_the_agency_and_back_to_the_visitor() {
    let agency = Agency::start(&["--mode", "json"]);
    let edge = Edge::start(&taking(&agency));
    let mut visitor = Visitor::open(&edge).await;
    let ticket = visitor.boot.ticket.clone();
    // More than one piece on the disk.
    let large = [PDF, &vec![b' '; 1_500_000]].concat();
    let file = upload(&edge, &ticket, 9, "../giấy khai sinh.html", &large).unwrap();
    assert_eq!((file.name.as_str(), file.kind.as_str()), ("giấy khai sinh.pdf", "application/pdf"));
    // Sent again, it is the same file; another one may not take its name.
    assert_eq!(upload(&edge, &ticket, 9, "../giấy khai sinh.html", &large), Ok(file.clone()));
    assert_eq!(upload(&edge, &ticket, 9, "x.pdf", PDF), Err((400, Fault::IdReused)));
    visitor.send(&with(1, "", &[9])).await;
    assert!(matches!(visitor.next().await, Down::Ack { seq: 1, .. }));
    visitor.answer().await;
    // The same saying again is the same saying; the file can't be said twice.
    visitor.send(&with(1, "", &[9])).await;
    assert!(matches!(visitor.next().await, Down::Ack { seq: 1, .. }));
    visitor.send(&with(2, "nữa", &[9])).await;
    assert!(matches!(visitor.next().await, Down::Fault { code: Fault::Malformed, .. }));
    let asked = agency.asked();
    let sent = &asked[0]["question"]["files"][0];
    assert_eq!((&sent["name"], &sent["size"]), (&json!("giấy khai sinh.pdf"), &json!(large.len())));
    let fetched = asked.iter().find(|line| line["file"] == "giấy khai sinh.pdf").expect("it was fetched");
    assert_eq!((&fetched["whole"], &fetched["kind"]), (&json!(true), &json!("application/pdf")), "{fetched}");

    let answer = fetch(&edge, &ticket, Id(9));
    assert_eq!(answer.status(), 200);
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(answer.headers()[name], value);
    }
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; "));
    assert_eq!(answer.into_body().read_to_vec().unwrap(), large);
    // Another conversation's ticket opens nothing, nor does a signature that isn't the agency's.
    let stranger = Visitor::boot(&edge);
    assert_eq!(fetch(&edge, &stranger.ticket, Id(9)).status(), 404);
    assert_eq!(fetch(&edge, "t1.x", Id(9)).status(), 401);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let forged = agent
        .post(format!("{}/s/ward/file/{}", edge.origin, Id(9)))
        .header("webhook-id", "a")
        .header("webhook-timestamp", "1790000000")
        .header("webhook-signature", "v1,AAAA")
        .send(json!({ "type": "file", "conversation": visitor.boot.conversation, "file": Id(9) }).to_string())
        .unwrap();
    assert_eq!(forged.status(), 401);
    // Another device sees it.
    let mut other = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    other.hello(None, 0).await;
    other.next().await;
    let Down::Message(message) = other.next().await else { panic!("no message") };
    assert_eq!(message.body.blocks, [Block::File(file)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_taken() {
    let agency = Agency::start(&[]);
    let edge = Edge::start(&taking(&agency));
    let visitor = Visitor::open(&edge).await;
    let ticket = &visitor.boot.ticket;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (bytes, name, refusal) in [
        (&svg[..], "a.png", (415, Fault::FileKind)),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", (415, Fault::FileKind)),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a.jpg", (415, Fault::FileKind)),
        (b"", "a.pdf", (413, Fault::TooLong)),
    ] {
        assert_eq!(upload(&edge, ticket, 1, name, bytes), Err(refusal), "{name}");
    }
    let large = [PDF, &vec![b' '; 2 * 1024 * 1024]].concat();
    assert_eq!(upload(&edge, ticket, 1, "a.pdf", &large), Err((413, Fault::TooLong)));
    let larger = vec![b' '; 3 * 1024 * 1024];
    assert_eq!(upload(&edge, ticket, 1, "a.pdf", &larger), Err((413, Fault::TooLong)));
    assert_eq!(upload(&edge, "t1.x", 1, "a.pdf", PDF), Err((401, Fault::Ticket)));
    let none = Edge::start(&EdgeOptions::default());
    let boot = Visitor::boot(&none);
    assert_eq!(upload(&none, &boot.ticket, 1, "a.pdf", PDF), Err((404, Fault::FileKind)));
    // All of one conversation's together are bounded, too.
    let most = [PDF, &vec![b' '; 1_900_000]].concat();
    let taken = (10..40).take_while(|id| upload(&edge, ticket, *id, "a.pdf", &most).is_ok()).count();
    assert!((10..=16).contains(&taken), "{taken}");
}

async fn open(browser: &Browser, edge: &Edge) {
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
}

async fn choose(browser: &Browser, file: &Path) {
    browser.find("#hoi-files").await.send_keys(file.to_str().unwrap()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_attaches_files() {
    let agency = Agency::start(&[]);
    let mut edge = Edge::start(&taking(&agency));
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("don.pdf"), folder.path().join("trang.html"));
    fs::write(&good, PDF).unwrap();
    fs::write(&bad, "<!DOCTYPE html>").unwrap();
    let browser = Browser::start(400, 800).await;
    browser.screen(320, 640, true).await;
    open(&browser, &edge).await;
    // The button is reached with the keyboard and is large enough for a finger.
    let button = "document.querySelector('.hoi-attach')";
    browser.eval(&format!("{button}.focus()")).await;
    assert_eq!(browser.eval(&format!("document.activeElement === {button} && {button}.offsetHeight >= 44 && {button}.offsetWidth >= 44")).await, json!(true));
    choose(&browser, &bad).await;
    browser
        .until(
            "why not",
            "document.querySelector('.hoi-attached').innerText.includes('Chưa nhận loại tệp này')",
        )
        .await;
    assert_eq!(
        browser.eval("document.querySelector('.hoi-attached').innerText.includes('pdf, png')").await,
        json!(true)
    );
    browser.is_accessible().await;
    browser.picture("file-refused").await;
    browser.find(".hoi-attached .hoi-again").await.click().await.unwrap();
    browser.until("it to go", "!document.querySelector('.hoi-attached li')").await;

    // The line is lost; then it is there again.
    edge.kill();
    choose(&browser, &good).await;
    browser
        .until(
            "that it was not sent",
            "document.querySelector('.hoi-attached').innerText.includes('Chưa tải lên được')",
        )
        .await;
    edge.up();
    browser.find(".hoi-attached .hoi-state .hoi-again").await.click().await.unwrap();
    browser.until("it to be there", "!!document.querySelector('.hoi-attached progress[hidden]') && !document.querySelector('.hoi-attached .hoi-state')").await;
    browser.is_accessible().await;
    browser.picture("file-attached").await;
    // Dropped or pasted it goes the same way; a copied text only brings its picture along.
    let data = "const data = new DataTransfer(); data.items.add(new File(['%PDF-1.4'], 'keo.pdf')); \
                const into = document.querySelector('textarea'), about = { bubbles: true, cancelable: true };";
    let drop = "into.dispatchEvent(new DragEvent('drop', { dataTransfer: data, ...about }))";
    let paste = "into.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...about }))";
    let taken = |event: &str, more: &str| format!("(() => {{ {data} {more}; return !{event}; }})()");
    assert_eq!(browser.eval(&taken(paste, "data.setData('text/plain', 'chữ')")).await, json!(false));
    for (event, count) in [(drop, 2), (paste, 3)] {
        assert_eq!(
            browser.eval(&taken(event, "")).await,
            json!(true),
            "the browser does nothing else with it"
        );
        let there = format!("document.querySelectorAll('.hoi-attached progress[hidden]').length === {count}");
        browser.until("another file", &there).await;
    }
    for _ in 0..2 {
        browser.find(".hoi-attached li:last-child > .hoi-again").await.click().await.unwrap();
    }
    browser.until("one again", "document.querySelectorAll('.hoi-attached li').length === 1").await;
    browser.find("textarea").await.send_keys("đơn của tôi đây\u{e007}").await.unwrap();
    browser
        .until("the file in the message", "!!document.querySelector('.hoi-from-visitor .hoi-file button')")
        .await;
    browser.until("the agency's reply", "!!document.querySelector('.hoi-from-agency')").await;
    wait_for("the agency to fetch it", || {
        agency.asked().iter().any(|line| line["file"] == "don.pdf" && line["whole"] == true)
    });
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-attached li').length").await, json!(0));
    browser.eval("document.querySelector('.hoi-from-visitor').scrollIntoView()").await;
    browser.is_accessible().await;
    browser.picture("file-said").await;

    let place = json!({ "behavior": "allow", "downloadPath": folder.path().join("down") });
    browser.cdp("Browser.setDownloadBehavior", place).await;
    open(&browser, &edge).await;
    browser.find(".hoi-from-visitor .hoi-file button").await.click().await.unwrap();
    let saved = folder.path().join("down/don.pdf");
    wait_for("the file", || saved.exists());
    assert_eq!(fs::read(saved).unwrap(), PDF);
    assert_eq!(browser.eval("location.pathname").await, json!("/s/ward"), "the page is still there");
}

#[test]
fn without_a_script_a_file_goes_with_the_form() {
    let agency = Agency::start(&["--mode", "json"]);
    let edge = Edge::start(&taking(&agency));
    let boot = Visitor::boot(&edge);
    let post = |name: &str, bytes: &[u8]| {
        let mut body = Vec::new();
        for (field, text) in
            [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "đơn của tôi")]
        {
            body.extend(
                format!("--cut\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{text}\r\n")
                    .bytes(),
            );
        }
        body.extend(format!("--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer = agent
            .post(format!("{}/s/ward/say", edge.origin))
            .header("content-type", "multipart/form-data; boundary=cut")
            .header("accept-language", "vi")
            .send(&body)
            .unwrap();
        (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
    };
    let (status, html) = post("a.pdf", b"<html>");
    assert_eq!(status, 422);
    assert!(html.contains("Chưa nhận loại tệp này") && html.contains("đơn của tôi"), "{html}");
    let (status, html) = post("đơn.pdf", PDF);
    assert_eq!(status, 200, "{html}");
    assert!(html.contains("<strong>đơn.pdf</strong>") && html.contains("/s/ward/file/"), "{html}");
    let (status, html) = post("lớn.pdf", &vec![b' '; 5 * 1024 * 1024]);
    assert_eq!(status, 413);
    assert!(html.contains("Tệp quá lớn. Tối đa 2 MB"), "{html}");
    assert!(agency.asked().iter().any(|line| line["file"] == "đơn.pdf" && line["whole"] == true));
}
