//! Circles in a graph.

use std::collections::{BTreeMap, BTreeSet};

/// Which node has arrows to which.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// The circles: sets of nodes of which each leads to all others of its set, the largest first.
pub fn find_circles(graph: &Graph) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|node| (node.as_str(), find_reachable(graph, node))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|nodes| nodes.contains(to));
    let mut circles: Vec<Vec<String>> = Vec::new();
    for node in graph.keys() {
        if !leads(node, node) || circles.iter().flatten().any(|other| other == node) {
            continue;
        }
        let circle = graph.keys().filter(|other| leads(node, other) && leads(other, node));
        circles.push(circle.cloned().collect());
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

/// What `start` leads to, itself only if an arrow comes back to it.
fn find_reachable<'a>(graph: &'a Graph, start: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = graph.get(start).into_iter().flatten().map(String::as_str).collect();
    while let Some(node) = open.pop() {
        if found.insert(node) {
            open.extend(graph.get(node).into_iter().flatten().map(String::as_str));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(arrows: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::new();
        for (from, to) in arrows {
            graph.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            graph.entry((*to).to_owned()).or_default();
        }
        graph
    }

    #[test]
    fn circles_are_found_and_chains_are_none() {
        let arrows = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("f", "g"), ("g", "f")];
        assert_eq!(find_circles(&graph(&arrows)), [vec!["a", "b", "c"], vec!["f", "g"]]);
        assert!(find_circles(&graph(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    }
}
