//! [`super::parse_json_text`] against the library's own reading.

use super::parse_json_text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Inner {
    a: u8,
    #[serde(default)]
    b: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Plain {
    Unit,
    One(Inner),
    Pair(u8, Inner),
    Fields { inner: Inner, list: Vec<Inner> },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "t")]
enum Tagged {
    Fields { inner: Option<Inner> },
    One(Inner),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Text(String),
    Inner(Inner),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Outer {
    wrapped: Wrapped,
    map: BTreeMap<String, Inner>,
    pair: (Inner, f64),
    plain: Vec<Plain>,
    tagged: Vec<Tagged>,
    either: Vec<Either>,
    any: serde_json::Value,
    none: Option<Inner>,
    unit: (),
    #[serde(flatten)]
    more: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped(Inner);

fn inner(a: u8) -> Inner {
    Inner { a, b: (a > 1).then(|| "hồ sơ\n\"".to_owned()) }
}

#[test]
fn whatever_serde_writes_is_read() {
    let outer = Outer {
        wrapped: Wrapped(inner(1)),
        map: BTreeMap::from([("giờ".to_owned(), inner(2))]),
        pair: (inner(3), -1.5),
        plain: vec![
            Plain::Unit,
            Plain::One(inner(4)),
            Plain::Pair(5, inner(5)),
            Plain::Fields { inner: inner(6), list: vec![inner(7)] },
        ],
        tagged: vec![
            Tagged::Fields { inner: Some(inner(8)) },
            Tagged::One(inner(9)),
            Tagged::Fields { inner: None },
        ],
        either: vec![Either::Text("a".to_owned()), Either::Inner(inner(1))],
        any: serde_json::json!({ "a": [1, null, { "b": true }] }),
        none: None,
        unit: (),
        more: BTreeMap::from([("later".to_owned(), serde_json::json!([1]))]),
    };
    let text = serde_json::to_string_pretty(&outer).unwrap();
    assert_eq!(parse_json_text::<Outer>(&text).unwrap(), outer);
}

#[test]
fn a_struct_is_no_array() {
    assert_eq!(parse_json_text::<Inner>(r#"{"a":1,"unknown":[{}]}"#).unwrap(), inner(1));
    for text in ["[1,null]", "[]", "1", "null", "\"a\"", ""] {
        assert!(parse_json_text::<Inner>(text).is_err(), "{text}");
    }
    for text in [r#"{"Fields":[{"a":1},[]]}"#, r#"{"One":[1,null]}"#, r#"{"Pair":[1,[1]]}"#, r#""Fields""#] {
        assert!(parse_json_text::<Plain>(text).is_err(), "{text}");
    }
}

#[test]
fn errors_are_the_librarys() {
    for text in [
        r#"{"a":1} x"#,
        r#"{"a":1,"a":2}"#,
        r#"{"b":"x"}"#,
        r#"{"a":300}"#,
        r#"{"a":1,"b":2}"#,
        r#"{"a":1"#,
        "7",
    ] {
        let expected = serde_json::from_str::<Inner>(text).unwrap_err().to_string();
        assert_eq!(parse_json_text::<Inner>(text).unwrap_err().to_string(), expected, "{text}");
    }
    let deep = "[".repeat(200);
    assert!(parse_json_text::<serde_json::Value>(&deep).unwrap_err().to_string().contains("recursion limit"));
}
