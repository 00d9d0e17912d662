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
    }
}
