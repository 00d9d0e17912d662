//! Reads `[safety]`.

use super::{
    fields::{SourceSpan, TomlTable},
    texts::TextRequirement::Needed,
};
use crate::{Safety, SafetyNumber, SafetyPhrases};
use safety::{AdditionError, DangerKind, LANGUAGES, Lexicon};

/// Fewer letters say nothing to whoever reads the file later.
const LEAST_REASON: usize = 10;

pub(super) fn read_safety(fields: &TomlTable<'_>) -> Safety {
    // Whoever answers in Vietnamese is most likely in Vietnam.
    let vietnamese = fields.file.languages.iter().any(|lang| lang == "vi");
    let usual = if vietnamese { "vn" } else { "" }.to_owned();
    let Some(table) = fields.read_table("safety") else {
        return Safety { country: usual, ..Safety::default() };
    };
    let safety = Safety {
        country: read_country(&table).unwrap_or(usual),
        off: read_off_reason(&table),
        numbers: table.read_tables("numbers").into_iter().filter_map(read_number).collect(),
        danger: table.read_tables("danger").into_iter().filter_map(|row| read_phrases(row, true)).collect(),
        harmless: table
            .read_tables("harmless")
            .into_iter()
            .filter_map(|row| read_phrases(row, false))
            .collect(),
    };
    table.report_unknown_keys();
    safety
}

fn read_country(table: &TomlTable<'_>) -> Option<String> {
    const FIX: &str = "write the two letters of the country, for example country = \"vn\"";
    let (country, span) = table.read_string("country", table.get_value("country"), FIX)?;
    let plain = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
    if !plain {
        table.report_error("country", span, format!("\"{country}\" is no country"), FIX);
    } else if !safety::has_numbers(&country) {
        let what = format!("Hoi knows no emergency numbers of \"{country}\": 112 is shown");
        table.report_warning("country", span, what, "add the country's own numbers as [[safety.numbers]]");
    }
    Some(country)
}

/// `off = "why"`. It is said each time the folder is checked.
fn read_off_reason(table: &TomlTable<'_>) -> Option<String> {
    const FIX: &str = "write why in a sentence, for example off = \"the hospital's own triage line answers first\", or take it out";
    let (reason, span) = table.read_string("off", table.get_value("off"), FIX)?;
    if reason.trim().chars().count() < LEAST_REASON {
        table.report_error("off", span, "the safety layer is switched off without a reason", FIX);
        return None;
    }
    let what = "the safety layer is off: whoever writes that somebody is dying is answered like anybody else";
    table.report_warning(
        "off",
        span,
        what,
        "take it out, unless something else answers those people at once",
    );
    Some(reason.trim().to_owned())
}

fn read_number(row: TomlTable<'_>) -> Option<SafetyNumber> {
    const FIX: &str = "write the number as it is dialled, for example number = \"115\"";
    let found = row.read_string("number", row.require_value("number", FIX), FIX);
    let kinds = read_kinds(&row);
    let own = SafetyNumber {
        number: found.as_ref().map(|(number, _)| number.clone()).unwrap_or_default(),
        kinds,
        label: row.read_text("label", Needed),
    };
    if let Some((number, span)) = found {
        let safety = Safety { numbers: vec![own.clone()], ..Safety::default() };
        let labelled = !own.label.0.is_empty() && !own.kinds.is_empty();
        if labelled && matches!(Lexicon::new(safety.to_additions()), Err(AdditionError::Number(_))) {
            row.report_error(
                "number",
                span,
                format!("\"{number}\" is no number that a telephone dials"),
                FIX,
            );
        }
    }
    row.report_unknown_keys();
    Some(own)
}

fn kind_names() -> String {
    DangerKind::ALL.map(DangerKind::name).join(", ")
}

fn read_kinds(row: &TomlTable<'_>) -> Vec<String> {
    let fix = format!("write, for example, kinds = [\"fire\"]; there are: {}", kind_names());
    let mut kinds = Vec::new();
    for (kind, span) in row.read_strings("kinds", row.require_value("kinds", &fix)) {
        if DangerKind::from_name(&kind).is_none() {
            row.report_error("kinds", span, format!("\"{kind}\" is no kind of danger"), &fix);
        } else {
            kinds.push(kind);
        }
    }
    kinds
}

fn read_phrases(row: TomlTable<'_>, danger: bool) -> Option<SafetyPhrases> {
    let kind = if danger { read_kind(&row)? } else { String::new() };
    let fix = format!("write one of: {}", LANGUAGES.join(", "));
    let lang = row.read_string("lang", row.require_value("lang", &fix), &fix);
    const FIX: &str = "write what people say, for example phrases = [\"máy thở báo động\"]";
    let listed = row.read_strings("phrases", row.require_value("phrases", FIX));
    let mut own = SafetyPhrases { kind, lang: String::new(), phrases: Vec::new() };
    if let Some((lang, span)) = lang {
        if !LANGUAGES.contains(&lang.as_str()) {
            row.report_error("lang", span, format!("\"{lang}\" is no language of the safety layer"), &fix);
            return None;
        }
        own.lang = lang;
        listed.into_iter().for_each(|phrase| own.phrases.extend(readable_phrase(&row, &own, phrase)));
    }
    row.report_unknown_keys();
    Some(own)
}

fn read_kind(row: &TomlTable<'_>) -> Option<String> {
    let fix = format!("write one of: {}", kind_names());
    let (kind, span) = row.read_string("kind", row.require_value("kind", &fix), &fix)?;
    if DangerKind::from_name(&kind).is_none() {
        row.report_error("kind", span, format!("\"{kind}\" is no kind of danger"), &fix);
    }
    Some(kind)
}

/// The phrase, if the layer can read it.
fn readable_phrase(
    row: &TomlTable<'_>,
    own: &SafetyPhrases,
    (phrase, span): (String, SourceSpan),
) -> Option<String> {
    let one = SafetyPhrases { phrases: vec![phrase.clone()], ..own.clone() };
    let one = vec![one];
    let safety = match own.kind.is_empty() {
        true => Safety { harmless: one, ..Safety::default() },
        false => Safety { danger: one, ..Safety::default() },
    };
    match Lexicon::new(safety.to_additions()) {
        Ok(_) => Some(phrase),
        Err(error) => {
            row.report_error(
                "phrases",
                span,
                error.to_string(),
                "plain words are always fine; docs/safety.md says what else may stand here",
            );
            None
        }
    }
}
