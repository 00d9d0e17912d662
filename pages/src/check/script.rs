//! What `Hoi.check()` is given in the page itself. The page's own checks are in `widget/parts/self_check.js`.

use i18n::{Lang, Msg};
use serde::Serialize;
use site::Settings;
use std::collections::BTreeMap;
use wire::Launcher;

/// What the built script holds once, where the edge's knowledge belongs.
const PLACE: &str = "__HOI_SITE__";

/// What the edge knows of the site and of the asking page.
#[derive(Serialize)]
struct CheckContext<'a> {
    edge: &'a str,
    site: &'a str,
    origin: Option<&'a str>,
    listed: bool,
    launcher: Launcher,
    /// Whether an operator has switched the chat off.
    off: bool,
    /// What a socket is opened with.
    protocol: &'static str,
    /// Where the checks themselves lie.
    self_check: String,
    /// What is said of each finding, by its code; `good` if there is none.
    words: BTreeMap<&'static str, Sentence>,
}

/// A sentence in the languages that scripts may count on, and in the site's own.
#[derive(Serialize)]
struct Sentence {
    vi: String,
    en: String,
    #[serde(flatten)]
    own: BTreeMap<&'static str, String>,
}

/// Who asks for the script, and how it stands with the site meanwhile.
#[derive(Debug, Clone, Copy)]
pub struct AskingPage<'a> {
    /// The edge's own origin.
    pub edge: &'a str,
    /// The page's origin, where its browser says it.
    pub from: Option<&'a str>,
    /// Whether an operator has switched the chat off.
    pub off: bool,
    /// The path of the checks themselves.
    pub self_check: &'a str,
}

/// The script of `Hoi.check()`, `source`, with what the edge knows in it.
pub fn for_page(source: &str, settings: &Settings, page: AskingPage<'_>) -> String {
    let AskingPage { edge, from, off, self_check } = page;
    let own = settings.languages.first().and_then(|lang| Lang::from_tag(lang));
    let known = CheckContext {
        edge,
        site: &settings.site,
        origin: from,
        listed: hoi_core::http::origin::is_allowed(from, edge, &settings.origins),
        launcher: settings.look.launcher,
        off,
        protocol: wire::SUBPROTOCOL,
        self_check: format!("{edge}{self_check}"),
        words: check_sentences(edge, &settings.site, from.unwrap_or_default(), own),
    };
    source.replacen(PLACE, &crate::document::json_for_script(&known).into_string(), 1)
}

/// The sentences by code: docs/embed.md lists the codes.
fn check_sentences(
    edge: &str,
    site: &str,
    origin: &str,
    own: Option<Lang>,
) -> BTreeMap<&'static str, Sentence> {
    let socket = edge.replacen("http", "ws", 1);
    let [frame, loader] = ["frame", "hoi.js"].map(|name| format!("{edge}/s/{site}/{name}"));
    // Which element it is, and where the script came from, only the page can say: the script puts that in.
    let (element, place) = ("{element}", "{place}");
    let text = |message: Msg| move |lang: Lang| lang.text(message).to_owned();
    let in_all = |say: &dyn Fn(Lang) -> String| Sentence {
        vi: say(Lang::Vi),
        en: say(Lang::En),
        own: own
            .filter(|lang| !matches!(lang, Lang::Vi | Lang::En))
            .map(|lang| (lang.code(), say(lang)))
            .into_iter()
            .collect(),
    };
    BTreeMap::from([
        ("frame", in_all(&|lang| lang.script_frame(edge))),
        ("origin", in_all(&|lang| lang.check_not_listed(origin))),
        ("connect", in_all(&|lang| lang.script_connect(edge, &socket))),
        ("wasm", in_all(&text(Msg::ScriptWasm))),
        ("twice", in_all(&text(Msg::ScriptTwice))),
        ("away", in_all(&|lang| lang.script_away(edge))),
        ("way", in_all(&text(Msg::ScriptNoLauncher))),
        ("blocked", in_all(&|lang| lang.script_blocked(&frame))),
        ("outside", in_all(&|lang| lang.script_outside(element))),
        ("covered", in_all(&|lang| lang.script_covered(element))),
        ("inert", in_all(&|lang| lang.script_inert(element))),
        ("off", in_all(&|lang| lang.script_off(site))),
        ("copy", in_all(&|lang| lang.script_copy(place, &loader))),
        ("socket", in_all(&|lang| lang.script_socket(&socket))),
        ("good", in_all(&text(Msg::ScriptGood))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_own_language_is_said_too() {
        let said = |own| {
            serde_json::to_value(check_sentences("https://hoi.example", "ward", "https://a.example", own))
                .unwrap()
        };
        let both = said(Some(Lang::Vi));
        assert_eq!(both["frame"].as_object().unwrap().len(), 2, "{both}");
        assert!(both["origin"]["en"].as_str().unwrap().contains("https://a.example"), "{both}");
        assert!(both["connect"]["vi"].as_str().unwrap().contains("wss://hoi.example"), "{both}");
        assert!(both["covered"]["en"].as_str().unwrap().contains("{element}"), "the page says which: {both}");
        assert!(both["copy"]["vi"].as_str().unwrap().contains("https://hoi.example/s/ward/hoi.js"), "{both}");
        let three = said(Some(Lang::Km));
        assert_eq!(three["good"]["km"], Lang::Km.text(Msg::ScriptGood));
    }
}
