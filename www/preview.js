// The preview: every widget on the feed at hand, what is wrong with it beside them, and both
// anew after each save. Only the data is fetched again: the page stays where it was scrolled to.
"use strict";
(() => {
  const { addSentence, apply, built, say, stills } = window.progressWidgetsSite;
  const by = (id) => document.getElementById(id);
  const NAMES = {
    summary: ["概览", "Summary"], bars: ["排行", "Ranking"], table: ["表格", "Table"], board: ["看板", "Board"],
    map: ["地图", "Map"], coverage: ["覆盖", "Coverage"], stages: ["进展阶段", "Stages"], teams: ["专家团队", "Teams"],
    grades: ["等次", "Grades"], grid: ["方格图", "Tiles"], trend: ["走势", "Trend"], pace: ["进度快慢", "Pace"],
    milestones: ["里程碑", "Milestones"],
    towns: ["乡镇", "Towns"], clusters: ["集群", "Clusters"],
  };
  let shown = 0;
  let wanted = 0;

  const make = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  };

  // ---- Pictures

  const pictures = (kinds) => {
    const section = by("pictures");
    for (const kind of kinds) {
      if (by(`widget-${kind}`)) continue;
      const article = make("article", "widget");
      const [zh, en] = NAMES[kind] || [kind, kind];
      const title = make("h2", "", `${say(zh, en)} `);
      title.id = `title-${kind}`;
      title.append(make("code", "", kind));
      article.setAttribute("aria-labelledby", title.id);
      const stage = make("div", "stage");
      stage.tabIndex = 0;
      stage.setAttribute("role", "region");
      stage.setAttribute("aria-labelledby", title.id);
      const sheet = make("div", "sheet");
      const widget = document.createElement("progress-widget");
      widget.id = `widget-${kind}`;
      widget.setAttribute("kind", kind);
      if (document.documentElement.lang === "en") widget.setAttribute("lang", "en");
      widget.dataset.picture = `preview/picture.svg?kind=${encodeURIComponent(kind)}${say("", "&lang=en")}`;
      sheet.append(widget);
      stage.append(sheet);
      article.append(title, stage);
      section.append(article);
      addSentence(widget);
    }
    apply();
  };

  const bytes = async (path) => {
    const response = await fetch(path, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };

  const redraw = async (state) => {
    const [feed, geometry] = await Promise.all([
      bytes("preview/feed.json"),
      state.has_geometry ? bytes("preview/geometry.json") : null,
    ]);
    if (state.version < wanted) return; // A later save is on its way.
    const widgets = [...document.querySelectorAll("#pictures progress-widget")];
    if (built()) {
      await Promise.all(widgets.map((widget) => draw(widget, feed, geometry)));
      return;
    }
    for (const widget of widgets) {
      const to = new URL(widget.dataset.picture, location.href);
      to.searchParams.set("version", state.version);
      widget.dataset.picture = to.pathname.slice(1) + to.search;
      const image = widget.querySelector("img[data-still]");
      if (image) image.dataset.still = widget.dataset.picture;
    }
    stills();
  };

  const draw = async (widget, feed, geometry) => {
    try {
      await widget.ready;
      if (geometry) widget.setGeometry(geometry);
      widget.render(feed);
    } catch (error) {
      // The server found both documents good: what fails here is the widget itself.
      by("message").textContent = error.message;
    }
  };

  // ---- Findings

  const place = (problem) =>
    [
      problem.line ? `${problem.file}:${problem.line}:${problem.column}` : problem.file,
      problem.path,
    ].join(" ");

  // Both languages: whoever publishes and whoever delivered the file may read different ones.
  const texts = (problem) => {
    const main = make("p", "", say(problem.zh, problem.en));
    const other = make("p", "other", say(problem.en, problem.zh));
    main.lang = say("zh-CN", "en");
    other.lang = say("en", "zh-CN");
    return [make("p", "place", place(problem)), main, other];
  };

  const list = (parent, zh, en, places) => {
    if (!places.length) return;
    const items = make("ul");
    for (const { name, code, ambiguous } of places) {
      const why = ambiguous ? say("（重名，请加代码）", "(several have this name: give a code)") : "";
      items.append(make("li", "", [name, code, why].filter(Boolean).join(" ")));
    }
    parent.append(make("h3", "", say(zh, en)), items);
  };

  const unread = (parent, fields) => {
    if (!fields.length) return;
    const items = make("ul");
    for (const { field, times, line, column, meant } of fields) {
      const where = say(`第${line}行第${column}列`, `line ${line}, column ${column}`);
      const often = times > 1 ? say(`，共${times}处`, `, ${times} times`) : "";
      const hint = meant ? say(`；是否应为 ${meant}？`, `; is ${meant} meant?`) : "";
      const item = make("li");
      item.append(make("code", "", field), say(`（${where}${often}${hint}）`, ` (${where}${often}${hint})`));
      items.append(item);
    }
    parent.append(make("h3", "", say("不是数据格式的字段，未读取", "No fields of the format: not read")), items);
  };

  const findings = (state) => {
    const { problems, left_out, regions_off_map, polygons_unused, fields_unread, summary } = state.report;
    const errors = by("errors");
    errors.replaceChildren(
      ...problems.filter((problem) => problem.fatal).map((problem) => {
        const box = make("div", "error");
        box.append(...texts(problem));
        const kept = state.has_feed
          ? say("图仍是上一次可用的。", "The pictures are the last good ones.")
          : say("改正并保存后，图会显示在本页。", "The pictures will be here once it is put right and saved.");
        box.append(make("p", "kept", kept));
        return box;
      })
    );
    by("summary").textContent = say(summary.zh, summary.en);
    const items = problems.filter((problem) => !problem.fatal).map((problem) => {
      const item = make("li");
      item.append(...texts(problem));
      return item;
    });
    if (left_out) items.push(make("li", "", say(`另有 ${left_out} 条未列出。`, `${left_out} more are not listed.`)));
    by("notices").replaceChildren(...items);
    const places = by("places");
    places.replaceChildren();
    list(places, "数据中有、地图上没有", "In the feed, not on the map", regions_off_map);
    list(places, "地图上有、数据中没有", "On the map, not in the feed", polygons_unused);
    unread(places, fields_unread);
    by("files").textContent = [state.feed, state.geometry].filter(Boolean).join(" · ");
    document.title = `${errors.childElementCount ? "✕ " : ""}${state.feed} · ${say("预览", "Preview")}`;
  };

  // ---- Events

  const take = async (state) => {
    if (state.version === shown) return;
    wanted = state.version;
    findings(state);
    if (state.has_feed) {
      pictures(state.kinds);
      try {
        await redraw(state);
      } catch (error) {
        connection(true);
        return;
      }
    }
    shown = state.version;
    connection(false);
  };

  const connection = (lost) => {
    const message = by("message");
    if (lost) {
      message.textContent = say(
        "预览程序已停止或无法连接，页面不会更新。重新运行后会自动接上。",
        "The preview program has stopped or can't be reached: this page is not being updated. It reconnects by itself."
      );
      message.dataset.lost = "yes";
    } else if (message.dataset.lost) {
      message.textContent = "";
      delete message.dataset.lost;
    }
  };

  const source = new EventSource("preview/events");
  source.addEventListener("state", (event) => take(JSON.parse(event.data)));
  source.addEventListener("open", () => connection(false));
  source.addEventListener("error", () => {
    shown = 0; // After a restart the versions begin anew.
    connection(true);
  });
})();
