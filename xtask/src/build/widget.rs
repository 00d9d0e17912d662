//! The widget: trunk builds the wasm, esbuild makes the scripts and styles small, wasm-opt the wasm.

use super::{
    freshness::empty_folder,
    glue::{self, Names},
    hollow, split,
};
use crate::{
    machine::WasmCompiler,
    paths,
    run::{command_output, run_command},
    tools::npm_bin,
};
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the widget is made of, before it gets its hashed names.
pub struct WidgetParts {
    /// The glue; it refers to the wasm as `widget_bg.wasm`.
    pub glue: Vec<u8>,
    /// The wasm.
    pub wasm: Vec<u8>,
    /// The frame's styles.
    pub css: Vec<u8>,
    /// What runs in the frame before the widget.
    pub frame: Vec<u8>,
    /// The one script tag.
    pub loader: Vec<u8>,
    /// What visitors load only when it is wanted, by name.
    pub on_demand: Vec<(&'static str, Vec<u8>)>,
}

/// A panic can't be caught in the page; without its messages the wasm is smaller by a sixth.
/// No function stands for another one that is alike: one of the two may come late. wasm-opt puts them together afterwards.
const FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
                     -Zmerge-functions=disabled";

pub fn build_parts(compiler: &WasmCompiler) -> anyhow::Result<WidgetParts> {
    let work = paths::repository_root().join("target/hoi-widget");
    empty_folder(&work)?;
    let mut trunk = Command::new(paths::cargo_tools().join("bin/trunk"));
    prepare_widget(compiler, &mut trunk);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    trunk
        .args(["build", "--config", "Trunk.toml", "--dist"])
        .arg(work.join("trunk"))
        .current_dir(paths::repository_root());
    run_command("trunk", &mut trunk)?;
    let hollowed = work.join("hollowed.wasm");
    fs::write(&hollowed, hollow::hollow_out(&fs::read(work.join("trunk/widget_bg.wasm"))?)?)?;
    let whole = work.join("whole.wasm");
    let names = with_names(&hollowed, &whole)?;
    let halves = split::split_halves(&fs::read(&whole)?)?;
    let late = shrink_part(&work, "late.wasm", &halves.late)?;
    let wasm = shrink_part(&work, "widget.wasm", &halves.early)?;
    let minified = |from: PathBuf, more: &[&str]| minify_script(&work, &from, more);
    let source = paths::repository_root().join("widget");
    let glue = work.join("glue.js");
    let shell = fs::read_to_string(source.join("shell.js"))?;
    let given = names.apply(&fs::read_to_string(work.join("trunk/widget.js"))?);
    fs::write(&glue, glue::add_start(&given, "widget.wasm", &shell))?;
    let style =
        String::from_utf8(minified(source.join("loader.css"), &["--target=chrome100,firefox100,safari15"])?)?;
    let style = format!("--define:__HOI_STYLE__={}", serde_json::Value::from(style.trim()));
    let loader = minified(source.join("loader.js"), &["--target=es2020", &style])?;
    let css = minified(source.join("frame.css"), &["--bundle", "--target=chrome100,firefox100,safari15"])?;
    let more = minified(source.join("inline.css"), &["--target=chrome100,firefox100,safari15"])?;
    let inline = without_rem(&String::from_utf8(css.clone())?) + &String::from_utf8(more)?;
    let inline = format!("--define:__HOI_STYLE__={}", serde_json::Value::from(inline.trim()));
    let module: &[&str] = &["--target=es2020"];
    let (part_wasm, part) = build_part(compiler, &work, "widget", "personal", "export { search };")?;
    let on_demand = vec![
        ("late.wasm", late),
        ("personal.wasm", part_wasm),
        ("personal.js", minified(part, MODULE)?),
        ("check.js", minified(source.join("check.js"), module)?),
        ("inline.js", minified(source.join("inline.js"), &["--target=es2020", &inline])?),
        ("beside.js", minified(source.join("parts/beside.js"), module)?),
        ("post_transport.js", minified(source.join("parts/post_transport.js"), module)?),
        ("voice.js", minified(source.join("parts/voice.js"), module)?),
        ("push.js", minified(source.join("parts/push.js"), module)?),
        // Of the edge's own making by the time it is sent: it has the words in it.
        ("news.js", minified(source.join("parts/news.js"), module)?),
        (
            "sheet.css",
            minified(source.join("sheet.css"), &["--bundle", "--target=chrome100,firefox100,safari15"])?,
        ),
        // Old WebViews follow links from outside, too.
        ("sheet.js", minified(source.join("sheet.js"), &["--target=es2015"])?),
        ("tools.css", minified(source.join("tools.css"), &["--target=chrome100,firefox100,safari15"])?),
    ];
    Ok(WidgetParts {
        on_demand,
        glue: minified(glue, MODULE)?,
        css,
        // Old WebViews have it to themselves.
        frame: minified(source.join("frame.js"), &["--target=es2015"])?,
        loader,
        wasm,
    })
}

/// The script or style sheet `from`, made small.
///
/// # Errors
/// If esbuild finds something wrong.
pub fn minify_script(work: &Path, from: &Path, more: &[&str]) -> anyhow::Result<Vec<u8>> {
    let out = work.join("minified");
    let mut esbuild = Command::new(npm_bin("esbuild"));
    esbuild.arg(from).args(["--minify", "--legal-comments=none", "--log-level=warning"]).args(more);
    run_command("esbuild", esbuild.arg(format!("--outfile={}", out.display())))?;
    fs::read(&out).with_context(|| format!("{} can't be read", out.display()))
}

/// Glue, with what nobody calls left out.
pub const MODULE: &[&str] = &["--format=esm", "--target=es2022", "--tree-shaking=true"];

/// A wasm of its own: the program `bin` of `package`, what it exports said in `more`. Its bytes, and where its script is.
///
/// # Errors
/// If a step fails.
pub fn build_part(
    compiler: &WasmCompiler,
    work: &Path,
    package: &str,
    bin: &str,
    more: &str,
) -> anyhow::Result<(Vec<u8>, PathBuf)> {
    let mut cargo = Command::new("cargo");
    prepare_widget(compiler, &mut cargo);
    cargo.args(["build", "--package", package, "--bin", bin, "--profile", "widget"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    run_command("cargo", cargo.current_dir(paths::repository_root()))?;
    let mut bindgen = Command::new(paths::cargo_tools().join("bin/wasm-bindgen"));
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(work);
    let compiled =
        paths::cache_dir().join("target/widget/wasm32-unknown-unknown/widget").join(format!("{bin}.wasm"));
    run_command("wasm-bindgen", bindgen.arg(compiled))?;
    let (wasm, script) = (work.join(format!("{bin}.wasm")), work.join(format!("{bin}.js")));
    let names = optimise_widget(&work.join(format!("{bin}_bg.wasm")), &wasm)?;
    let given = names.apply(&fs::read_to_string(&script)?);
    fs::write(&script, glue::add_start(&given, &format!("{bin}.wasm"), more))?;
    Ok((fs::read(wasm)?, script))
}

/// Makes `command` build wasm for the page.
fn prepare_widget(compiler: &WasmCompiler, command: &mut Command) {
    compiler.configure_wasm_build(command, "widget", "std,panic_abort", FLAGS);
    command.env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
}

/// Writes the wasm in `from`, as small as it gets, to `to`; gives the names it now has for what it takes and gives.
///
/// # Errors
/// If the optimiser finds something wrong.
pub fn optimise_widget(from: &Path, to: &Path) -> anyhow::Result<Names> {
    let mut optimise = wasm_opt();
    optimise.args(STRIPPED).args(SHORT_NAMES).arg(from).arg("-o").arg(to);
    Names::read(&command_output(&mut optimise).context("wasm-opt failed")?)
}

/// The same for what is taken apart afterwards: functions keep their names, and none stands for another one or takes in one
/// that comes late.
fn with_names(from: &Path, to: &Path) -> anyhow::Result<Names> {
    let mut optimise = wasm_opt();
    optimise.arg(format!("--no-inline=*{}*", split::LATE)).arg("--skip-pass=duplicate-function-elimination");
    optimise.args(["-Oz", "--debuginfo"]).args(SHORT_NAMES).arg(from).arg("-o").arg(to);
    Names::read(&command_output(&mut optimise).context("wasm-opt failed")?)
}

/// What was taken apart, `bytes`, as small as it gets.
fn shrink_part(work: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (from, to) = (work.join(format!("part.{name}")), work.join(name));
    fs::write(&from, bytes)?;
    run_command("wasm-opt", wasm_opt().args(STRIPPED).arg(&from).arg("-o").arg(&to))?;
    fs::read(&to).with_context(|| format!("{} can't be read", to.display()))
}

/// No "--all-features": it would then use what no browser has yet. It reads in the wasm what the compiler relied on.
/// The linker puts the stack lowest: nothing has an address below 1,024 but what a stack that runs over would.
fn wasm_opt() -> Command {
    let mut optimise = Command::new(npm_bin("wasm-opt"));
    optimise.arg("--low-memory-unused");
    optimise.arg(format!("--remove-exports={}", glue::UNUSED_EXPORTS));
    optimise
}

/// Browsers have no use for names and lists of features. Functions of one generic stand together: brotli then finds more
/// alike.
const STRIPPED: &[&str] =
    &["--reorder-functions-by-name", "-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

const SHORT_NAMES: &[&str] = &["--minify-imports-and-exports-and-modules"];

/// `css` with every length in `rem` measured by `--hoi-rem` instead: in the agency's own page, `rem` is whatever that page
/// makes of it. Media queries keep theirs; there it is always the browser's own.
fn without_rem(css: &str) -> String {
    let mut out = String::with_capacity(css.len() * 2);
    let mut rest = css;
    while let Some(at) = rest.find("rem") {
        let (before, after) = (&rest[..at], &rest[at + 3..]);
        let digits =
            before.len() - before.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (text, number) = before.split_at(digits);
        out.push_str(text);
        let in_query = out.rfind('@').is_some_and(|query| !out[query..].contains('{'));
        if number.is_empty() || in_query {
            out.push_str(number);
            out.push_str("rem");
        } else {
            let minus = out.ends_with('-') && out.trim_end_matches('-').ends_with([':', '(', ',', ' ']);
            if minus {
                out.pop();
            }
            out.push_str(&format!("calc({}{number}*var(--hoi-rem))", if minus { "-" } else { "" }));
        }
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    #[test]
    fn lengths_are_measured_by_our_own() {
        let css = "a{margin:-1rem .5rem;--x:calc(2 * 1.5rem)}@media (max-width:22.5rem){b{theremin:1px}}";
        let expected = "a{margin:calc(-1*var(--hoi-rem)) calc(.5*var(--hoi-rem));--x:calc(2 * calc(1.5*var(--hoi-rem)))}\
                        @media (max-width:22.5rem){b{theremin:1px}}";
        assert_eq!(super::without_rem(css), expected);
    }
}
