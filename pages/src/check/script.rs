//! What `Hoi.check()` is given in the page itself. The page's own checks are in `widget/check.js`.

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

/// The script of `Hoi.check()`, `source`, with what the edge knows in it. `from` is the origin of the asking page.
pub fn for_page(source: &str, settings: &Settings, edge: &str, from: Option<&str>) -> String {
    let own = settings.languages.first().and_then(|lang| Lang::from_tag(lang));
    let known = CheckContext {
        edge,
        site: &settings.site,
        origin: from,
        listed: hoi_core::http::origin::is_allowed(from, edge, &settings.origins),
        launcher: settings.look.launcher,
        words: check_sentences(edge, from.unwrap_or_default(), own),
    };
    source.replacen(PLACE, &crate::document::json_for_script(&known).into_string(), 1)
}

/// The sentences by code: docs/embed.md lists the codes.
fn check_sentences(edge: &str, origin: &str, own: Option<Lang>) -> BTreeMap<&'static str, Sentence> {
    let socket = edge.replacen("http", "ws", 1);
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
        ("good", in_all(&text(Msg::ScriptGood))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sites_own_language_is_said_too() {
        let said = |own| {
            serde_json::to_value(check_sentences("https://hoi.example", "https://a.example", own)).unwrap()
        };
        let both = said(Some(Lang::Vi));
        assert_eq!(both["frame"].as_object().unwrap().len(), 2, "{both}");
        assert!(both["origin"]["en"].as_str().unwrap().contains("https://a.example"), "{both}");
        assert!(both["connect"]["vi"].as_str().unwrap().contains("wss://hoi.example"), "{both}");
        let three = said(Some(Lang::Km));
        assert_eq!(three["good"]["km"], Lang::Km.text(Msg::ScriptGood));
    }
}
