//! What happened, counted by day and never by whom: how much was asked, what answered it, how long people waited.
//!
//! A conversation notes what happens ([`crate::conversation::ConversationStore::count_event`]); the counts travel with those of the budgets
//! and stay in the Site object. There is no text in them, and nothing that leads to a visitor. [`prometheus`] writes them, and what is
//! measured at the moment somebody asks, as Prometheus reads it.

pub mod instance;
pub mod prometheus;

use crate::application::case::CaseState;
use wire::Reason;

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
    /// The edge itself answered, so many milliseconds after it had the visitor's words.
    EdgeReplied(u64),
    /// A call to the agency came to nothing, for this class of reason.
    AgencyFailed(&'static str),
    /// A device could not be told of news.
    PushFailed,
}

/// One line of what is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountEntry {
    /// What happened.
    pub event: &'static str,
    /// What it was about.
    pub about: String,
    /// How much is added.
    pub n: u32,
}

/// Events that are measures: Prometheus reads them under names of their own, and no report lists them.
const MEASURES: &[&str] = &[EDGE_BUCKET, EDGE_MS, AGENCY_BUCKET, AGENCY_MS, AGENCY_FAILED, PUSH_FAILED];
/// Answers of the edge by the bucket of their time, and all of their milliseconds.
const EDGE_BUCKET: &str = "edge_reply_bucket";
const EDGE_MS: &str = "edge_reply_ms";
/// The same of the agency's.
const AGENCY_BUCKET: &str = "agency_reply_bucket";
const AGENCY_MS: &str = "agency_reply_ms";
const AGENCY_FAILED: &str = "agency_failed";
const PUSH_FAILED: &str = "push_failed";

/// Whether an event is for Prometheus alone.
pub fn is_measure(event: &str) -> bool {
    MEASURES.contains(&event)
}

/// That the edge answered in `ms` milliseconds, if it did in what happened.
pub fn edge_reply(happened: &[Happened], ms: u64) -> Option<Happened> {
    let is_reply = |event: &Happened| {
        matches!(
            event,
            Happened::Answered(_) | Happened::AskedBack | Happened::Unanswered | Happened::Danger(_)
        )
    };
    happened.iter().any(is_reply).then_some(Happened::EdgeReplied(ms))
}

/// Upper bounds of the buckets of an answer's time, in milliseconds, and what they are called, in seconds.
const LATENCIES: &[(u64, &str)] = &[
    (100, "0.1"),
    (250, "0.25"),
    (500, "0.5"),
    (1_000, "1"),
    (2_500, "2.5"),
    (5_000, "5"),
    (10_000, "10"),
    (30_000, "30"),
    (120_000, "120"),
    (u64::MAX, "+Inf"),
];

/// The entries of an answer's time.
fn latency_entries(bucket: &'static str, total: &'static str, ms: u64) -> [CountEntry; 2] {
    let name = LATENCIES.iter().find(|(most, _)| ms <= *most).map_or("+Inf", |(_, name)| name);
    [
        CountEntry { event: bucket, about: name.to_owned(), n: 1 },
        CountEntry { event: total, about: String::new(), n: u32::try_from(ms).unwrap_or(u32::MAX) },
    ]
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
    /// All that is counted of it.
    pub fn count_entries(&self) -> Vec<CountEntry> {
        let (event, about) = self.name();
        let one = CountEntry { event, about, n: 1 };
        match self {
            Happened::EdgeReplied(ms) => latency_entries(EDGE_BUCKET, EDGE_MS, *ms).to_vec(),
            Happened::Replied(ms) => {
                [[one].as_slice(), &latency_entries(AGENCY_BUCKET, AGENCY_MS, *ms)].concat()
            }
            _ => vec![one],
        }
    }

    /// What is counted once: an event, and what it was about.
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
            Happened::EdgeReplied(_) => (EDGE_BUCKET, String::new()),
            Happened::AgencyFailed(class) => (AGENCY_FAILED, (*class).to_owned()),
            Happened::PushFailed => (PUSH_FAILED, String::new()),
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
    fn an_answer_of_the_agency_is_an_event_and_a_measure() {
        let entries = Happened::Replied(2_600).count_entries();
        let told: Vec<_> = entries.iter().map(|each| (each.event, each.about.as_str(), each.n)).collect();
        assert_eq!(told, [("replied", "10s", 1), (AGENCY_BUCKET, "5", 1), (AGENCY_MS, "", 2_600)]);
        assert_eq!(entries.iter().filter(|each| is_measure(each.event)).count(), 2);
        let entries = Happened::EdgeReplied(0).count_entries();
        assert!(entries.iter().all(|each| is_measure(each.event)) && entries[0].about == "0.1");
        assert_eq!(edge_reply(&[Happened::Said, Happened::AskedBack], 7), Some(Happened::EdgeReplied(7)));
        assert_eq!(edge_reply(&[Happened::Said, Happened::Forwarded(None)], 7), None);
        assert_eq!(Happened::EdgeReplied(u64::MAX).count_entries()[0].about, "+Inf");
        assert_eq!(
            Happened::Said.count_entries(),
            [CountEntry { event: "said", about: String::new(), n: 1 }]
        );
    }
}
