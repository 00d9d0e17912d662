//! The description of the agency's side: read by tools that judge descriptions, held against real servers, and made into clients.

use super::{
    exchange::{AgencyProgram, Contents, try_program},
    workshop::Workshop,
};
use crate::{
    bench::lab::{AGENCY_SECRET, Lab},
    peers::report::PeerTrial,
};
use anyhow::{Context as _, bail, ensure};
use devkit::{network::find_free_port, process::ChildProcess};
use std::{
    fs::{self, File},
    net::TcpStream,
    process::Command,
    time::Duration,
};

const VALID: &str = "the description is valid";
const WITHOUT_WARNING: &str = "it is valid, and nothing is to be warned of";

pub(super) fn validate_description(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let mut validator = shop.python_command("openapi-spec-validator");
    let trial = PeerTrial::run_attempt(VALID, || {
        shop.run_to_end(validator.arg(shop.description_file())).map(|_| "as OpenAPI 3.1".to_owned())
    });
    Ok(vec![trial])
}

pub(super) fn lint_by_redocly(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let trial = PeerTrial::run_attempt(WITHOUT_WARNING, || {
        let said = shop.run_to_end(shop.npm_command("redocly").arg("lint").arg(shop.description_file()))?;
        ensure!(!said.contains("You have "), "{said}");
        Ok("rules: recommended".to_owned())
    });
    Ok(vec![trial])
}

pub(super) fn lint_by_spectral(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let trial = PeerTrial::run_attempt(WITHOUT_WARNING, || {
        // Whom to write to about a description says whoever runs the edge, not who wrote it.
        let rules = "{ \"extends\": [\"spectral:oas\"], \"rules\": { \"info-contact\": false } }";
        fs::write(shop.folder.join("rules.json"), rules)?;
        let mut spectral = shop.npm_command("spectral");
        spectral
            .args(["lint", "--fail-severity", "hint", "--ruleset", "rules.json"])
            .arg(shop.description_file());
        shop.run_to_end(&mut spectral)?;
        Ok("rules: spectral:oas, without info-contact".to_owned())
    });
    Ok(vec![trial])
}

/// The stand-in is tried with what is valid: it is less strict than the description, but has to take whatever that allows. The edge
/// is tried with everything.
pub(super) fn test_servers(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let stand_in = PeerTrial::run_attempt("the stand-in agency takes whatever is valid", || {
        let webhooks = shop.run_to_end(
            shop.python_command("python").arg("describe_webhooks.py").arg(shop.description_file()),
        )?;
        fs::write(shop.folder.join("webhooks.json"), webhooks)?;
        let port = find_free_port()?;
        let log = File::create(shop.folder.join("agency.log"))?;
        let mut hoi = Command::new(crate::build::build_hoi()?);
        hoi.args(["agency", "--delay-ms", "0", "--piece-ms", "0", "--port", &port.to_string()])
            .env("AGENCY_SECRET", AGENCY_SECRET);
        let mut agency = ChildProcess::start("hoi agency", hoi.stdout(log.try_clone()?).stderr(log))?;
        let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
        agency.wait_until_ready("hoi agency", Duration::from_secs(10), is_listening)?;
        run_schemathesis(shop, "webhooks.json", &format!("http://127.0.0.1:{port}"), &["--mode", "positive"])
    });
    let edge = PeerTrial::run_attempt("the edge's endpoints are as described", || {
        let lab = Lab::open_configured(shop.folder.join("edge"), &[])?;
        let site = fs::read_to_string(shop.description_file())?.replace("/s/{site}/", "/s/ward/");
        let mut described: serde_json::Value = serde_json::from_str(&site)?;
        // Of all sites there is one here.
        let paths = described.get_mut("paths").and_then(serde_json::Value::as_object_mut);
        for path in paths.into_iter().flat_map(|paths| paths.values_mut()) {
            let parameters = path.pointer_mut("/post/parameters").and_then(serde_json::Value::as_array_mut);
            parameters
                .context("a path without parameters")?
                .retain(|parameter| parameter.get("name").is_none_or(|name| name != "site"));
        }
        fs::write(shop.folder.join("edge.json"), described.to_string())?;
        run_schemathesis(shop, "edge.json", &format!("http://{}", lab.edge), &[])
    });
    Ok(vec![stand_in, edge])
}

fn run_schemathesis(
    shop: &Workshop<'_>,
    description: &str,
    url: &str,
    more: &[&str],
) -> anyhow::Result<String> {
    let mut schemathesis = shop.python_command("st");
    schemathesis.args(["run", description, "--url", url, "--checks", "all", "--continue-on-failure"]);
    // The same cases each time: whatever is found can be looked at again.
    schemathesis.args(["--phases", "coverage,fuzzing", "--max-examples", "60", "--seed", "1", "--no-color"]);
    schemathesis.env("SCHEMATHESIS_HOOKS", "schemathesis_hooks.py").env("AGENCY_SECRET", AGENCY_SECRET);
    let said = shop.run_to_end(schemathesis.args(more));
    let report = shop.folder.join(description).with_extension("report.txt");
    match said {
        Ok(said) => {
            let cases = said.lines().find(|line| line.contains(" generated, "));
            Ok(cases.context("it does not say what it did")?.trim().to_owned())
        }
        Err(error) => {
            let said = format!("{error:#}");
            fs::write(&report, &said)?;
            let found: Vec<&str> =
                said.lines().filter(|line| line.starts_with("- ")).map(str::trim).collect();
            bail!("{}; see {}", found.join("; "), report.display())
        }
    }
}

pub(super) fn try_python_client(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let made = PeerTrial::run_attempt("a client is made, whole", || {
        // It would have what it makes put in order by another program.
        fs::write(shop.folder.join("settings.json"), "{ \"post_hooks\": [] }")?;
        let mut maker = shop.python_command("openapi-python-client");
        maker.args([
            "generate",
            "--meta",
            "none",
            "--output-path",
            "agency_client",
            "--config",
            "settings.json",
        ]);
        let said = shop.run_to_end(maker.arg("--path").arg(shop.description_file()))?;
        ensure!(!said.contains("arning"), "{said}");
        Ok("no warning".to_owned())
    });
    let mut agency = shop.python_command("python");
    agency.arg("python_client_agency.py");
    let program = AgencyProgram { command: agency, language: "Python", contents: Contents::WithFiles };
    Ok([made].into_iter().chain(try_program(shop, program)?).collect())
}

pub(super) fn try_typescript_client(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let made = PeerTrial::run_attempt("a client is made; what uses it has the right types", || {
        let mut maker = shop.npm_command("openapi-ts");
        shop.run_to_end(maker.args(["--output", "client", "--input"]).arg(shop.description_file()))?;
        let mut check = shop.npm_command("tsc");
        check.args([
            "--noEmit",
            "--strict",
            "--skipLibCheck",
            "--target",
            "es2022",
            "--module",
            "esnext",
            "--types",
            "node",
        ]);
        check.args(["--moduleResolution", "bundler", "typescript_client_agency.ts"]);
        shop.run_to_end(&mut check)?;
        Ok("checked by tsc --strict".to_owned())
    });
    let mut bundle = shop.npm_command("esbuild");
    bundle.args(["typescript_client_agency.ts", "--bundle", "--platform=node", "--format=esm"]);
    shop.run_to_end(bundle.args(["--log-level=warning", "--outfile=agency.mjs"]))?;
    let mut agency = Command::new("node");
    agency.arg("agency.mjs").current_dir(shop.folder);
    let program = AgencyProgram { command: agency, language: "TypeScript", contents: Contents::WithFiles };
    Ok([made].into_iter().chain(try_program(shop, program)?).collect())
}
