//! The log: what [`hoi_core::log`] makes of an event, on the platform's console.

use super::now;
use hoi_core::log::{LogField, LogLevel, LogValue, format_line};
use worker::js_sys::Date;

/// Writes an event.
pub fn write_event(level: LogLevel, event: &str, fields: &[LogField<'_>]) {
    let time = String::from(Date::new(&(now() as f64).into()).to_iso_string());
    let line = format_line(&time, level, event, fields);
    match level {
        LogLevel::Info => worker::console_log!("{line}"),
        LogLevel::Warn => worker::console_warn!("{line}"),
        LogLevel::Error => worker::console_error!("{line}"),
    }
}

/// Writes a sentence about something that did not work.
pub fn write_text(level: LogLevel, text: &str) {
    let event = if level == LogLevel::Error { "edge.error" } else { "edge.warning" };
    write_event(level, event, &[("text", LogValue::Text(text))]);
}

/// Logs a sentence about something that did not work.
macro_rules! log_error {
    ($($words:tt)*) => {
        $crate::platform::log::write_text(hoi_core::log::LogLevel::Error, &format!($($words)*))
    };
}

/// Logs a sentence that somebody should know.
macro_rules! log_warn {
    ($($words:tt)*) => {
        $crate::platform::log::write_text(hoi_core::log::LogLevel::Warn, &format!($($words)*))
    };
}

pub(crate) use {log_error, log_warn};
