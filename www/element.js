// <progress-widget>: attributes, observers, fetch and events. Rust decides everything else.
//
// The build puts this text into both bundles, with these names around it: `scriptUrl` (where the
// script came from), `wasmIntegrity` (sha384 of the .wasm), `version`, and `createGlue()`
// (wasm-bindgen's glue, a new one each call, because an instance that trapped is replaced).
//
// Rules of this file: nothing outside our shadow roots is changed; no inline style or script, no
// markup from text (Trusted Types); every failure leaves the last good picture where it is.

// ---- Limits -------------------------------------------------------------------------------

/** Bytes that are read of a feed or a geometry (FEED.md, "Limits"). */
const MAX_BYTES = { feed: 16 * 1024 * 1024, geometry: 32 * 1024 * 1024 };
/** Time for an answer with its whole body. */
const FETCH_TIMEOUT_MS = 30000;
/** Layout widths; a narrower box scrolls, a wider one leaves room at the right. */
const MIN_WIDTH_CSS_PX = 280;
const MAX_WIDTH_CSS_PX = 1600;
/** Width used where a picture is wanted of an element that has no size. */
const FALLBACK_WIDTH_CSS_PX = 600;
/** A side beyond this is drawn blank (Chromium), an area beyond this too (iOS Safari). */
const MAX_SIDE_DEVICE_PX = 16384;
const MAX_AREA_DEVICE_PX = 16777216;
/** A widget that breaks the instance this often within a minute is not drawn any more. */
const MAX_TRAPS_A_MINUTE = 3;
/** How far before the view drawing begins: two heights of the view. */
const NEAR_VIEW = "200% 0px";

// ---- Texts --------------------------------------------------------------------------------

const TEXTS = {
  unavailable: ["数据暂时无法显示", "The figures cannot be shown at present"],
  outdated: ["更新失败，仍显示此前的数据", "The update failed; the earlier figures are shown"],
};

/** An error in Chinese and English, with a code for programs. */
const problem = (code, zh, en, cause) =>
  Object.assign(new Error(`${zh} / ${en}`), { name: "ProgressWidgetError", code, zh, en, cause });

// ---- The engine: one wasm instance for all widgets of the page ------------------------------

/** The instance's exports; null before the first start and after a death. */
let engine = null;
let starting = null;
let compiling = null;

/** Views that have a handle in the instance or want one. */
const views = new Set();

const compile = async () => {
  const url = new URL("progress-widgets.wasm", scriptUrl || document.baseURI).href;
  try {
    const response = await fetch(url, wasmIntegrity ? { integrity: wasmIntegrity } : {});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Streaming demands the right type; many servers do not know it, and bytes compile as well.
    return /^application\/wasm/.test(response.headers.get("content-type") || "")
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (cause) {
    compiling = null; // The next widget tries again.
    let why = cause.message;
    if (wasmIntegrity && cause instanceof TypeError) {
      // With a hash, every failure is but "failed to fetch": asked without one, the server tells.
      const answer = await fetch(url).catch(() => null);
      if (answer) why = answer.ok ? "文件与脚本不是同一版本 / not the file that belongs to the script" : `HTTP ${answer.status}`;
    }
    throw problem(
      "engine",
      `无法载入 ${url}（${why}）：请检查文件是否存在、是否允许跨域，以及内容安全策略是否允许 connect-src 与 'wasm-unsafe-eval'`,
      `cannot load ${url} (${why}): check that the file is there, that CORS lets it through, and that the content security policy allows connect-src and 'wasm-unsafe-eval'`,
      cause
    );
  }
};

const start = () => {
  if (!starting) {
    starting = (async () => {
      const module = await (compiling || (compiling = compile()));
      const glue = createGlue();
      await glue({ module_or_path: module });
      engine = glue;
    })();
    starting.catch(() => (starting = null));
  }
  return starting;
};

/**
 * Calls an export. Whatever it throws is the instance's death: after a trap, or after an exception
 * that passed through its frames, its memory can't be trusted. A new one is made, and every widget
 * is rebuilt from the last good bytes, which JavaScript keeps.
 */
const call = (view, name, ...args) => {
  if (!engine) throw problem("engine", "组件尚未就绪：请先 await element.ready", "not ready: await element.ready first");
  try {
    return engine[name](...args);
  } catch (cause) {
    engine = starting = null;
    for (const each of views) each.handle = 0;
    const now = Date.now();
    view.traps = view.traps.filter((time) => now - time < 60000).concat(now);
    view.stopped = view.traps.length >= MAX_TRAPS_A_MINUTE;
    // Not within this call: whoever made it must first see its error.
    start().then(() => views.forEach((each) => each.guard(() => each.update())), (error) => view.fail(error));
    throw problem(
      "internal",
      `组件内部出错，正在恢复（${cause}）`,
      `internal error, recovering (${cause})`,
      cause
    );
  }
};

// ---- Sources: one request for each URL, however many widgets want it ------------------------

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
    try {
      bytes = await fetchBytes(this.url, this.kind, abort.signal);
    } catch (cause) {
      error = cause.code && cause.zh ? cause : late
        ? problem("timeout", `${this.url} 在 ${FETCH_TIMEOUT_MS / 1000} 秒内未传完`, `${this.url} was not complete within ${FETCH_TIMEOUT_MS / 1000} s`, cause)
        : problem(
            "network",
            `无法读取 ${this.url}（${cause.message}）：可能是网络不通、服务器未允许跨域（CORS）、发生了重定向，或被内容安全策略拦截`,
            `cannot read ${this.url} (${cause.message}): the network may be down, or CORS, a redirect or the content security policy forbids it`,
            cause
          );
    }
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

// ---- Bytes --------------------------------------------------------------------------------

/** Numbers for byte arrays: widgets that hold the same array share one parsed document. */
const numbers = new WeakMap();
let lastNumber = 0;
const numberOf = (bytes) => {
  if (!numbers.has(bytes)) numbers.set(bytes, (lastNumber += 1));
  return numbers.get(bytes);
};

/** An object, a string or bytes → bytes of our own, which the page can't change later. */
const toBytes = (value, kind) => {
  let bytes;
  if (ArrayBuffer.isView(value)) {
    bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  } else if (Object.prototype.toString.call(value) === "[object ArrayBuffer]") {
    bytes = new Uint8Array(value).slice();
  } else {
    let text = value;
    if (typeof value !== "string") {
      try {
        text = JSON.stringify(value);
      } catch (cause) {
        text = undefined;
      }
    }
    if (typeof text !== "string") {
      throw problem("type", "需要对象、JSON 文本或字节", "an object, JSON text or bytes are wanted");
    }
    bytes = new TextEncoder().encode(text);
  }
  if (bytes.length > MAX_BYTES[kind]) {
    const mebibytes = MAX_BYTES[kind] >> 20;
    throw problem("limit", `超过 ${mebibytes} MiB`, `over ${mebibytes} MiB`);
  }
  return bytes;
};

// ---- What the page does to all widgets -------------------------------------------------------

/** Runs while there is a widget on the page; `stop` leaves no listener behind. */
const page = {
  stops: null,
  near: null,

  run() {
    if (this.stops) return;
    const stops = (this.stops = []);
    const listen = (target, type, react) => {
      if (!target || !target.addEventListener) return; // Safari before 14: no events on media queries.
      target.addEventListener(type, react);
      stops.push(() => target.removeEventListener(type, react));
    };
    const all = (work) => views.forEach((view) => view.guard(() => work(view)));
    // A query for one ratio tells only that it changed; then the next is asked.
    let query = null;
    const ratioChanged = () => {
      if (query) query.removeEventListener("change", ratioChanged);
      query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      if (query.addEventListener) query.addEventListener("change", ratioChanged);
      else query = null;
      all((view) => view.frame());
    };
    ratioChanged();
    stops.push(() => query && query.removeEventListener("change", ratioChanged));
    listen(darkQuery(), "change", () => all((view) => view.optionsChanged()));
    listen(document.fonts, "loadingdone", () => all((view) => view.frame()));
    if (typeof IntersectionObserver === "function") {
      this.near = new IntersectionObserver(
        (entries) => entries.forEach((entry) => entry.isIntersecting && entry.target.progressWidgetView.want()),
        { rootMargin: NEAR_VIEW }
      );
      stops.push(() => this.near.disconnect());
    }
  },

  stop() {
    if (!this.stops) return;
    this.stops.forEach((stop) => stop());
    this.stops = this.near = null;
  },
};

const darkQuery = () => matchMedia("(prefers-color-scheme: dark)");

// ---- Style --------------------------------------------------------------------------------

const HIDDEN_BUT_READ =
  "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";

/** By class; one text for a style sheet, or, where those can't be constructed, for the elements. */
const STYLES = {
  // Nothing is inherited from the page but whether it is visible.
  box: "all:initial;display:block;position:relative;direction:ltr;unicode-bidi:isolate;visibility:inherit;font:13px/1.5 \"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif",
  canvas: "display:block;outline-offset:2px;-webkit-tap-highlight-color:transparent",
  note: "margin:0;padding:4px 0;font-size:13px;color:#5c6975",
  table: HIDDEN_BUT_READ,
  live: HIDDEN_BUT_READ,
  tip: "position:absolute;left:0;top:0;z-index:1;box-sizing:border-box;width:max-content;max-width:100%;padding:6px 10px;border-radius:4px;border:1px solid #5c6975;background:#1b2530;color:#fff;font-size:13px;line-height:1.5;pointer-events:none;overflow-wrap:anywhere;font-variant-numeric:tabular-nums",
  label: "font-weight:700",
};
const EXTRA_RULES =
  ":host{display:block}:host([hidden]),[hidden]{display:none!important}.canvas:focus-visible{outline:2px solid #1f6fb2}@media print{.tip{display:none}}";

const styleText = () =>
  Object.keys(STYLES).map((name) => `.${name}{${STYLES[name]}}`).join("") + EXTRA_RULES;

/** A sheet belongs to one document: one for each, made when the first widget comes there. */
const sheets = new WeakMap();
const adopt = (root) => {
  const owner = root.ownerDocument;
  let sheet = sheets.get(owner);
  try {
    if (!sheet) {
      sheet = new owner.defaultView.CSSStyleSheet();
      sheet.replaceSync(styleText());
      sheets.set(owner, sheet);
    }
    root.adoptedStyleSheets = [sheet];
    return root.adoptedStyleSheets.length === 1;
  } catch (error) {
    return false;
  }
};

// ---- One widget ---------------------------------------------------------------------------

const OPTIONS = [
  "kind", "metric", "level", "parent", "lang", "scheme", "background", "sort", "limit", "by", "breaks",
  "size", "projection", "require-review-number", "theme",
];
const TOKENS = [
  "ground", "ink", "mute", "accent", "target", "track", "grid", "hatch", "class-1", "class-2",
  "class-3", "class-4", "class-5",
];
/** Height kept free until the picture is drawn, from the width: what each kind needs for a city. */
const RESERVE_CSS_PX = {
  summary: () => 235,
  bars: () => 530,
  map: (width) => Math.min(925, Math.round(width * 0.7) + 165),
};

/** The state behind one element. */
class View {
  constructor(element) {
    this.element = element;
    this.root = element.attachShadow({ mode: "open" });
    this.handle = 0;
    this.traps = [];
    this.stopped = false;
    this.wanted = false;
    this.forced = false;
    this.drawn = false;
    this.width = 0;
    this.widths = [];
    this.hit = -1;
    this.layout = null;
    this.told = "";
    this.stale = { options: true, picture: false };
    // For each kind of input: what the page gave, the bytes that wait, the last good ones.
    this.inputs = {};
    for (const kind of ["feed", "geometry"]) {
      this.inputs[kind] = { kind, given: undefined, url: "", stop: null, waiting: null, good: null, settled: true, status: null };
    }
    this.ready = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // Who does not ask for `ready` need not hear of its failure: the event and the console tell.
    this.ready.catch(() => {});
    this.build();
  }

  // -- The shadow root

  build() {
    const styled = adopt(this.root);
    this.make = (tag, name, parent) => {
      const made = document.createElement(tag);
      if (name) {
        made.className = name;
        if (!styled) made.style.cssText = STYLES[name];
      }
      if (parent) parent.appendChild(made);
      return made;
    };
    this.slot = this.make("slot", "", this.root);
    // The parser may bring the children after the element.
    this.slot.addEventListener("slotchange", () => this.reserve());
    this.box = this.make("div", "box", this.root);
    this.box.progressWidgetView = this;
    this.canvas = this.newCanvas();
    this.box.appendChild(this.canvas);
    this.note = this.make("p", "note", this.box);
    this.note.setAttribute("role", "status");
    this.table = this.make("div", "table", this.box);
    this.tip = this.make("div", "tip", this.box);
    this.live = this.make("div", "live", this.box);
    this.live.setAttribute("aria-live", "polite");
    this.styled = styled;
    for (const part of [this.canvas, this.note, this.tip]) this.show(part, false);
    this.resizes = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.guard(() => this.resized())) : null;
  }

  show(part, visible) {
    part.hidden = !visible;
    if (!this.styled) part.style.display = visible ? (part === this.slot ? "contents" : "block") : "none";
  }

  newCanvas() {
    const canvas = this.make("canvas", "canvas");
    canvas.setAttribute("role", "img");
    canvas.tabIndex = 0;
    canvas.addEventListener("contextrestored", () => this.frame());
    return canvas;
  }

  reserve() {
    const kind = this.element.getAttribute("kind");
    const height = (RESERVE_CSS_PX[kind] || RESERVE_CSS_PX.summary)(this.measure() || FALLBACK_WIDTH_CSS_PX);
    // A static picture given as children keeps the place itself.
    this.box.style.minHeight = this.drawn || this.element.childElementCount ? "" : `${height}px`;
  }

  // -- On the page, and off it

  connect() {
    views.add(this);
    page.run();
    this.reserve();
    if (this.resizes) this.resizes.observe(this.box);
    start().catch(() => {}); // The module comes while the element is still far from the view.
    if (page.near && !this.wanted) page.near.observe(this.box);
    else this.want();
  }

  disconnect() {
    if (this.resizes) this.resizes.disconnect();
    if (page.near) page.near.unobserve(this.box);
    for (const input of Object.values(this.inputs)) this.unlisten(input);
    this.hide();
    views.delete(this);
    if (!views.size) page.stop();
    const handle = this.handle;
    this.handle = 0;
    if (handle && engine) this.guard(() => call(this, "free", handle));
  }

  /** What is done for an element outside the document is undone when the task is over. */
  disconnectSoon() {
    Promise.resolve().then(() => {
      if (!this.element.isConnected) this.disconnect();
    });
  }

  /** Loads and draws from now on. */
  want() {
    if (page.near) page.near.unobserve(this.box);
    this.wanted = true;
    this.listen("feed", "src");
    this.listen("geometry", "geometry");
    start().then(
      () => this.guard(() => this.digest()),
      (error) => this.fail(error)
    );
  }

  // -- Inputs

  listen(kind, attribute) {
    const input = this.inputs[kind];
    const name = this.element.getAttribute(attribute);
    const wanted = this.wanted && this.element.isConnected && input.given === undefined && name;
    let url = "";
    if (wanted) {
      try {
        url = new URL(name, this.element.baseURI).href;
      } catch (cause) {
        input.settled = true;
        this.fail(problem("url", `${attribute} 不是有效网址：${name}`, `${attribute} is no valid URL: ${name}`, cause));
      }
    }
    if (input.url === url) return;
    this.unlisten(input);
    if (!url) return;
    input.url = url;
    input.settled = !!input.good;
    input.stop = Source.listen(url, kind, (error, bytes) => {
      input.settled = true;
      input.failed = error;
      if (bytes) input.waiting = bytes;
      this.guard(() => this.digest());
      if (error) this.fail(error);
    });
  }

  unlisten(input) {
    if (input.stop) input.stop();
    input.stop = null;
    input.url = "";
    input.settled = true;
  }

  /** From the page itself: takes the place of the attribute's URL until it is undefined or null. */
  give(kind, value) {
    const input = this.inputs[kind];
    input.given = value === null ? undefined : value;
    if (input.given !== undefined) {
      const bytes = toBytes(value, kind);
      this.unlisten(input);
      return bytes;
    }
    this.listen(kind, kind === "feed" ? "src" : "geometry");
    return null;
  }

  /** Takes in what waits, as soon as all that was asked for is there, and draws. */
  digest() {
    if (!engine || !this.wanted || this.stopped) return;
    const { feed, geometry } = this.inputs;
    // A map is not first drawn without its districts, to be drawn anew a moment later.
    if (!geometry.settled && !this.drawn) return;
    let failure = null;
    for (const input of [geometry, feed]) {
      const bytes = input.waiting;
      input.waiting = null;
      try {
        if (bytes) this.take(input, bytes);
      } catch (error) {
        failure = failure || error;
      }
    }
    this.update();
    if (failure) this.fail(failure);
    else if (feed.settled && !feed.good && !feed.failed) this.settled();
  }

  /** Hands bytes to the instance. Throws where they can't be read; the widget keeps what it had. */
  take(input, bytes) {
    this.open();
    const { kind } = input;
    const number = numberOf(bytes);
    const answer = call(this, "share", this.handle, number) || call(this, `set_${kind}`, this.handle, number, bytes);
    const status = JSON.parse(answer);
    if (status.error) {
      const where = input.url || (kind === "feed" ? "feed" : "geometry");
      throw problem(kind, `${where}：${status.error[0]}`, `${where}: ${status.error[1]}`);
    }
    input.good = bytes;
    input.status = status;
    input.failed = null;
    this.stale.picture = true;
    this.reason = kind;
  }

  /** Draws without districts. */
  dropGeometry() {
    const input = this.inputs.geometry;
    input.good = input.waiting = null;
    this.stale.picture = true;
    this.reason = "geometry";
    if (this.handle && engine) call(this, "clear_geometry", this.handle);
  }

  // -- Drawing

  /** Makes sure of a handle in the living instance, with everything that this widget had. */
  open() {
    if (this.handle) return;
    const alive = engine;
    this.handle = call(this, "create", (what, event) => {
      // Events of an instance that died are not ours.
      if (engine === alive && this.handle) this.guard(() => this.signal(what, event));
    });
    views.add(this);
    if (!this.element.isConnected) this.disconnectSoon();
    // A new canvas: the old one's listeners may belong to an instance that died.
    const focused = this.root.activeElement === this.canvas;
    const canvas = this.newCanvas();
    this.show(canvas, !this.canvas.hidden);
    if (this.canvas.hasAttribute("aria-label")) canvas.setAttribute("aria-label", this.canvas.getAttribute("aria-label"));
    this.box.replaceChild(canvas, this.canvas);
    this.canvas = canvas;
    if (focused) canvas.focus({ preventScroll: true });
    call(this, "listen", this.handle, canvas);
    this.told = "";
    this.stale.options = true;
    // What was good before is no news.
    const { picture } = this.stale;
    for (const input of [this.inputs.geometry, this.inputs.feed]) if (input.good) this.take(input, input.good);
    this.stale.picture = picture;
  }

  /** Brings the picture up to date with inputs, options, width and pixel ratio. */
  update() {
    if (!engine || !this.wanted || this.stopped) return false;
    this.open();
    if (this.stale.options) this.configure();
    let width = this.measure();
    if (!width && this.forced) width = this.width || FALLBACK_WIDTH_CSS_PX;
    if (!width || !this.inputs.feed.good) return false; // Waits for a size, or for figures.
    this.width = width;
    const answer = call(this, "layout", this.handle, width);
    if (!answer) return false;
    this.layout = JSON.parse(answer);
    this.paint();
    if (this.layout.table) this.tabulate(this.layout.table);
    this.canvas.setAttribute("aria-label", this.layout.alt);
    this.box.lang = this.layout.lang;
    this.box.style.overflowX = this.layout.width > Math.ceil(this.boxWidth()) ? "auto" : "";
    if (!this.drawn) {
      this.drawn = true;
      this.show(this.canvas, true);
      this.show(this.slot, false);
      this.reserve();
    }
    if (this.stale.picture) {
      this.stale.picture = false;
      if (!this.inputs.feed.failed) this.say("");
      this.settled();
      this.dispatch("update", {
        reason: this.reason,
        asOf: this.inputs.feed.status.asOf,
        published: this.inputs.feed.status.published,
        remarks: this.layout.remarks,
        width: this.layout.width,
        height: this.layout.height,
      });
    }
    return true;
  }

  paint() {
    const { width, height } = this.layout;
    const ratio = Math.min(
      devicePixelRatio || 1,
      MAX_SIDE_DEVICE_PX / Math.max(width, height, 1),
      Math.sqrt(MAX_AREA_DEVICE_PX / Math.max(width * height, 1))
    );
    const { canvas } = this;
    const across = Math.max(1, Math.round(width * ratio));
    const down = Math.max(1, Math.round(height * ratio));
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    // One of the canvas's pixels on one of the screen's, at any ratio.
    canvas.style.width = `${across / ratio}px`;
    canvas.style.height = `${down / ratio}px`;
    const context = canvas.getContext("2d");
    if (!context) throw problem("canvas", "浏览器无法提供画布", "the browser gives no canvas context");
    call(this, "paint", this.handle, context, ratio, this.hit);
  }

  configure() {
    this.stale.options = false;
    const { element } = this;
    const pairs = [];
    for (const name of OPTIONS) {
      let value = element.getAttribute(name);
      // The two name one thing; colours of the page's own come after it, because it sets all.
      if (name === "scheme" && value === null) value = element.getAttribute("theme");
      if (name === "scheme" && value === "auto") value = darkQuery().matches ? "dark" : "light";
      if (value !== null && name !== "theme") pairs.push(name, value);
    }
    const style = getComputedStyle(element);
    for (const token of TOKENS) {
      const value = style.getPropertyValue(`--pw-${token}`).trim();
      if (value) pairs.push(`--pw-${token}`, toHex(value));
    }
    // Where the page sets no font, the browser's default is not what it wants; ours is.
    const font = style.fontFamily;
    if (font && font !== this.initialFont()) pairs.push("font", font);
    const text = pairs.map((part) => part.replace(/\0/g, "")).join("\0");
    if (this.told === text) return;
    this.told = text;
    for (const [zh, en] of JSON.parse(call(this, "configure", this.handle, text))) {
      console.warn(`progress-widget: ${zh} / ${en}`, element);
    }
  }

  /** The font-family that no style sheet has touched. */
  initialFont() {
    if (!this.font) {
      const untouched = this.make("span", "", this.root);
      untouched.style.all = "initial";
      this.font = getComputedStyle(untouched).fontFamily;
      this.root.removeChild(untouched);
    }
    return this.font;
  }

  optionsChanged() {
    this.stale.options = this.stale.picture = true;
    this.reason = "options";
    if (!this.drawn) this.reserve();
    this.frame();
  }

  /** Draws in the next frame, once, however often it is asked. */
  frame() {
    if (engine && this.handle) this.guard(() => call(this, "request_frame", this.handle));
  }

  boxWidth() {
    // Not what a transform makes of it; "auto" where the element is not laid out.
    return parseFloat(getComputedStyle(this.box).width) || 0;
  }

  measure() {
    const width = this.boxWidth();
    return width && Math.min(MAX_WIDTH_CSS_PX, Math.max(MIN_WIDTH_CSS_PX, Math.floor(width)));
  }

  resized() {
    const width = this.measure();
    if (!width || !engine || this.stopped || !this.wanted || (this.drawn && width === this.width)) return;
    // A new height may bring or take the page's scroll bar, which changes the width, which
    // changes the height: of two widths that alternate, the smaller stays.
    const now = Date.now();
    this.widths = this.widths.filter(([, time]) => now - time < 500);
    const again = this.widths.filter(([before]) => before === width).length > 1;
    if (again && this.width < width && width - this.width < 32) return;
    this.widths.push([width, now]);
    // In a frame: a height changed within the observer's callback is an error event on the page.
    this.open();
    this.frame();
  }

  tabulate({ caption, head, rows }) {
    const table = this.make("table");
    this.make("caption", "", table).textContent = caption;
    const cell = (row, text, scope) => {
      const made = this.make(scope ? "th" : "td", "", row);
      if (scope) made.scope = scope;
      made.textContent = text;
    };
    const line = this.make("tr", "", this.make("thead", "", table));
    head.forEach((text) => cell(line, text, "col"));
    const body = this.make("tbody", "", table);
    for (const texts of rows) {
      const row = this.make("tr", "", body);
      texts.forEach((text, index) => cell(row, text, index ? "" : "row"));
    }
    this.table.replaceChildren ? this.table.replaceChildren(table) : ((this.table.textContent = ""), this.table.appendChild(table));
  }

  // -- What readers do

  signal(what, event) {
    switch (what) {
      case "frame":
        if (this.hover && !this.stale.picture && this.drawn && this.measure() === this.width) this.paint();
        else this.update();
        this.hover = false;
        break;
      case "pointermove":
      case "pointerdown":
        this.point(...this.position(event));
        break;
      case "pointerleave":
        // A finger leaves when it is lifted: what it touched stays readable.
        if (event.pointerType !== "touch") this.hide();
        break;
      case "blur":
        this.hide();
        break;
      case "click":
        this.point(...this.position(event));
        this.select();
        break;
      case "keydown":
        this.key(event);
        break;
    }
  }

  /** Where on the picture, in its CSS pixels, however the page transforms it. */
  position(event) {
    const rect = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - rect.left) * this.canvas.offsetWidth) / (rect.width || 1),
      ((event.clientY - rect.top) * this.canvas.offsetHeight) / (rect.height || 1),
    ];
  }

  point(x, y) {
    const index = call(this, "hit", this.handle, x, y);
    if (index < 0) this.hide();
    else this.explain(index, x, y);
  }

  /** Shows the exact figures of a hit, at a place or at its middle. */
  explain(index, x, y) {
    if (index !== this.hit) {
      this.info = JSON.parse(call(this, "hit_info", this.handle, index));
      this.hit = index;
      this.hover = true;
      this.frame();
      this.tip.textContent = "";
      this.make("div", "label", this.tip).textContent = this.info.label;
      for (const text of this.info.lines) this.make("div", "", this.tip).textContent = text;
      this.show(this.tip, true);
    }
    const { info, tip } = this;
    if (x === undefined) {
      x = info.x + info.width / 2;
      y = info.y + info.height / 2;
    }
    const across = this.box.clientWidth - tip.offsetWidth;
    const down = this.box.clientHeight - tip.offsetHeight;
    const below = y + 16;
    const top = below <= down ? below : y - tip.offsetHeight - 12;
    tip.style.left = `${Math.max(0, Math.min(x + 12, across))}px`;
    tip.style.top = `${Math.max(0, Math.min(top, down))}px`;
  }

  hide() {
    if (this.hit < 0) return;
    this.hit = -1;
    this.hover = true;
    this.frame();
    this.show(this.tip, false);
    this.live.textContent = "";
  }

  select() {
    if (this.hit < 0) return;
    const { id, label, lines, row } = this.info;
    this.dispatch("select", { id, label, lines, row });
  }

  key(event) {
    const count = this.layout ? this.layout.hits : 0;
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: 0, End: 0 };
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !count) return;
    if (key in steps) {
      let index = this.hit + steps[key];
      if (key === "Home" || index >= count) index = 0;
      if (key === "End" || index < 0) index = count - 1;
      this.explain(index);
      this.live.textContent = [this.info.label, ...this.info.lines].join("，");
    } else if (key === "Escape" && this.hit >= 0) this.hide();
    else if ((key === "Enter" || key === " ") && this.hit >= 0) this.select();
    else return;
    event.preventDefault();
  }

  // -- Telling

  dispatch(name, detail) {
    this.element.dispatchEvent(new CustomEvent(`progress-widget-${name}`, { bubbles: true, composed: true, detail }));
  }

  settled() {
    if (this.isReady) return;
    this.isReady = true;
    this.settle.resolve(this.element);
    this.dispatch("ready", { version });
  }

  /** A quiet line for the reader; none for an empty name. */
  say(name) {
    const english = /^en\b/i.test(this.element.getAttribute("lang") || this.box.lang || "");
    // A static picture given as children says more than "not at present".
    const silent = !name || (name === "unavailable" && this.element.childElementCount > 0);
    this.note.textContent = silent ? "" : TEXTS[name][english ? 1 : 0];
    this.show(this.note, !silent);
  }

  fail(error) {
    console.error(`progress-widget: ${error.message}`, this.element, error.cause || "");
    if (this.stopped) {
      // Its picture may be half drawn; what the element carries as children is whole.
      this.show(this.canvas, false);
      this.show(this.slot, true);
    }
    this.say(this.drawn && !this.stopped ? "outdated" : "unavailable");
    this.settle.reject(error);
    this.dispatch("error", { code: error.code || "internal", message: error.message, zh: error.zh, en: error.en });
  }

  /** Runs what the page did not ask for: its failure is told, not thrown. */
  guard(work) {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }
}

/** What the canvas makes of a CSS colour: `#rrggbb` for every opaque one, else the text itself. */
let probe = null;
const toHex = (value) => {
  probe = probe || document.createElement("canvas").getContext("2d");
  const read = (before) => {
    probe.fillStyle = before;
    probe.fillStyle = value;
    return probe.fillStyle;
  };
  const seen = probe && read("#000000");
  return seen && seen === read("#ffffff") ? seen : value;
};

// ---- The element --------------------------------------------------------------------------

const internals = new WeakMap();

/** `<progress-widget kind="bars" src="feed.json">`; see progress-widgets.d.ts. */
class ProgressWidget extends HTMLElement {
  static get observedAttributes() {
    return OPTIONS.concat("src", "geometry");
  }

  constructor() {
    super();
    internals.set(this, new View(this));
  }

  connectedCallback() {
    // A property set before the script came hides ours: take it over.
    if (Object.prototype.hasOwnProperty.call(this, "feed")) {
      const value = this.feed;
      delete this.feed;
      this.feed = value;
    }
    internals.get(this).connect();
  }

  disconnectedCallback() {
    // An element that is only moved comes back within the same task.
    internals.get(this).disconnectSoon();
  }

  adoptedCallback() {
    adopt(internals.get(this).root);
  }

  attributeChangedCallback(name, before, after) {
    const view = internals.get(this);
    if (before === after) return;
    if (name === "src") view.listen("feed", "src");
    else if (name === "geometry") {
      view.listen("geometry", "geometry");
      if (after === null && view.inputs.geometry.given === undefined) {
        view.guard(() => {
          view.dropGeometry();
          view.update();
        });
      }
    }
    else view.optionsChanged();
  }

  get ready() {
    const view = internals.get(this);
    view.forced = true;
    if (view.wanted) view.guard(() => view.digest());
    else view.want();
    return view.ready;
  }

  get feed() {
    return internals.get(this).inputs.feed.given;
  }

  set feed(value) {
    const view = internals.get(this);
    view.guard(() => {
      view.inputs.feed.waiting = view.give("feed", value);
      view.digest();
    });
  }

  render(feed) {
    const view = internals.get(this);
    view.wanted = view.forced = true;
    if (feed !== undefined) view.take(view.inputs.feed, view.give("feed", feed));
    view.update();
  }

  setGeometry(geometry) {
    const view = internals.get(this);
    view.wanted = true;
    const bytes = view.give("geometry", geometry);
    if (bytes) view.take(view.inputs.geometry, bytes);
    else view.dropGeometry();
    view.update();
  }

  refresh() {
    internals.get(this).optionsChanged();
  }

  toSVG() {
    const view = internals.get(this);
    view.wanted = view.forced = true;
    view.update();
    return call(view, "to_svg", view.handle);
  }

  get notices() {
    const view = internals.get(this);
    return engine && view.handle ? JSON.parse(call(view, "notices", view.handle)) : [];
  }
}

const ProgressWidgets = { version, ProgressWidget };

// A second copy of the script, of whatever version, leaves the first in charge.
if (!customElements.get("progress-widget")) customElements.define("progress-widget", ProgressWidget);
if (!window.ProgressWidgets) Object.defineProperty(window, "ProgressWidgets", { value: ProgressWidgets, configurable: true });
