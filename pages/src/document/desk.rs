//! The page of the desk: nothing but a place for it. Who works there has a browser that runs it; who hasn't is told so.

use hoi_core::http::assets::Assets;
use i18n::StaffLang;
use maud::{DOCTYPE, html};

/// The page. What is in it is the same for every site and everybody: the desk asks for the rest itself.
pub fn desk_page(assets: &Assets) -> String {
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
                        @for lang in StaffLang::ALL { p.desk-empty lang=(lang.tag()) { (lang.sign_in().desk_needs_script) } }
                    }
                }
            }
        }
    }
    .into_string()
}
