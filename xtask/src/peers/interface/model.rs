//! A proxy for language models between the edge and a server of models, which is the stand-in.

use super::workshop::Workshop;
use crate::{
    bench::{
        lab::{AGENCY_SECRET, Lab},
        socket::{BenchVisitor, say_frame},
    },
    peers::{journey::Journey, process::ProcessGroup, report::PeerTrial},
};
use anyhow::{bail, ensure};
use devkit::network::find_free_port;
use serde_json::Value;
use std::{
    fs::{self, File},
    net::TcpStream,
    time::{Duration, Instant},
};

/// How long the proxy may take to start: it loads a lot.
const START_LIMIT: Duration = Duration::from_secs(120);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// A question that only the model can answer.
const FOR_MODEL: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// What opens the proxy: the site's secret. It starts with none that is weaker.
const PROXY_KEY: &str = "sk-5f0b6c2d9e3a47718c4d2b9f60e1a35c7d8e9f0a1b2c3d4e5f60718293a4b5c6";
/// What the model says.
const REPLY: &str = "Mèo nhà bà thích Mozart: mời bà đến quầy 3 của phường.";

pub(super) fn try_litellm(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let port = find_free_port()?;
    let host = format!("127.0.0.1:{port}");
    let lab = Lab::open_configured(
        shop.folder.join("edge"),
        &[("HOI_AGENCY_HOSTS", &host), ("WARD_AGENCY_SECRET", PROXY_KEY)],
    )?;
    let webhook = format!("connector = \"webhook\"\nurl = \"http://127.0.0.1:{}/\"", lab.agency_port);
    let openai = format!("connector = \"openai\"\nmodel = \"the-model\"\nurl = \"http://{host}/v1\"");
    lab.publish_site(&[(&webhook, &openai)])?;
    let _running = start_litellm(shop, port, lab.agency_port)?;
    let mut journey = Journey::start_at(&lab, lab.edge.clone());
    let model = ["--protocol", "openai", "--reply", REPLY];
    journey.start_agency(&model)?;
    let mut trials = vec![PeerTrial::run_attempt("a model's first answer comes whole", || {
        let pieces = ask_model(&lab)?;
        ensure!(pieces == 0, "{pieces} pieces: nobody knew yet whether it thinks aloud");
        Ok("as it was said".to_owned())
    })];
    trials.push(PeerTrial::run_attempt("the next one grows", || {
        let pieces = ask_model(&lab)?;
        ensure!(pieces > 1, "{pieces} pieces");
        Ok(format!("{pieces} pieces"))
    }));
    for (what, parameter) in [
        ("`temperature` is refused, and left out", "temperature"),
        ("`max_tokens` is refused, and called otherwise", "max_tokens"),
    ] {
        journey.start_agency(&[&model[..], &["--refuse-parameter", parameter]].concat())?;
        trials.push(PeerTrial::run_attempt(what, || ask_model(&lab).map(|_| "answered".to_owned())));
    }
    Ok(trials)
}

fn start_litellm(shop: &Workshop<'_>, port: u16, model: u16) -> anyhow::Result<ProcessGroup> {
    let settings = format!(
        "model_list:\n  - model_name: the-model\n    litellm_params:\n      model: openai/stand-in\n      \
         api_base: http://127.0.0.1:{model}/v1\n      api_key: os.environ/AGENCY_SECRET\n"
    );
    fs::write(shop.folder.join("litellm.yaml"), settings)?;
    let mut command = shop.python_command("litellm");
    command.args(["--config", "litellm.yaml", "--host", "127.0.0.1", "--port", &port.to_string()]);
    // It asks nobody on the internet for prices.
    command
        .env("AGENCY_SECRET", AGENCY_SECRET)
        .env("LITELLM_MASTER_KEY", PROXY_KEY)
        .env("LITELLM_LOCAL_MODEL_COST_MAP", "True");
    let log = shop.folder.join("litellm.log");
    let file = File::create(&log)?;
    let mut running = ProcessGroup::start("litellm", command.stdout(file.try_clone()?).stderr(file))?;
    let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    running.wait_until_ready("litellm", START_LIMIT, is_listening, || {
        fs::read_to_string(&log).unwrap_or_default()
    })?;
    Ok(running)
}

/// Asks something, waits for the model's whole answer, and says in how many pieces it grew.
fn ask_model(lab: &Lab) -> anyhow::Result<usize> {
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    let socket = visitor.socket();
    socket.send(&say_frame(1, FOR_MODEL))?;
    let mut pieces = 0;
    let until = Instant::now() + PATIENCE;
    let mut last = String::new();
    while Instant::now() < until {
        let Some(frame) = socket.next_within(Duration::from_secs(1))? else { continue };
        let down: Value = serde_json::from_str(&frame)?;
        match down.get("t").and_then(Value::as_str) {
            Some("grow") => pieces += 1,
            Some("message") if frame.contains(REPLY) && frame.contains("\"state\":\"done\"") => {
                return Ok(pieces);
            }
            _ => {}
        }
        last = frame;
    }
    bail!("the model's answer did not come; the last that did: {last}")
}
