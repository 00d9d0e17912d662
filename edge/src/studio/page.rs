//! `/studio`: a form and two windows. It works without any script.

use super::{Trial, name};
use crate::{assets::Assets, check::Lang, document::common, words::endonym};
use maud::{DOCTYPE, Markup, html};
use site::{Colour, accent, contrast};

/// The page. `trial.site` is the plain name of a site that exists; `edge` is the edge's own origin.
pub fn page(trial: &Trial<'_>, brand: Colour, languages: &[String], edge: &str, assets: &Assets) -> String {
    let lang = Lang::of(trial.lang);
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(lang.code()) data-mode="page" data-scheme="auto" {
            head {
                (common(assets, "Studio", "auto"))
                link rel="stylesheet" href=(assets.path("tools.css"));
            }
            body {
                main.tool.studio {
                    h1 { "Studio: " (trial.site) }
                    (form(trial, brand, languages, lang))
                    (colours(brand, lang))
                    h2 { (lang.pick("Thẻ để dán vào trang", "The tag to paste")) }
                    pre tabindex="0" { code.tool-copy { (tag(trial, edge)) } }
                    p.tool-note {
                        (lang.pick("Màu được ghi trong site.toml: ", "The colour goes into site.toml: "))
                        code.tool-copy { "brand = \"" (brand) "\"" }
                        (lang.pick(". Ở chế độ tương phản cao của Windows, màu của hệ thống thay cho các màu này.",
                            ". In forced colours (Windows high contrast) the system’s own colours replace all of these."))
                    }
                    (windows(trial, brand, lang))
                }
            }
        }
    }
    .into_string()
}

fn form(trial: &Trial<'_>, brand: Colour, languages: &[String], lang: Lang) -> Markup {
    let launchers = [
        ("bubble", "Nút tròn", "Round button"),
        ("bar", "Nút có chữ", "Button with words"),
        ("tab", "Gắn ở mép trang", "Tab at the edge"),
    ];
    let positions = [("end", "Bên phải", "Right"), ("start", "Bên trái", "Left")];
    let schemes =
        [("auto", "Theo thiết bị", "As on the device"), ("light", "Sáng", "Light"), ("dark", "Tối", "Dark")];
    let chosen = |values: &[(&'static str, &'static str, &'static str)]| {
        values.iter().map(|(value, vi, en)| (*value, lang.pick(vi, en))).collect::<Vec<_>>()
    };
    let languages: Vec<(&str, &str)> = languages.iter().map(|code| (code.as_str(), endonym(code))).collect();
    html! {
        form.tool-form.studio-form method="get" action="/studio" {
            input type="hidden" name="site" value=(trial.site);
            label { (lang.pick("Màu chủ đạo", "Brand")) input type="color" name="brand" value=(brand); }
            (choice(lang.pick("Nút mở", "Launcher"), "launcher", &chosen(&launchers), trial.launcher))
            (choice(lang.pick("Vị trí", "Position"), "position", &chosen(&positions), trial.position))
            (choice(lang.pick("Giao diện", "Scheme"), "scheme", &chosen(&schemes), trial.scheme))
            (choice(lang.pick("Ngôn ngữ", "Language"), "lang", &languages, trial.lang))
            button type="submit" { (lang.pick("Xem thử", "Show")) }
        }
    }
}

fn choice(label: &str, name: &str, values: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        label { (label) select name=(name) {
            @for (value, label) in values { option value=(value) selected[*value == chosen] { (label) } }
        } }
    }
}

/// What the brand becomes, and how well it can be read.
fn colours(brand: Colour, lang: Lang) -> Markup {
    let made = accent(brand);
    let rows = [
        (lang.pick("Đầu khung và nút, nền sáng", "Header and buttons, light"), &made.light, &made.on_light),
        (lang.pick("Đầu khung và nút, nền tối", "Header and buttons, dark"), &made.dark, &made.on_dark),
        (lang.pick("Liên kết, nền sáng", "Links, light"), &made.text_light, &"#ffffff".to_owned()),
        (lang.pick("Liên kết, nền tối", "Links, dark"), &made.text_dark, &"#16181d".to_owned()),
    ];
    let heads = [("Chỗ dùng", "Where"), ("Màu", "Colour"), ("Trên nền", "On"), ("Tương phản", "Contrast")];
    let heads = heads.map(|(vi, en)| lang.pick(vi, en));
    html! {
        table.studio-colours {
            thead { tr { @for label in heads { th scope="col" { (label) } } } }
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

fn windows(trial: &Trial<'_>, brand: Colour, lang: Lang) -> Markup {
    let Trial { launcher, position, scheme, lang: shown, .. } = trial;
    let site = name(trial.site, brand);
    let url = format!(
        "/studio/host?site={site}&launcher={launcher}&position={position}&scheme={scheme}&lang={shown}"
    );
    html! {
        div.studio-windows {
            iframe.studio-desktop src=(url) title=(lang.pick("Trên máy tính", "On a desktop")) {}
            iframe.studio-phone src=(url) title=(lang.pick("Trên điện thoại", "On a phone")) {}
        }
    }
}
