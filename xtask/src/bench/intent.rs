//! `cargo xtask bench intent`: the matcher's accuracy and speed. What it does here is measured by its own crate; what it
//! does in WebAssembly, in the edge's runtime, is measured from outside.

use super::table::FigureTable;
use crate::{
    build::{empty_folder, hoi_release},
    machine::{WasmCompiler, wasm_compiler},
    paths,
    run::{print_step, run_command as tell},
    tools::npm_bin,
};
use anyhow::{Context as _, bail};
use devkit::{
    network::find_free_port,
    workerd::{CONFIG_FILE, ConfigFile, ModuleKind, WorkerDefinition, render_socket, start_workerd},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// Accuracy and speed of the matcher, against its bar.
#[derive(clap::Args)]
pub struct Args {}

/// Every so many of the test's texts are timed in WebAssembly.
const EVERY: usize = 10;
/// How often each is ranked, so that what the request itself costs does not count.
const TIMES: u32 = 400;
/// And how often that: the least counts, since all that disturbs only adds.
const TRIES: usize = 3;

/// The sets that the matcher is measured on; they are not ours to ship.
pub fn data_folder() -> Option<PathBuf> {
    std::env::var_os("HOI_INTENT_DATA").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

pub fn run() -> anyhow::Result<()> {
    let Some(data) = data_folder() else {
        bail!(
            "set HOI_INTENT_DATA to the folder that holds the sets, clinc150/, snips/ and massive4-vi/: {}",
            "lines of {\"text\",\"intent\",\"lang\"}, as docs/intent.md describes them"
        );
    };
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--release", "--package", "intent", "--example", "bar"]);
    tell("the matcher's bar", cargo.current_dir(paths::repository_root()).env("HOI_INTENT_DATA", &data))?;
    println!("{}", in_workerd(&data.join("clinc150"))?);
    Ok(())
}

/// Time and memory in the edge's runtime, built as the edge is.
fn in_workerd(set: &Path) -> anyhow::Result<FigureTable> {
    let folder = paths::repository_root().join("target/hoi-bench-intent");
    empty_folder(&folder)?;
    build_matcher(&wasm_compiler().context("run `cargo xtask setup` first")?, &folder)?;
    let text =
        |name: &str| fs::read_to_string(set.join(name)).with_context(|| format!("{name} can't be read"));
    let model = folder.join("model.hoi");
    let mut hoi = Command::new(hoi_release()?);
    tell("hoi train", hoi.args(["train", "--jsonl"]).arg(set.join("train.jsonl")).arg("--out").arg(&model))?;
    let (model, train) = (fs::read(model)?, text("train.jsonl")?);
    let port = find_free_port()?;
    fs::write(folder.join(CONFIG_FILE), render_config(port, &folder))?;
    let _running = start_workerd(&npm_bin("workerd"), &folder, port)?;
    let lab = MatcherLab { address: format!("http://127.0.0.1:{port}") };
    print_step("measuring in workerd");
    let mut table = FigureTable::new("intent", "The matcher in WebAssembly, in workerd", &["median", "p99"]);
    let idle = lab.post("/", b"")?.1.parse::<f64>()?;
    lab.post("/read", &model)?;
    let held = lab.post("/", b"")?.1.parse::<f64>()?;
    let (once, _) = lab.post("/read?times=1", &model)?;
    let (often, _) = lab.post("/read?times=21", &model)?;
    table.add_row("µs to read the model", [Some((often - once) / 20.0), None]);
    let mut times = lab.time_texts(&text("test.jsonl")?)?;
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied();
    table.add_row("µs a text", [at(0.5), at(0.99)]);
    table.add_row("MB with the model", [Some(held / 1e6), None]);
    table.add_row("MB before", [Some(idle / 1e6), None]);
    let small: String = take_few_shots(&train, 3)?;
    table.add_row(
        "ms to train on 150 intents of 3",
        [Some(lab.post("/train", small.as_bytes())?.0 / 1e3), None],
    );
    table.add_row("ms to train on all", [Some(lab.post("/train", train.as_bytes())?.0 / 1e3), None]);
    Ok(table)
}

struct MatcherLab {
    address: String,
}

impl MatcherLab {
    /// Posts `body`; how long it took in µs, and the answer.
    fn post(&self, path: &str, body: &[u8]) -> anyhow::Result<(f64, String)> {
        let started = Instant::now();
        let mut answer = ureq::post(format!("{}{path}", self.address)).send(body)?;
        let bytes = answer.body_mut().read_to_vec()?;
        Ok((started.elapsed().as_secs_f64() * 1e6, String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// How long each of some of the texts takes, in µs.
    fn time_texts(&self, lines: &str) -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::new();
        for line in lines.lines().step_by(EVERY) {
            let line: serde_json::Value = serde_json::from_str(line)?;
            let text = line.get("text").and_then(|text| text.as_str()).unwrap_or_default().as_bytes();
            let mut least = f64::MAX;
            for _ in 0..TRIES {
                let (once, _) = self.post("/rank?times=1", text)?;
                let (often, _) = self.post(&format!("/rank?times={}", TIMES + 1), text)?;
                least = least.min((often - once) / f64::from(TIMES));
            }
            times.push(least);
        }
        Ok(times)
    }
}

/// The first `shots` lines of each intent.
fn take_few_shots(lines: &str, shots: usize) -> anyhow::Result<String> {
    let mut taken = std::collections::HashMap::<String, usize>::new();
    let mut out = String::new();
    for line in lines.lines() {
        let line_of: serde_json::Value = serde_json::from_str(line)?;
        let intent = line_of.get("intent").and_then(|intent| intent.as_str()).unwrap_or_default();
        let count = taken.entry(intent.to_owned()).or_default();
        *count += 1;
        if *count <= shots {
            out.push_str(line);
            out.push('\n');
        }
    }
    Ok(out)
}

/// Builds the matcher as the edge is built.
fn build_matcher(compiler: &WasmCompiler, folder: &Path) -> anyhow::Result<()> {
    let mut cargo = Command::new("cargo");
    crate::build::edge::prepare_edge(compiler, &mut cargo);
    cargo.args(["build", "--package", "intent", "--example", "worker"]);
    cargo.args(["--profile", "edge", "--target", "wasm32-unknown-unknown"]);
    tell("cargo", cargo.current_dir(paths::repository_root()))?;
    let built = paths::cache_dir().join("target/edge/wasm32-unknown-unknown/edge/examples/worker.wasm");
    let mut bindgen = Command::new(paths::cargo_tools().join("bin/wasm-bindgen"));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "glue", "--out-dir"]).arg(folder);
    tell("wasm-bindgen", bindgen.arg(built))?;
    let wasm = folder.join("glue_bg.wasm");
    crate::build::edge::optimise_edge(&wasm, &wasm)?;
    fs::copy(paths::repository_root().join("xtask/bench/intent.js"), folder.join("intent.js"))?;
    Ok(())
}

fn render_config(port: u16, folder: &Path) -> String {
    let file = |name: &str| folder.join(name).display().to_string();
    let worker = WorkerDefinition {
        name: "intent",
        modules: vec![
            ("intent.js", ModuleKind::EsModule, file("intent.js")),
            ("./glue.js", ModuleKind::EsModule, file("glue.js")),
            ("./glue_bg.wasm", ModuleKind::Wasm, file("glue_bg.wasm")),
        ],
        bindings: String::new(),
        objects: &[],
        storage: None,
    };
    let config = ConfigFile {
        heap_mb: None,
        services: "    (name = \"intent\", worker = .intent),\n".to_owned(),
        sockets: render_socket("http", &format!("127.0.0.1:{port}"), "intent"),
        workers: vec![worker],
    };
    config.to_string()
}
