//! What a visitor is spoken to in: the site's texts in a language of the site's, the widget's own in any it knows.

use i18n::{Lang, primary_subtag};
use site::Site;

/// Both languages. They differ where a visitor reads a language that the site doesn't speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenLanguages {
    /// One of the site's.
    pub site: String,
    /// One the widget has words in.
    pub words: String,
}

/// The languages for a visitor who reads `wanted`, best first: `km,vi`, or what `Accept-Language` says.
pub fn choose_languages(wanted: &str, site: &Site) -> ChosenLanguages {
    let each = || {
        let langs = wanted.split(',').map(|item| item.split(';').next().unwrap_or(item).trim());
        langs.filter(|lang| !lang.is_empty())
    };
    let spoken =
        |lang: &&str| primary_subtag(site.match_language(lang)).eq_ignore_ascii_case(primary_subtag(lang));
    let own = site.match_language(each().find(spoken).unwrap_or_default()).to_owned();
    let offered = |code: &&str| {
        let mut all = site.settings.languages.iter().map(String::as_str).chain(site.interface_languages());
        all.any(|lang| primary_subtag(lang) == *code)
    };
    let words = each().filter_map(Lang::from_tag).map(Lang::code).find(offered);
    ChosenLanguages { words: words.map_or_else(|| own.clone(), str::to_owned), site: own }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(interface: Option<&[&str]>, cases: &[(&str, &str, &str)]) {
        let mut site = site();
        site.settings.look.interface =
            interface.map(|langs| langs.iter().map(|lang| (*lang).to_owned()).collect());
        for (wanted, own, words) in cases {
            let expected = ChosenLanguages { site: (*own).to_owned(), words: (*words).to_owned() };
            assert_eq!(choose_languages(wanted, &site), expected, "{wanted}");
        }
    }

    fn site() -> Site {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/ward");
        site::read::load_site(std::path::Path::new(folder))
            .expect("it can be read")
            .expect("it is right")
            .site
    }

    #[test]
    fn the_visitors_language_where_there_is_one() {
        check(
            None,
            &[
                ("", "vi", "vi"),
                ("en", "en", "en"),
                ("en-GB", "en", "en"),
                ("km", "vi", "km"),
                ("km,en", "en", "km"),
                ("km-KH,km;q=0.9,en-US;q=0.8", "en", "km"),
                ("tlh,fr", "vi", "fr"),
                ("zh-Hans-CN", "vi", "zh"),
                ("xx", "vi", "vi"),
            ],
        );
    }

    #[test]
    fn only_what_the_site_offers() {
        check(Some(&["lo"]), &[("km,lo", "vi", "lo"), ("km", "vi", "vi"), ("en,lo", "en", "en")]);
        check(Some(&[]), &[("ar", "vi", "vi"), ("ar,en", "en", "en")]);
    }
}
