//! The stand-in agency, `hoi agency`, and what it was asked.

use super::{built, start_process};
use devkit::process::ChildProcess;
use serde_json::Value;
use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
};

/// A running stand-in.
pub struct Agency {
    pub url: String,
    lines: Arc<Mutex<Vec<Value>>>,
    process: Option<ChildProcess>,
}

impl Agency {
    /// Starts one with more arguments for `hoi agency`.
    pub fn start(arguments: &[&str]) -> Agency {
        let mut command = Command::new(built("HOI_BIN"));
        command.args(["agency", "--piece-ms", "20"]).args(arguments);
        for (name, value) in [("--port", "0"), ("--delay-ms", "50")] {
            if !arguments.contains(&name) {
                command.args([name, value]);
            }
        }
        command.env("AGENCY_SECRET", super::edge::AGENCY_SECRET).stdout(Stdio::piped());
        let mut process = start_process(&mut command);
        let mut output = BufReader::new(process.0.stdout.take().unwrap());
        let mut first = String::new();
        output.read_line(&mut first).unwrap();
        let first: Value =
            serde_json::from_str(&first).unwrap_or_else(|_| panic!("the agency said {first:?}"));
        let url = format!("{}/", first["listening"].as_str().unwrap());
        let lines = Arc::<Mutex<Vec<Value>>>::default();
        let kept = lines.clone();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                kept.lock().unwrap().push(serde_json::from_str(&line).unwrap_or_default());
            }
        });
        Agency { url, lines, process: Some(process) }
    }

    /// It is gone, as after a power cut; what it was asked is still known.
    pub fn close(&mut self) {
        self.process = None;
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap()
    }

    /// The questions it got so far that passed its checks, or were refused for how they were sent.
    pub fn questions(&self) -> Vec<Value> {
        self.asked().into_iter().filter(|line| !line["question"].is_null()).collect()
    }

    /// Everything it was asked so far.
    pub fn asked(&self) -> Vec<Value> {
        self.lines.lock().unwrap().clone()
    }
}
