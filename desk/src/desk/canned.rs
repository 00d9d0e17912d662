//! The site's own answers, to be said by a person.

use super::{composer, effect::DeskEffect, state::Desk};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use wire::desk::Canned;

/// `text` as it is searched: small letters without their marks.
///
/// ```
/// assert_eq!(desk::desk::fold_text("Đăng ký Khai sinh"), "dang ky khai sinh");
/// ```
pub fn fold_text(text: &str) -> String {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).map(|letter| if letter == 'đ' { 'd' } else { letter }).collect()
}

/// Those of `canned` in whose title, intent or text every word of `search` is found; those with all words in the title first.
pub fn search_answers<'a>(canned: &'a [Canned], search: &str) -> Vec<&'a Canned> {
    let search = fold_text(search);
    let words: Vec<&str> = search.split_whitespace().collect();
    let has_all = |text: &str| words.iter().all(|word| text.contains(word));
    let mut found: Vec<(bool, &Canned)> = Vec::new();
    for each in canned {
        let title = fold_text(&format!("{} {}", each.title, each.intent));
        let whole = each.text.iter().fold(title.clone(), |all, (_, text)| all + " " + &fold_text(text));
        if has_all(&whole) {
            found.push((!has_all(&title), each));
        }
    }
    found.sort_by_key(|(elsewhere, _)| *elsewhere);
    found.into_iter().map(|(_, each)| each).collect()
}

/// What `canned` says in `lang`, or else in the first language it is written in.
pub fn in_language<'a>(canned: &'a Canned, lang: &str) -> Option<&'a (String, String)> {
    let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let same = |(other, _): &&(String, String)| base(other) == base(lang);
    canned.text.iter().find(same).or_else(|| canned.text.first())
}

/// Something else is searched for.
pub fn set_search(desk: &mut Desk, text: String) -> Vec<DeskEffect> {
    desk.search = (text, 0);
    let words = desk.words();
    let canned =
        desk.info.as_ref().map(|info| search_answers(&info.canned, &desk.search.0).len()).unwrap_or_default();
    let text = words.format_count(words.answers_found, canned);
    vec![DeskEffect::Announce { text, urgent: false }]
}

/// The answer at `place` of what was found goes into the composer, in the visitor's language.
pub fn pick_answer(desk: &mut Desk, place: usize) -> Vec<DeskEffect> {
    let lang = desk.open.and_then(|id| desk.chat(id)).map(|chat| chat.lang.clone());
    let lang = lang.or_else(|| desk.talk()?.visitor_lang().map(str::to_owned)).unwrap_or_default();
    let Some(info) = &desk.info else { return Vec::new() };
    let found = search_answers(&info.canned, &desk.search.0);
    let text = found.get(place).and_then(|canned| in_language(canned, &lang));
    let Some(text) = text.map(|(_, text)| text.clone()) else { return Vec::new() };
    composer::insert_text(desk, &text)
}
