//! The audit trail: what it tells of accounts, and whether anything is missing, against real workerd.

use super::staff::{plain, said};
use tests::{Desk, Edge, PASSWORD};

#[test]
fn the_trail_tells_of_signing_in_and_of_trying_to() {
    let edge = plain();
    let mut desk = Desk::at(&edge);
    desk.sign_in("lan", "not the password");
    desk.sign_in("lan", PASSWORD);
    let new = "chim sẻ đậu cành đa";
    let form = [("do", "change"), ("lang", "en"), ("current", PASSWORD), ("new", new), ("again", new)];
    assert_eq!(desk.post("/desk/account", &form).status, 200);
    said(edge.staff(&["role", "lan", "ward:agent"]));
    let mut again = Desk::at(&edge);
    again.sign_in("lan", new);
    again.post("/desk/sign-out", &[("lang", "en")]);
    let audit = |more: &[&str]| edge.hoi(&[&["audit", "ward"], more].concat());
    let text = |output: &std::process::Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let output = audit(&["--csv"]);
    let trail = text(&output);
    assert!(output.status.success(), "{trail}");
    let acts: Vec<Vec<&str>> = trail.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let wanted = ["sign_in_failed", "sign_in", "password", "staff role", "sign_in", "sign_out"];
    let mut told = acts.iter().map(|act| act[3]);
    for act in wanted {
        assert!(told.any(|each| each == act), "{act} is not told of, or not in its place: {trail}");
    }
    assert!(!trail.contains(PASSWORD) && !trail.contains("192.0.2.1"), "{trail}");
    // What was seen earlier is still there.
    let (seen, digest) = (acts[1][0], *acts[1].last().unwrap());
    let since = audit(&["--after", &format!("{seen}/{digest}")]);
    assert!(
        since.status.success() && text(&since).contains(acts.last().unwrap().last().unwrap()),
        "{since:?}"
    );
    let other = format!("{seen}/{}", digest.replace(|c: char| c.is_ascii_digit(), "0"));
    assert!(!audit(&["--after", &other]).status.success());
    assert!(!audit(&["--after", "999999/k1.00"]).status.success());
}

#[test]
fn acts_that_are_taken_off_the_end_are_missed() {
    let mut edge = plain();
    for _ in 0..3 {
        Desk::at(&edge).sign_in("lan", PASSWORD);
    }
    let audit = |edge: &Edge| edge.hoi(&["audit", "ward"]).status.success();
    assert!(audit(&edge));
    edge.kill();
    let board = |statement: &str| {
        let files =
            std::fs::read_dir(edge.data().join("hoi-board")).unwrap().map(|file| file.unwrap().path());
        let is_board = |path: &std::path::PathBuf| {
            path.extension().is_some_and(|ending| ending == "sqlite") && !path.ends_with("metadata.sqlite")
        };
        for file in files.filter(is_board) {
            let status = std::process::Command::new("sqlite3").arg(file).arg(statement).status();
            assert!(status.expect("sqlite3 is there (apt install sqlite3)").success());
        }
    };
    // Without a trace in the board's own file: only what another object keeps tells of it.
    board("DELETE FROM act WHERE n = (SELECT max(n) FROM act); DELETE FROM trail_end");
    edge.up();
    assert!(!audit(&edge), "the last act is missing");
}
