//! A real browser, driven through its own driver.

use super::{Edge, Engine, Typing, built, engine::Running, free_port, wait_for};
use devkit::browser::{DisplayBackend, FrameProcesses};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::WebDriverCompatibleCommand};
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;

/// A browser with an empty profile.
pub struct Browser {
    pub client: Client,
    end: String,
    _running: Running,
    _profile: TempDir,
}

/// What a test wants otherwise.
pub struct BrowserOptions {
    /// Which process Chromium gives a frame of another site; usually the page's, so that one debugging protocol reaches all.
    pub frames: FrameProcesses,
    /// More preferences of Firefox's, by name.
    pub preferences: Value,
}

impl Default for BrowserOptions {
    fn default() -> Self {
        BrowserOptions { frames: FrameProcesses::Shared, preferences: json!({}) }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A driver that is killed leaves its browser running; a session that is ended takes it along.
        let _ended = ureq::delete(&self.end).call();
    }
}

/// A command that only one browser's driver knows: its path in the session, and what is posted there.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

/// A command of Chromium's debugging protocol.
fn cdp(command: &str, parameters: Value) -> Own {
    Own("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
}

/// What is run next is run in Firefox itself (`chrome`) or in its page (`content`).
fn context(name: &str) -> Own {
    Own("moz/context", json!({ "context": name }))
}

impl Browser {
    /// Starts Chromium with a window of `width` × `height` CSS pixels.
    pub async fn start(width: u32, height: u32) -> Browser {
        Browser::of(Engine::Chromium, width, height).await
    }

    /// Starts any of them. Only Chromium has a debugging protocol and a console that can be read.
    pub async fn of(engine: Engine, width: u32, height: u32) -> Browser {
        Browser::with(engine, width, height, BrowserOptions::default()).await
    }

    /// Starts `engine` on a screen, where real keys reach it. As people run it: a frame of another site has a process of its own.
    pub async fn on(typing: &Typing, engine: Engine) -> Browser {
        // A Firefox under test takes its window for the one in front, whatever the screen says, and then gives the keys to no
        // input method.
        let preferences = json!({ "focusmanager.testmode": false });
        let options = BrowserOptions { frames: FrameProcesses::PerSite, preferences };
        let class = match engine {
            Engine::Firefox => "firefox",
            Engine::Chromium | Engine::WebKit => "chromium",
        };
        let browser = Browser::begin(engine, (1000, 800), options, typing.environment()).await;
        typing.look_at(class);
        browser
    }

    /// The same with `options`.
    pub async fn with(engine: Engine, width: u32, height: u32, options: BrowserOptions) -> Browser {
        Browser::begin(engine, (width, height), options, &[]).await
    }

    async fn begin(
        engine: Engine,
        window: (u32, u32),
        options: BrowserOptions,
        environment: &[(&'static str, String)],
    ) -> Browser {
        let port = free_port();
        let profile = tempfile::tempdir().unwrap();
        let running = engine.start(port, environment);
        // Without an environment of its own it has no screen.
        let display = if environment.is_empty() { DisplayBackend::Headless } else { DisplayBackend::X11 };
        let driver = format!("http://127.0.0.1:{port}");
        let status = format!("{driver}/status");
        wait_for("the browser's driver", || ureq::get(&status).call().is_ok());
        let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(engine.capabilities(window, profile.path(), &options, display))
            .connect(&driver)
            .await
            .unwrap_or_else(|error| panic!("{engine:?} does not start: {error}"));
        let session = client.session_id().await.unwrap().expect("a session");
        let end = format!("{driver}/session/{session}");
        // It is ended by us, also where a test fails.
        client.persist().await.unwrap();
        Browser { client, end, _running: running, _profile: profile }
    }

    /// Runs a command of Chromium's debugging protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.client.issue_cmd(cdp(command, parameters)).await.unwrap()
    }

    /// The same for what may be gone by now.
    pub async fn try_cdp(&self, command: &str, parameters: Value) -> Option<Value> {
        self.client.issue_cmd(cdp(command, parameters)).await.ok()
    }

    /// The value of a JavaScript expression in Firefox itself.
    pub async fn eval_inside(&self, expression: &str) -> Value {
        self.client.issue_cmd(context("chrome")).await.unwrap();
        let value = self.client.execute(&format!("return ({expression})"), vec![]).await;
        self.client.issue_cmd(context("content")).await.unwrap();
        value.unwrap()
    }

    /// Makes the view `width` × `height` CSS pixels, smaller than any window can be; a phone's scroll bars take no room.
    pub async fn screen(&self, width: u32, height: u32, phone: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Forgets what the chat keeps in this browser, and puts the visitor's `display` there (`4 0`: the letters' step, plain mode).
    pub async fn clear_storage(&self, edge: &Edge, display: &str) {
        // Not from the chat's own page: it may keep its conversation once more after that.
        self.client.goto(&format!("{}/health", edge.origin)).await.unwrap();
        self.eval("localStorage.clear()").await;
        self.eval(&format!("localStorage.setItem('hoi:ward:display', '{display}')")).await;
    }

    /// What the console said since it was last asked.
    pub async fn console(&self) -> Vec<String> {
        // Other engines than Chromium have no command for it.
        let lines =
            self.client.issue_cmd(Own("se/log", json!({ "type": "browser" }))).await.unwrap_or_default();
        let lines = lines.as_array().cloned().unwrap_or_default();
        lines.iter().map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Waits for an element in the current frame.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(Duration::from_secs(20)).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                panic!(
                    "no {css} on the page: {error}; the console says {:?}\n{}",
                    self.console().await,
                    self.text().await
                )
            }
        }
    }

    /// Waits until `script`, an expression, is true; tells what the page says if it never is.
    pub async fn until(&self, what: &str, script: &str) {
        for _ in 0..400 {
            if self.eval(script).await == Value::Bool(true) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let (console, text) = (self.console().await, self.text().await);
        panic!("waited 20 s for {what}; the console says {console:?}, the page:\n{text}");
    }

    /// Waits until the widget has taken over the document that the edge drew.
    pub async fn widget(&self) {
        self.until("the widget", "!!document.querySelector('form.hoi-composer:not([action])')").await;
    }

    /// Opens the widget's menu; what is in it comes when it is first opened.
    pub async fn menu(&self) {
        self.eval("document.querySelector('.hoi-menu:last-of-type').open = true").await;
        self.until("the menu", "!!document.querySelector('.hoi-larger')").await;
    }

    /// Waits until nothing on the page is named by `css`, without a script: after a press that leads to another page.
    pub async fn gone(&self, css: &str) {
        for _ in 0..400 {
            if self.client.find_all(fantoccini::Locator::Css(css)).await.is_ok_and(|found| found.is_empty()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("waited 20 s for {css} to go");
    }

    /// The value of a JavaScript expression in the current frame.
    pub async fn eval(&self, expression: &str) -> Value {
        self.client.execute(&format!("return ({expression})"), vec![]).await.unwrap_or(Value::Null)
    }

    /// axe-core finds nothing on the page.
    pub async fn is_accessible(&self) {
        assert_eq!(self.violations().await, Vec::<String>::new(), "axe-core");
    }

    /// What axe-core finds on the page.
    pub async fn violations(&self) -> Vec<String> {
        if self.eval("!!window.axe").await != Value::Bool(true) {
            let script = std::fs::read_to_string(built("HOI_AXE")).unwrap();
            self.client.execute(&script, vec![]).await.unwrap();
        }
        let run = "const done = arguments[arguments.length - 1]; axe.run(document).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))), e => done([String(e)]))";
        let found = self.client.execute_async(run, vec![]).await.unwrap();
        serde_json::from_value(found).expect("a list")
    }

    /// Keeps what is on the screen as `target/pictures/<name>.png`, for eyes.
    pub async fn picture(&self, name: &str) {
        // Firefox takes none from within a frame of another site.
        let Ok(png) = self.client.screenshot().await else { return };
        let folder = super::root().join("target/pictures");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }

    /// What the current frame says.
    pub async fn text(&self) -> String {
        self.eval("document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }
}
