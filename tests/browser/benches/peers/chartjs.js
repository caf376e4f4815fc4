const [bars, map, trend] = document.querySelectorAll("canvas");

const peer = {
  async draw() {
    [this.feed, this.trend, this.districts] = await feeds();
    const { features } = this.districts;
    const options = (text, more) => ({
      animation: false,
      responsive: false,
      plugins: { legend: { display: false }, title: { display: true, text } },
      ...more,
    });
    this.charts = [
      new Chart(bars, {
        type: "bar",
        data: { labels: [], datasets: [{ data: [] }] },
        options: options(this.feed.title, { indexAxis: "y", scales: { x: { max: 100 } } }),
      }),
      new Chart(map, {
        type: "choropleth",
        data: { labels: features.map(({ properties }) => properties.name), datasets: [{ outline: features, data: [] }] },
        options: options(this.feed.title, {
          scales: { projection: { axis: "x", projection: "mercator" }, color: { axis: "x", quantize: 4 } },
        }),
      }),
      new Chart(trend, {
        type: "line",
        data: { datasets: [{ data: [] }] },
        options: options(this.trend.title, { scales: { x: { type: "linear" }, y: { max: 100 } } }),
      }),
    ];
    this.change(0);
  },
  change(turn) {
    const regions = districts(this.feed, turn);
    const sorted = ranked(regions);
    const [one, two, three] = this.charts;
    one.data.labels = sorted.map(({ name }) => name);
    one.data.datasets[0].data = sorted.map(percent);
    two.data.datasets[0].data = this.districts.features.map((feature) => {
      const region = regions.find(({ code }) => code === feature.properties.adcode);
      return { feature, value: region ? percent(region) : null };
    });
    three.data.datasets[0].data = course(this.trend, turn).map(([x, y]) => ({ x, y }));
    for (const chart of this.charts) chart.update("none");
  },
};
