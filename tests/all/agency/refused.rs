//! Addresses that must not be called: refused when a question is sent, whatever was published.

use super::*;
use std::{
    io::Read as _,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tests::say;

/// Listens where nobody may call; counts those who do.
fn canary() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("0.0.0.0:0").unwrap();
    let (port, called) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let count = called.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            let _read = { stream }.read(&mut [0; 64]);
        }
    });
    (port, called)
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_the_operator_has_not_listed_are_never_called() {
    let (port, called) = canary();
    // What is listed is another port of the same machine; `hoi publish` only warns, the edge refuses.
    let listed = "http://127.0.0.1:9/".to_owned();
    let edge = Edge::start(&EdgeOptions { agency: listed.clone(), ..EdgeOptions::default() });
    let mut before = listed;
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://10.0.0.1:{port}/"),
    ] {
        edge.edit(&before, &url);
        edge.publish();
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        before = url.clone();
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, QUESTION)).await;
        let answer = visitor.answer().await;
        assert!(has_contact(&answer), "{url}: {answer:?}");
    }
    assert_eq!(called.load(Ordering::SeqCst), 0, "something inside was called");
    let log = edge.log();
    assert!(log.matches("address is refused").count() >= 5, "the operator is told why: {log}");
}

#[test]
fn the_canary_sings() {
    let (port, called) = canary();
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    tests::wait_for("the canary", || called.load(Ordering::SeqCst) == 1);
}

#[test]
fn checking_a_site_says_what_an_edge_would_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("ward");
    tests::copy(&tests::root().join("examples/ward"), &site);
    let path = site.join("site.toml");
    let original = std::fs::read_to_string(&path).unwrap();
    let check = |url: &str| {
        // Not about the address: the warning that next year's holidays are not announced yet.
        let own = original
            .replace("http://127.0.0.1:8790/", url)
            .replace("calendar = \"vn\"", "calendar = \"none\"");
        std::fs::write(&path, own).unwrap();
        let output =
            std::process::Command::new(tests::built("HOI_BIN")).arg("check").arg(&site).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for (url, passes, says) in [
        ("https://desk.example.gov.vn/hoi", true, ""),
        ("http://10.1.2.3:8790/", true, "HOI_AGENCY_HOSTS"),
        ("https://desk.internal/", true, "HOI_AGENCY_HOSTS"),
        ("http://desk.example.gov.vn/", false, "https://"),
        ("https://0x7f.1/", false, "unusual spelling"),
        ("https://user:pw@desk.example.gov.vn/", false, "headers"),
        ("https://desk.example.gov.vn./", false, "dot"),
    ] {
        let (passed, said) = check(url);
        assert_eq!(passed, passes, "{url}: {said}");
        assert!(said.contains(says) && (!says.is_empty() || said.is_empty()), "{url}: {said}");
        assert!(!said.contains("user:pw") || said.contains("url = "), "{url}: {said}");
    }
}
