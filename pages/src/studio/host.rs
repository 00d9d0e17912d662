//! The page that stands for the agency's own, around the chat that is tried.

use maud::{DOCTYPE, html};

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub struct SiteTrial<'a> {
    /// The site's name, the colour in it.
    pub site: &'a str,
    /// As in the tag.
    pub launcher: &'a str,
    /// As in the tag.
    pub position: &'a str,
    /// As in the tag.
    pub scheme: &'a str,
    /// As in the tag.
    pub lang: &'a str,
}

/// A page with grey bars for text and the tag in it. `css` is the style sheet's address.
pub fn trial_host_page(trial: &SiteTrial<'_>, css: &str) -> String {
    html! {
        (DOCTYPE)
        html.trial lang=(trial.lang) data-scheme=(trial.scheme) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Hoi" }
                link rel="stylesheet" href=(css);
            }
            body {
                div.trial-head {}
                @for _ in 0..7 { div.trial-bar {} }
                script async src={ "/s/" (trial.site) "/hoi.js" } data-launcher=(trial.launcher)
                    data-position=(trial.position) data-scheme=(trial.scheme) data-lang=(trial.lang) {}
            }
        }
    }
    .into_string()
}
