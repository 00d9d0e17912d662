//! Personal data in what a visitor writes, together with what the same visitor wrote before.

use super::{
    Log,
    hear::{ASKED_BACK, words_of},
};
use crate::{input, turn::Published, words::words};
use privacy::{EARLIER, Kinds};
use serde::{Deserialize, Serialize};
use wire::{AuthorKind, Care, Given, Up};

/// How far back the visitor's last messages are looked for.
const BACK: usize = 12;

/// What becomes of personal data in what is posted without the widget, which would have asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unasked {
    /// The visitor is asked first.
    Ask,
    /// It is hidden.
    Hide,
    /// It is sent as it is, where the site takes it.
    Send,
}

/// What the visitor is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// What the message seems to hold.
    pub kinds: Kinds,
    /// Whether the site doesn't take it at all.
    pub refused: bool,
}

/// What is to be taken of `up`, posted without the widget.
///
/// # Errors
/// What the visitor is to be asked about, if anything.
pub fn posted(
    log: &impl Log,
    published: &Published,
    up: Up,
    unasked: Unasked,
    now: u64,
) -> Result<Up, Asked> {
    let (id, text, lang, files) = match up {
        Up::Say { id, text, lang, pick: None, value: None, files } => (id, text, lang, files),
        // Nobody needs them in an opinion, so nobody is asked.
        Up::Rate { seq, good, reason, text } => {
            return Ok(Up::Rate { seq, good, reason, text: hidden(log, published, &text, now) });
        }
        Up::Survey { score, text } => {
            return Ok(Up::Survey { score, text: hidden(log, published, &text, now) });
        }
        Up::Say { id, lang, value: Some(value), files, .. } => {
            let text = given_words(log, &lang, &value);
            return Ok(Up::Say { id, text, lang, pick: None, value: Some(value), files });
        }
        Up::Say { .. }
        | Up::Typing { .. }
        | Up::Read { .. }
        | Up::Hello { .. }
        | Up::Stop { .. }
        | Up::Identify { .. }
        | Up::Context { .. }
        | Up::Unknown => return Ok(up),
    };
    let kinds = personal(log, published, &text, now);
    let refused = is_refused(published, kinds);
    let text = match unasked {
        Unasked::Hide => hidden(log, published, &text, now),
        Unasked::Send if !refused => text,
        Unasked::Ask | Unasked::Send if kinds != Kinds::default() => return Err(Asked { kinds, refused }),
        Unasked::Ask | Unasked::Send => text,
    };
    Ok(Up::Say { id, text, lang, pick: None, value: None, files })
}

/// What a visitor says who gives `value`; nothing if nobody asked for it, and then it isn't taken.
fn given_words(log: &impl Log, lang: &str, value: &Given) -> String {
    let back = log.after(log.last().saturating_sub(ASKED_BACK), ASKED_BACK as usize);
    let input = input::given(&back, value).map(|(_, input)| input);
    input.map_or_else(String::new, |input| input::words(input, &value.value, &words(lang)))
}

/// The kinds in `text` that the site doesn't let pass unasked, refused ones included.
pub fn personal(log: &impl Log, published: &Published, text: &str, now: u64) -> Kinds {
    // Looking at earlier messages costs more than all the rest of an answer.
    if !privacy::may_hold(text) {
        return Kinds::default();
    }
    let Care { warn, refuse } = published.site.settings.personal_data.care;
    privacy::kinds(text, &earlier(log), privacy::year(now)).within(warn.and(refuse))
}

/// Whether the site takes one of `kinds` not at all.
pub fn is_refused(published: &Published, kinds: Kinds) -> bool {
    kinds.within(published.site.settings.personal_data.care.refuse) != Kinds::default()
}

/// `text` without what the site doesn't let pass unasked.
fn hidden(log: &impl Log, published: &Published, text: &str, now: u64) -> String {
    let Care { warn, refuse } = published.site.settings.personal_data.care;
    privacy::hide_all(text, &earlier(log), privacy::year(now), warn.and(refuse))
}

/// The visitor's last messages, oldest first.
fn earlier(log: &impl Log) -> Vec<String> {
    let back = log.after(log.last().saturating_sub(BACK as u64), BACK);
    let own = back.iter().filter(|message| message.author.kind == AuthorKind::Visitor);
    let mut earlier: Vec<String> = own.rev().take(EARLIER).map(words_of).collect();
    earlier.reverse();
    earlier
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Effect, Memory, hear, late};
    use intent::Scratch;
    use wire::{Down, Fault, Id, Personal};

    const NOW: u64 = 1_780_000_000_000;

    fn published(refuse: &[Personal]) -> Published {
        let mut published = late::tests::published();
        let data = &mut published.site.settings.personal_data;
        data.care.refuse = refuse.iter().fold(Kinds::default(), |all, kind| all.and(Kinds::of(*kind)));
        data.care.warn = Kinds(Kinds::ALL.0 & !Kinds::of(Personal::Phone).0);
        published
    }

    fn up(id: u128, text: &str) -> Up {
        Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick: None, value: None, files: vec![] }
    }

    #[test]
    fn what_is_refused_is_not_written() {
        let (mut log, published) = (Memory::new(Id(7)), published(&[Personal::CitizenId]));
        let mut said = |id, text| hear(&mut log, &published, up(id, text), NOW, &mut Scratch::default());
        let refused = |effects: Vec<Effect>| {
            matches!(effects.as_slice(), [Effect::Send(Down::Fault { code: Fault::Personal, .. })])
        };
        assert!(refused(said(1, "079203001234")));
        assert!(!refused(said(2, "số 0792")));
        assert!(refused(said(3, "03001234")));
        assert!(!refused(said(4, "sđt 0912345678, cmnd 024123456")));
        assert_eq!(log.messages.iter().filter(|message| message.id.is_some()).count(), 2);
    }

    #[test]
    fn a_form_is_asked_about() {
        let (log, published) = (Memory::new(Id(7)), published(&[Personal::Card]));
        let posted = |text, unasked| match super::posted(&log, &published, up(1, text), unasked, NOW) {
            Ok(Up::Say { text, .. }) => text,
            Ok(other) => panic!("{other:?}"),
            Err(Asked { kinds, refused }) => {
                let kinds: Vec<_> = Personal::ALL.iter().filter(|kind| kinds.has(**kind)).collect();
                format!("{kinds:?} {refused}")
            }
        };
        let (id, card) = ("số 079203001234", "thẻ 4111111111111111");
        for (text, unasked, expected) in [
            (id, Unasked::Ask, "[CitizenId] false"),
            (id, Unasked::Hide, "số ••••••••••••"),
            (id, Unasked::Send, id),
            (card, Unasked::Ask, "[Card] true"),
            (card, Unasked::Send, "[Card] true"),
            (card, Unasked::Hide, "thẻ ••••••••••••••••"),
            ("gọi 0912345678", Unasked::Ask, "gọi 0912345678"),
        ] {
            assert_eq!(posted(text, unasked), expected, "{text} {unasked:?}");
        }
    }

    /// Whatever is allowed, a language model reads nothing of it, neither now nor in what was said before.
    #[test]
    fn a_language_model_is_not_told() {
        for (connector, allowed, told) in
            [("openai", false, false), ("openai", true, true), ("webhook", false, true)]
        {
            let mut published = published(&[]);
            published.site.settings.agency = Some(crate::connector::tests::agency(connector));
            published.site.settings.personal_data.to_language_model = allowed;
            let mut log = Memory::new(Id(7));
            for (id, text) in [(1, "sđt 0912345678"), (2, "cccd 0792"), (3, "03001234 còn hạn không")] {
                hear(&mut log, &published, up(id, text), NOW, &mut Scratch::default());
            }
            let pending = log.outbox.last().cloned().expect("it was forwarded");
            let scratch = &mut Scratch::default();
            let ask = crate::agency::question(&log, &published, Id(9), &pending, NOW, scratch);
            let all = format!("{:?} {}", ask.history, ask.text);
            assert_eq!(all.contains("0912345678"), told, "{connector} {allowed}: {all}");
            assert_eq!(all.contains("03001234"), told, "{connector} {allowed}: {all}");
            assert!(all.contains("còn hạn không"));
        }
    }
}
