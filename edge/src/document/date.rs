//! The fields of a date on a page.

use super::Sheet;
use crate::words::PageWord;
use maud::{Markup, html};
use site::{Field, FieldKind, Precision};

/// A date in three fields: nobody has to know a calendar, and none is in the way of a birthday long ago. `value` is as it was
/// typed (`27/3/1945`) or as it is kept (`1945-03-27`, `1945-03`, `1945`).
pub(super) fn fields(sheet: &Sheet<'_>, id: &str, name: &str, value: &str, invalid: Option<&str>) -> Markup {
    let mut parts: Vec<&str> = value.split(if value.contains('/') { '/' } else { '-' }).collect();
    if !value.contains('/') {
        parts.resize(3, "");
        parts.reverse();
    }
    let labels = [(PageWord::Day, "day"), (PageWord::Month, "month"), (PageWord::Year, "year")];
    html! {
        div.hoi-date {
            @for (at, (word, part)) in labels.into_iter().enumerate() {
                @let own = if at == 0 { id.to_owned() } else { format!("{id}-{part}") };
                div {
                    label for=(own) { (sheet.word(word)) }
                    input.hoi-field id=(own) name={ (name) "." (part) } inputmode="numeric" autocomplete="off"
                        maxlength="4" size=(if at == 2 { 4 } else { 2 }) aria-invalid=[invalid]
                        value=(parts.get(at).map_or("", |part| part.trim_start_matches('0')));
                }
            }
        }
    }
}

/// What says that less than the whole date is enough, where it is.
pub(super) fn enough(field: &Field) -> Option<PageWord> {
    match field.kind {
        FieldKind::Date { precision: Precision::Year, .. } => Some(PageWord::YearAlone),
        FieldKind::Date { precision: Precision::Month, .. } => Some(PageWord::MonthAlone),
        _ => None,
    }
}
