//! What an operator has everybody told at once: an emergency notice, and the chat switched off. It lives in the Site
//! object beside what is published, and holds whatever is published meanwhile.

use crate::{conversation::number_link, decide::Published, limits::sanitize};
use i18n::Lang;
use serde::{Deserialize, Serialize};
use site::{Site, Text};
use wire::{Look, Run, Word};

/// Longest notice in one language, in characters.
pub const MAX_CHARS: usize = 500;
/// What was written while the chat is off stays with the visitor and is tried again so often, in milliseconds.
pub const OFF_MS: u64 = 120_000;

/// How a site stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteStatus {
    /// What is told, if anything.
    pub notice: Option<Notice>,
    /// Whether the chat is switched off.
    pub off: bool,
}

/// An emergency notice. It stands in the place of the site's own one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notice {
    /// In the site's languages, or some of them.
    pub text: Text,
    /// When it goes by itself, in milliseconds since 1970.
    #[serde(default)]
    pub until: Option<u64>,
}

/// What an operator may want. The body of `POST /admin/sites/<site>/standing`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusRequest {
    /// Tell this.
    Notice(Notice),
    /// Tell nothing any more.
    Clear,
    /// Switch the chat off.
    Off,
    /// Switch it on again.
    On,
}

impl StatusRequest {
    /// The same with plain words, if it can be done at `now`.
    ///
    /// # Errors
    /// A sentence for the operator, with what to do.
    pub fn validate(self, site: &Site, now: u64) -> Result<StatusRequest, String> {
        let StatusRequest::Notice(Notice { text, until }) = self else { return Ok(self) };
        let languages = &site.settings.languages;
        let mut plain = Text::default();
        for (lang, words) in text.0 {
            if !languages.contains(&lang) {
                return Err(format!(
                    "the site does not speak \"{lang}\"; it speaks {}",
                    languages.join(", ")
                ));
            }
            let words = sanitize::clean_message(&words)
                .map_err(|_| format!("the text in \"{lang}\" is empty or far too long"))?;
            if words.chars().count() > MAX_CHARS {
                return Err(format!("the text in \"{lang}\" has more than {MAX_CHARS} characters"));
            }
            plain.0.insert(lang, words);
        }
        if plain.0.is_empty() {
            return Err("a notice needs words in one language at least".into());
        }
        if until.is_some_and(|until| until <= now) {
            return Err("the time it should end at is over".into());
        }
        Ok(StatusRequest::Notice(Notice { text: plain, until }))
    }
}

impl SiteStatus {
    /// Does what was wanted.
    pub fn apply_request(&mut self, order: StatusRequest) {
        match order {
            StatusRequest::Notice(notice) => self.notice = Some(notice),
            StatusRequest::Clear => self.notice = None,
            StatusRequest::Off => self.off = true,
            StatusRequest::On => self.off = false,
        }
    }

    /// What a visitor who reads `lang` is told at `now`: the notice, or else the site's own.
    ///
    /// While the chat is off nobody can be asked, so it says whom to call in danger.
    pub fn public_status(&self, published: &Published, lang: &str, now: u64) -> wire::Standing {
        let Published { site, safety, .. } = published;
        let current = self.notice.as_ref().filter(|notice| notice.until.is_none_or(|until| now < until));
        let text = current.map(|notice| &notice.text).or(site.settings.notice.as_ref());
        let text = text.map(|text| site.text_in(text, lang).to_owned());
        let calls = self.off && safety.off_reason().is_none();
        let text = match (text, calls) {
            (text, false) => text,
            (text, true) => {
                let said = text
                    .unwrap_or_else(|| Lang::for_tag(lang).words().word_text(Word::SwitchedOff).to_owned());
                let numbers = safety.emergency_numbers(lang);
                Some(format!("{said} {}", safety::emergency_text(lang, &numbers)))
            }
        };
        wire::Standing { notice: text.map(|text| Run { text, ..Run::default() }), off: self.off }
    }

    /// Puts it into a look; while the chat is off, with the numbers to press.
    pub fn apply_to_look(&self, look: &mut Look, published: &Published, now: u64) {
        let told = self.public_status(published, &look.lang, now);
        (look.notice, look.off) = (told.notice, told.off);
        if self.off && published.safety.off_reason().is_none() {
            let numbers = published.safety.emergency_numbers(&look.lang);
            look.contact.phones.splice(0..0, numbers.iter().map(number_link));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::tests_site;

    fn text(pairs: &[(&str, &str)]) -> Text {
        Text(pairs.iter().map(|(lang, words)| ((*lang).to_owned(), (*words).to_owned())).collect())
    }

    fn site() -> Published {
        let Published { mut site, model, .. } = tests_site();
        site.settings.languages = vec!["vi".into(), "en".into()];
        site.settings.notice = Some(text(&[("vi", "Của trang"), ("en", "The site's own")]));
        site.settings.safety.country = "vn".into();
        Published::new(1, site, model)
    }

    #[test]
    fn a_notice_stands_before_the_sites_own_until_its_time_is_over() {
        let (site, mut standing) = (site(), SiteStatus::default());
        let told =
            |standing: &SiteStatus, lang, now| standing.public_status(&site, lang, now).notice.unwrap().text;
        assert_eq!(told(&standing, "vi", 0), "Của trang");
        let notice = Notice { text: text(&[("vi", "Bão số 5")]), until: Some(1_000) };
        standing.apply_request(StatusRequest::Notice(notice));
        assert_eq!(told(&standing, "vi", 999), "Bão số 5");
        // Better in another language than not at all.
        assert_eq!(told(&standing, "en", 999), "Bão số 5");
        assert_eq!(told(&standing, "en", 1_000), "The site's own");
        standing.apply_request(StatusRequest::Off);
        let off = standing.public_status(&site, "vi", 0);
        assert!(off.off);
        let said = off.notice.unwrap().text;
        let calls = ["113", "114", "115"].iter().all(|number| said.contains(number));
        assert!(said.starts_with("Bão số 5 ") && calls, "nobody is left alone while it is off: {said}");
        standing.apply_request(StatusRequest::Clear);
        standing.apply_request(StatusRequest::On);
        assert_eq!(told(&standing, "vi", 0), "Của trang");
        assert_eq!(standing, SiteStatus::default());
    }

    #[test]
    fn what_can_not_be_told_is_refused() {
        fn order(pairs: &[(&str, &str)], until: Option<u64>) -> Result<StatusRequest, String> {
            StatusRequest::Notice(Notice { text: text(pairs), until }).validate(&site().site, 10)
        }
        assert!(order(&[("fr", "Tempête")], None).unwrap_err().contains("vi, en"));
        assert!(order(&[], None).is_err());
        assert!(order(&[("vi", " ")], None).is_err());
        assert!(order(&[("vi", "Bão")], Some(10)).unwrap_err().contains("over"));
        let long = "x".repeat(MAX_CHARS + 1);
        assert!(order(&[("vi", &long)], None).unwrap_err().contains("500"));
        assert_eq!(
            order(&[("vi", " Bão\u{202e} ")], Some(11)).map(|order| order.validate(&site().site, 10).is_ok()),
            Ok(true)
        );
    }
}
