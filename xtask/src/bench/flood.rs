//! `cargo xtask bench flood`: what others notice of one visitor who floods the edge. Bounded in number and time, against an
//! edge of its own on this machine.

use super::{
    lab::Lab,
    socket::{BenchSocket, BenchVisitor, say_frame},
    table::FigureTable,
};
use crate::run::print_step as tell;
use anyhow::Context as _;
use serde_json::Value;
use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Another visitor's answers while one floods the edge with each kind of frame, post, upload and connection.
///
/// The flood is one thread that sends as fast as it is let, comes again when its line is closed, and stops after so many
/// tries. The other visitor asks what the edge answers by itself; the first row is the same without a flood.
#[derive(clap::Args)]
pub struct Args {
    /// How often the other visitor asks, for each kind.
    #[arg(long, default_value_t = 84, value_parser = clap::value_parser!(u32).range(14..=1_000))]
    questions: u32,
    /// How much is sent of each kind at most.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    most: u32,
}

/// Messages of one conversation, within what a site lets a visitor send in a minute.
const MESSAGES: u32 = 14;
/// Between two questions: people read.
const REST: Duration = Duration::from_millis(20);
/// No flood lasts longer.
const LONGEST: Duration = Duration::from_secs(60);

/// Where the flood comes from.
const FLOODER: &str = "192.0.2.66";

/// What one visitor sends.
const KINDS: &[&str] = &[
    "hello",
    "typing",
    "read",
    "unknown",
    "garbage",
    "say",
    "long saying",
    "opinion",
    "context",
    "post",
    "upload",
    "connection",
    "made-up site",
];

pub fn run(args: &Args) -> anyhow::Result<Vec<FigureTable>> {
    let lab = Lab::open(None)?;
    lab.publish_site(&[(
        "# How much may be used;",
        "[files]\nallow = [\"pdf\"]\nmax_mb = 2\n\n# How much may be used;",
    )])?;
    let mut table = FigureTable::new(
        "flood",
        "While one visitor floods",
        &["p50 ms", "p95 ms", "times quiet", "sent", "MB", "files"],
    );
    time_questions(&lab.edge, MESSAGES)?;
    let mut quiet = time_questions(&lab.edge, args.questions)?;
    let (p50, p95) = (take_percentile(&mut quiet, 0.5), take_percentile(&mut quiet, 0.95));
    table.add_row(
        "quiet".to_owned(),
        [
            Some(p50),
            Some(p95),
            Some(1.0),
            None,
            Some(lab.memory_mb()?),
            Some(count_megabytes(&lab.data_dir())),
        ],
    );
    for kind in KINDS {
        tell(&format!("flood: {kind}"));
        let before = count_megabytes(&lab.data_dir());
        let (stop, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let flooding = {
            let (edge, stop, sent, most) = (lab.edge.clone(), stop.clone(), sent.clone(), args.most as usize);
            thread::spawn(move || {
                let until = Instant::now() + LONGEST;
                let goes_on = || {
                    !stop.load(Ordering::Relaxed)
                        && Instant::now() < until
                        && sent.fetch_add(1, Ordering::Relaxed) < most
                };
                while goes_on() {
                    // Whatever is refused or closed is tried again.
                    let _refused = send_flood(&edge, kind, &goes_on);
                }
            })
        };
        let times = time_questions(&lab.edge, args.questions);
        stop.store(true, Ordering::Relaxed);
        flooding.join().map_err(|_| anyhow::anyhow!("the flood of {kind} broke"))?;
        let mut times = times.with_context(|| format!("during a flood of {kind}"))?;
        let median = take_percentile(&mut times, 0.5);
        let row = [
            Some(median),
            Some(take_percentile(&mut times, 0.95)),
            Some(median / p50),
            Some(sent.load(Ordering::Relaxed) as f64),
            Some(lab.memory_mb()?),
            Some(count_megabytes(&lab.data_dir()) - before),
        ];
        table.add_row((*kind).to_owned(), row);
    }
    table.add_note(
        "Files are those made meanwhile, the other visitor's own among them; the flood comes from one address."
            .to_owned(),
    );
    Ok(vec![table])
}

/// Times of so many answers, in milliseconds.
fn time_questions(edge: &str, questions: u32) -> anyhow::Result<Vec<f64>> {
    let mut times = Vec::new();
    while times.len() < questions as usize {
        let mut visitor = BenchVisitor::open(edge)?;
        for _ in 0..MESSAGES {
            times.push(visitor.send_message("mấy giờ phường mở cửa")?.answered.as_secs_f64() * 1e3);
            thread::sleep(REST);
        }
    }
    Ok(times)
}

/// One line's worth of a flood, until it is closed.
fn send_flood(edge: &str, kind: &str, goes_on: &impl Fn() -> bool) -> anyhow::Result<()> {
    let http = |path: &str, body: Option<&[u8]>, header: (&str, &str)| -> anyhow::Result<()> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let url = format!("http://{edge}{path}");
        match body {
            Some(body) => agent
                .post(url)
                .header("origin", format!("http://{edge}"))
                .header(header.0, header.1)
                .header("x-real-ip", FLOODER)
                .send(body)?
                .into_body()
                .read_to_vec()
                .map(drop)?,
            None => agent.get(url).call()?.into_body().read_to_vec().map(drop)?,
        }
        Ok(())
    };
    if kind == "made-up site" {
        let mut n = 0_u32;
        while goes_on() {
            n += 1;
            http(&format!("/s/made-up-{n}"), None, ("", ""))?;
        }
        return Ok(());
    }
    let (path, protocols, ticket) = fetch_page(edge)?;
    let origin = format!("http://{edge}");
    match kind {
        "connection" => {
            let mut open = Vec::new();
            while goes_on() && open.len() < 200 {
                open.push(BenchSocket::open_from(edge, &path, Some((&origin, &protocols)), Some(FLOODER))?);
            }
        }
        "post" => {
            let typing = vec![serde_json::json!({"t": "typing", "on": true}); 32];
            let body = serde_json::json!({"ticket": ticket, "up": typing}).to_string();
            while goes_on() {
                http("/s/ward/line", Some(body.as_bytes()), ("content-type", "application/json"))?;
            }
        }
        "upload" => {
            let form = format!(
                "--cut\r\ncontent-disposition: form-data; name=\"ticket\"\r\n\r\n{ticket}\r\n\
                 --cut\r\ncontent-disposition: form-data; name=\"id\"\r\n\r\n{:032x}\r\n\
                 --cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\n%%EOF\n\r\n--cut--\r\n",
                7
            );
            let kind = ("content-type", "multipart/form-data; boundary=cut");
            http("/s/ward/file", Some(form.as_bytes()), kind)?;
        }
        _ => {
            let mut socket = BenchSocket::open_from(edge, &path, Some((&origin, &protocols)), Some(FLOODER))?;
            let hello =
                serde_json::json!({ "t": "hello", "v": 1, "ticket": ticket, "after": 0, "lang": "vi" })
                    .to_string();
            socket.send(&hello)?;
            for number in 1..=MESSAGES {
                socket.send(&say_frame(number, "mấy giờ phường mở cửa"))?;
            }
            let long = "số cccd 07920300123 và tk 0123456789 vcb, otp 123 456, mẹ tôi hỏi ".repeat(29);
            let opinion =
                serde_json::json!({ "t": "rate", "seq": 2, "good": false, "text": "chờ lâu ".repeat(60) });
            let about: serde_json::Map<String, Value> =
                (0..16).map(|n| (format!("n{n}"), "mẹ tôi ".repeat(28).into())).collect();
            let context = serde_json::json!({ "t": "context", "values": about });
            let frame = |sent: u32| match kind {
                "hello" => hello.clone(),
                "typing" => r#"{"t":"typing","on":true}"#.to_owned(),
                "read" => r#"{"t":"read","seq":2}"#.to_owned(),
                "unknown" => r#"{"t":"dance"}"#.to_owned(),
                "say" => say_frame(1, "mấy giờ phường mở cửa"),
                "long saying" => say_frame(1_000 + sent, &long),
                "opinion" => opinion.to_string(),
                "context" => context.to_string(),
                _ => "[".repeat(1_000),
            };
            let mut sent = 0_u32;
            while goes_on() {
                socket.send(&frame(sent))?;
                sent += 1;
                // What comes back is read now and then, so that nobody waits for the reader.
                while sent.is_multiple_of(50) && socket.next_within(Duration::ZERO)?.is_some() {}
            }
        }
    }
    Ok(())
}

/// A fresh conversation: its socket's path, its sub-protocols, its ticket.
fn fetch_page(edge: &str) -> anyhow::Result<(String, String, String)> {
    let page =
        ureq::get(format!("http://{edge}/s/ward/frame?lang=vi")).call()?.into_body().read_to_string()?;
    let boot = page.split_once("id=\"hoi-boot\">").and_then(|(_, rest)| rest.split_once("</script>"));
    let boot: Value = serde_json::from_str(boot.context("the document carries no data")?.0)?;
    let field = |name: &str| boot.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let ticket = field("ticket");
    Ok((format!("/s/ward/ws/{}", field("conversation")), format!("hoi1, {ticket}"), ticket))
}

fn take_percentile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(((times.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied().unwrap_or_default()
}

/// How many databases lie under `folder`.
fn count_megabytes(folder: &Path) -> f64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0.0 };
    let paths = entries.flatten().map(|entry| entry.path());
    let count = |path: std::path::PathBuf| match path.is_dir() {
        true => count_megabytes(&path),
        false => f64::from(u8::from(path.extension().is_some_and(|ending| ending == "sqlite"))),
    };
    paths.map(count).sum()
}
