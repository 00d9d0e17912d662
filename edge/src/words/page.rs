//! What stands on pages beside the chat. The widget draws none of them, so they are not sent to it.

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident,)*) => {
        /// A sentence or a label on a page beside the chat.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum PageWord { $($(#[$doc])* $word,)* }

        impl PageWord {
            /// All of them.
            pub const ALL: &[PageWord] = &[$(PageWord::$word,)*];
        }
    };
}

words! {
    /// Label of the link that leads back to the chat.
    BackToChat,
    /// How a conversation goes on elsewhere: scan or open.
    ElsewhereHow,
    /// The other way: `{}` is the address where the code is typed.
    ElsewhereType,
    /// The code works once and for ten minutes, and opens all that was said.
    ElsewhereOnce,
    /// Heading of the page where a code is typed, and label of its button.
    ContinueHere,
    /// Label of the field for the code.
    Code,
    /// What the code looks like and where it is found.
    CodeHint,
    /// It opens nothing: mistyped, used, or older than ten minutes.
    CodeRefused,
}
