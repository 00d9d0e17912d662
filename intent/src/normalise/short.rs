//! Abbreviations: what is typed, folded, and what it stands for. A row may stand for several words.
//!
//! Two tables, because a short word may be another word in another language. Source: the forms that visitors of
//! Vietnamese offices and shops use in chats; each is common enough that a site need not declare it itself.

use super::packed::{Packed, pack_words};

static IN_ALWAYS: Packed = Packed::new(|| pack_words(ALWAYS.iter().map(|(short, _)| *short)));
static IN_AMONG_VIETNAMESE: Packed =
    Packed::new(|| pack_words(AMONG_VIETNAMESE.iter().map(|(short, _)| *short)));

/// No words of English or French: read so everywhere.
const ALWAYS: &[(&str, &str)] = &[
    ("bhtn", "bao hiem that nghiep"),
    ("bhxh", "bao hiem xa hoi"),
    ("bhyt", "bao hiem y te"),
    ("bnhieu", "bao nhieu"),
    ("cccd", "can cuoc cong dan"),
    ("cmnd", "chung minh nhan dan"),
    ("cmt", "chung minh thu"),
    ("cmtnd", "chung minh thu nhan dan"),
    ("cntt", "cong nghe thong tin"),
    ("csgt", "canh sat giao thong"),
    ("cty", "cong ty"),
    ("dki", "dang ky"),
    ("dkkd", "dang ky kinh doanh"),
    ("dkkh", "dang ky ket hon"),
    ("dky", "dang ky"),
    ("dvc", "dich vu cong"),
    ("gcn", "giay chung nhan"),
    ("gcnqsdd", "giay chung nhan quyen su dung dat"),
    ("gks", "giay khai sinh"),
    ("gpkd", "giay phep kinh doanh"),
    ("gplx", "giay phep lai xe"),
    ("gpxd", "giay phep xay dung"),
    ("hdld", "hop dong lao dong"),
    ("hkd", "ho kinh doanh"),
    ("hktt", "ho khau thuong tru"),
    ("hnay", "hom nay"),
    ("hok", "khong"),
    ("hqua", "hom qua"),
    ("khg", "khong"),
    ("ko", "khong"),
    ("ksinh", "khai sinh"),
    ("kt3", "tam tru"),
    ("ktra", "kiem tra"),
    ("mng", "moi nguoi"),
    ("nhma", "nhung ma"),
    ("ntn", "nhu the nao"),
    ("ntnao", "nhu the nao"),
    ("nvqs", "nghia vu quan su"),
    ("qsdd", "quyen su dung dat"),
    ("qtrinh", "quy trinh"),
    ("sdt", "so dien thoai"),
    ("stk", "so tai khoan"),
    ("tncn", "thu nhap ca nhan"),
    ("trc", "truoc"),
    ("tthc", "thu tuc hanh chinh"),
    ("tthn", "tinh trang hon nhan"),
    ("ttin", "thong tin"),
    ("ubnd", "uy ban nhan dan"),
];

/// Read so only where the text around is Vietnamese.
const AMONG_VIETNAMESE: &[(&str, &str)] = &[
    ("b", "ban"),
    ("bh", "bao gio"),
    ("bn", "bao nhieu"),
    ("bt", "biet"),
    ("cf", "ca phe"),
    ("ck", "chuyen khoan"),
    ("cx", "cung"),
    ("dc", "duoc"),
    ("dk", "dang ky"),
    ("dt", "dien thoai"),
    ("gd", "gia dinh"),
    ("h", "gio"),
    ("hk", "ho khau"),
    ("hs", "ho so"),
    ("ib", "nhan tin"),
    ("j", "gi"),
    ("k", "khong"),
    ("kg", "khong"),
    ("kh", "khong"),
    ("ks", "khai sinh"),
    ("lm", "lam"),
    ("lv", "lam viec"),
    ("mk", "minh"),
    ("mn", "moi nguoi"),
    ("nc", "nuoc"),
    ("ng", "nguoi"),
    ("nh", "ngan hang"),
    ("nt", "nhan tin"),
    ("p", "phai"),
    ("q", "quan"),
    ("qd", "quyet dinh"),
    ("r", "roi"),
    ("sd", "so do"),
    ("sn", "sinh nhat"),
    ("t", "toi"),
    ("tg", "thoi gian"),
    ("tk", "tai khoan"),
    ("tp", "thanh pho"),
    ("tt", "thu tuc"),
    ("tv", "tu van"),
    ("v", "vay"),
    ("vc", "vo chong"),
    ("vk", "vo"),
    ("vs", "voi"),
    ("xd", "xay dung"),
    ("z", "vay"),
];

/// Parts of words that English joins with an apostrophe, and that people leave it out of: `what's` is `whats`.
pub const JOINED: &[&str] = &["d", "ll", "m", "re", "s", "t", "ve"];

/// What `word` stands for.
pub fn expand_abbreviation(word: &str, vietnamese: bool) -> Option<&'static str> {
    let always = || IN_ALWAYS.find(word).and_then(|at| ALWAYS.get(at));
    let among = || IN_AMONG_VIETNAMESE.find(word).and_then(|at| AMONG_VIETNAMESE.get(at));
    always().or_else(|| among().filter(|_| vietnamese)).map(|(_, long)| *long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::syllable::is_syllable;

    #[test]
    fn tables_are_sorted_and_of_no_syllables() {
        for table in [ALWAYS, AMONG_VIETNAMESE] {
            assert!(table.is_sorted_by(|(a, _), (b, _)| a < b), "sort the table: it is searched by halves");
            assert_eq!(
                pack_words(table.iter().map(|(short, _)| *short)).len(),
                table.len(),
                "a row is too long"
            );
            for (short, _) in table {
                assert!(!is_syllable(short), "{short} is a word itself");
            }
        }
    }
}
