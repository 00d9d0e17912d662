//! The glue between browser and wasm, made to weigh less: what nobody calls falls out, and what is left gets names of one
//! or two letters. wasm-bindgen's own are long and end in sixteen random digits, which no compression takes away.

use anyhow::Context as _;
use serde_json::Value;
use std::collections::BTreeMap;

/// Leptos brings these classes for streams along; nothing of ours makes one. In the wasm they are exports, which keep the
/// code behind them; wasm-opt takes those out by this pattern.
pub const UNUSED_EXPORTS: &str = "*intounderlying*";
/// The same in the glue, as its lines begin.
const UNUSED: &[&str] =
    &["class IntoUnderlying", "const IntoUnderlying", "if (Symbol.dispose) IntoUnderlying"];

/// How wasm-opt has renamed what the wasm takes and gives: long name to short one.
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Those that `--minify-imports-and-exports-and-modules` has printed.
    ///
    /// # Errors
    /// If that is not what `printed` is.
    pub fn read(printed: &str) -> anyhow::Result<Names> {
        let said: Value = serde_json::from_str(printed).context("wasm-opt printed no names")?;
        let mut names = BTreeMap::new();
        for list in ["imports", "exports"] {
            let list = said.get(list).and_then(Value::as_array).with_context(|| format!("no {list}"))?;
            for each in list {
                let each: Vec<&str> =
                    each.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                // An import names its module first; all of ours come from one.
                if let [.., long, short] = each[..] {
                    names.insert(long.to_owned(), short.to_owned());
                }
            }
        }
        Ok(Names(names))
    }

    /// `glue` with these names, and without what is not among them.
    pub fn apply(&self, glue: &str) -> String {
        let mut out = String::new();
        // Whether what stands at the margin is wanted, and which of the imports in it.
        let (mut part, mut import) = (true, true);
        for line in glue.lines() {
            if line.starts_with(|c: char| c.is_alphabetic()) {
                part = !UNUSED.iter().any(|start| line.starts_with(start));
            }
            if let Some(name) = parse_entry(line) {
                import = self.0.contains_key(name);
            } else if line == "    };" {
                import = true;
            }
            if part && import {
                out.push_str(&self.rename(line));
                out.push('\n');
            }
        }
        out
    }

    fn rename(&self, line: &str) -> String {
        if let Some((name, short)) = parse_entry(line).and_then(|name| Some((name, self.0.get(name)?))) {
            return line.replacen(name, short, 1);
        }
        if line.trim().ends_with("_bg.js\": import0,") {
            return "a: import0,".to_owned();
        }
        let mut out = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("wasm.") {
            let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
            let (name, tail) = after.split_at(end);
            out.push_str(before);
            out.push_str("wasm.");
            out.push_str(self.0.get(name).map_or(name, String::as_str));
            rest = tail;
        }
        out + rest
    }
}

/// The name of the import that begins in this line of the glue.
fn parse_entry(line: &str) -> Option<&str> {
    let name = line.strip_prefix("        ")?.strip_suffix('{')?.split_once(": function(")?.0;
    name.starts_with("__wb").then_some(name)
}

/// `glue` made to start by itself, with the wasm in `file` beside it: the ways of starting that wasm-bindgen offers fall away
/// for the one there is. Where streaming is not known or not possible, it begins again without. `more` goes along: what
/// the wasm calls that is no part of the browser, or what others may call once it has started.
pub fn add_start(glue: &str, file: &str, more: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with("export {"));
    let lines = lines.map(|line| line.strip_prefix("export ").unwrap_or(line));
    let start = START.replace("FILE", file);
    lines.chain([more, &start]).collect::<Vec<_>>().join("\n")
}

const START: &str = r#"
const imports = __wbg_get_imports();
/** Fetches a wasm and starts it with what it takes. */
async function load(url, taken) {
  const streamed = async () => WebAssembly.instantiateStreaming(fetch(url), taken);
  const whole = () => fetch(url).then((answer) => answer.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, taken));
  return streamed().catch(whole);
}
await load(new URL("./FILE", import.meta.url), imports).then((made) => __wbg_finalize_init(made.instance, made.module));
"#;

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "class IntoUnderlyingSink {
    free() {
        wasm.__wbg_intounderlyingsink_free(1);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_gone_00: function(arg0) {
            arg0.gone();
        },
        __wbg_kept_11: function() { return handleError(function (arg0) {
            if (arg0) {
                arg0.kept(wasm.__wbindgen_malloc, wasm.memory);
            }
        }, arguments); },
        __wbg_last_22: function(arg0) {
            arg0.last();
        },
    };
    return {
        __proto__: null,
        \"./widget_bg.js\": import0,
    };
}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? 1
    : wasm.__wbg_intounderlyingsink_free;
export { initSync };
export function more() {}";

    #[test]
    fn what_is_left_has_short_names() {
        let printed = r#"{ "imports": [["./widget_bg.js", "__wbg_kept_11", "$"]],
                           "exports": [["memory", "b"], ["__wbindgen_malloc", "c"]] }"#;
        let names = Names::read(printed).expect("as printed");
        let expected = "function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        $: function() { return handleError(function (arg0) {
            if (arg0) {
                arg0.kept(wasm.c, wasm.b);
            }
        }, arguments); },
    };
    return {
        __proto__: null,
a: import0,
    };
}
export { initSync };
export function more() {}
";
        assert_eq!(names.apply(GLUE), expected);
        assert!(Names::read("nothing").is_err());
    }

    #[test]
    fn it_starts_by_itself() {
        let started = add_start(GLUE, "widget.wasm", "let shell;");
        assert!(!started.contains("export"));
        assert!(started.contains("new URL(\"./widget.wasm\", import.meta.url)"));
        assert!(started.contains("let shell;\n"));
    }
}
