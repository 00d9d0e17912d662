//! How the visitor wants the panel, and how that is kept.

use wire::format_decimal;

/// The sizes of text: how many times the usual one, as style sheets write it.
pub const SIZES: &[&str] = &["1", "1.15", "1.3", "1.5", "1.75", "2"];

/// What the panel looks like now. The shell turns it into attributes; style sheets do the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Display {
    /// Which of [`SIZES`].
    pub size: usize,
    /// Whether the view is the simple one.
    pub plain: bool,
    /// In the simple view: whether the composer is shown although there are buttons.
    pub writing: bool,
    /// In the simple view: whether what was said before is shown.
    pub earlier: bool,
    /// The languages this browser has a voice for, without their regions.
    pub voices: Vec<String>,
    /// Whether this browser writes down what is spoken.
    pub ears: bool,
    /// An answer is being read out.
    pub reading: bool,
    /// The microphone is on.
    pub hearing: bool,
}

/// What a visitor may want of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisplayAction {
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// The simple view, or the usual one again.
    Plain,
    /// To type a question.
    Write,
    /// To see what was said before.
    Earlier,
    /// To have the last answer read out, or to stop that.
    Read,
    /// To speak a question, or to stop that.
    Speak,
    /// To have what was said as a file.
    Save,
}

impl Display {
    /// What was kept of it; the usual one, if that can't be read.
    pub fn from_saved(kept: &str) -> Display {
        let mut parts = kept.split(' ').map(|part| part.parse::<usize>().ok());
        let (size, plain) = (parts.next().flatten(), parts.next().flatten());
        Display {
            size: size.unwrap_or_default().min(SIZES.len() - 1),
            plain: plain == Some(1),
            ..Display::default()
        }
    }

    /// As it is kept.
    pub fn to_saved(&self) -> String {
        format_decimal(self.size as u64) + if self.plain { " 1" } else { " 0" }
    }
}
