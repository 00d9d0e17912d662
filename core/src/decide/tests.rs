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
