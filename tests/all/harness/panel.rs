//! The chat's panel on a host page. Its frame stands in a closed shadow root where no script of the page gets in, nor
//! WebDriver: so it is reached through the debugging protocol, and used with real clicks and keys.

use super::{Browser, Edge, built};
use serde_json::{Value, json};
use std::time::Duration;

/// How long anything on a page may take.
const PATIENCE: Duration = Duration::from_secs(20);
const STEP: Duration = Duration::from_millis(50);

/// The open panel.
pub struct Panel<'a> {
    browser: &'a Browser,
    frame: Value,
    context: Value,
    edge: String,
}

impl Browser {
    /// Presses the launcher: the middle of the button in the lower right corner.
    pub async fn press_launcher(&self) {
        self.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
        let size = self.eval("[innerWidth, innerHeight]").await;
        self.click_at(size[0].as_f64().unwrap() - 44.0, size[1].as_f64().unwrap() - 44.0).await;
    }

    /// A real click.
    pub async fn click_at(&self, x: f64, y: f64) {
        let event = |kind: &str, count: u8| json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": count });
        self.cdp("Input.dispatchMouseEvent", event("mouseMoved", 0)).await;
        self.cdp("Input.dispatchMouseEvent", event("mousePressed", 1)).await;
        self.cdp("Input.dispatchMouseEvent", event("mouseReleased", 1)).await;
    }

    /// A real key, by its name.
    pub async fn press(&self, key: &str, code: u32) {
        let text = if key == "Enter" { "\r" } else { "" };
        let event = |kind: &str, text: &str| json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text });
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        self.cdp("Input.dispatchKeyEvent", event(down, text)).await;
        self.cdp("Input.dispatchKeyEvent", event("keyUp", "")).await;
    }

    /// The panel of `edge`, as soon as the widget has taken its document over.
    pub async fn panel(&self, edge: &Edge) -> Panel<'_> {
        self.framed(edge, ".hoi-close:not(.hoi-later)").await
    }

    /// What stands in the frame of `edge`, as soon as it has something for `css`.
    pub async fn framed(&self, edge: &Edge, css: &str) -> Panel<'_> {
        let mut panel =
            Panel { browser: self, frame: Value::Null, context: Value::Null, edge: edge.origin.clone() };
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            if panel.find(css).await.is_some() {
                return panel;
            }
            tokio::time::sleep(STEP).await;
        }
        panic!("no panel on the page, which says:\n{}", self.text().await);
    }

    /// Whether a document of `edge` stands anywhere on the page.
    pub async fn has_frame(&self, edge: &Edge) -> bool {
        frame(&self.cdp("Page.getFrameTree", json!({})).await["frameTree"], &edge.origin).is_some()
    }
}

/// The first frame below `tree` that shows something of `origin`.
fn frame(tree: &Value, origin: &str) -> Option<Value> {
    let children = tree["childFrames"].as_array().into_iter().flatten();
    children.into_iter().find_map(|child| {
        let own = child["frame"]["url"].as_str().is_some_and(|url| url.starts_with(origin));
        if own { Some(child["frame"]["id"].clone()) } else { frame(child, origin) }
    })
}

impl<'a> Panel<'a> {
    /// Looks for the frame as it is now; after a reload it is another one, and it may go while it is looked at.
    async fn find(&mut self, css: &str) -> Option<()> {
        let tree = self.browser.cdp("Page.getFrameTree", json!({})).await;
        let id = frame(&tree["frameTree"], &self.edge)?;
        let world = self.browser.try_cdp("Page.createIsolatedWorld", json!({ "frameId": id })).await?;
        self.frame = id;
        self.context = world["executionContextId"].clone();
        let asked = format!("!!document.querySelector({})", json!(css));
        let asked = json!({ "expression": asked, "contextId": self.context, "returnByValue": true });
        let found = self.browser.try_cdp("Runtime.evaluate", asked).await?;
        (found["result"]["value"] == Value::Bool(true)).then_some(())
    }

    /// The value of a JavaScript expression in the frame; of a promise, what it comes to.
    pub async fn eval(&self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "contextId": self.context, "returnByValue": true, "awaitPromise": true });
        self.browser.cdp("Runtime.evaluate", asked).await["result"]["value"].clone()
    }

    /// The same panel, loaded anew. What asks for it is answered before its document goes: nobody would answer afterwards.
    pub async fn reload_frame(self, edge: &Edge) -> Panel<'a> {
        self.eval("document.documentElement.id = 'before', setTimeout(() => location.reload(), 50), 0").await;
        self.browser.framed(edge, ":root:not(#before) .hoi-close:not(.hoi-later)").await
    }

    /// Waits until `expression` is true in the frame.
    pub async fn until(&self, what: &str, expression: &str) {
        let began = std::time::Instant::now();
        while began.elapsed() < PATIENCE {
            if self.eval(expression).await == Value::Bool(true) {
                return;
            }
            tokio::time::sleep(STEP).await;
        }
        panic!("waited for {what}; the panel says:\n{}", self.text().await);
    }

    /// Waits until the panel says `words`.
    pub async fn until_says(&self, words: &str) {
        self.until(&format!("{words:?}"), &format!("document.body.innerText.includes({})", json!(words)))
            .await;
    }

    /// What the panel says.
    pub async fn text(&self) -> String {
        self.eval("document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Types into the composer and sends with Enter.
    pub async fn ask(&self, text: &str) {
        self.click("textarea").await;
        self.browser.cdp("Input.insertText", json!({ "text": text })).await;
        self.browser.press("Enter", 13).await;
    }

    /// A real click on the first element that `css` names.
    pub async fn click(&self, css: &str) {
        let [x, y] = self.spot(css).await;
        self.browser.click_at(x, y).await;
    }

    /// The middle of the first element that `css` names, in the page's view.
    pub async fn spot(&self, css: &str) -> [f64; 2] {
        self.until(css, &format!("!!document.querySelector({})", json!(css))).await;
        let find = format!(
            "(() => {{ const e = document.querySelector({}); e.scrollIntoView({{ block: 'nearest' }}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()",
            json!(css)
        );
        let [x, y] = numbers(&self.eval(&find).await);
        let [left, top] = self.place().await;
        [left + x, top + y]
    }

    /// Where the frame's inside begins on the screen.
    async fn place(&self) -> [f64; 2] {
        let owner = self.browser.cdp("DOM.getFrameOwner", json!({ "frameId": self.frame })).await;
        let node = json!({ "backendNodeId": owner["backendNodeId"] });
        numbers(&self.browser.cdp("DOM.getBoxModel", node).await["model"]["content"])
    }

    /// axe-core finds nothing in the panel.
    pub async fn is_accessible(&self) {
        assert_eq!(self.violations().await, Vec::<String>::new(), "axe-core");
    }

    /// What axe-core finds in the panel.
    pub async fn violations(&self) -> Vec<String> {
        let script = std::fs::read_to_string(built("HOI_AXE")).unwrap();
        self.eval(&format!("{script};0")).await;
        let run = "axe.run(document).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))";
        serde_json::from_value(self.eval(run).await).expect("a list")
    }
}

fn numbers<const N: usize>(value: &Value) -> [f64; N] {
    std::array::from_fn(|i| value[i].as_f64().unwrap_or_else(|| panic!("no number {i} in {value}")))
}
