//! The loader with a site's look in it, so that the launcher needs no second request.

use super::boot::escape_for_script;
use i18n::Lang;
use serde::Serialize;
use std::collections::BTreeMap;
use wire::{Look, Word};

/// What the built loader holds once, where the look belongs.
const PLACE: &str = "__HOI_LOOK__";
/// Where the edge's origin belongs.
const EDGE: &str = "__HOI_EDGE__";

/// What the loader is given.
#[derive(Serialize)]
struct Guest<'a> {
    look: &'a Look,
    texts: BTreeMap<&'a str, LoaderTexts<'a>>,
}

/// What the loader may have to say, in one language.
#[derive(Serialize)]
struct LoaderTexts<'a> {
    launcher_label: &'a str,
    name: &'a str,
    open: String,
    close: String,
    loading: String,
    /// By plural category.
    unread: BTreeMap<String, String>,
    cant_load: String,
    open_as_page: String,
}

/// The loader, `source`, with the edge's origin and the site's looks in it: one look a language, the site's first language
/// first. Without a look, the loader fetches it by the site's name in the tag.
pub fn site_loader(source: &str, edge: &str, looks: &[Look]) -> String {
    let json = match looks.first() {
        Some(look) => escape_for_script(&Guest {
            look,
            texts: looks.iter().map(|l| (l.lang.as_str(), loader_texts(l))).collect(),
        }),
        None => "null".to_owned(),
    };
    source.replacen(EDGE, &escape_for_script(&edge), 1).replacen(PLACE, &json, 1)
}

/// The script of inline mode, `source`, with where things are in it: the edge's origin, the site, the widget's script.
pub fn inline_script(source: &str, edge: &str, site: &str, widget: &str) -> String {
    let place = BTreeMap::from([("edge", edge), ("site", site), ("widget", widget)]);
    source.replacen("__HOI_PLACE__", &escape_for_script(&place), 1)
}

fn loader_texts(look: &Look) -> LoaderTexts<'_> {
    let words = Lang::for_tag(&look.lang).words();
    let say = |word| words.word_text(word).to_owned();
    LoaderTexts {
        launcher_label: &look.launcher_label,
        name: &look.name,
        open: say(Word::Open),
        close: say(Word::Close),
        loading: say(Word::Loading),
        unread: plural_forms(words.word_text(Word::Unread)),
        cant_load: say(Word::CantLoad),
        open_as_page: say(Word::OpenAsPage),
    }
}

/// The forms of a counted word, by plural category.
fn plural_forms(text: &str) -> BTreeMap<String, String> {
    let form = |form: &str| {
        let (category, form) = form.split_once(':').unwrap_or(("other", form));
        (category.to_owned(), form.to_owned())
    };
    text.split('|').map(form).collect()
}
