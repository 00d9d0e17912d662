//! What visitors do with real engines and real keys, in the widget in its frame on a page of another site: what came of it is
//! known by what the agency was asked. Each engine in each browser: what is not there fails here, it is not left out.

use super::{Scene, a_moment, scene};
use fantoccini::elements::Element;
use serde_json::{Value, json};
use tests::{Browser, Engine, Framework, Proxy, Typing, eventually};

/// A page with the tag. WebDriver does not see into closed shadow roots, so here they are open: nothing of ours looks.
const PAGE: &str = "<!doctype html><html lang=vi><meta charset=utf-8><title>Trang</title><p>Xin chào</p><script>\
    const attach = Element.prototype.attachShadow;\
    Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }) };\
    window.guest = () => [...document.body.children].find((each) => each.shadowRoot).shadowRoot;\
    </script><script src='TAG/s/ward/hoi.js'></script></html>";

/// One way to write.
struct Method {
    engine: &'static str,
    /// What is pressed until all is there and the last word is still being composed.
    keys: &'static [&'static str],
    /// What the engine wants for itself to finish that word; Vietnamese ones want nothing: the first Enter sends.
    finish: &'static [&'static str],
    /// What is then sent, which no intent of the ward covers: the agency is asked.
    text: &'static str,
}

/// Telex.
const TELEX: &[&str] = &["m", "e", "o", "f", "space", "n", "h", "a", "f", "space", "t", "o", "o", "i"];

const fn vietnamese(engine: &'static str) -> Method {
    Method { engine, keys: TELEX, finish: &[], text: "mèo nhà tôi" }
}

const IBUS: &[Method] = &[
    vietnamese("Unikey"),
    // A space asks for characters, and Enter takes them.
    Method {
        engine: "anthy", keys: &["n", "i", "h", "o", "n", "space"], finish: &["Return"], text: "日本"
    },
    // A space takes the first of what the letters may mean, Enter takes them as they are.
    Method {
        engine: "libpinyin",
        keys: &["n", "i", "h", "a", "o", "space", "x", "u", "e", "x", "i", "a", "o"],
        finish: &["Return"],
        text: "你好xuexiao",
    },
];
const FCITX: &[Method] = &[vietnamese("unikey"), vietnamese("bamboo")];

#[tokio::test(flavor = "multi_thread")]
async fn chromium_with_ibus() {
    visitors(Engine::Chromium, Framework::Ibus, IBUS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox_with_ibus() {
    visitors(Engine::Firefox, Framework::Ibus, IBUS).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn chromium_with_fcitx() {
    visitors(Engine::Chromium, Framework::Fcitx, FCITX).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox_with_fcitx() {
    visitors(Engine::Firefox, Framework::Fcitx, FCITX).await;
}

async fn visitors(browser: Engine, framework: Framework, methods: &[Method]) {
    let scene = scene().await;
    let engines: Vec<&str> = methods.iter().map(|method| method.engine).collect();
    let typing = Typing::start(framework, &engines);
    let forgets = |method: &Method| browser == Engine::Firefox && !method.finish.is_empty();
    let running = Browser::on(&typing, browser).await;
    for method in methods {
        let mut writer = Writer { scene: &scene, typing: &typing, browser: &running, method };
        writer.typing.choose(method.engine);
        writer.through_the_arrival().await;
        if forgets(method) {
            // Firefox has pinyin and kana give up their word at any press of the mouse, preventable or not: what is seen is lost.
            eprintln!("not tried in Firefox: {}, buttons pressed in the middle of a word", method.engine);
            continue;
        }
        writer.in_the_widget().await;
        if Some(method.engine) == engines.last().copied() {
            writer.in_a_form().await;
        }
    }
}

/// Somebody who writes.
struct Writer<'a> {
    scene: &'a Scene,
    typing: &'a Typing,
    browser: &'a Browser,
    method: &'a Method,
}

const VALUE: &str = "document.getElementById('hoi-text').value";

impl Writer<'_> {
    /// The wasm comes in the middle of a word: no letter is lost or doubled, and the Enter after it sends.
    async fn through_the_arrival(&mut self) {
        // An origin of its own, so that the wasm of it is in no cache.
        let proxy = Proxy::start(&self.scene.edge, false).await;
        proxy.lets_wasm(false);
        self.open(&proxy.origin).await;
        let mark = "(document.getElementById('hoi-text').dataset.first = 1, 0)";
        self.browser.eval(mark).await;
        let (last, begun) = self.method.keys.split_last().unwrap();
        self.compose(begun).await;
        proxy.lets_wasm(true);
        let wasm = "performance.getEntriesByType('resource').some((each) => each.name.endsWith('.wasm') && each.responseEnd > 0)";
        self.until("the wasm", wasm).await;
        a_moment().await;
        let same = "document.getElementById('hoi-text').dataset.first === '1' && !!document.querySelector('form.hoi-composer[action]')";
        assert_eq!(
            self.browser.eval(same).await,
            json!(true),
            "{}: taken over in a word",
            self.method.engine
        );
        self.typing.press(&[last]);
        self.enter("through the arrival").await;
    }

    async fn in_the_widget(&mut self) {
        self.open(&self.scene.edge.origin).await;
        self.browser.widget().await;
        self.top().await;
        self.browser.eval("Hoi.reset(), 0").await;
        self.frame().await;
        self.until("a new conversation", "!!document.querySelector('.hoi-choices button')").await;

        // A press on a choice leaves in the field what is seen there; then Enter sends it.
        let before = self.asked();
        self.click("#hoi-text").await;
        self.compose(self.method.keys).await;
        let seen = self.value().await;
        self.click(".hoi-choices button").await;
        self.until("what was chosen", "document.querySelectorAll('.hoi-from-visitor').length === 1").await;
        self.until("its answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
        assert_eq!(self.value().await, seen, "{}: after a choice", self.method.engine);
        self.click("#hoi-text").await;
        self.typing.press(&["Return"]);
        self.until_asked("after a choice", before, &seen).await;

        // Enter.
        self.compose(self.method.keys).await;
        self.enter("in the widget").await;

        // The button sends what is seen.
        let before = self.asked();
        self.compose(self.method.keys).await;
        let seen = self.value().await;
        self.click(".hoi-send").await;
        self.until_asked("the button", before, &seen).await;
        self.until("an empty field", &format!("{VALUE} === ''")).await;
        let focus = "document.hasFocus() && document.activeElement.id === 'hoi-text'";
        self.until("the focus back", focus).await;
        a_moment().await;
        assert_eq!(self.asked(), before + 1, "{}: sent again", self.method.engine);
    }

    /// The button of a form's page takes along what is seen, too.
    async fn in_a_form(&self) {
        let client = &self.browser.client;
        self.top().await;
        client.goto(&format!("{}/s/ward?lang=vi", self.scene.edge.origin)).await.unwrap();
        self.browser.widget().await;
        self.browser.find("textarea").await.send_keys("làm giấy khai sinh\u{e007}").await.unwrap();
        self.browser.find(".hoi-procedure button.hoi-button").await;
        self.browser.eval("document.querySelector('.hoi-procedure button.hoi-button').click()").await;
        let name = "document.getElementById('f-nguoi-khai')?.value";
        self.until("the form", &format!("{name} === ''")).await;
        self.focus_by_mouse("f-nguoi-khai").await;
        self.typing.press(self.method.keys);
        self.until("a word that is composed", "!!document.querySelector('[data-composing]')").await;
        let seen = self.browser.eval(name).await;
        let go = "document.querySelector('.hoi-question .hoi-go')";
        self.browser.eval(&format!("{go}.scrollIntoView({{ block: 'center' }}), 0")).await;
        let [x, y] = middle(&self.browser.eval(&place(go)).await);
        self.typing.click(x, y);
        let further = "!!document.querySelector('.hoi-problems, [name=page]:not([value=nguoi-khai])')";
        self.until("what else is asked", further).await;
        self.browser.eval("document.querySelector('[value=back]')?.click()").await;
        self.until("the name", &format!("{name} === {seen}")).await;
    }

    /// Enter, when all keys were pressed: the engine's own finishes the word and sends nothing, the visitor's sends, once.
    async fn enter(&self, what: &str) {
        let (engine, text) = (self.method.engine, self.method.text);
        let before = self.asked();
        if !self.method.finish.is_empty() {
            self.typing.press(self.method.finish);
            self.until(
                "the word",
                &format!("!document.querySelector('[data-composing]') && {VALUE} === {}", json!(text)),
            )
            .await;
            a_moment().await;
            assert_eq!(self.asked(), before, "{engine}: its own Enter was taken for the visitor's");
        }
        self.typing.press(&["Return"]);
        self.until_asked(what, before, text).await;
    }

    /// Presses `keys`, and sees that the engine still has part of a word.
    async fn compose(&self, keys: &[&str]) {
        let focus = "document.hasFocus() && document.activeElement.id === 'hoi-text'";
        self.until("the focus", focus).await;
        assert_eq!(self.value().await, "", "{}", self.method.engine);
        self.typing.press(keys);
        self.until("a word that is composed", "!!document.querySelector('[data-composing]')").await;
    }

    fn asked(&self) -> usize {
        self.scene.asked().len()
    }

    /// Waits until the agency was asked `text`, as the only thing since `before`.
    async fn until_asked(&self, what: &str, before: usize, text: &str) {
        let what = format!("{}: {what}", self.method.engine);
        eventually(&what, || self.asked() > before).await;
        assert_eq!(self.scene.asked()[before..], [json!(text)], "{what}");
    }

    async fn value(&self) -> String {
        self.browser.eval(VALUE).await.as_str().unwrap().to_owned()
    }

    async fn until(&self, what: &str, script: &str) {
        self.browser.until(&format!("{}: {what}", self.method.engine), script).await;
    }

    /// Opens the panel of `origin` on the page by the mouse, and goes into the field.
    async fn open(&self, origin: &str) {
        let name = origin.rsplit(':').next().unwrap();
        let page = self.scene.host.page(&format!("typed-{name}"), "", &PAGE.replace("TAG", origin));
        self.top().await;
        self.browser.client.goto(&page).await.unwrap();
        self.until("the launcher", "!!(window.Hoi && Hoi.version && guest().querySelector('.b'))").await;
        let [x, y] = middle(&self.browser.eval(&place("guest().querySelector('.b')")).await);
        self.typing.click(x, y);
        self.until("the frame", "!!guest().querySelector('iframe')").await;
        self.frame().await;
        self.until("the field", "!!document.getElementById('hoi-text')").await;
        self.click("#hoi-text").await;
    }

    async fn top(&self) {
        self.browser.client.enter_parent_frame().await.unwrap();
    }

    async fn frame(&self) {
        self.top().await;
        let found =
            self.browser.client.execute("return guest().querySelector('iframe')", vec![]).await.unwrap();
        let id = found.as_object().and_then(|found| found.values().next()?.as_str()).unwrap().to_owned();
        Element::from_element_id(self.browser.client.clone(), id.into()).enter_frame().await.unwrap();
    }

    /// Puts the caret into the page's field `id` by the mouse. A page that is still being laid out may have moved under the
    /// pointer: then it is pressed again where the field is now, as anybody would.
    async fn focus_by_mouse(&self, id: &str) {
        self.until("the page", "document.readyState === 'complete'").await;
        let focused = format!("document.hasFocus() && document.activeElement.id === '{id}'");
        for _ in 0..3 {
            let [x, y] =
                middle(&self.browser.eval(&place(&format!("document.getElementById('{id}')"))).await);
            self.typing.click(x, y);
            a_moment().await;
            if self.browser.eval(&focused).await == json!(true) {
                return;
            }
        }
        self.until("the focus", &focused).await;
    }

    /// Presses the mouse's button on what `css` names in the frame.
    async fn click(&self, css: &str) {
        let quoted = json!(css);
        self.until(css, &format!("!!document.querySelector({quoted})")).await;
        let scroll = format!("document.querySelector({quoted}).scrollIntoView({{ block: 'nearest' }}), 0");
        self.browser.eval(&scroll).await;
        let inside = format!(
            "(() => {{ const r = document.querySelector({quoted}).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        );
        let inside = numbers(&self.browser.eval(&inside).await);
        self.top().await;
        let frame = numbers(&self.browser.eval(&place("guest().querySelector('iframe')")).await);
        self.frame().await;
        self.typing.click(frame[0] + inside[0], frame[1] + inside[1]);
    }
}

/// Where something of the page is on the screen, by a script: left, top, width, height.
fn place(found: &str) -> String {
    format!(
        "(() => {{ const r = {found}.getBoundingClientRect(); \
         return [(window.mozInnerScreenX ?? screenX) + r.x, \
         (window.mozInnerScreenY ?? screenY + outerHeight - innerHeight) + r.y, r.width, r.height]; }})()"
    )
}

fn numbers(found: &Value) -> Vec<f64> {
    found.as_array().unwrap().iter().map(|each| each.as_f64().unwrap()).collect()
}

fn middle(found: &Value) -> [f64; 2] {
    let found = numbers(found);
    [found[0] + found[2] / 2.0, found[1] + found[3] / 2.0]
}
