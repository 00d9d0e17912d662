//! Every sentence that is shown, a file a language.
//!
//! To add one: a field here, and the compiler names the files that lack it. `{}` stands for a name or a number.

mod en;
mod fr;
mod vi;

use wire::desk::Danger;

/// The forms of a counted sentence: for one, and for more.
pub type Counted = (&'static str, &'static str);

/// A language of the desk's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
    /// French.
    Fr,
}

impl Lang {
    /// All there are.
    pub const ALL: [Lang; 3] = [Lang::Vi, Lang::En, Lang::Fr];

    /// As BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }

    /// What its speakers call it.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Vi => "Tiếng Việt",
            Lang::En => "English",
            Lang::Fr => "Français",
        }
    }

    /// The first of `tags` (BCP 47, best first) that there is.
    pub fn best<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Lang> {
        let base = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        tags.into_iter().find_map(|tag| Lang::ALL.into_iter().find(|lang| lang.tag() == base(tag)))
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Lang::Vi => &vi::WORDS,
            Lang::En => &en::WORDS,
            Lang::Fr => &fr::WORDS,
        }
    }
}

impl Words {
    /// What a kind of danger is called.
    pub fn danger_kind(&self, kind: Danger) -> &'static str {
        let [self_harm, violence, child, fire, medical, drowning, wires, scam, other] = self.danger_kinds;
        match kind {
            Danger::SelfHarm => self_harm,
            Danger::Violence => violence,
            Danger::Child => child,
            Danger::Fire => fire,
            Danger::Medical => medical,
            Danger::Drowning => drowning,
            Danger::Wires => wires,
            Danger::Scam => scam,
            Danger::Other => other,
        }
    }

    /// The form of `sentence` for the number `n`.
    pub fn count(&self, sentence: Counted, n: usize) -> String {
        let one = n == 1 || (n == 0 && self.none_is_one);
        let form = if one { sentence.0 } else { sentence.1 };
        form.replace("{}", &n.to_string())
    }
}

/// The words of one language.
#[derive(Debug, PartialEq)]
#[expect(missing_docs, reason = "each is named for what it says, and said in `vi`, `en` and `fr`")]
pub struct Words {
    /// Whether nothing is counted as one is: in French.
    pub none_is_one: bool,
    // The desk as a whole.
    pub desk: &'static str,
    pub skip: &'static str,
    pub conversations: &'static str,
    pub questions: &'static str,
    pub questions_short: &'static str,
    pub reports: &'static str,
    pub audit: &'static str,
    pub audit_short: &'static str,
    pub pages: &'static str,
    pub menu: &'static str,
    pub language: &'static str,
    pub scheme: &'static str,
    pub scheme_system: &'static str,
    pub scheme_light: &'static str,
    pub scheme_dark: &'static str,
    pub sound: &'static str,
    pub notices: &'static str,
    pub notices_on: &'static str,
    pub notices_off: &'static str,
    pub letter_keys: &'static str,
    pub keys: &'static str,
    pub account: &'static str,
    pub sign_out: &'static str,
    pub sites: &'static str,
    pub close: &'static str,
    pub cancel: &'static str,
    pub dismiss: &'static str,
    pub loading: &'static str,
    // The line.
    pub connecting: &'static str,
    pub offline: &'static str,
    pub no_line: &'static str,
    pub signed_out: &'static str,
    pub sign_in: &'static str,
    // Who is there.
    pub presence: &'static str,
    pub here: &'static str,
    pub away: &'static str,
    pub colleagues: &'static str,
    pub nobody_else: &'static str,
    pub has_chats: Counted,
    pub role_auditor: &'static str,
    pub role_agent: &'static str,
    pub role_lead: &'static str,
    // The list.
    pub list: &'static str,
    pub waiting: &'static str,
    pub drafts: &'static str,
    pub mine: &'static str,
    pub others: &'static str,
    pub over: &'static str,
    pub department: &'static str,
    pub all_departments: &'static str,
    pub only_mine: &'static str,
    pub nobody_waits: &'static str,
    pub nothing_listed: &'static str,
    pub place: &'static str,
    pub waits_for: &'static str,
    pub last: &'static str,
    pub unanswered_for: &'static str,
    pub unread: &'static str,
    pub visitor: &'static str,
    pub with: &'static str,
    pub stage_waiting: &'static str,
    pub stage_back: &'static str,
    pub stage_closed: &'static str,
    pub to_approve: Counted,
    pub just_now: &'static str,
    pub minutes: &'static str,
    pub hours: &'static str,
    pub days: &'static str,
    // The conversation.
    pub choose: &'static str,
    pub choose_how: &'static str,
    pub back: &'static str,
    pub log: &'static str,
    pub assistant: &'static str,
    pub agency: &'static str,
    pub staff: &'static str,
    pub automatic: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub seen: &'static str,
    pub sending: &'static str,
    pub not_sent: &'static str,
    pub retry: &'static str,
    pub discard: &'static str,
    pub visitor_types: &'static str,
    pub answering: &'static str,
    pub growing: &'static str,
    pub cut: &'static str,
    pub cant_show: &'static str,
    pub new_tab: &'static str,
    pub important: &'static str,
    pub source: &'static str,
    pub picture: &'static str,
    pub file: &'static str,
    pub fee: &'static str,
    pub time: &'static str,
    pub where_done: &'static str,
    pub papers: &'static str,
    pub steps: &'static str,
    pub legal: &'static str,
    pub contact: &'static str,
    pub buttons: &'static str,
    // What can be done.
    pub take: &'static str,
    pub take_over: &'static str,
    pub transfer: &'static str,
    pub hand_back: &'static str,
    pub end: &'static str,
    pub yours_now: &'static str,
    pub taken_by: &'static str,
    pub not_yours: &'static str,
    pub not_your_role: &'static str,
    pub wrong_length: &'static str,
    pub gone: &'static str,
    pub not_understood: &'static str,
    pub transfer_title: &'static str,
    pub to_person: &'static str,
    pub to_department: &'static str,
    pub nobody_to: &'static str,
    pub end_title: &'static str,
    pub end_answered: &'static str,
    pub end_left: &'static str,
    pub end_not_ours: &'static str,
    pub end_abuse: &'static str,
    // Writing.
    pub composer: &'static str,
    pub composer_note: &'static str,
    pub write_answer: &'static str,
    pub write_note: &'static str,
    pub reply_mode: &'static str,
    pub send: &'static str,
    pub save_note: &'static str,
    pub canned: &'static str,
    pub canned_search: &'static str,
    pub canned_none: &'static str,
    pub answers_found: Counted,
    pub suggested: &'static str,
    pub too_long: Counted,
    pub enter_sends: &'static str,
    pub read_only: &'static str,
    pub take_to_answer: &'static str,
    pub attach: &'static str,
    pub attached: &'static str,
    pub detach: &'static str,
    pub uploading: &'static str,
    pub file_wait: &'static str,
    pub file_too_large: &'static str,
    pub file_kind: &'static str,
    pub files_full: &'static str,
    pub file_lost: &'static str,
    pub download_file: &'static str,
    // Drafts.
    pub draft: &'static str,
    pub draft_hint: &'static str,
    pub approve: &'static str,
    pub edit: &'static str,
    pub edited: &'static str,
    pub approve_edited: &'static str,
    pub reject: &'static str,
    // The visitor.
    pub about: &'static str,
    pub name: &'static str,
    pub language_of: &'static str,
    pub since: &'static str,
    pub assigned: &'static str,
    pub nothing_known: &'static str,
    pub tags: &'static str,
    pub add_tag: &'static str,
    pub add: &'static str,
    pub remove_tag: &'static str,
    pub opening_hours: &'static str,
    // Alerts.
    pub somebody_in_danger: &'static str,
    pub danger: &'static str,
    /// In the order of [`Danger`]'s variants.
    pub danger_kinds: [&'static str; 9],
    pub somebody_waits: &'static str,
    pub given_to_you: &'static str,
    pub visitor_wrote: &'static str,
    // Unanswered questions.
    pub questions_intro: &'static str,
    pub no_questions: &'static str,
    pub alike: Counted,
    pub show_all: &'static str,
    pub why_unanswered: &'static str,
    pub why_asked_back: &'static str,
    pub why_unhelpful: &'static str,
    pub nearest: &'static str,
    pub belongs_to: &'static str,
    pub choose_answer: &'static str,
    pub teach: &'static str,
    pub new_answer: &'static str,
    pub create: &'static str,
    pub out_of_scope: &'static str,
    pub not_worth: &'static str,
    pub decided: &'static str,
    // Reports.
    pub period: &'static str,
    pub last_days: &'static str,
    pub download: &'static str,
    pub as_table: &'static str,
    pub nothing_counted: &'static str,
    pub volume: &'static str,
    pub said: &'static str,
    pub answered: &'static str,
    pub forwarded: &'static str,
    pub handed_over: &'static str,
    pub unanswered: &'static str,
    pub closed: &'static str,
    pub topics: &'static str,
    pub missed: &'static str,
    pub no_topic: &'static str,
    pub first_answer: &'static str,
    pub agency_answer: &'static str,
    pub satisfaction: &'static str,
    pub helped: &'static str,
    pub did_not_help: &'static str,
    pub cases: &'static str,
    pub topic: &'static str,
    pub day: &'static str,
    pub number: &'static str,
    pub up_to_2s: &'static str,
    pub up_to_10s: &'static str,
    pub up_to_1min: &'static str,
    pub up_to_10min: &'static str,
    pub up_to_1h: &'static str,
    pub up_to_1d: &'static str,
    pub longer: &'static str,
    pub mark: &'static str,
    pub case_filed: &'static str,
    pub case_received: &'static str,
    pub case_needs_papers: &'static str,
    pub case_done: &'static str,
    pub case_refused: &'static str,
    pub case_undelivered: &'static str,
    pub wanted: &'static str,
    pub gave_up: &'static str,
    pub person_answer: &'static str,
    pub csv_head: [&'static str; 4],
    // The audit trail.
    pub audit_intro: &'static str,
    pub whole: &'static str,
    pub not_whole: &'static str,
    pub no_acts: &'static str,
    pub older: &'static str,
    pub act_number: &'static str,
    pub act_at: &'static str,
    pub act_who: &'static str,
    pub act_what: &'static str,
    pub act_about: &'static str,
    // What was done.
    pub act_sit_down: &'static str,
    pub act_open: &'static str,
    pub act_take: &'static str,
    pub act_say: &'static str,
    pub act_say_file: &'static str,
    pub act_open_file: &'static str,
    pub act_note: &'static str,
    pub act_tag: &'static str,
    pub act_transfer: &'static str,
    pub act_hand_back: &'static str,
    pub act_approve: &'static str,
    pub act_approve_changed: &'static str,
    pub act_reject: &'static str,
    pub act_teach: &'static str,
    pub act_publish: &'static str,
    pub act_rollback: &'static str,
    pub act_standing: &'static str,
    pub act_staff_add: &'static str,
    pub act_staff_role: &'static str,
    pub act_staff_oidc: &'static str,
    pub act_staff_reset: &'static str,
    pub act_staff_disable: &'static str,
    pub act_staff_enable: &'static str,
    pub act_staff_remove: &'static str,
    pub version: &'static str,
    pub operator: &'static str,
    // Shortcuts.
    pub key_move: &'static str,
    pub key_open: &'static str,
    pub key_back: &'static str,
    pub key_search: &'static str,
    pub key_pages: &'static str,
    pub key_help: &'static str,
    pub key_letters_off: &'static str,
    pub key: &'static str,
    pub does: &'static str,
}

#[cfg(test)]
mod tests {
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
}
