// The element and the global object, last in the bundle.

const internals = new WeakMap();

/** `<progress-widget kind="bars" src="feed.json">`; see progress-widgets.d.ts. */
class Widget extends HTMLElement {
  static get observedAttributes() {
    return OPTIONS.concat("src", "geometry", "refresh", "stream", "motion");
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
    if (["src", "refresh", "stream"].includes(name)) view.listen("feed");
    else if (name === "geometry") {
      view.listen("geometry");
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
    view.wide = 0; // What it answers is not drawn anew when the observer has told of another width.
    view.update();
    return call(view, "to_svg", view.handle);
  }

  get summary() {
    const { layout } = internals.get(this);
    return layout ? layout.alt : "";
  }

  async copyText() {
    // Where the page is no secure one, there is no clipboard: a rejection says so.
    await navigator.clipboard.writeText(this.summary);
  }

  get notices() {
    const view = internals.get(this);
    return view.handle ? JSON.parse(call(view, "notices", view.handle)) : [];
  }
}

// The first copy of the script on a page is in charge, of whatever version; later ones do nothing.
const NAME = "progress-widget";
const earlier = customElements.get(NAME);
if (!earlier) customElements.define(NAME, Widget);

/** The object on `window`. On the class too, because the page may have that name for its own. */
const ProgressWidgets = (earlier && earlier.library) || { version, ProgressWidget: Widget, process };
const { ProgressWidget } = ProgressWidgets;

if (earlier) {
  if (ProgressWidgets.version !== version && !earlier.told) {
    earlier.told = true;
    const there = ProgressWidgets.version;
    console.warn(`progress-widget: 页面先载入了 ${there} 版，${version} 版未启用 / ${there} came first; ${version} stands aside`);
  }
} else {
  Object.defineProperty(Widget, "library", { value: ProgressWidgets });
  Object.defineProperty(window, "ProgressWidgets", { value: ProgressWidgets, configurable: true });
  process();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => process());
}
