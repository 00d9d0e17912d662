//! What short sayings mean by themselves: an answer in words to a question back, "never mind", "is anybody there?", a word that
//! holds no matter at all. Read as the matcher reads texts, so marks, abbreviations and keystrokes make no difference.
//!
//! Nothing here knows a site. Whatever is not told for certain is left to the matcher.

mod choice;
mod inquiry;

pub use choice::{ButtonChoice, choose_button};
pub use inquiry::{EXAMPLES, is_case_inquiry, may_be_case_inquiry};

use intent::normalised_words;

/// Words that hold no matter: yes, no, please, what, particles and forms of address, without marks.
const EMPTY: &str = "\
    a|ai|anh|ay|ba|bac|ban|cai|chac|chang|chau|chi|chiu|cho|chu|chua|co|cung|da|do|dung|duoc|em|gi|\
    ha|ham|he|hieu|hong|hu|khoan|khong|kia|la|lai|ma|minh|na|nao|nay|nha|nhe|nhi|nua|o|oi|ong|phai|\
    qua|rang|roi|sai|sao|thi|thoi|toi|tra|loi|tui|u|um|uh|ua|va|vang|vay|voi|vua|y|ngu|again|ah|and|\
    any|are|but|eh|er|fine|go|good|hm|hmm|huh|i|is|it|me|mean|my|no|nope|not|of|oh|on|one|please|\
    right|see|sorry|sure|that|this|to|uhm|understand|well|what|why|wrong|yeah|yep|yes|you|your|don|\
    t|s|bah|bien|c|ca|ce|comprends|d|de|donc|euh|est|et|je|l|le|les|mais|n|ne|non|ok|oui|pas|\
    pourquoi|que|quoi|si|un|une";

/// Whether `text` is short and holds no matter that an answer could be about: nobody can tell from it alone what is wanted, so
/// what a matcher makes of it is chance. A number of one or two digits alone is none either.
pub fn is_empty_of_matter(text: &str) -> bool {
    let digits = text.trim();
    if !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let words = normalised_words(&split_contractions(text));
    !words.is_empty() && words.len() <= 5 && words.iter().all(|word| list_contains(EMPTY, word))
}

/// Whether `text`, empty of matter, asks about what was said before it: whoever knows the conversation may have an answer.
pub fn is_follow_up(text: &str) -> bool {
    const ASKING: &str = "sao|gi|nao|dau|ai|hieu|sai|what|why|mean|understand|wrong|pourquoi|quoi|comprends";
    normalised_words(&split_contractions(text)).iter().any(|word| list_contains(ASKING, word))
}

/// Whether `text` says that a person is not needed any more, by whoever waits for one.
pub fn gives_up(text: &str) -> bool {
    const SAYINGS: &str = "\
        thoi|thoi khoi|khoi|khoi can|khoi cho|thoi cho|thoi khong can|thoi khong cho|khong can|\
        khong can nguoi|khong can can bo|khong can gap|khong can gap can bo|khong cho|khong cho nua|\
        khong can cho|khong muon cho|khong muon gap|bo di|bo qua|huy|huy cho|dung cho|ngung cho|\
        thoat|hoi tiep tro ly|hoi tro ly|quay lai tro ly|tro lai tro ly|never mind|nevermind|\
        forget it|stop|stop waiting|cancel|don t wait|no need|not needed|no longer needed|\
        i don t need a person|i don t need anyone|i don t want to wait|i won t wait|\
        back to the assistant|go back to the assistant|laissez tomber|laisse tomber|annuler|\
        tant pis|pas besoin|plus besoin|arreter d attendre|je n attends plus|ce n est plus la peine|\
        revenir a l assistant";
    is_saying(text, SAYINGS)
}

/// Whether `text` asks how long it still takes, or whether anybody is there at all, by whoever waits for a person.
pub fn asks_who_is_there(text: &str) -> bool {
    const SAYINGS: &str = "\
        bao gio co nguoi|khi nao co nguoi|chung nao co nguoi|may gio co nguoi|bao gio co can bo|\
        khi nao co can bo|chung nao co can bo|may gio co can bo|bao gio can bo tra loi|\
        khi nao can bo tra loi|bao gio moi tra loi|bao gio tra loi|khi nao tra loi|\
        chung nao tra loi|co ai khong|co ai o do khong|co ai tra loi khong|co ai day khong|\
        co nguoi khong|co nguoi chua|co can bo chua|co ai chua|con lau khong|lau khong|bao lau nua|\
        bao lau|phai cho bao lau|cho bao lau|cho bao lau nua|doi bao lau|con phai cho bao lau|\
        sao lau the|sao lau vay|lau qua|cho lau qua|sao chua ai tra loi|chua ai tra loi|\
        sao khong ai tra loi|khong ai tra loi|chua co ai|khong co ai|alo co ai khong|\
        may nguoi truoc toi|con may nguoi|toi thu may|den luot toi chua|toi luot toi chua|\
        anybody there|anyone there|is anybody there|is anyone there|is someone there|\
        hello anybody there|how long|how much longer|how long do i wait|how long do i have to wait|\
        how long will it take|when will someone answer|when will somebody answer|\
        when is someone there|when will someone be there|when will somebody be there|\
        when does someone come|still waiting|i am still waiting|i m still waiting|still nobody|\
        nobody answers|no one answers|why does nobody answer|where am i in the queue|\
        what is my place|il y a quelqu un|y a t il quelqu un|c est long|combien de temps|\
        encore combien de temps|quand est ce que quelqu un repond|toujours personne|\
        personne ne repond";
    is_saying(text, SAYINGS)
}

/// Whether `text` is one of `sayings`, but for words that hold no matter of their own at its begin or end.
fn is_saying(text: &str, sayings: &str) -> bool {
    let plain = normalise_text(text);
    list_contains(sayings, &plain)
        || list_contains(sayings, &strip_filler(&plain, POLITE_BEFORE, POLITE_AFTER))
}

/// Whether `list`, parted by `|`, holds `entry`.
fn list_contains(list: &str, entry: &str) -> bool {
    list.split('|').any(|each| each == entry)
}

/// `text` with its contractions apart: "don't" as two words.
fn split_contractions(text: &str) -> String {
    text.replace(['\'', '’'], " ")
}

/// What may stand before a saying without changing it.
const POLITE_BEFORE: &str = "\
    da|a|u|um|vay|the|thoi|ok|oke|ad|shop|em|toi|minh|chau|con|tui|oh|well|so|but|hello|hi|\
    no|please|sorry|bon|alors|non|euh|xin|loi|cho|hoi";
/// What may stand behind one.
const POLITE_AFTER: &str = "\
    a|nhe|nha|nua|dau|day|roi|vay|the|ha|hen|ban|ad|oi|nhi|di|anh|chi|em|co|please|thanks|thank|\
    you|now|then|anymore|merci|svp";

/// `text` as the matcher reads it, in one line.
fn normalise_text(text: &str) -> String {
    normalised_words(&split_contractions(text)).join(" ")
}

/// `plain` without the words of `before` at its begin and of `after` at its end, as many as there are.
fn strip_filler(plain: &str, before: &str, after: &str) -> String {
    let words: Vec<&str> = plain.split(' ').collect();
    let from = words.iter().take_while(|word| list_contains(before, word)).count();
    let kept = words.get(from..).unwrap_or_default();
    let off = kept.iter().rev().take_while(|word| list_contains(after, word)).count();
    kept.get(..kept.len() - off).unwrap_or_default().join(" ")
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
}
