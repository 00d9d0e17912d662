//! One wasm made into two: what everybody needs, and what comes when it is first wanted.
//!
//! Whatever stands in a module called `late` belongs to the second, and with it every function that nothing else calls.
//! Both share memory, tables and globals. What the first calls of the second goes through the table of functions,
//! where the second puts itself when it comes; until then such a call ends with an error, so nothing may call a function
//! in a module `late` before `chat.late` says that it is there.

mod early;
mod late;
mod module;

use module::Module;
use std::collections::{BTreeMap, BTreeSet};

/// In the names of what comes late, and of what was made for it from something generic.
pub const LATE: &str = "::late::";

/// The name under which the late one takes what it needs of the early one.
pub const EARLY: &str = "0";

/// The two.
pub struct Halves {
    /// What everybody loads.
    pub early: Vec<u8>,
    /// What comes later.
    pub late: Vec<u8>,
}

/// Takes `wasm` apart. It must have its functions' names; names of imports and exports must not begin with a digit.
///
/// # Errors
/// If it can't be read, or nothing in it is late.
pub fn halves(wasm: &[u8]) -> anyhow::Result<Halves> {
    let module = Module::read(wasm)?;
    let plan = Plan::of(&module)?;
    Ok(Halves { early: early::write(wasm, &module, &plan)?, late: late::write(&module, &plan)? })
}

/// What goes where.
struct Plan {
    /// The functions that come late.
    late: BTreeSet<u32>,
    /// Those of them that the early half calls, each with its place in the table of functions.
    gates: BTreeMap<u32, u32>,
    /// What the late half takes of the early one, in this order.
    taken: Vec<u32>,
}

impl Plan {
    fn of(module: &Module<'_>) -> anyhow::Result<Plan> {
        let marked = |index: &u32| module.names.get(index).is_some_and(|name| name.contains(LATE));
        // What is generic, or made by the compiler, may stand for something early as well: then it is early.
        let gate = |index: &u32| module.names.get(index).is_some_and(|name| is_written(name));
        let in_table = module.slots.values().copied().filter(|index| !marked(index));
        let mut open: Vec<u32> = module.roots.iter().copied().chain(in_table).collect();
        let (mut early, mut gates) = (BTreeSet::new(), BTreeMap::new());
        while let Some(index) = open.pop() {
            if early.insert(index) {
                let (called, others) = module
                    .calls(index)?
                    .into_iter()
                    .partition::<Vec<u32>, _>(|index| marked(index) && gate(index));
                open.extend(others);
                for gate in called {
                    let next = module.table_size + gates.len() as u32;
                    gates.entry(gate).or_insert(next);
                }
            }
        }
        let own = module.imported()..module.imported() + module.bodies.len() as u32;
        let late: BTreeSet<u32> = own.filter(|index| !early.contains(index)).collect();
        anyhow::ensure!(!gates.is_empty(), "nothing in the wasm is in a module called late");
        let mut taken = BTreeSet::new();
        for index in &late {
            taken.extend(module.calls(*index)?.into_iter().filter(|called| !late.contains(called)));
        }
        Ok(Plan { late, gates, taken: taken.into_iter().collect() })
    }
}

/// Whether `name` is that of a function as it stands in a module `late`.
fn is_written(name: &str) -> bool {
    let path = name.split('<').next().unwrap_or_default();
    path.contains(LATE) && !name.contains('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_functions_as_written_are_ways_in() {
        assert!(is_written("widget[1]::chat::late::update"));
        assert!(!is_written("widget[1]::view::late::menu::drop::{closure#0}"));
        assert!(!is_written("core[1]::ptr::drop_in_place::<widget[1]::host::late::upload::Own>"));
        assert!(!is_written("<alloc[1]::raw_vec::RawVec<widget[1]::host::late::upload::Own>>::grow_one"));
    }
}
