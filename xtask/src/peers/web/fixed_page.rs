//! Pages on which something is fixed to the window: the launcher stands beside it, and the chat answers there.

use super::visit::{PageVisit, WINDOWS, WantedPlace};
use crate::{
    bench::lab::Lab,
    paths,
    peers::{debian::InstalledPackages, peer::Peer, report::PeerTrial},
};
use anyhow::{Context as _, anyhow, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};
use tiny_http::{Header, Request, Response, Server};

/// A page made of somebody's components.
pub struct FixedPage {
    /// What it is called on the command line; its packages' group and its page are called alike.
    pub name: &'static str,
    /// What it is.
    pub purpose: &'static str,
    /// The policy that its makers recommend, with `EDGE` where ours has to stand.
    pub policy: &'static str,
    /// What a visitor does there, one after the other, each looked at.
    pub states: &'static [PageState],
}

/// Something that a visitor does.
pub struct PageState {
    /// What is seen then.
    pub what: &'static str,
    /// What he does, in JavaScript; nothing to begin with.
    pub act: &'static str,
    /// Where the launcher belongs then.
    pub place: WantedPlace,
}

/// One trial for each of the windows.
const WINDOW_TRIALS: &[&str] = &[
    "the launcher beside what is fixed, 320 px",
    "the launcher beside what is fixed, 360 px",
    "the launcher beside what is fixed, 768 px",
    "the launcher beside what is fixed, 1280 px",
];
/// How far from the window's edge a launcher in its corner may be.
const CORNER: f64 = 40.0;
/// What an animation of theirs may take.
const ANIMATION: &str = "new Promise((done) => setTimeout(done, 700))";

impl Peer for &'static FixedPage {
    fn name(&self) -> &str {
        self.name
    }

    fn purpose_text(&self) -> String {
        self.purpose.to_owned()
    }

    fn package_group(&self) -> &str {
        self.name
    }

    fn run_trials(&self, packages: &InstalledPackages, folder: &Path) -> anyhow::Result<Vec<PeerTrial>> {
        let lab = Lab::open_configured(folder.join("edge"), &[])?;
        serve_fixed_page(self, packages, &lab)?;
        let url = format!("http://localhost:{}/", lab.host_port);
        let mut visit = PageVisit::start(self.name)?;
        let mut trials = Vec::new();
        for (what, window) in WINDOW_TRIALS.iter().zip(WINDOWS) {
            trials.push(PeerTrial::run_attempt(what, || self.look_at_states(&mut visit, &url, *window)));
        }
        trials.push(PeerTrial::run_attempt("asked and answered, 320 and 1280 px", || {
            for window in [(320, 568), (1280, 800)] {
                visit.open_page(&url, window)?;
                self.reach_last_state(&mut visit)?;
                visit.ask_question()?;
                visit.save_picture(&format!("answered-{}", window.0))?;
            }
            Ok("answered in Chromium".to_owned())
        }));
        trials.push(PeerTrial::run_attempt("under the policy that its makers recommend", || {
            visit.require_no_refusal(&lab.edge)?;
            Ok("nothing of ours was refused".to_owned())
        }));
        Ok(trials)
    }
}

impl FixedPage {
    /// Goes through all states in one window, and tells of all of them what is wrong.
    fn look_at_states(&self, visit: &mut PageVisit, url: &str, window: (u32, u32)) -> anyhow::Result<String> {
        visit.open_page(url, window)?;
        let (mut seen, mut wrong) = (Vec::new(), Vec::new());
        for state in self.states {
            visit.in_page(state.act).with_context(|| state.what.to_owned())?;
            visit.in_page(ANIMATION)?;
            let found = visit.require_free_launcher(state.place);
            visit.save_picture(&format!("{}-{}", state.what.replace(' ', "-"), window.0))?;
            match found {
                Ok(above) if state.place == WantedPlace::Corner && above > CORNER => {
                    wrong.push(format!("{}: it stays {above:.0} px above the edge", state.what));
                }
                Ok(above) => seen.push(format!("{} {above:.0} px", state.what)),
                Err(error) => wrong.push(format!("{}: {error:#}", state.what)),
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join(" — "));
        Ok(format!("above the edge: {}", seen.join(", ")))
    }

    fn reach_last_state(&self, visit: &mut PageVisit) -> anyhow::Result<()> {
        for state in self.states {
            visit.in_page(state.act)?;
            visit.in_page(ANIMATION)?;
        }
        Ok(())
    }

    /// The page without our tag.
    fn read_page(&self, packages: &InstalledPackages) -> anyhow::Result<String> {
        let folder = paths::repository_root().join("xtask/peers/pages");
        let template = folder.join(format!("{}.njk", self.name));
        if template.exists() {
            return render_template(packages, &template);
        }
        let page = folder.join(format!("{}.html", self.name));
        fs::read_to_string(&page).with_context(|| format!("{} can't be read", page.display()))
    }
}

/// Renders a template of Nunjucks, in which some makers keep their components.
fn render_template(packages: &InstalledPackages, template: &Path) -> anyhow::Result<String> {
    const RENDER: &str = "const [modules, template] = process.argv.slice(1);
        const nunjucks = require(modules + '/nunjucks');
        const environment = nunjucks.configure([modules + '/govuk-frontend/dist'], { autoescape: true });
        process.stdout.write(environment.renderString(require('fs').readFileSync(template, 'utf8'), {}));";
    let mut node = Command::new("node");
    node.args(["-e", RENDER]).arg(packages.npm_path("", "")).arg(template);
    let output = node.output().context("node does not run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// Serves the page under `/`, with the tag in it and the policy, and under `/packages/` what it loads.
fn serve_fixed_page(page: &FixedPage, packages: &InstalledPackages, lab: &Lab) -> anyhow::Result<()> {
    let server = Server::http(("127.0.0.1", lab.host_port)).map_err(|error| anyhow!("{error}"))?;
    let edge = format!("http://{}", lab.edge);
    let tag = format!("<script async src=\"{edge}/s/ward/hoi.js\"></script>\n</body>");
    let text = page.read_page(packages)?;
    ensure!(text.contains("</body>"), "the page has no end for the tag");
    let text = text.replace("</body>", &tag);
    let policy = page.policy.replace("EDGE", &edge);
    let modules = packages.npm_path("", "");
    thread::spawn(move || {
        for request in server.incoming_requests() {
            answer_request(request, &text, &policy, &modules);
        }
    });
    Ok(())
}

fn answer_request(request: Request, page: &str, policy: &str, modules: &Path) {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    let (body, kind) = if path == "/" {
        (Some(page.as_bytes().to_vec()), "text/html; charset=utf-8")
    } else {
        let file = path.strip_prefix("/packages/").filter(|file| !file.contains(".."));
        (file.and_then(|file| fs::read(modules.join(file)).ok()), content_type(&path))
    };
    let status = if body.is_some() { 200 } else { 404 };
    let headers = [("content-type", kind), ("content-security-policy", policy)];
    let headers = headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok());
    let response = Response::from_data(body.unwrap_or_default()).with_status_code(status);
    // A browser that went away needs no answer.
    let _gone = request.respond(headers.fold(response, Response::with_header));
}

fn content_type(path: &str) -> &'static str {
    match PathBuf::from(path).extension().and_then(|ending| ending.to_str()) {
        Some("js" | "mjs") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
