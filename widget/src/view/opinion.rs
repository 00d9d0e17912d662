//! "Was this helpful?" under each answer, why not, and how the chat was.

use super::{
    Ui,
    options::{form_of, options, own_words, ways},
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
};
use crate::chat::{About, Event, Judge, Line, is_asked};
use crate::host::{clock, dispatch, form};
use leptos::prelude::*;
use wire::{Reason, Word};

const REASONS: [(Reason, Word); 4] = [
    (Reason::Wrong, Word::IsWrong),
    (Reason::Unclear, Word::IsUnclear),
    (Reason::Missing, Word::IsIncomplete),
    (Reason::Other, Word::IsOther),
];
const SCORES: [Word; 5] = [Word::Score5, Word::Score4, Word::Score3, Word::Score2, Word::Score1];

/// `article` with the question whether it helped, if it is an answer.
pub fn thumbs(article: Piece, ui: Ui, texts: &Texts, line: ArcRwSignal<Line>) -> Piece {
    let texts = texts.clone();
    let asked = move || {
        let asked = line.with(|line| {
            let asked = ui.chat.with_untracked(|chat| is_asked(chat, &line.message, &line.stage));
            asked.then_some(line.message.seq.into())
        });
        asked.into_iter().collect()
    };
    article.named(Box::new(asked), Box::new(move |seq| opinions(ui, &texts, seq as u64)))
}

fn opinions(ui: Ui, texts: &Texts, seq: u64) -> Piece {
    let why = move || ui.opinion.with(|opinion| opinion.why == Some(seq));
    let thanked = move || ui.opinion.with(|opinion| opinion.thanked == Some(seq));
    let (own, thanks) = (texts.clone(), texts.word(Word::Thanks).to_owned());
    el("div", "hoi-opinions")
        .attr("lang", texts.lang())
        .child(row(ui, texts, seq))
        .when(Box::new(why), Box::new(move || reason(&own, seq)))
        .when(Box::new(thanked), Box::new(move || with_text("p", "hoi-state", &thanks)))
}

fn row(ui: Ui, texts: &Texts, seq: u64) -> Piece {
    let id = ["hoi-helpful-", &seq.to_string()].concat();
    let thumb = |word, good| {
        let press = move || dispatch(Event::Judged(Judge::Thumb(seq, good)));
        let thumb = button("hoi-thumb", press).child(text(texts.word(word)));
        let shown = thumb.clone();
        follow(
            move || ui.opinion.with(|opinion| opinion.rated.of(seq) == Some(good)),
            move |pressed| {
                let _ = shown.clone().attr("aria-pressed", if *pressed { "true" } else { "false" });
            },
        );
        thumb
    };
    el("div", "hoi-thumbs")
        .attr("role", "group")
        .attr("aria-labelledby", &id)
        .child(with_text("span", "", texts.word(Word::Helpful)).attr("id", &id))
        .child(thumb(Word::Yes, true))
        .child(thumb(Word::No, false))
}

/// Why it did not help.
fn reason(texts: &Texts, seq: u64) -> Piece {
    let submit = move |own: &web_sys::Element| {
        let name = form::chosen(own);
        let reason = REASONS.iter().map(|(reason, _)| *reason).find(|reason| reason.name() == name);
        opine(own, About::Answer(seq, reason));
    };
    let reasons = REASONS.iter().map(|(reason, word)| (reason.name(), texts.word(*word)));
    let skip = (texts.word(Word::Skip).to_owned(), (|| dispatch(Event::Judged(Judge::Skip))) as fn());
    form_of("hoi-opinion", Box::new(submit))
        .child(options(
            with_text("legend", "", texts.word(Word::WhyNot)),
            "hoi-why",
            false,
            &reasons.collect::<Vec<_>>(),
        ))
        .children(own_words(texts))
        .child(ways(texts.word(Word::Send), &[skip]))
}

/// `foot` with the question how the chat was, for a visitor who ends it.
pub fn survey(foot: Piece, ui: Ui, texts: &Texts) -> Piece {
    let texts = texts.clone();
    let ending = move || ui.opinion.with(|opinion| opinion.ending);
    foot.when(Box::new(ending), Box::new(move || question(&texts)))
}

fn question(texts: &Texts) -> Piece {
    let submit = |own: &web_sys::Element| match form::chosen(own).parse() {
        Ok(score) => opine(own, About::Chat(score)),
        Err(_) => dispatch(Event::Judged(Judge::EndOnly)),
    };
    let scores = ["5", "4", "3", "2", "1"].into_iter().zip(SCORES.map(|word| texts.word(word)));
    let way = |word, press: fn()| (texts.word(word).to_owned(), press);
    let others = [
        way(Word::EndOnly, || dispatch(Event::Judged(Judge::EndOnly))),
        way(Word::Cancel, || dispatch(Event::Judged(Judge::Skip))),
    ];
    let legend = with_text("legend", "", texts.word(Word::HowWasIt));
    form_of("hoi-opinion hoi-survey", Box::new(submit))
        .attr("id", "hoi-survey")
        .attr("tabindex", "-1")
        .child(options(legend, "hoi-how", false, &scores.collect::<Vec<_>>()))
        .children(own_words(texts))
        .child(ways(texts.word(Word::SendAndEnd), &others))
}

fn opine(own: &web_sys::Element, about: About) {
    dispatch(Event::Opined { about, text: form::words(own), at: clock::now() });
}
