//! Events wait for their turn while another one is being handled.

use std::collections::VecDeque;

/// What has happened and was not handled yet. Handling one may cause others: those wait.
#[derive(Debug)]
pub struct EventQueue<E> {
    waiting: VecDeque<E>,
    is_busy: bool,
}

impl<E> Default for EventQueue<E> {
    fn default() -> EventQueue<E> {
        EventQueue { waiting: VecDeque::new(), is_busy: false }
    }
}

impl<E> EventQueue<E> {
    /// Adds `event`. Says whether the caller is to handle what waits, until [`EventQueue::next_event`] gives nothing; otherwise
    /// somebody is at it.
    pub fn push(&mut self, event: E) -> bool {
        self.waiting.push_back(event);
        !std::mem::replace(&mut self.is_busy, true)
    }

    /// What is to be handled next.
    pub fn next_event(&mut self) -> Option<E> {
        let event = self.waiting.pop_front();
        self.is_busy = event.is_some();
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_handles_all_that_comes_meanwhile() {
        let mut queue = EventQueue::default();
        assert!(queue.push(1));
        assert_eq!(queue.next_event(), Some(1));
        assert!(!queue.push(2), "somebody is at it");
        assert_eq!((queue.next_event(), queue.next_event()), (Some(2), None));
        assert!(queue.push(3));
    }
}
