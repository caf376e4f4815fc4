// The ear of a test page: what reaches the page, and what changes on it.
"use strict";
window.seen = {
  /** Uncaught errors, unhandled rejections, breaches of policy. */
  harm: [],
  /** console.error and console.warn. */
  console: [],
  /** progress-widget-* events, heard at the document. */
  events: [],
  /** Changes outside the shadow roots since `watch()`. */
  changes: [],

  watch() {
    const watcher = new MutationObserver((changes) => {
      for (const { type, target, attributeName } of changes) {
        this.changes.push(`${type} ${target.nodeName} ${attributeName || ""}`);
      }
    });
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  },

  /** Brings the library to a page that came without it. */
  load(url) {
    // The page demands trusted types of everyone; this is the page's own code.
    const policy = window.trustedTypes ? trustedTypes.createPolicy("test", { createScriptURL: (text) => text }) : null;
    const script = document.createElement("script");
    script.src = policy ? policy.createScriptURL(url) : url;
    return new Promise((done) => {
      script.onload = () => done(true);
      document.head.append(script);
    });
  },

  /** How many pixels of a canvas are neither clear nor of the colour in its corner. */
  inked(canvas) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(data.buffer);
    return pixels.reduce((count, pixel) => count + (pixel >>> 24 !== 0 && pixel !== pixels[0]), 0);
  },

  /** A number that differs where a pixel does. */
  print(canvas) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, canvas.width);
  },

  /** The table of figures of a widget, as {caption, head, rows}. */
  table(widget) {
    const table = widget.shadowRoot.querySelector("table");
    const texts = (row) => [...row.cells].map((cell) => cell.textContent);
    return {
      caption: table.caption.textContent,
      head: texts(table.tHead.rows[0]),
      rows: [...table.tBodies[0].rows].map(texts),
    };
  },
};
addEventListener("error", (event) => seen.harm.push(`error: ${event.message || event.target.src}`), true);
addEventListener("unhandledrejection", (event) => seen.harm.push(`rejection: ${event.reason}`));
document.addEventListener("securitypolicyviolation", (event) =>
  seen.harm.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`)
);
for (const name of ["ready", "update", "error", "select"]) {
  document.addEventListener(`progress-widget-${name}`, (event) =>
    seen.events.push({ name, target: event.target.id, composed: event.composed, detail: event.detail })
  );
}
for (const level of ["error", "warn"]) {
  const before = console[level];
  console[level] = (...parts) => {
    seen.console.push(parts.map(String).join(" "));
    before.apply(console, parts);
  };
}
