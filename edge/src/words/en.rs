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
        Word::TypeHere => "Type your question…",
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
        PageWord::Deleted => "The form was deleted.",
        PageWord::Sent => "Application sent",
        PageWord::CaseNumber => "Application number",
        PageWord::Recipient => "Received by",
        PageWord::SentAt => "Sent at",
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
        PageWord::ChangedAt => "Updated at",
        PageWord::AgencyNote => "Message from the agency",
    }
}
