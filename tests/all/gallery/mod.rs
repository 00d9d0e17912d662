//! Every state of the chat, of the pages beside it and of the pages for the people behind it: a picture in every theme,
//! width and language, and what axe-core and a ruler say of each. `cargo xtask gallery` takes all pictures; the usual
//! tests go through the same list on one screen.

mod stage;
mod states;

use fantoccini::Locator;
use serde_json::json;
use stage::Stage;
use states::{STATES, State};
use std::{fs, path::PathBuf};
use tests::root;

/// Media features as the debugging protocol emulates them.
struct Theme {
    name: &'static str,
    media: (&'static str, &'static str),
}

const THEMES: &[Theme] = &[
    Theme { name: "light", media: ("prefers-color-scheme", "light") },
    Theme { name: "dark", media: ("prefers-color-scheme", "dark") },
    Theme { name: "forced", media: ("forced-colors", "active") },
];

struct Size {
    name: &'static str,
    width: u32,
    height: u32,
}

const SIZES: &[Size] = &[
    Size { name: "1280", width: 1280, height: 860 },
    PHONE,
    // A window of 1280 × 1024 at 400 %.
    Size { name: "400-percent", width: 320, height: 256 },
];
const PHONE: Size = Size { name: "320", width: 320, height: 568 };

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes seven minutes; `cargo xtask gallery` runs it"]
async fn gallery() {
    let folder = root().join("target/gallery");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let walk = Walk { folder, themes: THEMES, sizes: SIZES };
    walk.through(&["vi", "en", "ar"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_on_a_phone() {
    let walk =
        Walk { folder: root().join("target/pictures"), themes: THEMES.get(..1).unwrap(), sizes: &[PHONE] };
    walk.through(&["vi"]).await;
}

/// One way through the list.
struct Walk {
    folder: PathBuf,
    themes: &'static [Theme],
    sizes: &'static [Size],
}

impl Walk {
    /// Every state once a language, seen in each theme and size. Whoever works on one names it in `HOI_STATE`.
    async fn through(&self, languages: &[&'static str]) {
        fs::create_dir_all(&self.folder).unwrap();
        let only = std::env::var("HOI_STATE").unwrap_or_default();
        let mut stage = Stage::set().await;
        let mut found = Vec::new();
        for lang in languages {
            for (at, state) in STATES.iter().enumerate().filter(|(_, state)| state.is_in(lang)) {
                if !state.name.contains(&only) {
                    continue;
                }
                stage.reach(state, lang).await;
                found.extend(self.look(&stage, at, state, lang).await);
                stage.clear(state).await;
            }
        }
        assert!(found.is_empty(), "{} things to mend:\n{}", found.len(), found.join("\n"));
    }

    async fn look(&self, stage: &Stage, at: usize, state: &State, lang: &str) -> Vec<String> {
        let mut found = Vec::new();
        for theme in self.themes {
            let (name, value) = theme.media;
            let features = json!({ "features": [{ "name": name, "value": value }] });
            stage.browser.cdp("Emulation.setEmulatedMedia", features).await;
            for size in self.sizes {
                let scene = format!("{:02}-{}--{}--{}--{lang}", at + 1, state.name, theme.name, size.name);
                stage.browser.screen(size.width, size.height, size.width < 500).await;
                let seen = stage.seen(state).await;
                seen.eval(&state.brings_into_view()).await;
                tokio::time::sleep(std::time::Duration::from_millis(120)).await;
                let png = self.picture(stage, size).await;
                fs::write(self.folder.join(format!("{scene}.png")), png).unwrap();
                // What is wrong at one width is wrong in every colour, and the other way round.
                if theme.name == "light" || size.name == PHONE.name {
                    let mut wrong = [seen.violations().await, seen.overflows().await].concat();
                    // It compares the system's text with the grounds that the system has taken away.
                    wrong.retain(|each| theme.name != "forced" || !each.starts_with("color-contrast"));
                    found.extend(wrong.into_iter().map(|each| format!("{scene}: {each}")));
                }
            }
        }
        found
    }

    /// The screen; of a page that is longer, except at 400 %, all of it.
    async fn picture(&self, stage: &Stage, size: &Size) -> Vec<u8> {
        let browser = &stage.browser;
        let height = browser.eval("document.documentElement.scrollHeight").await.as_u64().unwrap_or_default();
        let longer = height > u64::from(size.height) && size.height > 300;
        let framed = browser.client.find(Locator::Css("script[src$='/hoi.js']")).await.is_ok();
        if !longer || framed {
            return browser.client.screenshot().await.unwrap();
        }
        browser.screen(size.width, height.min(3000) as u32, size.width < 500).await;
        browser.client.screenshot().await.unwrap()
    }
}
