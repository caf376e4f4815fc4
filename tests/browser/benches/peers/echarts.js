const [bars, map, trend] = document.querySelectorAll("div");

const peer = {
  async draw() {
    [this.feed, this.trend, this.districts] = await feeds();
    echarts.registerMap("districts", this.districts, {});
    this.charts = [bars, map, trend].map((box) => echarts.init(box));
    const visualMap = { type: "piecewise", pieces: [{ lt: 96 }, { gte: 96, lt: 98 }, { gte: 98, lt: 100 }, { gte: 100 }] };
    [
      {
        title: { text: this.feed.title },
        xAxis: { type: "value", max: 100 },
        yAxis: { type: "category", inverse: true },
        series: [{ type: "bar", label: { show: true } }],
      },
      { title: { text: this.feed.title }, visualMap, series: [{ type: "map", map: "districts", label: { show: true } }] },
      {
        title: { text: this.trend.title },
        xAxis: { type: "time" },
        yAxis: { type: "value", max: 100 },
        series: [{ type: "line", markLine: { data: [{ yAxis: 100 }] } }],
      },
    ].forEach((option, index) => this.charts[index].setOption({ animation: false, ...option }));
    this.change(0);
  },
  change(turn) {
    const regions = ranked(districts(this.feed, turn));
    const [one, two, three] = this.charts;
    one.setOption({ yAxis: { data: regions.map(({ name }) => name) }, series: [{ data: regions.map(percent) }] });
    two.setOption({ series: [{ data: regions.map((region) => ({ name: region.name, value: percent(region) })) }] });
    three.setOption({ series: [{ data: course(this.trend, turn) }] });
    for (const chart of this.charts) chart.getZr().flush();
  },
};
