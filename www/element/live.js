// Live: the pace of requests, the stream, what survives a reload, what is told of old and new.
//
// The policy is Rust's (`src/live`); here is what it can't do: timers, events, storage.

/** What is told to the policy, and asked of it. */
const WAKE = 0;
const BEGIN = 1;
const HEARD = 2;
const GOOD = 3;
const FAILED = 4;
const HIDDEN = 5;
const RETURN = 6;
const CHANGED = 7;
const ADMIT = 8;
const STALE = 9;
const CLOSE = 10;

/** Shortest time between two requests of a feed; what is asked below it is this. */
const MIN_REFRESH_S = 5;
/** With a stream and no `refresh`; also the longest wait before a broken stream is opened again. */
const STREAM_REFRESH_S = 60;
/** Feeds kept in the reader's storage, each of so many bytes at most. */
const KEPT_FEEDS = 4;
const KEPT_BYTES = 256 * 1024;
const KEPT = "progress-widgets:";
/** A first answer that takes longer lets the kept figures be shown meanwhile. */
const KEPT_AFTER_MS = 3000;
/** Changes are told at most this often, and those of a second together. */
const ANNOUNCE_MS = 5000;
const GATHER_MS = 1000;
/** Timers of browsers end at 2^31 ms. */
const MOST_TIMER_MS = 1e9;

const paces = new Set();
let lastPace = 0;

const comeOrGo = (event) => {
  if (event.type === "pageshow" && !event.persisted) return;
  for (const pace of [...paces]) {
    if (document.hidden && pace.hide) pace.hide();
    pace.step(document.hidden ? HIDDEN : RETURN);
  }
};
const hearPage = (method) => {
  document[method]("visibilitychange", comeOrGo);
  window[method]("pageshow", comeOrGo);
  window[method]("online", comeOrGo);
};

/** Does its work whenever the policy says so. Without an instance nothing is due. */
class Pace {
  constructor(interval, work, revived) {
    this.number = lastPace += 1;
    this.interval = interval;
    this.work = work;
    this.revived = revived;
    this.timer = 0;
    this.traps = []; // For `call`, which counts them for each of its callers.
    if (!paces.size) hearPage("addEventListener");
    paces.add(this);
    if (document.hidden) this.ask(HIDDEN);
  }

  /** The policy's number; NaN without an instance, and then the next one asks. */
  ask(event, value) {
    try {
      return call(this, "live_step", this.number, event, Date.now(), Math.random(), this.interval, value || 0);
    } catch (cause) {
      return NaN;
    }
  }

  step(event, value) {
    if (!paces.has(this)) return;
    clearTimeout(this.timer);
    const wait = this.ask(event, value);
    if (wait === 0) this.work();
    else if (wait < Infinity) this.timer = setTimeout(() => this.step(WAKE), Math.min(wait, MOST_TIMER_MS));
  }

  /** The policy lives in the instance: a new one hears how things stand. */
  revive() {
    if (document.hidden) this.ask(HIDDEN);
    if (this.revived) this.revived();
  }

  fail() {}

  close() {
    clearTimeout(this.timer);
    this.ask(CLOSE);
    paces.delete(this);
    if (!paces.size) hearPage("removeEventListener");
  }
}

/**
 * Server-sent events of a source. A message is a feed (`{…}`), a sign of life (`ping`), or says
 * with any other text that the feed changed. Requests go on where it is silent.
 */
class Stream {
  constructor(source, url) {
    this.source = source;
    this.url = url;
    this.events = null;
    this.pace = new Pace(STREAM_REFRESH_S * 1000, () => this.open(), () => this.pace.step(WAKE));
    // A hidden page holds no connection, which would also keep it out of the bfcache.
    this.pace.hide = () => this.shut();
    this.pace.step(WAKE);
  }

  open() {
    this.shut();
    // Asked, not stepped: an open stream needs no timer.
    this.pace.ask(BEGIN, Date.now());
    let events;
    try {
      events = this.events = new EventSource(this.url);
    } catch (cause) {
      return; // None in this browser, or no URL: the requests go on.
    }
    events.onopen = () => this.pace.ask(GOOD);
    events.onmessage = ({ data }) => this.source.message(data);
    events.onerror = () => {
      // Not left to the browser, which comes back after three seconds, with all others.
      this.shut();
      this.pace.ask(BEGIN, Date.now());
      this.pace.step(FAILED);
    };
  }

  shut() {
    if (this.events) this.events.close();
    this.events = null;
  }

  close() {
    this.shut();
    this.pace.close();
  }
}

// -- What survives a reload

/** Keeps the last good bytes of a live feed for a reload during an outage. */
const keep = (url, bytes, at) => {
  try {
    const store = localStorage;
    delete store[KEPT + url];
    if (bytes.length > KEPT_BYTES) return;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const others = Object.keys(store).filter((key) => key.startsWith(KEPT));
    // Each begins with its time, the newest first.
    others.sort((one, two) => (store[one] < store[two] ? 1 : -1));
    for (const key of others.slice(KEPT_FEEDS - 1)) delete store[key];
    store[KEPT + url] = `${at}\n${text}`;
  } catch (cause) {
    // Denied, full, or not UTF-8: then nothing survives.
  }
};

const recall = (url) => {
  try {
    const text = localStorage[KEPT + url];
    const at = parseInt(text, 10);
    return at > 0 ? { at, bytes: new TextEncoder().encode(text.slice(text.indexOf("\n") + 1)) } : null;
  } catch (cause) {
    return null;
  }
};

// -- What is told

const localTime = (ms) =>
  new Date(ms - new Date(ms).getTimezoneOffset() * 60000).toISOString().slice(0, 16).replace("T", " ");

/** Whether a widget's figures are old, and the line that says so, in Chinese and English. */
const oldness = (view) => {
  const { link, status } = view.inputs.feed;
  const { source = {} } = link || {};
  const { error, fetchedAt = null } = source;
  const at = localTime(fetchedAt);
  const as = status ? status.asOf : "";
  let texts = null;
  if (source.stored) {
    texts = [
      `暂时取不到最新数据，所示为 ${at} 取得的数据（截至 ${as}）`,
      `No newer figures at present; shown: those of ${at} (as of ${as})`,
    ];
  } else if (error && !fetchedAt) {
    // What is shown came from elsewhere: this URL has never answered with a feed.
    texts = TEXTS.outdated;
  } else if (error && source.pace.ask(STALE) === 1) {
    texts = [`${at} 之后未能更新，所示数据截至 ${as}`, `No update since ${at}; the figures are as of ${as}`];
  } else if (status && status.overdue && Date.now() > status.overdue * 1000) {
    texts = [`数据截至 ${as}，已超过更新期限`, `The figures are as of ${as}; an update is overdue`];
  }
  return { texts, stale: !!texts, fetchedAt };
};

/** Sentences that wait to be said, and by which widget. */
const sentences = new Map();
let announcer = null;

/** Says politely what changed: of many widgets and feeds together, at most every five seconds. */
const announce = (view, sentence) => {
  sentences.set(sentence, view);
  if (!announcer) {
    announcer = new Pace(ANNOUNCE_MS, () => {
      const [speaker] = [...sentences.values()].filter((each) => views.has(each));
      if (!speaker) {
        announcer.close();
        announcer = null;
        sentences.clear();
        return;
      }
      speaker.live.textContent = [...sentences.keys()].slice(0, 3).join("；");
      sentences.clear();
      announcer.step(BEGIN, Date.now());
    });
    announcer.ask(BEGIN, Date.now() - ANNOUNCE_MS + GATHER_MS);
    announcer.step(WAKE);
  }
};
