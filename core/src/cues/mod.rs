//! What short sayings mean by themselves: an answer in words to a question back, "never mind", "is anybody there?", a word that
//! holds no matter at all, a wish that is taken back. Read as the matcher reads texts, so marks, abbreviations and keystrokes make
//! no difference. The words are in `core/data/sayings`, a file a language.
//!
//! Nothing here knows a site. Whatever is not told for certain is left to the matcher.

mod choice;
mod inquiry;
mod sayings;
mod wish;
mod words;

pub use choice::{ButtonChoice, choose_label, find_label, is_place};
pub use inquiry::{EXAMPLES, is_case_inquiry, may_be_case_inquiry};
pub use wish::{Wish, asks_to_cancel, read_wish};

use intent::normalised_words;
use sayings::{SayingKind, candidate_sayings, parse_number};
use words::{is_unspaced, split_words};

/// As many sayings without matter may stand in one text: more of them say something.
const FEW: usize = 5;
/// As many may in a text that thanks or takes leave.
const SOME: usize = 12;

/// What is said out of politeness, or to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courtesy {
    /// A thank-you.
    Thanks,
    /// Nothing more is wanted.
    Done,
}

/// Whether `text` is short and holds no matter that an answer could be about: nobody can tell from it alone what is wanted, so
/// what a matcher makes of it is chance. A number of one or two digits alone is none either.
pub fn is_empty_of_matter(text: &str) -> bool {
    let words = split_words(text);
    if parse_number(&words).is_some() {
        return words.iter().all(|word| word.len() <= 2);
    }
    let is_short = words.len() <= FEW || words.iter().any(|word| is_unspaced(word));
    is_short
        && candidate_sayings(text, "").iter().any(|sayings| {
            let count = sayings.cover_words(&[SayingKind::Empty, SayingKind::Yes, SayingKind::None], &words);
            count.is_some_and(|count| (1..=FEW).contains(&count))
        })
}

/// Whether `text` thanks or takes leave, and says nothing else.
pub fn read_courtesy(text: &str) -> Option<Courtesy> {
    read_courtesy_and_farewell(text).map(|(courtesy, _)| courtesy)
}

/// The same, and whether a goodbye is among it.
fn read_courtesy_and_farewell(text: &str) -> Option<(Courtesy, bool)> {
    const AROUND: [SayingKind; 4] =
        [SayingKind::Empty, SayingKind::Yes, SayingKind::Polite, SayingKind::None];
    let words = split_words(text);
    candidate_sayings(text, "").iter().find_map(|sayings| {
        let has = |section| sayings.has_saying(section, &words);
        let is_said = |more: &[SayingKind]| {
            let count = sayings.cover_words(&[&AROUND[..], more].concat(), &words);
            count.is_some_and(|count| (1..=SOME).contains(&count))
        };
        let is_farewell = has(SayingKind::Farewell);
        if has(SayingKind::Thanks) && is_said(&[SayingKind::Thanks, SayingKind::Done, SayingKind::Farewell]) {
            return Some((Courtesy::Thanks, is_farewell));
        }
        let is_end = has(SayingKind::Done) || is_farewell;
        (is_end && is_said(&[SayingKind::Done, SayingKind::Farewell]))
            .then_some((Courtesy::Done, is_farewell))
    })
}

/// Whether `text` says so little that a procedure is not what it asks for: numbers, or a place in a list.
pub fn is_bare_number(text: &str) -> bool {
    let words = split_words(text);
    is_place(text) || !words.is_empty() && words.iter().all(|word| words::is_number(word))
}

/// Whether `text` says nothing by itself: it holds no matter, is said out of politeness, or is a number or a place in a list.
pub fn says_nothing(text: &str) -> bool {
    is_empty_of_matter(text) || read_courtesy(text).is_some() || is_bare_number(text)
}

/// Whether `text` is a goodbye, with thanks or without, and nothing else.
pub fn is_farewell(text: &str) -> bool {
    read_courtesy_and_farewell(text).is_some_and(|(_, is_farewell)| is_farewell)
}

/// Whether `text`, empty of matter, asks about what was said before it: whoever knows the conversation may have an answer.
pub fn is_follow_up(text: &str) -> bool {
    let words = split_words(text);
    candidate_sayings(text, "").iter().any(|sayings| sayings.has_saying(SayingKind::Asking, &words))
}

/// Whether `text` says that a person is not needed any more, by whoever waits for one.
pub fn gives_up(text: &str) -> bool {
    is_saying(text, SayingKind::GivesUp)
}

/// Whether `text` asks how long it still takes, or whether anybody is there at all, by whoever waits for a person.
pub fn asks_who_is_there(text: &str) -> bool {
    is_saying(text, SayingKind::WhoIsThere)
}

/// Whether `text` is one of a section's sayings, but for words that hold no matter of their own at its begin or end.
fn is_saying(text: &str, section: SayingKind) -> bool {
    let words = split_words(text);
    candidate_sayings(text, "").iter().any(|sayings| sayings.is_said(section, SayingKind::Beside, &words))
}

/// `text` as the matcher reads it, in one line.
fn normalise_text(text: &str) -> String {
    normalised_words(&text.replace(['\'', '’'], " ")).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_matter_are_told_from_short_questions() {
        for text in [
            "vâng",
            "dạ",
            "vâng ạ",
            "ừ",
            "ờ",
            "thôi",
            "sao",
            "là sao",
            "ý là sao",
            "không",
            "không phải",
            "không hiểu",
            "hiểu rồi",
            "1",
            "2",
            "12",
            "no",
            "yes",
            "what",
            "what do you mean",
            "I don't understand",
            "oui",
            "non",
            "pas compris ?",
        ] {
            let expected = text != "pas compris ?";
            assert_eq!(is_empty_of_matter(text), expected, "{text}: {:?}", normalised_words(text));
        }
        for text in [
            "giờ làm việc",
            "làm thẻ",
            "đau quá",
            "có con",
            "sổ đỏ",
            "so do",
            "cccd",
            "khai sinh",
            "lệ phí",
            "ở đâu làm căn cước",
            "mất thẻ",
            "113",
            "2026",
            "",
            "opening hours",
            "fees",
            "passport",
            "ly hôn",
            "tách hộ",
            "K7QX3-M9DA0",
            "😀",
        ] {
            assert!(!is_empty_of_matter(text), "{text}: {:?}", normalised_words(text));
        }
    }

    #[test]
    fn whoever_waits_gives_up_or_asks_in_words() {
        for text in [
            "thôi",
            "thôi khỏi",
            "không cần nữa",
            "khong can nua",
            "Không chờ nữa đâu",
            "thôi không cần nữa ạ",
            "never mind",
            "Nevermind, thanks",
            "stop waiting please",
            "hủy",
            "laissez tomber",
            "bỏ qua đi",
        ] {
            assert!(gives_up(text), "{text}: {}", normalise_text(text));
        }
        for text in [
            "bao giờ có người",
            "bao gio co nguoi",
            "có ai không",
            "alo có ai không ạ",
            "còn lâu không",
            "bao lâu nữa ạ",
            "chừng nào có cán bộ vậy",
            "sao lâu vậy",
            "is anybody there?",
            "how long?",
            "still waiting",
            "il y a quelqu'un ?",
        ] {
            assert!(asks_who_is_there(text), "{text}: {}", normalise_text(text));
        }
        for text in [
            "không cần công chứng có được không",
            "bao giờ có kết quả",
            "có ai làm hộ được không",
            "bao lâu thì có giấy khai sinh",
            "hủy kết hôn",
        ] {
            assert!(!gives_up(text) && !asks_who_is_there(text), "{text}: {}", normalise_text(text));
        }
    }

    #[test]
    fn thanks_and_goodbyes_are_told_from_questions() {
        for (text, expected) in [
            ("dạ vâng ạ em cảm ơn anh nhiều ạ", Some(Courtesy::Thanks)),
            ("thanks a lot!", Some(Courtesy::Thanks)),
            ("merci beaucoup", Some(Courtesy::Thanks)),
            ("ありがとうございます", Some(Courtesy::Thanks)),
            ("спасибо большое", Some(Courtesy::Thanks)),
            ("شكرا جزيلا", Some(Courtesy::Thanks)),
            ("stop", Some(Courtesy::Done)),
            ("thôi không cần nữa", Some(Courtesy::Done)),
            ("that's all", Some(Courtesy::Done)),
            ("再见", Some(Courtesy::Done)),
            ("cảm ơn, cho hỏi lệ phí khai sinh", None),
            ("thanks, how do I register a birth", None),
            ("không cần công chứng có được không", None),
            ("vâng", None),
            ("stop the noise next door", None),
        ] {
            assert_eq!(read_courtesy(text), expected, "{text}: {:?}", split_words(text));
        }
    }

    #[test]
    fn a_goodbye_is_told_from_enough() {
        for text in [
            "tạm biệt",
            "vâng tạm biệt nhé",
            "cảm ơn nhiều, tạm biệt",
            "goodbye",
            "さようなら",
            "ลาก่อน",
            "до свидания",
        ] {
            assert!(is_farewell(text), "{text}");
        }
        for text in ["thế thôi", "không cần nữa", "stop", "พอแล้ว", "그만할게요", "ឈប់", "ພໍແລ້ວ", "vâng", ""]
        {
            assert!(!is_farewell(text), "{text}");
        }
    }
}
