//! The audit trail: each act holds a tag over itself and the one before it, which only who has the edge's secret can make; and
//! its end is kept beside it, so that nothing can be taken off the end either.
//!
//! Acts from before there were tags hold a digest that anybody could make. None of those may follow a tag.

use super::AuditEvent;
use crate::crypto::hmac;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wire::desk::Act;

/// What a tag begins with; a digest is hex alone.
const KEYED: &str = "k1.";
/// Bytes of a tag.
const TAG_BYTES: usize = 32;

/// The end of a trail: the number and the digest, or tag, of its last act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trail {
    /// 0: nothing was done yet.
    pub n: u64,
    /// Empty at the beginning.
    pub digest: String,
}

/// What tags of one site's trail are made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    site: String,
    /// The edge's secret, and the one it had before.
    secrets: Vec<Vec<u8>>,
}

/// How far a trail went, as it is kept beside it and once more in another object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailEnd {
    /// The number of the last act.
    pub n: u64,
    /// Its digest, or tag.
    pub digest: String,
    /// A tag over both.
    tag: String,
}

impl Keys {
    /// Those of `site`. `before` is the secret that the edge had before `secret`, if its operator still says it.
    pub fn new(site: &str, secret: &[u8], before: Option<&[u8]>) -> Keys {
        Keys {
            site: site.to_owned(),
            secrets: [Some(secret), before].into_iter().flatten().map(<[u8]>::to_vec).collect(),
        }
    }

    /// Tags of these fields, by each secret; the one made now comes first.
    fn make_tags<'a>(&'a self, kind: &'a str, fields: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
        self.secrets.iter().map(move |secret| {
            let fields: Vec<Vec<u8>> =
                [kind, &self.site].iter().chain(fields).map(|field| prefix_length(field)).collect();
            let parts: Vec<&[u8]> = fields.iter().map(Vec::as_slice).collect();
            format!("{KEYED}{}", hmac::hex_tag(secret, &parts, TAG_BYTES))
        })
    }

    /// The end of a trail, to be kept.
    pub fn sign_end(&self, trail: &Trail) -> TrailEnd {
        let tag = self
            .make_tags("hoi trail end 1", &[&trail.n.to_string(), &trail.digest])
            .next()
            .unwrap_or_default();
        TrailEnd { n: trail.n, digest: trail.digest.clone(), tag }
    }

    /// Whether `end` was kept by this edge.
    fn is_valid_end(&self, end: &TrailEnd) -> bool {
        self.make_tags("hoi trail end 1", &[&end.n.to_string(), &end.digest]).any(|tag| tag == end.tag)
    }
}

/// `done` as the act that follows `trail`.
pub fn next_act(trail: &Trail, done: AuditEvent, keys: &Keys) -> Act {
    let AuditEvent { at, who, act, about } = done;
    let act = Act { n: trail.n + 1, at, who, act, about, digest: String::new() };
    let digest = act_tags(&trail.digest, &act, keys).into_iter().next().unwrap_or_default();
    Act { digest, ..act }
}

/// Whether each of `acts`, in order, follows from the one before it; the first one from `before`.
pub fn is_whole(before: &Trail, acts: &[Act], keys: &Keys) -> bool {
    let mut trail = before.clone();
    acts.iter().all(|act| {
        let right = match act.digest.starts_with(KEYED) {
            true => act_tags(&trail.digest, act, keys).contains(&act.digest),
            false => !trail.digest.starts_with(KEYED) && act.digest == legacy_digest(&trail.digest, act),
        };
        let follows = act.n == trail.n + 1 && right;
        trail = Trail { n: act.n, digest: act.digest.clone() };
        follows
    })
}

/// Whether a trail that ends with `trail` goes as far as `end` says, which was kept when it ended there or earlier. `at_end`
/// is the digest of its act number `end.n`.
pub fn reaches_end(trail: &Trail, end: &TrailEnd, at_end: Option<&str>, keys: &Keys) -> bool {
    keys.is_valid_end(end) && trail.n >= end.n && (end.n == 0 || at_end == Some(end.digest.as_str()))
}

/// The tags of `act` behind `before`, by each secret.
fn act_tags(before: &str, act: &Act, keys: &Keys) -> Vec<String> {
    let numbers = [act.n.to_string(), act.at.to_string()];
    let fields = [before, &numbers[0], &numbers[1], &act.who, &act.act, &act.about];
    keys.make_tags("hoi trail 1", &fields).collect()
}

/// A field with its length before it, so that no two lists read alike.
fn prefix_length(field: &str) -> Vec<u8> {
    [&(field.len() as u64).to_be_bytes(), field.as_bytes()].concat()
}

/// As acts held it before there were tags.
fn legacy_digest(before: &str, act: &Act) -> String {
    let mut hash = Sha256::new();
    let numbers = [act.n.to_string(), act.at.to_string()];
    for field in [before, &numbers[0], &numbers[1], &act.who, &act.act, &act.about] {
        hash.update(prefix_length(field));
    }
    base16ct::lower::encode_string(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new("ward", b"secret", None)
    }

    fn done(at: u64, act: &str) -> AuditEvent {
        AuditEvent { at, who: "lan".into(), act: act.into(), about: "c1".into() }
    }

    fn end_of(acts: &[Act]) -> Trail {
        acts.last().map_or_else(Trail::default, |act| Trail { n: act.n, digest: act.digest.clone() })
    }

    fn trail_with(keys: &Keys) -> Vec<Act> {
        let mut acts = Vec::new();
        for (at, act) in [(1, "take"), (2, "say"), (3, "close")] {
            acts.push(next_act(&end_of(&acts), done(at, act), keys));
        }
        acts
    }

    /// As they were made before there were tags.
    fn old() -> Vec<Act> {
        let mut acts: Vec<Act> = Vec::new();
        for (at, act) in [(1, "take"), (2, "say")] {
            let end = end_of(&acts);
            let act = Act {
                n: end.n + 1,
                at,
                who: "lan".into(),
                act: act.into(),
                about: "c1".into(),
                digest: String::new(),
            };
            acts.push(Act { digest: legacy_digest(&end.digest, &act), ..act });
        }
        acts
    }

    #[test]
    fn an_untouched_trail_is_whole() {
        assert!(is_whole(&Trail::default(), &trail_with(&keys()), &keys()));
        assert!(is_whole(&Trail::default(), &[], &keys()));
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
            let mut acts = trail_with(&keys());
            change(&mut acts);
            assert!(!is_whole(&Trail::default(), &acts, &keys()), "change {index} is not seen");
        }
    }

    #[test]
    fn nobody_without_the_secret_makes_a_trail() {
        for other in [Keys::new("ward", b"other", None), Keys::new("shop", b"secret", None)] {
            assert!(!is_whole(&Trail::default(), &trail_with(&other), &keys()));
        }
        // What could be made without one may not stand behind what could not.
        let mut acts = trail_with(&keys());
        let end = end_of(&acts);
        let forged = Act {
            n: 4,
            at: 4,
            who: "lan".into(),
            act: "x".into(),
            about: String::new(),
            digest: String::new(),
        };
        acts.push(Act { digest: legacy_digest(&end.digest, &forged), ..forged });
        assert!(!is_whole(&Trail::default(), &acts, &keys()));
    }

    #[test]
    fn an_old_trail_goes_on_with_tags() {
        let mut acts = old();
        assert!(is_whole(&Trail::default(), &acts, &keys()));
        acts.push(next_act(&end_of(&acts), done(3, "close"), &keys()));
        assert!(acts[2].digest.starts_with(KEYED) && is_whole(&Trail::default(), &acts, &keys()));
        acts[0].who = "minh".into();
        assert!(!is_whole(&Trail::default(), &acts, &keys()));
    }

    #[test]
    fn a_new_secret_reads_what_the_old_one_wrote_while_it_is_told() {
        let mut acts = trail_with(&keys());
        let both = Keys::new("ward", b"new", Some(b"secret"));
        acts.push(next_act(&end_of(&acts), done(4, "open"), &both));
        assert!(is_whole(&Trail::default(), &acts, &both));
        assert!(!is_whole(&Trail::default(), &acts, &Keys::new("ward", b"new", None)));
    }

    #[test]
    fn what_is_taken_off_the_end_shows() {
        let acts = trail_with(&keys());
        let (all, some) = (end_of(&acts), end_of(&acts[..2]));
        let end = keys().sign_end(&all);
        let at = |n: u64, acts: &[Act]| acts.iter().find(|act| act.n == n).map(|act| act.digest.clone());
        assert!(reaches_end(&all, &end, at(3, &acts).as_deref(), &keys()));
        assert!(!reaches_end(&some, &end, at(3, &acts[..2]).as_deref(), &keys()));
        assert!(!reaches_end(&Trail::default(), &end, None, &keys()));
        // The end of before is no reason for doubt, one that somebody else wrote is.
        assert!(reaches_end(&all, &keys().sign_end(&some), at(2, &acts).as_deref(), &keys()));
        assert!(!reaches_end(
            &some,
            &TrailEnd { tag: "k1.0".into(), ..keys().sign_end(&some) },
            at(2, &acts).as_deref(),
            &keys()
        ));
        assert!(reaches_end(&Trail::default(), &keys().sign_end(&Trail::default()), None, &keys()));
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let done =
            |who: &str, act: &str| AuditEvent { at: 1, who: who.into(), act: act.into(), about: "".into() };
        assert_ne!(
            next_act(&Trail::default(), done("la", "nsay"), &keys()).digest,
            next_act(&Trail::default(), done("lan", "say"), &keys()).digest
        );
    }
}
