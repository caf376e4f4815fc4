// Tables: the figures of a picture as real tables. Those of most pictures are only for readers who
// read no picture; where the picture is a table itself, the real one lies over it.

/** Rows that are made of a table that is not scrolled; how many more there are is said. */
const MOST_HIDDEN_ROWS = 1000;
/** A table laid over a picture has all its rows in the page up to so many, else those near the view. */
const MOST_WHOLE_ROWS = 200;
/** Rows kept above and below those in view. */
const SPARE_ROWS = 20;

/** One text of two, by the language of the words around it. */
const inLanguage = (lang, zh, en) => (/^en\b/i.test(lang) ? en : zh);

/** Appends a row of cells, the first a row's head; all are heads with `scope`. */
const appendRow = (view, parent, texts, scope, name = () => "") => {
  const row = view.make("tr", "", parent);
  texts.forEach((text, column) => {
    const head = scope || (column ? "" : "row");
    const cell = view.make(head ? "th" : "td", name(column), row);
    if (head) cell.scope = head;
    cell.textContent = text;
    // Words of the feed among those of another language.
    if (/^en.*[㐀-鿿]/.test(view.box.lang + text)) cell.lang = "zh";
  });
  return row;
};

/** Appends a table to those that are there. */
const appendTable = (view, caption, head, rows, parent = view.table, name) => {
  const table = view.make("table", "", parent);
  view.make("caption", name ? "live" : "", table).textContent = caption;
  appendRow(view, view.make("thead", "", table), head, "col", name);
  if (name) return table;
  const body = view.make("tbody", "", table);
  for (const texts of rows) appendRow(view, body, texts);
};

/** The tables of the picture last laid out, in place of those before. */
const tabulate = (view, { tables, grids, lang }) => {
  const places = JSON.stringify(grids);
  if (!tables && view.places === places) return;
  view.places = places;
  view.tables = tables || view.tables;
  view.table.textContent = "";
  view.tables.forEach((content, index) => {
    const grid = grids.find((each) => each.table === index);
    if (grid) return layOver(view, content, grid);
    appendTable(view, content.caption, content.head, rowsOf(view, index, 0, MOST_HIDDEN_ROWS));
    const more = content.rows - MOST_HIDDEN_ROWS;
    if (more > 0) view.make("p", "", view.table).textContent = inLanguage(lang, `另有${more}行未列出`, `${more} more rows are not listed`);
  });
  if (!grids.length && view.grid) view.grid = void view.grid.remove();
};

const rowsOf = (view, table, from, count) => JSON.parse(call(view, "rows", view.handle, table, from, count));

/** Lays a table over its picture: sorted by its heads, scrolled, with the rows near the view. */
const layOver = (view, content, grid) => {
  const { rows, caption } = content;
  const { texts, order, row: height } = grid;
  const before = view.grid;
  const stops = (of) => [of, ...of.querySelectorAll("button")];
  const focused = before ? stops(before).indexOf(view.root.activeElement) : -1;
  const box = view.make("div", "grid", null, "region");
  box.tabIndex = 0;
  box.setAttribute("aria-label", caption);
  const [ink, mute, ground, rule] = grid.colors;
  box.style.cssText += `;left:${grid.x}px;top:${grid.y}px;width:${grid.width}px;height:${grid.height}px;--size:${grid.size}px;--small:${grid.small}px;--row:${height - 1}px;--head:${grid.head}px;--ink:${ink};--mute:${mute};--ground:${ground};--rule:${rule}`;
  const named = (name) => (column) => name + (column < texts ? " word" : "") + (column ? "" : " first");
  const table = appendTable(view, caption, content.head, null, box, named("head"));
  view.dress(table, "sheet");
  content.head.forEach((text, column) => {
    if (column && column < texts) return;
    const cell = table.tHead.rows[0].cells[column];
    cell.textContent = "";
    const button = view.make("button", "sort", cell);
    button.type = "button";
    // A unit is not broken.
    const [, name, unit] = /^(.*?)([（(].*)?$/.exec(text);
    button.textContent = name;
    if (unit) view.make("span", "unit", button).textContent = unit;
    const place = column + 1;
    if (Math.abs(order) === place) cell.setAttribute("aria-sort", order > 0 ? "descending" : "ascending");
    button.addEventListener("click", () =>
      view.guard(() => {
        // Figures from the highest, words from the first; once more turns it round.
        const down = order === -place || (column > 0 && order !== place);
        view.order = (column && place - texts) + 1;
        if (!down) view.order = -view.order;
        view.newOptions = true;
        view.update();
      })
    );
  });
  const width = grid.columns.reduce((sum, each) => sum + each);
  // What fits need not be scrolled sideways: the first column gives way to an upright scroll bar.
  const fits = width <= grid.width;
  table.style.width = fits ? "100%" : `${width}px`;
  const columns = view.make("colgroup");
  table.insertBefore(columns, table.tHead);
  grid.columns.forEach((each, index) => (view.make("col", "", columns).style.width = fits && !index ? "auto" : `${each}px`));
  table.setAttribute("aria-rowcount", rows + 1);
  table.tHead.rows[0].setAttribute("aria-rowindex", 1);
  const whole = rows <= MOST_WHOLE_ROWS;
  const spacer = () => (whole ? null : view.make("td", "spacer", view.make("tr", "", view.make("tbody", "", table))));
  const above = spacer();
  const body = view.make("tbody", "", table);
  const below = spacer();
  let from = -1;
  const fill = () => {
    if (!view.handle) return;
    const first = whole ? 0 : Math.max(0, Math.min(rows, Math.floor(box.scrollTop / height)) - SPARE_ROWS);
    const count = whole ? rows : Math.ceil(grid.height / height) + 2 * SPARE_ROWS;
    if (from >= 0 && Math.abs(first - from) < SPARE_ROWS / 2) return;
    const lines = rowsOf(view, grid.table, first, count);
    if (!lines.length) return; // What is shown is no longer what Rust has: a new layout is coming.
    from = first;
    body.textContent = "";
    lines.forEach((line, index) => {
      const row = appendRow(view, body, line, "", named(grid.total && !(first + index) ? "cell bold" : "cell"));
      row.setAttribute("aria-rowindex", first + index + 2);
    });
    if (whole) return;
    above.style.height = `${first * height}px`;
    below.style.height = `${(rows - first - lines.length) * height}px`;
  };
  // In the page first: scrolling needs a layout.
  if (before) view.box.replaceChild(box, before);
  else view.box.appendChild(box);
  view.grid = box;
  fill();
  // The reader's place, whatever the next issue brings; what is sorted anew begins at its top.
  const kept = before && view.gridPlace;
  if (kept) {
    box.scrollLeft = kept.left;
    if (kept.order === order) box.scrollTop = kept.top;
  }
  box.addEventListener("scroll", () => {
    view.gridPlace = { left: box.scrollLeft, top: box.scrollTop, order };
    view.guard(fill);
  });
  if (focused >= 0) (stops(box)[focused] || box).focus({ preventScroll: true });
};
