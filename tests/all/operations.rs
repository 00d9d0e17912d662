//! What an operator sees of a running edge: its log, its measures, its health; against real workerd.

use serde_json::Value;
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tests::{ADMIN_KEY, Agency, Desk, Edge, EdgeOptions, PASSWORD, Visitor, eventually, say, wait_for};

/// What the worker has logged, a line each.
fn logged(edge: &Edge) -> Vec<Value> {
    let log = edge.log();
    let lines = log.lines().filter(|line| line.starts_with('{'));
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The first event of this name in which every field is as it stands here.
fn find_event(edge: &Edge, event: &str, fields: &[(&str, Value)]) -> Option<Value> {
    let is_it =
        |line: &Value| line["event"] == event && fields.iter().all(|(name, value)| line[*name] == *value);
    logged(edge).into_iter().find(is_it)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_event_is_one_line_of_json_without_anybodys_words() {
    const WORDS: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
    let agency = Agency::start(&["--fault", "error"]);
    let options = EdgeOptions { agency: agency.url.clone(), codes_off: true, ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    edge.publish();
    edge.account("lan", &["ward:agent"]);
    let mut desk = Desk::at(&edge);
    desk.sign_in("lan", "not the password");
    desk.sign_in("nobody", "not the password");
    desk.sign_in("lan", PASSWORD);
    let token = desk.token.clone();
    desk.post("/desk/sign-out", &[("lang", "en")]);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let refused = agent.get(format!("{}/admin/sites/ward", edge.origin)).header("authorization", "Bearer no");
    assert_eq!(refused.call().unwrap().status(), 404);
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, "em muốn chết")).await;
    visitor.answer().await;
    visitor.send(&say(2, WORDS)).await;
    visitor.answer().await;

    let text = |text: &str| Value::from(text);
    for (event, fields) in [
        ("worker.start", vec![("version", text(env!("CARGO_PKG_VERSION")))]),
        ("site.publish", vec![("site", text("ward")), ("version", 2.into()), ("by", text("HOI_ADMIN_KEY"))]),
        ("operator.act", vec![("site", text("ward")), ("about", text("lan"))]),
        ("staff.sign_in_failed", vec![("account", text("lan")), ("reason", text("password"))]),
        ("staff.sign_in_failed", vec![("reason", text("no_account"))]),
        ("staff.sign_in", vec![("account", text("lan")), ("by", text("password"))]),
        ("staff.sign_out", vec![("account", text("lan")), ("scope", text("session"))]),
        ("admin.refused", vec![("reason", text("key"))]),
        ("danger.shown", vec![("site", text("ward")), ("n", 1.into())]),
        ("agency.failure", vec![("site", text("ward")), ("class", text("status")), ("status", 500.into())]),
    ] {
        wait_for(event, || find_event(&edge, event, &fields).is_some());
    }
    for line in logged(&edge) {
        let at = line["time"].as_str().and_then(|time| time.parse::<jiff::Timestamp>().ok());
        assert!(at.is_some_and(|at| at.as_second() > 1_780_000_000), "{line}");
        assert!(["info", "warn", "error"].contains(&line["level"].as_str().unwrap()), "{line}");
    }
    let log = edge.log();
    for secret in [WORDS, "em muốn chết", PASSWORD, "not the password", "nobody", ADMIN_KEY, token.as_str()]
    {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
    let conversation = visitor.boot.conversation.to_string();
    let of_danger = logged(&edge).into_iter().find(|line| line["event"] == "danger.shown").unwrap();
    assert!(!of_danger.to_string().contains(&conversation), "{of_danger}");
}

/// The text that Prometheus is given for the ward.
fn metrics(edge: &Edge) -> String {
    let url = format!("{}/admin/sites/ward/metrics", edge.origin);
    let answer = ureq::get(&url).header("authorization", format!("Bearer {ADMIN_KEY}")).call().unwrap();
    answer.into_body().read_to_string().unwrap()
}

/// The value of the sample that begins so.
fn sample(text: &str, name: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
}

#[tokio::test(flavor = "multi_thread")]
async fn measures_are_there_and_totals_never_fall() {
    let agency = Agency::start(&["--fault", "error", "--faulty-calls", "1"]);
    let mut edge = Edge::start(&EdgeOptions { agency: agency.url.clone(), ..EdgeOptions::default() });
    let (mut visitor, other) = (Visitor::open(&edge).await, Visitor::open(&edge).await);
    for (id, text) in [(1, "giờ làm việc"), (2, "con mèo nhà tôi thích nghe nhạc cổ điển")] {
        visitor.send(&say(id, text)).await;
        visitor.answer().await;
    }
    let seconds = "hoi_answer_duration_seconds";
    let edge_count = format!("{seconds}_count{{site=\"ward\",source=\"edge\"}}");
    let agency_count = format!("{seconds}_count{{site=\"ward\",source=\"agency\"}}");
    let failed = "hoi_agency_failures_total{site=\"ward\",class=\"status\"}";
    let sockets = "hoi_open_sockets{site=\"ward\",whose=\"visitor\"}";
    eventually("what happened to be counted", || {
        let text = metrics(&edge);
        sample(&text, &edge_count) == Some(1.0)
            && sample(&text, &agency_count) == Some(1.0)
            && sample(&text, failed) == Some(1.0)
    })
    .await;
    let text = metrics(&edge);
    assert_eq!(sample(&text, sockets), Some(2.0), "{text}");
    let quick = format!("{seconds}_bucket{{site=\"ward\",source=\"edge\",le=\"10\"}}");
    assert_eq!(sample(&text, &quick), Some(1.0), "{text}");
    for name in [
        "hoi_agency_breaker_open{site=\"ward\"}",
        "hoi_waiting_conversations{site=\"ward\"}",
        "hoi_longest_wait_seconds{site=\"ward\"}",
        "hoi_push_failures_total{site=\"ward\"}",
    ] {
        assert_eq!(sample(&text, name), Some(0.0), "{name}: {text}");
    }
    assert!(sample(&text, "hoi_database_size_bytes{site=\"ward\",object=\"site\"}").unwrap() > 4096.0);
    // What Prometheus's own tool says of it, where it is installed.
    if let Ok(mut promtool) = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    {
        promtool.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let verdict = promtool.wait_with_output().unwrap();
        assert!(verdict.status.success() && verdict.stderr.is_empty(), "{verdict:?}");
    }
    // Reports tell of events, not of measures.
    let report = edge.hoi(&["report", "ward", "--csv"]);
    assert!(!String::from_utf8_lossy(&report.stdout).contains("edge_reply"), "{report:?}");

    drop(other);
    eventually("one to be gone", || sample(&metrics(&edge), sockets) == Some(1.0)).await;
    edge.kill();
    edge.up();
    let text = metrics(&edge);
    for name in [edge_count.as_str(), agency_count.as_str(), failed] {
        assert_eq!(sample(&text, name), Some(1.0), "{name} fell: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_too_much_is_counted_and_logged_once() {
    let edge = Edge::start(&EdgeOptions::default());
    let mut visitor = Visitor::open(&edge).await;
    for id in 1..=60 {
        visitor.send(&say(id, "giờ làm việc")).await;
    }
    let limited = |limit: &str| {
        let name = format!("hoi_rate_limited_total{{site=\"ward\",limit=\"{limit}\"}}");
        sample(&metrics(&edge), &name).unwrap_or_default()
    };
    eventually("refusals to be counted", || limited("messages") + limited("frames") > 1.0).await;
    let lines = logged(&edge).into_iter().filter(|line| line["event"] == "limit.refused");
    let of_one = lines.filter(|line| line["limit"] == "messages").count();
    assert!(of_one <= 1, "{}", edge.log());
}

#[test]
fn health_is_told_to_many_at_once() {
    let edge = Edge::start(&EdgeOptions::default());
    let url = format!("{}/health", edge.origin);
    let began = Instant::now();
    let asking: Vec<_> = (0..40)
        .map(|_| {
            let url = url.clone();
            std::thread::spawn(move || ureq::get(&url).call().unwrap().status().as_u16())
        })
        .collect();
    assert!(asking.into_iter().all(|each| each.join().unwrap() == 200));
    assert!(began.elapsed() < Duration::from_secs(5), "it took {:?}", began.elapsed());
}

/// Whose provider takes a connection and says nothing signs out here all the same, and soon.
#[test]
fn a_provider_that_hangs_keeps_nobody_signed_in() {
    let provider = tests::Provider::start("ES256");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let mut edge = Edge::start(&options);
    edge.account("lan", &["ward:agent"]);
    assert!(edge.staff(&["oidc", "lan", "lan@ward.example"]).status.success());
    provider.is(&serde_json::json!({ "sub": "42", "email": "lan@ward.example" }));
    let (mut desk, done) = super::staff_provider::Trip::begin(&edge, "/desk").end();
    assert_eq!(done.status, 200, "{done:?}");
    // What the edge knows of the provider goes with its memory.
    edge.kill();
    let address = provider.origin.rsplit('/').next().unwrap().to_owned();
    drop(provider);
    let listener = TcpListener::bind(address).unwrap();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _said = stream.read(&mut [0; 1024]);
            held.push(stream);
        }
    });
    edge.up();
    let began = Instant::now();
    let out = desk.post("/desk/sign-out", &[("lang", "en")]);
    assert!(matches!(out.status, 200 | 303) && out.set_cookie.contains("Max-Age=0"), "{out:?}");
    assert!(began.elapsed() < Duration::from_secs(5), "it took {:?}", began.elapsed());
    assert_eq!(desk.get("/desk/account").status, 303, "the session is over");
}
