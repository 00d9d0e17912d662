//! `hoi ask`

use crate::{forward, out::say, sites};
use hoi_core::{
    decide::{self, Published, Turn},
    rich,
};
use intent::Scratch;
use std::path::PathBuf;
use wire::{Block, Body, Fault, limits};

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
    /// The language of the visitor's page; the site's first one unless given. What the question is written in decides.
    #[arg(long)]
    lang: Option<String>,
    /// If no intent answers, really ask the agency's endpoint. Its secret is read from the environment.
    #[arg(long)]
    forward: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let site = sites::load_briefly(&args.site)?;
    let model = sites::train_matcher(&site)?;
    let published = Published::new(0, site, model);
    let page = published.site.match_language(args.lang.as_deref().unwrap_or_default()).to_owned();
    let text = hoi_core::limits::sanitize::clean_message(&args.question).map_err(|fault| match fault {
        Fault::TooLong => anyhow::anyhow!("this is too long: at most {} characters", limits::MAX_SAY_CHARS),
        _ => anyhow::anyhow!("there is nothing in it to answer; write a question, in quotes"),
    })?;
    let lang = published.detect_language(&text, &page).unwrap_or(&page).to_owned();
    if let Some((kind, body)) = hoi_core::conversation::danger_reply(&published, &text, &lang)? {
        show_body(&format!("tells of danger ({}); before anything else it is answered:", kind.name()), &body);
        return Ok(());
    }
    if lang != page {
        say!("written in \"{lang}\", and so answered in it");
    }
    let mut scratch = Scratch::default();
    let ranking = published.model.rank(&text, &lang, &mut scratch);
    say!("understood as ({:?}, score {:.2}):", ranking.outcome, ranking.score);
    for (intent, p) in decide::candidate_intents(&published, &ranking) {
        say!("  {:>5.1} %  {:<28} {}", p * 100.0, intent.id, published.site.text_in(&intent.title, &lang));
    }
    say!("  {:>5.1} %  none of these\n", ranking.none * 100.0);
    match decide::decide_turn(&published, &lang, &text, None, &mut scratch) {
        Turn::Answer(_, body) => show_body("answers:", &body),
        Turn::Ask(body) => show_body("asks which is meant:", &body),
        Turn::Tell(body) => show_body("hears nothing that could be answered, and says:", &body),
        Turn::Fallback(body) => show_body("has no agency to ask, and says:", &body),
        Turn::Person(first, department) => {
            if let Some((_, body)) = first {
                show_body("answers:", &body);
            }
            match department {
                Some(department) => say!("and brings the visitor to a person of \"{department}\"."),
                None => say!("and brings the visitor to a person."),
            }
        }
        Turn::Forward(candidates) => match (&published.site.settings.agency, args.forward) {
            (Some(_), true) => forward::ask_agency(&published, &lang, &text, candidates)?,
            (Some(agency), false) => {
                say!("is passed on to the agency at {}; add --forward to really ask it.", agency.url);
            }
            (None, _) => {}
        },
    }
    Ok(())
}

fn show_body(what: &str, body: &Body) {
    say!("{what}\n");
    say!("{}", rich::plain_text(&body.blocks));
    for block in &body.blocks {
        if let Block::Procedure(procedure) = block {
            let papers = procedure.papers.iter().map(|paper| format!("\n  · {paper}")).collect::<String>();
            say!(
                "  [{}]{papers}\n  {} | {} | {}",
                procedure.title,
                procedure.fee,
                procedure.time,
                procedure.place
            );
        }
    }
    for button in &body.buttons {
        say!("  ( {} )", button.label);
    }
}
