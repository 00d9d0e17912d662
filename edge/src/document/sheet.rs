//! A page beside the chat: a question at a time, a code to scan. It needs no script, and the widget never draws it.

use super::{direction, head, scheme_name};
use crate::{
    assets::Assets,
    words::{PageWord, page_word},
};
use maud::{DOCTYPE, Markup, html};
use wire::{Look, Scheme};

/// What all such pages share.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Whose chat it stands beside.
    pub look: &'a Look,
    /// The language of the page's own words.
    pub lang: &'a str,
    /// Where the style sheet lies.
    pub assets: &'a Assets,
    /// The colours asked for.
    pub scheme: Scheme,
    /// The policy's nonce for the one `<style>`: at least 128 random bits, new with every response.
    pub nonce: &'a str,
    /// Whether a link leads back to the chat: not from a window that the chat has opened.
    pub back: bool,
}

impl Sheet<'_> {
    /// What the page says for `word`.
    pub fn word(&self, word: PageWord) -> &'static str {
        page_word(self.lang, word)
    }

    /// The whole page.
    pub fn page(&self, title: &str, content: Markup) -> String {
        let Sheet { look, lang, assets, scheme, nonce, back } = *self;
        let own = (look.lang != lang).then_some(look.lang.as_str());
        let scheme = scheme_name(scheme);
        html! {
            (DOCTYPE)
            html.hoi-doc lang=(lang) dir=(direction(lang)) data-mode="page" data-scheme=(scheme) {
                head {
                    (head::common(assets, &format!("{title} – {}", look.name), scheme))
                    @if let Some(css) = assets.get("sheet.css") { link rel="stylesheet" href=(css.path); }
                    (head::colours(&look.accent, nonce))
                    @if let Some(script) = assets.get("sheet.js") {
                        script defer src=(script.path) integrity=(script.sri) {}
                    }
                }
                body {
                    header.hoi-header {
                        @if let Some(logo) = &look.logo {
                            img.hoi-logo src=(logo) alt="" width="40" height="40";
                        }
                        p.hoi-who.hoi-name lang=[own] dir=[own.map(direction)] { (look.name) }
                    }
                    main.hoi-sheet {
                        @if back {
                            a.hoi-back href={ "/s/" (look.site) "?lang=" (lang) } { (self.word(PageWord::BackToChat)) }
                        }
                        h1 { (title) }
                        (content)
                    }
                }
            }
        }
        .into_string()
    }
}
