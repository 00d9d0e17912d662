//! The half that everybody loads: the whole, with what comes late emptied, and with a way to it through the table.

use super::{Plan, module::Module};
use wasm_encoder::{
    CodeSection, ExportKind, ExportSection, Function, Instruction, TableSection, ValType,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{ExportSectionReader, ExternalKind, FunctionBody, Table};

struct Early<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    /// The function whose code comes next.
    index: u32,
}

/// Writes it; `wasm` is what `module` was read from.
///
/// # Errors
/// If something in it is not known.
pub fn write_early(wasm: &[u8], module: &Module<'_>, plan: &Plan) -> anyhow::Result<Vec<u8>> {
    let mut out = wasm_encoder::Module::new();
    let mut early = Early { module, plan, index: module.import_count() };
    early
        .parse_core_module(&mut out, wasmparser::Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(out.finish())
}

/// The name under which the late half gets something: its own, if it has one.
pub fn export_name(module: &Module<'_>, kind: ExternalKind, index: u32) -> String {
    let letter = match kind {
        ExternalKind::Table => "t",
        ExternalKind::Memory => "m",
        ExternalKind::Global => "g",
        _ => "",
    };
    module.find_export(kind, index).map_or_else(|| format!("{index}{letter}"), str::to_owned)
}

impl Reencode for Early<'_> {
    type Error = anyhow::Error;

    fn parse_table(
        &mut self,
        tables: &mut TableSection,
        mut table: Table<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if tables.is_empty() {
            let more = self.plan.gates.len() as u64;
            table.ty.initial += more;
            table.ty.maximum = table.ty.maximum.map(|most| most + more);
        }
        utils::parse_table(self, tables, table)
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        utils::parse_export_section(self, exports, section)?;
        let functions = self.plan.taken.iter().filter(|index| self.module.function_body(**index).is_some());
        let functions = functions.map(|index| (ExternalKind::Func, *index));
        let others = self
            .module
            .shared_ranges()
            .into_iter()
            .flat_map(|(kind, all)| all.map(move |index| (kind, index)));
        for (kind, index) in functions.chain(others) {
            if self.module.find_export(kind, index).is_none() {
                let kind_there = match kind {
                    ExternalKind::Table => ExportKind::Table,
                    ExternalKind::Memory => ExportKind::Memory,
                    ExternalKind::Global => ExportKind::Global,
                    _ => ExportKind::Func,
                };
                exports.export(&export_name(self.module, kind, index), kind_there, index);
            }
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let index = self.index;
        self.index += 1;
        if !self.plan.late.contains(&index) {
            return utils::parse_function_body(self, code, body);
        }
        let mut function = Function::new(Vec::<(u32, ValType)>::new());
        match self.plan.gates.get(&index) {
            None => drop(function.instruction(&Instruction::Unreachable)),
            Some(slot) => {
                let (kind, shape) = self.module.function_type(index).map_err(Error::UserError)?;
                for place in 0..shape.params().len() as u32 {
                    function.instruction(&Instruction::LocalGet(place));
                }
                function.instruction(&Instruction::I32Const(*slot as i32));
                function.instruction(&Instruction::CallIndirect { type_index: kind, table_index: 0 });
            }
        }
        function.instruction(&Instruction::End);
        code.function(&function);
        Ok(())
    }
}
