//! What stands before parts of a message that are read out.

use crate::words::Words;
use wire::{Labels, Word};

/// The desk's words, as labels.
pub struct DeskLabels<'a>(pub &'a Words);

impl Labels for DeskLabels<'_> {
    fn label(&self, word: Word) -> &str {
        let words = self.0;
        match word {
            Word::Important => words.important.trim_end_matches(':'),
            Word::Source => words.source,
            Word::Fee => words.fee,
            Word::Time => words.time,
            Word::Place => words.where_done,
            Word::Papers => words.papers,
            Word::Steps => words.steps,
            Word::ReachUs => words.contact,
            Word::CantShow => words.cant_show,
            // The desk draws the rest without one; a file's name says what it is.
            _ => "",
        }
    }
}
