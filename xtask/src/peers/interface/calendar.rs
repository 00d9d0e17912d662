//! The calendar file of an appointment, read by libraries that calendars are made with.

use super::workshop::Workshop;
use crate::{
    bench::lab::Lab,
    peers::{
        journey::{CASE_FACT, Journey, hidden_value, multipart_body, submit_form},
        report::PeerTrial,
    },
};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{
    fs,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

/// How long the agency may take to have the case, and the edge to have what is decided.
const PATIENCE: Duration = Duration::from_secs(30);
/// Words that a line of the file can't hold as they are, or not at once (RFC 5545, 3.1 and 3.3.11).
const PLACE: &str = "Quầy 1, Uỷ ban nhân dân phường; tầng 2\\phòng \"B\" – mang theo căn cước và giấy hẹn";
/// The first appointment, and where it is moved to, by the agency's clock; with what that is elsewhere.
const MEETINGS: &[(&str, &str, &str)] =
    &[("2026-12-01", "08:30", "2026-12-01T01:30:00Z"), ("2026-12-02", "14:00", "2026-12-02T07:00:00Z")];

pub(super) fn try_icalendar(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let mut reader = shop.python_command("python");
    reader.arg("read_calendar.py");
    try_reader(shop, reader)
}

pub(super) fn try_ical_js(shop: &Workshop<'_>) -> anyhow::Result<Vec<PeerTrial>> {
    let mut reader = Command::new("node");
    reader.arg("read_calendar.mjs").current_dir(shop.folder);
    try_reader(shop, reader)
}

/// `reader` prints what is in the files that it is given, as JSON.
fn try_reader(shop: &Workshop<'_>, mut reader: Command) -> anyhow::Result<Vec<PeerTrial>> {
    let lab = Lab::open_configured(shop.folder.join("edge"), &[])?;
    let mut journey = Journey::start_at(&lab, lab.edge.clone());
    journey.start_agency(&["--edge", &format!("http://{}", lab.edge)])?;
    let (_, number) = submit_form(&journey)?;
    for (place, (date, time, _)) in MEETINGS.iter().enumerate() {
        let file = shop.folder.join(format!("{place}.ics"));
        fs::write(&file, load_calendar(&journey, &number, (date, time))?)?;
        reader.arg(file);
        // SEQUENCE counts seconds: who moves an appointment has looked at it for longer.
        sleep(Duration::from_millis(1100));
    }
    let read = shop.run_to_end(&mut reader).and_then(|told| Ok(serde_json::from_str::<Vec<Value>>(&told)?));
    let event = |place: usize| -> anyhow::Result<Value> {
        let events = read.as_ref().map_err(|error| anyhow::anyhow!("{error:#}"))?;
        events.get(place).cloned().context("too few events")
    };
    let field = |place: usize, name: &str| {
        Ok::<_, anyhow::Error>(event(place)?.get(name).cloned().unwrap_or_default())
    };
    Ok(vec![
        PeerTrial::run_attempt("the time is right, by everybody's clock", || {
            let (_, _, begins) = MEETINGS.first().context("no meeting")?;
            ensure!(field(0, "begins")? == **begins, "{} instead of {begins}", field(0, "begins")?);
            Ok((*begins).to_owned())
        }),
        PeerTrial::run_attempt(
            "words come through: commas, semicolons, backslashes, Vietnamese, long lines",
            || {
                ensure!(field(0, "place")? == PLACE, "{} instead of {PLACE}", field(0, "place")?);
                Ok(PLACE.to_owned())
            },
        ),
        PeerTrial::run_attempt("a moved appointment takes the old one's place", || {
            let (_, _, begins) = MEETINGS.last().context("no meeting")?;
            ensure!(field(1, "begins")? == **begins, "{} instead of {begins}", field(1, "begins")?);
            ensure!(field(0, "uid")? == field(1, "uid")?, "it has another UID");
            let (before, after) = (field(0, "sequence")?, field(1, "sequence")?);
            ensure!(before.as_u64() < after.as_u64(), "SEQUENCE {before}, then {after}");
            Ok(format!("one UID, SEQUENCE {before}, then {after}"))
        }),
    ])
}

/// The agency makes the appointment on its page; the visitor looks the case up and takes the file.
fn load_calendar(journey: &Journey<'_>, number: &str, meeting: (&str, &str)) -> anyhow::Result<Vec<u8>> {
    let (date, time) = meeting;
    let decision =
        [("state", "done"), ("text", "Mời ông bà đến."), ("date", date), ("time", time), ("place", PLACE)];
    let (kind, body) = multipart_body(&decision, None);
    let until = Instant::now() + PATIENCE;
    loop {
        let answer = journey.post_to_agency(&format!("/cases/{number}"), &kind, &body)?;
        if answer.status == 303 {
            break;
        }
        ensure!(Instant::now() < until, "the agency has no case {number}: {}", answer.text());
        sleep(Duration::from_millis(100));
    }
    let vietnamese: Vec<&str> = date.split('-').rev().map(|part| part.trim_start_matches('0')).collect();
    // The day alone may be that of the promised result.
    let shown = format!("{} {}", time.trim_start_matches('0'), vietnamese.join("/"));
    loop {
        let form = [("lang", "vi"), ("number", number), ("fact", CASE_FACT)];
        let html = journey.post_form("/s/ward/status", &form)?.require_status(200)?;
        if html.contains(&shown) {
            let pass = hidden_value(&html, "pass").context("the page has no pass")?;
            let answer = journey.post_form("/s/ward/calendar", &[("lang", "vi"), ("pass", pass)])?;
            answer.require_status(200)?;
            return Ok(answer.body);
        }
        ensure!(Instant::now() < until, "the case's page does not say {shown}");
        sleep(Duration::from_millis(200));
    }
}
