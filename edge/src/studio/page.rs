//! `/studio`: a form and two windows. It works without any script.

use super::{Trial, name};
use crate::{assets::Assets, document::common};
use maud::{DOCTYPE, Markup, html};
use site::{Colour, accent, contrast};

/// The page. `trial.site` is the plain name of a site that exists; `edge` is the edge's own origin.
pub fn page(trial: &Trial<'_>, brand: Colour, languages: &[String], edge: &str, assets: &Assets) -> String {
    html! {
        (DOCTYPE)
        html.hoi-doc lang="en" data-mode="page" data-scheme="auto" {
            head {
                (common(assets, "Studio", "auto"))
                link rel="stylesheet" href=(assets.path("tools.css"));
            }
            body {
                main.tool.studio {
                    h1 { "Studio: " (trial.site) }
                    (form(trial, brand, languages))
                    (colours(brand))
                    h2 { "The tag" }
                    pre tabindex="0" { code.tool-copy { (tag(trial, edge)) } }
                    p.tool-note { "The colour goes into site.toml: " code.tool-copy { "brand = \"" (brand) "\"" }
                        ". In forced colours (Windows high contrast) the system's own colours replace all of these." }
                    (windows(trial, brand))
                }
            }
        }
    }
    .into_string()
}

fn form(trial: &Trial<'_>, brand: Colour, languages: &[String]) -> Markup {
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    html! {
        form.tool-form.studio-form method="get" action="/studio" {
            input type="hidden" name="site" value=(trial.site);
            label { "Brand" input type="color" name="brand" value=(brand); }
            (choice("Launcher", "launcher", &["bubble", "bar", "tab"], trial.launcher))
            (choice("Position", "position", &["end", "start"], trial.position))
            (choice("Scheme", "scheme", &["auto", "light", "dark"], trial.scheme))
            (choice("Language", "lang", &languages, trial.lang))
            button type="submit" { "Show" }
        }
    }
}

fn choice(label: &str, name: &str, values: &[&str], chosen: &str) -> Markup {
    html! {
        label { (label) select name=(name) {
            @for value in values { option value=(value) selected[*value == chosen] { (value) } }
        } }
    }
}

/// What the brand becomes, and how well it can be read.
fn colours(brand: Colour) -> Markup {
    let made = accent(brand);
    let rows = [
        ("Header and buttons, light", &made.light, &made.on_light),
        ("Header and buttons, dark", &made.dark, &made.on_dark),
        ("Links, light", &made.text_light, &"#ffffff".to_owned()),
        ("Links, dark", &made.text_dark, &"#16181d".to_owned()),
    ];
    html! {
        table.studio-colours {
            thead { tr { th scope="col" { "Where" } th scope="col" { "Colour" } th scope="col" { "On" } th scope="col" { "Contrast" } } }
            tbody { @for (place, colour, on) in rows {
                tr { th scope="row" { (place) } td { code { (colour) } } td { code { (on) } } td { (ratio(colour, on)) } }
            } }
        }
    }
}

fn ratio(a: &str, b: &str) -> String {
    let read = |text: &str| text.parse::<Colour>().ok();
    read(a).zip(read(b)).map(|(a, b)| format!("{:.1}:1", contrast(a, b))).unwrap_or_default()
}

fn tag(trial: &Trial<'_>, edge: &str) -> String {
    format!(
        "<script async src=\"{edge}/s/{}/hoi.js\" data-launcher=\"{}\" data-position=\"{}\" data-scheme=\"{}\"></script>",
        trial.site, trial.launcher, trial.position, trial.scheme
    )
}

fn windows(trial: &Trial<'_>, brand: Colour) -> Markup {
    let Trial { launcher, position, scheme, lang, .. } = trial;
    let site = name(trial.site, brand);
    let url = format!(
        "/studio/host?site={site}&launcher={launcher}&position={position}&scheme={scheme}&lang={lang}"
    );
    html! {
        div.studio-windows {
            iframe.studio-desktop src=(url) title="On a desktop" {}
            iframe.studio-phone src=(url) title="On a phone" {}
        }
    }
}
