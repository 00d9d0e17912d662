//! `review` of an intent or a procedure: the day by which somebody should see whether what it says still holds.

use super::fields::TomlTable;
use jiff::civil::Date;

/// Warns once that day has come. The edge is not told: a site is checked where it is written.
pub(super) fn read_review_date(fields: &TomlTable<'_>) {
    const FIX: &str = "write the year first, in quotation marks: review = \"2027-03-01\"";
    let Some((text, place)) = fields.read_string("review", fields.get_value("review"), FIX) else { return };
    let Ok(day) = text.parse::<Date>() else {
        fields.report_error("review", place, format!("\"{text}\" is no date"), FIX);
        return;
    };
    if fields.file.today.is_some_and(|today| day <= today) {
        let what = format!("was to be looked over by {day}");
        let fix = "see whether what it says still holds, mend it, and write the next day on which to look";
        fields.report_warning("review", place, what, fix);
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{Folder, ProblemReport, parse_on};
    use jiff::civil::{Date, date};

    /// The problems of a site whose only intent and only procedure have these lines.
    fn said(intent: &str, procedure: &str, today: Option<Date>) -> Vec<String> {
        let site = "site = \"x\"\nlanguages = [\"vi\"]\norigins = [\"https://x.example\"]\nutc_offset = \"+07:00\"\n\
                    name = \"X\"\nassistant = \"X\"\ngreeting = \"X\"\nfallback = \"X\"\n[look]\nbrand = \"#1d4e89\"\n\
                    launcher_label = \"X\"\n[contact]\nemail = \"x@x.example\"\n";
        let phrases = "phrases = [\"một\", \"hai\", \"ba\", \"bốn\", \"năm\", \"sáu\", \"bảy\", \"tám\"]";
        let intents = format!(
            "[[intent]]\nid = \"a\"\ntitle = \"A\"\nanswer = \"A\"\nprocedure = \"p\"\n{phrases}\n{intent}\n"
        );
        let texts = [
            ("site.toml", site.to_owned()),
            ("intents/a.toml", intents),
            ("procedures/p.toml", format!("title = \"P\"\n{procedure}\n")),
        ];
        let texts = texts.map(|(path, text)| (path.to_owned(), text)).into();
        let report: ProblemReport = match parse_on(&Folder { texts, ..Folder::default() }, today) {
            Ok(checked) => checked.report,
            Err(report) => report,
        };
        report.problems.iter().map(|problem| format!("{}: {}", problem.field, problem.what)).collect()
    }

    #[test]
    fn a_day_that_has_come_is_told() {
        let review = "review = \"2027-03-01\"";
        for today in [None, Some(date(2026, 11, 30)), Some(date(2027, 2, 28))] {
            assert_eq!(said(review, review, today), Vec::<String>::new(), "{today:?}");
        }
        for today in [date(2027, 3, 1), date(2030, 1, 1)] {
            let told = said(review, review, Some(today));
            assert_eq!(
                told,
                [
                    "intent[0].review: was to be looked over by 2027-03-01",
                    "review: was to be looked over by 2027-03-01"
                ]
            );
        }
    }

    #[test]
    fn what_is_no_day_is_a_mistake() {
        for wrong in
            ["review = \"1/3/2027\"", "review = \"2027-02-30\"", "review = 2027-03-01", "review = \"\""]
        {
            let told = said(wrong, "", None);
            assert!(told.len() == 1 && told[0].contains("review"), "{wrong}: {told:?}");
        }
    }
}
