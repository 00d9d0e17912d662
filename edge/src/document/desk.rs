//! The page of the desk: nothing but a place for it. Who works there has a browser that runs it; who hasn't is told so.

use crate::assets::Assets;
use maud::{DOCTYPE, html};

/// Said where no script runs, in each language of the desk's.
const NEEDS_SCRIPT: &[(&str, &str)] = &[
    ("vi", "Bàn trực cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang này."),
    ("en", "The desk needs JavaScript. Switch it on in your browser and load this page again."),
    (
        "fr",
        "Le poste de réponse a besoin de JavaScript. Activez-le dans le navigateur, puis rechargez la page.",
    ),
];

/// The page. What is in it is the same for every site and everybody: the desk asks for the rest itself.
pub fn desk(assets: &Assets) -> String {
    html! {
        (DOCTYPE)
        // A page translator turned "send" into "save note". The desk has languages of its own; what people said stays translatable.
        html.hoi-doc.desk-doc lang="vi" data-scheme="auto" translate="no" {
            head {
                meta charset="utf-8";
                meta name="viewport"
                    content="width=device-width, initial-scale=1, interactive-widget=resizes-content, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { "Hoi" }
                // Browsers would ask for one by themselves.
                link rel="icon" href="data:,";
                @if let Some(css) = assets.get("desk.css") {
                    link rel="stylesheet" href=(css.path) integrity=(css.sri);
                }
                @if let Some(wasm) = assets.get("desk.wasm") {
                    link rel="preload" as="fetch" type="application/wasm" crossorigin href=(wasm.path);
                }
                @if let Some(script) = assets.get("desk.js") {
                    script type="module" src=(script.path) integrity=(script.sri) {}
                }
            }
            body {
                div #desk.desk {
                    noscript {
                        @for (lang, text) in NEEDS_SCRIPT { p.desk-empty lang=(lang) { (text) } }
                    }
                }
            }
        }
    }
    .into_string()
}
