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
        Block::Procedure(procedure) => speak_procedure(text, procedure, words),
        Block::Contact(contact) => speak_contact(text, contact, words),
        Block::Unknown => push(text, words.get(Word::CantShow)),
    }
}

fn speak_card(text: &mut String, card: &Card) {
    push(text, &card.title);
    push(text, &joined(&card.runs));
}

fn speak_procedure(text: &mut String, procedure: &Procedure, words: &Words) {
    push(text, &procedure.title);
    fact(text, words.get(Word::Fee), &procedure.fee);
    fact(text, words.get(Word::Time), &procedure.time);
    fact(text, words.get(Word::Place), &procedure.place);
    fact(text, words.get(Word::Papers), &procedure.papers.join("; "));
    fact(text, words.get(Word::Steps), &procedure.steps.join("; "));
}

fn speak_contact(text: &mut String, contact: &Contact, words: &Words) {
    push(text, words.get(Word::ReachUs));
    contact.phones.iter().for_each(|phone| push(text, &phone.label));
    fact(text, words.get(Word::Address), contact.address.as_deref().unwrap_or_default());
    fact(text, words.get(Word::Hours), &contact.hours.join("; "));
}

fn fact(text: &mut String, label: &str, value: &str) {
    if !value.is_empty() {
        push(text, &format!("{label}: {value}"));
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
