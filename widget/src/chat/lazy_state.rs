//! What few visitors do or see. Its code comes when it is first wanted (`lazy_load`), so that nobody who only asks loads it;
//! what happens before it is there waits for it.

use super::{
    effect::{ChatEffect, Timer},
    event::LazyEvent,
    lazy_load,
    state::{Chat, lazy::LazyState, notice::ChatNotice},
};
use wire::Block;

/// How long nobody tries again to have it come, in milliseconds.
pub const RETRY_LAZY_MS: u64 = 10_000;

/// Something rare happened: done at once, or as soon as it can be.
pub fn handle_event(chat: &mut Chat, rare: LazyEvent) -> Vec<ChatEffect> {
    if chat.lazy == LazyState::Ready {
        return lazy_load::update(chat, rare);
    }
    chat.lazy_events.push(rare);
    retry(chat)
}

/// The menu was opened; what is in it is drawn then.
pub fn open_menu(chat: &mut Chat) -> Vec<ChatEffect> {
    chat.menu = true;
    retry(chat)
}

/// What comes late has come, or can't be had. Then the line is doubted first and what waited for it goes on waiting: most
/// often the network is gone. Only what fails again is told to have failed.
pub fn on_loaded(chat: &mut Chat, there: bool) -> Vec<ChatEffect> {
    if !there {
        chat.lazy = LazyState::Failed;
        let mut effects = vec![ChatEffect::After { ms: RETRY_LAZY_MS, timer: Timer::RetryLazy }];
        if chat.lazy_events.is_empty() && !chat.menu && chat.asking.is_none() {
            return effects;
        }
        chat.lazy_failures += 1;
        let online = chat.connection.is_online();
        let notice = match (online, chat.lazy_failures) {
            // Where the line works anew, this widget is probably of an earlier release, whose files are gone.
            (true, 2..) => ChatNotice::Reload,
            (false, 3..) => ChatNotice::Broken,
            _ => ChatNotice::Reconnecting,
        };
        if notice == ChatNotice::Reconnecting {
            effects.extend(online.then_some(ChatEffect::Disconnect));
        } else {
            chat.lazy_events.clear();
            // What was to be sent stands in the composer still.
            chat.asking = None;
            (chat.menu, chat.lazy_failures) = (false, 0);
        }
        chat.notice = Some(notice);
        effects.push(notice.announce(&chat.words));
        return effects;
    }
    let waiting = std::mem::take(&mut chat.lazy_events);
    chat.lazy_failures = 0;
    chat.lazy = LazyState::Ready;
    let voices = chat.display.plain.then_some(ChatEffect::Voices);
    let excess = (chat.excess > 0).then_some(ChatEffect::AnnounceExcess(chat.excess));
    let mut done = Vec::from_iter(lazy_load::personal_data::show_question(chat));
    for rare in waiting {
        done.extend(lazy_load::update(chat, rare));
    }
    done.extend(voices);
    done.extend(excess);
    if chat.opinion.closed && chat.following {
        done.push(ChatEffect::ScrollToEnd);
    }
    done
}

/// It could not be had before; perhaps it can now.
pub fn retry(chat: &mut Chat) -> Vec<ChatEffect> {
    if chat.lazy == LazyState::Failed {
        chat.lazy = LazyState::NotLoaded;
    }
    Vec::new()
}

/// Has it come, if it is wanted now; once it is there, it may want something itself.
pub fn load_if_wanted(chat: &mut Chat) -> Option<ChatEffect> {
    if chat.lazy == LazyState::Ready {
        return lazy_load::after_update(chat);
    }
    if chat.lazy != LazyState::NotLoaded || !is_wanted(chat) {
        return None;
    }
    chat.lazy = LazyState::Loading;
    Some(ChatEffect::LoadLazy)
}

fn is_wanted(chat: &Chat) -> bool {
    let Chat { display, opinion, .. } = chat;
    !chat.lazy_events.is_empty()
        || chat.menu
        || chat.asking.is_some()
        || display.plain
        || opinion.ending
        || chat.excess > 0
        || opinion.why.is_some()
        || chat.has_earlier()
        || chat.timeline.entries.iter().any(|line| {
            (line.message.later && !chat.framed) || line.message.body.blocks.iter().any(is_lazy_block)
        })
}

/// Whether `block` is drawn by what comes late.
pub fn is_lazy_block(block: &Block) -> bool {
    match block {
        Block::Table { .. } | Block::Image { .. } | Block::Card(_) | Block::Input(_) | Block::File(_) => true,
        Block::List { contents, .. } => contents.iter().flatten().any(is_lazy_block),
        Block::Text { .. }
        | Block::Heading { .. }
        | Block::Notice { .. }
        | Block::Source(_)
        | Block::Procedure(_)
        | Block::Contact(_)
        | Block::Unknown => false,
    }
}
