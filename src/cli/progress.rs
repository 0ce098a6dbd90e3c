//! How far a long run is, for whoever watches it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is over sooner is not worth a bar.
const LONG: Duration = Duration::from_millis(700);

/// A bar that shows itself once a run is long.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// Nobody watches, or the bar is drawn already.
    settled: AtomicBool,
}

impl Progress {
    /// The progress over so many documents.
    pub fn new(documents: usize, watched: bool) -> Self {
        let target = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(documents as u64), target);
        Progress { bar, started: Instant::now(), settled: AtomicBool::new(!watched) }
    }

    /// Another document is done.
    pub fn one_more(&self) {
        self.bar.inc(1);
        if !self.settled.load(Ordering::Relaxed)
            && self.started.elapsed() > LONG
            && !self.settled.swap(true, Ordering::Relaxed)
        {
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} documents") {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
