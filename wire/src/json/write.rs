//! What is sent and kept, as text.

use crate::{File, Given, Id, Reason, Up, format_decimal};

/// `up` as it is sent; nothing for what is never sent.
pub fn write_up(up: &Up) -> Option<String> {
    let mut out = Writer::default();
    match up {
        Up::Hello { v, ticket, epoch, after, lang } => {
            out.write_text("t", "hello");
            out.write_number("v", u64::from(*v));
            out.write_text("ticket", ticket);
            out.write_id("epoch", *epoch);
            out.write_number("after", *after);
            out.write_text("lang", lang);
        }
        Up::Say { id, text, lang, pick, value, files } => {
            out.write_text("t", "say");
            out.write_id("id", Some(*id));
            out.write_text("text", text);
            out.write_text("lang", lang);
            out.write_optional("pick", pick.as_deref());
            out.write_given(value.as_ref());
            out.write_ids("files", files);
        }
        Up::Stop { seq } => {
            out.write_text("t", "stop");
            out.write_number("seq", *seq);
        }
        Up::Identify { token } => {
            out.write_text("t", "identify");
            out.write_text("token", token);
        }
        Up::Context { values } => {
            out.write_text("t", "context");
            out.write_name("values");
            let mut inner = Writer::default();
            values.iter().for_each(|(name, value)| inner.write_text(name, value));
            out.0.push_str(&inner.finish_object());
        }
        Up::Rate { seq, good, reason, text } => {
            out.write_text("t", "rate");
            out.write_number("seq", *seq);
            if let Some(good) = good {
                out.write_flag("good", *good);
            }
            out.write_optional("reason", reason.map(Reason::name));
            out.write_optional("text", Some(text.as_str()).filter(|text| !text.is_empty()));
        }
        Up::Survey { score, text } => {
            out.write_text("t", "survey");
            out.write_number("score", u64::from(*score));
            out.write_optional("text", Some(text.as_str()).filter(|text| !text.is_empty()));
        }
        Up::Typing { on } => {
            out.write_text("t", "typing");
            out.write_flag("on", *on);
        }
        Up::Read { seq } => {
            out.write_text("t", "read");
            out.write_number("seq", *seq);
        }
        Up::Unknown => return None,
    }
    Some(out.finish_object())
}

/// An object on its way into text.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// A text.
    pub fn write_text(&mut self, name: &str, value: &str) {
        self.write_name(name);
        push_quoted(&mut self.0, value);
    }

    /// A text, left out if there is none.
    pub fn write_optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.write_text(name, value);
        }
    }

    /// A number.
    pub fn write_number(&mut self, name: &str, value: u64) {
        self.write_name(name);
        self.0.push_str(&format_decimal(value));
    }

    /// Yes or no.
    pub fn write_flag(&mut self, name: &str, value: bool) {
        self.write_name(name);
        self.0.push_str(if value { "true" } else { "false" });
    }

    /// An id, left out if there is none.
    pub fn write_id(&mut self, name: &str, value: Option<Id>) {
        if let Some(value) = value {
            self.write_text(name, &value.to_hex());
        }
    }

    /// What was given for an input, left out if nothing was.
    pub fn write_given(&mut self, value: Option<&Given>) {
        if let Some(Given { name, value }) = value {
            self.write_name("value");
            let mut inner = Writer::default();
            inner.write_text("name", name);
            inner.write_text("value", value);
            self.0.push_str(&inner.finish_object());
        }
    }

    /// Ids, left out if there are none.
    pub fn write_ids(&mut self, name: &str, ids: &[Id]) {
        if ids.is_empty() {
            return;
        }
        self.write_name(name);
        for (index, id) in ids.iter().enumerate() {
            self.0.push(if index == 0 { '[' } else { ',' });
            push_quoted(&mut self.0, &id.to_hex());
        }
        self.0.push(']');
    }

    /// Files, left out if there are none.
    pub fn write_files(&mut self, name: &str, files: &[File]) {
        if files.is_empty() {
            return;
        }
        self.write_name(name);
        for (index, file) in files.iter().enumerate() {
            self.0.push(if index == 0 { '[' } else { ',' });
            let mut inner = Writer::default();
            inner.write_id("id", file.id);
            inner.write_text("name", &file.name);
            inner.write_number("size", file.size);
            inner.write_text("kind", &file.kind);
            inner.write_optional("href", file.href.as_deref());
            self.0.push_str(&inner.finish_object());
        }
        self.0.push(']');
    }

    /// The whole object.
    pub fn finish_object(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }

    fn write_name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        push_quoted(&mut self.0, name);
        self.0.push(':');
    }
}

/// Adds `text` to `out` in quotes, with what JSON wants escaped.
pub fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        let escape = match letter {
            '"' => '"',
            '\\' => '\\',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..='\u{1f}' => 'u',
            _ => {
                out.push(letter);
                continue;
            }
        };
        out.push('\\');
        out.push(escape);
        if escape == 'u' {
            out.push_str(if letter < '\u{10}' { "000" } else { "001" });
            out.extend(char::from_digit(u32::from(letter) % 16, 16));
        }
    }
    out.push('"');
}
