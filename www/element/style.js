// Style: the shadow roots' sheet, and the page's colours.

const HIDDEN_BUT_READ =
  "position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";

/** By class; one text for a style sheet, or, where those can't be constructed, for the elements. */
const STYLES = {
  // Nothing is inherited from the page but whether it is visible.
  "box": "all:initial;display:block;position:relative;direction:ltr;unicode-bidi:isolate;visibility:inherit;font:13px/1.5 \"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;font-variant-numeric:tabular-nums",
  "canvas": "display:block;-webkit-tap-highlight-color:transparent",
  // Legible on any ground.
  "note": "margin:0;padding:4px 8px;background:#fff;color:#5c6975",
  table: HIDDEN_BUT_READ,
  "plain": "padding:8px;background:#fff;color:#1b2530;overflow-x:auto",
  "live": HIDDEN_BUT_READ,
  "tip": "position:absolute;z-index:1;box-sizing:border-box;width:max-content;max-width:100%;padding:6px 10px;border-radius:4px;border:1px solid #5c6975;background:#1b2530;color:#fff;pointer-events:none;overflow-wrap:anywhere",
  "grid": "position:absolute;overflow:auto;background:var(--ground);color:var(--ink);font-size:var(--size)",
  sheet: "table-layout:fixed;border-spacing:0",
  head: "position:sticky;top:0;z-index:1;box-sizing:border-box;height:var(--head);padding:0 0 4px 16px;vertical-align:bottom;text-align:right;font-size:var(--small);font-weight:400;line-height:1.4;color:var(--mute);background:var(--ground);border-bottom:1px solid var(--mute)",
  cell: "box-sizing:border-box;padding:0 0 0 16px;text-align:right;font-weight:400;line-height:var(--row);white-space:nowrap;overflow:hidden;text-overflow:ellipsis;border-bottom:1px solid var(--rule)",
  bold: "font-weight:700",
  word: "text-align:left",
  first: "position:sticky;left:0;padding-left:0;background:var(--ground)",
  spacer: "padding:0",
  slice: "display:block;max-width:100%;max-height:98vh;object-fit:contain;object-position:0 0;break-inside:avoid",
  // More to touch than its line is high.
  sort: "all:unset;position:relative;display:inline-block;padding:4px 0;margin:-4px 0;outline-offset:-2px;cursor:pointer",
  unit: "display:inline-block",
};
const EXTRA_RULES =
  ":host{display:block}:host([hidden]),[hidden]{display:none!important}:focus-visible{outline:2px solid #1f6fb2;box-shadow:0 0 0 4px #fff}.note:empty{padding:0}.head.first{z-index:2}[aria-sort] .sort{color:var(--ink)}[aria-sort] .sort::before{content:'▼';content:'▼'/'';position:absolute;right:100%;bottom:7px;margin:0 3px;font-size:9px}[aria-sort=ascending] .sort::before{content:'▲';content:'▲'/''}.first .sort::before{right:auto;left:100%}.plain table{border-collapse:collapse}.plain caption{text-align:left}.plain td,.plain th{padding:4px 12px 4px 0;border-top:1px solid #ccc;text-align:left;font-weight:400;unicode-bidi:isolate}@media print{.tip{display:none}}";

const styleText = () =>
  Object.keys(STYLES).map((name) => `.${name}{${STYLES[name]}}`).join("") + EXTRA_RULES;

/** A sheet belongs to one document: one for each, made when the first widget comes there. */
const sheets = new WeakMap();
const adopt = (root) => {
  const owner = root.ownerDocument;
  let sheet = sheets.get(owner);
  try {
    if (!sheet) {
      sheet = new owner.defaultView.CSSStyleSheet();
      sheet.replaceSync(styleText());
      sheets.set(owner, sheet);
    }
    root.adoptedStyleSheets = [sheet];
    return root.adoptedStyleSheets.length === 1;
  } catch (error) {
    return false;
  }
};

/** A canvas of one's own that nobody sees; null where the browser gives none. */
let hidden;
const probe = () => hidden || (hidden = document.createElement("canvas").getContext("2d"));

/** What the canvas makes of a CSS colour: `#rrggbb` for every opaque one, else the text itself. */
const toHex = (value) => {
  const context = probe();
  const read = (before) => {
    context.fillStyle = before;
    context.fillStyle = value;
    return context.fillStyle;
  };
  const seen = context && read("#000000");
  return seen && seen === read("#ffffff") ? seen : value;
};
