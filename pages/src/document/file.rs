//! Files in messages.

use super::{chat_page::ChatPage, icon::draw_icon, link::draw_link};
use maud::{Markup, html};
use wire::{File, Word, Words, format_size};

/// A file with its size and the way to it: a form, so that the ticket stands in no address.
pub fn draw_file(file: &File, words: &Words, page: Option<&ChatPage<'_>>) -> Markup {
    let action = page.map(|page| page.site_path("file/")).unwrap_or_default();
    draw_downloadable_file(file, words, &action, page.map(ChatPage::hidden_fields))
}

/// The same, brought from `action` with what `opens` it.
pub(crate) fn draw_downloadable_file(
    file: &File,
    words: &Words,
    action: &str,
    opens: Option<Markup>,
) -> Markup {
    let way = html! { (words.word_text(Word::Download)) span.hoi-hidden { ": " (file.name) } };
    html! {
        div.hoi-file {
            (draw_icon("file"))
            span { strong { (file.name) } @if file.size > 0 { span.hoi-size-of { (format_size(file.size, words.word_text(Word::Lang))) } } }
            @match (file.id.zip(opens), &file.href) {
                (Some((id, opens)), _) => form.hoi-say method="post" action={ (action) (id) } {
                    (opens)
                    button.hoi-again type="submit" { (way) }
                },
                (None, Some(href)) => (draw_link(href, "hoi-again", way, words)),
                (None, None) => {},
            }
        }
    }
}
