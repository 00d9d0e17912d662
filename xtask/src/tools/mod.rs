//! `cargo xtask setup`: what the project needs on this machine, one file per tool.

mod browser;
mod cargo_tool;
mod compiler;
mod input_methods;
mod node;
mod npm;
mod tool;

pub use browser::{find_chromedriver, find_chromium, find_firefox, find_webkitdriver, find_xvfb};
pub use npm::{npm_native, npm_program as npm_bin, npm_version};

use crate::run::print_step;
use tool::Tool;

/// Install what is missing: compiler parts, tools, the runtime, a browser.
///
/// Looks first and installs only what lacks. Everything goes to a cache outside the project ($HOI_CACHE, else
/// ~/.cache/hoi), except what only the system's own package manager has.
#[derive(clap::Args)]
pub struct Args {
    /// Only say what is missing.
    #[arg(long)]
    check: bool,
}

/// What a command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ToolScope {
    /// To build and run.
    Build,
    /// To test, too.
    Test,
}

fn tools_for(need: ToolScope) -> Vec<Box<dyn Tool>> {
    let mut tools: Vec<Box<dyn Tool>> = vec![
        Box::new(compiler::Sources),
        Box::new(cargo_tool::wasm_bindgen()),
        Box::new(cargo_tool::trunk_tool()),
        Box::new(node::Node),
        Box::new(npm::Packages),
    ];
    if need == ToolScope::Test {
        tools.push(Box::new(browser::Chromium));
        tools.push(Box::new(browser::Firefox));
        tools.push(Box::new(cargo_tool::geckodriver_tool()));
        tools.push(Box::new(browser::WebKit));
        tools.push(Box::new(input_methods::InputMethods));
    }
    tools
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if !args.check {
        install_missing(ToolScope::Test)?;
        eprintln!("Everything is there. Next: cargo xtask dev");
        return Ok(());
    }
    for tool in tools_for(ToolScope::Test) {
        println!("{:<8} {}", if tool.is_there() { "there" } else { "missing" }, tool.name());
    }
    Ok(())
}

/// Installs whatever of `need` is missing.
///
/// # Errors
/// The first thing that can't be had, after everything else was tried.
pub fn install_missing(need: ToolScope) -> anyhow::Result<()> {
    let mut trouble = None;
    for tool in tools_for(need).iter().filter(|tool| !tool.is_there()) {
        print_step(&format!("installing {}", tool.name()));
        if let Err(error) = tool.install() {
            eprintln!("  that did not work: {error:#}");
            trouble.get_or_insert(error.context(tool.name()));
        }
    }
    trouble.map_or(Ok(()), Err)
}
