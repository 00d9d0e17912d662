//! What the states are reached on: an edge that has everything, its agency, host pages and one browser.

use super::states::State;
use crate::{
    forms::{Citizen, decide, number},
    inputs::INTENTS,
    simple::SPEECH,
};
use serde_json::{Value, json};
use std::fs;
use tests::{Agency, Browser, Edge, EdgeOptions, Host, Panel, copy, free_port, post_form, root, wait_for};

/// One thing that is done on the way to a state.
pub enum Step {
    /// The same page once more, after something about the edge has changed.
    Open,
    /// The launcher is there, in the language.
    Launcher,
    /// The panel on an agency's page is opened.
    OpenPanel,
    /// Waits for an expression to be true.
    Until(&'static str),
    /// Types in the composer and presses Enter: in Vietnamese, in English.
    Ask(&'static str, &'static str),
    /// The same where no script runs.
    Send(&'static str, &'static str),
    /// Types more than a message may hold.
    TooLong,
    /// Presses by script: what is pressed may be hidden in a menu.
    Press(&'static str),
    /// A real click.
    Click(&'static str),
    /// Types into a field.
    Fill(&'static str, &'static str),
    /// Chooses a file of this name.
    Attach(&'static str),
    /// Whether pages may run scripts.
    Scripts(bool),
    /// The agency takes its time.
    SlowAgency,
    /// The agency answers with this Markdown.
    Replies(&'static str),
    /// The operator tells everybody something.
    Notice,
    /// The operator switches the chat off.
    Off,
    /// The edge is gone.
    Down,
    /// A page of the form is posted.
    Form(&'static [(&'static str, &'static str)]),
    /// All of the form is answered.
    Filled,
    /// It is handed in.
    HandedIn,
    /// The agency decides.
    Decided(&'static str, &'static str),
    /// The case is looked up.
    LookedUp,
    /// A code for another device.
    Elsewhere,
    /// What the visitor says when the browser asks whether there may be notifications.
    Notifications(bool),
}

/// A push service can't be reached from a test's Chromium: it takes the device at once.
const PUSHES: &str = "if (window.PushManager) PushManager.prototype.subscribe = async () => \
    ({ endpoint: 'http://127.0.0.1:9/device', unsubscribe: async () => true })";

pub struct Stage {
    pub browser: Browser,
    edge: Edge,
    host: Host,
    agency: Agency,
    /// Files to attach.
    folder: tempfile::TempDir,
    lang: &'static str,
    /// Opens the conversation that forms belong to.
    ticket: String,
    /// The case that was handed in.
    number: String,
}

/// Where a state is looked at: the page itself, or the panel in it.
pub enum Seen<'a> {
    Page(&'a Browser),
    Panel(Panel<'a>),
}

impl Seen<'_> {
    pub async fn eval(&self, expression: &str) -> Value {
        match self {
            Seen::Page(browser) => browser.eval(expression).await,
            Seen::Panel(panel) => panel.eval(expression).await,
        }
    }

    /// What axe-core finds.
    pub async fn violations(&self) -> Vec<String> {
        match self {
            Seen::Page(browser) => browser.violations().await,
            Seen::Panel(panel) => panel.violations().await,
        }
    }

    /// What sticks out of the screen, and what a finger can't hit (links in sentences apart: WCAG 2.5.8 lets them).
    pub async fn overflows(&self) -> Vec<String> {
        let wide = "document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []";
        let small = "[...document.querySelectorAll('.hoi-doc button, .hoi-doc summary, .hoi-doc textarea, .hoi-doc input, .hoi-doc select')].filter((e) => e.checkVisibility() && !e.closest('.hoi-hidden') && !e.matches('.hoi-hidden, label input')) \
                     .map((e) => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()]).filter(([, r]) => Math.min(r.width, r.height) < 24).map(([name]) => 'too small: ' + name)";
        let found = self.eval(&format!("[...({wide}), ...({small})]")).await;
        serde_json::from_value(found).expect("a list")
    }
}

impl Stage {
    pub async fn set() -> Stage {
        let (host, port) = (Host::start().await, free_port());
        let rules = "[files]\nallow = [\"pdf\", \"png\"]\nmax_mb = 2\n\n# How much may be used;".to_owned();
        let edge = Edge::start(&EdgeOptions {
            agency: format!("http://127.0.0.1:{port}/"),
            host: host.origin.clone(),
            studio: true,
            push: "127.0.0.1:9".to_owned(),
            edits: vec![
                ("# How much may be used;".to_owned(), rules),
                ("survey = false".to_owned(), "survey = true".to_owned()),
            ],
            ..EdgeOptions::default()
        });
        host.shows(&edge);
        fs::write(edge.site.join("intents/chon.toml"), INTENTS).unwrap();
        edge.publish();
        shop(&edge, &host);
        let agency = agency(&edge, port, "50", &[]);
        let browser = Browser::start(1280, 900).await;
        for source in [SPEECH, PUSHES] {
            browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
        }
        let (ticket, number) = (String::new(), String::new());
        Stage {
            browser,
            edge,
            host,
            agency,
            folder: tempfile::tempdir().unwrap(),
            lang: "vi",
            ticket,
            number,
        }
    }

    /// Goes to the state's page as somebody new, and does its steps.
    pub async fn reach(&mut self, state: &State, lang: &'static str) {
        self.lang = lang;
        self.ticket.clear();
        self.browser.screen(390, 844, true).await;
        let all = json!({ "origin": self.edge.origin, "storageTypes": "all" });
        self.browser.cdp("Storage.clearDataForOrigin", all).await;
        self.notifications(true).await;
        self.open(state).await;
        for step in state.steps {
            self.step(state, step).await;
        }
        // A page still on its way must not find them running.
        if !state.show.is_empty() {
            self.until(state, &format!("!!document.querySelector({:?})", state.show)).await;
        }
        // axe-core needs them again; the page stays as it was drawn.
        self.scripts(true).await;
    }

    pub async fn seen(&self, state: &State) -> Seen<'_> {
        if state.steps.iter().any(|step| matches!(step, Step::OpenPanel)) {
            return Seen::Panel(self.browser.panel(&self.edge).await);
        }
        Seen::Page(&self.browser)
    }

    /// Everything about the edge is as it was before `state`.
    pub async fn clear(&mut self, state: &State) {
        for step in state.steps {
            match step {
                Step::Down => self.edge.up(),
                Step::SlowAgency | Step::Replies(_) => self.restart_agency("50", &[]),
                Step::Notice => self.tells(&["notice", "ward", "--clear"], false),
                Step::Off => self.tells(&["on", "ward"], false),
                _ => {}
            }
        }
    }

    async fn open(&self, state: &State) {
        let page = state.page.replace("EDGE", &self.edge.origin).replace("LANG", self.lang);
        let page = if state.page.starts_with("EDGE") {
            page.replace("HOST", &self.host.origin.replace(':', "%3A"))
        } else {
            page.replace("HOST", &self.host.origin)
        };
        // What is already there would only be scrolled to, were just its fragment another one.
        self.browser.client.goto("about:blank").await.unwrap();
        self.browser.client.goto(&page).await.unwrap();
    }

    async fn notifications(&self, may: bool) {
        let setting = if may { "granted" } else { "denied" };
        let permission = json!({ "permission": { "name": "notifications" }, "setting": setting, "origin": self.edge.origin });
        self.browser.cdp("Browser.setPermission", permission).await;
    }

    async fn scripts(&self, run: bool) {
        self.browser.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": !run })).await;
    }

    async fn step(&mut self, state: &State, step: &Step) {
        let browser = &self.browser;
        match step {
            Step::Open => self.open(state).await,
            Step::Launcher => {
                browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
                // The shop's pages are in languages of their own.
                if state.page.starts_with("HOST/ward") {
                    browser.eval(&format!("Hoi.setLocale('{}')", self.lang)).await;
                }
            }
            Step::OpenPanel => {
                browser.eval("Hoi.open()").await;
                browser.panel(&self.edge).await;
            }
            Step::Until(expression) => self.until(state, expression).await,
            Step::Ask(vi, en) => {
                let text = if self.lang == "en" { en } else { vi };
                if state.page.starts_with("HOST") {
                    return browser.panel(&self.edge).await.ask(text).await;
                }
                browser.find("textarea").await.send_keys(&format!("{text}\u{e007}")).await.unwrap();
            }
            Step::Send(vi, en) => {
                let text = if self.lang == "en" { en } else { vi };
                browser.find("textarea").await.send_keys(text).await.unwrap();
                browser.find(".hoi-send").await.click().await.unwrap();
            }
            Step::TooLong => {
                browser.find("textarea").await.click().await.unwrap();
                let text = "Tôi hỏi. ".repeat(wire::limits::MAX_SAY_CHARS / 9 + 3);
                browser.cdp("Input.insertText", json!({ "text": text })).await;
                browser.press("Enter", 13).await;
            }
            Step::Press(css) => {
                let css = json!(css);
                browser.until("what is pressed", &format!("!!document.querySelector({css})")).await;
                browser.eval(&format!("document.querySelector({css}).click()")).await;
            }
            Step::Click(css) => browser.find(css).await.click().await.unwrap(),
            Step::Fill(css, text) => browser.find(css).await.send_keys(text).await.unwrap(),
            Step::Attach(name) => {
                let path = self.folder.path().join(name);
                let text = if name.ends_with("pdf") { "%PDF-1.7\n%%EOF\n" } else { "<!DOCTYPE html>" };
                fs::write(&path, text).unwrap();
                browser.find("#hoi-files").await.send_keys(path.to_str().unwrap()).await.unwrap();
            }
            Step::Scripts(run) => self.scripts(*run).await,
            Step::SlowAgency => self.restart_agency("60000", &[]),
            Step::Replies(markdown) => self.restart_agency("50", &["--reply", markdown]),
            Step::Notice => {
                let vi = "Bão số 5: trụ sở nghỉ chiều nay, mở cửa lại 7:30 sáng mai.";
                let en = "Storm no. 5: the office is closed this afternoon and opens again at 7:30 tomorrow.";
                self.tells(&["notice", "ward", "--text-vi", vi, "--text-en", en, "--until", "1h"], true);
            }
            Step::Off => self.tells(&["off", "ward"], true),
            Step::Down => self.edge.kill(),
            Step::Form(fields) => {
                self.begins().await;
                let fields = [&[("procedure", "khai-sinh")], *fields].concat();
                self.posts("form", &fields).await;
            }
            Step::Notifications(may) => self.notifications(*may).await,
            Step::Elsewhere => {
                self.begins().await;
                self.posts("elsewhere", &[]).await;
            }
            Step::Filled => {
                let citizen = Citizen::of(&self.edge).await;
                citizen.fill();
                self.ticket.clone_from(&citizen.visitor.boot.ticket);
            }
            Step::HandedIn => {
                let form = [
                    ("ticket", self.ticket.as_str()),
                    ("lang", "vi"),
                    ("procedure", "khai-sinh"),
                    ("go", "send"),
                ];
                self.number = number(&post_form(&self.edge, "form", &form, &[]).1);
            }
            Step::Decided(state, text) => {
                wait_for("the agency to have it", || self.looks_up().contains("Cơ quan đã nhận"));
                decide(&self.agency, &self.number, state, text);
            }
            Step::LookedUp => {
                wait_for("the decision", || self.looks_up().contains("quầy số 1"));
                browser.find("#hoi-code").await.send_keys(&self.number).await.unwrap();
                browser.find("#hoi-fact").await.send_keys("5678").await.unwrap();
                browser.find(".hoi-go").await.click().await.unwrap();
                browser.until("the state", "!!document.querySelector('.hoi-state-now')").await;
            }
        }
    }

    fn looks_up(&self) -> String {
        let form = [("number", self.number.as_str()), ("fact", "5678"), ("lang", "vi")];
        post_form(&self.edge, "status", &form, &[]).1
    }

    async fn until(&self, state: &State, expression: &str) {
        if state.page.starts_with("HOST") {
            return self.browser.panel(&self.edge).await.until(state.name, expression).await;
        }
        self.browser.until(state.name, expression).await;
    }

    /// Somebody has begun a conversation.
    async fn begins(&mut self) {
        if self.ticket.is_empty() {
            self.ticket.clone_from(&Citizen::of(&self.edge).await.visitor.boot.ticket);
        }
    }

    /// Posts a form as one of the chat's pages would, and waits for what comes.
    async fn posts(&self, path: &str, fields: &[(&str, &str)]) {
        let common = [("ticket", self.ticket.as_str()), ("lang", self.lang), ("mode", "page")];
        let fields = json!([&common[..], fields].concat());
        let script = format!(
            "(() => {{ const form = document.createElement('form'); form.method = 'post'; form.action = '/s/ward/{path}'; \
             for (const [name, value] of {fields}) form.append(Object.assign(document.createElement('input'), {{ name, value }})); \
             window.before = true; document.body.append(form); form.submit(); }})()"
        );
        self.browser.eval(&script).await;
        let there =
            "!window.before && document.readyState === 'complete' && !!document.querySelector('.hoi-sheet')";
        self.browser.until("the page", there).await;
    }

    /// An operator's command, until pages heard of it.
    fn tells(&self, arguments: &[&str], stands: bool) {
        let output = self.edge.hoi(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        wait_for("pages to hear of it", || {
            let url = format!("{}/s/ward/standing?lang=vi", self.edge.origin);
            let told: wire::Standing =
                serde_json::from_str(&ureq::get(&url).call().unwrap().into_body().read_to_string().unwrap())
                    .unwrap();
            (told.off || told.notice.is_some()) == stands
        });
    }

    fn restart_agency(&mut self, milliseconds: &str, more: &[&str]) {
        let port = self.agency.port();
        self.agency.close();
        self.agency = agency(&self.edge, port, milliseconds, more);
    }
}

fn agency(edge: &Edge, port: u16, milliseconds: &str, more: &[&str]) -> Agency {
    let port = port.to_string();
    let arguments = ["--port", &port, "--edge", &edge.origin, "--delay-ms", milliseconds];
    Agency::start(&[&arguments, more].concat())
}

/// The other example stands beside the ward.
fn shop(edge: &Edge, host: &Host) {
    let folder = edge.folder.path().join("shop");
    copy(&root().join("examples/shop"), &folder);
    let settings = fs::read_to_string(folder.join("site.toml")).unwrap();
    fs::write(folder.join("site.toml"), settings.replace("http://localhost:8788", &host.origin)).unwrap();
    let output = edge.hoi(&["publish", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
