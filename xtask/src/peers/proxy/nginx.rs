//! nginx, with the block of our package for servers.

use super::setting::{DOCUMENTED_EDGE, DOCUMENTED_OPERATORS, LAB_OPERATORS, ProxySetting, SERVER_README};
use crate::peers::snippet::read_snippet;
use std::process::Command;

pub fn prepare_nginx(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    let site = read_snippet(
        SERVER_README,
        "nginx",
        &[
            ("listen 443 ssl;", &format!("listen 127.0.0.1:{};", setting.port)),
            ("server_name chat.example.gov;", "server_name localhost;"),
            ("ssl_certificate /etc/ssl/chat.example.gov.pem;", ""),
            ("ssl_certificate_key /etc/ssl/chat.example.gov.key;", ""),
            (DOCUMENTED_OPERATORS, LAB_OPERATORS),
            (DOCUMENTED_EDGE, setting.edge),
        ],
    )?;
    let folder = setting.folder_name();
    // What Debian's nginx.conf has around a site's file; files go where we are, as whom we are; compression is on, as
    // many have it.
    let config = format!(
        "daemon off;\nuser root;\npid {folder}/nginx.pid;\nevents {{ worker_connections 512; }}\nhttp {{\n\
         access_log {folder}/access.log;\ngzip on;\nclient_body_temp_path {folder}/body;\nproxy_temp_path {folder}/proxy;\n\
         fastcgi_temp_path {folder}/fastcgi;\nuwsgi_temp_path {folder}/uwsgi;\nscgi_temp_path {folder}/scgi;\n{site}}}\n"
    );
    let file = setting.write_file("nginx.conf", &config)?;
    let mut command = setting.packages.program_command("usr/sbin/nginx")?;
    command.arg("-p").arg(setting.folder).arg("-e").arg(setting.folder.join("error.log")).arg("-c").arg(file);
    Ok(vec![command])
}
