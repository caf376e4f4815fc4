// What the page does to all widgets: pixel ratio, colour scheme, fonts, scrolling near.

/** Runs while there is a widget on the page; `stop` leaves no listener behind. */
const page = {
  stops: null,
  near: null,

  run() {
    if (this.stops) return;
    const stops = (this.stops = []);
    const listen = (target, type, react) => {
      target.addEventListener(type, react);
      stops.push(() => target.removeEventListener(type, react));
    };
    // Safari before 14 has no events on media queries; there these do nothing.
    const queries = [darkQuery(), strongQuery()];
    for (const query of queries) query.onchange = () => all((view) => view.optionsChanged());
    // A query for one ratio tells only that it changed; then the next is asked.
    const ratioChanged = () => {
      if (queries[2]) queries[2].onchange = null;
      queries[2] = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      queries[2].onchange = ratioChanged;
      all((view) => view.frame());
    };
    ratioChanged();
    stops.push(() => queries.forEach((query) => (query.onchange = null)));
    // What is still far from the view is drawn, where its feed is there, between the two.
    listen(window, "beforeprint", () => all((view) => view.wanted || view.want()));
    listen(window, "beforeprint", () => all(toPaper));
    listen(window, "afterprint", () => all(fromPaper));
    listen(document.fonts, "loadingdone", () => all((view) => view.frame()));
    if (typeof IntersectionObserver === "function") {
      this.near = new IntersectionObserver(
        (entries) =>
          entries.forEach(({ isIntersecting, target }) => isIntersecting && views.forEach((view) => view.box === target && view.want())),
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
