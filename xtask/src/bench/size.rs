//! `cargo xtask bench size`: bytes, as built.

use super::{
    budget::{self, Check},
    crates,
    table::Table,
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

    fn and(self, other: Bytes) -> Bytes {
        let [raw, br, gz] = self.0;
        let [more_raw, more_br, more_gz] = other.0;
        Bytes([raw + more_raw, br + more_br, gz + more_gz])
    }
}

/// Holds what was built against its budgets.
///
/// # Errors
/// If something is over, with what has grown; or if nothing was built.
pub fn check() -> anyhow::Result<()> {
    let mut checks = Vec::new();
    run(&Args { check: true, by_crate: false }, &mut checks)?;
    budget::settle(&checks)
}

pub fn run(args: &Args, checks: &mut Vec<Check>) -> anyhow::Result<Vec<Table>> {
    let mut table = Table::new("size", "What browsers load", COLUMNS);
    let manifest = build::manifest()?;
    let files = manifest.get("files").and_then(Value::as_object).context("the manifest lists no files")?;
    let mut all = Bytes::default();
    let mut brotlis = Vec::new();
    let mut later = Table::new("size_on_demand", "What browsers load only when it is wanted", COLUMNS);
    for (name, file) in files {
        let bytes = listed(file);
        if file.get("edge_only").is_some() {
            continue;
        }
        if file.get("on_demand").is_some() {
            later.row(name, bytes.figures());
            continue;
        }
        brotlis.push((name.as_str(), brotli(bytes)));
        table.row(name, bytes.figures());
        all = all.and(bytes);
        if name == "loader.js" {
            checks.push(Check::new(&budget::LOADER, brotli(bytes)));
        }
    }
    table.row("all of it", all.figures());
    checks.push(Check::of_files(&budget::FIRST_ANSWER, &brotlis));
    let mut edge = Table::new("edge_size", "The edge", COLUMNS);
    let mut whole = Bytes::default();
    for name in ["index_bg.wasm", "index.js"] {
        let path = paths::built().join("worker").join(name);
        let bytes = fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let counted = Bytes([bytes.len(), 0, build::gzip(&bytes)?.len()]);
        edge.row(name, counted.figures());
        whole = whole.and(counted);
    }
    edge.row("all of it", whole.figures());
    let [_, _, gzip] = whole.0;
    checks.push(Check::new(&budget::EDGE, gzip));
    if !args.check {
        checks.clear();
    }
    let mut tables = vec![table, later, edge];
    if args.by_crate {
        tables.extend(crates::tables()?);
    }
    Ok(tables)
}

fn listed(file: &Value) -> Bytes {
    let number = |name: &str| file.get(name).and_then(Value::as_u64).unwrap_or_default() as usize;
    Bytes([number("raw"), number("br"), number("gz")])
}

fn brotli(bytes: Bytes) -> usize {
    let [_, brotli, _] = bytes.0;
    brotli
}
