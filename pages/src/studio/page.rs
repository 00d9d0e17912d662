//! `/studio`: a form and two windows. It works without any script.

use super::{SiteTrial, trial_site_name};
use crate::tool;
use hoi_core::http::assets::Assets;
use i18n::{Lang, Msg, endonym};
use maud::{Markup, html};
use site::{Colour, accent_colours, contrast_ratio};

/// The page. `trial.site` is the plain name of a site that exists; `edge` is the edge's own origin.
pub fn studio_page(
    trial: &SiteTrial<'_>,
    brand: Colour,
    languages: &[String],
    edge: &str,
    assets: &Assets,
) -> String {
    let lang = Lang::for_tag(trial.lang);
    let content = html! {
        h1 { "Studio: " (trial.site) }
        (draw_form(trial, brand, languages, lang))
        (draw_colours(brand, lang))
        h2 { (lang.text(Msg::CheckTag)) }
        pre tabindex="0" dir="ltr" { code.tool-copy { (script_tag(trial, edge)) } }
        p.tool-note {
            (lang.text(Msg::StudioColourGoes)) " "
            code.tool-copy dir="ltr" { "brand = \"" (brand) "\"" }
        }
        p.tool-note { (lang.text(Msg::StudioForced)) }
        (draw_windows(trial, brand, lang))
    };
    tool::tool_page(lang, "Studio", " studio", assets, &content)
}

fn draw_form(trial: &SiteTrial<'_>, brand: Colour, languages: &[String], lang: Lang) -> Markup {
    let launchers = [("bubble", Msg::StudioBubble), ("bar", Msg::StudioBar), ("tab", Msg::StudioEdgeTab)];
    let positions = [("end", Msg::StudioEnd), ("start", Msg::StudioStart)];
    let schemes = [("auto", Msg::StudioAuto), ("light", Msg::StudioLight), ("dark", Msg::StudioDark)];
    let labelled = |values: &[(&'static str, Msg)]| {
        values.iter().map(|(value, label)| (*value, lang.text(*label))).collect::<Vec<_>>()
    };
    let languages: Vec<(&str, &str)> = languages.iter().map(|code| (code.as_str(), endonym(code))).collect();
    html! {
        form.tool-form.studio-form method="get" action="/studio" {
            input type="hidden" name="site" value=(trial.site);
            label { (lang.text(Msg::StudioBrand)) input type="color" name="brand" value=(brand); }
            (draw_choice(lang.text(Msg::StudioLauncher), "launcher", &labelled(&launchers), trial.launcher))
            (draw_choice(lang.text(Msg::StudioPosition), "position", &labelled(&positions), trial.position))
            (draw_choice(lang.text(Msg::StudioScheme), "scheme", &labelled(&schemes), trial.scheme))
            (draw_choice(lang.text(Msg::StudioLanguage), "lang", &languages, trial.lang))
            button type="submit" { (lang.text(Msg::StudioShow)) }
        }
    }
}

fn draw_choice(label: &str, name: &str, values: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        label { (label) select name=(name) {
            @for (value, label) in values { option value=(value) selected[*value == chosen] { (label) } }
        } }
    }
}

/// What the brand becomes, and how well it can be read.
fn draw_colours(brand: Colour, lang: Lang) -> Markup {
    let made = accent_colours(brand);
    let rows = [
        (Msg::StudioHeaderLight, &made.light, &made.on_light),
        (Msg::StudioHeaderDark, &made.dark, &made.on_dark),
        (Msg::StudioLinksLight, &made.text_light, &"#ffffff".to_owned()),
        (Msg::StudioLinksDark, &made.text_dark, &"#16181d".to_owned()),
    ];
    let heads = [Msg::StudioWhere, Msg::StudioColour, Msg::StudioOn, Msg::StudioContrast];
    html! {
        table.studio-colours {
            thead { tr { @for label in heads { th scope="col" { (lang.text(label)) } } } }
            tbody { @for (place, colour, on) in rows {
                tr { th scope="row" { (lang.text(place)) } td { code { (colour) } } td { code { (on) } } td { (contrast_text(colour, on)) } }
            } }
        }
    }
}

fn contrast_text(a: &str, b: &str) -> String {
    let read = |text: &str| text.parse::<Colour>().ok();
    read(a).zip(read(b)).map(|(a, b)| format!("{:.1}:1", contrast_ratio(a, b))).unwrap_or_default()
}

fn script_tag(trial: &SiteTrial<'_>, edge: &str) -> String {
    format!(
        "<script async src=\"{edge}/s/{}/hoi.js\" data-launcher=\"{}\" data-position=\"{}\" data-scheme=\"{}\"></script>",
        trial.site, trial.launcher, trial.position, trial.scheme
    )
}

fn draw_windows(trial: &SiteTrial<'_>, brand: Colour, lang: Lang) -> Markup {
    let SiteTrial { launcher, position, scheme, lang: shown, .. } = trial;
    let site = trial_site_name(trial.site, brand);
    let url = format!(
        "/studio/host?site={site}&launcher={launcher}&position={position}&scheme={scheme}&lang={shown}"
    );
    html! {
        div.studio-windows {
            iframe.studio-desktop src=(url) title=(lang.text(Msg::StudioDesktop)) {}
            iframe.studio-phone src=(url) title=(lang.text(Msg::StudioPhone)) {}
        }
    }
}
