//! What the pages for webmasters share: the self-check, the studio, the front door.

use crate::document::common_head;
use hoi_core::http::assets::Assets;
use i18n::Lang;
use maud::{DOCTYPE, Markup, html};

/// A whole page in `lang`, `content` in its `main`; `class` is the latter's, beside its own.
pub(crate) fn tool_page(lang: Lang, title: &str, class: &str, assets: &Assets, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(lang.code()) dir=(if lang.is_right_to_left() { "rtl" } else { "ltr" })
            data-mode="page" data-scheme="auto" {
            head {
                (common_head(assets, title, "auto"))
                @if let Some(css) = assets.get("tools.css") { link rel="stylesheet" href=(css.path); }
            }
            body { main class={ "tool" (class) } { (content) } }
        }
    }
    .into_string()
}

/// Links to the same page in the other languages; `address` is the page in the language of a code.
pub(crate) fn language_links(lang: Lang, address: impl Fn(&str) -> String) -> Markup {
    html! {
        nav.tool-languages {
            @for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
                a href=(address(other.code())) hreflang=(other.code()) lang=(other.code()) { (other.endonym()) }
            }
        }
    }
}
