//! `hoi notice`

use crate::{edge::Edge, out::say};
use anyhow::{Context as _, bail};
use hoi_core::site_status::{Notice, StatusRequest};
use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};

/// Tell everybody on a site something important, at once, without publishing.
///
/// It stands above everything in open chats and pages within seconds, also when the agency can't be reached, until it is
/// cleared or its time is over.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    /// The words in Vietnamese.
    #[arg(long, value_name = "TEXT")]
    text_vi: Option<String>,
    /// The words in English.
    #[arg(long, value_name = "TEXT")]
    text_en: Option<String>,
    /// The words in French.
    #[arg(long, value_name = "TEXT")]
    text_fr: Option<String>,
    /// When it goes by itself: "2h", "2026-08-01 17:00" by this machine's clock, or "2026-08-01T17:00+07:00".
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// Take it back.
    #[arg(long, conflicts_with_all = ["text_vi", "text_en", "text_fr", "until"])]
    clear: bool,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { site, text_vi, text_en, text_fr, until, clear, edge } = args;
    let texts = [("vi", text_vi), ("en", text_en), ("fr", text_fr)];
    let texts = texts.into_iter().filter_map(|(lang, text)| Some((lang.to_owned(), text?)));
    let text = site::Text(texts.collect());
    if !clear && text.0.is_empty() {
        bail!("say what: --text-vi \"…\", one for each language of the site; or --clear");
    }
    let until = until.as_deref().map(|when| parse_moment(when, &Zoned::now())).transpose()?;
    let until = until.map(|until| u64::try_from(until.as_millisecond())).transpose()?;
    let order = if clear { StatusRequest::Clear } else { StatusRequest::Notice(Notice { text, until }) };
    match edge.send_order(&site, &order)?.notice {
        Some(_) => say!("{site}: the notice is live. `hoi notice {site} --clear` takes it back."),
        None => say!("{site}: no notice is shown any more, but for the one in site.toml, if any."),
    }
    Ok(())
}

/// The moment meant by `text`: a time from now, a time with its offset, or one by the clock of `now`.
fn parse_moment(text: &str, now: &Zoned) -> anyhow::Result<Timestamp> {
    if let Ok(span) = text.parse::<jiff::Span>() {
        return Ok(now.checked_add(span)?.timestamp());
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let zone: TimeZone = now.time_zone().clone();
    let local = text.parse::<DateTime>().with_context(|| {
        format!("\"{text}\" is no time: write \"2h\", \"2026-08-01 17:00\" or \"2026-08-01T17:00+07:00\"")
    })?;
    Ok(zone.to_ambiguous_timestamp(local).compatible()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let now: Zoned = "2026-07-29T10:00+07:00[+07:00]".parse().unwrap();
        for (text, expected) in [
            ("2h", "2026-07-29T05:00:00Z"),
            ("1 day 30m", "2026-07-30T03:30:00Z"),
            ("2026-08-01 17:00", "2026-08-01T10:00:00Z"),
            ("2026-08-01T17:00+09:00", "2026-08-01T08:00:00Z"),
        ] {
            assert_eq!(parse_moment(text, &now).unwrap().to_string(), expected, "{text}");
        }
        assert!(parse_moment("tomorrow", &now).is_err());
    }
}
