//! What `hoi agency` is told.

use super::fault::InjectedFault;
use clap::ValueEnum;

/// Stand in for an agency's endpoint, to develop against.
///
/// Checks everything that the real one would check, fetches the files of a question, prints what it got, one JSON object a line, and answers.
/// `acts` in a line says how often it acted on that question: more than once would be a mistake of the edge's.
/// `--fault` makes it behave as badly as real systems do.
#[derive(clap::Args)]
pub struct Args {
    /// The port to listen on, on this machine only.
    #[arg(long, default_value_t = 8790)]
    pub port: u16,
    /// What it is.
    #[arg(long, value_enum, default_value_t = Protocol::Webhook)]
    pub protocol: Protocol,
    /// The name of the environment variable that holds the secret; repeat it for several sites.
    #[arg(long = "secret-env", default_value = "AGENCY_SECRET")]
    pub secrets: Vec<String>,
    /// How to answer, where the protocol leaves a choice.
    #[arg(long, value_enum, default_value_t = AnswerMode::Stream)]
    pub mode: AnswerMode,
    /// What to answer, in Markdown, with {text} for the question; the words of a stand-in unless given.
    #[arg(long)]
    pub reply: Option<String>,
    /// What to send along with the words, as a JSON object. In webhook: buttons, author, input, files; in Chatwoot: fields of its event,
    /// such as content_type, content_attributes and attachments.
    #[arg(long, value_parser = parse_extra_fields)]
    pub along: Option<serde_json::Map<String, serde_json::Value>>,
    /// How long to wait before the answer begins, in milliseconds.
    #[arg(long, default_value_t = 300)]
    pub delay_ms: u64,
    /// How long to wait between the pieces of a stream, in milliseconds.
    #[arg(long, default_value_t = 60)]
    pub piece_ms: u64,
    /// Take the question, and answer it by a signed callback after so many seconds. In Chatwoot that is always so.
    #[arg(long)]
    pub later: Option<f64>,
    /// Delete the answer again after so many seconds. In Chatwoot only.
    #[arg(long, value_name = "SECONDS")]
    pub take_back: Option<f64>,
    /// The edge that callbacks go to.
    #[arg(long, env = "HOI_EDGE", default_value = "http://localhost:8787")]
    pub edge: String,
    /// The file that keeps the cases handed in, with their papers in a folder beside it; without one they are gone when this
    /// ends. Decide about them on the page at this program's own address.
    #[arg(long, value_name = "FILE")]
    pub cases: Option<std::path::PathBuf>,
    /// What to do wrong.
    #[arg(long, value_enum, default_value_t = InjectedFault::None)]
    pub fault: InjectedFault,
    /// Do it only to so many requests, and behave from then on.
    #[arg(long)]
    pub faulty_calls: Option<u32>,
    /// Refuse every request that has this word in it, with 403 and a web page, as a firewall before an agency does; repeat it for several.
    #[arg(long, value_name = "WORD")]
    pub refuse_word: Vec<String>,
    /// Refuse every request that has this parameter, with 400 and its name, as servers of models do; repeat it for several.
    #[arg(long, value_name = "NAME")]
    pub refuse_parameter: Vec<String>,
    /// The header `retry-after` of `--fault busy`: seconds or a date.
    #[arg(long, default_value = "3")]
    pub retry_after: String,
}

/// Which protocol is spoken.
#[derive(Clone, Copy, ValueEnum)]
pub enum Protocol {
    Webhook,
    Openai,
    Rasa,
    Chatwoot,
}

/// In how many pieces.
#[derive(Clone, Copy, ValueEnum)]
pub enum AnswerMode {
    /// An event stream, word by word.
    Stream,
    /// One JSON object.
    Json,
}

fn parse_extra_fields(text: &str) -> Result<serde_json::Map<String, serde_json::Value>, serde_json::Error> {
    serde_json::from_str(text)
}
