//! What is sent and kept, as text.

use crate::{File, Given, Id, Reason, Up};

/// `up` as it is sent; nothing for what is never sent.
pub fn write(up: &Up) -> Option<String> {
    let mut out = Writer::default();
    match up {
        Up::Hello { v, ticket, epoch, after, lang } => {
            out.text("t", "hello");
            out.number("v", u64::from(*v));
            out.text("ticket", ticket);
            out.id("epoch", *epoch);
            out.number("after", *after);
            out.text("lang", lang);
        }
        Up::Say { id, text, lang, pick, value, files } => {
            out.text("t", "say");
            out.id("id", Some(*id));
            out.text("text", text);
            out.text("lang", lang);
            out.optional("pick", pick.as_deref());
            out.given(value.as_ref());
            out.ids("files", files);
        }
        Up::Stop { seq } => {
            out.text("t", "stop");
            out.number("seq", *seq);
        }
        Up::Identify { token } => {
            out.text("t", "identify");
            out.text("token", token);
        }
        Up::Context { values } => {
            out.text("t", "context");
            out.name("values");
            let mut inner = Writer::default();
            values.iter().for_each(|(name, value)| inner.text(name, value));
            out.0.push_str(&inner.done());
        }
        Up::Rate { seq, good, reason, text } => {
            out.text("t", "rate");
            out.number("seq", *seq);
            if let Some(good) = good {
                out.flag("good", *good);
            }
            out.optional("reason", reason.map(Reason::name));
            out.optional("text", Some(text.as_str()).filter(|text| !text.is_empty()));
        }
        Up::Survey { score, text } => {
            out.text("t", "survey");
            out.number("score", u64::from(*score));
            out.optional("text", Some(text.as_str()).filter(|text| !text.is_empty()));
        }
        Up::Typing { on } => {
            out.text("t", "typing");
            out.flag("on", *on);
        }
        Up::Read { seq } => {
            out.text("t", "read");
            out.number("seq", *seq);
        }
        Up::Unknown => return None,
    }
    Some(out.done())
}

/// An object on its way into text.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    /// A text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        quoted(&mut self.0, value);
    }

    /// A text, left out if there is none.
    pub fn optional(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// A number.
    pub fn number(&mut self, name: &str, value: u64) {
        self.name(name);
        self.0.push_str(&value.to_string());
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.name(name);
        self.0.push_str(if value { "true" } else { "false" });
    }

    /// An id, left out if there is none.
    pub fn id(&mut self, name: &str, value: Option<Id>) {
        if let Some(value) = value {
            self.text(name, &value.hex());
        }
    }

    /// What was given for an input, left out if nothing was.
    pub fn given(&mut self, value: Option<&Given>) {
        if let Some(Given { name, value }) = value {
            self.name("value");
            let mut inner = Writer::default();
            inner.text("name", name);
            inner.text("value", value);
            self.0.push_str(&inner.done());
        }
    }

    /// Ids, left out if there are none.
    pub fn ids(&mut self, name: &str, ids: &[Id]) {
        if ids.is_empty() {
            return;
        }
        self.name(name);
        for (index, id) in ids.iter().enumerate() {
            self.0.push(if index == 0 { '[' } else { ',' });
            quoted(&mut self.0, &id.hex());
        }
        self.0.push(']');
    }

    /// Files, left out if there are none.
    pub fn files(&mut self, name: &str, files: &[File]) {
        if files.is_empty() {
            return;
        }
        self.name(name);
        for (index, file) in files.iter().enumerate() {
            self.0.push(if index == 0 { '[' } else { ',' });
            let mut inner = Writer::default();
            inner.id("id", file.id);
            inner.text("name", &file.name);
            inner.number("size", file.size);
            inner.text("kind", &file.kind);
            inner.optional("href", file.href.as_deref());
            self.0.push_str(&inner.done());
        }
        self.0.push(']');
    }

    /// The whole object.
    pub fn done(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }

    fn name(&mut self, name: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        quoted(&mut self.0, name);
        self.0.push(':');
    }
}

/// Adds `text` to `out` in quotes, with what JSON wants escaped.
pub fn quoted(out: &mut String, text: &str) {
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
