// What each page of the comparison does with its `peer`: all draw the same figures, in three boxes
// of 640 by 400, and none of them animates.

const json = (url) => fetch(url).then((answer) => answer.json());

/** Two frames later, what was drawn is on the screen. */
const frame = () => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));

/** The districts' figures after `turn` changes. Those that report none stay without. */
const districts = (feed, turn) =>
  feed.regions.map((region, index) =>
    region.planned ? { ...region, started: region.planned - ((index + turn) % 7) } : region
  );

/** A rate in percent with one decimal, null where it is not reported. */
const percent = ({ planned, started }) =>
  planned && started !== undefined ? Math.round((1000 * started) / planned) / 10 : null;

/** The districts as bars: the highest rate first. */
const ranked = (regions) => regions.slice().sort((a, b) => percent(b) - percent(a));

/** Days and rates after `turn` changes. */
const course = (feed, turn) =>
  feed.history
    .filter((day) => day.started !== undefined)
    .map((day, index) => [Date.parse(day.as_of), percent({ planned: day.planned, started: day.started - ((index + turn) % 3) })]);

const feeds = () =>
  Promise.all([
    json("/samples/hangzhou-districts-sample.json"),
    json("/samples/trend-sample.json"),
    json("/peers/hangzhou-districts-2020.geo.json"),
  ]);

/** When the first pictures were on the screen, in ms after the navigation began. */
const first = new Promise((load) => addEventListener("DOMContentLoaded", load))
  .then(() => peer.draw())
  .then(frame)
  .then(() => performance.now());

/** Draws so many changes, each in a frame of its own. */
const redraw = async (times) => {
  await first;
  if (peer.prepare) await peer.prepare();
  for (let turn = 1; turn <= times; turn += 1) {
    peer.change(turn);
    await frame();
  }
};
