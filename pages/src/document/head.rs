//! What stands in `<head>`: the site's colours, and the widget on its way.

use super::chat_page::ChatPage;
use hoi_core::http::assets::Assets;
use maud::{Markup, PreEscaped, html};
use wire::Accent;

/// The head of a page with the widget in it.
pub fn draw_head(page: &ChatPage<'_>) -> Markup {
    let look = &page.boot.look;
    html! {
        head {
            (common_head(page.assets, &look.name, page.scheme.name(), look.logo.as_deref()))
            (colour_styles(&look.accent, page.nonce))
            (draw_scripts(page))
        }
    }
}

/// Where the edge's own icon lies ([`EDGE_ICON`]).
pub(crate) const ICON: &str = "/icon.svg";

/// The icon of pages that are no site's: the launcher's drawing, to be seen on light bars and on dark ones.
pub const EDGE_ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" width=\"32\" height=\"32\">\
                             <path d=\"M4 5.5h16v11H11l-4.5 4v-4H4z\" fill=\"none\" stroke=\"#5f7183\" stroke-width=\"2\" \
                             stroke-linejoin=\"round\"/></svg>";

/// What every page of ours begins with.
///
/// `icon` is the address of the site's; without one it is the edge's own.
pub fn common_head(assets: &Assets, title: &str, scheme: &str, icon: Option<&str>) -> Markup {
    // Zooming stays possible; the keyboard of a phone makes the page smaller instead of covering it.
    let viewport =
        "width=device-width, initial-scale=1, interactive-widget=resizes-content, viewport-fit=cover";
    html! {
        meta charset="utf-8";
        meta name="viewport" content=(viewport);
        meta name="color-scheme" content=(if scheme == "auto" { "light dark" } else { scheme });
        meta name="robots" content="noindex";
        title { (title) }
        link rel="icon" href=(icon.unwrap_or(ICON));
        @if let Some(css) = assets.get("frame.css") {
            link rel="stylesheet" href=(css.path);
        }
    }
}

/// The site's six colours; the style sheet chooses among them by scheme.
pub fn colour_styles(accent: &Accent, nonce: &str) -> Markup {
    let rows = [
        ("light", &accent.light),
        ("on-light", &accent.on_light),
        ("dark", &accent.dark),
        ("on-dark", &accent.on_dark),
        ("text-light", &accent.text_light),
        ("text-dark", &accent.text_dark),
    ];
    // A colour that is not one is left out, whoever wrote it: nothing else may enter a style element.
    let rows = rows.iter().filter(|(_, colour)| is_colour(colour));
    let css: String = rows.map(|(name, colour)| format!("--hoi-accent-{name}:{colour};")).collect();
    html! { style nonce=(nonce) { (PreEscaped(format!(":root{{{css}}}"))) } }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// What runs: first the few lines that work without the widget, then the widget. Its wasm is asked for at once, not
/// only when its script has run.
fn draw_scripts(page: &ChatPage<'_>) -> Markup {
    let widget_file = |name| page.assets.get(name).filter(|_| !page.without_widget);
    html! {
        @if let Some(script) = page.assets.get("frame.js") {
            script defer src=(script.path) integrity=(script.sri) {}
        }
        @if let Some(wasm) = widget_file("widget.wasm") {
            link rel="preload" as="fetch" type="application/wasm" crossorigin href=(wasm.path);
        }
        @if let Some(script) = widget_file("widget.js") {
            script type="module" src=(script.path) integrity=(script.sri) {}
        }
    }
}
