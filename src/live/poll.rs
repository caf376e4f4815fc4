//! When the next request of one feed is due. Imports nothing.

/// Longest wait after a failure: whoever fetches hourly should not be old for an hour because of
/// one lost packet.
const MOST_BACK_OFF_MS: f64 = 60_000.0;
/// Longest wait that a server may ask for.
const MOST_RETRY_AFTER_MS: f64 = 3_600_000.0;
/// Over this time the readers spread who are all told at once that a feed has changed.
const SPREAD_MS: f64 = 2_000.0;
/// Who comes back sooner than this after the last request began is not served anew: windows are
/// switched faster than figures change.
const REST_MS: f64 = 5_000.0;
/// A feed that is fetched but once is tried this often, within some two minutes; then only on
/// return. A dead address must not be asked for ever by every open page.
const MOST_TRIES_OF_ONE: u32 = 5;
/// So many intervals a sign of life may put off the next request: a stream that only pings must
/// not keep a page from the figures.
const MOST_PUT_OFF: f64 = 10.0;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The time asked for is over, or somebody asks.
    Wake,
    /// A request began, at this time.
    Begin(f64),
    /// A sign of life: a part of an answer, a message of the stream.
    Heard,
    /// An answer that can be used came whole.
    Good,
    /// A request failed, brought what can't be used or hung for an interval; the server asked for this wait in
    /// milliseconds, else 0.
    Failed(f64),
    /// The page is no longer shown.
    Hidden,
    /// The page is shown again, or the network is back.
    Return,
    /// The stream says that there is something new.
    Changed,
}

/// The circumstances of an event.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The clock on the wall, in milliseconds. It may jump.
    pub now_ms: f64,
    /// From 0 up to, not with, 1.
    pub random: f64,
    /// Time between the beginnings of two requests; infinite: one is enough.
    pub interval_ms: f64,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Begin a request.
    Fetch,
    /// Wake again in so many milliseconds, above 0; infinite: nothing is due.
    Wait(f64),
}

/// One feed's requests.
#[derive(Clone, Debug)]
pub struct Poll {
    clock_ms: f64,
    interval_ms: f64,
    hidden: bool,
    /// When the newest request began.
    begun_ms: f64,
    /// When the next is due by the interval or after a failure.
    due_ms: f64,
    /// When it is due because the feed changed.
    changed_ms: f64,
    /// The server wants none before.
    not_before_ms: f64,
    /// When there last was a good answer or a sign of life, or, before any, when the first was
    /// asked for.
    contact_ms: f64,
    /// Since the last good answer.
    failures: u32,
    /// The newest request whose answer was taken.
    taken: f64,
}

impl Poll {
    /// Nothing has been asked for: a request is due at once.
    #[must_use]
    pub const fn new() -> Poll {
        Poll {
            clock_ms: f64::NEG_INFINITY,
            interval_ms: f64::INFINITY,
            hidden: false,
            begun_ms: f64::NEG_INFINITY,
            due_ms: f64::NEG_INFINITY,
            changed_ms: f64::INFINITY,
            not_before_ms: f64::NEG_INFINITY,
            contact_ms: f64::NEG_INFINITY,
            failures: 0,
            taken: 0.0,
        }
    }

    /// Takes in what happened and says what to do.
    pub fn step(&mut self, event: Event, moment: &Moment) -> Next {
        self.look(moment);
        let now = self.clock_ms;
        let interval = self.interval_ms;
        match event {
            Event::Wake => {}
            Event::Begin(at_ms) => {
                self.begun_ms = at_ms.min(now);
                self.due_ms = self.begun_ms + interval;
                self.changed_ms = f64::INFINITY;
                if self.contact_ms == f64::NEG_INFINITY {
                    self.contact_ms = self.begun_ms;
                }
            }
            Event::Heard => {
                // While answers fail, a stream that lives is no reason to ask less.
                if self.failures == 0 {
                    let put_off = (now + interval).min(self.begun_ms + MOST_PUT_OFF * interval);
                    self.due_ms = self.due_ms.max(put_off);
                    self.contact_ms = now;
                }
            }
            Event::Good => {
                self.failures = 0;
                self.contact_ms = now;
                self.not_before_ms = f64::NEG_INFINITY;
            }
            Event::Failed(retry_after_ms) => self.failed(retry_after_ms, moment.random),
            Event::Hidden => self.hidden = true,
            Event::Return => {
                self.hidden = false;
                let wanted = interval.is_finite() || self.failures > 0;
                if wanted && now - self.begun_ms >= REST_MS.min(interval) {
                    self.due_ms = now;
                }
            }
            Event::Changed => {
                let spread = moment.random * SPREAD_MS.min(interval);
                self.changed_ms = self.changed_ms.min(now + spread);
            }
        }
        self.next()
    }

    /// Whether the answer to the request of that number (1, 2, …) may be taken: not where that of
    /// a later one has been.
    pub fn admits(&mut self, number: f64) -> bool {
        let admitted = number > self.taken;
        if admitted {
            self.taken = number;
        }
        admitted
    }

    /// Whether what is shown has missed two intervals because the requests fail.
    #[must_use]
    pub fn stale(&mut self, moment: &Moment) -> bool {
        self.look(moment);
        self.failures > 0 && self.clock_ms - self.contact_ms >= 2.0 * self.interval_ms
    }

    /// Takes in the time and the interval.
    fn look(&mut self, moment: &Moment) {
        // A clock that is set back must not stop the requests until it is where it was.
        let back = (self.clock_ms - moment.now_ms).max(0.0);
        if back > 0.0 && back.is_finite() {
            self.begun_ms -= back;
            self.due_ms -= back;
            self.changed_ms -= back;
            self.not_before_ms -= back;
            self.contact_ms -= back;
        }
        self.clock_ms = moment.now_ms;
        if self.interval_ms != moment.interval_ms {
            self.interval_ms = moment.interval_ms;
            if self.failures == 0 {
                self.due_ms = self.begun_ms + self.interval_ms;
            }
        }
    }

    /// Full jitter: anywhere between now and the cap, so that those whom an outage brought into
    /// step do not come back in step.
    ///
    /// Half the longest wait the first time, all of it from then on, instead of doubling from a
    /// second: an outage of some seconds, in which few had begun to wait long, would otherwise end
    /// with more than a tenth of all readers in one second (`tests/live.rs`).
    fn failed(&mut self, retry_after_ms: f64, random: f64) {
        let now = self.clock_ms;
        self.failures = self.failures.saturating_add(1);
        if self.interval_ms == f64::INFINITY && self.failures > MOST_TRIES_OF_ONE {
            self.due_ms = f64::INFINITY;
            return;
        }
        let longest = self.interval_ms.min(MOST_BACK_OFF_MS);
        let mut cap = if self.failures == 1 {
            longest / 2.0
        } else {
            longest
        };
        if retry_after_ms > 0.0 {
            self.not_before_ms = now + retry_after_ms.min(MOST_RETRY_AFTER_MS);
        } else {
            // What hung has used up its interval while it hung.
            cap = cap.min((self.begun_ms + self.interval_ms - now).max(0.0));
        }
        self.due_ms = now.max(self.not_before_ms) + random * cap;
    }

    fn next(&self) -> Next {
        let due = self.due_ms.min(self.changed_ms).max(self.not_before_ms);
        let wait = due - self.clock_ms;
        if self.hidden {
            Next::Wait(f64::INFINITY)
        } else if wait > 0.0 {
            Next::Wait(wait)
        } else {
            Next::Fetch
        }
    }
}

impl Default for Poll {
    fn default() -> Poll {
        Poll::new()
    }
}
