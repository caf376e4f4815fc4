// The pages' own controls: width, scheme, text size, copy buttons; still pictures where the
// widgets are not built. No inline style, no markup from text: it runs under the pages' policy.
"use strict";
(() => {
  const root = document.documentElement;
  const english = root.lang === "en";
  const say = (zh, en) => (english ? en : zh);
  const form = document.getElementById("controls");
  const message = document.getElementById("message");
  const widgets = () => document.querySelectorAll("progress-widget");
  const built = () => !!(window.customElements && customElements.get("progress-widget"));

  // ---- The controls. `data-choices` of the form names those that the page has; each is named
  // after the attribute that it sets, and its first value is the sample's own.

  const CHOICES = {
    width: [["宽度", "Width"], { "": ["适应", "Fit"], 320: ["320", "320"], 640: ["640", "640"], 1200: ["1200", "1200"] }],
    metric: [["指标", "Metric"], { "": ["开工", "Start"], completion: ["完工", "Completion"], investment: ["投资", "Investment"] }],
    theme: [["主题", "Theme"], { "": ["新闻", "News"], government: ["红金", "Red"], quiet: ["素灰", "Quiet"], contrast: ["高对比", "Contrast"] }],
    scheme: [["明暗", "Scheme"], { "": ["自动", "Auto"], light: ["浅色", "Light"], dark: ["深色", "Dark"] }],
    size: [["字号", "Text"], { "": ["标准", "Normal"], senior: ["大字", "Senior"] }],
  };

  const make = (parent, tag, text) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return parent.appendChild(made);
  };

  const build = () => {
    for (const name of form.dataset.choices.split(" ")) {
      const [title, values] = CHOICES[name];
      const group = make(form, "fieldset");
      make(group, "legend", say(...title));
      const choices = make(group, "div");
      choices.className = "choices";
      // Numbers come first among an object's keys: the default is put in front again.
      for (const value of ["", ...Object.keys(values).filter(Boolean)]) {
        const label = make(choices, "label");
        const input = make(label, "input");
        input.type = "radio";
        input.name = name;
        input.value = value;
        input.defaultChecked = value === "";
        make(label, "span", say(...values[value]));
      }
    }
  };

  // ---- What is chosen, in the address too: a view can be passed on.

  const chosen = () => {
    const values = {};
    if (form) for (const [name, value] of new FormData(form)) values[name] = value;
    return values;
  };

  const restore = () => {
    const asked = new URLSearchParams(location.search);
    for (const input of form.querySelectorAll("input")) {
      if (asked.get(input.name) === input.value) input.checked = true;
    }
  };

  const remember = (values) => {
    const asked = new URLSearchParams(location.search);
    for (const name of Object.keys(values)) {
      if (values[name]) asked.set(name, values[name]);
      else asked.delete(name);
    }
    const query = asked.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    for (const link of document.querySelectorAll(".page-language")) {
      const to = new URL(link.getAttribute("href"), location.href);
      for (const name of Object.keys(values)) {
        if (values[name]) to.searchParams.set(name, values[name]);
        else to.searchParams.delete(name);
      }
      link.href = to.href;
    }
  };

  const stillAddress = (address, values, width) => {
    const to = new URL(address, location.href);
    if (width) to.searchParams.set("width", width);
    for (const name of Object.keys(values)) if (values[name]) to.searchParams.set(name, values[name]);
    if (values.scheme === "" && matchMedia("(prefers-color-scheme: dark)").matches) to.searchParams.set("scheme", "dark");
    return to.href;
  };

  // What a sample itself asks for comes back when the control does.
  const own = new WeakMap();

  const apply = () => {
    const values = chosen();
    for (const name of ["width", "scheme"]) {
      if (values[name]) root.dataset[name] = values[name];
      else delete root.dataset[name];
    }
    for (const widget of widgets()) {
      if (!own.has(widget)) own.set(widget, {});
      const before = own.get(widget);
      for (const name of Object.keys(values)) {
        if (name === "width") continue;
        if (!(name in before)) before[name] = widget.getAttribute(name);
        // Unlike a portal's page, these follow the reader's system where nothing else is chosen.
        const value = values[name] || before[name] || (name === "scheme" ? "auto" : "");
        if (value) widget.setAttribute(name, value);
        else widget.removeAttribute(name);
      }
      const still = widget.querySelector("img[data-still]");
      if (still) still.src = stillAddress(still.dataset.still, values, widget.clientWidth);
    }
  };

  // ---- Still pictures in place of widgets that can't run here

  const stills = () => {
    if (built()) return;
    message.textContent = say(
      "动态组件未能载入（dist/progress-widgets.js），以下是静态图片。",
      "The live widgets could not be loaded (dist/progress-widgets.js); these are still pictures."
    );
    for (const widget of widgets()) {
      if (widget.querySelector("img[data-still]")) continue;
      const noscript = widget.querySelector("noscript");
      const image = document.createElement("img");
      image.loading = "lazy";
      image.dataset.still = widget.dataset.picture;
      image.alt = widget.dataset.alt || "";
      if (widget.dataset.height) {
        image.width = 640;
        image.height = Number(widget.dataset.height);
      }
      if (noscript) noscript.replaceWith(image);
      else widget.appendChild(image);
    }
    apply();
  };

  // ---- Height kept free until a widget has drawn, so that the page does not jump

  const reserve = () => {
    for (const widget of widgets()) {
      if (!widget.dataset.height || !built()) continue;
      widget.style.minHeight = `${widget.dataset.height}px`;
    }
    document.addEventListener("progress-widget-ready", (event) => {
      event.target.style.minHeight = "";
    });
  };

  // ---- Copy buttons

  const copy = async (text) => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (error) {
        // Not allowed here: the old way may be.
      }
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  // `text` is asked for when the button is pressed: a sentence follows its picture.
  const addCopyButton = (parent, label, text) => {
    const button = make(parent, "button", label);
    button.type = "button";
    const told = make(parent, "span");
    told.className = "copied";
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const wanted = text();
      const done = wanted && (await copy(wanted));
      told.textContent = done
        ? say("已复制", "Copied")
        : wanted
          ? say("复制未成功，请手动选择", "Not copied: select it by hand")
          : say("还没有图", "There is no picture yet");
      button.focus();
      setTimeout(() => (told.textContent = ""), 4000);
    });
  };

  // The picture in a sentence. Not by the widget's own `copyText`: on plain HTTP browsers give no
  // clipboard, but the old way still works.
  const addSentence = (widget) => {
    const line = document.createElement("p");
    line.className = "sentence";
    addCopyButton(line, say("复制文字", "Copy as text"), () => widget.summary || widget.dataset.alt || "");
    widget.closest(".stage").after(line);
  };

  const addCopyButtons = () => {
    for (const block of document.querySelectorAll(".code")) {
      addCopyButton(block, say("复制", "Copy"), () => block.querySelector("code").textContent);
    }
    for (const widget of document.querySelectorAll(".stage progress-widget")) addSentence(widget);
  };

  // ---- For preview.js

  window.progressWidgetsSite = { addSentence, apply, built, say, stills };

  if (form) {
    build();
    restore();
    form.addEventListener("change", () => {
      remember(chosen());
      apply();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    remember(chosen());
    reserve();
    apply();
    stills();
  }
  addCopyButtons();
})();
