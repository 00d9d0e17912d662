//! The phrases of all classes as one tree of words.

use super::{
    rules::Class,
    vocabulary::{Id, Map},
};

/// The root of the tree.
pub const ROOT: u32 = 0;

/// The tree.
#[derive(Debug, Default)]
pub struct Phrases {
    edges: Map<(u32, Id), u32>,
    /// By node: the classes of the phrase that ends there.
    classes: Vec<Vec<Class>>,
    count: Class,
}

impl Phrases {
    /// The number of a new class.
    pub fn class(&mut self) -> Class {
        self.count = self.count.saturating_add(1);
        self.count - 1
    }

    /// How many classes there are.
    pub fn count(&self) -> usize {
        usize::from(self.count)
    }

    /// Puts a phrase into `class`.
    pub fn add(&mut self, phrase: &[Id], class: Class) {
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

    /// Makes every phrase of `part` one of `whole` too.
    pub fn include(&mut self, whole: Class, part: Class) {
        if whole == part {
            return;
        }
        for classes in
            self.classes.iter_mut().filter(|classes| classes.contains(&part) && !classes.contains(&whole))
        {
            classes.push(whole);
        }
    }

    /// The node behind `node` with `id`.
    pub fn next(&self, node: u32, id: Id) -> Option<u32> {
        self.edges.get(&(node, id)).copied()
    }

    /// The classes of the phrase that ends at `node`.
    pub fn classes(&self, node: u32) -> &[Class] {
        self.classes.get(node as usize).map_or(&[], Vec::as_slice)
    }
}
