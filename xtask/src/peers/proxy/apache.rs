//! Apache with the block of docs/deploy.md; and with ModSecurity and the Core Rule Set, with the exclusions from there.

use super::setting::{DEPLOY_DOCS, DOCUMENTED_EDGE, DOCUMENTED_OPERATORS, LAB_OPERATORS, ProxySetting};
use crate::peers::snippet::read_snippet;
use std::{fs, process::Command};

/// What Debian loads by itself, and what the block says besides.
const MODULES: &[&str] = &[
    "mpm_event",
    "authz_core",
    "authz_host",
    "alias",
    "deflate",
    "filter",
    "reqtimeout",
    "setenvif",
    "headers",
    "proxy",
    "proxy_http",
    "proxy_wstunnel",
];

pub fn prepare_apache(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    prepare_with(setting, MODULES, "")
}

pub fn prepare_paranoia_1(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    prepare_firewall(setting, 1)
}

pub fn prepare_paranoia_2(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    prepare_firewall(setting, 2)
}

fn prepare_firewall(setting: &ProxySetting<'_>, paranoia: u8) -> anyhow::Result<Vec<Command>> {
    let modules = [MODULES, &["unique_id", "security2"]].concat();
    let file = |path: &str| setting.packages.file_path(path);
    let folder = setting.folder_name();
    // As Debian's README.Debian says: the recommended file, with the engine on.
    let base = fs::read_to_string(file("etc/modsecurity/modsecurity.conf-recommended"))?
        .replace("SecRuleEngine DetectionOnly", "SecRuleEngine On")
        .replace("/var/log/apache2", &folder)
        .replace("/var/cache/modsecurity", &folder);
    fs::copy(file("etc/modsecurity/unicode.mapping"), setting.folder.join("unicode.mapping"))?;
    let base = setting.write_file("modsecurity.conf", &base)?;
    let exclusions = read_snippet(DEPLOY_DOCS, "modsecurity", &[])?;
    let exclusions = setting.write_file("exclusions.conf", &exclusions)?;
    let level = format!(
        "SecAction \"id:900000,phase:1,pass,nolog,setvar:tx.paranoia_level={paranoia},\
         setvar:tx.executing_paranoia_level={paranoia}\"\n"
    );
    let level = setting.write_file("paranoia.conf", &level)?;
    let rules = file("usr/share/modsecurity-crs/rules/*.conf");
    let setup = file("etc/modsecurity/crs/crs-setup.conf");
    let included =
        [base, setup, level, exclusions, rules].map(|file| format!("Include {}\n", file.display()));
    prepare_with(
        setting,
        &modules,
        &format!("<IfModule security2_module>\n{}</IfModule>\n", included.concat()),
    )
}

fn prepare_with(setting: &ProxySetting<'_>, modules: &[&str], more: &str) -> anyhow::Result<Vec<Command>> {
    let site = read_snippet(
        DEPLOY_DOCS,
        "apache",
        &[
            ("*:443", &format!("127.0.0.1:{}", setting.port)),
            ("ServerName chat.example.gov", "ServerName localhost"),
            ("SSLEngine on", ""),
            ("SSLCertificateFile /etc/ssl/chat.example.gov.pem", ""),
            ("SSLCertificateKeyFile /etc/ssl/chat.example.gov.key", ""),
            (DOCUMENTED_OPERATORS, LAB_OPERATORS),
            (DOCUMENTED_EDGE, setting.edge),
        ],
    )?;
    let folder = setting.folder_name();
    let module_dir = setting.packages.file_path("usr/lib/apache2/modules");
    let loaded: String = modules
        .iter()
        .map(|name| format!("LoadModule {name}_module {}/mod_{name}.so\n", module_dir.display()))
        .collect();
    // Debian compresses these kinds.
    let config = format!(
        "ServerRoot {folder}\nServerName localhost\nListen 127.0.0.1:{}\nPidFile {folder}/apache.pid\n\
         DefaultRuntimeDir {folder}\nErrorLog {folder}/error.log\n{loaded}\
         RequestReadTimeout header=20-40,minrate=500 body=10,minrate=500\n\
         AddOutputFilterByType DEFLATE text/html text/plain text/css application/javascript application/json\n{more}{site}",
        setting.port
    );
    let file = setting.write_file("apache.conf", &config)?;
    let mut command = setting.packages.program_command("usr/sbin/apache2")?;
    command.arg("-DFOREGROUND").arg("-f").arg(file);
    Ok(vec![command])
}
