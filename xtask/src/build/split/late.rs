//! The half that comes later: functions only, which put themselves into the table as they come.

use super::{
    EARLY, Plan,
    early::export_name,
    module::{FEATURES, Module},
};
use std::{borrow::Cow, collections::BTreeMap};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, ElementSection, Elements, EntityType, FunctionSection,
    ImportSection, NameMap, NameSection, TypeSection,
    reencode::{Error, Reencode},
};
use wasmparser::ExternalKind;

/// Functions have other numbers here: those taken come first.
struct Late(BTreeMap<u32, u32>);

impl Reencode for Late {
    type Error = anyhow::Error;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<Self::Error>> {
        let there = self.0.get(&index).copied();
        there.ok_or_else(|| Error::UserError(anyhow::anyhow!("function {index} is not there")))
    }
}

impl Late {
    fn build_imports(
        &mut self,
        module: &Module<'_>,
        plan: &Plan,
    ) -> Result<ImportSection, Error<anyhow::Error>> {
        let mut imports = ImportSection::new();
        for index in &plan.taken {
            let (kind, _) = module.function_type(*index).map_err(Error::UserError)?;
            match module.imports.get(*index as usize) {
                Some(import) => imports.import(import.module, import.name, EntityType::Function(kind)),
                None => imports.import(
                    EARLY,
                    &export_name(module, ExternalKind::Func, *index),
                    EntityType::Function(kind),
                ),
            };
        }
        for (index, table) in (0..).zip(&module.tables) {
            let mut table = self.table_type(*table)?;
            if index == 0 {
                table.minimum += plan.gates.len() as u64;
                table.maximum = table.maximum.map(|most| most + plan.gates.len() as u64);
            }
            imports.import(EARLY, &export_name(module, ExternalKind::Table, index), table);
        }
        for (index, memory) in (0..).zip(&module.memories) {
            let memory = self.memory_type(*memory)?;
            imports.import(EARLY, &export_name(module, ExternalKind::Memory, index), memory);
        }
        for (index, global) in (0..).zip(&module.globals) {
            let global = self.global_type(*global)?;
            imports.import(EARLY, &export_name(module, ExternalKind::Global, index), global);
        }
        Ok(imports)
    }

    /// The places in the table of functions that are this half's.
    fn build_elements(
        &mut self,
        module: &Module<'_>,
        plan: &Plan,
    ) -> Result<ElementSection, Error<anyhow::Error>> {
        let inside = module.slots.iter().filter(|(_, index)| plan.late.contains(index));
        let inside = inside.map(|(slot, index)| (*slot, *index));
        let mut places: Vec<(u32, u32)> =
            inside.chain(plan.gates.iter().map(|(index, slot)| (*slot, *index))).collect();
        places.sort_unstable();
        let mut elements = ElementSection::new();
        // Neighbours go together.
        for row in places.chunk_by(|(one, _), (next, _)| one + 1 == *next) {
            let functions = row.iter().map(|(_, index)| self.function_index(*index));
            let functions = functions.collect::<Result<Vec<u32>, _>>()?;
            let first = row.first().map_or(0, |(slot, _)| *slot);
            elements.active(
                None,
                &ConstExpr::i32_const(first as i32),
                Elements::Functions(Cow::Owned(functions)),
            );
        }
        Ok(elements)
    }
}

/// Writes it.
///
/// # Errors
/// If something in it is not known.
pub fn write_late(module: &Module<'_>, plan: &Plan) -> anyhow::Result<Vec<u8>> {
    build_late(module, plan).map_err(|error| anyhow::anyhow!("{error}"))
}

fn build_late(module: &Module<'_>, plan: &Plan) -> Result<Vec<u8>, Error<anyhow::Error>> {
    let mut late = Late(plan.taken.iter().chain(&plan.late).copied().zip(0..).collect());
    let mut types = TypeSection::new();
    for each in &module.types {
        types.ty().func_type(&late.func_type(each.clone())?);
    }
    let imports = late.build_imports(module, plan)?;
    let (mut functions, mut code, mut names) = (FunctionSection::new(), CodeSection::new(), NameMap::new());
    for index in &plan.late {
        let Some(body) = module.function_body(*index) else { continue };
        functions.function(module.function_type(*index).map_err(Error::UserError)?.0);
        late.parse_function_body(&mut code, body.clone())?;
        if let Some(name) = module.names.get(index) {
            names.append(late.function_index(*index)?, name);
        }
    }
    let elements = late.build_elements(module, plan)?;
    let mut all_names = NameSection::new();
    all_names.functions(&names);
    let mut out = wasm_encoder::Module::new();
    out.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
    out.section(&all_names);
    out.section(&CustomSection { name: FEATURES.into(), data: module.features.as_slice().into() });
    Ok(out.finish())
}
