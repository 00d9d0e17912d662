//! Squid as offices have it: browsers ask it for a tunnel to the edge. What listens on the port is a stand-in for such a browser's
//! network code, which asks Squid for a tunnel for each connection.

use super::setting::ProxySetting;
use devkit::network::find_free_port;
use std::process::Command;

/// For each connection to the port a tunnel through the proxy to the edge.
const TUNNELS: &str = "
const [port, proxy, edge] = process.argv.slice(1);
const net = require('net');
const http = require('http');
net.createServer((visitor) => {
  const end = () => visitor.destroy();
  visitor.on('error', end);
  const asked = http.request({ port: proxy, host: '127.0.0.1', method: 'CONNECT', path: edge });
  asked.on('error', end);
  asked.on('connect', (answer, tunnel) => {
    if (answer.statusCode !== 200) return end();
    tunnel.on('error', end).on('close', end);
    visitor.on('close', () => tunnel.destroy());
    visitor.pipe(tunnel).pipe(visitor);
  });
  asked.end();
}).listen(Number(port), '127.0.0.1');
";

pub fn prepare_squid(setting: &ProxySetting<'_>) -> anyhow::Result<Vec<Command>> {
    let (folder, port) = (setting.folder_name(), find_free_port()?);
    let share = setting.packages.file_path("usr/share/squid").display().to_string();
    let programs = setting.packages.file_path("usr/lib/squid").display().to_string();
    let edge_port = setting.edge.rsplit(':').next().unwrap_or_default();
    // Started by root, it goes on as somebody who can write no log here.
    // Tunnels to the edge's port, as Debian's settings allow them to 443.
    let config = format!(
        "http_port 127.0.0.1:{port}\nacl tunnels port {edge_port}\nhttp_access allow CONNECT tunnels localhost\n\
         http_access deny all\npid_filename {folder}/squid.pid\ncache_log /dev/null\n\
         access_log none\ncoredump_dir {folder}\nerror_directory {share}/errors/templates\n\
         icon_directory {share}/icons\nmime_table {folder}/mime.conf\npinger_enable off\nunlinkd_program {programs}/unlinkd\ncache deny all\n\
         cache_effective_user nobody\nvisible_hostname localhost\nshutdown_lifetime 1 second\n"
    );
    std::fs::copy(setting.packages.file_path("usr/share/squid/mime.conf"), setting.folder.join("mime.conf"))?;
    let file = setting.write_file("squid.conf", &config)?;
    let mut squid = setting.packages.program_command("usr/sbin/squid")?;
    squid.args(["-N", "-f"]).arg(file);
    let mut tunnels = Command::new("node");
    tunnels.args(["-e", TUNNELS, &setting.port.to_string(), &port.to_string(), setting.edge]);
    Ok(vec![squid, tunnels])
}
