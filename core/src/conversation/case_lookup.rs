//! Where a visitor looks up how far a case is.

use super::{ConversationStore, RecordKey, StoreError};
use crate::{
    crypto::code::Code,
    cues,
    decide::{self, Published, Turn, has_cases},
};
use i18n::{Lang, Msg};
use wire::{Block, Body, Card, Link, Run};

/// The way to the case whose number stands in `text`, if cases are looked up here. It says nothing of the case: whoever asks
/// must know more than its number, and is asked for that there.
pub(crate) fn look_up_case(
    store: &impl ConversationStore,
    site: &site::Site,
    text: &str,
    lang: &str,
) -> Result<Option<Body>, StoreError> {
    let Some(number) = Code::find_in_text(text).filter(|_| has_cases(site)) else { return Ok(None) };
    let Some(status) = store.record(&RecordKey::StatusUrl)? else { return Ok(None) };
    let label = Lang::for_tag(lang).text(Msg::LookUp).to_owned();
    let words = format!("{}: {number}", Lang::for_tag(lang).text(Msg::CaseNumber));
    let runs = vec![Run { text: words, ..Run::default() }];
    let link = Link { label: label.clone(), href: format!("{status}?lang={lang}#{number}") };
    let card = Block::Card(Card { title: label, runs, link: Some(link) });
    Ok(Some(Body { blocks: vec![card], buttons: Vec::new() }))
}

/// Where a case handed in here is looked up, if `text` asks after one and the site itself has no answer to that.
pub(crate) fn look_up_page(
    store: &impl ConversationStore,
    published: &Published,
    turn: &Turn,
    text: &str,
    lang: &str,
) -> Result<Option<Body>, StoreError> {
    let is_open = matches!(turn, Turn::Ask(_) | Turn::Forward(_) | Turn::Fallback(_));
    if !is_open || !has_cases(&published.site) || !cues::is_case_inquiry(text) {
        return Ok(None);
    }
    let Some(status) = store.record(&RecordKey::StatusUrl)? else { return Ok(None) };
    let label = Lang::for_tag(lang).text(Msg::LookUp).to_owned();
    let link = Link { label: label.clone(), href: format!("{status}?lang={lang}") };
    let card = Block::Card(Card { title: label, runs: Vec::new(), link: Some(link) });
    Ok(Some(Body {
        blocks: vec![card],
        buttons: decide::to_person(&published.site, lang).into_iter().collect(),
    }))
}
