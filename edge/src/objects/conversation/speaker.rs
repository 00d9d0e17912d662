//! Who has spoken, and how he is replied to.

use super::sockets::{send_frame, send_staff_frame};
use hoi_core::conversation::NoCaller;
use std::cell::RefCell;
use wire::{Down, desk::ChatDown};
use worker::{Result, WebSocket};

/// Who has spoken, and is replied to in frames `R`.
pub trait Speaker<R> {
    /// Replies.
    ///
    /// # Errors
    /// What the platform says.
    fn reply(&self, frame: R) -> Result<()>;

    /// The visitor's socket it speaks through.
    fn socket(&self) -> Option<&WebSocket> {
        None
    }

    /// Whether it is the visitor, who sees what answers.
    fn is_visitor(&self) -> bool {
        true
    }
}

/// A visitor at a socket.
pub struct AtSocket<'a>(pub &'a WebSocket);

impl Speaker<Down> for AtSocket<'_> {
    fn reply(&self, frame: Down) -> Result<()> {
        send_frame(self.0, &frame)
    }

    fn socket(&self) -> Option<&WebSocket> {
        Some(self.0)
    }
}

/// A visitor who posts, and finds this in the answer.
#[derive(Default)]
pub struct ByPost(pub RefCell<Vec<Down>>);

impl Speaker<Down> for ByPost {
    fn reply(&self, frame: Down) -> Result<()> {
        self.0.borrow_mut().push(frame);
        Ok(())
    }
}

/// A visitor at a page of the edge's, which is its own answer.
pub struct AtPage;

impl Speaker<NoCaller> for AtPage {
    fn reply(&self, frame: NoCaller) -> Result<()> {
        match frame {}
    }
}

/// Somebody at the agency's desk.
pub struct AtDesk<'a>(pub &'a WebSocket);

impl Speaker<ChatDown> for AtDesk<'_> {
    fn reply(&self, frame: ChatDown) -> Result<()> {
        send_staff_frame(self.0, &frame)
    }

    fn is_visitor(&self) -> bool {
        false
    }
}

/// Nobody: a delivery, the board, a callback.
pub struct Nobody;

impl Speaker<NoCaller> for Nobody {
    fn reply(&self, frame: NoCaller) -> Result<()> {
        match frame {}
    }

    fn is_visitor(&self) -> bool {
        false
    }
}
