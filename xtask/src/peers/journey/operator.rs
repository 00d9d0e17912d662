//! Operators, and those who would like to be.

use super::context::{Journey, SITE_EDITS, run_script};
use crate::bench::socket::{BenchSocket, fetch_boot};
use anyhow::{bail, ensure};
use serde_json::{Value, json};

/// Asks for paths as somebody from another address, exactly as they are written; prints the status of each.
const ASK_AS_STRANGER: &str = "
const [port, key, ...paths] = process.argv.slice(1);
const http = require('http');
const ask = (path) => new Promise((done, failed) => {
  const request = http.get({ host: '127.0.0.1', port, path, localAddress: '127.0.0.2',
    headers: { host: 'localhost:' + port, authorization: 'Bearer ' + key } },
    (answer) => { answer.resume(); answer.on('end', () => done(answer.statusCode)); });
  request.on('error', failed);
});
(async () => { for (const path of paths) console.log(await ask(path), path); })();
";

/// Spellings of one address of the admin API's.
const SPELLINGS: &[&str] = &[
    "/admin/sites/ward",
    "//admin/sites/ward",
    "/./admin/sites/ward",
    "/x/../admin/sites/ward",
    "/x/%2e%2e/admin/sites/ward",
    "/x/.%2E/admin/sites/ward",
    "/x/..%2fadmin/sites/ward",
    "/x\\..\\admin/sites/ward",
    "/%61dmin/sites/ward",
    "/ADMIN/sites/ward",
    "/admin/./sites/ward",
    "/admin/sites/ward?x=/s/ward/callback",
    "/admin/staff",
];

pub fn publish_site(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let output =
        journey.lab.hoi_command(&journey.host).arg("publish").arg(journey.lab.site_dir()).output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    // Warnings about the site come first.
    let error = told.split("\nhoi: ").last().unwrap_or_default();
    ensure!(output.status.success(), "{}", error.trim());
    Ok("live".to_owned())
}

pub fn knock_as_stranger(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let port = journey.host.rsplit(':').next().unwrap_or_default();
    let key = journey.lab.admin_key();
    let told = run_script(ASK_AS_STRANGER, &[&[port, key], SPELLINGS].concat())?;
    let open: Vec<&str> = told.lines().filter(|line| !line.starts_with('4')).collect();
    ensure!(told.lines().count() == SPELLINGS.len(), "too few answers: {told}");
    ensure!(open.is_empty(), "somebody who is no operator gets through: {}", open.join("; "));
    Ok(format!("{} spellings refused", SPELLINGS.len()))
}

/// The address that the proxy sees has used up its share; the one that the header claims has not.
pub fn forge_address(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let few = ("address_conversations_per_day = 300", "address_conversations_per_day = 1");
    journey.lab.publish_site(&[SITE_EDITS, &[few]].concat())?;
    let boot = fetch_boot(&journey.host)?;
    let field = |name: &str| boot.get(name).and_then(Value::as_str).unwrap_or_default();
    let path = format!("/s/ward/ws/{}", field("conversation"));
    let (origin, protocols) = (journey.page_origin(), format!("hoi1, {}", field("ticket")));
    let headers = vec![
        ("origin", origin.as_str()),
        ("sec-websocket-protocol", protocols.as_str()),
        ("x-real-ip", "192.0.2.77"),
    ];
    let hello =
        json!({ "t": "hello", "v": boot.get("v"), "ticket": field("ticket"), "after": 0, "lang": "vi" });
    let is_welcome = |host: &str, headers: &[(&'static str, &str)]| -> anyhow::Result<bool> {
        // A refused address gets no socket, or one that is closed.
        let Ok(mut socket) = BenchSocket::open_with_headers(host, &path, headers) else { return Ok(false) };
        Ok(socket
            .send(&hello.to_string())
            .and_then(|()| socket.next())
            .is_ok_and(|frame| frame.contains("welcome")))
    };
    if is_welcome(&journey.host, &headers)? {
        bail!("somebody who claims another address is let in");
    }
    Ok("the proxy's own word counts".to_owned())
}
