//! What the worker writes to its log: one event a line, as JSON. No visitor's words, no secret, no address of a visitor. docs/operate.md lists
//! the events.

use std::fmt::Write as _;

/// How much an event matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// It is as it should be.
    Info,
    /// Somebody should know.
    Warn,
    /// Something did not work.
    Error,
}

impl LogLevel {
    /// As it stands in the line.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Info => "info",
            LogLevel::Warn => "warn",
            LogLevel::Error => "error",
        }
    }
}

/// A field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogValue<'a> {
    /// A text.
    Text(&'a str),
    /// A number.
    Number(u64),
}

/// A field: its name and its value.
pub type LogField<'a> = (&'static str, LogValue<'a>);

/// The line for `event`, without its end.
///
/// ```
/// use hoi_core::log::{LogLevel, LogValue, format_line};
/// let fields = [("site", LogValue::Text("ward")), ("version", LogValue::Number(3))];
/// assert_eq!(
///     format_line("2026-11-30T02:15:00.000Z", LogLevel::Info, "site.publish", &fields),
///     r#"{"time":"2026-11-30T02:15:00.000Z","level":"info","event":"site.publish","site":"ward","version":3}"#
/// );
/// ```
pub fn format_line(time: &str, level: LogLevel, event: &str, fields: &[LogField<'_>]) -> String {
    // Names and times need no escaping, and writing to a string can't fail.
    let mut line = format!("{{\"time\":\"{time}\",\"level\":\"{}\",\"event\":\"{event}\"", level.name());
    for (name, value) in fields {
        let _infallible = match value {
            LogValue::Number(n) => write!(line, ",\"{name}\":{n}"),
            LogValue::Text(text) => {
                write!(line, ",\"{name}\":{}", serde_json::to_string(text).unwrap_or_default())
            }
        };
    }
    line.push('}');
    line
}

/// What the log is told of something that an account did, as its trails are told it: level, event, and why or by what way.
pub fn describe_account_act<'a>(act: &str, about: &'a str) -> (LogLevel, &'static str, LogField<'a>) {
    let by = |way| ("by", LogValue::Text(way));
    let reason = |why| ("reason", LogValue::Text(why));
    match act {
        "sign_in" if about.is_empty() => (LogLevel::Info, "staff.sign_in", by("password")),
        "sign_in" => (LogLevel::Info, "staff.sign_in", by(about)),
        "sign_out" if about.is_empty() => {
            (LogLevel::Info, "staff.sign_out", ("scope", LogValue::Text("session")))
        }
        "sign_out" => (LogLevel::Info, "staff.sign_out", ("scope", LogValue::Text(about))),
        "sign_in_failed" => (LogLevel::Warn, "staff.sign_in_failed", reason("password")),
        "code_failed" => (LogLevel::Warn, "staff.sign_in_failed", reason("code")),
        "password" => (LogLevel::Info, "staff.change", ("what", LogValue::Text("password"))),
        _ => (LogLevel::Info, "staff.change", ("what", LogValue::Text("codes"))),
    }
}

/// What the log is told of something that the operator did at a site: event, and what it was about. A notice's words are left out.
pub fn describe_operator_act<'a>(act: &str, about: &'a str) -> (&'static str, Option<LogField<'a>>) {
    let version = about.strip_prefix("version ").and_then(|version| version.parse().ok());
    match (act, version) {
        ("publish", Some(version)) => ("site.publish", Some(("version", LogValue::Number(version)))),
        ("rollback", Some(version)) => ("site.rollback", Some(("version", LogValue::Number(version)))),
        ("standing", _) => ("site.standing", None),
        _ => ("operator.act", Some(("about", LogValue::Text(about)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_field_stays_in_it() {
        let fields = [("text", LogValue::Text("a \"quoted\"\nline\\"))];
        let line = format_line("t", LogLevel::Error, "edge.error", &fields);
        assert!(!line.contains('\n'));
        let read: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&read["text"], &read["level"]), (&"a \"quoted\"\nline\\".into(), &"error".into()));
    }

    #[test]
    fn sign_ins_say_by_what_and_failures_why() {
        for (act, about, event, field, text) in [
            ("sign_in", "", "staff.sign_in", "by", "password"),
            ("sign_in", "provider", "staff.sign_in", "by", "provider"),
            ("sign_in_failed", "5 1f2e3d4c", "staff.sign_in_failed", "reason", "password"),
            ("code_failed", "", "staff.sign_in_failed", "reason", "code"),
            ("sign_out", "everywhere", "staff.sign_out", "scope", "everywhere"),
            ("password", "", "staff.change", "what", "password"),
        ] {
            let (_, told, value) = describe_account_act(act, about);
            assert_eq!((told, value), (event, (field, LogValue::Text(text))), "{act}");
        }
    }

    #[test]
    fn a_notices_words_are_not_logged() {
        assert_eq!(describe_operator_act("standing", "{\"notice\":\"…\"}"), ("site.standing", None));
        let published = describe_operator_act("publish", "version 7");
        assert_eq!(published, ("site.publish", Some(("version", LogValue::Number(7)))));
        assert_eq!(describe_operator_act("role", "lan").0, "operator.act");
    }
}
