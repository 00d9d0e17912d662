//! A conversation: through a socket, by posts, with answers that grow, and with one that the agency brings later.

use super::context::{FOR_AGENCY, HttpAnswer, Journey, LATE_REPLY};
use crate::bench::socket::{BenchVisitor, say_frame};
use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    time::{Duration, Instant},
};

/// A question that the site answers by itself.
const FOR_SITE: &str = "lam giay khai sinh cho con can gi";
/// The least time from the first piece of an answer to its end: the stand-in agency takes longer over it.
const LEAST_GROWTH: Duration = Duration::from_millis(300);
/// What citizens write, with what looks like code in it.
const SUSPICIOUS: &str = "Tôi tên O'Neil; nhà 12/3 -- phòng 5. Trang https://example.com/a?x=../../etc/passwd báo \
     <script>alert(1)</script> và \"SELECT * FROM users WHERE 1=1 OR 'a'='a'\". Làm gì?";

pub fn talk_by_socket(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let took = BenchVisitor::open(&journey.host)?.send_message(FOR_SITE)?;
    Ok(format!("answered after {} ms", took.answered.as_millis()))
}

pub fn stream_by_socket(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let mut visitor = BenchVisitor::open(&journey.host)?;
    let socket = visitor.socket();
    socket.send(&say_frame(1, FOR_AGENCY))?;
    let mut growth = AnswerGrowth::default();
    while !growth.is_whole {
        growth.add_frame(&socket.next()?)?;
    }
    growth.describe()
}

/// Posts as `widget/parts/post_transport.js` does from a page of the edge's own.
fn post_frames(
    journey: &Journey<'_>,
    accept: &str,
    body: &str,
) -> anyhow::Result<ureq::http::Response<ureq::Body>> {
    let request =
        journey.agent.post(journey.absolute_url("/s/ward/line")).header("origin", journey.page_origin());
    Ok(request.header("accept", accept).header("content-type", "application/json").send(body)?)
}

fn post_body(ticket: &str, frame: &str) -> String {
    format!("{{\"ticket\":{},\"up\":[{frame}]}}", json!(ticket))
}

/// Posts one frame and gives the frames of the answer.
fn ask_frames(journey: &Journey<'_>, ticket: &str, frame: &str) -> anyhow::Result<Vec<Value>> {
    let answer = HttpAnswer::read(post_frames(journey, "application/x-ndjson", &post_body(ticket, frame))?)?;
    let text = answer.require_status(200)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn hello_frame(boot: &super::context::PageBoot, after: u64) -> String {
    json!({ "t": "hello", "v": boot.version, "ticket": boot.ticket, "after": after, "lang": "vi" })
        .to_string()
}

pub fn talk_by_polling(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let boot = journey.fetch_boot()?;
    ask_frames(journey, &boot.ticket, &hello_frame(&boot, 0))?;
    ask_frames(journey, &boot.ticket, &say_frame(1, FOR_SITE))?;
    let again = ask_frames(journey, &boot.ticket, &hello_frame(&boot, 0))?;
    ensure!(again.len() == 3, "a welcome, the question and its answer are expected: {again:?}");
    Ok("answered; as application/json".to_owned())
}

pub fn post_suspicious_words(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let boot = journey.fetch_boot()?;
    ask_frames(journey, &boot.ticket, &hello_frame(&boot, 0))?;
    let told = ask_frames(journey, &boot.ticket, &say_frame(1, SUSPICIOUS))?;
    let acknowledged = told.iter().any(|frame| frame.get("t").is_some_and(|t| t == "ack"));
    ensure!(acknowledged, "not acknowledged: {told:?}");
    // Where a browser runs no script, the same is posted as a form.
    let form = [("ticket", boot.ticket.as_str()), ("lang", "vi"), ("text", SUSPICIOUS)];
    let answer = journey.post_form("/s/ward/say", &form)?;
    ensure!(matches!(answer.status, 200 | 303), "posted as a form: status {}", answer.status);
    Ok("taken as JSON and as a form".to_owned())
}

/// A chat inside the agency's own page posts to another origin, and so as plain text: else the browser would first ask whether
/// it may.
pub fn talk_from_page(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let page = format!("http://localhost:{}", journey.lab.host_port);
    let post = |path: &str, body: String| -> anyhow::Result<String> {
        let request = journey.agent.post(journey.absolute_url(path)).header("origin", &page);
        let request = request.header("accept", "application/x-ndjson");
        let answer =
            HttpAnswer::read(request.header("content-type", "text/plain;charset=UTF-8").send(body)?)?;
        let text = answer.require_status(200).with_context(|| path.to_owned())?;
        ensure!(
            answer.header_values("access-control-allow-origin") == page,
            "{path}: the page may not read the answer"
        );
        Ok(text)
    };
    let boot: Value = serde_json::from_str(&post("/s/ward/session", json!({ "lang": "vi" }).to_string())?)?;
    let boot = super::context::PageBoot::from_value(&boot);
    post("/s/ward/line", post_body(&boot.ticket, &hello_frame(&boot, 0)))?;
    let told = post("/s/ward/line", post_body(&boot.ticket, &say_frame(1, FOR_SITE)))?;
    ensure!(told.contains("\"t\":\"ack\""), "not acknowledged: {told}");
    Ok("answered; as text/plain".to_owned())
}

pub fn stream_by_post(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let boot = journey.fetch_boot()?;
    let body = post_body(&boot.ticket, &hello_frame(&boot, 0));
    let stream = post_frames(journey, "text/event-stream", &body)?;
    ensure!(stream.status() == 200, "status {}", stream.status());
    let mut lines = BufReader::new(stream.into_body().into_reader()).lines();
    let mut next_frame = move || -> anyhow::Result<String> {
        loop {
            let line = lines.next().context("the answer ended")?.context("no more of the answer comes")?;
            if let Some(data) = line.strip_prefix("data: ") {
                return Ok(data.to_owned());
            }
        }
    };
    ensure!(next_frame()?.contains("welcome"), "the first frame is no welcome");
    ask_frames(journey, &boot.ticket, &say_frame(1, FOR_AGENCY))?;
    let mut growth = AnswerGrowth::default();
    while !growth.is_whole {
        growth.add_frame(&next_frame()?)?;
    }
    growth.describe()
}

/// How an answer of the agency's came.
#[derive(Default)]
struct AnswerGrowth {
    first: Option<Instant>,
    pieces: usize,
    is_whole: bool,
}

impl AnswerGrowth {
    fn add_frame(&mut self, frame: &str) -> anyhow::Result<()> {
        let down: Value = serde_json::from_str(frame)?;
        let text = |name: &str| down.get(name).and_then(Value::as_str).unwrap_or_default();
        match text("t") {
            "grow" => {
                self.first.get_or_insert_with(Instant::now);
                self.pieces += 1;
            }
            "message" if self.pieces > 0 && frame.contains("\"state\":\"done\"") => self.is_whole = true,
            "fault" => bail!("the edge says {frame}"),
            _ => {}
        }
        Ok(())
    }

    fn describe(&self) -> anyhow::Result<String> {
        let took = self.first.map(|first| first.elapsed()).unwrap_or_default();
        ensure!(
            took >= LEAST_GROWTH,
            "{} pieces came within {} ms: held back",
            self.pieces,
            took.as_millis()
        );
        Ok(format!("{} pieces in {} ms", self.pieces, took.as_millis()))
    }
}

/// The agency takes a question and answers it by a callback, through the same proxy.
pub fn receive_callback(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let origin = journey.page_origin();
    journey.start_agency(&["--later", "1", "--edge", &origin, "--reply", LATE_REPLY])?;
    let mut visitor = BenchVisitor::open(&journey.host)?;
    let socket = visitor.socket();
    socket.send(&say_frame(1, FOR_AGENCY))?;
    let until = Instant::now() + super::context::PATIENCE;
    while Instant::now() < until {
        let Some(frame) = socket.next_within(Duration::from_secs(2))? else {
            let log = fs::read_to_string(journey.agency_log()).unwrap_or_default();
            if let Some(line) = log.lines().rev().find(|line| line.contains("\"status\":")) {
                ensure!(line.contains("\"status\":200"), "the callback was refused: {line}");
            }
            continue;
        };
        if frame.contains("dichvucong.gov.vn") {
            return Ok("shown to the visitor".to_owned());
        }
    }
    bail!("the answer did not come")
}
