//! Asks an agency's real endpoint, as an edge would, for `hoi ask --forward`.

use crate::out::{say, say_on};
use anyhow::{Context as _, bail};
use hoi_core::{
    agency::build_question,
    connector::{
        Ask, Connector, ConnectorError, Endpoint, MAX_STEPS, Outbound, ReplyPart, Verb, find_connector,
    },
    conversation::{ConversationStore as _, MemoryStore, Pending},
    decide::Published,
};
use intent::Scratch;
use site::Agency;
use std::{
    io::{Read as _, Write as _},
    time::{Duration, SystemTime},
};
use wire::{Author, AuthorKind, Block, Body, Id, Message, Run, State};

/// Asks the site's agency about `text` and prints what it answers, as it comes.
///
/// # Errors
/// If the secret is not in the environment, or the agency can't be reached or understood.
pub fn ask_agency(
    published: &Published,
    lang: &str,
    text: &str,
    candidates: Vec<(String, f32)>,
) -> anyhow::Result<()> {
    let Some(agency) = &published.site.settings.agency else { return Ok(()) };
    let connector =
        find_connector(&agency.connector).context("this site names a connector that is not there")?;
    let secret = match agency.secret.as_str() {
        "" => String::new(),
        name => std::env::var(name)
            .with_context(|| format!("the secret is missing: set {name} in the environment"))?,
    };
    let mut ask = as_asked(published, lang, text, candidates)?;
    say!("asks the agency at {} …\n", agency.url);
    let endpoint = Endpoint { agency, secret: &secret };
    for _ in 0..MAX_STEPS {
        if !run_step(connector, &mut ask, &endpoint)? {
            return Ok(());
        }
    }
    bail!("the agency's protocol took more than {MAX_STEPS} requests")
}

/// The question as the first of a new conversation.
fn as_asked(
    published: &Published,
    lang: &str,
    text: &str,
    candidates: Vec<(String, f32)>,
) -> anyhow::Result<Ask> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let (at, id) = (u64::try_from(now.as_millis())?, Id(now.as_nanos()));
    let runs = vec![Run { text: text.to_owned(), ..Run::default() }];
    let mut store = MemoryStore::new(id);
    store.put_message(&Message {
        seq: 1,
        id: Some(id),
        author: Author { kind: AuthorKind::Visitor, name: None },
        at,
        lang: lang.to_owned(),
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        later: false,
        body: Body { blocks: vec![Block::Text { runs }], buttons: Vec::new() },
    })?;
    let pending = Pending::new(1, at, candidates);
    Ok(build_question(&store, published, id, &pending, at, &mut Scratch::default())?)
}

/// So much of a refusal's body is read, in bytes.
const MAX_REFUSAL_BYTES: u64 = 16 * 1024;

/// Makes one request and prints its answer; `true` if the connector wants another one.
fn run_step(connector: &dyn Connector, ask: &mut Ask, endpoint: &Endpoint<'_>) -> anyhow::Result<bool> {
    let request = connector.build_request(ask, endpoint)?;
    let answer = send_request(&request, endpoint.agency)
        .with_context(|| format!("the agency at {} can't be reached", endpoint.agency.url))?;
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let status = answer.status().as_u16();
    let reader = connector.response_reader(ask, status, kind);
    let mut body = answer.into_body().into_reader();
    let mut reader = match reader {
        Ok(reader) => reader,
        Err(ConnectorError::Status { .. }) => {
            let mut refusal = Vec::new();
            body.take(MAX_REFUSAL_BYTES).read_to_end(&mut refusal)?;
            let parts = connector.read_refusal(ask, endpoint, status, &refusal)?;
            return Ok(print_parts(ask, parts));
        }
        Err(error) => return Err(error.into()),
    };
    let mut buffer = [0; 4096];
    let mut again = false;
    loop {
        let n = body.read(&mut buffer)?;
        let parts =
            if n == 0 { reader.finish()? } else { reader.feed(buffer.get(..n).unwrap_or_default())? };
        again |= print_parts(ask, parts);
        std::io::stdout().flush()?;
        if n == 0 {
            return Ok(again);
        }
    }
}

/// Prints parts of an answer; `true` if the connector wants another request.
fn print_parts(ask: &mut Ask, parts: Vec<ReplyPart>) -> bool {
    let mut again = false;
    for part in parts {
        match part {
            ReplyPart::More(text) => say_on!("{text}"),
            ReplyPart::Whole(reply) => say!("{}", reply.text),
            ReplyPart::Done => say!(""),
            ReplyPart::Later => say!("It has the question, and answers later by a callback."),
            ReplyPart::Declined => {
                say!("It has nothing to say to this: the site's fallback is shown.")
            }
            ReplyPart::Remember(name, value) => {
                ask.remembered.insert(name.to_owned(), value);
            }
            ReplyPart::Again => again = true,
            ReplyPart::NoReasoning => {}
        }
    }
    again
}

fn send_request(
    request: &Outbound,
    agency: &Agency,
) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    let timeout = Duration::from_secs(agency.timeout_seconds.into());
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(timeout));
    let sender = ureq::Agent::from(config.max_redirects(0).build());
    match request.verb {
        Verb::Get => {
            let mut get = sender.get(&request.url);
            for (name, value) in &request.headers {
                get = get.header(*name, value);
            }
            get.call()
        }
        Verb::Post => {
            let mut post = sender.post(&request.url);
            for (name, value) in &request.headers {
                post = post.header(*name, value);
            }
            post.send(&request.body)
        }
    }
}
