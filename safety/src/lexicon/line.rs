//! One line of a lexicon, taken apart: the pieces of a rule, and what the brackets of a phrase may stand for.

use crate::danger_kind::{DangerKind, KindSet};

/// A piece of a rule, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words that follow each other, with brackets in them perhaps.
    Phrase(&'a str),
    /// `@name`.
    Class(&'a str),
    /// `~3`: up to so many words.
    Gap(u16),
    /// `&`: what stands before and behind may come in any order.
    And,
}

/// A [`Piece`] with its signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<'a> {
    /// What.
    pub piece: Piece<'a>,
    /// Whether a `!` stands before it.
    pub not: bool,
    /// Whether a `?` stands behind it.
    pub optional: bool,
}

/// How many words `~` alone lets stand.
const GAP: u16 = 2;

/// The pieces of `line`; what is wrong with it otherwise.
pub fn parse_pieces(line: &str) -> Result<Vec<Signed<'_>>, String> {
    let mut out: Vec<Signed<'_>> = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = end_of_item(rest)?;
        let (item, after) = rest.split_at(end);
        rest = after.trim_start();
        let (item, not) = item.strip_prefix('!').map_or((item, false), |item| (item, true));
        let (item, optional) = item.strip_suffix('?').map_or((item, false), |item| (item, true));
        let piece = if item == "&" {
            Piece::And
        } else if let Some(size) = item.strip_prefix('~') {
            let size = if size.is_empty() { Ok(GAP) } else { size.parse() };
            Piece::Gap(size.map_err(|_| format!("{item} is no gap: write ~ or ~3"))?)
        } else if let Some(name) = item.strip_prefix('@') {
            Piece::Class(name)
        } else if item.is_empty() {
            return Err("a sign stands alone".to_owned());
        } else {
            Piece::Phrase(item)
        };
        out.push(Signed { piece, not, optional });
    }
    Ok(out)
}

/// Where the first item of `text` ends: at a space that no bracket holds.
fn end_of_item(text: &str) -> Result<usize, String> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or("a ) too many")?,
            c if c.is_whitespace() && depth == 0 => return Ok(at),
            _ => {}
        }
    }
    if depth == 0 { Ok(text.len()) } else { Err("a ( is not closed".to_owned()) }
}

/// The parts of `text` between bars that no bracket holds.
pub fn split_alternatives(text: &str) -> Vec<&str> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                out.push(text.get(from..at).unwrap_or_default().trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(text.get(from..).unwrap_or_default().trim());
    out
}

/// Most phrases that the brackets of one may make.
const MOST: usize = 512;

/// All that `phrase` stands for once each bracket is one of its alternatives.
pub fn expand_brackets(phrase: &str) -> Result<Vec<String>, String> {
    let Some(from) = phrase.find('(') else { return Ok(vec![phrase.trim().to_owned()]) };
    let (before, rest) = phrase.split_at(from);
    let mut depth = 0_usize;
    let close = rest.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let (close, _) = close.ok_or("a ( is not closed")?;
    let (inner, after) = (rest.get(1..close).unwrap_or_default(), rest.get(close + 1..).unwrap_or_default());
    let tails = expand_brackets(after)?;
    let mut out = Vec::new();
    for alternative in split_alternatives(inner) {
        for middle in expand_brackets(alternative)? {
            for tail in &tails {
                out.push(format!("{before}{middle}{}{tail}", if after.starts_with(' ') { " " } else { "" }));
            }
        }
    }
    if out.len() > MOST { Err(format!("{phrase}: more than {MOST} phrases")) } else { Ok(out) }
}

/// Which rules are being read.
#[derive(Clone, Copy)]
pub enum RuleSection {
    /// No section yet.
    None,
    /// What tells of danger.
    Danger(DangerKind),
    /// What only looks like it.
    Idiom(KindSet),
    /// What only speaks of it.
    Context(KindSet),
    /// That help is wanted now.
    Urgent,
    /// A cry for help.
    Alarm,
    /// What a site says is harmless there.
    Harmless,
}

/// Lines without comments; one that begins with a space goes on with the line before.
pub fn logical_lines(file: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    for (number, line) in file.lines().enumerate() {
        let text = line.split_once('#').map_or(line, |(text, _)| text).trim_end();
        if text.trim().is_empty() {
            continue;
        }
        match out.last_mut() {
            Some((_, before)) if text.starts_with([' ', '\t']) => before.push_str(text),
            _ => out.push((number + 1, text.to_owned())),
        }
    }
    out
}

/// The section of which `head` stands in the brackets.
pub fn parse_section(head: &str) -> Result<RuleSection, String> {
    let mut names = head.split_whitespace();
    let first = names.next().unwrap_or_default();
    let kind = |name: &str| DangerKind::from_name(name).ok_or_else(|| format!("{name} is no kind"));
    let mut kinds = KindSet::default();
    for name in names {
        kinds.0 |= KindSet::from_kind(kind(name)?).0;
    }
    let kinds = if kinds == KindSet::default() { KindSet::ALL } else { kinds };
    Ok(match first {
        "idiom" => RuleSection::Idiom(kinds),
        "context" => RuleSection::Context(kinds),
        "urgent" => RuleSection::Urgent,
        "alarm" => RuleSection::Alarm,
        "harmless" => RuleSection::Harmless,
        name => RuleSection::Danger(kind(name)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets() {
        assert_eq!(expand_brackets("tự (tử|sát)").unwrap(), ["tự tử", "tự sát"]);
        assert_eq!(expand_brackets("(a|b(c|)) d").unwrap(), ["a d", "bc d", "b d"]);
        assert!(expand_brackets("(a|b").is_err());
        assert_eq!(split_alternatives("a (b|c) | d"), ["a (b|c)", "d"]);
    }

    #[test]
    fn signs() {
        let found = parse_pieces("@a ~3 b c !(d e) @f? & x").unwrap();
        assert_eq!(found.len(), 8);
        assert_eq!(found[1].piece, Piece::Gap(3));
        assert!(found[4].not && found[5].optional);
        assert!(parse_pieces("a )").is_err());
    }
}
