//! The list of what was said.

use super::{block, chat_page::ChatPage, composer, direction::text_direction, input, opinion};
use hoi_core::hours::to_timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use wire::{AuthorKind, Block, Body, Message, State, Word};

/// What everybody is told, over everything else; empty on ordinary days.
pub fn draw_site_notice(page: &ChatPage<'_>) -> Markup {
    let (look, words) = (&page.boot.look, page.widget_words());
    let own = page.foreign_text_attributes();
    html! {
        div.hoi-standing data-off=[look.off.then_some("1")] {
            @if let Some(notice) = &look.notice {
                div lang=[own.map(|own| own.0)] dir=[own.map(|own| own.1)] {
                    (block::draw_notice(block::draw_runs(std::slice::from_ref(notice), words), words))
                }
            } @else if look.off {
                (block::draw_notice(html! { (words.word_text(Word::SwitchedOff)) }, words))
            }
            @if look.off { (block::draw_contact(&look.contact, words)) }
        }
    }
}

/// The greeting and everything after it.
pub fn draw_log(page: &ChatPage<'_>) -> Markup {
    let messages = &page.boot.messages;
    html! {
        // Polite regions apart from it speak for it: assistive technology must not read growing text by itself.
        div #hoi-log.hoi-log role="log" aria-live="off" aria-label=(page.widget_word(Word::Conversation)) tabindex="0" {
            p.hoi-lead { (page.widget_word(Word::SoftwareNote)) }
            (draw_greeting(page))
            @for message in messages { (draw_message(page, message)) }
            @if let Some(last) = messages.last() {
                (input::draw_inputs(page, &last.body))
                (composer::draw_choices(page, &last.body.buttons, &last.lang))
            }
            @if page.waiting { (draw_waiting(page)) } @else if let Some(queue) = page.queue { (draw_queue_position(page, queue)) }
        }
    }
}

/// The first words, with the first things to press while nothing has been said.
fn draw_greeting(page: &ChatPage<'_>) -> Markup {
    let look = &page.boot.look;
    let greeting = Body { blocks: vec![Block::Text { runs: look.greeting.clone() }], buttons: Vec::new() };
    html! {
        article.hoi-message.hoi-from-assistant lang=(look.lang) {
            div.hoi-meta { span.hoi-author { (look.assistant) } }
            div.hoi-bubble dir=(text_direction(&look.lang)) { (block::draw_blocks(page, &greeting.blocks)) }
        }
        @if page.boot.messages.is_empty() { (composer::draw_choices(page, &look.start, &look.lang)) }
    }
}

fn draw_message(page: &ChatPage<'_>, message: &Message) -> Markup {
    let words = page.widget_words();
    html! {
        article class={ "hoi-message hoi-from-" (author_class(message.author.kind)) } lang=(message.lang) {
            (draw_message_meta(page, message))
            div.hoi-bubble dir=(text_direction(&message.lang)) { (block::draw_blocks(page, &message.body.blocks)) }
            @match message.state {
                State::Cut => p.hoi-state { (words.word_text(Word::CutShort)) },
                State::Done | State::Growing | State::Unknown => {}
            }
            (opinion::draw_rating(page, message))
        }
    }
}

fn draw_message_meta(page: &ChatPage<'_>, message: &Message) -> Markup {
    let author = &message.author;
    let kind = page.widget_word(kind_word(author.kind));
    let name = author.name.as_deref().unwrap_or(match author.kind {
        AuthorKind::Assistant => &page.boot.look.assistant,
        AuthorKind::Visitor | AuthorKind::Agency | AuthorKind::Staff | AuthorKind::Unknown => kind,
    });
    let badge = matches!(author.kind, AuthorKind::Agency | AuthorKind::Staff) && name != kind;
    html! {
        div.hoi-meta {
            span.hoi-author { (name) }
            @if badge { span.hoi-kind { (kind) } }
            time datetime=(format_iso8601(message.at)) { (format_minute(message.at, page.clock)) }
        }
    }
}

fn draw_waiting(page: &ChatPage<'_>) -> Markup {
    html! {
        div.hoi-working {
            span.hoi-dots aria-hidden="true" { i {} i {} i {} }
            span { (page.widget_word(Word::Answering)) }
        }
        (composer::show_reply(page))
    }
}

/// The place in the queue, in the language that was spoken last.
fn draw_queue_position(page: &ChatPage<'_>, queue: &str) -> Markup {
    let lang = page.boot.messages.last().map(|message| message.lang.as_str());
    html! {
        div.hoi-working lang=[lang] dir=[lang.map(text_direction)] {
            span.hoi-dots aria-hidden="true" { i {} i {} i {} }
            span { (queue) }
        }
        (composer::show_reply(page))
    }
}

fn author_class(kind: AuthorKind) -> &'static str {
    match kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    }
}

fn kind_word(kind: AuthorKind) -> Word {
    match kind {
        AuthorKind::Visitor => Word::You,
        AuthorKind::Assistant => Word::Assistant,
        AuthorKind::Staff => Word::Staff,
        AuthorKind::Agency | AuthorKind::Unknown => Word::Agency,
    }
}

/// `at` (milliseconds since 1970) as `hh:mm` by `clock`.
fn format_minute(at: u64, clock: &TimeZone) -> String {
    let at = clock.to_datetime(to_timestamp(at));
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `at` (milliseconds since 1970) as `2026-01-31T08:15:00Z`. The date by Howard Hinnant's civil-from-days formula.
fn format_iso8601(at: u64) -> String {
    let seconds = at / 1000;
    let days = (seconds / 86_400) as i64 + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (h, m, s) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{h:02}:{m:02}:{s:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::Offset;

    #[test]
    fn times_are_told() {
        assert_eq!(format_iso8601(0), "1970-01-01T00:00:00Z");
        assert_eq!(format_iso8601(1_709_210_096_000), "2024-02-29T12:34:56Z");
        let clock =
            |minutes: i32| TimeZone::fixed(Offset::from_seconds(minutes * 60).expect("less than a day"));
        assert_eq!(format_minute(0, &clock(420)), "07:00");
        assert_eq!(format_minute(0, &clock(-30)), "23:30");
    }
}
