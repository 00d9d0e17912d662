//! What few visitors do or see. Its code comes when it is first wanted (`late.rs`), so that nobody who only asks loads it;
//! what happens before it is there waits for it.

use super::{
    Chat, ChatEffect, ChatNotice, DisplayAction, FeedbackAction, FeedbackSubject, PersonalDataDecision, Tick,
    Timer, UploadState, lazy_load,
};
use wire::{Block, File, Given, Id};

/// How long nobody tries again to have it come, in milliseconds.
pub const RETRY_LAZY_MS: u64 = 10_000;

/// Something happened that few visitors do. Values as in [`super::Event`].
#[derive(Debug, Clone, PartialEq)]
pub enum LazyEvent {
    /// The visitor wants to ask again what a reply that broke off was about.
    AskedAgain {
        /// Which reply.
        seq: u64,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor chose a language of the site's.
    ChoseLanguage(String),
    /// The visitor wants to do this procedure here.
    Begins(String),
    /// The visitor wants to go on on another device.
    Leaves,
    /// The visitor wants the conversation deleted.
    Erases,
    /// The visitor wants the panel otherwise.
    Wished(DisplayAction),
    /// What this browser can do with speech.
    Voices {
        /// The languages it has a voice for, without their regions.
        voices: Vec<String>,
        /// Whether it writes down what is spoken.
        ears: bool,
    },
    /// An answer was read out, or could not be.
    ReadOut,
    /// What was spoken; nothing when the microphone is off.
    Heard(Option<String>),
    /// The visitor says what becomes of personal data in what was to be sent.
    Answered {
        /// What.
        answer: PersonalDataDecision,
        /// For what is then said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor wants something sent again that was refused.
    Retried {
        /// What.
        id: Id,
        /// Its new id, should the old one be used up.
        fresh: Id,
    },
    /// A box was ticked, or not any more.
    Ticked(Tick, bool),
    /// The visitor does something about a question what an answer or the chat was like.
    Judged(FeedbackAction),
    /// The visitor says more about it.
    Opined {
        /// About what.
        about: FeedbackSubject,
        /// In the visitor's own words; may be empty.
        text: String,
        /// Now.
        at: u64,
    },
    /// The visitor gives what a message asks for.
    Gave {
        /// For software.
        value: Given,
        /// In words.
        text: String,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor wants to say where he is, for the input of this name.
    Locate(String),
    /// The answer to an [`super::Effect::Locate`].
    Located {
        /// For which input.
        name: String,
        /// Latitude and longitude, in degrees; nothing if it could not be found out.
        place: Option<[String; 2]>,
        /// For what is said.
        id: Id,
        /// Now.
        at: u64,
    },
    /// The visitor has chosen files in the browser's own list.
    Picked,
    /// The same, with what there is to know of them; each has an id.
    Chose(Vec<File>),
    /// A file has come so far.
    FileGoes {
        /// Which.
        id: Id,
        /// How far.
        state: UploadState,
        /// What the edge says of it, once it is there.
        file: Option<File>,
    },
    /// The visitor takes a file out.
    FileDropped(Id),
    /// The visitor has a file sent again.
    FileRetried(Id),
    /// The visitor wants this device told of news, or no more.
    PressedTell,
    /// What came of an [`Effect::Device`]: how it stands, and perhaps words, a line each.
    Told(String),
}

/// How it stands with what comes late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LazyState {
    /// Nobody has wanted it.
    #[default]
    NotLoaded,
    /// It is on its way.
    Loading,
    /// It could not be had a moment ago.
    Failed,
    /// It is there.
    Ready,
}

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
    let mut done = Vec::from_iter(lazy_load::show_question(chat));
    let waiting: Vec<ChatEffect> =
        waiting.into_iter().flat_map(|rare| lazy_load::update(chat, rare)).collect();
    done.extend(waiting);
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
        Block::Text { .. }
        | Block::Heading { .. }
        | Block::List { .. }
        | Block::Notice { .. }
        | Block::Source(_)
        | Block::Procedure(_)
        | Block::Contact(_)
        | Block::Unknown => false,
    }
}
