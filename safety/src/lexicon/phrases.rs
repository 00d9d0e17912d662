//! The phrases of all classes: a tree of words while they are read, an automaton when they are searched for.

use super::{
    matches::PhraseClass,
    vocabulary::{Map, WordId},
};

/// The root of the tree.
const ROOT: u32 = 0;

/// The tree.
#[derive(Debug, Default)]
pub struct Tree {
    edges: Map<(u32, WordId), u32>,
    /// By node: the classes of the phrase that ends there.
    classes: Vec<Vec<PhraseClass>>,
    /// How many classes there are, those of other trees too.
    pub count: PhraseClass,
}

impl Tree {
    /// The number of a new class.
    pub fn new_class(&mut self) -> PhraseClass {
        self.count = self.count.saturating_add(1);
        self.count - 1
    }

    /// Puts a phrase into `class`.
    pub fn insert(&mut self, phrase: &[WordId], class: PhraseClass) {
        let mut node = ROOT;
        if self.classes.is_empty() {
            self.classes.push(Vec::new());
        }
        for id in phrase {
            let fresh = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
            node = *self.edges.entry((node, *id)).or_insert(fresh);
            if node == fresh {
                self.classes.push(Vec::new());
            }
        }
        if let Some(classes) = self.classes.get_mut(node as usize).filter(|classes| !classes.contains(&class))
        {
            classes.push(class);
        }
    }

    /// The automaton: nodes behind which all is alike become one.
    pub fn build_automaton(&self, number: impl Fn(WordId) -> WordId) -> Phrases {
        let mut children: Vec<Vec<(WordId, u32)>> = vec![Vec::new(); self.classes.len()];
        for ((from, id), to) in &self.edges {
            if let Some(children) = children.get_mut(*from as usize) {
                children.push((number(*id), *to));
            }
        }
        children.iter_mut().for_each(|children| children.sort_unstable());
        let mut phrases = Phrases::default();
        let mut seen = StateCache::default();
        // Depth first, by hand: a node is made once all behind it are.
        let mut done: Vec<Option<u32>> = vec![None; self.classes.len()];
        let mut open = vec![ROOT];
        while let Some(node) = open.last().copied() {
            let edges = children.get(node as usize).map_or(&[] as &[_], Vec::as_slice);
            let state = |to: u32| done.get(to as usize).copied().flatten();
            let waiting = edges.iter().find(|(_, to)| state(*to).is_none());
            if let Some((_, to)) = waiting {
                open.push(*to);
                continue;
            }
            let edges: Vec<(WordId, u32)> =
                edges.iter().filter_map(|(id, to)| Some((*id, state(*to)?))).collect();
            let mut classes = self.classes.get(node as usize).cloned().unwrap_or_default();
            classes.sort_unstable();
            let made = phrases.intern_state(edges, classes, &mut seen);
            if let Some(done) = done.get_mut(node as usize) {
                *done = Some(made);
            }
            open.pop();
        }
        phrases.index_root();
        phrases
    }
}

/// What was made of an automaton.
#[derive(Default)]
struct StateCache {
    states: Map<(Vec<(WordId, u32)>, u32), u32>,
    sets: Map<Vec<PhraseClass>, u32>,
}

/// The automaton. Its last state is the root.
#[derive(Debug, Default, PartialEq)]
pub struct Phrases {
    /// By state: where its edges end among all, and its set of classes.
    pub states: Vec<(u32, u32)>,
    /// The edges: a word and the state behind it; of one state sorted by word.
    pub edges: Vec<(WordId, u32)>,
    /// By set: where its classes end among all.
    pub sets: Vec<u32>,
    /// The classes of all sets.
    pub classes: Vec<PhraseClass>,
    /// The edges of the root, by word: the state and one, 0 for none.
    roots: Vec<u32>,
}

impl Phrases {
    fn intern_state(
        &mut self,
        edges: Vec<(WordId, u32)>,
        classes: Vec<PhraseClass>,
        seen: &mut StateCache,
    ) -> u32 {
        let fresh = u32::try_from(self.sets.len()).unwrap_or(u32::MAX);
        let set = match seen.sets.get(&classes) {
            Some(set) => *set,
            None => {
                self.classes.extend(&classes);
                self.sets.push(self.classes.len() as u32);
                seen.sets.insert(classes, fresh);
                fresh
            }
        };
        let fresh = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        let key = (edges, set);
        if let Some(state) = seen.states.get(&key) {
            return *state;
        }
        self.edges.extend(&key.0);
        self.states.push((self.edges.len() as u32, set));
        seen.states.insert(key, fresh);
        fresh
    }

    /// Makes every phrase of a class one of the classes that it is part of too: `wholes`, by class.
    pub fn add_containing_classes(&mut self, wholes: &[Vec<PhraseClass>]) {
        let direct = std::mem::take(&mut self.classes);
        let mut from = 0;
        for to in &mut self.sets {
            let set = direct.get(from..*to as usize).unwrap_or_default();
            from = *to as usize;
            let begin = self.classes.len();
            self.classes.extend(set);
            for class in set {
                let more = wholes.get(usize::from(*class)).into_iter().flatten();
                for whole in more {
                    if !self.classes.get(begin..).unwrap_or_default().contains(whole) {
                        self.classes.push(*whole);
                    }
                }
            }
            *to = self.classes.len() as u32;
        }
    }

    /// To be called when all states are in.
    pub fn index_root(&mut self) {
        let root = self.root();
        let edges = self.edges_of(root);
        let mut roots = vec![0; edges.last().map_or(0, |(id, _)| *id as usize + 1)];
        for (id, to) in edges {
            if let Some(state) = roots.get_mut(*id as usize) {
                *state = to + 1;
            }
        }
        self.roots = roots;
    }

    /// The root.
    pub fn root(&self) -> u32 {
        u32::try_from(self.states.len()).unwrap_or_default().saturating_sub(1)
    }

    /// The edges of a state.
    pub fn edges_of(&self, state: u32) -> &[(WordId, u32)] {
        let before = state.checked_sub(1).and_then(|before| self.states.get(before as usize));
        let from = before.map_or(0, |(to, _)| *to as usize);
        let to = self.states.get(state as usize).map_or(0, |(to, _)| *to as usize);
        self.edges.get(from..to).unwrap_or_default()
    }

    /// The state behind the root with `id`.
    pub fn first_state(&self, id: WordId) -> Option<u32> {
        self.roots.get(id as usize)?.checked_sub(1)
    }

    /// The state behind `state` with `id`.
    pub fn next_state(&self, state: u32, id: WordId) -> Option<u32> {
        let edges = self.edges_of(state);
        let at = edges.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        edges.get(at).map(|(_, to)| *to)
    }

    /// The classes of the phrase that ends at `state`.
    pub fn classes_at(&self, state: u32) -> &[PhraseClass] {
        self.states.get(state as usize).map_or(&[], |(_, set)| self.class_set(*set as usize))
    }

    /// The classes of a set.
    pub fn class_set(&self, set: usize) -> &[PhraseClass] {
        let before = set.checked_sub(1).and_then(|before| self.sets.get(before));
        let from = before.map_or(0, |to| *to as usize);
        self.sets.get(set).and_then(|to| self.classes.get(from..*to as usize)).unwrap_or_default()
    }
}
