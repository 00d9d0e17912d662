//! What stands in the composer.

use super::{
    effect::{ChatEffect, StorageKey},
    state::Chat,
};

/// What stood in the composer is sent: it goes.
pub fn clear_draft(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.draft.clear();
    vec![ChatEffect::Draft(String::new()), ChatEffect::Forget(StorageKey::Draft)]
}

/// Puts `text` back into the composer, before what stands there.
pub fn restore_draft(chat: &mut Chat, text: String) -> Vec<ChatEffect> {
    let mut draft = text;
    if !chat.draft.is_empty() {
        draft.push('\n');
        draft.push_str(&chat.draft);
    }
    chat.draft.clone_from(&draft);
    vec![ChatEffect::Store(StorageKey::Draft, draft.clone()), ChatEffect::Draft(draft)]
}
