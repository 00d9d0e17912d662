//! Learns the models of `safety/data/model-<lang>.bin`, and says how good each is on writers it did not learn from.

use safety::{
    Kind, LEVELS,
    train::{self, Learnt, Line, Row, Trial},
};
use std::{collections::BTreeMap, fs, path::PathBuf};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lang = args.first().cloned().unwrap_or("vi".into());
    let price: f32 = args.get(1).and_then(|p| p.parse().ok()).unwrap_or(6.0);
    let mut lines = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for path in &args[2..] {
        let name = PathBuf::from(path).file_stem().unwrap().to_string_lossy().into_owned();
        let writer = names.len();
        for line in fs::read_to_string(path).unwrap().lines() {
            let Some((kind, text)) = line.split_once('\t') else { continue };
            if kind != "none" && Kind::named(kind).is_none() { continue; }
            lines.push(Line { kind: Kind::named(kind), writer, fitted: name.ends_with("-dev"), weight: 1.0, text: text.to_owned() });
        }
        names.push(name);
    }
    let rows = train::rows(&lang, &lines);
    let learnt: Vec<Learnt> = (0..names.len()).map(|w| train::learn(&rows, |row| row.writer != w)).collect();
    let scores: Vec<(f32, Kind)> = rows.iter().map(|row| (learnt[row.writer].score(row), learnt[row.writer].kind(row))).collect();
    let trial = |row: &Row, score: f32| Trial { danger: row.kind.is_some(), level: row.level, marked: row.marked, score, weight: if row.own {1.0} else {0.3} };
    let mut sum = [[0usize; 4]; 2];
    for w in 0..names.len() {
        let trials: Vec<Trial> = rows.iter().zip(&scores).filter(|(row, _)| row.writer != w).map(|(row, (s, _))| trial(row, *s)).collect();
        let least = train::thresholds(&trials, price);
        println!("{} {least:.2?}", names[w]);
        for own in [true, false] {
            let mut c = [0usize; 5];
            let mut auc: Vec<(f32, bool)> = vec![];
            for (row, (s, k)) in rows.iter().zip(&scores).filter(|(row, _)| row.writer == w && row.own == own) {
                let found = *s >= least[usize::from(!row.marked)][usize::from(row.level)];
                auc.push((*s, row.kind.is_some()));
                if row.kind.is_some() { c[0] += 1; c[1] += found as usize; c[4] += (found && row.rule.filter(|_| row.level>0).unwrap_or(*k) == row.kind.unwrap()) as usize } else { c[2] += 1; c[3] += found as usize }
            }
            auc.sort_by(|a,b| b.0.total_cmp(&a.0));
            let n = c[2] as f64;
            let mut at = [0usize;3]; let (mut fp, mut tp) = (0usize,0usize);
            for (_, d) in &auc { if *d { tp+=1 } else { fp+=1 } for (i,t) in [0.005,0.01,0.05].iter().enumerate() { if (fp as f64) <= t*n { at[i]=tp } } }
            println!("   own {own}: found {:.1}% (right {:.1}%) alarms {:.2}% ({} of {}) | model alone at .5/1/5% alarms: {:.1} {:.1} {:.1}", 100.0*c[1] as f64/c[0] as f64, 100.0*c[4] as f64/c[0] as f64, 100.0*c[3] as f64/n, c[3], c[2], 100.0*at[0] as f64/c[0] as f64, 100.0*at[1] as f64/c[0] as f64, 100.0*at[2] as f64/c[0] as f64);
            for i in 0..4 { sum[own as usize][i] += c[i]; }
        }
    }
    let mut cells: BTreeMap<(bool, u8, bool), usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.fitted && row.own) { *cells.entry((row.marked, row.level, row.kind.is_some())).or_default() += 1; }
    println!("not fitted: {cells:?}");
    for own in [1, 0] { let c = sum[own]; println!("ALL own {own}: found {:.2}% alarms {:.2}%", 100.0*c[1] as f64/c[0].max(1) as f64, 100.0*c[3] as f64/c[2].max(1) as f64); }
    let trials: Vec<Trial> = rows.iter().zip(&scores).filter(|(row, _)| !row.fitted).map(|(row, (s, _))| trial(row, *s)).collect();
    let least: [[f32; LEVELS]; 2] = train::thresholds(&trials, price);
    println!("final {least:.2?}");
    let all = train::learn(&rows, |_| true);
    fs::write(format!("safety/data/model-{lang}.bin"), all.to_bytes(&least)).unwrap();
}
