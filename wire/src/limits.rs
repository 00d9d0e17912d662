//! The sizes that both ends keep to, so that nobody finds out by being cut off.

/// Longest text a visitor may send at once, in characters.
pub const MAX_SAY_CHARS: usize = 2_000;
/// Longest frame the edge reads from a visitor, in bytes. Holds [`MAX_SAY_CHARS`] of any script, escaped.
pub const MAX_UP_BYTES: usize = 32 * 1024;
/// Most values a page may say about what its visitor is about.
pub const MAX_CONTEXT: usize = 16;
/// Longest name of such a value, in characters.
pub const MAX_CONTEXT_NAME: usize = 40;
/// Longest such value, in characters.
pub const MAX_CONTEXT_VALUE: usize = 200;
/// Longest token that says who a visitor is, in bytes.
pub const MAX_TOKEN_BYTES: usize = 4096;
/// Most frames in one [`crate::Post`].
pub const MAX_POSTED: usize = 32;
/// Longest [`crate::Post`] the edge reads, in bytes.
pub const MAX_POST_BYTES: usize = 2 * MAX_UP_BYTES;
/// Longest silence in a stream of events, in milliseconds: the edge fills it with a comment.
pub const STREAM_SILENCE_MS: u64 = 15_000;
/// Longest reply of an agency that is kept, in bytes of its own text. What comes after is cut and said to be cut.
pub const MAX_REPLY_BYTES: usize = 64 * 1024;
/// Longest opinion about an answer or a conversation, in characters.
pub const MAX_OPINION_CHARS: usize = 500;
/// Most options of one choice.
pub const MAX_OPTIONS: usize = 20;
/// Longest value that is given for an input, in characters.
pub const MAX_VALUE_CHARS: usize = 200;
/// Most files in one message.
pub const MAX_FILES: usize = 5;
/// Most bytes of files in one conversation.
pub const MAX_FILES_BYTES: u64 = 30 * 1024 * 1024;
/// Most bytes of papers that belong to forms and cases, in one conversation.
pub const MAX_PAPERS_BYTES: u64 = 60 * 1024 * 1024;
/// Most bytes of files posted with one page of a form.
pub const MAX_PAGE_FILES_BYTES: u64 = 25 * 1024 * 1024;
/// Most buttons under one message.
pub const MAX_BUTTONS: usize = 8;
/// Longest label of a button, in characters.
pub const MAX_LABEL_CHARS: usize = 80;
/// Most messages sent in answer to one `Hello`; a visitor with more to catch up on is sent the newest ones.
pub const MAX_RESUME: usize = 500;
