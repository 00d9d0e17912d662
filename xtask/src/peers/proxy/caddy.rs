//! Caddy, with the block of our package for servers.

use super::setting::{DOCUMENTED_EDGE, DOCUMENTED_OPERATORS, LAB_OPERATORS, ProxySetting, SERVER_README};
use crate::peers::snippet::read_snippet;
use std::process::Command;

pub fn prepare_caddy(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    let site = read_snippet(
        SERVER_README,
        "caddyfile",
        &[
            ("chat.example.gov {", &format!("http://localhost:{} {{", setting.port)),
            (DOCUMENTED_OPERATORS, LAB_OPERATORS),
            (DOCUMENTED_EDGE, setting.edge),
        ],
    )?;
    let file = setting.write_file("Caddyfile", &format!("{{\n  admin off\n}}\n{site}"))?;
    let mut command = setting.packages.program_command("usr/bin/caddy")?;
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
    command
        .env("HOME", setting.folder)
        .env("XDG_DATA_HOME", setting.folder)
        .env("XDG_CONFIG_HOME", setting.folder);
    Ok(vec![command])
}
