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
            (common_head(page.assets, &look.name, page.scheme.name()))
            (colour_styles(&look.accent, page.nonce))
            (draw_scripts(page.assets))
        }
    }
}

/// What every page of ours begins with.
pub fn common_head(assets: &Assets, title: &str, scheme: &str) -> Markup {
    // Zooming stays possible; the keyboard of a phone makes the page smaller instead of covering it.
    let viewport =
        "width=device-width, initial-scale=1, interactive-widget=resizes-content, viewport-fit=cover";
    html! {
        meta charset="utf-8";
        meta name="viewport" content=(viewport);
        meta name="color-scheme" content=(if scheme == "auto" { "light dark" } else { scheme });
        meta name="robots" content="noindex";
        title { (title) }
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
fn draw_scripts(assets: &Assets) -> Markup {
    html! {
        @if let Some(script) = assets.get("frame.js") {
            script defer src=(script.path) integrity=(script.sri) {}
        }
        @if let Some(wasm) = assets.get("widget.wasm") {
            link rel="preload" as="fetch" type="application/wasm" crossorigin href=(wasm.path);
        }
        @if let Some(script) = assets.get("widget.js") {
            script type="module" src=(script.path) integrity=(script.sri) {}
        }
    }
}
