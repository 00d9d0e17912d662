//! The stand-in's state: what it was told, what it was handed in, and how often it was asked.

use super::{args::Args, cases::Cases, protocol::Speaks};
use std::{collections::BTreeMap, sync::Mutex};

/// The stand-in and what it has done.
pub struct MockAgency {
    pub args: Args,
    pub speaks: Box<dyn Speaks>,
    pub done: Mutex<CallLog>,
    pub cases: Mutex<Cases>,
}

#[derive(Default)]
pub struct CallLog {
    calls: u32,
    /// Questions being answered right now.
    busy: u32,
    /// By idempotency key: how often it came, and how often it was acted upon.
    questions: BTreeMap<String, (u32, u32)>,
}

impl MockAgency {
    /// Where the files of cases are kept: beside the cases.
    pub fn files_folder(&self) -> Option<std::path::PathBuf> {
        self.args.cases.as_ref().map(|file| file.with_extension("files"))
    }

    pub fn next_call(&self) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        done.calls += 1;
        done.calls
    }

    /// How many other questions are being answered, before `change` is made.
    pub fn change_busy(&self, change: i32) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 0 };
        let before = done.busy;
        done.busy = before.saturating_add_signed(change);
        before
    }

    pub fn count_tries(&self, key: &str) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        let (tries, _) = done.questions.entry(key.to_owned()).or_default();
        *tries += 1;
        *tries
    }

    /// Acts on a question, unless the protocol lets it see that it did so already.
    pub fn record_act(&self, key: &str) -> u32 {
        let Ok(mut done) = self.done.lock() else { return 1 };
        let (_, acts) = done.questions.entry(key.to_owned()).or_default();
        if *acts == 0 || !self.speaks.knows_keys() {
            *acts += 1;
        }
        *acts
    }

    pub fn act_count(&self, key: &str) -> u32 {
        let Ok(done) = self.done.lock() else { return 0 };
        done.questions.get(key).map_or(0, |(_, acts)| *acts)
    }
}
