//! What stays of a conversation that is erased: cases that were handed in, as far as the look-up and the agency need
//! them. Nothing that was said, but for the lines that bring a case to the agency which has not got it yet.

use crate::{
    case::{Case, results},
    conversation::{self, Log, Pending},
    files::Stored,
};
use wire::Message;

/// What stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The cases: number, procedure, state, dates, what the agency said of them.
    pub cases: Vec<Case>,
    /// What is still on its way to the agency, of these cases.
    pub pending: Vec<Pending>,
    /// The lines that stand for it: title and number, nothing else.
    pub messages: Vec<Message>,
    /// What is brought with it, sealed: the place of the line, and the bytes as text.
    pub sealed: Vec<(u64, String)>,
    /// Papers that the agency has still to fetch, and results that it has sent. Their bytes are the shell's.
    pub files: Vec<Stored>,
}

impl Kept {
    /// What stays of `log`.
    pub fn of(log: &impl Log) -> Kept {
        let pending: Vec<Pending> = log.pending().into_iter().filter(|each| each.case.is_some()).collect();
        let on_its_way = |number: &str| pending.iter().any(|each| each.case.as_deref() == Some(number));
        let cases: Vec<Case> = cases(log)
            .into_iter()
            .map(|case| match on_its_way(&case.number) {
                true => case,
                false => Case { sealed: String::new(), ..case },
            })
            .collect();
        let owners: Vec<String> =
            cases.iter().flat_map(|case| [format!("case:{}", case.number), results(&case.number)]).collect();
        let belongs = |file: &Stored| file.owner.as_ref().is_some_and(|owner| owners.contains(owner));
        Kept {
            messages: pending.iter().filter_map(|each| log.at(each.seq)).collect(),
            sealed: pending
                .iter()
                .filter_map(|each| Some((each.seq, conversation::sealed(log, each.seq)?)))
                .collect(),
            files: log.files().into_iter().filter(belongs).collect(),
            cases,
            pending,
        }
    }

    /// Whether there is anything.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Writes it into `log`, in which nothing else is.
    pub fn restore(&self, log: &mut impl Log) {
        self.messages.iter().for_each(|message| log.put(message));
        self.cases.iter().for_each(|case| conversation::put_case(log, case));
        self.sealed.iter().for_each(|(seq, sealed)| conversation::put_sealed(log, *seq, sealed));
        self.pending.iter().for_each(|pending| log.put_pending(pending));
        self.files.iter().for_each(|file| log.put_file(file));
    }
}

/// The cases in `log`.
pub fn cases(log: &impl Log) -> Vec<Case> {
    log.records("case:").into_iter().filter_map(|json| serde_json::from_str(&json).ok()).collect()
}
