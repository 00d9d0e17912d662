//! JSON as a value, and what can be taken from it.

use super::{MAX_DEPTH, records::Record};

/// A piece of JSON.
#[derive(Debug, Default)]
pub enum Value {
    /// A field that isn't there.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, not negative: nothing of ours is any other.
    Number(u64),
    /// Any other number. It can be skipped, not read.
    Odd,
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Object(Vec<(String, Value)>),
}

/// What can be read from a [`Value`].
///
/// Reading never stops half way: what doesn't fit clears `good` and leaves some value. With an early return after every
/// field, dropping what was read so far would be most of the code.
pub trait Read: Sized {
    /// Reads it.
    fn read(value: Value, good: &mut bool) -> Self;
}

/// The fields of an object, to be taken one by one.
#[derive(Debug)]
pub struct Fields<'a> {
    fields: Vec<(String, Value)>,
    good: &'a mut bool,
}

impl<'a> Fields<'a> {
    /// Those of `value`, if it has any.
    pub fn fields_of(value: Value, good: &'a mut bool) -> Fields<'a> {
        let Value::Object(fields) = value else {
            *good = false;
            return Fields { fields: Vec::new(), good };
        };
        Fields { fields, good }
    }

    /// A field that must be there, unless its type says otherwise.
    pub fn get<T: Read>(&mut self, name: &str) -> T {
        let value = self.take_field(name);
        T::read(value, self.good)
    }

    /// A field that may be left out.
    pub fn or_default<T: Read + Default>(&mut self, name: &str) -> T {
        match self.take_field(name) {
            Value::Absent => T::default(),
            value => T::read(value, self.good),
        }
    }

    /// What is here is not what was promised.
    pub fn mark_invalid(&mut self) {
        *self.good = false;
    }

    fn take_field(&mut self, name: &str) -> Value {
        let field = self.fields.iter_mut().find(|(own, _)| own == name);
        field.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

impl<T: Record> Read for T {
    fn read(value: Value, good: &mut bool) -> T {
        T::record(&mut Fields::fields_of(value, good))
    }
}

impl Read for String {
    fn read(value: Value, good: &mut bool) -> String {
        let Value::Text(text) = value else {
            *good = false;
            return String::new();
        };
        text
    }
}

impl Read for bool {
    fn read(value: Value, good: &mut bool) -> bool {
        *good &= matches!(value, Value::Bool(_));
        matches!(value, Value::Bool(true))
    }
}

impl Read for u64 {
    fn read(value: Value, good: &mut bool) -> u64 {
        let Value::Number(number) = value else {
            *good = false;
            return 0;
        };
        number
    }
}

impl Read for u32 {
    fn read(value: Value, good: &mut bool) -> u32 {
        let number = u64::read(value, good);
        *good &= number <= u64::from(u32::MAX);
        number as u32
    }
}

impl Read for usize {
    fn read(value: Value, good: &mut bool) -> usize {
        let number = u64::read(value, good);
        *good &= number <= usize::MAX as u64;
        number as usize
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value, good: &mut bool) -> Option<T> {
        match value {
            Value::Absent | Value::Null => None,
            value => Some(T::read(value, good)),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value, good: &mut bool) -> Vec<T> {
        let Value::List(list) = value else {
            *good = false;
            return Vec::new();
        };
        list.into_iter().map(|value| T::read(value, good)).collect()
    }
}

/// All of `text` as a value.
pub fn parse_text(text: &str) -> Option<Value> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.parse_value(MAX_DEPTH)?;
    parser.peek_byte().is_none().then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn current_byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that isn't space. It stays where it is.
    fn peek_byte(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.current_byte() {
            self.at += 1;
        }
        self.current_byte()
    }

    /// Whether `wanted` comes next; if so, steps over it.
    fn skip_byte(&mut self, wanted: u8) -> bool {
        let found = self.peek_byte() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn parse_value(&mut self, depth: usize) -> Option<Value> {
        match self.peek_byte()? {
            b'{' => self.parse_object(depth.checked_sub(1)?),
            b'[' => self.parse_list(depth.checked_sub(1)?),
            b'"' => self.parse_string().map(Value::Text),
            b't' => self.parse_literal("true", Value::Bool(true)),
            b'f' => self.parse_literal("false", Value::Bool(false)),
            b'n' => self.parse_literal("null", Value::Null),
            _ => self.parse_number(),
        }
    }

    fn parse_literal(&mut self, word: &str, value: Value) -> Option<Value> {
        let is_it = self.text.as_bytes().get(self.at..)?.starts_with(word.as_bytes());
        self.at += word.len();
        is_it.then_some(value)
    }

    fn parse_object(&mut self, depth: usize) -> Option<Value> {
        let mut fields = Vec::new();
        self.at += 1;
        if self.skip_byte(b'}') {
            return Some(Value::Object(fields));
        }
        loop {
            if self.peek_byte()? != b'"' {
                return None;
            }
            let name = self.parse_string()?;
            if !self.skip_byte(b':') {
                return None;
            }
            fields.push((name, self.parse_value(depth)?));
            if !self.skip_byte(b',') {
                return self.skip_byte(b'}').then_some(Value::Object(fields));
            }
        }
    }

    fn parse_list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        self.at += 1;
        if self.skip_byte(b']') {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.parse_value(depth)?);
            if !self.skip_byte(b',') {
                return self.skip_byte(b']').then_some(Value::List(items));
            }
        }
    }

    fn parse_number(&mut self) -> Option<Value> {
        let start = self.at;
        let mut whole = Some(0_u64);
        while let Some(byte @ (b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) = self.current_byte() {
            self.at += 1;
            whole = match byte {
                b'0'..=b'9' => whole.and_then(|n| n.checked_mul(10)?.checked_add(u64::from(byte - b'0'))),
                _ => None,
            };
        }
        (self.at > start).then(|| whole.map_or(Value::Odd, Value::Number))
    }

    /// A text; its opening quote comes next.
    fn parse_string(&mut self) -> Option<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while !matches!(self.current_byte()?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            // Cut at ASCII, so between characters.
            out.push_str(self.text.get(start..self.at)?);
            let end = self.current_byte()?;
            self.at += 1;
            match end {
                b'"' => return Some(out),
                b'\\' => out.push(self.parse_escape()?),
                _ => return None,
            }
        }
    }

    fn parse_escape(&mut self) -> Option<char> {
        let byte = self.current_byte()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.parse_unicode_escape(),
            _ => return None,
        })
    }

    /// What follows `\u`: one unit, or two that make one character.
    fn parse_unicode_escape(&mut self) -> Option<char> {
        let first = self.parse_utf16_unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let paired = self.text.as_bytes().get(self.at..)?.starts_with(b"\\u");
        self.at += 2;
        let second = self.parse_utf16_unit()?;
        let low = second.wrapping_sub(0xdc00);
        (paired && low < 0x400).then(|| char::from_u32(0x10000 + ((first - 0xd800) << 10) + low))?
    }

    fn parse_utf16_unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit =
                unit << 4 | u32::from(crate::id::hex_digit_value(self.current_byte()?.to_ascii_lowercase())?);
            self.at += 1;
        }
        Some(unit)
    }
}
