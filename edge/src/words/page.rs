//! What stands on pages beside the chat, and what few visitors are told in it: none of it is sent along with the widget.

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
    /// Label of the button that goes on to the next page of a form.
    Next,
    /// Label of the button that goes back a page of it.
    Before,
    /// Which page it is: the first `{}` is its number, the second how many there are.
    StepOf,
    /// Beside a question that may be left out.
    LeftFree,
    /// Label of a date's first field.
    Day,
    /// Label of its second.
    Month,
    /// Label of its third.
    Year,
    /// An answer.
    Yes,
    /// An answer.
    No,
    /// Heading over what is wrong with what was typed.
    Problem,
    /// Before the page's title, where something is wrong.
    WrongMark,
    /// A needed answer is missing.
    Missing,
    /// Fewer than `{}` characters.
    TooShort,
    /// More than `{}` characters.
    TooLong,
    /// It is no whole number.
    NoNumber,
    /// Less than `{}`.
    TooLittle,
    /// More than `{}`.
    TooMuch,
    /// It is no date.
    NoDate,
    /// A date that must not be in the future is.
    InFuture,
    /// A date that must not be in the past is.
    InPast,
    /// It is no telephone number.
    NoPhone,
    /// It is no identity number.
    NoNationalId,
    /// Beside a date of which the year is enough.
    YearAlone,
    /// Beside a date of which month and year are enough.
    MonthAlone,
    /// It is no date, nor the part of one that is enough.
    NoPartDate,
    /// It is no passport number.
    NoPassport,
    /// It is neither an identity number nor that of a passport.
    NoCitizenOrPassport,
    /// It is no e-mail address.
    NoEmail,
    /// A statement was not agreed to.
    NotAgreed,
    /// It is not written as the question says.
    Otherwise,
    /// Heading of the page that shows all answers.
    Review,
    /// Label of the button that goes back to a question.
    Change,
    /// Nothing was answered.
    LeftOut,
    /// Label of the button that hands everything in.
    HandIn,
    /// Who gets it: `{}` is the agency.
    HandInNote,
    /// What was answered stays until it is handed in or deleted.
    KeptHere,
    /// Label of the button that deletes all answers.
    DeleteForm,
    /// All answers were deleted.
    Deleted,
    /// Heading of the receipt.
    Sent,
    /// What names the application.
    CaseNumber,
    /// Who receives it.
    Recipient,
    /// When it was handed in.
    SentAt,
    /// When the result is promised.
    Promised,
    /// How to ask later.
    ReceiptNote,
    /// Label of the button that prints the receipt.
    Print,
    /// Heading of the page that looks an application up.
    LookUp,
    /// Label of its button.
    LookUpGo,
    /// Label of the field for the second fact.
    Fact,
    /// No application has this number and this fact, or it is gone.
    NotFound,
    /// How far it is.
    CaseState,
    /// It is on its way to the agency.
    Sending,
    /// The agency has it.
    Received,
    /// Something is missing.
    NeedsPapers,
    /// There is a result.
    Done,
    /// It was refused.
    Declined,
    /// Since when it is in this state.
    ChangedAt,
    /// What the agency says about it.
    AgencyNote,
    /// Heading over the papers that the agency wants, and what such a paper is called where it has no name.
    WantedPapers,
    /// Label of the last day for it.
    WantedUntil,
    /// Heading: they were sent.
    AddedPapers,
    /// Label of when papers were added.
    AddedAt,
    /// Label of the button that sends them.
    SendPapers,
    /// No papers are wanted now.
    NotAskedFor,
    /// Which files are taken: their kinds, and how large each may be.
    FileHint,
    /// How many files may be sent.
    MostFiles,
    /// A needed file is missing.
    NoFile,
    /// Label of the button that uploads a file and stays on the page.
    AddFile,
    /// What was filled in could not be sent yet, is still there, and is sent again by itself.
    Unsent,
    /// Label of the button that sends it at once.
    SendNow,
    /// The page was loaded again, and no browser keeps which files were chosen.
    FilesAgain,
    /// Heading over files that the agency has sent.
    SentFiles,
    /// Heading over an appointment.
    Appointment,
    /// Label of its place.
    MeetAt,
    /// Label of the button that gives it as a calendar's file.
    AddToCalendar,
    /// Label of the button that has this device tell of news.
    TellHere,
    /// It does.
    WillTell,
    /// Label of the button that ends that.
    TellNoMore,
    /// The visitor or the browser forbids it, and how it can be allowed.
    TellForbidden,
    /// What the device says when there is news. Whoever looks at its screen can read it.
    News,
    /// Heading of what is deleted at once.
    EraseWhat,
    /// Messages of both sides: `{}` is how many.
    EraseMessages,
    /// Files: `{}` is how many.
    EraseFiles,
    /// What else is deleted: ratings, forms that were begun, staff's notes, what this device has kept.
    EraseRest,
    /// Devices are told of news no more.
    EraseDevices,
    /// It can't be taken back.
    EraseForever,
    /// Before the cases that were handed in: they stay with the agency, and can be looked up as long as before.
    EraseCases,
    /// What the agency's system has already got is the agency's.
    EraseAgency,
    /// Backups of the server are kept for `{}` days more.
    EraseBackups,
    /// The same where the operator has not said for how long.
    EraseBackupsSome,
    /// A person has the conversation, and will see that it is gone.
    ErasePerson,
    /// Label of the button that deletes it for good.
    EraseGo,
    /// A copy can be had before.
    CopyFirst,
    /// Label of the button that saves a copy to read.
    CopyRead,
    /// Label of the button that saves the same for other programs.
    CopyJson,
    /// Heading: it was deleted.
    Erased,
    /// It was deleted from this device and from the server.
    ErasedNow,
    /// Nothing of the visitor's is kept here.
    ErasedNothing,
    /// Label of the link to a new conversation.
    NewChat,
    /// Nothing is deleted yet: the line is down, and it is tried again.
    EraseWaits,
    /// Title of the copy to read.
    CopyTitle,
    /// Heading in it of what is kept besides: who the visitor is to the host, what the page said.
    CopyRest,
}
