//! Whole numbers as others write them: JSON knows one kind of number, and some languages write every one of it with a fraction.

use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Number;

/// The largest whole number that every reader of JSON takes as it is (RFC 8259, 6).
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A whole number, also written as `3.0`.
pub fn whole_number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    read_whole(&Number::deserialize(from)?).ok_or_else(|| D::Error::custom("no whole number"))
}

/// The same where there may be none.
pub fn optional_number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    let number = Option::<Number>::deserialize(from)?;
    number.map(|number| read_whole(&number).ok_or_else(|| D::Error::custom("no whole number"))).transpose()
}

fn read_whole(number: &Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let written = number.as_f64().filter(|value| value.fract() == 0.0)?;
        format!("{written:.0}").parse().ok().filter(|whole| *whole <= MAX_SAFE_INTEGER)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Counted {
        #[serde(deserialize_with = "whole_number")]
        of: u64,
        #[serde(default, deserialize_with = "optional_number")]
        seq: Option<u64>,
    }

    #[test]
    fn a_number_is_whole_however_it_is_written() {
        for (json, of, seq) in [
            (r#"{"of":3}"#, 3, None),
            (r#"{"of":3.0,"seq":null}"#, 3, None),
            (r#"{"of":3e2,"seq":7.0}"#, 300, Some(7)),
            (r#"{"of":9007199254740991,"seq":0}"#, MAX_SAFE_INTEGER, Some(0)),
        ] {
            let read: Counted = serde_json::from_str(json).unwrap();
            assert_eq!((read.of, read.seq), (of, seq), "{json}");
        }
        for json in
            [r#"{"of":3.5}"#, r#"{"of":-1}"#, r#"{"of":"3"}"#, r#"{"of":1e300}"#, r#"{"of":1,"seq":0.1}"#]
        {
            assert!(serde_json::from_str::<Counted>(json).is_err(), "{json}");
        }
    }
}
