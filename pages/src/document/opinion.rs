//! What a visitor without a script thinks of answers and of the conversation.

use super::chat_page::ChatPage;
use maud::{Markup, html};
use wire::{Message, Reason, State, Word, limits::MAX_OPINION_CHARS};

/// Why an answer may not have helped.
pub const REASONS: &[(Reason, Word)] = &[
    (Reason::Wrong, Word::IsWrong),
    (Reason::Unclear, Word::IsUnclear),
    (Reason::Missing, Word::IsIncomplete),
    (Reason::Other, Word::IsOther),
];

/// How a conversation may have been, the best first.
pub const SCORES: &[(u8, Word)] =
    &[(5, Word::Score5), (4, Word::Score4), (3, Word::Score3), (2, Word::Score2), (1, Word::Score1)];

/// "Was this helpful?" under an answer, and why not.
pub fn draw_rating(page: &ChatPage<'_>, message: &Message) -> Markup {
    let asked = page.boot.look.thumbs && message.topic.is_some() && message.state == State::Done;
    let said = page.rated.rating_of(message.seq);
    let thumb = |word: Word, good: bool| {
        let pressed = said == Some(good);
        html! {
            form.hoi-say method="post" action=(page.form_action()) {
                (page.hidden_fields())
                input type="hidden" name="rate" value=(message.seq);
                button.hoi-thumb type="submit" name="good" value=(if pressed { "" } else if good { "1" } else { "0" })
                    aria-pressed=(if pressed { "true" } else { "false" }) { (page.widget_word(word)) }
            }
        }
    };
    html! {
        @if asked {
            @let id = format!("hoi-helpful-{}", message.seq);
            div.hoi-thumbs role="group" lang=(page.page_lang()) aria-labelledby=(id) {
                span #(id) { (page.widget_word(Word::Helpful)) }
                (thumb(Word::Yes, true))
                (thumb(Word::No, false))
            }
            @if page.judged == Some(message.seq) && said == Some(false) { (draw_rating_reasons(page, message.seq)) }
        }
    }
}

fn draw_rating_reasons(page: &ChatPage<'_>, seq: u64) -> Markup {
    html! {
        form.hoi-opinion method="post" lang=(page.page_lang()) action=(page.form_action()) {
            (page.hidden_fields())
            input type="hidden" name="rate" value=(seq);
            input type="hidden" name="good" value="0";
            fieldset.hoi-options {
                legend { (page.widget_word(Word::WhyNot)) }
                @for (reason, word) in REASONS {
                    label { input type="radio" name="reason" value=(reason.name()); (page.widget_word(*word)) }
                }
            }
            (own_words(page, "hoi-why"))
            div.hoi-ways { button.hoi-again type="submit" { (page.widget_word(Word::Send)) } }
        }
    }
}

fn own_words(page: &ChatPage<'_>, id: &str) -> Markup {
    html! {
        label for=(id) { (page.widget_word(Word::OwnWords)) }
        textarea #(id) name="opinion" rows="2" maxlength=(MAX_OPINION_CHARS) {}
    }
}

/// The way to end the chat, with the question how it was.
pub fn draw_survey(page: &ChatPage<'_>) -> Markup {
    html! {
        @if page.boot.look.survey && !page.boot.messages.is_empty() {
            details.hoi-end {
                summary { (page.widget_word(Word::EndChat)) }
                form.hoi-opinion method="post" action=(page.form_action()) {
                    (page.hidden_fields())
                    fieldset.hoi-options {
                        legend { (page.widget_word(Word::HowWasIt)) }
                        @for (score, word) in SCORES {
                            label { input type="radio" name="score" value=(score); (page.widget_word(*word)) }
                        }
                    }
                    (own_words(page, "hoi-how"))
                    div.hoi-ways {
                        button.hoi-again type="submit" name="end" value="1" { (page.widget_word(Word::SendAndEnd)) }
                        button.hoi-again type="submit" name="end" value="0" { (page.widget_word(Word::EndOnly)) }
                    }
                }
            }
        }
    }
}
