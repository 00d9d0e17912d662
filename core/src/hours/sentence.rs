//! Opening times in words.

use super::{At, OpeningState};
use i18n::{Lang, Msg};
use site::Site;

/// How it is, in `lang`.
pub fn status_line(state: &OpeningState<'_>, site: &Site, lang: &str) -> String {
    let own = Lang::for_tag(lang);
    match state {
        OpeningState::Open { until: None } => own.text(Msg::OpenAlways).to_owned(),
        OpeningState::Open { until: Some(at) } => own.open_until(format_closing(at, own)),
        OpeningState::Closed { again, why } => {
            let name = why.map(|why| site.text_in(why, lang)).filter(|name| !name.is_empty());
            let closed =
                name.map_or_else(|| own.text(Msg::ClosedNow).to_owned(), |name| own.closed_for(name));
            let again =
                again.map(|at| own.sentence_gap().to_owned() + &own.opens_again(format_opening(&at, own)));
            closed + &again.unwrap_or_default()
        }
    }
}

/// `11:30`, with the day if that isn't today.
fn format_closing(at: &At, lang: Lang) -> String {
    let time = lang.time_of_day(at.minute);
    if at.days == 0 {
        time
    } else {
        lang.time_on_day(time, lang.relative_day(at.date, at.days, at.other_year))
    }
}

/// `7:30 ngày mai`, `tomorrow at 7:30`, `demain à 7 h 30`.
fn format_opening(at: &At, lang: Lang) -> String {
    lang.day_at_time(lang.relative_day(at.date, at.days, at.other_year), lang.time_of_day(at.minute))
}
