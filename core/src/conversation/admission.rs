//! What a conversation lets in, before it is read: the visitor's own rate limit, what the address and the site may use in a day, the
//! rate limit of the address in all its conversations, and the site's switch.

use super::{
    ConversationStore, Effect, StoreError, danger,
    effect::fault_reply,
    message_rate_limit::{apply_message_rate_limit, message_rate_limit_wait},
    visitor::typed_chars,
};
use crate::{
    decide::Published,
    limits::{address_rate_limit::AddressRateLimits, frame_rate_limit::FrameRateLimits},
    site_status::OFF_MS,
};
use wire::{Down, Fault, Up};

/// The name under which all connections of a conversation's visitor share one [`FrameRateLimits`].
pub const VISITOR_CONNECTION: &str = "visitor";

/// What bounds a visitor besides the conversation's own budget.
#[derive(Debug)]
pub struct VisitorLimits<'a> {
    /// What the conversation's connections may still send.
    pub rates: &'a mut FrameRateLimits,
    /// What addresses may still use.
    pub addresses: &'a mut AddressRateLimits,
    /// Under which name the visitor's address is counted.
    pub address: Option<&'a str>,
    /// How long this address has to wait because it, or the site, has used up its day, in milliseconds.
    pub usage_wait: Option<u64>,
    /// Whether the chat is switched off.
    pub is_off: bool,
}

/// Why something is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdmissionRefusal {
    /// Too much was sent; it may be sent again after so long, in milliseconds.
    TooFast(u64),
    /// The chat is switched off.
    SwitchedOff,
}

impl AdmissionRefusal {
    /// How long to wait before it is sent again, in milliseconds.
    pub fn retry_ms(self) -> u64 {
        match self {
            AdmissionRefusal::TooFast(wait) => wait,
            AdmissionRefusal::SwitchedOff => OFF_MS,
        }
    }

    /// What the visitor's side is told. Of the switch it learns by asking how the site stands, and says so by itself: to hold
    /// back what was written is all that is left to tell it.
    pub fn to_reply(self, up: &Up) -> Effect<Down> {
        let id = if let Up::Say { id, .. } = up { Some(*id) } else { None };
        fault_reply(id, Fault::TooFast, Some(self.retry_ms()))
    }
}

/// Whether `up` is heard, or a budget or the switch keeps it out. What tells of danger is kept out by none of them; of what would
/// be, only so much is read as somebody in danger writes: reading costs more than all else about a message that is refused.
///
/// # Errors
/// The inner one: why it is kept out.
pub fn admit_frame(
    store: &impl ConversationStore,
    published: &Published,
    up: &Up,
    bounds: &mut VisitorLimits<'_>,
    now: u64,
) -> Result<Result<(), AdmissionRefusal>, StoreError> {
    let chars = typed_chars(store, up)?;
    if chars == 0 {
        return Ok(Ok(()));
    }
    let Some(refusal) = find_refusal(store, published, up, bounds, now)? else { return Ok(Ok(())) };
    let limits = &published.site.settings.limits;
    if bounds.rates.may_read(VISITOR_CONNECTION, chars, limits, now) && danger::is_urgent(published, up) {
        return Ok(Ok(()));
    }
    bounds.rates.charge_refusal(VISITOR_CONNECTION, limits, now);
    Ok(Err(refusal))
}

fn find_refusal(
    store: &impl ConversationStore,
    published: &Published,
    up: &Up,
    bounds: &mut VisitorLimits<'_>,
    now: u64,
) -> Result<Option<AdmissionRefusal>, StoreError> {
    if matches!(up, Up::Say { .. }) {
        if let Some(wait) = bounds.usage_wait {
            return Ok(Some(AdmissionRefusal::TooFast(wait)));
        }
        if bounds.is_off {
            return Ok(Some(AdmissionRefusal::SwitchedOff));
        }
    }
    Ok(required_wait(store, published, bounds, now)?.map(AdmissionRefusal::TooFast))
}

/// How long the conversation's budget or the address has the visitor wait, in milliseconds. Who has used up his own uses up
/// nothing of what others at his address have.
fn required_wait(
    store: &impl ConversationStore,
    published: &Published,
    bounds: &mut VisitorLimits<'_>,
    now: u64,
) -> Result<Option<u64>, StoreError> {
    let own = message_rate_limit_wait(store, published, now)?;
    let limits = &published.site.settings.limits;
    Ok(own.or_else(|| bounds.addresses.take_message(bounds.address, limits, now).err()))
}

/// Charges the visitor for one message, and his address for one.
///
/// # Errors
/// The inner one: how long to wait, in milliseconds; nothing is written then.
pub fn charge_visitor(
    store: &mut impl ConversationStore,
    published: &Published,
    bounds: &mut VisitorLimits<'_>,
    now: u64,
) -> Result<Result<(), u64>, StoreError> {
    if let Some(wait) = required_wait(store, published, bounds, now)? {
        bounds.rates.charge_refusal(VISITOR_CONNECTION, &published.site.settings.limits, now);
        return Ok(Err(wait));
    }
    apply_message_rate_limit(store, published, now)
}

/// What follows from `up` where nothing was said yet. `None`: it begins the conversation. What makes no sense before makes no
/// tables either.
pub fn reply_unbegun(up: &Up) -> Option<Vec<Effect<Down>>> {
    match up {
        Up::Say { .. } => None,
        Up::Stop { .. } | Up::Typing { .. } | Up::Read { .. } => Some(Vec::new()),
        _ => Some(vec![fault_reply(None, Fault::Malformed, None)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{MemoryStore, handle_frame, tests_site};
    use intent::Scratch;
    use wire::Id;

    const NOW: u64 = 1_780_000_000_000;

    fn say(id: u128, text: &str) -> Up {
        let (pick, value, files) = (None, None, Vec::new());
        Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick, value, files }
    }

    #[derive(Default)]
    struct Rig {
        rates: FrameRateLimits,
        addresses: AddressRateLimits,
        usage_wait: Option<u64>,
        is_off: bool,
    }

    impl Rig {
        fn admits(
            &mut self,
            store: &MemoryStore,
            published: &Published,
            up: &Up,
        ) -> Result<(), AdmissionRefusal> {
            let Rig { rates, addresses, usage_wait, is_off } = self;
            let (usage_wait, is_off) = (*usage_wait, *is_off);
            let mut bounds = VisitorLimits { rates, addresses, address: Some("a"), usage_wait, is_off };
            admit_frame(store, published, up, &mut bounds, NOW).unwrap()
        }
    }

    #[test]
    fn whoever_is_kept_out_is_told_why_and_for_how_long() {
        let (store, published) = (MemoryStore::new(Id(1)), tests_site());
        let mut off = Rig { is_off: true, ..Rig::default() };
        assert_eq!(off.admits(&store, &published, &say(1, "xin chào")), Err(AdmissionRefusal::SwitchedOff));
        let told = AdmissionRefusal::SwitchedOff.to_reply(&say(1, "xin chào"));
        assert_eq!(told, fault_reply(Some(Id(1)), Fault::TooFast, Some(OFF_MS)));
        // Opinions are taken: nobody has to answer them.
        let survey = Up::Survey { score: 5, text: String::new() };
        assert_eq!(off.admits(&store, &published, &survey), Ok(()));
        let mut full = Rig { usage_wait: Some(7_000), is_off: true, ..Rig::default() };
        assert_eq!(
            full.admits(&store, &published, &say(1, "xin chào")),
            Err(AdmissionRefusal::TooFast(7_000))
        );
    }

    #[test]
    fn danger_is_heard_whatever_holds() {
        let (store, published) = (MemoryStore::new(Id(1)), tests_site());
        let mut rig = Rig { usage_wait: Some(7_000), is_off: true, ..Rig::default() };
        assert_eq!(rig.admits(&store, &published, &say(1, "em muốn chết")), Ok(()));
        assert!(rig.admits(&store, &published, &say(2, "giờ làm việc")).is_err());
    }

    #[test]
    fn what_was_said_before_and_what_nobody_typed_is_never_kept_out() {
        let (mut store, published) = (MemoryStore::new(Id(1)), tests_site());
        handle_frame(&mut store, &published, say(1, "xin chào"), NOW, &mut Scratch::default()).unwrap();
        let mut rig = Rig { is_off: true, ..Rig::default() };
        assert_eq!(rig.admits(&store, &published, &say(1, "xin chào")), Ok(()), "it is acknowledged again");
        assert_eq!(rig.admits(&store, &published, &Up::Typing { on: true }), Ok(()));
    }

    #[test]
    fn a_visitor_over_his_budget_costs_others_at_the_address_nothing() {
        let (mut store, mut published) = (MemoryStore::new(Id(1)), tests_site());
        published.site.settings.limits.messages_per_minute = 1;
        let mut rig = Rig::default();
        let mut bounds = VisitorLimits {
            rates: &mut rig.rates,
            addresses: &mut rig.addresses,
            address: Some("a"),
            usage_wait: None,
            is_off: false,
        };
        assert_eq!(charge_visitor(&mut store, &published, &mut bounds, NOW), Ok(Ok(())));
        let before = bounds.addresses.clone();
        assert!(matches!(charge_visitor(&mut store, &published, &mut bounds, NOW), Ok(Err(1..))));
        assert_eq!(*bounds.addresses, before);
        assert!(matches!(
            rig.admits(&store, &published, &say(9, "xin chào")),
            Err(AdmissionRefusal::TooFast(1..))
        ));
    }

    #[test]
    fn only_a_message_begins_a_conversation() {
        assert_eq!(reply_unbegun(&say(1, "xin chào")), None);
        assert_eq!(reply_unbegun(&Up::Typing { on: true }), Some(Vec::new()));
        let malformed = vec![fault_reply(None, Fault::Malformed, None)];
        assert_eq!(reply_unbegun(&Up::Survey { score: 3, text: String::new() }), Some(malformed));
    }
}
