//! The frame's document: what a visitor sees and uses before the widget's code has come, and where it never comes.
//!
//! # Where to start
//! [`document`] draws a whole page from a [`Page`]. Its elements carry the same classes, in the same order, as the
//! widget's own views (`widget/src/view`, one file a component there as here), so nothing moves when the widget takes
//! over. [`problem`] is the page for everything that can't be shown, [`guest`] the loader with a site's look in it.

mod block;
mod boot;
mod case;
mod composer;
mod copy;
mod date;
mod desk;
mod elsewhere;
mod file;
mod form;
mod guest;
mod head;
mod header;
mod input;
mod message;
mod opinion;
mod papers;
mod person;
mod problem;
mod sheet;

pub(crate) use boot::escape_for_script;
pub use boot::json_for_script;
pub use case::{case_page as show_case, lookup_page as ask_case};
pub use copy::copy_to_read;
pub use desk::desk_page;
pub(crate) use elsewhere::qr_code;
pub use elsewhere::{code_form_page as ask_code, code_page as show_code};
pub use form::FormSheet;
pub use guest::{inline_script, site_loader};
pub(crate) use head::common_head;
pub use person::{ErasureSummary, ask_erase, show_erased, show_nothing};
pub use problem::{ProblemPage, problem_page};
pub use sheet::{PageContext, PagePlacement, form_again, switched_off};

use hoi_core::{conversation::PersonalDataWarning, http::assets::Assets};
use jiff::tz::TimeZone;
use maud::{DOCTYPE, html};
use wire::{Boot, Fault, FileRules, Rated, Scheme, Word, Words};

/// Everything the document is made of.
#[derive(Debug, Clone, Copy)]
pub struct ChatPage<'a> {
    /// What the widget will start from; the page is drawn from the same.
    pub boot: &'a Boot,
    /// Where the style sheet and the widget lie.
    pub assets: &'a Assets,
    /// In a frame, or on its own.
    pub mode: Mode,
    /// The colours asked for, by the visitor's page or else by the look.
    pub scheme: Scheme,
    /// The policy's nonce for the one `<style>`: at least 128 random bits, new with every response.
    pub nonce: &'a str,
    /// Whether the page or the address says by hand which language the document is in: then it does not follow the visitor's.
    pub lang_pinned: bool,
    /// Whether the last reply is still on its way.
    pub waiting: bool,
    /// The place in the queue, in words, of a visitor who waits for a person.
    pub queue: Option<&'a str>,
    /// Why the posted question was not taken.
    pub fault: Option<Fault>,
    /// What is asked about it, if the fault is [`Fault::Personal`].
    pub asked: &'a PersonalDataWarning,
    /// Which answers helped.
    pub rated: &'a Rated,
    /// The answer that was just judged.
    pub judged: Option<u64>,
    /// Whether the chat before this one was just ended.
    pub ended: bool,
    /// Whether the chat before this one was deleted.
    pub erased: bool,
    /// What the visitor had written, when it was not taken.
    pub draft: &'a str,
    /// Whether the visitor's device can be told of news.
    pub push: bool,
    /// The agency's clock: the visitor's own is not known here.
    pub clock: &'a TimeZone,
}

/// Where the document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In the loader's frame: there is something to close.
    Frame,
    /// A page of its own: a link, a QR code, a WebView.
    Page,
}

impl Mode {
    /// As it stands in forms, in `data-mode` and in URLs.
    pub fn mode_name(self) -> &'static str {
        match self {
            Mode::Frame => "frame",
            Mode::Page => "page",
        }
    }
}

impl<'a> ChatPage<'a> {
    fn widget_words(&self) -> &'a Words {
        &self.boot.words
    }

    fn widget_word(&self, word: Word) -> &'a str {
        self.boot.words.word_text(word)
    }

    /// Which files are taken.
    fn file_rules(&self) -> Option<&'a FileRules> {
        self.boot.look.files.as_ref()
    }

    /// The language of the document's own words. The site's texts may be in another one, and are then marked.
    fn page_lang(&self) -> &'a str {
        self.widget_word(Word::Lang)
    }

    /// What marks a site's text: its language and its direction, where they are not the document's.
    fn foreign_text_attributes(&self) -> Option<(&'a str, &'static str)> {
        let own = &self.boot.look.lang;
        (own != self.page_lang()).then(|| (own.as_str(), text_direction(own)))
    }

    /// The document's own address in `lang`.
    fn address_in(&self, lang: &str) -> String {
        let site = &self.boot.look.site;
        match self.mode {
            Mode::Frame => format!("/s/{site}/frame?lang={lang}&scheme={}", self.scheme.name()),
            Mode::Page => format!("/s/{site}?lang={lang}"),
        }
    }
}

/// The whole document, complete without any script.
pub fn chat_page(page: &ChatPage<'_>) -> String {
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(page.page_lang()) dir=(text_direction(page.page_lang())) data-mode=(page.mode.mode_name())
            data-scheme=(page.scheme.name()) data-push[page.push] data-lang-pinned[page.lang_pinned] {
            (head::draw_head(page))
            body {
                main #hoi.hoi {
                    (header::draw_header(page))
                    (message::draw_site_notice(page))
                    (message::draw_log(page))
                    (composer::draw_composer(page))
                }
                // Apart from the log and there from the start: a region that appears with its words is not read out.
                div #hoi-polite.hoi-hidden aria-live="polite" {}
                div #hoi-urgent.hoi-hidden aria-live="assertive" {}
                script type="application/json" id="hoi-boot" { (json_for_script(page.boot)) }
            }
        }
    }
    .into_string()
}

/// `ltr` or `rtl`.
pub(crate) fn text_direction(lang: &str) -> &'static str {
    match lang.split('-').next() {
        Some("ar" | "he" | "fa" | "ur") => "rtl",
        _ => "ltr",
    }
}
