//! What the document is drawn from.

use super::direction::text_direction;
use hoi_core::{conversation::PersonalDataWarning, http::assets::Assets};
use jiff::tz::TimeZone;
use maud::{Markup, html};
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
    /// The words of the document's language.
    pub(super) fn widget_words(&self) -> &'a Words {
        &self.boot.words
    }

    /// One of them.
    pub(super) fn widget_word(&self, word: Word) -> &'a str {
        self.boot.words.word_text(word)
    }

    /// Which files are taken.
    pub(super) fn file_rules(&self) -> Option<&'a FileRules> {
        self.boot.look.files.as_ref()
    }

    /// The language of the document's own words. The site's texts may be in another one, and are then marked.
    pub(super) fn page_lang(&self) -> &'a str {
        self.widget_word(Word::Lang)
    }

    /// What marks a site's text: its language and its direction, where they are not the document's.
    pub(super) fn foreign_text_attributes(&self) -> Option<(&'a str, &'static str)> {
        let own = &self.boot.look.lang;
        (own != self.page_lang()).then(|| (own.as_str(), text_direction(own)))
    }

    /// The document's own address in `lang`.
    pub(super) fn address_in(&self, lang: &str) -> String {
        let site = &self.boot.look.site;
        match self.mode {
            Mode::Frame => format!("/s/{site}/frame?lang={lang}&scheme={}", self.scheme.name()),
            Mode::Page => format!("/s/{site}?lang={lang}"),
        }
    }

    /// Where the forms of the page go.
    pub(super) fn form_action(&self) -> String {
        self.site_path("say")
    }

    /// `path` below the page's site.
    pub(super) fn site_path(&self, path: &str) -> String {
        format!("/s/{}/{path}", self.boot.look.site)
    }

    /// What every form carries.
    pub(super) fn hidden_fields(&self) -> Markup {
        html! {
            input type="hidden" name="ticket" value=(self.boot.ticket);
            input type="hidden" name="conversation" value=(self.boot.conversation);
            input type="hidden" name="lang" value={ (self.page_lang()) "," (self.boot.look.lang) };
            input type="hidden" name="mode" value=(self.mode.mode_name());
            input type="hidden" name="scheme" value=(self.scheme.name());
            @if self.lang_pinned { input type="hidden" name="lang_pinned" value="1"; }
        }
    }
}
