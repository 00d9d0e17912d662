//! Staff who sign in at an agency's own OpenID provider, in a real browser.

use super::workshop::Workshop;
use crate::{
    bench::{
        lab::Lab,
        visit::{BrowserVisit, DESKTOP},
    },
    paths,
    peers::{process::ProcessGroup, report::PeerTrial},
};
use anyhow::{Context as _, bail, ensure};
use devkit::network::find_free_port;
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    net::TcpStream,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where the command stands that operators are told to use.
const STAFF_DOCS: &str = "docs/staff.md";
/// What is clicked, filled in or looked for on the pages of ours.
const AT_SIGN_IN: &str = "!!document.querySelector('[href*=\"/desk/oidc\"], [action*=\"/desk/oidc\"]')";
const GO_TO_PROVIDER: &str = "(document.querySelector('[href*=\"/desk/oidc\"]') || \
     document.querySelector('[action*=\"/desk/oidc\"] button')).click()";

/// How a provider is started, and what its pages are like.
struct ProviderProgram {
    /// Starts it on this port, for an edge at this origin.
    start: fn(&Workshop<'_>, u16, &str) -> anyhow::Result<ProcessGroup>,
    /// Its issuer, where it is on this port.
    issuer: fn(u16) -> String,
    /// What is done on its pages, one by one: whether that page is shown, and what to do on it.
    steps: &'static [(&'static str, &'static str)],
    /// The page after signing out, and what to do on it.
    sign_out: (&'static str, &'static str),
}

const OIDC_PROVIDER: ProviderProgram = ProviderProgram {
    start: start_oidc_provider,
    issuer: |port| format!("http://127.0.0.1:{port}"),
    steps: &[
        (
            "!!document.querySelector('input[name=login]')",
            "document.querySelector('input[name=login]').value = 'lan';
             document.querySelector('input[name=password]').value = 'whatever';
             document.querySelector('button[type=submit]').click()",
        ),
        (
            "!!document.querySelector('input[name=prompt][value=consent]')",
            "document.querySelector('button[type=submit]').click()",
        ),
    ],
    sign_out: (
        "!!document.querySelector('button[name=logout]')",
        "document.querySelector('button[name=logout]').click()",
    ),
};

fn start_oidc_provider(shop: &Workshop<'_>, port: u16, edge: &str) -> anyhow::Result<ProcessGroup> {
    let mut command = Command::new("node");
    command.arg("oidc_provider.mjs").current_dir(shop.folder).env("PORT", port.to_string());
    command.env("ISSUER", format!("http://127.0.0.1:{port}")).env("EDGE", edge);
    start_logged(shop, "oidc-provider", &mut command, port)
}

fn start_logged(
    shop: &Workshop<'_>,
    name: &str,
    command: &mut Command,
    port: u16,
) -> anyhow::Result<ProcessGroup> {
    let log = shop.folder.join("provider.log");
    let file = File::options().create(true).append(true).open(&log)?;
    let mut running = ProcessGroup::start(name, command.stdout(file.try_clone()?).stderr(file))?;
    let is_listening = || TcpStream::connect(("127.0.0.1", port)).is_ok();
    running
        .wait_until_ready(name, PATIENCE, is_listening, || fs::read_to_string(&log).unwrap_or_default())?;
    Ok(running)
}

pub(super) fn try_oidc_provider(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    try_provider(shop, &OIDC_PROVIDER)
}

fn try_provider(shop: &Workshop<'_>, program: &ProviderProgram) -> anyhow::Result<Vec<PeerTrial>> {
    let port = find_free_port()?;
    let hosts = format!("127.0.0.1:{port}");
    let issuer = (program.issuer)(port);
    let settings = [
        ("HOI_OIDC_ISSUER", issuer.as_str()),
        ("HOI_OIDC_CLIENT_ID", "hoi"),
        ("HOI_OIDC_CLIENT_SECRET", "a secret of the lab"),
        ("HOI_AGENCY_HOSTS", &hosts),
    ];
    let lab = Lab::open_configured(shop.folder.join("edge"), &settings)?;
    let edge = format!("http://{}", lab.edge);
    let mut provider = Some((program.start)(shop, port, &edge)?);
    let mut staff = StaffBrowser { visit: BrowserVisit::start(DESKTOP, "")?, edge: edge.clone() };
    let mut trials = vec![PeerTrial::run_attempt("who has no account here gets in nowhere", || {
        staff.sign_in(program, "location.search.includes('why=unknown')")
    })];
    trials.push(PeerTrial::run_attempt("`hoi staff add … --oidc …` as docs/staff.md has it", || {
        add_account(&lab)
    }));
    let at_desk = "location.pathname.startsWith('/desk') && !location.pathname.includes('sign-in')";
    trials.push(PeerTrial::run_attempt("staff sign in, by the e-mail address that UserInfo tells", || {
        staff.sign_in(program, at_desk)
    }));
    trials.push(PeerTrial::run_attempt("signing out at the desk signs out at the provider", || {
        staff.sign_out(program)
    }));
    trials.push(PeerTrial::run_attempt("a new key under the old one's name is fetched", || {
        // It remembers nobody over that.
        provider = None;
        provider = Some((program.start)(shop, port, &edge)?);
        staff.sign_in(program, at_desk)
    }));
    drop(provider);
    Ok(trials)
}

/// What the documents say to do, word for word.
fn add_account(lab: &Lab) -> anyhow::Result<String> {
    let docs = fs::read_to_string(paths::repository_root().join(STAFF_DOCS))?;
    let line = docs.lines().find(|line| line.starts_with("hoi staff add ") && line.contains(" --oidc "));
    let line = line.with_context(|| format!("{STAFF_DOCS} has no `hoi staff add … --oidc …`"))?;
    let hoi = lab.hoi_command(&lab.edge);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("hoi() {{ \"$HOI\" \"$@\"; }}; {line}")).env("HOI", hoi.get_program());
    shell.envs(hoi.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.output()?;
    ensure!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok("done".to_owned())
}

/// A browser in which staff sign in.
struct StaffBrowser {
    visit: BrowserVisit,
    edge: String,
}

impl StaffBrowser {
    /// Goes from our page to the provider and back, until `arrived` holds.
    fn sign_in(&mut self, program: &ProviderProgram, arrived: &str) -> anyhow::Result<String> {
        self.go("/desk/sign-in?lang=en")?;
        self.wait_for(&[AT_SIGN_IN])?;
        self.run_script(GO_TO_PROVIDER)?;
        let mut pages = 0;
        let arrived = format!("location.origin === {} && {arrived}", json!(self.edge));
        let shown: Vec<&str> =
            [arrived.as_str()].into_iter().chain(program.steps.iter().map(|(shown, _)| *shown)).collect();
        loop {
            // Who is signed in there already, or has agreed, is not asked again.
            match self.wait_for(&shown)? {
                0 => return Ok(format!("{pages} pages of the provider's")),
                step => {
                    let (page, act) = program.steps.get(step - 1).context("no such page")?;
                    self.run_script(act)?;
                    self.wait_while(page)?;
                    pages += 1;
                }
            }
            ensure!(pages <= program.steps.len(), "it goes round in circles");
        }
    }

    fn sign_out(&mut self, program: &ProviderProgram) -> anyhow::Result<String> {
        let (page, act) = program.sign_out;
        self.go("/desk/account?lang=en")?;
        let button = "document.querySelector('[action=\"/desk/sign-out\"] button')";
        self.wait_for(&[&format!("!!{button}")])?;
        self.run_script(&format!("{button}.click()"))?;
        self.wait_for(&[page])?;
        self.run_script(act)?;
        self.wait_for(&[AT_SIGN_IN])?;
        // Nobody is let in again without being asked.
        self.run_script(GO_TO_PROVIDER)?;
        self.wait_for(&[program.steps.first().context("no page to sign in at")?.0])?;
        Ok("asked, and back at our page; the next sign-in asks again".to_owned())
    }

    fn go(&mut self, path: &str) -> anyhow::Result<()> {
        let page = self.visit.page.clone();
        let url = format!("{}{path}", self.edge);
        self.visit.browser.call(&page, "Page.navigate", &json!({ "url": url }))?;
        Ok(())
    }

    fn run_script(&mut self, script: &str) -> anyhow::Result<()> {
        self.visit.in_page(&format!("(() => {{ {script} }})()"))?;
        Ok(())
    }

    /// Waits until one of `conditions` holds, and says which.
    fn wait_for(&mut self, conditions: &[&str]) -> anyhow::Result<usize> {
        let until = Instant::now() + PATIENCE;
        loop {
            for (place, condition) in conditions.iter().enumerate() {
                if self.holds(condition) {
                    return Ok(place);
                }
            }
            if Instant::now() > until {
                let shown = self
                    .visit
                    .in_page("location.href + ' says: ' + document.body.innerText.slice(0, 400)")?;
                bail!("stuck at {shown}");
            }
            sleep(Duration::from_millis(100));
        }
    }

    fn wait_while(&mut self, condition: &str) -> anyhow::Result<()> {
        self.wait_for(&[&format!("!({condition})")]).map(drop)
    }

    /// Between two pages there is nothing to ask.
    fn holds(&mut self, condition: &str) -> bool {
        let whole = format!("document.readyState === 'complete' && ({condition})");
        self.visit.in_page(&whole).is_ok_and(|value| value == Value::Bool(true))
    }
}
