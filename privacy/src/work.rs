//! How much is looked at, so that tests can bound it: whoever sends a text decides what is searched.
//!
//! Outside of this crate's tests nothing is counted.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Notes that `steps` more characters, words or digits were looked at.
#[cfg(test)]
pub fn count_steps(steps: usize) {
    STEPS.with(|all| all.set(all.get() + steps as u64));
}

/// Notes nothing.
#[cfg(not(test))]
#[inline(always)]
pub fn count_steps(_: usize) {}

/// The steps that `work` takes.
#[cfg(test)]
pub fn measure_steps(work: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    work();
    STEPS.with(std::cell::Cell::get) - before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kinds, find_personal_data, hide_all};
    use wire::limits::MAX_SAY_CHARS;

    /// Most steps for each character of the text. The worst below takes a third of it.
    const MOST: u64 = 800;

    /// Texts of the largest size, each made to be slow in its own way.
    fn shapes() -> Vec<String> {
        let pieces = [
            "1 ",
            "1",
            "12 ",
            "12345 ",
            "0912345678 ",
            "1.",
            "1/",
            "1,",
            "1 - ",
            "1•",
            "1#",
            "1_",
            "1😀",
            "(1)",
            "1\n",
            "cccd ",
            "cccd",
            "cccd 1 ",
            "cccd1",
            "sdt 0 ",
            "so so so ",
            "cua toi ",
            "hồ sơ 1 ",
            "ho so ",
            "so the the ",
            "@",
            "@ ",
            "a@",
            "a@a",
            "@a.",
            "a.",
            "a@a.a ",
            "a . a @ ",
            "a cong ",
            "cham com ",
            "gmail.",
            "(at)",
            "a1",
            "1a",
            "a1 ",
            "A1-",
            "fr76",
            "fr76 ",
            "fr76 1234 ",
            "51f",
            "51f ",
            "51F-1 ",
            "59x1",
            "29a 1 ",
            "０",
            "０ ",
            "１２３ ",
            "ｃｃｃｄ １",
            "๑",
            "khong ",
            "không chín ",
            "mot hai ba ",
            "ba",
            "o",
            "o0",
            "ol ",
            "O1 ",
            "l0",
            "\u{200b}",
            "1\u{200b}",
            "•",
            "• ",
            "+",
            "+8",
            "+84 ",
            "0",
            "0 ",
            "00 ",
            "01/02/2024 ",
            "otp 1 ",
            "otp 12345 ",
            "stk 1 ",
            "stk 123 ",
            "vcb 1 ",
            "1 vcb ",
            "1 cccd ",
            "a",
            "a ",
            "é",
            "%",
            "$1 ",
            "1d ",
            "mst 0 3 1 ",
            "9704 ",
            "4 1 1 1 ",
            "tai khoan ",
            "tai ",
            "bien so 5 1 f ",
            "xe 5",
            "b1234567 ",
            "t 2 9 ",
            "ubnd 0283",
            "ubnd ",
            "otp ab12-",
            "ten tu09",
            "1 - AB CD ",
            "0912345678 la ",
        ];
        let long = |piece: &str| piece.chars().cycle().take(MAX_SAY_CHARS).collect::<String>();
        let mut shapes: Vec<String> = pieces.iter().map(|piece| long(piece)).collect();
        // One shape ends where another begins.
        for (at, piece) in pieces.iter().enumerate() {
            let other = pieces.get((at * 7 + 3) % pieces.len()).copied().unwrap_or_default();
            shapes.push(long(&[*piece, other].concat()));
        }
        shapes
    }

    #[test]
    fn the_work_is_linear_in_the_text() {
        let shapes = shapes();
        let mut worst = (0, String::new());
        for text in &shapes {
            let half: String = text.chars().take(MAX_SAY_CHARS / 2).collect();
            let whole = measure_steps(|| drop(find_personal_data(text, &[], 2026)));
            let part = measure_steps(|| drop(find_personal_data(&half, &[], 2026)));
            let size = MAX_SAY_CHARS as u64;
            assert!(whole <= MOST * size, "{} steps a character: {:.40}", whole / size, text);
            assert!(whole <= part * 5 / 2 + size, "{part} for a half, {whole} for all of {text:.40}");
            if whole > worst.0 {
                worst = (whole, text.chars().take(40).collect());
            }
        }
        println!("worst: {} a character: {}", worst.0 / MAX_SAY_CHARS as u64, worst.1);
    }

    #[test]
    fn what_was_said_before_costs_no_more_than_its_end() {
        for text in shapes() {
            let alone = measure_steps(|| drop(find_personal_data("1 2 3", &[], 2026)));
            let with = measure_steps(|| {
                drop(find_personal_data("1 2 3", &[text.clone(), text.clone(), text.clone()], 2026))
            });
            assert!(with <= alone + MOST * (crate::BACK as u64 + 5), "{with}: {text:.40}");
        }
    }

    #[test]
    fn hiding_everything_looks_a_few_times_and_no_more() {
        for text in shapes() {
            let all = measure_steps(|| drop(hide_all(&text, &[], 2026, Kinds::ALL)));
            assert!(all <= MOST * (crate::ROUNDS as u64 + 1) * MAX_SAY_CHARS as u64, "{all}: {text:.40}");
            assert_eq!(
                find_personal_data(&hide_all(&text, &[], 2026, Kinds::ALL), &[], 2026),
                vec![],
                "{text:.40}"
            );
        }
    }
}
