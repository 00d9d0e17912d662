//! Messages as plain text: what is read out, kept as a file or handed on where nothing can be drawn.

use crate::{Block, Body, Card, Contact, Procedure, Run, Word, Words, format_decimal};

/// Says what stands before parts of a message that are no sentence by themselves.
pub trait Labels {
    /// The label for `word`; empty where there is none: then the part stands alone.
    fn label(&self, word: Word) -> &str;

    /// What stands before an item that has no number; nothing where the text is heard.
    fn item_mark(&self) -> &'static str {
        ""
    }
}

impl Labels for Words {
    fn label(&self, word: Word) -> &str {
        self.word_text(word)
    }
}

impl Body {
    /// All of it: one row a paragraph, an item or a fact; what may be pressed comes last.
    pub fn plain_text(&self, labels: &dyn Labels) -> String {
        let mut text = plain_text(&self.blocks, labels);
        if !self.buttons.is_empty() {
            let buttons: Vec<&str> = self.buttons.iter().map(|button| button.label.as_str()).collect();
            push_fact(&mut text, labels.label(Word::Choices), &buttons.join(", "));
        }
        text
    }
}

/// `blocks` as text, one row a paragraph, an item or a fact.
pub fn plain_text(blocks: &[Block], labels: &dyn Labels) -> String {
    let mut text = String::new();
    for block in blocks {
        block.push_plain_text(&mut text, labels);
    }
    text
}

impl Block {
    /// Adds its rows to `text`.
    pub fn push_plain_text(&self, text: &mut String, labels: &dyn Labels) {
        match self {
            Block::Text { runs } | Block::Heading { runs } => push_row(text, &join_runs(runs)),
            Block::List { ordered, start, items, contents } => {
                let mut number = ordered.then_some(start.unwrap_or(1));
                for (at, item) in items.iter().enumerate() {
                    let row = match contents.get(at) {
                        Some(inner) if !inner.is_empty() => plain_text(inner, labels),
                        _ => join_runs(item),
                    };
                    push_item(text, &mut number, labels.item_mark(), &row);
                }
            }
            Block::Table { head, rows } => {
                [head].into_iter().chain(rows).for_each(|row| {
                    let cells: Vec<String> = row.iter().map(|cell| join_runs(cell)).collect();
                    push_row(text, &break_lines(&join_texts(&cells), ", "));
                });
            }
            Block::Image { alt, .. } => push_row(text, alt),
            Block::Notice { runs } => push_fact(text, labels.label(Word::Important), &join_runs(runs)),
            Block::Source(way) => push_fact(text, labels.label(Word::Source), &way.label),
            Block::Card(card) => push_card(text, card),
            Block::Procedure(procedure) => procedure.push_plain_text(text, labels, &mut None),
            Block::Contact(contact) => push_contact(text, contact, labels),
            Block::Input(input) => push_row(text, &input.label),
            Block::File(file) => push_fact(text, labels.label(Word::File), &file.name),
            Block::Unknown => push_row(text, labels.label(Word::CantShow)),
        }
    }
}

impl Procedure {
    /// Adds its rows to `text`. `is_ticked` says of one item after the other, what to bring first, whether it is ticked off;
    /// without it they are only told.
    pub fn push_plain_text(
        &self,
        text: &mut String,
        labels: &dyn Labels,
        is_ticked: &mut Option<&mut dyn FnMut() -> bool>,
    ) {
        push_row(text, &self.title);
        push_fact(text, labels.label(Word::Fee), &self.fee);
        push_fact(text, labels.label(Word::Time), &self.time);
        push_fact(text, labels.label(Word::Place), &self.place);
        for (word, items) in [(Word::Papers, &self.papers), (Word::Steps, &self.steps)] {
            match is_ticked {
                None => push_fact(text, labels.label(word), &join_texts(items)),
                Some(is_ticked) if !items.is_empty() => {
                    push_row(text, labels.label(word));
                    for item in items {
                        push_row(text, &[if is_ticked() { "☑ " } else { "☐ " }, item].concat());
                    }
                }
                Some(_) => {}
            }
        }
    }
}

fn push_card(text: &mut String, card: &Card) {
    push_row(text, &card.title);
    push_row(text, &join_runs(&card.runs));
}

fn push_contact(text: &mut String, contact: &Contact, labels: &dyn Labels) {
    push_row(text, labels.label(Word::ReachUs));
    contact.phones.iter().for_each(|phone| push_row(text, &phone.label));
    push_fact(text, labels.label(Word::Address), contact.address.as_deref().unwrap_or_default());
    push_fact(text, labels.label(Word::Hours), &join_texts(&contact.hours));
}

fn push_fact(text: &mut String, label: &str, value: &str) {
    if value.is_empty() || label.is_empty() {
        push_row(text, value);
    } else {
        push_row(text, &[label, ": ", value].concat());
    }
}

/// Not the library's `join`, which is code of its own for each kind of text.
fn join_texts(texts: &[String]) -> String {
    let mut joined = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            joined.push_str("; ");
        }
        joined.push_str(text);
    }
    joined
}

fn join_runs(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Adds an item behind its number, or else behind `unnumbered`, with its lines under each other.
fn push_item(text: &mut String, number: &mut Option<u32>, unnumbered: &str, row: &str) {
    let mark = match number {
        Some(number) => {
            let mark = [&format_decimal((*number).into()), ". "].concat();
            *number = number.wrapping_add(1);
            mark
        }
        None => unnumbered.to_owned(),
    };
    let indent = "\n               ".get(..=mark.len()).unwrap_or("\n");
    push_row(text, [mark, break_lines(row, indent)].concat().trim_end());
}

/// `text` with `between` for every line break.
fn break_lines(text: &str, between: &str) -> String {
    text.split('\n').collect::<Vec<_>>().join(between)
}

/// Adds `row`, should it hold anything, on a line of its own.
pub fn push_row(text: &mut String, row: &str) {
    if !row.is_empty() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Button, File, Link};

    /// Labels for procedures alone.
    struct Some;

    impl Labels for Some {
        fn label(&self, word: Word) -> &str {
            match word {
                Word::Fee => "Fee",
                Word::Papers => "Bring",
                _ => "",
            }
        }

        fn item_mark(&self) -> &'static str {
            "- "
        }
    }

    fn run(text: &str) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    fn list(start: Option<u32>, items: Vec<Vec<Run>>, contents: Vec<Vec<Block>>) -> Block {
        Block::List { ordered: start.is_some(), start, items, contents }
    }

    #[test]
    fn each_part_is_a_row_and_labelled_where_there_is_a_label() {
        let procedure = Procedure {
            title: "Birth".into(),
            fee: "none".into(),
            place: "ward".into(),
            papers: vec!["form".into(), "certificate".into()],
            ..Procedure::default()
        };
        let blocks = vec![
            Block::Text { runs: vec![run("Please "), run("bring:")] },
            list(
                Option::Some(5),
                vec![vec![run("a")], vec![]],
                vec![vec![], vec![list(None, vec![vec![run("b\nc")]], vec![])]],
            ),
            Block::Table { head: vec![vec![run("x")], vec![run("y")]], rows: vec![] },
            Block::Source(Link { label: "Law".into(), href: "https://example.org".into() }),
            Block::Procedure(procedure.clone()),
            Block::File(File { id: None, name: "f.pdf".into(), size: 1, kind: String::new(), href: None }),
            Block::Unknown,
        ];
        let buttons = vec![Button { label: "Fees".into(), pick: None, href: None }];
        let expected = "Please bring:\n5. a\n6. - b\n     c\nx; y\nLaw\nBirth\nFee: none\nward\nBring: form; certificate\nf.pdf\nFees";
        assert_eq!(Body { blocks, buttons }.plain_text(&Some), expected);
        let (mut text, mut ticked) = (String::new(), [true, false].into_iter());
        procedure.push_plain_text(&mut text, &Some, &mut Option::Some(&mut || ticked.next().unwrap()));
        assert_eq!(text, "Birth\nFee: none\nward\nBring\n☑ form\n☐ certificate");
    }
}
