//! English: plain words, short sentences.

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Close",
        Word::Open => "Open the chat",
        Word::Conversation => "Conversation",
        Word::YourQuestion => "Your question",
        Word::TypeHere => "Your question…",
        Word::Send => "Send",
        Word::You => "You",
        Word::Assistant => "Automatic assistant",
        Word::Agency => "The office’s system",
        Word::Staff => "Member of staff",
        Word::Answering => "Writing an answer…",
        Word::Stop => "Stop answering",
        Word::CutShort => "This answer stopped before its end.",
        Word::Waiting => "Waiting to be sent",
        Word::NotSent => "Not sent.",
        Word::ReadOn => "Read on",
        Word::TryAgain => "Try again",
        Word::Reconnecting => "Connection lost, reconnecting…",
        Word::BackOnline => "You’re connected again.",
        Word::TooLong => {
            "one:{} character too many. Please shorten it and send again.|\
             other:{} characters too many. Please shorten it and send again."
        }
        Word::TooFast => "That was a little fast. Please wait a moment.",
        Word::TooMuch => {
            "That’s as much as we can take from here for now. What you wrote is kept and sent later; if it’s urgent, please phone us."
        }
        Word::Reload => "This page is out of date. Please reload it to go on.",
        Word::Broken => "Something went wrong on our side. Please try again in a few minutes.",
        Word::CantShow => "This part can’t be shown here yet.",
        Word::Papers => "What to bring",
        Word::Steps => "What to do",
        Word::Fee => "Fee",
        Word::Time => "How long it takes",
        Word::Place => "Where",
        Word::Legal => "Legal basis",
        Word::Phone => "Phone",
        Word::Email => "Email",
        Word::Address => "Address",
        Word::Hours => "Opening hours",
        Word::ReachUs => "Contact us directly",
        Word::NewWindow => "(opens in a new window)",
        Word::NewMessages => "New messages",
        Word::Language => "Language",
        Word::ShowReply => "Show the answer",
        Word::SoftwareNote => "Software answers here. If it matters, check with our staff.",
        Word::Says => "{} says:",
        Word::OpenAsPage => "Open as a page",
        Word::CantLoad => "The chat couldn’t be loaded here.",
        Word::StartOver => "Start over",
        Word::Choices => "Suggestions",
        Word::Loading => "Loading…",
        Word::Expired => "Your earlier conversation has expired. This is a new one.",
        Word::NoSite => "There is no chat at this address. Please check the link.",
        Word::NotHere => "This website isn’t allowed to show the chat.",
        Word::Unread => "one:{} unread message|other:{} unread messages",
        Word::StartOverNote => "Clear this conversation and start over?",
        Word::Cancel => "Keep it",
        Word::Lang => "en",
        Word::Display => "Display and language",
        Word::Larger => "Larger text",
        Word::Smaller => "Smaller text",
        Word::Plain => "Simple view",
        Word::ReadAloud => "Read aloud",
        Word::StopReading => "Stop reading",
        Word::Speak => "Speak your question",
        Word::Listening => "Listening. Please speak…",
        Word::OtherQuestion => "Ask something else",
        Word::Earlier => "Show earlier messages",
        Word::Source => "Source",
        Word::Save => "Save this conversation",
        Word::Important => "Important notice",
        Word::PersonalFound => "Your message seems to contain: {}.",
        Word::PersonalAsk => "If it isn’t needed, please hide it before you send.",
        Word::PersonalRefused => "For your safety, this chat doesn’t accept that.",
        Word::HideAndSend => "Hide and send",
        Word::SendAsIs => "Send as it is",
        Word::Edit => "Edit",
        Word::PersonalData => "personal data",
        Word::CitizenId => "a citizen identity number",
        Word::OldId => "an identity card number",
        Word::Insurance => "an insurance number",
        Word::TaxCode => "a tax code",
        Word::Passport => "a passport number",
        Word::Plate => "a vehicle plate",
        Word::PhoneNumber => "a phone number",
        Word::EmailAddress => "an e-mail address",
        Word::CardNumber => "a bank card number",
        Word::SwitchedOff => "This chat is switched off for now. Please contact us directly.",
        Word::Elsewhere => "Continue on another device",
        Word::DoItHere => "Do this procedure here",
        Word::AddPapers => "Add papers",
        Word::Helpful => "Was this helpful?",
        Word::Yes => "Yes",
        Word::No => "No",
        Word::WhyNot => "What was wrong with it?",
        Word::IsWrong => "It is wrong",
        Word::IsUnclear => "It is hard to understand",
        Word::IsIncomplete => "Something is missing",
        Word::IsOther => "Something else",
        Word::OwnWords => "In your own words (optional)",
        Word::Skip => "Skip",
        Word::Thanks => "Thank you for telling us.",
        Word::EndChat => "End this chat",
        Word::HowWasIt => "How satisfied are you with this chat?",
        Word::Score1 => "Very dissatisfied",
        Word::Score2 => "Dissatisfied",
        Word::Score3 => "Neither",
        Word::Score4 => "Satisfied",
        Word::Score5 => "Very satisfied",
        Word::SendAndEnd => "Send and end",
        Word::EndOnly => "End without rating",
        Word::Ended => "The chat has ended and is no longer on this device.",
        Word::Locate => "Share my location",
        Word::Locating => "Finding your location…",
        Word::NotLocated => "Your location could not be found. Please type the address.",
        Word::OrAddress => "Or type an address",
        Word::MyLocation => "My location: {}",
        Word::Attach => "Attach a file",
        Word::Detach => "Remove",
        Word::Uploading => "Uploading…",
        Word::FileTooLarge => "This file is too large. The limit is {}.",
        Word::FileKind => "This kind of file is not accepted. Accepted: {}.",
        Word::FilesFull => "This conversation can take no more files.",
        Word::FileLost => "The file could not be sent.",
        Word::Download => "Download",
        Word::File => "File",
        Word::Read => "Seen",
        Word::AccountNumber => "a bank account number",
        Word::OneTimeCode => "a one-time code or PIN",
        Word::NeverAsked => {
            "No office ever asks for such a code. Whoever asks you for one is very likely a fraud."
        }
        Word::EraseChat => "Delete this conversation",
        Word::ErasedChat => "Your earlier conversation was deleted. This is a new one.",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Back to the chat",
        PageWord::ElsewhereHow => {
            "Point the other device’s camera at this picture, or open the link below it."
        }
        PageWord::ElsewhereType => "Or go to {} and type the code:",
        PageWord::ElsewhereOnce => {
            "The code works once, within 10 minutes. Whoever has it can read this conversation, so keep it to yourself."
        }
        PageWord::ContinueHere => "Continue here",
        PageWord::Code => "Code",
        PageWord::CodeHint => "10 letters and digits, shown on the other device.",
        PageWord::CodeRefused => {
            "This code opens no conversation. A code works once, within 10 minutes. Please make a new one on the other device."
        }
        PageWord::Next => "Continue",
        PageWord::Before => "Back",
        PageWord::StepOf => "Step {} of {}",
        PageWord::LeftFree => "optional",
        PageWord::Day => "Day",
        PageWord::Month => "Month",
        PageWord::Year => "Year",
        PageWord::Yes => "Yes",
        PageWord::No => "No",
        PageWord::Problem => "There is a problem",
        PageWord::WrongMark => "Error",
        PageWord::Missing => "Please answer this question.",
        PageWord::TooShort => "Use at least {} characters.",
        PageWord::TooLong => "Use at most {} characters.",
        PageWord::NoNumber => "Please write a whole number, for example 12.",
        PageWord::TooLittle => "This must be {} or more.",
        PageWord::TooMuch => "This must be {} or less.",
        PageWord::NoDate => {
            "This is not a real date. Please give day, month and year, for example 27 3 2024."
        }
        PageWord::InFuture => "This date is in the future. Please check it.",
        PageWord::InPast => "This date is in the past. Please check it.",
        PageWord::NoPhone => "This is not a telephone number. For example: 0912 345 678.",
        PageWord::NoNationalId => "An identity number has 12 digits, printed on the card. Please check it.",
        PageWord::YearAlone => "If day and month are not known, give the year alone.",
        PageWord::MonthAlone => "If the day is not known, give month and year.",
        PageWord::NoPartDate => "This is not a real date. Please check it.",
        PageWord::NoPassport => "A passport number has 6 to 9 letters and digits, for example C1234567.",
        PageWord::NoCitizenOrPassport => {
            "An identity number has 12 digits, a passport number 6 to 9 letters and digits. Please check it."
        }
        PageWord::NoEmail => "This is not an e-mail address. For example: name@example.com.",
        PageWord::NotAgreed => "Please tick this box to go on.",
        PageWord::Otherwise => "Please write it as described.",
        PageWord::Review => "Check your answers",
        PageWord::Change => "Change",
        PageWord::LeftOut => "Left out",
        PageWord::HandIn => "Send the application",
        PageWord::HandInNote => "Your answers go to {}. They are stored encrypted.",
        PageWord::KeptHere => "Your answers are kept here until you send or delete them.",
        PageWord::DeleteForm => "Delete this form",
        PageWord::Deleted => "Form deleted",
        PageWord::Sent => "Application sent",
        PageWord::CaseNumber => "Application number",
        PageWord::Recipient => "Received by",
        PageWord::SentAt => "Sent on",
        PageWord::Promised => "Result expected by",
        PageWord::ReceiptNote => {
            "Please keep the number. With it and the last 4 digits of the number below you can look the application up at any time."
        }
        PageWord::Print => "Print the receipt",
        PageWord::LookUp => "Look up an application",
        PageWord::LookUpGo => "Look up",
        PageWord::Fact => "Last 4 digits of the phone or identity number you gave",
        PageWord::NotFound => "No application matches this number and these 4 digits. Please check both.",
        PageWord::CaseState => "State",
        PageWord::Sending => "On its way to the agency",
        PageWord::Received => "Received by the agency",
        PageWord::NeedsPapers => "More papers are needed",
        PageWord::Done => "The result is ready",
        PageWord::Declined => "Refused",
        PageWord::ChangedAt => "Updated on",
        PageWord::AgencyNote => "Message from the agency",
        PageWord::WantedPapers => "Papers to add",
        PageWord::WantedUntil => "Add them by",
        PageWord::AddedPapers => "Papers sent",
        PageWord::AddedAt => "Papers added",
        PageWord::SendPapers => "Send papers",
        PageWord::NotAskedFor => "The agency is not asking for papers on this application at present.",
        PageWord::FileHint => "Files may be {}. Up to {} each.",
        PageWord::MostFiles => "You can send up to {} files.",
        PageWord::NoFile => "Choose a file.",
        PageWord::AddFile => "Upload and add another",
        PageWord::SentFiles => "Files from the agency",
        PageWord::Appointment => "Appointment",
        PageWord::MeetAt => "Where",
        PageWord::AddToCalendar => "Add to calendar",
        PageWord::TellHere => "Tell me on this device when there is news",
        PageWord::WillTell => "This device will tell you when there is news.",
        PageWord::Unsent => {
            "This could not be sent yet: the connection is gone or the system is busy. What you filled in is still here, and the page will send it again by itself."
        }
        PageWord::SendNow => "Send now",
        PageWord::FilesAgain => "The page was loaded again, so please choose your files again.",
        PageWord::TellNoMore => "Stop telling me on this device",
        PageWord::TellForbidden => {
            "Your browser blocks notifications from this page. To get them, allow notifications for this page in the browser’s settings."
        }
        PageWord::News => "There is news in your conversation.",
        PageWord::EraseWhat => "Deleted at once, on this device and on the server:",
        PageWord::EraseMessages => "Messages of both sides: {}",
        PageWord::EraseFiles => "Files sent: {}",
        PageWord::EraseRest => "Ratings, forms you have begun, staff notes, and what this device has kept",
        PageWord::EraseDevices => "Notifications on your devices",
        PageWord::EraseForever => "This can’t be undone.",
        PageWord::EraseCases => {
            "Applications you have sent stay with the agency and can be looked up as before:"
        }
        PageWord::EraseAgency => {
            "What the agency’s own system has received is kept by the agency. To have it deleted there, please contact the agency."
        }
        PageWord::EraseBackups => {
            "Backups of the server are kept for up to {} more days, then they are gone."
        }
        PageWord::EraseBackupsSome => {
            "Backups of the server are kept for some time; the agency can say how long."
        }
        PageWord::ErasePerson => {
            "The member of staff who is helping you will see that the conversation is gone."
        }
        PageWord::EraseGo => "Delete for good",
        PageWord::CopyFirst => "Before that, you can save a copy of everything that is kept here.",
        PageWord::CopyRead => "Save a copy to read",
        PageWord::CopyJson => "Save a copy for software (JSON)",
        PageWord::Erased => "Deleted",
        PageWord::ErasedNow => "The conversation was deleted from this device and from the server.",
        PageWord::ErasedNothing => "Nothing of yours is kept here any more.",
        PageWord::NewChat => "Begin a new conversation",
        PageWord::EraseWaits => {
            "Not deleted yet: the connection is down. It will be tried again; please keep this page open."
        }
        PageWord::CopyTitle => "Copy of the conversation",
        PageWord::CopyRest => "What else is kept here",
    }
}
