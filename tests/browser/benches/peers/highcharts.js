const [bars, map, trend] = document.querySelectorAll("div");

const peer = {
  async draw() {
    [this.feed, this.trend, this.districts] = await feeds();
    const still = { animation: false };
    const plotOptions = { series: { ...still, dataLabels: { enabled: true, ...still } } };
    const shared = { credits: { enabled: false }, plotOptions, legend: { enabled: false } };
    const dataClasses = [{ to: 96 }, { from: 96, to: 98 }, { from: 98, to: 100 }, { from: 100 }];
    this.charts = [
      Highcharts.chart(bars, {
        ...shared,
        chart: { type: "bar", ...still },
        title: { text: this.feed.title },
        yAxis: { max: 100 },
        xAxis: { type: "category" },
        series: [{ data: this.bars(0) }],
      }),
      Highcharts.mapChart(map, {
        ...shared,
        chart: { map: this.districts, ...still },
        title: { text: this.feed.title },
        colorAxis: { dataClasses },
        series: [{ data: this.areas(0), joinBy: ["adcode", "code"] }],
      }),
      Highcharts.chart(trend, {
        ...shared,
        chart: { type: "line", ...still },
        plotOptions: { series: still },
        title: { text: this.trend.title },
        xAxis: { type: "datetime" },
        yAxis: { max: 100, plotLines: [{ value: 100 }] },
        series: [{ data: course(this.trend, 0) }],
      }),
    ];
  },
  bars(turn) {
    return ranked(districts(this.feed, turn)).map((region) => [region.name, percent(region)]);
  },
  areas(turn) {
    return districts(this.feed, turn).map((region) => ({ code: region.code, value: percent(region) }));
  },
  change(turn) {
    [this.bars(turn), this.areas(turn), course(this.trend, turn)].forEach((data, index) =>
      this.charts[index].series[0].setData(data, true, false)
    );
  },
};
