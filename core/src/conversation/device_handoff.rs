//! Going on elsewhere.

use super::{Audience, ConversationStore, Effect, StoreError, message::say_as_assistant, ticket_generation};
use crate::{decide::Published, rich};
use i18n::{Lang, Msg};
use wire::{Body, Down};

/// Somebody has come in with a code that was made for `made_for`, the generation of that time. Everybody in the
/// conversation is told: whoever did not make the code must know that somebody reads along.
///
/// `None`: the code opens nothing any more; the conversation is gone, or is known to be somebody's since.
pub fn announce_device(
    store: &mut impl ConversationStore,
    published: &Published,
    made_for: u32,
    now: u64,
) -> Result<Option<Vec<Effect>>, StoreError> {
    if store.last_seq()? == 0 || ticket_generation(store)? > made_for {
        return Ok(None);
    }
    let lang = store
        .message(store.last_seq()?)?
        .map_or_else(|| published.site.match_language("").to_owned(), |last| last.lang);
    let body = Body {
        blocks: rich::parse_markdown(Lang::for_tag(&lang).text(Msg::OpenedElsewhere)),
        buttons: Vec::new(),
    };
    Ok(Some(vec![Effect::Broadcast(
        Audience::Everyone,
        Down::Message(say_as_assistant(store, published, lang, body, now)?),
    )]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversation::{MemoryStore, handle_frame, identify_visitor, tests_site},
        identity::Visitor,
    };
    use wire::{Id, Up};

    fn begun() -> (MemoryStore, Published) {
        let (mut store, published) = (MemoryStore::new(Id(1)), tests_site());
        let up = Up::Say {
            id: Id(2),
            text: "xin chào".into(),
            lang: "vi".into(),
            pick: None,
            value: None,
            files: vec![],
        };
        handle_frame(&mut store, &published, up, 0, &mut intent::Scratch::default()).unwrap();
        (store, published)
    }

    #[test]
    fn everybody_hears_that_somebody_came_in() {
        let (mut store, published) = begun();
        let before = store.last_seq().unwrap();
        let effects = announce_device(&mut store, &published, 0, 1).unwrap().expect("it opens");
        assert!(
            matches!(effects.as_slice(), [Effect::Broadcast(Audience::Everyone, Down::Message(m))] if m.seq == before + 1)
        );
        assert_eq!(store.last_seq().unwrap(), before + 1);
    }

    #[test]
    fn nothing_said_or_known_since_opens_nothing() {
        let (mut store, published) = begun();
        assert_eq!(announce_device(&mut MemoryStore::new(Id(9)), &published, 0, 1).unwrap(), None);
        let _known = identify_visitor(&mut store, Visitor { id: "lan".into(), name: None }).unwrap();
        assert_eq!(announce_device(&mut store, &published, 0, 1).unwrap(), None);
        assert!(announce_device(&mut store, &published, 1, 1).unwrap().is_some());
    }
}
