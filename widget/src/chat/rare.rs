//! What few visitors do or see. Its code comes when it is first wanted (`late.rs`), so that nobody who only asks loads it;
//! what happens before it is there waits for it.

use super::{About, Chat, Connection, Effect, Going, Judge, Notice, Timer, Wish, late};
use wire::{Block, File, Given, Id};

/// How long nobody tries again to have it come, in milliseconds.
pub const BRING_MS: u64 = 10_000;

/// Something happened that few visitors do. Values as in [`super::Event`].
#[derive(Debug, Clone, PartialEq)]
pub enum Rare {
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
    Wished(Wish),
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
    /// The visitor does something about a question what an answer or the chat was like.
    Judged(Judge),
    /// The visitor says more about it.
    Opined {
        /// About what.
        about: About,
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
        stage: Going,
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
pub enum Rest {
    /// Nobody has wanted it.
    #[default]
    Away,
    /// It is on its way.
    Coming,
    /// It could not be had a moment ago.
    Missed,
    /// It is there.
    Here,
}

/// Something rare happened: done at once, or as soon as it can be.
pub fn happened(chat: &mut Chat, rare: Rare) -> Vec<Effect> {
    if chat.rest == Rest::Here {
        return late::update(chat, rare);
    }
    chat.waiting.push(rare);
    rang(chat)
}

/// The menu was opened; what is in it is drawn then.
pub fn menu_opened(chat: &mut Chat) -> Vec<Effect> {
    chat.menu = true;
    rang(chat)
}

/// What comes late has come, or can't be had. Then the line is doubted first and what waited for it goes on waiting: most
/// often the network is gone. Only what fails again is told to have failed.
pub fn brought(chat: &mut Chat, there: bool) -> Vec<Effect> {
    if !there {
        chat.rest = Rest::Missed;
        let mut effects = vec![Effect::After { ms: BRING_MS, timer: Timer::Bring }];
        if chat.waiting.is_empty() && !chat.menu {
            return effects;
        }
        chat.missed += 1;
        let online = chat.connection == Connection::Online;
        let notice = match (online, chat.missed) {
            // Where the line works anew, this widget is probably of an earlier release, whose files are gone.
            (true, 2..) => Notice::Reload,
            (false, 3..) => Notice::Broken,
            _ => Notice::Reconnecting,
        };
        if notice == Notice::Reconnecting {
            effects.extend(online.then_some(Effect::Disconnect));
        } else {
            chat.waiting.clear();
            (chat.menu, chat.missed) = (false, 0);
        }
        chat.notice = Some(notice);
        effects.push(notice.announce(&chat.words));
        return effects;
    }
    let waiting = std::mem::take(&mut chat.waiting);
    chat.missed = 0;
    chat.rest = Rest::Here;
    let voices = chat.display.plain.then_some(Effect::Voices);
    let excess = (chat.excess > 0).then_some(Effect::AnnounceExcess(chat.excess));
    let mut done: Vec<Effect> = waiting.into_iter().flat_map(|rare| late::update(chat, rare)).collect();
    done.extend(voices);
    done.extend(excess);
    if chat.opinion.closed && chat.following {
        done.push(Effect::ScrollToEnd);
    }
    done
}

/// It could not be had before; perhaps it can now.
pub fn rang(chat: &mut Chat) -> Vec<Effect> {
    if chat.rest == Rest::Missed {
        chat.rest = Rest::Away;
    }
    Vec::new()
}

/// Has it come, if it is wanted now; once it is there, it may want something itself.
pub fn want(chat: &mut Chat) -> Option<Effect> {
    if chat.rest == Rest::Here {
        return late::want(chat);
    }
    if chat.rest != Rest::Away || !is_wanted(chat) {
        return None;
    }
    chat.rest = Rest::Coming;
    Some(Effect::Bring)
}

fn is_wanted(chat: &Chat) -> bool {
    let Chat { display, opinion, .. } = chat;
    !chat.waiting.is_empty()
        || chat.menu
        || display.plain
        || opinion.ending
        || chat.excess > 0
        || opinion.why.is_some()
        || chat.has_earlier()
        || chat
            .lines
            .iter()
            .any(|line| (line.message.later && !chat.framed) || line.message.body.blocks.iter().any(is_rare))
}

/// Whether `block` is drawn by what comes late.
pub fn is_rare(block: &Block) -> bool {
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
