//! What to do with one thing said: answer it, ask which of two is meant, or bring in the agency.

use crate::{
    connector::find_connector,
    crypto::code::Code,
    cues,
    pick::{NONE_OF_THESE, TO_AGENCY, TO_PERSON},
    rich,
};
use i18n::{Lang, Msg};
use intent::{Languages, Model, Ranking, RankingOutcome, Scratch};
use safety::{Additions, Lexicon};
use site::{AnswerButton, Intent, ProcedureDefinition, Site};
use std::sync::OnceLock;
use wire::{Block, Body, Link};

/// A published version of a site, ready to answer.
pub struct Published {
    /// Counts up with every publishing of the site.
    pub version: u64,
    /// What the agency wrote.
    pub site: Site,
    /// What the matcher learnt from it.
    pub model: Model,
    /// What tells of danger, ours and the site's own.
    pub safety: Lexicon,
    /// What tells its languages apart, once that is wanted.
    languages: OnceLock<Languages>,
}

impl Published {
    /// The version `version` of a site. An addition to the safety layer that can't be read (a bundle made by hand) is left
    /// out with all others: the layer itself stays.
    pub fn new(version: u64, site: Site, model: Model) -> Published {
        let additions = site.settings.safety.to_additions();
        let country = additions.country.clone();
        let built_in = || Lexicon::new(Additions { country, ..Additions::default() }).unwrap_or_default();
        let safety = Lexicon::new(additions).unwrap_or_else(|_| built_in());
        Published { version, site, model, safety, languages: OnceLock::new() }
    }

    /// Which of the site's languages `text` is in. `None`: that can't be told, or it is in another one. `page` is what the
    /// visitor's page is in.
    pub fn detect_language(&self, text: &str, page: &str) -> Option<&str> {
        let languages = || Languages::new(&self.site.settings.languages, language_samples(&self.site));
        self.languages.get_or_init(languages).detect_language(text, page)
    }
}

/// What a site says and expects to hear, each with its language.
fn language_samples(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    let said = site.intents.iter().flat_map(|intent| [&intent.title, &intent.answer]);
    let said = said.chain(site.procedures.values().map(|procedure| &procedure.title));
    let said = said.flat_map(|text| text.0.iter()).map(|(lang, text)| (lang.as_str(), text.as_str()));
    let heard = site.intents.iter().flat_map(|intent| &intent.phrases.0).chain(&site.out_of_scope.0);
    let heard = heard.map(move |(lang, phrases)| (lang.as_str(), phrases.as_slice()));
    let alike = site.settings.synonyms.iter();
    let alike = alike.flat_map(|group| group.words.iter().map(|word| (group.lang.as_str(), word.as_str())));
    let said = said.chain(alike);
    said.chain(heard.flat_map(|(lang, phrases)| phrases.iter().map(move |phrase| (lang, phrase.as_str()))))
}

/// What to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Turn {
    /// Say this, the site's answer to the intent; the matter is settled as far as we know.
    Answer(String, Body),
    /// Say this: it asks which of a few things was meant.
    Ask(Body),
    /// Say this of our own: what was said holds no matter that could be answered, or is looked up on a page of ours.
    Tell(Body),
    /// Ask the agency; the matcher's candidates are intents with probabilities, best first.
    Forward(Vec<(String, f32)>),
    /// There is no agency to ask: say this.
    Fallback(Body),
    /// The visitor wants a person, of this department if that matters. Say this before, if anything, the answer to the intent.
    Person(Option<(String, Body)>, Option<String>),
}

/// So likely the matcher must find it, at least, that a text asks after something handed in, where only some of its words do.
const NEAR: f32 = 0.1;

/// Decides about `text`, said in `lang`. `pick` is the intent of the button that was pressed, if one was.
///
/// An unknown `pick`, from a version of the site that is gone, is ignored: the words still stand.
pub fn decide_turn(
    published: &Published,
    lang: &str,
    text: &str,
    pick: Option<&str>,
    scratch: &mut Scratch,
) -> Turn {
    let site = &published.site;
    if pick.is_some_and(|pick| pick == NONE_OF_THESE || pick.starts_with(TO_AGENCY)) {
        return forward_or_fallback(site, lang, Vec::new());
    }
    if pick == Some(TO_PERSON) && site.settings.desk.is_some() {
        return Turn::Person(None, None);
    }
    if let Some(intent) = pick.and_then(|id| site.intent_by_id(id)) {
        return answer_turn(site, intent, lang);
    }
    if pick.is_none() && cues::is_empty_of_matter(text) && !is_expected(site, text) {
        return match cues::is_follow_up(text) && site.settings.agency.is_some() {
            true => forward_or_fallback(site, lang, Vec::new()),
            false => Turn::Tell(say_more(site, lang)),
        };
    }
    let ranking = published.model.rank(text, lang, scratch);
    let ranked = candidate_intents(published, &ranking);
    if ranking.outcome != RankingOutcome::Sure
        && (cues::may_be_case_inquiry(text) || Code::find_in_text(text).is_some())
    {
        let is_plain = cues::is_case_inquiry(text) || Code::find_in_text(text).is_some();
        let nearest = ranked.first().filter(|(_, p)| *p >= NEAR).map(|(intent, _)| &intent.id);
        let look_up = look_up(published, lang, scratch);
        if let Some(intent) = look_up.filter(|intent| is_plain || nearest == Some(&intent.id)) {
            return answer_turn(site, intent, lang);
        }
    }
    match ranking.outcome {
        RankingOutcome::Sure => match ranked.first() {
            Some((intent, _)) => answer_turn(site, intent, lang),
            None => forward_or_fallback(site, lang, Vec::new()),
        },
        RankingOutcome::Unsure if !ranked.is_empty() => Turn::Ask(ask_which_intent(site, &ranked, lang)),
        RankingOutcome::Unsure | RankingOutcome::None => forward_or_fallback(
            site,
            lang,
            ranked.iter().map(|(intent, p)| (intent.id.clone(), *p)).collect(),
        ),
    }
}

/// Whether the site expects to hear `text` as it stands.
fn is_expected(site: &Site, text: &str) -> bool {
    let said = intent::normalised_words(text);
    let close = |phrase: &&String| phrase.split_whitespace().count() <= said.len() + 1;
    let phrases = site.intents.iter().flat_map(|intent| intent.phrases.0.values()).flatten();
    phrases.filter(close).any(|phrase| intent::normalised_words(phrase) == said)
}

/// The site's answer to who asks after something handed in, told by what such questions come down to.
fn look_up<'a>(published: &'a Published, lang: &str, scratch: &mut Scratch) -> Option<&'a Intent> {
    let example = cues::EXAMPLES.iter().find(|(of, _)| lang.split('-').next() == Some(of))?.1;
    let ranking = published.model.rank(example, lang, scratch);
    let first = candidate_intents(published, &ranking).first().map(|(intent, _)| *intent);
    first.filter(|_| ranking.outcome == RankingOutcome::Sure)
}

/// What is said to a text that holds no matter: some of what people ask first, to be pressed.
fn say_more(site: &Site, lang: &str) -> Body {
    let first = site.settings.start.intents.iter().filter_map(|id| site.intent_by_id(id));
    let buttons = first.map(|intent| ask_button(site, intent, lang)).chain(to_person(site, lang)).collect();
    Body { blocks: rich::parse_markdown(Lang::for_tag(lang).text(Msg::SayMore)), buttons }
}

/// The site's own answer, and people where it leads to them.
fn answer_turn(site: &Site, intent: &Intent, lang: &str) -> Turn {
    let (id, body) = (intent.id.clone(), build_answer(site, intent, lang));
    if intent.person && site.settings.desk.is_some() {
        return Turn::Person(Some((id, body)), intent.department.clone());
    }
    Turn::Answer(id, body)
}

/// The ranked intents that the site really has.
pub fn candidate_intents<'a>(published: &'a Published, ranking: &Ranking) -> Vec<(&'a Intent, f32)> {
    let names = published.model.intents();
    let named = ranking.ranked.iter().filter_map(|ranked| Some((names.get(ranked.intent)?, ranked.p)));
    named.filter_map(|(id, p)| Some((published.site.intent_by_id(id)?, p))).collect()
}

/// To the agency, if there is one; else the site's words for what it has no answer to.
fn forward_or_fallback(site: &Site, lang: &str, candidates: Vec<(String, f32)>) -> Turn {
    if site.settings.agency.is_some() {
        Turn::Forward(candidates)
    } else {
        Turn::Fallback(build_fallback(site, lang, UnansweredReason::NoAgency))
    }
}

/// The answer of `intent`, with its procedure's card and its buttons.
pub fn build_answer(site: &Site, intent: &Intent, lang: &str) -> Body {
    let mut blocks = rich::parse_markdown(site.text_in(&intent.answer, lang));
    let procedure = intent.procedure.as_ref().and_then(|name| site.procedures.get_key_value(name));
    blocks
        .extend(procedure.map(|(name, procedure)| Block::Procedure(build_card(site, name, procedure, lang))));
    if let Some(AnswerButton::Link { link, label }) = &intent.source {
        let label = site.text_in(label, lang).to_owned();
        blocks.push(Block::Source(Link { label, href: link.clone() }));
    }
    let buttons = intent.buttons.iter().filter_map(|spec| build_button(site, spec, lang)).collect();
    Body { blocks, buttons }
}

fn build_button(site: &Site, spec: &AnswerButton, lang: &str) -> Option<wire::Button> {
    Some(match spec {
        AnswerButton::Intent(id) => ask_button(site, site.intent_by_id(id)?, lang),
        AnswerButton::Link { link, label } => {
            wire::Button { label: site.text_in(label, lang).to_owned(), pick: None, href: Some(link.clone()) }
        }
    })
}

fn ask_button(site: &Site, intent: &Intent, lang: &str) -> wire::Button {
    wire::Button {
        label: site.text_in(&intent.title, lang).to_owned(),
        pick: Some(intent.id.clone()),
        href: None,
    }
}

fn build_card(site: &Site, name: &str, procedure: &ProcedureDefinition, lang: &str) -> wire::Procedure {
    let languages = &site.settings.languages;
    let link = procedure.link.as_ref().and_then(|link| match link {
        AnswerButton::Link { link, label } => {
            Some(Link { label: site.text_in(label, lang).to_owned(), href: link.clone() })
        }
        AnswerButton::Intent(_) => None,
    });
    wire::Procedure {
        title: site.text_in(&procedure.title, lang).to_owned(),
        papers: procedure.papers.get(lang, languages).to_vec(),
        steps: procedure.steps.get(lang, languages).to_vec(),
        fee: site.text_in(&procedure.fee, lang).to_owned(),
        time: site.text_in(&procedure.time, lang).to_owned(),
        place: site.text_in(&procedure.place, lang).to_owned(),
        legal: procedure.legal.get(lang, languages).to_vec(),
        link,
        form: if procedure.form.is_some() && takes_cases(site) { name.to_owned() } else { String::new() },
    }
}

/// Whether cases can be handed in here, and so be looked up.
pub fn has_cases(site: &Site) -> bool {
    takes_cases(site) && site.procedures.values().any(|procedure| procedure.form.is_some())
}

/// Whether there is somebody to hand a case in to.
fn takes_cases(site: &Site) -> bool {
    let agency = site.settings.agency.as_ref();
    agency
        .and_then(|agency| find_connector(&agency.connector))
        .is_some_and(|connector| connector.takes_cases())
}

fn ask_which_intent(site: &Site, ranked: &[(&Intent, f32)], lang: &str) -> Body {
    let mut buttons: Vec<_> = ranked.iter().map(|(intent, _)| ask_button(site, intent, lang)).collect();
    buttons.push(wire::Button {
        label: Lang::for_tag(lang).text(Msg::SomethingElse).to_owned(),
        pick: Some(NONE_OF_THESE.to_owned()),
        href: None,
    });
    let asks = if ranked.len() == 1 { Msg::DidYouMeanThis } else { Msg::DidYouMean };
    Body { blocks: rich::parse_markdown(Lang::for_tag(lang).text(asks)), buttons }
}

/// Why nobody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnansweredReason {
    /// The site has nobody else to ask.
    NoAgency,
    /// The agency can't be reached, and the question is not kept.
    Unreachable,
    /// The agency was reached and has no answer.
    Declined,
    /// The visitor wanted no answer any more.
    Stopped,
    /// The agency can't be reached; the question is kept for it.
    Kept,
    /// The agency was asked as often today as the site allows; the question is kept until tomorrow.
    KeptForTomorrow,
}

impl UnansweredReason {
    /// What is said of it, besides the site's own words; nothing where those say all there is.
    fn phrase(self) -> Option<Msg> {
        match self {
            UnansweredReason::NoAgency | UnansweredReason::Stopped => None,
            UnansweredReason::Unreachable => Some(Msg::AgencyUnreachable),
            UnansweredReason::Declined => Some(Msg::AgencyHasNoAnswer),
            UnansweredReason::Kept => Some(Msg::QuestionKept),
            UnansweredReason::KeptForTomorrow => Some(Msg::QuestionKeptUntilTomorrow),
        }
    }
}

/// What is said when nobody else can answer: the site's own words, then why that is so, which the site can't know. Never a
/// dead end: the contact card comes with it, and the way to a person where there are some.
pub fn build_fallback(site: &Site, lang: &str, why: UnansweredReason) -> Body {
    let mut blocks = rich::parse_markdown(site.text_in(&site.settings.fallback, lang));
    if blocks.is_empty() {
        blocks = rich::parse_markdown(Lang::for_tag(lang).text(Msg::NoAnswer));
    }
    // Before the contact card: first what becomes of the question, then what else can be done.
    blocks.extend(
        why.phrase().map(|why| rich::parse_markdown(Lang::for_tag(lang).text(why))).unwrap_or_default(),
    );
    blocks.push(Block::Contact(site.contact_card(lang)));
    Body { blocks, buttons: to_person(site, lang).into_iter().collect() }
}

/// The button that leads to a person, where there are some.
pub(crate) fn to_person(site: &Site, lang: &str) -> Option<wire::Button> {
    let label = || Lang::for_tag(lang).text(Msg::AskForPerson).to_owned();
    site.settings.desk.as_ref().map(|_| wire::Button {
        label: label(),
        pick: Some(TO_PERSON.to_owned()),
        href: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::tests_site;

    #[test]
    fn why_nobody_answers_is_said_beside_the_sites_own_words() {
        let site = tests_site().site;
        let all = [
            UnansweredReason::NoAgency,
            UnansweredReason::Unreachable,
            UnansweredReason::Declined,
            UnansweredReason::Stopped,
            UnansweredReason::Kept,
            UnansweredReason::KeptForTomorrow,
        ];
        for lang in ["vi", "en", "fr"] {
            let mut said = std::collections::BTreeSet::new();
            for why in all {
                let body = build_fallback(&site, lang, why);
                assert!(matches!(body.blocks.last(), Some(Block::Contact(_))), "{why:?}");
                let words = rich::plain_text(&body.blocks);
                assert!(words.starts_with("Xin gọi điện."), "{why:?}: {words}");
                said.insert(words);
            }
            // Two have no reason to give.
            assert_eq!(said.len(), all.len() - 1, "{lang}: {said:?}");
        }
        let words = rich::plain_text(&build_fallback(&site, "vi", UnansweredReason::NoAgency).blocks);
        assert!(!words.contains("hệ thống") && !words.contains("cơ quan"), "{words}");
    }
}
