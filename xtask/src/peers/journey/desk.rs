//! Staff.

use super::context::Journey;
use crate::bench::socket::BenchSocket;
use anyhow::{Context as _, ensure};
use serde_json::json;
use std::{io::Write as _, process::Stdio};

const PASSWORD: &str = "con mèo trèo cây cau";

/// An account is made, signs in, opens the desk and hears the board.
pub fn open_desk(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let mut hoi = journey.lab.hoi_command(&journey.host);
    hoi.args([
        "staff",
        "add",
        "lan",
        "--shown",
        "Nguyễn Thị Lan",
        "--role",
        "ward:agent",
        "--password-stdin",
    ]);
    let mut made = hoi.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    writeln!(made.stdin.take().context("no input")?, "{PASSWORD}")?;
    let made = made.wait_with_output()?;
    ensure!(made.status.success(), "hoi staff add: {}", String::from_utf8_lossy(&made.stderr).trim());

    journey.get("/desk/sign-in")?.require_status(200)?;
    let form = [("do", "password"), ("lang", "en"), ("name", "lan"), ("password", PASSWORD)];
    let answer = journey.post_form("/desk/sign-in", &form)?;
    answer.require_status(303).context("signing in")?;
    ensure!(
        answer.header_values("location").ends_with("/desk"),
        "it leads to {:?}",
        answer.header_values("location")
    );
    let cookies = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
    let cookie: Vec<&str> = cookies.filter_map(|(_, value)| value.split(';').next()).collect();
    let cookie = cookie.join("; ");
    let desk = journey.agent.get(journey.absolute_url("/desk/s/ward")).header("cookie", &cookie);
    super::context::HttpAnswer::read(desk.call()?)?.require_status(200).context("the desk")?;

    let headers = [("origin", journey.page_origin()), ("cookie", cookie)];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let version = journey.fetch_boot()?.version;
    let mut board = BenchSocket::open_with_headers(&journey.host, "/desk/s/ward/board", &headers)?;
    board.send(&json!({ "s": "hello", "v": version }).to_string())?;
    board.next().context("the board")?;
    Ok("signed in, the board answers".to_owned())
}
