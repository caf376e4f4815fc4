// One widget: the state behind one element.

const OPTIONS =
  "kind heading metric level parent lang theme scheme background sort since limit by breaks show size shape projection kinds require-review-number".split(" ");
const TOKENS = "ground ink mute accent target track grid hatch class-1 class-2 class-3 class-4 class-5".split(" ");
/** Height kept free until the picture is drawn, what each kind needs for a city: CSS pixels, and, where it grows with the width, the share of it that is added and the most. */
const RESERVE_CSS_PX = { __proto__: null, summary: [235], map: [165, 0.7, 925], "grid": [260, 0.67, 870], towns: [205, 0.7, 965], clusters: [760], else: [530] };

/** What a new issue changed moves for so long, and its differences stand in the bars until so many times that. */
const MOTION_MS = 400;
const SHOWN = 8;
const stillQuery = () => matchMedia("(prefers-reduced-motion: reduce)");

/** The state behind one element. */
class View {
  constructor(element) {
    this.element = element;
    this.root = element.attachShadow({ mode: "open" });
    // What is not named here is undefined at first: no handle, no layout, nothing wanted or drawn.
    this.handle = 0;
    this.traps = [];
    this.widths = [];
    this.hit = -1;
    this.began = -1e9; // Of the last change that is shown moving.
    // For each kind of input; later with what the page gave (`given`), the bytes that wait
    // (`waiting`), and the last good ones (`good`).
    const input = (kind, attribute) => ({ kind, attribute, url: "", settled: true });
    this.inputs = { geometry: input("geometry", "geometry"), feed: input("feed", "src") };
    this.ready = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    // Who does not ask for `ready` need not hear of its failure: the event and the console tell.
    this.ready.catch(() => {});
    this.build();
  }

  // -- The shadow root

  build() {
    this.styled = adopt(this.root);
    this.make = (tag, name, parent, role) => {
      const made = document.createElement(tag);
      if (name) {
        made.className = name;
        if (!this.styled) made.style.cssText = name.split(" ").map((each) => STYLES[each]).join(";");
      }
      if (parent) parent.appendChild(made);
      if (role) made.setAttribute("role", role);
      return made;
    };
    this.slot = this.make("slot", "", this.root);
    // The parser may bring the children after the element.
    this.slot.addEventListener("slotchange", () => this.reserve());
    this.box = this.make("div", "box", this.root);
    this.canvas = this.make("canvas", "canvas", this.box, "img");
    this.note = this.make("p", "note", this.box, "status");
    this.table = this.make("div", "table", this.box);
    this.tip = this.make("div", "tip", this.box);
    this.live = this.make("div", "live", this.box, "status");
    // Who walks by the keyboard hears the same from `live`.
    this.tip.setAttribute("aria-hidden", true);
    for (const part of [this.canvas, this.tip]) this.show(part, false);
    this.resizes = typeof ResizeObserver === "function" ? new ResizeObserver(() => this.guard(() => this.resized())) : null;
  }

  show(part, visible) {
    part.hidden = !visible;
    if (!this.styled) part.style.display = visible ? (part === this.slot ? "contents" : "block") : "none";
  }

  reserve() {
    const kind = this.element.getAttribute("kind") || "summary";
    const [base, share = 0, most = base] = RESERVE_CSS_PX[kind] || RESERVE_CSS_PX.else;
    const height = Math.min(most, base + Math.round(share * (this.measure() || FALLBACK_WIDTH_CSS_PX)));
    // A static picture given as children keeps the place itself.
    this.box.style.minHeight = this.drawn || this.carries() ? "" : `${height}px`;
  }

  /** Whether the element has something to show as children: a static picture, a table. */
  carries() {
    return this.slot.assignedElements({ flatten: true }).some(
      // Editors leave empty paragraphs and line breaks in what they take for empty.
      ({ outerHTML }) => !/^<((br|noscript|script|style|template)[ >]|p[^>]*>(&nbsp;|\s|<br>)*<\/p)/.test(outerHTML)
    );
  }

  // -- On the page, and off it

  connect() {
    views.add(this);
    page.run();
    this.wide = 0;
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
    cancelAnimationFrame(this.asked);
    clearTimeout(this.fading);
    const handle = this.handle;
    this.asked = this.handle = 0;
    if (handle) this.guard(() => call(this, "free", handle));
  }

  /** What is done for an element outside the document is undone when the task is over. */
  async disconnectSoon() {
    await null;
    if (!this.element.isConnected) this.disconnect();
  }

  /** Loads and draws from now on. */
  want() {
    if (page.near) page.near.unobserve(this.box);
    this.wanted = true;
    this.listen("feed");
    this.listen("geometry");
    start().then(
      () => this.guard(() => this.digest()),
      (error) => this.fail(error)
    );
  }

  // -- Inputs

  listen(kind) {
    const input = this.inputs[kind];
    const wanted = this.wanted && this.element.isConnected && input.given === undefined;
    const url = wanted ? this.resolve(input.attribute) : "";
    if (input.url !== url) {
      this.unlisten(input);
      // What another URL gave and could not be shown yet never is.
      input.waiting = null;
    }
    if (!url) {
      // A name that is no URL has failed; no name has not.
      input.failed = wanted && this.element.getAttribute(input.attribute);
      return;
    }
    const [interval, stream] = kind === "feed" ? this.pace() : [Infinity, ""];
    if (input.link) {
      Object.assign(input.link, { interval, stream });
      input.link.source.retime();
      return;
    }
    input.url = url;
    input.settled = !!input.good;
    input.link = Source.listen(url, kind, interval, stream, (error, bytes) => {
      input.failed = error;
      if (bytes) input.waiting = bytes;
      if (bytes || !input.settled) {
        input.settled = true;
        this.guard(() => this.digest());
      }
      if (error) this.fail(error);
      else if (!bytes) this.status();
    });
  }

  /** The URL that an attribute gives; empty where it gives none, and what is no URL is told. */
  resolve(attribute) {
    const name = this.element.getAttribute(attribute);
    if (!name) return "";
    try {
      return new URL(name, this.element.baseURI).href;
    } catch (cause) {
      this.fail(problem("url", `${attribute} 不是有效网址：${name}`, `${attribute} is no valid URL: ${name}`, cause));
      return "";
    }
  }

  /** Milliseconds between two requests of the feed, and the URL of its stream. */
  pace() {
    const refresh = this.element.getAttribute("refresh");
    const stream = this.resolve("stream");
    if (refresh !== null && !(refresh > 0)) {
      console.warn(`progress-widget: refresh 应为秒数：${refresh} / refresh takes seconds: ${refresh}`, this.element);
    }
    const seconds = refresh > 0 ? Math.max(MIN_REFRESH_S, refresh) : stream ? STREAM_REFRESH_S : Infinity;
    return [seconds * 1000, stream];
  }

  unlisten(input) {
    if (input.link) input.link.stop();
    input.link = null;
    input.url = "";
    input.settled = true;
  }

  /** From the page itself: takes the place of the attribute's URL until it is undefined or null. */
  give(kind, value) {
    const input = this.inputs[kind];
    const bytes = value === null || value === undefined ? null : toBytes(value, kind);
    input.given = bytes ? value : undefined;
    input.waiting = null; // Of an earlier gift.
    this.listen(kind);
    return bytes;
  }

  /** Takes in what waits, as soon as all that was asked for is there, and draws. */
  digest() {
    if (!engine || !this.wanted || this.stopped) {
      if (this.stopped || engineProblem) this.plain();
      return;
    }
    const { geometry, feed } = this.inputs;
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
    const source = input.link && input.link.source;
    // The next issue of what is shown; what was kept before a reload gives way to any.
    const next = !!source && input.source === source;
    const answer = call(this, "share", this.handle, number, next) || call(this, "set", this.handle, number, bytes, next, kind === "geometry");
    const status = JSON.parse(answer);
    if (status.error) {
      const where = input.url || kind;
      const error = problem(kind, `${where}：${status.error[0]}`, `${where}: ${status.error[1]}`);
      if (source) source.judge(bytes, (error.polled = input.failed = error));
      throw error;
    }
    if (source) source.judge(bytes, status.older ? "older" : true);
    if (status.older) return;
    input.good = bytes;
    input.source = source && !source.stored ? source : null;
    this.toldOf = "";
    // Of the same feed as the picture that is shown: what changes may be shown changing.
    if (next && this.drawn) this.news = status.change;
    this.moves = kind === "feed" && this.drawn;
    input.status = status;
    input.failed = null;
    this.newPicture = true;
    this.reason = kind;
  }

  /** Draws without districts. */
  dropGeometry() {
    const input = this.inputs.geometry;
    input.good = input.waiting = null;
    this.newPicture = true;
    this.reason = "geometry";
    if (this.handle) call(this, "clear_geometry", this.handle);
  }

  // -- Drawing

  /** Makes sure of a handle in the living instance, with everything that this widget had. */
  open() {
    if (this.handle) return;
    const alive = engine;
    // A new canvas: the old one's listeners may belong to an instance that died.
    const before = this.canvas;
    const focused = this.root.activeElement === before;
    const canvas = (this.canvas = before.cloneNode());
    canvas.addEventListener("contextrestored", () => this.frame());
    this.box.replaceChild(canvas, before);
    if (focused) canvas.focus({ preventScroll: true });
    this.handle = call(this, "create", canvas, (event) => {
      // Events of an instance that died are not ours.
      if (engine === alive && this.handle) this.guard(() => this.signal(event));
    });
    views.add(this);
    if (!this.element.isConnected) this.disconnectSoon();
    this.told = "";
    this.newOptions = true;
    // What was good before is no news.
    const { newPicture } = this;
    for (const input of Object.values(this.inputs)) if (input.good) this.take(input, input.good);
    this.newPicture = newPicture;
  }

  /** Brings the picture up to date with inputs, options, width and pixel ratio. */
  update() {
    if (!engine || !this.wanted || this.stopped) return;
    this.open();
    if (this.newOptions) this.configure();
    let width = this.measure();
    if (this.paper) width = Math.min(this.width, PAPER_CSS_PX.width);
    if (!width && this.forced) width = this.width || FALLBACK_WIDTH_CSS_PX;
    if (!width || !this.inputs.feed.good) return; // Waits for a size, or for figures.
    if (!this.paper) this.width = width;
    const answer = call(this, "layout", this.handle, width);
    if (!answer) return;
    this.layout = JSON.parse(answer);
    if (this.moves) {
      const still = document.hidden || this.element.getAttribute("motion") === "none" || stillQuery().matches;
      this.began = still ? -1e9 : performance.now();
    }
    this.moves = false;
    this.paint();
    this.box.lang = this.layout.lang;
    tabulate(this, this.layout);
    // An issue that changes no figure here is no news.
    if (this.news && this.layout.tables) announce(this, this.news);
    this.news = "";
    this.canvas.tabIndex = this.layout.hits ? 0 : -1;
    this.canvas.setAttribute("aria-label", this.layout.alt);
    this.box.style.overflowX = this.layout.width > Math.ceil(this.boxWidth()) ? "auto" : "";
    if (!this.drawn) {
      this.drawn = true;
      this.dress(this.table, "table");
      this.show(this.canvas, true);
      this.show(this.slot, false);
      this.reserve();
    }
    if (this.newPicture) {
      this.newPicture = false;
      this.explainAnew();
      this.status();
      this.settled();
      const { asOf, published } = this.inputs.feed.status;
      this.dispatch("update", {
        reason: this.reason,
        asOf,
        published,
        fetchedAt: this.age.fetchedAt,
        stale: this.age.stale,
        remarks: this.layout.remarks,
        width: this.layout.width,
        height: this.layout.height,
      });
    }
  }

  paint() {
    const { width, height } = this.layout;
    const ratio = Math.min(
      this.paper ? PAPER_RATIO : devicePixelRatio || 1,
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
    if (!context) throw problem("canvas", "浏览器无法提供画布", "no canvas context");
    const t = this.paper ? SHOWN : (performance.now() - this.began) / MOTION_MS;
    call(this, "paint", this.handle, context, ratio, this.hit, t);
    // The next step of a change, and last a picture without the differences. A hidden page has no
    // frames: the next picture there is whole.
    if (t < SHOWN) {
      clearTimeout(this.fading);
      if (t < 1) this.repaint();
      else this.fading = setTimeout(() => this.repaint(), (SHOWN - t) * MOTION_MS + 20);
    }
  }

  configure() {
    this.newOptions = false; // Whether the instance must be told of options.
    const { element } = this;
    const pairs = [];
    // Readers whose system asks for more contrast get it, whatever the page's colours, on the ground
    // that the system has.
    const strong = strongQuery().matches;
    for (const name of OPTIONS) {
      let value = element.getAttribute(name);
      if (name === "theme") {
        if (value === "auto") value = null; // As a scheme.
        if (strong) value = "contrast";
      }
      if (name === "scheme") {
        const theme = element.getAttribute("theme");
        if (strong) value = "auto";
        else if (value === null && /^(auto|light|dark)$/.test(theme)) value = theme;
        if (value === "auto") value = darkQuery().matches ? "dark" : "light";
        if (this.paper) value = "light";
      }
      if (value !== null) pairs.push(name, value);
    }
    if (this.order) pairs.push("order", this.order);
    if (this.paper) pairs.push("page", PAPER_CSS_PX.height);
    const style = getComputedStyle(element);
    for (const token of strong ? [] : TOKENS) {
      const value = style.getPropertyValue(`--pw-${token}`).trim();
      if (value) pairs.push(`--pw-${token}`, toHex(value));
    }
    // Where the page sets no font, the browser's default is not what it wants; ours is.
    const font = style.fontFamily;
    if (font && font !== this.initialFont()) pairs.push("font", font);
    const text = pairs.map((part) => `${part}`.replace(/\0/g, "")).join("\0");
    if (this.told === text) return;
    this.told = text;
    for (const [zh, en] of JSON.parse(call(this, "configure", this.handle, new TextEncoder().encode(text)))) {
      console.warn(`progress-widget: ${zh} / ${en}`, element);
    }
  }

  /** The font-family that no style sheet has touched. */
  initialFont() {
    if (!this.font) {
      // WebKit inherits where it is told "initial"; below a font of our own that shows.
      const above = this.make("span", "", this.root);
      above.style.fontFamily = "pw-above";
      const untouched = this.make("span", "", above);
      untouched.style.all = "initial";
      const font = getComputedStyle(untouched).fontFamily;
      this.font = /pw-above/.test(font) ? "-webkit-standard" : font;
      this.root.removeChild(above);
    }
    return this.font;
  }

  optionsChanged() {
    this.newOptions = this.newPicture = true;
    this.reason = "options";
    if (!this.drawn) this.reserve();
    this.frame();
  }

  /** Draws in the next frame, once, however often it is asked. */
  frame() {
    if (!this.handle || this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      if (this.handle) this.guard(() => this.redraw());
    });
  }

  /** The same picture in the next frame, with other differences or another outline. */
  repaint() {
    this.hover = true;
    this.frame();
  }

  redraw() {
    const same = this.hover && !this.newPicture && this.drawn && this.measure() === this.width;
    this.hover = false;
    if (same) this.paint();
    else this.update();
  }

  /** Kept until the observer tells of another: asking for it has the browser lay out the page. */
  boxWidth() {
    // Not what a transform makes of it; "auto" where the element is not laid out.
    if (!this.wide || !this.resizes) this.wide = parseFloat(getComputedStyle(this.box).width) || 0;
    return this.wide;
  }

  measure() {
    const width = this.boxWidth();
    return width && Math.min(MAX_WIDTH_CSS_PX, Math.max(MIN_WIDTH_CSS_PX, Math.floor(width)));
  }

  resized() {
    this.wide = 0;
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

  /** Shows the figures as a table, where there is neither a picture nor a static one. */
  plain() {
    const { feed } = this.inputs;
    const bytes = feed.waiting || feed.good;
    if ((this.drawn && !this.stopped) || this.carries() || !bytes) return;
    let figures;
    try {
      figures = plainTable(bytes, (name) => this.element.getAttribute(name));
    } catch (cause) {
      return; // The last good table stays.
    }
    this.table.textContent = "";
    this.box.lang = figures.lang;
    appendTable(this, figures.caption, figures.head, figures.rows);
    this.dress(this.table, "plain");
    this.say("");
  }

  dress(part, name) {
    part.className = name;
    if (!this.styled) part.style.cssText = STYLES[name];
  }

  // -- What readers do

  signal(event) {
    const { type } = event;
    if (type === "keydown") this.key(event);
    // A finger leaves when it is lifted: what it touched stays readable.
    else if (type === "blur" || type === "pointerleave") event.pointerType === "touch" || this.hide();
    else {
      this.point(event);
      if (type === "click") this.select();
    }
  }

  point({ clientX, clientY }) {
    // In the picture's CSS pixels, however the page transforms or zooms it.
    const { offsetWidth, offsetHeight } = this.canvas;
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const x = ((clientX - left) * offsetWidth) / (width || 1);
    const y = ((clientY - top) * offsetHeight) / (height || 1);
    const index = call(this, "hit", this.handle, x, y);
    if (index < 0) this.hide();
    else this.explain(index, x, y);
  }

  /** Shows the exact figures of a hit, at a place or at its middle. */
  explain(index, x, y) {
    if (index !== this.hit) {
      this.info = JSON.parse(call(this, "hit_info", this.handle, index));
      this.hit = index;
      this.repaint();
      this.tip.textContent = "";
      this.make("div", "bold", this.tip).textContent = this.info.label;
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

  /** The figures of a new picture for what is pointed at; none where something else is there now. */
  explainAnew() {
    const { hit, info } = this;
    if (hit < 0) return;
    const stays = hit < this.layout.hits;
    if (stays) {
      this.hit = -1;
      this.explain(hit);
    }
    if (!stays || info.id !== this.info.id) this.hide();
  }

  hide() {
    if (this.hit < 0) return;
    this.hit = -1;
    this.repaint();
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
    const { hit } = this;
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !count) return;
    const to = { ArrowRight: hit + 1, ArrowDown: hit + 1, ArrowLeft: hit - 1, ArrowUp: hit - 1, Home: 0, End: -1 }[key];
    if (to !== undefined) {
      // From either end to the other.
      this.explain(to < 0 ? count - 1 : to < count ? to : 0);
      this.tip.scrollIntoView({ block: "nearest" }); // A picture may be higher than the view.
      this.live.textContent = [this.info.label, ...this.info.lines].join(inLanguage(this.box.lang, "，", ", "));
    } else if (key === "Escape" && hit >= 0) this.hide();
    else if ((key === "Enter" || key === " ") && hit >= 0) this.select();
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

  /** A quiet line for the reader, of one in Chinese and one in English; or none. */
  say(texts) {
    // A static picture given as children says more than "not at present".
    const silent = !texts || (texts === TEXTS.unavailable && (this.table.className === "plain" || this.carries()));
    const lang = this.element.getAttribute("lang") || this.box.lang;
    const text = silent ? "" : inLanguage(lang, ...texts);
    // Always there and not only with its words: of a place that comes with them nothing is heard.
    this.note.lang = inLanguage(lang, "zh", "en");
    if (this.note.textContent === text) return;
    // Of several that say the same, one is heard.
    const heard = text && [...views].some(({ note }) => note.textContent === text);
    this.note.setAttribute("aria-live", heard ? "off" : "polite");
    this.note.textContent = text;
  }

  /** Says beside the picture whether its figures are old. */
  status() {
    this.age = oldness(this);
    const { link } = this.inputs.feed;
    if (link && !link.source.error) this.toldOf = "";
    if (this.drawn && !this.stopped) this.say(this.age.texts);
  }

  fail(error) {
    if (error.polled) {
      this.status();
      // Told once, not at every attempt.
      if (this.toldOf === error.message) return;
      this.toldOf = error.message;
    }
    // What stops all widgets is told once.
    if (!error.told) console.error(`progress-widget: ${error.message}`, this.element, error.cause || "");
    error.told = true;
    if (this.stopped) {
      // Its picture may be half drawn; what the element carries as children is whole.
      this.show(this.canvas, false);
      this.show(this.slot, true);
    }
    if (this.stopped || engineProblem) this.plain();
    // What was kept of the feed waits for the module.
    const hope = error.polled && this.inputs.feed.waiting && !this.stopped;
    if (!hope && (!this.drawn || this.stopped)) this.say(TEXTS.unavailable);
    else if (!error.polled) this.say(TEXTS.outdated);
    if (!hope) this.settle.reject(error);
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
