//! `cargo xtask setup`: what the project needs on this machine, one file per tool.

mod browser;
mod cargo_tool;
mod compiler;
mod input_methods;
mod node;
mod npm;

pub use browser::{chromedriver, chromium, firefox, webkitdriver, xvfb};
pub use npm::{bin as npm_bin, native as npm_native, version as npm_version};

use crate::run::say;

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
pub enum Need {
    /// To build and run.
    Build,
    /// To test, too.
    Test,
}

/// Something that may be missing.
pub trait Tool {
    /// What it is and what for.
    fn name(&self) -> String;
    /// Whether it is there.
    fn is_there(&self) -> bool;
    /// Installs it.
    ///
    /// # Errors
    /// A sentence that says what to do by hand.
    fn install(&self) -> anyhow::Result<()>;
}

fn tools(need: Need) -> Vec<Box<dyn Tool>> {
    let mut tools: Vec<Box<dyn Tool>> = vec![
        Box::new(compiler::Sources),
        Box::new(cargo_tool::bindgen()),
        Box::new(cargo_tool::trunk()),
        Box::new(node::Node),
        Box::new(npm::Packages),
    ];
    if need == Need::Test {
        tools.push(Box::new(browser::Chromium));
        tools.push(Box::new(browser::Firefox));
        tools.push(Box::new(cargo_tool::geckodriver()));
        tools.push(Box::new(browser::WebKit));
        tools.push(Box::new(input_methods::InputMethods));
    }
    tools
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    if !args.check {
        ensure(Need::Test)?;
        eprintln!("Everything is there. Next: cargo xtask dev");
        return Ok(());
    }
    for tool in tools(Need::Test) {
        println!("{:<8} {}", if tool.is_there() { "there" } else { "missing" }, tool.name());
    }
    Ok(())
}

/// Installs whatever of `need` is missing.
///
/// # Errors
/// The first thing that can't be had, after everything else was tried.
pub fn ensure(need: Need) -> anyhow::Result<()> {
    let mut trouble = None;
    for tool in tools(need).iter().filter(|tool| !tool.is_there()) {
        say(&format!("installing {}", tool.name()));
        if let Err(error) = tool.install() {
            eprintln!("  that did not work: {error:#}");
            trouble.get_or_insert(error.context(tool.name()));
        }
    }
    trouble.map_or(Ok(()), Err)
}
