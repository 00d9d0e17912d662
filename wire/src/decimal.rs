//! Numbers in decimal digits, without the standard library's formatting: that knows widths, signs and padding, and weighs more in
//! the widget than all its numbers.

/// `number` in digits.
///
/// ```
/// assert_eq!(wire::format_decimal(0), "0");
/// assert_eq!(wire::format_decimal(1_234_567), "1234567");
/// assert_eq!(wire::format_decimal(u64::MAX), u64::MAX.to_string());
/// ```
pub fn format_decimal(number: u64) -> String {
    let mut digits = String::new();
    let mut rest = number;
    loop {
        // Few digits, so it costs nothing to move them.
        digits.insert(0, char::from(b'0' + (rest % 10) as u8));
        rest /= 10;
        if rest == 0 {
            return digits;
        }
    }
}
