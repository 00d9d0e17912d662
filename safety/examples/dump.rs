//! tmp
#![allow(clippy::indexing_slicing, missing_docs)]
use safety::{
    Kind,
    train::{self, Line},
};
use std::{
    fs,
    io::{self, Write},
};
// args: lang in.tsv out : lines KIND \t split \t text
fn main() -> io::Result<()> {
    let a: Vec<String> = std::env::args().collect();
    let file = fs::read_to_string(&a[2])?;
    let mut names: Vec<String> = vec![];
    let mut lines = vec![];
    for l in file.lines().filter(|l| !l.starts_with('#')) {
        let mut c = l.splitn(3, '\t');
        let (Some(k), Some(s), Some(t)) = (c.next(), c.next(), c.next()) else { continue };
        let w = names.iter().position(|n| n == s).unwrap_or(names.len());
        if w == names.len() {
            names.push(s.to_owned());
        }
        lines.push(Line {
            kind: Kind::named(k),
            writer: w,
            fitted: s == "dev",
            ordinary: s == "everyday" || s.starts_with("site"),
            weight: 1.0,
            text: t.to_owned(),
        });
    }
    let mut out = io::BufWriter::new(fs::File::create(&a[3])?);
    for r in train::rows(&a[1], &lines) {
        let f: Vec<String> = r.features.iter().map(|f| f.to_string()).collect();
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            names[r.writer],
            r.kind.map_or("none", |k| k.name()),
            r.level,
            r.rule.map_or("none", |k| k.name()),
            r.marked as u8,
            r.own as u8,
            r.line,
            lines[r.line].text,
            f.join(" ")
        )?;
    }
    Ok(())
}
