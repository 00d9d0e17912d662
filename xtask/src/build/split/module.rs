//! A wasm as far as it matters for taking it apart.

use anyhow::{Context as _, bail};
use std::{collections::BTreeMap, ops::Range};
use wasmparser::{
    ConstExpr, ElementItems, ElementKind, Export, ExternalKind, FuncType, FunctionBody, GlobalType, Import,
    KnownCustom, MemoryType, Name, Operator, Parser, Payload, TableType, TypeRef,
};

/// The section that says which features of wasm are used.
pub const FEATURES: &str = "target_features";

/// What was read.
#[derive(Default)]
pub struct Module<'a> {
    /// Kinds of functions.
    pub types: Vec<FuncType>,
    /// Imported functions.
    pub imports: Vec<Import<'a>>,
    /// The kind of each function, imported ones first.
    pub kinds: Vec<u32>,
    /// The code of those that are not imported.
    pub bodies: Vec<FunctionBody<'a>>,
    /// What functions are called.
    pub names: BTreeMap<u32, String>,
    /// Functions that are called from outside.
    pub roots: Vec<u32>,
    /// What stands where in the table of functions.
    pub slots: BTreeMap<u32, u32>,
    /// How many places that table has.
    pub table_size: u32,
    /// Which features of wasm the compiler has used, for wasm-opt.
    pub features: Vec<u8>,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    /// What it gives under which name.
    pub exports: Vec<Export<'a>>,
}

impl<'a> Module<'a> {
    /// Reads `wasm`.
    ///
    /// # Errors
    /// If something in it is not as compilers of Rust write it.
    pub fn read(wasm: &'a [u8]) -> anyhow::Result<Module<'a>> {
        let mut module = Module::default();
        for payload in Parser::new(0).parse_all(wasm) {
            module.read_payload(payload?)?;
        }
        let first = module.tables.first().context("there is no table of functions")?;
        module.table_size = first.initial.try_into()?;
        Ok(module)
    }

    fn read_payload(&mut self, payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                self.types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(kind) = import.ty else { bail!("{} is no function", import.name) };
                    self.kinds.push(kind);
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                self.kinds.extend(section.into_iter().collect::<Result<Vec<_>, _>>()?);
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                self.memories = section.into_iter().collect::<Result<_, _>>()?
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports.push(export);
                    self.roots.extend((export.kind == ExternalKind::Func).then_some(export.index));
                }
            }
            Payload::StartSection { func, .. } => self.roots.push(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.read_element(element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.read_names(names)?;
                } else if section.name() == FEATURES {
                    self.features = section.data().to_vec();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_element(&mut self, element: wasmparser::Element<'_>) -> anyhow::Result<()> {
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            return Ok(());
        };
        let ElementItems::Functions(functions) = element.items else {
            bail!("functions given by expressions")
        };
        for (slot, function) in (constant_value(&offset_expr)?..).zip(functions) {
            self.slots.insert(slot, function?);
        }
        Ok(())
    }

    fn read_names(&mut self, names: wasmparser::NameSectionReader<'_>) -> anyhow::Result<()> {
        for part in names {
            if let Name::Function(map) = part? {
                for naming in map {
                    let naming = naming?;
                    self.names.insert(naming.index, naming.name.to_owned());
                }
            }
        }
        Ok(())
    }

    /// The name under which it gives something, if it does.
    pub fn find_export(&self, kind: ExternalKind, index: u32) -> Option<&'a str> {
        self.exports
            .iter()
            .find(|export| (export.kind, export.index) == (kind, index))
            .map(|export| export.name)
    }

    /// How many functions are imported.
    pub fn import_count(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The code of function `index`, if it is not imported.
    pub fn function_body(&self, index: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(index.checked_sub(self.import_count())? as usize)
    }

    /// The kind of function `index`, by number and as it is.
    pub fn function_type(&self, index: u32) -> anyhow::Result<(u32, &FuncType)> {
        let kind = *self.kinds.get(index as usize).context("a function without a type")?;
        Ok((kind, self.types.get(kind as usize).context("a type that is not there")?))
    }

    /// Which functions `index` calls by name.
    pub fn called_functions(&self, index: u32) -> anyhow::Result<Vec<u32>> {
        let Some(body) = self.function_body(index) else { return Ok(Vec::new()) };
        let mut called = Vec::new();
        for operator in body.get_operators_reader()? {
            if let Operator::Call { function_index } | Operator::RefFunc { function_index } = operator? {
                called.push(function_index);
            }
        }
        Ok(called)
    }

    /// All it has besides functions and types: kinds of things with how many there are of each.
    pub fn shared_ranges(&self) -> [(ExternalKind, Range<u32>); 3] {
        [
            (ExternalKind::Table, 0..self.tables.len() as u32),
            (ExternalKind::Memory, 0..self.memories.len() as u32),
            (ExternalKind::Global, 0..self.globals.len() as u32),
        ]
    }
}

fn constant_value(expression: &ConstExpr<'_>) -> anyhow::Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(u32::try_from(value)?),
        other => bail!("functions at a place that isn't known: {other:?}"),
    }
}
