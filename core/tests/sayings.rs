//! What people say in a word or two, and what they say they do not want, against the example sites and through the same function
//! as at the edge: the lists in `sayings/`, a file a language. A line is the site, what was asked before (`-`: nothing), what is
//! said, and what follows, with tabs between them:
//!
//! - `more`: what is wanted is asked; `welcome`, `all right`: the answer to thanks, or to whoever wants nothing more
//! - `topic X`: the site's answer X; `offer X`: whether X is meant is asked
//! - `choice N`: the answer to the Nth thing that was asked back; `none`: what was asked before goes on to the agency
//! - `agency`: the agency is asked; `unanswered`: whatever it is, no answer of the site's
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hoi_core::{
    conversation::{ConversationStore as _, Effect, MemoryStore, Task, handle_frame},
    decide::Published,
    rich,
};
use i18n::{Lang, Msg};
use intent::Scratch;
use std::{collections::BTreeMap, fs, path::Path};
use wire::{AuthorKind, Down, Id, Message, Up};

/// Longer ago than any limit looks back, in milliseconds.
const LATER: u64 = 86_400_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

fn train_site(name: &str) -> Published {
    let checked = site::read::load_site(&root().join("examples").join(name)).expect("it can be read");
    let site = checked.unwrap_or_else(|report| panic!("{report}")).site;
    let model = intent::train(&site::training_examples(&site), &site::training_options(&site), &mut |_| {})
        .expect("it can be trained");
    Published::new(1, site, model)
}

/// A conversation with a site.
struct Talk<'a> {
    published: &'a Published,
    lang: &'a str,
    store: MemoryStore,
    now: u64,
    scratch: Scratch,
}

impl Talk<'_> {
    fn begin<'a>(published: &'a Published, lang: &'a str) -> Talk<'a> {
        Talk { published, lang, store: MemoryStore::new(Id(1)), now: LATER, scratch: Scratch::default() }
    }

    /// Says `text`: what is answered, or which question went to the agency.
    fn say(&mut self, text: &str) -> Result<Message, String> {
        self.now += LATER;
        let (text, lang) = (text.to_owned(), self.lang.to_owned());
        let id = Id(u128::from(self.now));
        let up = Up::Say { id, text, lang, pick: None, value: None, files: Vec::new() };
        let effects = handle_frame(&mut self.store, self.published, up, self.now, &mut self.scratch)
            .expect("the store works");
        let about = effects.iter().find_map(|effect| match effect {
            Effect::Task(Task::Deliver(_)) => Some(self.store.pending().expect("the store works")),
            _ => None,
        });
        if let Some(pending) = about {
            let seq = pending.last().expect("it is kept").seq;
            let asked = self.store.message(seq).expect("the store works").expect("it was said");
            return Err(rich::plain_text(&asked.body.blocks));
        }
        let answer = effects.into_iter().find_map(|effect| match effect {
            Effect::Broadcast(_, Down::Message(message)) if message.author.kind != AuthorKind::Visitor => {
                Some(message)
            }
            _ => None,
        });
        Ok(answer.expect("an answer"))
    }
}

fn picks(message: &Message) -> Vec<String> {
    message.body.buttons.iter().filter_map(|button| button.pick.clone()).collect()
}

/// What follows, in the words of the lists.
fn outcome(talk: &mut Talk<'_>, before: &str, text: &str) -> String {
    let asked = (before != "-").then(|| talk.say(before).expect("it is asked back"));
    let choices = asked.as_ref().map(picks).unwrap_or_default();
    assert!(
        asked.is_none() || choices.iter().any(|pick| pick == "*"),
        "{before} is not asked back: {asked:?}"
    );
    let said = match talk.say(text) {
        Ok(message) => message,
        Err(question) if question == before => return "none".to_owned(),
        Err(_) => return "agency".to_owned(),
    };
    let words = rich::plain_text(&said.body.blocks);
    let is = |message: Msg| words == Lang::for_tag(&said.lang).text(message);
    match &said.topic {
        Some(topic) => match choices.iter().position(|pick| pick == topic) {
            Some(at) => format!("choice {}", at + 1),
            None => format!("topic {topic}"),
        },
        None if is(Msg::SayMore) => "more".to_owned(),
        None if is(Msg::YouAreWelcome) => "welcome".to_owned(),
        None if is(Msg::AllRight) => "all right".to_owned(),
        None if picks(&said).iter().any(|pick| pick == "*") => format!("offer {}", picks(&said)[0]),
        None => format!("says {words}"),
    }
}

#[test]
fn short_sayings_and_withdrawn_wishes_lead_where_they_should() {
    let sites: BTreeMap<&str, Published> = ["ward", "shop"].map(|name| (name, train_site(name))).into();
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let path = root().join(format!("core/tests/sayings/{}.tsv", lang.code()));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let least = if matches!(lang, Lang::Vi | Lang::En) { 30 } else { 12 };
        assert!(lines.len() >= least, "{}: {} lines", path.display(), lines.len());
        for line in lines {
            let [site, before, text, expected] = line.as_slice() else {
                panic!("{}: {line:?}", path.display())
            };
            let mut talk = Talk::begin(&sites[site], lang.code());
            let found = outcome(&mut talk, before, text);
            let is_answer = found.starts_with("topic") || found.starts_with("choice");
            let fits = found == *expected || *expected == "unanswered" && !is_answer;
            if !fits {
                wrong.push(format!(
                    "{}, {site}, {before}: {text:?} should lead to {expected:?}, not {found:?}",
                    lang.code()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
