//! `cargo xtask test`

use crate::{
    bench, build,
    machine::wasm_compiler,
    paths,
    run::{self, say},
    tools::{self, Need, ensure, npm_bin},
};
use anyhow::Context as _;
use std::process::Command;

/// Run every test: formatting, lints, the pure crates, sizes, and the whole on the real runtime with real browsers.
#[derive(clap::Args)]
pub struct Args {
    /// Only what needs neither wasm nor a browser.
    #[arg(long)]
    quick: bool,
    /// Only tests of the last part whose name contains this.
    filter: Option<String>,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let cargo = |what: &str, arguments: &[&str]| {
        say(what);
        run::run(what, Command::new("cargo").args(arguments).current_dir(paths::root()))
    };
    if args.filter.is_none() {
        cargo("formatting", &["fmt", "--all", "--check"])?;
        cargo("lints", &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
        cargo("tests of the crates", &["test"])?;
    }
    if args.quick {
        return Ok(());
    }
    ensure(Need::Test)?;
    if args.filter.is_none() {
        lint_wasm()?;
    }
    let mut command = whole()?;
    if args.filter.is_none() {
        say("sizes");
        bench::check_sizes()?;
    }
    say("tests on the real runtime, with a real browser");
    run::run("cargo test", command.args(&args.filter))
}

/// The command that runs the tests of the whole, with everything built that they need.
///
/// # Errors
/// If something does not build, or the browser is missing.
pub fn whole() -> anyhow::Result<Command> {
    build::all()?;
    let hoi = build::hoi()?;
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "tests"]).current_dir(paths::root());
    command.env("HOI_BIN", hoi).env("HOI_WORKERD", npm_bin("workerd"));
    command
        .env("HOI_WORKER", paths::built().join("worker"))
        .env("HOI_ASSETS_DIR", paths::built().join("assets"));
    // A failed assertion names its place; thirty frames of the runtime under each would bury what was said.
    if std::env::var("RUST_BACKTRACE").is_ok_and(|backtrace| backtrace == "1") {
        command.env("RUST_BACKTRACE", "0");
    }
    command.env("HOI_AXE", paths::npm_tools().join("node_modules/axe-core/axe.min.js"));
    command.env("HOI_CHROMIUM", tools::chromium().context("Chromium is not on PATH")?);
    command.env("HOI_CHROMEDRIVER", tools::chromedriver().context("chromedriver is not on PATH")?);
    command.env("HOI_FIREFOX", tools::firefox().context("Firefox is not on PATH")?);
    command.env("HOI_GECKODRIVER", paths::cargo_tools().join("bin/geckodriver"));
    command.env("HOI_WEBKITDRIVER", tools::webkitdriver().context("WebKitWebDriver is not on PATH")?);
    command.env("HOI_XVFB", tools::xvfb().context("Xvfb is not on PATH")?);
    Ok(command)
}

/// The shells exist for wasm only, so the lints above have not seen them.
fn lint_wasm() -> anyhow::Result<()> {
    say("lints of what is built for wasm only");
    let compiler = wasm_compiler().context("run `cargo xtask setup` first")?;
    let mut cargo = Command::new("cargo");
    compiler.prepare(&mut cargo, "lint", "std,panic_abort,panic_unwind", "");
    cargo.args(["clippy", "--package", "edge", "--package", "widget", "--lib"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"]);
    run::run("clippy", cargo.current_dir(paths::root()))
}
