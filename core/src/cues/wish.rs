//! A wish that is denied or taken back: "I don't want to register any more". It has the words of the wish itself, so a matcher
//! takes it for that.

use super::{
    sayings::{SayingKind, Sayings, candidate_sayings},
    words::{is_unspaced, split_words},
};
use std::ops::Range;

/// How far before a denial somebody may stand whose wish it is; of a language without spaces, in letters.
const BEFORE: (usize, usize) = (3, 10);

/// What `text` says of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// It is what it seems: a wish, a question, a problem.
    Plain,
    /// It is not wanted, or not any more; in its own words, without those that say so.
    Withdrawn(String),
    /// Something is not wanted; this is, in the words that say so.
    Instead(String),
}

/// A part of a text.
enum Clause {
    /// It denies a wish: what of it says which.
    Denied(Vec<String>),
    /// It denies one and says another, from this word on.
    Replaced(usize),
    /// It wishes or asks something.
    Wished,
    /// It says something.
    Said,
}

/// Reads what `text` says of what it is about.
pub fn read_wish(text: &str) -> Wish {
    let read = |sayings: &&Sayings| Some(read_in(sayings, text)).filter(|wish| *wish != Wish::Plain);
    candidate_sayings(text, "").iter().find_map(read).unwrap_or(Wish::Plain)
}

/// Whether `text` asks that something be undone.
pub fn asks_to_cancel(text: &str) -> bool {
    let words = split_words(text);
    candidate_sayings(text, "").iter().any(|sayings| sayings.has_saying(SayingKind::Cancelled, &words))
}

fn read_in(sayings: &Sayings, text: &str) -> Wish {
    let (mut denied, mut wished) = (None::<Vec<String>>, Vec::new());
    for (words, is_question) in split_clauses(sayings, text) {
        match read_clause(sayings, &words, is_question) {
            Clause::Denied(wish) => {
                let is_named = has_matter(sayings, &wish);
                denied.get_or_insert_default().extend(wish.into_iter().filter(|_| is_named));
            }
            Clause::Replaced(from) => {
                denied.get_or_insert_default();
                wished.extend(words.get(from..).unwrap_or_default().iter().cloned());
            }
            Clause::Wished if has_matter(sayings, &words) => wished.extend(words),
            Clause::Wished | Clause::Said => {}
        }
    }
    match denied {
        None => Wish::Plain,
        Some(denied) if wished.is_empty() => Wish::Withdrawn(join_words(&denied)),
        Some(_) => Wish::Instead(join_words(&wished)),
    }
}

/// The words of each thought, and whether it ends as a question.
fn split_clauses(sayings: &Sayings, text: &str) -> Vec<(Vec<String>, bool)> {
    const SIGNS: &[char] =
        &[',', '.', ';', '!', '?', '\n', ':', '…', '，', '。', '、', '；', '！', '？', '؟', '،', '؛', '។'];
    let mut clauses = Vec::new();
    for piece in text.split_inclusive(SIGNS) {
        let is_question = piece.ends_with(['?', '？', '؟']);
        let words = split_words(piece);
        let mut starts = vec![0];
        for saying in sayings.in_section(SayingKind::But) {
            starts.extend(saying.find_in(&words).and_then(|found| found.first().map(|range| range.start)));
        }
        starts.push(words.len());
        starts.sort_unstable();
        starts.dedup();
        for (from, to) in starts.iter().zip(starts.iter().skip(1)) {
            let part = words.get(*from..*to).unwrap_or_default().to_vec();
            clauses.push((part, is_question && *to == words.len()));
        }
    }
    clauses
}

fn read_clause(sayings: &Sayings, words: &[String], is_question: bool) -> Clause {
    let denied = sayings.in_section(SayingKind::Withdrawn).iter().filter_map(|saying| saying.find_in(words));
    let Some(denial) = denied.min_by_key(|found| found.first().map(|range| range.start)) else {
        let wishes = [SayingKind::Wish, SayingKind::Question]
            .iter()
            .any(|section| sayings.has_saying(*section, words));
        return if wishes || is_question { Clause::Wished } else { Clause::Said };
    };
    let is_of_denial =
        |range: &Range<usize>| denial.iter().any(|own| own.start < range.end && range.start < own.end);
    let asks = sayings.in_section(SayingKind::Question).iter().filter_map(|saying| saying.find_in(words));
    let asks = asks.flatten().any(|range| !is_of_denial(&range));
    if is_question || asks || is_of_others(sayings, words, &denial) {
        return Clause::Wished;
    }
    let end = denial.last().map_or(0, |range| range.end);
    // Right behind the denial stands what is denied.
    let rest = words.get(end + 1..).unwrap_or_default();
    let other = sayings.in_section(SayingKind::Wish).iter().filter_map(|saying| saying.find_in(rest));
    let other = other.filter_map(|found| found.first().map(|range| range.start)).min();
    match other.map(|at| end + 1 + at) {
        Some(from) if has_matter(sayings, words.get(from..).unwrap_or_default()) => Clause::Replaced(from),
        _ => {
            let is_left = |at: &usize| !denial.iter().any(|range| range.contains(at));
            let left = words.iter().enumerate().filter(|(at, _)| is_left(at));
            Clause::Denied(left.map(|(_, word)| word.clone()).collect())
        }
    }
}

/// Whether what is denied is the wish of somebody else, who stands before the denial.
fn is_of_others(sayings: &Sayings, words: &[String], denial: &[Range<usize>]) -> bool {
    let start = denial.first().map_or(0, |range| range.start);
    let far = if words.first().is_some_and(|word| is_unspaced(word)) { BEFORE.1 } else { BEFORE.0 };
    let before = words.get(start.saturating_sub(far)..start).unwrap_or_default();
    let mut others =
        sayings.in_section(SayingKind::Others).iter().filter(|saying| saying.find_in(before).is_some());
    let mut found = false;
    others.all(|saying| {
        found |= !saying.is_exception;
        !saying.is_exception
    }) && found
}

/// Whether `words` say more than that something is wished or asked.
fn has_matter(sayings: &Sayings, words: &[String]) -> bool {
    const NONE: [SayingKind; 9] = [
        SayingKind::Empty,
        SayingKind::Yes,
        SayingKind::None,
        SayingKind::Thanks,
        SayingKind::Done,
        SayingKind::Farewell,
        SayingKind::Polite,
        SayingKind::Wish,
        SayingKind::But,
    ];
    !words.is_empty() && sayings.cover_words(&NONE, words).is_none()
}

fn join_words(words: &[String]) -> String {
    let separator = if words.iter().any(|word| is_unspaced(word)) { "" } else { " " };
    words.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_are_told_from_those_taken_back() {
        for text in [
            "tôi không muốn đăng ký kết hôn nữa",
            "toi khong muon dang ky ket hon nua",
            "thôi không đăng ký kết hôn nữa",
            "tôi đổi ý rồi, không làm giấy khai sinh nữa",
            "vợ chồng tôi không muốn ly hôn nữa",
            "xin lỗi, em không cần làm căn cước nữa ạ",
            "chưa muốn đăng ký tạm trú",
            "I don't want to register a marriage",
            "I no longer need a birth certificate",
            "we changed our minds about the marriage registration",
            "I’ve decided not to rent a bike",
            "je ne veux plus louer de vélo",
            "finalement non, je n'ai plus besoin de réparation",
            "ya no quiero casarme",
            "я не хочу регистрировать брак",
            "я передумала регистрировать брак",
            "я більше не хочу реєструвати шлюб",
            "لا أريد تسجيل الزواج",
            "ما بدي سجل الزواج",
            "我不想登记结婚了",
            "婚姻届を出したくないです",
            "혼인신고를 하고 싶지 않아요",
            "ไม่อยากจดทะเบียนสมรสแล้ว",
            "ຂ້ອຍບໍ່ຢາກແຕ່ງງານແລ້ວ",
            "ខ្ញុំមិនចង់ចុះបញ្ជីអាពាហ៍ពិពាហ៍ទេ",
        ] {
            let wish = read_wish(text);
            assert!(matches!(wish, Wish::Withdrawn(_)), "{text}: {wish:?}, {:?}", split_words(text));
        }
        for text in [
            "không đăng ký được thì làm sao",
            "chưa có giấy khai sinh",
            "tôi không biết đăng ký khai sinh ở đâu",
            "không cần công chứng có được không",
            "không cần hộ khẩu có làm được không",
            "nếu tôi không muốn đăng ký kết hôn thì sao",
            "chồng tôi không muốn ký đơn ly hôn",
            "tôi muốn đăng ký kết hôn",
            "tôi không có giấy chứng sinh",
            "không thấy hồ sơ đâu nữa",
            "giấy khai sinh không còn đọc được nữa",
            "I can't register a birth",
            "I don't know where to register",
            "what if I don't want to take my husband's name",
            "don't I need a permit?",
            "do I not need an appointment?",
            "cancel my booking",
            "je ne peux pas venir",
            "no puedo registrarme",
            "не могу зарегистрировать ребёнка",
            "怎么登记结婚",
            "身份证不见了",
            "できません",
        ] {
            assert_eq!(read_wish(text), Wish::Plain, "{text}: {:?}", split_words(text));
        }
    }

    #[test]
    fn what_is_wanted_instead_is_what_counts() {
        for (text, expected) in [
            ("tôi không muốn đăng ký kết hôn mà muốn ly hôn", "ma muon ly hon"),
            ("tôi muốn đăng ký khai sinh nhưng không muốn lên phường", "toi muon dang ky khai sinh"),
            ("Tôi không cần nữa. Giờ làm việc thế nào?", "gio lam viec the nao"),
            ("I don't want to register a marriage, I want a divorce", "i want a divorce"),
            ("I don't want a new bike but how do I rent one?", "but how do i rent one"),
        ] {
            assert_eq!(read_wish(text), Wish::Instead(expected.into()), "{text}: {:?}", split_words(text));
        }
    }

    #[test]
    fn what_is_not_wanted_is_known_by_its_own_words() {
        let wish = read_wish("tôi không muốn đăng ký kết hôn nữa");
        assert_eq!(wish, Wish::Withdrawn("toi dang ky ket hon nua".into()));
    }

    #[test]
    fn what_is_to_be_undone_is_told() {
        for text in
            ["hủy đăng ký kết hôn", "cancel my booking", "annuler ma commande", "отменить запись", "取消预约"]
        {
            assert!(asks_to_cancel(text), "{text}");
        }
        for text in ["đăng ký kết hôn", "huy chương", "book a bike"] {
            assert!(!asks_to_cancel(text), "{text}");
        }
    }
}
