//! Reads `[look]` of `site.toml`.

use super::{fields::TomlTable, folder::Folder, texts::TextRequirement::Needed};
use crate::{Colour, Logo, LookSettings, Text, contrast_ratio};
use wire::{Launcher, Position, Scheme};

/// `[look]`.
pub(super) fn read_look(fields: &TomlTable<'_>, folder: &Folder) -> LookSettings {
    let fallback = Colour { rgb: [0x1d, 0x4e, 0x89] };
    let Some(table) = fields.read_table("look") else {
        fields.report_error("look", fields.span.clone(), "is missing", "add [look] with brand = \"#1d4e89\"");
        return LookSettings {
            brand: fallback,
            logo: None,
            launcher: Launcher::default(),
            position: Position::default(),
            scheme: Scheme::default(),
            launcher_label: Text::default(),
            interface: None,
            credit: false,
        };
    };
    let look = LookSettings {
        brand: read_brand(&table).unwrap_or(fallback),
        logo: read_logo(&table, folder),
        launcher: table.read_choice(
            "launcher",
            &[
                ("bubble", Launcher::Bubble),
                ("bar", Launcher::Bar),
                ("tab", Launcher::Tab),
                ("none", Launcher::None),
            ],
        ),
        position: table.read_choice("position", &[("end", Position::End), ("start", Position::Start)]),
        scheme: table.read_choice(
            "scheme",
            &[("auto", Scheme::Auto), ("light", Scheme::Light), ("dark", Scheme::Dark)],
        ),
        launcher_label: table.read_text("launcher_label", Needed),
        interface: read_interface_languages(&table),
        credit: table.read_flag("credit"),
    };
    table.report_unknown_keys();
    look
}

/// `interface = ["km", "lo"]`: which other languages the widget's own words are offered in.
fn read_interface_languages(table: &TomlTable<'_>) -> Option<Vec<String>> {
    let value = table.get_value("interface")?;
    let mut out = Vec::new();
    for (lang, span) in table.read_strings("interface", Some(value)) {
        if wire::LANGUAGES.iter().any(|(code, _)| *code == lang) {
            out.push(lang);
        } else {
            let known: Vec<&str> = wire::LANGUAGES.iter().map(|(code, _)| *code).collect();
            let what = format!("the widget has no words in \"{lang}\"");
            table.report_error("interface", span, what, &format!("choose from: {}", known.join(", ")));
        }
    }
    Some(out)
}

fn read_brand(table: &TomlTable<'_>) -> Option<Colour> {
    const FIX: &str = "write #rrggbb, for example brand = \"#a61c1c\"";
    let (text, span) = table.read_string("brand", table.require_value("brand", FIX), FIX)?;
    let Ok(colour) = text.parse::<Colour>() else {
        table.report_error("brand", span, format!("\"{text}\" is not a colour"), FIX);
        return None;
    };
    let accent = crate::accent_colours(colour);
    if accent.text_light != colour.to_string() {
        let what =
            format!("{colour} has a contrast of {:.1}:1 on white", contrast_ratio(colour, Colour::WHITE));
        let fix = format!(
            "text and links use {} instead, so that everybody can read them (4.5:1)",
            accent.text_light
        );
        table.report_warning("brand", span.clone(), what, &fix);
    }
    if accent.light != colour.to_string() {
        let what = format!("neither white nor black can be read on {colour}");
        let fix = format!("header and buttons are {} instead, with {} on it", accent.light, accent.on_light);
        table.report_warning("brand", span, what, &fix);
    }
    Some(colour)
}

fn read_logo(table: &TomlTable<'_>, folder: &Folder) -> Option<Logo> {
    const FIX: &str = "put an .svg or .png of at most 100 KB beside site.toml and write its name";
    let (name, span) = table.read_string("logo", table.get_value("logo"), FIX)?;
    let content_type = match name.rsplit_once('.') {
        Some((_, "svg")) => "image/svg+xml",
        Some((_, "png")) => "image/png",
        _ => {
            table.report_error("logo", span, format!("\"{name}\" is neither .svg nor .png"), FIX);
            return None;
        }
    };
    match folder.other.get(&name) {
        None => table.report_error("logo", span, format!("there is no file \"{name}\""), FIX),
        Some(bytes) if bytes.len() > Logo::MAX_BYTES => {
            table.report_error("logo", span, "is larger than 100 KB", FIX)
        }
        Some(bytes) if !is_picture(content_type, bytes) => table.report_error(
            "logo",
            span,
            format!("\"{name}\" is called so, but holds something else"),
            FIX,
        ),
        Some(bytes) => return Some(Logo { content_type: content_type.into(), bytes: bytes.clone() }),
    }
    None
}

/// Whether `bytes` begin as a file of this kind does. A browser shows anything else as a broken picture.
fn is_picture(content_type: &str, bytes: &[u8]) -> bool {
    match content_type {
        "image/png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")),
    }
}
