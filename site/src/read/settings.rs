//! Reads `site.toml`.

use super::{
    agency, desk, feedback,
    fields::{SourceSpan, TomlTable},
    folder::Folder,
    hours,
    id::read_id,
    identity::read_identity,
    limits::read_limits,
    look, personal, safety,
    texts::TextRequirement::{Needed, Optional},
};
use crate::{ContactDetails, Phone, Settings, Start, Synonyms, Text};
use jiff::civil::Date;

/// The languages a site may speak: the assistant has sentences in them, and the matcher knows their spelling.
pub const LANGUAGES: &[&str] = &["vi", "en", "fr"];

/// Names and places that later checks need.
pub(super) struct ParsedSettings {
    pub settings: Settings,
    pub start: Vec<(String, SourceSpan)>,
}

/// The site's languages; read first, because every text is checked against them.
pub(super) fn read_languages(fields: &TomlTable<'_>) -> Vec<String> {
    const FIX: &str = "write, for example, languages = [\"vi\", \"en\"]";
    let value = fields.require_value("languages", FIX);
    let items = fields.read_strings("languages", value);
    if let (Some(value), true) = (value, items.is_empty()) {
        fields.report_error("languages", value.span(), "names no language", FIX);
    }
    let mut out: Vec<String> = Vec::new();
    for (lang, span) in items {
        if !LANGUAGES.contains(&lang.as_str()) {
            let fix = format!("Hoi answers in: {}", LANGUAGES.join(", "));
            fields.report_error(
                "languages",
                span,
                format!("\"{lang}\" is a language Hoi does not answer in"),
                &fix,
            );
        } else if out.contains(&lang) {
            fields.report_error("languages", span, format!("\"{lang}\" stands here twice"), "take one out");
        } else {
            out.push(lang);
        }
    }
    out
}

pub(super) fn read_settings(fields: TomlTable<'_>, folder: &Folder, today: Option<Date>) -> ParsedSettings {
    let start = read_start_buttons(&fields);
    let settings = Settings {
        site: read_id(&fields, "site"),
        languages: fields.file.languages.to_vec(),
        origins: read_origins(&fields),
        name: fields.read_text("name", Needed),
        assistant: fields.read_text("assistant", Needed),
        greeting: fields.read_text("greeting", Needed),
        privacy: non_empty(fields.read_text("privacy", Optional)),
        personal_data: personal::personal_data(&fields),
        feedback: feedback::read_feedback(&fields),
        files: feedback::read_files(&fields),
        notice: non_empty(fields.read_text("notice", Optional)),
        pictures: read_picture_hosts(&fields),
        start: Start { intents: start.iter().map(|(id, _)| id.clone()).collect() },
        look: look::read_look(&fields, folder),
        contact: read_contact(&fields),
        fallback: fields.read_text("fallback", Needed),
        agency: fields.read_table("agency").map(agency::read_agency),
        desk: desk::read_desk(&fields),
        identity: fields.read_table("identity").map(|table| read_identity(table, folder)),
        limits: read_limits(&fields),
        retention_days: read_retention(&fields),
        utc_offset_minutes: utc_offset(&fields),
        hours: hours::read_hours(&fields, today),
        safety: safety::read_safety(&fields),
        synonyms: fields.read_tables("synonyms").into_iter().map(read_synonyms).collect(),
    };
    fields.get_value("languages");
    warn_of_reasons(&fields, &settings.fallback);
    fields.report_unknown_keys();
    ParsedSettings { settings, start }
}

/// What the words of a fallback must not be, in lower case: a reason, which holds in some cases only.
const REASONS: &[&str] = &[
    "hệ thống",
    "đang bận",
    "quá tải",
    "kết nối",
    "system",
    "is busy",
    "overloaded",
    "can't reach",
    "cannot reach",
    "can't be reached",
    "cannot be reached",
    "unreachable",
    "not available",
    "système",
    "injoignable",
    "à joindre",
    "occupé",
    "indisponible",
];

/// The fallback is said whenever nobody answers: without an agency, by one that has no answer, by one that is away. Which of
/// them it is, the chat says by itself.
fn warn_of_reasons(fields: &TomlTable<'_>, fallback: &Text) {
    let span = fields.get_value("fallback").map(|value| value.span());
    for (lang, words) in &fallback.0 {
        let plain = words.to_lowercase().replace('’', "'");
        let (Some(reason), Some(span)) = (REASONS.iter().find(|reason| plain.contains(**reason)), &span)
        else {
            continue;
        };
        let what = format!("gives a reason (\"{reason}\") that is true in some cases only");
        let fix = "say that there is no answer and whom to ask; why, the chat says by itself";
        fields.report_warning(&format!("fallback.{lang}"), span.clone(), what, fix);
    }
}

fn non_empty(text: Text) -> Option<Text> {
    (!text.0.is_empty()).then_some(text)
}

fn read_origins(fields: &TomlTable<'_>) -> Vec<String> {
    const FIX: &str =
        "write an exact origin such as \"https://www.example.gov.vn\": no path, no slash at its end, no *";
    let value = fields.require_value(
        "origins",
        "list the web sites that may show the chat: origins = [\"https://www.example.gov.vn\"]",
    );
    let items = fields.read_strings("origins", value);
    if let (Some(value), true) = (value, items.is_empty()) {
        fields.report_warning("origins", value.span(), "is empty: no web site may show this chat", FIX);
    }
    for (origin, span) in &items {
        if !is_origin(origin) {
            fields.report_error("origins", span.clone(), format!("\"{origin}\" is not an origin"), FIX);
        }
    }
    items.into_iter().map(|(origin, _)| origin).collect()
}

/// `pictures = ["www.example.gov.vn"]`: hosts, as they stand in addresses of pictures.
fn read_picture_hosts(fields: &TomlTable<'_>) -> Vec<String> {
    const FIX: &str = "write a host of your own such as \"www.example.gov.vn\": no https://, no path, no *";
    let items = fields.read_strings("pictures", fields.get_value("pictures"));
    for (host, span) in &items {
        if host.contains('/') || !is_origin(&format!("https://{host}")) {
            fields.report_error("pictures", span.clone(), format!("\"{host}\" is not a host"), FIX);
        }
    }
    items.into_iter().map(|(host, _)| host).collect()
}

/// `https://host[:port]`, or `http://` for this machine only.
fn is_origin(text: &str) -> bool {
    let (host, local) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (rest, false),
        (_, Some(rest)) => (rest, true),
        _ => return false,
    };
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let port_ok = port.is_none_or(|p| p.parse::<u16>().is_ok_and(|n| n > 0) && !p.starts_with(['0', '+']));
    let name_ok = !name.is_empty()
        && name.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
    name_ok && port_ok && (!local || name == "localhost" || name == "127.0.0.1")
}

fn read_start_buttons(fields: &TomlTable<'_>) -> Vec<(String, SourceSpan)> {
    let Some(table) = fields.read_table("start") else { return Vec::new() };
    let intents = table.read_strings(
        "intents",
        table.require_value("intents", "list ids of intents: intents = [\"khai-sinh\"]"),
    );
    table.report_unknown_keys();
    intents
}

fn read_contact(fields: &TomlTable<'_>) -> ContactDetails {
    let Some(table) = fields.read_table("contact") else {
        const FIX: &str =
            "add [contact] with phones, email, address or hours: what is left when nothing else answers";
        fields.report_error("contact", fields.span.clone(), "is missing", FIX);
        return ContactDetails::default();
    };
    let contact = ContactDetails {
        phones: table.read_tables("phones").into_iter().filter_map(read_phone).collect(),
        email: read_email(&table),
        address: non_empty(table.read_text("address", Optional)),
        hours: table.read_lists("hours", Optional),
    };
    if contact.phones.is_empty() && contact.email.is_none() && contact.address.is_none() {
        table.report_error(
            "phones",
            table.span.clone(),
            "no way to reach the agency is given",
            "add a phone, email or address",
        );
    }
    table.report_unknown_keys();
    contact
}

fn read_phone(table: TomlTable<'_>) -> Option<Phone> {
    const FIX: &str = "write number = \"+84 28 1234 5678\"";
    let label = table.read_text("label", Needed);
    let number = table.read_string("number", table.require_value("number", FIX), FIX);
    if let Some((text, span)) = &number {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits < 3 || !text.chars().all(|c| c.is_ascii_digit() || " .-()+".contains(c)) {
            table.report_error("number", span.clone(), format!("\"{text}\" can't be dialled"), FIX);
        }
    }
    table.report_unknown_keys();
    number.map(|(number, _)| Phone { label, number })
}

fn read_email(table: &TomlTable<'_>) -> Option<String> {
    const FIX: &str = "write an address such as \"office@example.gov.vn\"";
    let (text, span) = table.read_string("email", table.get_value("email"), FIX)?;
    let whole = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !whole || text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c)) {
        table.report_error("email", span, format!("\"{text}\" is not an e-mail address"), FIX);
        return None;
    }
    Some(text)
}

fn read_retention(fields: &TomlTable<'_>) -> u32 {
    let Some(table) = fields.read_table("retention") else { return 30 };
    let days = table.read_number("days", 1..3651, 30);
    table.report_unknown_keys();
    days
}

/// Minutes east of UTC, written `+07:00`.
fn utc_offset(fields: &TomlTable<'_>) -> i32 {
    const FIX: &str = "write utc_offset = \"+07:00\"";
    let Some((text, span)) = fields.read_string("utc_offset", fields.get_value("utc_offset"), FIX) else {
        return 0;
    };
    let parse = || {
        let (sign, rest) = text.split_at_checked(1)?;
        let (hours, minutes) = rest.split_once(':')?;
        let whole = |part: &str| if part.len() == 2 { part.parse::<u8>().ok() } else { None };
        let (hours, minutes) = (i32::from(whole(hours)?), i32::from(whole(minutes)?));
        let east = match sign {
            "+" => 1,
            "-" => -1,
            _ => return None,
        };
        (hours <= 14 && minutes < 60).then_some(east * (hours * 60 + minutes))
    };
    parse().unwrap_or_else(|| {
        fields.report_error("utc_offset", span, format!("\"{text}\" is no offset"), FIX);
        0
    })
}

fn read_synonyms(table: TomlTable<'_>) -> Synonyms {
    const FIX: &str = "write one of the site's languages";
    let lang = table.read_string("lang", table.require_value("lang", FIX), FIX);
    if let Some((lang, span)) = lang.as_ref().filter(|(lang, _)| !table.file.languages.contains(lang)) {
        table.report_error("lang", span.clone(), format!("\"{lang}\" is not a language of this site"), FIX);
    }
    let value = table.require_value("words", "write words = [\"căn cước\", \"cccd\"]");
    let words = table.read_strings("words", value);
    if let (Some(value), 0..=1) = (value, words.len()) {
        table.report_error(
            "words",
            value.span(),
            "needs two words at least",
            "add what means the same, or take the row out",
        );
    }
    table.report_unknown_keys();
    Synonyms {
        lang: lang.map(|(l, _)| l).unwrap_or_default(),
        words: words.into_iter().map(|(w, _)| w).collect(),
    }
}
