//! `hoi personal`

use anyhow::Context as _;
use privacy::PersonalDataMatch;
use serde::{Deserialize, Serialize};
use std::{
    io::{BufRead as _, BufWriter, Write as _},
    time::SystemTime,
};

/// Find personal data in each line of standard input.
///
/// Reads a text a line and writes a line each, in order: [{"kind","start","end","text"}], in the order of the text and
/// without overlaps; [] where nothing was found. `start` and `end` count characters (Unicode code points) of the line from
/// 0, `end` is the one behind the last. A line that is a JSON object with a "text" stands for that text, so that a
/// text can have line feeds: {"text":"cccd\n079203001234"}; "earlier" in it is what the same visitor wrote before, oldest
/// first: {"text":"03001234","earlier":["cccd 0792"]}. The kinds are those of `[personal_data]` in site.toml.
#[derive(clap::Args)]
pub struct Args {
    /// The year that is taken for the present one: nobody is born later [default: this year].
    #[arg(long)]
    year: Option<u32>,
}

#[derive(Deserialize)]
struct PersonalInput {
    text: String,
    #[serde(default)]
    earlier: Vec<String>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct DetectedSpan<'a> {
    kind: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let year = args.year.unwrap_or_else(this_year);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    let mut number = 0;
    while input.read_until(b'\n', &mut line).context("standard input can't be read")? > 0 {
        number += 1;
        let text = std::str::from_utf8(&line).with_context(|| format!("line {number} is not UTF-8"))?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let given = text.starts_with('{').then(|| serde_json::from_str::<PersonalInput>(text).ok()).flatten();
        let text = given.as_ref().map_or(text, |given| given.text.as_str());
        serde_json::to_writer(
            &mut out,
            &find_places(text, given.as_ref().map_or(&[][..], |given| &given.earlier), year),
        )?;
        out.write_all(b"\n")?;
        line.clear();
    }
    out.flush()?;
    Ok(())
}

/// What `text` holds that came after `earlier`, with places in characters.
fn find_places<'a>(text: &'a str, earlier: &[String], year: u32) -> Vec<DetectedSpan<'a>> {
    let (mut at, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.get(at..to).map_or(0, |part| part.chars().count());
        at = to;
        characters
    };
    let place = |PersonalDataMatch { kind, span }| DetectedSpan {
        kind: kind.setting_name(),
        start: count(span.start),
        end: count(span.end),
        text: text.get(span).unwrap_or_default(),
    };
    privacy::find_personal_data(text, earlier, year).into_iter().map(place).collect()
}

fn this_year() -> u32 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    privacy::year_of_ms(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_characters() {
        let found = find_places("Số của ệ 👩: 079203001234, gọi 0912345678", &[], 2026);
        let expected = [("citizen_id", 12, 24, "079203001234"), ("phone", 30, 40, "0912345678")];
        let expected: Vec<DetectedSpan> =
            expected.map(|(kind, start, end, text)| DetectedSpan { kind, start, end, text }).into();
        assert_eq!(found, expected);
        assert_eq!(find_places("phường mở cửa mấy giờ", &[], 2026), vec![]);
        let earlier = ["cccd là 0792".to_owned()];
        let rest = DetectedSpan { kind: "citizen_id", start: 0, end: 8, text: "03001234" };
        assert_eq!(find_places("03001234", &earlier, 2026), vec![rest]);
    }
}
