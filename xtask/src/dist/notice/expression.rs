//! Licence expressions, as crates write them (SPDX, annex D): `(MIT OR Apache-2.0) AND Unicode-3.0`, and with a slash for OR, as
//! was usual before.

/// Whether `expression` can be met by licences that `allowed` takes. What can't be read is not met.
pub fn is_satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = ExpressionReader { words: &words, at: 0, allowed };
    reader.parse_or() == Some(true) && reader.at == words.len()
}

struct ExpressionReader<'a> {
    words: &'a [&'a str],
    at: usize,
    allowed: &'a dyn Fn(&str) -> bool,
}

impl ExpressionReader<'_> {
    fn accept(&mut self, word: &str) -> bool {
        let is = self.words.get(self.at) == Some(&word);
        self.at += usize::from(is);
        is
    }

    /// AND binds more than OR.
    fn parse_or(&mut self) -> Option<bool> {
        let mut met = self.parse_and()?;
        while self.accept("OR") {
            met |= self.parse_and()?;
        }
        Some(met)
    }

    fn parse_and(&mut self) -> Option<bool> {
        let mut met = self.parse_term()?;
        while self.accept("AND") {
            met &= self.parse_term()?;
        }
        Some(met)
    }

    fn parse_term(&mut self) -> Option<bool> {
        if self.accept("(") {
            let met = self.parse_or()?;
            return self.accept(")").then_some(met);
        }
        let name = *self.words.get(self.at)?;
        if matches!(name, "AND" | "OR" | "WITH" | ")") {
            return None;
        }
        self.at += 1;
        if self.accept("WITH") {
            let exception = *self.words.get(self.at)?;
            self.at += 1;
            return Some((self.allowed)(&format!("{name} WITH {exception}")));
        }
        Some((self.allowed)(name))
    }
}

#[cfg(test)]
mod tests {
    use super::is_satisfied;

    #[test]
    fn an_expression_is_met_or_not() {
        let allowed = |one: &str| ["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].contains(&one);
        for met in [
            "MIT",
            "GPL-3.0-only OR MIT",
            "Apache-2.0/MIT",
            "(MIT OR GPL-2.0-only) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0-only",
            "GPL-3.0-only AND ISC OR MIT",
        ] {
            assert!(is_satisfied(met, &allowed), "{met}");
        }
        for not in [
            "",
            "GPL-3.0-only",
            "MIT AND GPL-3.0-only",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "Apache-2.0",
            "GPL-2.0-only WITH LLVM-exception",
            "MIT WITH",
            "AND",
        ] {
            assert!(!is_satisfied(not, &allowed), "{not}");
        }
    }
}
