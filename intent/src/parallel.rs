//! Work on several cores where there are some. The results do not depend on how many.

use std::sync::atomic::{AtomicUsize, Ordering};

/// `work(0)` to `work(n - 1)`, in order. Now and then, `done` hears how many are finished.
pub fn map<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync, mut done: impl FnMut(usize)) -> Vec<T> {
    // In WebAssembly there is no answer: one.
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(n);
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let one = || {
        let index = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < n)?;
        let result = work(index);
        finished.fetch_add(1, Ordering::Relaxed);
        Some((index, result))
    };
    let mut own = || {
        let result = one()?;
        done(finished.load(Ordering::Relaxed));
        Some(result)
    };
    let mut results: Vec<(usize, T)> = if threads < 2 {
        std::iter::from_fn(own).collect()
    } else {
        std::thread::scope(|scope| {
            let helpers: Vec<_> =
                (1..threads).map(|_| scope.spawn(|| std::iter::from_fn(one).collect::<Vec<_>>())).collect();
            let mut results: Vec<(usize, T)> = std::iter::from_fn(&mut own).collect();
            for helper in helpers {
                match helper.join() {
                    Ok(part) => results.extend(part),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            results
        })
    };
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
