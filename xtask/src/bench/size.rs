//! `cargo xtask bench size`: bytes, as built.

use super::{
    budget::{self, Check},
    crates,
    table::FigureTable,
};
use crate::{build, paths};
use anyhow::Context as _;
use serde_json::Value;
use std::fs;

/// Bytes of what browsers load and of the edge, raw and compressed. Needs no browser.
#[derive(clap::Args, Default)]
pub struct Args {
    /// Fail if something is over its budget (xtask/src/bench/budget.rs).
    #[arg(long)]
    check: bool,
    /// Also say which crates the widget's wasm is made of. Builds nothing, but takes some seconds.
    #[arg(long)]
    by_crate: bool,
}

const COLUMNS: &[&str] = &["raw B", "brotli B", "gzip B"];

/// Raw, brotli, gzip.
#[derive(Default, Clone, Copy)]
struct Bytes([usize; 3]);

impl Bytes {
    fn figures(self) -> [Option<f64>; 3] {
        self.0.map(|bytes| (bytes > 0).then_some(bytes as f64))
    }

    fn combine(self, other: Bytes) -> Bytes {
        let [raw, br, gz] = self.0;
        let [more_raw, more_br, more_gz] = other.0;
        Bytes([raw + more_raw, br + more_br, gz + more_gz])
    }
}

/// Holds what was built against its budgets.
///
/// # Errors
/// If something is over, with what has grown; or if nothing was built.
pub fn check_sizes() -> anyhow::Result<()> {
    let mut checks = Vec::new();
    run(&Args { check: true, by_crate: false }, &mut checks)?;
    budget::require_within_budget(&checks)
}

pub fn run(args: &Args, checks: &mut Vec<Check>) -> anyhow::Result<Vec<FigureTable>> {
    let mut table = FigureTable::new("size", "What browsers load", COLUMNS);
    let manifest = build::read_manifest()?;
    let files = manifest.get("files").and_then(Value::as_object).context("the manifest lists no files")?;
    let mut all = Bytes::default();
    let mut brotlis = Vec::new();
    let mut later = FigureTable::new("size_on_demand", "What browsers load only when it is wanted", COLUMNS);
    for (name, file) in files {
        let bytes = listed_bytes(file);
        if file.get("edge_only").is_some() {
            continue;
        }
        if file.get("on_demand").is_some() {
            later.add_row(name, bytes.figures());
            continue;
        }
        brotlis.push((name.as_str(), brotli_bytes(bytes)));
        table.add_row(name, bytes.figures());
        all = all.combine(bytes);
        if name == "loader.js" {
            checks.push(Check::new(&budget::LOADER, brotli_bytes(bytes)));
        }
    }
    table.add_row("all of it", all.figures());
    checks.push(Check::of_files(&budget::FIRST_ANSWER, &brotlis));
    let mut edge = FigureTable::new("edge_size", "The edge", COLUMNS);
    let mut whole = Bytes::default();
    for name in ["index_bg.wasm", "index.js"] {
        let path = paths::build_dir().join("worker").join(name);
        let bytes = fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let counted = Bytes([bytes.len(), 0, build::compress_gzip(&bytes)?.len()]);
        edge.add_row(name, counted.figures());
        whole = whole.combine(counted);
    }
    edge.add_row("all of it", whole.figures());
    let [_, _, gzip] = whole.0;
    checks.push(Check::new(&budget::EDGE, gzip));
    if !args.check {
        checks.clear();
    }
    let mut tables = vec![table, later, edge];
    if args.by_crate {
        tables.extend(crates::measure_crates()?);
    }
    Ok(tables)
}

fn listed_bytes(file: &Value) -> Bytes {
    let number = |name: &str| file.get(name).and_then(Value::as_u64).unwrap_or_default() as usize;
    Bytes([number("raw"), number("br"), number("gz")])
}

fn brotli_bytes(bytes: Bytes) -> usize {
    let [_, brotli, _] = bytes.0;
    brotli
}
