//! Pictures of every state in every theme, width and language, for `cargo xtask gallery`. They are for eyes: what can be
//! tested is tested elsewhere. Not part of the usual tests, as it takes minutes.

use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use tests::{Agency, Browser, Edge, EdgeOptions, Host, Panel, root};

const THEMES: &[(&str, &[(&str, &str)])] = &[
    ("light", &[("prefers-color-scheme", "light")]),
    ("dark", &[("prefers-color-scheme", "dark")]),
    ("forced", &[("forced-colors", "active")]),
];
const SIZES: &[(&str, u32, u32)] =
    &[("1280", 1280, 860), ("390", 390, 844), ("320", 320, 568), ("400-percent", 320, 256)];
/// A language with what is asked in it: something known, something unknown.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("vi", "lam giay khai sinh cho con can gi", "con mèo nhà tôi thích nghe nhạc cổ điển"),
    ("en", "how do I register a birth", "my cat enjoys classical music"),
    ("ar", "giờ làm việc", "con mèo nhà tôi thích nghe nhạc cổ điển"),
];

fn folder() -> PathBuf {
    root().join("target/gallery")
}

/// Where the pictures of one walk go.
struct Walk<'a> {
    browser: &'a Browser,
    /// `dark--390--vi`.
    name: String,
}

impl Walk<'_> {
    async fn picture(&self, state: &str) {
        tokio::time::sleep(std::time::Duration::from_millis(250)).await;
        let png = self.browser.client.screenshot().await.unwrap();
        fs::write(folder().join(format!("{state}--{}.png", self.name)), png).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask gallery` runs it"]
async fn gallery() {
    if folder().exists() {
        fs::remove_dir_all(folder()).unwrap();
    }
    fs::create_dir_all(folder()).unwrap();
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let notice = "[notice]\nvi = \"Bão số 5: Trung tâm nghỉ chiều nay.\"\nen = \"Storm: closed this afternoon.\"\n\n[greeting]\n";
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        host: host.origin.clone(),
        edits: vec![("[greeting]\n".into(), notice.into())],
        ..EdgeOptions::default()
    });
    host.shows(&edge);
    let browser = Browser::start(1280, 900).await;
    for (theme, media) in THEMES {
        let features: Vec<Value> =
            media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        for (size, width, height) in SIZES {
            browser.screen(*width, *height, *width < 500).await;
            for language in LANGUAGES {
                let walk = Walk { browser: &browser, name: format!("{theme}--{size}--{}", language.0) };
                walk_through(&walk, &edge, &host, language).await;
            }
        }
    }
}

async fn walk_through(walk: &Walk<'_>, edge: &Edge, host: &Host, language: &(&str, &str, &str)) {
    let (lang, known, unknown) = language;
    let browser = walk.browser;
    browser.client.goto(&format!("{}/ward/index.html", host.origin)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.eval(&format!("(Hoi.setLocale('{lang}'), Hoi.open())")).await;
    let panel = browser.panel(edge).await;
    panel.eval("localStorage.clear()").await;
    browser.client.refresh().await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.eval(&format!("Hoi.setLocale('{lang}')")).await;
    walk.picture("1-closed").await;
    browser.eval("Hoi.open()").await;
    let panel = browser.panel(edge).await;
    walk.picture("2-start").await;
    said(&panel, known, 2).await;
    walk.picture("3-answer").await;
    panel.eval("document.querySelectorAll('.hoi-menu')[0].open = true").await;
    walk.picture("4-contact").await;
    panel.eval("document.querySelectorAll('.hoi-menu')[0].open = false").await;
    panel.eval("document.querySelectorAll('.hoi-menu')[1].open = true").await;
    panel.until("the menu", "!!document.querySelector('.hoi-larger')").await;
    walk.picture("5-display").await;
    panel.eval("document.querySelectorAll('.hoi-menu')[1].open = false").await;
    said(&panel, unknown, 3).await;
    panel.until("the agency's end", "!document.querySelector('.hoi-stop')").await;
    walk.picture("6-agency").await;
    panel.click(".hoi-over").await;
    walk.picture("7-asked-back").await;
    panel.eval("document.querySelector('.hoi-bar button:last-child').click()").await;
    panel.eval("document.querySelector('.hoi-switch').click()").await;
    walk.picture("8-simple").await;
}

/// Asks, and waits for so many messages of others.
async fn said(panel: &Panel<'_>, text: &str, count: usize) {
    panel.ask(text).await;
    let others = "document.querySelectorAll('.hoi-message:not(.hoi-from-visitor)').length";
    panel.until("an answer", &format!("{others} >= {count}")).await;
}
