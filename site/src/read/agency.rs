//! Reads the table `[agency]` of `site.toml`.

use super::{
    fields::{SourceSpan, TomlTable, to_json},
    texts::TextRequirement::Optional,
};
use crate::{
    Agency, Inbox, LanguageModel,
    address::{AddressRefusal, Allowed, permit_url},
};

/// The protocols an edge speaks. `core/src/connector` has a file for each; its conformance test holds both together.
pub const CONNECTORS: &[&str] = &["webhook", "openai", "rasa", "chatwoot"];

/// Parameters of a model's request that are not the site's to say.
const RESERVED_PARAMETERS: &[&str] = &["model", "messages", "stream", "n"];

const SECRET: &str =
    "write the NAME of the secret, such as \"WARD_AGENCY_SECRET\"; its value never goes into a file";

pub(super) fn read_agency(table: TomlTable<'_>) -> Agency {
    let connector = read_connector(&table);
    let url = read_url(&table);
    let secret = read_secret_name(&table, connector == "rasa");
    let timeout_seconds = table.read_number("timeout_seconds", 1..121, 20);
    let default = Agency::CONNECT_TIMEOUT.min(timeout_seconds);
    let connect_timeout_seconds = table.read_number("connect_timeout_seconds", 1..121, default);
    if let Some(value) =
        table.get_value("connect_timeout_seconds").filter(|_| connect_timeout_seconds > timeout_seconds)
    {
        let what = format!("is longer than timeout_seconds, which is {timeout_seconds}");
        table.report_error(
            "connect_timeout_seconds",
            value.span(),
            what,
            "raise timeout_seconds, or write less here",
        );
    }
    let at_once = table.read_number("at_once", 1..1001, Agency::AT_ONCE);
    let model = (connector == "openai").then(|| read_language_model(&table));
    let inbox = (connector == "chatwoot").then(|| read_inbox(&table));
    table.report_unknown_keys();
    Agency { connector, url, secret, timeout_seconds, connect_timeout_seconds, at_once, model, inbox }
}

fn read_connector(table: &TomlTable<'_>) -> String {
    let fix = format!("known connectors: {}", CONNECTORS.join(", "));
    let Some((name, span)) = table.read_string("connector", table.require_value("connector", &fix), &fix)
    else {
        return String::new();
    };
    if !CONNECTORS.contains(&name.as_str()) {
        table.report_error("connector", span, format!("there is no connector \"{name}\""), &fix);
    }
    name
}

fn read_url(table: &TomlTable<'_>) -> String {
    const FIX: &str = "write the https:// address of your endpoint";
    let Some((url, span)) = table.read_string("url", table.require_value("url", FIX), FIX) else {
        return String::new();
    };
    if let Err(refusal) = permit_url(&url, &Allowed::default()) {
        report_refusal(table, span, refusal);
    }
    url
}

/// What an edge would refuse unless its operator lists it is a warning: this file can't know the list.
fn report_refusal(table: &TomlTable<'_>, span: SourceSpan, refusal: AddressRefusal) {
    let fix = match refusal {
        AddressRefusal::Private(why) => {
            let what = format!("is {why}: an edge calls it only if its operator says so");
            let fix =
                "bind HOI_AGENCY_HOSTS with exactly this host and port on that edge, or use a public host";
            return table.report_warning("url", span, what, fix);
        }
        AddressRefusal::Plain => {
            return table.report_error(
                "url",
                span,
                "is http://",
                "use https://, because visitors' words travel over it",
            );
        }
        AddressRefusal::Credentials => "take user and password out; the secret goes into headers",
        AddressRefusal::Number => "write the number as four decimal parts, or better a name",
        AddressRefusal::Dot => "take the dot at the host's end away",
        AddressRefusal::Port => "use port 443, or one from 1024 on",
        AddressRefusal::Characters => "write plain letters; a host of other letters in its xn-- form",
        AddressRefusal::Fragment => "take it out",
        AddressRefusal::NoAddress => "write https://host/path, without user and password",
    };
    // "it carries a user name", "its host is …": said of the field, that reads better without the "it".
    let what = refusal.to_string();
    let what = what.strip_prefix("it ").map_or_else(|| format!("can't be used: {what}"), str::to_owned);
    table.report_error("url", span, what, fix);
}

pub(super) fn read_secret_name(table: &TomlTable<'_>, optional: bool) -> String {
    let value = if optional { table.get_value("secret") } else { table.require_value("secret", SECRET) };
    let Some((name, span)) = table.read_string("secret", value, SECRET) else { return String::new() };
    if !is_secret_name(&name) {
        // The value is not repeated: it may be a real secret, put here by mistake.
        table.report_error("secret", span, "is not the name of a secret", SECRET);
    }
    name
}

fn is_secret_name(name: &str) -> bool {
    if Agency::is_reserved(name) {
        return false;
    }
    let plain = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    plain && name.starts_with(|c: char| c.is_ascii_uppercase()) && name.len() <= 64
}

fn read_language_model(table: &TomlTable<'_>) -> LanguageModel {
    const FIX: &str = "write the model's name as its server calls it";
    LanguageModel {
        name: table
            .read_string("model", table.require_value("model", FIX), FIX)
            .map(|(name, _)| name)
            .unwrap_or_default(),
        instructions: table.read_text("instructions", Optional),
        history_tokens: table.read_number("history_tokens", 0..32_001, 1_500),
        answer_tokens: table.read_number("answer_tokens", 16..8_193, 800),
        parameters: table.read_table("parameters").map(|table| read_parameters(&table)).unwrap_or_default(),
    }
}

/// Parameters for a model's server, of whatever names it has.
fn read_parameters(table: &TomlTable<'_>) -> serde_json::Map<String, serde_json::Value> {
    let mut parameters = serde_json::Map::new();
    for (name, span, value) in table.entries() {
        if RESERVED_PARAMETERS.contains(&name) {
            let fix = "take it out: the edge writes model, messages and stream itself, and reads one answer";
            table.report_error(name, span, "can't be set here", fix);
            continue;
        }
        match to_json(value) {
            Some(value) => {
                parameters.insert(name.to_owned(), value);
            }
            None => {
                let fix = "write a text, a number, true or false, a list or a table; a date as a text";
                table.report_error(name, value.span(), "can't be sent as JSON", fix);
            }
        }
    }
    parameters
}

fn read_inbox(table: &TomlTable<'_>) -> Inbox {
    const FIX: &str =
        "copy the inbox identifier from Chatwoot: Settings, Inboxes, your API inbox, Configuration";
    let Some((identifier, span)) = table.read_string("inbox", table.require_value("inbox", FIX), FIX) else {
        return Inbox { identifier: String::new() };
    };
    if !identifier.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        table.report_error("inbox", span, "is not an inbox identifier", FIX);
    }
    Inbox { identifier }
}
