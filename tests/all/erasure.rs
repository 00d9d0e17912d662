//! One person's data: deleted by the visitor and by the operator, handed out as a copy, and a whole site forgotten; against real
//! workerd, and by a visitor in real Chromium on a phone.

use super::forms::{Citizen, decide, number as number_in, status, walk};
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use tests::{Agency, Browser, Edge, EdgeOptions, Signer, Visitor, post_form, post_parts, say};
use wire::{Down, Up};

/// Words that stand nowhere else.
const MARKER: &str = "DAUVET-7Q9X-kin-dao";

/// Says something with the marker in it that the site answers itself.
async fn begun(edge: &Edge) -> Visitor {
    let mut visitor = Visitor::open(edge).await;
    visitor.send(&say(1, &format!("giờ làm việc {MARKER}"))).await;
    visitor.answer().await;
    visitor
}

fn erase(edge: &Edge, ticket: &str, go: &str) -> (u16, String) {
    post_form(edge, "erase", &[("ticket", ticket), ("lang", "vi"), ("mode", "page"), ("go", go)], &[])
}

/// The files under the edge's data folder in which the marker stands.
fn marked(edge: &Edge) -> Vec<String> {
    let holds = |path: &std::path::PathBuf| {
        let bytes = std::fs::read(path).unwrap_or_default();
        bytes.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
    };
    walk(&edge.data()).into_iter().filter(holds).map(|path| path.display().to_string()).collect()
}

/// How many conversations' ids stand in the files of Site objects: 32 hexadecimal digits each.
fn in_index(edge: &Edge) -> usize {
    let mut ids = std::collections::BTreeSet::new();
    for path in walk(&edge.data().join("hoi-site")) {
        let bytes = std::fs::read(path).unwrap_or_default();
        let hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        for run in bytes.split(|byte| !hex(byte)).filter(|run| run.len() >= 32) {
            ids.insert(run.to_vec());
        }
    }
    ids.len()
}

fn done(output: &std::process::Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn refused(output: &std::process::Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything is there before, and nothing in any file afterwards; every device is told, and old tickets meet that it was deleted.
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_deletes_the_conversation_and_nothing_is_left() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = begun(&edge).await;
    let ticket = visitor.boot.ticket.clone();
    let seq = {
        visitor.send(&say(2, "lệ phí")).await;
        visitor.answer().await.seq
    };
    let rate = Up::Rate { seq, good: Some(false), reason: None, text: format!("sai {MARKER}") };
    visitor.send(&rate).await;
    while !matches!(visitor.next().await, Down::Rated(_)) {}
    let values = vec![("page".to_owned(), format!("/thue/{MARKER}"))];
    visitor.send(&Up::Context { values }).await;
    let id = format!("{:032x}", 9);
    let file = format!("%PDF-1.4\n{MARKER}\n%%EOF\n");
    let url = format!("{}/s/ward/file", edge.origin);
    let taken =
        post_parts(&url, &[("ticket", &ticket), ("id", &id)], &[("file", "don.pdf", file.as_bytes())]);
    assert!(taken.0 == 200 || taken.0 == 403, "{taken:?}");
    let mut other = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    other.hello(None, 0).await;
    assert!(!marked(&edge).is_empty(), "it stands on the disk before");

    let (code, page) = erase(&edge, &ticket, "");
    assert_eq!(code, 200, "{page}");
    assert!(page.contains("Xóa hẳn") && page.contains("không lấy lại được"), "{page}");
    assert!(!marked(&edge).is_empty(), "a look deletes nothing");
    let (code, page) = erase(&edge, &ticket, "erase");
    assert_eq!(code, 200, "{page}");
    assert!(page.contains("Đã xóa") && page.contains("hoi-erased"), "{page}");
    assert_eq!(marked(&edge), Vec::<String>::new());
    for device in [&mut visitor, &mut other] {
        loop {
            match device.try_next().await {
                Some(Down::Erased) => break,
                Some(_) => {}
                None => panic!("it closes without a word"),
            }
        }
        assert_eq!(device.try_next().await, None);
    }

    // The answer may have been lost: the same again says the same.
    let (code, page) = erase(&edge, &ticket, "erase");
    assert!(code == 200 && page.contains("hoi-erased"), "{page}");
    let mut late = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    late.hello(None, 0).await;
    assert_eq!(late.next().await, Down::Erased);
    assert_eq!(late.try_next().await, None);
    let (code, page) = post_form(&edge, "say", &[("ticket", &ticket), ("lang", "vi"), ("text", MARKER)], &[]);
    assert!(code == 422 && page.contains("đã được xóa") && page.contains(MARKER), "{page}");
    // That page begins anew: what is sent from it is taken.
    let fresh =
        page.split("name=\"ticket\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let (code, page) =
        post_form(&edge, "say", &[("ticket", fresh), ("lang", "vi"), ("text", "giờ làm việc")], &[]);
    assert!(code == 200 && page.contains("7:30"), "{page}");
    let (code, _) = post_form(&edge, "export", &[("ticket", &ticket), ("lang", "vi")], &[]);
    assert_eq!(code, 404);
    assert_eq!(marked(&edge), Vec::<String>::new(), "what came too late is not kept");

    // What a browser asks for on its own, from its bar or by a file's button on an old page, is a page.
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
    let page =
        |path: &str| agent.get(format!("{}/s/ward/{path}", edge.origin)).header("accept", "text/html,*/*");
    for path in ["erase", "say", "export", "file/00000000000000000000000000000001"] {
        let answer = page(path).call().unwrap();
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        assert_eq!((answer.status().as_u16(), to), (303, Some(format!("{}/s/ward", edge.origin))), "{path}");
    }
    assert_eq!(agent.get(format!("{}/s/ward/erase", edge.origin)).call().unwrap().status().as_u16(), 405);
    let file = agent.post(format!("{}/s/ward/file/00000000000000000000000000000001", edge.origin));
    let answer =
        file.header("accept", "text/html").send_form([("ticket", &*ticket), ("lang", "vi")]).unwrap();
    let html = answer.into_body().read_to_string().unwrap();
    assert!(html.contains("<html") && html.contains("Liên hệ trực tiếp"), "{html}");

    let trail = done(&edge.hoi(&["audit", "ward"]));
    assert_eq!(trail.matches(" erase ").count(), 1, "{trail}");
    assert!(trail.contains("visitor") && trail.contains("The record is whole"), "{trail}");
    let own = visitor.boot.conversation.to_string();
    let line = trail.lines().find(|line| line.contains(" erase ")).unwrap();
    assert!(!line.contains(&own) && line.contains("messages"), "a hash names it: {line}");
}

/// What a copy holds, to read and for software; only for who has the ticket, and not without end.
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_saves_a_copy() {
    let signer = Signer::new("HS256");
    let edits = vec![("[retention]\n".into(), format!("{}\n[retention]\n", signer.table))];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    let mut visitor = begun(&edge).await;
    identify(&mut visitor, &signer, "citizen-7").await;
    let ticket = visitor.boot.ticket.clone();
    let url = format!("{}/s/ward/export", edge.origin);
    let answer = ureq::post(&url).send_form([("ticket", ticket.as_str()), ("format", "json")]).unwrap();
    let named = answer.headers().get("content-disposition").unwrap().to_str().unwrap().to_owned();
    assert!(named.starts_with("attachment") && named.contains(".json"), "{named}");
    let copy: Value = serde_json::from_str(&answer.into_body().read_to_string().unwrap()).unwrap();
    assert_eq!((&copy["v"], &copy["site"]), (&json!(1), &json!("ward")));
    assert_eq!(copy["identity"]["id"], "citizen-7");
    assert!(copy["messages"].to_string().contains(MARKER), "{copy}");
    assert!(copy.get("internal").is_none(), "{copy}");
    let form = [("ticket", ticket.as_str()), ("lang", "vi"), ("format", "html")];
    let (code, html) = post_form(&edge, "export", &form, &[]);
    assert!(code == 200 && html.contains(MARKER) && html.contains("Bản sao cuộc trao đổi"), "{html}");
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("Thông tin khác đang lưu ở đây") && html.contains("citizen-7"), "{html}");
    for ours in ["made_at", "notes_of_staff", "&quot;"] {
        assert!(!html.contains(ours), "nothing of the machinery: {html}");
    }
    let stranger = Visitor::boot(&edge);
    let (code, html) = post_form(&edge, "export", &[("ticket", &stranger.ticket)], &[]);
    assert!(code == 404 && !html.contains(MARKER), "{html}");
    assert_eq!(post_form(&edge, "export", &[("ticket", "x")], &[]).0, 422);
    let many: Vec<u16> = (0..40).map(|_| post_form(&edge, "export", &form, &[]).0).collect();
    assert!(many.contains(&429), "a copy costs what a message costs: {many:?}");
    // Whoever may say nothing more for a while may still delete.
    assert!(erase(&edge, &ticket, "erase").1.contains("hoi-erased"));
}

async fn identify(visitor: &mut Visitor, signer: &Signer, sub: &str) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({ "sub": sub, "name": "Nguyễn Thị Hoa", "aud": "ward", "iat": now, "exp": now + 600 });
    visitor.send(&Up::Identify { token: signer.signs(&claims) }).await;
    loop {
        if let Down::Identified { ticket: Some(ticket) } = visitor.next().await {
            visitor.boot.ticket = ticket;
            return;
        }
    }
}

/// `hoi export` and `hoi erase` find all conversations of a visitor, and nobody else's; the receipt proves it.
#[tokio::test(flavor = "multi_thread")]
async fn the_operator_finds_what_is_kept_of_a_visitor() {
    let signer = Signer::new("ES256");
    let edits = vec![("[retention]\n".into(), format!("{}\n[retention]\n", signer.table))];
    let edge = Edge::start(&EdgeOptions { edits, ..EdgeOptions::default() });
    let (mut one, mut two, mut else_s) = (begun(&edge).await, begun(&edge).await, begun(&edge).await);
    identify(&mut one, &signer, "citizen-42").await;
    identify(&mut two, &signer, "citizen-42").await;
    identify(&mut else_s, &signer, "citizen-43").await;
    let by = ["--site", "ward", "--visitor", "citizen-42"];
    let copy = || edge.hoi(&[&["export"], &by[..]].concat());
    super::forms::until("the index to have both", || {
        let text = String::from_utf8_lossy(&copy().stdout).into_owned();
        let copy: Value = serde_json::from_str(&text).unwrap_or_default();
        copy["conversations"].as_array().is_some_and(|all| all.len() == 2)
    })
    .await;
    let copy: Value = serde_json::from_str(&done(&copy())).unwrap();
    for one in copy["conversations"].as_array().unwrap() {
        assert_eq!(one["identity"]["id"], "citizen-42");
        assert!(one["messages"].to_string().contains(MARKER) && one["internal"].is_object(), "{one}");
    }
    let receipt =
        done(&edge.hoi(&[&["erase", "--json", "--reason", "đơn của 0912 345 678"], &by[..]].concat()));
    let receipts: Vec<Value> = receipt.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(receipts.len(), 2, "{receipt}");
    let trail = done(&edge.hoi(&["audit", "ward", "--csv"]));
    for receipt in &receipts {
        assert_eq!(receipt["found"], true);
        let digest = receipt["act"]["digest"].as_str().unwrap();
        assert!(trail.contains(digest), "{digest} proves it: {trail}");
    }
    assert!(trail.contains("operator,erase") && trail.contains("operator,export"), "{trail}");
    assert!(!trail.contains("0912") && !trail.contains("citizen-42") && !trail.contains(MARKER), "{trail}");
    assert_eq!(one.closing().await, Some(Down::Erased));
    assert!(refused(&edge.hoi(&[&["export"], &by[..]].concat())).contains("no conversation is listed"));
    assert!(refused(&edge.hoi(&[&["erase"], &by[..]].concat())).contains("no conversation is listed"));

    // The other visitor's is as it was; by its id it goes, too, and once only.
    let id = else_s.boot.conversation.to_string();
    let by = ["--site", "ward", "--conversation", id.as_str()];
    assert!(done(&edge.hoi(&[&["export"], &by[..]].concat())).contains("citizen-43"));
    assert!(done(&edge.hoi(&[&["erase"], &by[..]].concat())).contains("digest"));
    assert_eq!(marked(&edge), Vec::<String>::new());
    let long = "x".repeat(201);
    for (wrong, why) in [
        (&["erase", "--site", "ward"][..], "--conversation, --visitor or --case"),
        (&["export", "--site", "ward", "--case", "x"], "no case's number"),
        (&["erase", "--site", "wrad", "--conversation", &id], "nothing was published"),
        (&["export", "--site", "wrad", "--visitor", "citizen-42"], "nothing was published"),
        (&["export", "--site", "Ward", "--visitor", "citizen-42"], "no site's name"),
        (&["forget", "../ward", "--yes"], "no site's name"),
        (&["erase", "--site", "ward", "--conversation", &id, "--reason", &long], "200 characters"),
        (&["audit", "ward", "--after", "1/abc"], "as `hoi audit` printed them"),
    ] {
        let said = refused(&edge.hoi(wrong));
        assert!(said.contains(why), "{wrong:?}: {said}");
    }
}

/// A case that was handed in stays with the agency and can be looked up; the words around it are gone. The operator may delete it, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_outlives_the_words_around_it() {
    let port = tests::free_port();
    let agency_at = format!("http://127.0.0.1:{port}/");
    let edge = Edge::start(&EdgeOptions { agency: agency_at, ..EdgeOptions::default() });
    let agency = Agency::start(&["--port", &port.to_string(), "--edge", &edge.origin]);
    let mut citizen = Citizen::of(&edge).await;
    citizen.visitor.send(&say(7, &format!("giờ làm việc {MARKER}"))).await;
    let number = citizen.hand_in();
    super::forms::until("the agency to have it", || status(&edge, &number, "5678").1.contains("đã nhận"))
        .await;
    // Another form was begun, and not handed in.
    let (_, html) = citizen.post(&[("go", "open")]);
    assert!(!html.is_empty());
    let ticket = citizen.visitor.boot.ticket.clone();
    let form = [("ticket", ticket.as_str()), ("lang", "vi"), ("format", "html")];
    let (_, copy) = post_form(&edge, "export", &form, &[]);
    assert!(copy.contains(&number) && copy.contains("Cơ quan đã nhận"), "{copy}");
    let (_, page) = erase(&edge, &ticket, "");
    assert!(page.contains(&number) && page.contains("vẫn tra cứu được"), "{page}");
    let (_, page) = erase(&edge, &ticket, "erase");
    assert!(page.contains("hoi-erased") && page.contains(&number), "{page}");
    assert_eq!(marked(&edge), Vec::<String>::new());
    let (code, html) = status(&edge, &number, "5678");
    assert!(code == 200 && html.contains("Cơ quan đã nhận"), "{html}");
    // The agency goes on with it, and what it says is looked up, not said.
    decide(&agency, &number, "done", "Mời đến quầy số 1.");
    super::forms::until("the result", || status(&edge, &number, "5678").1.contains("quầy số 1")).await;
    let form = [("ticket", ticket.as_str()), ("lang", "vi")];
    assert_eq!(post_form(&edge, "export", &form, &[]).0, 404, "no ticket opens it");

    let by = ["--site", "ward", "--case", number.as_str()];
    let copy = done(&edge.hoi(&[&["export"], &by[..]].concat()));
    assert!(copy.contains(&number) && copy.contains("\"messages\": []"), "{copy}");
    let kept = done(&edge.hoi(&[&["erase"], &by[..]].concat()));
    assert!(kept.contains("Still to be looked up"), "{kept}");
    assert_eq!(status(&edge, &number, "5678").0, 200);
    let gone = done(&edge.hoi(&[&["erase", "--with-cases"], &by[..]].concat()));
    assert!(
        !gone.contains("Still to be looked up") && gone.contains("can't be looked up any more"),
        "{gone}"
    );
    assert!(done(&edge.hoi(&["audit", "ward"])).contains("1 cases erased"), "the trail says so");
    let id = citizen.visitor.boot.conversation.to_string();
    let again = done(&edge.hoi(&["erase", "--with-cases", "--site", "ward", "--conversation", &id]));
    assert_eq!(again, gone, "the same again is the same act");
    assert_eq!(status(&edge, &number, "5678").0, 422);
    assert_eq!(number_in(&format!("<p class=\"hoi-number\">{number}</p>")), number);
}

/// The edge dies right after the deletion: nothing comes back, the tombstone is there, and the trail has its act.
#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_outlives_a_crash() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let visitor = begun(&edge).await;
    assert!(erase(&edge, &visitor.boot.ticket, "erase").1.contains("hoi-erased"));
    edge.kill();
    edge.up();
    assert_eq!(marked(&edge), Vec::<String>::new());
    let mut late = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    late.hello(None, 0).await;
    assert_eq!(late.next().await, Down::Erased);
    assert!(done(&edge.hoi(&["audit", "ward"])).contains(" erase "));
}

/// A whole site goes: at once for visitors, then everything; what is left says that it was so. It can be published anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_forgotten() {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    let mut visitors = Vec::new();
    for _ in 0..3 {
        visitors.push(begun(&edge).await);
    }
    // Each is listed with what happens first in it; to copy one asks nobody to be listed.
    super::forms::until("the index to have them", || in_index(&edge) >= 3).await;
    assert!(refused(&edge.hoi(&["forget", "ward"])).contains("--yes"), "nobody types its name here");
    assert!(!marked(&edge).is_empty());
    let told = done(&edge.hoi(&["forget", "ward", "--yes"]));
    assert!(told.contains("3 conversations") && told.contains("digest"), "{told}");
    assert_eq!(marked(&edge), Vec::<String>::new());
    for visitor in &mut visitors {
        assert_eq!(visitor.closing().await, Some(Down::Erased));
    }
    let trail = done(&edge.hoi(&["audit", "ward"]));
    assert!(trail.contains(" forget ") && trail.contains("The record is whole"), "{trail}");
    let page = ureq::get(format!("{}/s/ward", edge.origin)).call();
    assert!(matches!(page, Err(ureq::Error::StatusCode(404))), "{page:?}");
    let staff = done(&edge.staff(&["list"]));
    assert!(staff.contains("lan") && !staff.contains("ward"), "{staff}");
    let again = done(&edge.hoi(&["forget", "ward", "--yes"]));
    assert!(again.contains("3 conversations"), "the same again does no harm: {again}");
    assert!(refused(&edge.hoi(&["forget", "never-was", "--yes"])).contains("nothing was published"));

    edge.publish();
    let trail = done(&edge.hoi(&["audit", "ward"]));
    assert!(trail.contains("forget") && trail.contains("the trail before had"), "{trail}");
    assert!(trail.contains("The record is whole"), "{trail}");
    begun(&edge).await;
}

/// From the menu on a phone to a new conversation; nothing is said to be deleted while the line is down.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 640, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    let question = format!("giờ làm việc {MARKER}\u{e007}");
    browser.find("textarea").await.send_keys(&question).await.unwrap();
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
    browser.find("summary[title^='Hiển thị']").await.click().await.unwrap();
    browser.menu().await;
    browser.picture("erase-menu").await;
    let item = "[...document.querySelectorAll('.hoi-display .hoi-switch')].find(item => item.textContent.includes('Xóa cuộc trao đổi này'))";
    browser.until("the item", &format!("!!{item}")).await;
    browser.client.execute(&format!("({item}).id = 'erase-it'"), vec![]).await.unwrap();
    browser.find("#erase-it").await.click().await.unwrap();
    browser.until("what it means", "!!document.querySelector('.hoi-erase')").await;
    browser.is_accessible().await;
    browser.picture("erase-ask").await;
    let wide = browser.eval("document.documentElement.scrollWidth <= innerWidth").await;
    assert_eq!(wide, json!(true), "nothing runs out of the screen");
    let kept = "Object.keys(localStorage).some(key => key === 'hoi:ward:conversation')";
    assert_eq!(browser.eval(kept).await, json!(true));

    // The line is down: it waits, and says so.
    browser.cdp("Network.enable", json!({})).await;
    let offline =
        |off: bool| json!({ "offline": off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.cdp("Network.emulateNetworkConditions", offline(true)).await;
    browser.find(".hoi-erase .hoi-go").await.click().await.unwrap();
    browser.until("that nothing is deleted yet", "!document.querySelector('.hoi-waits').hidden").await;
    assert_eq!(browser.eval(kept).await, json!(true));
    assert!(!marked(&edge).is_empty());
    browser.picture("erase-waits").await;
    browser.cdp("Network.emulateNetworkConditions", offline(false)).await;
    browser.until("that it is done", "!!document.querySelector('#hoi-erased')").await;
    browser.until("nothing kept on the device", &format!("!({kept})")).await;
    assert_eq!(marked(&edge), Vec::<String>::new());
    browser.is_accessible().await;
    browser.picture("erase-done").await;
    let style = "getComputedStyle(document.querySelector('a.hoi-go'))";
    let seen = format!("{style}.color !== {style}.backgroundColor");
    assert_eq!(browser.eval(&seen).await, json!(true), "the way on can be read");
    browser.find("a.hoi-go").await.click().await.unwrap();
    browser.widget().await;
    assert_eq!(browser.eval("document.querySelectorAll('.hoi-from-visitor').length").await, json!(0));
    browser.find("textarea").await.send_keys("lệ phí\u{e007}").await.unwrap();
    browser.until("a new conversation", "document.querySelectorAll('.hoi-from-visitor').length === 1 && document.querySelectorAll('.hoi-from-assistant').length > 1").await;
}

/// Deleted on one device, the other one forgets it, too, and says so.
#[tokio::test(flavor = "multi_thread")]
async fn the_other_device_forgets_it_too() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(400, 800).await;
    browser.screen(360, 640, true).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("textarea").await.send_keys("giờ làm việc\u{e007}").await.unwrap();
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
    let kept = browser.eval("localStorage.getItem('hoi:ward:conversation')").await;
    let kept: Value = serde_json::from_str(kept.as_str().unwrap()).unwrap();
    assert!(erase(&edge, kept["ticket"].as_str().unwrap(), "erase").1.contains("hoi-erased"));
    browser
        .until("the words gone, and why", "document.querySelectorAll('.hoi-from-visitor').length === 0 && document.body.innerText.includes('Cuộc trao đổi trước đã được xóa')")
        .await;
    browser.until("nothing kept", "!localStorage.getItem('hoi:ward:conversation')").await;
    browser.picture("erase-elsewhere").await;
    browser.find("textarea").await.send_keys("lệ phí\u{e007}").await.unwrap();
    browser.until("a new conversation", "document.querySelectorAll('.hoi-from-assistant').length > 1").await;
}

/// A backup from before a deletion does not bring it back: restored without it, and what the board knew is deleted again.
#[tokio::test(flavor = "multi_thread")]
async fn a_restored_backup_leaves_deleted_what_was_deleted() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let (gone, mut stays) = (begun(&edge).await, Visitor::open(&edge).await);
    stays.send(&say(1, "lệ phí")).await;
    stays.answer().await;
    let to = edge.folder.path().join("backup");
    let script = |name: &str, data: &std::path::Path| {
        let mut command = std::process::Command::new(tests::root().join("xtask/dist/server").join(name));
        command.arg(&to).env("HOI_DATA", data).output().unwrap()
    };
    done(&script("backup.sh", &edge.data()));
    assert!(erase(&edge, &gone.boot.ticket, "erase").1.contains("hoi-erased"));
    edge.kill();
    // As start.sh holds it while the edge runs.
    let lock = std::fs::File::create(edge.data().join("lock")).unwrap();
    lock.lock().unwrap();
    let refused = script("restore.sh", &edge.data());
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("end it first"), "{refused:?}");
    drop(lock);
    let told = done(&script("restore.sh", &edge.data()));
    assert!(told.contains("1 conversations erased since then"), "{told}");
    let list = told.split("erase --again ").nth(1).unwrap().trim().to_owned();
    edge.up();
    assert!(done(&edge.hoi(&["erase", "--again", &list])).contains(&gone.boot.conversation.to_string()));
    let mut late = Visitor::connect(&edge, gone.boot.clone(), &edge.origin).await.unwrap();
    late.hello(None, 0).await;
    assert_eq!(late.next().await, Down::Erased);
    assert_eq!(marked(&edge), Vec::<String>::new());
    let mut again = Visitor::connect(&edge, stays.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    assert!(
        matches!(again.next().await, Down::Welcome { last, .. } if last > 1),
        "the other one is as it was"
    );
    assert!(done(&edge.hoi(&["audit", "ward"])).contains(" erase "), "the trail has its act again");
}
