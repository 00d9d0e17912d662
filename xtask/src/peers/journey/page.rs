//! What browsers load.

use super::context::{HttpAnswer, Journey};
use anyhow::{Context as _, ensure};

/// Headers that must come through as the edge sends them.
const KEPT_HEADERS: &[&str] = &[
    "cache-control",
    "content-type",
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "access-control-allow-origin",
    "cross-origin-resource-policy",
];

/// The page, the loader and a file of it come as from the edge itself, compressed, with their headers.
pub fn load_page(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let page = journey.get("/s/ward?lang=vi")?.require_status(200)?;
    let asset = page.split("\"/a/").nth(1).and_then(|rest| rest.split('"').next());
    let asset = format!("/a/{}", asset.context("the page names no file")?);
    let mut notes = Vec::new();
    for path in ["/s/ward?lang=vi", "/s/ward/frame?lang=vi", "/s/ward/hoi.js", asset.as_str()] {
        let through = load(journey, &journey.host, path)?;
        let direct = load(journey, &journey.lab.edge, path)?;
        through.require_status(200).context(path.to_owned())?;
        for name in KEPT_HEADERS {
            let (seen, of_edge) =
                (without_nonce(&through.header_values(name)), without_nonce(&direct.header_values(name)));
            ensure!(seen == of_edge, "{path}: {name} is {seen:?}, the edge says {of_edge:?}");
        }
        ensure!(
            through
                .header_values("vary")
                .to_lowercase()
                .contains(&direct.header_values("vary").to_lowercase()),
            "{path}: vary is {:?}, the edge says {:?}",
            through.header_values("vary"),
            direct.header_values("vary")
        );
        let encoding = through.header_values("content-encoding");
        ensure!(!encoding.is_empty(), "{path} comes uncompressed, {} bytes", through.body.len());
        notes.push(encoding);
    }
    Ok(format!("4 files, compressed: {}", notes.join(", ")))
}

/// A policy without what is another word in each answer.
fn without_nonce(policy: &str) -> String {
    let words = policy.split(' ').filter(|word| !word.starts_with("'nonce-"));
    words.collect::<Vec<_>>().join(" ")
}

fn load(journey: &Journey<'_>, host: &str, path: &str) -> anyhow::Result<HttpAnswer> {
    let request = journey.agent.get(format!("http://{host}{path}"));
    // Unpacking is not ours to do here: what counts is how it comes.
    HttpAnswer::read(request.header("accept-encoding", "br, gzip").call()?)
}

/// Nobody between keeps it: it would say that all is well for as long.
pub fn read_health(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    for _ in 0..2 {
        let answer = journey.get("/health")?;
        answer.require_status(200)?;
        ensure!(
            answer.header_values("cache-control") == "no-store",
            "cache-control is {:?}",
            answer.header_values("cache-control")
        );
        let age = answer.header_values("age");
        ensure!(matches!(age.as_str(), "" | "0"), "it is {age} s old");
    }
    Ok("no-store".to_owned())
}

/// What is taken out of the search is only what people write: a firewall that is off would let all of this through.
pub fn attack_edge(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let addresses = [
        "/s/ward?lang=%3Cscript%3Ealert(1)%3C/script%3E",
        "/s/ward/form?procedure=1%27%20UNION%20SELECT%20password%20FROM%20users--",
        "/s/ward/frame?lang=../../../../etc/passwd",
    ];
    for address in addresses {
        journey.get(address)?.require_status(403).context(address)?;
    }
    let agent = journey.agent.get(journey.absolute_url("/s/ward")).header("user-agent", "sqlmap/1.5");
    HttpAnswer::read(agent.call()?)?.require_status(403).context("a scanner's name")?;
    let posted = journey
        .agent
        .post(journey.absolute_url("/s/ward/file/1?x=1"))
        .header("content-type", "application/x-evil");
    HttpAnswer::read(posted.send("a")?)?.require_status(403).context("a kind that nobody sends")?;
    Ok(format!("{} refused", addresses.len() + 2))
}
