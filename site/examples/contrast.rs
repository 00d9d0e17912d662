//! The worst contrast that a site's colours come to, over as many brand colours as the first argument says; for
//! `cargo xtask bench widget`. The same brands each time.

use site::{Colour, accent_colours, contrast_ratio};

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(200_u32);
    // Numbers of a linear congruential generator (Knuth, MMIX); its upper bits are the good ones.
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as u32
    };
    let worst = (0..count).map(|_| worst_of(next())).fold(f64::INFINITY, f64::min);
    println!("{worst:.2}");
}

/// The least readable pair of the brand with these bits.
fn worst_of(bits: u32) -> f64 {
    let [_, red, green, blue] = bits.to_be_bytes();
    let accent = accent_colours(Colour { rgb: [red, green, blue] });
    let read = |text: &str| text.parse::<Colour>().unwrap_or(Colour::WHITE);
    let pairs = [
        (read(&accent.light), read(&accent.on_light)),
        (read(&accent.dark), read(&accent.on_dark)),
        (read(&accent.text_light), Colour::WHITE),
        (read(&accent.text_dark), Colour { rgb: [0x16, 0x18, 0x1d] }),
    ];
    pairs.into_iter().map(|(one, other)| contrast_ratio(one, other)).fold(f64::INFINITY, f64::min)
}
