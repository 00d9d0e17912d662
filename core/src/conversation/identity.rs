//! Whose conversation it is, and what the page says about it.

use super::{
    ConversationStore, StoreError, personal::without_refused, push_subscriptions::drop_devices, store::Owner,
};
use crate::{decide::Published, identity::Visitor, limits::sanitize};
use std::collections::BTreeMap;
use wire::limits::{MAX_CONTEXT, MAX_CONTEXT_NAME, MAX_CONTEXT_VALUE};

/// What follows from knowing who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentifyOutcome {
    /// It was known already.
    Before,
    /// From now on only tickets of this generation open the conversation.
    From(u32),
    /// The conversation is somebody else's.
    Stranger,
}

/// The host says that this is `visitor`. A conversation that was nobody's is his from now on, with what was said in
/// it; one that is another's stays that.
pub fn identify_visitor(
    store: &mut impl ConversationStore,
    visitor: Visitor,
) -> Result<IdentifyOutcome, StoreError> {
    Ok(match store.owner()? {
        Some(owner) if owner.visitor.id != visitor.id => IdentifyOutcome::Stranger,
        Some(owner) => {
            if owner.visitor != visitor {
                store.set_owner(&Owner { visitor, ..owner })?;
            }
            IdentifyOutcome::Before
        }
        None => {
            let generation = 1;
            store.set_owner(&Owner { visitor, generation })?;
            // Some may be of those who stay out from now on.
            drop_devices(store)?;
            IdentifyOutcome::From(generation)
        }
    })
}

/// The generation whose tickets, and later ones, open the conversation.
pub fn ticket_generation(store: &impl ConversationStore) -> Result<u32, StoreError> {
    Ok(store.owner()?.map_or(0, |owner| owner.generation))
}

/// The page says what its visitor is about. What is too long or too much is left out.
///
/// What the site doesn't take from visitors is hidden in it: a page may have it from a field that they filled in.
pub fn update_context(
    store: &mut impl ConversationStore,
    published: &Published,
    values: &BTreeMap<String, String>,
    now: u64,
) -> Result<(), StoreError> {
    let fits = |text: &str, most| !text.is_empty() && text.chars().nth(most).is_none();
    let plain = values.iter().map(|(name, value)| (sanitize::clean_text(name), sanitize::clean_text(value)));
    let kept = plain.filter(|(name, value)| fits(name, MAX_CONTEXT_NAME) && fits(value, MAX_CONTEXT_VALUE));
    // The name says what the value is.
    let hidden = |(name, value): (String, String)| {
        let value = without_refused(published, &value, std::slice::from_ref(&name), now);
        (without_refused(published, &name, &[], now), value)
    };
    store.set_context(&kept.take(MAX_CONTEXT).map(hidden).collect())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::MemoryStore;
    use wire::Id;

    fn named(id: &str, name: &str) -> Visitor {
        Visitor { id: id.into(), name: Some(name.into()) }
    }

    #[test]
    fn a_conversation_has_one_owner() {
        let mut store = MemoryStore::new(Id(1));
        assert_eq!(ticket_generation(&store).unwrap(), 0);
        assert_eq!(identify_visitor(&mut store, named("1", "Hoa")).unwrap(), IdentifyOutcome::From(1));
        assert_eq!(identify_visitor(&mut store, named("1", "Hoa")).unwrap(), IdentifyOutcome::Before);
        assert_eq!(identify_visitor(&mut store, named("1", "Hoa Nguyễn")).unwrap(), IdentifyOutcome::Before);
        assert_eq!(identify_visitor(&mut store, named("2", "Hoa")).unwrap(), IdentifyOutcome::Stranger);
        let owner = store.owner().unwrap().unwrap();
        assert_eq!((owner.visitor, owner.generation), (named("1", "Hoa Nguyễn"), 1));
    }

    #[test]
    fn what_a_page_says_is_bounded() {
        let mut store = MemoryStore::new(Id(1));
        let mut values: BTreeMap<String, String> =
            (0..20).map(|n| (format!("k{n:02}"), "v".into())).collect();
        values.insert("a".into(), "x".repeat(MAX_CONTEXT_VALUE + 1));
        values.insert("b".repeat(MAX_CONTEXT_NAME + 1), "x".into());
        values.insert("c\u{202e}".into(), "\u{0}".into());
        let published = crate::conversation::tests_site();
        update_context(&mut store, &published, &values, 0).unwrap();
        assert_eq!(store.context().unwrap().len(), MAX_CONTEXT);
        assert!(store.context().unwrap().keys().all(|name| name.starts_with('k')));
        update_context(&mut store, &published, &BTreeMap::new(), 0).unwrap();
        assert!(store.context().unwrap().is_empty());
    }

    #[test]
    fn a_page_says_nothing_that_the_site_does_not_take() {
        let mut published = crate::conversation::tests_site();
        let data = &mut published.site.settings.personal_data;
        data.care.refuse = [wire::Personal::CitizenId, wire::Personal::OldId]
            .map(wire::Kinds::only_kind)
            .into_iter()
            .fold(wire::Kinds::default(), wire::Kinds::union_with);
        let values = [
            ("form", "Đơn của 079203001234"),
            ("cmnd", "024123456"),
            ("phone", "0912345678"),
            ("079203001234", "x"),
            ("order", "024123456"),
        ];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let mut store = MemoryStore::new(Id(1));
        update_context(&mut store, &published, &values, 1_780_000_000_000).unwrap();
        let kept: Vec<(String, String)> = store.context().unwrap().into_iter().collect();
        let expected = [
            ("cmnd", "•••••••••"),
            ("form", "Đơn của ••••••••••••"),
            ("order", "024123456"),
            ("phone", "0912345678"),
            ("••••••••••••", "x"),
        ];
        assert_eq!(kept, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
