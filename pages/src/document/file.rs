//! Files in messages.

use super::{
    Page,
    block::link,
    composer::{hidden, site_path},
};
use maud::{Markup, html};
use wire::{File, Word, Words, size};

/// A file with its size and the way to it: a form, so that the ticket stands in no address.
pub fn file(file: &File, words: &Words, page: Option<&Page<'_>>) -> Markup {
    let action = page.map(|page| site_path(page, "file/")).unwrap_or_default();
    brought(file, words, &action, page.map(hidden))
}

/// The same, brought from `action` with what `opens` it.
pub(crate) fn brought(file: &File, words: &Words, action: &str, opens: Option<Markup>) -> Markup {
    let way = html! { (words.get(Word::Download)) span.hoi-hidden { ": " (file.name) } };
    html! {
        div.hoi-file {
            (super::header::icon("file"))
            span { strong { (file.name) } @if file.size > 0 { span.hoi-size-of { (size(file.size, words.get(Word::Lang))) } } }
            @match (file.id.zip(opens), &file.href) {
                (Some((id, opens)), _) => form.hoi-say method="post" action={ (action) (id) } {
                    (opens)
                    button.hoi-again type="submit" { (way) }
                },
                (None, Some(href)) => (link(href, "hoi-again", way, words)),
                (None, None) => {},
            }
        }
    }
}
