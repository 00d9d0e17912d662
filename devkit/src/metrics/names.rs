//! What a function's name says about itself.

/// Past participles that end neither in -ed nor in -en.
const IRREGULAR_PARTICIPLES: &[&str] = &[
    "begun",
    "bought",
    "brought",
    "built",
    "caught",
    "dealt",
    "done",
    "drawn",
    "fed",
    "felt",
    "found",
    "gone",
    "grown",
    "had",
    "heard",
    "held",
    "hung",
    "kept",
    "known",
    "laid",
    "led",
    "left",
    "lost",
    "made",
    "meant",
    "met",
    "paid",
    "put",
    "said",
    "sent",
    "shown",
    "slept",
    "sold",
    "spent",
    "stood",
    "struck",
    "stuck",
    "sung",
    "swept",
    "taught",
    "thrown",
    "told",
    "torn",
    "understood",
    "won",
    "worn",
];

/// Words in -ed and -en that are no participles, or are a verb's first form as well.
const OTHER_WORDS: &[&str] = &[
    "bed", "between", "bindgen", "children", "citizen", "dozen", "embed", "even", "exceed", "feed",
    "flatten", "gen", "green", "happen", "hundred", "indeed", "len", "listen", "lighten", "need", "often",
    "open", "pen", "proceed", "red", "reopen", "screen", "seed", "seven", "shed", "shorten", "speed",
    "succeed", "sudden", "ten", "then", "tighten", "token", "unseed", "when", "widen",
];

/// Whether a function's name is one word. Components of Leptos are functions, too, but are named like types.
pub fn is_one_word(name: &str) -> bool {
    !name.trim_matches('_').contains('_') && !name.starts_with(char::is_uppercase)
}

/// Whether a function's name is a past participle and nothing else: `placed` says of no thing what is done to it.
/// `read`, `set`, `hit` and their kind pass: they are the verb's first form as well.
pub fn is_bare_participle(name: &str) -> bool {
    let name = name.trim_matches('_');
    let regular = name.len() > 3 && (name.ends_with("ed") || name.ends_with("en"));
    is_one_word(name) && (regular && !OTHER_WORDS.contains(&name) || IRREGULAR_PARTICIPLES.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_are_told_from_verbs_and_nouns() {
        for name in ["placed", "told", "taken", "sent", "_drawn"] {
            assert!(is_bare_participle(name), "{name}");
        }
        for name in ["open", "token", "read", "len", "is_placed", "placed_first", "embed", "send"] {
            assert!(!is_bare_participle(name), "{name}");
        }
    }

    #[test]
    fn an_underscore_within_makes_two_words() {
        assert!(is_one_word("hear") && is_one_word("_hear"));
        assert!(!is_one_word("take_token") && !is_one_word("Menu"));
    }
}
