// Tables: the figures of a picture as real tables, for those who read no picture.

/** Rows that are made of a table that can't be scrolled; how many more there are is said. */
const MOST_HIDDEN_ROWS = 1000;

/** One text of two, by the language of the words around it. */
const inLanguage = (lang, zh, en) => (/^en\b/i.test(lang) ? en : zh);

/** Appends a row of cells, the first a row's head; all are heads with `scope`. */
const appendRow = (view, parent, texts, scope) => {
  const row = view.make("tr", "", parent);
  texts.forEach((text, index) => {
    const cell = view.make(scope || !index ? "th" : "td", "", row);
    if (cell.tagName === "TH") cell.scope = scope || "row";
    cell.textContent = text;
  });
  return row;
};

/** Appends a table to those that are there. */
const appendTable = (view, caption, head, rows) => {
  const table = view.make("table", "", view.table);
  view.make("caption", "", table).textContent = caption;
  appendRow(view, view.make("thead", "", table), head, "col");
  const body = view.make("tbody", "", table);
  for (const texts of rows) appendRow(view, body, texts);
};

/** The tables of a picture, in place of those before. */
const tabulate = (view, { tables, lang }) => {
  view.table.textContent = "";
  tables.forEach(({ caption, head, rows }, index) => {
    appendTable(view, caption, head, JSON.parse(call(view, "rows", view.handle, index, 0, MOST_HIDDEN_ROWS)));
    const more = rows - MOST_HIDDEN_ROWS;
    if (more > 0) view.make("p", "", view.table).textContent = inLanguage(lang, `另有${more}行未列出`, `${more} more rows are not listed`);
  });
};
