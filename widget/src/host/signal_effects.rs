//! Runs what follows a change of a signal, once the change has been dealt with: in a microtask, one for all that waits.
//! These are Leptos's effects, which draw; the chat's are performed by `host::perform`.
//!
//! `wasm-bindgen-futures` does so for whatever waits and in every browser there was; this is what effects need of it.

use super::shell;
use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use std::{
    cell::RefCell,
    mem,
    sync::Arc,
    task::{Context, Wake, Waker},
};
use wasm_bindgen::JsValue;

struct Tasks {
    /// By number. Nothing stands where one is over, or runs just now.
    all: Vec<Option<PinnedLocalFuture<()>>>,
    /// Numbers of those that are over.
    free: Vec<usize>,
    /// Those to be run next.
    woken: Vec<usize>,
    /// [`run_woken`], as the browser calls it.
    run: JsValue,
}

thread_local! {
    static TASKS: RefCell<Tasks> =
        const { RefCell::new(Tasks { all: Vec::new(), free: Vec::new(), woken: Vec::new(), run: JsValue::UNDEFINED }) };
}

/// Has effects of signals run from here on.
pub fn start_signal_effects() {
    TASKS.with_borrow_mut(|tasks| tasks.run = shell::js_callback(Box::new(|_| run_woken())));
    // It fails where it was done before.
    let _ = Executor::init_local_custom_executor(Microtasks);
}

struct Microtasks;

impl CustomExecutor for Microtasks {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        let number = TASKS.with_borrow_mut(|tasks| {
            let number = tasks.free.pop().unwrap_or(tasks.all.len());
            match tasks.all.get_mut(number) {
                Some(place) => *place = Some(task),
                None => tasks.all.push(Some(task)),
            }
            number
        });
        wake_task(number);
    }

    fn poll_local(&self) {}
}

/// By number: a waker must be fit for every thread, and what is run is not.
struct TaskWaker(usize);

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        wake_task(self.0);
    }
}

fn wake_task(number: usize) {
    TASKS.with_borrow_mut(|tasks| {
        if tasks.woken.is_empty() {
            shell::queue_microtask(&tasks.run);
        }
        tasks.woken.push(number);
    });
}

/// Runs what was woken until now; what it wakes has its turn after it.
fn run_woken() {
    for number in TASKS.with_borrow_mut(|tasks| mem::take(&mut tasks.woken)) {
        let task = TASKS.with_borrow_mut(|tasks| tasks.all.get_mut(number).and_then(Option::take));
        let Some(mut task) = task else { continue };
        let waker = Waker::from(Arc::new(TaskWaker(number)));
        if task.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            TASKS.with_borrow_mut(|tasks| tasks.free.push(number));
        } else {
            TASKS.with_borrow_mut(|tasks| tasks.all.get_mut(number).map(|place| *place = Some(task)));
        }
    }
}
