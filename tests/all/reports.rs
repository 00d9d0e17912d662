//! What is counted of what happened, against real workerd.

use tests::{Agency, Edge, EdgeOptions, Visitor, say};

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_is_counted_without_a_word_of_it() {
    let agency = Agency::start(&[]);
    let mut edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let mut visitor = Visitor::open(&edge).await;
    for (id, text) in [
        (1, "giờ làm việc"),
        (2, "làm giấy khai sinh cho con"),
        (3, "con mèo nhà tôi thích nghe nhạc cổ điển"),
    ] {
        visitor.send(&say(id, text)).await;
        visitor.answer().await;
    }
    let report = |edge: &Edge, arguments: &[&str]| {
        let output = edge.hoi(&[&["report", "ward"], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let mut text = String::new();
    for _ in 0..100 {
        text = report(&edge, &[]);
        if text.contains("3 messages") && text.contains("1 answers of the agency's") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert!(text.contains("3 messages") && text.contains("2 answered by the site itself (67 %)"), "{text}");
    assert!(text.contains("1 khai-sinh") && text.contains("1 brought to the agency"), "{text}");
    // It outlives the edge, and the same is there for a spreadsheet and for Prometheus.
    edge.kill();
    edge.up();
    let csv = report(&edge, &["--csv"]);
    assert!(csv.starts_with("day,event,about,count\n") && csv.contains(",answered,khai-sinh,1\n"), "{csv}");
    assert!(!csv.contains("mèo"), "{csv}");
    let url = format!("{}/admin/sites/ward/metrics", edge.origin);
    let asked = |key: &str| {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let answer = agent.get(&url).header("authorization", format!("Bearer {key}")).call().unwrap();
        (answer.status().as_u16(), answer.into_body().read_to_string().unwrap())
    };
    let (status, text) = asked(tests::ADMIN_KEY);
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("hoi_events_total{site=\"ward\",event=\"said\",about=\"\"} 3\n"), "{text}");
    assert_eq!(asked("another key").0, 404);
}
