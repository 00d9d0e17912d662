//! Telling this device of news while no page of the chat is open: offered where there may be some one day, never asked for unbidden.
//! Only what comes late calls this.

use super::{
    effect::ChatEffect,
    state::{
        Chat,
        push_subscription::{PushStatus, PushSubscription},
    },
};
use wire::Word;

impl Chat {
    fn push_status(&self) -> PushStatus {
        self.telling.as_ref().map_or(PushStatus::Unknown, |telling| telling.told)
    }

    /// What is said about telling this device, which may be nothing, and what stands on its button.
    pub fn push_texts(&self) -> [&str; 2] {
        let Some(telling) = &self.telling else { return [""; 2] };
        let offer = telling.text_at(0);
        match telling.told {
            PushStatus::On => [telling.text_at(1), telling.text_at(2)],
            PushStatus::Forbidden => [telling.text_at(3), offer],
            PushStatus::Failed => [self.words.word_text(Word::Broken), offer],
            PushStatus::Unknown | PushStatus::Off | PushStatus::Asking => ["", offer],
        }
    }

    /// Whether that stands with the message `seq`: with the last one that there may be news of.
    pub fn tells_at(&self, seq: u64) -> bool {
        let last = self.timeline.entries.iter().rev().find(|line| line.message.later);
        self.push_status() != PushStatus::Unknown && last.is_some_and(|line| line.message.seq == seq)
    }
}

/// Has the shell do something about it.
fn device_effect(verb: &'static str, values: &[(&'static str, &str)]) -> ChatEffect {
    ChatEffect::Device {
        verb,
        values: values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    }
}

/// What is to be done about it after whatever has happened.
pub fn sync_state(chat: &mut Chat) -> Option<ChatEffect> {
    let (own, ticket) = (chat.conversation, &chat.ticket);
    if let Some(before) = chat.telling.take_if(|telling| telling.of != own) {
        // The visitor has started over: what comes of the conversation before is nobody's business here any more.
        return (before.told == PushStatus::On).then(|| device_effect("off", &[("ticket", &before.ticket)]));
    }
    let lang = chat.words.word_text(Word::Lang);
    if let Some(telling) = &mut chat.telling {
        ticket.clone_into(&mut telling.ticket);
        if telling.lang == lang {
            return None;
        }
    }
    if chat.framed || !chat.timeline.entries.iter().any(|line| line.message.later) {
        return None;
    }
    let look = device_effect("look", &[("lang", lang), ("conversation", &own.to_hex())]);
    let (told, words) = chat.telling.take().map(|telling| (telling.told, telling.words)).unwrap_or_default();
    let (lang, ticket) = (lang.to_owned(), ticket.clone());
    chat.telling = Some(Box::new(PushSubscription { told, words, lang, of: own, ticket }));
    Some(look)
}

/// The visitor pressed the button.
pub fn toggle(chat: &mut Chat) -> Vec<ChatEffect> {
    let Some(telling) = &mut chat.telling else { return Vec::new() };
    match telling.told {
        PushStatus::Unknown | PushStatus::Asking => Vec::new(),
        PushStatus::On => {
            telling.told = PushStatus::Off;
            vec![device_effect("off", &[("ticket", &chat.ticket)])]
        }
        PushStatus::Off | PushStatus::Forbidden | PushStatus::Failed => {
            telling.told = PushStatus::Asking;
            let (lang, conversation) = (chat.words.word_text(Word::Lang), chat.conversation.to_hex());
            vec![device_effect(
                "on",
                &[("lang", lang), ("conversation", &conversation), ("ticket", &chat.ticket)],
            )]
        }
    }
}

/// What the shell has done: how it stands, and words if it looked for some, a line each. Nothing: it could not.
pub fn on_told(chat: &mut Chat, said: &str) -> Vec<ChatEffect> {
    let Some(telling) = &mut chat.telling else { return Vec::new() };
    let mut lines = said.split('\n').map(str::to_owned);
    let asked = telling.told == PushStatus::Asking;
    let stands = lines.next().unwrap_or_default();
    let words: Vec<String> = lines.collect();
    if !words.is_empty() {
        telling.words = words;
    }
    telling.told = match stands.as_str() {
        // The answer to what was asked for a conversation that is over.
        _ if telling.words.is_empty() => PushStatus::Unknown,
        "on" => PushStatus::On,
        "off" => PushStatus::Off,
        "denied" => PushStatus::Forbidden,
        _ if asked => PushStatus::Failed,
        _ => PushStatus::Unknown,
    };
    let [sentence, _] = chat.push_texts();
    if asked && !sentence.is_empty() { vec![ChatEffect::announce(sentence)] } else { Vec::new() }
}
