//! Going on elsewhere.

use super::{Effect, Log, generation, reply::say};
use crate::{
    phrases::{Phrase, phrase},
    rich,
    turn::Published,
};
use wire::{Body, Down};

/// Somebody has come in with a code that was made for `made_for`, the generation of that time. Everybody in the
/// conversation is told: whoever did not make the code must know that somebody reads along.
///
/// `None`: the code opens nothing any more; the conversation is gone, or is known to be somebody's since.
pub fn joined(log: &mut impl Log, published: &Published, made_for: u32, now: u64) -> Option<Vec<Effect>> {
    if log.last() == 0 || generation(log) > made_for {
        return None;
    }
    let lang = log.at(log.last()).map_or_else(|| published.site.language("").to_owned(), |last| last.lang);
    let body = Body { blocks: rich::blocks(phrase(Phrase::Elsewhere, &lang)), buttons: Vec::new() };
    Some(vec![Effect::All(Down::Message(say(log, published, lang, body, now)))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversation::{Memory, hear, identify, tests_site},
        identity::Visitor,
    };
    use wire::{Id, Up};

    fn begun() -> (Memory, Published) {
        let (mut log, published) = (Memory::new(Id(1)), tests_site());
        let up = Up::Say {
            id: Id(2),
            text: "xin chào".into(),
            lang: "vi".into(),
            pick: None,
            value: None,
            files: vec![],
        };
        hear(&mut log, &published, up, 0, &mut intent::Scratch::default());
        (log, published)
    }

    #[test]
    fn everybody_hears_that_somebody_came_in() {
        let (mut log, published) = begun();
        let before = log.last();
        let effects = joined(&mut log, &published, 0, 1).expect("it opens");
        assert!(matches!(effects.as_slice(), [Effect::All(Down::Message(m))] if m.seq == before + 1));
        assert_eq!(log.last(), before + 1);
    }

    #[test]
    fn nothing_said_or_known_since_opens_nothing() {
        let (mut log, published) = begun();
        assert_eq!(joined(&mut Memory::new(Id(9)), &published, 0, 1), None);
        let _known = identify(&mut log, Visitor { id: "lan".into(), name: None });
        assert_eq!(joined(&mut log, &published, 0, 1), None);
        assert!(joined(&mut log, &published, 1, 1).is_some());
    }
}
