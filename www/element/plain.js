// Plain: the figures of a feed as a table, by this script alone, for readers who get no picture.
//
// Only what is published: nothing is computed, nothing absent becomes a number.

const PLAIN_ROWS = 200;
const PLAIN_TEXT_CHARS = 1000;
/** What stands for figures of bounds without a wording of their own. */
const BOUNDS = { about: "≈", at_least: "≥", more_than: ">", at_most: "≤" };
/** For each metric: its heading, where the published rate is, the counts. */
const PLAIN_METRICS = {
  start: ["开工率", "Start rate", (of) => of.rate, (of) => [of.started, of.planned]],
  completion: ["完工率", "Completion rate", (of) => of.completion_rate, (of) => [of.completed, of.planned]],
  investment: ["投资完成率", "Investment rate", ({ investment: of }) => of && of.rate, ({ investment: of }) => of ? [of.done, of.planned] : []],
};

const plainText = (value) =>
  typeof value === "string" ? value.replace(/[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, "").slice(0, PLAIN_TEXT_CHARS).trim() : "";

const plainFigure = (value, style) => {
  if (value && typeof value === "object") {
    const { text, bound } = value;
    return plainText(text) || (BOUNDS[bound] || "") + plainFigure(typeof value.value === "number" ? value.value : "");
  }
  // Digits enough that nothing below 100% is rounded to it.
  return value >= 0 && value < 1e15 && typeof value === "number"
    ? value.toLocaleString("en-US", { style, maximumFractionDigits: 9 })
    : plainText(value) || "—";
};

/** `{caption, head, rows}`. Throws where the bytes are no feed of version 1. */
const plainTable = (bytes, option) => {
  const feed = JSON.parse(new TextDecoder().decode(bytes));
  if (feed.feed !== "progress-widgets/1" || !plainText(feed.as_of)) throw new TypeError();
  const lang = option("lang") || feed.lang;
  const say = (zh, en) => inLanguage(lang, zh, en);
  const [zh, en, rate, counts] = PLAIN_METRICS[option("metric")] || PLAIN_METRICS.start;
  const level = option("level");
  const parent = option("parent");
  const fits = (of) => of && (!level || of.level === level) && (!parent || `${of.parent}` === parent);
  const listed = feed[option("by") === "categories" ? "categories" : "regions"];
  const all = Array.isArray(listed) ? listed.filter(fits) : [];
  const row = (name, of) => [
    name || "—",
    plainFigure(rate(of), "percent"),
    counts(of).map((count) => plainFigure(count)).join(" / "),
  ];
  const rows = all.slice(0, PLAIN_ROWS).map((of) => row(plainText(of.name), of));
  if (all.length > PLAIN_ROWS) rows.push([`… +${all.length - PLAIN_ROWS}`, "", ""]);
  if (feed.total) rows.unshift(row(say("合计", "Total"), feed.total));
  return {
    lang: say("zh", "en"),
    caption: [
      feed.sample && say("示例数据", "Sample data"),
      plainText(feed.title),
      say("数据截至 ", "As of ") + plainText(feed.as_of),
      plainText(feed.source && feed.source.name),
    ].filter(Boolean).join(" · "),
    head: [say("名称", "Name"), say(zh, en), say("完成 / 计划", "Done / planned")],
    rows,
  };
};
