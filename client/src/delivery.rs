//! How far something said has come.

/// How far something has come that was said here. It is sent again, under the same id, with every new connection until
/// the edge has acknowledged or refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState<F> {
    /// The edge has it.
    Sent,
    /// To be sent until it is acknowledged.
    Pending,
    /// The edge refused it, and why. Only its author has it sent again.
    Failed(F),
}

impl<F> DeliveryState<F> {
    /// Whether it is to be sent with the next connection.
    pub fn is_pending(&self) -> bool {
        matches!(self, DeliveryState::Pending)
    }

    /// Whether the edge has it.
    pub fn is_sent(&self) -> bool {
        matches!(self, DeliveryState::Sent)
    }

    /// The edge refused it. Says whether that holds: of what the edge has taken, something else is wrong.
    pub fn mark_failed(&mut self, why: F) -> bool {
        let fails = self.is_pending();
        if fails {
            *self = DeliveryState::Failed(why);
        }
        fails
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_can_not_fail() {
        let mut delivery = DeliveryState::Pending;
        assert!(delivery.mark_failed(1) && delivery == DeliveryState::Failed(1));
        assert!(!delivery.mark_failed(2) && delivery == DeliveryState::Failed(1));
        delivery = DeliveryState::Sent;
        assert!(!delivery.mark_failed(3) && delivery.is_sent());
    }
}
