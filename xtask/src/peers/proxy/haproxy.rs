//! HAProxy, with the block of docs/deploy.md.

use super::setting::{DEPLOY_DOCS, DOCUMENTED_EDGE, DOCUMENTED_OPERATORS, LAB_OPERATORS, ProxySetting};
use crate::peers::snippet::read_snippet;
use std::process::Command;

pub fn prepare_haproxy(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    let config = read_snippet(
        DEPLOY_DOCS,
        "haproxy",
        &[
            (
                "bind :443 ssl crt /etc/haproxy/chat.example.gov.pem",
                &format!("bind 127.0.0.1:{}", setting.port),
            ),
            (DOCUMENTED_OPERATORS, LAB_OPERATORS),
            (DOCUMENTED_EDGE, setting.edge),
        ],
    )?;
    let file = setting.write_file("haproxy.cfg", &config)?;
    let mut command = setting.packages.program_command("usr/sbin/haproxy")?;
    command.arg("-db").arg("-f").arg(file);
    Ok(vec![command])
}
