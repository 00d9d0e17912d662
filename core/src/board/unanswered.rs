//! Questions that are alike, for a lead who teaches the assistant.

use intent::Meaning;
use std::collections::BTreeMap;
use wire::desk::{Group, Wondered};

/// `questions` grouped by likeness within their languages, the largest group first. `table` tells what words mean.
pub fn group_questions(questions: Vec<Wondered>, table: Option<&Meaning>) -> Vec<Group> {
    let mut languages: BTreeMap<String, Vec<Wondered>> = BTreeMap::new();
    questions.into_iter().for_each(|each| languages.entry(each.lang.clone()).or_default().push(each));
    let mut groups: Vec<Group> =
        languages.into_values().flat_map(|questions| of_one_language(questions, table)).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.questions.len()));
    groups
}

fn of_one_language(questions: Vec<Wondered>, table: Option<&Meaning>) -> Vec<Group> {
    let texts: Vec<&str> = questions.iter().map(|each| each.text.as_str()).collect();
    let places = intent::group_similar(&texts, table);
    let group = |places: Vec<usize>| {
        let own: Vec<Wondered> = places.iter().filter_map(|at| questions.get(*at).cloned()).collect();
        Group { nearest: nearest_intent(&own), questions: own }
    };
    places.into_iter().map(group).collect()
}

/// The intent that most of them came closest to.
fn nearest_intent(questions: &[Wondered]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    questions.iter().filter_map(|each| each.nearest.as_deref()).for_each(|id| {
        *counts.entry(id).or_default() += 1;
    });
    counts.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id))).map(|(id, _)| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::desk::Why;

    fn question(n: u64, lang: &str, text: &str, nearest: Option<&str>) -> Wondered {
        let nearest = nearest.map(str::to_owned);
        Wondered { n, at: n, lang: lang.into(), text: text.into(), why: Why::Unanswered, nearest }
    }

    #[test]
    fn groups_know_what_most_of_them_are_near_to() {
        let groups = group_questions(
            vec![
                question(1, "vi", "chó cắn con tôi", Some("y-te")),
                question(2, "en", "my bin was not emptied", None),
                question(3, "vi", "cho can con toi", Some("khai-sinh")),
                question(4, "vi", "con tôi bị chó cắn", Some("y-te")),
            ],
            Meaning::bundled_table().as_deref(),
        );
        let numbers: Vec<Vec<u64>> =
            groups.iter().map(|group| group.questions.iter().map(|each| each.n).collect()).collect();
        assert_eq!(numbers, [vec![1, 3, 4], vec![2]]);
        assert_eq!(groups[0].nearest.as_deref(), Some("y-te"));
        assert_eq!(groups[1].nearest, None);
    }
}
