//! What somebody at a desk may ask of the board, and what that costs.

use site::Site;
use wire::desk::{BoardUp, GroupDecision, Presence, Refusal, Role};

/// Most questions decided about at once.
const MAX_DECIDED: usize = 500;
/// Longest title of an intent that is still to be written, in characters.
const MAX_TITLE_CHARS: usize = 120;

/// How many plain frames one costs: some have the whole trail read, or everything that was not answered.
pub fn frame_cost(up: &BoardUp) -> f64 {
    match up {
        BoardUp::Audit { .. } | BoardUp::Questions | BoardUp::Report { .. } => 10.0,
        BoardUp::Hello { .. } | BoardUp::Decide { .. } => 4.0,
        BoardUp::Presence { .. } | BoardUp::Unknown => 1.0,
    }
}

/// Why `up` is not done for somebody with this role at `site`; `known`: who has said hello.
pub fn find_refusal(site: &Site, role: Role, known: bool, up: &BoardUp) -> Option<Refusal> {
    let malformed = |good: bool| (!good).then_some(Refusal::Malformed);
    match up {
        BoardUp::Hello { v } => malformed(*v <= wire::VERSION),
        _ if !known => Some(Refusal::Malformed),
        BoardUp::Presence { presence } => malformed(*presence != Presence::Unknown),
        BoardUp::Questions | BoardUp::Decide { .. } if role != Role::Lead => Some(Refusal::Role),
        BoardUp::Report { .. } | BoardUp::Audit { .. } if !matches!(role, Role::Lead | Role::Auditor) => {
            Some(Refusal::Role)
        }
        BoardUp::Decide { questions, choice } => malformed(is_possible(site, questions, choice)),
        BoardUp::Questions | BoardUp::Report { .. } | BoardUp::Audit { .. } => None,
        BoardUp::Unknown => Some(Refusal::Malformed),
    }
}

/// Whether that can become of these questions.
fn is_possible(site: &Site, questions: &[u64], choice: &GroupDecision) -> bool {
    let named = match choice {
        GroupDecision::Intent(id) => site.intent_by_id(id).is_some(),
        GroupDecision::New(title) => !title.trim().is_empty() && title.chars().count() <= MAX_TITLE_CHARS,
        GroupDecision::OutOfScope | GroupDecision::Dismiss => true,
    };
    named && (1..=MAX_DECIDED).contains(&questions.len())
}

/// What the trail says about a decision on so many questions.
pub fn describe_decision(questions: usize, choice: &GroupDecision) -> String {
    match choice {
        GroupDecision::Intent(id) => format!("{questions} to {id}"),
        GroupDecision::New(title) => format!("{questions} to a new intent: {title}"),
        GroupDecision::OutOfScope => format!("{questions} out of scope"),
        GroupDecision::Dismiss => format!("{questions} dismissed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_ask_what() {
        let site = crate::conversation::tests_site().site;
        let refusal = |role, up: &BoardUp| find_refusal(&site, role, true, up);
        let (report, audit) = (BoardUp::Report { from: 0 }, BoardUp::Audit { before: 0 });
        for up in [&report, &audit] {
            assert_eq!(refusal(Role::Agent, up), Some(Refusal::Role));
            assert_eq!((refusal(Role::Lead, up), refusal(Role::Auditor, up)), (None, None));
        }
        assert_eq!(refusal(Role::Auditor, &BoardUp::Questions), Some(Refusal::Role));
        assert_eq!(refusal(Role::Lead, &BoardUp::Questions), None);
        assert_eq!(find_refusal(&site, Role::Lead, false, &BoardUp::Questions), Some(Refusal::Malformed));
        assert_eq!(find_refusal(&site, Role::Agent, false, &BoardUp::Hello { v: wire::VERSION }), None);
        let newer = BoardUp::Hello { v: wire::VERSION + 1 };
        assert_eq!(find_refusal(&site, Role::Lead, true, &newer), Some(Refusal::Malformed));
        let presence = BoardUp::Presence { presence: Presence::Unknown };
        assert_eq!(refusal(Role::Agent, &presence), Some(Refusal::Malformed));
        assert!(frame_cost(&audit) > frame_cost(&presence));
    }

    #[test]
    fn what_can_become_of_questions() {
        let site = crate::conversation::tests_site().site;
        let decide = |questions: Vec<u64>, choice| {
            find_refusal(&site, Role::Lead, true, &BoardUp::Decide { questions, choice })
        };
        assert_eq!(decide(vec![1], GroupDecision::Dismiss), None);
        assert_eq!(decide(Vec::new(), GroupDecision::Dismiss), Some(Refusal::Malformed));
        assert_eq!(decide(vec![1; MAX_DECIDED + 1], GroupDecision::Dismiss), Some(Refusal::Malformed));
        assert_eq!(decide(vec![1], GroupDecision::Intent("no such".into())), Some(Refusal::Malformed));
        assert_eq!(decide(vec![1], GroupDecision::New(" ".into())), Some(Refusal::Malformed));
        assert_eq!(decide(vec![1], GroupDecision::New("Thuế nhà đất".into())), None);
        assert_eq!(describe_decision(2, &GroupDecision::OutOfScope), "2 out of scope");
    }
}
