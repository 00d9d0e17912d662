//! What a message asks for besides words: a date, one of a few, a place; and whether what was given fits.

use crate::{
    hours,
    limits::sanitize::{self, clean_label},
};
use jiff::civil::Date;
use site::{DateBound, Site};
use wire::{
    Block, Choice, Given, Input, InputKind, Message, Word, Words,
    limits::{MAX_OPTIONS, MAX_VALUE_CHARS},
};

/// What an intent asks for, on the day of the agency's calendar that `now` (milliseconds since 1970) lies in.
pub fn build_input(own: &site::IntentInput, site: &Site, lang: &str, now: u64) -> Input {
    let today = hours::today(&site.settings, now);
    let day = |day: DateBound| -> Option<String> {
        let date = match day {
            DateBound::On(year, month, day) => Date::new(year, month, day).ok()?,
            DateBound::FromToday(days) => today.checked_add(jiff::Span::new().days(days)).ok()?,
        };
        Some(date.to_string())
    };
    let choice = |choice: &site::InputOption| Choice {
        key: choice.key.clone(),
        label: site.text_in(&choice.label, lang).to_owned(),
    };
    Input {
        name: own.name.clone(),
        label: site.text_in(&own.label, lang).to_owned(),
        kind: own.kind,
        min: own.min.and_then(day),
        max: own.max.and_then(day),
        options: own.options.iter().map(choice).collect(),
    }
}

/// What an agency asks for, made safe to show; nothing if it can't be answered.
pub fn sanitize_input(input: Input) -> Option<Input> {
    let date = |text: Option<String>| text.filter(|text| text.parse::<Date>().is_ok());
    let short = |text: String| text.trim().chars().take(MAX_VALUE_CHARS).collect::<String>();
    // What the agency calls something goes back to it as it came.
    let key = |text: &str| short(sanitize::visible_text(text));
    let choice = |choice: Choice| Choice { key: key(&choice.key), label: clean_label(&choice.label) };
    let options = input.options.into_iter().map(choice).filter(|choice| !choice.key.is_empty());
    let input = Input {
        name: key(&input.name),
        label: short(sanitize::clean_text(&input.label)),
        min: date(input.min),
        max: date(input.max),
        options: options.filter(|choice| !choice.label.trim().is_empty()).take(MAX_OPTIONS).collect(),
        kind: input.kind,
    };
    let asks = match input.kind {
        InputKind::Date | InputKind::Place => true,
        InputKind::Choice => !input.options.is_empty(),
        InputKind::Unknown => false,
    };
    (asks && !input.name.is_empty() && !input.label.is_empty()).then_some(input)
}

/// The newest of `messages` that asks for `name`, and what it asks.
pub fn find_input<'a>(messages: &'a [Message], name: &str) -> Option<(&'a Message, &'a Input)> {
    let asks = |message: &'a Message| {
        let inputs = message.body.blocks.iter().filter_map(|block| match block {
            Block::Input(input) => Some(input),
            _ => None,
        });
        inputs.into_iter().find(|input| input.name == name).map(|input| (message, input))
    };
    messages.iter().rev().find_map(asks)
}

/// Whether `value` is what `input` asks for.
pub fn is_valid_value(input: &Input, value: &str) -> bool {
    if value.chars().nth(MAX_VALUE_CHARS).is_some() {
        return false;
    }
    match input.kind {
        InputKind::Date => is_between(input, value),
        InputKind::Choice => input.options.iter().any(|choice| choice.key == value),
        InputKind::Place => match value.strip_prefix("geo:") {
            Some(_) => parse_coordinates(value).is_some(),
            None => !value.trim().is_empty() && sanitize::visible_text(value) == value,
        },
        InputKind::Unknown => false,
    }
}

fn is_between(input: &Input, value: &str) -> bool {
    let day = |text: &str| text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    let bound = |text: &Option<String>| text.as_deref().and_then(day);
    let Some(date) = day(value) else { return false };
    bound(&input.min).is_none_or(|min| date >= min) && bound(&input.max).is_none_or(|max| date <= max)
}

/// Latitude and longitude of a `geo:` address (RFC 5870) in degrees, as they stand in it.
pub fn parse_coordinates(geo: &str) -> Option<(&str, &str)> {
    let path = geo.strip_prefix("geo:")?.split(';').next()?;
    let (latitude, longitude) = path.split_once(',')?;
    let within = |text: &str, most: f64| {
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        plain && text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most)
    };
    (within(latitude, 90.0) && within(longitude, 180.0)).then_some((latitude, longitude))
}

/// What a visitor says who gives `value`; for the page without the widget.
pub fn value_text(input: &Input, value: &str, words: &Words) -> String {
    match input.kind {
        InputKind::Choice => {
            let chosen = input.options.iter().find(|choice| choice.key == value);
            chosen.map_or(value, |choice| &choice.label).to_owned()
        }
        InputKind::Date => match value.parse::<Date>() {
            Ok(date) => format_date(date, words.word_text(Word::Lang)),
            Err(_) => value.to_owned(),
        },
        InputKind::Place | InputKind::Unknown => value.to_owned(),
    }
}

/// A date in digits, in the order in which `lang` writes it.
fn format_date(date: Date, lang: &str) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match lang {
        "zh" | "ja" | "ko" => format!("{year}/{month}/{day}"),
        "uk" | "ru" => format!("{day:02}.{month:02}.{year}"),
        _ => format!("{day}/{month}/{year}"),
    }
}

/// What was given, if it fits something that one of `messages` asked for.
pub fn find_answered_input<'a>(messages: &'a [Message], given: &Given) -> Option<(&'a Message, &'a Input)> {
    find_input(messages, &given.name).filter(|(_, input)| is_valid_value(input, &given.value))
}

/// What the option is called that was given for a choice which one of `messages` asked for.
pub fn find_chosen_label<'a>(messages: &'a [Message], given: &Given) -> Option<&'a str> {
    let (_, input) =
        find_answered_input(messages, given).filter(|(_, input)| input.kind == InputKind::Choice)?;
    input.options.iter().find(|option| option.key == given.value).map(|option| option.label.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(kind: InputKind) -> Input {
        let options = ["sang", "chieu"].map(|key| Choice { key: key.into(), label: key.to_uppercase() });
        Input {
            name: "ngay".into(),
            label: "Ngày nào?".into(),
            kind,
            min: Some("2026-02-01".into()),
            max: Some("2026-03-01".into()),
            options: options.into(),
        }
    }

    #[test]
    fn what_fits() {
        for (kind, value, expected) in [
            (InputKind::Date, "2026-02-01", true),
            (InputKind::Date, "2026-03-01", true),
            (InputKind::Date, "2026-03-02", false),
            (InputKind::Date, "2026-02-30", false),
            (InputKind::Date, "2026-2-3", false),
            (InputKind::Date, "2026-02-03T10:00", false),
            (InputKind::Choice, "sang", true),
            (InputKind::Choice, "SANG", false),
            (InputKind::Place, "geo:10.7765,106.7009", true),
            (InputKind::Place, "geo:10.7765,106.7009;u=35", true),
            (InputKind::Place, "geo:91,0", false),
            (InputKind::Place, "geo:nan,0", false),
            (InputKind::Place, "1 Bến Xuân", true),
            (InputKind::Place, " ", false),
            (InputKind::Unknown, "x", false),
        ] {
            assert_eq!(is_valid_value(&input(kind), value), expected, "{kind:?} {value}");
        }
        assert!(!is_valid_value(&input(InputKind::Place), &"x".repeat(MAX_VALUE_CHARS + 1)));
    }

    #[test]
    fn days_are_reckoned_from_the_agencys_today() {
        let site = crate::conversation::tests_site().site;
        let own = site::IntentInput {
            name: "ngay".into(),
            label: Default::default(),
            kind: InputKind::Date,
            min: Some(DateBound::FromToday(1)),
            max: Some(DateBound::On(2026, 12, 31)),
            options: Vec::new(),
        };
        // 2026-01-31 23:30 UTC; half past six the next morning in Vietnam.
        let (now, mut ahead) = (1_769_902_200_000, site.clone());
        ahead.settings.utc_offset_minutes = 420;
        assert_eq!(build_input(&own, &site, "vi", now).min.as_deref(), Some("2026-02-01"));
        assert_eq!(build_input(&own, &ahead, "vi", now).min.as_deref(), Some("2026-02-02"));
        assert_eq!(build_input(&own, &ahead, "vi", now).max.as_deref(), Some("2026-12-31"));
    }

    #[test]
    fn what_an_agency_asks_is_made_safe() {
        assert_eq!(
            sanitize_input(Input { min: Some("soon".into()), ..input(InputKind::Date) }).unwrap().min,
            None
        );
        assert_eq!(sanitize_input(Input { options: vec![], ..input(InputKind::Choice) }), None);
        assert_eq!(sanitize_input(Input { label: "\u{202e}".into(), ..input(InputKind::Date) }), None);
        assert_eq!(sanitize_input(input(InputKind::Unknown)), None);
    }

    #[test]
    fn said_in_words() {
        let words = i18n::Lang::Vi.words();
        assert_eq!(super::value_text(&input(InputKind::Date), "2026-02-03", &words), "3/2/2026");
        assert_eq!(super::value_text(&input(InputKind::Choice), "sang", &words), "SANG");
    }
}
