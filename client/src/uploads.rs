//! Files on their way: sent as soon as they are chosen, said with the next message.

use wire::{Fault, File, FileRules, Id, limits::MAX_FILES};

/// A file that goes with what is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What there is to know of it; what the edge says of it, once it is there.
    pub file: File,
    /// Its id.
    pub id: Id,
    /// How far it has come.
    pub state: UploadState,
}

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// So many hundredths are sent.
    Sending(u32),
    /// The edge has it.
    Done,
    /// It is refused, or the connection was lost.
    Failed(Option<Fault>),
}

/// Why a file is refused for good, by the answer's `status` and what the edge has `told`: somebody on the way who refuses says
/// nothing that we can read. Nothing, where sending it again may help.
pub fn refusal_fault(status: u16, told: Option<Fault>) -> Option<Fault> {
    told.or(match status {
        // Those who answer so ask for patience.
        408 | 425 | 429 => None,
        413 => Some(Fault::TooLong),
        400..=499 => Some(Fault::Unknown),
        _ => None,
    })
}

/// The files that go with what is being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uploads {
    /// In the order they were chosen.
    pub files: Vec<Upload>,
}

impl Uploads {
    /// Takes in what was chosen. Gives the id of each, and why it is not to be sent, if it isn't.
    pub fn add_files(&mut self, files: Vec<File>, rules: &FileRules) -> Vec<(Id, Option<Fault>)> {
        let mut chosen = Vec::new();
        for file in files {
            let Some(id) = file.id else { continue };
            let full = (self.files.len() >= MAX_FILES).then_some(Fault::FilesFull);
            let fault = rules.refusal_reason(&file).or(full);
            let state = fault.map_or(UploadState::Sending(0), |fault| UploadState::Failed(Some(fault)));
            self.files.push(Upload { file, id, state });
            chosen.push((id, fault));
        }
        chosen
    }

    /// The file `id` has come so far; what the edge says of it comes along once it is there. Says whether it is still
    /// among them.
    pub fn set_state(&mut self, id: Id, state: UploadState, file: Option<File>) -> bool {
        let Some(upload) = self.files.iter_mut().find(|upload| upload.id == id) else { return false };
        upload.state = state;
        if let Some(file) = file {
            upload.file = file;
        }
        true
    }

    /// Takes the file `id` out.
    pub fn remove(&mut self, id: Id) {
        self.files.retain(|upload| upload.id != id);
    }

    /// Whether what is written must wait for a file.
    pub fn is_sending(&self) -> bool {
        self.files.iter().any(|upload| matches!(upload.state, UploadState::Sending(_)))
    }

    /// Whether there is a file to say.
    pub fn has_done(&self) -> bool {
        self.files.iter().any(|upload| upload.state == UploadState::Done)
    }

    /// Takes out the files that are there: they go with what is said now. Those that failed stay, to be sent again or removed.
    pub fn take_done(&mut self) -> Vec<File> {
        let is_done = |upload: &Upload| upload.state == UploadState::Done;
        let files =
            self.files.iter().filter(|upload| is_done(upload)).map(|upload| upload.file.clone()).collect();
        self.files.retain(|upload| !is_done(upload));
        files
    }

    /// Puts files back that were to go with something that is not said after all.
    pub fn restore(&mut self, files: Vec<File>) {
        let upload = |file: File| Some(Upload { id: file.id?, file, state: UploadState::Done });
        self.files.extend(files.into_iter().filter_map(upload));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: u128, name: &str, size: u64) -> File {
        File { id: Some(Id(id)), name: name.into(), size, kind: String::new(), href: None }
    }

    fn rules() -> FileRules {
        FileRules { allow: vec!["pdf".into()], max_bytes: 1_000 }
    }

    #[test]
    fn what_is_not_taken_is_not_sent() {
        let mut uploads = Uploads::default();
        let chosen = uploads
            .add_files(vec![file(1, "a.exe", 9), file(2, "b.PDF", 1_001), file(3, "c.pdf", 9)], &rules());
        let expected = [(Id(1), Some(Fault::FileKind)), (Id(2), Some(Fault::TooLong)), (Id(3), None)];
        assert_eq!(chosen, expected);
        assert!(uploads.is_sending() && !uploads.has_done());
        let more = (10..16).map(|id| file(id, "d.pdf", 1)).collect();
        assert_eq!(uploads.add_files(more, &rules()).last(), Some(&(Id(15), Some(Fault::FilesFull))));
    }

    #[test]
    fn who_refuses_on_the_way_is_told_by_the_status() {
        assert_eq!(refusal_fault(413, None), Some(Fault::TooLong));
        assert_eq!(refusal_fault(403, None), Some(Fault::Unknown));
        assert_eq!(refusal_fault(413, Some(Fault::FilesFull)), Some(Fault::FilesFull), "the edge's own word");
        for passing in [0, 200, 408, 429, 502, 503] {
            assert_eq!(refusal_fault(passing, None), None, "{passing}");
        }
    }

    #[test]
    fn what_is_there_goes_along_and_the_rest_stays() {
        let mut uploads = Uploads::default();
        uploads.add_files(vec![file(1, "a.pdf", 9), file(2, "b.pdf", 9)], &rules());
        assert!(uploads.set_state(Id(1), UploadState::Done, Some(file(1, "A.pdf", 9))));
        assert!(uploads.set_state(Id(2), UploadState::Failed(None), None));
        assert!(!uploads.set_state(Id(3), UploadState::Done, None), "it was taken out");
        assert_eq!(uploads.take_done(), [file(1, "A.pdf", 9)]);
        assert_eq!(uploads.files.len(), 1);
        uploads.restore(vec![file(1, "A.pdf", 9)]);
        assert!(uploads.has_done() && !uploads.is_sending());
        uploads.remove(Id(2));
        assert_eq!(uploads.files.len(), 1);
    }
}
