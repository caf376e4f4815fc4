// Sources: one request for each URL, however many widgets want it, at the pace of the most eager.

const sources = new Map();

/** Milliseconds that a server asks to be left alone, where it says so and may be heard. */
const retryAfter = (headers) => {
  const text = headers.get("retry-after");
  const seconds = Number(text);
  const until = Date.parse(text) - (Date.parse(headers.get("date")) || Date.now());
  return Math.max(0, text && seconds >= 0 ? seconds * 1000 : until) || 0;
};

const fetchBytes = async (url, kind, signal, heard) => {
  const response = await fetch(url, {
    cache: "no-cache", // Revalidates by ETag without a preflight.
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal,
  });
  if (!response.ok) {
    const error = problem("http", `${url}：HTTP ${response.status}`, `${url}: HTTP ${response.status}`);
    throw Object.assign(error, { wait: retryAfter(response.headers) });
  }
  if (!response.body) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    checkLength(bytes.length, kind, url);
    return bytes;
  }
  // Counted while it streams: a small answer may unpack to gigabytes.
  const reader = response.body.getReader();
  const parts = [];
  let length = 0;
  for (let part; !(part = await reader.read()).done; ) {
    length += part.value.length;
    checkLength(length, kind, url);
    parts.push(part.value);
    heard();
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

const sameBytes = (one, two) =>
  two && one.length === two.length && one.every((byte, index) => byte === two[index]);

/**
 * Fetches for its listeners, whose `hear(error, bytes)` is called with the one or the other, or
 * with neither where only what is known of the bytes' age changed. Newcomers get the answer that
 * is there. A listener says by `judge` what became of the bytes.
 */
class Source {
  constructor(url, kind) {
    this.url = url;
    this.kind = kind;
    this.listeners = new Set();
    this.busy = []; // At most two requests: {number, abort}.
    this.count = 0;
    this.began = 0;
    // None at first: the newest bytes that may be shown, `proven` where a widget has read them and
    // `stored` where they are from before a reload; `error`, and `why`, the reason of an outage, in
    // Chinese and English.
    this.pace = new Pace(Infinity, () => this.load(), () => {
      // A new instance hears what it missed.
      this.pace.ask(BEGIN, this.began);
      if (!this.busy.length) this.pace.ask(this.error ? FAILED : GOOD, this.error && this.error.wait);
      this.retime();
    });
  }

  async load() {
    // Of two that are under way the older keeps its time: on a slow network it arrives at last.
    const [, younger] = this.busy;
    if (younger) {
      this.drop((request) => request === younger);
      this.error = this.error || this.lateness();
      this.pace.ask(FAILED);
    }
    const number = (this.count += 1);
    const abort = new AbortController();
    let late = false;
    // The first covers the body too: a server may stall after the headers.
    const timers = [
      setTimeout(() => {
        late = true;
        abort.abort();
      }, FETCH_TIMEOUT_MS),
      setTimeout(() => this.recall(), KEPT_AFTER_MS),
    ];
    const request = { number, abort, timers };
    this.busy.push(request);
    this.began = Date.now();
    this.pace.step(BEGIN, this.began);
    if (younger) this.tell(this.error);
    let error;
    let bytes;
    const ear = hearPolicy(this.url);
    try {
      bytes = await fetchBytes(this.url, this.kind, abort.signal, () => this.pace.step(HEARD));
      this.why = null;
    } catch (cause) {
      // A patched fetch may reject with anything, or with nothing.
      if (cause && cause.zh) error = cause;
      else if (late) error = this.lateness();
      else if (this.busy.includes(request)) {
        // Asked once for each outage: a server in distress gets no second request each time.
        this.why = this.why || (await explain(this.url, cause, ear));
        error = problem("network", `无法读取 ${this.url}：${this.why[0]}`, `cannot read ${this.url}: ${this.why[1]}`, cause);
      }
    }
    ear.stop();
    const waited = this.busy.includes(request);
    this.drop((each) => each === request); // Lets go of a body that was cut.
    if (!waited) return; // Nobody waits any more.
    if (bytes) this.arrive(number, bytes);
    else this.lost(error);
  }

  lateness() {
    const error = problem("timeout", `${this.url} 未及时传完`, `${this.url} was not complete in time`);
    return Object.assign(error, { polled: true });
  }

  /** Ends requests. */
  drop(which) {
    for (const request of this.busy.filter(which)) {
      request.timers.forEach(clearTimeout);
      request.abort.abort();
    }
    this.busy = this.busy.filter((request) => !which(request));
  }

  /** A whole answer. */
  arrive(number, bytes) {
    if (this.pace.ask(ADMIT, number) === 0) return; // That of a later request came first.
    this.drop((request) => request.number < number);
    this.arrivedAt = Date.now();
    if (sameBytes(bytes, this.bytes)) {
      this.good();
      return;
    }
    this.pending = bytes;
    this.tell(null, bytes);
    // Nobody could read it yet: it counts until somebody can.
    if (this.pending === bytes) {
      this.bytes = bytes;
      this.stored = false;
      this.good();
    }
  }

  /** What a widget made of the bytes: true, "older", or why they can't be used. */
  judge(bytes, verdict) {
    if (this.pending !== bytes) return;
    this.pending = null;
    if (verdict === true) {
      this.bytes = this.proven = bytes;
      this.good();
      if (this.live()) keep(this.url, bytes, this.fetchedAt);
    } else if (verdict === "older") {
      this.good(true);
    } else {
      this.bytes = this.proven;
      this.lost(verdict);
    }
  }

  /** The server answers; what is shown is what it has, or newer. */
  good(older) {
    this.error = null;
    if (!older) {
      this.fetchedAt = this.arrivedAt;
      if (this.stored) this.proven = this.bytes;
      this.stored = false;
    }
    this.pace.step(GOOD);
    this.tell();
  }

  lost(error) {
    error.polled = true;
    this.error = error;
    this.recall();
    this.pace.step(FAILED, error.wait);
    this.tell(error);
  }

  /** Where there is nothing yet, what was kept before a reload. */
  recall() {
    const kept = !this.bytes && this.live() && recall(this.url);
    if (!kept) return;
    this.bytes = kept.bytes;
    this.fetchedAt = kept.at;
    this.stored = true;
    this.tell(null, kept.bytes);
  }

  /** From the stream. */
  message(data) {
    this.pace.step(HEARD);
    if (/^\s*\{/.test(data)) {
      this.count += 1;
      try {
        this.arrive(this.count, toBytes(data, this.kind));
      } catch (error) {
        this.lost(error);
      }
    } else if (data !== "ping") this.pace.step(CHANGED);
  }

  tell(error, bytes) {
    for (const listener of [...this.listeners]) {
      if (bytes && bytes !== this.pending && bytes !== this.bytes) return; // Found unfit by one.
      if (this.listeners.has(listener)) listener.hear(error, bytes);
    }
  }

  live() {
    return this.pace.interval < Infinity;
  }

  /** Takes the shortest interval of its listeners, and the first stream. */
  retime() {
    const all = [...this.listeners];
    this.pace.interval = Math.min(Infinity, ...all.map((listener) => listener.interval));
    const { stream } = all.find((listener) => listener.stream) || {};
    if (this.stream && this.stream.url !== stream) {
      this.stream.close();
      this.stream = null;
    }
    if (stream && !this.stream && engine) this.stream = new Stream(this, stream);
    this.pace.step(WAKE);
  }

  /** Returns the listener, which may change its `interval` and `stream` and then calls `retime`. */
  static listen(url, kind, interval, stream, hear) {
    const key = `${kind} ${url}`;
    let source = sources.get(key);
    if (!source) {
      sources.set(key, (source = new Source(url, kind)));
      source.load();
    }
    const listener = {
      source,
      interval,
      stream,
      hear,
      stop() {
        source.listeners.delete(listener);
        if (source.listeners.size) source.retime();
        else if (sources.get(key) === source) {
          sources.delete(key);
          source.drop(() => true);
          if (source.stream) source.stream.close();
          source.pace.close();
        }
      },
    };
    source.listeners.add(listener);
    const { bytes, error } = source;
    if (bytes || error) Promise.resolve().then(() => source.listeners.has(listener) && hear(bytes ? null : error, bytes));
    source.retime();
    if (error && !document.hidden) source.pace.step(RETURN);
    return listener;
  }
}
