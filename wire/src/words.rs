//! The widget's own words. The edge holds them, one file per language, and sends the visitor's language only:
//! the page drawn without the widget needs the same words, and the wasm carries none.

use crate::{Kinds, Personal, format_decimal};
use serde::{Deserialize, Serialize};

/// The words of one language, `words[Word as usize]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub Vec<String>);

impl Words {
    /// The words for `word`; empty only if an edge of another version made the list.
    pub fn word_text(&self, word: Word) -> &str {
        self.0.get(word as usize).map_or("", String::as_str)
    }

    /// The form of a counted word for the number `n`, which is of the plural category `category` (CLDR's names:
    /// `zero`, `one`, `two`, `few`, `many`, `other`). Forms are written `one:…|other:…`; a text without any is one for
    /// all.
    ///
    /// ```
    /// let words = wire::Words(vec!["one:{} file|other:{} files".into()]);
    /// assert_eq!(words.counted_form(wire::Word::Close, "one", 1), "1 file");
    /// assert_eq!(words.counted_form(wire::Word::Close, "few", 3), "3 files");
    /// ```
    pub fn counted_form(&self, word: Word, category: &str, n: usize) -> String {
        let text = self.word_text(word);
        let form =
            |wanted: &str| text.split('|').find_map(|form| form.strip_prefix(wanted)?.strip_prefix(':'));
        let form = form(category).or_else(|| form("other")).unwrap_or(text);
        fill_placeholder(form, &format_decimal(n as u64))
    }

    /// The sentence about what a message holds, and what may be done about it. With no kind: personal data.
    pub fn personal_data_sentence(&self, kinds: Kinds, refused: bool) -> String {
        let mut names = String::new();
        for kind in Personal::ALL.iter().filter(|kind| kinds.contains_kind(**kind)) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(self.word_text(kind.kind_word()));
        }
        if names.is_empty() {
            names.push_str(self.word_text(Word::PersonalData));
        }
        let mut sentence = self.text_with(Word::PersonalFound, &names);
        let ask = if refused { Word::PersonalRefused } else { Word::PersonalAsk };
        // Whoever is about to send one may be talked into it by somebody else.
        let warning = kinds.contains_kind(Personal::OneTimeCode).then_some(Word::NeverAsked);
        for word in warning.into_iter().chain([ask]) {
            sentence.push(' ');
            sentence.push_str(self.word_text(word));
        }
        sentence
    }

    /// Like [`Words::word_text`], with `{}` replaced by `value`.
    pub fn text_with(&self, word: Word, value: &str) -> String {
        fill_placeholder(self.word_text(word), value)
    }
}

/// `form` with `value` for its `{}`. Searching for a text would cost more than all the words' other code.
fn fill_placeholder(form: &str, value: &str) -> String {
    let place = form.as_bytes().windows(2).position(|pair| pair == b"{}");
    let parts = place.and_then(|place| Some((form.get(..place)?, form.get(place + 2..)?)));
    parts.map_or_else(|| form.to_owned(), |(before, after)| [before, value, after].concat())
}

impl Personal {
    /// What it is called in a sentence.
    pub fn kind_word(self) -> Word {
        match self {
            Personal::CitizenId => Word::CitizenId,
            Personal::OldId => Word::OldId,
            Personal::Insurance => Word::Insurance,
            Personal::TaxCode => Word::TaxCode,
            Personal::Passport => Word::Passport,
            Personal::Plate => Word::Plate,
            Personal::Phone => Word::PhoneNumber,
            Personal::Email => Word::EmailAddress,
            Personal::Card => Word::CardNumber,
            Personal::BankAccount => Word::AccountNumber,
            Personal::OneTimeCode => Word::OneTimeCode,
        }
    }
}

impl Word {
    /// Whether it is said of a number, and so has plural forms. See [`Words::counted_form`].
    pub fn is_counted(self) -> bool {
        matches!(self, Word::TooLong | Word::Unread)
    }
}

/// The languages that words exist in: the code, as BCP 47, and what its speakers call it.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("vi", "Tiếng Việt"),
    ("en", "English"),
    ("fr", "Français"),
    ("km", "ភាសាខ្មែរ"),
    ("lo", "ລາວ"),
    ("th", "ไทย"),
    ("zh", "中文"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("ru", "Русский"),
];

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident,)*) => {
        /// A sentence or a label of the widget's own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $($(#[$doc])* $word,)* }

        impl Word {
            /// All of them, in the order of [`Words`].
            pub const ALL: &[Word] = &[$(Word::$word,)*];
        }
    };
}

words! {
    /// Label of the button that closes the panel.
    Close,
    /// Label of the button that opens it, for assistive technology.
    Open,
    /// Name of the message list, for assistive technology.
    Conversation,
    /// Label of the composer.
    YourQuestion,
    /// Placeholder of the composer.
    TypeHere,
    /// Label of the send button.
    Send,
    /// The visitor, as author.
    You,
    /// Kind of author: software.
    Assistant,
    /// Kind of author: the agency's own system.
    Agency,
    /// Kind of author: a person.
    Staff,
    /// An answer is being prepared.
    Answering,
    /// Label of the button that stops a growing reply.
    Stop,
    /// A reply stopped before its end.
    CutShort,
    /// Not sent yet: it waits for the line.
    Waiting,
    /// Could not be sent.
    NotSent,
    /// Label of the button that sends again.
    TryAgain,
    /// The line is down; it is being tried again.
    Reconnecting,
    /// The line is back.
    BackOnline,
    /// `{}` characters too many.
    TooLong,
    /// Slow down.
    TooFast,
    /// Enough for now; more will be taken later.
    TooMuch,
    /// The widget is outdated.
    Reload,
    /// Something of ours went wrong.
    Broken,
    /// Content this widget can't show.
    CantShow,
    /// Heading of the papers of a procedure.
    Papers,
    /// Heading of its steps.
    Steps,
    /// Its fee.
    Fee,
    /// Its time limit.
    Time,
    /// Its place.
    Place,
    /// Its legal basis.
    Legal,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Address.
    Address,
    /// Opening hours.
    Hours,
    /// Heading of the contact card.
    ReachUs,
    /// A link opens a new window.
    NewWindow,
    /// Button under the list when something new is below the fold.
    NewMessages,
    /// Label of the menu that chooses a language.
    Language,
    /// Shown while the widget loads or where it can't: read the reply again.
    ShowReply,
    /// A short note that the answers come from software.
    SoftwareNote,
    /// Announced when an answer has arrived: `{}` says …
    Says,
    /// Opens the chat as a page of its own.
    OpenAsPage,
    /// The chat could not be loaded here.
    CantLoad,
    /// Label of the button that begins a new conversation.
    StartOver,
    /// Label of the buttons under a message.
    Choices,
    /// The panel is on its way.
    Loading,
    /// The earlier conversation can't be opened any more; this is a new one.
    Expired,
    /// There is no such site here.
    NoSite,
    /// This web address may not show the chat.
    NotHere,
    /// `{}` messages not seen yet.
    Unread,
    /// Warns before a conversation is thrown away.
    StartOverNote,
    /// Label of the button that answers a question back with no.
    Cancel,
    /// The language these words are in: BCP 47.
    Lang,
    /// Label of the menu for text size, simple view and language.
    Display,
    /// Makes the text larger.
    Larger,
    /// Makes the text smaller.
    Smaller,
    /// Turns the simple view on and off.
    Plain,
    /// Has an answer read out.
    ReadAloud,
    /// Stops that.
    StopReading,
    /// Takes a question by voice.
    Speak,
    /// The microphone is on.
    Listening,
    /// In the simple view, brings the composer.
    OtherQuestion,
    /// In the simple view, brings what was said before.
    Earlier,
    /// Where an answer comes from.
    Source,
    /// Saves what was said as a file.
    Save,
    /// Label of an important notice.
    Important,
    /// What a message seems to hold: `{}` is a list of kinds.
    PersonalFound,
    /// Asks to hide it.
    PersonalAsk,
    /// It is not taken here.
    PersonalRefused,
    /// Label of the button that hides it and sends the rest.
    HideAndSend,
    /// Label of the button that sends it all the same.
    SendAsIs,
    /// Label of the button that goes back to writing.
    Edit,
    /// Personal data of a kind without a name here, in a list, as all that follow.
    PersonalData,
    /// Vietnam’s identity number.
    CitizenId,
    /// Its earlier one.
    OldId,
    /// Social or health insurance.
    Insurance,
    /// A tax code.
    TaxCode,
    /// A passport.
    Passport,
    /// A vehicle’s plate.
    Plate,
    /// A telephone number.
    PhoneNumber,
    /// An e-mail address.
    EmailAddress,
    /// A bank card.
    CardNumber,
    /// The chat is switched off.
    SwitchedOff,
    /// Leads to a code that opens the conversation on another device.
    Elsewhere,
    /// Label of the button that begins a procedure's form.
    DoItHere,
    /// Label of the button under the papers that an agency asks for.
    AddPapers,
    /// Asks whether an answer helped.
    Helpful,
    /// It did.
    Yes,
    /// It did not.
    No,
    /// Asks why it did not.
    WhyNot,
    /// A reason: it is not true.
    IsWrong,
    /// A reason: it can’t be understood.
    IsUnclear,
    /// A reason: something is missing.
    IsIncomplete,
    /// A reason: another one.
    IsOther,
    /// Label of the field for one’s own words, which may stay empty.
    OwnWords,
    /// Label of the button that leaves a question unanswered.
    Skip,
    /// Thanks for an opinion.
    Thanks,
    /// Label of the button that ends the conversation.
    EndChat,
    /// Asks how the conversation was.
    HowWasIt,
    /// The worst of five marks.
    Score1,
    /// The second of five marks.
    Score2,
    /// The mark in the middle.
    Score3,
    /// The fourth of five marks.
    Score4,
    /// The best of five marks.
    Score5,
    /// Label of the button that sends the mark and ends the conversation.
    SendAndEnd,
    /// Label of the button that ends the conversation without a mark.
    EndOnly,
    /// The conversation has ended.
    Ended,
    /// Label of the button that sends where the visitor is.
    Locate,
    /// The browser is finding out where the visitor is.
    Locating,
    /// It could not be found out.
    NotLocated,
    /// Label of the field for an address typed instead.
    OrAddress,
    /// What is said with a location: `{}` is its coordinates.
    MyLocation,
    /// Label of the button that adds a file.
    Attach,
    /// Label of the button that takes a file out again.
    Detach,
    /// A file is on its way.
    Uploading,
    /// A file is too large: `{}` is the limit, with its unit.
    FileTooLarge,
    /// A file is of a kind that isn’t taken: `{}` lists what is.
    FileKind,
    /// No more files fit into the conversation.
    FilesFull,
    /// A file could not be sent.
    FileLost,
    /// Label of the button that brings a file.
    Download,
    /// A file, said before its name.
    File,
    /// A person has read what the visitor said last.
    Read,
    /// An account at a bank.
    AccountNumber,
    /// A code that opens something once.
    OneTimeCode,
    /// Warns whoever is about to send such a code: nobody of an agency asks for it.
    NeverAsked,
    /// Label of the menu's item that leads to deleting the conversation, and heading of that page.
    EraseChat,
    /// The conversation was deleted, here or elsewhere; this is a new one.
    ErasedChat,
    /// Label of the button that brings more of a long answer into view.
    ReadOn,
    /// Somebody on the way to the edge takes no file as large as this one; how large one may be there, nobody says.
    FileTooLargeOnWay,
    /// The file holds nothing: a cloud's placeholder, or a download that broke off.
    FileEmpty,
}
