//! Reads `[safety]`.

use super::{
    fields::{Fields, Span},
    texts::Presence::Needed,
};
use crate::{Safety, SafetyNumber, SafetyPhrases};
use safety::{AdditionError, Kind, LANGUAGES, Lexicon};

/// Fewer letters say nothing to whoever reads the file later.
const LEAST_REASON: usize = 10;

pub(super) fn safety(fields: &Fields<'_>) -> Safety {
    // Whoever answers in Vietnamese is most likely in Vietnam.
    let vietnamese = fields.file.languages.iter().any(|lang| lang == "vi");
    let usual = if vietnamese { "vn" } else { "" }.to_owned();
    let Some(table) = fields.table("safety") else { return Safety { country: usual, ..Safety::default() } };
    let safety = Safety {
        country: country(&table).unwrap_or(usual),
        off: off(&table),
        numbers: table.tables("numbers").into_iter().filter_map(number).collect(),
        danger: table.tables("danger").into_iter().filter_map(|row| phrases(row, true)).collect(),
        harmless: table.tables("harmless").into_iter().filter_map(|row| phrases(row, false)).collect(),
    };
    table.finish();
    safety
}

fn country(table: &Fields<'_>) -> Option<String> {
    const FIX: &str = "write the two letters of the country, for example country = \"vn\"";
    let (country, span) = table.string("country", table.get("country"), FIX)?;
    let plain = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain {
        table.error("country", span, format!("\"{country}\" is no country"), FIX);
    } else if !safety::has_numbers(&country) {
        let what = format!("Hoi knows no emergency numbers of \"{country}\": 112 is shown");
        table.warning("country", span, what, "add the country's own numbers as [[safety.numbers]]");
    }
    Some(country)
}

/// `off = "why"`. It is said each time the folder is checked.
fn off(table: &Fields<'_>) -> Option<String> {
    const FIX: &str = "write why in a sentence, for example off = \"the hospital's own triage line answers first\", or take it out";
    let (reason, span) = table.string("off", table.get("off"), FIX)?;
    if reason.trim().chars().count() < LEAST_REASON {
        table.error("off", span, "the safety layer is switched off without a reason", FIX);
        return None;
    }
    let what = "the safety layer is off: whoever writes that somebody is dying is answered like anybody else";
    table.warning("off", span, what, "take it out, unless something else answers those people at once");
    Some(reason.trim().to_owned())
}

fn number(row: Fields<'_>) -> Option<SafetyNumber> {
    const FIX: &str = "write the number as it is dialled, for example number = \"115\"";
    let found = row.string("number", row.need("number", FIX), FIX);
    let kinds = kinds(&row);
    let own = SafetyNumber {
        number: found.as_ref().map(|(number, _)| number.clone()).unwrap_or_default(),
        kinds,
        label: row.text("label", Needed),
    };
    if let Some((number, span)) = found {
        let safety = Safety { numbers: vec![own.clone()], ..Safety::default() };
        let labelled = !own.label.0.is_empty() && !own.kinds.is_empty();
        if labelled && matches!(Lexicon::new(safety.additions()), Err(AdditionError::Number(_))) {
            row.error("number", span, format!("\"{number}\" is no number that a telephone dials"), FIX);
        }
    }
    row.finish();
    Some(own)
}

fn names() -> String {
    Kind::ALL.map(Kind::name).join(", ")
}

fn kinds(row: &Fields<'_>) -> Vec<String> {
    let fix = format!("write, for example, kinds = [\"fire\"]; there are: {}", names());
    let mut kinds = Vec::new();
    for (kind, span) in row.strings("kinds", row.need("kinds", &fix)) {
        if Kind::named(&kind).is_none() {
            row.error("kinds", span, format!("\"{kind}\" is no kind of danger"), &fix);
        } else {
            kinds.push(kind);
        }
    }
    kinds
}

fn phrases(row: Fields<'_>, danger: bool) -> Option<SafetyPhrases> {
    let kind = if danger { kind(&row)? } else { String::new() };
    let fix = format!("write one of: {}", LANGUAGES.join(", "));
    let lang = row.string("lang", row.need("lang", &fix), &fix);
    const FIX: &str = "write what people say, for example phrases = [\"máy thở báo động\"]";
    let listed = row.strings("phrases", row.need("phrases", FIX));
    let mut own = SafetyPhrases { kind, lang: String::new(), phrases: Vec::new() };
    if let Some((lang, span)) = lang {
        if !LANGUAGES.contains(&lang.as_str()) {
            row.error("lang", span, format!("\"{lang}\" is no language of the safety layer"), &fix);
            return None;
        }
        own.lang = lang;
        listed.into_iter().for_each(|phrase| own.phrases.extend(readable(&row, &own, phrase)));
    }
    row.finish();
    Some(own)
}

fn kind(row: &Fields<'_>) -> Option<String> {
    let fix = format!("write one of: {}", names());
    let (kind, span) = row.string("kind", row.need("kind", &fix), &fix)?;
    if Kind::named(&kind).is_none() {
        row.error("kind", span, format!("\"{kind}\" is no kind of danger"), &fix);
    }
    Some(kind)
}

/// The phrase, if the layer can read it.
fn readable(row: &Fields<'_>, own: &SafetyPhrases, (phrase, span): (String, Span)) -> Option<String> {
    let one = SafetyPhrases { phrases: vec![phrase.clone()], ..own.clone() };
    let one = vec![one];
    let safety = match own.kind.is_empty() {
        true => Safety { harmless: one, ..Safety::default() },
        false => Safety { danger: one, ..Safety::default() },
    };
    match Lexicon::new(safety.additions()) {
        Ok(_) => Some(phrase),
        Err(error) => {
            row.error(
                "phrases",
                span,
                error.to_string(),
                "plain words are always fine; docs/safety.md says what else may stand here",
            );
            None
        }
    }
}
