//! The same for many files at once, with a line that says how far it is.

use std::{
    io::{IsTerminal as _, Write as _, stderr},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How often the line is written anew.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(1);

/// Tells on a terminal what is being done, until the next line is written.
pub fn show_step(doing: &str) {
    if stderr().is_terminal() {
        let _unseen = write!(stderr(), "\r\x1b[K{doing} …");
    }
}

/// Takes back what was told last.
pub fn clear_step() {
    if stderr().is_terminal() {
        // To the beginning of the line, which is then empty.
        let _unseen = write!(stderr(), "\r\x1b[K");
    }
}

/// Calls `act` for each of `items` on `jobs` threads, and gives what came of each, in their order. The first error ends it.
///
/// # Errors
/// That of `act`.
pub fn map_parallel<T: Sync, R: Send>(
    doing: &str,
    items: &[T],
    jobs: usize,
    act: impl Fn(&T) -> anyhow::Result<R> + Sync,
) -> anyhow::Result<Vec<R>> {
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (first_error, told_at) = (Mutex::new(None), Mutex::new(Instant::now()));
    let is_terminal = stderr().is_terminal();
    let work = || {
        let mut results = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            match act(item) {
                Ok(result) => results.push((index, result)),
                Err(error) => {
                    failed.store(true, Ordering::Relaxed);
                    first_error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                }
            }
            // Who does not get the lock need not tell: somebody else does.
            if is_terminal
                && let Ok(mut told) = told_at.try_lock()
                && told.elapsed() >= PROGRESS_INTERVAL
            {
                *told = Instant::now();
                let _unseen = write!(stderr(), "\r\x1b[K{doing}: {index} of {} files", items.len());
            }
        }
        results
    };
    let mut results = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs.max(1)).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            match worker.join() {
                Ok(part) => results.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    clear_step();
    match first_error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => {
            results.sort_unstable_by_key(|(index, _)| *index);
            Ok(results.into_iter().map(|(_, result)| result).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_their_order_and_an_error_ends_it() {
        let items: Vec<u32> = (0..1000).collect();
        let doubled = map_parallel("doubling", &items, 4, |item| Ok(item * 2)).unwrap();
        assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        let failed: anyhow::Result<Vec<u32>> = map_parallel("failing", &items, 4, |item| {
            if *item == 500 { anyhow::bail!("{item}") } else { Ok(*item) }
        });
        assert_eq!(failed.unwrap_err().to_string(), "500");
    }
}
