// embed.html: one widget from the address's parameters, and its height told to the page around it.
//
// The page around is a stranger: it learns heights, which are no secret, and can ask for them
// again. Feeds and maps come only from where the page's own <meta> allows.
"use strict";
(() => {
  const MAX_HEIGHT_CSS_PX = 20000;
  const widget = document.createElement("progress-widget");
  const asked = new URLSearchParams(location.search);

  // -- What may be shown

  /** Whether the list of sources allows this address: an origin, or a folder, or a file. */
  const allowed = (url) => {
    const meta = document.querySelector('meta[name="progress-widgets-sources"]');
    const list = meta ? meta.content.split(/\s+/).filter(Boolean) : ["'self'"];
    return list.some((source) => {
      if (source === "'self'") return url.origin === location.origin && url.origin !== "null";
      try {
        const from = new URL(source);
        if (from.origin !== url.origin || !/^https?:$/.test(from.protocol)) return false;
        return from.pathname.endsWith("/") ? url.pathname.startsWith(from.pathname) : url.pathname === from.pathname;
      } catch (error) {
        return false;
      }
    });
  };

  const refuse = (zh, en) => {
    const line = document.createElement("p");
    line.textContent = /^en\b/i.test(asked.get("lang") || "") ? en : zh;
    document.body.appendChild(line);
    console.error(`progress-widget: ${zh} / ${en}`);
  };

  const show = () => {
    const { ProgressWidget } = window.ProgressWidgets || {};
    if (!ProgressWidget) {
      refuse("组件未能载入", "The widget could not be loaded");
      return;
    }
    for (const name of ProgressWidget.observedAttributes) {
      const value = asked.get(name);
      if (value === null) continue;
      if (name === "src" || name === "geometry" || name === "stream") {
        let url = null;
        try {
          url = new URL(value, document.baseURI);
        } catch (error) {
          // Refused below.
        }
        if (!url || !allowed(url)) {
          refuse(`本页未允许此数据来源：${value}`, `This page does not allow that source: ${value}`);
          return;
        }
        widget.setAttribute(name, url.href);
      } else widget.setAttribute(name, value);
    }
    if (asked.get("lang")) document.documentElement.lang = asked.get("lang");
    widget.addEventListener("progress-widget-update", () => {
      const picture = widget.shadowRoot.querySelector("canvas");
      if (picture) document.title = picture.getAttribute("aria-label") || document.title;
    });
    document.body.appendChild(widget);
  };

  // -- Its height

  let told = 0;
  const tell = (again) => {
    const measured = Math.ceil(document.body.getBoundingClientRect().height);
    const height = Math.min(MAX_HEIGHT_CSS_PX, Math.max(0, measured));
    if (!height || (height === told && !again) || parent === window) return;
    told = height;
    // Whoever is around may know it; a page that hides its address could not be told else.
    const messages = [
      { sentinel: "amp", type: "embed-size", height },
      { "datawrapper-height": { [asked.get("id") || "progress-widget"]: height } },
      JSON.stringify({ sender: "Flourish", context: "iframe.resize", method: "resize", height, src: location.href }),
    ];
    for (const message of messages) parent.postMessage(message, "*");
  };

  addEventListener("message", ({ source, data }) => {
    // A page that came late asks again: ours by name, AMP's and Flourish's in their own words.
    if (source !== parent || parent === window || !data) return;
    const text = typeof data === "string" ? data.slice(0, 200) : `${data.type} ${data.sentinel} ${data.sender}`;
    if (/progress-widgets-ready|\bamp\b|Flourish/.test(text)) tell(true);
  });

  const { style } = document.body;
  style.margin = "0";
  // Margins of what is inside count too.
  style.display = "flow-root";
  show();
  if (typeof ResizeObserver === "function") new ResizeObserver(() => tell()).observe(document.body);
  addEventListener("load", () => tell());
  tell();
})();
