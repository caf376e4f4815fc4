const [bars, map, trend] = document.querySelectorAll("progress-widget");
const widgets = [bars, map, trend];

const peer = {
  async draw() {
    await Promise.all(widgets.map((widget) => widget.ready));
  },
  /** The elements fetched their feeds themselves; to change them, the page must have them too. */
  async prepare() {
    [this.feed, this.trend] = await feeds();
  },
  change(turn) {
    const feed = { ...this.feed, regions: districts(this.feed, turn) };
    bars.render(feed);
    map.render(feed);
    const history = this.trend.history.map((day, index) =>
      day.started === undefined ? day : { ...day, rate: undefined, started: day.started - ((index + turn) % 3) }
    );
    trend.render({ ...this.trend, history });
  },
};
