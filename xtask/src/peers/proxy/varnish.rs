//! Varnish, with the block of docs/deploy.md.

use super::setting::{DEPLOY_DOCS, ProxySetting};
use crate::peers::snippet::read_snippet;
use anyhow::Context as _;
use std::process::Command;

pub fn prepare_varnish(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    let (host, port) = setting.edge.split_once(':').context("an edge without a port")?;
    let config = read_snippet(
        DEPLOY_DOCS,
        "vcl",
        &[
            ("\"127.0.0.1\"", &format!("\"{host}\"")),
            ("\"8080\"", &format!("\"{port}\"")),
            ("\"10.1.2.0\"/24", "\"127.0.0.1\"/32"),
        ],
    )?;
    let file = setting.write_file("hoi.vcl", &config)?;
    let mut command = setting.packages.program_command("usr/sbin/varnishd")?;
    // No jail: that needs a user who may not exist here.
    command.args(["-F", "-j", "none", "-T", "none", "-s", "malloc,64m", "-p", "http_gzip_support=off"]);
    command.arg("-a").arg(format!("127.0.0.1:{}", setting.port));
    command.arg("-n").arg(setting.folder.join("work")).arg("-f").arg(file);
    Ok(vec![command])
}
