//! What is asked of a model besides its answer, fitted to what its server takes.
//!
//! Servers refuse parameters that a model doesn't have: newer ones want `max_completion_tokens` instead of `max_tokens`, and
//! models that think take no `temperature`. A site can say what it wants ([`site::LanguageModel::parameters`]); of what we say
//! ourselves, the parameter that a refusal names is changed or left out, and the question is asked again.

use serde_json::{Map, Value, json};
use site::LanguageModel;

/// Under which name a conversation remembers what was refused.
pub const REMEMBERED: &str = "openai_parameters";

/// Codes of refusals that name parameters and have nothing to do with them.
const OTHER_CODES: &[&str] = &["context_length_exceeded", "rate_limit_exceeded", "insufficient_quota"];

/// A change of what we ask for by ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Adaptation {
    /// How it is remembered.
    name: &'static str,
    /// The parameter that was refused.
    refused: &'static str,
    /// Another name for it, if there is one.
    replaced_by: Option<&'static str>,
}

/// In this order: what replaces a parameter may be refused too.
const ADAPTATIONS: &[Adaptation] = &[
    Adaptation { name: "renamed_limit", refused: "max_tokens", replaced_by: Some("max_completion_tokens") },
    Adaptation { name: "no_limit", refused: "max_completion_tokens", replaced_by: None },
    Adaptation { name: "no_temperature", refused: "temperature", replaced_by: None },
];

/// The parameters for `model`, where `remembered` are the changes that earlier refusals led to.
pub fn build_parameters(model: &LanguageModel, remembered: &str) -> Map<String, Value> {
    let mut parameters = Map::new();
    parameters.insert("max_tokens".into(), model.answer_tokens.into());
    // Offices want the same question answered in the same way. Written as a decimal: a float's own digits would be 0.20000000298.
    parameters.insert("temperature".into(), json!(0.2));
    for adaptation in ADAPTATIONS.iter().filter(|each| is_remembered(remembered, each)) {
        let value = parameters.remove(adaptation.refused);
        if let (Some(name), Some(value)) = (adaptation.replaced_by, value) {
            parameters.insert(name.into(), value);
        }
    }
    // One limit is enough, and some servers refuse two.
    if model.parameters.keys().any(|name| name == "max_completion_tokens") {
        parameters.remove("max_tokens");
    }
    parameters.extend(model.parameters.clone());
    parameters
}

/// What is to be remembered after a refusal with `body`; nothing if asking otherwise would not help.
pub fn adapt_to_refusal(model: &LanguageModel, remembered: &str, body: &str) -> Option<String> {
    if OTHER_CODES.iter().any(|code| body.contains(code)) {
        return None;
    }
    let sent = build_parameters(model, remembered);
    let ours = |name: &str| sent.contains_key(name) && !model.parameters.contains_key(name);
    let mut fitting = ADAPTATIONS.iter().filter(|each| !is_remembered(remembered, each));
    let adaptation = fitting.find(|each| ours(each.refused) && names_parameter(body, each.refused))?;
    Some(if remembered.is_empty() {
        adaptation.name.into()
    } else {
        format!("{remembered},{}", adaptation.name)
    })
}

fn is_remembered(remembered: &str, adaptation: &Adaptation) -> bool {
    remembered.split(',').any(|name| name == adaptation.name)
}

/// Whether `body` has `name` as a word of its own.
fn names_parameter(body: &str, name: &str) -> bool {
    body.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(parameters: Value) -> LanguageModel {
        let Value::Object(parameters) = parameters else { panic!("a table") };
        LanguageModel {
            name: "m".into(),
            instructions: site::Text::default(),
            history_tokens: 0,
            answer_tokens: 800,
            parameters,
        }
    }

    /// As servers word it.
    const LIMIT: &str = r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}"#;
    const TEMPERATURE: &str = r#"{"error":{"message":"'temperature' does not support 0.2 with this model.","param":"temperature","code":"unsupported_value"}}"#;

    #[test]
    fn what_a_refusal_names_is_changed_or_left_out_once() {
        let plain = model(json!({}));
        assert_eq!(
            Value::Object(build_parameters(&plain, "")),
            json!({"max_tokens": 800, "temperature": 0.2})
        );
        let first = adapt_to_refusal(&plain, "", LIMIT).unwrap();
        assert_eq!(
            Value::Object(build_parameters(&plain, &first)),
            json!({"max_completion_tokens": 800, "temperature": 0.2})
        );
        let second = adapt_to_refusal(&plain, &first, TEMPERATURE).unwrap();
        assert_eq!(Value::Object(build_parameters(&plain, &second)), json!({"max_completion_tokens": 800}));
        let third =
            adapt_to_refusal(&plain, &second, "max_completion_tokens: extra inputs are not permitted")
                .unwrap();
        assert_eq!(Value::Object(build_parameters(&plain, &third)), json!({}));
        for body in [LIMIT, TEMPERATURE, "", "temperatures"] {
            assert_eq!(adapt_to_refusal(&plain, &third, body), None, "nothing is left to change: {body}");
        }
        assert_eq!(adapt_to_refusal(&plain, "", "temperatures"), None);
        let full = r#"{"error":{"message":"reduce max_tokens","code":"context_length_exceeded"}}"#;
        assert_eq!(adapt_to_refusal(&plain, "", full), None);
    }

    #[test]
    fn what_the_site_says_goes_before() {
        let own = model(
            json!({"temperature": 1, "max_completion_tokens": 300, "chat_template_kwargs": {"enable_thinking": false}}),
        );
        assert_eq!(
            Value::Object(build_parameters(&own, "")),
            json!({"temperature": 1, "max_completion_tokens": 300, "chat_template_kwargs": {"enable_thinking": false}})
        );
        assert_eq!(adapt_to_refusal(&own, "", TEMPERATURE), None, "the site's own word is not changed");
    }
}
