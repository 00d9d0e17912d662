//! Numbers and codes as classes: which case number, day or telephone it is says nothing about the intent; that there is
//! one does. The names begin with `0`, which no word does, so that all of them share a piece.

/// A number that is nothing else.
pub const NUMBER: &str = "0";

/// A class's name, and whether a shape is of it.
type NumberClass = (&'static str, fn(&Shape) -> bool);

/// What stands in a text apart from words. The first that fits counts.
const CLASSES: &[NumberClass] = &[
    ("0mail", |shape| shape.at && shape.dots > 0),
    // Both ways: "15/8", "15-08-2026", "15.8.2026".
    ("0date", |shape| {
        shape.plain && matches!((shape.slashes, shape.parts), (1, 2) | (2, 3)) && shape.day_like()
    }),
    ("0date", |shape| shape.plain && shape.day_like() && (shape.dashes, shape.parts) == (2, 3)),
    ("0date", |shape| shape.plain && shape.day_like() && (shape.dots, shape.parts) == (2, 3)),
    ("0time", |shape| shape.plain && shape.colons == 1 && shape.digits <= 4),
    ("0phone", |shape| shape.plain && (9..=11).contains(&shape.digits) && (shape.zero || shape.plus)),
    // A citizen's number; the old one had nine digits.
    ("0id", |shape| shape.plain && shape.parts == 1 && matches!(shape.digits, 9 | 12)),
    ("0year", |shape| shape.plain && shape.parts == 1 && shape.year),
    // "000.21.14.H29-240815-0012", "01/2026/QD-UBND": case and document numbers.
    ("0code", |shape| shape.letters > 0 && shape.digits >= 3 && shape.parts > 1),
    ("0code", |shape| shape.letters > 0 && shape.digits >= 6),
    (NUMBER, |shape| shape.letters == 0 && shape.digits > 0 && !shape.at),
];

/// What `chunk` is: folded, without spaces, containing a digit or an `@`. `None`: words that stand together.
pub fn number_class(chunk: &str) -> Option<&'static str> {
    let shape = Shape::shape_of(chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '+'));
    CLASSES.iter().find(|(_, is)| is(&shape)).map(|(name, _)| *name)
}

/// Whether `chunk` is an address of the web.
pub fn is_link(chunk: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|start| chunk.starts_with(start))
}

/// What a chunk is made of.
#[derive(Default)]
struct Shape {
    digits: usize,
    letters: usize,
    slashes: usize,
    dashes: usize,
    dots: usize,
    colons: usize,
    /// Runs of digits or letters.
    parts: usize,
    /// Digits of the longest of the first two parts: days and months have two at most.
    lead: usize,
    /// Begins with a zero.
    zero: bool,
    plus: bool,
    at: bool,
    /// No letters, and nothing but the signs above.
    plain: bool,
    /// Four digits from 1900 to 2099.
    year: bool,
}

impl Shape {
    fn shape_of(chunk: &str) -> Shape {
        let mut shape = Shape { plain: true, zero: chunk.starts_with('0'), ..Shape::default() };
        let mut run = 0;
        for c in chunk.chars() {
            if c.is_alphanumeric() {
                shape.parts += usize::from(run == 0);
                run += 1;
            } else {
                run = 0;
            }
            if c.is_numeric() && shape.parts <= 2 {
                shape.lead = shape.lead.max(run);
            }
            match c {
                c if c.is_numeric() => shape.digits += 1,
                c if c.is_alphabetic() => shape.letters += 1,
                '/' => shape.slashes += 1,
                '-' => shape.dashes += 1,
                '.' | ',' => shape.dots += 1,
                ':' => shape.colons += 1,
                '+' => shape.plus = true,
                '@' => shape.at = true,
                '(' | ')' => {}
                _ => shape.plain = false,
            }
        }
        shape.plain &= shape.letters == 0 && !shape.at && shape.digits > 0;
        shape.year = chunk.len() == 4 && (chunk.starts_with("19") || chunk.starts_with("20"));
        shape
    }

    fn day_like(&self) -> bool {
        self.lead <= 2 && self.digits >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let cases = [
            ("7", "0"),
            ("45", "0"),
            ("1.000.000", "0"),
            ("3,5", "0"),
            ("100%", "0"),
            ("2026", "0year"),
            ("2500", "0"),
            ("15/8", "0date"),
            ("15/08/2026", "0date"),
            ("15-8-2026", "0date"),
            ("15.8.2026,", "0date"),
            ("45/2026", "0"),
            ("8:30", "0time"),
            ("0912345678", "0phone"),
            ("+84912345678", "0phone"),
            ("0912.345.678", "0phone"),
            ("028-3822-1234", "0phone"),
            ("079123456789", "0id"),
            ("012345678", "0phone"),
            ("123456789", "0id"),
            ("a.b@example.com", "0mail"),
            ("h29.12-240815-0012", "0code"),
            ("01/2026/qd-ubnd", "0code"),
            ("b1234567", "0code"),
        ];
        for (chunk, expected) in cases {
            assert_eq!(number_class(chunk), Some(expected), "{chunk}");
        }
        for chunk in ["a4", "8h30", "5tr", "@ward", "b2b", "quan1"] {
            assert_eq!(number_class(chunk), None, "{chunk}");
        }
        assert!(is_link("https://example.com/a1"));
    }
}
