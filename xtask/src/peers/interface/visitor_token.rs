//! Tokens that name a visitor, made by the code that stands in our documents and by libraries of others, and believed by the edge.

use super::workshop::Workshop;
use crate::{
    bench::{
        lab::Lab,
        socket::{BenchVisitor, say_frame},
    },
    peers::{journey::Journey, report::PeerTrial, snippet::read_snippet},
    run::run_command,
};
use anyhow::{bail, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

const IDENTITY_DOCS: &str = "docs/identity.md";
/// What the documents call the site, and what it is called here.
const SITE_NAME: (&str, &str) = ("my-office", "ward");
const SECRET: &str = "a secret of the lab's, 32 characters or more";
const PATIENCE: Duration = Duration::from_secs(20);
/// A question that only the agency can answer.
const FOR_AGENCY: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// Where the site's settings take one more table.
const LAST_TABLE: &str = "# How much may be used;";

pub(super) fn try_jose(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let documented = PeerTrial::run_attempt("HS256, by the code for Node.js in docs/identity.md", || {
        let script = read_snippet(IDENTITY_DOCS, "js", &[SITE_NAME])?;
        let call = "console.log(hoiToken({ id: 'citizen-42', name: 'Nguyễn Thị Hoa' }))";
        let mut node = Command::new("node");
        node.arg("-e").arg(format!("{script}\n{call}")).env("WARD_IDENTITY_SECRET", SECRET);
        believe_token(shop, HS256, &shop.run_to_end(&mut node)?)
    });
    let es256 = PeerTrial::run_attempt("ES256, with a key as docs/identity.md makes one", || {
        // The commands stand in the text, and not in a block.
        let docs =
            fs::read_to_string(crate::paths::repository_root().join(IDENTITY_DOCS))?.replace('\n', " ");
        for command in docs.split('`').filter(|code| code.starts_with("openssl ")) {
            run_command("openssl", Command::new("sh").arg("-c").arg(command).current_dir(shop.folder))?;
        }
        let mut node = Command::new("node");
        node.args(["sign_token.mjs", "private.pem", "ES256"]).current_dir(shop.folder);
        let settings = "[identity]\nalgorithm = \"ES256\"\npublic_key = \"identity.pem\"\n\n";
        believe_token(shop, settings, &shop.run_to_end(&mut node)?)
    });
    Ok(vec![documented, es256])
}

pub(super) fn try_php(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let documented = PeerTrial::run_attempt("HS256, by the code for PHP in docs/identity.md", || {
        let script = read_snippet(IDENTITY_DOCS, "php", &[SITE_NAME])?;
        let mut php = shop.debian_command("usr/bin/php8.2")?;
        php.arg("-n").arg("-r").arg(format!("{script}\necho hoi_token('citizen-42', 'Nguyễn Thị Hoa');"));
        believe_token(shop, HS256, &shop.run_to_end(php.env("WARD_IDENTITY_SECRET", SECRET))?)
    });
    Ok(vec![documented])
}

const HS256: &str = "[identity]\nalgorithm = \"HS256\"\nsecret = \"WARD_IDENTITY_SECRET\"\n\n";

/// Shows `token` to an edge whose site has `settings`: the agency hears with the next question who asks.
fn believe_token(shop: &Workshop<'_>, settings: &str, token: &str) -> anyhow::Result<String> {
    let secret = [("WARD_IDENTITY_SECRET", SECRET)];
    let lab = Lab::open_configured(shop.folder.join("edge"), &secret)?;
    let key = fs::read(shop.folder.join("identity.pem")).ok();
    let files: Vec<(&str, &[u8])> = key.iter().map(|key| ("identity.pem", key.as_slice())).collect();
    lab.publish_with_files(&[(LAST_TABLE, &format!("{settings}{LAST_TABLE}"))], &files)?;
    let mut journey = Journey::start_at(&lab, lab.edge.clone());
    journey.start_agency(&[])?;
    let mut visitor = BenchVisitor::open(&lab.edge)?;
    let socket = visitor.socket();
    socket.send(&json!({ "t": "identify", "token": token.trim() }).to_string())?;
    socket.send(&say_frame(1, FOR_AGENCY))?;
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if let Some(frame) = socket.next_within(Duration::from_millis(300))? {
            ensure!(!frame.contains("\"t\":\"fault\""), "the edge refuses it: {frame}");
        }
        let log = journey.read_agency_log();
        let asked = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        if let Some(question) = asked.filter_map(|line| line.get("question").cloned()).next() {
            let who = question.get("visitor").cloned().unwrap_or_default();
            ensure!(who == json!({ "id": "citizen-42", "name": "Nguyễn Thị Hoa" }), "the agency hears {who}");
            return Ok("the agency hears who asks".to_owned());
        }
    }
    bail!("the agency was not asked within {} s", PATIENCE.as_secs())
}
