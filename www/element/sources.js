// Sources: one request for each URL, however many widgets want it.

const sources = new Map();

const fetchBytes = async (url, kind, signal) => {
  const response = await fetch(url, {
    cache: "no-cache", // Revalidates by ETag without a preflight.
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal,
  });
  if (!response.ok) {
    throw problem("http", `${url} 返回 HTTP ${response.status}`, `${url} answered HTTP ${response.status}`);
  }
  const tooLong = () => {
    const mebibytes = MAX_BYTES[kind] >> 20;
    return problem("limit", `${url} 超过 ${mebibytes} MiB`, `${url} is over ${mebibytes} MiB`);
  };
  if (!response.body) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MAX_BYTES[kind]) throw tooLong();
    return bytes;
  }
  // Counted while it streams: a small answer may unpack to gigabytes.
  const reader = response.body.getReader();
  const parts = [];
  let length = 0;
  for (let part; !(part = await reader.read()).done; ) {
    length += part.value.length;
    if (length > MAX_BYTES[kind]) throw tooLong();
    parts.push(part.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** Fetches for its listeners `(error, bytes)`; newcomers get the answer that is there. */
class Source {
  constructor(url, kind) {
    this.url = url;
    this.kind = kind;
    this.listeners = new Set();
    this.bytes = null;
    this.abort = null;
    /** Why the last request failed, in Chinese and English. */
    this.why = null;
  }

  async load() {
    if (this.abort) return;
    const abort = (this.abort = new AbortController());
    let late = false;
    // Covers the body too: a server may stall after the headers.
    const timer = setTimeout(() => {
      late = true;
      abort.abort();
    }, FETCH_TIMEOUT_MS);
    let error = null;
    let bytes = null;
    const ear = hearPolicy(this.url);
    try {
      bytes = await fetchBytes(this.url, this.kind, abort.signal);
      this.why = null;
    } catch (cause) {
      error = cause;
      if (!cause.zh && late) {
        error = problem("timeout", `${this.url} 在 ${FETCH_TIMEOUT_MS / 1000} 秒内未传完`, `${this.url} was not complete within ${FETCH_TIMEOUT_MS / 1000} s`, cause);
      } else if (!cause.zh) {
        // Asked once for each outage: a server in distress gets no second request each time.
        this.why = this.why || (await explain(this.url, cause, ear));
        error = problem("network", `无法读取 ${this.url}：${this.why[0]}`, `cannot read ${this.url}: ${this.why[1]}`, cause);
      }
    }
    ear.stop();
    clearTimeout(timer);
    abort.abort(); // Lets go of a body that was cut.
    if (this.abort !== abort) return; // Nobody waits any more.
    this.abort = null;
    if (bytes) this.bytes = bytes;
    for (const listener of [...this.listeners]) listener(error, bytes);
  }

  /** Returns the function that ends it. */
  static listen(url, kind, listener) {
    const key = `${kind} ${url}`;
    let source = sources.get(key);
    if (!source) sources.set(key, (source = new Source(url, kind)));
    // A listener of its own for each call, so that a widget may listen twice.
    const own = (error, bytes) => listener(error, bytes);
    source.listeners.add(own);
    if (source.bytes) Promise.resolve().then(() => source.listeners.has(own) && own(null, source.bytes));
    else source.load();
    return () => {
      source.listeners.delete(own);
      if (source.listeners.size || sources.get(key) !== source) return;
      sources.delete(key);
      const abort = source.abort;
      source.abort = null;
      if (abort) abort.abort();
    };
  }
}
