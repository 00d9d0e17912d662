//! The examples are sites that could be published, and broken folders are explained.

use site::read::{Folder, ProblemReport, load_site, parse_site};
use std::fs;
use tests::root;

#[test]
fn every_example_passes_its_own_check() {
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.join("site.toml").exists() {
            continue;
        }
        match load_site(&folder).unwrap() {
            Ok(checked) => {
                // The examples ask a stand-in on this machine, and are warned that others couldn't.
                let others = checked.report.problems.iter().filter(|problem| problem.field != "agency.url");
                assert_eq!(others.count(), 0, "{}:\n{}", folder.display(), checked.report)
            }
            Err(report) => panic!("{}:\n{report}", folder.display()),
        }
    }
}

#[test]
fn the_ward_knows_enough() {
    let ward = load_site(&root().join("examples/ward")).unwrap().unwrap().site;
    assert!(ward.intents.len() >= 40, "{} intents", ward.intents.len());
    for intent in &ward.intents {
        let phrases = intent.phrases.0.get("vi").map_or(0, Vec::len);
        assert!(phrases >= 8, "{} has {phrases} Vietnamese phrases", intent.id);
    }
}

#[test]
fn a_new_site_passes_its_check() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("my-office");
    let output = std::process::Command::new(tests::built("HOI_BIN")).arg("new").arg(&site).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let checked = load_site(&site).unwrap().unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(checked.site.settings.site, "my-office");
}

/// Each folder in `fixtures/sites` is one broken site; its `expected.txt` lists every mistake with file and line.
#[test]
fn broken_sites_are_explained_all_at_once() {
    let folders = fs::read_dir(root().join("tests/fixtures/sites")).unwrap();
    let mut seen = 0;
    for folder in folders.map(|entry| entry.unwrap().path()) {
        let report: ProblemReport = match load_site(&folder).unwrap() {
            Ok(checked) => checked.report,
            Err(report) => report,
        };
        let path = folder.join("expected.txt");
        let got = report.to_string();
        if std::env::var_os("HOI_BLESS").is_some() {
            fs::write(&path, &got).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(got, expected, "{}", folder.display());
        seen += 1;
    }
    assert!(seen >= 3, "only {seen} broken sites in fixtures/sites");
}

#[test]
fn an_empty_folder_says_how_to_begin() {
    let report = parse_site(&Folder::default()).unwrap_err();
    assert!(report.to_string().contains("hoi new"), "{report}");
}
