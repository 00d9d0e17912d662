//! Printing. Whoever reads no further, as `| head` does, ends the program quietly instead of with a panic.

use std::{
    fmt::Arguments,
    io::{Write as _, stdout},
};

/// Prints a line to standard output.
macro_rules! say {
    ($($words:tt)*) => { $crate::out::write_out(format_args!($($words)*), "\n") };
}

/// Prints to standard output without ending the line.
macro_rules! say_on {
    ($($words:tt)*) => { $crate::out::write_out(format_args!($($words)*), "") };
}

pub(crate) use {say, say_on};

/// Prints `words` and `end`.
pub fn write_out(words: Arguments<'_>, end: &str) {
    if write!(stdout().lock(), "{words}{end}").is_err() {
        std::process::exit(0);
    }
}
