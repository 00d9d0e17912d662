//! What the visitor thinks of answers and of the chat, and how that is kept.

use wire::{Id, Rated, Reason, Up, format_decimal};

/// What was said and what is being asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opinion {
    /// Which answers helped.
    pub rated: Rated,
    /// The answer about which the visitor is asked why it did not help.
    pub why: Option<u64>,
    /// The answer about which the visitor was thanked last.
    pub thanked: Option<u64>,
    /// Whether the visitor is asked how the chat was: about to end it, or because a person has closed it.
    pub ending: bool,
    /// The latter: then it stays when that is said.
    pub closed: bool,
    /// What the edge has not said back yet: the last word about each answer.
    pub(in crate::chat) unsaid: Vec<PendingRating>,
    /// The same of the survey, its mark and words.
    pub(in crate::chat) survey: Option<(u8, String)>,
}

/// What was said of one answer.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::chat) struct PendingRating {
    /// Which.
    pub seq: u64,
    /// Whether it helped; nothing if that is not said any more.
    pub good: Option<bool>,
    /// Why not.
    pub reason: Option<Reason>,
    /// In the visitor's own words.
    pub text: String,
}

impl PendingRating {
    /// For the edge.
    pub fn to_frame(&self) -> Up {
        let PendingRating { seq, good, reason, ref text } = *self;
        Up::Rate { seq, good, reason, text: text.clone() }
    }
}

/// Between what was said of one answer and of the next; between the parts of one. Nobody types either.
const NEXT: char = '\u{1e}';
const PART: char = '\u{1f}';
const REASONS: [Reason; 4] = [Reason::Wrong, Reason::Unclear, Reason::Missing, Reason::Other];

/// What was said in `conversation` and kept, because the edge had not said it back.
pub fn parse_opinion(kept: &str, conversation: Id) -> Opinion {
    let mut opinion = Opinion::default();
    let mut ratings = kept.split(NEXT);
    if ratings.next() == Some(&conversation.to_hex()) {
        opinion.unsaid.extend(ratings.filter_map(parse_rating));
    }
    opinion.apply_pending();
    opinion
}

fn parse_rating(kept: &str) -> Option<PendingRating> {
    let mut parts = kept.split(PART);
    let mut next = || parts.next().unwrap_or_default();
    let (seq, good, reason, text) = (next().parse().ok()?, next(), next(), next().to_owned());
    let good = (!good.is_empty()).then_some(good == "1");
    Some(PendingRating { seq, good, reason: REASONS.into_iter().find(|own| own.name() == reason), text })
}

impl Opinion {
    /// Has the answers look as was said last.
    pub(in crate::chat) fn apply_pending(&mut self) {
        for PendingRating { seq, good, .. } in &self.unsaid {
            self.rated.set_rating(*seq, *good);
        }
    }

    /// What the edge has not said back, as it is kept, with the conversation it is of.
    pub(in crate::chat) fn format_pending(&self, conversation: Id) -> String {
        let mut kept = conversation.to_hex();
        for PendingRating { seq, good, reason, text } in &self.unsaid {
            let good = good.map_or("", |good| if good { "1" } else { "0" });
            let number = format_decimal(*seq);
            let parts = [number.as_str(), good, reason.map_or("", Reason::name), text];
            for (mark, part) in [NEXT, PART, PART, PART].into_iter().zip(parts) {
                kept.push(mark);
                kept.push_str(part);
            }
        }
        kept
    }
}

/// What an opinion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackSubject {
    /// An answer that did not help, and why.
    Answer(u64, Option<Reason>),
    /// The chat, and its mark.
    Chat(u8),
}

/// What the visitor does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackAction {
    /// Leaves a question unanswered.
    Skip,
    /// Wants to end the chat.
    End,
    /// Ends it without a mark.
    EndOnly,
}
