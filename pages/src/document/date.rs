//! The fields of a date on a page.

use super::sheet::PageContext;
use i18n::Msg;
use maud::{Markup, html};
use site::{Field, FieldKind, Precision};

/// A date in three fields: nobody has to know a calendar, and none is in the way of a birthday long ago. `value` is as it was
/// typed (`27/3/1945`) or as it is kept (`1945-03-27`, `1945-03`, `1945`).
pub(crate) fn date_fields(
    sheet: &PageContext<'_>,
    id: &str,
    name: &str,
    value: &str,
    invalid: Option<&str>,
) -> Markup {
    let mut parts: Vec<&str> = value.split(if value.contains('/') { '/' } else { '-' }).collect();
    if !value.contains('/') {
        parts.resize(3, "");
        parts.reverse();
    }
    let labels = [(Msg::Day, "day"), (Msg::Month, "month"), (Msg::Year, "year")];
    html! {
        div.hoi-date {
            @for (at, (word, part)) in labels.into_iter().enumerate() {
                @let own = if at == 0 { id.to_owned() } else { format!("{id}-{part}") };
                div {
                    label for=(own) { (sheet.page_word(word)) }
                    input.hoi-field id=(own) name={ (name) "." (part) } inputmode="numeric" autocomplete="off"
                        maxlength="4" size=(if at == 2 { 4 } else { 2 }) aria-invalid=[invalid]
                        value=(parts.get(at).map_or("", |part| part.trim_start_matches('0')));
                }
            }
        }
    }
}

/// What says that less than the whole date is enough, where it is.
pub(crate) fn partial_date_hint(field: &Field) -> Option<Msg> {
    match field.kind {
        FieldKind::Date { precision: Precision::Year, .. } => Some(Msg::YearIsEnough),
        FieldKind::Date { precision: Precision::Month, .. } => Some(Msg::MonthIsEnough),
        _ => None,
    }
}
