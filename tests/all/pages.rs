//! Plain HTTP against real workerd.

use tests::{Edge, EdgeOptions};

fn get(url: &str, headers: &[(&str, &str)]) -> ureq::http::Response<ureq::Body> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    headers
        .iter()
        .fold(agent.get(url), |request, (name, value)| request.header(*name, *value))
        .call()
        .unwrap()
}

fn header(response: &ureq::http::Response<ureq::Body>, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[test]
fn the_frame_is_whole_before_any_script() {
    let edge = Edge::start(&EdgeOptions::default());
    let response = get(&format!("{}/s/ward/frame?lang=vi", edge.origin), &[]);
    let policy = header(&response, "content-security-policy");
    assert!(policy.contains("frame-ancestors http://localhost:8788"), "{policy}");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    let html = response.into_body().read_to_string().unwrap();
    for part in ["<form", "name=\"ticket\"", "<textarea", "hoi-boot", "lang=\"vi\""] {
        assert!(html.contains(part), "the document lacks {part}");
    }
    let small = get(&format!("{}/s/ward/frame?lang=vi", edge.origin), &[("accept-encoding", "br")]);
    assert_eq!(header(&small, "content-encoding"), "br");
    // What reflects a visitor's words beside a ticket keeps its length to itself.
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let said = agent.post(format!("{}/s/ward/say", edge.origin)).header("accept-encoding", "br");
    let said = said.send_form([("ticket", ""), ("text", "a")]).unwrap();
    assert_eq!(header(&said, "content-encoding"), "");
    let page = get(&format!("{}/s/ward", edge.origin), &[]);
    assert!(header(&page, "content-security-policy").ends_with("frame-ancestors 'none'"));
}

#[test]
fn a_posted_form_is_answered_without_the_widget() {
    let edge = Edge::start(&EdgeOptions::default());
    let boot = tests::Visitor::boot(&edge);
    let form = [
        ("ticket", boot.ticket.as_str()),
        ("lang", "vi"),
        ("mode", "page"),
        ("text", "lam giay khai sinh cho con can gi"),
    ];
    let url = format!("{}/s/ward/say", edge.origin);
    let html = ureq::post(&url).send_form(form).unwrap().into_body().read_to_string().unwrap();
    assert!(html.contains("lam giay khai sinh cho con can gi"), "what was said is gone");
    assert!(html.contains("hoi-procedure"), "the answer is not there: {html}");
    let refused = ureq::post(&url).header("origin", "https://evil.example").send_form(form);
    assert!(matches!(refused, Err(ureq::Error::StatusCode(403))), "{refused:?}");
}

#[test]
fn files_come_compressed_and_for_ever() {
    let edge = Edge::start(&EdgeOptions::default());
    let text = std::fs::read_to_string(tests::built("HOI_ASSETS_DIR").join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (name, file) in manifest["files"].as_object().unwrap() {
        let url = format!("{}{}", edge.origin, file["path"].as_str().unwrap());
        let plain = get(&url, &[("accept-encoding", "identity")]);
        if file["edge_only"] == true {
            assert_eq!(plain.status(), 404, "{name} is the edge's own");
            continue;
        }
        assert_eq!(plain.status(), 200, "{name}");
        assert_eq!(header(&plain, "content-type"), file["type"].as_str().unwrap());
        assert!(header(&plain, "cache-control").contains("immutable"));
        assert_eq!(
            plain.into_body().with_config().limit(1 << 24).read_to_vec().unwrap().len() as u64,
            file["raw"].as_u64().unwrap()
        );
        let small = get(&url, &[("accept-encoding", "br")]);
        assert_eq!(header(&small, "content-encoding"), "br", "{name}");
    }
    assert_eq!(get(&format!("{}/a/none.js", edge.origin), &[]).status(), 404);
}

#[test]
fn unknown_sites_and_keys_get_codes_and_no_more() {
    let edge = Edge::start(&EdgeOptions::default());
    for path in ["/s/nobody", "/s/nobody/hoi.js", "/admin/sites/ward", "/x", "/s/ward/ws/12"] {
        let response = get(&format!("{}{path}", edge.origin), &[("authorization", "Bearer wrong")]);
        assert_eq!(response.status(), 404, "{path}");
    }
    let loader = get(&format!("{}/s/ward/hoi.js", edge.origin), &[]).into_body().read_to_string().unwrap();
    assert!(!loader.contains("__HOI_LOOK__") && loader.contains("Bến Xuân"));
    for secret in ["WARD_AGENCY_SECRET", "127.0.0.1", "whsec_"] {
        assert!(!loader.contains(secret), "the page can read {secret}");
    }
}

#[test]
fn a_form_without_a_good_ticket_keeps_its_words_and_begins_nothing() {
    let edge = Edge::start(&EdgeOptions::default());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let files = || {
        let folders = std::fs::read_dir(edge.folder.path().join("data")).unwrap();
        folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum::<usize>()
    };
    let before = files();
    for ticket in ["", "t1.bad", "t2.00000000000000000000000000000001.ffffffff.00"] {
        let form = [("ticket", ticket), ("lang", "vi"), ("mode", "page"), ("text", "giờ làm việc thứ bảy")];
        let answer = agent.post(format!("{}/s/ward/say", edge.origin)).send_form(form).unwrap();
        assert_eq!(answer.status(), 422, "{ticket}");
        let html = answer.into_body().read_to_string().unwrap();
        assert!(html.contains("giờ làm việc thứ bảy"), "the words are gone: {html}");
        assert!(html.contains("value=\"t2."), "there is no fresh ticket to send them with");
    }
    assert_eq!(files(), before, "a conversation was begun for nobody");
}

#[test]
fn a_session_costs_little_to_refuse() {
    let edge = Edge::start(&EdgeOptions::default());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let url = format!("{}/s/ward/session", edge.origin);
    let post = |origin: &str, body: &str| {
        agent.post(&url).header("origin", origin).send(body).unwrap().status().as_u16()
    };
    assert_eq!(post("http://localhost:8788", r#"{"lang":"vi"}"#), 200);
    assert_eq!(post("http://localhost:8788", "{}"), 400);
    assert_eq!(post("http://localhost:8788", &"x".repeat(100_000)), 413);
    assert_eq!(post("https://evil.example", r#"{"lang":"vi"}"#), 403);
}

#[test]
fn the_check_says_what_to_change() {
    let edge = Edge::start(&EdgeOptions::default());
    let ask = |query: &str| {
        let response = get(&format!("{}/check{query}", edge.origin), &[("accept-language", "vi")]);
        assert_eq!(response.status(), 200);
        response.into_body().read_to_string().unwrap()
    };
    assert!(ask("").contains("lang=\"vi\"") && !ask("").contains("tool-answer"));
    let good = ask("?site=ward&page=http%3A%2F%2Flocalhost%3A8788%2Fward%2F&lang=en");
    assert!(good.contains("Nothing is wrong.") && good.contains("/s/ward/hoi.js"), "{good}");
    assert!(ask("?site=wrd&lang=en").contains("No chat called “wrd”"));
    let stranger = ask("?site=ward&page=https://www.xa.gov.vn/a&policy=default-src%20'self'&lang=en");
    assert!(stranger.contains("&quot;https://www.xa.gov.vn&quot;"), "{stranger}");
    for directive in ["script-src", "frame-src"] {
        assert!(stranger.contains(&format!("Add to it: {directive} {}", edge.origin)), "{stranger}");
    }
    // Whatever stands in the address is text.
    assert!(!ask("?site=%3Cscript%3E&page=%22%3E%3Cimg%3E&lang=en").contains("<script>"));
}
