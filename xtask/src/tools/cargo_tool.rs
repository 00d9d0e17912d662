//! Tools that cargo builds.

use super::tool::Tool;
use crate::{
    paths,
    run::{command_output, run_command},
};
use std::{fs, process::Command};

/// trunk 0.22 wants a newer compiler than many have.
const TRUNK: &str = "0.21.14";

const GECKODRIVER: &str = "0.37.1";

/// A tool from crates.io.
pub struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    why: &'static str,
    locked: bool,
}

/// Writes the glue between wasm and JavaScript. Its version is the library's, to the letter.
pub fn wasm_bindgen() -> CargoTool {
    let manifest = fs::read_to_string(paths::repository_root().join("Cargo.toml")).unwrap_or_default();
    let pinned = manifest.lines().find_map(|line| line.strip_prefix("wasm-bindgen = \"="));
    let version = pinned.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    // Its lock file names versions that were withdrawn since.
    CargoTool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version,
        why: "joins wasm and JavaScript",
        locked: false,
    }
}

/// Builds the widget.
pub fn trunk_tool() -> CargoTool {
    CargoTool {
        package: "trunk",
        program: "trunk",
        version: TRUNK.into(),
        why: "builds the widget",
        locked: true,
    }
}

/// Drives Firefox.
pub fn geckodriver_tool() -> CargoTool {
    CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER.into(),
        why: "drives Firefox, for the tests",
        locked: true,
    }
}

impl Tool for CargoTool {
    fn name(&self) -> String {
        format!("{} {} ({}; takes some minutes, once)", self.package, self.version, self.why)
    }

    fn is_there(&self) -> bool {
        let program = paths::cargo_tools().join("bin").join(self.program);
        let said = command_output(Command::new(program).arg("--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word == self.version)
    }

    fn install(&self) -> anyhow::Result<()> {
        let mut command = Command::new("cargo");
        command.args(["install", "--force", "--root"]).arg(paths::cargo_tools());
        command.arg(format!("{}@{}", self.package, self.version));
        if self.locked {
            command.arg("--locked");
        }
        run_command(self.package, command.env_remove("RUSTFLAGS"))
    }
}
