//! The page for what can't be shown.

use super::{block, direction::text_direction, head};
use hoi_core::http::assets::Assets;
use i18n::Lang;
use maud::{DOCTYPE, html};
use wire::{Contact, Fault, Word, format_size};

/// What went wrong, and who can be reached instead.
#[derive(Debug, Clone, Copy)]
pub struct ProblemPage<'a> {
    /// Why there is no chat.
    pub fault: Fault,
    /// The visitor's language.
    pub lang: &'a str,
    /// Where the style sheet lies.
    pub assets: &'a Assets,
    /// The agency's counter, where the site is known.
    pub contact: Option<&'a Contact>,
    /// The largest file that is taken, in bytes, if one was too large.
    pub largest: Option<u64>,
}

/// A plain page that says what is wrong and, where it can, whom to call. Needs no script and no nonce.
pub fn problem_page(problem: &ProblemPage<'_>) -> String {
    let words = Lang::for_tag(problem.lang).words();
    let too_large =
        problem.largest.map(|most| words.text_with(Word::FileTooLarge, &format_size(most, problem.lang)));
    let sentence = words.word_text(match problem.fault {
        Fault::NoSite => Word::NoSite,
        Fault::Origin => Word::NotHere,
        Fault::TooFast => Word::TooFast,
        Fault::Ticket => Word::Expired,
        Fault::Version => Word::Reload,
        Fault::Malformed
        | Fault::TooLong
        | Fault::IdReused
        | Fault::Personal
        | Fault::Identity
        | Fault::Stranger
        | Fault::FileKind
        | Fault::FilesFull
        | Fault::Internal
        | Fault::Unknown => Word::Broken,
    });
    let sentence = too_large.as_deref().unwrap_or(sentence);
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(problem.lang) dir=(text_direction(problem.lang)) data-mode="page" data-scheme="auto" {
            head { (head::common_head(problem.assets, sentence, "auto")) }
            body {
                main.hoi.hoi-problem {
                    h1.hoi-problem-title { (sentence) }
                    @if let Some(contact) = problem.contact { (block::draw_contact(contact, &words)) }
                }
            }
        }
    }
    .into_string()
}
