//! Colours, and the contrast that keeps them readable whatever the brand.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// An opaque sRGB colour, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red, green, blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// `#ffffff`.
    pub const WHITE: Colour = Colour { rgb: [255; 3] };
    /// The text colour on light brands; a little softer than black.
    pub const INK: Colour = Colour { rgb: [0x12, 0x14, 0x18] };

    /// Moves this colour towards `target` in the smallest of 32 steps that gives `ratio` against `on`.
    pub fn adjust_contrast(self, target: Colour, on: Colour, ratio: f64) -> Colour {
        (0..=32)
            .map(|step| self.mix_colours(target, f64::from(step) / 32.0))
            .find(|c| contrast_ratio(*c, on) >= ratio)
            .unwrap_or(target)
    }

    fn mix_colours(self, other: Colour, share: f64) -> Colour {
        let channel = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        let [r, g, b] = self.rgb;
        let [x, y, z] = other.rgb;
        Colour { rgb: [channel(r, x), channel(g, y), channel(b, z)] }
    }

    /// Relative luminance, 0 to 1, as WCAG 2.2 defines it.
    fn relative_luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let [r, g, b] = self.rgb;
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }
}

/// The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it.
pub fn contrast_ratio(a: Colour, b: Colour) -> f64 {
    let (a, b) = (a.relative_luminance(), b.relative_luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.rgb;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl FromStr for Colour {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const HELP: &str = "a colour is written #rrggbb";
        let digits =
            text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let value = u32::from_str_radix(digits.ok_or(HELP)?, 16).map_err(|_| HELP)?;
        let [_, r, g, b] = value.to_be_bytes();
        Ok(Colour { rgb: [r, g, b] })
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_wcags() {
        let black = Colour { rgb: [0; 3] };
        assert!((contrast_ratio(black, Colour::WHITE) - 21.0).abs() < 1e-9);
        // The grey that WCAG's own technique G18 gives as just passing on white.
        let grey: Colour = "#767676".parse().unwrap();
        assert!((4.5..4.6).contains(&contrast_ratio(grey, Colour::WHITE)));
    }

    #[test]
    fn bad_colours_are_refused() {
        for bad in ["", "#fff", "a61c1c", "#a61c1", "#a61c1g", "#+61c1c", "red", "#ä1c1c"] {
            assert!(bad.parse::<Colour>().is_err(), "{bad}");
        }
    }
}
