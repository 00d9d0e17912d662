//! The chat as people see it, on every kind of screen. Each scene must fit and satisfy axe-core, and leaves its picture
//! in `target/pictures`: to be looked at, because no test sees ugliness.

use serde_json::{Value, json};
use std::fs;
use tests::{Agency, Browser, Edge, EdgeOptions, Host, root};

/// How a scene differs from the usual.
struct Look {
    name: &'static str,
    page: &'static str,
    size: (u32, u32),
    /// Media features, as the debugging protocol emulates them.
    media: &'static [(&'static str, &'static str)],
}

const LOOKS: &[Look] = &[
    Look { name: "desktop", page: "index.html", size: (1280, 860), media: &[] },
    Look {
        name: "desktop-dark",
        page: "index.html",
        size: (1280, 860),
        media: &[("prefers-color-scheme", "dark")],
    },
    Look {
        name: "forced-colours",
        page: "index.html",
        size: (1280, 860),
        media: &[("forced-colors", "active")],
    },
    Look { name: "phone", page: "index.html", size: (390, 844), media: &[] },
    Look { name: "narrow", page: "index.html", size: (320, 568), media: &[] },
    // A window of 1280 × 1024 at 400 %.
    Look { name: "zoom-400", page: "index.html", size: (320, 256), media: &[] },
];

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_shows_all_of_it() {
    let agency = Agency::start(&[]);
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions {
        agency: agency.url.clone(),
        host: host.origin.clone(),
        ..EdgeOptions::default()
    });
    host.shows(&edge);
    fs::create_dir_all(root().join("target/pictures")).unwrap();
    let browser = Browser::start(1280, 900).await;
    for look in LOOKS {
        scene(look, &browser, &edge, &host).await;
    }
}

async fn scene(look: &Look, browser: &Browser, edge: &Edge, host: &Host) {
    let phone = look.size.0 < 500 && look.size.1 > 400;
    browser.screen(look.size.0, look.size.1, phone).await;
    let features: Vec<Value> =
        look.media.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    browser.client.goto(&format!("{}/ward/{}", host.origin, look.page)).await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.picture(&format!("{}-closed", look.name)).await;
    browser.press_launcher().await;
    let panel = browser.panel(edge).await;
    // Each scene begins anew: what was said in the one before is still kept.
    panel.eval("localStorage.clear()").await;
    browser.client.refresh().await.unwrap();
    browser.until("the launcher", "!!window.Hoi && Hoi.version === 1").await;
    browser.press_launcher().await;
    let panel = browser.panel(edge).await;
    browser.picture(&format!("{}-open", look.name)).await;
    panel.ask("lam giay khai sinh cho con can gi").await;
    panel.until("the procedure's card", "!!document.querySelector('.hoi-procedure')").await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    browser.picture(&format!("{}-answer", look.name)).await;
    let wide = "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute').map(e => e.className)";
    assert_eq!(panel.eval(wide).await, json!([]), "{}: wider than the screen", look.name);
    assert_eq!(
        panel.eval("document.documentElement.scrollWidth <= innerWidth").await,
        json!(true),
        "{}",
        look.name
    );
    let begins = "(() => { const q = [...document.querySelectorAll('.hoi-from-visitor')].at(-1).getBoundingClientRect(); \
                  const h = document.querySelector('.hoi-header').getBoundingClientRect(); \
                  return q.bottom > Math.max(0, innerHeight < 420 ? 0 : h.bottom) && q.top < innerHeight; })()";
    assert_eq!(
        panel.eval(begins).await,
        json!(true),
        "{}: a long answer is not shown from its beginning",
        look.name
    );
    // Links inside of a sentence are as small as its text (WCAG 2.5.8 lets them); everything else is not.
    let small = "[...document.querySelectorAll('button, summary, textarea, a:not(.hoi-link)')].filter((e) => e.checkVisibility()) \
                 .map((e) => [e.className, e.getBoundingClientRect()]).filter(([, r]) => Math.min(r.width, r.height) < 24).map(([name]) => name)";
    assert_eq!(panel.eval(small).await, json!([]), "{}: too small to hit", look.name);
    panel.is_accessible().await;
    panel.ask("con mèo nhà tôi thích nghe nhạc cổ điển").await;
    panel.until_says("mô hình ngôn ngữ").await;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    browser.picture(&format!("{}-forwarded", look.name)).await;
}
