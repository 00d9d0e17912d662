//! Takes out of a model's text what it thinks before it speaks.
//!
//! Servers that part the two send thoughts in a field of their own, which nobody reads here. Others leave them in the text:
//! between tags, or, where the chat template has written the opening one already, with nothing but a closing tag behind them.
//! Such text can't be told from an answer before its end, so the answer of a model that is not known yet is held until it is
//! whole; see [`crate::connector::Ask::shows_growth`].

use crate::connector::ConnectorError;

/// How models mark their thoughts, in lower case: opening and closing tag.
const TAGS: &[(&str, &str)] = &[
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<thoughts>", "</thoughts>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),
    ("[think]", "[/think]"),
    ("◁think▷", "◁/think▷"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|start_thinking|>", "<|end_thinking|>"),
    // gpt-oss's format: the analysis ends where the final channel begins.
    ("<|channel|>analysis<|message|>", "<|channel|>final<|message|>"),
];

/// What models write around their answers, in lower case, and is part of none.
const FRAMES: &[&str] = &[
    "<|start|>assistant",
    "<|return|>",
    "<|end|>",
    "<|im_end|>",
    "<|begin_of_solution|>",
    "<|end_of_solution|>",
    "<|start_response|>",
    "<|end_response|>",
];

/// Longest answer that is held back, in bytes: thoughts that only their end shows are among it.
const MAX_HELD_BYTES: usize = 512 * 1024;

/// A piece of the answer itself.
#[derive(Debug, PartialEq, Eq)]
pub enum FilteredText {
    /// More of it.
    More(String),
    /// What was given on so far was thought, and none of the answer.
    Retracted,
}

/// A text without its thoughts, as it comes.
#[derive(Default)]
pub struct ReasoningFilter {
    /// Not looked through yet: it may be the beginning of a tag.
    unread: String,
    /// Of the answer, and not given on yet.
    answer: String,
    /// Nothing is given on before the end.
    buffers_all: bool,
    thinking: bool,
    spoke: bool,
    thought: bool,
}

/// What stands at a place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Open,
    Close,
    Frame,
}

impl ReasoningFilter {
    /// A filter that gives nothing on before [`ReasoningFilter::finish`].
    pub fn buffer_all() -> ReasoningFilter {
        ReasoningFilter { buffers_all: true, ..ReasoningFilter::default() }
    }

    /// Whether there were thoughts.
    pub fn has_reasoning(&self) -> bool {
        self.thought
    }

    /// Whether the text is inside a thought.
    pub fn is_reasoning(&self) -> bool {
        self.thinking
    }

    /// What can be given on after `text`.
    ///
    /// # Errors
    /// [`ConnectorError::TooLong`] for text that is held and does not end.
    pub fn feed(&mut self, text: &str) -> Result<Vec<FilteredText>, ConnectorError> {
        self.unread.push_str(text);
        let mut out = Vec::new();
        while let Some((at, len, mark)) = find_mark(&self.unread, self.thinking) {
            self.read_until(at);
            self.unread.drain(..len);
            match mark {
                TagKind::Open => (self.thinking, self.thought) = (true, true),
                TagKind::Close => {
                    if !std::mem::take(&mut self.thinking) {
                        self.answer.clear();
                        out.extend(std::mem::take(&mut self.spoke).then_some(FilteredText::Retracted));
                    }
                    self.thought = true;
                }
                TagKind::Frame => {}
            }
        }
        self.read_until(unfinished_mark(&self.unread));
        if !self.buffers_all {
            out.extend(self.speak());
        }
        if self.answer.len() > MAX_HELD_BYTES { Err(ConnectorError::TooLong) } else { Ok(out) }
    }

    /// The text has ended.
    pub fn finish(&mut self) -> Option<FilteredText> {
        self.read_until(self.unread.len());
        self.speak()
    }

    /// Takes what is unread up to the byte `at` for what it is.
    fn read_until(&mut self, at: usize) {
        let read = self.unread.drain(..at);
        if !self.thinking {
            self.answer.extend(read);
        }
    }

    fn speak(&mut self) -> Option<FilteredText> {
        let text = std::mem::take(&mut self.answer);
        let text = if self.spoke { text } else { text.trim_start().to_owned() };
        self.spoke |= !text.is_empty();
        (!text.is_empty()).then_some(FilteredText::More(text))
    }
}

/// Every mark, with what it is.
fn marks() -> impl Iterator<Item = (&'static str, TagKind)> {
    let tags = TAGS.iter().flat_map(|(open, close)| [(*open, TagKind::Open), (*close, TagKind::Close)]);
    tags.chain(FRAMES.iter().map(|frame| (*frame, TagKind::Frame)))
}

/// Where marks may begin in `text`.
fn mark_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let places = text.char_indices().filter(|(_, c)| matches!(c, '<' | '[' | '◁'));
    places.filter_map(|(at, _)| Some((at, text.get(at..)?)))
}

/// The first mark in `text`: where it stands, how long it is, and what it is. Thoughts are ended by nothing but a closing tag.
fn find_mark(text: &str, thinking: bool) -> Option<(usize, usize, TagKind)> {
    mark_places(text).find_map(|(at, rest)| {
        let here = |mark: &str| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
        let mut fitting = marks().filter(|(_, kind)| !thinking || *kind == TagKind::Close);
        fitting.find(|(mark, _)| here(mark)).map(|(mark, kind)| (at, mark.len(), kind))
    })
}

/// Where a mark begins in `text` that may go on in what follows; its end if there is none.
fn unfinished_mark(text: &str) -> usize {
    let begins = |rest: &str| {
        marks().any(|(mark, _)| mark.get(..rest.len()).is_some_and(|start| start.eq_ignore_ascii_case(rest)))
    };
    mark_places(text).find(|(_, rest)| begins(rest)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is shown in the end of `text`, cut into pieces of `size` characters, and whether anything else was shown before.
    fn shown(text: &str, size: usize, mut filter: ReasoningFilter) -> (String, bool) {
        let chars: Vec<char> = text.chars().collect();
        let (mut answer, mut retracted) = (String::new(), false);
        let mut apply = |spoken: FilteredText| match spoken {
            FilteredText::More(more) => answer.push_str(&more),
            FilteredText::Retracted => {
                answer.clear();
                retracted = true;
            }
        };
        for piece in chars.chunks(size) {
            filter.feed(&String::from_iter(piece)).unwrap().into_iter().for_each(&mut apply);
        }
        filter.finish().into_iter().for_each(&mut apply);
        (answer, retracted)
    }

    #[test]
    fn thoughts_are_taken_out_however_they_are_marked() {
        for text in [
            "<think>\nGhi chú nội bộ.\n</think>\n\nMời ra quầy 2.",
            "<THINK>a < b</THINK>Mời ra quầy 2.",
            "<think></think>Mời ra quầy 2.",
            "[THINK]Ghi chú[/THINK]Mời ra quầy 2.",
            "◁think▷Ghi chú◁/think▷ Mời ra quầy 2.",
            "<|channel|>analysis<|message|>Ghi chú.<|end|><|start|>assistant<|channel|>final<|message|>Mời ra quầy 2.<|return|>",
            "<|START_THINKING|>Ghi chú<|END_THINKING|><|START_RESPONSE|>Mời ra quầy 2.<|END_RESPONSE|>",
            "<think>một</think><think>hai</think>Mời ra quầy 2.",
            "Mời <think>quầy nào?</think>ra quầy 2.",
        ] {
            for size in [1, 2, 5, 11, 500] {
                assert_eq!(
                    shown(text, size, ReasoningFilter::default()),
                    ("Mời ra quầy 2.".into(), false),
                    "{text} by {size}"
                );
                assert_eq!(
                    shown(text, size, ReasoningFilter::buffer_all()).0,
                    "Mời ra quầy 2.",
                    "{text} by {size}"
                );
            }
        }
    }

    #[test]
    fn thoughts_that_only_their_end_shows_are_never_given_on_while_all_is_held() {
        let text = "Người này hỏi quầy.\n</think>\n\nMời ra quầy 2.";
        for size in [1, 3, 500] {
            assert_eq!(shown(text, size, ReasoningFilter::buffer_all()), ("Mời ra quầy 2.".into(), false));
        }
        assert_eq!(shown(text, 3, ReasoningFilter::default()), ("Mời ra quầy 2.".into(), true));
    }

    #[test]
    fn thoughts_without_an_end_are_none_of_the_answer() {
        for filter in [ReasoningFilter::default(), ReasoningFilter::buffer_all()] {
            assert_eq!(shown("<think>Người này", 4, filter).0, "");
        }
        let mut filter = ReasoningFilter::default();
        filter.feed("<think>").unwrap();
        for _ in 0..3 {
            assert_eq!(filter.feed(&"x".repeat(MAX_HELD_BYTES)), Ok(Vec::new()), "thoughts may be long");
        }
        let mut filter = ReasoningFilter::buffer_all();
        assert_eq!(filter.feed(&"x".repeat(MAX_HELD_BYTES + 1)), Err(ConnectorError::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_no_thought_is_given_on_as_it_is(text in "[a-zệ<>\\[|/ ]{0,40}", size in 1usize..9) {
            prop_assert_eq!(shown(&text, size, ReasoningFilter::default()), (text.trim_start().to_owned(), false));
            prop_assert_eq!(shown(&text, size, ReasoningFilter::buffer_all()), (text.trim_start().to_owned(), false));
        }
    }
}
