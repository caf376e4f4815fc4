// For the page around: sizes every iframe that shows our embed.html, and no other.
"use strict";
(() => {
  const MIN_CSS_PX = 40;
  const MAX_CSS_PX = 20000;
  const frames = () => [...document.querySelectorAll('iframe[src*="embed.html?"]')];
  const origin = (frame) => new URL(frame.src, location.href).origin;
  const ask = (frame) => {
    // To the origin that we put there, not to what it may have become.
    if (frame.contentWindow) frame.contentWindow.postMessage({ type: "progress-widgets-ready" }, origin(frame));
  };

  addEventListener("message", (event) => {
    const { data } = event;
    if (!data || data.sentinel !== "amp" || data.type !== "embed-size") return;
    const frame = frames().find((each) => each.contentWindow === event.source && origin(each) === event.origin);
    const { height } = data;
    if (frame && height >= MIN_CSS_PX && height <= MAX_CSS_PX) frame.style.height = `${Math.ceil(height)}px`;
  });
  // Frames that were there before this script have told their height to nobody.
  frames().forEach(ask);
  document.addEventListener("load", ({ target }) => frames().includes(target) && ask(target), true);
})();
