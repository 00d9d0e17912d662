//! The audit trail: each act holds the digest of the one before it.

use super::Done;
use sha2::{Digest as _, Sha256};
use wire::desk::Act;

/// The end of a trail: the number and the digest of its last act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// 0: nothing was done yet.
    pub n: u64,
    /// Empty at the beginning.
    pub digest: String,
}

/// `done` as the act that follows `trail`.
pub fn next(trail: &Trail, done: Done) -> Act {
    let Done { at, who, act, about } = done;
    let act = Act { n: trail.n + 1, at, who, act, about, digest: String::new() };
    Act { digest: digest(&trail.digest, &act), ..act }
}

/// Whether each of `acts`, in order, follows from the one before it; the first one from `before`.
pub fn is_whole(before: &Trail, acts: &[Act]) -> bool {
    let mut trail = before.clone();
    acts.iter().all(|act| {
        let follows = act.n == trail.n + 1 && act.digest == digest(&trail.digest, act);
        trail = Trail { n: act.n, digest: act.digest.clone() };
        follows
    })
}

/// Each field goes in with its length before it, so that no two acts read alike.
fn digest(before: &str, act: &Act) -> String {
    let mut hash = Sha256::new();
    let numbers = [act.n.to_string(), act.at.to_string()];
    for field in [before, &numbers[0], &numbers[1], &act.who, &act.act, &act.about] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trail() -> Vec<Act> {
        let mut trail = Trail::default();
        let mut acts = Vec::new();
        for (at, act) in [(1, "take"), (2, "say"), (3, "close")] {
            let done = Done { at, who: "lan".into(), act: act.into(), about: "c1".into() };
            acts.push(next(&trail, done));
            let last = acts.last().unwrap();
            trail = Trail { n: last.n, digest: last.digest.clone() };
        }
        acts
    }

    #[test]
    fn an_untouched_trail_is_whole() {
        assert!(is_whole(&Trail::default(), &trail()));
        assert!(is_whole(&Trail::default(), &[]));
    }

    #[test]
    fn whatever_is_changed_shows() {
        let changes: [fn(&mut Vec<Act>); 6] = [
            |acts| acts[1].who = "minh".into(),
            |acts| acts[1].at = 9,
            |acts| acts[0].about = "c2".into(),
            |acts| drop(acts.remove(1)),
            |acts| drop(acts.remove(0)),
            |acts| acts.swap(0, 1),
        ];
        for (index, change) in changes.into_iter().enumerate() {
            let mut acts = trail();
            change(&mut acts);
            assert!(!is_whole(&Trail::default(), &acts), "change {index} is not seen");
        }
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let done = |who: &str, act: &str| Done { at: 1, who: who.into(), act: act.into(), about: "".into() };
        assert_ne!(
            next(&Trail::default(), done("la", "nsay")).digest,
            next(&Trail::default(), done("lan", "say")).digest
        );
    }
}
