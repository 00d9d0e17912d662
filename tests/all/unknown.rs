//! Addresses where nothing is: a page with a way on for people, a code for programs; and pages whose styles do not come.

use tests::{Edge, EdgeOptions, post_form};

/// What a browser sends for a page.
const PEOPLE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn ask(edge: &Edge, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.get(format!("{}{path}", edge.origin));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let answer = request.call().unwrap();
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned());
    (answer.status().as_u16(), kind.unwrap_or_default(), answer.into_body().read_to_string().unwrap())
}

#[test]
fn people_get_a_page_with_a_way_on_and_programs_a_code() {
    let edge = Edge::start(&EdgeOptions::default());
    for path in ["/s/ward/nowhere", "/s/ward/form/2", "/s/ward/ws/x", "/s/ward/line"] {
        let (status, kind, html) =
            ask(&edge, path, &[("accept", PEOPLE), ("accept-language", "en-GB,en;q=0.8")]);
        assert!(matches!(status, 404 | 405) && kind.starts_with("text/html"), "{path}: {status} {kind}");
        for part in [
            "lang=\"en\"",
            "href=\"/s/ward?lang=en\"",
            "href=\"tel:",
            "<link rel=\"icon\" href=\"/s/ward/logo",
        ] {
            assert!(html.contains(part), "{path} lacks {part}: {html}");
        }
        let (_, _, html) = ask(&edge, path, &[("accept", PEOPLE), ("accept-language", "vi")]);
        assert!(html.contains("lang=\"vi\"") && html.contains("Không tìm thấy"), "{path}: {html}");
        let (status, kind, body) = ask(&edge, path, &[("accept", "*/*")]);
        assert!(matches!(status, 404 | 405) && kind == "application/json", "{path}: {status} {kind} {body}");
    }
    for path in ["/nowhere", "/s/nobody/nowhere", "/desk/nowhere", "/a/frame.css", "/s/%3Cscript%3E"] {
        let (status, kind, html) = ask(&edge, path, &[("accept", PEOPLE), ("accept-language", "fr")]);
        assert!(status == 404 && kind.starts_with("text/html"), "{path}: {status} {kind}");
        assert!(html.contains("lang=\"fr\"") && html.contains("href=\"/?lang=fr\""), "{path}: {html}");
        assert!(!html.contains("nobody") && !html.contains("<script>"), "{path}: {html}");
        assert_eq!(ask(&edge, path, &[("accept", "application/json")]).1, "application/json", "{path}");
    }
}

/// A style sheet may be missing for a while; then a drawing without a size is as wide as the window.
#[test]
fn drawings_have_a_size_and_pages_an_icon() {
    let edge = Edge::start(&EdgeOptions::default());
    let boot = tests::Visitor::boot(&edge);
    let mut pages: Vec<(String, String)> = [
        "/s/ward",
        "/s/ward/frame",
        "/s/ward/status",
        "/s/ward/continue",
        "/",
        "/check",
        "/desk/sign-in",
        "/s/nobody",
    ]
    .map(|path| (path.to_owned(), ask(&edge, path, &[("accept", PEOPLE)]).2))
    .into();
    let ticket = ("ticket", boot.ticket.as_str());
    pages.push((
        "say".into(),
        post_form(&edge, "say", &[ticket, ("text", "đăng ký khai sinh"), ("lang", "vi")], &[]).1,
    ));
    pages.push((
        "form".into(),
        post_form(&edge, "form", &[ticket, ("procedure", "khai-sinh"), ("lang", "vi")], &[]).1,
    ));
    for (path, html) in &pages {
        assert!(html.contains("<link rel=\"icon\" href=\"/"), "{path} has no icon: {html}");
        for drawing in html.split("<svg").skip(1) {
            let tag = &drawing[..drawing.find('>').unwrap()];
            assert!(tag.contains(" width=\"") && tag.contains(" height=\""), "{path}: <svg{tag}>");
        }
        for picture in html.split("<img").skip(1) {
            let tag = &picture[..picture.find('>').unwrap()];
            assert!(tag.contains(" width=\""), "{path}: <img{tag}>");
        }
    }
    for path in ["/icon.svg", "/favicon.ico"] {
        let (status, kind, drawing) = ask(&edge, path, &[]);
        assert!(
            status == 200 && kind == "image/svg+xml" && drawing.starts_with("<svg"),
            "{path}: {status} {kind}"
        );
    }
}
