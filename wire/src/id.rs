//! Names for things said and for conversations: 128 random bits.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A message's or a conversation's name: 128 bits, written as 32 lower-case hexadecimal digits.
///
/// ```
/// let id: wire::Id = "00000000000000000000000000c0ffee".parse()?;
/// assert_eq!(id, wire::Id(0xc0ffee));
/// # Ok::<(), wire::BadId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub u128);

/// The text was not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadId;

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 32 lower-case hexadecimal digits")
    }
}

impl std::error::Error for BadId {}

impl Id {
    /// As it is written. By hand, and not by way of `Display`: what formats 128 bits would be kilobytes of the widget.
    pub fn to_hex(self) -> String {
        let digit = |shift| (self.0 >> (4 * shift)) as u8 & 0xf;
        let digits = (0..32).rev().map(digit);
        digits.map(|digit| char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 })).collect()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Id {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        // One spelling an id: `from_str_radix` would also take "+", upper case and short forms.
        if text.len() != 32 {
            return Err(BadId);
        }
        let mut digits = text.bytes().map(hex_digit_value);
        digits.try_fold(0, |id, digit| Some(id << 4 | u128::from(digit?))).map(Id).ok_or(BadId)
    }
}

/// What a lower-case hexadecimal digit is worth.
pub(crate) fn hex_digit_value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9a-f]{32}$",
            "description": "32 lower-case hexadecimal digits."
        })
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
