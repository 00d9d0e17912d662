//! `cargo xtask test`

use crate::{
    bench, build,
    machine::wasm_compiler,
    paths,
    run::{self, print_step},
    tools::{self, ToolScope, install_missing, npm_bin},
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
        print_step(what);
        run::run_command(what, Command::new("cargo").args(arguments).current_dir(paths::repository_root()))
    };
    if args.filter.is_none() {
        cargo("formatting", &["fmt", "--all", "--check"])?;
        cargo("lints", &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
        cargo("tests of the crates", &["test"])?;
    }
    if args.quick {
        return Ok(());
    }
    install_missing(ToolScope::Test)?;
    if args.filter.is_none() {
        lint_wasm()?;
    }
    let mut command = whole_test_command()?;
    if args.filter.is_none() {
        print_step("sizes");
        bench::check_sizes()?;
    }
    print_step("tests on the real runtime, with a real browser");
    run::run_command("cargo test", command.args(&args.filter))
}

/// The command that runs the tests of the whole, with everything built that they need.
///
/// # Errors
/// If something does not build, or the browser is missing.
pub fn whole_test_command() -> anyhow::Result<Command> {
    build::build_all()?;
    let hoi = build::build_hoi()?;
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "tests"]).current_dir(paths::repository_root());
    command.env("HOI_BIN", hoi).env("HOI_WORKERD", npm_bin("workerd"));
    command
        .env("HOI_WORKER", paths::build_dir().join("worker"))
        .env("HOI_ASSETS_DIR", paths::build_dir().join("assets"));
    // A failed assertion names its place; thirty frames of the runtime under each would bury what was said.
    if std::env::var("RUST_BACKTRACE").is_ok_and(|backtrace| backtrace == "1") {
        command.env("RUST_BACKTRACE", "0");
    }
    command.env("HOI_AXE", paths::npm_tools().join("node_modules/axe-core/axe.min.js"));
    command.env("HOI_CHROMIUM", tools::find_chromium().context("Chromium is not on PATH")?);
    command.env("HOI_CHROMEDRIVER", tools::find_chromedriver().context("chromedriver is not on PATH")?);
    command.env("HOI_FIREFOX", tools::find_firefox().context("Firefox is not on PATH")?);
    command.env("HOI_GECKODRIVER", paths::cargo_tools().join("bin/geckodriver"));
    command.env("HOI_WEBKITDRIVER", tools::find_webkitdriver().context("WebKitWebDriver is not on PATH")?);
    command.env("HOI_XVFB", tools::find_xvfb().context("Xvfb is not on PATH")?);
    Ok(command)
}

/// The shells exist for wasm only, so the lints above have not seen them.
fn lint_wasm() -> anyhow::Result<()> {
    print_step("lints of what is built for wasm only");
    let compiler = wasm_compiler().context("run `cargo xtask setup` first")?;
    let mut cargo = Command::new("cargo");
    compiler.configure_wasm_build(&mut cargo, "lint", "std,panic_abort,panic_unwind", "");
    cargo.args(["clippy", "--package", "edge", "--package", "widget", "--package", "desk"]);
    cargo.args(["--package", "browser", "--lib"]);
    cargo.args(["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"]);
    run::run_command("clippy", cargo.current_dir(paths::repository_root()))
}
