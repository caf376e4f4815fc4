// What the page does to all widgets: pixel ratio, colour scheme, fonts, scrolling near.

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
    for (const query of [darkQuery(), strongQuery()]) listen(query, "change", () => all((view) => view.optionsChanged()));
    listen(window, "beforeprint", () => all(toPaper));
    listen(window, "afterprint", () => all(fromPaper));
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
    clearTimeout(retrying);
    if (engineProblem) starting = null; // The next widget asks anew.
    this.stops = this.near = null;
  },
};

const darkQuery = () => matchMedia("(prefers-color-scheme: dark)");
/** High contrast, as Windows or a browser's setting has it. */
const strongQuery = () => matchMedia("(forced-colors: active), (prefers-contrast: more)");
