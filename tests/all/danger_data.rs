//! What finds people in danger lies in a file of its own: what happens to messages while the edge can't have it, against real
//! workerd and in real Chromium.

use std::{fs, path::PathBuf};
use tests::{Browser, Edge, EdgeOptions, Visitor, built, copy, post_form, say};
use wire::{Down, Fault, Id};

/// An edge on files of its own, and where the one is that finds danger.
fn edge_with_own_files() -> (Edge, PathBuf) {
    let mut edge = Edge::start(&EdgeOptions::default());
    edge.kill();
    let (shared, own) = (built("HOI_ASSETS_DIR"), edge.folder.path().join("assets"));
    copy(&shared, &own);
    let config = edge.folder.path().join("edge.capnp");
    let text = fs::read_to_string(&config).unwrap();
    let moved = text.replace(shared.to_str().unwrap(), own.to_str().unwrap());
    assert_ne!(moved, text, "the configuration names its files");
    fs::write(config, moved).unwrap();
    edge.up();
    let manifest = fs::read_to_string(own.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let path = manifest["files"]["danger.bin"]["path"].as_str().expect("the build wrote the file");
    let file = own.join(path.trim_start_matches('/'));
    (edge, file)
}

/// The first frame about a message: an acknowledgement, or a fault.
async fn told(visitor: &mut Visitor, id: u128, text: &str) -> Down {
    visitor.send(&say(id, text)).await;
    loop {
        let down = visitor.next().await;
        if matches!(down, Down::Ack { .. } | Down::Fault { .. } | Down::Message(_)) {
            return down;
        }
    }
}

fn is_broken(down: &Down) -> bool {
    matches!(down, Down::Fault { id: None, code: Fault::Internal, retry_ms: Some(_) })
}

fn is_taken(down: &Down, id: u128) -> bool {
    matches!(down, Down::Ack { id: own, .. } if *own == Id(id))
}

#[tokio::test(flavor = "multi_thread")]
async fn without_it_nothing_is_taken_and_with_it_all_goes_on() {
    let (edge, file) = edge_with_own_files();
    let whole = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let mut visitor = Visitor::open(&edge).await;
    // Neither a cry for help nor anything else, on any way in; pages are drawn all the same.
    for (id, text) in [(1, "em muốn chết"), (2, "giờ làm việc")] {
        let down = told(&mut visitor, id, text).await;
        assert!(is_broken(&down), "{text}: {down:?}");
    }
    let boot = Visitor::boot(&edge);
    let form = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("text", "em muốn chết")];
    let (_, page) = post_form(&edge, "say", &form, &[]);
    assert!(!page.contains("tel:115") && page.contains("em muốn chết"), "what was typed is kept: {page}");
    let note = [
        ("ticket", boot.ticket.as_str()),
        ("lang", "vi"),
        ("mode", "page"),
        ("procedure", "khai-sinh"),
        ("page", "ghi-chu"),
        ("go", "next"),
        ("f.ghi-chu", "tôi nộp thay cho chồng"),
    ];
    assert_eq!(post_form(&edge, "form", &note, &[]).0, 500);
    assert!(edge.log().contains("data can't be loaded, so no message is taken"), "{}", edge.log());
    assert!(!edge.log().contains("panicked"), "{}", edge.log());
    for boot in [&visitor.boot, &boot] {
        let mut again = Visitor::connect(&edge, boot.clone(), &edge.origin).await.unwrap();
        again.hello(None, 0).await;
        let down = again.next().await;
        assert!(matches!(down, Down::Welcome { last: 0, .. }), "nothing was written: {down:?}");
    }

    // One that is not ours is as good as none.
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    let mut older = whole.clone();
    older[7] = b'0';
    for (bytes, why) in [
        (damaged, "danger.bin: it is cut off or damaged"),
        (whole[..whole.len() - 1].to_vec(), "danger.bin: it is cut off or damaged"),
        (older, "danger.bin: it is of version 0 of the format"),
        (b"<!doctype html>".to_vec(), "danger.bin: it holds no data of the safety layer"),
    ] {
        fs::write(&file, bytes).unwrap();
        let down = told(&mut visitor, 1, "em muốn chết").await;
        assert!(is_broken(&down), "{why}: {down:?}");
        assert!(edge.log().contains(why), "{why}: {}", edge.log());
    }

    // The next message asks for it anew, in the same isolate.
    fs::write(&file, whole).unwrap();
    let down = told(&mut visitor, 1, "em muốn chết").await;
    assert!(is_taken(&down, 1), "{down:?}: {}", edge.log());
    let said = visitor.answer().await;
    assert!(said.body.buttons.iter().any(|button| button.href.as_deref() == Some("tel:115")), "{said:?}");
    assert!(is_taken(&told(&mut visitor, 2, "giờ làm việc").await, 2));
}

/// The widget keeps what was not acknowledged and sends it again by itself.
#[tokio::test(flavor = "multi_thread")]
async fn the_widget_says_it_again_until_it_is_taken() {
    // The hello's three tries and the first message's three.
    let edge = Edge::start(&EdgeOptions { drill: "danger_data:6".into(), ..EdgeOptions::default() });
    let browser = Browser::start(500, 640).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("textarea").await.send_keys("em muon chet").await.unwrap();
    browser.find(".hoi-send").await.click().await.unwrap();
    browser.until("the numbers", "!!document.querySelector('a[href=\"tel:115\"]')").await;
    assert!(edge.log().contains("so no message is taken: drill in danger_data"), "{}", edge.log());
    assert_eq!(browser.text().await.matches("em muon chet").count(), 1, "it is said once");
}
