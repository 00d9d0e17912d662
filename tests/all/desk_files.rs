//! Files between visitors and the desk, both ways: against real workerd and in real Chromium.

use crate::{
    desk::{
        account, at_desk, button, click, fits, focused, in_all_colours, letter, no_complaints, press, says,
        staff,
    },
    files::{PDF, fetch, upload, with},
};
use serde_json::json;
use std::{fs, path::Path};
use tests::{Browser, Desk, Edge, EdgeOptions, Heard, Line, Visitor, say, wait_for};
use wire::{
    Block, Down, Fault, File, Id, PublicError,
    desk::{ChatDown, ChatUp, Refusal, Stage, Tried},
};

fn edge() -> Edge {
    let rules = "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 2\n\n# How much may be used;".to_owned();
    let edits = vec![("# How much may be used;".to_owned(), rules)];
    Edge::start(&EdgeOptions { codes_off: true, edits, ..EdgeOptions::default() })
}

/// A visitor who waits for a person and has sent a file.
async fn waiting(edge: &Edge, name: &str) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    visitor.send(&say(1, "cho tôi gặp cán bộ")).await;
    visitor.answer().await;
    upload(edge, &visitor.boot.ticket.clone(), 9, name, PDF).unwrap();
    visitor.send(&with(2, "Đơn của tôi", &[9])).await;
    while !matches!(visitor.next().await, Down::Ack { id: Id(2), .. }) {}
    visitor
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

fn at(visitor: &Visitor) -> String {
    format!("/desk/s/ward/chat/{}/file", visitor.boot.conversation)
}

/// Opens a file as somebody at the desk does.
fn opens(desk: &Desk, path: &str, file: u128) -> http::Response<ureq::Body> {
    let url = format!("{}{path}/{}", desk.origin, Id(file));
    agent().get(url).header("cookie", format!("hoi-desk={}", desk.token)).call().unwrap()
}

/// Sends one from a page of `origin`.
fn sends(
    (desk, origin, path): (&Desk, &str, &str),
    id: u128,
    name: &str,
    bytes: &[u8],
) -> Result<File, (u16, Fault)> {
    let head = format!(
        "--cut\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n{}\r\n--cut\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n",
        Id(id)
    );
    let body = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
    let request = agent()
        .post(format!("{}{path}", desk.origin))
        .header("content-type", "multipart/form-data; boundary=cut")
        .header("cookie", format!("hoi-desk={}", desk.token));
    let request = if origin.is_empty() { request } else { request.header("origin", origin) };
    let answer = request.send(&body).unwrap();
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string().unwrap();
    match status {
        200 => Ok(serde_json::from_str(&text).unwrap()),
        _ => Err((status, serde_json::from_str::<PublicError>(&text).unwrap().error)),
    }
}

async fn takes(line: &mut Line) {
    line.send(&ChatUp::Take).await;
    line.chat("that it is taken", |heard| {
        matches!(heard, Heard::Chat(ChatDown::Stands { stage: Stage::With, .. })).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visitor_sent_is_opened_at_the_desk_and_by_nobody_else() {
    let edge = edge();
    edge.account("lan", &["ward:agent"]);
    edge.account("an", &["ward:auditor"]);
    let visitor = waiting(&edge, "đơn <b>.pdf").await;
    let (lan, an) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "an"));
    let mut line = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    let file = line
        .chat("the file", |heard| match heard {
            Heard::Down(Down::Message(message)) => message
                .body
                .blocks
                .into_iter()
                .find_map(|block| if let Block::File(file) = block { Some(file) } else { None }),
            _ => None,
        })
        .await;
    assert_eq!((file.id, file.name.as_str()), (Some(Id(9)), "đơn b.pdf"));
    for desk in [&lan, &an] {
        let answer = opens(desk, &at(&visitor), 9);
        assert_eq!(answer.status(), 200);
        for (name, value) in [
            ("content-type", "application/pdf"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.headers()[name], value);
        }
        let disposition = answer.headers()["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; ") && disposition.is_ascii(), "{disposition}");
        assert_eq!(answer.into_body().read_to_vec().unwrap(), PDF);
    }
    // Without a session, with a visitor's ticket, in another conversation, at another site: nothing.
    let stranger = Desk::at(&edge);
    assert_eq!(opens(&stranger, &at(&visitor), 9).status(), 401);
    let ticket = Desk { token: visitor.boot.ticket.clone(), ..Desk::at(&edge) };
    assert_eq!(opens(&ticket, &at(&visitor), 9).status(), 401);
    let other = waiting(&edge, "x.pdf").await;
    upload(&edge, &other.boot.ticket.clone(), 10, "nháp.pdf", PDF).unwrap();
    assert_eq!(opens(&lan, &at(&visitor), 10).status(), 404, "of another conversation");
    assert_eq!(opens(&lan, &at(&other), 10).status(), 404, "not said yet");
    assert_eq!(opens(&lan, &at(&visitor).replace("ward", "shop"), 9).status(), 401);
    assert_eq!(opens(&lan, &format!("/desk/s/ward/chat/{}/file", Id(5)), 9).status(), 404);
    // Who opened it stands in the trail.
    let trail = || String::from_utf8_lossy(&edge.hoi(&["audit", "ward"]).stdout).into_owned();
    wait_for("the trail", || trail().matches("open_file").count() == 2);
    // Whoever is shut out opens nothing more.
    assert!(edge.staff(&["disable", "lan"]).status.success());
    assert_eq!(opens(&lan, &at(&visitor), 9).status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_conversation_sends_a_file_and_nobody_else() {
    let edge = edge();
    for (name, role) in [("lan", "ward:agent"), ("minh", "ward:lead"), ("an", "ward:auditor")] {
        edge.account(name, &[role]);
    }
    let mut visitor = waiting(&edge, "a.pdf").await;
    let path = at(&visitor);
    let (lan, minh) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "minh"));
    let own = (&lan, edge.origin.as_str(), path.as_str());
    assert_eq!(sends(own, 70, "mau.pdf", PDF), Err((403, Fault::Stranger)), "nobody has it");
    let mut line = lan.chat(&edge, "ward", visitor.boot.conversation).await.unwrap();
    takes(&mut line).await;
    for origin in ["", "null", "https://evil.example"] {
        assert_eq!(sends((&lan, origin, &path), 70, "a.pdf", PDF), Err((403, Fault::Origin)), "{origin}");
    }
    let most = [PDF, &vec![b' '; 1_900_000]].concat();
    assert_eq!(sends((&Desk::at(&edge), &edge.origin, &path), 70, "a.pdf", &most), Err((401, Fault::Ticket)));
    let an = Desk::signed_in(&edge, "an");
    for desk in [&minh, &an] {
        assert_eq!(sends((desk, &edge.origin, &path), 70, "a.pdf", PDF), Err((403, Fault::Stranger)));
    }
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    assert_eq!(sends(own, 70, "a.png", svg), Err((415, Fault::FileKind)));
    let large = [PDF, &vec![b' '; 2 * 1024 * 1024]].concat();
    assert_eq!(sends(own, 70, "a.pdf", &large), Err((413, Fault::TooLong)));
    let nowhere = format!("/desk/s/ward/chat/{}/file", Id(5));
    assert_eq!(sends((&lan, &edge.origin, &nowhere), 70, "a.pdf", PDF), Err((404, Fault::NoSite)));

    let file = sends(own, 70, "../mẫu đơn.html", PDF).unwrap();
    assert_eq!((file.name.as_str(), file.kind.as_str()), ("mẫu đơn.pdf", "application/pdf"));
    assert_eq!(sends(own, 70, "../mẫu đơn.html", PDF), Ok(file.clone()), "sent again it is the same");
    assert_eq!(sends(own, 9, "a.pdf", PDF), Err((400, Fault::IdReused)), "the visitor's own");
    // Only what this account has brought is said, once.
    let said = |id, file| ChatUp::Say { id: Id(id), text: "Mời bác xem".into(), files: vec![Id(file)] };
    line.send(&said(80, 9)).await;
    let refused = line.chat("a refusal", |heard| match heard {
        Heard::Chat(ChatDown::Refused { why, tried }) => Some((why, tried)),
        _ => None,
    });
    assert_eq!(refused.await, (Refusal::Gone, Some(Tried::Say(Id(80)))));
    for _ in 0..2 {
        line.send(&said(81, 70)).await;
        line.chat("that it is written", |heard| {
            matches!(heard, Heard::Chat(ChatDown::Ack { id: Id(81), .. })).then_some(())
        })
        .await;
    }
    let message = staff(&mut visitor).await;
    assert_eq!(message.body.blocks.last(), Some(&Block::File(file)));
    let got = fetch(&edge, &visitor.boot.ticket, Id(70));
    assert_eq!((got.status().as_u16(), got.into_body().read_to_vec().unwrap()), (200, PDF.to_vec()));
    // A site that takes no files takes none here either.
    edge.edit("[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 2\n", "");
    edge.publish();
    wait_for("the new version", || sends(own, 71, "a.pdf", PDF) == Err((404, Fault::FileKind)));
}

async fn saves_to(browser: &Browser, folder: &Path) {
    let place = json!({ "behavior": "allow", "downloadPath": folder });
    browser.cdp("Browser.setDownloadBehavior", place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_ways_in_two_browsers() {
    let edge = edge();
    account(&edge, "minh", "Trần Văn Minh", "ward:agent");
    let folder = tempfile::tempdir().unwrap();
    let (form, page) = (folder.path().join("mau-don.pdf"), folder.path().join("trang.html"));
    fs::write(&form, PDF).unwrap();
    fs::write(&page, "<!DOCTYPE html>").unwrap();

    let guest = Browser::start(400, 800).await;
    guest.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    guest.widget().await;
    guest.find("textarea").await.send_keys("cho tôi gặp cán bộ\u{e007}").await.unwrap();
    let waits = "document.body.innerText.includes('Lúc này chưa có cán bộ') || document.body.innerText.includes('thứ tự')";
    guest.until("to wait", waits).await;
    guest.find("#hoi-files").await.send_keys(form.to_str().unwrap()).await.unwrap();
    guest.until("the file", "!!document.querySelector('.hoi-attached progress[hidden]')").await;
    guest.find("textarea").await.send_keys("đơn của tôi\u{e007}").await.unwrap();
    guest.until("it to be said", "!!document.querySelector('.hoi-from-visitor .hoi-file button')").await;

    let desk = at_desk(&edge, "minh", 1280, 800).await;
    click(&desk, ".desk-row").await;
    says(&desk, "mau-don.pdf").await;
    assert_eq!(desk.eval("!!document.querySelector('#desk-attach')").await, json!(false), "it is not mine");
    let down = folder.path().join("desk");
    saves_to(&desk, &down).await;
    click(&desk, ".desk-log .desk-fetch").await;
    wait_for("the file at the desk", || down.join("mau-don.pdf").exists());
    assert_eq!(fs::read(down.join("mau-don.pdf")).unwrap(), PDF);
    assert_eq!(desk.eval("location.pathname").await, json!("/desk/s/ward"), "the desk is still there");

    button(&desk, "Tiếp nhận").await;
    focused(&desk, "the composer", "#desk-text").await;
    // The button is reached with the keyboard and asks the browser for a file.
    desk.eval(
        "document.querySelector('#desk-files').addEventListener('click', () => { window.asked = true; })",
    )
    .await;
    desk.find("#desk-attach").await;
    desk.eval("document.querySelector('#desk-attach').focus()").await;
    assert_eq!(desk.eval("document.activeElement.id").await, json!("desk-attach"));
    desk.press("Enter", 13).await;
    desk.until("the browser to be asked", "window.asked === true").await;
    desk.eval("(window.asked = false, document.querySelector('#desk-heading').focus())").await;
    letter(&desk, "f").await;
    desk.until("the browser to be asked by a letter, too", "window.asked === true").await;
    desk.find("#desk-files").await.send_keys(page.to_str().unwrap()).await.unwrap();
    says(&desk, "Loại tệp này không gửi được. Gửi được: pdf, png.").await;
    desk.is_accessible().await;
    desk.picture("desk-file-refused").await;
    click(&desk, ".desk-attached button[aria-label^='Bỏ tệp']").await;
    desk.until("it to go", "!document.querySelector('.desk-attached')").await;
    desk.find("#desk-files").await.send_keys(form.to_str().unwrap()).await.unwrap();
    says(&desk, "mau-don.pdf").await;
    let there =
        "!!document.querySelector('.desk-attached') && !document.body.innerText.includes('Đang tải lên')";
    desk.until("it to be there", there).await;
    focused(&desk, "the composer", "#desk-text").await;
    desk.cdp("Input.insertText", json!({ "text": "Mời bác điền mẫu này." })).await;
    desk.is_accessible().await;
    desk.picture("desk-file-attached").await;
    press(&desk, crate::desk::ENTER).await;
    desk.until(
        "it to be said",
        "document.querySelectorAll('[data-from=staff]:not(.desk-unsent) .desk-fetch').length === 1",
    )
    .await;
    assert_eq!(desk.eval("!document.querySelector('.desk-attached')").await, json!(true));
    let tall = "document.documentElement.scrollHeight <= innerHeight";
    assert_eq!(desk.eval(tall).await, json!(true), "only the conversation scrolls");
    in_all_colours(&desk, "desk-file").await;
    desk.screen(320, 640, true).await;
    desk.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
    fits(&desk).await;
    let small = "[...document.querySelectorAll('.desk-fetch, #desk-attach')].filter((e) => e.getBoundingClientRect().height < 44).length";
    assert_eq!(desk.eval(small).await, json!(0), "targets of 44 px for fingers");
    desk.is_accessible().await;
    desk.picture("desk-file-narrow").await;
    no_complaints(&desk).await;

    guest.until("the person's file", "!!document.querySelector('.hoi-from-staff .hoi-file button')").await;
    guest.is_accessible().await;
    guest.picture("file-from-a-person").await;
    let home = folder.path().join("guest");
    saves_to(&guest, &home).await;
    guest.find(".hoi-from-staff .hoi-file button").await.click().await.unwrap();
    wait_for("the file at home", || home.join("mau-don.pdf").exists());
    assert_eq!(fs::read(home.join("mau-don.pdf")).unwrap(), PDF);
}
