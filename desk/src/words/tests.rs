use super::*;

#[test]
fn counted() {
    let forms = ("{} file", "{} files");
    assert_eq!(en::WORDS.count(forms, 1), "1 file");
    assert_eq!(en::WORDS.count(forms, 0), "0 files");
    assert_eq!(fr::WORDS.count(forms, 0), "0 file");
}

#[test]
fn the_browsers_languages_choose() {
    assert_eq!(Lang::best(["de-DE", "fr-CA", "vi"]), Some(Lang::Fr));
    assert_eq!(Lang::best(["ko"]), None);
}
