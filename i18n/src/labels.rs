//! What stands before parts of a message that are read out.

use crate::DeskMessages;
use wire::{Labels, Word};

impl Labels for DeskMessages {
    fn label(&self, word: Word) -> &str {
        match word {
            Word::Important => self.important.trim_end_matches(':'),
            Word::Source => self.source,
            Word::Fee => self.fee,
            Word::Time => self.time,
            Word::Place => self.where_done,
            Word::Papers => self.papers,
            Word::Steps => self.steps,
            Word::ReachUs => self.contact,
            Word::CantShow => self.cant_show,
            // The desk draws the rest without one; a file's name says what it is.
            _ => "",
        }
    }
}
