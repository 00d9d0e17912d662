//! One wasm made into two: what everybody needs, and what comes when it is first wanted.
//!
//! Whatever stands in a module called `lazy_load` belongs to the second, and with it every function that nothing else calls.
//! Both share memory, tables and globals. What the first calls of the second goes through the table of functions,
//! where the second puts itself when it comes; until then such a call ends with an error, so nothing may call a function
//! in a module `lazy_load` before `chat.lazy` says that it is there.

mod early;
mod late;
pub mod module;

use module::Module;
use std::collections::{BTreeMap, BTreeSet};

/// In the names of what comes late, and of what was made for it from something generic. Not just `lazy`: the standard library has
/// modules of that name.
pub const LATE: &str = "::lazy_load::";

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
pub fn split_halves(wasm: &[u8]) -> anyhow::Result<Halves> {
    let module = Module::read(wasm)?;
    let plan = Plan::for_module(&module)?;
    Ok(Halves { early: early::write_early(wasm, &module, &plan)?, late: late::write_late(&module, &plan)? })
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
    fn for_module(module: &Module<'_>) -> anyhow::Result<Plan> {
        let marked = |index: &u32| module.names.get(index).is_some_and(|name| name.contains(LATE));
        // What is generic, or made by the compiler, may stand for something early as well: then it is early.
        let gate = |index: &u32| module.names.get(index).is_some_and(|name| is_written(name));
        let in_table = module.slots.values().copied().filter(|index| !marked(index));
        let mut open: Vec<u32> = module.roots.iter().copied().chain(in_table).collect();
        let (mut early, mut gates) = (BTreeSet::new(), BTreeMap::new());
        while let Some(index) = open.pop() {
            if early.insert(index) {
                let (called, others) = module
                    .called_functions(index)?
                    .into_iter()
                    .partition::<Vec<u32>, _>(|index| marked(index) && gate(index));
                open.extend(others);
                for gate in called {
                    let next = module.table_size + gates.len() as u32;
                    gates.entry(gate).or_insert(next);
                }
            }
        }
        let own = module.import_count()..module.import_count() + module.bodies.len() as u32;
        let late: BTreeSet<u32> = own.filter(|index| !early.contains(index)).collect();
        anyhow::ensure!(!gates.is_empty(), "nothing in the wasm is in a module called lazy_load");
        let mut taken = BTreeSet::new();
        for index in &late {
            taken
                .extend(module.called_functions(*index)?.into_iter().filter(|called| !late.contains(called)));
        }
        Ok(Plan { late, gates, taken: taken.into_iter().collect() })
    }
}

/// Whether `name` is that of a function as it stands in a module `lazy_load`.
fn is_written(name: &str) -> bool {
    let path = name.split('<').next().unwrap_or_default();
    path.contains(LATE) && !name.contains('{')
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
        FunctionSection, Instruction, NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
        ValType,
    };

    #[test]
    fn only_functions_as_written_are_ways_in() {
        assert!(is_written("widget[1]::chat::lazy_load::update"));
        assert!(!is_written("widget[1]::view::lazy_load::menu::render_dropdown::{closure#0}"));
        assert!(!is_written("core[1]::ptr::drop_in_place::<browser[1]::lazy_load::upload::PendingUpload>"));
        assert!(!is_written(
            "<alloc[1]::raw_vec::RawVec<browser[1]::lazy_load::upload::PendingUpload>>::grow_one"
        ));
    }

    /// Each function has a name and calls others; the first is exported, the one called `closure` stands in the table.
    fn module(functions: &[(&str, &[u32])]) -> Vec<u8> {
        let (mut types, mut kinds, mut code) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        types.ty().function([ValType::I32], []);
        let (mut names, mut elements) = (NameMap::new(), ElementSection::new());
        for (index, (name, calls)) in (0..).zip(functions) {
            kinds.function(0);
            let mut body = Function::new([]);
            for called in *calls {
                body.instruction(&Instruction::LocalGet(0)).instruction(&Instruction::Call(*called));
            }
            code.function(body.instruction(&Instruction::End));
            names.append(index, name);
            if name.contains("closure") {
                elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(vec![index].into()));
            }
        }
        let (mut tables, mut exports, mut all_names) =
            (TableSection::new(), ExportSection::new(), NameSection::new());
        let kind = TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 2,
            maximum: Some(2),
            shared: false,
        };
        tables.table(kind);
        exports.export("a", ExportKind::Func, 0);
        all_names.functions(&names);
        let mut out = wasm_encoder::Module::new();
        out.section(&types).section(&kinds).section(&tables).section(&exports).section(&elements);
        out.section(&code).section(&all_names);
        out.finish()
    }

    #[test]
    fn what_only_late_functions_call_is_late() {
        let whole = module(&[
            ("x[1]::start", &[1, 2]),
            ("x[1]::both", &[]),
            ("x[1]::lazy_load::gate", &[1, 3]),
            ("x[1]::only_there", &[]),
            ("x[1]::lazy_load::gate::{closure#0}", &[3]),
        ]);
        let halves = split_halves(&whole).expect("something is late");
        let (early, late) = (Module::read(&halves.early).unwrap(), Module::read(&halves.late));
        assert_eq!(early.bodies.len(), 5, "functions keep their numbers");
        assert_eq!(early.table_size, 3, "a place for the way in");
        assert!(
            early.called_functions(0).unwrap() == [1, 2] && early.called_functions(2).unwrap().is_empty(),
            "through the table"
        );
        assert_eq!(
            early.find_export(wasmparser::ExternalKind::Func, 1),
            Some("1"),
            "what both call is given"
        );
        assert!(late.is_err(), "it has no table of its own");
    }

    #[test]
    fn what_is_not_there_twice_stays() {
        // Something generic, made for a late type, that early code calls: two that were alike have become one.
        let whole = module(&[
            ("x[1]::start", &[1, 2]),
            ("x[1]::lazy_load::gate", &[2]),
            ("<x[1]::Vec<x[1]::lazy_load::Own>>::grow", &[]),
        ]);
        let early = split_halves(&whole).expect("something is late").early;
        let early = Module::read(&early).unwrap();
        assert_eq!(early.find_export(wasmparser::ExternalKind::Func, 2), Some("2"));
        assert!(split_halves(&module(&[("x[1]::start", &[])])).is_err(), "nothing is late");
    }
}
