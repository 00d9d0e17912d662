//! What buttons of our own send as `pick`, where those of a site send an intent's id.

/// What a button sends as `pick` to say "none of these". No intent's id can be this.
pub const NONE_OF_THESE: &str = "*";

/// What a button of the agency's own sends as `pick`, with a name behind that is its alone, mostly its label: pressing it goes on
/// to the agency, whatever the matcher makes of the label. No intent's id can begin with this.
pub const TO_AGENCY: &str = "@";

/// What a button sends as `pick` to reach a person. No intent's id can be this.
pub const TO_PERSON: &str = "&";

/// What a button sends as `pick` to say "this is no emergency": what was asked before it is answered as always. No
/// intent's id can be this.
pub const NOT_URGENT: &str = "~";

/// What a button sends as `pick` to go on with the assistant instead of waiting for a person. No intent's id can be this.
pub const TO_ASSISTANT: &str = "!";
