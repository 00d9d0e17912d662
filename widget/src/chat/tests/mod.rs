//! What the chat decides, case by case; `model.rs` sets it against an edge that drops lines at random.

mod cases;
mod connection;
mod erased;
mod identity;
mod lazy_state;
mod model;
mod people;
mod personal;
mod push_subscription;
mod rich_text;
mod saying;
mod standing;
mod stream_timeout;
mod transport;
mod window;

use super::*;
use wire::*;

pub const NOW: u64 = 1_780_000_000_000;
pub const EPOCH: Id = Id(0xe);

/// A site with two languages, two first buttons, and words that are their own names: `Send`, `Says {}`, …
pub fn boot() -> Boot {
    let words = Word::ALL.iter().map(|word| match word {
        Word::Lang => "vi".to_owned(),
        Word::TooLong
        | Word::Says
        | Word::Unread
        | Word::PersonalFound
        | Word::MyLocation
        | Word::FileTooLarge
        | Word::FileKind => format!("{word:?} {{}}"),
        _ => format!("{word:?}"),
    });
    Boot {
        v: VERSION,
        look: Look {
            site: "ward".into(),
            version: 1,
            lang: "vi".into(),
            languages: vec!["vi".into(), "en".into()],
            interface: vec!["ar".into()],
            name: "Ward".into(),
            assistant: "Helper".into(),
            launcher_label: "Ask".into(),
            greeting: vec![Run { text: "Hello".into(), ..Run::default() }],
            start: vec![button("Fees"), button("Hours")],
            contact: Contact::default(),
            privacy: None,
            care: Care::default(),
            notice: None,
            off: false,
            thumbs: true,
            survey: true,
            files: Some(FileRules { allow: vec!["pdf".into()], max_bytes: 1000 }),
            pictures: Vec::new(),
            logo: None,
            accent: Accent {
                light: "#000000".into(),
                on_light: "#ffffff".into(),
                dark: "#000000".into(),
                on_dark: "#ffffff".into(),
                text_light: "#000000".into(),
                text_dark: "#ffffff".into(),
            },
            scheme: Scheme::Auto,
            launcher: Launcher::Bubble,
            position: Position::End,
            credit: false,
        },
        words: Words(words.collect()),
        conversation: Id(0xc),
        ticket: "ticket".into(),
        messages: Vec::new(),
    }
}

pub fn button(label: &str) -> Button {
    Button { label: label.into(), pick: Some(label.to_lowercase()), href: None }
}

pub fn text(text: &str) -> Block {
    Block::Text { runs: vec![Run { text: text.into(), ..Run::default() }] }
}

pub fn message(seq: u64, kind: AuthorKind, words: &str) -> Message {
    Message {
        seq,
        id: None,
        author: Author { kind, name: None },
        at: NOW,
        lang: "vi".into(),
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        later: false,
        body: Body { blocks: vec![text(words)], buttons: Vec::new() },
    }
}

pub fn growing(seq: u64, words: &str) -> Message {
    Message { state: State::Growing, ..message(seq, AuthorKind::Agency, words) }
}

/// A chat under test, with everything it asked for so far.
pub struct Rig {
    pub chat: Chat,
    pub effects: Vec<ChatEffect>,
    /// Whether the part that searches for personal data is there at once.
    pub searches: bool,
}

impl Rig {
    /// A first visit, the panel open.
    pub fn new() -> Rig {
        let mut rig = Rig::of(boot(), Saved::default());
        rig.does(ChatEvent::FromPage(FromPage::Open));
        rig
    }

    pub fn of(boot: Boot, saved: Saved) -> Rig {
        let (mut chat, mut effects) = start(boot, saved, true);
        effects.extend(update(&mut chat, ChatEvent::LazyLoaded(true)));
        Rig { chat, effects, searches: true }
    }

    /// A first visit with the line up.
    pub fn online() -> Rig {
        let mut rig = Rig::new();
        rig.types("x");
        rig.welcome(0);
        rig.types("");
        rig.effects.clear();
        rig
    }

    /// What comes of `event`.
    pub fn does(&mut self, event: ChatEvent) -> Vec<ChatEffect> {
        let mut effects = update(&mut self.chat, event);
        self.effects.extend(effects.clone());
        let search = effects
            .iter()
            .find_map(|effect| if let ChatEffect::Search(search) = effect { Some(search) } else { None });
        if let Some(PersonalDataSearch { text, earlier, year, hide }) =
            search.filter(|_| self.searches).cloned()
        {
            let kinds = privacy::find_kinds(&text, &earlier, year);
            let hidden = privacy::hide_all(&text, &earlier, year, hide);
            effects.extend(
                self.does(ChatEvent::Searched { text, found: Some(PersonalDataResult { kinds, hidden }) }),
            );
        }
        effects
    }

    pub fn types(&mut self, words: &str) -> Vec<ChatEffect> {
        self.does(ChatEvent::Typed(words.into()))
    }

    pub fn says(&mut self, id: u128, words: &str) -> Vec<ChatEffect> {
        self.types(words);
        self.does(ChatEvent::Submitted { id: Id(id), at: NOW })
    }

    pub fn gets(&mut self, frame: Down) -> Vec<ChatEffect> {
        self.does(ChatEvent::Received(frame))
    }

    pub fn welcome(&mut self, last: u64) -> Vec<ChatEffect> {
        self.does(ChatEvent::Opened);
        self.gets(Down::Welcome { epoch: EPOCH, last, ticket: None })
    }

    pub fn drops(&mut self, chance: u32) -> Vec<ChatEffect> {
        self.does(ChatEvent::Closed { chance })
    }

    /// The list as `seq:words`, with `?` for what waits and `!` for what was refused.
    pub fn shown(&self) -> Vec<String> {
        let row = |line: &MessageRow| {
            let words = line.message.body.plain_text(&self.chat.words);
            match line.delivery {
                DeliveryState::Sent => format!("{}:{words}", line.message.seq),
                DeliveryState::Pending => format!("?:{words}"),
                DeliveryState::Failed(..) => format!("!:{words}"),
            }
        };
        self.chat.timeline.entries.iter().map(row).collect()
    }
}

/// What was sent, in order.
pub fn sent(effects: &[ChatEffect]) -> Vec<&Up> {
    effects
        .iter()
        .filter_map(|effect| if let ChatEffect::Send(up) = effect { Some(up) } else { None })
        .collect()
}

/// What was announced, in order.
pub fn spoken(effects: &[ChatEffect]) -> Vec<&str> {
    effects
        .iter()
        .filter_map(
            |effect| if let ChatEffect::Announce { text, .. } = effect { Some(&**text) } else { None },
        )
        .collect()
}

/// What was stored under which key.
pub fn stored(effects: &[ChatEffect]) -> Vec<StorageKey> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            ChatEffect::Store(key, _) => Some(*key),
            ChatEffect::Claim(_) => Some(StorageKey::Conversation),
            _ => None,
        })
        .collect()
}

/// Which conversation a line is opened for.
pub fn connects(effects: &[ChatEffect]) -> Option<Id> {
    effects.iter().find_map(|effect| match effect {
        ChatEffect::Connect { conversation, .. } => Some(*conversation),
        _ => None,
    })
}
