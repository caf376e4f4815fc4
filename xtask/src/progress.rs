//! Says what is being done while it is done, and how long it took. Goes to standard error.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a step may be silent before it says that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How many steps are under way, one within the other: only the innermost says that it is at work.
static DEPTH: AtomicUsize = AtomicUsize::new(0);

/// A step under way; says how long it took when dropped.
pub struct Step {
    what: String,
    since: Instant,
    stop: Option<(Sender<()>, JoinHandle<()>)>,
}

/// Announces a step: `what` in Chinese and English.
pub fn step(what: impl Into<String>) -> Step {
    let what = what.into();
    let since = Instant::now();
    eprintln!("▸ {what} …");
    // In a terminal cargo and apt draw their own progress; a log gets a line now and then, so
    // that neither a reader nor a CI server takes a long link for a hang.
    let depth = DEPTH.fetch_add(1, Ordering::Relaxed).saturating_add(1);
    let stop = (!std::io::stderr().is_terminal()).then(|| {
        let (sender, receiver) = mpsc::channel::<()>();
        let label = what.clone();
        let thread = std::thread::spawn(move || {
            while receiver.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                if DEPTH.load(Ordering::Relaxed) == depth {
                    eprintln!("  … {label}: {:.0} s", since.elapsed().as_secs_f64());
                }
            }
        });
        (sender, thread)
    });
    Step { what, since, stop }
}

impl Drop for Step {
    fn drop(&mut self) {
        DEPTH.fetch_sub(1, Ordering::Relaxed);
        if let Some((sender, thread)) = self.stop.take() {
            drop(sender);
            // The thread only prints; if it died there is nothing to save.
            let _ = thread.join();
        }
        let seconds = self.since.elapsed().as_secs_f64();
        if seconds >= 1.0 {
            eprintln!("  {}: {seconds:.1} s", self.what);
        }
    }
}

/// A remark that is no failure.
pub fn note(text: impl AsRef<str>) {
    eprintln!("  {}", text.as_ref());
}
