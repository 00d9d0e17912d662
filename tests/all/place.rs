//! Where launcher and panel are, whatever the page does: to its boxes, at the bottom of the window, with windows of its own. In Chromium
//! and in Firefox, by nothing but what a visitor's pointer meets.

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use serde_json::{Value, json};
use std::time::Duration;
use tests::{Browser, Edge, EdgeOptions, Engine, Host};

/// Every page of these: it remembers who stands in a closed tree, so that a pointer's finds can be told from others.
const PAGE: &str = "<!doctype html><html lang=vi><head><meta charset=utf-8><title>Trang</title>\
    <meta name=viewport content='width=device-width'><style>body { margin: 0 }</style>HEAD<script>\
    const attach = Element.prototype.attachShadow; Element.prototype.attachShadow = function (how) {\
      if (how.mode === 'closed' && !this.id) window.guest = this; return attach.call(this, how) };\
    window.at = (x, y) => { let each = document; for (let tree = each; tree; tree = each && each.shadowRoot) {\
      const inner = tree.elementFromPoint(x, y); if (inner === each) break; each = inner } return each === guest };\
    window.box = () => { let box = null, step = innerWidth > 500 ? 6 : 4; for (let y = 2; y < innerHeight; y += step) for (let x = 2; x < innerWidth; x += step) if (at(x, y))\
      box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y]; return box };\
    window.covers = (css) => [...document.querySelectorAll(css)].some((each) => { const [l, t, r, b] = box(), o = each.getBoundingClientRect();\
      return l < o.right && r > o.left && t < o.bottom && b > o.top });\
    </script></head><body><h1>Trang</h1>BODY<p style='height: 3000px'>Dài</p>LAST\
    <script async src='EDGE/s/ward/hoi.js' TAG></script></body></html>";

struct Scene {
    edge: Edge,
    host: Host,
    browser: Browser,
}

async fn scene(engine: Engine) -> Scene {
    let host = Host::start().await;
    let edge = Edge::start(&EdgeOptions { host: host.origin.clone(), ..EdgeOptions::default() });
    host.shows(&edge);
    let browser = Browser::of(engine, 1400, 1000).await;
    Scene { edge, host, browser }
}

/// What a page has besides the tag.
#[derive(Default, Clone, Copy)]
struct Parts {
    head: &'static str,
    body: &'static str,
    last: &'static str,
    tag: &'static str,
}

impl Scene {
    /// Opens a page in a view of that size: in a frame, since no window of Firefox is as narrow as a phone.
    async fn open(&self, (width, height): (u32, u32), parts: Parts) {
        let html = PAGE.replace("HEAD", parts.head).replace("BODY", parts.body);
        let url = self.host.page("inner", "", &html.replace("LAST", parts.last).replace("TAG", parts.tag));
        let view = format!(
            "<!doctype html><style>* {{ margin: 0; border: 0 }}</style><iframe src='{url}' width={width} height={height}></iframe>"
        );
        self.browser.client.goto(&self.host.page("view", "", &view)).await.unwrap();
        self.browser.client.enter_frame(0).await.unwrap();
        self.until("the launcher", "!!(window.Hoi && Hoi.version) && !!box()").await;
    }

    async fn until(&self, what: &str, script: &str) {
        for _ in 0..100 {
            if self.browser.eval(script).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let seen = self.browser.eval("[box(), innerWidth, innerHeight, guest.parentNode.nodeName]").await;
        panic!("waited 10 s for {what}: {script}; launcher and panel are at {seen}");
    }

    async fn run(&self, script: &str) {
        self.browser.client.execute(script, vec![]).await.unwrap();
    }

    async fn seen(&self) -> [i64; 4] {
        let found = self.browser.eval("box()").await;
        std::array::from_fn(|i| {
            found[i].as_i64().unwrap_or_else(|| panic!("nothing of ours to be seen: {found}"))
        })
    }

    /// A real press on the middle of what is ours.
    async fn press(&self) {
        let [left, top, right, bottom] = self.seen().await;
        let (x, y) = ((left + right) / 2, (top + bottom) / 2);
        let press = MouseActions::new("mouse".into())
            .then(PointerAction::MoveTo { duration: None, x: x as f64, y: y as f64 })
            .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
        self.browser.client.perform_actions(press).await.unwrap();
    }
}

/// In the corner, 16 px from both edges, as near as can be seen; a scroll bar may stand between.
const IN_THE_CORNER: &str =
    "(([l, t, r, b]) => innerWidth - r < 40 && innerHeight - b < 26 && innerHeight - b > 14)(box())";
/// In the window, and no higher than its middle.
const IN_THE_LOWER_HALF: &str = "(([l, t, r, b]) => l > 4 && r < innerWidth - 4 && b < innerHeight - 4 && (t + b) / 2 >= innerHeight / 2 - 4)(box())";
/// The panel with all four sides, and room to read in.
const PANEL_IN_THE_WINDOW: &str =
    "(([l, t, r, b]) => r - l > 250 && b - t > 300 && l >= 0 && t > 4 && at(r - 30, t + 30))(box())";

/// What pages keep at the bottom, and what of it must stay free.
const KEPT: &[(&str, Parts, &str)] = &[
    (
        "a bar of tabs",
        Parts {
            body: "<nav class=kept style='position: fixed; inset: auto 0 0; height: 56px; background: #ddd'><a href=#>Trang chủ</a></nav>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a banner",
        Parts {
            body: "<div class=kept role=dialog style='position: fixed; inset: auto 0 0; padding: 12px; background: #333; color: #fff'><p>Trang này dùng cookie để ghi nhớ lựa chọn của bạn.</p><button style='width: 100%; height: 44px'>Đồng ý</button><button style='width: 100%; height: 44px'>Từ chối</button></div>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a banner whose box takes no presses",
        Parts {
            body: "<div style='position: fixed; inset: 0; pointer-events: none'><div class=kept style='position: absolute; inset: auto 8px 8px; height: 96px; background: #fcc; pointer-events: auto'>Cookie <button>Đồng ý</button></div></div>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a high banner",
        Parts {
            body: "<div style='position: fixed; inset: auto 0 0; height: 70%; background: #eee'><p>Cookie</p><button class=kept style='position: absolute; inset: auto 12px 12px; height: 44px'>Đồng ý</button><button class=kept style='position: absolute; inset: auto 12px 68px; height: 44px'>Từ chối</button></div>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "another chat",
        Parts {
            body: "<a class=kept href=# style='position: fixed; right: 16px; bottom: 16px; width: 60px; height: 60px; background: #09f'>Z</a>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "two others, one over the other",
        Parts {
            body: "<a class=kept href=# style='position: fixed; right: 16px; bottom: 16px; width: 56px; height: 56px; background: #09f'>Z</a><a class=kept href=# style='position: fixed; right: 16px; bottom: 84px; width: 56px; height: 56px; background: #06f'>M</a>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a high strip on our side",
        Parts {
            body: "<div class=kept style='position: fixed; right: 0; bottom: 0; width: 64px; height: 70%; background: #fc0'><button style='height: 100%'>Góp ý</button></div>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a footer that sticks",
        Parts {
            last: "<footer class=kept style='position: sticky; bottom: 0; height: 60px; background: #fc0'>Chân trang</footer>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a popover",
        Parts {
            body: "<div popover=manual class=kept style='inset: auto 0 0 0; width: auto; height: 80px; margin: 0; box-sizing: border-box'>Mới <button>Đóng</button></div><script>document.querySelector('[popover]').showPopover()</script>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a banner in an open tree",
        Parts {
            body: "<div id=tree><template shadowrootmode=open><div style='position: fixed; inset: auto 0 0; height: 120px; background: #ccc'><button>Đồng ý</button></div></template></div><div class=kept style='position: fixed; inset: auto 0 0; height: 120px; pointer-events: none'></div>",
            ..NOTHING
        },
        ".kept",
    ),
    (
        "a banner in a closed tree",
        Parts {
            body: "<div id=tree><template shadowrootmode=closed><div style='position: fixed; inset: auto 0 0; height: 120px; background: #ccc'><button>Đồng ý</button></div></template></div><div class=kept style='position: fixed; inset: auto 0 0; height: 120px; pointer-events: none'></div>",
            ..NOTHING
        },
        ".kept",
    ),
];

const NOTHING: Parts = Parts { head: "", body: "", last: "", tag: "" };

async fn stand_beside_what_is_kept(engine: Engine) {
    let scene = scene(engine).await;
    for size in [(320, 568), (360, 640), (768, 900), (1280, 800)] {
        // What tells the widths apart is the first few; the others are about how a page keeps something.
        let kinds = if matches!(size.0, 360 | 1280) { KEPT } else { &KEPT[..4] };
        for (name, parts, kept) in kinds {
            scene.open(size, *parts).await;
            let free = format!("!covers('{kept}')");
            scene.until(&format!("{name} at {size:?} to be free"), &free).await;
            scene.until(&format!("{name} at {size:?}"), IN_THE_LOWER_HALF).await;
            let [left, top, right, bottom] = scene.seen().await;
            if size.0 < 480 {
                assert!(
                    (36..60).contains(&(right - left)) && (36..60).contains(&(bottom - top)),
                    "a bubble: {name} at {size:?}"
                );
            }
            if size.0 == 360 {
                scene.browser.picture(&format!("kept-{engine:?}-{}", name.replace(' ', "-"))).await;
            }
            if size.0 == 1280 {
                scene.press().await;
                scene.until(&format!("the panel over {name}"), PANEL_IN_THE_WINDOW).await;
                scene.browser.picture(&format!("kept-open-{engine:?}-{}", name.replace(' ', "-"))).await;
                scene.run("Hoi.close()").await;
            }
            scene.run("document.querySelectorAll('.kept, #tree').forEach((each) => (each.parentNode === document.body ? each : each.parentNode).remove())").await;
            scene.until(&format!("the corner again, without {name} at {size:?}"), IN_THE_CORNER).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_what_the_page_keeps_in_chromium() {
    stand_beside_what_is_kept(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_what_the_page_keeps_in_firefox() {
    stand_beside_what_is_kept(Engine::Firefox).await;
}

/// What pages do to their boxes. None of it is ours.
const BOXES: &[&str] = &[
    "body { filter: grayscale(1) }",
    "html { filter: grayscale(1) }",
    "body { transform: scale(.9) }",
    "html { transform: translateY(10px) }",
    "body { perspective: 500px; will-change: transform }",
    "body { contain: strict }",
    "html { contain: strict }",
    "body { backdrop-filter: blur(2px); container-type: size }",
    "body { position: relative; overflow: hidden; height: 200px }",
    "body { clip-path: inset(0 0 50% 0) }",
    "body { zoom: 1.5 }",
    "html { zoom: 1.25 } body { zoom: 1.2 }",
    "body { zoom: .5 }",
];

async fn stay_in_the_window(engine: Engine) {
    let scene = scene(engine).await;
    for size in [(360, 640), (1280, 800)] {
        for css in BOXES {
            let head = css.to_string();
            scene.open(size, NOTHING).await;
            // It comes late, as a toolbar for accessibility puts it there.
            scene.run(&format!("document.head.append(Object.assign(document.createElement('style'), {{ textContent: {} }}))", json!(head))).await;
            scene.run("document.body.dataset.changed = 1; scrollTo(0, 700)").await;
            tokio::time::sleep(Duration::from_millis(400)).await;
            scene.until(css, IN_THE_CORNER).await;
            scene.press().await;
            let whole = if size.0 > 480 {
                PANEL_IN_THE_WINDOW
            } else {
                "at(4, 4) && at(innerWidth - 24, 24) && at(20, innerHeight - 4)"
            };
            scene.until(&format!("the panel: {css} at {size:?}"), whole).await;
            scene.run("Hoi.close()").await;
            scene.until(&format!("the launcher again: {css}"), IN_THE_CORNER).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_window_whatever_the_page_does_in_chromium() {
    stay_in_the_window(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_window_whatever_the_page_does_in_firefox() {
    stay_in_the_window(Engine::Firefox).await;
}

/// Windows of the page's own, how each opens and closes.
const WINDOWS: &[(&str, &str, &str, &str)] = &[
    (
        "a modal window",
        "<dialog id=d><button id=ask data-hoi-ask>Hỏi</button></dialog>",
        "d.showModal()",
        "d.close()",
    ),
    (
        "one in another",
        "<dialog id=o><p>Ngoài</p><dialog id=d>Trong</dialog></dialog>",
        "o.showModal(), d.showModal()",
        "d.close(), o.close()",
    ),
    (
        "one in an open tree",
        "<div id=t><template shadowrootmode=open><dialog>x</dialog></template></div>",
        "t.shadowRoot.querySelector('dialog').showModal()",
        "t.shadowRoot.querySelector('dialog').close(), document.body.dataset.x = 1",
    ),
    ("a body that is shut", "", "document.body.inert = true", "document.body.inert = false"),
];

async fn answer_in_windows_of_the_page(engine: Engine) {
    let scene = scene(engine).await;
    for (name, body, opens, closes) in WINDOWS {
        scene.open((1280, 800), Parts { body, ..NOTHING }).await;
        scene.run(opens).await;
        scene.until(&format!("the launcher beside {name}"), IN_THE_CORNER).await;
        scene.press().await;
        scene.until(&format!("the panel beside {name}"), PANEL_IN_THE_WINDOW).await;
        scene.run("Hoi.close()").await;
        scene.run(closes).await;
        scene.until(&format!("the launcher after {name}"), "guest.parentNode === document.body").await;
        scene.until(&format!("the launcher after {name}"), IN_THE_CORNER).await;
    }
    // A button in the window asks; on a phone, too.
    for size in [(360, 640), (1280, 800)] {
        scene.open(size, Parts { body: WINDOWS[0].1, ..NOTHING }).await;
        scene.run("d.showModal(); ask.click()").await;
        scene
            .until(
                "the panel in the window",
                "guest.parentNode === d && at(innerWidth - 60, innerHeight - 140)",
            )
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_windows_of_the_page_in_chromium() {
    answer_in_windows_of_the_page(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_windows_of_the_page_in_firefox() {
    answer_in_windows_of_the_page(Engine::Firefox).await;
}

/// A page that writes itself anew, with the tag in it and without.
async fn stand_on_a_page_written_anew(engine: Engine) {
    let scene = scene(engine).await;
    for tag in [true, false] {
        scene.open((1280, 800), NOTHING).await;
        let script = if tag {
            format!("<script async src=\"{}/s/ward/hoi.js\"><\\/script>", scene.edge.origin)
        } else {
            String::new()
        };
        scene.run("window.said = []; console.warn = (line) => said.push(line); window.first = guest").await;
        scene.run(&format!("document.open(); document.write('<!doctype html><html><body><h1>Mới</h1><p style=\"height: 2000px\"></p>{script}</body></html>'); document.close()")).await;
        if tag {
            scene.until("a new launcher", "guest !== first && !first.isConnected").await;
        }
        scene.until("the launcher", IN_THE_CORNER).await;
        scene.press().await;
        scene.until("the panel", PANEL_IN_THE_WINDOW).await;
        scene.run("Hoi.close()").await;
        scene.until("the launcher alone", IN_THE_CORNER).await;
        assert_eq!(
            scene.browser.eval("[said, document.querySelectorAll('[popover]').length]").await,
            json!([[], 1])
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_page_written_anew_in_chromium() {
    stand_on_a_page_written_anew(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_page_written_anew_in_firefox() {
    stand_on_a_page_written_anew(Engine::Firefox).await;
}

/// What a page says or shows of its colours, on a system that is light.
const COLOURS: &[(&str, &str, &str)] = &[
    ("", "", "auto"),
    ("<meta name=color-scheme content=dark>", "", "dark"),
    ("<style>:root { color-scheme: only dark }</style>", "", "dark"),
    ("<style>:root { color-scheme: light }</style>", "", "light"),
    ("<style>body { background: #111; color: #eee }</style>", "", "dark"),
    ("<style>html { background: oklch(0.2 0.03 260) }</style>", "", "dark"),
    ("<style>body { background: #fff }</style>", "", "light"),
    ("", "<main style='background: #102030; min-height: 100vh'>Trang</main>", "dark"),
    (
        "<style>body { background: #036 }</style>",
        "<main style='background: #fff; width: 80%; min-height: 100vh'>Trang</main>",
        "light",
    ),
    (
        "<style>.dark body { background: #111 }</style><script>setTimeout(() => document.documentElement.classList.add('dark'), 300)</script>",
        "",
        "dark",
    ),
];

async fn wear_the_pages_colours(engine: Engine) {
    let scene = scene(engine).await;
    for (head, body, scheme) in COLOURS {
        scene.open((1280, 800), Parts { head, body, ..NOTHING }).await;
        tokio::time::sleep(Duration::from_millis(1000)).await;
        scene.run("Hoi.open()").await;
        let asked = "performance.getEntriesByType('resource').map((each) => each.name).find((name) => name.includes('/frame?'))";
        scene.until("the frame", &format!("!!{asked}")).await;
        let url = scene.browser.eval(asked).await;
        assert!(url.as_str().unwrap().contains(&format!("scheme={scheme}")), "{head}{body}: {url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_pages_colours_in_chromium() {
    wear_the_pages_colours(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_pages_colours_in_firefox() {
    wear_the_pages_colours(Engine::Firefox).await;
}

/// The open panel follows a page that changes, and a field that is written in stays free.
#[tokio::test(flavor = "multi_thread")]
async fn what_changes_is_followed() {
    let scene = scene(Engine::Chromium).await;
    scene.open((1280, 800), NOTHING).await;
    scene.run("Hoi.open()").await;
    let panel = scene.browser.panel(&scene.edge).await;
    scene.run("document.documentElement.style.background = '#111'").await;
    panel.until("dark", "document.documentElement.dataset.scheme === 'dark'").await;
    scene.run("document.documentElement.style.background = '#eee'").await;
    panel.until("light", "document.documentElement.dataset.scheme === 'light'").await;
    let field = "<input id=f style='position: absolute; top: 590px; left: 20px; width: 280px; height: 40px'>";
    scene.open((360, 640), Parts { body: field, ..NOTHING }).await;
    scene.run("f.focus()").await;
    scene.until("the field to be free", "!covers('#f')").await;
    scene.run("f.blur()").await;
    scene.until("the corner again", IN_THE_CORNER).await;
    let kept = Parts { body: KEPT[0].1.body, tag: "data-aside=off", ..NOTHING };
    scene.open((360, 640), kept).await;
    tokio::time::sleep(Duration::from_millis(1000)).await;
    assert_eq!(scene.browser.eval(IN_THE_CORNER).await, Value::Bool(true), "it was told to stay");
}
