//! `openai`: chat completions, streamed, from any server that speaks OpenAI's protocol (platform.openai.com,
//! "Create chat completion" and its streaming events).
//!
//! Request: `POST <url>/chat/completions` with the secret as bearer token. What the model is told is in `prompt`, what is asked of
//! it besides in `parameters`.
//!
//! Response: `data: {"choices":[{"delta":{"content":"…"},"finish_reason":null}]}` any number of times, then a
//! `finish_reason` and `data: [DONE]`; a server that doesn't stream sends `choices[0].message` in one piece. The first
//! choice counts, calls of tools are left out, an `error` object is an error whatever the status says. An answer that
//! ran into its length limit or a content filter is kept and marked as cut. What the model thought is no part of it.

mod parameters;
mod reasoning;
mod scope;
mod stream;

use super::{
    Ask, Connector, ConnectorError, Endpoint, Outbound, ReplyPart, ResponseReader,
    body::{Whole, check_status, media_type},
    error::refusal_code,
    prompt,
};
use site::LanguageModel;

/// The connector.
pub struct OpenAi;

impl Connector for OpenAi {
    fn name(&self) -> &'static str {
        "openai"
    }

    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError> {
        if agency.secret.is_empty() || !agency.secret.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(ConnectorError::Secret);
        }
        let model = language_model(agency)?;
        let instructions = model.instructions.get(&ask.lang, &[]);
        let messages = prompt::build_messages(ask, model, instructions, agency.secret);
        let mut completion = parameters::build_parameters(model, remembered_parameters(ask));
        completion.insert("model".into(), model.name.as_str().into());
        completion
            .insert("messages".into(), messages.into_iter().map(prompt::PromptMessage::into_json).collect());
        completion.insert("stream".into(), true.into());
        Ok(Outbound::post_json(agency.url_for("/chat/completions"), &completion)?
            .with_header("accept", "text/event-stream, application/json")
            .with_header("idempotency-key", ask.idempotency_key())
            .with_header("authorization", format!("Bearer {}", agency.secret)))
    }

    fn response_reader(
        &self,
        ask: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError> {
        check_status(status)?;
        match media_type(content_type).as_str() {
            "text/event-stream" => Ok(Box::new(stream::CompletionStream::new(ask.shows_growth))),
            "application/json" => Ok(Box::new(Whole::new(stream::parse_completion))),
            other => Err(ConnectorError::ContentType(other.to_owned())),
        }
    }

    /// A refusal that names a parameter of ours: the question is asked again without it.
    fn read_refusal(
        &self,
        ask: &Ask,
        agency: &Endpoint<'_>,
        status: u16,
        body: &[u8],
    ) -> Result<Vec<ReplyPart>, ConnectorError> {
        let text = String::from_utf8_lossy(body);
        let adapted = matches!(status, 400 | 422)
            .then(|| {
                parameters::adapt_to_refusal(language_model(agency).ok()?, remembered_parameters(ask), &text)
            })
            .flatten();
        match adapted {
            Some(adapted) => Ok(vec![ReplyPart::Remember(parameters::REMEMBERED, adapted), ReplyPart::Again]),
            None => Err(ConnectorError::Status { status, code: refusal_code(body) }),
        }
    }

    fn is_language_model(&self) -> bool {
        true
    }

    fn is_repeatable(&self) -> bool {
        // A model that is asked twice has done nothing twice.
        true
    }
}

fn language_model<'a>(agency: &Endpoint<'a>) -> Result<&'a LanguageModel, ConnectorError> {
    agency.agency.model.as_ref().ok_or(ConnectorError::Settings("[agency] names no model"))
}

fn remembered_parameters(ask: &Ask) -> &str {
    ask.remembered_value(parameters::REMEMBERED).unwrap_or_default()
}

#[cfg(test)]
mod tests;
