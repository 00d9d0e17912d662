//! What was said, in order, and what of it is missing.

use wire::{Block, Id, Message, State};

/// What a timeline holds: a message, and what its owner has to say about it.
pub trait TimelineEntry {
    /// The message. Its `seq` is 0 until the edge has given it one.
    fn message(&self) -> &Message;

    /// The same, to be changed.
    fn message_mut(&mut self) -> &mut Message;

    /// Whether nothing of it is still to come.
    fn is_complete(&self) -> bool {
        self.message().state != State::Growing
    }

    /// Where it belongs: numbered ones by number, the others after them.
    fn sort_key(&self) -> u64 {
        match self.message().seq {
            0 => u64::MAX,
            seq => seq,
        }
    }
}

impl TimelineEntry for Message {
    fn message(&self) -> &Message {
        self
    }

    fn message_mut(&mut self) -> &mut Message {
        self
    }
}

/// A conversation's messages: numbered ones by `seq`, each number once, then what has none yet in the order it was said.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline<E> {
    /// In order.
    pub entries: Vec<E>,
    /// Names the run of its numbers; nothing before the edge has said so.
    pub epoch: Option<Id>,
    /// Numbers up to here are not asked for: the edge leaves out old ones of a long conversation.
    pub base: u64,
}

/// What came of a growing message's next part.
#[derive(Debug, PartialEq)]
pub enum GrowthOutcome<'a, E> {
    /// It is here: the entry that has grown.
    Applied(&'a mut E),
    /// It was here already.
    Known,
    /// Something before it is missing: the message is to be asked for, whole.
    Gap,
}

impl<E> Default for Timeline<E> {
    fn default() -> Timeline<E> {
        Timeline { entries: Vec::new(), epoch: None, base: 0 }
    }
}

impl<E: TimelineEntry> Timeline<E> {
    /// The highest number here; 0 if there is none.
    pub fn newest_seq(&self) -> u64 {
        self.entries.iter().map(|entry| entry.message().seq).max().unwrap_or(0)
    }

    /// The highest number up to which everything is here and complete: what comes after it is asked for.
    pub fn resume_after(&self) -> u64 {
        let mut after = self.base;
        for entry in &self.entries {
            if entry.message().seq == after + 1 && entry.is_complete() {
                after += 1;
            }
        }
        after
    }

    /// Whether something between what is here and the number `seq` is missing.
    pub fn has_gap_before(&self, seq: u64) -> bool {
        let newest = self.newest_seq();
        newest > self.base && seq > newest + 1
    }

    /// Whether the message with this number is here.
    pub fn contains(&self, seq: u64) -> bool {
        self.entries.iter().any(|entry| entry.message().seq == seq)
    }

    /// The place of the message with this number or this id.
    pub fn position(&self, message: &Message) -> Option<usize> {
        self.entries
            .iter()
            .map(TimelineEntry::message)
            .position(|own| own.seq == message.seq || (message.id.is_some() && own.id == message.id))
    }

    /// Whether the entry at `place` says as much as `message` or more. Where connections cross, a growing message may come
    /// after what it has become.
    pub fn is_outdated(&self, message: &Message, place: Option<usize>) -> bool {
        place.and_then(|place| self.entries.get(place)).map(TimelineEntry::message).is_some_and(|own| {
            let has_grown = own.seq == message.seq && own.rev > message.rev;
            own == message || (has_grown && message.state == State::Growing)
        })
    }

    /// Puts `entry` where it belongs.
    pub fn insert(&mut self, entry: E) {
        let rank = entry.sort_key();
        let place = self.entries.partition_point(|own| own.sort_key() <= rank);
        self.entries.insert(place, entry);
    }

    /// A growing message has grown: of its blocks `keep` stay, and `blocks` follow.
    pub fn apply_growth(
        &mut self,
        seq: u64,
        rev: u32,
        keep: usize,
        blocks: Vec<Block>,
    ) -> GrowthOutcome<'_, E> {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.message().seq == seq) else {
            return GrowthOutcome::Gap;
        };
        let message = entry.message_mut();
        if rev <= message.rev {
            return GrowthOutcome::Known;
        }
        if rev != message.rev + 1 || keep > message.body.blocks.len() {
            return GrowthOutcome::Gap;
        }
        message.rev = rev;
        message.body.blocks.truncate(keep);
        message.body.blocks.extend(blocks);
        message.state = State::Growing;
        GrowthOutcome::Applied(entry)
    }

    /// Forgets everything that has a number; what has none is still to be sent.
    pub fn clear_numbered(&mut self) {
        self.entries.retain(|entry| entry.message().seq == 0);
        self.base = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::{Author, AuthorKind, Body, Run};

    fn text(text: &str) -> Block {
        Block::Text { runs: vec![Run { text: text.into(), ..Run::default() }] }
    }

    fn message(seq: u64, state: State) -> Message {
        Message {
            seq,
            id: None,
            author: Author { kind: AuthorKind::Agency, name: None },
            at: 0,
            lang: "vi".into(),
            state,
            rev: 0,
            topic: None,
            value: None,
            later: false,
            body: Body { blocks: vec![text("a")], buttons: Vec::new() },
        }
    }

    fn timeline(messages: &[Message]) -> Timeline<Message> {
        let mut timeline = Timeline::default();
        messages.iter().cloned().for_each(|message| timeline.insert(message));
        timeline
    }

    #[test]
    fn numbered_ones_stand_by_number_and_the_others_behind_them() {
        let timeline = timeline(&[2, 0, 3, 1].map(|seq| message(seq, State::Done)));
        let numbers: Vec<u64> = timeline.entries.iter().map(|message| message.seq).collect();
        assert_eq!(numbers, [1, 2, 3, 0]);
        assert_eq!((timeline.newest_seq(), timeline.resume_after()), (3, 3));
    }

    #[test]
    fn what_is_missing_or_grows_is_asked_for() {
        let mut own =
            timeline(&[message(1, State::Done), message(2, State::Growing), message(4, State::Done)]);
        assert_eq!(own.resume_after(), 1);
        assert!(own.has_gap_before(6) && !own.has_gap_before(5));
        own.base = 3;
        assert_eq!(own.resume_after(), 4);
        assert!(!timeline(&[]).has_gap_before(9), "anything may be the first");
    }

    #[test]
    fn what_has_grown_beyond_it_is_outdated() {
        let grown = Message { rev: 2, ..message(1, State::Growing) };
        let own = timeline(std::slice::from_ref(&grown));
        assert!(own.is_outdated(&grown, Some(0)) && own.is_outdated(&message(1, State::Growing), Some(0)));
        assert!(!own.is_outdated(&message(1, State::Done), Some(0)), "the whole of it takes its place");
        assert!(!own.is_outdated(&grown, None));
    }

    #[test]
    fn a_message_grows_part_by_part() {
        let mut own = timeline(&[message(1, State::Growing)]);
        assert!(
            matches!(own.apply_growth(1, 1, 1, vec![text("b")]), GrowthOutcome::Applied(message) if message.body.blocks.len() == 2)
        );
        assert_eq!(own.apply_growth(1, 1, 1, vec![text("b")]), GrowthOutcome::Known);
        assert_eq!(own.apply_growth(1, 3, 1, vec![text("d")]), GrowthOutcome::Gap, "a part is missing");
        assert_eq!(own.apply_growth(1, 2, 9, vec![]), GrowthOutcome::Gap, "so much is not here");
        assert_eq!(own.apply_growth(2, 1, 0, vec![]), GrowthOutcome::Gap, "of it nothing is here");
    }
}
