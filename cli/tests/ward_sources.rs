//! Where the ward example's facts are from, and until when they hold.
#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

use jiff::civil::{Date, date};
use std::path::{Path, PathBuf};

/// What holds because the ward says so, or because it says no more than whom to call.
const OWN: &[&str] = &[
    "chao",
    "cam-on",
    "ai-day",
    "bao-mat",
    "gap-can-bo",
    "gio-lam-viec",
    "dia-chi",
    "lien-he",
    "thanh-toan",
    "lay-so",
    "lo-so",
    "khong-dien-thoai",
    "khan-cap",
    "tiem-chung",
    "rac-thai",
    "phan-anh",
    "gop-y-can-bo",
    "tra-cuu-ho-so",
    "buu-chinh",
];

/// What ends or begins on a day, and the day by which somebody must have looked at it.
const ENDS: &[(&str, Date)] =
    &[("31/12/2026", date(2027, 1, 1)), ("28/2/2027", date(2027, 3, 1)), ("1/3/2027", date(2027, 3, 1))];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("examples/ward")
}

/// The intents and procedures as they are written, by their names.
fn written() -> Vec<(String, String)> {
    let files = |part: &str| -> Vec<(String, String)> {
        let entries = std::fs::read_dir(folder().join(part)).expect("it is there");
        let paths = entries.map(|entry| entry.expect("it can be read").path());
        let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
        paths.map(|path| (name(&path), std::fs::read_to_string(&path).expect("it can be read"))).collect()
    };
    let mut out: Vec<_> =
        files("procedures").into_iter().map(|(name, text)| (format!("procedures/{name}"), text)).collect();
    for (_, text) in files("intents") {
        for table in text.split("\n[[intent]]\n").skip(1) {
            let id = table.split('"').nth(1).expect("its id is first");
            out.push((id.to_owned(), table.to_owned()));
        }
    }
    assert!(out.len() > 100, "{}", out.len());
    out
}

/// Whatever the law gives says where it is from, and when that was seen.
#[test]
fn facts_have_a_source_and_a_day() {
    let mut wrong = Vec::new();
    for (name, text) in written() {
        let sources: Vec<&str> = text.split("# Source:").skip(1).collect();
        if sources.is_empty() && !OWN.contains(&name.as_str()) {
            wrong.push(format!("{name} has no source"));
        }
        for source in sources {
            // It may go over several lines of comment.
            let lines = source.lines().enumerate().take_while(|(at, line)| *at == 0 || line.starts_with('#'));
            let lines: Vec<&str> = lines.map(|(_, line)| line.trim_start_matches("# ")).collect();
            let source = lines.join(" ").to_lowercase();
            let day = source.split("checked ").nth(1).and_then(|day| day.get(..10));
            if day.and_then(|day| day.parse::<Date>().ok()).is_none() {
                wrong.push(format!("{name}: when was this seen? {source}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever ends on a day is asked about by then at the latest: `hoi check` warns.
#[test]
fn what_ends_is_looked_over_in_time() {
    let mut found = 0;
    for (name, text) in written() {
        let told: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let told = told.join("\n");
        let review = told.split("\nreview = \"").nth(1).and_then(|rest| rest.get(..10));
        let review = review.and_then(|day| day.parse::<Date>().ok());
        for (end, by) in ENDS.iter().filter(|(end, _)| told.contains(end)) {
            assert!(
                review.is_some_and(|review| review <= *by),
                "{name} tells of {end}, and asks on {review:?}"
            );
            found += 1;
        }
    }
    assert!(found >= 15, "{found}");
    let warned = |day: Date| {
        let checked = site::read::load_on(&folder(), day).expect("it can be read");
        let problems = checked.unwrap_or_else(|report| panic!("{report}")).report.problems;
        problems.iter().filter(|problem| problem.what.contains("looked over")).count()
    };
    assert_eq!(warned(date(2026, 11, 30)), 0);
    assert!(warned(date(2027, 1, 1)) >= 3 && warned(date(2027, 3, 1)) >= 15);
}
