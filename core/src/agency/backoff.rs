//! How long to wait before the next try. Waits double and are drawn at random between nothing and that ("full
//! jitter", Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015), so that many conversations
//! that failed together don't come back together.

/// The first wait while the visitor is looking on, in milliseconds.
const FIRST_MS: u64 = 600;
/// The longest such wait, in milliseconds.
const LONGEST_MS: u64 = 4_000;
/// The first wait of a question that was left behind, in milliseconds.
const LEFT_FIRST_MS: u64 = 10_000;
/// The longest such wait, in milliseconds: so late may an agency that is back be noticed by nobody but old questions.
const LEFT_LONGEST_MS: u64 = 600_000;
/// Less than this is no wait, in milliseconds.
const SHORTEST_MS: u64 = 50;

/// The wait before try number `tries + 1`, while the visitor looks on. `random` is anything.
pub fn full_jitter(tries: u32, random: u64) -> u64 {
    draw_jitter(FIRST_MS, LONGEST_MS, tries, random).max(SHORTEST_MS)
}

/// When a question that was left behind `times` times is next looked after, in milliseconds since 1970; not before
/// `until`, which the agency or its breaker asked for.
pub fn next_try(times: u32, until: u64, now: u64, random: u64) -> u64 {
    let wait = draw_jitter(LEFT_FIRST_MS, LEFT_LONGEST_MS, times, random);
    until.max(now).saturating_add(wait).max(now + SHORTEST_MS)
}

fn draw_jitter(first: u64, longest: u64, times: u32, random: u64) -> u64 {
    let span = first.saturating_mul(1 << times.min(20)).min(longest);
    random % (span + 1)
}
