//! What happened, counted by day and never by whom: how much was asked, what answered it, how long people waited.
//!
//! A conversation notes what happens ([`crate::conversation::ConversationStore::count_event`]); the counts travel with those of the budgets
//! and stay in the Site object. There is no text in them, and nothing that leads to a visitor.

use crate::application::case::CaseState;
use wire::{Reason, desk::Count};

/// Something worth counting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// A visitor said something.
    Said,
    /// The site's own answer to this intent was given.
    Answered(String),
    /// Two or three intents fitted, and the visitor was asked which.
    AskedBack,
    /// The agency was asked; this intent came closest, if any did.
    Forwarded(Option<String>),
    /// There was no answer, and no agency to ask.
    Unanswered,
    /// The agency answered, so many milliseconds after the question.
    Replied(u64),
    /// The agency was away; the question is kept.
    Kept,
    /// A question could not be brought, or was not answered.
    Failed,
    /// A visitor says that the answer to this intent helped; empty: one of the agency's.
    Helped(String),
    /// That it did not.
    DidNotHelp(String),
    /// Why not.
    WhyNot(Reason),
    /// A visitor who ended the chat gave this mark, 1 to 5.
    Surveyed(u8),
    /// A visitor asked for a person.
    HandedOver,
    /// A person has come, so many milliseconds after that.
    Taken(u64),
    /// The visitor would wait no longer.
    GaveUpWaiting,
    /// A person answered, so many milliseconds after the visitor's words.
    PersonReplied(u64),
    /// A person closed the conversation, for this reason.
    Closed(&'static str),
    /// An answer waits for a person's approval.
    Held,
    /// It was approved.
    Approved,
    /// It was not.
    Rejected,
    /// A visitor seemed to be in danger of this kind.
    Danger(&'static str),
    /// A case is this far now.
    Case(String, CaseState),
}

/// How long people waited for the agency's answer: up to so many seconds, and what that is called.
const WAITS: &[(u64, &str)] = &[
    (2, "2s"),
    (10, "10s"),
    (60, "1min"),
    (600, "10min"),
    (3_600, "1h"),
    (86_400, "1d"),
    (u64::MAX, "longer"),
];

fn wait_bucket(ms: u64) -> String {
    let wait = WAITS.iter().find(|(seconds, _)| ms.div_ceil(1000) <= *seconds);
    wait.map_or("longer", |(_, name)| name).to_owned()
}

impl Happened {
    /// What is counted: an event, and what it was about.
    ///
    /// ```
    /// use hoi_core::metrics::Happened;
    /// assert_eq!(Happened::Answered("khai-sinh".into()).name(), ("answered", "khai-sinh".into()));
    /// assert_eq!(Happened::Replied(9_000).name(), ("replied", "10s".into()));
    /// ```
    pub fn name(&self) -> (&'static str, String) {
        match self {
            Happened::Said => ("said", String::new()),
            Happened::Answered(intent) => ("answered", intent.clone()),
            Happened::AskedBack => ("asked_back", String::new()),
            Happened::Forwarded(intent) => ("forwarded", intent.clone().unwrap_or_default()),
            Happened::Unanswered => ("unanswered", String::new()),
            Happened::Replied(ms) => ("replied", wait_bucket(*ms)),
            Happened::HandedOver => ("handed_over", String::new()),
            Happened::Taken(ms) => ("taken", wait_bucket(*ms)),
            Happened::GaveUpWaiting => ("gave_up_waiting", String::new()),
            Happened::PersonReplied(ms) => ("person_replied", wait_bucket(*ms)),
            Happened::Closed(reason) => ("closed", (*reason).to_owned()),
            Happened::Danger(kind) => ("danger", (*kind).to_owned()),
            Happened::Held => ("held", String::new()),
            Happened::Approved => ("approved", String::new()),
            Happened::Rejected => ("rejected", String::new()),
            Happened::Kept => ("kept", String::new()),
            Happened::Failed => ("failed", String::new()),
            Happened::Helped(topic) => ("helped", topic.clone()),
            Happened::DidNotHelp(topic) => ("did_not_help", topic.clone()),
            Happened::WhyNot(reason) => ("why_not", reason.name().to_owned()),
            Happened::Surveyed(score) => ("survey", score.to_string()),
            Happened::Case(procedure, state) => {
                let state = match state {
                    CaseState::Sending => "filed",
                    CaseState::Received => "received",
                    CaseState::NeedsPapers => "needs_papers",
                    CaseState::Done => "done",
                    CaseState::Refused => "refused",
                    CaseState::Undelivered => "undelivered",
                };
                ("case", format!("{state} {procedure}"))
            }
        }
    }
}

/// The counts of `site` as Prometheus reads them: totals, which only grow. Give it all days, day 0 among them.
pub fn format_prometheus(site: &str, counts: &[Count]) -> String {
    let mut totals = std::collections::BTreeMap::<(&str, &str), u64>::new();
    for count in counts {
        *totals.entry((&count.event, &count.about)).or_default() += count.n;
    }
    let mut text = "# HELP hoi_events_total What happened in the chat, by event and topic.\n\
                    # TYPE hoi_events_total counter\n"
        .to_owned();
    for ((event, about), n) in totals {
        // Names of sites, intents and procedures hold no quotation marks and no line breaks.
        text.push_str(&format!(
            "hoi_events_total{{site=\"{site}\",event=\"{event}\",about=\"{about}\"}} {n}\n"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_apart() {
        for (ms, name) in [(0, "2s"), (2_000, "2s"), (2_001, "10s"), (600_000, "10min"), (u64::MAX, "longer")]
        {
            assert_eq!(Happened::Replied(ms).name().1, name, "{ms}");
        }
    }

    #[test]
    fn days_are_summed_for_prometheus() {
        let count = |day, n| Count { day, event: "answered".into(), about: "khai-sinh".into(), n };
        let text = format_prometheus("ward", &[count(1, 2), count(2, 3)]);
        assert!(text.ends_with("hoi_events_total{site=\"ward\",event=\"answered\",about=\"khai-sinh\"} 5\n"));
    }
}
