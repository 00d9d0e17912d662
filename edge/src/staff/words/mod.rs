//! What the pages for signing in say. They are the staff's, not visitors': three languages, a file each.

mod en;
mod fr;
mod vi;

/// The words of one language. In a sentence with `{}` something is filled in.
#[derive(Debug)]
#[allow(missing_docs, reason = "each is named for what it says")]
pub struct Words {
    /// As BCP 47.
    pub lang: &'static str,
    /// Its own name for itself.
    pub own_name: &'static str,
    pub desk: &'static str,
    pub sign_in: &'static str,
    pub name: &'static str,
    pub password: &'static str,
    pub wrong: &'static str,
    pub wait_seconds: &'static str,
    pub wait_minutes: &'static str,
    pub over: &'static str,
    pub is_out: &'static str,
    pub only_https: &'static str,
    pub go_on: &'static str,
    pub start_over: &'static str,
    pub code: &'static str,
    pub code_label: &'static str,
    pub code_hint: &'static str,
    pub code_wrong: &'static str,
    pub renew: &'static str,
    pub renew_why: &'static str,
    pub new_password: &'static str,
    pub new_hint: &'static str,
    pub again: &'static str,
    pub weak_short: &'static str,
    pub weak_long: &'static str,
    pub weak_name: &'static str,
    pub weak_common: &'static str,
    pub not_same: &'static str,
    pub not_new: &'static str,
    pub enrol: &'static str,
    pub enrol_how: &'static str,
    pub enrol_key: &'static str,
    pub enrol_label: &'static str,
    pub enrol_wrong: &'static str,
    pub recovery: &'static str,
    pub recovery_how: &'static str,
    pub recovery_print: &'static str,
    pub to_desk: &'static str,
    pub account: &'static str,
    pub no_desk: &'static str,
    pub auditor: &'static str,
    pub agent: &'static str,
    pub lead: &'static str,
    pub change_password: &'static str,
    pub current: &'static str,
    pub current_wrong: &'static str,
    pub save: &'static str,
    pub changed: &'static str,
    pub codes_on: &'static str,
    pub codes_off: &'static str,
    pub codes_new: &'static str,
    pub codes_set_up: &'static str,
    pub sign_out: &'static str,
    pub everywhere: &'static str,
    pub everywhere_why: &'static str,
    pub provider: &'static str,
    pub or: &'static str,
    pub provider_failed: &'static str,
    pub provider_unknown: &'static str,
}

/// All of them.
pub const ALL: [&Words; 3] = [&vi::WORDS, &en::WORDS, &fr::WORDS];

/// The words of the first language in `asked` (as in `Accept-Language`) that there are words for; else English.
pub fn of(asked: &str) -> &'static Words {
    let tags = asked.split(',').filter_map(|item| item.split([';', '-']).next());
    let mut found =
        tags.filter_map(|tag| ALL.into_iter().find(|words| words.lang.eq_ignore_ascii_case(tag.trim())));
    found.next().unwrap_or(&en::WORDS)
}

impl Words {
    /// How long to wait.
    pub fn wait(&self, ms: u64) -> String {
        let seconds = ms.div_ceil(1000);
        if seconds < 90 {
            self.wait_seconds.replace("{}", &seconds.to_string())
        } else {
            self.wait_minutes.replace("{}", &seconds.div_ceil(60).to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_known() {
        for (asked, expected) in [
            ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
            ("fr", "fr"),
            ("de-DE, fr;q=0.7", "fr"),
            ("EN-gb", "en"),
            ("de", "en"),
            ("", "en"),
        ] {
            assert_eq!(of(asked).lang, expected, "{asked}");
        }
    }

    #[test]
    fn waits_are_said_in_whole_units() {
        assert!(vi::WORDS.wait(4_001).contains("5 giây"));
        assert!(fr::WORDS.wait(900_000).contains("15 minutes"));
    }
}
