//! Which form of a counted word goes with a number, where there is no browser to ask: CLDR's rules for whole numbers.
//! The widget asks `Intl.PluralRules`; a test in a real browser holds both against each other.

/// The categories a language tells apart for whole numbers from 1, in CLDR's order.
pub fn categories(lang: &str) -> &'static [&'static str] {
    match lang {
        "en" | "fr" | "es" => &["one", "other"],
        "uk" | "ru" => &["one", "few", "many", "other"],
        "ar" => &["one", "two", "few", "many", "other"],
        _ => &["other"],
    }
}

/// The category of `n` in `lang`, a code of [`wire::LANGUAGES`].
pub fn category(lang: &str, n: usize) -> &'static str {
    let (ten, hundred) = (n % 10, n % 100);
    match lang {
        "en" | "es" if n == 1 => "one",
        "fr" if n < 2 => "one",
        // Millions take "de": "1 000 000 de caractères".
        "fr" | "es" if n != 0 && n.is_multiple_of(1_000_000) => "many",
        "uk" | "ru" => match (ten, hundred) {
            (_, 11..=14) => "many",
            (1, _) => "one",
            (2..=4, _) => "few",
            _ => "many",
        },
        "ar" => match (n, hundred) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        _ => "other",
    }
}
