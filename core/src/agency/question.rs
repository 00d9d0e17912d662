//! What a connector is given for one question, from the conversation's store and the site.

use crate::{
    connector::{AgencyInfo, Ask, HistoryLine, KnownAnswer, MAX_HISTORY, find_connector},
    conversation::{self, ConversationStore, Pending, StoreError},
    decide::{self, Published},
    files::Stored,
    input,
    pick::TO_AGENCY,
    rich,
    time::Millis,
};
use intent::Scratch;
use site::{ProcedureDefinition, Site};
use wire::{AuthorKind, Id};

/// The question `pending` of `conversation`, asked at `now` (milliseconds since 1970).
pub fn build_question(
    store: &impl ConversationStore,
    published: &Published,
    conversation: Id,
    pending: &Pending,
    now: u64,
    scratch: &mut Scratch,
) -> Result<Ask, StoreError> {
    let seq = pending.seq;
    let asked = store.message(seq)?;
    let words = |message: &wire::Message| rich::plain_text(&message.body.blocks);
    let mut text = asked.as_ref().map(words).unwrap_or_default();
    let lang = asked.as_ref().map(|message| message.lang.clone()).unwrap_or_default();
    let from = seq.saturating_sub(MAX_HISTORY).max(1);
    let earlier = store.messages_between(from, seq)?;
    let earlier = conversation::without_danger(store, published, earlier)?;
    let earlier = conversation::without_refused(store, earlier)?;
    let mut history: Vec<HistoryLine> = earlier
        .iter()
        .filter(|message| message.author.kind != AuthorKind::Unknown)
        .map(|message| HistoryLine { author: message.author.kind, text: words(message) })
        .collect();
    // Chosen in words: what is asked is what stands on the button.
    let picked = pending.pick.as_deref().and_then(|pick| conversation::find_picked_button(&earlier, pick));
    let given =
        asked.as_ref().and_then(|message| input::find_chosen_label(&earlier, message.value.as_ref()?));
    let label = picked.map(|button| button.label.as_str());
    text = label.or(given).map_or(text, str::to_owned);
    let pick = picked.and_then(|button| button.pick.clone());
    let stands_for =
        |button: &wire::Button| Some(button.pick.as_deref()?.strip_prefix(TO_AGENCY)?.to_owned());
    let picked_value = picked.and_then(stands_for).filter(|value| !value.is_empty() && *value != text);
    let known = nearest_answers(published, &text, &lang, scratch);
    if !may_be_told(published) {
        hide_personal_data(&mut history, &mut text, now);
    }
    Ok(Ask {
        site: published.site.settings.site.clone(),
        conversation,
        id: asked.as_ref().and_then(|message| message.id).unwrap_or(conversation),
        seq,
        at: asked.as_ref().map_or(0, |message| message.at),
        history,
        value: asked.as_ref().and_then(|message| message.value.clone()),
        choice: match picked_value {
            Some(value) => Some(value),
            None => offered_value(store, asked.as_ref())?,
        },
        files: sent_with(store, &asked, seq)?,
        candidates: pending.candidates.clone(),
        known,
        about: agency_info(&published.site, &lang),
        tries: pending.tries.saturating_sub(1),
        visitor: store.owner()?.map(|owner| owner.visitor),
        context: store.context()?,
        remembered: store.connector_state()?,
        // What was answered is sealed; the shell has the key.
        submission: None,
        // The shell knows which models have spoken before.
        shows_growth: false,
        now: Millis(now).to_seconds(),
        text,
        lang,
        pick,
    })
}

/// What the button with the words of `asked` stands for, where it is the agency's own and says something else. The newest one counts, and
/// typing its words is as good as pressing it.
fn offered_value(
    store: &impl ConversationStore,
    asked: Option<&wire::Message>,
) -> Result<Option<String>, StoreError> {
    let Some(asked) = asked else { return Ok(None) };
    let words = rich::plain_text(&asked.body.blocks);
    let earlier = store.messages_between(asked.seq.saturating_sub(MAX_HISTORY).max(1), asked.seq)?;
    let mut buttons = earlier.iter().rev().flat_map(|message| &message.body.buttons);
    let pressed = buttons.find(|button| button.label.trim() == words.trim());
    let value = pressed.and_then(|button| button.pick.as_deref()?.strip_prefix(TO_AGENCY));
    Ok(value.filter(|value| !value.is_empty() && *value != words).map(str::to_owned))
}

/// The files of the message `asked` at `seq`. Most messages have none, and then nothing is looked up.
fn sent_with(
    store: &impl ConversationStore,
    asked: &Option<wire::Message>,
    seq: u64,
) -> Result<Vec<Stored>, StoreError> {
    let any = |message: &wire::Message| message.body.blocks.iter().any(|b| matches!(b, wire::Block::File(_)));
    if !asked.as_ref().is_some_and(any) {
        return Ok(Vec::new());
    }
    Ok(store.files()?.into_iter().filter(|file| file.seq == Some(seq)).collect())
}

/// Whether whoever is asked may read personal data.
fn may_be_told(published: &Published) -> bool {
    let settings = &published.site.settings;
    let asked = settings.agency.as_ref().and_then(|agency| find_connector(&agency.connector));
    settings.personal_data.to_language_model || !asked.is_some_and(|asked| asked.is_language_model())
}

/// Hides personal data of every kind in everything that was said, earlier and now: numbers in pieces too, and what the visitor
/// wrote and somebody else repeats, which may have nothing beside it that says what it is.
fn hide_personal_data(history: &mut [HistoryLine], text: &mut String, now: u64) {
    let year = privacy::year_of_ms(now);
    let (mut said, mut known): (Vec<String>, Vec<String>) = Default::default();
    let lines = history.iter_mut().map(|line| (line.author, &mut line.text));
    for (author, each) in lines.chain([(AuthorKind::Visitor, text)]) {
        let own = author == AuthorKind::Visitor;
        let earlier: &[String] = if own { &said } else { &[] };
        let found = privacy::find_personal_data(each, earlier, year);
        known.extend(privacy::found_values(each, &found));
        let hidden = privacy::hide_all(each, earlier, year, privacy::Kinds::ALL);
        let before = std::mem::replace(each, privacy::hide_again(&hidden, &known));
        if own {
            said.push(before);
        }
    }
}

/// The site's own answers that come closest, however unlikely: it is for the agency to say whether they fit.
fn nearest_answers(published: &Published, text: &str, lang: &str, scratch: &mut Scratch) -> Vec<KnownAnswer> {
    let ranking = published.model.rank(text, lang, scratch);
    let site = &published.site;
    let candidates = decide::candidate_intents(published, &ranking).into_iter();
    candidates
        .map(|(intent, _)| {
            let procedure = intent.procedure.as_ref().and_then(|name| site.procedures.get(name));
            let facts = procedure.map(|procedure| procedure_facts(site, procedure, lang)).unwrap_or_default();
            let text = format!("{}\n{facts}", site.text_in(&intent.answer, lang)).trim().to_owned();
            KnownAnswer { title: site.text_in(&intent.title, lang).to_owned(), text }
        })
        .collect()
}

/// A procedure in words. The field names are for software that reads them, so they are in one language.
fn procedure_facts(site: &Site, procedure: &ProcedureDefinition, lang: &str) -> String {
    let languages = &site.settings.languages;
    let list = |name: &str, items: &[String]| match items {
        [] => String::new(),
        items => format!("{name}:\n- {}\n", items.join("\n- ")),
    };
    let line = |name: &str, text: &str| match text {
        "" => String::new(),
        text => format!("{name}: {text}\n"),
    };
    [
        line("Procedure", site.text_in(&procedure.title, lang)),
        list("Papers", procedure.papers.get(lang, languages)),
        list("Steps", procedure.steps.get(lang, languages)),
        line("Fee", site.text_in(&procedure.fee, lang)),
        line("Time", site.text_in(&procedure.time, lang)),
        line("Place", site.text_in(&procedure.place, lang)),
        list("Legal basis", procedure.legal.get(lang, languages)),
    ]
    .concat()
}

fn agency_info(site: &Site, lang: &str) -> AgencyInfo {
    let contact = site.contact_card(lang);
    let mut lines: Vec<String> = contact.phones.iter().map(|phone| phone.label.clone()).collect();
    lines.extend(contact.email);
    lines.extend(contact.address);
    lines.extend(contact.hours);
    AgencyInfo { name: site.text_in(&site.settings.name, lang).to_owned(), contact: lines.join("\n") }
}
