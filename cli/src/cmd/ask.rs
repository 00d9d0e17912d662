//! `hoi ask`

use crate::sites;
use anyhow::Context as _;
use edge::{
    connector::{Ask, Endpoint, Part, connector},
    rich,
    turn::{self, Published, Turn},
};
use intent::Scratch;
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    time::{Duration, SystemTime},
};
use wire::{Block, Body, Id};

/// Ask a site one question, as a visitor would, and see how it was understood.
///
/// Prints the ranking, what follows from it, and the answer. Nothing is published or stored.
#[derive(clap::Args)]
pub struct Args {
    /// What to ask.
    question: String,
    /// The folder that holds site.toml.
    #[arg(long, default_value = ".")]
    site: PathBuf,
    /// The visitor's language; the site's first one unless given.
    #[arg(long)]
    lang: Option<String>,
    /// If no intent answers, really ask the agency's endpoint. Its secret is read from the environment.
    #[arg(long)]
    forward: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let site = sites::load(&args.site)?;
    let model = sites::train(&site)?;
    let published = Published { version: 0, site, model };
    let lang = published.site.language(args.lang.as_deref().unwrap_or_default()).to_owned();
    let text = edge::gate::said(&args.question)
        .map_err(|fault| anyhow::anyhow!("this can't be asked: {fault:?}"))?;
    let mut scratch = Scratch::default();
    let ranking = published.model.rank(&text, &lang, &mut scratch);
    println!("understood as ({:?}, score {:.2}):", ranking.outcome, ranking.score);
    for (intent, p) in turn::candidates(&published, &ranking) {
        println!("  {:>5.1} %  {:<28} {}", p * 100.0, intent.id, published.site.say(&intent.title, &lang));
    }
    println!("  {:>5.1} %  none of these\n", ranking.none * 100.0);
    match turn::decide(&published, &lang, &text, None, &mut scratch) {
        Turn::Answer(body) => show("answers:", &body),
        Turn::Ask(body) => show("asks which is meant:", &body),
        Turn::Fallback(body) => show("has no agency to ask, and says:", &body),
        Turn::Forward(candidates) => forward(&published, &lang, text, candidates, args.forward)?,
    }
    Ok(())
}

fn show(what: &str, body: &Body) {
    println!("{what}\n");
    println!("{}", rich::words(&body.blocks));
    for block in &body.blocks {
        if let Block::Procedure(procedure) = block {
            let papers = procedure.papers.iter().map(|paper| format!("\n  · {paper}")).collect::<String>();
            println!(
                "  [{}]{papers}\n  {} | {} | {}",
                procedure.title, procedure.fee, procedure.time, procedure.place
            );
        }
    }
    for button in &body.buttons {
        println!("  ( {} )", button.label);
    }
}

fn forward(
    published: &Published,
    lang: &str,
    text: String,
    candidates: Vec<(String, f32)>,
    really: bool,
) -> anyhow::Result<()> {
    let settings = &published.site.settings;
    let Some(agency) = &settings.agency else { return Ok(()) };
    if !really {
        println!("is passed on to the agency at {}; add --forward to really ask it.", agency.url);
        return Ok(());
    }
    let connector = connector(&agency.connector).context("this site names a connector that is not there")?;
    let secret = std::env::var(&agency.secret)
        .with_context(|| format!("the secret is missing: set {} in the environment", agency.secret))?;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let id = Id(u128::from(now));
    let ask = Ask {
        site: settings.site.clone(),
        conversation: id,
        id,
        seq: 1,
        text,
        lang: lang.to_owned(),
        at: now * 1000,
        history: Vec::new(),
        candidates,
        now,
    };
    println!("asks the agency at {} …\n", agency.url);
    let request = connector.request(&ask, &Endpoint { url: &agency.url, secret: &secret })?;
    let timeout = Duration::from_secs(agency.timeout_seconds.into());
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(timeout));
    let mut post = ureq::Agent::from(config.max_redirects(0).build()).post(&request.url);
    for (name, value) in &request.headers {
        post = post.header(*name, value);
    }
    let answer =
        post.send(&request.body).with_context(|| format!("the agency at {} can't be reached", agency.url))?;
    let kind = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let mut reader = connector.reader(answer.status().as_u16(), &kind)?;
    let mut body = answer.into_body().into_reader();
    let mut buffer = [0; 4096];
    loop {
        let n = body.read(&mut buffer)?;
        let parts = if n == 0 { reader.end()? } else { reader.feed(buffer.get(..n).unwrap_or_default())? };
        for part in parts {
            match part {
                Part::More(text) => print!("{text}"),
                Part::Whole(reply) => println!("{}", reply.text),
                Part::Done => println!(),
            }
        }
        std::io::stdout().flush()?;
        if n == 0 {
            return Ok(());
        }
    }
}
