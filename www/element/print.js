// Print: pictures as they go on paper: light, sharp, no wider than the page, cut only where a page
// may end. What is too long for one page and can't be cut is printed as its table.

/** A4 within the margins that browsers leave. */
const PAPER_CSS_PX = { width: 700, height: 1000 };
/** 288 dots an inch. */
const PAPER_RATIO = 3;

const toPaper = (view) => {
  if (!view.drawn || view.stopped || view.paper || !view.handle) return;
  view.paper = view.make("div", "paper", view.box);
  view.newOptions = true;
  view.update();
  const { width, height, cuts, grids } = view.layout;
  const shown = grids.length === 1 && !cuts.length ? Math.round((grids[0].height - grids[0].head) / grids[0].row) : 0;
  if (!cuts.length && (height > PAPER_CSS_PX.height || (shown && shown < view.tables[0].rows))) {
    const before = view.table;
    view.table = view.make("div", "plain", view.paper);
    tabulate(view, { tables: view.tables, grids: [], lang: view.layout.lang });
    view.table = before;
  } else {
    const { canvas } = view;
    const ratio = canvas.width / width;
    [...cuts, height].reduce((from, to) => {
      const slice = view.make("canvas", "slice", view.paper);
      slice.width = canvas.width;
      slice.height = Math.round((to - from) * ratio);
      slice.style.width = `${width}px`;
      slice.getContext("2d").drawImage(canvas, 0, -Math.round(from * ratio));
      return to;
    }, 0);
  }
  for (const part of [view.canvas, view.grid]) if (part) view.show(part, false);
};

const fromPaper = (view) => {
  if (!view.paper) return;
  view.paper = void view.paper.remove();
  view.show(view.canvas, view.drawn && !view.stopped);
  view.places = "";
  view.newOptions = true;
  view.update();
};
