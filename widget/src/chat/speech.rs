//! A message as words to be spoken: what the live region is given, once, when a reply is complete.

use super::Chat;
use wire::{Block, Body, Card, Contact, Message, Procedure, Run, State, Word, Words};

/// Who says what, as one text.
pub fn message(chat: &Chat, message: &Message) -> String {
    let mut text = chat.words.with(Word::Says, chat.name(&message.author));
    text.push('\n');
    text.push_str(&plain(&message.body, &chat.words));
    if message.state == State::Cut {
        push(&mut text, chat.words.get(Word::CutShort));
    }
    text
}

/// The same for a file to keep: with boxes before papers and steps.
pub fn kept(chat: &Chat, message: &Message) -> String {
    let mut text = chat.words.with(Word::Says, chat.name(&message.author));
    text.push('\n');
    for (block, place) in message.body.blocks.iter().zip(0..) {
        let Block::Procedure(procedure) = block else {
            speak(&mut text, block, &chat.words);
            continue;
        };
        let mut item = 0;
        let mut ticked = || {
            item += 1;
            chat.ticks.contains(&[message.seq as u32, place, item - 1])
        };
        speak_procedure(&mut text, procedure, &chat.words, &mut Some(&mut ticked));
    }
    text
}

/// A body as plain text: one row a paragraph, an item or a fact.
pub fn plain(body: &Body, words: &Words) -> String {
    let mut text = String::new();
    for block in &body.blocks {
        speak(&mut text, block, words);
    }
    if !body.buttons.is_empty() {
        let labels: Vec<&str> = body.buttons.iter().map(|button| button.label.as_str()).collect();
        fact(&mut text, words.get(Word::Choices), &labels.join(", "));
    }
    text
}

fn speak(text: &mut String, block: &Block, words: &Words) {
    match block {
        Block::Text { runs } | Block::Heading { runs } => push(text, &joined(runs)),
        Block::List { ordered: _, items } => items.iter().for_each(|item| push(text, &joined(item))),
        Block::Table { head, rows } => {
            [head].into_iter().chain(rows).for_each(|row| {
                let cells: Vec<String> = row.iter().map(|cell| joined(cell)).collect();
                push(text, &cells.join("; "));
            });
        }
        Block::Image { alt, .. } => push(text, alt),
        Block::Notice { runs } => fact(text, words.get(Word::Important), &joined(runs)),
        Block::Source(way) => fact(text, words.get(Word::Source), &way.label),
        Block::Card(card) => speak_card(text, card),
        Block::Procedure(procedure) => speak_procedure(text, procedure, words, &mut None),
        Block::Contact(contact) => speak_contact(text, contact, words),
        Block::Input(input) => push(text, &input.label),
        Block::File(file) => fact(text, words.get(Word::File), &file.name),
        Block::Unknown => push(text, words.get(Word::CantShow)),
    }
}

fn speak_card(text: &mut String, card: &Card) {
    push(text, &card.title);
    push(text, &joined(&card.runs));
}

/// `ticked` says of one item after the other whether it is ticked off; without it they are only told.
fn speak_procedure(
    text: &mut String,
    procedure: &Procedure,
    words: &Words,
    ticked: &mut Option<&mut dyn FnMut() -> bool>,
) {
    push(text, &procedure.title);
    fact(text, words.get(Word::Fee), &procedure.fee);
    fact(text, words.get(Word::Time), &procedure.time);
    fact(text, words.get(Word::Place), &procedure.place);
    for (word, items) in [(Word::Papers, &procedure.papers), (Word::Steps, &procedure.steps)] {
        match ticked {
            None => fact(text, words.get(word), &items.join("; ")),
            Some(ticked) if !items.is_empty() => {
                push(text, words.get(word));
                for item in items {
                    push(text, &[if ticked() { "☑ " } else { "☐ " }, item].concat());
                }
            }
            Some(_) => {}
        }
    }
}

fn speak_contact(text: &mut String, contact: &Contact, words: &Words) {
    push(text, words.get(Word::ReachUs));
    contact.phones.iter().for_each(|phone| push(text, &phone.label));
    fact(text, words.get(Word::Address), contact.address.as_deref().unwrap_or_default());
    fact(text, words.get(Word::Hours), &contact.hours.join("; "));
}

fn fact(text: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        push(text, &[label, ": ", value].concat());
    }
}

fn joined(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn push(text: &mut String, row: &str) {
    if !row.is_empty() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(row);
    }
}
